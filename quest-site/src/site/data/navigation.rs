//! The navigation on every page.

use super::links::Links;
use super::problems;
use crate::objects::{Objects, capitalized, spaced};
use crate::site::markup::NL;
use maud::{Markup, html};
use quest_compiler::schema::KindId;
use std::borrow::Cow;
use std::collections::HashSet;

/// Most folders around a page.
const MAX_DEPTH: usize = 2;

/// The navigation, rendered ahead because it is the same on most pages of one depth.
pub(crate) struct Navigation {
    groups: Vec<Group>,
    /// The pages that it links to, on which it marks the current page.
    pages: HashSet<String>,
    /// The navigation for all other pages, by the number of folders around them.
    by_depth: Vec<String>,
}

struct Group {
    title: &'static str,
    items: Vec<Item>,
}

struct Item {
    path: String,
    text: String,
    count: Option<usize>,
}

impl Navigation {
    pub(crate) fn new(objects: &Objects<'_, '_>, links: &Links<'_, '_, '_>) -> Self {
        let groups = groups(objects, links);
        let pages = groups.iter().flat_map(|group| &group.items).map(|item| item.path.clone()).collect();
        let by_depth =
            (0..=MAX_DEPTH).map(|depth| render(&groups, "", &"../".repeat(depth)).into_string()).collect();
        Self { groups, pages, by_depth }
    }

    /// The navigation on a page; `up` leads from it to the root folder.
    pub(crate) fn on(&self, path: &str, up: &str) -> Cow<'_, str> {
        let shared = self.by_depth.get(up.len() / "../".len()).filter(|_| !self.pages.contains(path));
        shared.map_or_else(
            || render(&self.groups, path, up).into_string().into(),
            |shared| shared.as_str().into(),
        )
    }
}

fn groups(objects: &Objects<'_, '_>, links: &Links<'_, '_, '_>) -> Vec<Group> {
    let model = objects.model();
    let item = |path, text: &str, count| Item { path, text: text.to_owned(), count };
    let mut first = vec![
        item("index.html".to_owned(), "Overview", None),
        item(problems::path(0), "Problems", Some(objects.inspection.diagnostics.list.len())),
    ];
    for requires in &model.requires {
        let plural = model.kind(requires.kind).plural();
        first.push(item(links.graph(requires.kind), &format!("Graph of {plural}"), None));
    }
    first.push(item("schema.html".to_owned(), "Schema", None));
    let kinds = links.kinds().filter(|kind| links.count(*kind) > 0);
    let (content, others): (Vec<KindId>, Vec<KindId>) =
        kinds.partition(|kind| model.kind(*kind).by_content());
    let list = |kind: &KindId| {
        let text = capitalized(&spaced(&model.kind(*kind).plural()));
        item(links.list(*kind, 0), &text, Some(links.count(*kind)))
    };
    let lists = |kinds: &[KindId]| kinds.iter().map(list).collect();
    vec![
        Group { title: "", items: first },
        Group { title: "Content", items: lists(&content) },
        Group { title: "Named by content", items: lists(&others) },
    ]
}

fn render(groups: &[Group], path: &str, up: &str) -> Markup {
    html! {
        nav.side aria-label="Pages" { (NL)
            details.menu open { summary { "Pages" } (NL)
                @for Group { title, items } in groups.iter().filter(|group| !group.items.is_empty()) {
                    @if !title.is_empty() { h2 { (title) } (NL) }
                    ul { (NL)
                        @for item in items {
                            li {
                                a href={ (up) (item.path) } aria-current=[(item.path == path).then_some("page")] {
                                    (item.text)
                                    @if let Some(count) = item.count { " " span.count { (count) } }
                                }
                            } (NL)
                        }
                    } (NL)
                }
            } (NL)
        } (NL)
    }
}
