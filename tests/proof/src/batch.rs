//! Sets that are one content: made, judged twice and counted.

use crate::brute::{self, Judgement, Verdict};
use crate::judge::Said;
use crate::model::{Set, quests};
use crate::{judge, random};
use quest_compiler::analysis::ProvedAs;
use serde_json::{Value, json};
use std::path::Path;

/// The sets of a batch.
pub const SETS: usize = 250;

/// Random sets, each with what brute force says. The same number gives the same sets.
#[derive(Debug)]
pub struct Batch {
    /// The sets.
    pub sets: Vec<Set>,
    /// What is true of each.
    pub judgements: Vec<Judgement>,
    /// Sets that were left out, since they have more states than wanted.
    pub left_out: u64,
}

impl Batch {
    /// Makes the sets of a number. Those with more than `most` states are left out.
    #[must_use]
    pub fn new(number: u64, most: usize) -> Self {
        let mut rng = fastrand::Rng::with_seed(number);
        let mut batch = Self { sets: Vec::new(), judgements: Vec::new(), left_out: 0 };
        while batch.sets.len() < SETS {
            let set = random::set(&mut rng);
            match brute::judge(&set, most) {
                Some(judgement) => {
                    batch.sets.push(set);
                    batch.judgements.push(judgement);
                }
                None => batch.left_out += 1,
            }
        }
        batch
    }

    /// Asks the compiler, and counts. The files are written to a folder.
    ///
    /// # Errors
    ///
    /// The files cannot be written, or the compiler cannot read them.
    pub fn compare(&self, folder: &Path) -> Result<(Vec<Vec<Said>>, Tally), String> {
        let all = judge::judge(&self.sets, folder)?;
        let mut tally = Tally { sets: self.sets.len() as u64, left_out: self.left_out, ..Tally::default() };
        for ((set, judgement), proved) in self.sets.iter().zip(&self.judgements).zip(&all) {
            tally.states += judgement.states as u64;
            for (at, one) in proved.iter().enumerate() {
                tally.count(&judgement.verdicts[at], one);
                if let Some(difference) = judge::difference(set, at, judgement, one) {
                    tally.different.push(format!("{difference}\n{}", Value::from(quests(set, ""))));
                }
            }
        }
        Ok((all, tally))
    }
}

/// What came of some batches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Sets that were judged.
    pub sets: u64,
    /// Sets with too many states.
    pub left_out: u64,
    /// States of all sets.
    pub states: u64,
    /// Quests that can always be turned in.
    pub always: u64,
    /// Quests that can be lost.
    pub lost: u64,
    /// Quests that can never be turned in.
    pub never: u64,
    /// Quests of which the compiler says that nothing is proven.
    pub unproven: u64,
    /// Quests of which brute force and the compiler do not say the same.
    pub different: Vec<String>,
}

impl Tally {
    fn count(&mut self, verdict: &Verdict, said: &Said) {
        match verdict {
            Verdict::Always => self.always += 1,
            Verdict::Losable(_) => self.lost += 1,
            Verdict::Never => self.never += 1,
        }
        self.unproven += u64::from(said.proved.verdict == ProvedAs::NotProven);
    }

    /// Quests that were judged.
    #[must_use]
    pub fn quests(&self) -> u64 {
        self.always + self.lost + self.never
    }

    /// Adds what came of other batches.
    pub fn add(&mut self, other: Self) {
        self.sets += other.sets;
        self.left_out += other.left_out;
        self.states += other.states;
        self.always += other.always;
        self.lost += other.lost;
        self.never += other.never;
        self.unproven += other.unproven;
        self.different.extend(other.different);
    }

    /// One line that [`read`](Self::read) reads.
    #[must_use]
    pub fn line(&self) -> String {
        json!({
            "sets": self.sets, "left_out": self.left_out, "states": self.states, "always": self.always,
            "lost": self.lost, "never": self.never, "unproven": self.unproven, "different": self.different,
        })
        .to_string()
    }

    /// Reads the line of another process.
    #[must_use]
    pub fn read(line: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(line).ok()?;
        let number = |name: &str| value[name].as_u64();
        Some(Self {
            sets: number("sets")?,
            left_out: number("left_out")?,
            states: number("states")?,
            always: number("always")?,
            lost: number("lost")?,
            never: number("never")?,
            unproven: number("unproven")?,
            different: value["different"]
                .as_array()?
                .iter()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
        })
    }
}

impl std::fmt::Display for Tally {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = |part: u64| 100.0 * part as f64 / self.quests().max(1) as f64;
        write!(
            f,
            "{} sets of {} quests: {:.1} % always, {:.1} % can be lost, {:.1} % never; {} not proven, {} different",
            self.sets,
            self.quests(),
            percent(self.always),
            percent(self.lost),
            percent(self.never),
            self.unproven,
            self.different.len()
        )
    }
}
