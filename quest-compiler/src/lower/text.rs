//! The string pool: every text once, behind its length.

use quest_format as format;

/// Texts, each behind its length (`quest_format::text`), and a table to find one that is there already.
#[derive(Debug, Default)]
pub(super) struct Pool {
    pub text: String,
    /// Offset and hash of each text.
    entries: Vec<(u32, u64)>,
    /// Whether a text could not be taken in.
    pub too_large: bool,
    /// Entry + 1, or 0, and the upper half of its hash, so that entries that differ are not looked at; a power of two of them.
    slots: Vec<(u32, u32)>,
}

/// The half of a hash that does not say where a search starts.
const fn tag(hash: u64) -> u32 {
    (hash >> 32) as u32
}

impl Pool {
    /// A pool for texts of so many values.
    pub(super) fn for_values(count: usize) -> Self {
        let mut pool = Self::default();
        pool.resize((count * 2).next_power_of_two().max(1024));
        pool
    }

    /// Where the text stands: its offset in bytes.
    pub(super) fn place(&mut self, text: &str) -> u32 {
        if (self.entries.len() + 1) * 2 > self.slots.len() {
            self.resize((self.slots.len() * 4).max(1024));
        }
        let hash = format::hash(text.as_bytes(), 0);
        let tag = tag(hash);
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let (entry, other) = self.slots[at];
            let Some(entry) = entry.checked_sub(1) else { break };
            if other == tag {
                let (start, _) = self.entries[entry as usize];
                if format::text(&self.text, start) == Some(text) {
                    return start;
                }
            }
            at = (at + 1) & mask;
        }
        // What stands before a text must be found, too, and `ABSENT` is no place.
        let place = self.text.len();
        let (Some((length, count)), true) =
            (format::text_length(text.len()), place + text.len() < format::ABSENT as usize - 8)
        else {
            self.too_large = true;
            return 0;
        };
        let place = place as u32;
        self.text.extend(length[..count].iter().map(|byte| char::from(*byte)));
        self.text.push_str(text);
        self.entries.push((place, hash));
        self.slots[at] = (self.entries.len() as u32, tag);
        place
    }

    fn resize(&mut self, size: usize) {
        self.slots = vec![(0, 0); size];
        for (index, (_, hash)) in self.entries.iter().enumerate() {
            let mut at = *hash as usize & (size - 1);
            while self.slots[at].0 != 0 {
                at = (at + 1) & (size - 1);
            }
            self.slots[at] = (index as u32 + 1, tag(*hash));
        }
    }
}
