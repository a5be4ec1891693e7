//! A world in which every fact is a word and a value.

use crate::quests::journal::{Game, Question};
use quest_types::journal::{Fact, Facts};
use std::collections::BTreeMap;

/// What is known; all else is not.
#[derive(Clone, Debug, PartialEq)]
pub enum Known {
    /// Yes or no.
    Is(bool),
    /// So much.
    Number(i64),
}

/// What is known, by `kind:id`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KnownFacts(pub BTreeMap<String, Known>);

impl KnownFacts {
    /// What is known of something.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Known> {
        self.0.get(name)
    }

    /// Lets something be known.
    pub fn set(&mut self, name: impl Into<String>, known: Known) {
        self.0.insert(name.into(), known);
    }
}

/// The name of what is asked.
#[must_use]
pub fn name(question: Question) -> String {
    match question {
        Question::Level => "level".to_owned(),
        Question::Location(id) => format!("location:{id}"),
        Question::Item(id) => format!("item:{id}"),
        Question::Faction(id) => format!("faction:{id}"),
        Question::Ability(id) => format!("ability:{id}"),
        Question::Flag(id) => format!("flag:{id}"),
        Question::Class(id) => format!("class:{id}"),
        Question::Race(id) => format!("race:{id}"),
        Question::DialogueChoice(id) => format!("choice:{id}"),
        Question::Unknown { sort, id } => format!("{sort}:{id}"),
    }
}

impl Facts<Game> for KnownFacts {
    fn fact(&self, question: Question) -> Fact<'_> {
        match self.get(&name(question)) {
            Some(Known::Is(is)) => Fact::Is(*is),
            Some(Known::Number(number)) => Fact::Number(*number),
            None => Fact::Unknown,
        }
    }
}
