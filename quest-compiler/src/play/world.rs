//! What a script says is known, and what the journal is answered from it.

use super::Content;
use quest_types::Target;
use quest_types::journal::{Fact, RawFacts, RawQuestion};
use std::collections::HashMap;

/// What a script says is known of something.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Known {
    Is(bool),
    Number(i64),
    Text(String),
}

impl Known {
    fn fact(&self) -> Fact<'_> {
        match self {
            Self::Is(is) => Fact::Is(*is),
            Self::Number(number) => Fact::Number(*number),
            Self::Text(text) => Fact::Text(text),
        }
    }
}

/// The number of the kind of places. The first kind is theirs.
pub(super) const PLACES: u8 = 1;

/// What is known, by what it is about: something with an id, something of which there is one, something that no content has.
#[derive(Clone, Debug, Default)]
pub(super) struct World {
    of_ids: HashMap<(u8, u32), Known>,
    of_sorts: HashMap<u8, Known>,
    of_others: HashMap<(String, String), Known>,
}

impl RawFacts for World {
    fn fact(&self, question: RawQuestion) -> Fact<'_> {
        let known = match question.target {
            Target::Link { kind, row } => self.of_ids.get(&(kind, row)),
            Target::Unknown(id) | Target::Text(id) => {
                let known = self.of_others.get(&(question.sort.to_owned(), id.to_owned()));
                return known.map_or(Fact::Unknown, Known::fact);
            }
            Target::Absent => self.of_sorts.get(&question.subject),
        };
        // What a script does not speak of is not there.
        known.map_or(Fact::Is(false), Known::fact)
    }
}

impl World {
    pub(super) fn know(&mut self, kind: u8, row: u32, known: Known) {
        self.of_ids.insert((kind, row), known);
    }

    pub(super) fn know_sort(&mut self, subject: u8, known: Known) {
        self.of_sorts.insert(subject, known);
    }

    pub(super) fn know_other(&mut self, sort: String, id: String, known: Known) {
        self.of_others.insert((sort, id), known);
    }

    /// Forgets where the player is.
    pub(super) fn leave(&mut self) {
        self.of_ids.retain(|(kind, _), _| *kind != PLACES);
    }

    /// The same in other content. What that content does not have is not known there.
    pub(super) fn translated(&self, from: &Content, to: &Content) -> Self {
        let of_ids = self.of_ids.iter().filter_map(|((kind, row), known)| {
            let id = from.name_of(*kind, *row)?;
            let (noun, _) = from.words.subjects.iter().find(|(_, of)| *of == Some(*kind))?;
            let kind = to.words.subjects.iter().find(|(other, _)| other == noun)?.1?;
            Some(((kind, to.words.id(kind, id)?), known.clone()))
        });
        let of_sorts = self.of_sorts.iter().filter_map(|(subject, known)| {
            let (name, _) = from.words.subjects.get(usize::from(*subject))?;
            let at = to.words.subjects.iter().position(|(other, _)| other == name)?;
            Some((crate::narrow::narrow_u8(at), known.clone()))
        });
        Self { of_ids: of_ids.collect(), of_sorts: of_sorts.collect(), of_others: self.of_others.clone() }
    }
}
