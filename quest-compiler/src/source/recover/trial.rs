//! Which of several repairs is right: the one after which most of the file can be read.
//!
//! Comes in: repairs. Goes out: one of them. All are tried, each a little further than before, until one is left or they come to the
//! same. Of those that get equally far, the one is right with which indentation agrees best, then the one that costs least. This file
//! must not know what repairs there are, or what is said about them.

use super::grammar::Brackets;
use super::lex::{Token, What, lex};
use super::repair::Repair;
use super::{Expect, Reader, State};

/// The first trials go this many bytes beyond the mistake.
const FIRST: usize = 200;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    /// Came to this byte and could not go on.
    Died(usize),
    Alive,
    /// Came to the end of the file.
    Done,
}

struct Trial {
    repair: Repair,
    state: State,
    /// How many of the tokens to be fed and to be replayed were taken.
    fed: usize,
    replayed: usize,
    at: usize,
    fate: Fate,
}

impl Trial {
    fn new(reader: &Reader<'_>, repair: Repair) -> Self {
        let state = reader.state_before(repair.keep);
        Self { state, fed: 0, replayed: repair.replay, at: repair.resume, fate: Fate::Alive, repair }
    }

    /// Goes on up to the byte `until`.
    fn advance(&mut self, reader: &Reader<'_>, brackets: &mut Brackets, until: usize) {
        while self.fate == Fate::Alive {
            let token = self.next(reader);
            if token.start() >= until && token.what != What::End {
                return;
            }
            if token.what == What::End {
                let done = self.state.expect == Expect::End;
                self.fate = if done { Fate::Done } else { Fate::Died(token.start()) };
                return;
            }
            // The places of brackets among the tokens are of no interest here.
            match brackets.step(self.state, &token, 0) {
                Some(state) => self.state = state,
                None => self.fate = Fate::Died(token.start()),
            }
            if self.fed < self.repair.feed.len() {
                self.fed += 1;
            } else if self.replayed < reader.entries.len() {
                self.replayed += 1;
            } else {
                self.at = token.end();
            }
        }
    }

    fn next(&self, reader: &Reader<'_>) -> Token {
        match (self.repair.feed.get(self.fed), reader.entries.get(self.replayed)) {
            (Some(token), _) => *token,
            (None, Some(entry)) => entry.token,
            (None, None) => lex(reader.text, self.at),
        }
    }

    /// Smaller is better.
    fn rank(&self) -> (std::cmp::Reverse<Fate>, u32, u32) {
        (std::cmp::Reverse(self.fate), self.state.crooked, self.repair.cost)
    }
}

/// The best repair, and the byte that it is known to come to; `None` if none leads behind the mistake at the byte `mistake`.
pub(super) fn choose(
    reader: &Reader<'_>,
    brackets: &mut Brackets,
    repairs: Vec<Repair>,
    mistake: usize,
) -> Option<(Repair, usize)> {
    let known = brackets.len();
    let mut trials: Vec<Trial> = repairs.into_iter().map(|repair| Trial::new(reader, repair)).collect();
    let mut ahead = FIRST;
    loop {
        let until = mistake.saturating_add(ahead);
        for trial in &mut trials {
            trial.advance(reader, brackets, until);
        }
        trials.retain(|trial| !matches!(trial.fate, Fate::Died(at) if at <= mistake));
        trials.sort_by_key(Trial::rank);
        // What cannot get as far as the best is wrong.
        let best = trials.first()?.fate;
        trials.retain(|trial| trial.fate == best);
        // Of those that come to the same, the first is the best.
        let mut kept: Vec<Trial> = Vec::new();
        for trial in trials {
            if !kept.iter().any(|other| other.at == trial.at && brackets.alike(other.state, trial.state)) {
                kept.push(trial);
            }
        }
        if best != Fate::Alive || kept.len() == 1 {
            brackets.truncate(known);
            let reached = match best {
                Fate::Died(at) => at,
                Fate::Alive => until,
                Fate::Done => reader.text.len(),
            };
            return kept.into_iter().next().map(|trial| (trial.repair, reached));
        }
        trials = kept;
        ahead = ahead.saturating_mul(4);
    }
}
