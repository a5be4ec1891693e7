//! Sets of positions in a list, such as the nodes of a graph: what has a number needs no set that hashes.

/// Some positions in a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Positions(Vec<bool>);

impl Positions {
    pub(crate) fn contains(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or_default()
    }

    /// Whether it was not among them yet.
    pub(crate) fn insert(&mut self, at: usize) -> bool {
        if at >= self.0.len() {
            self.0.resize(at + 1, false);
        }
        !std::mem::replace(&mut self.0[at], true)
    }

    pub(crate) fn remove(&mut self, at: usize) {
        if let Some(there) = self.0.get_mut(at) {
            *there = false;
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        !self.0.contains(&true)
    }

    /// From the first to the last.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> {
        (0..self.0.len()).filter(|at| self.0[*at])
    }
}
