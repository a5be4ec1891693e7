//! Moves in the words of scripts (`docs/play.md`).

use super::facts::FactId;
use super::{Call, Known, Prover, Step};
use quest_types::journal::{Fact, Key};

impl Prover<'_> {
    /// A move as lines of a script: first what is known by then, last what is done.
    pub(super) fn lines(&self, step: &Step) -> Vec<String> {
        let known = step.known.iter().filter_map(|(known, fact)| self.known_line(known, *fact));
        known.chain([self.call_line(step.call)]).collect()
    }

    /// What is done, as a line of a script.
    pub(super) fn call_line(&self, call: Call) -> String {
        match call {
            Call::Start(row) => format!("accept {}", self.name(row)),
            Call::Event(key, times) => self.event_line(key, times),
            Call::Told(_) | Call::Refresh => "refresh".to_owned(),
            Call::Turns(turns) => format!("turns {turns}"),
            Call::TurnIn(row, None) => format!("turn in {}", self.name(row)),
            Call::TurnIn(row, Some(reward)) => {
                let picked = self.program.rewards(row).position(|one| one == reward).map_or(0, |at| at + 1);
                format!("turn in {} pick {picked}", self.name(row))
            }
            Call::Skip(row) => format!("skip {}", self.name(row)),
            Call::Rise(subject, to) => {
                format!("know {} {to}", self.subject(subject))
            }
        }
    }

    /// What scripts call something of which there is one.
    pub(super) fn subject(&self, subject: u8) -> &str {
        self.words().subjects.get(usize::from(subject)).map_or("", |(name, _)| name.as_str())
    }

    fn event_line(&self, key: Key, times: u32) -> String {
        let mut line = self.words().event(key.class, key.variant).unwrap_or_default().to_owned();
        if times > 1 {
            line.push_str(&format!(" {times}"));
        }
        if let Some(target) = self.name_of(key.kind, key.row) {
            line.push_str(&format!(" {target}"));
        }
        line
    }

    pub(super) fn known_line(&self, known: &Known, fact: Fact<'_>) -> Option<String> {
        let value = match fact {
            Fact::Is(true) => String::new(),
            Fact::Is(false) => " false".to_owned(),
            Fact::Number(number) => format!(" {number}"),
            Fact::Text(text) => format!(" {text}"),
            _ => return None,
        };
        let words = self.words();
        match known {
            Known::Place(None) => Some("at nowhere".to_owned()),
            Known::Place(Some(place)) => Some(format!("at {}", self.name_of(1, *place)?)),
            Known::Fact(FactId::Of(kind, row)) => {
                let subject = words.subjects.iter().find(|(_, of)| *of == Some(*kind))?;
                Some(format!("know {} {}{value}", subject.0, self.name_of(*kind, *row)?))
            }
            Known::Fact(FactId::Sort(subject)) => {
                Some(format!("know {}{value}", words.subjects.get(usize::from(*subject))?.0))
            }
            Known::Fact(FactId::Named(..)) => None,
        }
    }

    /// The id in a row of a kind, by its number.
    fn name_of(&self, kind: u8, row: u32) -> Option<&str> {
        let kind = self.read.journal.kinds.get(usize::from(kind).checked_sub(1)?)?;
        Some(&*self.read.resolved.ids.of(*kind).list.get(row as usize)?.text)
    }
}
