//! What has happened, in the words of the log (Quest Schema §15).

use core::fmt;

use super::effect::{RawCause, RawEffect};
use super::program::Program;

/// How important a line of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum LogLevel {
    /// For those who look for a mistake.
    Debug,
    /// What a player would tell.
    Info,
    /// A quest came to a bad end.
    Warn,
}

/// A line of the log: [`Display`](fmt::Display) writes its text.
#[derive(Clone, Copy)]
pub struct LogLine {
    level: LogLevel,
    effect: RawEffect,
    program: &'static Program,
}

impl LogLine {
    /// The line of an effect, if it has one.
    #[doc(hidden)]
    #[must_use]
    pub fn of(effect: RawEffect, program: &'static Program) -> Option<Self> {
        let level = match effect {
            RawEffect::Started { .. }
            | RawEffect::ObjectiveComplete { .. }
            | RawEffect::StageComplete { .. }
            | RawEffect::Complete { .. }
            | RawEffect::Reward { .. } => LogLevel::Info,
            RawEffect::Progress { .. } | RawEffect::Branch { .. } => LogLevel::Debug,
            RawEffect::Failed { .. } => LogLevel::Warn,
            _ => return None,
        };
        Some(Self { level, effect, program })
    }

    /// How important it is.
    #[must_use]
    pub const fn level(&self) -> LogLevel {
        self.level
    }
}

impl fmt::Debug for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {self}", self.level)
    }
}

impl fmt::Display for LogLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let program = self.program;
        let quest = |quest| program.quest_names(quest).1;
        let objective = |objective| program.objective_names(objective).1;
        match self.effect {
            RawEffect::Started { quest: row } => write!(f, "Quest started: {}", quest(row)),
            RawEffect::Progress { objective: row, current, required } => {
                write!(f, "Objective progress: {} ({current}/{required})", objective(row))
            }
            RawEffect::ObjectiveComplete { objective: row, .. } => {
                write!(f, "Objective complete: {}", objective(row))
            }
            RawEffect::StageComplete { stage } => {
                write!(f, "Stage complete: {}", program.stage_names(stage).1)
            }
            RawEffect::Complete { quest: row } => write!(f, "Quest complete: {}", quest(row)),
            RawEffect::Failed { quest: row, cause } => {
                let why = match cause {
                    RawCause::Condition(failure) => program.failure_name(failure),
                    RawCause::Game => "the game decided so",
                };
                write!(f, "Quest failed: {} - {why}", quest(row))
            }
            RawEffect::Branch { branch, to } => {
                let (branch, to) = (program.branch_id(branch), program.stage_names(to).0);
                write!(f, "Quest branch triggered: {branch} → {to}")
            }
            RawEffect::Reward { reward, .. } => write!(f, "Reward granted: {}", program.reward_name(reward)),
            _ => Ok(()),
        }
    }
}
