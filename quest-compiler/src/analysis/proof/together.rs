//! Proves the quests of one component together, when those before it are proven.
//!
//! What is needed counts as turned in first. That is not so for everybody: a quest before them can be lost, and some players can never
//! turn it in, since it asks for what they are not, such as a class. Both can take what another quest of the component asks for.

use super::components::Component;
use super::search::{Found, Search};
use super::{Cause, How, Loss, Proof, Prover, Seen, Verdict, through};
use std::collections::BTreeSet;

/// Of so many quests that can be lost it is looked at one by one what else is lost with them.
const MOST_LOST: usize = 8;

/// The most players that are told apart by what they are.
const MOST_PLAYERS: usize = 64;

/// What a player is for good, such as a class: kinds, and the one of each that it is.
pub(super) type Player = Vec<(u8, Option<u32>)>;

/// Under which circumstances quests are looked at.
#[derive(Clone, Copy)]
struct Circumstances<'c> {
    component: &'c Component,
    before: &'c [Option<Proof>],
    reduced: bool,
    /// Only these players; `None` for all.
    whom: Option<&'c Player>,
}

/// What was found out about a quest.
struct Judged {
    proof: Proof,
    /// Who can turn it in.
    can: BTreeSet<Player>,
    /// Who can never do so.
    cannot: BTreeSet<Player>,
}

impl Judged {
    fn is_always(&self) -> bool {
        matches!(self.proof.verdict, Verdict::Always)
    }
}

impl Component {
    /// Whoever cannot turn in what a quest needs cannot turn it in either.
    pub(super) fn bar_with_needed(&self, barred: &mut [Vec<Player>]) {
        let needed = || self.after.iter().chain(&self.inner);
        if needed().all(|(_, needed)| barred[*needed as usize].is_empty()) {
            return;
        }
        loop {
            let mut more = false;
            for (asking, needed) in needed() {
                for player in barred[*needed as usize].clone() {
                    let own = &mut barred[*asking as usize];
                    if !own.contains(&player) && own.len() < MOST_PLAYERS {
                        own.push(player);
                        more = true;
                    }
                }
            }
            if !more {
                return;
            }
        }
    }
}

impl Prover<'_> {
    /// Proves the quests of a component. `barred` says of each quest who can never turn it in, and is told that of these.
    pub(super) fn together(
        &self,
        component: &Component,
        before: &[Option<Proof>],
        barred: &mut [Vec<Player>],
        reduced: bool,
    ) -> Vec<Proof> {
        let all = Circumstances { component, before, reduced, whom: None };
        let mut judged = self.under(&all, &BTreeSet::new());
        for player in others(component, barred) {
            let lost = |needed: &u32| barred[*needed as usize].iter().any(|other| is_part(other, &player));
            let lost: BTreeSet<u32> = component.needed().into_iter().filter(lost).collect();
            let circumstances = Circumstances { whom: Some(&player), ..all };
            if component.quests.len() < 2 || lost.is_empty() {
                continue;
            }
            for (own, theirs) in judged.iter_mut().zip(self.under(&circumstances, &lost)) {
                match theirs.proof.verdict {
                    Verdict::Never(_) => {
                        own.cannot.insert(player.clone());
                    }
                    Verdict::Always => {}
                    worse if own.is_always() => own.proof.verdict = worse,
                    _ => {}
                }
            }
        }
        for Judged { proof, cannot, .. } in &judged {
            barred[proof.quest as usize].extend(cannot.iter().filter(|player| !player.is_empty()).cloned());
        }
        judged.into_iter().map(|judged| judged.proof).collect()
    }

    /// Proves the quests of a component for those to whom some of what it needs is closed.
    fn under(&self, circumstances: &Circumstances<'_>, closed: &BTreeSet<u32>) -> Vec<Judged> {
        let Circumstances { component, before, .. } = *circumstances;
        let needed = || component.needed().into_iter().filter(|quest| !closed.contains(quest));
        let mut judged = self.given(circumstances, needed().collect());
        // That a quest before them is lost can take what another of them gives.
        let can_worsen = |judged: &[Judged]| judged.iter().any(Judged::is_always);
        let mut open = Vec::new();
        if component.quests.len() > 1 && can_worsen(&judged) {
            open = component.open(before);
            open.retain(|(quest, _)| !closed.contains(quest));
        }
        let without = |judged: &mut Vec<Judged>, lost: &[u32], verdict: &dyn Fn(&Verdict) -> Verdict| {
            let others = self.given(circumstances, needed().filter(|quest| !lost.contains(quest)).collect());
            for (own, other) in judged.iter_mut().zip(others).filter(|(own, _)| own.is_always()) {
                let is_left = |player: &Player| other.can.iter().any(|other| agree(player, other));
                if !other.is_always() {
                    own.proof.verdict = verdict(&other.proof.verdict);
                } else if !own.can.iter().all(is_left) {
                    // Others still can, but not these players.
                    own.proof.verdict = verdict(&Verdict::Never(Cause::Needs));
                }
            }
        };
        for (needed, verdict) in open.iter().take(MOST_LOST) {
            if !can_worsen(&judged) {
                return judged;
            }
            without(&mut judged, &[*needed], &|own| match verdict {
                Verdict::CanBeLost(loss) if !matches!(own, Verdict::NotProven(_)) => {
                    Verdict::CanBeLost(Loss { how: How::Through(*needed), ..loss.clone() })
                }
                _ => Verdict::NotProven(self.limits.states),
            });
        }
        if open.len() > 1 {
            let all: Vec<u32> = open.iter().map(|(needed, _)| *needed).collect();
            without(&mut judged, &all, &|_| Verdict::NotProven(self.limits.states));
        }
        judged
    }

    /// Proves the quests of a component if these before it are turned in, for some players or all.
    fn given(&self, circumstances: &Circumstances<'_>, given: BTreeSet<u32>) -> Vec<Judged> {
        let Circumstances { component, before, whom, .. } = *circumstances;
        let mut play = self.play(&component.quests, given.into_iter().collect(), false);
        play.reduced = circumstances.reduced;
        let search = Search::run(&play, self.limits.states);
        let Seen { endings, objectives, .. } = play.seen.take();
        let mut all = Vec::new();
        for (at, quest) in component.quests.iter().enumerate() {
            let is_meant =
                |state: usize| whom.is_none_or(|whom| agree(whom, &play.player(search.state(state))));
            let verdict = search.judge(&play, at, &is_meant);
            let players =
                |roots: Vec<usize>| roots.into_iter().map(|root| play.player(search.state(root))).collect();
            let mut found = match verdict.found {
                Found::Always => Verdict::Always,
                Found::Never => Verdict::Never(self.cause(&play, &search, *quest, &objectives)),
                Found::Unknown => Verdict::NotProven(search.states()),
                Found::Lost(state) => {
                    Verdict::CanBeLost(self.loss(&play, &search, component, (*quest, state)))
                }
            };
            found = through(found, component.needed_by(*quest), before);
            let seen = endings.iter().filter(|(of, _)| of == quest && !matches!(found, Verdict::Never(_)));
            let endings = seen.map(|(_, stage)| *stage).collect();
            let proof = Proof { quest: *quest, verdict: found, endings };
            all.push(Judged { proof, can: players(verdict.can), cannot: players(verdict.cannot) });
        }
        all
    }
}

/// The players to whom something is closed that a component needs, alone and two of them in one.
fn others(component: &Component, barred: &[Vec<Player>]) -> BTreeSet<Player> {
    let needed = component.needed();
    let single: BTreeSet<&Player> = needed.iter().flat_map(|needed| &barred[*needed as usize]).collect();
    let mut all: BTreeSet<Player> = single.iter().copied().cloned().collect();
    for (at, one) in single.iter().enumerate() {
        for other in single.iter().take(at).filter(|other| agree(one, other)) {
            let mut both: Player = one.iter().chain(other.iter()).copied().collect();
            both.sort_unstable();
            both.dedup();
            all.insert(both);
        }
    }
    all.into_iter().take(MOST_PLAYERS).collect()
}

/// Whether two may be one player: they do not differ in what is known of both.
fn agree(one: &Player, other: &Player) -> bool {
    one.iter().all(|(kind, is)| other.iter().all(|(known, other)| known != kind || other == is))
}

/// Whether all that is known of one is known of the other as well.
fn is_part(one: &Player, other: &Player) -> bool {
    one.iter().all(|is| other.contains(is))
}
