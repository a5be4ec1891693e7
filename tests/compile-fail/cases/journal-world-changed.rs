//! Quests ask the world, and do not change it.

use quest_types::journal::{Fact, Facts};
use rune_rust::quests::journal::{Game, Question};

struct Realm {
    questions: u32,
}

impl Facts<Game> for Realm {
    fn fact(&self, _: Question) -> Fact<'_> {
        self.questions += 1;
        Fact::Unknown
    }
}

fn main() {}
