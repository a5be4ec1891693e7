//! `x-flow` as a schema writes it: which objects lead to which.

use super::fields::{Reader, Written};
use crate::diagnostics::Diagnostic;
use crate::schema::value::Literal;
use crate::source::Node;
use crate::text::Span;

/// `x-flow` as it is written.
#[derive(Clone, Debug)]
pub struct FlowAnnotation {
    pub span: Span,
    pub nodes: Written,
    pub start: Option<Written>,
    pub next: Vec<Written>,
    pub optional: Option<Written>,
    pub ends: Vec<(Written, Literal)>,
    pub branches: Option<[Written; 3]>,
    pub tasks: Option<TaskAnnotation>,
}

/// What must be done in a node before it is left.
#[derive(Clone, Debug)]
pub struct TaskAnnotation {
    pub at: Written,
    pub optional: Option<Written>,
    pub hidden: Option<Written>,
    pub any: Option<Written>,
}

/// Reads `x-flow`.
pub(super) fn flow(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<FlowAnnotation> {
    let mut reader = Reader::new("x-flow", diagnostics);
    reader.known(value, &["nodes", "start", "next", "optional", "ends", "branches", "tasks"]);
    let nodes = reader.needed(value, "nodes")?;
    let start = reader.text(value, "start");
    let next = reader.texts(value, "next");
    let optional = reader.text(value, "optional");
    let ends = value.get("ends").map_or_else(Vec::new, |ends| {
        ends.properties()
            .filter_map(|(key, value)| Some(((key.text()?.into_owned(), key.span()), Literal::of(value))))
            .collect::<Vec<_>>()
    });
    let branches = match value.get("branches") {
        Some(branches) => {
            reader.known(branches, &["at", "to", "on"]);
            Some([
                reader.needed(branches, "at")?,
                reader.needed(branches, "to")?,
                reader.needed(branches, "on")?,
            ])
        }
        None => None,
    };
    let tasks = match value.get("tasks") {
        Some(tasks) => {
            reader.known(tasks, &["at", "optional", "hidden", "any"]);
            Some(TaskAnnotation {
                at: reader.needed(tasks, "at")?,
                optional: reader.text(tasks, "optional"),
                hidden: reader.text(tasks, "hidden"),
                any: reader.text(tasks, "any"),
            })
        }
        None => None,
    };
    (!reader.failed).then(|| FlowAnnotation {
        span: value.label(),
        nodes,
        start,
        next,
        optional,
        ends,
        branches,
        tasks,
    })
}
