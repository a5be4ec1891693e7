//! Fills the tables: one pass over the values of each document.

use super::{Cell, Content, Row, Table};
use crate::project::ContentEntry;
use crate::schema::{Field, Literal, Model, NameIndex, Origin, Record, RecordId, RestField, Shape, UnionId};
use crate::source::{Document, Node, NodeKind, Siblings};
use std::rc::Rc;

pub(super) fn build<'a>(model: &Model, documents: &'a [Document], entries: &[ContentEntry]) -> Content<'a> {
    let table = |width| Table { width, ..Table::default() };
    let tables = model.records.iter().map(|record| table(record.fields.len())).collect();
    let index = |record: &Record| Rc::new(NameIndex::of(record.fields.iter().map(|field| &field.json)));
    let indexes = model.records.iter().map(index).collect();
    let content = Content { documents, tables, picks: Vec::new() };
    let mut builder = RowBuilder { model, indexes, content };
    for entry in entries {
        if let Some(shape) = model.roots.get(entry.root as usize) {
            let value = documents[entry.document as usize].node(entry.at);
            builder.place(shape, value, Parent { document: entry.document, owner: None });
        }
    }
    builder.content
}

/// What a value belongs to.
#[derive(Clone, Copy)]
struct Parent {
    /// The document's position.
    document: u32,
    /// The row whose object encloses the value; `None` for a whole document.
    owner: Option<Row>,
}

struct RowBuilder<'m, 'a> {
    model: &'m Model,
    /// Of each record, the positions of its fields, if there are many.
    indexes: Vec<Rc<NameIndex>>,
    content: Content<'a>,
}

impl<'a> RowBuilder<'_, 'a> {
    fn table(&mut self, record: RecordId) -> &mut Table {
        &mut self.content.tables[record.0 as usize]
    }

    fn set(&mut self, row: Row, field: usize, cell: Cell) {
        self.table(row.record).set(row.row, field, cell);
    }

    /// Records which value a row was made from.
    fn set_origin(&mut self, row: Row, value: Node<'a>) {
        self.table(row.record).origins[row.row as usize].1 = value.at();
    }

    /// What the values in a row belong to.
    fn parent_in(&self, row: Row) -> Parent {
        Parent { document: self.content.document_number(row) as u32, owner: Some(row) }
    }

    /// Adds empty rows. The rows of one list are consecutive, so they are added before any of their children.
    fn reserve(&mut self, record: RecordId, count: usize, parent: Parent) -> u32 {
        let table = self.table(record);
        let first = table.len();
        table.cells.resize(table.cells.len() + count * table.width, Cell::Absent);
        table.origins.resize(table.origins.len() + count, (parent.document, 0));
        table.owners.resize(table.owners.len() + count, parent.owner);
        first
    }

    /// Adds the rows of a value; `None` if the value does not have the shape.
    fn place(&mut self, shape: &Shape, value: Node<'a>, parent: Parent) -> Option<Cell> {
        match (shape, value.kind()) {
            (Shape::Record(record), _) => self.record(*record, value, parent),
            (Shape::Union(union), NodeKind::Object) => {
                Some(self.picks(*union, value.alone(), parent)).filter(|cell| !cell.children().is_empty())
            }
            (Shape::Map(record), NodeKind::Object) => {
                let pairs: Vec<_> = value.properties().collect();
                Some(self.map(*record, &pairs, parent))
            }
            (Shape::Union(_) | Shape::Map(_), _) => None,
            (Shape::List(element), NodeKind::Array) => match **element {
                Shape::Record(record) => Some(self.records(record, value, parent)),
                Shape::Union(union) => Some(self.picks(union, value.elements(), parent)),
                _ => Some(Cell::Value(value.at())),
            },
            (Shape::List(element), _) => self.list_of_one(element, value, parent),
            _ => Some(scalar(self.model, shape, value)),
        }
    }

    /// Adds the row of one object, or of the value that the schema accepts in its place.
    fn record(&mut self, record: RecordId, value: Node<'a>, parent: Parent) -> Option<Cell> {
        let described = self.model.record(record);
        let is_whole = |field: &Field| matches!(field.origin, Origin::Whole | Origin::Element);
        let accepted = value.kind() == NodeKind::Object
            || shorthand_field(described.shorthand, value).is_some()
            || described.fields.iter().any(is_whole);
        if !accepted {
            return None;
        }
        let row = self.reserve(record, 1, parent);
        self.fill(Row { record, row }, value);
        Some(Cell::Rows { first: row, len: 1 })
    }

    /// Adds the rows of a list of objects.
    fn records(&mut self, record: RecordId, list: Node<'a>, parent: Parent) -> Cell {
        let any = element_field(self.model, record).is_some();
        let short = self.model.record(record).shorthand;
        let fits = |element: &Node<'_>| {
            any || element.kind() == NodeKind::Object || shorthand_field(short, *element).is_some()
        };
        let count = list.elements().filter(fits).count();
        let first = self.reserve(record, count, parent);
        for (element, row) in list.elements().filter(fits).zip(first..) {
            self.fill(Row { record, row }, element);
        }
        Cell::Rows { first, len: count as u32 }
    }

    /// Adds the rows of objects of a union.
    fn picks(&mut self, union: UnionId, objects: Siblings<'a>, parent: Parent) -> Cell {
        let model = self.model;
        let variant_of = |object: Node<'a>| Some((object, variant(model, union, object)?));
        let objects: Vec<_> = objects.filter_map(variant_of).collect();
        let first = self.content.picks.len() as u32;
        // The picks of one list are consecutive, so they are added before any of their children.
        self.content.picks.extend(objects.iter().map(|(_, variant)| (*variant, 0)));
        for ((object, variant), at) in objects.iter().zip(first as usize..) {
            let record = model.union(union).variants[usize::from(*variant)].1;
            let row = self.reserve(record, 1, parent);
            self.content.picks[at].1 = row;
            self.fill_object(Row { record, row }, *object);
        }
        Cell::Picks { first, len: objects.len() as u32 }
    }

    /// A single value where a list is accepted too.
    fn list_of_one(&mut self, element: &Shape, value: Node<'a>, parent: Parent) -> Option<Cell> {
        match (nullable_reference(self.model, element), element) {
            // A list of one, or an empty list if the value stands for no reference.
            (Some((record, none)), _) => {
                let names = !none.iter().any(|none| none.is(value));
                let row = self.reserve(record, usize::from(names), parent);
                if names {
                    self.fill(Row { record, row }, value);
                }
                Some(Cell::Rows { first: row, len: u32::from(names) })
            }
            (None, Shape::Record(_) | Shape::Union(_)) => None,
            (None, _) => Some(Cell::Value(value.at())),
        }
    }

    /// Adds the rows of a map.
    fn map(&mut self, record: RecordId, pairs: &[(Node<'a>, Node<'a>)], parent: Parent) -> Cell {
        let only = self.model.record(record).only.as_deref();
        let ours = |key: &Node<'a>| {
            let name = key.text();
            name.is_some_and(|name| {
                only.is_none_or(|patterns| patterns.iter().any(|pattern| pattern.matches(&name)))
            })
        };
        let pairs: Vec<_> = pairs.iter().filter(|(key, _)| ours(key)).collect();
        let first = self.reserve(record, pairs.len(), parent);
        for ((key, value), row) in pairs.iter().zip(first..) {
            self.fill_map_row(Row { record, row }, *key, *value);
        }
        Cell::Rows { first, len: pairs.len() as u32 }
    }

    /// Fills the row of an object, of a value that stands for one, or of an element that is no object.
    fn fill(&mut self, row: Row, value: Node<'a>) {
        if let Some(field) = element_field(self.model, row.record) {
            self.fill_element(row, field, value);
        } else if let Some(field) = shorthand_field(self.model.record(row.record).shorthand, value) {
            self.set_origin(row, value);
            let cell = scalar(self.model, &self.model.record(row.record).fields[field].shape, value);
            self.set(row, field, cell);
        } else {
            self.fill_object(row, value);
        }
    }

    /// Fills a row whose only field is the value itself.
    fn fill_element(&mut self, row: Row, field: usize, value: Node<'a>) {
        self.set_origin(row, value);
        if matches!(value.kind(), NodeKind::Null | NodeKind::Invalid) {
            return;
        }
        let shape = &self.model.record(row.record).fields[field].shape;
        if let Some(cell) = self.place(shape, value, self.parent_in(row)) {
            self.set(row, field, cell);
        }
    }

    fn fill_map_row(&mut self, row: Row, key: Node<'a>, value: Node<'a>) {
        for (at, field) in self.model.record(row.record).fields.iter().enumerate() {
            let cell = match field.origin {
                Origin::MapName => Some(Cell::Value(key.at())),
                Origin::MapValue if value.is_null() && field.shape != Shape::Json => None,
                Origin::MapValue => self.place(&field.shape, value, self.parent_in(row)),
                _ => None,
            };
            if let Some(cell) = cell {
                self.set(row, at, cell);
            }
        }
        self.fill_object(row, value);
        if value.kind() != NodeKind::Object {
            self.set_origin(row, key);
        }
    }

    fn fill_object(&mut self, row: Row, object: Node<'a>) {
        let described = self.model.record(row.record);
        self.set_origin(row, object);
        if let Some(whole) = described.fields.iter().position(|field| field.origin == Origin::Whole) {
            self.set(row, whole, Cell::Value(object.at()));
            return;
        }
        let rest = described.rest.as_ref();
        let others = self.fill_properties(row, &described.fields, rest, object);
        if let Some(rest) = rest
            && let Shape::Map(rows) = described.fields[rest.field].shape
        {
            let cell = self.map(rows, &others, self.parent_in(row));
            self.set(row, rest.field, cell);
        }
    }

    /// Fills the fields that are properties; returns the properties that belong to the map of all others.
    fn fill_properties(
        &mut self,
        row: Row,
        fields: &[Field],
        rest: Option<&RestField>,
        object: Node<'a>,
    ) -> Vec<(Node<'a>, Node<'a>)> {
        let index = Rc::clone(&self.indexes[row.record.0 as usize]);
        let mut others = Vec::new();
        let mut expected = 0;
        for (key, value) in object.properties() {
            let known = |field: &Field| key.is_named(&field.json) && field.origin == Origin::Property;
            let index = match fields.get(expected) {
                Some(field) if known(field) => Some(expected),
                _ if index.is_empty() => fields.iter().position(known),
                _ => index.candidates(key).find(|at| known(&fields[*at])),
            };
            if let Some(index) = index {
                expected = index + 1;
                self.fill_property(row, index, &fields[index].shape, value);
            } else if let Some(rest) = rest
                && key.text().is_some_and(|name| !rest.named.iter().any(|known| *known == *name))
            {
                others.push((key, value));
            }
        }
        others
    }

    fn fill_property(&mut self, row: Row, field: usize, shape: &Shape, value: Node<'a>) {
        let repeated = !self.content.table(row.record).cell(row.row, field).is_absent();
        if repeated || value.kind() == NodeKind::Invalid || (value.is_null() && *shape != Shape::Json) {
            return;
        }
        // Most values are scalars, which need no rows.
        let cell = match shape {
            Shape::Record(_) | Shape::List(_) | Shape::Union(_) | Shape::Map(_) => {
                self.place(shape, value, self.parent_in(row))
            }
            _ => Some(scalar(self.model, shape, value)),
        };
        if let Some(cell) = cell {
            self.set(row, field, cell);
        }
    }
}

/// The cell of a value that has no rows of its own.
fn scalar(model: &Model, shape: &Shape, value: Node<'_>) -> Cell {
    let at = value.at();
    if let Shape::Enum(id) = shape {
        let mut variants = model.enumeration(*id).variants.iter().zip(0..);
        if let Some((_, variant)) = variants.find(|(variant, _)| value.reads(&variant.json)) {
            return Cell::Variant { at, variant };
        }
    }
    Cell::Value(at)
}

/// The field that a value fills which stands for an object: anything but an object or a list, where the schema allows it.
fn shorthand_field(shorthand: Option<usize>, value: Node<'_>) -> Option<usize> {
    shorthand.filter(|_| !matches!(value.kind(), NodeKind::Object | NodeKind::Array))
}

/// For elements of a list of references some of which may name nothing: the record of its rows, and the values that name nothing.
fn nullable_reference<'m>(model: &'m Model, element: &Shape) -> Option<(RecordId, &'m [Literal])> {
    let Shape::Record(record) = element else { return None };
    let field = element_field(model, *record)?;
    let Shape::Link(spec) = &model.record(*record).fields[field].shape else { return None };
    Some((*record, &spec.syntax.none))
}

/// The field of a record that holds an element as a whole.
fn element_field(model: &Model, record: RecordId) -> Option<usize> {
    model.record(record).fields.iter().position(|field| field.origin == Origin::Element)
}

/// The variant of a union that an object is.
fn variant(model: &Model, union: UnionId, object: Node<'_>) -> Option<u8> {
    let union = model.union(union);
    let tag = object.get(&union.tag)?;
    let fits = |(values, _): &(Vec<Literal>, RecordId)| values.iter().any(|value| value.is(tag));
    union.variants.iter().position(fits).map(|at| at as u8)
}
