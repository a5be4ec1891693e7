//! Moves in the words of scripts (`docs/play.md`).

use super::facts::FactId;
use super::{Call, Known, Step};
use crate::play::Vocabulary;
use quest_types::journal::{Fact, Key, Program};

/// A move as lines of a script: first what is known by then, last what is done.
pub(crate) fn lines(step: &Step, program: &Program, words: &Vocabulary) -> Vec<String> {
    let mut lines: Vec<String> =
        step.known.iter().filter_map(|(known, fact)| known_line(known, *fact, words)).collect();
    lines.push(call_line(step.call, program, words));
    lines
}

/// What is done, as a line of a script.
pub(crate) fn call_line(call: Call, program: &Program, words: &Vocabulary) -> String {
    let quest = |quest: u32| program.quest_names(quest).0;
    match call {
        Call::Start(row) => format!("accept {}", quest(row)),
        Call::Event(key, times) => event_line(key, times, words),
        Call::Told(_) | Call::Refresh => "refresh".to_owned(),
        Call::Turns(turns) => format!("turns {turns}"),
        Call::TurnIn(row, None) => format!("turn in {}", quest(row)),
        Call::TurnIn(row, Some(reward)) => {
            let picked = program.rewards(row).position(|one| one == reward).map_or(0, |at| at + 1);
            format!("turn in {} pick {picked}", quest(row))
        }
        Call::Skip(row) => format!("skip {}", quest(row)),
        Call::Rise(subject, to) => {
            let name = words.subjects.get(usize::from(subject)).map_or("", |(name, _)| name.as_str());
            format!("know {name} {to}")
        }
    }
}

fn event_line(key: Key, times: u32, words: &Vocabulary) -> String {
    let event = words.event(key.class, key.variant).unwrap_or_default();
    let mut line = event.to_owned();
    if times > 1 {
        line.push_str(&format!(" {times}"));
    }
    if let Some(target) = words.name_of(key.kind, key.row) {
        line.push_str(&format!(" {target}"));
    }
    line
}

fn known_line(known: &Known, fact: Fact<'_>, words: &Vocabulary) -> Option<String> {
    let value = match fact {
        Fact::Is(true) => String::new(),
        Fact::Is(false) => " false".to_owned(),
        Fact::Number(number) => format!(" {number}"),
        Fact::Text(text) => format!(" {text}"),
        _ => return None,
    };
    match known {
        Known::Place(None) => Some("at nowhere".to_owned()),
        Known::Place(Some(place)) => Some(format!("at {}", words.name_of(1, *place)?)),
        Known::Fact(FactId::Of(kind, row)) => {
            let subject = words.subjects.iter().find(|(_, of)| *of == Some(*kind))?;
            Some(format!("know {} {}{value}", subject.0, words.name_of(*kind, *row)?))
        }
        Known::Fact(FactId::Sort(subject)) => {
            Some(format!("know {}{value}", words.subjects.get(usize::from(*subject))?.0))
        }
        Known::Fact(FactId::Named(..)) => None,
    }
}
