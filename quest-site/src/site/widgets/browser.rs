//! A table of ids with filters.
//!
//! The page has the first rows only. Filters search all of them, in a script that is loaded when it is needed.

use crate::objects::{capitalized, spaced};
use crate::site::context::Site;
use crate::site::data::entries::Entry;
use crate::site::data::facets::{Facets, Values};
use crate::site::markup::{NL, up};
use maud::{Markup, html};
use quest_compiler::schema::KindId;

/// Filters that are also columns.
const MAX_COLUMNS: usize = 4;

/// Filters and a table of some of the rows, on the page at `path`.
pub(crate) fn browser(site: &Site<'_, '_, '_>, kind: KindId, path: &str, entries: &[Entry]) -> Markup {
    let plural = site.objects.model().kind(kind).plural();
    let facets = site.facets(kind);
    let up = up(path);
    let name = site.links.folder(kind);
    html! {
        section.browser data-list=(name) data-src={ (up) "lists/" (name) ".js" } data-up=(up) data-columns=(MAX_COLUMNS) aria-label=(capitalized(&plural)) { (NL)
            details.menu open { summary { "Filters" } (NL)
                (filters(&plural, name, facets))
            } (NL)
            p.status role="status" { "Showing " (entries.len()) " of " (site.entries(kind).len()) "." } (NL)
            div.scroll tabindex="0" role="region" aria-label="Table" { (NL)
                table { (NL)
                    thead {
                        tr {
                            th scope="col" { "Name" }
                            th scope="col" { "Id" }
                            @for facet in facets.list.iter().take(MAX_COLUMNS) { th scope="col" { (label(&facet.path)) } }
                            th.number scope="col" { "Named by" }
                            th.number scope="col" { "Problems" }
                        }
                    } (NL)
                    tbody { (NL)
                        @for entry in entries {
                            tr {
                                td { a href={ (up) (site.links.page(kind, entry.id)) } { (site.objects.label(kind, entry.id)) } }
                                td { code { (site.objects.text(kind, entry.id)) } }
                                @for values in entry.values.iter().take(MAX_COLUMNS) { td { (values.join(", ")) } }
                                td.number { (entry.references) }
                                td.number { (entry.problems) }
                            } (NL)
                        }
                    } (NL)
                } (NL)
            } (NL)
        } (NL)
    }
}

/// The beginning of the list of a kind, on the page at `path`.
pub(crate) fn preview(site: &Site<'_, '_, '_>, kind: KindId, path: &str, max_rows: usize) -> Markup {
    let entries = site.entries(kind);
    let shown = &entries[..entries.len().min(max_rows)];
    html! {
        (browser(site, kind, path, shown))
        @if entries.len() > max_rows { p { a href={ (up(path)) (site.links.list(kind, 0)) } { "All " (entries.len()) } } (NL) }
    }
}

/// A form with a control for each filter.
pub(crate) fn filters(plural: &str, name: &str, facets: &Facets) -> Markup {
    html! {
        form.filters aria-label={ "Filter " (plural) } { (NL)
            span.control {
                label for={ (name) "-text" } { "Name or id" }
                input type="search" id={ (name) "-text" } name="text" autocomplete="off";
            } (NL)
            @for (at, facet) in facets.list.iter().enumerate() {
                @let id = format!("{name}-{at}");
                @match &facet.values {
                    Values::Choices(choices) => span.control {
                        label for=(id) { (label(&facet.path)) }
                        select id=(id) name=(at) {
                            option value="" { "any" }
                            @for choice in choices { option { (choice) } }
                        }
                    },
                    Values::Numbers { min, max } => span.control role="group" aria-label=(label(&facet.path)) {
                        label for=(id) { (label(&facet.path)) " from" }
                        input.short type="number" id=(id) name={ (at) "-min" } placeholder=(min);
                        label for={ (id) "-max" } { "to" }
                        input.short type="number" id={ (id) "-max" } name={ (at) "-max" } placeholder=(max);
                    },
                }
                (NL)
            }
            button type="reset" { "Clear" } (NL)
        } (NL)
    }
}

/// The path of a filter in words.
fn label(path: &[String]) -> String {
    // The values show that they are ids.
    let words = path.iter().map(|name| spaced(name)).map(|words| match words.strip_suffix(" id") {
        Some(rest) => rest.to_owned(),
        None => words,
    });
    capitalized(&words.collect::<Vec<_>>().join(" › "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_words_without_id() {
        let path = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(label(&path(&["questGiver", "npcId"])), "Quest giver › npc");
    }
}
