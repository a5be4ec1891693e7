//! What players read about the rows of a program: where a column of the records has it, nothing is written once more.

use super::{Cell, NAMES, Writer};
use crate::check::Row;
use crate::check::walk::follow;
use crate::lower::layout::{CellKind, Layout};
use crate::schema::{Path, RecordId, Shape};
use quest_format as format;

/// The rows of records and ids, which are written before the program.
#[derive(Clone, Copy)]
pub(in crate::lower) struct Written<'p> {
    pub(in crate::lower) layout: &'p Layout,
    pub(in crate::lower) sections: &'p [Vec<u8>],
}

impl Written<'_> {
    /// A text cell.
    fn cell(&self, section: u16, row: u32, size: usize, at: usize) -> Cell {
        let start = row as usize * size + at;
        let cell = self.sections[usize::from(section)].get(start..).and_then(|bytes| bytes.first_chunk());
        cell.copied().unwrap_or(format::ABSENT.to_le_bytes())
    }
}

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    /// Writes what players read about the rows of quests, stages, objectives or rewards, unless a column of their records says it.
    pub(super) fn names(&mut self, number: usize, record: RecordId, path: Option<&Path>) {
        let Some(written) = self.written else { return };
        let said = written.layout.program.is_none_or(|program| program.names[number].is_some());
        if said || path.is_none() {
            return;
        }
        for row in self.read.rows_of(record) {
            let name = self.title_cell(row, path).unwrap_or(format::ABSENT.to_le_bytes());
            self.sections[NAMES[number]].extend(name);
        }
    }

    /// What players read, if there is something. The text has its place already, and is not looked for in the pool again.
    pub(super) fn title_cell(&mut self, row: Row, path: Option<&Path>) -> Option<Cell> {
        let (owner, field) = follow(self.read.model, self.read.resolved, row, path?).next()?;
        let written = self.written?;
        let record = &written.layout.records[owner.record.0 as usize];
        let (place, shape) =
            (&record.cells[field], &self.read.model.record(owner.record).fields[field].shape);
        if place.cell != CellKind::Text || *shape != Shape::Text {
            return self.read.title(row, path).map(|name| self.text(&name));
        }
        let cell = written.cell(record.section, owner.row, record.size as usize, place.at as usize);
        let nothing = [format::ABSENT.to_le_bytes(), self.empty];
        (!nothing.contains(&cell)).then_some(cell)
    }
}
