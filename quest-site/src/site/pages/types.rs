//! The page of a type: its fields, values or variants.

use crate::folder::File;
use crate::objects::capitalized;
use crate::site::context::Site;
use crate::site::data::types::{Type, about, anchor};
use crate::site::markup::{NL, with_code};
use crate::site::widgets::page::Page;
use crate::site::widgets::shape::{kind_link, shape};
use maud::{Markup, html};
use quest_compiler::diagnostics::json_string;
use quest_compiler::schema::{DefaultValue, EnumId, Field, Model, Origin, RecordId, Shape, UnionId};
use std::fmt::Write as _;

/// The script with the descriptions of all fields, which `site.js` loads for the first tooltip. On the pages themselves each would be
/// repeated many times, and a change in the schema would change all of them.
pub(crate) fn tooltips(site: &Site<'_, '_, '_>) -> File {
    let mut out = String::from("questcFields({\n");
    for (at, record) in site.objects.model().records.iter().enumerate() {
        for field in &record.fields {
            if let Some(description) = &field.description {
                let href = site.types.field_href(RecordId(at as u32), field);
                let _ = writeln!(out, "{}:{},", json_string(&href), json_string(description));
            }
        }
    }
    out.push_str("});\n");
    ("fields.js".to_owned(), out.into_bytes())
}

pub(crate) fn page(site: &Site<'_, '_, '_>, at: usize) -> File {
    let model = site.objects.model();
    let (ty, name) = (site.types.ty(at), site.types.name(at));
    let (description, source) = about(model, ty);
    let body = html! {
        p.crumbs { a href="../schema.html" { "Schema" } } (NL)
        h1 { (name) } (NL)
        @if let Some(description) = description { p.lead { (with_code(description)) } (NL) }
        @if let Some(source) = source { p.source { "From " (source) } (NL) }
        @match ty {
            Type::Record(id) => (record(site, id)),
            Type::Enum(id) => (values(model, id)),
            Type::Union(id) => (variants(site, id)),
        }
    };
    Page { path: site.types.href(at).to_owned(), title: name, body }.file(site)
}

fn record(site: &Site<'_, '_, '_>, id: RecordId) -> Markup {
    let model = site.objects.model();
    let record = model.record(id);
    html! {
        @for (kind, _) in &record.keys {
            p { "Its objects have ids of the kind " (kind_link(site, *kind)) "." } (NL)
        }
        @for field in &record.fields { (self::field(site, field)) }
        (used_by(site, id))
    }
}

fn field(site: &Site<'_, '_, '_>, field: &Field) -> Markup {
    let default = match &field.default {
        DefaultValue::Literal(literal) => Some(literal.show()),
        DefaultValue::None => None,
    };
    html! {
        section.field id=(anchor(field)) { (NL)
            h2 {
                code { (field.json) } " "
                span.tag { @if field.required { "required" } @else { "optional" } }
                @if field.nullable { " " span.tag { "or null" } }
            } (NL)
            @if let Some(origin) = origin(field.origin) { p { (capitalized(origin)) "." } (NL) }
            @if let Some(description) = &field.description { p { (with_code(description)) } (NL) }
            dl.facts { (NL)
                div { dt { "Type" } dd { (shape(site, "../", &field.shape)) } } (NL)
                @if !field.constraints.is_empty() { div { dt { "Allowed" } dd { (with_code(&field.constraints.join("; "))) } } (NL) }
                @if let Some(default) = &default { div { dt { "Default" } dd { code { (default) } } } (NL) }
                @if let Some(source) = &field.source { div { dt { "From" } dd { (source) } } (NL) }
            } (NL)
        } (NL)
    }
}

/// Where a field's value comes from, if it is not a property.
fn origin(origin: Origin) -> Option<&'static str> {
    match origin {
        Origin::Property => None,
        Origin::MapName => Some("its name in the map"),
        Origin::MapValue => Some("its value in the map"),
        Origin::Element => Some("the element of the list"),
        Origin::Rest => Some("all other properties"),
        Origin::FileName => Some("the name of the file"),
        Origin::Whole => Some("the whole value"),
    }
}

/// The fields whose values are objects of a record.
fn used_by(site: &Site<'_, '_, '_>, id: RecordId) -> Markup {
    let model = site.objects.model();
    let uses_it = |field: &Field| match field.shape.element() {
        Shape::Record(record) | Shape::Map(record) => *record == id,
        Shape::Union(union) => model.union(*union).variants.iter().any(|(_, record)| *record == id),
        _ => false,
    };
    let uses: Vec<(RecordId, &Field)> = model
        .records
        .iter()
        .enumerate()
        .flat_map(|(at, record)| record.fields.iter().map(move |field| (RecordId(at as u32), field)))
        .filter(|(_, field)| uses_it(field))
        .collect();
    html! {
        @if !uses.is_empty() {
            h2 { "Used in" } (NL)
            ul { (NL)
                @for (record, field) in uses {
                    li { a href={ "../" (site.types.field_href(record, field)) } { (site.types.record_name(record)) " › " code { (field.json) } } } (NL)
                }
            } (NL)
        }
    }
}

fn values(model: &Model, id: EnumId) -> Markup {
    html! {
        table { (NL)
            thead { tr { th scope="col" { "Value" } th scope="col" { "Meaning" } } } (NL)
            tbody { (NL)
                @for variant in &model.enumeration(id).variants {
                    tr { td { code { (variant.json) } } td { @if let Some(text) = &variant.description { (with_code(text)) } } } (NL)
                }
            } (NL)
        } (NL)
    }
}

fn variants(site: &Site<'_, '_, '_>, id: UnionId) -> Markup {
    let union = site.objects.model().union(id);
    html! {
        p { "Which of these it is, " code { (union.tag) } " says." } (NL)
        table { (NL)
            thead { tr { th scope="col" { code { (union.tag) } } th scope="col" { "Type" } } } (NL)
            tbody { (NL)
                @for (values, record) in &union.variants {
                    tr {
                        td { @for value in values { code { (value.show()) } " " } }
                        td { a href={ "../" (site.types.record_href(*record)) } { (site.types.record_name(*record)) } }
                    } (NL)
                }
            } (NL)
        } (NL)
    }
}
