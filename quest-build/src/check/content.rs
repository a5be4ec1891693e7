//! The rows of all documents: for each record type a table whose cells point at places in documents.

use crate::schema::{Field, Model, RecordId, Shape};
use crate::source::{Document, Kind, Node, Span};

/// What a field of a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cell {
    /// Position on the document's tape, or first row of a child table; `NOTHING` if the field is absent or `null`.
    pub(crate) at: u32,
    /// Number of rows in a child table; for references, the first of their outcomes.
    pub(crate) len: u32,
}

impl Cell {
    pub(crate) const NOTHING: Cell = Cell { at: u32::MAX, len: 0 };

    pub(crate) fn is_nothing(self) -> bool {
        self.at == u32::MAX
    }
}

/// A row of a record type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) record: RecordId,
    pub(crate) row: u32,
}

/// The objects of one record type.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Fields per row.
    width: usize,
    pub(crate) cells: Vec<Cell>,
    /// The object of each row: its document and place on the tape.
    origins: Vec<(u32, u32)>,
    /// The row in whose object this one stands; `None` for whole documents.
    owners: Vec<Option<Row>>,
}

impl Table {
    pub(crate) fn len(&self) -> u32 {
        self.origins.len() as u32
    }

    pub(crate) fn cell(&self, row: u32, field: usize) -> Cell {
        self.cells[row as usize * self.width + field]
    }

    pub(crate) fn set(&mut self, row: u32, field: usize, cell: Cell) {
        self.cells[row as usize * self.width + field] = cell;
    }
}

/// The rows of all documents.
#[derive(Debug)]
pub(crate) struct Content<'a> {
    pub(crate) documents: &'a [Document],
    pub(crate) tables: Vec<Table>,
}

impl<'a> Content<'a> {
    /// Reads the rows of documents, each given with the position of its schema among the roots. What does not fit the model,
    /// which validation has reported, is left out.
    pub(crate) fn read(model: &Model, documents: &'a [Document], roots: &[usize]) -> Self {
        let tables = model
            .records
            .iter()
            .map(|record| Table { width: record.fields.len(), ..Table::default() })
            .collect();
        let mut content = Self { documents, tables };
        for (index, (document, root)) in documents.iter().zip(roots).enumerate() {
            let record = model.roots.get(*root).copied().flatten();
            if let (Some(record), Some(node)) = (record, document.root())
                && node.kind() == Kind::Object
            {
                let row = content.reserve(record, 1, index as u32, None);
                content.fill(model, Row { record, row }, node);
            }
        }
        content
    }

    pub(crate) fn table(&self, record: RecordId) -> &Table {
        &self.tables[record.0 as usize]
    }

    /// The document of a row.
    pub(crate) fn document(&self, row: Row) -> &'a Document {
        let (document, _) = self.table(row.record).origins[row.row as usize];
        &self.documents[document as usize]
    }

    pub(crate) fn owner(&self, row: Row) -> Option<Row> {
        self.table(row.record).owners[row.row as usize]
    }

    /// The value of a field that is a scalar or a list of scalars.
    pub(crate) fn node(&self, row: Row, field: usize) -> Option<Node<'a>> {
        let cell = self.table(row.record).cell(row.row, field);
        (!cell.is_nothing()).then(|| self.document(row).node(cell.at))
    }

    /// Where a row's object begins.
    pub(crate) fn opening(&self, row: Row) -> Span {
        let (_, at) = self.table(row.record).origins[row.row as usize];
        self.document(row).node(at).opening()
    }

    /// Adds rows that `fill` will fill: the rows of one list stand behind each other whatever their objects contain.
    fn reserve(&mut self, record: RecordId, count: usize, document: u32, owner: Option<Row>) -> u32 {
        let table = &mut self.tables[record.0 as usize];
        let first = table.len();
        table.cells.resize(table.cells.len() + count * table.width, Cell::NOTHING);
        table.origins.resize(table.origins.len() + count, (document, 0));
        table.owners.resize(table.owners.len() + count, owner);
        first
    }

    fn fill(&mut self, model: &Model, row: Row, object: Node<'a>) {
        let fields = &model.record(row.record).fields;
        let (document, _) = self.table(row.record).origins[row.row as usize];
        self.tables[row.record.0 as usize].origins[row.row as usize].1 = object.at();
        let mut expected = 0;
        for (key, value) in object.properties() {
            let Some(name) = key.text() else { continue };
            let known = |field: &Field| field.json == *name;
            let index = match fields.get(expected) {
                Some(field) if known(field) => Some(expected),
                _ => fields.iter().position(known),
            };
            let Some(index) = index else { continue };
            expected = index + 1;
            let first = self.table(row.record).cell(row.row, index).is_nothing();
            if !first
                || matches!(value.kind(), Kind::Invalid)
                || (value.is_null() && fields[index].shape != Shape::Json)
            {
                continue;
            }
            let cell = match (&fields[index].shape, value.kind()) {
                (Shape::Record(record), Kind::Object) => {
                    let child = self.reserve(*record, 1, document, Some(row));
                    self.fill(model, Row { record: *record, row: child }, value);
                    Cell { at: child, len: 1 }
                }
                (Shape::List(element), Kind::Array) if matches!(**element, Shape::Record(_)) => {
                    let Shape::Record(record) = **element else { continue };
                    let objects = || value.elements().filter(|element| element.kind() == Kind::Object);
                    let count = objects().count();
                    let child = self.reserve(record, count, document, Some(row));
                    for (element, row) in objects().zip(child..) {
                        self.fill(model, Row { record, row }, element);
                    }
                    Cell { at: child, len: count as u32 }
                }
                (Shape::Record(_), _) => continue,
                (Shape::List(element), _) if matches!(**element, Shape::Record(_)) => continue,
                _ => Cell { at: value.at(), len: 0 },
            };
            self.tables[row.record.0 as usize].set(row.row, index, cell);
        }
    }
}
