//! Scripts: one thing to do or to expect on each line (`docs/play.md`).

mod calls;
mod expect;
mod know;

use super::Content;
use super::game::{Game, Load};
use super::player::Player;
use super::vocabulary::unknown;
use std::rc::Rc;

/// A line of a script that is wrong, or does not hold.
#[derive(Debug)]
pub struct Line {
    /// From 1.
    pub number: usize,
    pub what: String,
}

/// What a script did.
#[derive(Debug)]
pub struct Played {
    /// Expectations that held.
    pub expectations: usize,
    /// The log of the play, up to the line that does not hold.
    pub log: Vec<String>,
    /// The first line that does not hold; nothing behind it was played.
    pub wrong: Option<Line>,
}

/// Plays a script from the beginning to the first line that does not hold. `load` compiles the content of other manifests.
pub fn play(content: &Rc<Content>, load: Load<'_>, script: &str) -> Played {
    let mut reader = Reader { game: Game::new(content, load), expectations: 0 };
    let mut wrong = None;
    for (text, number) in script.lines().zip(1..) {
        let text = text.split('#').next().unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        if words.is_empty() {
            continue;
        }
        if let Err(what) = reader.line(&words) {
            wrong = Some(Line { number, what });
            break;
        }
    }
    if wrong.is_none() && reader.expectations == 0 {
        let (number, what) = (script.lines().count().max(1), "the script expects nothing".to_owned());
        wrong = Some(Line { number, what });
    }
    Played { expectations: reader.expectations, log: reader.game.into_log(), wrong }
}

/// Words with which lines begin that are not events.
const CALLS: [&str; 24] = [
    "accept", "discover", "advance", "reveal", "update", "skip", "fail", "refresh", "changed", "turns",
    "pass", "turn", "claim", "reset", "know", "given", "at", "player", "world", "save", "restore", "expect",
    "refused", "deliver",
];

struct Reader<'l> {
    game: Game<'l>,
    expectations: usize,
}

type Done = Result<(), String>;

impl Reader<'_> {
    fn line(&mut self, words: &[&str]) -> Done {
        match words {
            ["refused", "restore", what @ ..] => {
                self.expectations += 1;
                self.restore(what, true)
            }
            ["refused", call @ ..] => {
                self.expectations += 1;
                self.call(call, true)
            }
            ["expect", what @ ..] => {
                self.expectations += 1;
                self.expect(what)
            }
            ["know", what @ ..] => self.know(what),
            ["given", quest, "turned", "in"] => {
                let player = self.game.player();
                let quest = player.quest_named(&[quest])?;
                player.give(quest);
                Ok(())
            }
            ["given", ..] => Err("what is given is written `given QUEST turned in`".to_owned()),
            ["at", place @ ..] => self.at(place),
            ["player", name] => {
                self.game.speak_of(name);
                Ok(())
            }
            ["world", name] => {
                self.game.player().enter(name);
                Ok(())
            }
            ["save", name] => {
                self.game.save(name);
                Ok(())
            }
            [word @ ("player" | "world" | "save")] => Err(format!("`{word}` needs a name")),
            ["player" | "world" | "save", _, surplus, ..] => Err(surplus_word(surplus)),
            ["restore", what @ ..] => self.restore(what, false),
            call => self.call(call, false),
        }
    }

    /// `restore NAME`, `restore NAME with MANIFEST`.
    fn restore(&mut self, words: &[&str], refused: bool) -> Done {
        let result = match words {
            [name] => self.game.restore(name, None)?,
            [name, "with", manifest] => self.game.restore(name, Some(manifest))?,
            _ => {
                return Err(
                    "what is restored is written `restore NAME` or `restore NAME with MANIFEST`".to_owned()
                );
            }
        };
        outcome(result, refused)
    }

    fn player(&mut self) -> &mut Player {
        self.game.player()
    }
}

/// The outcome of a call in a script that says whether it is refused.
fn outcome(result: Result<(), String>, refused: bool) -> Done {
    match (result, refused) {
        (Ok(()), true) => Err("this is not refused".to_owned()),
        (Err(why), false) => Err(format!("this is refused: {why}")),
        _ => Ok(()),
    }
}

fn surplus_word(surplus: &str) -> String {
    format!("`{surplus}` is one word too many")
}

impl Player {
    /// The quest that is named, or else the one that was spoken of last.
    fn quest_named(&mut self, words: &[&str]) -> Result<u32, String> {
        let quest = match words {
            [] => self.quest.ok_or("no quest was spoken of before: name one")?,
            [id] => self.path(0, id)?,
            [_, surplus, ..] => return Err(surplus_word(surplus)),
        };
        self.quest = Some(quest);
        Ok(quest)
    }

    /// The row of a path, or of what is left of it where the quest was spoken of before.
    fn path(&self, kind: usize, written: &str) -> Result<u32, String> {
        let paths = &self.content.words.paths[kind];
        if let Some(row) = paths.get(written) {
            return Ok(*row);
        }
        if let Some(quest) = self.quest.filter(|_| kind > 0) {
            let (quest, _) = self.content.program.quest_names(quest);
            if let Some(row) = paths.get(&format!("{quest}:{written}")) {
                return Ok(*row);
            }
            // An objective may leave out its stage, if no other has its name.
            let ending = format!(":{written}");
            let of_quest = |path: &str| path.strip_prefix(quest).is_some_and(|rest| rest.starts_with(':'));
            let mut fitting = paths.iter().filter(|(path, _)| of_quest(path) && path.ends_with(&ending));
            if let (Some((_, row)), None) = (fitting.next(), fitting.next()) {
                return Ok(*row);
            }
        }
        Err(unknown(
            written,
            paths.keys().flat_map(|path| [path.as_str(), path.rsplit(':').next().unwrap_or(path)]),
        ))
    }

    /// The row of a place.
    fn place(&self, id: &str) -> Result<u32, String> {
        let words = &self.content.words;
        words.id(super::world::PLACES, id).ok_or_else(|| unknown(id, words.ids(super::world::PLACES)))
    }
}
