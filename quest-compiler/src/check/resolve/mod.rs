//! Resolution of references to rows of ids.

mod blame;
mod columns;
mod display_names;
mod names;
mod path;
mod search;
mod unknown;
mod unread;
mod wrong_kind;

use super::ids::{IdTables, id_text};
use super::rows::{Content, Row, references};
use crate::check::Sink;
use crate::diagnostics::{Diagnostic, code, did_you_mean, near, nouns};
use crate::schema::{
    DefaultValue, Field, IdAffix, KindId, Mapping, Model, RefSpec, RefSyntax, SchemaIdRef, Shape, Target,
};
use crate::source::{Node, NodeKind};
use crate::text::Span;
use search::{SearchResult, written};
use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::HashMap;

use blame::Unknown;
pub use columns::RefColumns;
use display_names::Registries;
pub use unread::{Lost, Unread};

/// The result of resolving one reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResolvedRef {
    Absent,
    /// The index of the id's kind among those that the reference allows, and the row of the id.
    Id(u8, u32),
    /// Unknown, which the schema tolerates.
    Unknown,
    /// Free text.
    Text,
}

/// Content whose references are resolved.
#[derive(Debug)]
pub struct Resolved<'a> {
    pub content: Content<'a>,
    pub ids: IdTables<'a>,
    pub references: RefColumns,
}

impl Resolved<'_> {
    /// The references in a field, in the order of its elements; empty if the field is no reference.
    pub fn refs(&self, row: Row, field: usize) -> &[ResolvedRef] {
        self.references.of(row, field)
    }

    /// The only reference in a field.
    pub fn one_ref(&self, row: Row, field: usize) -> ResolvedRef {
        self.refs(row, field).first().copied().unwrap_or(ResolvedRef::Absent)
    }
}

/// Resolves every reference; reports those that are unknown, ambiguous or of another kind.
pub fn resolve<'a>(
    model: &Model,
    content: Content<'a>,
    ids: IdTables<'a>,
    hints: &Hints<'_>,
    sink: &mut Sink<'_>,
) -> Resolved<'a> {
    let mut resolver = Resolver {
        model,
        resolved: Resolved { content, ids, references: RefColumns::new(model) },
        unchecked: vec![0; model.kinds.len()],
        unread: hints.unread,
        hints,
        rows: RefCell::default(),
        display_names: RefCell::default(),
        unknown: Vec::new(),
        objects: RefCell::default(),
        looks: std::cell::Cell::new(MAX_COMPARISONS),
        suggested: HashMap::new(),
        sink,
    };
    for at in 0..model.records.len() {
        resolver.record(crate::schema::RecordId(at as u32));
    }
    resolver.report_unknown();
    resolver.check_schema_ids();
    resolver.undefined_kinds();
    resolver.resolved
}

/// What else is known when references are resolved.
pub struct Hints<'h> {
    /// The files that may define what nothing seems to define.
    pub unread: &'h Unread<'h>,
    /// The files of registries, which say what their ids are called.
    pub registries: Registries<'h>,
    /// The kinds of the registries of the manifest, even if no schema names them.
    pub registry_names: &'h [String],
    /// Whether the last release had an id: the path of its kind, and its own.
    pub released: &'h dyn Fn(&str, &str) -> bool,
}

/// The suggestion for an unknown id: a help line, or similar ids.
type Suggestion = (Option<String>, Vec<String>);

/// The budget for suggestions: each unknown id is compared with every id of its kinds, and once this many comparisons were made no
/// more suggestions are.
const MAX_COMPARISONS: usize = 500_000;

struct Resolver<'m, 'a, 'f, 'd> {
    model: &'m Model,
    resolved: Resolved<'a>,
    /// The number of references to each kind that nothing defines.
    unchecked: Vec<usize>,
    unread: &'f Unread<'f>,
    hints: &'f Hints<'f>,
    /// The rows of ids by their text, filled on demand for each kind.
    rows: RefCell<HashMap<KindId, HashMap<String, Vec<u32>>>>,
    /// The ids of each kind by what players read, filled on demand.
    display_names: RefCell<HashMap<KindId, HashMap<String, Vec<u32>>>>,
    /// References that name nothing. They are reported at the end, when it is known what they have in common.
    unknown: Vec<Unknown>,
    /// The objects of ids, filled on demand for kinds whose id rows are not table rows.
    objects: RefCell<HashMap<KindId, HashMap<u32, Row>>>,
    /// The comparisons left for suggestions.
    looks: std::cell::Cell<usize>,
    /// Suggestions for the unknown ids so far.
    suggested: HashMap<String, (Vec<KindId>, Suggestion)>,
    sink: &'f mut Sink<'d>,
}

/// What a reference may name, and how: that of a [`RefSpec`], or of one variant of a [`Target`].
struct RefQuery<'s> {
    kinds: &'s [KindId],
    affixes: &'s [IdAffix],
    /// The kinds that a resolved reference numbers.
    numbering: &'s [KindId],
    syntax: &'s RefSyntax,
    tolerated: bool,
    lint: Option<&'s str>,
    /// Where it can also be `null`, what that means is known.
    nullable: bool,
    /// It leads from one node of a flow to another, so that only nodes of the same object can be named.
    edge: bool,
}

impl<'s> RefQuery<'s> {
    fn of_spec(spec: &'s RefSpec) -> Self {
        Self {
            kinds: &spec.kinds,
            affixes: &spec.affixes,
            numbering: &spec.kinds,
            syntax: &spec.syntax,
            tolerated: spec.tolerated,
            lint: spec.lint.as_deref(),
            nullable: false,
            edge: false,
        }
    }

    /// The query where the sibling has the variant of that index.
    fn of_target(target: &'s Target, variant: usize) -> Self {
        Self {
            kinds: &target.kinds[variant],
            affixes: &target.affixes[variant],
            numbering: &target.all,
            syntax: &target.syntax,
            tolerated: target.tolerated,
            lint: target.lint.as_deref(),
            nullable: false,
            edge: false,
        }
    }

    /// How a resolved reference numbers a kind.
    fn number(&self, kind: KindId) -> u8 {
        self.numbering.iter().position(|known| *known == kind).unwrap_or(0) as u8
    }
}

/// A reference as it is written.
struct Reference<'q, 'a> {
    /// The object that contains it.
    row: Row,
    node: Node<'a>,
    query: &'q RefQuery<'q>,
    text: &'q str,
}

/// A field whose sibling decides which kinds it can name.
#[derive(Clone, Copy)]
struct TargetField<'m> {
    target: &'m Target,
    name: &'m str,
    /// Where the schema declares it.
    declared: Span,
}

impl<'a> Resolver<'_, 'a, '_, '_> {
    fn record(&mut self, record: crate::schema::RecordId) {
        let model = self.model;
        let fields: Vec<(usize, &Field)> = model.record(record).fields.iter().enumerate().collect();
        let is_reference = |(_, field): &&(usize, &Field)| {
            matches!(field.shape.element(), Shape::Link(_) | Shape::Target(_))
        };
        let fields: Vec<(usize, &Field)> = fields.iter().filter(is_reference).copied().collect();
        if fields.is_empty() {
            return;
        }
        // Row by row: going field by field would read each part of the file several times.
        let mut found = Vec::new();
        for row in (0..self.resolved.content.table(record).len()).map(|row| Row { record, row }) {
            self.resolved.content.look_ahead(row, fields.iter().map(|(at, _)| *at));
            for (at, field) in &fields {
                self.field(row, *at, field, &mut found);
                self.resolved.references.push_row(record, *at, &found);
                found.clear();
            }
        }
    }

    /// Resolves the references in one field of a row.
    fn field(&mut self, row: Row, at: usize, field: &Field, found: &mut Vec<ResolvedRef>) {
        let node = self.resolved.content.node(row, at);
        match field.shape.element() {
            Shape::Link(spec) => match (&field.default, node) {
                (DefaultValue::Literal(id), None) if matches!(field.shape, Shape::Link(_)) => {
                    found.push(self.by_default(row, &id.show_plain(), spec));
                }
                _ => self.link(row, node, spec, field, found),
            },
            Shape::Target(target) => {
                let target = self.model.target(*target);
                let field = TargetField { target, name: &field.json, declared: field.span };
                self.target(row, node, field, found)
            }
            _ => {}
        }
    }

    /// Resolves the default of a reference. An unknown default is reported once, at the schema.
    fn by_default(&self, row: Row, text: &str, spec: &RefSpec) -> ResolvedRef {
        for (affix, number) in spec
            .affixes
            .iter()
            .filter_map(|affix| Some((affix, spec.kinds.iter().position(|kind| *kind == affix.kind)? as u8)))
        {
            let Some(id) = written(affix, text) else { continue };
            if let SearchResult::One(id) = self.search(row, affix.kind, id, &spec.syntax.separator) {
                return ResolvedRef::Id(number, id);
            }
        }
        ResolvedRef::Absent
    }

    /// Reports unknown ids in schemas.
    fn check_schema_ids(&mut self) {
        for SchemaIdRef { spec, id, span } in &self.model.schema_id_refs {
            let known = |affix: &IdAffix| {
                let Some(id) = written(affix, id) else { return false };
                let kind = self.model.kind(affix.kind);
                let last = id.rsplit(spec.syntax.separator.as_str()).next().unwrap_or(id);
                kind.open()
                    || self.resolved.ids.of(affix.kind).find(0, self.bare(affix.kind, id)).is_some()
                    // Which id of that text is meant depends on the object that uses the schema.
                    || kind.parent.is_some()
                        && [id, last].iter().any(|id| !self.called(affix.kind, self.bare(affix.kind, id)).is_empty())
            };
            let unread = self.may_be_in_unread(&spec.affixes, &spec.syntax.separator, id, false);
            if spec.tolerated || unread || spec.affixes.iter().any(known) {
                continue;
            }
            let ids = spec.kinds.iter().flat_map(|kind| &self.resolved.ids.of(*kind).list);
            let help = did_you_mean(id, ids.map(|id| &*id.text));
            let noun = self.one_of(&spec.kinds);
            let diagnostic = Diagnostic::new(&code::UNKNOWN_REFERENCE, format!("no {noun} `{id}`"))
                .label(*span, format!("the schema names it here, and no {noun} has this id"));
            self.sink.emit(diagnostic.maybe_help(help));
        }
    }

    fn link(
        &mut self,
        row: Row,
        node: Option<Node<'a>>,
        spec: &RefSpec,
        field: &Field,
        found: &mut Vec<ResolvedRef>,
    ) {
        match node {
            None => found.push(ResolvedRef::Absent),
            Some(node) => {
                let edge = !self.model.flows.is_empty() && self.is_edge(&field.json, &spec.kinds);
                let query = RefQuery { nullable: field.nullable, edge, ..RefQuery::of_spec(spec) };
                self.all(row, node, &query, found);
            }
        }
    }

    /// Whether a field leads from one node of a flow to another.
    fn is_edge(&self, field: &str, kinds: &[KindId]) -> bool {
        self.model.flows.iter().any(|flow| {
            let paths = flow.next.iter().chain(flow.branches.iter().map(|[_, to, _]| to));
            kinds == [flow.kind] && paths.filter_map(|path| path.last()).any(|last| last == field)
        })
    }

    fn target(
        &mut self,
        row: Row,
        node: Option<Node<'a>>,
        field: TargetField<'_>,
        found: &mut Vec<ResolvedRef>,
    ) {
        let TargetField { target, name, declared } = field;
        let content = &self.resolved.content;
        let tag = content.node(row, target.by);
        let count = node.map_or(1, |node| references(node).count());
        // There is a mapping for each variant.
        let index = content.variant(row, target.by).filter(|index| *index < target.mappings.len());
        let Some(index) = index else {
            // The sibling is wrong or missing, which validation has reported.
            found.extend(std::iter::repeat_n(ResolvedRef::Absent, count));
            return;
        };
        let (value, mapping) = &target.mappings[index];
        match (mapping, node) {
            (Mapping::Text | Mapping::Nothing, None) => found.push(ResolvedRef::Absent),
            (Mapping::Text, Some(_)) => found.extend(std::iter::repeat_n(ResolvedRef::Text, count)),
            (Mapping::Nothing, Some(node)) => {
                self.report_surplus(node, tag, field, value);
                found.extend(std::iter::repeat_n(ResolvedRef::Absent, count));
            }
            (Mapping::Kinds(_), None) => {
                if target.required && !self.invalid(row, name) {
                    let diagnostic = self.missing_target(tag, value, name, &target.kinds[index], declared);
                    self.sink.emit_reference(diagnostic, tag.map_or(declared, |tag| tag.span()));
                }
                found.push(ResolvedRef::Absent);
            }
            (Mapping::Kinds(_), Some(node)) => {
                self.all(row, node, &RefQuery::of_target(target, index), found);
            }
        }
    }

    /// Reports a reference that nothing reads because of its sibling's value.
    fn report_surplus(&mut self, node: Node<'a>, tag: Option<Node<'a>>, field: TargetField<'_>, value: &str) {
        let TargetField { target, name, .. } = field;
        let by = &self.model.record(target.record).fields[target.by].json;
        let title = format!("`{name}` has no effect when `{by}` is `{value}`");
        let mut diagnostic =
            Diagnostic::new(&code::SURPLUS_TARGET, title).label(node.label(), "nothing reads this");
        if let Some(tag) = tag {
            diagnostic = diagnostic.label(tag.span(), format!("`{value}` needs no `{name}`"));
        }
        let diagnostic = diagnostic.help(format!("remove it, or write another `{by}`"));
        self.sink.emit_reference(diagnostic, node.label());
    }

    fn missing_target(
        &self,
        tag: Option<Node<'a>>,
        value: &str,
        property: &str,
        kinds: &[KindId],
        declared: Span,
    ) -> Diagnostic {
        let title = format!("`{value}` needs a `{property}`: {}", self.any_of(kinds));
        let diagnostic = Diagnostic::new(&code::MISSING_TARGET, title);
        let diagnostic = match tag {
            Some(tag) if kinds.len() > unknown::MOST_KINDS => {
                diagnostic.label(tag.span(), "does not say which")
            }
            Some(tag) => diagnostic.label(tag.span(), format!("does not say which {}", self.one_of(kinds))),
            None => diagnostic.label(declared, "required here"),
        };
        diagnostic.help(format!("add `\"{property}\": \"...\"` with the id"))
    }

    /// Whether the property exists under a misspelt name that has been reported, or was lost to a syntax error.
    fn invalid(&self, row: Row, property: &str) -> bool {
        let (content, object) = (&self.resolved.content, self.resolved.content.object(row));
        let reported = |key: &Node<'_>| self.sink.is_wrong(key.span());
        let misspelt = |key: &Node<'_>| {
            key.text().is_some_and(|name| !near(&name, std::iter::once(property)).is_empty()) && reported(key)
        };
        content.document(row).broken || object.properties().any(|(key, _)| misspelt(&key))
    }

    /// Resolves one reference, or every element of a list.
    fn all(&mut self, row: Row, node: Node<'a>, query: &RefQuery<'_>, found: &mut Vec<ResolvedRef>) {
        let list = node.kind() == NodeKind::Array;
        for node in references(node) {
            let resolved_ref = self.one(row, node, query, list);
            found.push(resolved_ref);
        }
    }

    /// Resolves one reference. Elements of a list may be `null` where the schema allows references to nothing.
    fn one(&mut self, row: Row, node: Node<'a>, query: &RefQuery<'_>, in_list: bool) -> ResolvedRef {
        if node.is_null() && !in_list || query.syntax.none.iter().any(|none| none.is(node)) {
            return ResolvedRef::Absent;
        }
        let Some(text) = id_text(node) else {
            self.report_no_id(node, query);
            return ResolvedRef::Absent;
        };
        let scope = match &query.syntax.within {
            Some(sibling) => match self.named_scope(row, sibling) {
                Ok(scope) => scope,
                Err(()) => return ResolvedRef::Absent, // the sibling names nothing, which has been reported
            },
            None => None,
        };
        let reference = Reference { row, node, query, text: &text };
        if let Some(resolved_ref) = self.look_up(&reference, scope).or_else(|| self.accept_open(query, &text))
        {
            self.settle_form(node, query, resolved_ref);
            return resolved_ref;
        }
        let kind = query.kinds.first();
        let scope = scope.map(|scope| kind.map_or(scope, |kind| self.scope_of(*kind, scope)));
        let readable = !self.sink.is_wrong(node.span()) || self.sink.has_wrong_form(node.span());
        if readable {
            if self.may_be_unread(row, query, &text, scope) {
                self.sink.taint_reference(node.span());
            } else {
                self.unknown(&reference, scope);
            }
        }
        if query.tolerated { ResolvedRef::Unknown } else { ResolvedRef::Absent }
    }

    /// Reports a value that is neither a text nor a whole number, unless validation has reported it.
    fn report_no_id(&mut self, node: Node<'a>, query: &RefQuery<'_>) {
        if matches!(node.kind(), NodeKind::Invalid) || self.sink.is_wrong(node.label()) {
            return;
        }
        let title = format!("an id is text, not `{}`", node.raw().get(..30).unwrap_or(node.raw()));
        let label = format!("the id of {} is needed here", self.any_of(query.kinds));
        let diagnostic = Diagnostic::new(&code::WRONG_TYPE, title).label(node.label(), label);
        self.sink.emit_reference(diagnostic, node.label());
    }

    /// Finds the id that a reference names; `None` if there is none. Reports a reference that is ambiguous.
    fn look_up(
        &mut self,
        reference: &Reference<'_, 'a>,
        scope: Option<(KindId, u32)>,
    ) -> Option<ResolvedRef> {
        let Reference { row, node, query, text } = *reference;
        for affix in query.affixes {
            let Some(id) = written(affix, text) else { continue };
            let found = match scope {
                Some(scope) => {
                    let (of, around) = self.scope_of(affix.kind, scope);
                    self.within(of, around, affix.kind, self.bare(affix.kind, id))
                }
                None => self.search(row, affix.kind, id, &query.syntax.separator),
            };
            match found {
                SearchResult::One(id) => {
                    self.check_filter(row, node, affix.kind, id, query);
                    return Some(ResolvedRef::Id(query.number(affix.kind), id));
                }
                SearchResult::Several(ids) => {
                    self.ambiguous(row, node, affix, query, &ids);
                    return Some(ResolvedRef::Absent);
                }
                SearchResult::Nothing => {}
            }
        }
        None
    }

    /// Adds the id to a kind that accepts any id, if the query has one.
    fn accept_open(&mut self, query: &RefQuery<'_>, text: &str) -> Option<ResolvedRef> {
        let mut open = query.affixes.iter().filter(|affix| self.model.kind(affix.kind).open());
        let (kind, id) = open.find_map(|affix| Some((affix.kind, written(affix, text)?)))?;
        let id = self.bare(kind, id).to_owned();
        let row = self.resolved.ids.accept(kind, Cow::Owned(id));
        if self.model.kind(kind).registry.is_none() {
            self.unchecked[kind.0 as usize] += 1;
        }
        Some(ResolvedRef::Id(query.number(kind), row))
    }

    /// Reports a reference to an object without the properties that the schema requires.
    fn check_filter(&mut self, from: Row, node: Node<'a>, kind: KindId, id: u32, query: &RefQuery<'_>) {
        let filter = &query.syntax.filter;
        if filter.is_empty() {
            return;
        }
        let (model, content) = (self.model, &self.resolved.content);
        let Some(row) = self.row_of(kind, id) else { return };
        for (property, wanted) in filter {
            let fields = &model.record(row.record).fields;
            let Some(field) = fields.iter().position(|field| field.json == *property) else { continue };
            let found = content.node(row, field);
            let place = found.map_or_else(|| content.opening(row), Node::label);
            if found.is_some_and(|found| wanted.is(found)) || self.sink.is_wrong(place) {
                continue;
            }
            let (noun, wanted) = (self.noun(kind), wanted.show_plain());
            let text = &self.resolved.ids.id(kind, id).text;
            let is = found
                .map_or_else(|| "missing".to_owned(), |found| format!("`{}`", found.raw().trim_matches('"')));
            let diagnostic = Diagnostic::new(
                &code::WRONG_SORT,
                format!("the {noun} `{text}` cannot be named here: its `{property}` is {is}, not `{wanted}`"),
            )
            .label(node.span(), format!("needs {} whose `{property}` is `{wanted}`", self.any_of(&[kind])))
            .label(place, format!("is {is} here"));
            let help = self.few(self.suitable(from, kind, query).iter().map(String::as_str), query);
            self.sink.emit_reference(diagnostic.maybe_help(help), node.span());
        }
    }

    /// Reports each kind that nothing defines, and whose references could therefore not be checked.
    fn undefined_kinds(&mut self) {
        for (at, count) in self.unchecked.iter().enumerate().filter(|(_, count)| **count > 0) {
            let kind = &self.model.kinds[at];
            // The registry with a misspelt kind has been reported.
            let unnamed = self.hints.registry_names.iter().filter(|name| {
                let kind = self.model.kind_named(name).map(|kind| self.model.kind(kind));
                kind.is_none_or(|kind| kind.span.is_none() && !kind.by_content())
            });
            if !near(&kind.path, unnamed.map(String::as_str)).is_empty() {
                continue;
            }
            let references = nouns::count(*count as u64, "reference");
            let are = if *count == 1 { "is" } else { "are" };
            let known: Vec<&str> = self
                .model
                .kinds
                .iter()
                .filter(|kind| kind.defined())
                .map(|kind| kind.path.as_str())
                .collect();
            let mut diagnostic = Diagnostic::new(
                &code::UNDEFINED_KIND,
                format!("nothing defines `{}` ids, so {references} {are} not checked", kind.path),
            );
            if let Some(span) = kind.span {
                diagnostic = diagnostic.label(span, "the schema refers to them here");
            }
            diagnostic = diagnostic.maybe_help(did_you_mean(&kind.path, known.into_iter()));
            self.sink.emit(diagnostic.help(format!(
                "list them in the manifest: `{0} = \"content/{1}.json\"` under `[registries]`, or accept any with `{0} = {{ open = true }}`",
                kind.path,
                nouns::plural(&kind.path).replace(' ', "-")
            )));
        }
    }
}
