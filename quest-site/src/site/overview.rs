//! The first page: what there is, what was found, and the objects that have a flow, with filters.

use super::page::{NL, Page};
use super::{Site, capital, diagnostic, listing};
use crate::tool::File;
use maud::html;
use quest_compiler::schema::KindId;

/// As many objects are on the page.
const MOST: usize = 100;

pub(super) fn page(site: &Site<'_, '_, '_>) -> File {
    let model = site.objects.model();
    let counts = model.kinds.iter().enumerate().filter(|(_, kind)| kind.by_content()).map(|(at, kind)| {
        let id = KindId(at as u32);
        let href = kind.parent.is_none().then(|| site.links.list(id, 0));
        (href, kind.counted(site.links.ids(id).count() as u64))
    });
    let diagnostics = site.objects.checked.diagnostics;
    // What people come for has a flow, or else asks for something.
    let mut kinds: Vec<KindId> = Vec::new();
    let flows = model.flows.iter().map(|flow| flow.record);
    for record in flows.chain(model.requires.iter().map(|requires| requires.record)) {
        let kind = model.record(record).key().map(|(kind, _)| kind);
        kinds.extend(kind.filter(|kind| model.kind(*kind).parent.is_none() && !kinds.contains(kind)));
    }
    let body = html! {
        h1 { (site.title) } (NL)
        ul.counts { (NL)
            @for (href, words) in counts {
                @let (number, noun) = words.split_once(' ').unwrap_or((&words, ""));
                li {
                    @match href {
                        Some(href) => a href=(href) { strong { (number) } " " (noun) },
                        None => span { strong { (number) } " " (noun) },
                    }
                } (NL)
            }
            li class=(if diagnostics.errors() > 0 { "error" } else if diagnostics.warnings() > 0 { "warning" } else { "good" }) {
                a href="findings.html" { strong { (diagnostics.list.len()) } " " (diagnostic::summary(site)) }
            } (NL)
        } (NL)
        @for requires in &model.requires {
            p { a href=(super::whole::path(&site.links, requires)) { "Graph of all " (model.kind(requires.kind).plural()) ": what must be done before what" } } (NL)
        }
        @for kind in kinds {
            section.part { (NL)
                h2 { (capital(&model.kind(kind).plural())) } (NL)
                (listing::part(site, kind, "index.html", MOST))
            } (NL)
        }
    };
    Page { path: "index.html".to_owned(), title: site.title, body }.file(site)
}
