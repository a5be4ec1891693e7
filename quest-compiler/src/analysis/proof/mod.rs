//! Can every quest be finished, whatever the player does? The states are those of the journal, and so are the moves: what is
//! proven is proven of the program that a game plays (`docs/proof.md`).
//!
//! Comes in: the program, and what the schema says of facts. Goes out: a verdict for each quest with the way that led to it.
//! `facts` knows what conditions ask for and what content changes, `components` which quests belong together, `machine` plays,
//! `search` looks at all states.

mod alone;
mod components;
mod facts;
mod machine;
mod plain;
mod report;
mod search;
mod words;

use crate::check::Resolved;
use crate::play::Vocabulary;
use crate::project::ProofLimits;
use crate::schema::{Flow, Journal, Model};
use components::{Component, components};
use facts::{Asked, Done};
use machine::{Call, Known, Play, Seen, Step};
use quest_types::journal::{Lifecycle, Program};
use search::{Found, Search};
use std::cell::RefCell;
use std::collections::BTreeSet;

/// Quests that only have to be turned in one after the other are looked at together up to this number.
const TOGETHER: usize = 6;

/// What is known of a quest.
#[derive(Clone, Debug)]
pub(crate) enum Verdict {
    /// From every state it can still be turned in.
    Always,
    /// It can be lost.
    CanBeLost(Loss),
    /// It can never be turned in.
    Never,
    /// There are more states than may be looked at. How many were.
    NotProven(usize),
}

/// How a quest is lost.
#[derive(Clone, Debug)]
pub(crate) struct Loss {
    /// Quests that were turned in before.
    pub(crate) given: Vec<u32>,
    /// The moves, the last of which loses it.
    pub(crate) path: Vec<Step>,
    pub(crate) how: How,
}

/// What became of a quest that is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// It has failed.
    Failed,
    /// It is under way and cannot end.
    Stuck,
    /// It cannot be begun any more.
    Shut,
    /// It can be begun, and cannot end.
    Vain,
    /// It needs this one, which is lost.
    Through(u32),
}

/// What was found out about a quest.
#[derive(Clone, Debug)]
pub(crate) struct Proof {
    pub(crate) quest: u32,
    pub(crate) verdict: Verdict,
    /// The stages in which it can end.
    pub(crate) endings: Vec<u32>,
}

/// What is known of a quest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProvedAs {
    /// From every state it can still be turned in.
    Always,
    /// It can be lost.
    CanBeLost,
    /// It can never be turned in.
    Never,
    /// There are more states than may be looked at.
    NotProven,
}

/// What is known of a quest, in words.
#[derive(Clone, Debug)]
pub struct Proved {
    pub quest: String,
    pub verdict: ProvedAs,
    /// The moves that lose it, in the words of scripts, the last of which does.
    pub path: Vec<String>,
    /// Quests that were turned in before the first of them.
    pub given: Vec<String>,
    /// The ids of the stages in which it can end.
    pub endings: Vec<String>,
    /// States that were looked at, if there are more.
    pub states: usize,
}

/// What all proofs are made from.
#[derive(Debug)]
pub struct Prover<'p> {
    pub(crate) model: &'p Model,
    pub(crate) journal: &'p Journal,
    pub(crate) program: &'static Program,
    /// What scripts call things.
    pub(crate) vocabulary: &'p Vocabulary,
    done: Done,
    pub(crate) limits: &'p ProofLimits,
}

impl<'p> Prover<'p> {
    pub fn new(
        model: &'p Model,
        journal: &'p Journal,
        resolved: &Resolved<'_>,
        program: &'static Program,
        vocabulary: &'p Vocabulary,
        limits: &'p ProofLimits,
    ) -> Self {
        Self { model, journal, program, vocabulary, done: Done::read(model, journal, resolved), limits }
    }

    /// Whether the objects of a flow are those that the journal plays.
    pub(crate) fn plays(&self, flow: &Flow) -> bool {
        self.model.flows.get(self.journal.flow).is_some_and(|own| std::ptr::eq(own, flow))
    }

    /// Whether what can happen in a quest alone is looked at when its flow is.
    fn explores_alone(&self, quest: u32) -> bool {
        self.ending_of_plain(quest).is_none()
    }

    /// Proves all quests, in content order.
    pub(crate) fn all(&self) -> Vec<Proof> {
        let mut proofs: Vec<Option<Proof>> = (0..self.program.quest_count()).map(|_| None).collect();
        for component in components(self.program, &self.done, TOGETHER) {
            let found =
                self.plainly(&component, &proofs).unwrap_or_else(|| self.component(&component, &proofs));
            for proof in found {
                let at = proof.quest as usize;
                proofs[at] = Some(proof);
            }
        }
        proofs.into_iter().flatten().collect()
    }

    fn play(&self, quests: &[u32], given: Vec<u32>, begun: bool) -> Play<'_> {
        let asked = Asked::read(self.model, self.journal, self.program, &self.done, quests, begun);
        let timed = |quest: &&u32| {
            let limit = self.program.limit(**quest);
            let mut branches = self.program.branches(**quest);
            limit.is_some() || branches.any(|branch| self.program.due(branch, None).is_some())
        };
        Play {
            program: self.program,
            done: &self.done,
            asked,
            quests: quests.to_vec(),
            given,
            begun,
            single_turns: quests.iter().filter(timed).count() > 1,
            seen: RefCell::default(),
        }
    }

    /// Proves the quests of a component, when those before it are proven.
    fn component(&self, component: &Component, before: &[Option<Proof>]) -> Vec<Proof> {
        let verdict = |quest: u32| before.get(quest as usize)?.as_ref().map(|proof| &proof.verdict);
        let given: BTreeSet<u32> = component.after.iter().map(|(needed, _)| *needed).collect();
        let play = self.play(&component.quests, given.iter().copied().collect(), false);
        let search = Search::run(&play, self.limits.states);
        let Seen { endings, .. } = play.seen.take();
        let mut proofs = Vec::new();
        for (at, quest) in component.quests.iter().enumerate() {
            let mut found = match search.judge(&play, at) {
                Found::Always => Verdict::Always,
                Found::Never => Verdict::Never,
                Found::Unknown => Verdict::NotProven(search.states()),
                Found::Lost(state) => Verdict::CanBeLost(self.loss(&play, &search, *quest, state)),
            };
            for (needed, _) in component.after.iter().filter(|(_, asking)| asking == quest) {
                found = through(found, *needed, verdict(*needed));
            }
            let endings = endings.iter().filter(|(of, _)| of == quest).map(|(_, stage)| *stage).collect();
            proofs.push(Proof { quest: *quest, verdict: found, endings });
        }
        proofs
    }

    fn loss(&self, play: &Play<'_>, search: &Search<Step>, quest: u32, state: usize) -> Loss {
        let words = search.state(state);
        let found = play.state(words);
        // What it needs has failed: that is said where it can fail.
        let failed = components::needed_before(self.program, quest)
            .into_iter()
            .find(|needed| found.stands(*needed) == Lifecycle::Failed);
        let how = match (found.stands(quest), failed) {
            (Lifecycle::Failed, _) => How::Failed,
            (Lifecycle::Active | Lifecycle::Complete, _) => How::Stuck,
            (_, Some(needed)) => How::Through(needed),
            _ if play.can_begin(words, quest) => How::Vain,
            _ => How::Shut,
        };
        Loss { given: play.given.clone(), path: search.path(state), how }
    }
}

/// The verdict on a quest that needs another one.
fn through(found: Verdict, needed: u32, other: Option<&Verdict>) -> Verdict {
    match (found, other) {
        (Verdict::Never, _) | (_, Some(Verdict::Never)) => Verdict::Never,
        (Verdict::CanBeLost(loss), _) => Verdict::CanBeLost(loss),
        (_, Some(Verdict::CanBeLost(loss))) => {
            Verdict::CanBeLost(Loss { how: How::Through(needed), ..loss.clone() })
        }
        (Verdict::NotProven(states), _) => Verdict::NotProven(states),
        (Verdict::Always, Some(Verdict::NotProven(states))) => Verdict::NotProven(*states),
        (Verdict::Always, _) => Verdict::Always,
    }
}
