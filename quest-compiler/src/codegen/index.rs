//! The index that macros read (`docs/format.md`, Index).

use crate::check::{IdTables, Renamed};
use crate::names::Names;
use crate::schema::{KindId, Model};
use quest_format::index::{self, KindSource, Rename};

pub use quest_format::index::IndexBytes as Index;

/// Every id with its row, and the ids that were renamed. It needs no tables, so it is made beside them.
pub fn index(
    model: &Model,
    names: &Names,
    ids: &IdTables<'_>,
    renames: &[Renamed],
    incomplete: bool,
) -> Index {
    let kinds: Vec<_> = model
        .kinds
        .iter()
        .zip((0..).map(KindId))
        .map(|(described, kind)| KindSource {
            macro_name: names.macro_name(kind),
            path: &described.path,
            type_name: names.id(kind),
            parent: described.parent.map(|parent| parent.0 as usize),
            ids: ids.of(kind).list.iter().map(|id| (id.parent, &*id.text)).collect(),
        })
        .collect();
    let renames: Vec<_> = renames
        .iter()
        .map(|renamed| Rename { kind: renamed.kind.0 as usize, former: &renamed.old, row: renamed.row })
        .collect();
    index::write(&kinds, &renames, incomplete)
}
