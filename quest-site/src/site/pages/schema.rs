//! The schema reference: schema files, kinds of ids, and all types.

use crate::address::file_name;
use crate::folder::File;
use crate::site::context::Site;
use crate::site::data::types::about;
use crate::site::markup::{NL, with_code};
use crate::site::widgets::page::Page;
use crate::site::widgets::shape::shape;
use maud::{Markup, html};
use quest_compiler::schema::{KindId, Registry};

pub(crate) fn page(site: &Site<'_, '_, '_>) -> File {
    let body = html! {
        h1 { "Schema" } (NL)
        (files(site))
        (kinds(site))
        (types(site))
    };
    Page { path: "schema.html".to_owned(), title: "Schema", body }.file(site)
}

/// The schema files, each with the type of its documents.
fn files(site: &Site<'_, '_, '_>) -> Markup {
    let roots = site.objects.model().roots.iter();
    html! {
        h2 { "Files" } (NL)
        div.scroll tabindex="0" role="region" aria-label="Files" { (NL)
            table { (NL)
                thead { tr { th scope="col" { "Schema" } th scope="col" { "A document is" } } } (NL)
                tbody { (NL)
                    @for (root, name) in roots.zip(site.objects.inspection.schemas) {
                        tr { td { code { (site.with_portable_paths(name)) } } td { (shape(site, "", root)) } } (NL)
                    }
                } (NL)
            } (NL)
        } (NL)
    }
}

fn kinds(site: &Site<'_, '_, '_>) -> Markup {
    let kinds = site.objects.model().kinds.iter().enumerate();
    html! {
        h2 { "Kinds of ids" } (NL)
        div.scroll tabindex="0" role="region" aria-label="Kinds of ids" { (NL)
            table { (NL)
                thead { tr { th scope="col" { "Kind" } th scope="col" { "Defined by" } th.number scope="col" { "Ids" } } } (NL)
                tbody { (NL)
                    @for (at, kind) in kinds {
                        @let id = KindId(at as u32);
                        tr id={ "kind:" (file_name(&kind.path)) } {
                            td { @if kind.parent.is_none() { a href=(site.links.list(id, 0)) { code { (kind.path) } } } @else { code { (kind.path) } } }
                            td {
                                @for (at, definition) in defined_by(site, id).iter().enumerate() { @if at > 0 { ", " } (definition) }
                                @if !kind.prefix.is_empty() { "; with " code { (kind.prefix) } " in front" }
                            }
                            td.number { (site.links.ids(id).count()) }
                        } (NL)
                    }
                } (NL)
            } (NL)
        } (NL)
    }
}

fn types(site: &Site<'_, '_, '_>) -> Markup {
    let mut types: Vec<usize> = (0..site.types.len()).collect();
    types.sort_by_key(|at| (site.types.name(*at).to_lowercase(), *at));
    html! {
        h2 { "Types" } (NL)
        dl.types { (NL)
            @for at in types {
                div {
                    dt { a href=(site.types.href(at)) { (site.types.name(at)) } }
                    dd { (with_code(&first_sentence(about(site.objects.model(), site.types.ty(at)).0))) }
                } (NL)
            }
        } (NL)
    }
}

/// What defines the ids of a kind.
fn defined_by(site: &Site<'_, '_, '_>, kind: KindId) -> Vec<Markup> {
    let kind = site.objects.model().kind(kind);
    let records = kind.records.iter().map(|record| {
        html! { a href=(site.types.record_href(*record)) { (site.types.record_name(*record)) } }
    });
    let mut all: Vec<Markup> = records.collect();
    if kind.listed {
        all.push(html! { "lists in content" });
    }
    match kind.registry {
        Some(Registry::Closed) => all.push(html! { "a registry" }),
        Some(Registry::Open) => all.push(html! { "nobody: any id will do" }),
        None if !kind.defined() => all.push(html! { "nobody" }),
        None => {}
    }
    all
}

fn first_sentence(text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    text.split_once(". ").map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_a_full_stop_and_a_space() {
        assert_eq!(first_sentence(Some("A quest of level 1.5. It has stages.")), "A quest of level 1.5.");
        assert_eq!(first_sentence(Some("A quest")), "A quest");
        assert_eq!(first_sentence(None), "");
    }
}
