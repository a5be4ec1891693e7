//! Offsets in the sections of a program: the compiled quests that a journal plays (`docs/format.md`, Program).

use crate::cell::{LINK, RANGE, TARGET, TEXT, VALUE};

/// The number of sections.
pub const SECTIONS: usize = 17;

/// Stages.
pub const QUEST_STAGES: usize = 0;
/// Objectives of all stages.
pub const QUEST_OBJECTIVES: usize = QUEST_STAGES + RANGE;
/// Conditions before it can be begun.
pub const QUEST_PREREQUISITES: usize = QUEST_OBJECTIVES + RANGE;
/// What it pays.
pub const QUEST_REWARDS: usize = QUEST_PREREQUISITES + RANGE;
/// The first stage.
pub const QUEST_START: usize = QUEST_REWARDS + RANGE;
/// What most quests do not have: a row of that section.
pub const QUEST_MORE: usize = QUEST_START + LINK;
/// Bit 0: repeatable. Bit 1: hidden. Bit 2: one of the conditions before it is enough.
pub const QUEST_FLAGS: usize = QUEST_MORE + LINK;
/// Bytes of a quest.
pub const QUEST: usize = QUEST_FLAGS + 1;

/// Branches.
pub const QUEST_MORE_BRANCHES: usize = 0;
/// What it fails by.
pub const QUEST_MORE_FAILURES: usize = QUEST_MORE_BRANCHES + RANGE;
/// What failing costs.
pub const QUEST_MORE_CONSEQUENCES: usize = QUEST_MORE_FAILURES + RANGE;
/// Turns it may take (u32); 0 is as many as one likes.
pub const QUEST_MORE_LIMIT: usize = QUEST_MORE_CONSEQUENCES + RANGE;
/// Bytes of what most quests do not have.
pub const MORE_OF_QUEST: usize = QUEST_MORE_LIMIT + 4;

/// Its objectives.
pub const STAGE_OBJECTIVES: usize = 0;
/// The stage after it.
pub const STAGE_NEXT: usize = STAGE_OBJECTIVES + RANGE;
/// What happens when it is over: rows of the record.
pub const STAGE_ACTIONS: usize = STAGE_NEXT + LINK;
/// Bit 0: can be passed over. Bit 1: branches on facts can be taken here.
pub const STAGE_FLAGS: usize = STAGE_ACTIONS + RANGE;
/// Bytes of a stage.
pub const STAGE: usize = STAGE_FLAGS + 1;

/// The stage.
pub const OBJECTIVE_STAGE: usize = 0;
/// The topic it waits for.
pub const OBJECTIVE_TOPIC: usize = OBJECTIVE_STAGE + LINK;
/// How often (u32).
pub const OBJECTIVE_COUNT: usize = OBJECTIVE_TOPIC + LINK;
/// What most objectives do not have: a row of that section.
pub const OBJECTIVE_MORE: usize = OBJECTIVE_COUNT + 4;
/// Bit 0: the stage needs it. Bit 1: hidden. Bit 2: done by doing one of several others.
pub const OBJECTIVE_FLAGS: usize = OBJECTIVE_MORE + LINK;
/// Bytes of an objective.
pub const OBJECTIVE: usize = OBJECTIVE_FLAGS + 1;

/// What must hold for it to count.
pub const OBJECTIVE_MORE_CONDITIONS: usize = 0;
/// Links to objectives of which one is enough.
pub const OBJECTIVE_MORE_ANY: usize = OBJECTIVE_MORE_CONDITIONS + RANGE;
/// The only place where it counts.
pub const OBJECTIVE_MORE_PLACE: usize = OBJECTIVE_MORE_ANY + RANGE;
/// Bytes of what most objectives do not have.
pub const MORE_OF_OBJECTIVE: usize = OBJECTIVE_MORE_PLACE + LINK;

/// The stage where it leads.
pub const BRANCH_TO: usize = 0;
/// Its condition.
pub const BRANCH_CONDITION: usize = BRANCH_TO + LINK;
/// Bytes of a branch.
pub const BRANCH: usize = BRANCH_CONDITION + LINK;

/// What is asked: one of the `ASK_` numbers.
pub const CONDITION_ASK: usize = 0;
/// What the world is asked about: position among the journal's subjects.
pub const CONDITION_SUBJECT: usize = 1;
/// How the answer is compared.
pub const CONDITION_OPERATOR: usize = 2;
/// Whom or what it is about.
pub const CONDITION_TARGET: usize = 3;
/// What the answer is compared with.
pub const CONDITION_VALUE: usize = CONDITION_TARGET + TARGET;
/// The row of its record (u32).
pub const CONDITION_ROW: usize = CONDITION_VALUE + VALUE;
/// Its sort, as the content spells it.
pub const CONDITION_SORT: usize = CONDITION_ROW + LINK;
/// Bit 0: this one or the next is enough.
pub const CONDITION_FLAGS: usize = CONDITION_SORT + TEXT;
/// Bytes of a condition.
pub const CONDITION: usize = CONDITION_FLAGS + 1;

/// The world is asked.
pub const ASK_WORLD: u8 = 0;
/// A quest has been completed.
pub const ASK_COMPLETE: u8 = 1;
/// A quest is under way.
pub const ASK_ACTIVE: u8 = 2;
/// An objective is done; the target is its row.
pub const ASK_OBJECTIVE: u8 = 3;
/// The player is at a place.
pub const ASK_PLACE: u8 = 4;
/// Time has run out.
pub const ASK_TIME: u8 = 5;
/// Nothing: it never holds.
pub const ASK_NOTHING: u8 = 6;
/// The number of these.
pub const ASKS: u8 = 7;

/// Operators, in this order.
pub const EQUALS: u8 = 0;
/// More was found.
pub const GREATER_THAN: u8 = 1;
/// Less was found.
pub const LESS_THAN: u8 = 2;
/// It is there.
pub const HAS: u8 = 3;
/// It is not there.
pub const NOT_HAS: u8 = 4;
/// As much or more.
pub const AT_LEAST: u8 = 5;
/// As much or less.
pub const AT_MOST: u8 = 6;
/// The number of operators.
pub const OPERATORS: u8 = 7;

/// The topic it waits for.
pub const FAILURE_TOPIC: usize = 0;
/// Bit 0: time has run out.
pub const FAILURE_FLAGS: usize = FAILURE_TOPIC + LINK;
/// What players read.
pub const FAILURE_NAME: usize = FAILURE_FLAGS + 1;
/// Bytes of a failure condition.
pub const FAILURE: usize = FAILURE_NAME + TEXT;

/// The quest that is locked.
pub const CONSEQUENCE_LOCKS: usize = 0;
/// Bytes of a consequence.
pub const CONSEQUENCE: usize = LINK;

/// What it is, in words that stay the same while it is the same.
pub const REWARD_LABEL: usize = 0;
/// Bit 0: one of several from which one is picked.
pub const REWARD_FLAGS: usize = TEXT;
/// Bytes of a reward.
pub const REWARD: usize = REWARD_FLAGS + 1;

/// What happened to whom (u64, see `Key::bytes`); 0 is an empty slot.
pub const TOPIC_KEY: usize = 0;
/// Links to the objectives that wait for it.
pub const TOPIC_OBJECTIVES: usize = 8;
/// Bytes of a topic.
pub const TOPIC: usize = TOPIC_OBJECTIVES + RANGE;
/// Class of what objectives count.
pub const CLASS_OBJECTIVE: u8 = 1;
/// Class of what quests fail by.
pub const CLASS_FAILURE: u8 = 2;
/// Class of facts that a quest waits for: the position of the subject takes the place of what happened.
pub const CLASS_FACT: u8 = 3;

/// The one row about all of it: the name of the game.
pub const ABOUT: usize = TEXT;

/// Where the search for a topic starts, before it is cut to the number of slots.
#[must_use]
#[inline]
pub const fn topic_hash(key: u64) -> u64 {
    let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed ^ mixed >> 32
}

/// What an event is about: what happened, and to whom. Two events with one key are the same to a journal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// 1: objectives count it. 2: quests fail by it.
    pub class: u8,
    /// What happened: the position in the schema's `enum`.
    pub variant: u8,
    /// The kind of its target, counted from 1; 0 if it has none.
    pub kind: u8,
    /// The row of its target.
    pub row: u32,
}

impl Key {
    /// Something that objectives count.
    #[must_use]
    pub const fn objective_event(variant: u8, kind: u8, row: u32) -> Self {
        Self { class: CLASS_OBJECTIVE, variant, kind, row }
    }

    /// Something that quests fail by.
    #[must_use]
    pub const fn failure_event(variant: u8, kind: u8, row: u32) -> Self {
        Self { class: CLASS_FAILURE, variant, kind, row }
    }

    /// A fact: the position of what the world is asked about, and the cell of whom. Facts that a text names have one key for
    /// each subject: kind 0 and the last row.
    #[must_use]
    pub const fn fact(subject: u8, kind: u8, row: u32) -> Self {
        Self { class: CLASS_FACT, variant: subject, kind, row }
    }

    /// The bytes by which a topic is found.
    #[must_use]
    pub const fn bytes(self) -> [u8; 8] {
        let row = self.row.to_le_bytes();
        [self.class, self.variant, self.kind, 0, row[0], row[1], row[2], row[3]]
    }
}

#[cfg(test)]
mod tests {
    use super::Key;

    #[test]
    fn keys_differ_in_every_part() {
        let key = Key::objective_event(1, 2, 3);
        assert_eq!(key.bytes(), [1, 1, 2, 0, 3, 0, 0, 0]);
        let others = [
            Key::failure_event(1, 2, 3),
            Key { variant: 2, ..key },
            Key { kind: 0, ..key },
            Key { row: 1 << 24, ..key },
        ];
        assert!(others.iter().all(|other| other.bytes() != key.bytes()));
    }
}
