//! `x-journal` as a schema writes it: what a journal needs to play the objects of a flow, beside `x-flow` and `x-requires`.

use super::changes::{ChangesAnnotation, changes};
use super::fields::{FieldReader, SpannedText};
use crate::diagnostics::Diagnostic;
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// `x-journal`. Paths in it are not followed yet.
#[derive(Clone, Debug)]
pub struct JournalAnnotation {
    pub span: Span,
    pub repeatable: Option<SpannedText>,
    pub hidden: Option<SpannedText>,
    pub limit: Option<SpannedText>,
    pub actions: Option<SpannedText>,
    pub skippable: Option<SpannedText>,
    pub tasks: JournalListAnnotation,
    pub branches: Option<JournalListAnnotation>,
    pub rewards: Option<JournalListAnnotation>,
    pub failures: Option<JournalListAnnotation>,
    pub consequences: Option<JournalListAnnotation>,
    pub changes: Vec<ChangesAnnotation>,
    pub titles: TitlesAnnotation,
}

/// `names`: the properties that players read.
#[derive(Clone, Debug, Default)]
pub struct TitlesAnnotation {
    pub quest: Option<SpannedText>,
    pub stage: Option<SpannedText>,
    pub objective: Option<SpannedText>,
    pub reward: Option<SpannedText>,
    pub failure: Option<SpannedText>,
}

/// What the annotation says about the objects of one list. [`LISTS`] has the fields that each list can have.
#[derive(Clone, Debug, Default)]
pub struct JournalListAnnotation {
    pub at: Option<SpannedText>,
    pub target: Option<SpannedText>,
    pub count: Option<SpannedText>,
    pub place: Option<SpannedText>,
    pub value: Option<SpannedText>,
    pub choice: Option<SpannedText>,
    pub time: Option<SpannedText>,
    pub lock: Option<SpannedText>,
    pub conditions: Option<Box<JournalListAnnotation>>,
}

const LISTS: [(&str, &[&str]); 6] = [
    ("tasks", &["target", "count", "place", "conditions"]),
    ("conditions", &["at", "target", "value"]),
    ("branches", &["value", "time"]),
    ("rewards", &["at", "choice"]),
    ("failures", &["at", "target", "time"]),
    ("consequences", &["at", "target", "lock"]),
];

/// Reads `x-journal`.
pub(super) fn journal(value: Node<'_>, diagnostics: &mut Vec<Diagnostic>) -> Option<JournalAnnotation> {
    let mut reader = FieldReader::new("x-journal", diagnostics);
    reader.check_fields(
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
            "changes",
            "names",
        ],
    );
    let titles = value.get("names").map_or_else(TitlesAnnotation::default, |names| {
        reader.check_fields(names, &["object", "node", "task", "reward", "failure"]);
        read_titles(names, &mut reader)
    });
    let tasks = read_list(&mut reader, value, "tasks");
    if tasks.is_none() && !reader.failed {
        reader.required(value, "tasks");
    }
    let [branches, rewards, failures, consequences] =
        ["branches", "rewards", "failures", "consequences"].map(|name| read_list(&mut reader, value, name));
    let annotation = JournalAnnotation {
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
        changes: changes(value, &mut reader),
        titles,
    };
    (!reader.failed).then_some(annotation)
}

fn read_titles(names: Node<'_>, reader: &mut FieldReader<'_>) -> TitlesAnnotation {
    TitlesAnnotation {
        quest: reader.text(names, "object"),
        stage: reader.text(names, "node"),
        objective: reader.text(names, "task"),
        reward: reader.text(names, "reward"),
        failure: reader.text(names, "failure"),
    }
}

fn read_list(reader: &mut FieldReader<'_>, object: Node<'_>, name: &str) -> Option<JournalListAnnotation> {
    let list = object.get(name)?;
    let (_, fields) = LISTS.iter().find(|(known, _)| *known == name)?;
    reader.check_fields(list, fields);
    if list.kind() != NodeKind::Object {
        return None;
    }
    let at = if fields.contains(&"at") { Some(reader.required(list, "at")?) } else { None };
    let target = match name {
        "tasks" | "conditions" | "failures" => Some(reader.required(list, "target")?),
        // What is locked is what the reference names.
        _ if list.get("lock").is_some() => Some(reader.required(list, "target")?),
        _ => reader.text(list, "target"),
    };
    Some(JournalListAnnotation {
        at,
        target,
        count: reader.text(list, "count"),
        place: reader.text(list, "place"),
        value: reader.text(list, "value"),
        choice: reader.text(list, "choice"),
        time: reader.text(list, "time"),
        lock: reader.text(list, "lock"),
        conditions: read_list(reader, list, "conditions").map(Box::new),
    })
}
