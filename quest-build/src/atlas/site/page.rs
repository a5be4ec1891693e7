//! The frame of every page: head, search, navigation.

use super::{Site, capital};
use crate::atlas::tool::File;
use crate::diagnose::nouns;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The end of a line, so that a change of a page is a change of few lines.
pub(super) const NL: PreEscaped<&str> = PreEscaped("\n");

/// A page that is being made: where it is, and what is on it.
pub(super) struct Page<'p> {
    /// From the outermost folder.
    pub(super) path: String,
    pub(super) title: &'p str,
    pub(super) body: Markup,
}

/// The way from a page to the outermost folder.
pub(super) fn up(path: &str) -> String {
    "../".repeat(path.matches('/').count())
}

impl Page<'_> {
    pub(super) fn file(self, site: &Site<'_, '_, '_>) -> File {
        let Page { path, title, body } = self;
        let up = up(&path);
        let full = if title == site.title { title.to_owned() } else { format!("{title} · {}", site.title) };
        let page = html! {
            (DOCTYPE) (NL)
            html lang="en" {
                head { (NL)
                    meta charset="utf-8"; (NL)
                    meta name="viewport" content="width=device-width, initial-scale=1"; (NL)
                    meta name="color-scheme" content="light dark"; (NL)
                    title { (full) } (NL)
                    link rel="icon" href="data:,"; (NL)
                    link rel="stylesheet" href={ (up) "assets/site.css" }; (NL)
                    script src={ (up) "assets/theme.js" } {} (NL)
                    script src={ (up) "assets/site.js" } defer {} (NL)
                } (NL)
                body data-up=(up) { (NL)
                    a.skip href="#main" { "Skip to content" } (NL)
                    header.top { (NL)
                        a.brand href={ (up) "index.html" } { (site.title) } (NL)
                        form.search role="search" action={ (up) "index.html" } { (NL)
                            label.hidden for="search" { "Search by name or id" } (NL)
                            input #search type="search" autocomplete="off" placeholder="Search names and ids" aria-describedby="search-status"; (NL)
                            p.hidden #search-status role="status" {} (NL)
                            ul #search-results hidden {} (NL)
                        } (NL)
                        button #theme type="button" { "Theme: system" } (NL)
                    } (NL)
                    div.frame { (NL)
                        (navigation(site, &path, &up))
                        main #main tabindex="-1" { (NL) (body) (NL) } (NL)
                    } (NL)
                } (NL)
            } (NL)
        };
        (path, page.into_string().into_bytes())
    }
}

fn navigation(site: &Site<'_, '_, '_>, path: &str, up: &str) -> Markup {
    let model = site.objects.model();
    let findings = site.objects.checked.findings.list.len();
    let mut links: Vec<(String, String, Option<usize>)> = vec![
        ("index.html".to_owned(), "Overview".to_owned(), None),
        ("findings.html".to_owned(), "Findings".to_owned(), Some(findings)),
    ];
    for requires in &model.requires {
        let path = super::whole::path(site, requires);
        let plural = nouns::plural(model.kind(requires.kind).noun());
        links.push((path, format!("Graph of {plural}"), None));
    }
    links.push(("schema.html".to_owned(), "Schema".to_owned(), None));
    let kinds = site.links.kinds().map(|kind| {
        let noun = model.kind(kind).noun();
        let count = Some(site.links.count(kind));
        (model.kind(kind).by_content(), (site.links.list(kind, 0), capital(&nouns::plural(noun)), count))
    });
    let kinds = kinds.filter(|(_, (_, _, count))| *count != Some(0));
    let (content, others): (Vec<_>, Vec<_>) = kinds.partition(|(by_content, _)| *by_content);
    let named = |kinds: Vec<(bool, _)>| kinds.into_iter().map(|(_, link)| link).collect::<Vec<_>>();
    let groups = [("Content", named(content)), ("Named by content", named(others))];
    let list = |links: &[(String, String, Option<usize>)]| {
        html! {
            ul { (NL)
                @for (href, words, count) in links {
                    li {
                        a href={ (up) (href) } aria-current=[(href == path).then_some("page")] {
                            (words)
                            @if let Some(count) = count { " " span.count { (count) } }
                        }
                    } (NL)
                }
            } (NL)
        }
    };
    html! {
        nav.side aria-label="Pages" { (NL)
            details.menu open { summary { "Pages" } (NL)
                (list(&links))
                @for (title, links) in groups.iter().filter(|(_, links)| !links.is_empty()) {
                    h2 { (title) } (NL)
                    (list(links))
                }
            } (NL)
        } (NL)
    }
}
