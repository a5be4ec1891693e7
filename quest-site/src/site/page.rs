//! The frame of every page: head, search, navigation.

use super::links::Links;
use super::{Site, capital, spoken};
use crate::Objects;
use crate::tool::File;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use quest_compiler::schema::KindId;
use std::borrow::Cow;
use std::collections::HashSet;

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
                        (PreEscaped(site.navigation.at(site, &path, &up)))
                        main #main tabindex="-1" { (NL) (body) (NL) } (NL)
                    } (NL)
                } (NL)
            } (NL)
        };
        (path, page.into_string().into_bytes())
    }
}

/// The navigation, which is the same on most pages of one depth.
pub(super) struct Navigation {
    /// Pages to which it leads; it shows where one is.
    pages: HashSet<String>,
    /// For all others, by the number of folders that they are in.
    depths: Vec<String>,
}

/// No page is in more folders.
const DEEPEST: usize = 2;

impl Navigation {
    pub(super) fn new(objects: &Objects<'_, '_>, links: &Links<'_, '_, '_>) -> Self {
        let (groups, pages) = groups(objects, links);
        let depths = (0..=DEEPEST).map(|depth| navigation(&groups, "", &"../".repeat(depth)).into_string());
        Self { depths: depths.collect(), pages }
    }

    fn at(&self, site: &Site<'_, '_, '_>, path: &str, up: &str) -> Cow<'_, str> {
        let ready = self.depths.get(up.len() / "../".len()).filter(|_| !self.pages.contains(path));
        ready.map_or_else(
            || navigation(&groups(site.objects, &site.links).0, path, up).into_string().into(),
            |ready| ready.as_str().into(),
        )
    }
}

/// Address, words and number.
type Entry = (String, String, Option<usize>);

/// All entries, in groups with titles, and the pages to which they lead.
fn groups(
    objects: &Objects<'_, '_>,
    links: &Links<'_, '_, '_>,
) -> (Vec<(&'static str, Vec<Entry>)>, HashSet<String>) {
    let model = objects.model();
    let diagnostics = objects.checked.diagnostics.list.len();
    let mut first: Vec<Entry> = vec![
        ("index.html".to_owned(), "Overview".to_owned(), None),
        ("findings.html".to_owned(), "Findings".to_owned(), Some(diagnostics)),
    ];
    for requires in &model.requires {
        let path = super::whole::path(links, requires);
        let plural = model.kind(requires.kind).plural();
        first.push((path, format!("Graph of {plural}"), None));
    }
    first.push(("schema.html".to_owned(), "Schema".to_owned(), None));
    let kinds = links.kinds().filter(|kind| links.count(*kind) > 0);
    let (content, others): (Vec<_>, Vec<_>) = kinds.partition(|kind| model.kind(*kind).by_content());
    let entry = |kind: &KindId| {
        let words = capital(&spoken(&model.kind(*kind).plural()));
        (links.list(*kind, 0), words, Some(links.count(*kind)))
    };
    let entries = |kinds: &[KindId]| kinds.iter().map(entry).collect::<Vec<_>>();
    let groups = vec![("", first), ("Content", entries(&content)), ("Named by content", entries(&others))];
    let pages = groups.iter().flat_map(|(_, entries)| entries).map(|(path, _, _)| path.clone()).collect();
    (groups, pages)
}

fn navigation(groups: &[(&str, Vec<Entry>)], path: &str, up: &str) -> Markup {
    let list = |entries: &[Entry]| {
        html! {
            ul { (NL)
                @for (href, words, count) in entries {
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
                @for (title, entries) in groups.iter().filter(|(_, entries)| !entries.is_empty()) {
                    @if !title.is_empty() { h2 { (title) } (NL) }
                    (list(entries))
                }
            } (NL)
        } (NL)
    }
}
