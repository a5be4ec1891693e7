//! The lookup of a kind: an open-addressing hash table with linear probing, which leads from the text of an id to its row.
//!
//! A slot is a `u32`: 0 if it is empty, else the row of the id + 1 in the lower 24 bits and the upper eight bits of the
//! hash above them, so that most searches compare one text only. The number of slots is a power of two, and at least a
//! quarter of them is empty. A search begins at the slot `hash & (slots - 1)` and ends at the first that is empty.

use crate::hash;

/// Bytes of a slot.
pub const SLOT: usize = 4;

/// The most ids of a kind, so that a row + 1 fits into 24 bits.
pub const MAX_IDS: usize = (1 << 24) - 2;

const ROW_BITS: u32 = 0x00FF_FFFF;
const TAG_BITS: u32 = 0xFF00_0000;

/// The hash of an id: seeded with 0, or with the parent's row + 1 in a scoped kind.
#[must_use]
#[inline]
pub fn hash_id(id: &str, parent: Option<u32>) -> u64 {
    hash(id.as_bytes(), parent.map_or(0, |row| u64::from(row) + 1))
}

/// The number of slots for this many ids: a power of two, a quarter of them empty.
#[must_use]
pub const fn slots_for(ids: usize) -> usize {
    (ids + ids / 3 + 1).next_power_of_two()
}

/// A slot that holds an id.
#[must_use]
#[inline]
pub const fn slot(row: u32, hash: u64) -> u32 {
    (row + 1) & ROW_BITS | tag(hash)
}

/// The row that a slot holds; `None` if it is empty.
#[must_use]
#[inline]
pub const fn slot_row(slot: u32) -> Option<u32> {
    (slot & ROW_BITS).checked_sub(1)
}

/// Whether a slot can hold an id with this hash.
#[must_use]
#[inline]
pub const fn slot_may_be(slot: u32, hash: u64) -> bool {
    (slot ^ tag(hash)) & TAG_BITS == 0
}

const fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32 & TAG_BITS
}

/// The order in which slots are searched: from the one of the hash on, each of them once.
///
/// `slots` must be a power of two; with 0 there is nothing to search.
#[must_use]
#[inline]
pub const fn probe(hash: u64, slots: usize) -> Probe {
    let mask = slots.wrapping_sub(1);
    Probe { at: hash as usize & mask, mask, left: slots }
}

/// The positions that [`probe`] yields. It ends in any case, even in a damaged table without an empty slot.
#[derive(Clone, Debug)]
pub struct Probe {
    at: usize,
    mask: usize,
    left: usize,
}

impl Iterator for Probe {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        self.left = self.left.checked_sub(1)?;
        let at = self.at;
        self.at = (at + 1) & self.mask;
        Some(at)
    }
}

/// Finds the row of an id: `slot_at` reads a slot, and `is_match` compares the id of a row.
///
/// `slots` is the number of slots, a power of two or 0.
#[inline]
pub fn find(
    slots: usize,
    slot_at: impl Fn(usize) -> u32,
    hash: u64,
    is_match: impl Fn(u32) -> bool,
) -> Option<u32> {
    for at in probe(hash, slots) {
        let slot = slot_at(at);
        let row = slot_row(slot)?;
        if slot_may_be(slot, hash) && is_match(row) {
            return Some(row);
        }
    }
    None
}

/// A lookup that is being built. It does not grow: whoever adds an id makes a larger one when
/// [`is_full`](Lookup::is_full) says so.
#[cfg(feature = "alloc")]
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    slots: alloc::vec::Vec<u32>,
    ids: usize,
}

#[cfg(feature = "alloc")]
impl Lookup {
    /// An empty lookup with room for this many ids.
    #[must_use]
    pub fn with_capacity(ids: usize) -> Self {
        Self { slots: alloc::vec![0; slots_for(ids)], ids: 0 }
    }

    /// Whether one more id would leave less than a quarter of the slots empty.
    #[must_use]
    pub fn is_full(&self) -> bool {
        slots_for(self.ids + 1) > self.slots.len()
    }

    /// The number of ids that were added.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ids
    }

    /// Whether no id was added.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ids == 0
    }

    /// Adds the row of an id. Does not look whether the id has been added before.
    ///
    /// # Panics
    ///
    /// If no slot is empty, which cannot happen while [`is_full`](Self::is_full) is observed.
    #[expect(clippy::panic, reason = "documented: the caller makes room before")]
    pub fn insert(&mut self, row: u32, hash: u64) {
        let Some(at) = probe(hash, self.slots.len()).find(|at| self.slots[*at] == 0) else {
            panic!("a lookup has no empty slot: `is_full` was not observed");
        };
        self.slots[at] = slot(row, hash);
        self.ids += 1;
    }

    /// Finds the row of an id; `is_match` compares the id of a row.
    #[must_use]
    pub fn find(&self, hash: u64, is_match: impl Fn(u32) -> bool) -> Option<u32> {
        find(self.slots.len(), |at| self.slots[at], hash, is_match)
    }

    /// The slots, as they are written for the game.
    #[must_use]
    pub fn slots(&self) -> &[u32] {
        &self.slots
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    #[test]
    fn a_scope_is_part_of_the_hash() {
        assert_ne!(hash_id("a", None), hash_id("a", Some(0)));
        assert_ne!(hash_id("a", Some(0)), hash_id("a", Some(1)));
    }

    #[test]
    fn a_quarter_of_the_slots_is_empty() {
        for ids in 0..1000 {
            let slots = slots_for(ids);
            assert!(
                slots.is_power_of_two() && slots - ids >= slots / 4 && slots > ids,
                "{ids}, {slots} slots"
            );
        }
    }

    #[test]
    fn slots_hold_rows_and_eight_bits() {
        for row in [0, 1, 77, MAX_IDS as u32 - 1] {
            let hash = 0xAB12_3456_0000_0000;
            assert_eq!(slot_row(slot(row, hash)), Some(row));
            assert!(slot_may_be(slot(row, hash), hash) && !slot_may_be(slot(row, hash), hash ^ 1 << 60));
        }
        assert_eq!(slot_row(0), None);
    }

    #[test]
    fn a_probe_visits_every_slot_once() {
        for slots in [0, 1, 2, 8, 64] {
            for hash in [0, 5, u64::MAX] {
                let mut visited: Vec<usize> = probe(hash, slots).collect();
                assert_eq!(visited.first().copied(), (slots > 0).then(|| hash as usize & (slots - 1)));
                visited.sort_unstable();
                assert!(visited.iter().copied().eq(0..slots), "{slots} slots: {visited:?}");
            }
        }
    }

    #[test]
    fn a_search_in_a_table_without_an_empty_slot_ends() {
        assert_eq!(find(4, |_| slot(9, 0), 0, |_| false), None);
        assert_eq!(find(0, |_| 0, 0, |_| true), None);
    }

    #[cfg(feature = "alloc")]
    #[test]
    fn a_lookup_finds_what_was_added() {
        let ids: Vec<std::string::String> = (0..1000).map(|n| std::format!("id-{n}")).collect();
        let mut lookup = Lookup::default();
        for (row, id) in ids.iter().enumerate() {
            if lookup.is_full() {
                let mut larger = Lookup::with_capacity(2 * row + 1);
                for (row, id) in ids[..row].iter().enumerate() {
                    larger.insert(row as u32, hash_id(id, None));
                }
                lookup = larger;
            }
            lookup.insert(row as u32, hash_id(id, None));
        }
        assert_eq!(lookup.len(), 1000);
        for (row, id) in ids.iter().enumerate() {
            let found = lookup.find(hash_id(id, None), |row| ids[row as usize] == *id);
            assert_eq!(found, Some(row as u32));
        }
        assert_eq!(lookup.find(hash_id("id", None), |_| false), None);
        assert!(lookup.slots().iter().filter(|slot| **slot == 0).count() >= lookup.slots().len() / 4);
    }

    #[cfg(feature = "alloc")]
    #[test]
    #[should_panic(expected = "`is_full` was not observed")]
    fn a_full_lookup_takes_no_more() {
        let mut lookup = Lookup::with_capacity(0);
        assert!(lookup.is_full());
        lookup.insert(0, 1);
        lookup.insert(1, 2);
    }
}
