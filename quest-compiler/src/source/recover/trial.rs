//! Choosing the repair after which most of the file can be read.
//!
//! Candidates come in, one of them goes out. All are tried, each a little further than before, until one is left or all reach the same
//! state. Of those that get equally far, the one wins that agrees best with the indentation, then the one that costs least. This module
//! must not know which repairs there are, or their messages.

use super::grammar::Brackets;
use super::lex::{Token, TokenKind, lex};
use super::repair::Repair;
use super::{Expect, Recovery, State};

/// The first trials go this many bytes beyond the mistake.
const FIRST: usize = 200;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum TrialStatus {
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
    status: TrialStatus,
}

impl Trial {
    fn new(reader: &Recovery<'_>, repair: Repair) -> Self {
        let state = reader.state_before(repair.keep);
        Self { state, fed: 0, replayed: repair.replay, at: repair.resume, status: TrialStatus::Alive, repair }
    }

    /// Goes on up to the byte `until`.
    fn advance(&mut self, reader: &Recovery<'_>, brackets: &mut Brackets, until: usize) {
        while self.status == TrialStatus::Alive {
            let token = self.next(reader);
            if token.start() >= until && token.kind != TokenKind::End {
                return;
            }
            if token.kind == TokenKind::End {
                let done = self.state.expect == Expect::End;
                self.status = if done { TrialStatus::Done } else { TrialStatus::Died(token.start()) };
                return;
            }
            // The places of brackets among the tokens are of no interest here.
            match brackets.step(self.state, &token, 0) {
                Some(state) => self.state = state,
                None => self.status = TrialStatus::Died(token.start()),
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

    fn next(&self, reader: &Recovery<'_>) -> Token {
        match (self.repair.feed.get(self.fed), reader.entries.get(self.replayed)) {
            (Some(token), _) => *token,
            (None, Some(entry)) => entry.token,
            (None, None) => lex(reader.text, self.at),
        }
    }

    /// Smaller is better.
    fn rank(&self) -> (std::cmp::Reverse<TrialStatus>, u32, u32) {
        (std::cmp::Reverse(self.status), self.state.crooked, self.repair.cost)
    }
}

/// The best repair, and the byte that it is known to reach; `None` if none gets past the mistake at the byte `mistake`.
pub(super) fn choose(
    reader: &Recovery<'_>,
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
        trials.retain(|trial| !matches!(trial.status, TrialStatus::Died(at) if at <= mistake));
        trials.sort_by_key(Trial::rank);
        // What cannot get as far as the best is wrong.
        let best = trials.first()?.status;
        trials.retain(|trial| trial.status == best);
        // Of those that come to the same, the first is the best.
        let mut kept: Vec<Trial> = Vec::new();
        for trial in trials {
            if !kept.iter().any(|other| other.at == trial.at && brackets.alike(other.state, trial.state)) {
                kept.push(trial);
            }
        }
        if best != TrialStatus::Alive || kept.len() == 1 {
            brackets.truncate(known);
            let reached = match best {
                TrialStatus::Died(at) => at,
                TrialStatus::Alive => until,
                TrialStatus::Done => reader.text.len(),
            };
            return kept.into_iter().next().map(|trial| (trial.repair, reached));
        }
        trials = kept;
        ahead = ahead.saturating_mul(4);
    }
}
