//! Collects the ids that content, registries and the manifest define.

use super::messages::{self, IdOrigin};
use super::{Id, IdTable, IdTables, enclosing, id_text, without_prefix};
use crate::check::Sink;
use crate::check::rows::{Content, Row, references};
use crate::schema::{KindId, Model, Origin, RecordId, Shape};
use crate::source::Node;
use crate::text::Span;
use std::borrow::Cow;
use std::collections::HashMap;

/// Where ids come from that are no properties of objects.
#[derive(Clone, Copy, Default)]
pub struct IdSources<'s, 'a> {
    /// The ids in the files of registries.
    pub registries: &'s [(KindId, Node<'a>)],
    /// The ids that the manifest lists.
    pub listed: &'a [(KindId, String, Option<Span>)],
    /// The name of each document's file up to its first dot, by position.
    pub file_names: &'a [String],
}

/// Collects the ids that content and registries define; reports ids that are missing, misplaced or defined twice.
pub fn collect<'a>(
    model: &Model,
    content: &Content<'a>,
    sources: IdSources<'_, 'a>,
    sink: &mut Sink<'_>,
) -> IdTables<'a> {
    let table = |scoped| IdTable { scoped, ..IdTable::default() };
    let kinds = model.kinds.iter().map(|kind| table(kind.parent.is_some())).collect();
    let mut collector =
        Collector { model, content, kinds, duplicates: HashMap::new(), file_names: sources.file_names, sink };
    // Parents first: `quest` before `quest.stage`.
    let mut order: Vec<KindId> = (0..model.kinds.len() as u32).map(KindId).collect();
    order.sort_by_key(|kind| model.scopes(*kind).count());
    for kind in order.into_iter().filter(|kind| model.kind(*kind).by_content()) {
        collector.kind(kind, sources.file_names);
    }
    collector.register_all(sources);
    let Collector { kinds, duplicates, .. } = collector;
    let children = (0..model.kinds.len()).map(|at| children(model, &kinds, KindId(at as u32))).collect();
    IdTables { kinds, children, duplicates }
}

/// The id rows of a kind by their parent's row.
fn children(model: &Model, kinds: &[IdTable<'_>], kind: KindId) -> Vec<Vec<u32>> {
    let Some(parent) = model.kind(kind).parent else { return Vec::new() };
    let mut children = vec![Vec::new(); kinds[parent.0 as usize].list.len()];
    for (id, row) in kinds[kind.0 as usize].list.iter().zip(0..) {
        if let Some(list) = children.get_mut(id.parent as usize) {
            list.push(row);
        }
    }
    children
}

/// A value that defines an id.
struct Definition<'a> {
    /// The object that has the id, or whose list contains it.
    row: Row,
    /// Whether the id is that of the row's object, and not an element of a list in it.
    is_own: bool,
    /// `None` if there is no id, or one that is neither a text nor a whole number.
    text: Option<(Cow<'a, str>, Span)>,
}

struct Collector<'c, 'a, 'd> {
    model: &'c Model,
    content: &'c Content<'a>,
    kinds: Vec<IdTable<'a>>,
    duplicates: HashMap<(KindId, u32), Vec<u32>>,
    file_names: &'a [String],
    sink: &'c mut Sink<'d>,
}

impl<'a> Collector<'_, 'a, '_> {
    fn table(&mut self, kind: KindId) -> &mut IdTable<'a> {
        &mut self.kinds[kind.0 as usize]
    }

    /// Collects the ids of one kind. Those of the kinds to which it belongs must have been collected before.
    fn kind(&mut self, kind: KindId, file_names: &'a [String]) {
        let mut found = self.keys(kind, file_names);
        found.extend(self.list_elements(kind));
        self.table(kind).reserve(found.len());
        for definition in found {
            self.define(kind, definition);
        }
        self.table(kind).fit();
    }

    /// The ids of objects.
    fn keys(&self, kind: KindId, file_names: &'a [String]) -> Vec<Definition<'a>> {
        let (model, content) = (self.model, self.content);
        let mut found = Vec::new();
        for record in model.kind(kind).records.iter().copied() {
            let keys = &model.record(record).keys;
            let Some((_, field)) = keys.iter().find(|(of, _)| *of == kind) else { continue };
            let from_file = model.record(record).fields[*field].origin == Origin::FileName;
            for row in (0..content.table(record).len()).map(|row| Row { record, row }) {
                content.look_ahead(row, std::iter::once(*field));
                let text = if from_file {
                    let name = &file_names[content.document_number(row)];
                    Some((Cow::Borrowed(name.as_str()), content.opening(row)))
                } else {
                    content.node(row, *field).and_then(id_and_span)
                };
                found.push(Definition { row, is_own: true, text });
            }
        }
        found
    }

    /// The ids that are elements of lists.
    fn list_elements(&self, kind: KindId) -> Vec<Definition<'a>> {
        let mut found = Vec::new();
        if !self.model.kind(kind).listed {
            return found;
        }
        for (at, described) in self.model.records.iter().enumerate() {
            let record = RecordId(at as u32);
            for (field, shape) in described.fields.iter().map(|field| field.shape.element()).enumerate() {
                if !matches!(shape, Shape::Link(spec) if spec.defines && spec.kinds == [kind]) {
                    continue;
                }
                for row in (0..self.content.table(record).len()).map(|row| Row { record, row }) {
                    let list = self.content.node(row, field).map(references).into_iter().flatten();
                    let elements = list.filter(|element| !element.is_null()).map(id_and_span);
                    found.extend(elements.map(|text| Definition { row, is_own: false, text }));
                }
            }
        }
        found
    }

    fn define(&mut self, kind: KindId, definition: Definition<'a>) {
        let described = self.model.kind(kind);
        let parent = self.parent(kind, &definition);
        let Definition { row, is_own, text } = definition;
        // Where id rows are table rows, an object without an id still takes its row. Validation has reported it.
        let Some((text, span)) = text else {
            if !described.partial {
                self.table(kind).push_missing(parent);
            }
            return;
        };
        let text = self.strip_prefix(kind, text, span);
        if text.is_empty() {
            if !self.sink.is_reported(span) {
                self.report(messages::empty(described.noun(), span), span);
            }
            if !described.partial && is_own {
                self.table(kind).push_missing(parent);
            }
            return;
        }
        let id = Id { text, parent, span: Some(span) };
        let own_row = match self.table(kind).insert(id.clone()) {
            Err(first) if !described.shared => self.define_again(kind, row, &id, first),
            Ok(entered) | Err(entered) => entered,
        };
        if is_own && !described.one_to_one() {
            self.table(kind).owned.insert((row.record, row.row), own_row);
        }
    }

    /// Adds a second object with the id of a first; returns its id row, so that what belongs to it is not reported as defined twice too.
    fn define_again(&mut self, kind: KindId, row: Row, id: &Id<'a>, first: u32) -> u32 {
        let model = self.model;
        let table = self.table(kind);
        let second = table.list.len() as u32;
        table.list.push(id.clone());
        self.duplicates.entry((kind, first)).or_default().push(second);
        self.duplicates.insert((kind, second), vec![first]);
        let Some(span) = id.span.filter(|span| !self.sink.is_duplicate_name(*span)) else { return second };
        let scope = model.kind(kind).parent.and_then(|parent| {
            let id = self.kinds[parent.0 as usize].list.get(id.parent as usize)?;
            Some((model.kind(parent).noun(), &id.text))
        });
        let first = &self.kinds[kind.0 as usize].list[first as usize];
        let same_file = first.span.is_some_and(|first| first.file == span.file);
        let origin = origin(model, kind, row, same_file);
        // A copied file does not make its original the second one.
        let (first_name, second_name) = (self.file_name(first.span), self.file_name(id.span));
        let copied = !same_file && is_copy(first_name, second_name, &id.text);
        let (second_id, first_id) = if copied { (first, id) } else { (id, first) };
        let diagnostic = messages::duplicate(model.kind(kind), scope, origin, second_id, first_id);
        if !same_file && let Some(copy) = second_id.span {
            let object = self.content.object_at(copy);
            let other = first_id.span.and_then(|span| self.content.object_at(span));
            if let (Some(object), Some(other)) = (object, other)
                && object.raw() == other.raw()
            {
                self.sink.add_copy(object.span(), copy);
            }
        }
        self.sink.emit(diagnostic);
        second
    }

    /// The name of a content file up to its first dot.
    fn file_name(&self, span: Option<Span>) -> &'a str {
        let file = span.map(|span| span.file);
        let at = self.content.documents.iter().position(|document| Some(document.file) == file);
        at.and_then(|at| self.file_names.get(at)).map_or("", String::as_str)
    }

    /// The row of the object in which an id is unique; reports an id outside of any.
    fn parent(&mut self, kind: KindId, definition: &Definition<'a>) -> u32 {
        let Some(parent) = self.model.kind(kind).parent else { return 0 };
        let around = enclosing(self.model, self.content, &self.kinds, definition.row, parent);
        if let (None, Some((_, span))) = (around, &definition.text) {
            self.report_missing_parent(kind, parent, *span);
        }
        around.unwrap_or(0)
    }

    fn report_missing_parent(&mut self, kind: KindId, parent: KindId, span: Span) {
        let (noun, parent) = (self.model.kind(kind).noun(), self.model.kind(parent).noun());
        self.report(messages::missing_parent(noun, parent, span), span);
    }

    /// The id without the prefix that its kind has; reports an id without it.
    fn strip_prefix(&mut self, kind: KindId, text: Cow<'a, str>, span: Span) -> Cow<'a, str> {
        let described = self.model.kind(kind);
        if let Some(text) = without_prefix(text.clone(), &described.prefix) {
            return text;
        }
        if !self.sink.has_error(span) {
            self.report(messages::no_prefix(described.noun(), &text, &described.prefix, span), span);
        }
        text
    }

    /// Adds the ids of registries and of the manifest.
    fn register_all(&mut self, sources: IdSources<'_, 'a>) {
        let by_content: Vec<u32> = self.kinds.iter().map(|table| table.list.len() as u32).collect();
        for (kind, node) in sources.registries {
            let text = id_text(*node).unwrap_or_default();
            let id = Id { text, parent: 0, span: Some(node.span()) };
            self.register(*kind, id, "the registry", by_content[kind.0 as usize]);
        }
        for (kind, text, span) in sources.listed {
            let id = Id { text: Cow::Borrowed(text.as_str()), parent: 0, span: *span };
            self.register(*kind, id, "the manifest", by_content[kind.0 as usize]);
        }
    }

    /// Adds an id of a registry. Rows below `by_content` are those of ids that content defines.
    fn register(&mut self, kind: KindId, id: Id<'a>, registry: &str, by_content: u32) {
        let described = self.model.kind(kind);
        if let (true, Some(span)) = (id.text.is_empty(), id.span) {
            return self.report(messages::empty(described.noun(), span), span);
        }
        if let (Some(parent), Some(span)) = (described.parent, id.span) {
            return self.report_missing_parent(kind, parent, span);
        }
        let text = without_prefix(id.text.clone(), &described.prefix).unwrap_or(id.text);
        let id = Id { text, ..id };
        if let Err(first) = self.table(kind).insert(id.clone()) {
            let first_id = &self.kinds[kind.0 as usize].list[first as usize];
            let in_content = first < by_content;
            let diagnostic = messages::registered_twice(described, registry, in_content, &id, first_id);
            self.sink.emit(diagnostic);
        }
    }

    /// Reports that an id is wrong in itself.
    fn report(&mut self, diagnostic: crate::diagnostics::Diagnostic, span: Span) {
        self.sink.taint_value(span, diagnostic.level);
        self.sink.emit(diagnostic);
    }
}

/// Whether the first of two files is a copy of the second, by their names and the id that both define.
fn is_copy(first: &str, second: &str, id: &str) -> bool {
    const MARKS: [&str; 7] = ["copy", "kopie", "backup", "old", "duplicate", "(1)", "(2)"];
    let marked = |name: &str| MARKS.iter().any(|mark| name.to_lowercase().contains(mark));
    let longer =
        |name: &str, other: &str| !other.is_empty() && name.len() > other.len() && name.starts_with(other);
    match (marked(first), marked(second)) {
        (true, false) => true,
        (false, true) => false,
        _ => first != id && (second == id || longer(first, second)),
    }
}

fn id_and_span(node: Node<'_>) -> Option<(Cow<'_, str>, Span)> {
    Some((id_text(node)?, node.span()))
}

fn origin(model: &Model, kind: KindId, row: Row, one_file: bool) -> IdOrigin {
    let record = model.record(row.record);
    match record.keys.iter().find(|(of, _)| *of == kind) {
        Some((_, field)) if record.fields[*field].origin == Origin::FileName => {
            IdOrigin::FileName { one_file }
        }
        Some(_) => IdOrigin::Object,
        None => IdOrigin::List,
    }
}
