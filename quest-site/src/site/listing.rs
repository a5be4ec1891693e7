//! Lists of the ids of a kind, with filters.
//!
//! The first rows are in the page. Filters look through all of them, which stand in a script beside it that is read when it is needed.

use super::diagnostic::pager;
use super::facets::{Facets, Values};
use super::page::{NL, Page, up};
use super::{Site, capital, spoken};
use crate::tool::File;
use maud::{Markup, html};
use quest_compiler::diagnostics::json_string;
use quest_compiler::schema::KindId;
use std::fmt::Write as _;

/// As many rows are on one page.
const MOST: usize = 200;
/// As many filters are columns too.
const MOST_COLUMNS: usize = 4;

/// A row of a list.
pub(super) struct Entry {
    id: u32,
    values: Vec<Vec<String>>,
    schema_id_refs: usize,
    diagnostics: usize,
}

/// The rows of the list of a kind.
pub(super) fn entries(site: &Site<'_, '_, '_>, kind: KindId) -> Vec<Entry> {
    let facets = site.facets(kind);
    let ids = site.links.ids(kind).map(|id| Entry {
        id,
        values: facets.of(site.objects, site.objects.rows(kind, id).first().copied()),
        schema_id_refs: site.named_by.of(&site.links, kind, id).len(),
        diagnostics: site.placed.on(kind, id).len(),
    });
    ids.collect()
}

pub(super) fn pages(site: &Site<'_, '_, '_>, kind: KindId) -> Vec<File> {
    let model = site.objects.model();
    let described = model.kind(kind);
    let entries = site.entries(kind);
    let title = capital(&described.plural());
    let about = described.records.first().and_then(|record| model.record(*record).description.clone());
    let pages = entries.len().div_ceil(MOST).max(1);
    let mut files = vec![data(site, kind, entries)];
    for page in 0..pages {
        let path = site.links.list(kind, page);
        let shown = &entries[page * MOST..((page + 1) * MOST).min(entries.len())];
        let body = html! {
            h1 { (title) } (NL)
            @if let Some(about) = &about { p.lead { (super::diagnostic::words(about)) } (NL) }
            (where_from(site, kind))
            @if entries.is_empty() { p { "There are none." } (NL) }
            @else { (browser(site, kind, &path, shown, entries.len())) }
            @if pages > 1 { (pager(page, pages, &|page| site.links.list(kind, page))) }
        };
        files.push(Page { path, title: &title, body }.file(site));
    }
    files
}

/// Who says which ids there are.
fn where_from(site: &Site<'_, '_, '_>, kind: KindId) -> Markup {
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

/// Filters and a table of the first rows.
fn browser(site: &Site<'_, '_, '_>, kind: KindId, path: &str, entries: &[Entry], all: usize) -> Markup {
    let plural = site.objects.model().kind(kind).plural();
    let facets = site.facets(kind);
    let up = up(path);
    let name = site.links.folder(kind);
    html! {
        section.browser data-list=(name) data-src={ (up) "lists/" (name) ".js" } data-up=(up) data-columns=(MOST_COLUMNS) aria-label=(capital(&plural)) { (NL)
            details.menu open { summary { "Filters" } (NL)
                (filters(&plural, name, facets))
            } (NL)
            p.status role="status" { "Showing " (entries.len()) " of " (all) "." } (NL)
            div.scroll tabindex="0" role="region" aria-label="Table" { (NL)
                table { (NL)
                    thead {
                        tr {
                            th scope="col" { "Name" }
                            th scope="col" { "Id" }
                            @for facet in facets.list.iter().take(MOST_COLUMNS) { th scope="col" { (label(&facet.path)) } }
                            th.number scope="col" { "Named by" }
                            th.number scope="col" { "Findings" }
                        }
                    } (NL)
                    tbody { (NL)
                        @for entry in entries {
                            tr {
                                td { a href={ (up) (site.links.page(kind, entry.id)) } { (site.objects.label(kind, entry.id)) } }
                                td { code { (site.objects.text(kind, entry.id)) } }
                                @for values in entry.values.iter().take(MOST_COLUMNS) { td { (values.join(", ")) } }
                                td.number { (entry.schema_id_refs) }
                                td.number { (entry.diagnostics) }
                            } (NL)
                        }
                    } (NL)
                } (NL)
            } (NL)
        } (NL)
    }
}

/// The list of a kind as a part of another page.
pub(super) fn part(site: &Site<'_, '_, '_>, kind: KindId, path: &str, most: usize) -> Markup {
    let entries = site.entries(kind);
    let shown = &entries[..entries.len().min(most)];
    html! {
        (browser(site, kind, path, shown, entries.len()))
        @if entries.len() > most { p { a href={ (up(path)) (site.links.list(kind, 0)) } { "All " (entries.len()) } } (NL) }
    }
}

/// A form with a control for each filter.
pub(super) fn filters(plural: &str, name: &str, facets: &Facets) -> Markup {
    html! {
        form.filters aria-label={ "Filter " (plural) } { (NL)
            span.control {
                label for={ (name) "-text" } { "Name or id" }
                input type="search" id={ (name) "-text" } name="text" autocomplete="off";
            } (NL)
            @for (at, facet) in facets.list.iter().enumerate() {
                @let id = format!("{name}-{at}");
                @match &facet.values {
                    Values::Words(words) => span.control {
                        label for=(id) { (label(&facet.path)) }
                        select id=(id) name=(at) {
                            option value="" { "any" }
                            @for word in words { option { (word) } }
                        }
                    },
                    Values::Numbers { min, max } => span.control role="group" aria-label=(label(&facet.path)) {
                        label for=(id) { (label(&facet.path)) " from" }
                        input.short type="number" id=(id) name={ (at) "-least" } placeholder=(min);
                        label for={ (id) "-most" } { "to" }
                        input.short type="number" id={ (id) "-most" } name={ (at) "-most" } placeholder=(max);
                    },
                }
                (NL)
            }
            button type="reset" { "Clear" } (NL)
        } (NL)
    }
}

/// What a filter is about, in words.
pub(super) fn label(path: &[String]) -> String {
    // That it is an id, the reader sees.
    let words = path.iter().map(|name| spoken(name)).map(|words| match words.strip_suffix(" id") {
        Some(rest) => rest.to_owned(),
        None => words,
    });
    capital(&words.collect::<Vec<_>>().join(" › "))
}

/// The script with all rows.
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
            entry.schema_id_refs,
            entry.diagnostics
        );
    }
    out.push_str("]);\n");
    (format!("lists/{name}.js"), out.into_bytes())
}
