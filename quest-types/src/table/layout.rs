//! What the sections of the tables hold, as far as a loader must know it to verify a pack.
//!
//! Generated code states its [`Layout`]; columns that cannot be wrong (numbers and flags) are not part of it.

/// The tables that generated code reads.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Changes when the schema gives other tables, columns or variants.
    pub fingerprint: u64,
    /// Changes with any id of any kind: the literals in a game's code hold rows.
    pub ids: u64,
    /// The section of what is too long for its cell: ranges and numbers.
    pub long: u16,
    /// The sections in the order of the tables.
    pub sections: &'static [Section],
}

/// One section: rows of one size.
#[derive(Clone, Copy, Debug)]
pub struct Section {
    /// Bytes of a row.
    pub size: u32,
    /// What to verify in every row.
    pub columns: &'static [Column],
}

/// A rule for the rows of a section. `at` is the offset of a cell in the row; `section` and `list` are
/// positions in [`Layout::sections`].
#[derive(Clone, Copy, Debug)]
pub enum Column {
    /// A text cell.
    Text {
        /// Offset of the cell.
        at: u32,
        /// Whether it may be absent.
        optional: bool,
    },
    /// A range of records.
    Range {
        /// Offset of the cell.
        at: u32,
        /// The section of the records.
        section: u16,
    },
    /// A link to a record or to an id.
    Link {
        /// Offset of the cell.
        at: u32,
        /// The section of the record or of the kind's keys.
        section: u16,
        /// Whether it may be absent.
        optional: bool,
    },
    /// A whole number of eight bytes in a cell of four.
    Wide {
        /// Offset of the cell.
        at: u32,
        /// Offset of the byte with the bit that says that it holds a row of the section of what is too long.
        byte: u32,
        /// That bit.
        bit: u8,
    },
    /// A variant of an enum.
    Variant {
        /// Offset of the cell.
        at: u32,
        /// The number of variants.
        count: u8,
        /// Whether it may be absent.
        optional: bool,
    },
    /// A value of any type.
    Value {
        /// Offset of the cell.
        at: u32,
        /// Whether it may be absent.
        optional: bool,
    },
    /// A reference that can be of several kinds, or unknown, or free text.
    Target {
        /// Offset of the cell.
        at: u32,
        /// The sections of the kinds' keys, in the order of the tags.
        sections: &'static [u16],
        /// Whether it may be absent.
        optional: bool,
    },
    /// What a target can be, or each target of a range, beyond what its own rule says. Where a sibling decides,
    /// it says which kind the accessor expects.
    Tags {
        /// Offset of the target, or of the range.
        at: u32,
        /// The section of the elements, if it is a range.
        list: Option<u16>,
        /// Offset of the sibling's variant. A sibling that is absent allows everything.
        by: Option<u32>,
        /// The tags that are allowed: for each variant of the sibling, or once. None stands for any.
        allowed: &'static [&'static [u8]],
    },
    /// A range of texts.
    Texts {
        /// Offset of the cell.
        at: u32,
        /// The section of the elements.
        list: u16,
    },
    /// A range of ids.
    Ids {
        /// Offset of the cell.
        at: u32,
        /// The section of the elements.
        list: u16,
        /// The section of the kind's keys.
        section: u16,
    },
    /// A range of values, none absent.
    Values {
        /// Offset of the cell.
        at: u32,
        /// The section of the elements.
        list: u16,
    },
    /// A range of targets, none absent.
    Targets {
        /// Offset of the cell.
        at: u32,
        /// The section of the elements.
        list: u16,
        /// The sections of the kinds' keys, in the order of the tags.
        sections: &'static [u16],
    },
    /// A range of variants, none absent.
    Variants {
        /// Offset of the cell.
        at: u32,
        /// The section of the elements.
        list: u16,
        /// The number of variants.
        count: u8,
    },
    /// The rows are the slots of a lookup.
    Slots {
        /// The section of the kind's keys.
        keys: u16,
    },
    /// The rows are ids that had other paths.
    Renames {
        /// The sections of the keys of all kinds, by their numbers.
        kinds: &'static [u16],
    },
    /// The section has no rows: the schema has no objects for them.
    Empty,
    /// The sections of a program fit together (`docs/format.md`, Program). It stands at the last of them, so that every cell
    /// has been checked by itself before.
    Program {
        /// The section of the quests.
        first: u16,
        /// The section with the quest of each stage.
        quests: u16,
        /// Whether the schema has actions of stages.
        actions: bool,
        /// Whether the schema has places.
        places: bool,
    },
    /// The section has as many rows as another one: the records of a kind and its keys, whose rows are the
    /// same.
    SameRows {
        /// The other section.
        section: u16,
    },
}
