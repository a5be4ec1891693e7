//! Conditions: what is asked, how the answer is compared, and with what.

use super::read::{EventArgs, Reader};
use super::{CONDITIONS, Cell, Writer, operators};
use crate::check::Row;
use crate::schema::{About, KindId, Literal, Means, Requires, Subject};
use operators::operator_of;
use quest_format::{self as format, program as at};

impl<'m: 'a, 'a> Reader<'m, '_, 'a> {
    /// How a prerequisite compares what is found, and with what.
    pub fn comparison(&self, row: Row, requires: &Requires) -> (u8, Option<Literal>) {
        let value = requires.value.as_ref().and_then(|path| self.literal(row, path));
        let written = requires.operator.as_ref().and_then(|operators| {
            let word = self.value_at(row, &operators.path)?.text()?;
            operators.meaning(&word)
        });
        let operator = written.map_or_else(|| operator_of(value.as_ref()), operators::number);
        (operator, value)
    }
}

impl<'m: 'a, 'a> Writer<'m, '_, 'a, '_> {
    pub(super) fn value(&mut self, literal: Option<Literal>) -> [u8; format::VALUE] {
        let mut cell = [0; format::VALUE];
        let (tag, payload) = match literal {
            Some(Literal::Boolean(value)) => (format::VALUE_BOOL, u64::from(value).to_le_bytes()),
            Some(Literal::Integer(value)) => {
                let value = value.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
                (format::VALUE_INT, value.to_le_bytes())
            }
            Some(Literal::Number(value)) => (format::VALUE_FLOAT, value.to_le_bytes()),
            Some(Literal::Text(text)) => {
                (format::VALUE_TEXT, u64::from(self.pool.intern(&text)).to_le_bytes())
            }
            _ => (format::VALUE_ABSENT, [0; 8]),
        };
        cell[0] = tag;
        cell[1..].copy_from_slice(&payload);
        cell
    }

    /// Adds a condition; gives its first row. If it names several, it holds for one of them; if it names none, it has one row.
    pub(super) fn condition(
        &mut self,
        row: Row,
        about: &About,
        ask: Option<u8>,
        operator: u8,
        value: Option<&Literal>,
    ) -> u32 {
        let first = self.rows(CONDITIONS) as u32;
        let Some(all) = self.read.all_said(row, about) else { return self.never(row) };
        if all.is_list && all.count == 0 {
            return self.never(row);
        }
        for at in 0..all.count.max(1) {
            let Some(said) = all.said(&self.read, at) else { continue };
            self.condition_of(row, about, &said, ask, operator, value);
            self.or_next(at + 1 < all.count);
        }
        first
    }

    fn condition_of(
        &mut self,
        row: Row,
        about: &About,
        said: &EventArgs<'_, '_>,
        ask: Option<u8>,
        operator: u8,
        value: Option<&Literal>,
    ) {
        let kind_is = |kind: KindId| said.kind == Some(kind);
        let ask = match ask {
            Some(ask) => ask,
            None if about.time == Some(said.variant) => at::ASK_TIME,
            None if kind_is(self.read.journal.objective) => at::ASK_OBJECTIVE,
            None if said.kind.is_some() && said.kind == self.read.journal.place_kind => at::ASK_PLACE,
            None => at::ASK_WORLD,
        };
        let subject = self.read.journal.subjects.iter().position(|subject| match subject {
            Subject::Kind(kind) => kind_is(*kind),
            Subject::Sort { name, .. } => *name == said.sort,
        });
        let target = if ask == at::ASK_TIME { [0; format::TARGET] } else { self.target(said) };
        let value = self.value(value.cloned());
        let sort = self.text(said.sort);
        let section = &mut self.sections[CONDITIONS];
        section.extend([ask, subject.map_or(u8::MAX, |at| at as u8), operator]);
        section.extend(target);
        section.extend(value);
        section.extend(row.row.to_le_bytes());
        section.extend(sort);
        section.push(0);
    }

    /// The conditions before a quest can be begun.
    pub(super) fn prerequisites(&mut self, quest: Row) -> Cell {
        let journal = self.read.journal;
        let first = self.rows(CONDITIONS);
        if let (Some((listed, about)), Some(requires)) = (&journal.prerequisites, journal.requires) {
            let requires = &self.read.model.requires[requires];
            for row in self.read.listed(quest, Some(listed)) {
                let Some(about) = about else {
                    self.never(row);
                    continue;
                };
                let said = self.read.said(row, about);
                let means = said.as_ref().and_then(|said| {
                    requires.means.iter().find(|(sort, _)| *sort == *said.sort).map(|(_, means)| *means)
                });
                // The world may know of a quest that this content does not.
                let known = said.as_ref().is_some_and(|said| said.kind == Some(journal.quest));
                let ask = match means {
                    Some(Means::Complete) if known => Some(at::ASK_COMPLETE),
                    Some(Means::Active) if known => Some(at::ASK_ACTIVE),
                    _ => None,
                };
                let (operator, value) = self.read.comparison(row, requires);
                self.condition(row, about, ask, operator, value.as_ref());
            }
        }
        if journal.prerequisites.is_none() {
            self.named_before(quest);
        }
        self.span(first, self.rows(CONDITIONS) - first)
    }
}
