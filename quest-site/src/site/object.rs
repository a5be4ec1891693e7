//! The page of an id: what it is, how it goes, what it needs, what names it.

use super::named_by::{SchemaIdRef, around};
use super::page::{NL, Page};
use super::value::{Shown, record_of};
use super::{Site, capital, picture};
use crate::graph::{Role, flow_of};
use crate::tool::File;
use maud::{Markup, html};
use quest_compiler::check::Row;
use quest_compiler::diagnostics::nouns;
use quest_compiler::schema::KindId;

/// As many mentions are on one page.
const MOST_MENTIONS: usize = 400;

pub(super) fn pages(site: &Site<'_, '_, '_>, kind: KindId, id: u32) -> Vec<File> {
    let path = site.links.page(kind, id);
    let title = site.objects.label(kind, id);
    let schema_id_refs = site.named_by.of(&site.links, kind, id);
    let mut parts = schema_id_refs.chunks(MOST_MENTIONS);
    let first = parts.next().unwrap_or_default();
    let body = body(site, kind, id, &path, first, schema_id_refs.len());
    let mut files = vec![Page { path: path.clone(), title, body }.file(site)];
    let stem = path.trim_end_matches(".html");
    for (number, part) in parts.enumerate() {
        let path = format!("{stem},{}.html", number + 2);
        let shown = Shown::new(site, &path);
        let body = html! {
            h1 { "What names " (shown.link(kind, id)) ", page " (number + 2) } (NL)
            (named_by(site, &shown, (kind, id), part))
        };
        files.push(Page { path, title, body }.file(site));
    }
    files
}

fn body(
    site: &Site<'_, '_, '_>,
    kind: KindId,
    id: u32,
    path: &str,
    schema_id_refs: &[SchemaIdRef],
    all: usize,
) -> Markup {
    let (objects, model) = (site.objects, site.objects.model());
    let shown = Shown::new(site, path);
    let rows = objects.rows(kind, id);
    let noun = site.links.noun(kind);
    let text = objects.text(kind, id);
    let flows: Vec<Markup> = rows.iter().filter_map(|row| flow(site, &shown, *row)).collect();
    html! {
        p.crumbs { a href={ "../../" (site.links.list(kind, 0)) } { (capital(&model.kind(kind).plural())) } } (NL)
        h1 {
            @match objects.title(kind, id).filter(|title| *title != text) {
                Some(title) => { (title) " " code.id { (model.kind(kind).prefix) (text) } },
                None => code { (model.kind(kind).prefix) (text) },
            }
        } (NL)
        (origin(site, kind, id, rows))
        (diagnostics(site, kind, id))
        @match rows {
            [row] => {
                @let fields = shown.fields(*row);
                (shown.facts(*row, &fields))
                @for flow in &flows { (flow) }
                (requirements(site, &shown, kind, id))
                (shown.parts(*row, &fields, 2))
            }
            [] => (shown.registered(kind, id)),
            rows => @for row in rows { div.card { (shown.object(*row, 2)) } (NL) },
        }
        section.part #named-by { (NL)
            h2 { "Named by" } (NL)
            @if schema_id_refs.is_empty() {
                p { "Nothing else names this " (noun) "." } (NL)
            } @else {
                (named_by(site, &shown, (kind, id), schema_id_refs))
                (continued(path, all))
            }
        } (NL)
    }
}

/// Links to the pages with the other mentions.
fn continued(path: &str, all: usize) -> Markup {
    let pages = all.div_ceil(MOST_MENTIONS);
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".html");
    html! {
        @if pages > 1 {
            p.pager { (all) " mentions, more on page "
                @for page in 2..=pages { a href={ (stem) "," (page) ".html" } { (page) } " " }
            } (NL)
        }
    }
}

/// Where it is written down.
fn origin(site: &Site<'_, '_, '_>, kind: KindId, id: u32, rows: &[Row]) -> Markup {
    let objects = site.objects;
    let resolved = objects.checked.resolved;
    let span = resolved.ids.id(kind, id).span;
    html! {
        p.origin {
            @if let Some(record) = record_of(rows) {
                a href={ "../../" (site.types.record_href(record)) } { (site.types.record_name(record)) }
                " in "
            } @else if span.is_some() {
                "Other systems of the game define it; listed in "
            }
            @match span {
                Some(span) => code { (site.file_name(span.file)) },
                None if rows.is_empty() => "An id that anything can name: nothing defines it.",
                None => "content",
            }
        } (NL)
    }
}

/// What was found about this object and what belongs to it.
fn diagnostics(site: &Site<'_, '_, '_>, kind: KindId, id: u32) -> Markup {
    let found = site.placed.on(kind, id);
    let list = &site.objects.checked.diagnostics.list;
    html! {
        @if !found.is_empty() {
            section.diagnostics aria-label="Findings" { (NL)
                ul { (NL)
                    @for at in found {
                        @let diagnostic = &list[*at];
                        li class=(diagnostic.level.word()) {
                            a href={ "../../" (super::diagnostic::href(*at)) } {
                                (diagnostic.level.word()) " " (diagnostic.code.id)
                            }
                            ": " (super::diagnostic::words(&diagnostic.title))
                        } (NL)
                    }
                } (NL)
            } (NL)
        }
    }
}

/// The graph of what leads to what.
fn flow(site: &Site<'_, '_, '_>, shown: &Shown<'_, '_, '_, '_>, row: Row) -> Option<Markup> {
    let model = site.objects.model();
    let flow = model.flows.iter().find(|flow| flow.record == row.record)?;
    let drawing = flow_of(site.objects, flow, row);
    let count = |role: Role| drawing.nodes.iter().filter(|node| node.role == role).count();
    if count(Role::Object) == 0 {
        return None;
    }
    let nodes = model.kind(flow.kind).counted(count(Role::Object) as u64);
    let ends = nouns::count(count(Role::End) as u64, "ending");
    let picture = picture::flow(&drawing, &|kind, id| shown.href(kind, id));
    Some(html! {
        section.part #flow { (NL)
            h2 { "How it goes" } (NL)
            p { (nodes) ", " (ends) "." } (NL)
            (picture)
        } (NL)
    })
}

/// What must be done before, and what can be done after.
fn requirements(site: &Site<'_, '_, '_>, shown: &Shown<'_, '_, '_, '_>, kind: KindId, id: u32) -> Markup {
    let model = site.objects.model();
    let parts = model.requires.iter().enumerate().filter(|(_, requires)| requires.kind == kind);
    let list = |title: &str, ids: Vec<u32>| {
        html! {
            @if !ids.is_empty() {
                div { h3 { (title) } ul { (NL) @for id in ids { li { (shown.link(kind, id)) } (NL) } } } (NL)
            }
        }
    };
    html! {
        @for (at, requires) in parts {
            @let (before, after) = site.placed.needs(at, id);
            @if !before.is_empty() || !after.is_empty() {
                section.part #requirements { (NL)
                    h2 { "Before and after" } (NL)
                    div.columns { (NL)
                        (list("Needs", before))
                        (list("Needed by", after))
                    } (NL)
                    p { a href={ "../../" (super::whole::path(&site.links, requires)) "?focus=" (site.links.name(kind, id)) } { "Show in the graph of all" } } (NL)
                } (NL)
            }
        }
    }
}

/// A list of what names this id or what belongs to it.
fn named_by(
    site: &Site<'_, '_, '_>,
    shown: &Shown<'_, '_, '_, '_>,
    page: (KindId, u32),
    schema_id_refs: &[SchemaIdRef],
) -> Markup {
    let objects = site.objects;
    let source = |row: Row| -> Markup {
        let Some((kind, id)) = around(objects, row) else {
            let file = objects.checked.resolved.content.document(row).file;
            return html! { code { (site.file_name(file)) } };
        };
        let root = site.links.root(kind, id);
        html! {
            @if root != (kind, id) { (shown.link(root.0, root.1)) " › " (site.links.noun(kind)) " " }
            (shown.link(kind, id))
        }
    };
    html! {
        ul.schema_id_refs { (NL)
            @for SchemaIdRef { row, field, names } in schema_id_refs {
                li {
                    (source(*row)) " as " span.label { (site.types.spoken_name(row.record, *field)) }
                    @if *names != page {
                        " of the " (site.links.noun(names.0)) " " (shown.link(names.0, names.1))
                    }
                } (NL)
            }
        } (NL)
    }
}
