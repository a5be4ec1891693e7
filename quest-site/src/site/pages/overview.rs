//! The first page: counts, problems, and the objects that have a flow, with filters.

use crate::folder::File;
use crate::objects::capitalized;
use crate::site::context::Site;
use crate::site::data::problems;
use crate::site::markup::NL;
use crate::site::widgets::browser::preview;
use crate::site::widgets::page::Page;
use maud::{Markup, html};
use quest_compiler::diagnostics::nouns;
use quest_compiler::schema::KindId;

/// Rows of each list.
const MAX_ROWS: usize = 100;

pub(crate) fn page(site: &Site<'_, '_, '_>) -> File {
    let model = site.objects.model();
    let body = html! {
        h1 { (site.title) } (NL)
        (counts(site))
        @for requires in &model.requires {
            p { a href=(site.links.graph(requires.kind)) { "Graph of all " (model.kind(requires.kind).plural()) ": what must be done before what" } } (NL)
        }
        @for kind in main_kinds(site) {
            section.part { (NL)
                h2 { (capitalized(&model.kind(kind).plural())) } (NL)
                (preview(site, kind, "index.html", MAX_ROWS))
            } (NL)
        }
    };
    Page { path: "index.html".to_owned(), title: site.title, body }.file(site)
}

/// The number of objects of each kind, and of problems.
fn counts(site: &Site<'_, '_, '_>) -> Markup {
    let kinds = site.objects.model().kinds.iter().enumerate().filter(|(_, kind)| kind.by_content());
    let counts = kinds.map(|(at, kind)| {
        let id = KindId(at as u32);
        let href = kind.parent.is_none().then(|| site.links.list(id, 0));
        (href, kind.counted(site.links.ids(id).count() as u64))
    });
    let diagnostics = site.objects.inspection.diagnostics;
    let (errors, warnings) = (diagnostics.errors(), diagnostics.warnings());
    let class = match (errors, warnings) {
        (0, 0) => "good",
        (0, _) => "warning",
        _ => "error",
    };
    html! {
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
            li class=(class) {
                a href=(problems::path(0)) {
                    strong { (diagnostics.list.len()) } " "
                    @if diagnostics.list.is_empty() { "problems" }
                    @else { (nouns::count(errors as u64, "error")) ", " (nouns::count(warnings as u64, "warning")) }
                }
            } (NL)
        } (NL)
    }
}

/// The kinds that the site is about: those whose objects have a flow or prerequisites.
fn main_kinds(site: &Site<'_, '_, '_>) -> Vec<KindId> {
    let model = site.objects.model();
    let flows = model.flows.iter().map(|flow| flow.record);
    let mut kinds: Vec<KindId> = Vec::new();
    for record in flows.chain(model.requires.iter().map(|requires| requires.record)) {
        let kind = model.record(record).key().map(|(kind, _)| kind);
        kinds.extend(kind.filter(|kind| model.kind(*kind).parent.is_none() && !kinds.contains(kind)));
    }
    kinds
}
