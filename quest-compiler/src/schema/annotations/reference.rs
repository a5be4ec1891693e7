//! `x-ref`: which kinds of ids a property names.

use super::fields::{SpannedText, invalid, unknown_field};
use super::key::{kind, kinds};
use crate::diagnostics::{Diagnostic, code};
use crate::schema::value::Literal;
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-ref`.
#[derive(Clone, Debug)]
pub struct Reference {
    pub span: Span,
    /// The sibling property that decides about the kind, if one does.
    pub by: Option<SpannedText>,
    /// One entry without `by`, else one for each value of the sibling.
    pub to: Vec<ReferenceMapping>,
    /// Values that map to a kind must have a reference.
    pub required: bool,
    /// An unknown id is a warning and not an error.
    pub tolerated: bool,
    /// The lint name by which a manifest sets the level of an unknown id here.
    pub lint: Option<String>,
    /// Values that name nothing.
    pub none: Vec<Literal>,
    /// What separates the parts of a path.
    pub separator: Option<String>,
    /// `where`: what the properties of the named object must be.
    pub conditions: Vec<ReferenceCondition>,
    /// `in`: the sibling property that names the object in which the id is looked up.
    pub within: Option<SpannedText>,
    /// The name in generated code of ids of any of these kinds.
    pub name: Option<SpannedText>,
    pub role: Role,
}

/// What a reference is for one value of the property that decides.
#[derive(Clone, Debug)]
pub struct ReferenceMapping {
    /// The value of the sibling; empty if none decides.
    pub value: String,
    pub mapping: Mapping,
    pub span: Span,
}

/// A property that a named object must have, and its value.
#[derive(Clone, Debug)]
pub struct ReferenceCondition {
    pub property: String,
    pub value: Literal,
    pub property_span: Span,
    pub value_span: Span,
}

/// What a reference does with what it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// Kinds whose ids are set here: a flag that a reward sets.
    pub sets: Vec<String>,
    /// Kinds whose ids are tested here.
    pub tests: Vec<String>,
    /// The reference must not name the object that contains it.
    pub other: bool,
}

/// What a reference resolves to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// An id of one of these kinds, tried in order.
    Kinds(Vec<AffixedKind>),
    /// Any text.
    Text,
    /// Nothing: there is no reference here.
    Nothing,
}

/// A kind, and what surrounds an id of it in a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AffixedKind {
    pub kind: String,
    pub prefix: String,
    pub suffix: String,
}

/// Every field, and what its value must be.
const FIELDS: [(&str, &str); 13] = [
    ("to", "a kind"),
    ("by", "a string"),
    ("lint", "a string"),
    ("required", "`true` or `false`"),
    ("unknown", "`\"warn\"` or `\"error\"`"),
    ("none", "a value that names nothing, or a list of such values"),
    ("separator", "a string"),
    ("where", "an object: a value for each property"),
    ("in", "a string"),
    ("name", "a string"),
    ("sets", "a kind, or a list of kinds"),
    ("tests", "a kind, or a list of kinds"),
    ("other", "`true` or `false`"),
];

/// Reads `x-ref`. In the annotations of a studio's own (`foreign`), kinds can be written in any case.
pub(super) fn reference(
    value: Node<'_>,
    foreign: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Reference> {
    let mut reader = ReferenceReader { foreign, diagnostics, reference: Reference::new(value.label()) };
    // An object with `kind` is itself what the reference resolves to.
    if value.kind() != NodeKind::Object || value.get("kind").is_some() {
        reader.read_mapping(String::new(), value, value.label())?;
        return Some(reader.reference);
    }
    for (key, item) in value.properties() {
        reader.read_field(key, item);
    }
    let Some(to) = value.get("to") else {
        let diagnostic = invalid(value, "`x-ref` does not say what it refers to");
        reader.diagnostics.push(diagnostic.help("add `\"to\": \"<kind>\"`"));
        return None;
    };
    reader.check_effects(value);
    reader.read_to(to)?;
    reader.check_role(value);
    Some(reader.reference)
}

impl Reference {
    fn new(span: Span) -> Self {
        Self {
            span,
            by: None,
            to: Vec::new(),
            required: false,
            tolerated: false,
            lint: None,
            none: Vec::new(),
            separator: None,
            conditions: Vec::new(),
            within: None,
            name: None,
            role: Role::default(),
        }
    }

    fn names_kind(&self, kind: &str) -> bool {
        self.to.iter().any(|entry| match &entry.mapping {
            Mapping::Kinds(kinds) => kinds.iter().any(|named| named.kind == kind),
            Mapping::Text | Mapping::Nothing => false,
        })
    }
}

struct ReferenceReader<'f> {
    foreign: bool,
    diagnostics: &'f mut Vec<Diagnostic>,
    reference: Reference,
}

impl ReferenceReader<'_> {
    fn read_field(&mut self, key: Node<'_>, item: Node<'_>) {
        let name = key.text().unwrap_or_default();
        let Some((_, expected)) = FIELDS.iter().find(|(field, _)| *field == name) else {
            self.diagnostics.push(unknown_field("x-ref", key, &FIELDS.map(|(field, _)| field)));
            return;
        };
        let read = match &*name {
            "by" | "in" | "name" | "lint" | "separator" => self.read_text(&name, item),
            "required" => item.boolean().map(|required| self.reference.required = required),
            "other" => item.boolean().map(|other| self.reference.role.other = other),
            "unknown" => tolerance(item).map(|tolerated| self.reference.tolerated = tolerated),
            "none" => sentinels(item).map(|none| self.reference.none = none),
            "where" => conditions(item).map(|conditions| self.reference.conditions = conditions),
            "sets" => self.read_kinds(item).map(|kinds| self.reference.role.sets = kinds),
            "tests" => self.read_kinds(item).map(|kinds| self.reference.role.tests = kinds),
            // `to` is read last, because it depends on `by`.
            _ => Some(()),
        };
        if read.is_none() {
            self.diagnostics.push(invalid(item, &format!("`{name}` of `x-ref` is {expected}")));
        }
    }

    fn read_text(&mut self, name: &str, item: Node<'_>) -> Option<()> {
        let text = SpannedText::of(item)?;
        match name {
            "by" => self.reference.by = Some(text),
            "in" => self.reference.within = Some(text),
            "name" => self.reference.name = Some(text),
            "lint" => self.reference.lint = Some(text.text),
            _ => self.reference.separator = Some(text.text).filter(|separator| !separator.is_empty()),
        }
        Some(())
    }

    fn read_kinds(&mut self, item: Node<'_>) -> Option<Vec<String>> {
        let is_list = item.is_text() || item.kind() == NodeKind::Array;
        is_list.then(|| kinds(item, self.foreign, self.diagnostics))
    }

    /// Reports fields that have no effect: their author expects something else of them.
    fn check_effects(&mut self, value: Node<'_>) {
        let required = "needs `by`: without it, the schema's own `required` says so";
        let lint = "needs `\"unknown\": \"warn\"`: an unknown id is an error that has no level";
        for (field, why, has_effect) in
            [("required", required, self.reference.by.is_some()), ("lint", lint, self.reference.tolerated)]
        {
            let Some((key, _)) = value.property(field).filter(|_| !has_effect) else { continue };
            let title = format!("`{field}` of `x-ref` has no effect here");
            self.diagnostics.push(Diagnostic::new(&code::ANNOTATION, title).label(key.span(), why));
        }
    }

    fn read_to(&mut self, to: Node<'_>) -> Option<()> {
        let by = self.reference.by.as_ref().map(|by| by.text.as_str());
        match (by, to.kind()) {
            (Some(_), NodeKind::Object) => {
                for (key, item) in to.properties() {
                    let value = key.text().unwrap_or_default().into_owned();
                    self.read_mapping(value, item, key.span())?;
                }
                Some(())
            }
            (Some(by), _) => {
                let diagnostic = invalid(to, &format!("`to` must say the kind for each value of `{by}`"));
                self.diagnostics
                    .push(diagnostic.help("write an object: `{\"Kill\": \"enemy\", \"Survive\": null}`"));
                None
            }
            (None, NodeKind::Object) if to.get("kind").is_none() => {
                let diagnostic = invalid(to, "`to` depends on a sibling property, but `by` does not name it");
                self.diagnostics.push(diagnostic.help("add `\"by\": \"type\"`"));
                None
            }
            (None, _) => self.read_mapping(String::new(), to, to.label()),
        }
    }

    fn read_mapping(&mut self, value: String, node: Node<'_>, span: Span) -> Option<()> {
        let Some(mapping) = mapping(node, self.foreign) else {
            self.diagnostics.push(
                invalid(node, "this is not a kind")
                    .help("write a kind such as `\"npc\"`, a list of kinds, `{ \"kind\": \"enemy\", \"prefix\": \"enemy:\" }`, `true` for any text, or `null` for no reference"),
            );
            return None;
        };
        self.reference.to.push(ReferenceMapping { value, mapping, span });
        Some(())
    }

    /// Reports kinds in `sets` and `tests` that the reference cannot name.
    fn check_role(&mut self, value: Node<'_>) {
        let Role { sets, tests, .. } = &self.reference.role;
        for (field, kinds) in [("sets", sets), ("tests", tests)] {
            let Some(node) = value.get(field) else { continue };
            let Some(kind) = kinds.iter().find(|kind| !self.reference.names_kind(kind)) else { continue };
            let title = format!("`{kind}` in `{field}` is no kind that is named here");
            self.diagnostics.push(invalid(node, &title));
        }
    }
}

fn tolerance(item: Node<'_>) -> Option<bool> {
    match item.plain() {
        Some("warn") => Some(true),
        Some("error") => Some(false),
        _ => None,
    }
}

/// `none`: a value, or a list of values.
fn sentinels(item: Node<'_>) -> Option<Vec<Literal>> {
    match item.kind() {
        NodeKind::Array => Some(item.elements().map(Literal::of).collect()),
        NodeKind::Text | NodeKind::Integer => Some(vec![Literal::of(item)]),
        _ => None,
    }
}

fn conditions(item: Node<'_>) -> Option<Vec<ReferenceCondition>> {
    let condition = |(key, value): (Node<'_>, Node<'_>)| {
        Some(ReferenceCondition {
            property: key.text()?.into_owned(),
            value: Literal::of(value),
            property_span: key.span(),
            value_span: value.label(),
        })
    };
    (item.kind() == NodeKind::Object).then(|| item.properties().filter_map(condition).collect())
}

fn mapping(value: Node<'_>, foreign: bool) -> Option<Mapping> {
    match value.kind() {
        NodeKind::Null => Some(Mapping::Nothing),
        NodeKind::True => Some(Mapping::Text),
        NodeKind::Array => {
            let kinds: Option<Vec<AffixedKind>> =
                value.elements().map(|element| affixed_kind(element, foreign)).collect();
            kinds.filter(|kinds| !kinds.is_empty()).map(Mapping::Kinds)
        }
        _ => affixed_kind(value, foreign).map(|kind| Mapping::Kinds(vec![kind])),
    }
}

/// A kind, or an object with a kind and what surrounds its ids.
fn affixed_kind(node: Node<'_>, foreign: bool) -> Option<AffixedKind> {
    let mut affixed = AffixedKind { kind: String::new(), prefix: String::new(), suffix: String::new() };
    if node.kind() != NodeKind::Object {
        affixed.kind = kind(node, foreign)?;
        return Some(affixed);
    }
    for (key, value) in node.properties() {
        match &*key.text()? {
            "kind" => affixed.kind = kind(value, foreign)?,
            "prefix" => affixed.prefix = value.text()?.into_owned(),
            "suffix" => affixed.suffix = value.text()?.into_owned(),
            _ => return None,
        }
    }
    (!affixed.kind.is_empty()).then_some(affixed)
}
