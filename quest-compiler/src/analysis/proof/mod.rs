//! Can every quest be finished, whatever the player does? The states are those of the journal, and so are the moves: what is
//! proven is proven of the program that a game plays (`docs/proof.md`).
//!
//! Comes in: the program, and what the schema says of facts. Goes out: a verdict for each quest with the way that led to it.
//! `outline` sees which quests need no search, `facts` knows what conditions ask for and what content changes, `components` which quests belong together, `machine` plays,
//! `search` looks at all states.

mod alone;
mod assertions;
mod components;
mod facts;
mod impossible;
mod machine;
mod never;
mod outline;
mod plain;
mod report;
mod scripts;
mod search;
mod together;
mod ways;
mod words;

pub use scripts::{Script, Scripts};

use crate::check::Resolved;
use crate::lower::{Reader, playable};
use crate::play::Words;
use crate::project::ProofLimits;
use crate::schema::{Flow, Journal, Model, RecordId};
use components::Component;
use facts::{Asked, Done, Kinds, asked};
use impossible::Cause;
use machine::{Call, Known, Play, Seen, Step};
use outline::{Sketch, outline};
use quest_types::journal::{Lifecycle, Program};
use search::Search;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use together::Player;

/// Quests that only have to be turned in one after the other are looked at together up to this number.
const TOGETHER: usize = 6;

/// For each state that may be looked at, so many moves are tried.
const TRIES: usize = 32;

/// What is known of a quest.
#[derive(Clone, Debug)]
pub(crate) enum Verdict {
    /// From every state it can still be turned in.
    Always,
    /// It can be lost.
    CanBeLost(Loss),
    /// It can never be turned in.
    Never(Cause),
    /// There are more states than may be looked at. How many were.
    NotProven(usize),
}

/// Who can turn in a quest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum For {
    /// Everybody whom its prerequisites, and those of the quests before it, allow.
    All,
    /// Perhaps only some classes: what it needs can come from a quest that asks for one.
    Some,
    /// It asks for a class, and needs quests that perhaps only another can turn in.
    Unknown,
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

impl Loss {
    /// Whether this way is shorter than another from the beginning.
    fn is_shorter_than(&self, other: &Self) -> bool {
        self.given.is_empty() && other.given.is_empty() && self.path.len() < other.path.len()
    }
}

/// What became of a quest that is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    pub(crate) read: Reader<'p, 'p, 'p>,
    pub(crate) limits: &'p ProofLimits,
    /// What is seen of each quest without a program.
    outline: Vec<Sketch>,
    /// The program of the quests that have to be played.
    pub(crate) program: &'static Program,
    /// Which quests the program has.
    played: Vec<bool>,
    /// Which need several of which one can rule out the other.
    several: Vec<bool>,
    done: Done,
    kinds: Kinds,
    words: OnceLock<Words>,
}

impl<'p> Prover<'p> {
    /// Looks at all quests, and makes the program of those that have to be played to know what can happen in them. `None` if
    /// they are too many for a program, which is reported where all are written.
    pub fn new(
        model: &'p Model,
        journal: &'p Journal,
        resolved: &'p Resolved<'p>,
        limits: &'p ProofLimits,
    ) -> Option<Self> {
        let read = Reader { model, journal, resolved };
        let outline = outline(read);
        let alone: Vec<bool> = outline.iter().map(|sketch| sketch.ending.is_none()).collect();
        let program = playable(read, &alone).ok()?;
        let asked = asked(program, &alone);
        let done = Done::read(model, journal, resolved, &asked);
        let kinds = Kinds::read(model, journal);
        let mut prover = Self {
            read,
            limits,
            outline,
            program,
            played: alone,
            several: Vec::new(),
            done,
            kinds,
            words: OnceLock::new(),
        };
        // What is known of more quests can tie still more to them.
        loop {
            let (with_others, several) = prover.with_others();
            if with_others == prover.played {
                prover.several = several;
                return Some(prover);
            }
            prover.program = playable(read, &with_others).ok()?;
            prover.played = with_others;
        }
    }

    /// The same with the program of all quests, also of those that need not be played to prove that they can be finished.
    pub fn whole(
        model: &'p Model,
        journal: &'p Journal,
        resolved: &'p Resolved<'p>,
        limits: &'p ProofLimits,
    ) -> Option<Self> {
        let read = Reader { model, journal, resolved };
        let outline = outline(read);
        let played = vec![true; outline.len()];
        let program = playable(read, &played).ok()?;
        let done = Done::read(model, journal, resolved, &asked(program, &played));
        let kinds = Kinds::read(model, journal);
        let words = OnceLock::new();
        let mut prover =
            Self { read, limits, outline, program, played, several: Vec::new(), done, kinds, words };
        prover.several = prover.with_others().1;
        Some(prover)
    }

    /// What is known of all quests if each is played in all ways, those as well that need no search, and every state is looked
    /// at that can be reached: slow, to compare with.
    pub fn proved_without_reductions(&self) -> Option<Vec<Proved>> {
        let Reader { model, journal, resolved } = self.read;
        let mut all = Self::whole(model, journal, resolved, self.limits)?;
        all.outline.iter_mut().for_each(|sketch| *sketch = Sketch::default());
        Some(all.all(false).iter().map(|proof| all.in_words(proof)).collect())
    }

    /// Whether the objects of a flow are those that the journal plays.
    pub(crate) fn plays(&self, flow: &Flow) -> bool {
        let Reader { model, journal, .. } = self.read;
        model.flows.get(journal.flow).is_some_and(|own| std::ptr::eq(own, flow))
    }

    /// Whether nothing in the flow of a quest depends on anything but its objectives.
    pub(in crate::analysis) fn is_plain(&self, quest: u32) -> bool {
        let is_played = || self.played.get(quest as usize) == Some(&true);
        self.outline.get(quest as usize).is_some_and(|sketch| {
            sketch.plain_flow || (sketch.chain && is_played() && self.has_plain_flow(quest))
        })
    }

    fn is_played(&self, quest: u32) -> bool {
        self.played.get(quest as usize) == Some(&true)
    }

    /// Whether a quest needs several of which one can rule out the other.
    fn needs_several(&self, quest: u32) -> bool {
        self.several.get(quest as usize) == Some(&true)
    }

    fn quest_record(&self) -> RecordId {
        self.read.model.flows[self.read.journal.flow].record
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::new(self.read.model, self.read.journal))
    }

    /// Proves all quests, in content order. `reduced` is to look only once at what makes the same difference.
    pub(crate) fn all(&self, reduced: bool) -> Vec<Proof> {
        self.all_together(TOGETHER, reduced)
    }

    /// The same where quests are looked at together only if they must be, as if they were many: to compare with.
    pub fn proved_apart(&self) -> Vec<Proved> {
        self.all_together(0, true).iter().map(|proof| self.in_words(proof)).collect()
    }

    fn all_together(&self, together: usize, reduced: bool) -> Vec<Proof> {
        let mut proofs: Vec<Option<Proof>> = self.outline.iter().map(|_| None).collect();
        for quest in self.in_circles() {
            proofs[quest as usize] =
                Some(Proof { quest, verdict: Verdict::Never(Cause::Needs), endings: Vec::new() });
        }
        let mut components = self.components(together);
        let mut of_quest = vec![0; self.outline.len()];
        let mut for_some = BTreeSet::new();
        let mut barred: Vec<Vec<Player>> = vec![Vec::new(); self.outline.len()];
        for at in 0..components.len() {
            let component = &mut components[at];
            component.quests.iter().for_each(|quest| of_quest[*quest as usize] = at);
            for quest in component.leave_out_never(&proofs) {
                proofs[quest as usize] =
                    Some(Proof { quest, verdict: Verdict::Never(Cause::Needs), endings: Vec::new() });
            }
            let component = &components[at];
            if component.quests.is_empty() {
                continue;
            }
            let plainly = if reduced { self.plainly(component, &proofs) } else { None };
            let joined =
                plainly.is_none().then(|| component.joined(&components, &of_quest, &proofs)).flatten();
            let joined = joined.filter(|joined| joined.quests.iter().all(|quest| self.is_played(*quest)));
            let searched = joined.as_ref().unwrap_or(component);
            let found = plainly.unwrap_or_else(|| self.together(searched, &proofs, &mut barred, reduced));
            component.bar_with_needed(&mut barred);
            let for_whom = self.for_whom(searched, &for_some);
            for mut proof in found.into_iter().filter(|proof| component.quests.contains(&proof.quest)) {
                match for_whom {
                    For::All => {}
                    For::Some => {
                        for_some.insert(proof.quest);
                    }
                    For::Unknown if matches!(proof.verdict, Verdict::Never(_)) => {}
                    For::Unknown => proof.verdict = Verdict::NotProven(self.limits.states),
                }
                let at = proof.quest as usize;
                proofs[at] = Some(proof);
            }
        }
        proofs.into_iter().flatten().collect()
    }

    /// Who can turn in the quests of a component, as far as their prerequisites do not say it; `for_some` are quests before it
    /// that only some can.
    fn for_whom(&self, component: &Component, for_some: &BTreeSet<u32>) -> For {
        let asks = component.quests.iter().any(|quest| self.is_played(*quest) && self.asks_who(*quest));
        let needed = component.needed().into_iter().filter(|quest| for_some.contains(quest)).count();
        match (needed, asks) {
            (0, true) if component.quests.len() > 1 => For::Some,
            (0, _) => For::All,
            (1, false) => For::Some,
            _ => For::Unknown,
        }
    }

    fn play(&self, quests: &[u32], given: Vec<u32>, begun: bool) -> Play<'_> {
        let inherited = if begun { BTreeMap::new() } else { self.inherited(quests, &given) };
        let asked = Asked::read(&self.kinds, self.program, &self.done, quests, &inherited, begun);
        let timed = |quest: &&u32| {
            let limit = self.program.limit(**quest);
            let mut branches = self.program.branches(**quest);
            limit.is_some() || branches.any(|branch| self.program.due(branch, None).is_some())
        };
        Play {
            program: self.program,
            done: &self.done,
            asked,
            inherited,
            quests: quests.to_vec(),
            given,
            begun,
            single_turns: quests.iter().filter(timed).count() > 1,
            seen: RefCell::default(),
            left: Cell::default(),
            tries: self.limits.states.saturating_mul(TRIES),
            reduced: true,
            later: RefCell::default(),
        }
    }

    /// What became of a quest in a state in which it is lost.
    fn how(&self, play: &Play<'_>, words: &[u32], quest: u32) -> How {
        let found = play.state(words);
        // What it needs has failed: that is said where it can fail.
        let failed = self
            .needed_before(quest)
            .into_iter()
            .find(|needed| found.stands(*needed) == Lifecycle::Failed && !play.given.contains(needed));
        match (found.stands(quest), failed) {
            (Lifecycle::Failed, _) => How::Failed,
            (Lifecycle::Active | Lifecycle::Complete, _) => How::Stuck,
            (_, Some(needed)) => How::Through(needed),
            _ if play.can_begin(words, quest) => How::Vain,
            _ => How::Shut,
        }
    }

    fn loss(
        &self,
        play: &Play<'_>,
        search: &Search<Step>,
        component: &Component,
        lost: (u32, usize),
    ) -> Loss {
        let (quest, state) = lost;
        let how = self.how(play, search.state(state), quest);
        let path = search.path(state);
        if component.before.is_empty() {
            return Loss { given: play.given.clone(), path, how };
        }
        let before = component.before.iter().flat_map(|quest| self.way_through(*quest));
        Loss { given: Vec::new(), path: before.chain(path).collect(), how }
    }
}

/// The verdict on a quest that needs others.
fn through(own: Verdict, needed: impl Iterator<Item = u32>, proofs: &[Option<Proof>]) -> Verdict {
    let (mut never, mut lost, mut unknown) = (false, None::<(u32, &Loss)>, None);
    for other in needed {
        let proof = proofs.get(other as usize).and_then(Option::as_ref);
        match proof.map(|proof| &proof.verdict) {
            Some(Verdict::Never(_)) => never = true,
            Some(Verdict::CanBeLost(loss)) => {
                if lost.is_none_or(|(_, known)| loss.path.len() < known.path.len()) {
                    lost = Some((other, loss));
                }
            }
            Some(Verdict::NotProven(states)) => unknown = Some(*states),
            Some(Verdict::Always) | None => {}
        }
    }
    match (own, lost, unknown) {
        (own @ Verdict::Never(_), ..) => own,
        _ if never => Verdict::Never(Cause::Needs),
        (Verdict::CanBeLost(own), lost, _) if lost.is_none_or(|(_, lost)| !lost.is_shorter_than(&own)) => {
            Verdict::CanBeLost(own)
        }
        (_, Some((other, loss)), _) => Verdict::CanBeLost(Loss { how: How::Through(other), ..loss.clone() }),
        (Verdict::Always, None, Some(states)) => Verdict::NotProven(states),
        (own, ..) => own,
    }
}
