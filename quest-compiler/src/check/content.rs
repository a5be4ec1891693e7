//! The rows of all documents: for each record type a table whose cells point at places in documents.

use crate::schema::{Field, KindId, Literal, Model, Origin, RecordId, Shape, UnionId};
use crate::source::{Document, Node, NodeKind};
use crate::text::Span;

/// What a field of a row holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Position on the document's tape, or first row of a child table; `NOTHING` if the field is absent or `null`.
    pub at: u32,
    /// Number of rows in a child table; for references, the first of their outcomes; for one value of an enum its variant, from 1.
    pub len: u32,
}

impl Cell {
    pub const NOTHING: Cell = Cell { at: u32::MAX, len: 0 };

    pub fn is_nothing(self) -> bool {
        self.at == u32::MAX
    }
}

/// A row of a record type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// The object of each row: its document and place on the tape.
    origins: Vec<(u32, u32)>,
    /// The row in whose object this one stands; `None` for whole documents.
    owners: Vec<Option<Row>>,
}

impl Table {
    pub fn len(&self) -> u32 {
        self.origins.len() as u32
    }

    pub fn cell(&self, row: u32, field: usize) -> Cell {
        self.cells[row as usize * self.width + field]
    }

    pub fn set(&mut self, row: u32, field: usize, cell: Cell) {
        self.cells[row as usize * self.width + field] = cell;
    }
}

/// A value that is one document: often a whole file, sometimes one of many in a file.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// Its file, by position.
    pub document: u32,
    /// What it is, by position among the roots of the model.
    pub root: u32,
    /// Where it stands on the tape.
    pub at: u32,
}

/// The rows of all documents.
#[derive(Debug)]
pub struct Content<'a> {
    pub documents: &'a [Document],
    pub tables: Vec<Table>,
    /// Objects of unions: the variant and the row in its record's table. A cell has the position of its first.
    pub picks: Vec<(u8, u32)>,
}

impl<'a> Content<'a> {
    /// Reads the rows of documents. What does not fit the model, which validation has reported, is left out.
    pub fn read(model: &Model, documents: &'a [Document], entries: &[Entry]) -> Self {
        let tables = model
            .records
            .iter()
            .map(|record| Table { width: record.fields.len(), ..Table::default() })
            .collect::<Vec<_>>();
        let mut content = Self { documents, tables, picks: Vec::new() };
        for entry in entries {
            let document = &documents[entry.document as usize];
            if let Some(shape) = model.roots.get(entry.root as usize) {
                content.place(model, shape, document.node(entry.at), entry.document, None);
            }
        }
        content
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

    /// The variant that the value of a field is, if it is one of an enum.
    pub fn variant(&self, row: Row, field: usize) -> Option<usize> {
        let cell = self.table(row.record).cell(row.row, field);
        (cell.len as usize).checked_sub(1).filter(|_| !cell.is_nothing())
    }

    /// The value of a field that is a scalar or a list of scalars.
    pub fn node(&self, row: Row, field: usize) -> Option<Node<'a>> {
        let cell = self.table(row.record).cell(row.row, field);
        (!cell.is_nothing()).then(|| self.document(row).node(cell.at))
    }

    /// Looks at the beginning of the values of some fields, from a row on, if the row is the first of a block. A look at a text that has
    /// not been looked at for a while waits for memory; here the processor waits for many at once.
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

    /// The object of a row, or the value that stands for it.
    pub fn object(&self, row: Row) -> Node<'a> {
        let (_, at) = self.table(row.record).origins[row.row as usize];
        self.document(row).node(at)
    }

    /// Where a row's object begins.
    pub fn opening(&self, row: Row) -> Span {
        self.object(row).opening()
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

    /// Adds the rows of a value; `None` if it is not of the shape.
    fn place(
        &mut self,
        model: &Model,
        shape: &Shape,
        value: Node<'a>,
        document: u32,
        owner: Option<Row>,
    ) -> Option<Cell> {
        match (shape, value.kind()) {
            (Shape::Record(record), kind) => {
                let whole = || {
                    let origins = [Origin::Whole, Origin::Element];
                    model.record(*record).fields.iter().any(|field| origins.contains(&field.origin))
                };
                let short = model
                    .record(*record)
                    .shorthand
                    .filter(|_| !matches!(kind, NodeKind::Object | NodeKind::Array));
                if kind != NodeKind::Object && short.is_none() && !whole() {
                    return None;
                }
                let row = self.reserve(*record, 1, document, owner);
                if let Some(field) = element_of(model, *record) {
                    self.fill_element(model, Row { record: *record, row }, field, value, document);
                    return Some(Cell { at: row, len: 1 });
                }
                match short {
                    Some(field) => self.fill_short(model, *record, row, field, value),
                    None => self.fill(model, Row { record: *record, row }, value),
                }
                Some(Cell { at: row, len: 1 })
            }
            (Shape::Union(union), NodeKind::Object) => {
                let at = self.picks.len() as u32;
                let variant = variant(model, *union, value)?;
                self.picks.push((variant, 0));
                self.pick(model, *union, value, document, owner, at);
                Some(Cell { at, len: 1 })
            }
            (Shape::Map(record), NodeKind::Object) => {
                let pairs: Vec<(Node<'a>, Node<'a>)> = value.properties().collect();
                Some(self.map(model, *record, &pairs, document, owner))
            }
            (Shape::List(element), NodeKind::Array) => match **element {
                Shape::Record(record) => {
                    if let Some(field) = element_of(model, record) {
                        let count = value.elements().count();
                        let first = self.reserve(record, count, document, owner);
                        for (element, row) in value.elements().zip(first..) {
                            self.fill_element(model, Row { record, row }, field, element, document);
                        }
                        return Some(Cell { at: first, len: count as u32 });
                    }
                    let short = model.record(record).shorthand;
                    let fits = |element: &Node<'_>| {
                        element.kind() == NodeKind::Object
                            || (short.is_some() && element.kind() != NodeKind::Array)
                    };
                    let count = value.elements().filter(fits).count();
                    let first = self.reserve(record, count, document, owner);
                    for (element, row) in value.elements().filter(fits).zip(first..) {
                        match short.filter(|_| element.kind() != NodeKind::Object) {
                            Some(field) => self.fill_short(model, record, row, field, element),
                            None => self.fill(model, Row { record, row }, element),
                        }
                    }
                    Some(Cell { at: first, len: count as u32 })
                }
                Shape::Union(union) => {
                    let first = self.picks.len() as u32;
                    let objects: Vec<_> = value
                        .elements()
                        .filter_map(|element| Some((element, variant(model, union, element)?)))
                        .collect();
                    self.picks.extend(objects.iter().map(|(_, variant)| (*variant, 0)));
                    for ((element, _), at) in objects.iter().zip(first..) {
                        self.pick(model, union, *element, document, owner, at);
                    }
                    Some(Cell { at: first, len: objects.len() as u32 })
                }
                _ => Some(Cell { at: value.at(), len: 0 }),
            },
            (Shape::Union(_) | Shape::Map(_), _) => None,
            // A reference that stands where a list of them can: a list of one, or of none if it names nothing.
            (Shape::List(element), _) if rows_of_references(model, element).is_some() => {
                let (record, field, none) = rows_of_references(model, element)?;
                let names = !none.iter().any(|none| none.is(value));
                let row = self.reserve(record, usize::from(names), document, owner);
                if names {
                    self.fill_element(model, Row { record, row }, field, value, document);
                }
                Some(Cell { at: row, len: u32::from(names) })
            }
            (Shape::List(element), _) if matches!(**element, Shape::Record(_) | Shape::Union(_)) => None,
            _ => Some(scalar(model, shape, value)),
        }
    }

    /// Adds the rows of a map.
    fn map(
        &mut self,
        model: &Model,
        record: RecordId,
        pairs: &[(Node<'a>, Node<'a>)],
        document: u32,
        owner: Option<Row>,
    ) -> Cell {
        let only = model.record(record).only.as_deref();
        let ours = |key: &Node<'a>| {
            let name = key.text();
            name.is_some_and(|name| {
                only.is_none_or(|patterns| patterns.iter().any(|pattern| pattern.matches(&name)))
            })
        };
        let pairs: Vec<_> = pairs.iter().filter(|(key, _)| ours(key)).collect();
        let first = self.reserve(record, pairs.len(), document, owner);
        for ((key, value), row) in pairs.iter().zip(first..) {
            self.fill_map_row(model, Row { record, row }, *key, *value, document);
        }
        Cell { at: first, len: pairs.len() as u32 }
    }

    /// Fills a row that has a value as a whole.
    fn fill_element(&mut self, model: &Model, row: Row, field: usize, value: Node<'a>, document: u32) {
        self.tables[row.record.0 as usize].origins[row.row as usize].1 = value.at();
        if matches!(value.kind(), NodeKind::Null | NodeKind::Invalid) {
            return;
        }
        let shape = &model.record(row.record).fields[field].shape;
        if let Some(cell) = self.place(model, shape, value, document, Some(row)) {
            self.tables[row.record.0 as usize].set(row.row, field, cell);
        }
    }

    /// Adds the row of an object of a union, whose pick has been entered without it.
    fn pick(
        &mut self,
        model: &Model,
        union: UnionId,
        value: Node<'a>,
        document: u32,
        owner: Option<Row>,
        at: u32,
    ) {
        let (variant, _) = self.picks[at as usize];
        let record = model.union(union).variants[usize::from(variant)].1;
        let row = self.reserve(record, 1, document, owner);
        self.picks[at as usize].1 = row;
        self.fill(model, Row { record, row }, value);
    }

    /// A row of which one field alone is there.
    fn fill_short(&mut self, model: &Model, record: RecordId, row: u32, field: usize, value: Node<'a>) {
        let table = &mut self.tables[record.0 as usize];
        table.origins[row as usize].1 = value.at();
        table.set(row, field, scalar(model, &model.record(record).fields[field].shape, value));
    }

    fn fill_map_row(&mut self, model: &Model, row: Row, key: Node<'a>, value: Node<'a>, document: u32) {
        for (at, field) in model.record(row.record).fields.iter().enumerate() {
            let cell = match field.origin {
                Origin::MapName => Some(Cell { at: key.at(), len: 0 }),
                Origin::MapValue if value.is_null() && field.shape != Shape::Json => None,
                Origin::MapValue => self.place(model, &field.shape, value, document, Some(row)),
                _ => None,
            };
            if let Some(cell) = cell {
                self.tables[row.record.0 as usize].set(row.row, at, cell);
            }
        }
        self.fill(model, row, value);
        if value.kind() != NodeKind::Object {
            self.tables[row.record.0 as usize].origins[row.row as usize].1 = key.at();
        }
    }

    fn fill(&mut self, model: &Model, row: Row, object: Node<'a>) {
        let fields = &model.record(row.record).fields;
        let (document, _) = self.table(row.record).origins[row.row as usize];
        self.tables[row.record.0 as usize].origins[row.row as usize].1 = object.at();
        if let Some(whole) = fields.iter().position(|field| field.origin == Origin::Whole) {
            let cell = Cell { at: object.at(), len: 0 };
            self.tables[row.record.0 as usize].set(row.row, whole, cell);
            return;
        }
        let rest = model.record(row.record).rest.as_ref();
        let mut others = Vec::new();
        let mut expected = 0;
        for (key, value) in object.properties() {
            let known = |field: &Field| key.is_named(&field.json) && field.origin == Origin::Property;
            let index = match fields.get(expected) {
                Some(field) if known(field) => Some(expected),
                _ => fields.iter().position(known),
            };
            let Some(index) = index else {
                let Some(rest) = rest else { continue };
                if key.text().is_some_and(|name| !rest.named.iter().any(|known| *known == *name)) {
                    others.push((key, value));
                }
                continue;
            };
            expected = index + 1;
            let shape = &fields[index].shape;
            let first = self.table(row.record).cell(row.row, index).is_nothing();
            if !first || value.kind() == NodeKind::Invalid || (value.is_null() && *shape != Shape::Json) {
                continue;
            }
            // Most values are scalars, which are where they are.
            let cell = match shape {
                Shape::Record(_) | Shape::List(_) | Shape::Union(_) | Shape::Map(_) => {
                    self.place(model, shape, value, document, Some(row))
                }
                _ => Some(scalar(model, shape, value)),
            };
            if let Some(cell) = cell {
                self.tables[row.record.0 as usize].set(row.row, index, cell);
            }
        }
        if let Some(rest) = rest
            && let Shape::Map(rows) = fields[rest.field].shape
        {
            let cell = self.map(model, rows, &others, document, Some(row));
            self.tables[row.record.0 as usize].set(row.row, rest.field, cell);
        }
    }
}

/// The cell of a value that is one and has no rows of its own.
fn scalar(model: &Model, shape: &Shape, value: Node<'_>) -> Cell {
    let variant = match shape {
        Shape::Enum(id) => {
            model.enumeration(*id).variants.iter().position(|variant| value.reads(&variant.json))
        }
        _ => None,
    };
    Cell { at: value.at(), len: variant.map_or(0, |at| at as u32 + 1) }
}

/// The record of the rows of a list of references of which some name nothing, their field, and what stands for nothing.
fn rows_of_references<'m>(model: &'m Model, element: &Shape) -> Option<(RecordId, usize, &'m [Literal])> {
    let Shape::Record(record) = element else { return None };
    let field = element_of(model, *record)?;
    let Shape::Link(spec) = &model.record(*record).fields[field].shape else { return None };
    Some((*record, field, &spec.syntax.none))
}

/// The field of a record for a value that is no property of it.
fn element_of(model: &Model, record: RecordId) -> Option<usize> {
    model.record(record).fields.iter().position(|field| field.origin == Origin::Element)
}

/// The variant of a union that an object is.
fn variant(model: &Model, union: UnionId, object: Node<'_>) -> Option<u8> {
    let union = model.union(union);
    let tag = object.get(&union.tag)?;
    let fits = |(values, _): &(Vec<Literal>, RecordId)| values.iter().any(|value| value.is(tag));
    union.variants.iter().position(fits).map(|at| at as u8)
}
