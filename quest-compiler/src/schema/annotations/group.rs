//! `x-group`: which objects of a list or map belong together.

use super::fields::invalid;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-group`: which objects of a list or map belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// The property that objects of a group have in common.
    pub by: String,
    pub size: Option<u64>,
    pub same: Vec<String>,
    pub differ: Vec<String>,
    pub lint: Option<String>,
    pub span: Span,
    /// All property names in it, and their places.
    pub names: Vec<(String, Span)>,
}

/// Reads `x-group`.
pub(in crate::schema) fn group(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<Group> {
    let mut group = Group {
        by: String::new(),
        size: None,
        same: Vec::new(),
        differ: Vec::new(),
        lint: None,
        span: value.label(),
        names: Vec::new(),
    };
    for (key, item) in value.properties() {
        let name = key.text().unwrap_or_default();
        if matches!(&*name, "by" | "same" | "differ") {
            let named = item.elements().chain((item.kind() != NodeKind::Array).then_some(item));
            group.names.extend(named.filter_map(|name| Some((name.text()?.into_owned(), name.span()))));
        }
        let names =
            || item.elements().map(|name| Some(name.text()?.into_owned())).collect::<Option<Vec<_>>>();
        let read = match (&*name, item.kind()) {
            ("by", NodeKind::Text) => item.text().map(|text| group.by = text.into_owned()),
            ("lint", NodeKind::Text) => item.text().map(|text| group.lint = Some(text.into_owned())),
            ("size", NodeKind::Integer) => {
                item.integer().and_then(|size| u64::try_from(size).ok()).map(|size| group.size = Some(size))
            }
            ("same", NodeKind::Array) => names().map(|names| group.same = names),
            ("differ", NodeKind::Array) => names().map(|names| group.differ = names),
            _ => None,
        };
        if read.is_none() {
            let known = ["by", "size", "same", "differ", "lint"];
            diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{name}` of `x-group` cannot be read"))
                    .label(item.label(), "cannot be used here")
                    .maybe_help(did_you_mean(&name, known.into_iter())),
            );
        }
    }
    if group.by.is_empty() {
        diagnostics.push(
            invalid(value, "`x-group` does not say by which property").help("add `\"by\": \"<property>\"`"),
        );
        return None;
    }
    Some(group)
}
