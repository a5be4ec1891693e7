//! Objectives: what each waits for, how often, and what must hold for it to count.

use super::read::Reader;
use super::{CONDITIONS, Cell, LINKS, MORE_OF_OBJECTIVES, OBJECTIVES, Writer, operators};
use crate::check::Row;
use crate::check::walk::follow;
use crate::schema::Tasks;
use operators::operator_of;
use quest_format::{self as format, program as at};

/// The lists of objectives of which an objective needs one each, with what says so.
type Groups = Vec<(Row, Vec<u32>)>;

impl<'m: 'a, 'a> Reader<'m, '_, 'a> {
    /// Whether an objective is done by what happens, wherever and whenever it does.
    pub fn is_bare(&self, row: Row, tasks: &Tasks) -> bool {
        let journal = self.journal;
        let listed = journal.conditions.as_ref().map(|(listed, _)| &listed.at);
        if listed.is_some_and(|at| self.has_objects(row, at)) {
            return false;
        }
        // Where the conditions name the others, there are none.
        let any = tasks.any.iter().filter(|any| listed.is_none_or(|at| !any.starts_with(at)));
        let mut any = any.flat_map(|path| follow(self.model, self.resolved, row, path));
        let place = match (&journal.place, journal.place_kind) {
            (Some(path), Some(kind)) => self.link(row, path, kind),
            _ => format::ABSENT,
        };
        let key = || self.key(at::CLASS_OBJECTIVE, &self.said(row, &journal.event)?);
        place == format::ABSENT
            && !any.any(|(owner, field)| self.asks_for_objectives(owner, field))
            && key().is_some()
    }
}

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    pub(super) fn objectives(&mut self) {
        let journal = self.read.journal;
        let Some(tasks) = &self.read.model.flows[journal.flow].tasks else { return };
        // An objective that is in no stage belongs to none and waits for nothing.
        let count = self.read.resolved.content.table(journal.objective_record).len();
        self.fill(OBJECTIVES, count, &[at::OBJECTIVE_STAGE, at::OBJECTIVE_TOPIC, at::OBJECTIVE_MORE]);
        for stage in self.stages_to_write() {
            self.objectives_of(stage, tasks);
        }
    }

    fn objectives_of(&mut self, stage: Row, tasks: &Tasks) {
        let rows = self.read.objects(stage, &tasks.at);
        let own: Vec<u32> = rows.iter().map(|row| row.row).collect();
        let groups: Vec<Groups> = rows.iter().map(|row| self.read.groups(*row, tasks, &own)).collect();
        let lists = || groups.iter().flatten().map(|(_, objectives)| objectives);
        for (row, own) in rows.iter().zip(&groups) {
            let is_alternative = lists().any(|list| list.contains(&row.row));
            self.objective(stage, *row, tasks, own, is_alternative);
        }
    }

    fn objective(&mut self, stage: Row, row: Row, tasks: &Tasks, groups: &Groups, is_alternative: bool) {
        let (read, journal) = (self.read, self.read.journal);
        let conditions = self.conditions_of(row, groups);
        let any_of = self.alternatives_of(groups);
        let modular = !groups.is_empty();
        let optional = read.is_true(row, tasks.optional.as_ref());
        let hidden = read.is_true(row, tasks.hidden.as_ref());
        let count = read.number(row, journal.count.as_ref()).unwrap_or(1).max(1);
        let place = match (&journal.place, journal.place_kind) {
            (Some(path), Some(kind)) => read.link(row, path, kind),
            _ => format::ABSENT,
        };
        // What is done by doing another is not done by itself.
        if !modular {
            let key = read.said(row, &journal.event).and_then(|said| read.key(at::CLASS_OBJECTIVE, &said));
            if let Some(key) = key {
                self.topics.push((key, Some(row.row)));
                self.waiting.push((row.row, key));
            }
        }
        let flags = u8::from(!optional && !is_alternative) | u8::from(hidden) << 1 | u8::from(modular) << 2;
        let absent = format::ABSENT.to_le_bytes();
        let more = [conditions, any_of, place.to_le_bytes()].concat();
        let nothing = [[0; format::RANGE], [0; format::RANGE], absent].concat();
        let more = self.more(MORE_OF_OBJECTIVES, &more, &nothing);
        let cells: [(usize, &[u8]); 5] = [
            (at::OBJECTIVE_STAGE, &stage.row.to_le_bytes()),
            (at::OBJECTIVE_TOPIC, &absent),
            (at::OBJECTIVE_COUNT, &count.to_le_bytes()),
            (at::OBJECTIVE_MORE, &more),
            (at::OBJECTIVE_FLAGS, &[flags]),
        ];
        self.put(OBJECTIVES, row.row, &cells);
    }

    /// Adds what must hold for an objective: first that one of each list of others is done.
    fn conditions_of(&mut self, row: Row, groups: &Groups) -> Cell {
        let (read, journal) = (self.read, self.read.journal);
        let first = self.rows(CONDITIONS);
        for (condition, objectives) in groups {
            self.one_of(*condition, objectives);
        }
        if let Some((listed, about)) = &journal.conditions {
            for condition in read.listed(row, Some(listed)) {
                let mut places = follow(read.model, read.resolved, condition, &about.path);
                if places.any(|(owner, field)| read.asks_for_objectives(owner, field)) {
                    continue;
                }
                let value = about.value.as_ref().and_then(|path| read.literal(condition, path));
                let operator = operator_of(value.as_ref());
                self.condition(condition, about, None, operator, value.as_ref());
            }
        }
        if !groups.is_empty() {
            self.on_facts.extend(first as u32..self.rows(CONDITIONS) as u32);
        }
        self.span(first, self.rows(CONDITIONS) - first)
    }

    /// Adds the objectives of which one is enough, each once.
    fn alternatives_of(&mut self, groups: &Groups) -> Cell {
        let mut alternatives: Vec<u32> =
            groups.iter().flat_map(|(_, objectives)| objectives).copied().collect();
        alternatives.sort_unstable();
        alternatives.dedup();
        let first = self.rows(LINKS);
        for other in &alternatives {
            self.sections[LINKS].extend(other.to_le_bytes());
        }
        self.span(first, alternatives.len())
    }
}
