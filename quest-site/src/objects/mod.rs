//! The objects of checked content by id, with their titles and summaries.
//!
//! Comes in: [`Inspection`]. Goes out: [`Objects`], which graphs and pages query. Must not know graphs, HTML or addresses.

mod places;
mod registries;
mod summary;
mod words;

pub use places::Place;
pub(crate) use words::{capitalized, spaced};

use quest_compiler::check::{self, Row, title_path};
use quest_compiler::driver::Inspection;
use quest_compiler::schema::{KindId, Model, Path, RecordId};
use quest_compiler::source::Node;
use registries::RegistryEntries;
use std::borrow::Cow;

/// Checked content, by id.
pub(crate) struct Objects<'c, 'a> {
    pub(crate) inspection: Inspection<'c, 'a>,
    registries: RegistryEntries<'a>,
    /// For each kind and id, the objects that define it: none if a registry does, several if the id is duplicated.
    rows: Vec<Vec<Vec<Row>>>,
    /// For each record, the path to the title of an object.
    title_paths: Vec<Option<Path>>,
    /// For each kind and id, its title.
    titles: Vec<Vec<Option<Cow<'a, str>>>>,
}

impl<'c, 'a> Objects<'c, 'a> {
    pub(crate) fn new(inspection: Inspection<'c, 'a>) -> Self {
        let records = (0..inspection.model.records.len()).map(|at| RecordId(at as u32));
        let mut objects = Self {
            inspection,
            registries: RegistryEntries::new(&inspection),
            rows: defining_rows(inspection),
            title_paths: records
                .map(|record| title_path(inspection.model, inspection.resolved, record))
                .collect(),
            titles: Vec::new(),
        };
        let titles = |(at, ids): (usize, &Vec<Vec<Row>>)| {
            let title = |(id, rows): (usize, &Vec<Row>)| {
                let own = rows.iter().find_map(|row| objects.title_of(*row));
                own.or_else(|| objects.registries.title(KindId(at as u32), id as u32))
            };
            ids.iter().enumerate().map(title).collect()
        };
        objects.titles = objects.rows.iter().enumerate().map(titles).collect();
        objects
    }

    pub(crate) fn model(&self) -> &'c Model {
        self.inspection.model
    }

    /// The objects that define an id.
    pub(crate) fn rows(&self, kind: KindId, id: u32) -> &[Row] {
        let rows = self.rows.get(kind.0 as usize).and_then(|ids| ids.get(id as usize));
        rows.map_or(&[], Vec::as_slice)
    }

    /// The id of an object, by the first key of its record.
    pub(crate) fn id_of(&self, row: Row) -> Option<(KindId, u32)> {
        let (kind, _) = self.model().record(row.record).key()?;
        let resolved = self.inspection.resolved;
        Some((kind, resolved.ids.own(self.model(), &resolved.content, kind, row)?))
    }

    /// The text of an id.
    pub(crate) fn text(&self, kind: KindId, id: u32) -> &'c str {
        &self.inspection.resolved.ids.id(kind, id).text
    }

    /// The text of an id preceded by the ids of its parents: `iron-path:find-descent`.
    pub(crate) fn path(&self, kind: KindId, id: u32) -> String {
        self.inspection.resolved.ids.path(self.model(), kind, id)
    }

    /// The title of an object.
    pub(crate) fn title_of(&self, row: Row) -> Option<Cow<'a, str>> {
        let path = self.title_paths.get(row.record.0 as usize)?.as_ref()?;
        check::title(self.model(), self.inspection.resolved, row, path)
    }

    /// The title of an id, from its object or its registry entry.
    pub(crate) fn title(&self, kind: KindId, id: u32) -> Option<&str> {
        self.titles.get(kind.0 as usize)?.get(id as usize)?.as_deref()
    }

    /// The properties of an id's registry entry other than its id and title.
    pub(crate) fn registry_properties(&self, kind: KindId, id: u32) -> Vec<(Cow<'a, str>, Node<'a>)> {
        self.registries.properties(kind, id)
    }

    /// The title of an id, or else its text.
    pub(crate) fn label(&self, kind: KindId, id: u32) -> &str {
        self.title(kind, id).unwrap_or_else(|| self.text(kind, id))
    }

    /// The value of a field as written.
    pub(crate) fn value(&self, row: Row, field: usize) -> Option<Node<'a>> {
        self.inspection.resolved.content.node(row, field)
    }
}

/// For each kind and id, the objects that define it.
fn defining_rows(inspection: Inspection<'_, '_>) -> Vec<Vec<Vec<Row>>> {
    let Inspection { model, resolved, .. } = inspection;
    let kinds = resolved.ids.kinds.iter();
    let mut rows: Vec<Vec<Vec<Row>>> = kinds.map(|ids| vec![Vec::new(); ids.list.len()]).collect();
    for (at, record) in model.records.iter().enumerate() {
        let id = RecordId(at as u32);
        for (kind, _) in &record.keys {
            for row in (0..resolved.content.table(id).len()).map(|row| Row { record: id, row }) {
                let own = resolved.ids.own(model, &resolved.content, *kind, row);
                let slot = own.and_then(|own| rows.get_mut(kind.0 as usize)?.get_mut(own as usize));
                if let Some(slot) = slot {
                    slot.push(row);
                }
            }
        }
    }
    rows
}
