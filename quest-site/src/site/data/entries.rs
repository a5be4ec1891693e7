//! The rows of the lists of ids.

use super::facets::Facets;
use super::links::Links;
use super::problems::ProblemIndex;
use super::references::ReferenceIndex;
use crate::objects::Objects;
use quest_compiler::schema::KindId;

/// A row of the list of a kind.
pub(crate) struct Entry {
    pub(crate) id: u32,
    /// The values for each facet of the kind.
    pub(crate) values: Vec<Vec<String>>,
    /// Number of references to its page.
    pub(crate) references: usize,
    /// Number of diagnostics about its page.
    pub(crate) problems: usize,
}

/// What the rows are made of.
pub(crate) struct EntrySources<'e, 's, 'c, 'a> {
    pub(crate) objects: &'e Objects<'c, 'a>,
    pub(crate) links: &'e Links<'s, 'c, 'a>,
    pub(crate) references: &'e ReferenceIndex,
    pub(crate) problems: &'e ProblemIndex,
}

impl EntrySources<'_, '_, '_, '_> {
    /// The rows of the list of a kind.
    pub(crate) fn entries(&self, kind: KindId, facets: &Facets) -> Vec<Entry> {
        let entry = |id| Entry {
            id,
            values: facets.of(self.objects, self.objects.rows(kind, id).first().copied()),
            references: self.references.to(self.links, kind, id).len(),
            problems: self.problems.on(kind, id).len(),
        };
        self.links.ids(kind).map(entry).collect()
    }
}
