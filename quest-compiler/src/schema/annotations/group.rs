//! `x-group`: which objects of a list or map belong together.

use super::fields::{SpannedText, invalid};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-group`.
#[derive(Clone, Debug)]
pub struct Group {
    /// The property that the objects of a group have in common.
    pub by: String,
    /// How many objects a group has.
    pub size: Option<u64>,
    /// The properties that are equal within a group.
    pub same: Vec<String>,
    /// The properties that differ within a group.
    pub differ: Vec<String>,
    pub lint: Option<String>,
    pub span: Span,
    /// All properties that `by`, `same` and `differ` name.
    pub names: Vec<SpannedText>,
}

const FIELDS: [&str; 5] = ["by", "size", "same", "differ", "lint"];

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
            let single = (item.kind() != NodeKind::Array).then_some(item);
            group.names.extend(item.elements().chain(single).filter_map(SpannedText::of));
        }
        let text = || item.text().map(|text| text.into_owned());
        let read = match &*name {
            "by" => text().map(|by| group.by = by),
            "lint" => text().map(|lint| group.lint = Some(lint)),
            "size" => {
                item.integer().and_then(|size| u64::try_from(size).ok()).map(|size| group.size = Some(size))
            }
            "same" => names(item).map(|names| group.same = names),
            "differ" => names(item).map(|names| group.differ = names),
            _ => None,
        };
        if read.is_none() {
            diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{name}` of `x-group` cannot be read"))
                    .label(item.label(), "cannot be used here")
                    .maybe_help(did_you_mean(&name, FIELDS.into_iter())),
            );
        }
    }
    if group.by.is_empty() {
        let diagnostic = invalid(value, "`x-group` does not say by which property");
        diagnostics.push(diagnostic.help("add `\"by\": \"<property>\"`"));
        return None;
    }
    Some(group)
}

fn names(list: Node<'_>) -> Option<Vec<String>> {
    if list.kind() != NodeKind::Array {
        return None;
    }
    list.elements().map(|name| Some(name.text()?.into_owned())).collect()
}
