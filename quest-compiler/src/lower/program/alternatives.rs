//! Objectives that are done by doing others, and the stages in which branches on facts can be taken.

use super::read::Reader;
use super::{CONDITIONS, Writer};
use crate::check::Row;
use crate::check::walk::{follow, named};
use crate::schema::{Path, Shape, Tasks};
use quest_format::{self as format, program as at};
use std::collections::HashSet;

impl<'m: 'a, 'a> Reader<'m, '_, 'a> {
    /// The lists of objectives of which an objective needs one each: those of its own stage that each list names. None if it
    /// is done by itself.
    pub fn groups(&self, row: Row, tasks: &Tasks, own: &[u32]) -> Vec<(Row, Vec<u32>)> {
        let in_conditions: Option<Path> = self.journal.conditions.as_ref().map(|(listed, about)| {
            let mut path = listed.at.clone();
            path.extend(about.path.iter().cloned());
            path
        });
        let paths =
            [tasks.any.as_ref(), in_conditions.as_ref().filter(|path| tasks.any.as_ref() != Some(path))];
        let mut groups = Vec::new();
        for (owner, field) in
            paths.into_iter().flatten().flat_map(|path| follow(self.model, self.resolved, row, path))
        {
            if !self.asks_for_objectives(owner, field) {
                continue;
            }
            let named = named(self.model, self.resolved, owner, field);
            let mut ids: Vec<u32> =
                named.filter(|named| named.kind == tasks.kind).map(|named| named.id).collect();
            ids.retain(|other| own.contains(other) && *other != row.row);
            ids.sort_unstable();
            ids.dedup();
            groups.push((owner, ids));
        }
        groups
    }

    /// Whether what is written in a field names objectives, or would if it named anything.
    pub fn asks_for_objectives(&self, owner: Row, field: usize) -> bool {
        let objective = self.journal.objective;
        if self.resolved.content.node(owner, field).is_none() {
            return false;
        }
        if named(self.model, self.resolved, owner, field).any(|named| named.kind == objective) {
            return true;
        }
        match self.model.record(owner.record).fields[field].shape.element() {
            Shape::Link(resolves) => resolves.kinds == [objective],
            Shape::Target(target) => {
                let target = self.model.target(*target);
                let sort = self.value_of(owner, target.by).and_then(super::read::Value::text);
                let mut mappings = target.mappings.iter().zip(&target.kinds);
                let found = mappings.find(|((name, _), _)| sort.as_deref() == Some(name.as_str()));
                found.is_some_and(|(_, kinds)| *kinds == [objective])
            }
            _ => false,
        }
    }

    /// The stage after a stage.
    pub fn next_of(&self, stage: Row) -> u32 {
        let flow = &self.model.flows[self.journal.flow];
        let next = flow.next.iter().map(|path| self.link(stage, path, self.journal.stage));
        next.into_iter().find(|next| *next != format::ABSENT).unwrap_or(format::ABSENT)
    }

    /// The first stage of a quest.
    pub fn start_of(&self, quest: Row) -> u32 {
        let flow = &self.model.flows[self.journal.flow];
        match &flow.start {
            Some(path) => self.link(quest, path, self.journal.stage),
            None => self.objects(quest, &flow.nodes).first().map_or(format::ABSENT, |stage| stage.row),
        }
    }
}

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    /// Adds a condition that one of some objectives is done. If there are none, it never holds.
    pub(super) fn one_of(&mut self, row: Row, objectives: &[u32]) {
        if objectives.is_empty() {
            self.never(row);
        }
        for (number, objective) in objectives.iter().enumerate() {
            let mut target = [0; format::TARGET];
            target[0] = self.read.kind_number(self.read.journal.objective);
            target[1..5].copy_from_slice(&objective.to_le_bytes());
            self.bare(row, at::ASK_OBJECTIVE, at::HAS, target);
            self.or_next(number + 1 < objectives.len());
        }
    }

    /// The stages in which branches on facts can be taken: those of the main line of each quest, from its first stage by what
    /// is next, without the last, in which the quest would end. A quest of one stage has that one.
    pub(super) fn main_lines(&self) -> HashSet<u32> {
        let flow = &self.read.model.flows[self.read.journal.flow];
        if flow.branches.is_none() {
            return HashSet::new();
        }
        if flow.everywhere {
            return self.stages_to_write().iter().map(|stage| stage.row).collect();
        }
        let mut all = HashSet::new();
        for quest in self.quests_to_write() {
            let mut line: Vec<u32> = Vec::new();
            let mut at = self.read.start_of(quest);
            while at != format::ABSENT && all.insert(at) {
                line.push(at);
                at = self.read.next_of(Row { record: self.read.journal.stage_record, row: at });
            }
            if let (format::ABSENT, [_, .., last]) = (at, line.as_slice()) {
                all.remove(last);
            }
        }
        all
    }

    /// The last condition that was added holds, or the next.
    pub(super) fn or_next(&mut self, or_next: bool) {
        if let Some(flags) = self.sections[CONDITIONS].last_mut() {
            *flags = u8::from(or_next);
        }
    }
}
