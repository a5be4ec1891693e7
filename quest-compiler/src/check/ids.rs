//! The ids of every kind: where each is defined, and finding one by its text.

use super::rows::{Content, Row};
use crate::diagnostics::{Diagnostic, Level, code, near, nouns};
use crate::schema::{KindId, Model, Origin, RecordId, Shape};
use crate::source::{Node, NodeKind};
use crate::text::Span;
use quest_format::lookup::{Lookup, hash_id, slots_for};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// An id.
#[derive(Clone, Debug)]
pub struct Id<'a> {
    pub text: Cow<'a, str>,
    /// Row of the id in whose scope this one is unique; 0 where the kind has no scope.
    pub parent: u32,
    /// Where it is defined.
    pub span: Option<Span>,
}

/// The ids of one kind, in row order, with the lookup table that is written for the game as it is.
#[derive(Clone, Debug, Default)]
pub struct IdTable<'a> {
    pub list: Vec<Id<'a>>,
    pub lookup: Lookup,
    scoped: bool,
    /// The rows of ids with capital letters or `_`, as few are: to look at all again for them would take longer than to collect them.
    pub mixed_case_rows: Vec<u32>,
    /// Of kinds of which not every object has an id: the ids of those that have one.
    owned: HashMap<(RecordId, u32), u32>,
}

impl<'a> IdTable<'a> {
    fn hash(&self, parent: u32, text: &str) -> u64 {
        hash_id(text, self.scoped.then_some(parent))
    }

    /// The row of an id.
    pub fn find(&self, parent: u32, text: &str) -> Option<u32> {
        self.lookup.find(self.hash(parent, text), |row| {
            self.list.get(row as usize).is_some_and(|id| id.text == text && id.parent == parent)
        })
    }

    /// Adds an id; if it is there already, the row of the first.
    fn insert(&mut self, id: Id<'a>) -> Result<u32, u32> {
        if let Some(row) = self.find(id.parent, &id.text) {
            return Err(row);
        }
        let row = self.list.len() as u32;
        let hash = self.hash(id.parent, &id.text);
        if id.text.bytes().any(|byte| byte.is_ascii_uppercase() || byte == b'_') {
            self.mixed_case_rows.push(row);
        }
        self.list.push(id);
        if self.lookup.is_full() {
            self.rebuild(self.list.len());
        } else {
            self.lookup.insert(row, hash);
        }
        Ok(row)
    }

    /// Makes room for so many ids, none being there yet.
    fn reserve(&mut self, count: usize) {
        self.lookup = Lookup::with_capacity(count);
        self.list.reserve(count);
    }

    /// Builds the lookup again, with room for `count` ids. Objects without an id are left out: nothing finds them.
    fn rebuild(&mut self, count: usize) {
        self.lookup = Lookup::with_capacity(count);
        for row in 0..self.list.len() {
            let Id { text, parent, span } = &self.list[row];
            let is_missing = text.is_empty() && span.is_none();
            if !is_missing && self.find(*parent, text).is_none() {
                let hash = self.hash(*parent, text);
                self.lookup.insert(row as u32, hash);
            }
        }
    }
}

/// The ids of all kinds.
#[derive(Debug)]
pub struct IdTables<'a> {
    pub kinds: Vec<IdTable<'a>>,
    /// Of scoped kinds: for each parent row, the rows of its ids, in order.
    children: Vec<Vec<Vec<u32>>>,
    /// Of ids that several objects have: for the first all others, for each other the first.
    pub duplicates: HashMap<(KindId, u32), Vec<u32>>,
}

impl<'a> IdTables<'a> {
    pub fn of(&self, kind: KindId) -> &IdTable<'a> {
        &self.kinds[kind.0 as usize]
    }

    pub fn id(&self, kind: KindId, row: u32) -> &Id<'a> {
        &self.of(kind).list[row as usize]
    }

    /// The id of a row.
    pub fn own(&self, model: &Model, content: &Content<'_>, kind: KindId, row: Row) -> Option<u32> {
        own(model, content, self.of(kind), kind, row)
    }

    /// The id of the object of `kind` in which a row stands, the row itself included.
    pub fn enclosing(&self, model: &Model, content: &Content<'_>, row: Row, kind: KindId) -> Option<u32> {
        enclosing(model, content, &self.kinds, row, kind)
    }

    /// The ids in the scope of a parent.
    pub fn children(&self, kind: KindId, parent: u32) -> &[u32] {
        self.children[kind.0 as usize].get(parent as usize).map_or(&[], Vec::as_slice)
    }

    /// Adds an id of a kind that accepts any; the row if it is there already.
    pub fn accept(&mut self, kind: KindId, text: Cow<'a, str>) -> u32 {
        match self.kinds[kind.0 as usize].insert(Id { text, parent: 0, span: None }) {
            Ok(row) | Err(row) => row,
        }
    }

    /// `iron-path:find-descent`: the id with those of its scopes in front.
    pub fn path(&self, model: &Model, kind: KindId, row: u32) -> String {
        let id = self.id(kind, row);
        match model.kind(kind).parent {
            Some(parent) if (id.parent as usize) < self.of(parent).list.len() => {
                format!("{}:{}", self.path(model, parent, id.parent), id.text)
            }
            Some(_) => id.text.clone().into_owned(),
            None => id.text.clone().into_owned(),
        }
    }
}

/// The id of the object of `kind` in which a row stands, the row itself included.
///
/// Where every object has an id of its own, id rows are table rows, so that a stage's id leads to the stage without a search.
fn enclosing(
    model: &Model,
    content: &Content<'_>,
    kinds: &[IdTable<'_>],
    row: Row,
    kind: KindId,
) -> Option<u32> {
    let records = &model.kind(kind).records;
    let around = std::iter::successors(Some(row), |row| content.owner(*row))
        .find(|row| records.contains(&row.record))?;
    own(model, content, &kinds[kind.0 as usize], kind, around)
}

/// The id of a row.
fn own(model: &Model, content: &Content<'_>, ids: &IdTable<'_>, kind: KindId, row: Row) -> Option<u32> {
    if model.kind(kind).one_to_one() {
        Some(content.base(model, kind, row.record) + row.row)
    } else {
        ids.owned.get(&(row.record, row.row)).copied()
    }
}

/// The text of an id: a string, or a whole number in digits.
pub fn id_text(node: Node<'_>) -> Option<Cow<'_, str>> {
    match node.kind() {
        NodeKind::Integer | NodeKind::Float => node.integer().map(|number| Cow::Owned(number.to_string())),
        _ => node.text(),
    }
}

/// What follows a prefix.
pub(super) fn without_prefix<'a>(text: Cow<'a, str>, prefix: &str) -> Option<Cow<'a, str>> {
    match text {
        text if prefix.is_empty() => Some(text),
        Cow::Borrowed(text) => text.strip_prefix(prefix).map(Cow::Borrowed),
        Cow::Owned(text) => text.strip_prefix(prefix).map(|rest| Cow::Owned(rest.to_owned())),
    }
}

/// Collects the ids that content and registries define; reports those that are there twice.
pub fn collect<'a>(
    model: &Model,
    content: &Content<'a>,
    registries: &[(KindId, Node<'a>)],
    listed: &'a [(KindId, String, Option<Span>)],
    file_names: &'a [String],
    diagnostics: &mut Vec<Diagnostic>,
) -> IdTables<'a> {
    let mut kinds: Vec<IdTable<'a>> = model
        .kinds
        .iter()
        .map(|kind| IdTable { scoped: kind.parent.is_some(), ..IdTable::default() })
        .collect();
    let mut duplicates: HashMap<(KindId, u32), Vec<u32>> = HashMap::new();
    let mut reported = None;
    // Parents first: `quest` before `quest.stage`.
    let mut order: Vec<usize> = (0..model.kinds.len()).collect();
    order.sort_by_key(|at| model.scopes(KindId(*at as u32)).count());
    for at in order {
        let kind = KindId(at as u32);
        if !model.kind(kind).by_content() {
            continue;
        }
        let mut found = Vec::new();
        for record in &model.kind(kind).records {
            let ids = &model.record(*record).keys;
            let Some((_, field)) = ids.iter().find(|(of, _)| *of == kind) else { continue };
            let from_file = model.record(*record).fields[*field].origin == Origin::FileName;
            for row in 0..content.table(*record).len() {
                let row = Row { record: *record, row };
                content.look_ahead(row, std::iter::once(*field));
                let node = content.node(row, *field);
                let text = if from_file {
                    let name = &file_names[content.document_number(row)];
                    Some((Cow::Borrowed(name.as_str()), content.opening(row)))
                } else {
                    node.and_then(|node| Some((id_text(node)?, node.span())))
                };
                found.push((row, text));
            }
        }
        let objects = found.len();
        for (row, node) in defined_in_lists(model, content, kind) {
            found.push((row, id_text(node).map(|text| (text, node.span()))));
        }
        kinds[at].reserve(found.len());
        for (number, (row, text)) in found.into_iter().enumerate() {
            // An element of a list is an id of its own, and not that of the object in which the list stands.
            let is_own = number < objects;
            let around = model
                .kind(kind)
                .parent
                .map(|parent| (parent, enclosing(model, content, &kinds, row, parent)));
            if let (Some((parent, None)), Some((_, span))) = (around, &text) {
                diagnostics.push(homeless(model.kind(kind).noun(), model.kind(parent).noun(), *span));
            }
            let parent = around.and_then(|(_, parent)| parent).unwrap_or(0);
            let ids = &mut kinds[at];
            // Of a kind whose objects all have ids, a row without one still takes its place in the table. If it must have one, that has been reported.
            let Some((text, span)) = text else {
                if model.kind(kind).partial {
                    continue;
                }
                ids_without(ids, parent);
                continue;
            };
            let prefix = &model.kind(kind).prefix;
            let text = without_prefix(text.clone(), prefix).unwrap_or_else(|| {
                let reported = reported.get_or_insert_with(|| Reported::of(diagnostics));
                if !reported.errors.contains(&span) {
                    diagnostics.push(no_prefix(model.kind(kind).noun(), &text, prefix, span));
                }
                text
            });
            let reported = reported.get_or_insert_with(|| Reported::of(diagnostics));
            if text.is_empty() {
                if !reported.any.contains(&span) {
                    diagnostics.push(empty(model.kind(kind).noun(), span));
                }
                if !model.kind(kind).partial && is_own {
                    ids_without(ids, parent);
                }
                continue;
            }
            let id = Id { text, parent, span: Some(span) };
            let first = match ids.insert(id.clone()) {
                Err(first) if !model.kind(kind).shared => first,
                Ok(entered) | Err(entered) => {
                    if is_own && !model.kind(kind).one_to_one() {
                        ids.owned.insert((row.record, row.row), entered);
                    }
                    continue;
                }
            };
            // What stands in the second object has that as its scope, so that it is not there twice as well.
            let second = ids.list.len() as u32;
            if is_own && !model.kind(kind).one_to_one() {
                ids.owned.insert((row.record, row.row), second);
            }
            duplicates.entry((kind, first)).or_default().push(second);
            duplicates.insert((kind, second), vec![first]);
            if !reported.explains(&id.text, span) {
                let scope = model.kind(kind).parent.and_then(|parent| {
                    Some((
                        model.kind(parent).noun(),
                        &kinds[parent.0 as usize].list.get(id.parent as usize)?.text,
                    ))
                });
                let first = &kinds[at].list[first as usize];
                let source =
                    source(model, kind, row, first.span.is_some_and(|first| first.file == span.file));
                diagnostics.push(twice(model.kind(kind).noun(), scope, source, &id, first));
            }
            kinds[at].list.push(id);
        }
        kinds[at].fit();
    }
    let by_content: Vec<u32> = kinds.iter().map(|ids| ids.list.len() as u32).collect();
    let mut register = |kind: KindId, id: Id<'a>, place: &str| {
        let described = model.kind(kind);
        if let (true, Some(span)) = (id.text.is_empty(), id.span) {
            diagnostics.push(empty(described.noun(), span));
            return;
        }
        if let (Some(parent), Some(span)) = (described.parent, id.span) {
            diagnostics.push(homeless(described.noun(), model.kind(parent).noun(), span));
            return;
        }
        let text = without_prefix(id.text.clone(), &described.prefix).unwrap_or(id.text);
        let id = Id { text, ..id };
        let ids = &mut kinds[kind.0 as usize];
        if let Err(first) = ids.insert(id.clone()) {
            let defined = first < by_content[kind.0 as usize];
            diagnostics.push(registered_twice(
                described.noun(),
                place,
                defined,
                &id,
                &ids.list[first as usize],
            ));
        }
    };
    for (kind, node) in registries {
        let id = Id { text: id_text(*node).unwrap_or_default(), parent: 0, span: Some(node.span()) };
        register(*kind, id, "the registry");
    }
    for (kind, text, span) in listed {
        let id = Id { text: Cow::Borrowed(text.as_str()), parent: 0, span: *span };
        register(*kind, id, "the manifest");
    }
    let children = (0..model.kinds.len())
        .map(|at| {
            let Some(parent) = model.kinds[at].parent else { return Vec::new() };
            let mut children = vec![Vec::new(); kinds[parent.0 as usize].list.len()];
            for (row, id) in kinds[at].list.iter().enumerate() {
                if let Some(list) = children.get_mut(id.parent as usize) {
                    list.push(row as u32);
                }
            }
            children
        })
        .collect::<Vec<_>>();
    IdTables { kinds, children, duplicates }
}

/// The elements of lists that define ids of a kind, each with the row in which the list stands.
fn defined_in_lists<'a>(model: &Model, content: &Content<'a>, kind: KindId) -> Vec<(Row, Node<'a>)> {
    let mut found = Vec::new();
    for (at, record) in model.records.iter().enumerate().filter(|_| model.kind(kind).listed) {
        let record_id = RecordId(at as u32);
        for (field, shape) in record.fields.iter().map(|field| field.shape.element()).enumerate() {
            if !matches!(shape, Shape::Link(resolves) if resolves.defines && resolves.kinds == [kind]) {
                continue;
            }
            for row in 0..content.table(record_id).len() {
                let row = Row { record: record_id, row };
                if let Some(list) = content.node(row, field) {
                    let named = super::resolve::references(list).filter(|element| !element.is_null());
                    found.extend(named.map(|element| (row, element)));
                }
            }
        }
    }
    found
}

/// An object that must have an id and has none still takes its place in the table.
fn ids_without(ids: &mut IdTable<'_>, parent: u32) {
    ids.list.push(Id { text: Cow::Borrowed(""), parent, span: None });
}

fn empty(noun: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&code::MISSING_PROPERTY, format!("{} needs an id", nouns::with_article(noun)))
        .label(span, "is empty")
        .help("write the text by which others refer to it")
}

fn no_prefix(noun: &str, text: &str, prefix: &str, span: Span) -> Diagnostic {
    let one = nouns::with_article(noun);
    // What stands in its place may be a misspelt one.
    let sign = prefix.chars().next_back().filter(|sign| !sign.is_alphanumeric());
    let bare = sign
        .and_then(|sign| text.split_once(sign))
        .filter(|(head, _)| !near(head, std::iter::once(prefix)).is_empty());
    let bare = bare.map_or(text, |(_, bare)| bare);
    Diagnostic::new(&code::PATTERN, format!("the id of {one} starts with `{prefix}`: `{text}` does not"))
        .label(span, "has no such start")
        .help(format!("write `{prefix}{bare}`"))
}

impl IdTable<'_> {
    /// Sizes the lookup for the ids that are there.
    fn fit(&mut self) {
        if slots_for(self.list.len()) != self.lookup.slots().len() {
            self.rebuild(self.list.len());
        }
    }
}

/// What was said about places before ids were collected.
struct Reported {
    any: HashSet<Span>,
    errors: HashSet<Span>,
    /// Names that are there twice.
    names: HashSet<Span>,
}

impl Reported {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let names = diagnostics.iter().filter(|diagnostic| diagnostic.code.id == code::DUPLICATE_PROPERTY.id);
        let errors = diagnostics.iter().filter(|diagnostic| diagnostic.level == Level::Deny);
        Self {
            any: diagnostics.iter().filter_map(Diagnostic::span).collect(),
            errors: errors.filter_map(Diagnostic::span).collect(),
            names: names.filter_map(Diagnostic::span).collect(),
        }
    }

    /// Whether that an id is there twice only follows from what was said: its name is there twice, or it is no id.
    fn explains(&self, text: &str, span: Span) -> bool {
        self.names.contains(&span) || text.is_empty() && self.any.contains(&span)
    }
}

/// Where an id comes from, as far as it matters to who has to change it.
enum Source {
    Object,
    List,
    /// The name of the file; in one file it can be there once only.
    FileName {
        one_file: bool,
    },
}

fn source(model: &Model, kind: KindId, row: Row, one_file: bool) -> Source {
    let record = model.record(row.record);
    match record.keys.iter().find(|(of, _)| *of == kind) {
        Some((_, field)) if record.fields[*field].origin == Origin::FileName => Source::FileName { one_file },
        Some(_) => Source::Object,
        None => Source::List,
    }
}

fn twice(
    noun: &str,
    scope: Option<(&str, &Cow<'_, str>)>,
    source: Source,
    second: &Id<'_>,
    first: &Id<'_>,
) -> Diagnostic {
    let within = scope.map_or_else(String::new, |(noun, id)| format!(" in {} `{id}`", nouns::spoken(noun)));
    let title = format!("two {} have the id `{}`{within}", nouns::plural(noun), second.text);
    let diagnostic =
        both(Diagnostic::new(&code::DUPLICATE_ID, title), second, first, "the second one", "the first one");
    let noun = nouns::spoken(noun);
    match source {
        Source::Object => {
            diagnostic.help(format!("give one of them another id, and change what refers to that {noun}"))
        }
        Source::List => {
            diagnostic.help(format!("remove one of them, or change it and what refers to that {noun}"))
        }
        Source::FileName { one_file: false } => diagnostic
            .note("the id is the name of the file up to its first dot")
            .help(format!("rename one of the files, and change what refers to that {noun}")),
        Source::FileName { one_file: true } => diagnostic
            .note("the id is the name of the file up to its first dot")
            .help("move one of them into a file of its own"),
    }
}

fn registered_twice(
    noun: &str,
    place: &str,
    by_content: bool,
    second: &Id<'_>,
    first: &Id<'_>,
) -> Diagnostic {
    let text = &second.text;
    if by_content {
        let title = format!("the {} `{text}` is in {place} too", nouns::spoken(noun));
        return both(
            Diagnostic::new(&code::DUPLICATE_ID, title),
            second,
            first,
            "listed again",
            "content defines it here",
        )
        .help(format!("take it out of {place}: content defines it"));
    }
    let title = format!("two {} have the id `{text}`", nouns::plural(noun));
    both(Diagnostic::new(&code::DUPLICATE_ID, title), second, first, "the second one", "the first one")
        .help("take one of them out, or give it another id")
}

fn both(
    mut diagnostic: Diagnostic,
    second: &Id<'_>,
    first: &Id<'_>,
    of_second: &str,
    of_first: &str,
) -> Diagnostic {
    if let Some(span) = second.span {
        diagnostic = diagnostic.label(span, of_second);
    }
    if let Some(span) = first.span {
        diagnostic = diagnostic.label(span, of_first);
    }
    diagnostic
}

/// An id that is unique within an object, and stands in none.
fn homeless(noun: &str, parent: &str, span: Span) -> Diagnostic {
    let (noun, parent) = (nouns::spoken(noun), nouns::spoken(parent));
    Diagnostic::new(&code::HOMELESS, format!("this {noun} belongs to no {parent}"))
        .label(span, format!("stands in no {parent}"))
        .help(format!("move it into the {parent} that it belongs to"))
}
