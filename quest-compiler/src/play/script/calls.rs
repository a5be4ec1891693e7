//! Lines that change quests.

use super::{CALLS, Done, Reader, outcome, surplus_word};
use crate::play::player::Player;
use crate::play::vocabulary::{EventWord, unknown};
use crate::play::why;
use quest_types::journal::engine::Engine;
use quest_types::journal::{Key, QuestError};

/// A count: how often something happens. `None` if the word is no number; an error if no counter can hold it.
fn count(word: &str) -> Option<Result<u32, QuestError>> {
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| word.parse().map_err(|_| QuestError::Overflow))
}

/// A call that is about a quest as a whole.
type OfQuest = fn(&mut Engine<'_>, u32) -> Result<(), QuestError>;

const OF_QUESTS: [(&str, OfQuest); 6] = [
    ("accept", |engine, quest| engine.start(quest)),
    ("discover", |engine, quest| engine.discover(quest)),
    ("skip", |engine, quest| engine.skip(quest)),
    ("fail", |engine, quest| engine.fail(quest)),
    ("claim", |engine, quest| engine.claim(quest, &mut |_| true)),
    ("reset", |engine, quest| engine.reset(quest)),
];

impl Reader<'_> {
    pub(super) fn call(&mut self, words: &[&str], refused: bool) -> Done {
        let player = self.player();
        let of_quest = words.split_first().and_then(|(first, quest)| {
            let (_, call) = OF_QUESTS.iter().find(|(name, _)| name == first)?;
            Some((call, quest))
        });
        if let Some((call, quest)) = of_quest {
            let quest = player.quest_named(quest)?;
            let result = player.call(|engine| call(engine, quest));
            let result = result.map_err(|error| why::refused(player, Some(quest), &error));
            return outcome(result, refused);
        }
        let result = match player.progress(words)? {
            Some(called) => called,
            None => match words {
                ["turn", "in", rest @ ..] => player.turn_in(rest)?,
                words => player.event(words)?,
            },
        };
        outcome(result.map_err(|error| error.to_string()), refused)
    }
}

fn turns_of(word: &str) -> Result<u64, String> {
    word.parse().map_err(|_| format!("`{word}` is no number of turns"))
}

/// What became of a call.
type Called = Result<(), QuestError>;

impl Player {
    /// A call that is about objectives, stages, time or facts; `None` if the words are none.
    fn progress(&mut self, words: &[&str]) -> Result<Option<Called>, String> {
        let called = match words {
            ["advance", times, objective] if let Some(times) = count(times) => {
                let objective = self.path(2, objective)?;
                self.call(|engine| engine.advance(objective, times?))
            }
            ["reveal", objective] => {
                let objective = self.path(2, objective)?;
                self.call(|engine| engine.reveal(objective))
            }
            ["update", stage] => {
                let stage = self.path(1, stage)?;
                self.call(|engine| engine.update(stage))
            }
            ["turns", turns] => {
                let turns = turns_of(turns)?;
                self.call(|engine| {
                    engine.refresh();
                    engine.pass(turns)
                })
            }
            ["pass", turns] => {
                let turns = turns_of(turns)?;
                self.call(|engine| engine.pass(turns))
            }
            ["refresh"] => self.call(|engine| {
                engine.refresh();
                Ok(())
            }),
            ["changed", what @ ..] => {
                let key = self.fact_key(what)?;
                self.call(|engine| {
                    engine.fact_changed(key);
                    Ok(())
                })
            }
            _ => return Ok(None),
        };
        Ok(Some(called))
    }

    /// `turn in [QUEST] [pick N] [without room]`.
    fn turn_in(&mut self, words: &[&str]) -> Result<Called, String> {
        let (words, room) = match words {
            [before @ .., "without", "room"] => (before, false),
            all => (all, true),
        };
        let (words, pick) = match words {
            [before @ .., "pick", pick] => {
                let pick = pick.parse::<usize>().ok().filter(|pick| *pick > 0);
                (before, Some(pick.ok_or("`pick` needs the number of a reward, from 1")?))
            }
            all => (all, None),
        };
        let quest = self.quest_named(words)?;
        let program = self.content.program;
        let choice = pick.map(|pick| program.rewards(quest).nth(pick - 1).unwrap_or(u32::MAX));
        Ok(self.call(|engine| engine.turn_in(quest, choice, &mut |_| room)))
    }

    /// `kill 3 enemy-x at location-y`, and what else can happen.
    fn event(&mut self, words: &[&str]) -> Result<Called, String> {
        let (words, place) = match words {
            [before @ .., "at", place] => (before, Some(self.place(place)?)),
            all => (all, None),
        };
        let [name, rest @ ..] = words else { return Err("nothing happens here".to_owned()) };
        let known = &self.content.words;
        let Some(event) = known.events.iter().find(|event| event.name == *name) else {
            let events = known.events.iter().map(|event| event.name.as_str());
            return Err(unknown(name, events.chain(CALLS)));
        };
        let (times, targets) = match rest {
            // An id can look like a number.
            [id] if known.key(event, Some(id)).is_ok() => (Ok(1), rest),
            [times, targets @ ..] if let Some(times) = count(times) => (times, targets),
            targets => (Ok(1), targets),
        };
        let keys = self.keys(event, targets)?;
        Ok(times.and_then(|times| self.call(|engine| engine.notify(keys, times, place))))
    }

    /// What an event is about. `deliver item-x to npc-y` is one event about both.
    fn keys(&self, event: &EventWord, targets: &[&str]) -> Result<Vec<Key>, String> {
        let known = &self.content.words;
        let targets: Vec<&str> = targets.iter().copied().filter(|word| *word != "to").collect();
        match targets.as_slice() {
            [] => Ok(vec![known.key(event, None)?]),
            [one] => Ok(vec![known.key(event, Some(one))?]),
            [one, other] => Ok(vec![known.key(event, Some(one))?, known.key(event, Some(other))?]),
            [_, _, surplus, ..] => Err(surplus_word(surplus)),
        }
    }
}
