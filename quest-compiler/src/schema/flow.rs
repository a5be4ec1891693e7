//! `x-flow`: which objects lead to which. What reads this annotation and the paths in it reads its neighbours as well.

use super::derive::ModelBuilder;
use super::graph::Literal;
use super::model::{Field, KindId, Model, Origin, RecordId, Shape};
use crate::diagnostics::{Diagnostic, code, did_you_mean, near};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// A path of property names as a schema writes it, and its place.
pub(super) type Written = (String, Span);

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

/// Reads the fields of an annotation.
pub(super) struct Reader<'f> {
    pub(super) diagnostics: &'f mut Vec<Diagnostic>,
    pub(super) keyword: &'static str,
    pub(super) failed: bool,
    /// Fields that are misspelt, by the object in which they stand.
    meant: Vec<(Span, String)>,
}

impl<'f> Reader<'f> {
    pub(super) fn new(keyword: &'static str, diagnostics: &'f mut Vec<Diagnostic>) -> Self {
        Self { diagnostics, keyword, failed: false, meant: Vec::new() }
    }

    pub(super) fn wrong(&mut self, node: Node<'_>, what: &str) {
        self.failed = true;
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, format!("{what} of `{}` cannot be read", self.keyword))
                .label(node.label(), "cannot be used here"),
        );
    }

    pub(super) fn text(&mut self, object: Node<'_>, name: &str) -> Option<Written> {
        let node = object.get(name)?;
        if let Some(text) = node.text() {
            return Some((text.into_owned(), node.span()));
        }
        self.wrong(node, &format!("`{name}`"));
        None
    }

    pub(super) fn texts(&mut self, object: Node<'_>, name: &str) -> Vec<Written> {
        let Some(node) = object.get(name) else { return Vec::new() };
        let one = node.is_text().then_some(node);
        let found: Vec<Written> = one
            .into_iter()
            .chain(node.elements())
            .filter_map(|node| Some((node.text()?.into_owned(), node.span())))
            .collect();
        if found.is_empty() {
            self.wrong(node, &format!("`{name}`"));
        }
        found
    }

    pub(super) fn known(&mut self, object: Node<'_>, known: &[&str]) {
        if object.kind() != NodeKind::Object {
            self.failed = true;
            let title = format!("this part of `{}` is no object", self.keyword);
            self.diagnostics
                .push(Diagnostic::new(&code::ANNOTATION, title).label(object.label(), "must be an object"));
        }
        for (key, _) in object.properties() {
            let name = key.text().unwrap_or_default();
            if !known.contains(&&*name) {
                self.failed = true;
                // What is there already cannot be meant a second time.
                let absent = known.iter().copied().filter(|known| object.get(known).is_none());
                self.meant
                    .extend(near(&name, absent).first().map(|meant| (object.span(), (*meant).to_owned())));
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{}` has no field `{name}`", self.keyword))
                        .label(key.span(), "not known")
                        .maybe_help(did_you_mean(&name, known.iter().copied())),
                );
            }
        }
    }

    pub(super) fn needed(&mut self, object: Node<'_>, name: &str) -> Option<Written> {
        let found = self.text(object, name);
        let misspelt = self.meant.iter().any(|(place, meant)| *place == object.span() && meant == name);
        if found.is_none() && object.get(name).is_none() && !misspelt {
            self.failed = true;
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{}` does not say `{name}`", self.keyword))
                    .label(object.label(), format!("add `\"{name}\": \"<property>\"`")),
            );
        }
        found
    }
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

/// A path through records: the names of properties, lists and maps looked through.
pub type Path = Vec<String>;

/// What leads to what in the objects of a record type.
#[derive(Clone, Debug)]
pub struct Flow {
    /// The record whose objects contain the nodes.
    pub record: RecordId,
    /// The kind of the nodes.
    pub kind: KindId,
    pub nodes: Path,
    /// The property that names the first node; without it, the first in the file is.
    pub start: Option<Path>,
    pub next: Vec<Path>,
    /// The property of a node that says whether the object can be finished without it.
    pub optional: Option<Path>,
    pub ends: Vec<(String, Literal)>,
    pub branches: Option<[Path; 3]>,
    pub tasks: Option<Tasks>,
}

/// What must be done in a node.
#[derive(Clone, Debug)]
pub struct Tasks {
    pub kind: KindId,
    pub at: Path,
    pub optional: Option<Path>,
    pub hidden: Option<Path>,
    pub any: Option<Path>,
}

impl ModelBuilder<'_> {
    /// Turns the annotations of records into flows and requirements whose paths lead somewhere.
    pub(super) fn flows(&mut self) {
        for at in 0..self.model.records.len() {
            let record = RecordId(at as u32);
            let annotations = &self.schemas.get(self.model.record(record).schema).annotations;
            let (flow, requires) = (annotations.flow.clone(), annotations.requires.clone());
            if let Some(note) = flow {
                self.used.insert(note.span);
                let found = self.flow_of(record, &note);
                self.model.flows.extend(found);
            }
            if let Some(note) = requires {
                self.used.insert(note.span);
                let found = self.requires_of(record, &note);
                self.model.requires.extend(found);
            }
        }
    }

    fn flow_of(&mut self, record: RecordId, note: &FlowAnnotation) -> Option<Flow> {
        let (nodes, node_record) = self.record_path(record, &note.nodes)?;
        let kind = self.keyed(node_record, &note.nodes)?;
        let start = match &note.start {
            Some(start) => Some(self.path(record, start)?.0),
            None => None,
        };
        let mut next = Vec::new();
        for written in &note.next {
            next.push(self.path(node_record, written)?.0);
        }
        let optional = match &note.optional {
            Some(written) => Some(self.path(node_record, written)?.0),
            None => None,
        };
        let mut ends = Vec::new();
        for (written, literal) in &note.ends {
            ends.push((self.path(node_record, written)?.0.join("."), literal.clone()));
        }
        let branches = match &note.branches {
            Some([at, to, on]) => {
                let (path, branch) = self.record_path(record, at)?;
                Some([path, self.path(branch, to)?.0, self.path(branch, on)?.0])
            }
            None => None,
        };
        let tasks = match &note.tasks {
            Some(tasks) => {
                let (at, task) = self.record_path(node_record, &tasks.at)?;
                let mut optional = |written: &Option<Written>| match written {
                    Some(written) => self.path(task, written).map(|(path, _)| Some(path)),
                    None => Some(None),
                };
                let (free, hidden, any) =
                    (optional(&tasks.optional)?, optional(&tasks.hidden)?, optional(&tasks.any)?);
                let kind = self.keyed(task, &tasks.at)?;
                Some(Tasks { kind, at, optional: free, hidden, any })
            }
            None => None,
        };
        Some(Flow { record, kind, nodes, start, next, optional, ends, branches, tasks })
    }

    /// The kind of the objects of a record.
    pub(super) fn keyed(&mut self, record: RecordId, written: &Written) -> Option<KindId> {
        let key = self.model.record(record).key().map(|(kind, _)| kind);
        if key.is_none() {
            let name = self.model.record(record).name.clone();
            self.diagnostics.push(
                Diagnostic::new(
                    &code::ANNOTATION,
                    format!("`{name}` has no `x-key`, so that its objects could be told apart"),
                )
                .label(written.1, "needs objects with ids"),
            );
        }
        key
    }

    /// A path that ends at objects.
    pub(super) fn record_path(&mut self, record: RecordId, written: &Written) -> Option<(Path, RecordId)> {
        let (path, shape) = self.path(record, written)?;
        match shape.element() {
            Shape::Record(found) | Shape::Map(found) => Some((path, *found)),
            _ => {
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{}` has no objects", written.0))
                        .label(written.1, "must be an object, or a list or map of objects"),
                );
                None
            }
        }
    }

    /// Follows a path of property names; `[]` and `{}` in it change nothing, since lists and maps are looked through.
    pub(super) fn path(&mut self, record: RecordId, written: &Written) -> Option<(Path, Shape)> {
        let mut at = record;
        let mut path = Vec::new();
        let mut shape = None;
        for name in written.0.split('.') {
            let name = name.trim_end_matches("[]").trim_end_matches("{}");
            if let Some(found) = shape.take() {
                match Shape::element(&found) {
                    Shape::Record(next) | Shape::Map(next) => at = *next,
                    _ => {
                        self.diagnostics.push(
                            Diagnostic::new(
                                &code::ANNOTATION,
                                format!("`{}` goes into something that is no object", written.0),
                            )
                            .label(written.1, format!("`{name}` is looked for there")),
                        );
                        return None;
                    }
                }
            }
            let fields = &self.model.record(at).fields;
            let Some(field) = fields.iter().find(|field| names(field, name)) else {
                let help = did_you_mean(name, fields.iter().map(|field| field.json.as_str()));
                let owner = self.model.record(at).name.clone();
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{owner}` has no property `{name}`"))
                        .label(written.1, "leads nowhere")
                        .maybe_help(help),
                );
                return None;
            };
            shape = Some(field.shape.clone());
            path.push(name.to_owned());
        }
        Some((path, shape?))
    }
}

/// Whether a field is meant by a name in a path.
pub(super) fn names(field: &Field, name: &str) -> bool {
    field.origin == Origin::Property && field.json == name
}

impl Model {
    /// The position of a field by the name of its property.
    pub fn field_named(&self, record: RecordId, name: &str) -> Option<usize> {
        self.record(record).fields.iter().position(|field| names(field, name))
    }
}
