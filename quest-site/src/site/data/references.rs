//! All references of content by target: what names what.

use super::links::Links;
use crate::objects::Objects;
use quest_compiler::check::Row;
use quest_compiler::check::walk::named;
use quest_compiler::schema::{KindId, RecordId, Shape};

/// A reference from another page.
#[derive(Clone, Copy)]
pub(crate) struct Reference {
    /// The object that contains it.
    pub(crate) row: Row,
    pub(crate) field: usize,
    /// The id that it names: the one of the page, or one that is shown on it.
    pub(crate) target: (KindId, u32),
}

pub(crate) struct ReferenceIndex {
    /// For each kind with pages and each of its ids.
    by_page: Vec<Vec<Vec<Reference>>>,
}

impl ReferenceIndex {
    pub(crate) fn new(objects: &Objects<'_, '_>, links: &Links<'_, '_, '_>) -> Self {
        let resolved = objects.inspection.resolved;
        let sizes = links.kinds().map(|kind| resolved.ids.of(kind).list.len());
        let mut index = Self { by_page: sizes.map(|size| vec![Vec::new(); size]).collect() };
        for (at, record) in objects.model().records.iter().enumerate() {
            let id = RecordId(at as u32);
            for (field, described) in record.fields.iter().enumerate() {
                let is_reference = match described.shape.element() {
                    Shape::Link(spec) => !spec.defines,
                    Shape::Target(_) => true,
                    _ => false,
                };
                if is_reference {
                    for row in (0..resolved.content.table(id).len()).map(|row| Row { record: id, row }) {
                        index.add(objects, links, row, field);
                    }
                }
            }
        }
        index
    }

    /// Adds the references in a field, except those to the page that the field is on.
    fn add(&mut self, objects: &Objects<'_, '_>, links: &Links<'_, '_, '_>, row: Row, field: usize) {
        let mut own_page = None;
        for named in named(objects.model(), objects.inspection.resolved, row, field) {
            let root = links.root(named.kind, named.id);
            if *own_page.get_or_insert_with(|| page_of(objects, links, row)) == Some(root) {
                continue;
            }
            let page = self.by_page.get_mut(links.position(root.0));
            if let Some(references) = page.and_then(|ids| ids.get_mut(root.1 as usize)) {
                references.push(Reference { row, field, target: (named.kind, named.id) });
            }
        }
    }

    /// The references to the page of an id.
    pub(crate) fn to(&self, links: &Links<'_, '_, '_>, kind: KindId, id: u32) -> &[Reference] {
        let ids = self.by_page.get(links.position(kind));
        ids.and_then(|ids| ids.get(id as usize)).map_or(&[], Vec::as_slice)
    }
}

/// The innermost id around a row, its own included.
pub(crate) fn enclosing_id(objects: &Objects<'_, '_>, row: Row) -> Option<(KindId, u32)> {
    let content = &objects.inspection.resolved.content;
    std::iter::successors(Some(row), |row| content.owner(*row)).find_map(|row| objects.id_of(row))
}

/// The page that shows a row.
fn page_of(objects: &Objects<'_, '_>, links: &Links<'_, '_, '_>, row: Row) -> Option<(KindId, u32)> {
    let (kind, id) = enclosing_id(objects, row)?;
    Some(links.root(kind, id))
}
