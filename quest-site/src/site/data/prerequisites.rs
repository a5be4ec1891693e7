//! For each id with prerequisites: what it needs, and what needs it.

use crate::graphs::requires_of;
use crate::objects::Objects;
use quest_compiler::schema::Requires;
use std::collections::{BTreeMap, BTreeSet};

#[derive(Default)]
pub(crate) struct Prerequisites {
    before: BTreeMap<u32, BTreeSet<u32>>,
    after: BTreeMap<u32, BTreeSet<u32>>,
}

impl Prerequisites {
    pub(crate) fn new(objects: &Objects<'_, '_>, requires: &Requires) -> Self {
        let drawing = requires_of(objects, requires);
        let mut prerequisites = Self::default();
        let id = |node: usize| drawing.nodes[node].represents.map(|(_, id)| id);
        for edge in &drawing.edges {
            let (Some(from), Some(to)) = (id(edge.from), id(edge.to)) else { continue };
            prerequisites.before.entry(to).or_default().insert(from);
            prerequisites.after.entry(from).or_default().insert(to);
        }
        prerequisites
    }

    /// The ids that an id needs.
    pub(crate) fn before(&self, id: u32) -> Vec<u32> {
        ids_of(&self.before, id)
    }

    /// The ids that need an id.
    pub(crate) fn after(&self, id: u32) -> Vec<u32> {
        ids_of(&self.after, id)
    }
}

fn ids_of(map: &BTreeMap<u32, BTreeSet<u32>>, id: u32) -> Vec<u32> {
    map.get(&id).map_or_else(Vec::new, |ids| ids.iter().copied().collect())
}
