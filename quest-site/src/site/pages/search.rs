//! The search index: a script with the titles and ids of all pages, which `site.js` loads for the first search.

use crate::folder::File;
use crate::objects::spaced;
use crate::site::context::Site;
use quest_compiler::diagnostics::json_string;
use std::fmt::Write as _;

/// With more ids than this, only those with pages of their own are indexed.
const MAX_IDS: usize = 30_000;

pub(crate) fn index(site: &Site<'_, '_, '_>) -> File {
    let (objects, model) = (site.objects, site.objects.model());
    let ids = &objects.inspection.resolved.ids;
    let all: usize = ids.kinds.iter().map(|ids| ids.list.len()).sum();
    let mut out = String::from("questcIndex([\n");
    let mut add = |title: Option<&str>, id: &str, noun: &str, href: &str| {
        let title = title.filter(|title| *title != id).map_or_else(|| "0".to_owned(), json_string);
        let _ = writeln!(
            out,
            "[{title},{},{},{}],",
            json_string(id),
            json_string(&spaced(noun)),
            json_string(href)
        );
    };
    for (at, kind) in model.kinds.iter().enumerate() {
        let id = quest_compiler::schema::KindId(at as u32);
        if kind.parent.is_some() && all > MAX_IDS {
            continue;
        }
        for row in site.links.ids(id) {
            if let Some(href) = site.links.href(id, row) {
                add(objects.title(id, row), &objects.path(id, row), kind.noun(), &href);
            }
        }
    }
    for at in 0..site.types.len() {
        add(None, site.types.name(at), "type", site.types.href(at));
    }
    out.push_str("]);\n");
    ("search.js".to_owned(), out.into_bytes())
}
