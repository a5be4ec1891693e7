//! Giving every item its name.

use super::Names;
use super::ident::{KEYWORDS, STANDARD_MACROS, identifier, type_name, variant_name};
use super::letters::snake_case;
use super::scope::{Owner, Scope};
use crate::diagnostics::{Diagnostic, code, json_string};
use crate::schema::{Field, KindId, Literal, Model, Origin, Schemas, Shape};
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
    /// Names everything in a model. Names that collide are reported, and stay as they are.
    pub fn new(model: &Model, schemas: &Schemas, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let types = Scope::default();
        let mut assigner = Assigner { model, schemas, diagnostics, types, names: Self::default() };
        for taken in TAKEN_TYPES {
            assigner.reserve_type(taken, "a name that generated code needs".to_owned(), None);
        }
        let alike = assigner.union_variants();
        assigner.records(&alike);
        assigner.enums();
        assigner.targets();
        assigner.unions();
        assigner.kinds();
        assigner.id_unions();
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

    /// Reserves the variants of unions. Returns the records, by position, of variants whose names collide: their type names, which come
    /// from the same values, collide as well, and one diagnostic is enough.
    fn union_variants(&mut self) -> HashSet<usize> {
        let mut alike = HashSet::new();
        for union in &self.model.unions {
            let mut variants = Scope::default();
            let span = self.schemas.get(union.schema).span;
            for (at, (values, record)) in union.variants.iter().enumerate() {
                let shown = values.first().map(Literal::show_plain).unwrap_or_default();
                let name = self.names.union_variant(union, at);
                if !reserve_value(&mut variants, &name, shown, span, self.diagnostics) {
                    alike.insert(record.0 as usize);
                }
            }
        }
        alike
    }

    fn records(&mut self, alike: &HashSet<usize>) {
        for (at, record) in self.model.records.iter().enumerate() {
            let mut name = type_name(&record.name);
            // A record that has its name from its kind can take the whole path of the kind instead.
            let is_taken = TAKEN_TYPES.contains(&name.as_str());
            if let Some((kind, _)) = record.key().filter(|_| !record.named && is_taken) {
                name = type_name(&self.model.kind(kind).path.replace('.', "-"));
            }
            let name = free_type_name(name);
            if !alike.contains(&at) {
                let span = self.schemas.get(record.schema).span;
                self.reserve_type(&name, format!("the record `{}`", record.name), Some(span));
            }
            self.names.records.push(name);
        }
    }

    fn enums(&mut self) {
        for item in &self.model.enums {
            let name = free_type_name(type_name(&item.name));
            let span = self.schemas.get(item.schema).span;
            self.reserve_type(&name, format!("the enum `{}`", item.name), Some(span));
            let mut variants = Scope::default();
            for variant in &item.variants {
                let name = variant_name(&variant.json, variant.name.as_deref());
                reserve_value(&mut variants, &name, variant.json.clone(), span, self.diagnostics);
            }
            self.names.enums.push(name);
        }
    }

    fn targets(&mut self) {
        for target in &self.model.targets {
            let record = &self.names.records[target.record.0 as usize];
            // The name of the target begins with that of its record in the schema, which `x-name` may change.
            let property = target.name.rsplit(' ').next().unwrap_or("target");
            let name = format!("{record}{}", type_name(property));
            self.reserve_type(&name, format!("the references `{}`", target.name), None);
            self.names.targets.push(name);
        }
    }

    fn unions(&mut self) {
        for union in &self.model.unions {
            let name = free_type_name(type_name(&union.name));
            let span = self.schemas.get(union.schema).span;
            self.reserve_type(&name, format!("the union `{}`", union.name), Some(span));
            self.names.unions.push(name);
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
        for record in &self.model.records {
            let mut scope = Scope::default();
            let mut add = |name: &str, what: &str, span| {
                let owner = Owner { what: what.to_owned(), span };
                reserve(&mut scope, name, owner, self.diagnostics);
            };
            if record.root || !record.keys.is_empty() {
                add("all", "the list of all rows", None);
            }
            if let Some(parent) = record.key().and_then(|(kind, _)| self.model.kind(kind).parent) {
                add(self.names.noun(parent), "the object around it", None);
            }
            let mut fields = Vec::with_capacity(record.fields.len());
            for field in &record.fields {
                let is_first_key = record.key().is_none_or(|(_, at)| at == fields.len());
                let name = field_name(self.model, field, is_first_key);
                add(&name, &format!("`{}`", field.json), Some(field.span));
                fields.push(name);
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

/// Reserves the variant of a value in an enum or a union, whose schema is at `span`. Returns whether the name was free.
fn reserve_value(
    scope: &mut Scope<String>,
    name: &str,
    value: String,
    span: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let Err(collision) = scope.try_reserve(name, value) else { return true };
    let (first, second) = (json_string(collision.first), json_string(&collision.second));
    diagnostics.push(
        Diagnostic::new(
            &code::NAME_COLLISION,
            format!("the values {first} and {second} would both be `{name}` in Rust"),
        )
        .label(span, "has both values")
        .help(format!("give one of them another name here: `\"x-names\": {{ {second}: \"{name}2\" }}`")),
    );
    false
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
