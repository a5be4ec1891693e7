//! Kinds of ids.

use crate::diagnostics::nouns;
use crate::schema::ids::{KindId, RecordId};
use crate::text::Span;

/// A kind of ids.
#[derive(Debug)]
pub struct IdKind {
    /// The name with those of its parents, such as `quest.stage`.
    pub path: String,
    /// The kind in whose objects these ids are unique.
    pub parent: Option<KindId>,
    /// The record types whose objects have the ids.
    pub records: Vec<RecordId>,
    /// What precedes every id in content and is not part of it.
    pub prefix: String,
    /// Lists of ids in content define ids, too.
    pub listed: bool,
    /// Not every object of the record types has an id.
    pub partial: bool,
    /// Several objects can have the same id, which then names all of them.
    pub shared: bool,
    /// What several ids are called, if the schema says so.
    pub plural: Option<String>,
    /// The manifest defines ids of this kind.
    pub registry: Option<Registry>,
    /// Where the schema first names it.
    pub span: Option<Span>,
}

impl IdKind {
    /// The last word of the path, which messages use.
    pub fn noun(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }

    /// What messages call several ids: the plural that the schema gives, or else the noun with an English ending.
    pub fn plural(&self) -> String {
        self.plural.clone().unwrap_or_else(|| nouns::plural(self.noun()))
    }

    /// A number of ids in words: `1 quest`, `2 quests`.
    pub fn counted(&self, count: u64) -> String {
        match &self.plural {
            Some(plural) if count != 1 => format!("{count} {plural}"),
            _ => nouns::count(count, self.noun()),
        }
    }

    /// Whether any id is accepted: nothing defines them, or the manifest says so.
    pub fn open(&self) -> bool {
        self.registry == Some(Registry::Open) || !self.defined()
    }

    /// Whether content or a registry defines the ids.
    pub fn defined(&self) -> bool {
        self.by_content() || self.registry == Some(Registry::Closed)
    }

    /// Whether each object of the record types has an id of its own.
    pub fn one_to_one(&self) -> bool {
        !self.partial && !self.shared
    }

    /// Whether content defines the ids.
    pub fn by_content(&self) -> bool {
        !self.records.is_empty() || self.listed
    }

    /// The record type whose rows correspond to the ids one to one.
    pub fn rows(&self) -> Option<RecordId> {
        match self.records.as_slice() {
            [only] if self.registry.is_none() && !self.listed && self.one_to_one() => Some(*only),
            _ => None,
        }
    }
}

/// What the manifest says about ids of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registry {
    /// These ids, and those that content defines.
    Closed,
    /// Any id.
    Open,
}
