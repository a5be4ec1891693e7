//! What names what: every reference of content, turned around.

use super::Links;
use crate::Objects;
use quest_compiler::check::Row;
use quest_compiler::check::walk::named;
use quest_compiler::schema::{KindId, RecordId, Shape};

/// A reference from another page.
#[derive(Clone, Copy)]
pub(super) struct SchemaIdRef {
    /// The object in which it stands.
    pub(super) row: Row,
    pub(super) field: usize,
    /// What it names: the id of the page, or one that stands on it.
    pub(super) names: (KindId, u32),
}

pub(super) struct NamedBy {
    /// For each kind with pages and each of its ids.
    schema_id_refs: Vec<Vec<Vec<SchemaIdRef>>>,
}

impl NamedBy {
    pub(super) fn new(objects: &Objects<'_, '_>, links: &Links<'_, '_, '_>) -> Self {
        let (model, resolved) = (objects.model(), objects.checked.resolved);
        let sizes = links.kinds().map(|kind| resolved.ids.of(kind).list.len());
        let mut schema_id_refs: Vec<Vec<Vec<SchemaIdRef>>> =
            sizes.map(|size| vec![Vec::new(); size]).collect();
        for (at, record) in model.records.iter().enumerate() {
            let id = RecordId(at as u32);
            for (field, described) in record.fields.iter().enumerate() {
                let is_reference = match described.shape.element() {
                    Shape::Link(resolves) => !resolves.defines,
                    Shape::Target(_) => true,
                    _ => false,
                };
                if !is_reference {
                    continue;
                }
                for row in (0..resolved.content.table(id).len()).map(|row| Row { record: id, row }) {
                    let mut page = None;
                    for named in named(model, resolved, row, field) {
                        let root = links.root(named.kind, named.id);
                        let page = *page.get_or_insert_with(|| page_of(objects, links, row));
                        // What stands on the page itself needs no way back.
                        if page == Some(root) {
                            continue;
                        }
                        let place = schema_id_refs
                            .get_mut(links.position(root.0))
                            .and_then(|kind| kind.get_mut(root.1 as usize));
                        if let Some(place) = place {
                            place.push(SchemaIdRef { row, field, names: (named.kind, named.id) });
                        }
                    }
                }
            }
        }
        Self { schema_id_refs }
    }

    pub(super) fn of(&self, links: &Links<'_, '_, '_>, kind: KindId, id: u32) -> &[SchemaIdRef] {
        let schema_id_refs =
            self.schema_id_refs.get(links.position(kind)).and_then(|kind| kind.get(id as usize));
        schema_id_refs.map_or(&[], Vec::as_slice)
    }
}

/// The innermost object with an id around a row, the row itself included.
pub(super) fn around(objects: &Objects<'_, '_>, row: Row) -> Option<(KindId, u32)> {
    let content = &objects.checked.resolved.content;
    std::iter::successors(Some(row), |row| content.owner(*row)).find_map(|row| objects.id_of(row))
}

/// The page on which a row stands.
pub(super) fn page_of(
    objects: &Objects<'_, '_>,
    links: &Links<'_, '_, '_>,
    row: Row,
) -> Option<(KindId, u32)> {
    let (kind, id) = around(objects, row)?;
    Some(links.root(kind, id))
}
