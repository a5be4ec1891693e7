//! Diagnostics about what must be done before an object can be begun: the least fixpoint over its conditions.
//!
//! An object can be begun if all its conditions (or so many of them, as the schema says) can be met. A condition that another is
//! complete can be met once that other can be begun. What never becomes true this way waits for itself, and the cycle is shown.
//!
//! `read` finds the objects and their conditions, `wholes` what is complete when others are, `waiting` who waits for whom. `exclusion`
//! looks at conditions that exclude each other, `own` at those about the object itself, `progress` at what comes one after the other,
//! `given` at what objects give, `self_supply` at what only they themselves do, `locks` at what they keep from being begun, `supply` at how
//! much of something there is, `losable` at what a choice makes impossible for good (its states are in `choices`).
//!
//! Everything here but `losable`, which has a bound, is linear in the number of conditions: a game has tens of thousands of objects, in
//! chains as long as it likes.

mod choices;
mod exclusion;
mod given;
mod locks;
mod losable;
mod own;
mod progress;
mod read;
mod self_supply;
mod supply;
mod waiting;
mod wholes;

use crate::check::{Resolved, Row, Tainted};
use crate::diagnostics::{Diagnostic, nouns};
use crate::project::ProofLimits;
use crate::schema::{KindId, Means, Model, Requires};
use crate::source::Node;
use crate::text::Span;
pub use losable::Available;
use std::borrow::Cow;
use std::collections::HashMap;
use wholes::Whole;

/// A condition of an object.
struct Condition<'a> {
    /// Position among the sorts of all declarations.
    sort: usize,
    means: Means,
    /// What a message points at.
    node: Option<Node<'a>>,
    row: Option<Row>,
    /// What it is about beside its sort: the text of the target.
    about: Cow<'a, str>,
    /// The position of the object that must be complete or under way.
    object: Option<u32>,
    /// What must be complete or under way: an object, or behind all objects a whole.
    waits: Option<u32>,
    /// It must not be.
    negated: bool,
    /// The values it allows, for numbers.
    range: Option<(f64, f64)>,
    /// The value it asks for, where something is constant.
    value: Option<Cow<'a, str>>,
    /// The object cannot be begun without it.
    certain: bool,
}

/// Several conditions, of which so many are needed.
struct Group {
    needed: u64,
    members: Vec<Member>,
}

enum Member {
    /// Position among the conditions of the object.
    Condition(usize),
    Group(Group),
    /// Something that the game knows, so that it can be met.
    Free,
}

/// What an object asks for.
struct Object<'a> {
    /// Position of its declaration in the model.
    declared: usize,
    /// The row of its id.
    id: u32,
    row: Row,
    conditions: Vec<Condition<'a>>,
    /// How they are combined; `None` if all are needed.
    group: Option<Box<Group>>,
    /// It has errors, so its own level is not what it will be.
    wrong: bool,
}

impl<'a> Object<'a> {
    /// The conditions without which the object cannot be begun.
    fn certain(&self) -> impl Iterator<Item = &Condition<'a>> {
        self.conditions.iter().filter(|condition| condition.certain)
    }
}

/// All objects with requirements, and what they ask for.
struct AnalysisContext<'m, 'r, 'a> {
    model: &'m Model,
    resolved: &'r Resolved<'a>,
    objects: Vec<Object<'a>>,
    /// What is complete when several objects are.
    wholes: Vec<Whole>,
    /// By declaration and id, the position among the objects.
    of_id: Vec<Vec<Option<u32>>>,
    /// The first sort of each declaration among the sorts of all.
    first_sorts: Vec<usize>,
}

/// The diagnostics, and those among them that say of an object that it can never be begun.
pub(super) struct Sink<'d> {
    diagnostics: &'d mut Vec<Diagnostic>,
    never: NeverBegun,
}

/// Objects that can never be begun, each with the position of the diagnostic that says so.
pub type NeverBegun = HashMap<Row, usize>;

impl Sink<'_> {
    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Reports that an object can never be begun.
    fn push_never(&mut self, object: &Object<'_>, diagnostic: Diagnostic) {
        self.never.entry(object.row).or_insert(self.diagnostics.len());
        self.diagnostics.push(diagnostic);
    }
}

/// Also says what is known of objects that no journal plays, where one can make another impossible, and which can never be begun.
pub(super) fn report(
    model: &Model,
    resolved: &Resolved<'_>,
    tainted: &Tainted,
    limits: &ProofLimits,
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Available>, NeverBegun) {
    if model.requires.is_empty() {
        return Default::default();
    }
    let mut sink = Sink { diagnostics, never: NeverBegun::new() };
    let available = report_all(model, resolved, tainted, limits, &mut sink);
    (available, sink.never)
}

fn report_all(
    model: &Model,
    resolved: &Resolved<'_>,
    tainted: &Tainted,
    limits: &ProofLimits,
    sink: &mut Sink<'_>,
) -> Vec<Available> {
    let cx = AnalysisContext::read(model, resolved, tainted);
    own::out_of_reach(&cx, sink);
    own::too_many(&cx, sink);
    let order = waiting::report(&cx, sink.diagnostics);
    own::itself(&cx, &order, sink);
    let before = sink.diagnostics.len();
    exclusion::report(&cx, &order, sink);
    let contradicted = sink.diagnostics[before..].iter().filter_map(Diagnostic::span).collect();
    let excluded = sink.diagnostics[before..]
        .iter()
        .flat_map(|diagnostic| &diagnostic.labels)
        .map(|label| label.span)
        .collect();
    own::level(&cx, &contradicted, sink.diagnostics);
    progress::report(&cx, &order, &excluded, sink.diagnostics);
    given::report(&cx, sink);
    self_supply::report(&cx, sink);
    locks::report(&cx, &order, sink);
    supply::report(&cx, sink);
    let played = model.journal.as_ref().and_then(|journal| journal.requires);
    losable::report(&cx, &order, played, limits, sink.diagnostics)
}

impl<'m, 'r, 'a> AnalysisContext<'m, 'r, 'a> {
    fn requires(&self, object: &Object<'_>) -> &'m Requires {
        &self.model.requires[object.declared]
    }

    /// What people call an object.
    fn noun(&self, object: &Object<'_>) -> String {
        nouns::spoken(self.model.kind(self.requires(object).kind).noun())
    }

    /// What people call several objects of the kind of this one.
    fn plural(&self, object: &Object<'_>) -> String {
        nouns::spoken(&self.model.kind(self.requires(object).kind).plural())
    }

    fn name(&self, object: &Object<'_>) -> &'r str {
        &self.resolved.ids.id(self.requires(object).kind, object.id).text
    }

    fn span(&self, object: &Object<'_>) -> Span {
        let span = self.resolved.ids.id(self.requires(object).kind, object.id).span;
        span.unwrap_or_else(|| self.resolved.content.opening(object.row))
    }

    fn place(&self, condition: &Condition<'_>) -> Span {
        match (condition.node, condition.row) {
            (Some(node), _) => node.span(),
            (None, Some(row)) => self.resolved.content.opening(row),
            (None, None) => Span::new(crate::text::FileId(0), 0, 0),
        }
    }

    /// The position of an object by its id.
    fn object_of(&self, kind: KindId, id: u32) -> Option<u32> {
        let mut declared = self.model.requires.iter().zip(&self.of_id).filter(|(own, _)| own.kind == kind);
        declared.find_map(|(_, of_id)| of_id.get(id as usize).copied().flatten())
    }

    /// What a condition waits for: the position of an object, or behind all objects that of a whole.
    fn waits(&self, condition: &Condition<'_>) -> Option<u32> {
        condition.waits.filter(|_| !condition.negated)
    }

    /// The objects that must be complete before one can be begun, as far as its conditions name them.
    fn complete_before(&self, object: &Object<'_>) -> Vec<u32> {
        let mut found = Vec::new();
        for condition in object.certain().filter(|condition| condition.means == Means::Complete) {
            if let Some(node) = self.waits(condition) {
                self.objects_in(node, &mut found);
            }
        }
        found
    }

    /// The name of a sort of condition.
    fn sort_name(&self, sort: usize) -> &'m str {
        let declared = self.first_sorts.partition_point(|first| *first <= sort).saturating_sub(1);
        &self.model.requires[declared].means[sort - self.first_sorts[declared]].0
    }

    /// The position of a sort among the sorts of all declarations.
    fn sort_of(&self, object: &Object<'_>, name: &str) -> Option<usize> {
        let position = self.requires(object).means.iter().position(|(known, _)| known == name)?;
        Some(self.first_sorts[object.declared] + position)
    }

    /// What a condition asks for, in words.
    fn asks(&self, condition: &Condition<'_>) -> String {
        let sort = self.sort_name(condition.sort);
        let sort = if sort.is_empty() { "it".to_owned() } else { format!("`{sort}`") };
        let of = if condition.about.is_empty() { String::new() } else { format!(" `{}`", condition.about) };
        match (condition.range, &condition.value) {
            (Some((least, most)), _) if least == most => format!("{sort}{of} {least}"),
            (Some((least, most)), _) if most.is_infinite() => format!("{sort}{of} {least} or more"),
            (Some((_, most)), _) => format!("{sort}{of} {most} or less"),
            (None, Some(value)) if condition.negated => format!("{sort} other than `{value}`"),
            (None, Some(value)) => format!("{sort} `{value}`"),
            (None, None) if condition.negated => format!("{sort}{of} not to be there"),
            (None, None) => format!("{sort}{of} to be there"),
        }
    }
}

/// Whether two ranges have nothing in common.
fn apart(one: (f64, f64), other: (f64, f64)) -> bool {
    one.0 > other.1 || one.1 < other.0
}
