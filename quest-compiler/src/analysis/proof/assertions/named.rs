//! The names in assertions, and what is wrong with them.

use super::super::Prover;
use super::{Goal, Without};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::project::Located;

impl Prover<'_> {
    /// The quest or the ending that an id names.
    pub(super) fn goal(&self, id: &Located, whole: bool, wrong: &mut Vec<Diagnostic>) -> Option<Goal> {
        let quests = 0..self.quest_count();
        let (name, stage) = match id.text.split_once(':').filter(|_| !whole) {
            Some((quest, stage)) => (quest, Some(stage)),
            None => (id.text.as_str(), None),
        };
        let Some(quest) = quests.clone().find(|quest| self.name(*quest) == name) else {
            let names = quests.map(|quest| self.name(quest));
            wrong.push(unknown("quest", name, id, names));
            return None;
        };
        let Some(stage) = stage else { return Some(Goal { quest, stage: None }) };
        let mut stages = self.program.stages(quest);
        let found = stages.clone().find(|row| self.stage_name(*row) == stage);
        match found {
            Some(row) => Some(Goal { quest, stage: Some(row) }),
            None => {
                let names: Vec<&str> = stages.by_ref().map(|row| self.stage_name(row)).collect();
                wrong.push(unknown("stage", stage, id, names.into_iter()));
                None
            }
        }
    }

    /// What players leave out, of lines of scripts.
    pub(super) fn without(&self, lines: &[Located], wrong: &mut Vec<Diagnostic>) -> Without {
        let mut without = Without::default();
        for line in lines {
            let words: Vec<&str> = line.text.split_whitespace().collect();
            let text = words.join(" ");
            match self.line_is_about(&words) {
                Ok(true) => without.known.insert(text),
                Ok(false) => without.calls.insert(text),
                Err((what, name, known)) => {
                    wrong.push(unknown(what, name, line, known.iter().map(String::as_str)));
                    false
                }
            };
        }
        without
    }

    /// Whether a line says what is known; an error is a name in it that there is not, and those that there are.
    fn line_is_about<'w>(&self, words: &[&'w str]) -> Result<bool, (&'static str, &'w str, Vec<String>)> {
        let kinds = &self.read.journal.kinds;
        let ids = |kind: u8| {
            let kind = usize::from(kind).checked_sub(1).and_then(|at| kinds.get(at));
            let list = kind.map(|kind| self.read.resolved.ids.of(*kind).list.iter());
            list.into_iter().flatten().map(|id| id.text.to_string()).collect::<Vec<_>>()
        };
        let one_of = |what, name: &'w str, known: Vec<String>| {
            if known.iter().any(|known| known == name) { Ok(()) } else { Err((what, name, known)) }
        };
        let quests = || (0..self.quest_count()).map(|quest| self.name(quest).to_owned()).collect::<Vec<_>>();
        match words {
            ["accept" | "skip", quest] | ["turn", "in", quest] => {
                one_of("quest", quest, quests()).map(|()| false)
            }
            ["at", place] => one_of("place", place, ids(1)).map(|()| true),
            ["know", about, rest @ ..] => {
                let subjects = &self.words().subjects;
                let Some((_, kind)) = subjects.iter().find(|(name, _)| name == about) else {
                    return Err(("fact", about, subjects.iter().map(|(name, _)| name.clone()).collect()));
                };
                match (kind, rest) {
                    (Some(kind), [id]) => one_of("id", id, ids(*kind)).map(|()| true),
                    (None, []) => Ok(true),
                    _ => Err(("fact", about, Vec::new())),
                }
            }
            [event, rest @ ..] => {
                let events = &self.words().events;
                let Some(found) = events.iter().find(|known| known.name == *event) else {
                    let calls = ["accept", "turn in", "skip", "know", "at"].map(str::to_owned);
                    let events = events.iter().map(|event| event.name.clone());
                    return Err(("move", event, events.chain(calls).collect()));
                };
                match rest {
                    [] if found.kinds.is_empty() => Ok(false),
                    [id] => one_of("id", id, found.kinds.iter().flat_map(|kind| ids(*kind)).collect())
                        .map(|()| false),
                    _ => Err(("move", event, Vec::new())),
                }
            }
            [] => Err(("move", "", Vec::new())),
        }
    }

    fn quest_count(&self) -> u32 {
        crate::narrow::narrow_u32(self.outline.len())
    }
}

fn unknown<'a>(what: &str, name: &str, place: &Located, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let mut known: Vec<&str> = known.collect();
    known.sort_unstable();
    known.dedup();
    Diagnostic::new(&code::MANIFEST, format!("no {what} is called `{name}`"))
        .label(place.span, "not known")
        .maybe_help(did_you_mean(name, known.into_iter()))
}
