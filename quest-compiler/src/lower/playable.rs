//! The program of some quests alone, to be played at once: no records, no texts, no ids.

use super::long_cells::LongCells;
use super::pool::StringPool;
use super::program::{Reader, program_of};
use super::readable::readable;
use super::tables::{Sections, assemble};
use super::{LowerError, ProgramSections};
use quest_format as format;
use quest_format::program as at;
use quest_types::journal::Program;

/// The section of stages, behind which that of their quests is; it is empty, as that of all ids.
const IDS: u16 = 0;
const QUESTS_OF_STAGES: u16 = IDS + format::KIND_SECTIONS as u16 - 1;
const LONG: u16 = QUESTS_OF_STAGES + 1;
const FIRST: u16 = LONG + 1;

/// The program of some quests. The rows of all others are there, and say nothing.
///
/// # Errors
///
/// Content that exceeds a limit of the format.
pub fn playable(read: Reader<'_, '_, '_>, quests: &[bool]) -> Result<&'static Program, LowerError> {
    let (mut pool, mut long) = (StringPool::for_texts(0), LongCells::default());
    let program = program_of(read, quests, &mut pool, &mut long);
    let mut sections = Sections::new(FIRST + at::SECTIONS as u16);
    let stages = &read.resolved.ids.of(read.journal.stage).list;
    let parents = stages.iter().flat_map(|stage| stage.parent.to_le_bytes()).collect();
    sections.set(QUESTS_OF_STAGES, parents, stages.len());
    let long = long.finish().ok_or(LowerError::TooManyLongCells)?;
    let rows = long.len() / format::LONG_RANGE;
    sections.set(LONG, long, rows);
    for ((bytes, rows), section) in program.0.into_iter().zip(FIRST..) {
        sections.set(section, bytes, rows as usize);
    }
    let bytes = assemble(0, &sections)?;
    let text = pool.finish().ok_or(LowerError::TextsTooLarge)?;
    let places =
        ProgramSections { first: FIRST, long: LONG, ids: [IDS; 3], branches: None, names: [None; 4] };
    Ok(readable(bytes, text, places))
}
