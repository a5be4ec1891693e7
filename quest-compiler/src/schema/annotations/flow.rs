//! `x-flow` as a schema writes it: which objects lead to which.

use super::fields::{FieldReader, SpannedText};
use crate::diagnostics::Diagnostic;
use crate::schema::value::Literal;
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-flow`. Paths in it are not followed yet.
#[derive(Clone, Debug)]
pub struct FlowAnnotation {
    pub span: Span,
    pub nodes: SpannedText,
    pub start: Option<SpannedText>,
    pub next: Vec<SpannedText>,
    pub optional: Option<SpannedText>,
    pub ends: Vec<FlowEnd>,
    pub branches: Option<FlowBranchesAnnotation>,
    pub tasks: Option<TasksAnnotation>,
}

/// An entry of `ends`: a property of a node, and the value with which the node can be the last.
#[derive(Clone, Debug)]
pub struct FlowEnd {
    pub path: SpannedText,
    pub value: Literal,
    /// Where the value is.
    pub span: Span,
}

/// `branches` of `x-flow`: objects that lead from one node to another.
#[derive(Clone, Debug)]
pub struct FlowBranchesAnnotation {
    pub at: SpannedText,
    pub to: SpannedText,
    pub on: SpannedText,
    /// `scope` is not `line`: branches on facts can be taken in every node.
    pub everywhere: bool,
}

/// `tasks` of `x-flow`: what must be done in a node before it is left.
#[derive(Clone, Debug)]
pub struct TasksAnnotation {
    pub at: SpannedText,
    pub optional: Option<SpannedText>,
    pub hidden: Option<SpannedText>,
    pub any: Option<SpannedText>,
}

/// Reads `x-flow`.
pub(super) fn flow(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<FlowAnnotation> {
    let mut reader = FieldReader::new("x-flow", diagnostics);
    reader.check_fields(value, &["nodes", "start", "next", "optional", "ends", "branches", "tasks"]);
    let annotation = FlowAnnotation {
        span: value.label(),
        nodes: reader.required(value, "nodes")?,
        start: reader.text(value, "start"),
        next: reader.texts(value, "next"),
        optional: reader.text(value, "optional"),
        ends: read_ends(value, &mut reader),
        branches: value.get("branches").and_then(|branches| read_branches(branches, &mut reader)),
        tasks: value.get("tasks").and_then(|tasks| read_tasks(tasks, &mut reader)),
    };
    (!reader.failed).then_some(annotation)
}

/// `ends`: the values that end a flow, by the property of a node that has them.
fn read_ends(flow: Node<'_>, reader: &mut FieldReader<'_>) -> Vec<FlowEnd> {
    let ends = reader.entries(flow, "ends", |reader, value| {
        let scalar = !matches!(value.kind(), NodeKind::Object | NodeKind::Array);
        if !scalar {
            reader.invalid(value, "ends", "a string, a number, `true`, `false` or `null`");
        }
        scalar.then(|| (Literal::of(value), value.label()))
    });
    ends.into_iter().map(|(path, (value, span))| FlowEnd { path, value, span }).collect()
}

fn read_branches(branches: Node<'_>, reader: &mut FieldReader<'_>) -> Option<FlowBranchesAnnotation> {
    reader.check_fields(branches, &["at", "to", "on", "scope"]);
    Some(FlowBranchesAnnotation {
        at: reader.required(branches, "at")?,
        to: reader.required(branches, "to")?,
        on: reader.required(branches, "on")?,
        everywhere: reader.word(branches, "scope", &["object", "line"]) != Some(1),
    })
}

fn read_tasks(tasks: Node<'_>, reader: &mut FieldReader<'_>) -> Option<TasksAnnotation> {
    reader.check_fields(tasks, &["at", "optional", "hidden", "any"]);
    Some(TasksAnnotation {
        at: reader.required(tasks, "at")?,
        optional: reader.text(tasks, "optional"),
        hidden: reader.text(tasks, "hidden"),
        any: reader.text(tasks, "any"),
    })
}
