//! The page of an id: its values, its flow, its prerequisites, and what names it.

use crate::address::page_path;
use crate::folder::File;
use crate::graphs::{NodeRole, flow_of};
use crate::objects::capitalized;
use crate::site::context::Site;
use crate::site::data::problems;
use crate::site::data::references::{Reference, enclosing_id};
use crate::site::markup::{NL, with_code};
use crate::site::widgets::object_view::ObjectView;
use crate::site::widgets::page::Page;
use crate::site::widgets::picture;
use crate::site::widgets::registry_entry::registry_entry;
use maud::{Markup, html};
use quest_compiler::check::Row;
use quest_compiler::diagnostics::nouns;
use quest_compiler::schema::KindId;

/// References on one page.
const REFERENCES_PER_PAGE: usize = 400;

/// The page of an id, and further pages with the rest of the references to it.
pub(crate) fn pages(site: &Site<'_, '_, '_>, kind: KindId, id: u32) -> Vec<File> {
    let title = site.objects.label(kind, id);
    let path = site.links.page(kind, id);
    let stem = path.trim_end_matches(".html");
    let references = site.references.to(&site.links, kind, id);
    let count = references.len().div_ceil(REFERENCES_PER_PAGE).max(1);
    let page = |page: usize| {
        let path = page_path(stem, page, "html");
        let object = ObjectPage { site, kind, id, view: ObjectView::new(site, &path) };
        let first = page * REFERENCES_PER_PAGE;
        let part = &references[first..(first + REFERENCES_PER_PAGE).min(references.len())];
        let body = if page == 0 {
            object.body(&path, part, references.len())
        } else {
            html! {
                h1 { "What names " (object.view.link(kind, id)) ", page " (page + 1) } (NL)
                (object.references(part))
            }
        };
        Page { path, title, body }.file(site)
    };
    (0..count).map(page).collect()
}

struct ObjectPage<'o, 'p, 'c, 'a> {
    site: &'o Site<'p, 'c, 'a>,
    kind: KindId,
    id: u32,
    view: ObjectView<'o, 'p, 'c, 'a>,
}

impl ObjectPage<'_, '_, '_, '_> {
    /// Everything on the first page, with some of all references to it.
    fn body(&self, path: &str, references: &[Reference], all: usize) -> Markup {
        let Self { site, kind, id, view } = self;
        let rows = site.objects.rows(*kind, *id);
        let noun = site.links.noun(*kind);
        html! {
            p.crumbs { a href={ "../../" (site.links.list(*kind, 0)) } { (capitalized(&site.objects.model().kind(*kind).plural())) } } (NL)
            h1 { (self.heading()) } (NL)
            (self.origin(rows))
            (self.problems())
            @match rows {
                [row] => {
                    @let fields = view.fields(*row);
                    (view.facts(*row, &fields))
                    @if let Some(flow) = self.flow(*row) { (flow) }
                    (self.prerequisites())
                    (view.parts(*row, &fields, 2))
                }
                [] => (registry_entry(site.objects, *kind, *id)),
                rows => @for row in rows { div.card { (view.object(*row, 2)) } (NL) },
            }
            section.part #named-by { (NL)
                h2 { "Named by" } (NL)
                @if references.is_empty() {
                    p { "Nothing else names this " (noun) "." } (NL)
                } @else {
                    (self.references(references))
                    (reference_pages(path, all))
                }
            } (NL)
        }
    }

    /// The title and the id, if they differ.
    fn heading(&self) -> Markup {
        let objects = self.site.objects;
        let text = objects.text(self.kind, self.id);
        let prefix = &objects.model().kind(self.kind).prefix;
        html! {
            @match objects.title(self.kind, self.id).filter(|title| *title != text) {
                Some(title) => { (title) " " code.id { (prefix) (text) } },
                None => code { (prefix) (text) },
            }
        }
    }

    /// The type and the file that define the id.
    fn origin(&self, rows: &[Row]) -> Markup {
        let Self { site, kind, id, .. } = self;
        let span = site.objects.inspection.resolved.ids.id(*kind, *id).span;
        html! {
            p.origin {
                @if let Some(row) = rows.first() {
                    a href={ "../../" (site.types.record_href(row.record)) } { (site.types.record_name(row.record)) }
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

    /// The diagnostics about the object and what is shown with it.
    fn problems(&self) -> Markup {
        let positions = self.site.problems.on(self.kind, self.id);
        let list = &self.site.objects.inspection.diagnostics.list;
        html! {
            @if !positions.is_empty() {
                section.problems aria-label="Problems" { (NL)
                    ul { (NL)
                        @for at in positions {
                            @let diagnostic = &list[*at];
                            li class=(diagnostic.level.word()) {
                                a href={ "../../" (problems::href(*at)) } {
                                    (diagnostic.level.word()) " " (diagnostic.code.id)
                                }
                                ": " (with_code(&diagnostic.title))
                            } (NL)
                        }
                    } (NL)
                } (NL)
            }
        }
    }

    /// The graph of the object's flow, if it has steps.
    fn flow(&self, row: Row) -> Option<Markup> {
        let model = self.site.objects.model();
        let flow = model.flows.iter().find(|flow| flow.record == row.record)?;
        let drawing = flow_of(self.site.objects, flow, row);
        let count = |role: NodeRole| drawing.nodes.iter().filter(|node| node.role == role).count() as u64;
        let nodes = count(NodeRole::Object);
        (nodes > 0).then(|| {
            html! {
                section.part #flow { (NL)
                    h2 { "How it goes" } (NL)
                    p { (model.kind(flow.kind).counted(nodes)) ", " (nouns::count(count(NodeRole::End), "ending")) "." } (NL)
                    (picture::flow(&drawing, &|kind, id| self.view.href(kind, id)))
                } (NL)
            }
        })
    }

    /// What the object needs, and what needs it.
    fn prerequisites(&self) -> Markup {
        let Self { site, kind, id, view } = self;
        let all = site.objects.model().requires.iter().zip(&site.prerequisites);
        let list = |title: &str, ids: Vec<u32>| {
            html! {
                @if !ids.is_empty() {
                    div { h3 { (title) } ul { (NL) @for id in ids { li { (view.link(*kind, id)) } (NL) } } } (NL)
                }
            }
        };
        html! {
            @for (_, prerequisites) in all.filter(|(requires, _)| requires.kind == *kind) {
                @let (before, after) = (prerequisites.before(*id), prerequisites.after(*id));
                @if !before.is_empty() || !after.is_empty() {
                    section.part #requirements { (NL)
                        h2 { "Before and after" } (NL)
                        div.columns { (NL)
                            (list("Needs", before))
                            (list("Needed by", after))
                        } (NL)
                        p { a href={ "../../" (site.links.graph(*kind)) "?focus=" (site.links.name(*kind, *id)) } { "Show in the graph of all" } } (NL)
                    } (NL)
                }
            }
        }
    }

    /// References to the id, or to ids that are shown on its page.
    fn references(&self, references: &[Reference]) -> Markup {
        let Self { site, kind, id, view } = self;
        html! {
            ul.references { (NL)
                @for Reference { row, field, target } in references {
                    li {
                        (self.source(*row)) " as " span.label { (site.types.field_words(row.record, *field)) }
                        @if *target != (*kind, *id) {
                            " of the " (site.links.noun(target.0)) " " (view.link(target.0, target.1))
                        }
                    } (NL)
                }
            } (NL)
        }
    }

    /// The object around a reference, or else its file.
    fn source(&self, row: Row) -> Markup {
        let Self { site, view, .. } = self;
        let Some((kind, id)) = enclosing_id(site.objects, row) else {
            let file = site.objects.inspection.resolved.content.document(row).file;
            return html! { code { (site.file_name(file)) } };
        };
        let root = site.links.root(kind, id);
        html! {
            @if root != (kind, id) { (view.link(root.0, root.1)) " › " (site.links.noun(kind)) " " }
            (view.link(kind, id))
        }
    }
}

/// Links to the pages with further references.
fn reference_pages(path: &str, all: usize) -> Markup {
    let pages = all.div_ceil(REFERENCES_PER_PAGE);
    let stem = path.rsplit('/').next().unwrap_or(path).trim_end_matches(".html");
    html! {
        @if pages > 1 {
            p.pager { (all) " mentions, more on page "
                @for page in 1..pages { a href=(page_path(stem, page, "html")) { (page + 1) } " " }
            } (NL)
        }
    }
}
