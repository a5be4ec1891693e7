//! A way in which an object can end.

/// A node in which an object can end, and a way there.
#[derive(Debug)]
pub struct Ending {
    pub node: String,
    /// The nodes from the first to this one, each with why it is entered.
    pub way: Vec<Step>,
}

/// A node on a way.
#[derive(Debug)]
pub struct Step {
    pub node: String,
    pub by: By,
}

/// Why a node is entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// It is the first, or the next.
    Next,
    /// A task is done.
    Task(String),
    /// A branch is taken that something else sets off.
    Branch(String),
}
