//! Our annotation keywords (`docs/annotations.md`): what a property identifies, what it refers to, how generated code names it.

use super::graph::Literal;
use crate::diagnose::{Diagnostic, code, did_you_mean};
use crate::source::{Kind, Node, Span};

/// The keywords this project adds to JSON Schema.
const KEYWORDS: [&str; 6] = ["x-key", "x-ref", "x-name", "x-source", "x-flow", "x-requires"];

/// Everything about a schema object that says what it means rather than what is valid.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) examples: Vec<Literal>,
    pub(crate) default: Option<Literal>,
    /// `x-name`: the name in generated code.
    pub(crate) name: Option<(String, Span)>,
    /// `x-source`: the section of the source document.
    pub(crate) source: Option<String>,
    /// `x-key`: the path of the kind, such as `quest.stage`.
    pub(crate) key: Option<(String, Span)>,
    pub(crate) reference: Option<Reference>,
}

/// `x-ref`: what a string names.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    pub(crate) span: Span,
    /// The sibling property that decides about the kind, if one does.
    pub(crate) by: Option<(String, Span)>,
    /// One entry without a sibling, else one for each of its values.
    pub(crate) to: Vec<(String, Mapping, Span)>,
    /// Values that map to a kind must have a reference.
    pub(crate) required: bool,
    /// Whether an unknown id is a warning, and not an error.
    pub(crate) tolerated: bool,
    /// The name by which a manifest sets the level of an unknown id at this place.
    pub(crate) lint: Option<String>,
}

/// What a reference resolves to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mapping {
    /// An id of one of these kinds, tried in order.
    Kinds(Vec<String>),
    /// Any text.
    Text,
    /// Nothing: there is no reference here.
    Nothing,
}

/// Reads the notes of a schema object.
pub(crate) fn notes(object: Node<'_>, findings: &mut Vec<Diagnostic>) -> Notes {
    let mut notes = Notes::default();
    for (key, value) in object.properties() {
        let Some(name) = key.text() else { continue };
        let text = || value.text().map(|text| text.into_owned());
        match &*name {
            "title" => notes.title = text(),
            "description" => notes.description = text(),
            "examples" => notes.examples = value.elements().map(Literal::of).collect(),
            "default" => notes.default = Some(Literal::of(value)),
            "x-name" => match text() {
                Some(name) if !name.is_empty() => notes.name = Some((name, value.span())),
                _ => findings.push(wrong(
                    value,
                    "`x-name` is the name for generated code, a string such as `\"Stage\"`",
                )),
            },
            "x-source" => match text() {
                Some(source) => notes.source = Some(source),
                None => findings.push(wrong(value, "`x-source` is text, such as `\"Quest Schema §7.1\"`")),
            },
            "x-key" => match text().filter(|path| is_kind(path)) {
                Some(path) => notes.key = Some((path, value.span())),
                None => findings.push(wrong(
                    value,
                    "`x-key` is the name of a kind, such as `\"quest\"` or `\"quest.stage\"`",
                )),
            },
            "x-ref" => notes.reference = reference(value, findings),
            _ if name.starts_with("x-") && !KEYWORDS.contains(&&*name) => {
                if let Some(help) = did_you_mean(&name, KEYWORDS.into_iter()) {
                    findings.push(
                        Diagnostic::new(
                            &code::ANNOTATION_TYPO,
                            format!("`{name}` is not an annotation of questc"),
                        )
                        .label(key.span(), "has no effect")
                        .help(help),
                    );
                }
            }
            _ => {}
        }
    }
    notes
}

/// A kind is one or more kebab-case words with dots between them.
pub(crate) fn is_kind(path: &str) -> bool {
    path.split('.').all(|segment| {
        segment.starts_with(|c: char| c.is_ascii_lowercase())
            && segment.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}

fn wrong(value: Node<'_>, title: &str) -> Diagnostic {
    Diagnostic::new(&code::ANNOTATION, title).label(value.label(), "can not be used here")
}

fn mapping(value: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Mapping> {
    let kind = |node: Node<'_>| node.text().map(|text| text.into_owned()).filter(|path| is_kind(path));
    let found = match value.kind() {
        Kind::Null => Some(Mapping::Nothing),
        Kind::True => Some(Mapping::Text),
        Kind::Array => {
            let kinds: Option<Vec<String>> = value.elements().map(kind).collect();
            kinds.filter(|kinds| !kinds.is_empty()).map(Mapping::Kinds)
        }
        _ => kind(value).map(|kind| Mapping::Kinds(vec![kind])),
    };
    if found.is_none() {
        findings.push(
            wrong(value, "this is not a kind")
                .help("write a kind such as `\"npc\"`, a list of kinds, `true` for any text, or `null` for no reference"),
        );
    }
    found
}

fn reference(value: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<Reference> {
    let mut reference = Reference {
        span: value.label(),
        by: None,
        to: Vec::new(),
        required: false,
        tolerated: false,
        lint: None,
    };
    if value.kind() != Kind::Object {
        reference.to.push((String::new(), mapping(value, findings)?, value.label()));
        return Some(reference);
    }
    let mut to = None;
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        match (&*name, item.kind()) {
            ("to", _) => to = Some(item),
            ("by", Kind::Text) => reference.by = item.text().map(|text| (text.into_owned(), item.span())),
            ("lint", Kind::Text) => reference.lint = item.text().map(|text| text.into_owned()),
            ("required", Kind::True | Kind::False) => reference.required = item.kind() == Kind::True,
            ("unknown", Kind::Text) if matches!(item.plain(), Some("warn" | "error")) => {
                reference.tolerated = item.plain() == Some("warn");
            }
            ("by" | "lint", _) => findings.push(wrong(item, &format!("`{name}` of `x-ref` is a string"))),
            ("required", _) => findings.push(wrong(item, "`required` of `x-ref` is `true` or `false`")),
            ("unknown", _) => findings.push(wrong(item, "`unknown` of `x-ref` is `\"warn\"` or `\"error\"`")),
            _ => findings.push(
                Diagnostic::new(&code::ANNOTATION, format!("`x-ref` has no field `{name}`"))
                    .label(key.span(), "not known")
                    .maybe_help(did_you_mean(&name, ["to", "by", "lint", "required", "unknown"].into_iter())),
            ),
        }
    }
    let Some(to) = to else {
        findings
            .push(wrong(value, "`x-ref` does not say what it refers to").help("add `\"to\": \"<kind>\"`"));
        return None;
    };
    match (&reference.by, to.kind()) {
        (Some(_), Kind::Object) => {
            for (key, item) in to.properties() {
                let tag = key.text().unwrap_or_default().into_owned();
                reference.to.push((tag, mapping(item, findings)?, key.span()));
            }
        }
        (Some((by, _)), _) => {
            findings.push(
                wrong(to, &format!("`to` must say the kind for each value of `{by}`"))
                    .help("write an object: `{\"Kill\": \"enemy\", \"Survive\": null}`"),
            );
            return None;
        }
        (None, Kind::Object) => {
            findings.push(
                wrong(to, "`to` depends on a sibling property, but `by` does not name it")
                    .help("add `\"by\": \"type\"`"),
            );
            return None;
        }
        (None, _) => reference.to.push((String::new(), mapping(to, findings)?, to.label())),
    }
    Some(reference)
}
