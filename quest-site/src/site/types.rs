//! The schema reference: every type with its fields, what is allowed in them, and where it comes from.

use super::diagnostic::words;
use super::page::{NL, Page};
use super::{Site, capital, spoken};
use crate::address::file_name;
use crate::tool::File;
use maud::{Markup, html};
use quest_compiler::diagnostics::{json_string, nouns};
use quest_compiler::schema::{
    DefaultValue, EnumId, Field, KindId, Mapping, Model, Origin, RecordId, RefSpec, Registry, Shape, UnionId,
};
use std::collections::HashMap;
use std::fmt::Write as _;

/// A type with a page.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Type {
    Record(RecordId),
    Enum(EnumId),
    Union(UnionId),
}

pub(super) struct Types {
    list: Vec<(Type, String, String)>,
    at: HashMap<Type, usize>,
    /// For each record and field, its name in words, and that with a link to what is said of it here, as pages of ids show it: they do
    /// so often.
    names: Vec<Vec<(String, String)>>,
}

impl Types {
    pub(super) fn new(model: &Model) -> Self {
        let records = (0..model.records.len() as u32).map(RecordId).map(Type::Record);
        let enums = (0..model.enums.len() as u32).map(EnumId).map(Type::Enum);
        let unions = (0..model.unions.len() as u32).map(UnionId).map(Type::Union);
        let mut types = Self { list: Vec::new(), at: HashMap::new(), names: Vec::new() };
        let mut taken: HashMap<String, usize> = HashMap::new();
        for one in records.chain(enums).chain(unions) {
            let name = match one {
                Type::Record(id) => &model.record(id).name,
                Type::Enum(id) => &model.enumeration(id).name,
                Type::Union(id) => &model.union(id).name,
            };
            let file = file_name(name);
            let count = taken.entry(file.clone()).or_insert(0);
            *count += 1;
            let file = if *count == 1 { file } else { format!("{file},{count}") };
            types.at.insert(one, types.list.len());
            types.list.push((one, name.clone(), format!("types/{file}.html")));
        }
        let records = model.records.iter().enumerate();
        let names = records.map(|(at, record)| {
            let name = |field: &Field| {
                (spoken(&field.json), types.linked_name(RecordId(at as u32), field).into_string())
            };
            record.fields.iter().map(name).collect()
        });
        types.names = names.collect();
        types
    }

    fn linked_name(&self, record: RecordId, field: &Field) -> Markup {
        html! { a.field href={ "../../" (self.field_href(record, field)) } { (capital(&spoken(&field.json))) } }
    }

    /// The name of a field, with a link, as seen from the page of an id.
    pub(super) fn field_name(&self, record: RecordId, field: usize) -> &str {
        self.names.get(record.0 as usize).and_then(|names| names.get(field)).map_or("", |(_, linked)| linked)
    }

    /// The name of a field in words.
    pub(super) fn spoken_name(&self, record: RecordId, field: usize) -> &str {
        self.names.get(record.0 as usize).and_then(|names| names.get(field)).map_or("", |(words, _)| words)
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    pub(super) fn name(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |(_, name, _)| name)
    }

    pub(super) fn href(&self, at: usize) -> String {
        self.list.get(at).map_or_else(String::new, |(_, _, href)| href.clone())
    }

    fn of(&self, one: Type) -> usize {
        self.at.get(&one).copied().unwrap_or_default()
    }

    pub(super) fn record_href(&self, record: RecordId) -> String {
        self.href(self.of(Type::Record(record)))
    }

    pub(super) fn record_name(&self, record: RecordId) -> &str {
        self.name(self.of(Type::Record(record)))
    }

    /// Where a field is described.
    pub(super) fn field_href(&self, record: RecordId, field: &Field) -> String {
        format!("{}#{}", self.record_href(record), anchor(field))
    }
}

fn anchor(field: &Field) -> String {
    format!("field:{}", file_name(&field.json))
}

/// The script with what is said of each field, which is read when somebody points at one. On the pages themselves it would stand a hundred
/// times, and change all of them when a word of the schema changes.
pub(super) fn tooltips(site: &Site<'_, '_, '_>) -> File {
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

pub(super) fn overview(site: &Site<'_, '_, '_>) -> File {
    let model = site.objects.model();
    let mut types: Vec<usize> = (0..site.types.len()).collect();
    types.sort_by_key(|at| (site.types.name(*at).to_lowercase(), *at));
    let body = html! {
        h1 { "Schema" } (NL)
        h2 { "Files" } (NL)
        div.scroll tabindex="0" role="region" aria-label="Files" { (NL)
            table { (NL)
                thead { tr { th scope="col" { "Schema" } th scope="col" { "A document is" } } } (NL)
                tbody { (NL)
                    @for (root, name) in model.roots.iter().zip(site.objects.checked.schemas) {
                        tr { td { code { (site.without_places(name)) } } td { (shape(site, "", root)) } } (NL)
                    }
                } (NL)
            } (NL)
        } (NL)
        h2 { "Kinds of ids" } (NL)
        div.scroll tabindex="0" role="region" aria-label="Kinds of ids" { (NL)
            table { (NL)
                thead { tr { th scope="col" { "Kind" } th scope="col" { "Defined by" } th.number scope="col" { "Ids" } } } (NL)
                tbody { (NL)
                    @for (at, kind) in model.kinds.iter().enumerate() {
                        @let id = KindId(at as u32);
                        tr id={ "kind:" (file_name(&kind.path)) } {
                            td { @if kind.parent.is_none() { a href=(site.links.list(id, 0)) { code { (kind.path) } } } @else { code { (kind.path) } } }
                            td {
                                @for (at, who) in defined_by(site, id).iter().enumerate() { @if at > 0 { ", " } (who) }
                                @if !kind.prefix.is_empty() { "; with " code { (kind.prefix) } " in front" }
                            }
                            td.number { (site.links.ids(id).count()) }
                        } (NL)
                    }
                } (NL)
            } (NL)
        } (NL)
        h2 { "Types" } (NL)
        dl.types { (NL)
            @for at in types {
                div {
                    dt { a href=(site.types.href(at)) { (site.types.name(at)) } }
                    dd { (words(&sentence(about(model, site.types.list[at].0).0))) }
                } (NL)
            }
        } (NL)
    };
    Page { path: "schema.html".to_owned(), title: "Schema", body }.file(site)
}

/// Who says which ids of a kind there are.
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

/// The first sentence.
fn sentence(text: Option<&str>) -> String {
    let text = text.unwrap_or_default();
    text.split_once(". ").map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}

/// Description and section of the source document.
fn about(model: &Model, one: Type) -> (Option<&str>, Option<&str>) {
    match one {
        Type::Record(id) => {
            let record = model.record(id);
            (record.description.as_deref(), record.source.as_deref())
        }
        Type::Enum(id) => {
            let described = model.enumeration(id);
            (described.description.as_deref(), described.source.as_deref())
        }
        Type::Union(id) => {
            let union = model.union(id);
            (union.description.as_deref(), union.source.as_deref())
        }
    }
}

pub(super) fn page(site: &Site<'_, '_, '_>, at: usize) -> File {
    let model = site.objects.model();
    let (one, name, path) = &site.types.list[at];
    let (description, source) = about(model, *one);
    let body = html! {
        p.crumbs { a href="../schema.html" { "Schema" } } (NL)
        h1 { (name) } (NL)
        @if let Some(description) = description { p.lead { (words(description)) } (NL) }
        @if let Some(source) = source { p.source { "From " (source) } (NL) }
        @match *one {
            Type::Record(id) => (record(site, id)),
            Type::Enum(id) => (values(model, id)),
            Type::Union(id) => (variants(site, id)),
        }
    };
    Page { path: path.clone(), title: name, body }.file(site)
}

fn record(site: &Site<'_, '_, '_>, id: RecordId) -> Markup {
    let model = site.objects.model();
    let record = model.record(id);
    let kinds: Vec<&KindId> = record.keys.iter().map(|(kind, _)| kind).collect();
    html! {
        @for kind in kinds {
            p { "Its objects have ids of the kind " (kind_link(site, *kind)) "." } (NL)
        }
        @for field in &record.fields { (field_of(site, field)) }
        (used_by(site, id))
    }
}

fn field_of(site: &Site<'_, '_, '_>, field: &Field) -> Markup {
    let origin = match field.origin {
        Origin::Property => None,
        Origin::MapName => Some("the name under which it stands in the map"),
        Origin::MapValue => Some("what stands in the map"),
        Origin::Element => Some("the element of the list"),
        Origin::Rest => Some("all other properties"),
        Origin::FileName => Some("the name of the file"),
        Origin::Whole => Some("the whole value"),
    };
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
            @if let Some(origin) = origin { p { (capital(origin)) "." } (NL) }
            @if let Some(description) = &field.description { p { (words(description)) } (NL) }
            dl.facts { (NL)
                div { dt { "Type" } dd { (shape(site, "../", &field.shape)) } } (NL)
                @if !field.constraints.is_empty() { div { dt { "Allowed" } dd { (words(&field.constraints.join("; "))) } } (NL) }
                @if let Some(default) = &default { div { dt { "Default" } dd { code { (default) } } } (NL) }
                @if let Some(source) = &field.source { div { dt { "From" } dd { (source) } } (NL) }
            } (NL)
        } (NL)
    }
}

/// Records with fields of this type.
fn used_by(site: &Site<'_, '_, '_>, id: RecordId) -> Markup {
    let model = site.objects.model();
    let is_it = |field: &Field| match field.shape.element() {
        Shape::Record(record) | Shape::Map(record) => *record == id,
        Shape::Union(union) => model.union(*union).variants.iter().any(|(_, record)| *record == id),
        _ => false,
    };
    let uses: Vec<(RecordId, &Field)> = model
        .records
        .iter()
        .enumerate()
        .flat_map(|(at, record)| record.fields.iter().map(move |field| (RecordId(at as u32), field)))
        .filter(|(_, field)| is_it(field))
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
                    tr { td { code { (variant.json) } } td { @if let Some(text) = &variant.description { (words(text)) } } } (NL)
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

fn kind_link(site: &Site<'_, '_, '_>, kind: KindId) -> Markup {
    let path = &site.objects.model().kind(kind).path;
    html! { a href={ "../schema.html#kind:" (file_name(path)) } { code { (path) } } }
}

/// A type in words.
fn shape(site: &Site<'_, '_, '_>, up: &str, shape_of: &Shape) -> Markup {
    let model = site.objects.model();
    let link = |one: Type| {
        let at = site.types.of(one);
        html! { a href={ (up) (site.types.href(at)) } { (site.types.name(at)) } }
    };
    match shape_of {
        Shape::Boolean => html! { "yes or no (" code { "true" } ", " code { "false" } ")" },
        Shape::Integer { .. } => html! { "whole number" },
        Shape::Number => html! { "number" },
        Shape::Text => html! { "text" },
        Shape::Enum(id) => html! { "one of " (link(Type::Enum(*id))) },
        Shape::Record(id) => link(Type::Record(*id)),
        Shape::Union(id) => link(Type::Union(*id)),
        Shape::Map(id) => html! { "a map of " (link(Type::Record(*id))) },
        Shape::List(element) => html! { "a list of: " (shape(site, up, element)) },
        Shape::Key(kind) => html! { "the id, of the kind " (kind_link(site, *kind)) },
        Shape::Link(resolves) => resolves_to(site, resolves),
        Shape::Target(target) => {
            let target = model.target(*target);
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
        Shape::Scalar(_) => html! { "a text, number or other plain value" },
        Shape::Json => html! { "any JSON" },
    }
}

fn resolves_to(site: &Site<'_, '_, '_>, resolves: &RefSpec) -> Markup {
    let nouns = resolves.kinds.iter().map(|kind| site.objects.model().kind(*kind).noun());
    let words = nouns::any_of(nouns);
    html! {
        @if resolves.defines { "ids of " } @else { "names " (words) ": " }
        @for kind in &resolves.kinds { (kind_link(site, *kind)) " " }
        @if resolves.tolerated { "(an unknown id is a warning)" }
    }
}
