//! The columns of the sections of a program, for the loader.

use super::Context;
use crate::schema::{Journal, KindId, Listed};
use quest_format::program as at;

/// The columns of the sections of a program, for the loader.
pub(super) fn columns(context: &Context<'_>, journal: &Journal, first: u16) -> [Vec<String>; at::SECTIONS] {
    let program = ProgramColumns { context, journal, first };
    let name = || vec!["Text { at: 0, optional: true }".to_owned()];
    [
        program.quests(),
        program.stages(),
        program.objectives(),
        program.branches(),
        program.conditions(),
        program.failures(),
        program.consequences(),
        program.rewards(),
        vec![program.listeners(at::TOPIC_OBJECTIVES)],
        // Links are checked where they are listed.
        Vec::new(),
        program.more_of_quests(),
        program.more_of_objectives(),
        name(),
        name(),
        name(),
        name(),
        program.about(),
    ]
}

const QUESTS: u16 = 0;
const STAGES: u16 = 1;
const OBJECTIVES: u16 = 2;
const BRANCHES: u16 = 3;
const CONDITIONS: u16 = 4;
const FAILURES: u16 = 5;
const CONSEQUENCES: u16 = 6;
const REWARDS: u16 = 7;
const TOPICS: u16 = 8;
const LINKS: u16 = 9;
const MORE_OF_QUESTS: u16 = 10;
const MORE_OF_OBJECTIVES: u16 = 11;

/// What the loader checks in the sections of a program that begins with the section `first`.
struct ProgramColumns<'c> {
    context: &'c Context<'c>,
    journal: &'c Journal,
    first: u16,
}

impl ProgramColumns<'_> {
    fn range(&self, at: usize, section: u16) -> String {
        format!("Range {{ at: {at}, section: {} }}", self.first + section)
    }

    fn link(&self, at: usize, section: u16, optional: bool) -> String {
        format!("Link {{ at: {at}, section: {}, optional: {optional} }}", self.first + section)
    }

    fn same_as_ids(&self, kind: KindId) -> String {
        format!("SameRows {{ section: {} }}", self.context.layout.id_section(kind))
    }

    /// As many rows as there are objects of a list; none if the schema has no such list.
    fn same_as_records(&self, listed: Option<&Listed>) -> String {
        match listed.map(|listed| self.record_section(listed)) {
            Some(section) => format!("SameRows {{ section: {section} }}"),
            None => "Empty".to_owned(),
        }
    }

    fn record_section(&self, listed: &Listed) -> u16 {
        self.context.layout.records[listed.record.0 as usize].section
    }

    /// A range of links to objectives.
    fn listeners(&self, at: usize) -> String {
        let (links, objectives) = (self.first + LINKS, self.first + OBJECTIVES);
        format!("Ids {{ at: {at}, list: {links}, section: {objectives} }}")
    }

    fn quests(&self) -> Vec<String> {
        vec![
            self.same_as_ids(self.journal.quest),
            self.range(at::QUEST_STAGES, STAGES),
            self.range(at::QUEST_OBJECTIVES, OBJECTIVES),
            self.range(at::QUEST_PREREQUISITES, CONDITIONS),
            self.range(at::QUEST_REWARDS, REWARDS),
            self.link(at::QUEST_START, STAGES, true),
            self.link(at::QUEST_MORE, MORE_OF_QUESTS, true),
        ]
    }

    fn stages(&self) -> Vec<String> {
        let mut columns = vec![
            self.same_as_ids(self.journal.stage),
            self.range(at::STAGE_OBJECTIVES, OBJECTIVES),
            self.link(at::STAGE_NEXT, STAGES, true),
        ];
        columns.extend(self.journal.actions.as_ref().map(|actions| {
            format!("Range {{ at: {}, section: {} }}", at::STAGE_ACTIONS, self.record_section(actions))
        }));
        columns
    }

    fn objectives(&self) -> Vec<String> {
        vec![
            self.same_as_ids(self.journal.objective),
            self.link(at::OBJECTIVE_STAGE, STAGES, true),
            self.link(at::OBJECTIVE_TOPIC, TOPICS, true),
            self.link(at::OBJECTIVE_MORE, MORE_OF_OBJECTIVES, true),
        ]
    }

    fn branches(&self) -> Vec<String> {
        vec![
            self.link(at::BRANCH_TO, STAGES, false),
            self.link(at::BRANCH_CONDITION, CONDITIONS, false),
            self.journal.branch.map_or_else(|| "Empty".to_owned(), |(kind, _)| self.same_as_ids(kind)),
        ]
    }

    fn conditions(&self) -> Vec<String> {
        let layout = self.context.layout;
        let kinds: Vec<String> =
            self.journal.kinds.iter().map(|kind| layout.id_section(*kind).to_string()).collect();
        vec![
            format!("Variant {{ at: {}, count: {}, optional: false }}", at::CONDITION_ASK, at::ASKS),
            format!(
                "Variant {{ at: {}, count: {}, optional: false }}",
                at::CONDITION_OPERATOR,
                at::OPERATORS
            ),
            format!(
                "Target {{ at: {}, sections: &[{}], optional: true }}",
                at::CONDITION_TARGET,
                kinds.join(", ")
            ),
            format!("Value {{ at: {}, optional: true }}", at::CONDITION_VALUE),
            text(at::CONDITION_SORT),
        ]
    }

    fn failures(&self) -> Vec<String> {
        vec![
            self.link(at::FAILURE_TOPIC, TOPICS, true),
            text(at::FAILURE_NAME),
            self.same_as_records(self.journal.failures.as_ref().map(|(listed, _)| listed)),
        ]
    }

    fn consequences(&self) -> Vec<String> {
        vec![
            self.link(at::CONSEQUENCE_LOCKS, QUESTS, true),
            self.same_as_records(self.journal.consequences.as_ref().map(|(listed, _)| listed)),
        ]
    }

    fn rewards(&self) -> Vec<String> {
        let listed = self.journal.rewards.as_ref().map(|(listed, _)| listed);
        vec![text(at::REWARD_LABEL), self.same_as_records(listed)]
    }

    fn more_of_quests(&self) -> Vec<String> {
        vec![
            self.range(at::QUEST_MORE_BRANCHES, BRANCHES),
            self.range(at::QUEST_MORE_FAILURES, FAILURES),
            self.range(at::QUEST_MORE_CONSEQUENCES, CONSEQUENCES),
        ]
    }

    fn more_of_objectives(&self) -> Vec<String> {
        let mut columns = vec![
            self.range(at::OBJECTIVE_MORE_CONDITIONS, CONDITIONS),
            self.listeners(at::OBJECTIVE_MORE_ANY),
        ];
        columns.extend(self.journal.place_kind.map(|kind| {
            let places = self.context.layout.id_section(kind);
            format!("Link {{ at: {}, section: {places}, optional: true }}", at::OBJECTIVE_MORE_PLACE)
        }));
        columns
    }

    /// The last section has the rule about all of them.
    fn about(&self) -> Vec<String> {
        vec![
            text(0),
            format!(
                "Program {{ first: {}, quests: {}, actions: {}, places: {} }}",
                self.first,
                self.context.layout.id_section(self.journal.stage) + 2,
                self.journal.actions.is_some(),
                self.journal.place_kind.is_some()
            ),
        ]
    }
}

fn text(at: usize) -> String {
    format!("Text {{ at: {at}, optional: false }}")
}
