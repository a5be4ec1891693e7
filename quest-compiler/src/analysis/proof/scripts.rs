//! A script for every ending of every quest, and for every way to lose it (`questc play --explore`): what the search of the proof found,
//! in lines that `questc play` plays again.

use super::components::Component;
use super::facts::{FactId, all_conditions};
use super::machine::{Call, Known, Play, Step};
use super::search::Search;
use super::ways::{EndingWay, LosingWay, Way, Ways, straight};
use super::{How, Proof, Prover, Verdict};
use heck::ToKebabCase;
use quest_format::program::CLASS_OBJECTIVE;
use quest_types::Target;
use quest_types::journal::{Fact, Key};
use std::collections::{BTreeMap, BTreeSet};

/// A script, and what it is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The name of its file.
    pub name: String,
    pub text: String,
}

/// The scripts of quests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scripts {
    pub scripts: Vec<Script>,
    /// What there is no script for, and why.
    pub missing: Vec<String>,
}

impl Prover<'_> {
    /// Writes the scripts of all quests. The prover must [know them all](Prover::whole).
    pub fn scripts(&self) -> Scripts {
        let proofs = self.all(true);
        let mut scripts = Scripts::default();
        let mut names = BTreeSet::new();
        for component in self.components(super::TOGETHER) {
            self.of_component(&component, &proofs, &mut |name, text| {
                scripts.scripts.push(Script { name: unique(&name, &mut names), text });
            });
        }
        for proof in &proofs {
            let name = self.name(proof.quest);
            match &proof.verdict {
                Verdict::Never(_) => scripts.missing.push(format!("`{name}` can never be finished")),
                Verdict::NotProven(states) => scripts.missing.push(format!(
                    "`{name}` may have other endings and other ways to lose it: {states} states around it were looked at, and there are more"
                )),
                Verdict::Always | Verdict::CanBeLost(_) => {}
            }
        }
        scripts
    }

    fn of_component(&self, component: &Component, proofs: &[Proof], write: &mut dyn FnMut(String, String)) {
        let given: BTreeSet<u32> = component
            .after
            .iter()
            .map(|(_, needed)| *needed)
            .chain(component.before.iter().copied())
            .collect();
        let given: Vec<u32> = given.into_iter().collect();
        let verdict = |quest: u32| proofs.get(quest as usize).map(|proof| &proof.verdict);
        let is_simple =
            |quest: &u32| self.ending(*quest).is_some() && matches!(verdict(*quest), Some(Verdict::Always));
        if component.quests.iter().all(is_simple) {
            for quest in &component.quests {
                let mut before = given.clone();
                before.extend(self.needed_before(*quest));
                let play = self.play(&[*quest], before, false);
                if let Some(ending) = straight(&play, *quest) {
                    self.ending_script(&play, *quest, &ending, write);
                }
            }
            return;
        }
        let play = self.play(&component.quests, given, false);
        let search = Search::run(&play, self.limits.states);
        let ways = Ways { play: &play, search: &search };
        for (at, quest) in component.quests.iter().enumerate() {
            for ending in ways.endings(*quest) {
                self.ending_script(&play, *quest, &ending, write);
            }
            for loss in ways.losses(self, at) {
                self.losing_script(&play, *quest, &loss, write);
            }
        }
    }

    fn ending_script(
        &self,
        play: &Play<'_>,
        quest: u32,
        ending: &EndingWay,
        write: &mut dyn FnMut(String, String),
    ) {
        let program = self.program;
        let (name, stage) = (self.name(quest), self.stage_name(ending.stage));
        let mut script = Writer::new(self, play);
        script.line(format!("# `{name}` ends in `{stage}`. No way there has fewer moves."));
        script.way(&ending.way);
        script.line(format!("expect {name} complete"));
        script.line(format!("expect stage {name}:{stage}"));
        let choice = program.rewards(quest).find(|reward| program.is_choice(*reward));
        script.line(self.call_line(Call::TurnIn(quest, choice)));
        script.line(format!("expect ended {name}"));
        write(format!("{name}.ends.{stage}"), script.text());
    }

    fn losing_script(
        &self,
        play: &Play<'_>,
        quest: u32,
        loss: &LosingWay,
        write: &mut dyn FnMut(String, String),
    ) {
        // Where another quest is lost by the same, that has a script of its own.
        if matches!(loss.how, How::Through(_)) {
            return;
        }
        let Some((_, last)) = loss.way.moves.last() else { return };
        let name = self.name(quest);
        let mut script = Writer::new(self, play);
        script.line(format!("# `{name}` is lost: {}. No way there has fewer moves.", self.what(loss.how)));
        script.way(&loss.way);
        match loss.how {
            How::Failed => script.line(format!("expect {name} failed")),
            How::Stuck => script.line(format!("expect {name} active")),
            How::Shut | How::Through(_) => script.line(format!("refused accept {name}")),
            How::Vain => {
                let begun = play.begin(&loss.way.last, quest);
                begun.into_iter().for_each(|step| script.step(&loss.way.last, &step, &loss.way.last));
                script.line(format!("expect {name} active"));
            }
        }
        write(format!("{name}.lost.{}", self.call_line(last.call)), script.text());
    }
}

/// A name for a file that no other script has, also where upper and lower case are the same.
fn unique(name: &str, known: &mut BTreeSet<String>) -> String {
    /// File systems have their limits.
    const LONGEST: usize = 120;
    let allowed = |char: char| if char.is_alphanumeric() || "._-".contains(char) { char } else { '-' };
    let short: String = name.chars().map(allowed).take(LONGEST).collect();
    let numbers = std::iter::once(String::new()).chain((2..).map(|number| format!("-{number}")));
    let mut names = numbers.map(|number| format!("{short}{number}.play"));
    names.find(|name| known.insert(name.to_lowercase())).unwrap_or_default()
}

/// Writes the lines of a script. What is known already is not said again.
struct Writer<'a, 'p> {
    prover: &'a Prover<'a>,
    play: &'a Play<'p>,
    lines: Vec<String>,
    known: BTreeMap<FactId, String>,
    place: Option<u32>,
}

impl<'a, 'p> Writer<'a, 'p> {
    fn new(prover: &'a Prover<'a>, play: &'a Play<'p>) -> Self {
        Self { prover, play, lines: Vec::new(), known: BTreeMap::new(), place: None }
    }

    fn line(&mut self, line: String) {
        self.lines.push(line);
    }

    fn text(mut self) -> String {
        self.lines.push(String::new());
        self.lines.join("\n")
    }

    fn way(&mut self, way: &Way) {
        let first = way.moves.first().map_or(way.last.as_slice(), |(words, _)| words.as_slice());
        for quest in &self.play.given {
            let line = format!("given {} turned in", self.prover.name(*quest));
            self.lines.push(line);
        }
        for (fact, value) in self.play.facts(first) {
            self.know(fact, value);
        }
        for (at, (before, step)) in way.moves.iter().enumerate() {
            let after = way.moves.get(at + 1).map_or(way.last.as_slice(), |(words, _)| words.as_slice());
            self.step(before, step, after);
        }
    }

    /// A move: what was asked for it, what is done, and what content changes by that.
    fn step(&mut self, before: &[u32], step: &Step, after: &[u32]) {
        for (known, fact) in &step.known {
            match known {
                Known::Place(place) => self.at(*place),
                Known::Fact(id) => self.know(*id, *fact),
            }
        }
        match step.call {
            // What happens to a place happens there.
            Call::Event(key, _) if key.class == CLASS_OBJECTIVE && key.kind == 1 => self.at(Some(key.row)),
            _ => {}
        }
        let line = match step.call {
            Call::Told(key) => self.changed(key),
            Call::Turns(turns) => format!("pass {turns}"),
            Call::Rise(subject, to) => {
                self.know(FactId::Sort(subject), Fact::Number(to));
                return;
            }
            call => self.prover.call_line(call),
        };
        self.line(line);
        let (before, after) = (self.play.facts(before), self.play.facts(after));
        for ((fact, value), (_, old)) in after.into_iter().zip(before) {
            if value != old {
                self.know(fact, value);
            }
        }
    }

    fn at(&mut self, place: Option<u32>) {
        if self.place != place {
            self.place = place;
            let line = self.prover.known_line(&Known::Place(place), Fact::Is(true));
            self.lines.extend(line);
        }
    }

    /// What is known from now on. What no line has said is not so.
    fn know(&mut self, fact: FactId, value: Fact<'static>) {
        let line = match fact {
            FactId::Named(subject, id) => self.named(subject, id, value),
            _ => self.prover.known_line(&Known::Fact(fact), value),
        };
        let Some(line) = line else { return };
        match self.known.get(&fact) {
            Some(known) if *known == line => return,
            None if value == Fact::Is(false) && !matches!(fact, FactId::Named(..)) => return,
            _ => {}
        }
        // Of what rises step by step, the last step says it all.
        if self.lines.last().is_some_and(|last| self.known.get(&fact) == Some(last)) {
            self.lines.pop();
        }
        self.known.insert(fact, line.clone());
        self.lines.push(line);
    }

    /// What is known of something that the content does not have, by the sort of the condition that asks for it.
    fn named(&self, subject: u8, id: &str, value: Fact<'static>) -> Option<String> {
        let condition = all_conditions(self.prover.program).find(|condition| {
            let named = matches!(condition.target, Target::Unknown(text) | Target::Text(text) if text == id);
            named && condition.subject == subject
        })?;
        let value = match value {
            Fact::Is(is) => is.to_string(),
            Fact::Number(number) => number.to_string(),
            Fact::Text(text) => text.to_owned(),
            _ => return None,
        };
        Some(format!("know {} {id} {value}", condition.sort.to_kebab_case()))
    }

    /// The journal is told that a fact has changed.
    fn changed(&self, key: Key) -> String {
        let fact = if key.kind == 0 { FactId::Sort(key.variant) } else { FactId::Of(key.kind, key.row) };
        let line = self.prover.known_line(&Known::Fact(fact), Fact::Is(true)).filter(|_| key.row != u32::MAX);
        match line {
            Some(line) => line.replacen("know", "changed", 1),
            None => "refresh".to_owned(),
        }
    }
}
