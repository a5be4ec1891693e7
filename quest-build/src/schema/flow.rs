//! `x-flow` and `x-requires`: which objects lead to which, and what must be done before what.

use super::graph::Literal;
use super::model::{Field, KindId, Model, Origin, RecordId, Shape};
use super::shape::Shaper;
use crate::diagnose::{Diagnostic, code, did_you_mean};
use crate::source::{Kind, Node, Span};

/// A path of property names as a schema writes it, and its place.
pub(crate) type Written = (String, Span);

/// `x-flow` as it is written.
#[derive(Clone, Debug)]
pub(crate) struct FlowNote {
    pub(crate) span: Span,
    pub(crate) nodes: Written,
    pub(crate) start: Option<Written>,
    pub(crate) next: Vec<Written>,
    pub(crate) optional: Option<Written>,
    pub(crate) ends: Vec<(Written, Literal)>,
    pub(crate) branches: Option<[Written; 3]>,
    pub(crate) tasks: Option<TaskNote>,
}

/// What must be done in a node before it is left.
#[derive(Clone, Debug)]
pub(crate) struct TaskNote {
    pub(crate) at: Written,
    pub(crate) optional: Option<Written>,
    pub(crate) hidden: Option<Written>,
    pub(crate) any: Option<Written>,
}

/// `x-requires` as it is written.
#[derive(Clone, Debug)]
pub(crate) struct RequiresNote {
    pub(crate) span: Span,
    pub(crate) at: Written,
    /// One of the conditions is enough.
    pub(crate) any: bool,
    pub(crate) by: Option<Written>,
    pub(crate) target: Option<Written>,
    pub(crate) value: Option<Written>,
    pub(crate) operator: Option<Written>,
    /// What a condition of each sort is about.
    pub(crate) means: Vec<(String, Means)>,
    /// Sorts of conditions that are compared with a property of the object.
    pub(crate) own: Vec<(String, Written)>,
    /// More objects than this that must be complete one after the other are reported.
    pub(crate) longest: Option<u64>,
    /// Whether the object can be begun again.
    pub(crate) again: Option<Written>,
    pub(crate) gives: Option<GivesNote>,
}

/// What an object gives when it is complete.
#[derive(Clone, Debug)]
pub(crate) struct GivesNote {
    pub(crate) at: Written,
    pub(crate) by: Written,
    pub(crate) target: Written,
    pub(crate) optional: Option<Written>,
    /// Sorts of what is given, and the sort of condition that each of them meets.
    pub(crate) meets: Vec<(String, String)>,
}

/// What a condition is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Means {
    /// The named object is complete.
    Complete,
    /// The named object is under way.
    Active,
    /// A number that only grows.
    Rising,
    /// A number.
    Number,
    /// Something that can be had or not.
    Set,
    /// Something that never changes.
    Constant,
}

impl Means {
    const NAMES: [(&'static str, Means); 6] = [
        ("complete", Means::Complete),
        ("active", Means::Active),
        ("rising", Means::Rising),
        ("number", Means::Number),
        ("set", Means::Set),
        ("constant", Means::Constant),
    ];
}

/// Reads the fields of an annotation.
pub(super) struct Reader<'f> {
    pub(super) findings: &'f mut Vec<Diagnostic>,
    pub(super) keyword: &'static str,
    pub(super) failed: bool,
}

impl Reader<'_> {
    fn wrong(&mut self, node: Node<'_>, what: &str) {
        self.failed = true;
        self.findings.push(
            Diagnostic::new(&code::ANNOTATION, format!("{what} of `{}` can not be read", self.keyword))
                .label(node.label(), "can not be used here"),
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

    fn texts(&mut self, object: Node<'_>, name: &str) -> Vec<Written> {
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
        if object.kind() != Kind::Object {
            self.wrong(object, "this part");
        }
        for (key, _) in object.properties() {
            let name = key.text().unwrap_or_default();
            if !known.contains(&&*name) {
                self.failed = true;
                self.findings.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{}` has no field `{name}`", self.keyword))
                        .label(key.span(), "not known")
                        .maybe_help(did_you_mean(&name, known.iter().copied())),
                );
            }
        }
    }

    pub(super) fn needed(&mut self, object: Node<'_>, name: &str) -> Option<Written> {
        let found = self.text(object, name);
        if found.is_none() && object.get(name).is_none() {
            self.failed = true;
            self.findings.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{}` does not say `{name}`", self.keyword))
                    .label(object.label(), format!("add `\"{name}\": \"<property>\"`")),
            );
        }
        found
    }
}

/// Reads `x-flow`.
pub(super) fn flow(value: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<FlowNote> {
    let mut reader = Reader { findings, keyword: "x-flow", failed: false };
    reader.known(value, &["nodes", "start", "next", "optional", "ends", "branches", "tasks"]);
    let nodes = reader.needed(value, "nodes")?;
    let start = reader.text(value, "start");
    let next = reader.texts(value, "next");
    let optional = reader.text(value, "optional");
    let ends = value.get("ends").map_or_else(Vec::new, |ends| {
        ends.properties()
            .filter_map(|(key, value)| Some(((key.text()?.into_owned(), key.span()), Literal::of(value))))
            .collect()
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
            Some(TaskNote {
                at: reader.needed(tasks, "at")?,
                optional: reader.text(tasks, "optional"),
                hidden: reader.text(tasks, "hidden"),
                any: reader.text(tasks, "any"),
            })
        }
        None => None,
    };
    (!reader.failed).then(|| FlowNote {
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

/// Reads `x-requires`.
pub(super) fn requires(value: Node<'_>, findings: &mut Vec<Diagnostic>) -> Option<RequiresNote> {
    let mut reader = Reader { findings, keyword: "x-requires", failed: false };
    reader.known(
        value,
        &["at", "any", "by", "target", "value", "operator", "means", "own", "longest", "again", "gives"],
    );
    let at = reader.needed(value, "at")?;
    let any = value.get("any").and_then(Node::boolean).unwrap_or(false);
    let by = reader.text(value, "by");
    let (target, number, operator) =
        (reader.text(value, "target"), reader.text(value, "value"), reader.text(value, "operator"));
    let mut means = Vec::new();
    let mut mean = |sort: String, node: Node<'_>, reader: &mut Reader<'_>| {
        let word = node.text().unwrap_or_default();
        match Means::NAMES.iter().find(|(name, _)| *name == word) {
            Some((_, found)) => means.push((sort, *found)),
            None => {
                reader.failed = true;
                reader.findings.push(
                    Diagnostic::new(&code::ANNOTATION, "this is not what a condition can be about")
                        .label(node.label(), "not known")
                        .maybe_help(did_you_mean(&word, Means::NAMES.iter().map(|(name, _)| *name)))
                        .note("it can be `complete`, `active`, `rising`, `number`, `set` or `constant`"),
                );
            }
        }
    };
    match value.get("means") {
        Some(sorts) if sorts.kind() == Kind::Object => {
            for (key, sort) in sorts.properties() {
                mean(key.text().unwrap_or_default().into_owned(), sort, &mut reader);
            }
        }
        Some(word) => mean(String::new(), word, &mut reader),
        None => means.push((String::new(), Means::Complete)),
    }
    let own = value.get("own").map_or_else(Vec::new, |own| {
        own.properties()
            .filter_map(|(key, node)| {
                Some((key.text()?.into_owned(), (node.text()?.into_owned(), node.span())))
            })
            .collect()
    });
    let longest = value.get("longest").and_then(|node| {
        let longest = node.integer().and_then(|longest| u64::try_from(longest).ok());
        if longest.is_none() {
            reader.wrong(node, "`longest`");
        }
        longest
    });
    let again = reader.text(value, "again");
    let gives = match value.get("gives") {
        Some(gives) => {
            reader.known(gives, &["at", "by", "target", "optional", "meets"]);
            let pair = |(key, sort): (Node<'_>, Node<'_>)| {
                Some((key.text()?.into_owned(), sort.text()?.into_owned()))
            };
            Some(GivesNote {
                at: reader.needed(gives, "at")?,
                by: reader.needed(gives, "by")?,
                target: reader.needed(gives, "target")?,
                optional: reader.text(gives, "optional"),
                meets: gives.get("meets").into_iter().flat_map(Node::properties).filter_map(pair).collect(),
            })
        }
        None => None,
    };
    (!reader.failed).then(|| RequiresNote {
        span: value.label(),
        at,
        any,
        by,
        target,
        value: number,
        operator,
        means,
        own,
        longest,
        again,
        gives,
    })
}

/// A path through records: the names of properties, lists and maps looked through.
pub(crate) type Path = Vec<String>;

/// What leads to what in the objects of a record type.
#[derive(Clone, Debug)]
pub(crate) struct Flow {
    /// The record whose objects contain the nodes.
    pub(crate) record: RecordId,
    /// The kind of the nodes.
    pub(crate) kind: KindId,
    pub(crate) nodes: Path,
    /// The property that names the first node; without it, the first in the file is.
    pub(crate) start: Option<Path>,
    pub(crate) next: Vec<Path>,
    /// The property of a node that says whether the object can be finished without it.
    pub(crate) optional: Option<Path>,
    pub(crate) ends: Vec<(String, Literal)>,
    pub(crate) branches: Option<[Path; 3]>,
    pub(crate) tasks: Option<Tasks>,
}

/// What must be done in a node.
#[derive(Clone, Debug)]
pub(crate) struct Tasks {
    pub(crate) kind: KindId,
    pub(crate) at: Path,
    pub(crate) optional: Option<Path>,
    pub(crate) hidden: Option<Path>,
    pub(crate) any: Option<Path>,
}

/// What the objects of a record type ask for before they can be begun.
#[derive(Clone, Debug)]
pub(crate) struct Requires {
    pub(crate) record: RecordId,
    pub(crate) kind: KindId,
    pub(crate) at: Path,
    pub(crate) any: bool,
    pub(crate) by: Option<Path>,
    pub(crate) target: Option<Path>,
    pub(crate) value: Option<Path>,
    pub(crate) operator: Option<Path>,
    pub(crate) means: Vec<(String, Means)>,
    pub(crate) own: Vec<Own>,
    pub(crate) longest: Option<u64>,
    pub(crate) again: Option<Path>,
    pub(crate) gives: Option<Gives>,
}

/// A sort of conditions that is compared with a property of the object.
#[derive(Clone, Debug)]
pub(crate) struct Own {
    pub(crate) sort: String,
    pub(crate) path: Path,
    /// The least and the greatest that the property can be.
    pub(crate) bounds: (f64, f64),
}

/// What the objects of a record type give when they are complete.
#[derive(Clone, Debug)]
pub(crate) struct Gives {
    pub(crate) at: Path,
    pub(crate) by: Path,
    pub(crate) target: Path,
    pub(crate) optional: Option<Path>,
    pub(crate) meets: Vec<(String, String)>,
}

impl Shaper<'_> {
    /// Turns the notes of records into flows and requirements whose paths lead somewhere.
    pub(super) fn flows(&mut self) {
        for at in 0..self.model.records.len() {
            let record = RecordId(at as u32);
            let notes = &self.schemas.get(self.model.record(record).schema).notes;
            let (flow, requires) = (notes.flow.clone(), notes.requires.clone());
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

    fn flow_of(&mut self, record: RecordId, note: &FlowNote) -> Option<Flow> {
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

    fn requires_of(&mut self, record: RecordId, note: &RequiresNote) -> Option<Requires> {
        let kind = self.keyed(record, &note.at)?;
        let (at, shape) = self.path(record, &note.at)?;
        let condition = match shape.element() {
            Shape::Record(condition) | Shape::Map(condition) => Some(*condition),
            _ => None,
        };
        let mut part = |written: &Option<Written>| match (written, condition) {
            (Some(written), Some(condition)) => self.path(condition, written).map(|(path, _)| Some(path)),
            (Some(written), None) => {
                self.findings.push(
                    Diagnostic::new(
                        &code::ANNOTATION,
                        format!("`{}` is looked for in something that is no object", written.0),
                    )
                    .label(written.1, "has no properties"),
                );
                None
            }
            (None, _) => Some(None),
        };
        let (by, target) = (part(&note.by)?, part(&note.target)?);
        let (value, operator) = (part(&note.value)?, part(&note.operator)?);
        let mut own = Vec::new();
        for (sort, written) in &note.own {
            let (path, shape) = self.path(record, written)?;
            let bounds = match shape {
                Shape::Integer { least, most } => (least as f64, most as f64),
                _ => (f64::NEG_INFINITY, f64::INFINITY),
            };
            own.push(Own { sort: sort.clone(), path, bounds });
        }
        let again = match &note.again {
            Some(written) => Some(self.path(record, written)?.0),
            None => None,
        };
        let gives = match &note.gives {
            Some(note) => {
                let (at, given) = self.record_path(record, &note.at)?;
                let optional = match &note.optional {
                    Some(written) => Some(self.path(given, written)?.0),
                    None => None,
                };
                let (by, target) = (self.path(given, &note.by)?.0, self.path(given, &note.target)?.0);
                Some(Gives { at, by, target, optional, meets: note.meets.clone() })
            }
            None => None,
        };
        let (any, means, longest) = (note.any, note.means.clone(), note.longest);
        Some(Requires {
            record,
            kind,
            at,
            any,
            by,
            target,
            value,
            operator,
            means,
            own,
            longest,
            again,
            gives,
        })
    }

    /// The kind of the objects of a record.
    pub(super) fn keyed(&mut self, record: RecordId, written: &Written) -> Option<KindId> {
        let key = self.model.record(record).key().map(|(kind, _)| kind);
        if key.is_none() {
            let name = self.model.record(record).name.clone();
            self.findings.push(
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
                self.findings.push(
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
                        self.findings.push(
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
                self.findings.push(
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
pub(crate) fn names(field: &Field, name: &str) -> bool {
    field.origin == Origin::Property && field.json == name
}

impl Model {
    /// The position of a field by the name of its property.
    pub(crate) fn field_named(&self, record: RecordId, name: &str) -> Option<usize> {
        self.record(record).fields.iter().position(|field| names(field, name))
    }
}
