//! The rows of all documents: for each record type a table whose cells point into documents and other tables.

mod build;

use crate::project::ContentEntry;
use crate::schema::{KindId, Model, RecordId, UnionId};
use crate::source::{Document, Node, NodeKind, Siblings};
use crate::text::Span;
use std::ops::Range;

/// What a field of a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The field is absent or `null`.
    Absent,
    /// A scalar, a reference, any JSON, or a list of these: the position on the document's tape.
    Value(u32),
    /// One of the variants of an enum, with its position on the document's tape.
    Variant { at: u32, variant: u32 },
    /// A child object, list or map: consecutive rows of the child's table.
    Rows { first: u32, len: u32 },
    /// One object of a union, or a list of them: consecutive entries of [`Content::picks`].
    Picks { first: u32, len: u32 },
}

impl Cell {
    pub fn is_absent(self) -> bool {
        self == Self::Absent
    }

    /// The child rows or picks; empty for everything else.
    pub fn children(self) -> Range<u32> {
        match self {
            Self::Rows { first, len } | Self::Picks { first, len } => first..first + len,
            Self::Absent | Self::Value(_) | Self::Variant { .. } => 0..0,
        }
    }

    /// The position on the document's tape of a value without rows of its own.
    fn tape_position(self) -> Option<u32> {
        match self {
            Self::Value(at) | Self::Variant { at, .. } => Some(at),
            Self::Absent | Self::Rows { .. } | Self::Picks { .. } => None,
        }
    }
}

/// A row of a record type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Row {
    pub record: RecordId,
    pub row: u32,
}

/// The objects of one record type.
#[derive(Debug, Default)]
pub struct Table {
    /// Fields per row.
    width: usize,
    cells: Vec<Cell>,
    /// The object of each row: its document and its position on the tape.
    origins: Vec<(u32, u32)>,
    /// The row whose object contains this one; `None` for whole documents.
    owners: Vec<Option<Row>>,
}

impl Table {
    pub fn len(&self) -> u32 {
        self.origins.len() as u32
    }

    pub fn cell(&self, row: u32, field: usize) -> Cell {
        self.cells[row as usize * self.width + field]
    }

    fn set(&mut self, row: u32, field: usize, cell: Cell) {
        self.cells[row as usize * self.width + field] = cell;
    }
}

/// The rows of all documents.
#[derive(Debug)]
pub struct Content<'a> {
    pub documents: &'a [Document],
    pub tables: Vec<Table>,
    /// Objects of unions: the variant, and the row in the table of the variant's record.
    pub picks: Vec<(u8, u32)>,
}

impl<'a> Content<'a> {
    /// Reads the rows of documents. Values that do not fit the model, which validation has reported, are left out.
    pub fn read(model: &Model, documents: &'a [Document], entries: &[ContentEntry]) -> Self {
        build::build(model, documents, entries)
    }

    pub fn table(&self, record: RecordId) -> &Table {
        &self.tables[record.0 as usize]
    }

    /// The document of a row.
    pub fn document(&self, row: Row) -> &'a Document {
        let (document, _) = self.table(row.record).origins[row.row as usize];
        &self.documents[document as usize]
    }

    /// The position of the document of a row.
    pub fn document_number(&self, row: Row) -> usize {
        self.table(row.record).origins[row.row as usize].0 as usize
    }

    pub fn owner(&self, row: Row) -> Option<Row> {
        self.table(row.record).owners[row.row as usize]
    }

    /// The variant of a field that is an enum; `None` if it is absent or unknown.
    pub fn variant(&self, row: Row, field: usize) -> Option<usize> {
        match self.table(row.record).cell(row.row, field) {
            Cell::Variant { variant, .. } => Some(variant as usize),
            _ => None,
        }
    }

    /// The value of a field without rows of its own: a scalar, a reference, any JSON, or a list of these.
    pub fn node(&self, row: Row, field: usize) -> Option<Node<'a>> {
        let at = self.table(row.record).cell(row.row, field).tape_position()?;
        Some(self.document(row).node(at))
    }

    /// Prefetches the values of some fields of a block of rows, if `row` is the first of its block. Checking is memory-bound: reading the
    /// first byte of many values at once overlaps the cache misses.
    #[inline]
    pub fn look_ahead(&self, row: Row, fields: impl Iterator<Item = usize> + Clone) {
        const BLOCK: u32 = 32;
        if !row.row.is_multiple_of(BLOCK) {
            return;
        }
        let mut seen = 0;
        let end = self.table(row.record).len().min(row.row + BLOCK);
        for at in row.row..end {
            for node in fields.clone().filter_map(|field| self.node(Row { row: at, ..row }, field)) {
                seen ^= node.first_byte();
            }
        }
        std::hint::black_box(seen);
    }

    /// The id row of the first row of a record type among the ids of a kind.
    pub fn base(&self, model: &Model, kind: KindId, record: RecordId) -> u32 {
        let records = model.kind(kind).records.iter();
        records.take_while(|other| **other != record).map(|other| self.table(*other).len()).sum()
    }

    /// The innermost object around a span.
    pub fn object_at(&self, span: Span) -> Option<Node<'a>> {
        let document = self.documents.iter().find(|document| document.file == span.file)?;
        let mut object = None;
        let mut at = document.root()?;
        loop {
            if at.kind() == NodeKind::Object {
                object = Some(at);
            }
            let around = |node: &Node<'a>| node.span().start <= span.start && span.end <= node.span().end;
            let inner = at.elements().chain(at.properties().map(|(_, value)| value)).find(around);
            match inner {
                Some(inner) => at = inner,
                None => return object,
            }
        }
    }

    /// The object of a row, or the value in its place.
    pub fn object(&self, row: Row) -> Node<'a> {
        let (_, at) = self.table(row.record).origins[row.row as usize];
        self.document(row).node(at)
    }

    /// The span of the opening bracket of a row's object.
    pub fn opening(&self, row: Row) -> Span {
        self.object(row).opening()
    }

    /// The row of an object of a union.
    pub fn pick(&self, model: &Model, union: UnionId, at: u32) -> Row {
        let (variant, row) = self.picks[at as usize];
        Row { record: model.union(union).variants[usize::from(variant)].1, row }
    }
}

/// The elements of a list, or the value itself where a single one stands for a list.
pub fn references(node: Node<'_>) -> Siblings<'_> {
    if node.kind() == NodeKind::Array { node.elements() } else { node.alone() }
}
