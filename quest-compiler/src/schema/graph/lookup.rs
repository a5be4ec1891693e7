//! Ways to find something among many: properties by name, branches of a tagged union by the value of the tag.

use crate::schema::value::Literal;
use crate::source::Node;
use crate::text::Name;
use std::collections::HashMap;

/// Fewer properties, values or branches than this need no index.
pub(super) const FEW: usize = 16;

/// The positions of names, by hash.
#[derive(Clone, Debug, Default)]
pub struct NameIndex(Vec<(u32, u32)>);

impl NameIndex {
    /// An index of many names; empty for few.
    pub fn of<'n>(names: impl ExactSizeIterator<Item = &'n Name>) -> Self {
        if names.len() < FEW {
            return Self::default();
        }
        let mut positions: Vec<(u32, u32)> = names.zip(0..).map(|(name, at)| (name.hash(), at)).collect();
        positions.sort_unstable();
        Self(positions)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The positions of all names with the hash of this one, in order.
    pub fn candidates(&self, key: Node<'_>) -> impl Iterator<Item = usize> + use<'_> {
        let hash = key.name_hash();
        let first = self.0.partition_point(|(known, _)| *known < hash);
        self.0[first..].iter().take_while(move |(known, _)| *known == hash).map(|(_, at)| *at as usize)
    }
}

/// The branches of a tagged union, by the value of the tag.
#[derive(Clone, Debug)]
pub struct TagTable {
    pub tag: Name,
    /// The values of the tag in each branch.
    pub values: Vec<Vec<Literal>>,
    /// The branch of each value that is a text.
    branches: HashMap<String, usize>,
}

impl TagTable {
    /// A tag, and its values in each branch.
    pub(super) fn new(tag: String, values: Vec<Vec<Literal>>) -> Self {
        let texts = values.iter().enumerate().flat_map(|(branch, values)| {
            values.iter().filter_map(move |value| Some((value.as_text()?.to_owned(), branch)))
        });
        Self { branches: texts.collect(), tag: tag.into(), values }
    }

    /// The branch with this value of the tag.
    pub fn branch(&self, value: Node<'_>) -> Option<usize> {
        match value.text() {
            Some(text) => self.branches.get(&*text).copied(),
            None => self.values.iter().position(|values| values.iter().any(|literal| literal.is(value))),
        }
    }
}

/// The tables of the unions of one schema that have many branches.
#[derive(Clone, Debug, Default)]
pub struct TagTables {
    pub any_of: Option<Box<TagTable>>,
    pub one_of: Option<Box<TagTable>>,
}
