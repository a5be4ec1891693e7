//! Stages, branches and quests.

use super::read::Reader;
use super::{BRANCHES, CONDITIONS, MORE_OF_QUESTS, QUESTS, STAGES, Writer, operators};
use crate::check::Row;
use crate::check::requirements::need;
use crate::schema::Need;
use operators::operator_of;
use quest_format::{self as format, program as at};

impl<'m: 'a, 'a> Reader<'m, '_, 'a> {
    /// Whether one of the conditions before a quest is enough.
    pub(super) fn needs_any(&self, quest: Row) -> bool {
        let requires = self.journal.requires.map(|at| &self.model.requires[at]);
        let rule = requires.and_then(|requires| requires.need.first());
        need(self.model, self.resolved, quest, rule) == Need::Any
    }
}

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    pub(super) fn stages(&mut self) {
        let journal = self.read.journal;
        let flow = &self.read.model.flows[journal.flow];
        let Some(tasks) = &flow.tasks else { return };
        let main_lines = self.main_lines();
        let count = self.read.resolved.content.table(journal.stage_record).len();
        self.fill(STAGES, count, &[at::STAGE_NEXT]);
        for stage in self.stages_to_write() {
            let next = self.read.next_of(stage);
            let objectives = self.range(&self.read.objects(stage, &tasks.at));
            let actions = self.range(&self.read.listed(stage, journal.actions.as_ref()));
            let flags = u8::from(self.read.is_true(stage, journal.skippable.as_ref()))
                | u8::from(main_lines.contains(&stage.row)) << 1;
            let cells: [(usize, &[u8]); 4] = [
                (at::STAGE_OBJECTIVES, &objectives),
                (at::STAGE_NEXT, &next.to_le_bytes()),
                (at::STAGE_ACTIONS, &actions),
                (at::STAGE_FLAGS, &[flags]),
            ];
            self.put(STAGES, stage.row, &cells);
        }
    }

    pub(super) fn branches(&mut self) {
        let journal = self.read.journal;
        let (Some((_, record)), Some(about), Some([_, to, _])) =
            (journal.branch, &journal.branch_on, &self.read.model.flows[journal.flow].branches)
        else {
            return;
        };
        for row in self.read.rows_of(record) {
            let value = about.value.as_ref().and_then(|path| self.read.literal(row, path));
            let operator = operator_of(value.as_ref());
            let condition = self.condition(row, about, None, operator, value.as_ref());
            self.on_facts.extend(condition..self.rows(CONDITIONS) as u32);
            let to = self.read.link(row, to, journal.stage);
            let section = &mut self.sections[BRANCHES];
            section.extend(to.to_le_bytes());
            section.extend(condition.to_le_bytes());
        }
    }

    pub(super) fn quests(&mut self) {
        let record = self.read.model.flows[self.read.journal.flow].record;
        let count = self.read.resolved.content.table(record).len();
        self.fill(QUESTS, count, &[at::QUEST_START, at::QUEST_MORE]);
        for quest in self.quests_to_write() {
            self.quest(quest);
        }
    }

    fn quest(&mut self, quest: Row) {
        let (read, journal) = (self.read, self.read.journal);
        let flow = &read.model.flows[journal.flow];
        let stages = read.objects(quest, &flow.nodes);
        let tasks = flow.tasks.as_ref().map(|tasks| &tasks.at);
        let objectives: Vec<Row> =
            stages.iter().flat_map(|stage| tasks.map(|at| read.objects(*stage, at))).flatten().collect();
        let start = read.start_of(quest);
        let prerequisites = self.prerequisites(quest);
        let rewards = read.listed(quest, journal.rewards.as_ref().map(|(listed, _)| listed));
        let flags = u8::from(read.is_true(quest, journal.repeatable.as_ref()))
            | u8::from(read.is_true(quest, journal.hidden.as_ref())) << 1
            | u8::from(read.needs_any(quest)) << 2;
        let more = self.more_of_quest(quest);
        let (stages, objectives, rewards) =
            (self.range(&stages), self.cover(&objectives), self.range(&rewards));
        let cells: [(usize, &[u8]); 7] = [
            (at::QUEST_STAGES, &stages),
            (at::QUEST_OBJECTIVES, &objectives),
            (at::QUEST_PREREQUISITES, &prerequisites),
            (at::QUEST_REWARDS, &rewards),
            (at::QUEST_START, &start.to_le_bytes()),
            (at::QUEST_MORE, &more),
            (at::QUEST_FLAGS, &[flags]),
        ];
        self.put(QUESTS, quest.row, &cells);
    }

    /// What most quests do not have: branches, failure conditions, consequences, a limit.
    fn more_of_quest(&mut self, quest: Row) -> [u8; format::LINK] {
        let (read, journal) = (self.read, self.read.journal);
        let branches = match &read.model.flows[journal.flow].branches {
            Some([at, ..]) => read.objects(quest, at),
            None => Vec::new(),
        };
        let failures = read.listed(quest, journal.failures.as_ref().map(|(listed, _)| listed));
        let consequences = read.listed(quest, journal.consequences.as_ref().map(|(listed, _)| listed));
        let limit = read.number(quest, journal.limit.as_ref()).unwrap_or(0);
        let more = [self.range(&branches), self.range(&failures), self.range(&consequences)].concat();
        let more = [&more[..], &limit.to_le_bytes()].concat();
        self.more(MORE_OF_QUESTS, &more, &[0; at::MORE_OF_QUEST])
    }
}
