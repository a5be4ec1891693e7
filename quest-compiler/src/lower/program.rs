//! The program: quests as a journal plays them, so that a game needs neither names nor searches while it runs
//! (`docs/format.md`, Program).
//!
//! What the annotations say with paths is followed here, once: the rows hold what the paths lead to. `read` follows them.

mod alternatives;
mod asked;
mod conditions;
mod flow;
mod index;
mod names;
mod objectives;
mod operators;
mod outcomes;
mod read;

use super::long_cells::LongCells;
use super::pool::StringPool;
use crate::check::{Renamed, ResolvedRef, Row};
use crate::narrow::narrow_u32;
use crate::texts::Language;
pub(super) use names::Written;
use quest_format::{self as format, program as at};
use read::EventArgs;
pub use read::Reader;

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
    /// The translations of each other language.
    pub languages: Vec<Language>,
}

/// Writes the program of resolved content.
pub(super) fn program(
    read: Reader<'_, '_, '_>,
    known: &Known,
    pool: &mut StringPool,
    long: &mut LongCells,
    written: Written<'_>,
) -> Sections {
    let mut writer = Writer::new(read, pool, long);
    writer.written = Some(written);
    writer.rows_of_all();
    let (model, journal) = (read.model, read.journal);
    writer.names(0, model.flows[journal.flow].record, journal.names.quest.as_ref());
    writer.names(1, journal.stage_record, journal.names.stage.as_ref());
    writer.names(2, journal.objective_record, journal.names.objective.as_ref());
    if let Some((rewards, _)) = &journal.rewards {
        writer.names(3, rewards.record, journal.names.reward.as_ref());
    }
    writer.index();
    let game = writer.text(&known.game);
    writer.sections[ABOUT].extend(game);
    writer.finish()
}

/// Writes the program of some quests, without names. The rows of all others are there, and say nothing.
pub(super) fn program_of(
    read: Reader<'_, '_, '_>,
    quests: &[bool],
    pool: &mut StringPool,
    long: &mut LongCells,
) -> Sections {
    let mut writer = Writer::new(read, pool, long);
    writer.only = Some(quests);
    writer.rows_of_all();
    writer.index();
    writer.finish()
}

struct Writer<'m, 'r, 'a, 'p> {
    read: Reader<'m, 'r, 'a>,
    pool: &'p mut StringPool,
    long: &'p mut LongCells,
    /// The rows that hold names already. Without them, nothing gets a name.
    written: Option<Written<'p>>,
    /// Which quests are written, if not all are.
    only: Option<&'p [bool]>,
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

/// A cell of a range or of a text.
type Cell = [u8; format::RANGE];

impl<'m: 'a, 'r, 'a, 'p> Writer<'m, 'r, 'a, 'p> {
    fn new(read: Reader<'m, 'r, 'a>, pool: &'p mut StringPool, long: &'p mut LongCells) -> Self {
        let empty = pool.intern("").to_le_bytes();
        Self {
            read,
            pool,
            long,
            written: None,
            only: None,
            empty,
            sections: std::array::from_fn(|_| Vec::new()),
            topics: Vec::new(),
            waiting: Vec::new(),
            failing: Vec::new(),
            on_facts: Vec::new(),
        }
    }

    /// Writes the rows of everything that is played.
    fn rows_of_all(&mut self) {
        self.rewards();
        self.consequences();
        self.failures();
        self.objectives();
        self.stages();
        self.branches();
        self.quests();
        self.facts();
    }

    fn finish(self) -> Sections {
        let mut sizes = SIZES.iter();
        Sections(self.sections.map(|bytes| {
            let rows = bytes.len() / sizes.next().copied().unwrap_or(1);
            (bytes, narrow_u32(rows))
        }))
    }

    /// The quests whose rows are written.
    fn quests_to_write(&self) -> Vec<Row> {
        let is_written = |row: &Row| self.only.is_none_or(|only| only.get(row.row as usize) == Some(&true));
        let record = self.read.model.flows[self.read.journal.flow].record;
        self.read.rows_of(record).filter(is_written).collect()
    }

    /// The stages whose rows are written. Those of all quests include stages that are in none.
    fn stages_to_write(&self) -> Vec<Row> {
        if self.only.is_none() {
            return self.read.rows_of(self.read.journal.stage_record).collect();
        }
        let nodes = &self.read.model.flows[self.read.journal.flow].nodes;
        self.quests_to_write().into_iter().flat_map(|quest| self.read.objects(quest, nodes)).collect()
    }

    /// Fills a section with rows that say nothing: cells of links to nothing, and zeros.
    fn fill(&mut self, section: usize, rows: u32, links: &[usize]) {
        let mut nothing = vec![0; SIZES[section]];
        for link in links {
            nothing[*link..link + format::LINK].copy_from_slice(&format::ABSENT.to_le_bytes());
        }
        self.sections[section] = nothing.repeat(rows as usize);
    }

    /// Writes cells into a row of a section that was filled.
    fn put(&mut self, section: usize, row: u32, cells: &[(usize, &[u8])]) {
        let start = row as usize * SIZES[section];
        let Some(bytes) = self.sections[section].get_mut(start..start + SIZES[section]) else { return };
        for (at, cell) in cells {
            bytes[*at..at + cell.len()].copy_from_slice(cell);
        }
    }

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

    fn target(&mut self, said: &EventArgs<'_, '_>) -> [u8; format::TARGET] {
        let mut cell = [0; format::TARGET];
        match (said.resolved_ref, said.kind) {
            (ResolvedRef::Id(_, row), Some(kind)) => {
                cell[0] = self.read.kind_number(kind);
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
}
