//! The string pool: every text once, preceded by its length.

use crate::narrow::narrow_u32;
use quest_format::{self as format, TEXT_SLOT};

/// A place in a pool: a text with its length, and room for as many bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) start: u32,
    pub(super) size: u32,
}

/// Texts, each preceded by its length (`quest_format::text`), and a hash table to find the ones that are already there.
#[derive(Debug, Default)]
pub(super) struct StringPool {
    text: String,
    /// Offset and hash of each text.
    entries: Vec<(u32, u64)>,
    /// Whether a text did not fit.
    overflowed: bool,
    /// A power of two of slots: entry + 1, or 0 for an empty slot, and the upper half of the hash, which spares most comparisons.
    slots: Vec<(u32, u32)>,
}

/// The half of a hash that does not decide where a search starts.
const fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

impl StringPool {
    /// A pool with room for this many texts before it has to grow.
    pub(super) fn for_texts(count: usize) -> Self {
        let mut pool = Self::default();
        pool.resize((count * 2).next_power_of_two().max(1024));
        pool
    }

    /// The offset of a text in bytes; adds it if it is new.
    pub(super) fn intern(&mut self, text: &str) -> u32 {
        if (self.entries.len() + 1) * 2 > self.slots.len() {
            self.resize((self.slots.len() * 4).max(1024));
        }
        let hash = format::hash(text.as_bytes(), 0);
        let tag = tag(hash);
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        loop {
            let (entry, other) = self.slots[slot];
            let Some(entry) = entry.checked_sub(1) else { break };
            if other == tag {
                let (start, _) = self.entries[entry as usize];
                if format::text(&self.text, start) == Some(text) {
                    return start;
                }
            }
            slot = (slot + 1) & mask;
        }
        // The length in front of a text must be addressable, too, and `ABSENT` is no offset.
        let start = self.text.len();
        let (Some((length, count)), true) =
            (format::text_length(text.len()), start + text.len() < format::ABSENT as usize - 8)
        else {
            self.overflowed = true;
            return 0;
        };
        let start = narrow_u32(start);
        self.text.extend(length[..count].iter().map(|byte| char::from(*byte)));
        self.text.push_str(text);
        self.entries.push((start, hash));
        self.slots[slot] = (narrow_u32(self.entries.len()), tag);
        start
    }

    /// The offset of a text in a place of its own, which other languages fill with their translation.
    pub(super) fn slot(&mut self, text: &str) -> Slot {
        let start = self.text.len();
        let room = TEXT_SLOT + text.len();
        let (Some((length, count)), true) =
            (format::text_length(text.len()), start + room < format::ABSENT as usize - 8)
        else {
            self.overflowed = true;
            return Slot { start: 0, size: 0 };
        };
        self.text.extend(length[..count].iter().map(|byte| char::from(*byte)));
        self.text.push_str(text);
        while self.text.len() < start + TEXT_SLOT {
            self.text.push('\0');
        }
        Slot { start: narrow_u32(start), size: narrow_u32(self.text.len() - start) }
    }

    /// The contents of the file; `None` if a text did not fit.
    pub(super) fn finish(self) -> Option<String> {
        (!self.overflowed).then_some(self.text)
    }

    fn resize(&mut self, size: usize) {
        self.slots = vec![(0, 0); size];
        for ((_, hash), number) in self.entries.iter().zip(1..) {
            let mut slot = *hash as usize & (size - 1);
            while self.slots[slot].0 != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = (number, tag(*hash));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::StringPool;
    use quest_format as format;

    #[test]
    fn equal_texts_share_an_offset() {
        let mut pool = StringPool::default();
        let first = pool.intern("rusted blade");
        let other = pool.intern("");
        assert_ne!(first, other);
        assert_eq!(pool.intern("rusted blade"), first);
        assert_eq!(pool.intern(""), other);
    }

    #[test]
    fn texts_are_found_after_the_table_has_grown() {
        let mut pool = StringPool::for_texts(1);
        let texts: Vec<String> = (0..5000).map(|number| format!("text {number}")).collect();
        let offsets: Vec<u32> = texts.iter().map(|text| pool.intern(text)).collect();
        for (text, offset) in texts.iter().zip(&offsets) {
            assert_eq!(pool.intern(text), *offset);
        }
        let file = pool.finish().expect("five thousand short texts fit");
        for (text, offset) in texts.iter().zip(offsets) {
            assert_eq!(format::text(&file, offset), Some(text.as_str()));
        }
    }
}
