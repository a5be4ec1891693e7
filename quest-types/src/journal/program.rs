//! The program: what `quest-build` compiles quests to, so that they can be played without looking at them.
//!
//! It is a group of sections in the tables, behind all others (`docs/format.md`, Program). Rows of quests,
//! stages, objectives and branches are the rows of their ids; rows of rewards, actions and the like are the
//! rows of the records. So what a program says leads to typed content and back without a search.
//!
//! This module only reads. It must not know what any of it is for.

use crate::format::lookup::probe;
use crate::format::{ABSENT, KEY, KIND_SECTIONS, PARENT, TEXT, program as format, text};
use crate::table::{LongRanges, records};
use crate::{Row, broken};

mod condition;

pub use crate::format::program::Key;
pub use condition::{Ask, Condition, Operator};

/// A range of rows.
pub type Rows = core::ops::Range<u32>;

/// Where the tables hold what a program consists of.
#[derive(Clone, Copy, Debug)]
pub struct Sections {
    /// The first of its own sections.
    pub first: usize,
    /// What is too long for its cell.
    pub long: usize,
    /// The keys of quests, stages and objectives.
    pub keys: [usize; 3],
    /// The keys of branches, if there are any.
    pub branches: Option<usize>,
    /// What players read about quests, stages, objectives and rewards, where a column of their records says it.
    pub names: [Option<Column>; 4],
}

/// A column of texts in the rows of a section.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The section.
    pub section: usize,
    /// Bytes of its rows.
    pub size: usize,
    /// The offset of the text cell in a row.
    pub at: usize,
}

/// What players read about something: a column of its record, or a section for it alone.
#[derive(Clone, Copy)]
struct Names {
    bytes: &'static [u8],
    size: usize,
    at: usize,
}

impl Names {
    const fn read(data: &'static [u8], own: usize, column: Option<Column>) -> Self {
        let Column { section, size, at } = match column {
            Some(column) => column,
            None => Column { section: own, size: TEXT, at: 0 },
        };
        Self { bytes: crate::table::section(data, section, size).0, size, at }
    }

    /// The text of a row, unless it is empty.
    fn get(&self, pool: &'static str, row: u32) -> Option<&'static str> {
        let start = (row as usize).checked_mul(self.size)?.checked_add(self.at)?;
        match u32::from_le_bytes(*self.bytes.get(start..)?.first_chunk()?) {
            ABSENT => None,
            at => Some(text(pool, at).unwrap_or_else(|| broken())).filter(|text| !text.is_empty()),
        }
    }
}

/// The sections of a program.
#[derive(Clone, Copy)]
pub struct Program {
    text: &'static str,
    content: u64,
    /// What is too long for its cell.
    long: LongRanges,
    /// The ids of quests, stages, objectives and branches.
    ids: [&'static [Row<{ KEY }>]; 4],
    /// The quest of each stage.
    quest_of: &'static [Row<{ PARENT }>],
    quests: &'static [Row<{ format::QUEST }>],
    stages: &'static [Row<{ format::STAGE }>],
    objectives: &'static [Row<{ format::OBJECTIVE }>],
    branches: &'static [Row<{ format::BRANCH }>],
    more_of_quests: &'static [Row<{ format::MORE_OF_QUEST }>],
    more_of_objectives: &'static [Row<{ format::MORE_OF_OBJECTIVE }>],
    /// What players read about quests, stages, objectives and rewards.
    names: [Names; 4],
    conditions: &'static [Row<{ format::CONDITION }>],
    failures: &'static [Row<{ format::FAILURE }>],
    consequences: &'static [Row<{ format::CONSEQUENCE }>],
    rewards: &'static [Row<{ format::REWARD }>],
    topics: &'static [Row<{ format::TOPIC }>],
    links: &'static [Row<4>],
    about: &'static [Row<{ format::ABOUT }>],
}

impl core::fmt::Debug for Program {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Program").field("quests", &self.quests.len()).finish_non_exhaustive()
    }
}

impl Program {
    /// Reads the program.
    ///
    /// # Panics
    ///
    /// If the tables do not have its sections. In a `static` this is an error of the compiler.
    #[must_use]
    pub const fn read(data: &'static [u8], text: &'static str, sections: Sections) -> Self {
        let first = sections.first;
        let [quests, stages, objectives] = sections.keys;
        Self {
            text,
            content: crate::table::content(data),
            long: records(data, sections.long),
            ids: [
                records(data, quests),
                records(data, stages),
                records(data, objectives),
                match sections.branches {
                    Some(branches) => records(data, branches),
                    None => &[],
                },
            ],
            quest_of: records(data, stages + KIND_SECTIONS - 1),
            quests: records(data, first),
            stages: records(data, first + 1),
            objectives: records(data, first + 2),
            branches: records(data, first + 3),
            conditions: records(data, first + 4),
            failures: records(data, first + 5),
            consequences: records(data, first + 6),
            rewards: records(data, first + 7),
            topics: records(data, first + 8),
            links: records(data, first + 9),
            more_of_quests: records(data, first + 10),
            more_of_objectives: records(data, first + 11),
            names: [
                Names::read(data, first + 12, sections.names[0]),
                Names::read(data, first + 13, sections.names[1]),
                Names::read(data, first + 14, sections.names[2]),
                Names::read(data, first + 15, sections.names[3]),
            ],
            about: records(data, first + 16),
        }
    }

    /// The number of quests.
    #[must_use]
    pub const fn quest_count(&self) -> u32 {
        self.quests.len() as u32
    }

    /// The number of stages.
    #[must_use]
    pub const fn stage_count(&self) -> u32 {
        self.stages.len() as u32
    }

    /// The number of objectives.
    #[must_use]
    pub const fn objective_count(&self) -> u32 {
        self.objectives.len() as u32
    }

    /// Changes with any change of content; 0 while none is loaded.
    #[must_use]
    pub const fn content(&self) -> u64 {
        self.content
    }

    /// What this content is called: saves of another game have another name.
    #[must_use]
    pub fn game(&self) -> &'static str {
        self.about.first().map_or("", |row| row.text(self.text, 0))
    }

    fn quest(&self, quest: u32) -> Option<&'static Row<{ format::QUEST }>> {
        self.quests.get(quest as usize)
    }

    fn quest_rows(&self, quest: u32, at: usize) -> Rows {
        self.quest(quest).map_or(0..0, |row| self.rows(row, at))
    }

    /// What most quests do not have.
    fn more_of_quest(&self, quest: u32) -> Option<&'static Row<{ format::MORE_OF_QUEST }>> {
        self.more_of_quests.get(self.quest(quest)?.link(format::QUEST_MORE)? as usize)
    }

    fn more_rows(&self, quest: u32, at: usize) -> Rows {
        self.more_of_quest(quest).map_or(0..0, |row| self.rows(row, at))
    }

    /// The stages of a quest.
    #[must_use]
    pub fn stages(&self, quest: u32) -> Rows {
        self.quest_rows(quest, format::QUEST_STAGES)
    }

    /// The objectives of all stages of a quest.
    #[must_use]
    pub fn objectives(&self, quest: u32) -> Rows {
        self.quest_rows(quest, format::QUEST_OBJECTIVES)
    }

    /// The branches of a quest, in their order.
    #[must_use]
    pub fn branches(&self, quest: u32) -> Rows {
        self.more_rows(quest, format::QUEST_MORE_BRANCHES)
    }

    /// The conditions before a quest can be begun.
    #[must_use]
    pub fn prerequisites(&self, quest: u32) -> Rows {
        self.quest_rows(quest, format::QUEST_PREREQUISITES)
    }

    /// What a quest fails by.
    #[must_use]
    pub fn failures(&self, quest: u32) -> Rows {
        self.more_rows(quest, format::QUEST_MORE_FAILURES)
    }

    /// What failing costs.
    #[must_use]
    pub fn consequences(&self, quest: u32) -> Rows {
        self.more_rows(quest, format::QUEST_MORE_CONSEQUENCES)
    }

    /// What a quest pays.
    #[must_use]
    pub fn rewards(&self, quest: u32) -> Rows {
        self.quest_rows(quest, format::QUEST_REWARDS)
    }

    /// The first stage of a quest.
    #[must_use]
    pub fn start(&self, quest: u32) -> Option<u32> {
        self.quest(quest)?.link(format::QUEST_START)
    }

    /// The turns that a quest may take; `None` is as many as one likes.
    #[must_use]
    pub fn limit(&self, quest: u32) -> Option<u32> {
        self.more_of_quest(quest).map(|row| row.u32(format::QUEST_MORE_LIMIT)).filter(|limit| *limit > 0)
    }

    /// Whether a quest can be done again.
    #[must_use]
    pub fn repeatable(&self, quest: u32) -> bool {
        self.quest(quest).is_some_and(|row| row.flag(format::QUEST_FLAGS, 0))
    }

    /// Whether a quest is secret until it is found.
    #[must_use]
    pub fn hidden_quest(&self, quest: u32) -> bool {
        self.quest(quest).is_some_and(|row| row.flag(format::QUEST_FLAGS, 1))
    }

    /// Whether one of the conditions before a quest is enough.
    #[must_use]
    pub fn any_is_enough(&self, quest: u32) -> bool {
        self.quest(quest).is_some_and(|row| row.flag(format::QUEST_FLAGS, 2))
    }

    /// The quest of a stage.
    #[must_use]
    pub fn quest_of(&self, stage: u32) -> Option<u32> {
        self.quest_of.get(stage as usize)?.link(0)
    }

    /// The objectives of a stage.
    #[must_use]
    pub fn stage_objectives(&self, stage: u32) -> Rows {
        self.stages.get(stage as usize).map_or(0..0, |row| self.rows(row, format::STAGE_OBJECTIVES))
    }

    /// The stage after a stage.
    #[must_use]
    pub fn next(&self, stage: u32) -> Option<u32> {
        self.stages.get(stage as usize)?.link(format::STAGE_NEXT)
    }

    /// What happens when a stage is over.
    #[must_use]
    pub fn actions(&self, stage: u32) -> Rows {
        self.stages.get(stage as usize).map_or(0..0, |row| self.rows(row, format::STAGE_ACTIONS))
    }

    /// Whether a stage can be passed over.
    #[must_use]
    pub fn skippable(&self, stage: u32) -> bool {
        self.stages.get(stage as usize).is_some_and(|row| row.flag(format::STAGE_FLAGS, 0))
    }

    /// Whether branches on facts can be taken in a stage.
    #[must_use]
    pub fn open_to_facts(&self, stage: u32) -> bool {
        self.stages.get(stage as usize).is_some_and(|row| row.flag(format::STAGE_FLAGS, 1))
    }

    fn objective(&self, objective: u32) -> Option<&'static Row<{ format::OBJECTIVE }>> {
        self.objectives.get(objective as usize)
    }

    /// What most objectives do not have.
    fn more_of_objective(&self, objective: u32) -> Option<&'static Row<{ format::MORE_OF_OBJECTIVE }>> {
        self.more_of_objectives.get(self.objective(objective)?.link(format::OBJECTIVE_MORE)? as usize)
    }

    /// The stage of an objective.
    #[must_use]
    pub fn stage_of(&self, objective: u32) -> Option<u32> {
        self.objective(objective)?.link(format::OBJECTIVE_STAGE)
    }

    /// The topic that an objective waits for.
    #[must_use]
    pub fn topic_of(&self, objective: u32) -> Option<u32> {
        self.objective(objective)?.link(format::OBJECTIVE_TOPIC)
    }

    /// How often it has to be done: 1 or more.
    #[must_use]
    pub fn required(&self, objective: u32) -> u32 {
        self.objective(objective).map_or(1, |row| row.u32(format::OBJECTIVE_COUNT).max(1))
    }

    /// What must hold for an objective to count.
    #[must_use]
    pub fn objective_conditions(&self, objective: u32) -> Rows {
        self.more_of_objective(objective)
            .map_or(0..0, |row| self.rows(row, format::OBJECTIVE_MORE_CONDITIONS))
    }

    /// The objectives of which one is enough for this one.
    pub fn alternatives(&self, objective: u32) -> impl Iterator<Item = u32> + use<> {
        let more = self.more_of_objective(objective);
        self.linked(more.map_or(0..0, |row| self.rows(row, format::OBJECTIVE_MORE_ANY)))
    }

    /// The only place where an objective counts.
    #[must_use]
    pub fn place(&self, objective: u32) -> Option<u32> {
        self.more_of_objective(objective)?.link(format::OBJECTIVE_MORE_PLACE)
    }

    /// Whether a stage needs this objective.
    #[must_use]
    pub fn needed(&self, objective: u32) -> bool {
        self.objective(objective).is_some_and(|row| row.flag(format::OBJECTIVE_FLAGS, 0))
    }

    /// Whether an objective is secret until it is found.
    #[must_use]
    pub fn hidden(&self, objective: u32) -> bool {
        self.objective(objective).is_some_and(|row| row.flag(format::OBJECTIVE_FLAGS, 1))
    }

    /// Whether an objective is done by doing one of several others.
    #[must_use]
    pub fn modular(&self, objective: u32) -> bool {
        self.objective(objective).is_some_and(|row| row.flag(format::OBJECTIVE_FLAGS, 2))
    }

    /// Where a branch leads, and its condition: the first, if one of several is enough.
    #[must_use]
    pub fn branch(&self, branch: u32) -> Option<(u32, Condition)> {
        let row = self.branches.get(branch as usize)?;
        Some((row.link(format::BRANCH_TO)?, self.condition(row.link(format::BRANCH_CONDITION)?)?))
    }

    /// The topic that a failure condition waits for.
    #[must_use]
    pub fn failure_topic(&self, failure: u32) -> Option<u32> {
        self.failures.get(failure as usize)?.link(format::FAILURE_TOPIC)
    }

    /// Whether a failure condition is that time has run out.
    #[must_use]
    pub fn fails_by_time(&self, failure: u32) -> bool {
        self.failures.get(failure as usize).is_some_and(|row| row.flag(format::FAILURE_FLAGS, 0))
    }

    /// The quest that a consequence locks.
    #[must_use]
    pub fn locks(&self, consequence: u32) -> Option<u32> {
        self.consequences.get(consequence as usize)?.link(format::CONSEQUENCE_LOCKS)
    }

    /// Whether a reward is one of several from which one is picked.
    #[must_use]
    pub fn is_choice(&self, reward: u32) -> bool {
        self.rewards.get(reward as usize).is_some_and(|row| row.flag(format::REWARD_FLAGS, 0))
    }

    /// What a reward is, in words that stay the same while it is the same. No two rewards of a quest have the
    /// same words.
    #[must_use]
    pub fn reward_label(&self, reward: u32) -> &'static str {
        self.rewards.get(reward as usize).map_or("", |row| row.text(self.text, format::REWARD_LABEL))
    }

    /// The id and the title of a quest.
    #[must_use]
    pub fn quest_names(&self, quest: u32) -> (&'static str, &'static str) {
        self.names_of(0, quest)
    }

    /// The id and the title of a stage.
    #[must_use]
    pub fn stage_names(&self, stage: u32) -> (&'static str, &'static str) {
        self.names_of(1, stage)
    }

    /// The id and the text of an objective.
    #[must_use]
    pub fn objective_names(&self, objective: u32) -> (&'static str, &'static str) {
        self.names_of(2, objective)
    }

    /// The id of a branch.
    #[must_use]
    pub fn branch_id(&self, branch: u32) -> &'static str {
        self.id(3, branch)
    }

    /// What players read about a failure.
    #[must_use]
    pub fn failure_name(&self, failure: u32) -> &'static str {
        self.failures.get(failure as usize).map_or("", |row| row.text(self.text, format::FAILURE_NAME))
    }

    /// What players read about a reward.
    #[must_use]
    pub fn reward_name(&self, reward: u32) -> &'static str {
        self.names[3].get(self.text, reward).unwrap_or_else(|| self.reward_label(reward))
    }

    /// The id, and what players read; the id if they read nothing.
    fn names_of(&self, kind: usize, row: u32) -> (&'static str, &'static str) {
        let id = self.id(kind, row);
        (id, self.names[kind].get(self.text, row).unwrap_or(id))
    }

    /// The own id of a row of a kind: 0 is quests, 1 stages, 2 objectives, 3 branches.
    #[must_use]
    pub fn id(&self, kind: usize, row: u32) -> &'static str {
        self.ids[kind].get(row as usize).map_or("", |row| row.text(self.text, 0))
    }

    fn rows<const N: usize>(&self, row: &Row<N>, at: usize) -> Rows {
        let (first, count) = row.span(self.long, at);
        first..first.saturating_add(count)
    }

    /// The topic of a key; none if no quest waits for it.
    #[must_use]
    #[inline]
    pub fn topic(&self, key: Key) -> Option<u32> {
        let wanted = u64::from_le_bytes(key.bytes());
        for at in probe(format::topic_hash(wanted), self.topics.len()) {
            match self.topics.get(at)?.u64(format::TOPIC_KEY) {
                0 => return None,
                found if found == wanted => return Some(at as u32),
                _ => {}
            }
        }
        None
    }

    /// What a topic is about.
    #[must_use]
    pub fn key_of(&self, topic: u32) -> Option<Key> {
        let key = self.topics.get(topic as usize)?.u64(format::TOPIC_KEY);
        let [class, variant, kind, _, row @ ..] = key.to_le_bytes();
        (class != 0).then(|| Key { class, variant, kind, row: u32::from_le_bytes(row) })
    }

    /// The objectives of all quests that wait for a topic.
    pub fn listeners(&self, topic: u32) -> impl Iterator<Item = u32> + use<> {
        let topic = self.topics.get(topic as usize);
        self.linked(topic.map_or(0..0, |row| self.rows(row, format::TOPIC_OBJECTIVES)))
    }

    fn linked(&self, rows: Rows) -> impl Iterator<Item = u32> + use<> {
        let links = self.links.get(rows.start as usize..rows.end as usize).unwrap_or_default();
        links.iter().map(|row| row.u32(0))
    }
}
