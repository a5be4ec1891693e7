//! The sections that hold the elements of lists of scalars and references, one section per kind of element.

use super::layout::CellKind;
use super::long_cells::LongCells;
use super::rows::RowWriter;
use super::source::{FieldSource, minified};
use crate::check::ResolvedRef;
use crate::narrow::narrow_u32;
use crate::schema::{Field, Literal, Shape};
use crate::source::Node;
use quest_format as format;

/// The elements of all lists, in the order in which rows were written.
#[derive(Debug, Default)]
pub(super) struct Lists {
    pub(super) texts: Vec<u8>,
    pub(super) ids: Vec<u8>,
    pub(super) values: Vec<u8>,
    pub(super) targets: Vec<u8>,
    pub(super) variants: Vec<u8>,
    pub(super) long: LongCells,
}

impl Lists {
    /// The section of the elements of a list, and the bytes of one element.
    fn section(&mut self, kind: CellKind) -> (&mut Vec<u8>, usize) {
        match kind {
            CellKind::Texts => (&mut self.texts, format::TEXT),
            CellKind::Ids(_) => (&mut self.ids, format::LINK),
            CellKind::Targets | CellKind::Picks => (&mut self.targets, format::TARGET),
            CellKind::Variants => (&mut self.variants, format::VARIANT),
            _ => (&mut self.values, format::VALUE),
        }
    }

    /// The number of elements that the section of a list has so far.
    fn rows(&mut self, kind: CellKind) -> u32 {
        let (section, size) = self.section(kind);
        narrow_u32(section.len() / size)
    }

    /// The cell of the elements that were pushed since the section had this many.
    fn since(&mut self, kind: CellKind, first: u32) -> [u8; format::RANGE] {
        let end = self.rows(kind);
        self.long.range(first..end)
    }

    fn push(&mut self, kind: CellKind, element: &[u8]) {
        self.section(kind).0.extend(element);
    }
}

impl<'m: 'a, 'a> RowWriter<'m, '_, 'a, '_> {
    /// Writes the elements of a list; returns the range cell that leads to them.
    pub(super) fn list(
        &mut self,
        kind: CellKind,
        source: &FieldSource<'m, '_, 'a>,
        index: usize,
    ) -> [u8; format::RANGE] {
        let first = self.lists.rows(kind);
        let nodes: Vec<Node<'a>> = match source.node {
            None => Vec::new(),
            Some(node) if node.raw().starts_with('[') => node.elements().collect(),
            // Where the schema allows one value or a list of them, one value is a list of one.
            Some(node) => vec![node],
        };
        for (at, element) in nodes.into_iter().enumerate() {
            let resolved_ref = source.refs.get(at).copied().unwrap_or(ResolvedRef::Absent);
            if kind == CellKind::Texts && *source.field.shape.element() == Shape::Text {
                let text = element.text().unwrap_or_default();
                let cell = self.shown(source.row, index, narrow_u32(at), &text);
                self.lists.push(kind, &cell);
                continue;
            }
            self.element(kind, source.field, element, resolved_ref);
        }
        self.lists.since(kind, first)
    }

    /// Writes the objects of a list whose elements are of a union.
    pub(super) fn picks(&mut self, source: &FieldSource<'m, '_, 'a>) -> [u8; format::RANGE] {
        let first = self.lists.rows(CellKind::Picks);
        for pick in source.children.clone() {
            let target = self.pick(pick);
            self.lists.push(CellKind::Picks, &target);
        }
        self.lists.since(CellKind::Picks, first)
    }

    /// Writes one element. Elements that name nothing take no row: only content with warnings has any.
    fn element(&mut self, kind: CellKind, field: &Field, element: Node<'a>, resolved_ref: ResolvedRef) {
        match kind {
            CellKind::Texts => {
                let cell = if *field.shape.element() == Shape::Json {
                    self.text(&minified(element))
                } else {
                    self.text(&element.text().unwrap_or_default())
                };
                self.lists.push(kind, &cell);
            }
            CellKind::Ids(_) => {
                if let ResolvedRef::Id(_, row) = resolved_ref {
                    self.lists.push(kind, &row.to_le_bytes());
                }
            }
            CellKind::Targets => {
                if resolved_ref != ResolvedRef::Absent {
                    let cell = self.target(resolved_ref, Some(element));
                    self.lists.push(kind, &cell);
                }
            }
            CellKind::Variants => {
                if let Some(variant) = element.text().and_then(|text| self.variant(field, &text)) {
                    self.lists.push(kind, &[variant]);
                }
            }
            _ => {
                let cell = self.value(&Literal::of(element));
                self.lists.push(kind, &cell);
            }
        }
    }
}
