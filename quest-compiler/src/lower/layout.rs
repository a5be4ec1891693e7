//! The layout of tables, which follows from the schema alone: sections, rows and cells.

use super::fingerprint::fingerprint;
use crate::narrow::narrow_u16;
use crate::schema::{KindId, Model, Path, Record, RecordId, Shape};
use quest_format as format;

/// How a row stores a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// The row of this object's own id.
    OwnId,
    /// One bit; [`CellLayout::at`] is its byte.
    Flag(u8),
    /// An integer of this many bytes.
    Integer {
        bytes: u8,
        signed: bool,
    },
    /// An integer of 64 bits in a cell of four bytes, with a bit for those that do not fit.
    Wide {
        signed: bool,
    },
    Float,
    Variant,
    Text,
    /// One object: its row in another section.
    One,
    /// A list of objects.
    Many,
    /// One object of several record types.
    Pick,
    Picks,
    /// A reference to one kind.
    Link(KindId),
    /// A reference to one of several kinds, or one that may be unknown.
    Target,
    Value,
    Texts,
    Ids(KindId),
    Targets,
    Values,
    Variants,
}

impl CellKind {
    /// Whether all bytes of the cell can be a value, so that only a bit can say that there is none.
    fn needs_present_bit(self) -> bool {
        matches!(self, Self::Flag(_) | Self::Integer { .. } | Self::Wide { .. } | Self::Float)
    }
}

/// The cell of a field in its row.
#[derive(Clone, Copy, Debug)]
pub struct CellLayout {
    pub cell: CellKind,
    /// Its first byte in the row.
    pub at: u32,
    /// Byte and bit that are set if an optional scalar has a value.
    pub present: Option<(u32, u8)>,
    /// Byte and bit that are set if the cell of a wide integer holds a row of the section for long cells.
    pub long: Option<(u32, u8)>,
}

/// The rows of a record type.
#[derive(Debug)]
pub struct RecordLayout {
    pub section: u16,
    /// Bytes of a row.
    pub size: u32,
    /// In the order of the fields.
    pub cells: Vec<CellLayout>,
}

/// The sections from which a journal reads its program.
#[derive(Clone, Copy, Debug)]
pub struct ProgramSections {
    /// The first section of the program itself.
    pub first: u16,
    /// The section for long cells.
    pub long: u16,
    /// The ids of quests, stages and objectives.
    pub ids: [u16; 3],
    /// The ids of branches.
    pub branches: Option<u16>,
    /// The columns of the titles of quests, stages, objectives and rewards, if their records have one.
    pub names: [Option<Column>; 4],
}

/// A column of texts.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub section: u16,
    /// Bytes of a row.
    pub size: u32,
    pub at: u32,
}

impl Column {
    /// The column of a title of a record type whose rows are also rows of the program.
    fn of(
        model: &Model,
        records: &[RecordLayout],
        record: Option<RecordId>,
        path: Option<&Path>,
    ) -> Option<Self> {
        let ([name], record) = (path?.as_slice(), record?) else { return None };
        let field = model.field_named(record, name)?;
        let RecordLayout { section, size, cells } = &records[record.0 as usize];
        let is_text = model.record(record).fields[field].shape == Shape::Text;
        is_text.then_some(Self { section: *section, size: *size, at: cells[field].at })
    }
}

/// The sections of the tables file.
#[derive(Debug)]
pub struct Layout {
    pub records: Vec<RecordLayout>,
    /// For each id kind the section of its ids; the sections of its lookup and of its parents follow.
    pub kinds: Vec<u16>,
    pub texts: u16,
    pub ids: u16,
    pub values: u16,
    pub targets: u16,
    pub variants: u16,
    /// The section for long cells.
    pub long: u16,
    /// The section of ids that had other paths.
    pub renames: u16,
    /// The sections of the program, if the schema says how quests are played (`x-journal`).
    pub program: Option<ProgramSections>,
    /// The number of sections.
    pub sections: u16,
    /// Differs between layouts unless tables of one can be read with the other (`fingerprint.rs`).
    pub fingerprint: u64,
}

impl Layout {
    pub fn new(model: &Model) -> Self {
        let records: Vec<RecordLayout> = model
            .records
            .iter()
            .enumerate()
            .map(|(at, record)| {
                let (cells, size) = cells(record);
                RecordLayout { section: narrow_u16(at), size, cells }
            })
            .collect();
        let mut next = narrow_u16(records.len());
        let mut take = |count: u16| {
            next += count;
            next - count
        };
        let kinds: Vec<u16> = model.kinds.iter().map(|_| take(format::KIND_SECTIONS as u16)).collect();
        let (texts, ids, values, targets, variants) = (take(1), take(1), take(1), take(1), take(1));
        let (long, renames) = (take(1), take(1));
        let section = |kind: KindId| kinds[kind.0 as usize];
        let program = model.journal.as_ref().map(|journal| ProgramSections {
            first: take(format::program::SECTIONS as u16),
            long,
            ids: [journal.quest, journal.stage, journal.objective].map(section),
            branches: journal.branch.map(|(kind, _)| section(kind)),
            names: [
                (model.kind(journal.quest).rows(), &journal.names.quest),
                (model.kind(journal.stage).rows(), &journal.names.stage),
                (model.kind(journal.objective).rows(), &journal.names.objective),
                (journal.rewards.as_ref().map(|(listed, _)| listed.record), &journal.names.reward),
            ]
            .map(|(record, path)| Column::of(model, &records, record, path.as_ref())),
        });
        let sections = take(0);
        let mut layout = Self {
            records,
            kinds,
            texts,
            ids,
            values,
            targets,
            variants,
            long,
            renames,
            program,
            sections,
            fingerprint: 0,
        };
        layout.fingerprint = fingerprint(model, &layout);
        layout
    }

    /// The section of the ids of a kind.
    pub fn id_section(&self, kind: KindId) -> u16 {
        self.kinds[kind.0 as usize]
    }
}

/// The narrowest cell that holds all integers from `min` to `max`.
fn integer(min: i128, max: i128) -> CellKind {
    let signed = min < 0;
    let fits = |bits: u32| {
        if signed { min >= -(1i128 << (bits - 1)) && max < 1i128 << (bits - 1) } else { max < 1i128 << bits }
    };
    match [1u8, 2, 4].into_iter().find(|bytes| fits(u32::from(*bytes) * 8)) {
        Some(bytes) => CellKind::Integer { bytes, signed },
        None => CellKind::Wide { signed },
    }
}

/// The cell of a value of this shape, and its bytes; a flag takes none, because bits are laid out last.
fn cell(shape: &Shape) -> (CellKind, u32) {
    match shape {
        Shape::Key(_) => (CellKind::OwnId, format::LINK as u32),
        Shape::Boolean => (CellKind::Flag(0), 0),
        Shape::Integer { min, max } => {
            let cell = integer(*min, *max);
            (cell, if let CellKind::Integer { bytes, .. } = cell { u32::from(bytes) } else { 4 })
        }
        Shape::Number => (CellKind::Float, 8),
        Shape::Text | Shape::Json => (CellKind::Text, format::TEXT as u32),
        Shape::Enum(_) => (CellKind::Variant, format::VARIANT as u32),
        Shape::Record(_) => (CellKind::One, format::LINK as u32),
        Shape::Map(_) => (CellKind::Many, format::RANGE as u32),
        Shape::Union(_) => (CellKind::Pick, format::TARGET as u32),
        Shape::Link(resolves) => match resolves.kinds.as_slice() {
            [kind] if !resolves.tolerated => (CellKind::Link(*kind), format::LINK as u32),
            _ => (CellKind::Target, format::TARGET as u32),
        },
        Shape::Target(_) => (CellKind::Target, format::TARGET as u32),
        Shape::Scalar(_) => (CellKind::Value, format::VALUE as u32),
        Shape::List(element) => (list_of(cell(element).0), format::RANGE as u32),
    }
}

/// The cell of a list whose elements would have such a cell by themselves.
fn list_of(element: CellKind) -> CellKind {
    match element {
        CellKind::One => CellKind::Many,
        CellKind::Pick => CellKind::Picks,
        CellKind::Text => CellKind::Texts,
        CellKind::Variant => CellKind::Variants,
        CellKind::Link(kind) => CellKind::Ids(kind),
        CellKind::Target => CellKind::Targets,
        _ => CellKind::Values,
    }
}

/// The cells of a record and the bytes of its rows: cells of whole bytes in the order of the schema, then all bits.
fn cells(record: &Record) -> (Vec<CellLayout>, u32) {
    let mut at = 0;
    let mut cells: Vec<CellLayout> = Vec::with_capacity(record.fields.len());
    for field in &record.fields {
        let (cell, size) = cell(&field.shape);
        cells.push(CellLayout { cell, at, present: None, long: None });
        at += size;
    }
    let mut bits = Bits { first_byte: at, count: 0 };
    for (field, layout) in record.fields.iter().zip(&mut cells) {
        if matches!(layout.cell, CellKind::Flag(_)) {
            let (byte, bit) = bits.take();
            layout.at = byte;
            layout.cell = CellKind::Flag(bit);
        }
        if field.optional() && layout.cell.needs_present_bit() {
            layout.present = Some(bits.take());
        }
        if matches!(layout.cell, CellKind::Wide { .. }) {
            layout.long = Some(bits.take());
        }
    }
    // Even a row without fields takes a byte, so that rows can be counted.
    (cells, (at + bits.count.div_ceil(8)).max(1))
}

/// The bits at the end of a row.
struct Bits {
    first_byte: u32,
    count: u32,
}

impl Bits {
    /// Byte and bit of the next free bit.
    fn take(&mut self) -> (u32, u8) {
        let byte = self.first_byte + self.count / 8;
        let bit = (self.count % 8) as u8;
        self.count += 1;
        (byte, bit)
    }
}
