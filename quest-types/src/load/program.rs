//! Checks that the rows of a program fit together: a journal goes from row to row without looking back.
//!
//! That every link and range lies within its table has been checked before. Here it is checked that what belongs to a quest
//! leads to what belongs to the same quest. A journal then ends each call, whatever the rows hold. The time is linear in the
//! number of rows: no two rows can claim a third.

use alloc::vec::Vec;
use core::ops::Range;

use super::LoadError;
use super::verify::Rows;
use crate::format::{ABSENT, program as at};

const QUESTS: usize = 0;
const STAGES: usize = 1;
const OBJECTIVES: usize = 2;
const BRANCHES: usize = 3;
const CONDITIONS: usize = 4;
const TOPICS: usize = 8;
const LINKS: usize = 9;
const MORE_OF_QUESTS: usize = 10;
const MORE_OF_OBJECTIVES: usize = 11;

/// The program whose sections begin with `first`.
pub(super) struct Program<'a> {
    pub(super) sections: &'a [Rows<'a>],
    pub(super) first: usize,
    /// The quest of each stage.
    pub(super) quest_of: Rows<'a>,
    /// What is too long for its cell.
    pub(super) long: Rows<'a>,
}

/// What is wrong with a row.
type Finding = Result<(), &'static str>;

impl Program<'_> {
    /// Verifies it. Whether the schema has actions and places says whether there can be any.
    pub(super) fn verify(&self, actions: bool, places: bool) -> Result<(), LoadError> {
        self.each(QUESTS, |quest| self.quest(quest))?;
        self.each(STAGES, |stage| self.stage(stage, actions))?;
        self.each(CONDITIONS, |condition| self.condition(condition, places))?;
        let links = self.stages_of_links();
        self.each(OBJECTIVES, |objective| self.objective(objective, &links, places))?;
        self.topics()
    }

    fn each(&self, section: usize, rule: impl Fn(usize) -> Finding) -> Result<(), LoadError> {
        (0..self.count(section)).try_for_each(|row| {
            rule(row).map_err(|what| LoadError::Corrupt { section: self.first + section, row, what })
        })
    }

    fn count(&self, section: usize) -> usize {
        self.sections.get(self.first + section).map_or(0, |rows| rows.count)
    }

    fn cell(&self, section: usize, row: usize, at: usize) -> u32 {
        let rows = self.sections.get(self.first + section);
        rows.and_then(|rows| rows.row(row).u32(at)).unwrap_or(ABSENT)
    }

    fn byte(&self, section: usize, row: usize, at: usize) -> u8 {
        let rows = self.sections.get(self.first + section);
        rows.and_then(|rows| rows.row(row).u8(at)).unwrap_or(u8::MAX)
    }

    fn range(&self, section: usize, row: usize, at: usize) -> Range<usize> {
        let rows = self.sections.get(self.first + section);
        let (first, count) = rows.and_then(|rows| rows.row(row).range(at, self.long)).unwrap_or_default();
        first as usize..(first as usize).saturating_add(count as usize)
    }

    /// The row with what most quests or objectives do not have; one that no section has, if this one has it neither.
    fn more(&self, section: usize, row: usize, at: usize) -> usize {
        self.cell(section, row, at) as usize
    }

    /// The quest of a stage.
    fn quest_of(&self, stage: u32) -> usize {
        self.quest_of.row(stage as usize).u32(0).unwrap_or(ABSENT) as usize
    }

    fn quest(&self, quest: usize) -> Finding {
        let mut stages = self.range(QUESTS, quest, at::QUEST_STAGES);
        if stages.any(|stage| self.quest_of(stage as u32) != quest) {
            return Err("a stage belongs to another quest");
        }
        let start = self.cell(QUESTS, quest, at::QUEST_START);
        if start != ABSENT && self.quest_of(start) != quest {
            return Err("it begins in a stage of another quest");
        }
        let more = self.more(QUESTS, quest, at::QUEST_MORE);
        let mut branches = self.range(MORE_OF_QUESTS, more, at::QUEST_MORE_BRANCHES);
        if branches.any(|branch| self.quest_of(self.cell(BRANCHES, branch, at::BRANCH_TO)) != quest) {
            return Err("a branch leads into another quest");
        }
        Ok(())
    }

    fn stage(&self, stage: usize, actions: bool) -> Finding {
        let quest = self.quest_of(stage as u32);
        let next = self.cell(STAGES, stage, at::STAGE_NEXT);
        if next != ABSENT && self.quest_of(next) != quest {
            return Err("the stage after it belongs to another quest");
        }
        let own = self.range(STAGES, stage, at::STAGE_OBJECTIVES);
        let of_quest = self.range(QUESTS, quest, at::QUEST_OBJECTIVES);
        if !own.is_empty() && (own.start < of_quest.start || own.end > of_quest.end) {
            return Err("an objective is none of the quest");
        }
        let mut own = own;
        if own.any(|objective| self.cell(OBJECTIVES, objective, at::OBJECTIVE_STAGE) as usize != stage) {
            return Err("an objective belongs to another stage");
        }
        if !actions && !self.range(STAGES, stage, at::STAGE_ACTIONS).is_empty() {
            return Err("it has actions, and the schema has none");
        }
        Ok(())
    }

    fn condition(&self, condition: usize, places: bool) -> Finding {
        let is_place = self.byte(CONDITIONS, condition, at::CONDITION_ASK) == at::ASK_PLACE;
        // The first kind is that of places.
        if is_place && !(places && self.byte(CONDITIONS, condition, at::CONDITION_TARGET) == 1) {
            return Err("a condition about a place names none");
        }
        Ok(())
    }

    /// For each link, the stage of the objective that it names, and where the links end that name objectives of this stage.
    fn stages_of_links(&self) -> Vec<(u32, usize)> {
        let stage_of = |link| {
            let objective = self.cell(LINKS, link, 0) as usize;
            self.cell(OBJECTIVES, objective, at::OBJECTIVE_STAGE)
        };
        let mut links: Vec<(u32, usize)> = (0..self.count(LINKS)).map(|link| (stage_of(link), 0)).collect();
        let mut after: Option<(u32, usize)> = None;
        for (at, (stage, end)) in links.iter_mut().enumerate().rev() {
            *end = after.filter(|(next, _)| next == stage).map_or(at + 1, |(_, end)| end);
            after = Some((*stage, *end));
        }
        links
    }

    fn objective(&self, objective: usize, links: &[(u32, usize)], places: bool) -> Finding {
        let stage = self.cell(OBJECTIVES, objective, at::OBJECTIVE_STAGE);
        let more = self.more(OBJECTIVES, objective, at::OBJECTIVE_MORE);
        let any = self.range(MORE_OF_OBJECTIVES, more, at::OBJECTIVE_MORE_ANY);
        let of_stage = |(of, end): &(u32, usize)| *of == stage && *end >= any.end;
        if !any.is_empty() && !links.get(any.start).is_some_and(of_stage) {
            return Err("an alternative belongs to another stage");
        }
        if !places && self.cell(MORE_OF_OBJECTIVES, more, at::OBJECTIVE_MORE_PLACE) != ABSENT {
            return Err("it counts at a place, and the schema has none");
        }
        Ok(())
    }

    /// A search for a topic ends at a slot that is empty.
    fn topics(&self) -> Result<(), LoadError> {
        let count = self.count(TOPICS);
        let is_empty = |slot| {
            let rows = self.sections.get(self.first + TOPICS);
            rows.and_then(|rows| rows.row(slot).u64(at::TOPIC_KEY)) == Some(0)
        };
        if count == 0 || (count.is_power_of_two() && (0..count).any(is_empty)) {
            return Ok(());
        }
        Err(LoadError::Corrupt {
            section: self.first + TOPICS,
            row: 0,
            what: "the number of slots is not a power of two above the number of topics",
        })
    }
}
