//! Types in words.

use crate::address::file_name;
use crate::site::context::Site;
use crate::site::data::types::Type;
use crate::site::markup::NL;
use maud::{Markup, html};
use quest_compiler::diagnostics::nouns;
use quest_compiler::schema::{KindId, Mapping, RefSpec, Shape, TargetId};

/// A kind of ids, as seen from the page of a type.
pub(crate) fn kind_link(site: &Site<'_, '_, '_>, kind: KindId) -> Markup {
    let path = &site.objects.model().kind(kind).path;
    html! { a href={ "../schema.html#kind:" (file_name(path)) } { code { (path) } } }
}

/// A type in words, as seen from a page from which `up` leads to the root folder.
pub(crate) fn shape(site: &Site<'_, '_, '_>, up: &str, shape: &Shape) -> Markup {
    let link = |ty: Type| {
        let at = site.types.position(ty);
        html! { a href={ (up) (site.types.href(at)) } { (site.types.name(at)) } }
    };
    match shape {
        Shape::Boolean => html! { "yes or no (" code { "true" } ", " code { "false" } ")" },
        Shape::Integer { .. } => html! { "whole number" },
        Shape::Number => html! { "number" },
        Shape::Text => html! { "text" },
        Shape::Enum(id) => html! { "one of " (link(Type::Enum(*id))) },
        Shape::Record(id) => link(Type::Record(*id)),
        Shape::Union(id) => link(Type::Union(*id)),
        Shape::Map(id) => html! { "a map of " (link(Type::Record(*id))) },
        Shape::List(element) => html! { "a list of: " (self::shape(site, up, element)) },
        Shape::Key(kind) => html! { "the id, of the kind " (kind_link(site, *kind)) },
        Shape::Link(spec) => reference(site, spec),
        Shape::Target(id) => target(site, *id),
        Shape::Scalar(_) => html! { "a text, number or other plain value" },
        Shape::Json => html! { "any JSON" },
    }
}

/// A reference whose kind another field decides.
fn target(site: &Site<'_, '_, '_>, id: TargetId) -> Markup {
    let model = site.objects.model();
    let target = model.target(id);
    let by = &model.record(target.record).fields[target.by].json;
    html! {
        "names something; of what kind, " code { (by) } " says:"
        dl.facts {
            @for ((value, mapping), kinds) in target.mappings.iter().zip(&target.kinds) {
                div {
                    dt { code { (value) } }
                    dd {
                        @match mapping {
                            Mapping::Nothing => "nothing",
                            Mapping::Text => "any text",
                            Mapping::Kinds(_) => { @for kind in kinds { (kind_link(site, *kind)) " " } },
                        }
                    }
                } (NL)
            }
        }
    }
}

/// What a reference names.
fn reference(site: &Site<'_, '_, '_>, spec: &RefSpec) -> Markup {
    let nouns = spec.kinds.iter().map(|kind| site.objects.model().kind(*kind).noun());
    let words = nouns::any_of(nouns);
    html! {
        @if spec.defines { "ids of " } @else { "names " (words) ": " }
        @for kind in &spec.kinds { (kind_link(site, *kind)) " " }
        @if spec.tolerated { "(an unknown id is a warning)" }
    }
}
