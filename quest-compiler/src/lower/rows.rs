//! The cells of rows: each field of a record as the bytes that its accessor reads.

use super::languages::Slots;
use super::layout::{CellKind, CellLayout};
use super::lists::Lists;
use super::pool::StringPool;
use super::source::FieldSource;
use crate::check::{Resolved, ResolvedRef, Row, id_text};
use crate::narrow::narrow_u8;
use crate::schema::{Field, Literal, Model, RecordId, Shape};
use crate::source::Node;
use crate::texts::TextPlace;
use quest_format as format;
use std::collections::HashSet;

/// Writes rows; what has no fixed size goes to the pool and to the sections of lists.
pub(super) struct RowWriter<'m, 'r, 'a, 'p> {
    pub(super) model: &'m Model,
    pub(super) resolved: &'r Resolved<'a>,
    pub(super) pool: &'p mut StringPool,
    pub(super) lists: &'p mut Lists,
    /// The texts that other languages translate, by record and field: they have places of their own.
    translated: HashSet<(RecordId, usize)>,
    pub(super) slots: Slots,
}

fn put(row: &mut [u8], at: u32, cell: &[u8]) {
    let at = at as usize;
    row[at..at + cell.len()].copy_from_slice(cell);
}

fn set_bit(row: &mut [u8], byte: u32, bit: u8) {
    row[byte as usize] |= 1 << bit;
}

impl<'m: 'a, 'r, 'a, 'p> RowWriter<'m, 'r, 'a, 'p> {
    pub(super) fn new(
        model: &'m Model,
        resolved: &'r Resolved<'a>,
        pool: &'p mut StringPool,
        lists: &'p mut Lists,
        has_languages: bool,
    ) -> Self {
        let texts = model.texts.iter().filter(|text| has_languages && !text.untranslated);
        let translated = texts.map(|text| (text.record, text.field)).collect();
        Self { model, resolved, pool, lists, translated, slots: Slots::default() }
    }

    /// Writes a row whose bytes are 0.
    pub(super) fn row(&mut self, row: Row, cells: &[CellLayout], bytes: &mut [u8]) {
        let model = self.model;
        for (index, (field, layout)) in model.record(row.record).fields.iter().zip(cells).enumerate() {
            let source = FieldSource::new(self.resolved, row, index, field);
            match layout.cell {
                CellKind::Flag(_) | CellKind::Integer { .. } | CellKind::Wide { .. } | CellKind::Float => {
                    self.scalar(&source, *layout, bytes);
                }
                CellKind::OwnId | CellKind::One | CellKind::Link(_) => {
                    put(bytes, layout.at, &self.link(layout.cell, &source).to_le_bytes());
                }
                CellKind::Variant => {
                    let variant = source.string().and_then(|text| self.variant(field, &text));
                    put(bytes, layout.at, &[variant.unwrap_or(format::ABSENT_VARIANT)]);
                }
                CellKind::Text => put(bytes, layout.at, &self.text_cell(&source, index)),
                CellKind::Value => {
                    let value = source.literal().map(|literal| self.value(&literal));
                    put(bytes, layout.at, &value.unwrap_or_default());
                }
                CellKind::Pick => {
                    let pick = source.child().map(|pick| self.pick(pick));
                    put(bytes, layout.at, &pick.unwrap_or_default());
                }
                CellKind::Target => put(bytes, layout.at, &self.target(source.one_ref(), source.node)),
                CellKind::Many => put(bytes, layout.at, &self.lists.long.range(source.children)),
                CellKind::Picks => put(bytes, layout.at, &self.picks(&source)),
                CellKind::Texts
                | CellKind::Ids(_)
                | CellKind::Targets
                | CellKind::Values
                | CellKind::Variants => put(bytes, layout.at, &self.list(layout.cell, &source, index)),
            }
        }
    }

    /// Writes a cell that cannot say by itself that it is absent, and the bit that says it.
    fn scalar(&mut self, source: &FieldSource<'m, '_, 'a>, layout: CellLayout, bytes: &mut [u8]) {
        let is_present = match layout.cell {
            CellKind::Flag(bit) => {
                let value = source.boolean();
                if value == Some(true) {
                    set_bit(bytes, layout.at, bit);
                }
                value.is_some()
            }
            CellKind::Float => {
                let value = source.number();
                put(bytes, layout.at, &value.unwrap_or(0.0).to_le_bytes());
                value.is_some()
            }
            CellKind::Integer { bytes: width, .. } => {
                let value = source.integer();
                // Validation has checked the bounds from which the width follows, so the low bytes are the value.
                let low = value.unwrap_or(0).to_le_bytes();
                put(bytes, layout.at, &low[..usize::from(width)]);
                value.is_some()
            }
            CellKind::Wide { signed } => {
                let value = source.integer();
                self.wide(value.unwrap_or(0), signed, layout, bytes);
                value.is_some()
            }
            _ => false,
        };
        if let (Some((byte, bit)), true) = (layout.present, is_present) {
            set_bit(bytes, byte, bit);
        }
    }

    /// Writes an integer of 64 bits: into its cell of four bytes if it fits, otherwise into the section for long cells.
    fn wide(&mut self, value: i128, signed: bool, layout: CellLayout, bytes: &mut [u8]) {
        let low = match (u32::try_from(value), i32::try_from(value)) {
            (Ok(value), _) if !signed => value,
            (_, Ok(value)) if signed => value.cast_unsigned(),
            _ => {
                if let Some((byte, bit)) = layout.long {
                    set_bit(bytes, byte, bit);
                }
                // Validation has checked that the value has 64 bits.
                self.lists.long.integer(value as u64)
            }
        };
        put(bytes, layout.at, &low.to_le_bytes());
    }

    /// The row that an id, an object or a reference leads to.
    fn link(&self, cell: CellKind, source: &FieldSource<'m, '_, 'a>) -> u32 {
        let row = match (cell, &source.field.shape) {
            (CellKind::OwnId, Shape::Key(kind)) => {
                self.resolved.ids.own(self.model, &self.resolved.content, *kind, source.row)
            }
            (CellKind::One, _) => source.child(),
            (CellKind::Link(_), _) => match source.one_ref() {
                ResolvedRef::Id(_, row) => Some(row),
                _ => None,
            },
            _ => None,
        };
        row.unwrap_or(format::ABSENT)
    }

    pub(super) fn text(&mut self, text: &str) -> [u8; format::TEXT] {
        self.pool.intern(text).to_le_bytes()
    }

    /// A text that other languages may translate.
    pub(super) fn shown(&mut self, row: Row, field: usize, element: u32, text: &str) -> [u8; format::TEXT] {
        if text.is_empty() || !self.translated.contains(&(row.record, field)) {
            return self.text(text);
        }
        let slot = self.pool.slot(text);
        let place = TextPlace { row: (row.record, row.row), field, element };
        self.slots.list.push((place, slot));
        slot.start.to_le_bytes()
    }

    fn text_cell(&mut self, source: &FieldSource<'m, '_, 'a>, index: usize) -> [u8; format::TEXT] {
        match source.text() {
            Some(text) if source.node.is_some() => self.shown(source.row, index, 0, &text),
            Some(text) => self.text(&text),
            None if source.field.optional() => format::ABSENT.to_le_bytes(),
            None => self.text(""),
        }
    }

    /// The number of a value of an enum.
    pub(super) fn variant(&self, field: &Field, text: &str) -> Option<u8> {
        let Shape::Enum(id) = field.shape.element() else { return None };
        let variants = &self.model.enumeration(*id).variants;
        variants.iter().position(|variant| variant.json == text).map(narrow_u8)
    }

    /// The cell of an object of a union.
    pub(super) fn pick(&self, pick: u32) -> [u8; format::TARGET] {
        let (variant, row) = self.resolved.content.picks[pick as usize];
        let mut cell = [0; format::TARGET];
        cell[0] = variant + 1;
        cell[1..].copy_from_slice(&row.to_le_bytes());
        cell
    }

    /// The cell of a reference to one of several kinds. `node` is the reference as written.
    pub(super) fn target(
        &mut self,
        resolved_ref: ResolvedRef,
        node: Option<Node<'a>>,
    ) -> [u8; format::TARGET] {
        let mut cell = [0; format::TARGET];
        let (tag, payload) = match resolved_ref {
            ResolvedRef::Absent => return cell,
            ResolvedRef::Id(number, row) => (number + 1, row.to_le_bytes()),
            ResolvedRef::Unknown | ResolvedRef::Text => {
                let text = node.and_then(id_text).unwrap_or_default();
                let is_unknown = resolved_ref == ResolvedRef::Unknown;
                let tag = if is_unknown { format::TARGET_UNKNOWN } else { format::TARGET_TEXT };
                (tag, self.text(&text))
            }
        };
        cell[0] = tag;
        cell[1..].copy_from_slice(&payload);
        cell
    }

    /// The cell of a value that carries its type.
    pub(super) fn value(&mut self, literal: &Literal) -> [u8; format::VALUE] {
        let mut text = |text: &str| u64::from(self.pool.intern(text)).to_le_bytes();
        let (tag, payload) = match literal {
            Literal::Null => (format::VALUE_ABSENT, [0; 8]),
            Literal::Boolean(value) => (format::VALUE_BOOL, u64::from(*value).to_le_bytes()),
            Literal::Integer(value) => match i64::try_from(*value) {
                Ok(value) => (format::VALUE_INT, value.to_le_bytes()),
                Err(_) => (format::VALUE_FLOAT, (*value as f64).to_le_bytes()),
            },
            Literal::Number(value) => (format::VALUE_FLOAT, value.to_le_bytes()),
            Literal::Text(value) => (format::VALUE_TEXT, text(value)),
            Literal::EmptyList => (format::VALUE_JSON, text("[]")),
            Literal::Json(value, _) => (format::VALUE_JSON, text(value)),
        };
        let mut cell = [0; format::VALUE];
        cell[0] = tag;
        cell[1..].copy_from_slice(&payload);
        cell
    }
}
