//! The program: quests as a journal plays them, so that a game needs neither names nor searches while it runs
//! (`docs/format.md`, Program).
//!
//! What the annotations say with paths is followed here, once: the rows hold what the paths lead to. `read` follows them.

mod alternatives;
mod asked;
mod names;
mod operators;
mod read;

use super::long_cells::LongCells;
use super::pool::StringPool;
use crate::check::requirements::need;
use crate::check::walk::follow;
use crate::check::{Renamed, Resolved, ResolvedRef, Row};
use crate::narrow::narrow_u32;
use crate::schema::{About, Journal, KindId, Literal, Means, Model, Need, Shape, Subject};
pub(super) use names::Written;
use operators::{number as operator_number, operator_of};
use quest_format::lookup::{probe, slots_for};
use quest_format::{self as format, program as at};
use read::EventArgs;
use std::collections::HashMap;

/// The sections of a program: bytes and number of rows.
pub(super) struct Sections(pub [(Vec<u8>, u32); at::SECTIONS]);

/// The sizes of the rows of the sections.
pub const SIZES: [usize; at::SECTIONS] = [
    at::QUEST,
    at::STAGE,
    at::OBJECTIVE,
    at::BRANCH,
    at::CONDITION,
    at::FAILURE,
    at::CONSEQUENCE,
    at::REWARD,
    at::TOPIC,
    format::LINK,
    at::MORE_OF_QUEST,
    at::MORE_OF_OBJECTIVE,
    format::TEXT,
    format::TEXT,
    format::TEXT,
    format::TEXT,
    at::ABOUT,
];

const QUESTS: usize = 0;
const STAGES: usize = 1;
const OBJECTIVES: usize = 2;
const BRANCHES: usize = 3;
const CONDITIONS: usize = 4;
const FAILURES: usize = 5;
const CONSEQUENCES: usize = 6;
const REWARDS: usize = 7;
const TOPICS: usize = 8;
const LINKS: usize = 9;
const MORE_OF_QUESTS: usize = 10;
const MORE_OF_OBJECTIVES: usize = 11;
/// What players read about quests, stages, objectives and rewards, where no column of their records says it.
const NAMES: [usize; 4] = [12, 13, 14, 15];
const ABOUT: usize = 16;

/// What the program says beside content.
#[derive(Debug, Default)]
pub struct Known {
    /// What the game is called: saves say it.
    pub game: String,
    pub renames: Vec<Renamed>,
}

/// Writes the program of resolved content.
pub(super) fn program(
    model: &Model,
    journal: &Journal,
    resolved: &Resolved<'_>,
    known: &Known,
    pool: &mut StringPool,
    long: &mut LongCells,
    written: Written<'_>,
) -> Sections {
    let empty = pool.intern("").to_le_bytes();
    let mut writer = Writer {
        model,
        journal,
        resolved,
        pool,
        long,
        written,
        empty,
        sections: std::array::from_fn(|_| Vec::new()),
        topics: Vec::new(),
        waiting: Vec::new(),
        failing: Vec::new(),
        on_facts: Vec::new(),
    };
    writer.rewards();
    writer.consequences();
    writer.failures();
    writer.objectives();
    writer.stages();
    writer.branches();
    writer.quests();
    writer.facts();
    let quests = model.flows[journal.flow].record;
    writer.names(0, quests, journal.names.quest.as_ref());
    writer.names(1, journal.stage_record, journal.names.stage.as_ref());
    writer.names(2, journal.objective_record, journal.names.objective.as_ref());
    if let Some((rewards, _)) = &journal.rewards {
        writer.names(3, rewards.record, journal.names.reward.as_ref());
    }
    writer.index();
    let game = writer.text(&known.game);
    writer.sections[ABOUT].extend(game);
    let sections = writer.sections.into_iter().zip(SIZES);
    let counted: Vec<_> = sections
        .map(|(bytes, size)| ((bytes.len() / size) as u32, bytes))
        .map(|(rows, bytes)| (bytes, rows))
        .collect();
    let mut out: [(Vec<u8>, u32); at::SECTIONS] = std::array::from_fn(|_| (Vec::new(), 0));
    out.iter_mut().zip(counted).for_each(|(place, section)| *place = section);
    Sections(out)
}

struct Writer<'m, 'r, 'a, 'p> {
    model: &'m Model,
    journal: &'m Journal,
    resolved: &'r Resolved<'a>,
    pool: &'p mut StringPool,
    long: &'p mut LongCells,
    written: Written<'p>,
    /// The cell of the empty text.
    empty: Cell,
    sections: [Vec<u8>; at::SECTIONS],
    /// The keys that something waits for, each with the objective, if it is one.
    topics: Vec<(u64, Option<u32>)>,
    /// Objectives and the keys they wait for; failure conditions and theirs.
    waiting: Vec<(u32, u64)>,
    failing: Vec<(u32, u64)>,
    /// Conditions of branches and of objectives that are done by doing others.
    on_facts: Vec<u32>,
}

/// The key of a fact: what the world is asked about, and the cell of whom.
fn fact_key(subject: u8, target: &[u8]) -> u64 {
    let row = |cell: &[u8]| cell.first_chunk().copied().map_or(0, u32::from_le_bytes);
    let (kind, row) = match target {
        [format::TARGET_ABSENT, ..] | [] => (0, 0),
        [format::TARGET_UNKNOWN | format::TARGET_TEXT, ..] => (0, u32::MAX),
        [kind, cell @ ..] => (*kind, row(cell)),
    };
    u64::from_le_bytes(at::Key::fact(subject, kind, row).bytes())
}

/// A cell of a range or of a text.
type Cell = [u8; format::RANGE];

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    fn text(&mut self, text: &str) -> Cell {
        self.pool.intern(text).to_le_bytes()
    }

    fn span(&mut self, first: usize, count: usize) -> Cell {
        self.long.range(narrow_u32(first)..narrow_u32(first + count))
    }

    fn range(&mut self, rows: &[Row]) -> Cell {
        self.span(rows.first().map_or(0, |first| first.row as usize), rows.len())
    }

    /// The rows from the first to the last of some, which can have others between them.
    fn cover(&mut self, rows: &[Row]) -> Cell {
        let rows = || rows.iter().map(|row| row.row as usize);
        match (rows().min(), rows().max()) {
            (Some(first), Some(last)) => self.span(first, last - first + 1),
            _ => self.span(0, 0),
        }
    }

    fn rows(&self, section: usize) -> usize {
        self.sections[section].len() / SIZES[section]
    }

    /// The row of what most have not; none if this one has nothing of it.
    fn more(&mut self, section: usize, cells: &[u8], nothing: &[u8]) -> [u8; format::LINK] {
        if cells == nothing {
            return format::ABSENT.to_le_bytes();
        }
        let row = self.rows(section) as u32;
        self.sections[section].extend(cells);
        row.to_le_bytes()
    }

    /// The number of a kind among those that targets can be of, from 1.
    fn kind_number(&self, kind: KindId) -> u8 {
        self.journal.kinds.iter().position(|known| *known == kind).map_or(0, |at| at as u8 + 1)
    }

    /// The key of what a reference says; `None` if nothing in the game can be it.
    fn key(&self, class: u8, said: &EventArgs<'_, '_>) -> Option<u64> {
        let (kind, row) = match (said.resolved_ref, said.kind) {
            (ResolvedRef::Id(_, row), Some(kind)) => (self.kind_number(kind), row),
            (ResolvedRef::Absent, _) => (0, 0),
            _ => return None,
        };
        let row = row.to_le_bytes();
        let variant = said.variant as u8;
        Some(u64::from_le_bytes([class, variant, kind, 0, row[0], row[1], row[2], row[3]]))
    }

    fn target(&mut self, said: &EventArgs<'_, '_>) -> [u8; format::TARGET] {
        let mut cell = [0; format::TARGET];
        match (said.resolved_ref, said.kind) {
            (ResolvedRef::Id(_, row), Some(kind)) => {
                cell[0] = self.kind_number(kind);
                cell[1..5].copy_from_slice(&row.to_le_bytes());
            }
            (ResolvedRef::Unknown, _) => {
                cell[0] = format::TARGET_UNKNOWN;
                cell[1..].copy_from_slice(&self.text(&said.text));
            }
            (ResolvedRef::Text, _) => {
                cell[0] = format::TARGET_TEXT;
                cell[1..].copy_from_slice(&self.text(&said.text));
            }
            _ => {}
        }
        cell
    }

    fn value(&mut self, literal: Option<Literal>) -> [u8; format::VALUE] {
        let mut cell = [0; format::VALUE];
        let (tag, payload) = match literal {
            Some(Literal::Boolean(value)) => (format::VALUE_BOOL, u64::from(value).to_le_bytes()),
            Some(Literal::Integer(value)) => {
                let value = value.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
                (format::VALUE_INT, value.to_le_bytes())
            }
            Some(Literal::Number(value)) => (format::VALUE_FLOAT, value.to_le_bytes()),
            Some(Literal::Text(text)) => {
                (format::VALUE_TEXT, u64::from(self.pool.intern(&text)).to_le_bytes())
            }
            _ => (format::VALUE_ABSENT, [0; 8]),
        };
        cell[0] = tag;
        cell[1..].copy_from_slice(&payload);
        cell
    }

    /// Adds a condition; gives its first row. If it names several, it holds for one of them; if it names none, it has one row.
    fn condition(
        &mut self,
        row: Row,
        about: &About,
        ask: Option<u8>,
        operator: u8,
        value: Option<&Literal>,
    ) -> u32 {
        let first = self.rows(CONDITIONS) as u32;
        let Some(all) = self.all_said(row, about) else { return self.never(row) };
        if all.is_list && all.count == 0 {
            return self.never(row);
        }
        for at in 0..all.count.max(1) {
            let Some(said) = all.said(self, at) else { continue };
            self.condition_of(row, about, &said, ask, operator, value);
            self.or_next(at + 1 < all.count);
        }
        first
    }

    fn condition_of(
        &mut self,
        row: Row,
        about: &About,
        said: &EventArgs<'_, '_>,
        ask: Option<u8>,
        operator: u8,
        value: Option<&Literal>,
    ) {
        let kind_is = |kind: KindId| said.kind == Some(kind);
        let ask = match ask {
            Some(ask) => ask,
            None if about.time == Some(said.variant) => at::ASK_TIME,
            None if kind_is(self.journal.objective) => at::ASK_OBJECTIVE,
            None if said.kind.is_some() && said.kind == self.journal.place_kind => at::ASK_PLACE,
            None => at::ASK_WORLD,
        };
        let subject = self.journal.subjects.iter().position(|subject| match subject {
            Subject::Kind(kind) => kind_is(*kind),
            Subject::Sort { name, .. } => *name == said.sort,
        });
        let target = if ask == at::ASK_TIME { [0; format::TARGET] } else { self.target(said) };
        let value = self.value(value.cloned());
        let sort = self.text(said.sort);
        let section = &mut self.sections[CONDITIONS];
        section.extend([ask, subject.map_or(u8::MAX, |at| at as u8), operator]);
        section.extend(target);
        section.extend(value);
        section.extend(row.row.to_le_bytes());
        section.extend(sort);
        section.push(0);
    }

    fn rewards(&mut self) {
        let Some((listed, choice)) = &self.journal.rewards else { return };
        let quests: Vec<Row> = self.rows_of(self.model.flows[self.journal.flow].record).collect();
        // Rows of rewards that are in no quest stay empty.
        let empty = self.empty;
        let count = self.resolved.content.table(listed.record).len();
        for _ in 0..count {
            self.sections[REWARDS].extend(empty);
            self.sections[REWARDS].push(0);
        }
        for quest in quests {
            let mut labels: Vec<String> = Vec::new();
            for row in self.listed(quest, Some(listed)) {
                let label = self.label(row);
                let seen = labels.iter().filter(|other| **other == label).count();
                let cell = match seen {
                    0 => self.text(&label),
                    _ => self.text(&format!("{label} #{}", seen + 1)),
                };
                labels.push(label);
                let flags = u8::from(self.is_true(row, choice.as_ref()));
                let at = row.row as usize * at::REWARD;
                let bytes = &mut self.sections[REWARDS][at..at + at::REWARD];
                bytes[..format::TEXT].copy_from_slice(&cell);
                bytes[at::REWARD_FLAGS] = flags;
            }
        }
    }

    /// The values of a row that are no prose: enums, references, numbers.
    fn label(&self, row: Row) -> String {
        let record = self.model.record(row.record);
        let mut words = String::new();
        for (at, field) in record.fields.iter().enumerate() {
            if !matches!(
                field.shape,
                Shape::Enum(_) | Shape::Link(_) | Shape::Target(_) | Shape::Integer { .. }
            ) {
                continue;
            }
            if let Some(node) = self.resolved.content.node(row, at) {
                if !words.is_empty() {
                    words.push(' ');
                }
                match node.text() {
                    Some(text) => words.push_str(&text),
                    None => words.push_str(&Literal::of(node).show_plain()),
                }
            }
        }
        words
    }

    fn consequences(&mut self) {
        let Some((listed, lock)) = &self.journal.consequences else { return };
        for row in self.rows_of(listed.record) {
            let locks = lock.as_ref().and_then(|(about, variant)| {
                let said = self.said(row, about)?;
                match said.resolved_ref {
                    ResolvedRef::Id(_, id)
                        if said.variant == *variant && said.kind == Some(self.journal.quest) =>
                    {
                        Some(id)
                    }
                    _ => None,
                }
            });
            self.sections[CONSEQUENCES].extend(locks.unwrap_or(format::ABSENT).to_le_bytes());
        }
    }

    fn failures(&mut self) {
        let journal = self.journal;
        let Some((listed, about)) = &journal.failures else { return };
        for row in self.rows_of(listed.record) {
            let said = self.said(row, about);
            let sort = said.as_ref().map_or("", |said| said.sort);
            let time = said.as_ref().is_some_and(|said| about.time == Some(said.variant));
            let key = said.filter(|_| !time).and_then(|said| self.key(at::CLASS_FAILURE, &said));
            if let Some(key) = key {
                self.topics.push((key, None));
                self.failing.push((row.row, key));
            }
            let name = self.title_cell(row, journal.names.failure.as_ref());
            let name = name.unwrap_or_else(|| self.text(sort));
            self.sections[FAILURES].extend(format::ABSENT.to_le_bytes());
            self.sections[FAILURES].push(u8::from(time));
            self.sections[FAILURES].extend(name);
        }
    }

    fn objectives(&mut self) {
        let journal = self.journal;
        let flow = &self.model.flows[journal.flow];
        let Some(tasks) = &flow.tasks else { return };
        let stages: Vec<Row> = self.rows_of(journal.stage_record).collect();
        let count = self.resolved.content.table(journal.objective_record).len() as usize;
        // An objective that is in no stage belongs to none and waits for nothing.
        let mut nowhere = [0; at::OBJECTIVE];
        for link in [at::OBJECTIVE_STAGE, at::OBJECTIVE_TOPIC, at::OBJECTIVE_MORE] {
            nowhere[link..link + 4].copy_from_slice(&format::ABSENT.to_le_bytes());
        }
        self.sections[OBJECTIVES] = nowhere.repeat(count);
        for stage in stages {
            let rows = self.objects(stage, &tasks.at);
            let own: Vec<u32> = rows.iter().map(|row| row.row).collect();
            let all: Vec<Vec<(Row, Vec<u32>)>> =
                rows.iter().map(|row| self.groups(*row, tasks, &own)).collect();
            for (row, groups) in rows.iter().zip(&all) {
                let row = *row;
                let first_condition = self.rows(CONDITIONS);
                for (condition, objectives) in groups {
                    self.one_of(*condition, objectives);
                }
                if let Some((listed, about)) = &journal.conditions {
                    for condition in self.listed(row, Some(listed)) {
                        let mut places = follow(self.model, self.resolved, condition, &about.path);
                        if places.any(|(owner, field)| self.asks_for_objectives(owner, field)) {
                            continue;
                        }
                        let value = about.value.as_ref().and_then(|path| self.literal(condition, path));
                        let operator = operator_of(value.as_ref());
                        self.condition(condition, about, None, operator, value.as_ref());
                    }
                }
                let mut alternatives: Vec<u32> =
                    groups.iter().flat_map(|(_, objectives)| objectives).copied().collect();
                alternatives.sort_unstable();
                alternatives.dedup();
                if !groups.is_empty() {
                    self.on_facts.extend(first_condition as u32..self.rows(CONDITIONS) as u32);
                }
                let conditions = self.span(first_condition, self.rows(CONDITIONS) - first_condition);
                let first_link = self.rows(LINKS);
                for other in &alternatives {
                    self.sections[LINKS].extend(other.to_le_bytes());
                }
                let modular = !groups.is_empty();
                let mut lists = all.iter().flatten().map(|(_, objectives)| objectives);
                let alternative = lists.any(|list| list.contains(&row.row));
                let optional = self.is_true(row, tasks.optional.as_ref());
                let hidden = self.is_true(row, tasks.hidden.as_ref());
                let count = self.number(row, journal.count.as_ref()).unwrap_or(1).max(1);
                let place = match (&journal.place, journal.place_kind) {
                    (Some(path), Some(kind)) => self.link(row, path, kind),
                    _ => format::ABSENT,
                };
                // What is done by doing another is not done by itself.
                if !modular {
                    let key =
                        self.said(row, &journal.event).and_then(|said| self.key(at::CLASS_OBJECTIVE, &said));
                    if let Some(key) = key {
                        self.topics.push((key, Some(row.row)));
                        self.waiting.push((row.row, key));
                    }
                }
                let flags =
                    u8::from(!optional && !alternative) | u8::from(hidden) << 1 | u8::from(modular) << 2;
                let any_of = self.span(first_link, alternatives.len());
                let absent = format::ABSENT.to_le_bytes();
                let more = [conditions, any_of, place.to_le_bytes()].concat();
                let nothing = [[0; format::RANGE], [0; format::RANGE], absent].concat();
                let more = self.more(MORE_OF_OBJECTIVES, &more, &nothing);
                let start = row.row as usize * at::OBJECTIVE;
                let bytes = &mut self.sections[OBJECTIVES][start..start + at::OBJECTIVE];
                let mut put = |at: usize, cell: &[u8]| bytes[at..at + cell.len()].copy_from_slice(cell);
                put(at::OBJECTIVE_STAGE, &stage.row.to_le_bytes());
                put(at::OBJECTIVE_TOPIC, &absent);
                put(at::OBJECTIVE_COUNT, &count.to_le_bytes());
                put(at::OBJECTIVE_MORE, &more);
                put(at::OBJECTIVE_FLAGS, &[flags]);
            }
        }
    }

    fn stages(&mut self) {
        let journal = self.journal;
        let flow = &self.model.flows[journal.flow];
        let Some(tasks) = &flow.tasks else { return };
        let main_lines = self.main_lines();
        for stage in self.rows_of(journal.stage_record) {
            let next = self.next_of(stage);
            let objectives = self.range(&self.objects(stage, &tasks.at));
            let actions = self.range(&self.listed(stage, journal.actions.as_ref()));
            let flags = u8::from(self.is_true(stage, journal.skippable.as_ref()))
                | u8::from(main_lines.contains(&stage.row)) << 1;
            let section = &mut self.sections[STAGES];
            section.extend(objectives);
            section.extend(next.to_le_bytes());
            section.extend(actions);
            section.push(flags);
        }
    }

    fn branches(&mut self) {
        let journal = self.journal;
        let (Some((_, record)), Some(about), Some([_, to, _])) =
            (journal.branch, &journal.branch_on, &self.model.flows[journal.flow].branches)
        else {
            return;
        };
        for row in self.rows_of(record) {
            let value = about.value.as_ref().and_then(|path| self.literal(row, path));
            let operator = operator_of(value.as_ref());
            let condition = self.condition(row, about, None, operator, value.as_ref());
            self.on_facts.extend(condition..self.rows(CONDITIONS) as u32);
            let to = self.link(row, to, journal.stage);
            let section = &mut self.sections[BRANCHES];
            section.extend(to.to_le_bytes());
            section.extend(condition.to_le_bytes());
        }
    }

    /// Adds the facts that objectives and branches wait for to what something waits for.
    fn facts(&mut self) {
        for row in std::mem::take(&mut self.on_facts) {
            let start = row as usize * at::CONDITION;
            let Some(cells) = self.sections[CONDITIONS].get(start..start + at::CONDITION) else { continue };
            if matches!(cells[at::CONDITION_ASK], at::ASK_WORLD | at::ASK_PLACE) {
                let target = &cells[at::CONDITION_TARGET..at::CONDITION_TARGET + format::TARGET];
                let key = fact_key(cells[at::CONDITION_SUBJECT], target);
                self.topics.push((key, None));
            }
        }
    }

    /// The conditions before a quest can be begun.
    fn prerequisites(&mut self, quest: Row) -> Cell {
        let journal = self.journal;
        let first = self.rows(CONDITIONS);
        if let (Some((listed, about)), Some(requires)) = (&journal.prerequisites, journal.requires) {
            let requires = &self.model.requires[requires];
            for row in self.listed(quest, Some(listed)) {
                let Some(about) = about else {
                    self.never(row);
                    continue;
                };
                let said = self.said(row, about);
                let means = said.as_ref().and_then(|said| {
                    requires.means.iter().find(|(sort, _)| *sort == *said.sort).map(|(_, means)| *means)
                });
                // The world may know of a quest that this content does not.
                let known = said.as_ref().is_some_and(|said| said.kind == Some(journal.quest));
                let ask = match means {
                    Some(Means::Complete) if known => Some(at::ASK_COMPLETE),
                    Some(Means::Active) if known => Some(at::ASK_ACTIVE),
                    _ => None,
                };
                let value = requires.value.as_ref().and_then(|path| self.literal(row, path));
                let operators = requires.operator.as_ref();
                let written = operators.and_then(|operators| {
                    let word = self.value_at(row, &operators.path)?.text()?;
                    operators.meaning(&word)
                });
                let operator = written.map_or_else(|| operator_of(value.as_ref()), operator_number);
                self.condition(row, about, ask, operator, value.as_ref());
            }
        }
        if journal.prerequisites.is_none() {
            self.named_before(quest);
        }
        self.span(first, self.rows(CONDITIONS) - first)
    }

    fn quests(&mut self) {
        let journal = self.journal;
        let flow = &self.model.flows[journal.flow];
        for quest in self.rows_of(flow.record) {
            let stages = self.objects(quest, &flow.nodes);
            let tasks = flow.tasks.as_ref().map(|tasks| &tasks.at);
            let objectives: Vec<Row> =
                stages.iter().flat_map(|stage| tasks.map(|at| self.objects(*stage, at))).flatten().collect();
            let branches = match &flow.branches {
                Some([at, ..]) => self.objects(quest, at),
                None => Vec::new(),
            };
            let start = self.start_of(quest);
            let prerequisites = self.prerequisites(quest);
            let failures = self.listed(quest, journal.failures.as_ref().map(|(listed, _)| listed));
            let consequences = self.listed(quest, journal.consequences.as_ref().map(|(listed, _)| listed));
            let rewards = self.listed(quest, journal.rewards.as_ref().map(|(listed, _)| listed));
            let limit = self.number(quest, journal.limit.as_ref()).unwrap_or(0);
            let flags = u8::from(self.is_true(quest, journal.repeatable.as_ref()))
                | u8::from(self.is_true(quest, journal.hidden.as_ref())) << 1
                | u8::from(self.needs_any(quest)) << 2;
            let more = [self.range(&branches), self.range(&failures), self.range(&consequences)].concat();
            let more = [&more[..], &limit.to_le_bytes()].concat();
            let more = self.more(MORE_OF_QUESTS, &more, &[0; at::MORE_OF_QUEST]);
            let ranges = [self.range(&stages), self.cover(&objectives), prerequisites, self.range(&rewards)];
            let section = &mut self.sections[QUESTS];
            section.extend(ranges.concat());
            section.extend(start.to_le_bytes());
            section.extend(more);
            section.push(flags);
        }
    }

    /// Whether one of the conditions before a quest is enough.
    fn needs_any(&self, quest: Row) -> bool {
        let requires = self.journal.requires.map(|at| &self.model.requires[at]);
        let rule = requires.and_then(|requires| requires.need.first());
        need(self.model, self.resolved, quest, rule) == Need::Any
    }

    /// The index: from what happens to whom to the objectives that wait for it.
    fn index(&mut self) {
        let mut topics = std::mem::take(&mut self.topics);
        topics.sort_by_key(|(key, _)| *key);
        let slots = slots_for(topics.chunk_by(|one, other| one.0 == other.0).count());
        let mut table = vec![0; slots * at::TOPIC];
        let mut place: HashMap<u64, u32> = HashMap::new();
        for topic in topics.chunk_by(|one, other| one.0 == other.0) {
            let Some((key, _)) = topic.first().copied() else { continue };
            let first = self.rows(LINKS);
            for objective in topic.iter().filter_map(|(_, objective)| *objective) {
                self.sections[LINKS].extend(objective.to_le_bytes());
            }
            let links = self.span(first, self.rows(LINKS) - first);
            let is_empty = |slot: &usize| table[slot * at::TOPIC..][..8] == [0; 8];
            // A quarter of the slots is empty.
            let Some(slot) = probe(at::topic_hash(key), slots).find(is_empty) else { continue };
            let row = &mut table[slot * at::TOPIC..][..at::TOPIC];
            row[..8].copy_from_slice(&key.to_le_bytes());
            row[at::TOPIC_OBJECTIVES..].copy_from_slice(&links);
            place.insert(key, slot as u32);
        }
        self.sections[TOPICS] = table;
        for (list, section, size, at) in [
            (std::mem::take(&mut self.waiting), OBJECTIVES, at::OBJECTIVE, at::OBJECTIVE_TOPIC),
            (std::mem::take(&mut self.failing), FAILURES, at::FAILURE, at::FAILURE_TOPIC),
        ] {
            for (row, key) in list {
                let start = row as usize * size + at;
                let topic = place.get(&key).copied().unwrap_or(format::ABSENT);
                self.sections[section][start..start + 4].copy_from_slice(&topic.to_le_bytes());
            }
        }
    }
}
