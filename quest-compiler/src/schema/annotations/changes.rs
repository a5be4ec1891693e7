//! `changes` of `x-journal`: what rewards, actions and consequences give and take, so that the proof of the quests knows it.

use super::fields::{FieldReader, SpannedText};
use crate::source::{Node, NodeKind};

/// An element of `changes`. Paths in it are not followed yet.
#[derive(Clone, Debug)]
pub struct ChangesAnnotation {
    pub at: SpannedText,
    pub target: SpannedText,
    pub amount: Option<SpannedText>,
    pub state: Option<SpannedText>,
    pub gives: Vec<SpannedText>,
    pub takes: Vec<SpannedText>,
}

/// Reads `changes`.
pub(super) fn changes(value: Node<'_>, reader: &mut FieldReader<'_>) -> Vec<ChangesAnnotation> {
    let Some(list) = value.get("changes") else { return Vec::new() };
    if list.kind() != NodeKind::Array {
        reader.invalid(list, "changes", "a list of objects");
        return Vec::new();
    }
    let read = |node: Node<'_>| {
        reader.check_fields(node, &["at", "target", "amount", "state", "gives", "takes"]);
        Some(ChangesAnnotation {
            at: reader.required(node, "at")?,
            target: reader.required(node, "target")?,
            amount: reader.text(node, "amount"),
            state: reader.text(node, "state"),
            gives: reader.texts(node, "gives"),
            takes: reader.texts(node, "takes"),
        })
    };
    list.elements().filter_map(read).collect()
}
