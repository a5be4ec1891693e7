//! What must be done before, where that is a list of names (the short form of `x-requires`), and conditions that nothing meets.

use super::read::Reader;
use super::{CONDITIONS, Writer};
use crate::check::walk::{follow, objects};
use crate::check::{ResolvedRef, Row, id_text, references};
use crate::schema::{Literal, Means, Shape};
use quest_format::{self as format, program as at};

/// What a reference in a list says.
enum Name {
    /// One of the quests.
    Quest(u32),
    /// Something that this content does not have; the game may know it.
    Unknown(String),
    /// Something that a quest cannot wait for.
    Other,
}

impl<'m: 'a, 'a> Reader<'m, '_, 'a> {
    /// The quests that must be turned in before a quest, if it asks for nothing else.
    pub fn needs(&self, quest: Row) -> Option<Vec<u32>> {
        let Some(requires) = self.journal.requires.map(|at| &self.model.requires[at]) else {
            return Some(Vec::new());
        };
        if !requires.groups.is_empty() || self.needs_any(quest) {
            return None;
        }
        let Some((listed, about)) = &self.journal.prerequisites else {
            let names = self.names_before(quest).into_iter();
            let one = |name| match name {
                Name::Quest(id) => Some(id),
                Name::Unknown(_) | Name::Other => None,
            };
            return names.map(one).collect();
        };
        let rows = objects(self.model, self.resolved, quest, &listed.at);
        let one = |row| {
            let all = self.all_said(row, about.as_ref()?)?;
            let said = all.said(self, 0).filter(|_| all.count == 1)?;
            let mut means = requires.means.iter();
            let is_complete = means.any(|(sort, means)| *sort == *said.sort && *means == Means::Complete);
            let waits = match self.comparison(row, requires) {
                (at::HAS, None) => true,
                (at::EQUALS, Some(value)) => value == Literal::Boolean(true),
                _ => false,
            };
            match said.resolved_ref {
                ResolvedRef::Id(_, id) if said.kind == Some(self.journal.quest) => {
                    (is_complete && waits).then_some(id)
                }
                _ => None,
            }
        };
        rows.map(one).collect()
    }

    /// What is named as what must be done before a quest.
    fn names_before(&self, quest: Row) -> Vec<Name> {
        let Some(requires) = self.journal.requires.map(|at| &self.model.requires[at]) else {
            return Vec::new();
        };
        let fields = requires.at.iter().flat_map(|at| follow(self.model, self.resolved, quest, at));
        fields.flat_map(|(row, field)| self.names_in(row, field)).collect()
    }

    fn names_in(&self, row: Row, field: usize) -> Vec<Name> {
        let Some(node) = self.resolved.content.node(row, field) else { return Vec::new() };
        let kinds = match self.model.record(row.record).fields[field].shape.element() {
            Shape::Link(resolves) => &resolves.kinds,
            Shape::Target(target) => &self.model.target(*target).all,
            _ => return vec![Name::Other],
        };
        references(node)
            .zip(self.resolved.refs(row, field))
            .filter_map(|(node, resolved_ref)| match resolved_ref {
                ResolvedRef::Id(number, id)
                    if kinds.get(usize::from(*number)) == Some(&self.journal.quest) =>
                {
                    Some(Name::Quest(*id))
                }
                ResolvedRef::Id(..) => Some(Name::Other),
                ResolvedRef::Unknown | ResolvedRef::Text => {
                    Some(Name::Unknown(id_text(node).unwrap_or_default().into_owned()))
                }
                ResolvedRef::Absent => None,
            })
            .collect()
    }
}

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    /// Adds a condition that never holds: what it asks cannot be said.
    pub(super) fn never(&mut self, row: Row) -> u32 {
        self.bare(row, at::ASK_NOTHING, at::EQUALS, [0; format::TARGET])
    }

    /// Adds a condition of no sort and without a value; gives its row.
    pub(super) fn bare(&mut self, row: Row, ask: u8, operator: u8, target: [u8; format::TARGET]) -> u32 {
        let at = self.rows(CONDITIONS) as u32;
        let value = self.value(None);
        let sort = self.empty;
        let section = &mut self.sections[CONDITIONS];
        section.extend([ask, u8::MAX, operator]);
        section.extend(target);
        section.extend(value);
        section.extend(row.row.to_le_bytes());
        section.extend(sort);
        section.push(0);
        at
    }

    /// Adds a condition for each quest that is named as one before this one.
    pub(super) fn named_before(&mut self, quest: Row) {
        let names = self.read.names_before(quest);
        for name in names {
            let mut target = [0; format::TARGET];
            match name {
                Name::Quest(id) => {
                    // What is asked says that it is a quest; the kind is not looked at.
                    target[0] = self.read.kind_number(self.read.journal.quest);
                    target[1..5].copy_from_slice(&id.to_le_bytes());
                    self.bare(quest, at::ASK_COMPLETE, at::HAS, target);
                }
                Name::Unknown(id) => {
                    target[0] = format::TARGET_UNKNOWN;
                    target[1..].copy_from_slice(&self.text(&id));
                    self.bare(quest, at::ASK_WORLD, at::HAS, target);
                }
                Name::Other => {
                    self.never(quest);
                }
            }
        }
    }
}
