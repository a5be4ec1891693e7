//! `x-ref`: which kinds of ids a property names.

use super::fields::invalid;
use super::key::kind;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::value::Literal;
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-ref`: what a string names.
#[derive(Clone, Debug)]
pub struct Reference {
    pub span: Span,
    /// The sibling property that decides about the kind, if one does.
    pub by: Option<(String, Span)>,
    /// One entry without a sibling, else one for each of its values.
    pub to: Vec<(String, Mapping, Span)>,
    /// Values that map to a kind must have a reference.
    pub required: bool,
    /// Whether an unknown id is a warning, and not an error.
    pub tolerated: bool,
    /// The name by which a manifest sets the level of an unknown id at this place.
    pub lint: Option<String>,
    /// Values that mean that nothing is named.
    pub none: Vec<Literal>,
    /// What stands between the parts of a path.
    pub separator: Option<String>,
    /// What the properties of the named object must be.
    pub filter: Vec<(String, Literal)>,
    /// Where its properties and values stand.
    pub filter_at: Vec<(Span, Span)>,
    /// The sibling property that names the object in which the id is looked for.
    pub within: Option<(String, Span)>,
    /// What ids of these kinds are called together in generated code.
    pub name: Option<(String, Span)>,
    pub role: Role,
}

/// What a reference does with what it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// Kinds whose ids are set here: a flag that a reward sets.
    pub sets: Vec<String>,
    /// Kinds whose ids are tested here.
    pub tests: Vec<String>,
    /// The object in which the reference stands is not what it may name.
    pub other: bool,
}

/// What a reference resolves to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mapping {
    /// An id of one of these kinds, tried in order.
    Kinds(Vec<Wanted>),
    /// Any text.
    Text,
    /// Nothing: there is no reference here.
    Nothing,
}

/// A kind, and what stands around an id of it in a reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    pub kind: String,
    pub prefix: String,
    pub suffix: String,
}

/// A kind, or an object with a kind and what stands around its ids.
fn wanted(node: Node<'_>, foreign: bool) -> Option<Wanted> {
    if node.kind() != NodeKind::Object {
        let kind = kind(node, foreign)?;
        return Some(Wanted { kind, prefix: String::new(), suffix: String::new() });
    }
    let mut found = Wanted { kind: String::new(), prefix: String::new(), suffix: String::new() };
    for (key, value) in node.properties() {
        match &*key.text()? {
            "kind" => found.kind = kind(value, foreign)?,
            "prefix" => found.prefix = value.text()?.into_owned(),
            "suffix" => found.suffix = value.text()?.into_owned(),
            _ => return None,
        }
    }
    (!found.kind.is_empty()).then_some(found)
}

fn mapping(value: Node<'_>, foreign: bool, diagnostics: &mut Vec<Diagnostic>) -> Option<Mapping> {
    let found = match value.kind() {
        NodeKind::Null => Some(Mapping::Nothing),
        NodeKind::True => Some(Mapping::Text),
        NodeKind::Array => {
            let kinds: Option<Vec<Wanted>> = value.elements().map(|node| wanted(node, foreign)).collect();
            kinds.filter(|kinds| !kinds.is_empty()).map(Mapping::Kinds)
        }
        _ => wanted(value, foreign).map(|kind| Mapping::Kinds(vec![kind])),
    };
    if found.is_none() {
        diagnostics.push(
            invalid(value, "this is not a kind")
                .help("write a kind such as `\"npc\"`, a list of kinds, `{ \"kind\": \"enemy\", \"prefix\": \"enemy:\" }`, `true` for any text, or `null` for no reference"),
        );
    }
    found
}

pub(super) fn reference(
    value: Node<'_>,
    foreign: bool,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Reference> {
    let mut reference = Reference {
        span: value.label(),
        by: None,
        to: Vec::new(),
        required: false,
        tolerated: false,
        lint: None,
        none: Vec::new(),
        separator: None,
        filter: Vec::new(),
        filter_at: Vec::new(),
        within: None,
        name: None,
        role: Role::default(),
    };
    // An object with `kind` is one of the kinds, and there is no more to say.
    if value.kind() != NodeKind::Object || value.get("kind").is_some() {
        reference.to.push((String::new(), mapping(value, foreign, diagnostics)?, value.label()));
        return Some(reference);
    }
    let mut to = None;
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        match (&*name, item.kind()) {
            ("to", _) => to = Some(item),
            ("by", NodeKind::Text) => reference.by = item.text().map(|text| (text.into_owned(), item.span())),
            ("separator", NodeKind::Text) => {
                reference.separator =
                    item.text().map(|text| text.into_owned()).filter(|text| !text.is_empty());
            }
            ("where", NodeKind::Object) => {
                reference.filter = item
                    .properties()
                    .filter_map(|(key, value)| Some((key.text()?.into_owned(), Literal::of(value))))
                    .collect::<Vec<_>>();
                reference.filter_at =
                    item.properties().map(|(key, value)| (key.span(), value.label())).collect::<Vec<_>>();
            }
            ("where", _) => {
                diagnostics.push(invalid(item, "`where` of `x-ref` is an object: a value for each property"))
            }
            ("none", NodeKind::Array) => {
                reference.none = item.elements().map(Literal::of).collect::<Vec<_>>()
            }
            ("none", NodeKind::Text | NodeKind::Integer) => reference.none = vec![Literal::of(item)],
            ("none", _) => {
                diagnostics.push(invalid(
                    item,
                    "`none` of `x-ref` is a value that names nothing, or a list of such values",
                ));
            }
            ("name", NodeKind::Text) => {
                reference.name = item.text().map(|text| (text.into_owned(), item.span()))
            }
            ("in", NodeKind::Text) => {
                reference.within = item.text().map(|text| (text.into_owned(), item.span()))
            }
            ("lint", NodeKind::Text) => reference.lint = item.text().map(|text| text.into_owned()),
            ("required", NodeKind::True | NodeKind::False) => {
                reference.required = item.kind() == NodeKind::True
            }
            ("unknown", NodeKind::Text) if matches!(item.plain(), Some("warn" | "error")) => {
                reference.tolerated = item.plain() == Some("warn");
            }
            ("sets", NodeKind::Text | NodeKind::Array) => {
                reference.role.sets = kinds(item, foreign, diagnostics)
            }
            ("tests", NodeKind::Text | NodeKind::Array) => {
                reference.role.tests = kinds(item, foreign, diagnostics)
            }
            ("sets" | "tests", _) => {
                diagnostics
                    .push(invalid(item, &format!("`{name}` of `x-ref` is a kind, or a list of kinds")));
            }
            ("other", NodeKind::True | NodeKind::False) => {
                reference.role.other = item.kind() == NodeKind::True
            }
            ("other", _) => diagnostics.push(invalid(item, "`other` of `x-ref` is `true` or `false`")),
            ("by" | "in" | "lint" | "name" | "separator", _) => {
                diagnostics.push(invalid(item, &format!("`{name}` of `x-ref` is a string")))
            }
            ("required", _) => diagnostics.push(invalid(item, "`required` of `x-ref` is `true` or `false`")),
            ("unknown", _) => {
                diagnostics.push(invalid(item, "`unknown` of `x-ref` is `\"warn\"` or `\"error\"`"))
            }
            _ => diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`x-ref` has no field `{name}`"))
                    .label(key.span(), "not known")
                    .maybe_help(did_you_mean(
                        &name,
                        [
                            "to",
                            "by",
                            "lint",
                            "required",
                            "unknown",
                            "none",
                            "separator",
                            "where",
                            "in",
                            "name",
                            "sets",
                            "tests",
                            "other",
                        ]
                        .into_iter(),
                    )),
            ),
        }
    }
    let Some(to) = to else {
        diagnostics
            .push(invalid(value, "`x-ref` does not say what it refers to").help("add `\"to\": \"<kind>\"`"));
        return None;
    };
    // What would have no effect is a mistake about what it means.
    for (key, why, idle) in [
        ("required", "needs `by`: without it, the schema's own `required` says so", reference.by.is_none()),
        (
            "lint",
            "needs `\"unknown\": \"warn\"`: an unknown id is an error that has no level",
            !reference.tolerated,
        ),
    ] {
        if let Some((key_node, _)) = value.property(key).filter(|_| idle) {
            diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{key}` of `x-ref` has no effect here"))
                    .label(key_node.span(), why),
            );
        }
    }
    match (&reference.by, to.kind()) {
        (Some(_), NodeKind::Object) => {
            for (key, item) in to.properties() {
                let tag = key.text().unwrap_or_default().into_owned();
                reference.to.push((tag, mapping(item, foreign, diagnostics)?, key.span()));
            }
        }
        (Some((by, _)), _) => {
            diagnostics.push(
                invalid(to, &format!("`to` must say the kind for each value of `{by}`"))
                    .help("write an object: `{\"Kill\": \"enemy\", \"Survive\": null}`"),
            );
            return None;
        }
        (None, NodeKind::Object) if to.get("kind").is_none() => {
            diagnostics.push(
                invalid(to, "`to` depends on a sibling property, but `by` does not name it")
                    .help("add `\"by\": \"type\"`"),
            );
            return None;
        }
        (None, _) => reference.to.push((String::new(), mapping(to, foreign, diagnostics)?, to.label())),
    }
    let named = |path: &String| {
        let mut kinds = reference.to.iter().filter_map(|(_, mapping, _)| match mapping {
            Mapping::Kinds(kinds) => Some(kinds),
            Mapping::Text | Mapping::Nothing => None,
        });
        kinds.any(|kinds| kinds.iter().any(|wanted| wanted.kind == *path))
    };
    for field in ["sets", "tests"] {
        let (kinds, place) =
            (if field == "sets" { &reference.role.sets } else { &reference.role.tests }, value.get(field));
        for (path, place) in kinds.iter().filter(|path| !named(path)).zip(place) {
            diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("`{path}` in `{field}` is no kind that is named here"),
                )
                .label(place.label(), "cannot be used here"),
            );
        }
    }
    Some(reference)
}

/// The kinds of `sets` and `tests`.
fn kinds(node: Node<'_>, foreign: bool, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let one = node.is_text().then_some(node);
    let mut found = Vec::new();
    for item in one.into_iter().chain(node.elements()) {
        match kind(item, foreign) {
            Some(path) => found.push(path),
            None => diagnostics.push(invalid(item, "this is not a kind")),
        }
    }
    found
}
