//! `x-key`: which property holds the id of its object, and the names of kinds.

use super::fields::invalid;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-key`: what an id identifies.
#[derive(Clone, Debug)]
pub struct Key {
    /// The path of the kind, such as `quest.stage`.
    pub kind: String,
    pub span: Span,
    /// What stands in front of every id and is no part of it.
    pub prefix: String,
    /// The id is the name of the file.
    pub file: bool,
    /// Several objects can have the same id.
    pub shared: bool,
}

/// Reads the name of a kind.
pub(super) fn kind(node: Node<'_>, foreign: bool) -> Option<String> {
    let text = node.text()?;
    let path = if foreign {
        text.split('.').map(heck::ToKebabCase::to_kebab_case).collect::<Vec<_>>().join(".")
    } else {
        text.into_owned()
    };
    is_kind(&path).then_some(path)
}

/// Reads `x-key`.
pub(super) fn key(value: Node<'_>, foreign: bool, diagnostics: &mut Vec<Diagnostic>) -> Option<Key> {
    let title = "`x-key` is the name of a kind, such as `\"quest\"` or `\"quest.stage\"`";
    let mut found =
        Key { kind: String::new(), span: value.label(), prefix: String::new(), file: false, shared: false };
    if value.kind() != NodeKind::Object {
        let Some(kind) = kind(value, foreign) else {
            diagnostics.push(invalid(value, title));
            return None;
        };
        return Some(Key { kind, ..found });
    }
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        match (&*name, item.kind()) {
            ("kind", _) => match kind(item, foreign) {
                Some(path) => found.kind = path,
                None => diagnostics.push(invalid(item, title)),
            },
            ("prefix", NodeKind::Text) => found.prefix = item.text().unwrap_or_default().into_owned(),
            ("from", NodeKind::Text) if item.plain() == Some("file-name") => found.file = true,
            ("unique", NodeKind::True | NodeKind::False) => found.shared = item.kind() == NodeKind::False,
            ("unique", _) => diagnostics.push(invalid(item, "`unique` of `x-key` is `true` or `false`")),
            ("prefix", _) => diagnostics.push(invalid(item, "`prefix` of `x-key` is a string")),
            ("from", _) => diagnostics.push(
                invalid(item, "`from` of `x-key` is `\"file-name\"`")
                    .help("leave it out if the id stands in the property itself"),
            ),
            _ => diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`x-key` has no field `{name}`"))
                    .label(key.span(), "not known")
                    .maybe_help(did_you_mean(&name, ["kind", "prefix", "from", "unique"].into_iter())),
            ),
        }
    }
    if found.kind.is_empty() {
        if value.get("kind").is_none() {
            diagnostics
                .push(invalid(value, "`x-key` does not say which kind").help("add `\"kind\": \"<kind>\"`"));
        }
        return None;
    }
    Some(found)
}

/// A kind is one or more kebab-case words with dots between them.
pub(in crate::schema) fn is_kind(path: &str) -> bool {
    path.split('.').all(|segment| {
        segment.starts_with(|c: char| c.is_ascii_lowercase())
            && segment.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}
