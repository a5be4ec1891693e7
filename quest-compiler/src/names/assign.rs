//! Giving every item its name.

use super::Names;
use super::ident::{KEYWORDS, STANDARD_MACROS, identifier, type_name, variant_name};
use super::letters::snake_case;
use super::qualify::{self, Named, Place};
use super::scope::{Owner, Scope};
use crate::diagnostics::{Diagnostic, code, json_string};
use crate::schema::{Field, KindId, Literal, Model, Origin, SchemaId, Schemas, Shape};
use crate::source::Document;
use crate::text::Span;
use std::collections::HashSet;

/// Names of types that generated code or its macros need for themselves.
const TAKEN_TYPES: [&str; 24] = [
    "Tables",
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "Self",
    "Box",
    "LAYOUT",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "Fn",
    "From",
    "Hash",
    "Into",
    "Iterator",
    "Ord",
    "PartialEq",
    "Sized",
];

impl Names {
    /// Names everything in a model. Of things that would have one name, those that the schema does not name get a longer one. Names that
    /// schemas give and that collide are reported, and stay as they are. `documents` are all schemas, with the names of their files.
    pub fn new(
        model: &Model,
        schemas: &Schemas,
        documents: &[(&Document, &str)],
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let types = Scope::default();
        let mut assigner = Assigner { model, schemas, diagnostics, types, names: Self::default() };
        for taken in TAKEN_TYPES {
            assigner.reserve_type(taken, "a name that generated code needs".to_owned(), None);
        }
        assigner.kinds();
        assigner.id_unions();
        assigner.types(documents);
        assigner.values();
        assigner.targets();
        assigner.fields();
        assigner.names
    }
}

struct Assigner<'a> {
    model: &'a Model,
    schemas: &'a Schemas,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// The module of generated code.
    types: Scope<Owner>,
    names: Names,
}

impl Assigner<'_> {
    fn reserve_type(&mut self, name: &str, what: String, span: Option<Span>) {
        reserve(&mut self.types, name, Owner { what, span }, self.diagnostics);
    }

    /// Names records, enums and unions.
    fn types(&mut self, documents: &[(&Document, &str)]) {
        let (mut items, mut places, mut what) = (Vec::new(), Vec::new(), Vec::new());
        let mut add = |words: &str, schema: SchemaId, rank: u8, form: &'static str| {
            let node = self.schemas.get(schema);
            let given = node.annotations.name.is_some();
            let rank = if rank > 0 && node.definition.is_some() { 2 } else { rank };
            let plain = free_type_name(type_name(words));
            items.push(Named { words: words.to_owned(), plain, given, fixed: false });
            places.push(Place { rank, span: node.span, form });
            what.push(format!("the {} `{words}`", if form == "object" { "record" } else { form }));
        };
        for record in &self.model.records {
            let key = record.key().filter(|_| !record.named);
            let mut words = record.name.clone();
            // A record that has its name from its kind can take the whole path of the kind instead.
            if let Some((kind, _)) = key.filter(|_| TAKEN_TYPES.contains(&type_name(&words).as_str())) {
                words = self.model.kind(kind).path.replace('.', "-");
            }
            let rank = if record.root || key.is_some() { 0 } else { qualify::RANK_OF_PATHS };
            add(&words, record.branch.unwrap_or(record.schema), rank, "object");
        }
        for item in &self.model.enums {
            add(&item.name, item.schema, qualify::RANK_OF_PATHS, "enum");
        }
        for union in &self.model.unions {
            add(&union.name, union.schema, qualify::RANK_OF_PATHS, "union");
        }
        let name = |words: &str| free_type_name(type_name(words));
        let names = qualify::types(&items, &places, &self.types.names(), documents, &name);
        for (at, name) in names.iter().enumerate() {
            let (item, span) = (&items[at], places[at].span);
            if *name == item.plain {
                self.reserve_type(name, what[at].clone(), Some(span));
            } else {
                self.types.reserve(name, Owner { what: what[at].clone(), span: Some(span) });
                let note =
                    format!("{} is `{name}` in Rust, since `{}` would be two things", what[at], item.plain);
                self.names.qualified.push((span, note));
            }
        }
        let mut names = names.into_iter();
        self.names.records = names.by_ref().take(self.model.records.len()).collect();
        self.names.enums = names.by_ref().take(self.model.enums.len()).collect();
        self.names.unions = names.collect();
    }

    /// Names the values of enums and the variants of unions.
    fn values(&mut self) {
        let model = self.model;
        for item in &model.enums {
            let values = item.variants.iter().map(|variant| (variant.json.clone(), variant.name.as_deref()));
            let names = self.values_of(values.collect(), item.schema);
            self.names.values.push(names);
        }
        for union in &model.unions {
            let shown = union.variants.iter().map(|(values, _)| values.first().map(Literal::show_plain));
            let given = |at: usize| union.names.get(at).and_then(Option::as_deref);
            let values = shown.enumerate().map(|(at, shown)| (shown.unwrap_or_default(), given(at)));
            let names = self.values_of(values.collect(), union.schema);
            self.names.variants.push(names);
        }
    }

    fn values_of(&mut self, values: Vec<(String, Option<&str>)>, schema: SchemaId) -> Vec<String> {
        let span = self.schemas.get(schema).span;
        let items: Vec<Named> = values
            .into_iter()
            .map(|(words, given)| {
                let plain = variant_name(&words, given);
                Named { words, plain, given: given.is_some(), fixed: false }
            })
            .collect();
        let names = qualify::distinct(&items, &HashSet::new(), &|words| variant_name(words, None));
        let mut scope = Scope::default();
        for (item, name) in items.iter().zip(&names) {
            reserve_value(&mut scope, name, item.words.clone(), span, self.diagnostics);
            if *name != item.plain {
                let value = json_string(&item.words);
                let note = format!(
                    "the value {value} is `{name}` in Rust, since `{}` would be two values",
                    item.plain
                );
                self.names.qualified.push((span, note));
            }
        }
        names
    }

    fn targets(&mut self) {
        for target in &self.model.targets {
            let record = &self.names.records[target.record.0 as usize];
            // The name of the target begins with that of its record in the schema, which `x-name` may change.
            let property = target.name.rsplit(' ').next().unwrap_or("target");
            let name = format!("{record}{}", type_name(property));
            // Nothing in a schema is called like this, so that no schema could give it another name.
            let longer = (1_u32..).map(|number| {
                format!("{name}Target{}", if number == 1 { String::new() } else { number.to_string() })
            });
            let name = std::iter::once(name.clone())
                .chain(longer)
                .find(|name| !self.types.has(name))
                .unwrap_or(name);
            self.reserve_type(&name, format!("the references `{}`", target.name), None);
            self.names.targets.push(name);
        }
    }

    /// Names id types, the functions that return a parent, and macros.
    fn kinds(&mut self) {
        let mut macros = Scope::default();
        for kind in &self.model.kinds {
            let same_noun = self.model.kinds.iter().filter(|other| other.noun() == kind.noun());
            let words =
                if same_noun.count() > 1 { kind.path.replace('.', "-") } else { kind.noun().to_owned() };
            let id = format!("{}Id", type_name(&words));
            self.reserve_type(&id, format!("the ids of `{}`", kind.path), kind.span);
            self.names.ids.push(id);
            let noun = identifier(&words);
            let bare = noun.trim_start_matches("r#").trim_end_matches('_');
            let is_hidden =
                STANDARD_MACROS.contains(&bare) || KEYWORDS.contains(&bare) || noun.ends_with('_');
            let name = if is_hidden { format!("{bare}_id") } else { noun.clone() };
            let owner = Owner { what: format!("the macro of `{}`", kind.path), span: kind.span };
            reserve(&mut macros, &name, owner, self.diagnostics);
            self.names.macros.push(name);
            self.names.nouns.push(noun);
        }
    }

    /// Reserves the enums of ids of several kinds.
    fn id_unions(&mut self) {
        let mut unions: Vec<&[KindId]> = Vec::new();
        let fields = self.model.records.iter().flat_map(|record| &record.fields);
        let of_links = fields.filter_map(|field| match field.shape.element() {
            Shape::Link(spec) => Some(spec.kinds.as_slice()),
            _ => None,
        });
        let of_targets = self.model.targets.iter().flat_map(|target| &target.kinds).map(Vec::as_slice);
        for kinds in of_links.chain(of_targets) {
            if kinds.len() > 1 && !unions.contains(&kinds) {
                unions.push(kinds);
            }
        }
        for kinds in unions {
            let name = self.names.union_of_ids(self.model, kinds);
            let paths: Vec<&str> = kinds.iter().map(|kind| self.model.kind(*kind).path.as_str()).collect();
            self.reserve_type(&name, format!("the ids of {}", paths.join(" or ")), None);
        }
    }

    /// Names accessors.
    fn fields(&mut self) {
        let model = self.model;
        for record in &model.records {
            let mut scope = Scope::default();
            if record.root || !record.keys.is_empty() {
                scope.reserve("all", Owner { what: "the list of all rows".to_owned(), span: None });
            }
            if let Some(parent) = record.key().and_then(|(kind, _)| model.kind(kind).parent) {
                let what = "the object around it".to_owned();
                scope.reserve(self.names.noun(parent), Owner { what, span: None });
            }
            let first_key = record.key().map(|(_, at)| at);
            let items: Vec<Named> = record
                .fields
                .iter()
                .enumerate()
                .map(|(at, field)| {
                    let plain = field_name(model, field, first_key.is_none_or(|key| key == at));
                    let is_key = first_key == Some(at) && matches!(field.shape, Shape::Key(_));
                    let words = field.name.clone().unwrap_or_else(|| field.json.to_string());
                    Named { words, plain, given: field.name.is_some() && !is_key, fixed: is_key }
                })
                .collect();
            let fields = qualify::distinct(&items, &scope.names(), &identifier);
            for ((name, item), field) in fields.iter().zip(&items).zip(&record.fields) {
                let owner = Owner { what: format!("`{}`", field.json), span: Some(field.span) };
                reserve(&mut scope, name, owner, self.diagnostics);
                if *name != item.plain {
                    let note = format!(
                        "`{}` is `{name}` in Rust, since `{}` would be two things",
                        field.json, item.plain
                    );
                    self.names.qualified.push((field.span, note));
                }
            }
            self.names.fields.push(fields);
        }
    }
}

/// The name of a type, with `_` behind it if generated code needs the name for something else.
fn free_type_name(name: String) -> String {
    if TAKEN_TYPES.contains(&name.as_str()) { format!("{name}_") } else { name }
}

fn reserve(scope: &mut Scope<Owner>, name: &str, owner: Owner, diagnostics: &mut Vec<Diagnostic>) {
    if let Err(collision) = scope.try_reserve(name, owner) {
        diagnostics.push(collision.diagnostic(name));
    }
}

/// Reserves the variant of a value in an enum or a union, whose schema is at `span`.
fn reserve_value(
    scope: &mut Scope<String>,
    name: &str,
    value: String,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Err(collision) = scope.try_reserve(name, value) else { return };
    let (first, second) = (json_string(collision.first), json_string(&collision.second));
    diagnostics.push(
        Diagnostic::new(
            &code::NAME_COLLISION,
            format!("the values {first} and {second} would both be `{name}` in Rust"),
        )
        .label(span, "has both values")
        .help(format!("give one of them another name here: `\"x-names\": {{ {second}: \"{name}2\" }}`")),
    );
}

fn field_name(model: &Model, field: &Field, is_first_key: bool) -> String {
    if let Shape::Key(kind) = field.shape {
        if is_first_key {
            return "id".to_owned();
        }
        if field.origin != Origin::Property {
            return identifier(&format!("{} id", model.kind(kind).noun()));
        }
    }
    if let Some(name) = &field.name {
        return identifier(name);
    }
    let snake = snake_case(&field.json);
    let is_reference = match field.shape.element() {
        Shape::Link(spec) => spec.kinds.iter().all(|kind| !model.kind(*kind).path.is_empty()),
        _ => false,
    };
    match snake.strip_suffix("_id") {
        Some(short) if is_reference && !short.is_empty() => identifier(short),
        _ => identifier(&snake),
    }
}
