//! `x-journal` as a schema writes it: what a journal needs to play the objects of a flow.

use super::fields::{Reader, Written};
use crate::diagnostics::Diagnostic;
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-journal` as it is written.
#[derive(Clone, Debug)]
pub struct JournalAnnotation {
    pub span: Span,
    pub repeatable: Option<Written>,
    pub hidden: Option<Written>,
    pub limit: Option<Written>,
    pub actions: Option<Written>,
    pub skippable: Option<Written>,
    pub tasks: ListAnnotation,
    pub branches: Option<ListAnnotation>,
    pub rewards: Option<ListAnnotation>,
    pub failures: Option<ListAnnotation>,
    pub consequences: Option<ListAnnotation>,
    pub names: NamesAnnotation,
}

/// The properties that players read.
#[derive(Clone, Debug, Default)]
pub struct NamesAnnotation {
    pub quest: Option<Written>,
    pub stage: Option<Written>,
    pub objective: Option<Written>,
    pub reward: Option<Written>,
    pub failure: Option<Written>,
}

/// What is said of the objects of a list.
#[derive(Clone, Debug, Default)]
pub struct ListAnnotation {
    pub at: Option<Written>,
    pub target: Option<Written>,
    pub count: Option<Written>,
    pub place: Option<Written>,
    pub value: Option<Written>,
    pub choice: Option<Written>,
    pub time: Option<Written>,
    pub lock: Option<Written>,
    pub conditions: Option<Box<ListAnnotation>>,
}

const LISTS: [(&str, &[&str]); 6] = [
    ("tasks", &["target", "count", "place", "conditions"]),
    ("conditions", &["at", "target", "value"]),
    ("branches", &["value", "time"]),
    ("rewards", &["at", "choice"]),
    ("failures", &["at", "target", "time"]),
    ("consequences", &["at", "target", "lock"]),
];

fn list(reader: &mut Reader<'_>, object: Node<'_>, name: &str) -> Option<ListAnnotation> {
    let list_node = object.get(name)?;
    let (_, fields) = LISTS.iter().find(|(list, _)| *list == name)?;
    reader.known(list_node, fields);
    if list_node.kind() != NodeKind::Object {
        return None;
    }
    let at = if fields.contains(&"at") { Some(reader.needed(list_node, "at")?) } else { None };
    let target = match name {
        "tasks" | "conditions" | "failures" => Some(reader.needed(list_node, "target")?),
        // What is locked is what the reference names.
        _ if list_node.get("lock").is_some() => Some(reader.needed(list_node, "target")?),
        _ => reader.text(list_node, "target"),
    };
    Some(ListAnnotation {
        at,
        target,
        count: reader.text(list_node, "count"),
        place: reader.text(list_node, "place"),
        value: reader.text(list_node, "value"),
        choice: reader.text(list_node, "choice"),
        time: reader.text(list_node, "time"),
        lock: reader.text(list_node, "lock"),
        conditions: list(reader, list_node, "conditions").map(Box::new),
    })
}

/// Reads `x-journal`.
pub(super) fn journal(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<JournalAnnotation> {
    let mut reader = Reader::new("x-journal", diagnostics);
    reader.known(
        value,
        &[
            "repeatable",
            "hidden",
            "limit",
            "actions",
            "skippable",
            "tasks",
            "branches",
            "rewards",
            "failures",
            "consequences",
            "names",
        ],
    );
    let names = match value.get("names") {
        Some(names) => {
            reader.known(names, &["object", "node", "task", "reward", "failure"]);
            NamesAnnotation {
                quest: reader.text(names, "object"),
                stage: reader.text(names, "node"),
                objective: reader.text(names, "task"),
                reward: reader.text(names, "reward"),
                failure: reader.text(names, "failure"),
            }
        }
        None => NamesAnnotation::default(),
    };
    let tasks = list(&mut reader, value, "tasks");
    if tasks.is_none() && !reader.failed {
        reader.needed(value, "tasks");
    }
    let [branches, rewards, failures, consequences] =
        ["branches", "rewards", "failures", "consequences"].map(|name| list(&mut reader, value, name));
    let note = JournalAnnotation {
        span: value.label(),
        repeatable: reader.text(value, "repeatable"),
        hidden: reader.text(value, "hidden"),
        limit: reader.text(value, "limit"),
        actions: reader.text(value, "actions"),
        skippable: reader.text(value, "skippable"),
        tasks: tasks?,
        branches,
        rewards,
        failures,
        consequences,
        names,
    };
    (!reader.failed).then_some(note)
}
