//! What a call has done, in numbers. Generated code makes the game's `Effect` of it.

/// Why a quest has failed.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawCause {
    /// The row of the failure condition that was met.
    Condition(u32),
    /// The game has decided so.
    Game,
}

/// What has happened. Numbers are rows.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RawEffect {
    /// A secret quest was found.
    Discovered { quest: u32 },
    /// A quest was begun.
    Started { quest: u32 },
    /// A stage was entered.
    StageEntered { stage: u32 },
    /// A secret objective was found.
    Revealed { objective: u32 },
    /// An objective is further than before.
    Progress { objective: u32, current: u32, required: u32 },
    /// An objective is done; `via` is the one that was done for it.
    ObjectiveComplete { objective: u32, via: Option<u32> },
    /// A stage is over.
    StageComplete { stage: u32 },
    /// The world does this, since a stage is over.
    Action { action: u32, stage: u32, run: u32, entered: u32 },
    /// A branch was taken.
    Branch { branch: u32, to: u32 },
    /// All is done.
    Complete { quest: u32 },
    /// A quest has failed.
    Failed { quest: u32, cause: RawCause },
    /// What that costs.
    Consequence { consequence: u32, quest: u32, run: u32 },
    /// A quest cannot be taken any more.
    Locked { quest: u32 },
    /// The player gets this.
    Reward { reward: u32, quest: u32, run: u32 },
    /// The player will get this later.
    Held { reward: u32 },
    /// A quest was turned in.
    TurnedIn { quest: u32 },
    /// A quest can be done anew.
    Reset { quest: u32 },
}
