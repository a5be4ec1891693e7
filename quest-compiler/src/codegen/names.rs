//! Every name in generated code: one place that knows Rust's keywords and finds collisions.

use crate::diagnostics::{Diagnostic, code, json_string};
use crate::schema::{
    EnumId, Field, KindId, Model, Origin, RecordId, Schemas, Shape, TargetId, Union, UnionId,
};
use crate::text::Span;
use heck::{ToPascalCase, ToSnakeCase};
use std::collections::{HashMap, HashSet};

/// The names of all generated items.
#[derive(Debug, Default)]
pub struct Names {
    records: Vec<String>,
    enums: Vec<String>,
    targets: Vec<String>,
    unions: Vec<String>,
    /// `QuestId`.
    ids: Vec<String>,
    /// `quest`, for `quest!` and for accessors.
    nouns: Vec<String>,
    /// `quest!`.
    macros: Vec<String>,
    fields: Vec<Vec<String>>,
}

/// Keywords of any edition. Those in the second list cannot be raw identifiers.
const KEYWORDS: [&str; 49] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    "union",
];
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Macros of the standard library that a macro of the game must not hide.
const STANDARD_MACROS: [&str; 38] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "compile_error",
    "concat",
    "concat_idents",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "eprint",
    "eprintln",
    "file",
    "format",
    "format_args",
    "include",
    "include_bytes",
    "include_quests",
    "include_str",
    "line",
    "macro_rules",
    "matches",
    "module_path",
    "option_env",
    "panic",
    "print",
    "println",
    "stringify",
    "thread_local",
    "todo",
    "try",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
];

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

/// What of a name can stand in an identifier; signs are spelt out if nothing else is left.
fn cleaned(words: &str, cased: &str) -> String {
    let kept: String = cased.chars().filter(|c| unicode_ident::is_xid_continue(*c)).collect();
    if kept.chars().any(|c| c != '_') {
        return kept;
    }
    let spelt: Vec<&str> = words.chars().map(sign).collect();
    let spelt = if spelt.is_empty() { "empty".to_owned() } else { spelt.join(" ") };
    if cased.starts_with(char::is_uppercase) { spelt.to_pascal_case() } else { spelt.to_snake_case() }
}

/// A snake-case identifier, escaped if it is a keyword.
pub(super) fn identifier(words: &str) -> String {
    let cleaned = cleaned(words, &words.to_snake_case());
    if NEVER_RAW.contains(&cleaned.as_str()) {
        format!("{cleaned}_")
    } else if !cleaned.starts_with(|c: char| unicode_ident::is_xid_start(c) || c == '_') {
        format!("_{cleaned}")
    } else if KEYWORDS.contains(&cleaned.as_str()) {
        format!("r#{cleaned}")
    } else {
        cleaned
    }
}

/// The accessor of several records: `quest_nodes`.
pub(super) fn plural(words: &str) -> String {
    let snake = words.to_snake_case();
    let ending = if snake.ends_with(['s', 'x']) { "es" } else { "s" };
    identifier(&format!("{snake}{ending}"))
}

/// A Pascal-case identifier.
pub(super) fn type_name(words: &str) -> String {
    let cleaned = cleaned(words, &words.to_pascal_case());
    if cleaned == "Self" {
        format!("{cleaned}_")
    } else if !cleaned.starts_with(|c: char| unicode_ident::is_xid_start(c) || c == '_') {
        format!("_{cleaned}")
    } else {
        cleaned
    }
}

/// The name of an enum value: the one that the schema gives, or its own words. Signs are spelt out, so that `<` and `>` differ.
pub(super) fn variant_name(value: &str, given: Option<&str>) -> String {
    if let Some(given) = given {
        return type_name(given);
    }
    if value.chars().any(char::is_alphanumeric) {
        return type_name(value);
    }
    let words: Vec<&str> = value.chars().map(sign).collect();
    if words.is_empty() { "Empty".to_owned() } else { type_name(&words.join(" ")) }
}

/// The name of a sign.
fn sign(sign: char) -> &'static str {
    match sign {
        '!' => "not",
        '#' => "hash",
        '%' => "percent",
        '&' => "and",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '^' => "caret",
        '|' => "or",
        '~' => "tilde",
        ' ' => "space",
        _ => "sign",
    }
}

/// The names of one namespace: a collision is found where it arises.
#[derive(Default)]
struct Scope {
    taken: HashMap<String, (String, Option<Span>)>,
}

impl Scope {
    fn reserve(&mut self, name: &str, what: String, span: Option<Span>, diagnostics: &mut Vec<Diagnostic>) {
        let Some(first) = self.taken.get(name) else {
            self.taken.insert(name.to_owned(), (what, span));
            return;
        };
        let mut diagnostic = Diagnostic::new(
            &code::NAME_COLLISION,
            format!("{what} and {} would both be `{name}` in Rust", first.0),
        );
        if let Some(span) = span {
            diagnostic = diagnostic.label(span, "the second one");
        }
        if let Some(span) = first.1 {
            diagnostic = diagnostic.label(span, "the first one");
        }
        diagnostics.push(diagnostic.help("give one of them another name with `x-name`"));
    }

    /// A value of an enum, or one that tells the forms of a union apart; `place` is the schema that has all of them.
    ///
    /// Says whether the name was free.
    fn reserve_value(
        &mut self,
        name: &str,
        value: &str,
        place: Span,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> bool {
        let Some((first, _)) = self.taken.get(name) else {
            self.taken.insert(name.to_owned(), (value.to_owned(), None));
            return true;
        };
        let value = json_string(value);
        diagnostics.push(
            Diagnostic::new(
                &code::NAME_COLLISION,
                format!("the values {} and {value} would both be `{name}` in Rust", json_string(first)),
            )
            .label(place, "has both values")
            .help(format!("give one of them another name here: `\"x-names\": {{ {value}: \"{name}2\" }}`")),
        );
        false
    }
}

impl Names {
    pub fn new(model: &Model, schemas: &Schemas, diagnostics: &mut Vec<Diagnostic>) -> Self {
        let mut names = Self::default();
        let mut types = Scope::default();
        for taken in TAKEN_TYPES {
            types.reserve(taken, "a name that generated code needs".to_owned(), None, diagnostics);
        }
        // Forms that are called alike are called so after their values, of which it is said.
        let mut alike: HashSet<usize> = HashSet::new();
        for union in &model.unions {
            let mut variants = Scope::default();
            for (at, (values, record)) in union.variants.iter().enumerate() {
                let shown = values.first().map(crate::schema::Literal::show_plain).unwrap_or_default();
                let (name, place) = (names.union_variant(union, at), schemas.get(union.schema).span);
                if !variants.reserve_value(&name, &shown, place, diagnostics) {
                    alike.insert(record.0 as usize);
                }
            }
        }
        for (at, record) in model.records.iter().enumerate() {
            let mut name = type_name(&record.name);
            // A record that is only called like its kind can be called like the kind's whole path.
            if let Some((kind, _)) =
                record.key().filter(|_| !record.named && TAKEN_TYPES.contains(&name.as_str()))
            {
                name = type_name(&model.kind(kind).path.replace('.', "-"));
            }
            if !alike.contains(&at) {
                let span = Some(schemas.get(record.schema).span);
                types.reserve(&name, format!("the record `{}`", record.name), span, diagnostics);
            }
            names.records.push(name);
        }
        for item in &model.enums {
            let name = type_name(&item.name);
            types.reserve(
                &name,
                format!("the enum `{}`", item.name),
                Some(schemas.get(item.schema).span),
                diagnostics,
            );
            let mut variants = Scope::default();
            for variant in &item.variants {
                let name = variant_name(&variant.json, variant.name.as_deref());
                variants.reserve_value(&name, &variant.json, schemas.get(item.schema).span, diagnostics);
            }
            names.enums.push(name);
        }
        for target in &model.targets {
            let record = &names.records[target.record.0 as usize];
            // The target's own name starts with that of its record in the schema's words, which `x-name` may change.
            let property = target.name.rsplit(' ').next().unwrap_or("target");
            let name = format!("{record}{}", type_name(property));
            types.reserve(&name, format!("the references `{}`", target.name), None, diagnostics);
            names.targets.push(name);
        }
        for union in &model.unions {
            let name = type_name(&union.name);
            let span = schemas.get(union.schema).span;
            types.reserve(&name, format!("the union `{}`", union.name), Some(span), diagnostics);
            names.unions.push(name);
        }
        let mut unions: Vec<&[KindId]> = Vec::new();
        let links = model.records.iter().flat_map(|record| &record.fields).filter_map(|field| {
            if let Shape::Link(resolves) = field.shape.element() {
                Some(resolves.kinds.as_slice())
            } else {
                None
            }
        });
        for kinds in
            links.chain(model.targets.iter().flat_map(|target| target.kinds.iter().map(Vec::as_slice)))
        {
            if kinds.len() > 1 && !unions.contains(&kinds) {
                unions.push(kinds);
            }
        }
        let mut macros = Scope::default();
        for kind in &model.kinds {
            let clash = model.kinds.iter().filter(|other| other.noun() == kind.noun()).count() > 1;
            let words = if clash { kind.path.replace('.', "-") } else { kind.noun().to_owned() };
            let id = format!("{}Id", type_name(&words));
            types.reserve(&id, format!("the ids of `{}`", kind.path), kind.span, diagnostics);
            names.ids.push(id);
            let noun = identifier(&words);
            let hidden = STANDARD_MACROS.contains(&noun.as_str()) || KEYWORDS.contains(&noun.as_str());
            let name = if hidden { format!("{noun}_id") } else { noun.clone() };
            macros.reserve(&name, format!("the macro of `{}`", kind.path), kind.span, diagnostics);
            names.macros.push(name);
            names.nouns.push(noun);
        }
        for kinds in unions {
            let name = names.union_of_ids(model, kinds);
            let nouns: Vec<&str> = kinds.iter().map(|kind| model.kind(*kind).path.as_str()).collect();
            types.reserve(&name, format!("the ids of {}", nouns.join(" or ")), None, diagnostics);
        }
        for record in &model.records {
            let mut scope = Scope::default();
            if record.root || !record.keys.is_empty() {
                scope.reserve("all", "the list of all rows".to_owned(), None, diagnostics);
            }
            if let Some(parent) = record.key().and_then(|(kind, _)| model.kind(kind).parent) {
                scope.reserve(
                    &names.nouns[parent.0 as usize],
                    "the object around it".to_owned(),
                    None,
                    diagnostics,
                );
            }
            let mut fields = Vec::new();
            for field in &record.fields {
                let first = record.key().is_none_or(|(_, at)| at == fields.len());
                let name = field_name(model, field, first);
                scope.reserve(&name, format!("`{}`", field.json), Some(field.span), diagnostics);
                fields.push(name);
            }
            names.fields.push(fields);
        }
        names
    }

    pub fn record(&self, id: RecordId) -> &str {
        &self.records[id.0 as usize]
    }

    pub fn enumeration(&self, id: EnumId) -> &str {
        &self.enums[id.0 as usize]
    }

    pub fn target(&self, id: TargetId) -> &str {
        &self.targets[id.0 as usize]
    }

    pub fn union(&self, id: UnionId) -> &str {
        &self.unions[id.0 as usize]
    }

    /// What ids of several kinds are called together: `ItemOrNpc`, or what the schema says.
    pub fn union_of_ids(&self, model: &Model, kinds: &[KindId]) -> String {
        match model.union_names.iter().find(|(known, _)| known == kinds) {
            Some((_, name)) => type_name(name),
            None => {
                let names: Vec<String> = kinds.iter().map(|kind| type_name(self.noun(*kind))).collect();
                names.join("Or")
            }
        }
    }

    /// The name of a variant of a union.
    pub fn union_variant(&self, union: &Union, at: usize) -> String {
        let value = union.variants[at].0.first();
        let given = union.names.get(at).and_then(Option::as_deref);
        variant_name(&value.map(crate::schema::Literal::show_plain).unwrap_or_default(), given)
    }

    pub fn id(&self, kind: KindId) -> &str {
        &self.ids[kind.0 as usize]
    }

    pub fn noun(&self, kind: KindId) -> &str {
        &self.nouns[kind.0 as usize]
    }

    pub fn macro_name(&self, kind: KindId) -> &str {
        &self.macros[kind.0 as usize]
    }

    pub fn field(&self, record: RecordId, field: usize) -> &str {
        &self.fields[record.0 as usize][field]
    }
}

fn field_name(model: &Model, field: &Field, first_key: bool) -> String {
    if let Shape::Key(kind) = field.shape {
        if first_key {
            return "id".to_owned();
        }
        if field.origin != Origin::Property {
            return identifier(&format!("{} id", model.kind(kind).noun()));
        }
    }
    if let Some(name) = &field.name {
        return identifier(name);
    }
    let snake = field.json.to_snake_case();
    let names_something = match field.shape.element() {
        Shape::Link(resolves) => resolves.kinds.iter().all(|kind| !model.kind(*kind).path.is_empty()),
        _ => false,
    };
    match snake.strip_suffix("_id") {
        Some(short) if names_something && !short.is_empty() => identifier(short),
        _ => identifier(&snake),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_becomes_an_identifier() {
        for keyword in KEYWORDS {
            assert_eq!(identifier(keyword), format!("r#{keyword}"));
        }
        for keyword in ["self", "super", "crate"] {
            assert_eq!(identifier(keyword), format!("{keyword}_"));
        }
        assert_eq!(identifier("2ndChance"), "_2nd_chance");
        assert_eq!(identifier("$schema"), "schema");
        assert_eq!(type_name("main-story"), "MainStory");
        assert_eq!(type_name("self"), "Self_");
    }
}
