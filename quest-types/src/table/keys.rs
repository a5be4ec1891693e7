//! The ids of a kind: row to text, and text to row through the lookup section.

use super::records;
use crate::format::lookup::{self, SLOT, hash_id};
use crate::format::{ABSENT, KEY, PARENT};
use crate::{Row, broken};

/// The ids of a kind that is unique in all content.
#[derive(Clone, Copy)]
pub struct Keys {
    rows: &'static [Row<KEY>],
    slots: &'static [Row<SLOT>],
}

impl Keys {
    /// Reads the kind from its two sections. Panics as [`records`] does.
    #[must_use]
    pub const fn read(data: &'static [u8], keys: usize, slots: usize) -> Self {
        Self { rows: records(data, keys), slots: records(data, slots) }
    }

    /// The number of ids.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no id.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The id in a row, as the content spells it.
    #[must_use]
    pub fn text(&self, pool: &'static str, row: u32) -> Option<&'static str> {
        self.rows.get(row as usize).map(|key| key.text(pool, 0))
    }

    /// The row of an id.
    #[must_use]
    pub fn find(&self, pool: &'static str, id: &str) -> Option<u32> {
        find(self.slots, hash_id(id, None), |row| self.text(pool, row) == Some(id))
    }
}

/// The ids of a kind that is unique within its parent.
#[derive(Clone, Copy)]
pub struct ScopedKeys {
    rows: &'static [Row<KEY>],
    slots: &'static [Row<SLOT>],
    parents: &'static [Row<PARENT>],
}

impl ScopedKeys {
    /// Reads the kind from its sections; that of the parents is the one after the slots. Panics as [`records`] does.
    #[must_use]
    pub const fn read(data: &'static [u8], keys: usize, slots: usize) -> Self {
        Self { rows: records(data, keys), slots: records(data, slots), parents: records(data, slots + 1) }
    }

    /// The number of ids, those of all parents together.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no id.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The id in a row, as the content spells it.
    #[must_use]
    pub fn text(&self, pool: &'static str, row: u32) -> Option<&'static str> {
        self.rows.get(row as usize).map(|key| key.text(pool, 0))
    }

    /// The parent's row; a row that no table has, if this one has no such row.
    #[must_use]
    pub fn parent(&self, row: u32) -> u32 {
        self.parents.get(row as usize).map_or(ABSENT, |parent| parent.u32(0))
    }

    /// The row of an id within a parent.
    #[must_use]
    pub fn find(&self, pool: &'static str, parent: u32, id: &str) -> Option<u32> {
        let is_match = |row| self.parent(row) == parent && self.text(pool, row) == Some(id);
        find(self.slots, hash_id(id, Some(parent)), is_match)
    }
}

/// The row of an id in a lookup.
fn find(slots: &[Row<SLOT>], hash: u64, is_match: impl Fn(u32) -> bool) -> Option<u32> {
    lookup::find(slots.len(), |at| slots.get(at).unwrap_or_else(|| broken()).u32(0), hash, is_match)
}
