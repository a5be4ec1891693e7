//! The index: from what happens to whom to the objectives, the failure conditions and the quests that wait for it.

use super::{CONDITIONS, FAILURES, LINKS, OBJECTIVES, TOPICS, Writer};
use quest_format::lookup::{probe, slots_for};
use quest_format::{self as format, program as at};
use std::collections::HashMap;

/// The key of a fact: what the world is asked about, and the cell of whom.
fn fact_key(subject: u8, target: &[u8]) -> u64 {
    let row = |cell: &[u8]| cell.first_chunk().copied().map_or(0, u32::from_le_bytes);
    let (kind, row) = match target {
        [format::TARGET_ABSENT, ..] | [] => (0, 0),
        [format::TARGET_UNKNOWN | format::TARGET_TEXT, ..] => (0, u32::MAX),
        [kind, cell @ ..] => (*kind, row(cell)),
    };
    u64::from_le_bytes(at::Key::fact(subject, kind, row).bytes())
}

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    /// Adds the facts that objectives and branches wait for to what something waits for.
    pub(super) fn facts(&mut self) {
        for row in std::mem::take(&mut self.on_facts) {
            let start = row as usize * at::CONDITION;
            let Some(cells) = self.sections[CONDITIONS].get(start..start + at::CONDITION) else { continue };
            if matches!(cells[at::CONDITION_ASK], at::ASK_WORLD | at::ASK_PLACE) {
                let target = &cells[at::CONDITION_TARGET..at::CONDITION_TARGET + format::TARGET];
                let key = fact_key(cells[at::CONDITION_SUBJECT], target);
                self.topics.push((key, None));
            }
        }
    }

    /// The index: from what happens to whom to the objectives that wait for it.
    pub(super) fn index(&mut self) {
        let mut topics = std::mem::take(&mut self.topics);
        topics.sort_by_key(|(key, _)| *key);
        let slots = slots_for(topics.chunk_by(|one, other| one.0 == other.0).count());
        let mut table = vec![0; slots * at::TOPIC];
        let mut place: HashMap<u64, u32> = HashMap::new();
        for topic in topics.chunk_by(|one, other| one.0 == other.0) {
            let Some((key, _)) = topic.first().copied() else { continue };
            let first = self.rows(LINKS);
            for objective in topic.iter().filter_map(|(_, objective)| *objective) {
                self.sections[LINKS].extend(objective.to_le_bytes());
            }
            let links = self.span(first, self.rows(LINKS) - first);
            let is_empty = |slot: &usize| table[slot * at::TOPIC..][..8] == [0; 8];
            // A quarter of the slots is empty.
            let Some(slot) = probe(at::topic_hash(key), slots).find(is_empty) else { continue };
            let row = &mut table[slot * at::TOPIC..][..at::TOPIC];
            row[..8].copy_from_slice(&key.to_le_bytes());
            row[at::TOPIC_OBJECTIVES..].copy_from_slice(&links);
            place.insert(key, slot as u32);
        }
        self.sections[TOPICS] = table;
        for (list, section, size, at) in [
            (std::mem::take(&mut self.waiting), OBJECTIVES, at::OBJECTIVE, at::OBJECTIVE_TOPIC),
            (std::mem::take(&mut self.failing), FAILURES, at::FAILURE, at::FAILURE_TOPIC),
        ] {
            for (row, key) in list {
                let start = row as usize * size + at;
                let topic = place.get(&key).copied().unwrap_or(format::ABSENT);
                self.sections[section][start..start + 4].copy_from_slice(&topic.to_le_bytes());
            }
        }
    }
}
