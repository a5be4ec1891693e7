//! The rows of all tables, as bytes.

use super::layout::{CellKind, Layout, Place, ProgramSections};
use super::program::{Known, Written, program};
use super::text::Pool;
use crate::check::{Resolved, ResolvedRef, Row};
use crate::schema::{DefaultValue, Field, KindId, Literal, Model, RecordId, Shape};
use crate::source::Node;
use quest_format as format;
use quest_format::lookup::Lookup;

/// The two files that a game includes, and their fingerprints.
#[derive(Debug)]
pub struct Tables {
    pub bytes: Vec<u8>,
    pub text: String,
    /// Changes with every change of content.
    pub content: u64,
    /// Changes when an id comes, goes or moves to another row.
    pub ids: u64,
}

/// Writes resolved content as tables. Fails when they would be larger than a file can address.
pub fn lower(
    model: &Model,
    layout: &Layout,
    resolved: &Resolved<'_>,
    known: &Known,
) -> Result<Tables, String> {
    let mut sections: Vec<Vec<u8>> = vec![Vec::new(); usize::from(layout.sections)];
    let mut rows: Vec<u32> = vec![0; usize::from(layout.sections)];
    // Nearly every id and about one text in each object are texts of their own.
    let tables = resolved.content.tables.iter().map(|table| table.len() as usize).sum::<usize>();
    let ids = resolved.ids.kinds.iter().map(|ids| ids.list.len()).sum::<usize>();
    let pool = Pool::for_values(tables + ids);
    let mut writer = Writer { model, resolved, pool, lists: Lists::default() };
    for (at, record) in layout.records.iter().enumerate() {
        let id = RecordId(at as u32);
        let count = resolved.content.table(id).len();
        let section = &mut sections[usize::from(record.section)];
        section.resize(count as usize * record.size as usize, 0);
        for (row, bytes) in (0..count).zip(section.chunks_exact_mut(record.size as usize)) {
            writer.row(Row { record: id, row }, &record.places, bytes);
        }
        rows[usize::from(record.section)] = count;
    }
    let mut ids_fingerprint = u64::from(format::FORMAT);
    for (at, kind) in model.kinds.iter().enumerate() {
        let ids = resolved.ids.of(KindId(at as u32));
        let section = usize::from(layout.kinds[at]);
        if ids.list.len() > format::lookup::MAX_IDS {
            return Err(format!(
                "there are more than {} ids of the kind `{}`",
                format::lookup::MAX_IDS,
                kind.path
            ));
        }
        for id in &ids.list {
            sections[section].extend(writer.pool.place(&id.text).to_le_bytes());
            if kind.parent.is_some() {
                sections[section + 2].extend(id.parent.to_le_bytes());
            }
            ids_fingerprint =
                format::hash(id.text.as_bytes(), ids_fingerprint.wrapping_add(u64::from(id.parent)));
        }
        rows[section] = ids.list.len() as u32;
        if kind.parent.is_some() {
            rows[section + 2] = ids.list.len() as u32;
        }
        // While ids are collected, the lookup may be larger than needed, or lack ids that could not be read.
        let complete = ids.lookup.len() == ids.list.len()
            && ids.lookup.slots().len() == format::lookup::slots_for(ids.list.len());
        let rebuilt = (!complete).then(|| lookup(model, KindId(at as u32), resolved));
        let slots = rebuilt.as_ref().unwrap_or(&ids.lookup).slots();
        sections[section + 1] = slots.iter().flat_map(|slot| slot.to_le_bytes()).collect();
        rows[section + 1] = slots.len() as u32;
        ids_fingerprint = format::hash(kind.path.as_bytes(), ids_fingerprint);
    }
    if let (Some(ProgramSections { first, .. }), Some(journal)) = (layout.program, &model.journal) {
        let written = Written { layout, sections: &sections };
        let Writer { pool, lists, .. } = &mut writer;
        let made = program(model, journal, resolved, known, pool, &mut lists.long, written);
        for ((bytes, count), section) in made.0.into_iter().zip(usize::from(first)..) {
            rows[section] = count;
            sections[section] = bytes;
        }
    }
    let Writer { pool, lists, .. } = writer;
    for (section, bytes, size) in [
        (layout.texts, lists.texts, format::TEXT),
        (layout.ids, lists.ids, format::LINK),
        (layout.values, lists.values, format::VALUE),
        (layout.targets, lists.targets, format::TARGET),
        (layout.variants, lists.variants, format::VARIANT),
        (layout.long, lists.long.bytes, format::LONG_RANGE),
    ] {
        rows[usize::from(section)] = (bytes.len() / size) as u32;
        sections[usize::from(section)] = bytes;
    }
    let bytes = file(layout, &sections, &rows)?;
    if pool.too_large {
        return Err("the texts of this content are larger than 4 GB, or one of them than 1 GB".to_owned());
    }
    if lists.long.too_many {
        return Err("there are more than 16,777,216 long lists and large numbers in this content".to_owned());
    }
    let content = format::hash(&bytes, format::hash(pool.text.as_bytes(), layout.fingerprint));
    let mut tables = Tables { bytes, text: pool.text, content, ids: ids_fingerprint };
    tables.bytes[format::TABLES_CONTENT_AT..format::TABLES_CONTENT_AT + 8]
        .copy_from_slice(&content.to_le_bytes());
    Ok(tables)
}

fn lookup(model: &Model, kind: KindId, resolved: &Resolved<'_>) -> Lookup {
    let ids = &resolved.ids.of(kind).list;
    let mut lookup = Lookup::with_capacity(ids.len());
    for (row, id) in ids.iter().enumerate() {
        let hash = format::lookup::hash_id(&id.text, model.kind(kind).parent.map(|_| id.parent));
        lookup.insert(row as u32, hash);
    }
    lookup
}

fn file(layout: &Layout, sections: &[Vec<u8>], rows: &[u32]) -> Result<Vec<u8>, String> {
    let header = format::TABLES_HEADER + sections.len() * format::SECTION_ENTRY;
    let total = header + sections.iter().map(Vec::len).sum::<usize>();
    if u32::try_from(total).is_err() {
        return Err("the tables of this content are larger than 4 GB".to_owned());
    }
    let mut bytes = Vec::with_capacity(total);
    bytes.extend(format::TABLES_MAGIC);
    bytes.extend(format::FORMAT.to_le_bytes());
    bytes.extend(layout.fingerprint.to_le_bytes());
    bytes.extend(0u64.to_le_bytes());
    bytes.extend((sections.len() as u32).to_le_bytes());
    bytes.extend(0u32.to_le_bytes());
    let mut at = header;
    for (section, rows) in sections.iter().zip(rows) {
        bytes.extend((at as u32).to_le_bytes());
        bytes.extend(rows.to_le_bytes());
        at += section.len();
    }
    for section in sections {
        bytes.extend(section);
    }
    Ok(bytes)
}

/// The elements of lists that are not objects.
#[derive(Default)]
struct Lists {
    texts: Vec<u8>,
    ids: Vec<u8>,
    values: Vec<u8>,
    targets: Vec<u8>,
    variants: Vec<u8>,
    long: LongRanges,
}

/// What is too long for its cell: ranges, also those too far behind, and numbers.
#[derive(Default)]
pub(super) struct LongRanges {
    bytes: Vec<u8>,
    /// Whether some had no place.
    too_many: bool,
}

impl LongRanges {
    /// The row of a number that is too long for its cell.
    fn number(&mut self, number: u64) -> u32 {
        let row = (self.bytes.len() / format::LONG_RANGE) as u32;
        self.bytes.extend(number.to_le_bytes());
        row
    }

    /// The cell of a range.
    pub(super) fn cell(&mut self, first: u32, rows: u32) -> [u8; format::RANGE] {
        // Where nothing is, it does not matter.
        let first = if rows == 0 { 0 } else { first };
        let cell = format::range_cell(first, rows).unwrap_or_else(|| {
            let row = self.number(u64::from(first) | u64::from(rows) << 32);
            let cell = format::long_range_cell(row);
            self.too_many |= cell.is_none();
            cell.unwrap_or(0)
        });
        cell.to_le_bytes()
    }
}

struct Writer<'m, 'r, 'a> {
    model: &'m Model,
    resolved: &'r Resolved<'a>,
    pool: Pool,
    lists: Lists,
}

fn put(row: &mut [u8], at: u32, bytes: &[u8]) {
    let at = at as usize;
    row[at..at + bytes.len()].copy_from_slice(bytes);
}

fn set(row: &mut [u8], byte: u32, bit: u8) {
    row[byte as usize] |= 1 << bit;
}

impl<'a> Writer<'_, '_, 'a> {
    fn row(&mut self, row: Row, places: &[Place], bytes: &mut [u8]) {
        let model = self.model;
        for (index, (field, place)) in model.record(row.record).fields.iter().zip(places).enumerate() {
            self.field(row, index, field, *place, bytes);
        }
    }

    fn text(&mut self, text: &str) -> [u8; format::TEXT] {
        self.pool.place(text).to_le_bytes()
    }

    fn field(&mut self, row: Row, index: usize, field: &Field, place: Place, bytes: &mut [u8]) {
        let resolved = self.resolved;
        let cell = resolved.content.table(row.record).cell(row.row, index);
        let node = || resolved.content.node(row, index);
        let default = match &field.default {
            DefaultValue::Literal(literal) => Some(literal),
            DefaultValue::None => None,
        };
        let at = place.at;
        match place.cell {
            CellKind::OwnId => {
                let own = match field.shape {
                    Shape::Key(kind) => resolved.ids.own(self.model, &resolved.content, kind, row),
                    _ => None,
                };
                put(bytes, at, &own.unwrap_or(format::ABSENT).to_le_bytes());
            }
            CellKind::Flag(bit) => {
                let value = match node() {
                    Some(node) => node.boolean(),
                    None => default.and_then(|literal| {
                        if let Literal::Boolean(value) = literal { Some(*value) } else { None }
                    }),
                };
                if value == Some(true) {
                    set(bytes, at, bit);
                }
                self.present(place, value.is_some(), bytes);
            }
            CellKind::Integer { bytes: width, .. } => {
                let value = match node() {
                    Some(node) => node.integer(),
                    None => default.and_then(|literal| {
                        if let Literal::Integer(value) = literal { Some(*value) } else { None }
                    }),
                };
                // Validation has seen to it that the value fits; the low bytes are the value.
                let low = (value.unwrap_or(0) as u64).to_le_bytes();
                put(bytes, at, &low[..usize::from(width)]);
                self.present(place, value.is_some(), bytes);
            }
            CellKind::Wide { signed } => {
                let value = match node() {
                    Some(node) => node.integer(),
                    None => default.and_then(|literal| {
                        if let Literal::Integer(value) = literal { Some(*value) } else { None }
                    }),
                };
                let number = value.unwrap_or(0);
                let fits = if signed { i32::try_from(number).is_ok() } else { u32::try_from(number).is_ok() };
                let low = if fits { number as u32 } else { self.lists.long.number(number as u64) };
                put(bytes, at, &low.to_le_bytes());
                if let (false, Some((byte, bit))) = (fits, place.long) {
                    set(bytes, byte, bit);
                }
                self.present(place, value.is_some(), bytes);
            }
            CellKind::Float => {
                let value = match node() {
                    Some(node) => node.number(),
                    None => default.and_then(number),
                };
                put(bytes, at, &value.unwrap_or(0.0).to_le_bytes());
                self.present(place, value.is_some(), bytes);
            }
            CellKind::Variant => {
                let text = match node() {
                    Some(node) => node.text(),
                    None => default.and_then(|literal| {
                        if let Literal::Text(text) = literal { Some(text.as_str().into()) } else { None }
                    }),
                };
                let variant =
                    text.and_then(|text| self.variant(&field.shape, &text)).unwrap_or(format::ABSENT_VARIANT);
                put(bytes, at, &[variant]);
            }
            CellKind::Text => {
                let text = match (node(), &field.shape) {
                    (Some(node), Shape::Json) => Some(self.text(&minified(node))),
                    (Some(node), _) => node.text().map(|text| self.text(&text)),
                    (None, _) => default.map(|literal| match literal {
                        Literal::Text(text) if field.shape != Shape::Json => self.text(text),
                        other => self.text(&other.show()),
                    }),
                };
                match text {
                    Some(cell) => put(bytes, at, &cell),
                    None if field.optional() => put(bytes, at, &format::ABSENT.to_le_bytes()),
                    None => {
                        let empty = self.text("");
                        put(bytes, at, &empty);
                    }
                }
            }
            CellKind::One => {
                let link = cell.children().next().unwrap_or(format::ABSENT);
                put(bytes, at, &link.to_le_bytes());
            }
            CellKind::Many => {
                let rows = cell.children();
                put(bytes, at, &self.lists.long.cell(rows.start, rows.len() as u32));
            }
            CellKind::Pick => {
                if let Some(pick) = cell.children().next() {
                    put(bytes, at, &self.pick(pick));
                }
            }
            CellKind::Picks => {
                let start = (self.lists.targets.len() / format::TARGET) as u32;
                let picks = cell.children();
                for pick in picks.clone() {
                    let target = self.pick(pick);
                    self.lists.targets.extend(target);
                }
                put(bytes, at, &self.lists.long.cell(start, picks.len() as u32));
            }
            CellKind::Link(_) => {
                let link = match resolved.one_ref(row, index) {
                    ResolvedRef::Id(_, id) => id,
                    _ => format::ABSENT,
                };
                put(bytes, at, &link.to_le_bytes());
            }
            CellKind::Target => {
                let target = self.target(resolved.one_ref(row, index), node());
                put(bytes, at, &target);
            }
            CellKind::Value => {
                let value = match node() {
                    Some(node) => self.value(&Literal::of(node)),
                    None => default.map_or([0; format::VALUE], |literal| self.value(literal)),
                };
                put(bytes, at, &value);
            }
            CellKind::Texts
            | CellKind::Ids(_)
            | CellKind::Targets
            | CellKind::Values
            | CellKind::Variants => {
                let (start, length) = self.list(place.cell, field, resolved.refs(row, index), node());
                put(bytes, at, &self.lists.long.cell(start, length));
            }
        }
    }

    /// The cell of an object of a union.
    fn pick(&self, at: u32) -> [u8; format::TARGET] {
        let (variant, row) = self.resolved.content.picks[at as usize];
        let mut cell = [0; format::TARGET];
        cell[0] = variant + 1;
        cell[1..5].copy_from_slice(&row.to_le_bytes());
        cell
    }

    fn present(&self, place: Place, present: bool, bytes: &mut [u8]) {
        if let (Some((byte, bit)), true) = (place.present, present) {
            set(bytes, byte, bit);
        }
    }

    fn variant(&self, shape: &Shape, text: &str) -> Option<u8> {
        let Shape::Enum(id) = shape.element() else { return None };
        self.model
            .enumeration(*id)
            .variants
            .iter()
            .position(|variant| variant.json == text)
            .map(|at| at as u8)
    }

    fn target(&mut self, resolved_ref: ResolvedRef, node: Option<Node<'a>>) -> [u8; format::TARGET] {
        let mut cell = [0; format::TARGET];
        match resolved_ref {
            ResolvedRef::Absent => {}
            ResolvedRef::Id(number, row) => {
                cell[0] = number + 1;
                cell[1..5].copy_from_slice(&row.to_le_bytes());
            }
            ResolvedRef::Unknown | ResolvedRef::Text => {
                cell[0] = if resolved_ref == ResolvedRef::Unknown {
                    format::TARGET_UNKNOWN
                } else {
                    format::TARGET_TEXT
                };
                let text = node.and_then(crate::check::id_text).unwrap_or_default();
                cell[1..].copy_from_slice(&self.text(&text));
            }
        }
        cell
    }

    fn value(&mut self, literal: &Literal) -> [u8; format::VALUE] {
        let mut cell = [0; format::VALUE];
        let (tag, payload) = match literal {
            Literal::Null => (format::VALUE_ABSENT, [0; 8]),
            Literal::Boolean(value) => (format::VALUE_BOOL, u64::from(*value).to_le_bytes()),
            Literal::Integer(value) => match i64::try_from(*value) {
                Ok(value) => (format::VALUE_INT, value.to_le_bytes()),
                Err(_) => (format::VALUE_FLOAT, (*value as f64).to_le_bytes()),
            },
            Literal::Number(value) => (format::VALUE_FLOAT, value.to_le_bytes()),
            Literal::Text(text) => (format::VALUE_TEXT, u64::from(self.pool.place(text)).to_le_bytes()),
            Literal::EmptyList => (format::VALUE_JSON, u64::from(self.pool.place("[]")).to_le_bytes()),
            Literal::Json(text, _) => (format::VALUE_JSON, u64::from(self.pool.place(text)).to_le_bytes()),
        };
        cell[0] = tag;
        cell[1..].copy_from_slice(&payload);
        cell
    }

    /// Writes the elements of a list; gives their first row and how many they are.
    fn list(
        &mut self,
        kind: CellKind,
        field: &Field,
        refs: &[ResolvedRef],
        node: Option<Node<'a>>,
    ) -> (u32, u32) {
        let Some(node) = node else { return (0, 0) };
        let list = node.raw().starts_with('[');
        let elements: Vec<Node<'a>> = if list { node.elements().collect() } else { vec![node] };
        let start = match kind {
            CellKind::Texts => self.lists.texts.len() / format::TEXT,
            CellKind::Ids(_) => self.lists.ids.len() / format::LINK,
            CellKind::Targets => self.lists.targets.len() / format::TARGET,
            CellKind::Variants => self.lists.variants.len(),
            _ => self.lists.values.len() / format::VALUE,
        } as u32;
        let mut count = 0;
        for (at, element) in elements.into_iter().enumerate() {
            match kind {
                CellKind::Texts if *field.shape.element() == Shape::Json => {
                    let cell = self.text(&minified(element));
                    self.lists.texts.extend(cell);
                }
                CellKind::Texts => {
                    let cell = self.text(&element.text().unwrap_or_default());
                    self.lists.texts.extend(cell);
                }
                CellKind::Ids(_) => {
                    let Some(ResolvedRef::Id(_, row)) = refs.get(at) else { continue };
                    self.lists.ids.extend(row.to_le_bytes());
                }
                CellKind::Targets => {
                    let resolved_ref = refs.get(at).copied().unwrap_or(ResolvedRef::Absent);
                    if resolved_ref == ResolvedRef::Absent {
                        continue;
                    }
                    let cell = self.target(resolved_ref, Some(element));
                    self.lists.targets.extend(cell);
                }
                CellKind::Variants => {
                    let Some(variant) = element.text().and_then(|text| self.variant(&field.shape, &text))
                    else {
                        continue;
                    };
                    self.lists.variants.push(variant);
                }
                _ => {
                    let cell = self.value(&Literal::of(element));
                    self.lists.values.extend(cell);
                }
            }
            count += 1;
        }
        (start, count)
    }
}

fn number(literal: &Literal) -> Option<f64> {
    match literal {
        Literal::Integer(value) => Some(*value as f64),
        Literal::Number(value) => Some(*value),
        _ => None,
    }
}

/// A value as JSON without white space between its parts.
fn minified(node: Node<'_>) -> String {
    let mut out = String::new();
    let mut string = false;
    let mut escaped = false;
    for character in node.raw().chars() {
        if string || !character.is_ascii_whitespace() {
            out.push(character);
        }
        if character == '"' && !escaped {
            string = !string;
        }
        escaped = string && character == '\\' && !escaped;
    }
    out
}
