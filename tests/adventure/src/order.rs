//! What actors do when ordered to.

use crate::quests::{ActorId, TaskId, WritId};
use crate::resolve::same;
use core::fmt;

/// A task that an actor does not know, and what to try instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownTask {
    /// Who was asked.
    pub actor: ActorId,
    /// The first task that the player could ask for now.
    pub instead: Option<TaskId>,
}

impl fmt::Display for UnknownTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] cannot do that.", self.actor.title(), self.actor)?;
        match self.instead {
            Some(task) => write!(f, " {}", task.hint()),
            None => Ok(()),
        }
    }
}

impl core::error::Error for UnknownTask {}

/// The task that a player means who orders an actor about.
///
/// # Errors
///
/// The actor has no such task. The message suggests one, but none of which the player cannot know because its writ is not among
/// those that `holds` accepts.
pub fn order(actor: ActorId, task: &str, holds: impl Fn(WritId) -> bool) -> Result<TaskId, UnknownTask> {
    let tasks = actor.tasks();
    if let Some(found) = tasks.iter().find(|known| same(known.id().as_str(), task)) {
        return Ok(found.id());
    }
    let instead = tasks.iter().find(|task| task.needs().is_none_or(|writ| holds(writ.id())));
    Err(UnknownTask { actor, instead: instead.map(|task| task.id()) })
}
