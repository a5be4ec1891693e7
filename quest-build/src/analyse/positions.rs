//! Sets of positions in a list, such as the nodes of a graph.

/// Some positions in a list.
#[derive(Clone, Debug, Default)]
pub(super) struct Positions(Vec<bool>);

impl Positions {
    pub(super) fn contains(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or_default()
    }

    /// Whether it was not among them yet.
    pub(super) fn insert(&mut self, at: usize) -> bool {
        if at >= self.0.len() {
            self.0.resize(at + 1, false);
        }
        !std::mem::replace(&mut self.0[at], true)
    }

    pub(super) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// From the first to the last.
    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        (0..self.0.len()).filter(|at| self.0[*at])
    }
}
