//! Checks every cell of every row against the layout, so that no accessor can fail later.
//!
//! The time is linear in the size of the tables for every column, whatever the tables hold: elements of lists
//! are checked once for each column, however many rows claim them.

use alloc::vec;
use alloc::vec::Vec;

use super::LoadError;
use crate::format::{
    self, ABSENT, ABSENT_VARIANT, FORMAT, SECTION_ENTRY, TABLES_FORMAT_AT, TABLES_HEADER, TABLES_LAYOUT_AT,
    TABLES_MAGIC, TABLES_SECTIONS_AT,
};
use crate::table::{Column, Layout};

/// Verifies tables and their texts. Their content fingerprint is not looked at.
pub fn verify_tables(tables: &[u8], text: &str, layout: &Layout) -> Result<(), LoadError> {
    let sections = sections(tables, layout)?;
    let tables = Tables { sections, text, long: layout.long };
    for (number, section) in layout.sections.iter().enumerate() {
        for column in section.columns {
            tables.column(number, column)?;
        }
    }
    Ok(())
}

/// The rows of every section, which lie one after the other and fill the file.
fn sections<'a>(tables: &'a [u8], layout: &Layout) -> Result<Vec<Rows<'a>>, LoadError> {
    let header = |what| LoadError::Header { what };
    let cut_short = || header("its tables end too early");
    let cells = Cells(tables);
    if !tables.starts_with(&TABLES_MAGIC) || cells.u32(TABLES_FORMAT_AT) != Some(FORMAT) {
        return Err(header("its tables are not of this format"));
    }
    if cells.u64(TABLES_LAYOUT_AT) != Some(layout.fingerprint) {
        return Err(header("its tables are made for another schema than it says"));
    }
    if cells.u32(TABLES_SECTIONS_AT).map(|count| count as usize) != Some(layout.sections.len()) {
        return Err(header("it has another number of tables than the game"));
    }
    let mut end = TABLES_HEADER + layout.sections.len() * SECTION_ENTRY;
    let mut rest = tables.get(end..).ok_or_else(cut_short)?;
    let mut sections = Vec::with_capacity(layout.sections.len());
    for (number, section) in layout.sections.iter().enumerate() {
        let entry = TABLES_HEADER + number * SECTION_ENTRY;
        let (first, rows) = cells.u32(entry).zip(cells.u32(entry + 4)).ok_or_else(cut_short)?;
        if first as usize != end {
            return Err(header("a table does not begin where the one before it ends"));
        }
        let (size, rows) = (section.size as usize, rows as usize);
        let length = rows.checked_mul(size).ok_or_else(cut_short)?;
        let (bytes, after) = rest.split_at_checked(length).ok_or_else(cut_short)?;
        end += length;
        rest = after;
        sections.push(Rows { bytes, size, count: rows });
    }
    if rest.is_empty() { Ok(sections) } else { Err(header("there are bytes after its last table")) }
}

/// One section.
#[derive(Clone, Copy)]
pub(super) struct Rows<'a> {
    bytes: &'a [u8],
    size: usize,
    pub(super) count: usize,
}

impl<'a> Rows<'a> {
    /// The cells of a row; none where there is no such row.
    pub(super) fn row(self, row: usize) -> Cells<'a> {
        let start = row.checked_mul(self.size).filter(|_| row < self.count);
        Cells(start.and_then(|start| self.bytes.get(start..start + self.size)).unwrap_or_default())
    }
}

/// The cells of one row; none where the layout asks for one beyond its end.
#[derive(Clone, Copy)]
pub(super) struct Cells<'a>(&'a [u8]);

impl Cells<'_> {
    fn bytes<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.0.get(at..)?.first_chunk().copied()
    }

    pub(super) fn u8(self, at: usize) -> Option<u8> {
        self.0.get(at).copied()
    }

    pub(super) fn u16(self, at: usize) -> Option<u16> {
        self.bytes(at).map(u16::from_le_bytes)
    }

    pub(super) fn u32(self, at: usize) -> Option<u32> {
        self.bytes(at).map(u32::from_le_bytes)
    }

    pub(super) fn u64(self, at: usize) -> Option<u64> {
        self.bytes(at).map(u64::from_le_bytes)
    }

    /// The first row of a range and the number of its rows.
    pub(super) fn range(self, at: usize, long: Rows<'_>) -> Option<(u32, u32)> {
        match format::range_parts(self.u32(at)?) {
            Ok(span) => Some(span),
            Err(row) => {
                let row = long.row(row as usize);
                row.u32(0).zip(row.u32(4))
            }
        }
    }
}

/// What a rule finds in a row: nothing, or what is wrong.
type Finding = Result<(), &'static str>;

const BEYOND: &str = "a cell lies beyond the end of the row";

struct Tables<'a> {
    sections: Vec<Rows<'a>>,
    text: &'a str,
    long: u16,
}

impl<'a> Tables<'a> {
    fn section(&self, number: u16) -> Result<Rows<'a>, LoadError> {
        let rows = self.sections.get(usize::from(number)).copied();
        rows.ok_or(LoadError::Header { what: "the game's layout names a table that it does not have" })
    }

    fn count(&self, number: u16) -> Result<usize, LoadError> {
        self.section(number).map(|rows| rows.count)
    }

    fn counts(&self, numbers: &[u16]) -> Result<Vec<usize>, LoadError> {
        numbers.iter().map(|number| self.count(*number)).collect()
    }

    /// Checks a section against one of its rules: for each row, for the elements of lists, or for all rows together.
    fn column(&self, number: usize, column: &Column) -> Result<(), LoadError> {
        match *column {
            Column::Text { at, optional } => self.rows(number, |row| self.text(row, at, optional)),
            Column::Value { at, optional } => self.rows(number, |row| self.value(row, at, optional)),
            Column::Variant { at, count, optional } => {
                self.rows(number, |row| variant(row, at, count, optional))
            }
            Column::Range { .. } | Column::Link { .. } | Column::Wide { .. } | Column::Target { .. } => {
                self.leading_cell(number, column)
            }
            Column::Tags { at, list, by, allowed } => self.tags(number, at, list, by, allowed),
            Column::Texts { .. }
            | Column::Ids { .. }
            | Column::Values { .. }
            | Column::Targets { .. }
            | Column::Variants { .. } => self.list(number, column),
            _ => self.whole_section(number, column),
        }
    }

    /// A cell that leads to rows of another section.
    fn leading_cell(&self, number: usize, column: &Column) -> Result<(), LoadError> {
        match *column {
            Column::Range { at, section } => {
                let (count, long) = (self.count(section)?, self.section(self.long)?);
                self.rows(number, |row| range(row, at, long, count).map(|_| ()))
            }
            Column::Link { at, section, optional } => {
                let count = self.count(section)?;
                self.rows(number, |row| link(row, at, count, optional))
            }
            Column::Wide { at, byte, bit } => {
                let count = self.count(self.long)?;
                self.rows(number, |row| match row.u8(byte as usize).ok_or(BEYOND)? >> bit & 1 {
                    0 => Ok(()),
                    _ => link(row, at, count, false),
                })
            }
            Column::Target { at, sections, optional } => {
                let counts = self.counts(sections)?;
                self.rows(number, |row| self.target(row, at, &counts, optional))
            }
            _ => Ok(()),
        }
    }

    /// A cell that leads to elements of a list.
    fn list(&self, number: usize, column: &Column) -> Result<(), LoadError> {
        match *column {
            Column::Texts { at, list } => self.elements(number, at, list, |row| self.text(row, 0, false)),
            Column::Ids { at, list, section } => {
                let count = self.count(section)?;
                self.elements(number, at, list, |row| link(row, 0, count, false))
            }
            Column::Values { at, list } => self.elements(number, at, list, |row| self.value(row, 0, false)),
            Column::Targets { at, list, sections } => {
                let counts = self.counts(sections)?;
                self.elements(number, at, list, |row| self.target(row, 0, &counts, false))
            }
            Column::Variants { at, list, count } => {
                self.elements(number, at, list, |row| variant(row, 0, count, false))
            }
            _ => Ok(()),
        }
    }

    /// A rule about all rows of a section.
    fn whole_section(&self, number: usize, column: &Column) -> Result<(), LoadError> {
        match *column {
            Column::Slots { keys } => self.slots(number, self.count(keys)?),
            Column::SameRows { section } => self.same_rows(number, self.count(section)?),
            Column::Renames { kinds } => self.renames(number, kinds),
            Column::Empty => match self.sections.get(number) {
                Some(rows) if rows.count > 0 => Err(LoadError::Corrupt {
                    section: number,
                    row: 0,
                    what: "there are rows for what the schema does not have",
                }),
                _ => Ok(()),
            },
            Column::Program { first, quests, actions, places } => {
                let (quest_of, long) = (self.section(quests)?, self.section(self.long)?);
                let (sections, first) = (&self.sections, usize::from(first));
                super::program::Program { sections, first, quest_of, long }.verify(actions, places)
            }
            _ => Ok(()),
        }
    }

    /// What a target can be where a sibling decides. One variant after the other, so that the time stays linear where ranges overlap.
    fn tags(
        &self,
        number: usize,
        at: u32,
        list: Option<u16>,
        by: Option<u32>,
        allowed: &[&[u8]],
    ) -> Result<(), LoadError> {
        (0..).zip(allowed).filter(|(_, allowed)| !allowed.is_empty()).try_for_each(|(variant, allowed)| {
            let decides = |row: Cells<'_>| by.is_none_or(|by| row.u8(by as usize) == Some(variant));
            match list {
                Some(list) => self.elements_of(number, at, list, decides, |row| tag(row, 0, allowed)),
                None => self.rows(number, |row| if decides(row) { tag(row, at, allowed) } else { Ok(()) }),
            }
        })
    }

    /// Former paths of ids that exist.
    fn renames(&self, number: usize, kinds: &[u16]) -> Result<(), LoadError> {
        let counts = self.counts(kinds)?;
        self.rows(number, |row| {
            let kind = row.u16(format::RENAME_KIND).ok_or(BEYOND)?;
            let count = counts.get(usize::from(kind)).ok_or("an id was renamed whose kind does not exist")?;
            self.text(row, format::RENAME_OLD as u32, false)?;
            link(row, format::RENAME_ROW as u32, *count, false)
        })
    }

    /// Applies a rule to every row of a section.
    fn rows(&self, number: usize, rule: impl Fn(Cells<'_>) -> Finding) -> Result<(), LoadError> {
        let Some(rows) = self.sections.get(number).filter(|rows| rows.size > 0) else {
            return Ok(());
        };
        for (row, bytes) in rows.bytes.chunks_exact(rows.size).enumerate() {
            rule(Cells(bytes)).map_err(|what| LoadError::Corrupt { section: number, row, what })?;
        }
        Ok(())
    }

    /// Applies a rule to every element that is in a list of this column.
    fn elements(
        &self,
        number: usize,
        at: u32,
        list: u16,
        rule: impl Fn(Cells<'_>) -> Finding,
    ) -> Result<(), LoadError> {
        self.elements_of(number, at, list, |_| true, rule)
    }

    /// The same for the lists of some rows.
    fn elements_of(
        &self,
        number: usize,
        at: u32,
        list: u16,
        which: impl Fn(Cells<'_>) -> bool,
        rule: impl Fn(Cells<'_>) -> Finding,
    ) -> Result<(), LoadError> {
        let (elements, long) = (self.section(list)?, self.section(self.long)?);
        // How many more lists an element is in than the element before it. Wrapping, so that any sum is
        // right.
        let mut changes = vec![0_u32; elements.count + 1];
        let mut change = |element: usize, by: u32| {
            if let Some(change) = changes.get_mut(element) {
                *change = change.wrapping_add(by);
            }
        };
        if let Some(rows) = self.sections.get(number).filter(|rows| rows.size > 0) {
            for (row, bytes) in rows.bytes.chunks_exact(rows.size).enumerate() {
                let (first, end) = range(Cells(bytes), at, long, elements.count)
                    .map_err(|what| LoadError::Corrupt { section: number, row, what })?;
                if which(Cells(bytes)) {
                    change(first, 1);
                    change(end, u32::MAX);
                }
            }
        }
        let mut lists = 0_u32;
        let cells = elements.bytes.chunks_exact(elements.size.max(1));
        for ((row, bytes), change) in cells.enumerate().zip(changes) {
            lists = lists.wrapping_add(change);
            if lists > 0 {
                let section = usize::from(list);
                rule(Cells(bytes)).map_err(|what| LoadError::Corrupt { section, row, what })?;
            }
        }
        Ok(())
    }

    fn text(&self, row: Cells<'_>, at: u32, optional: bool) -> Finding {
        match row.u32(at as usize).ok_or(BEYOND)? {
            ABSENT if optional => Ok(()),
            first => {
                format::text(self.text, first).map(|_| ()).ok_or("a text does not lie in the string pool")
            }
        }
    }

    fn value(&self, row: Cells<'_>, at: u32, optional: bool) -> Finding {
        match row.u8(at as usize).ok_or(BEYOND)? {
            format::VALUE_ABSENT if optional => Ok(()),
            format::VALUE_BOOL => match row.u64(at as usize + 1).ok_or(BEYOND)? {
                0 | 1 => Ok(()),
                _ => Err("a boolean is neither 0 nor 1"),
            },
            format::VALUE_INT | format::VALUE_FLOAT => row.u64(at as usize + 1).map(|_| ()).ok_or(BEYOND),
            format::VALUE_TEXT | format::VALUE_JSON => self.text(row, at + 1, false),
            _ => Err("a value has a tag that does not exist"),
        }
    }

    fn target(&self, row: Cells<'_>, at: u32, counts: &[usize], optional: bool) -> Finding {
        match row.u8(at as usize).ok_or(BEYOND)? {
            format::TARGET_ABSENT if optional => Ok(()),
            format::TARGET_ABSENT => Err("a target is missing"),
            format::TARGET_UNKNOWN | format::TARGET_TEXT => self.text(row, at + 1, false),
            kind => match counts.get(usize::from(kind) - 1) {
                Some(count) => link(row, at + 1, *count, false),
                None => Err("a target is of a kind that its reference does not allow"),
            },
        }
    }

    /// A search must come to an end, and to a row that exists.
    fn slots(&self, number: usize, keys: usize) -> Result<(), LoadError> {
        let corrupt = |what| LoadError::Corrupt { section: number, row: 0, what };
        let slots = self.sections.get(number).map_or(0, |slots| slots.count);
        if !slots.is_power_of_two() || slots <= keys {
            return Err(corrupt("the number of slots is not a power of two above the number of ids"));
        }
        let used = core::cell::Cell::new(0);
        self.rows(number, |row| match format::lookup::slot_row(row.u32(0).ok_or(BEYOND)?) {
            None => Ok(()),
            Some(id) if id as usize >= keys => Err("a slot leads to an id that does not exist"),
            Some(_) => {
                used.set(used.get() + 1);
                Ok(())
            }
        })?;
        if used.get() == keys { Ok(()) } else { Err(corrupt("the slots do not hold every id once")) }
    }

    fn same_rows(&self, number: usize, other: usize) -> Result<(), LoadError> {
        if self.sections.get(number).is_some_and(|rows| rows.count == other) {
            return Ok(());
        }
        Err(LoadError::Corrupt { section: number, row: 0, what: "there are more or fewer rows than ids" })
    }
}

/// The first row of a range and the one after its last.
fn range(row: Cells<'_>, at: u32, long: Rows<'_>, count: usize) -> Result<(usize, usize), &'static str> {
    let (first, rows) = row.range(at as usize, long).ok_or("a range is not among the long ones")?;
    let (first, end) = (first as usize, (first as usize).checked_add(rows as usize));
    match end {
        Some(end) if end <= count => Ok((first, end)),
        _ => Err("a list ends beyond the end of its table"),
    }
}

fn link(row: Cells<'_>, at: u32, count: usize, optional: bool) -> Finding {
    match row.u32(at as usize).ok_or(BEYOND)? {
        ABSENT if optional => Ok(()),
        row if (row as usize) < count => Ok(()),
        _ => Err("a link leads beyond the end of its table"),
    }
}

fn tag(row: Cells<'_>, at: u32, allowed: &[u8]) -> Finding {
    let tag = row.u8(at as usize).ok_or(BEYOND)?;
    if allowed.contains(&tag) { Ok(()) } else { Err("a target is not of the kind that is needed there") }
}

fn variant(row: Cells<'_>, at: u32, count: u8, optional: bool) -> Finding {
    match row.u8(at as usize).ok_or(BEYOND)? {
        ABSENT_VARIANT if optional => Ok(()),
        variant if variant < count => Ok(()),
        _ => Err("a variant does not exist in its enum"),
    }
}
