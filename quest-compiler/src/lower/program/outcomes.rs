//! What a quest pays and costs: rewards, failure conditions and their consequences.

use super::{CONSEQUENCES, FAILURES, REWARDS, Writer};
use crate::check::{ResolvedRef, Row};
use crate::schema::{Literal, Shape};
use quest_format::{self as format, program as at};

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    pub(super) fn rewards(&mut self) {
        let Some((listed, choice)) = &self.read.journal.rewards else { return };
        let quests = self.quests_to_write();
        // Rows of rewards that are in no quest stay empty.
        let empty = self.empty;
        let count = self.read.resolved.content.table(listed.record).len();
        for _ in 0..count {
            self.sections[REWARDS].extend(empty);
            self.sections[REWARDS].push(0);
        }
        for quest in quests {
            let mut labels: Vec<String> = Vec::new();
            for row in self.read.listed(quest, Some(listed)) {
                let label = self.label(row);
                let seen = labels.iter().filter(|other| **other == label).count();
                let cell = match seen {
                    0 => self.text(&label),
                    _ => self.text(&format!("{label} #{}", seen + 1)),
                };
                labels.push(label);
                let flags = u8::from(self.read.is_true(row, choice.as_ref()));
                let at = row.row as usize * at::REWARD;
                let bytes = &mut self.sections[REWARDS][at..at + at::REWARD];
                bytes[..format::TEXT].copy_from_slice(&cell);
                bytes[at::REWARD_FLAGS] = flags;
            }
        }
    }

    /// The values of a row that are no prose: enums, references, numbers.
    fn label(&self, row: Row) -> String {
        let record = self.read.model.record(row.record);
        let mut words = String::new();
        for (at, field) in record.fields.iter().enumerate() {
            if !matches!(
                field.shape,
                Shape::Enum(_) | Shape::Link(_) | Shape::Target(_) | Shape::Integer { .. }
            ) {
                continue;
            }
            if let Some(node) = self.read.resolved.content.node(row, at) {
                if !words.is_empty() {
                    words.push(' ');
                }
                match node.text() {
                    Some(text) => words.push_str(&text),
                    None => words.push_str(&Literal::of(node).show_plain()),
                }
            }
        }
        words
    }

    pub(super) fn consequences(&mut self) {
        let Some((listed, lock)) = &self.read.journal.consequences else { return };
        for row in self.read.rows_of(listed.record) {
            let locks = lock.as_ref().and_then(|(about, variant)| {
                let said = self.read.said(row, about)?;
                match said.resolved_ref {
                    ResolvedRef::Id(_, id)
                        if said.variant == *variant && said.kind == Some(self.read.journal.quest) =>
                    {
                        Some(id)
                    }
                    _ => None,
                }
            });
            self.sections[CONSEQUENCES].extend(locks.unwrap_or(format::ABSENT).to_le_bytes());
        }
    }

    pub(super) fn failures(&mut self) {
        let journal = self.read.journal;
        let Some((listed, about)) = &journal.failures else { return };
        for row in self.read.rows_of(listed.record) {
            let said = self.read.said(row, about);
            let sort = said.as_ref().map_or("", |said| said.sort);
            let time = said.as_ref().is_some_and(|said| about.time == Some(said.variant));
            let key = said.filter(|_| !time).and_then(|said| self.read.key(at::CLASS_FAILURE, &said));
            if let Some(key) = key {
                self.topics.push((key, None));
                self.failing.push((row.row, key));
            }
            let name = self.title_cell(row, journal.names.failure.as_ref());
            let name = name.unwrap_or_else(|| self.text(sort));
            self.sections[FAILURES].extend(format::ABSENT.to_le_bytes());
            self.sections[FAILURES].push(u8::from(time));
            self.sections[FAILURES].extend(name);
        }
    }
}
