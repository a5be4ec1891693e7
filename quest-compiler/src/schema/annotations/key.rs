//! `x-key`: which property holds the id of its object, and how kinds are written.

use super::fields::{SpannedText, invalid, unknown_field};
use crate::diagnostics::Diagnostic;
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-key`.
#[derive(Clone, Debug)]
pub struct Key {
    /// The path of the kind, such as `quest.stage`.
    pub kind: String,
    pub span: Span,
    /// What precedes every id in content and is not part of it.
    pub prefix: String,
    /// The id is the name of the file.
    pub file: bool,
    /// Several objects can have the same id.
    pub shared: bool,
    /// What messages call several ids of the kind, if the rules of English get it wrong.
    pub plural: Option<SpannedText>,
}

/// Every field, and what its value must be.
const FIELDS: [(&str, &str); 5] = [
    ("kind", "the name of a kind"),
    ("prefix", "a string"),
    ("from", "`\"file-name\"`"),
    ("unique", "`true` or `false`"),
    ("plural", "a word, such as `\"oxen\"`"),
];

/// Reads `x-key`. In the annotations of a studio's own (`foreign`), kinds can be written in any case.
pub(super) fn key(value: Node<'_>, foreign: bool, diagnostics: &mut Vec<Diagnostic>) -> Option<Key> {
    let mut found = Key {
        kind: String::new(),
        span: value.label(),
        prefix: String::new(),
        file: false,
        shared: false,
        plural: None,
    };
    if value.kind() != NodeKind::Object {
        let Some(kind) = kind(value, foreign) else {
            diagnostics.push(not_a_kind(value));
            return None;
        };
        return Some(Key { kind, ..found });
    }
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        let Some((_, expected)) = FIELDS.iter().find(|(field, _)| *field == name) else {
            diagnostics.push(unknown_field("x-key", key, &FIELDS.map(|(field, _)| field)));
            continue;
        };
        if read_field(&name, item, foreign, &mut found).is_none() {
            diagnostics.push(match &*name {
                "kind" => not_a_kind(item),
                "from" => invalid(item, "`from` of `x-key` is `\"file-name\"`")
                    .help("leave it out if the id stands in the property itself"),
                _ => invalid(item, &format!("`{name}` of `x-key` is {expected}")),
            });
        }
    }
    if found.kind.is_empty() && value.get("kind").is_none() {
        diagnostics
            .push(invalid(value, "`x-key` does not say which kind").help("add `\"kind\": \"<kind>\"`"));
    }
    (!found.kind.is_empty()).then_some(found)
}

/// Reads one field; `None` if its value has the wrong form.
fn read_field(name: &str, item: Node<'_>, foreign: bool, key: &mut Key) -> Option<()> {
    match name {
        "kind" => key.kind = kind(item, foreign)?,
        "prefix" => key.prefix = item.text()?.into_owned(),
        "from" if item.plain() == Some("file-name") => key.file = true,
        "unique" => key.shared = !item.boolean()?,
        "plural" => key.plural = Some(SpannedText::of(item).filter(|plural| !plural.text.is_empty())?),
        _ => return None,
    }
    Some(())
}

fn not_a_kind(node: Node<'_>) -> Diagnostic {
    invalid(node, "`x-key` is the name of a kind, such as `\"quest\"` or `\"quest.stage\"`")
}

/// The name of a kind, if the value is one.
pub(super) fn kind(node: Node<'_>, foreign: bool) -> Option<String> {
    let text = node.text()?;
    let path = if foreign {
        text.split('.').map(heck::ToKebabCase::to_kebab_case).collect::<Vec<_>>().join(".")
    } else {
        text.into_owned()
    };
    is_kind(&path).then_some(path)
}

/// The names of kinds in a string or a list; reports those that are not kinds.
pub(super) fn kinds(node: Node<'_>, foreign: bool, diagnostics: &mut Vec<Diagnostic>) -> Vec<String> {
    let single = node.is_text().then_some(node);
    let mut found = Vec::new();
    for item in single.into_iter().chain(node.elements()) {
        match kind(item, foreign) {
            Some(kind) => found.push(kind),
            None => diagnostics.push(invalid(item, "this is not a kind")),
        }
    }
    found
}

/// Whether a text has the form of a kind: one or more kebab-case words with dots between them.
pub(in crate::schema) fn is_kind(path: &str) -> bool {
    path.split('.').all(|segment| {
        segment.starts_with(|c: char| c.is_ascii_lowercase())
            && segment.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}
