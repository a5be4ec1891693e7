//! Where everything stands, as far as the schema decides it.

use crate::schema::{KindId, Model, Path, Record, RecordId, Shape};
use quest_format as format;

/// How a field is kept in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// The row of this object's own id.
    OwnId,
    /// One bit; `at` is its byte.
    Flag(u8),
    /// A whole number of this many bytes.
    Integer {
        bytes: u8,
        signed: bool,
    },
    /// A whole number of eight bytes in a cell of four, with a bit that says that it did not fit.
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

/// Where a field stands in its row.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    pub cell: CellKind,
    /// Byte in the row.
    pub at: u32,
    /// Byte and bit that say whether an optional number is there.
    pub present: Option<(u32, u8)>,
    /// Byte and bit that say that a wide number did not fit.
    pub long: Option<(u32, u8)>,
}

/// The row of a record type.
#[derive(Debug)]
pub struct RecordLayout {
    pub section: u16,
    pub size: u32,
    /// In the order of the fields.
    pub places: Vec<Place>,
}

/// The sections that a program is read from.
#[derive(Clone, Copy, Debug)]
pub struct ProgramSections {
    /// The first of its own.
    pub first: u16,
    /// What is too long for its cell.
    pub long: u16,
    /// The keys of quests, stages and objectives.
    pub ids: [u16; 3],
    /// The keys of branches.
    pub branches: Option<u16>,
    /// The columns that say what players read about quests, stages, objectives and rewards, where their records have it.
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
    /// The column of a text of objects whose rows are those of a program.
    fn of(
        model: &Model,
        records: &[RecordLayout],
        record: Option<RecordId>,
        path: Option<&Path>,
    ) -> Option<Self> {
        let ([name], record) = (path?.as_slice(), record?) else { return None };
        let field = model.field_named(record, name)?;
        let RecordLayout { section, size, places } = &records[record.0 as usize];
        let is_text = model.record(record).fields[field].shape == Shape::Text;
        is_text.then_some(Self { section: *section, size: *size, at: places[field].at })
    }
}

/// The sections of the tables file.
#[derive(Debug)]
pub struct Layout {
    pub records: Vec<RecordLayout>,
    /// Of each kind, the section of its ids; those of its lookup and of its parents are the next.
    pub kinds: Vec<u16>,
    pub texts: u16,
    pub ids: u16,
    pub values: u16,
    pub targets: u16,
    pub variants: u16,
    /// What is too long for its cell.
    pub long: u16,
    /// Where the program stands, if quests can be played.
    pub program: Option<ProgramSections>,
    pub sections: u16,
    /// Changes whenever tables of one layout cannot be read with another.
    pub fingerprint: u64,
}

impl Layout {
    pub fn new(model: &Model) -> Self {
        let records: Vec<RecordLayout> = model
            .records
            .iter()
            .enumerate()
            .map(|(at, record)| {
                let (places, size) = places(record);
                RecordLayout { section: at as u16, size, places }
            })
            .collect();
        let mut next = records.len() as u16;
        let mut take = |count: u16| {
            next += count;
            next - count
        };
        let kinds: Vec<u16> = model.kinds.iter().map(|_| take(format::KIND_SECTIONS as u16)).collect();
        let (texts, ids, values, targets, variants) = (take(1), take(1), take(1), take(1), take(1));
        let long = take(1);
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
            program,
            sections,
            fingerprint: 0,
        };
        layout.fingerprint = format::hash(layout.describe(model).as_bytes(), u64::from(format::FORMAT));
        layout
    }

    /// All that the meaning of the bytes depends on, as text.
    fn describe(&self, model: &Model) -> String {
        let mut text = String::new();
        for (record, layout) in model.records.iter().zip(&self.records) {
            text += &format!("record {} {}\n", record.name, layout.size);
            for (field, place) in record.fields.iter().zip(&layout.places) {
                text += &format!("{} {:?} {:?}\n", field.json, field.shape, place);
            }
        }
        for item in &model.enums {
            let variants: Vec<&str> = item.variants.iter().map(|variant| variant.json.as_str()).collect();
            text += &format!("enum {} {}\n", item.name, variants.join(" "));
        }
        for union in &model.unions {
            text += &format!("union {} {:?}\n", union.tag, union.variants);
        }
        for target in &model.targets {
            text += &format!("target {:?} {:?} {}\n", target.mappings, target.all, target.required);
        }
        for kind in &model.kinds {
            text += &format!(
                "kind {} {:?} {:?} {} {}\n",
                kind.path,
                kind.parent,
                kind.records,
                kind.prefix,
                kind.one_to_one()
            );
        }
        if let Some(journal) = &model.journal {
            text += &format!("journal {journal:?} {:?}\n{:?}\n", model.flows[journal.flow], model.requires);
        }
        text
    }

    pub fn keys(&self, kind: KindId) -> u16 {
        self.kinds[kind.0 as usize]
    }
}

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
        Shape::List(element) => {
            let list = match cell(element).0 {
                CellKind::One => CellKind::Many,
                CellKind::Pick => CellKind::Picks,
                CellKind::Text => CellKind::Texts,
                CellKind::Variant => CellKind::Variants,
                CellKind::Link(kind) => CellKind::Ids(kind),
                CellKind::Target => CellKind::Targets,
                _ => CellKind::Values,
            };
            (list, format::RANGE as u32)
        }
    }
}

/// Cells in the order of the schema, then the bits.
fn places(record: &Record) -> (Vec<Place>, u32) {
    let mut at = 0;
    let mut bits = 0u32;
    let mut places: Vec<Place> = Vec::new();
    for field in &record.fields {
        let (cell, size) = cell(&field.shape);
        places.push(Place { cell, at, present: None, long: None });
        at += size;
    }
    for (field, place) in record.fields.iter().zip(&mut places) {
        let mut bit = || {
            bits += 1;
            (at + (bits - 1) / 8, ((bits - 1) % 8) as u8)
        };
        if matches!(place.cell, CellKind::Flag(_)) {
            let (byte, number) = bit();
            place.at = byte;
            place.cell = CellKind::Flag(number);
        }
        if field.optional()
            && matches!(
                place.cell,
                CellKind::Flag(_) | CellKind::Integer { .. } | CellKind::Wide { .. } | CellKind::Float
            )
        {
            place.present = Some(bit());
        }
        if matches!(place.cell, CellKind::Wide { .. }) {
            place.long = Some(bit());
        }
    }
    // A row without fields still has a place in its table.
    (places, (at + bits.div_ceil(8)).max(1))
}
