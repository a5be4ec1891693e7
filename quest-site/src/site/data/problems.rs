//! Which diagnostics belong to which page. Readers of the site know them as problems.

use super::links::Links;
use crate::address::page_path;
use crate::objects::Objects;
use quest_compiler::schema::KindId;
use std::borrow::Cow;
use std::collections::HashMap;

/// Diagnostics on one page.
pub(crate) const PROBLEMS_PER_PAGE: usize = 100;

pub(crate) struct ProblemIndex {
    /// The positions of diagnostics, for each id with a page.
    by_page: HashMap<(KindId, u32), Vec<usize>>,
    /// For each diagnostic, the page that it is about.
    pages: Vec<Option<(KindId, u32)>>,
}

impl ProblemIndex {
    pub(crate) fn new(objects: &Objects<'_, '_>, links: &Links<'_, '_, '_>) -> Self {
        let list = &objects.inspection.diagnostics.list;
        let mut index = Self { by_page: HashMap::new(), pages: vec![None; list.len()] };
        if list.is_empty() {
            return index;
        }
        let ids = ids_by_text(objects, links);
        for (at, diagnostic) in list.iter().enumerate() {
            // The outermost object has the page.
            let page = diagnostic.entries.iter().rev().find_map(|entry| ids.get(entry.as_str()).copied());
            if let Some(page) = page {
                index.pages[at] = Some(page);
                index.by_page.entry(page).or_default().push(at);
            }
        }
        index
    }

    /// The positions of the diagnostics about the page of an id.
    pub(crate) fn on(&self, kind: KindId, id: u32) -> &[usize] {
        self.by_page.get(&(kind, id)).map_or(&[], Vec::as_slice)
    }

    /// The page that a diagnostic is about.
    pub(crate) fn page_of(&self, diagnostic: usize) -> Option<(KindId, u32)> {
        self.pages.get(diagnostic).copied().flatten()
    }
}

/// The ids that have pages, by their text with and without prefix.
fn ids_by_text<'o>(
    objects: &'o Objects<'_, '_>,
    links: &Links<'_, '_, '_>,
) -> HashMap<Cow<'o, str>, (KindId, u32)> {
    let mut ids = HashMap::new();
    for kind in links.kinds() {
        let prefix = &objects.model().kind(kind).prefix;
        for id in links.ids(kind) {
            let text = objects.text(kind, id);
            if !prefix.is_empty() {
                ids.entry(format!("{prefix}{text}").into()).or_insert((kind, id));
            }
            ids.entry(text.into()).or_insert((kind, id));
        }
    }
    ids
}

/// The path of a page of problems.
pub(crate) fn path(page: usize) -> String {
    page_path("problems", page, "html")
}

/// The name of a diagnostic on its page.
pub(crate) fn anchor(diagnostic: usize) -> String {
    format!("problem-{}", diagnostic + 1)
}

/// The address of a diagnostic, from the root folder.
pub(crate) fn href(diagnostic: usize) -> String {
    format!("{}#{}", path(diagnostic / PROBLEMS_PER_PAGE), anchor(diagnostic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn problems_are_numbered_through_all_pages() {
        assert_eq!(href(0), "problems.html#problem-1");
        assert_eq!(href(99), "problems.html#problem-100");
        assert_eq!(href(100), "problems,2.html#problem-101");
    }
}
