//! The string pool: every text once.

use quest_types::format;

/// Texts, without separators, and a table to find one that is there already.
#[derive(Debug, Default)]
pub(crate) struct Pool {
    pub(crate) text: String,
    /// Offset, length and upper half of the hash of each text.
    entries: Vec<(u32, u32, u32)>,
    /// Entry + 1, or 0; a power of two of them.
    slots: Vec<u32>,
}

impl Pool {
    /// Where the text stands: its offset and length in bytes.
    pub(crate) fn place(&mut self, text: &str) -> (u32, u32) {
        if (self.entries.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let hash = format::hash(text.as_bytes(), 0);
        let tag = format::upper_half(hash);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some(entry) = self.slots[at].checked_sub(1) {
            let (start, length, other) = self.entries[entry as usize];
            if other == tag && self.text[start as usize..(start + length) as usize] == *text {
                return (start, length);
            }
            at = (at + 1) & mask;
        }
        let place = (self.text.len() as u32, text.len() as u32);
        self.text.push_str(text);
        self.entries.push((place.0, place.1, tag));
        self.slots[at] = self.entries.len() as u32;
        place
    }

    fn grow(&mut self) {
        let size = (self.slots.len() * 4).max(1024);
        self.slots = vec![0; size];
        for (index, (start, length, _)) in self.entries.iter().enumerate() {
            let text = &self.text.as_bytes()[*start as usize..(*start + *length) as usize];
            let mut at = format::hash(text, 0) as usize & (size - 1);
            while self.slots[at] != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = index as u32 + 1;
        }
    }
}
