//! Scripts: one thing to do or to expect on each line.

use super::game::{Game, Known};
use super::vocabulary::unknown;
use crate::narrow::narrow_u8;
use heck::ToKebabCase;
use quest_types::journal::{Key, Lifecycle, QuestError};

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
    /// The log of the play.
    pub log: Vec<String>,
}

/// Plays a script from the beginning to the first line that does not hold.
pub fn play(game: &mut Game, script: &str) -> Result<Played, Line> {
    game.restart();
    let mut player = Player { game, quest: None, expectations: 0 };
    for (text, number) in script.lines().zip(1..) {
        let text = text.split('#').next().unwrap_or_default();
        let words: Vec<&str> = text.split_whitespace().collect();
        if !words.is_empty() {
            player.line(&words).map_err(|what| Line { number, what })?;
        }
    }
    if player.expectations == 0 {
        let (number, what) = (script.lines().count().max(1), "the script expects nothing".to_owned());
        return Err(Line { number, what });
    }
    let expectations = player.expectations;
    Ok(Played { expectations, log: std::mem::take(&mut game.log) })
}

const CALLS: [&str; 15] = [
    "accept", "discover", "advance", "reveal", "update", "skip", "fail", "refresh", "turns", "turn", "claim",
    "reset", "know", "at", "expect",
];

struct Player<'g> {
    game: &'g mut Game,
    /// The quest that was spoken of last.
    quest: Option<u32>,
    expectations: usize,
}

type Done = Result<(), String>;

/// The outcome of a call in a script that says whether it is refused.
fn resolved_ref(result: Result<(), QuestError>, refused: bool) -> Done {
    match (result, refused) {
        (Ok(()), true) => Err("this is not refused".to_owned()),
        (Err(why), false) => Err(format!("this is refused: {why}")),
        _ => Ok(()),
    }
}

fn number(word: &str) -> Option<u32> {
    word.parse().ok()
}

impl Player<'_> {
    fn line(&mut self, words: &[&str]) -> Done {
        match words {
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
                let quest = self.quest(&[quest])?;
                self.game.give(quest);
                Ok(())
            }
            ["given", ..] => Err("what is given is written `given QUEST turned in`".to_owned()),
            ["at", "nowhere"] => {
                self.game.leave();
                Ok(())
            }
            ["at", place] => {
                let row =
                    self.game.words.id(1, place).ok_or_else(|| unknown(place, self.game.words.ids(1)))?;
                self.game.leave();
                self.game.know(1, row, Known::Is(true));
                Ok(())
            }
            call => self.call(call, false),
        }
    }

    fn quest(&mut self, words: &[&str]) -> Result<u32, String> {
        let quest = match words {
            [] => self.quest.ok_or("no quest was spoken of before: name one")?,
            [id] => self.path(0, id)?,
            [_, surplus, ..] => return Err(format!("`{surplus}` is one word too many")),
        };
        self.quest = Some(quest);
        Ok(quest)
    }

    /// The row of a path, or of what is left of it where the quest was spoken of before.
    fn path(&self, kind: usize, written: &str) -> Result<u32, String> {
        let paths = &self.game.words.paths[kind];
        if let Some(row) = paths.get(written) {
            return Ok(*row);
        }
        if let Some(quest) = self.quest.filter(|_| kind > 0) {
            let (quest, _) = self.game.program.quest_names(quest);
            if let Some(row) = paths.get(&format!("{quest}:{written}")) {
                return Ok(*row);
            }
            // An objective may leave out its stage, if no other has its name.
            let ending = format!(":{written}");
            let mut fitting = paths
                .iter()
                .filter(|(path, _)| path.split(':').next() == Some(quest) && path.ends_with(&ending));
            if let (Some((_, row)), None) = (fitting.next(), fitting.next()) {
                return Ok(*row);
            }
        }
        Err(unknown(
            written,
            paths.keys().flat_map(|path| [path.as_str(), path.rsplit(':').next().unwrap_or(path)]),
        ))
    }

    fn call(&mut self, words: &[&str], refused: bool) -> Done {
        let result = match words {
            ["accept", quest @ ..] => {
                let quest = self.quest(quest)?;
                self.game.call(|engine| engine.start(quest))
            }
            ["discover", quest @ ..] => {
                let quest = self.quest(quest)?;
                self.game.call(|engine| engine.discover(quest))
            }
            ["advance", count, objective] if number(count).is_some() => {
                let objective = self.path(2, objective)?;
                let times = number(count).unwrap_or(1);
                self.game.call(|engine| engine.advance(objective, times))
            }
            ["reveal", objective] => {
                let objective = self.path(2, objective)?;
                self.game.call(|engine| engine.reveal(objective))
            }
            ["update", stage] => {
                let stage = self.path(1, stage)?;
                self.game.call(|engine| engine.update(stage))
            }
            ["skip", quest @ ..] => {
                let quest = self.quest(quest)?;
                self.game.call(|engine| engine.skip(quest))
            }
            ["fail", quest @ ..] => {
                let quest = self.quest(quest)?;
                self.game.call(|engine| engine.fail(quest))
            }
            ["turns", count] => {
                let turns = count.parse().map_err(|_| format!("`{count}` is no number of turns"))?;
                self.game.call(|engine| {
                    engine.refresh();
                    engine.pass(turns)
                })
            }
            ["refresh"] => self.game.call(|engine| {
                engine.refresh();
                Ok(())
            }),
            ["turn", "in", rest @ ..] => return self.turn_in(rest, refused),
            ["claim", quest @ ..] => {
                let quest = self.quest(quest)?;
                self.game.call(|engine| engine.claim(quest, &mut |_| true))
            }
            ["reset", quest @ ..] => {
                let quest = self.quest(quest)?;
                self.game.call(|engine| engine.reset(quest))
            }
            words => return self.event(words, refused),
        };
        resolved_ref(result, refused)
    }

    /// `turn in [QUEST] [pick N] [without room]`.
    fn turn_in(&mut self, words: &[&str], refused: bool) -> Done {
        let (words, room) = match words {
            [before @ .., "without", "room"] => (before, false),
            all => (all, true),
        };
        let (words, pick) = match words {
            [before @ .., "pick", pick] => {
                let pick = number(pick).filter(|pick| *pick > 0);
                (before, Some(pick.ok_or("`pick` needs the number of a reward, from 1")?))
            }
            all => (all, None),
        };
        let quest = self.quest(words)?;
        let choice =
            pick.map(|pick| self.game.program.rewards(quest).nth(pick as usize - 1).unwrap_or(u32::MAX));
        let result = self.game.call(|engine| engine.turn_in(quest, choice, &mut |_| room));
        resolved_ref(result, refused)
    }

    /// `kill 3 enemy-x at location-y`, and what else can happen.
    fn event(&mut self, words: &[&str], refused: bool) -> Done {
        let (words, place) = match words {
            [before @ .., "at", place] => {
                let row =
                    self.game.words.id(1, place).ok_or_else(|| unknown(place, self.game.words.ids(1)))?;
                (before, Some(row))
            }
            all => (all, None),
        };
        let [name, rest @ ..] = words else { return Err("nothing happens here".to_owned()) };
        let known = &self.game.words;
        let Some(first) = known.events.iter().find(|event| event.name == *name) else {
            let events = known.events.iter().map(|event| event.name.as_str());
            return Err(unknown(name, events.chain(CALLS)));
        };
        let (times, targets) = match rest {
            [count, targets @ ..] if number(count).is_some() => (number(count).unwrap_or(1), targets),
            targets => (1, targets),
        };
        // `deliver item-x to npc-y`: one event about both.
        let targets: Vec<&str> = targets.iter().copied().filter(|word| *word != "to").collect();
        let ids: Vec<Key> = match targets.as_slice() {
            [] => vec![known.key(first, None)?],
            [one] => vec![known.key(first, Some(one))?],
            [one, other] => vec![known.key(first, Some(one))?, known.key(first, Some(other))?],
            [_, _, surplus, ..] => return Err(format!("`{surplus}` is one word too many")),
        };
        let result = self.game.call(|engine| engine.notify(ids, times, place));
        resolved_ref(result, refused)
    }

    /// `know level 6`, `know item item-x 3`, `know quest-complete intro-arrival`.
    fn know(&mut self, words: &[&str]) -> Done {
        let [about, rest @ ..] = words else { return Err("`know` does not say what".to_owned()) };
        let value = |word: Option<&&str>| match word {
            None | Some(&"true") => Known::Is(true),
            Some(&"false") => Known::Is(false),
            Some(word) => word.parse().map_or_else(|_| Known::Text((*word).to_owned()), Known::Number),
        };
        let words = &self.game.words;
        let found = words.subjects.iter().position(|(name, _)| name == about);
        match (found.map(|at| (at, words.subjects[at].1)), rest) {
            (Some((_, Some(kind))), [id, rest @ ..]) => {
                let row = words.id(kind, id).ok_or_else(|| unknown(id, words.ids(kind)))?;
                self.game.know(kind, row, value(rest.first()));
                Ok(())
            }
            (Some((_, Some(_))), []) => Err(format!("`know {about}` does not say which")),
            (Some((subject, None)), rest) => {
                self.game.know_sort(narrow_u8(subject), value(rest.first()));
                Ok(())
            }
            (None, rest) => {
                let sort = words.sorts.iter().find(|sort| sort.to_kebab_case() == **about).cloned();
                match (sort, rest) {
                    (Some(_), [id, ..]) if words.paths[0].contains_key(*id) => Err(format!(
                        "the journal knows itself what became of `{id}`: write `given {id} turned in`, or play it"
                    )),
                    (Some(sort), [id, ..]) if !self.game.asks_of(&sort, id) => {
                        Err(format!("no quest asks for `{about} {id}`"))
                    }
                    (Some(sort), [id, rest @ ..]) => {
                        self.game.know_other(sort, (*id).to_owned(), value(rest.first()));
                        Ok(())
                    }
                    (Some(_), []) => Err(format!("`know {about}` does not say which")),
                    (None, _) => Err(unknown(about, words.subjects.iter().map(|(name, _)| name.as_str()))),
                }
            }
        }
    }

    fn expect(&mut self, words: &[&str]) -> Done {
        match words {
            ["stage", stage] => {
                let wanted = self.path(1, stage)?;
                let quest = self.game.program.quest_of(wanted);
                let found = quest.and_then(|quest| self.game.state().stage(quest));
                if found == Some(wanted) {
                    return Ok(());
                }
                let found = found.map_or("none", |stage| self.game.program.stage_names(stage).0);
                Err(format!("the stage is not `{stage}`; it is `{found}`"))
            }
            ["ended", quest @ ..] => {
                let quest = self.quest(quest)?;
                let found = self.game.lifecycle(quest);
                let times = self.game.state().times_turned_in(quest);
                if found == Lifecycle::TurnedIn || (times > 0 && self.game.program.repeatable(quest)) {
                    return Ok(());
                }
                Err(format!("the quest has not ended: it is {found}"))
            }
            ["branch", branch] => {
                let wanted = self.path(3, branch)?;
                let taken =
                    self.game.program.branch(wanted).and_then(|(to, _)| self.game.program.quest_of(to));
                let taken = taken.map(|quest| self.game.state().branches(quest)).unwrap_or_default();
                if taken.contains(&wanted) {
                    Ok(())
                } else {
                    Err(format!("the branch `{branch}` was not taken"))
                }
            }
            ["reward", label @ ..] => {
                let (program, wanted) = (self.game.program, label.join(" "));
                let labels = || self.game.paid.iter().map(|reward| program.reward_label(*reward));
                if labels().any(|label| label == wanted) {
                    return Ok(());
                }
                let paid: Vec<&str> = labels().collect();
                Err(format!("`{wanted}` was not paid; paid were: {}", paid.join(", ")))
            }
            ["log", text @ ..] => {
                let wanted = text.join(" ");
                let found = self.game.log.contains(&wanted);
                if found { Ok(()) } else { Err(format!("the log has no line `{wanted}`")) }
            }
            [objective, count] if count.contains('/') => {
                let row = self.path(2, objective)?;
                let (program, state) = (self.game.program, self.game.state());
                let found = format!("{}/{}", state.count(program, row), program.required(row));
                if found == *count { Ok(()) } else { Err(format!("`{objective}` is at {found}")) }
            }
            words => self.expect_state(words),
        }
    }

    /// `expect [QUEST] active`.
    fn expect_state(&mut self, words: &[&str]) -> Done {
        const STATES: [(&[&str], Lifecycle); 6] = [
            (&["not", "started"], Lifecycle::NotStarted),
            (&["available"], Lifecycle::Available),
            (&["active"], Lifecycle::Active),
            (&["complete"], Lifecycle::Complete),
            (&["turned", "in"], Lifecycle::TurnedIn),
            (&["failed"], Lifecycle::Failed),
        ];
        for (state, wanted) in STATES {
            if let Some(quest) = words.strip_suffix(state) {
                let quest = self.quest(quest)?;
                let found = self.game.lifecycle(quest);
                return if found == wanted {
                    Ok(())
                } else {
                    Err(format!("the quest is {found}, and not {wanted}"))
                };
            }
        }
        Err(format!(
            "`{}` cannot be expected; write a state such as `active`, `stage ID`, `OBJECTIVE 2/3`, `branch ID`, `reward …`, `log …` or `ended`",
            words.join(" ")
        ))
    }
}
