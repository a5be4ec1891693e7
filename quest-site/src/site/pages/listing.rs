//! The list of the ids of a kind.

use crate::folder::File;
use crate::objects::capitalized;
use crate::site::context::Site;
use crate::site::data::entries::Entry;
use crate::site::markup::{NL, pager, with_code};
use crate::site::widgets::browser::browser;
use crate::site::widgets::page::Page;
use maud::{Markup, html};
use quest_compiler::diagnostics::json_string;
use quest_compiler::schema::KindId;
use std::fmt::Write as _;

/// Rows on one page.
const ROWS_PER_PAGE: usize = 200;

pub(crate) fn pages(site: &Site<'_, '_, '_>, kind: KindId) -> Vec<File> {
    let model = site.objects.model();
    let described = model.kind(kind);
    let entries = site.entries(kind);
    let title = capitalized(&described.plural());
    let about = described.records.first().and_then(|record| model.record(*record).description.clone());
    let pages = entries.len().div_ceil(ROWS_PER_PAGE).max(1);
    let mut files = vec![data(site, kind, entries)];
    for page in 0..pages {
        let path = site.links.list(kind, page);
        let shown = &entries[page * ROWS_PER_PAGE..((page + 1) * ROWS_PER_PAGE).min(entries.len())];
        let body = html! {
            h1 { (title) } (NL)
            @if let Some(about) = &about { p.lead { (with_code(about)) } (NL) }
            (definition(site, kind))
            @if entries.is_empty() { p { "There are none." } (NL) }
            @else { (browser(site, kind, &path, shown)) }
            @if pages > 1 { (pager(page, pages, &|page| site.links.list(kind, page))) }
        };
        files.push(Page { path, title: &title, body }.file(site));
    }
    files
}

/// What defines the ids of a kind.
fn definition(site: &Site<'_, '_, '_>, kind: KindId) -> Markup {
    let model = site.objects.model();
    let described = model.kind(kind);
    html! {
        p.origin {
            @if let Some(record) = described.records.first() {
                "Type: " a href={ "../" (site.types.record_href(*record)) } { (site.types.record_name(*record)) }
            } @else if described.defined() {
                "Other systems of the game define them; a registry lists their ids. "
            } @else {
                "Any id can be named. "
            }
        } (NL)
    }
}

/// The script with all rows, which `site.js` loads for the first filter.
fn data(site: &Site<'_, '_, '_>, kind: KindId, entries: &[Entry]) -> File {
    let name = site.links.folder(kind);
    let mut out = format!("questcList({},[\n", json_string(name));
    for entry in entries {
        let text = site.objects.text(kind, entry.id);
        let href = site.links.page(kind, entry.id);
        let values = entry.values.iter().map(|values| {
            let values: Vec<String> = values.iter().map(|value| json_string(value)).collect();
            format!("[{}]", values.join(","))
        });
        let _ = writeln!(
            out,
            "[{},{},{},[{}],{},{}],",
            json_string(site.objects.label(kind, entry.id)),
            json_string(text),
            json_string(&href),
            values.collect::<Vec<_>>().join(","),
            entry.references,
            entry.problems
        );
    }
    out.push_str("]);\n");
    (format!("lists/{name}.js"), out.into_bytes())
}
