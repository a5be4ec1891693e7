//! The names of one namespace.

use crate::diagnostics::{Diagnostic, code};
use crate::text::Span;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

/// A namespace: each name has one owner.
#[derive(Debug)]
pub(super) struct Scope<T> {
    owners: HashMap<String, T>,
}

impl<T> Default for Scope<T> {
    fn default() -> Self {
        Self { owners: HashMap::new() }
    }
}

impl<T> Scope<T> {
    /// Gives a name to an owner that is known to be free.
    pub(super) fn reserve(&mut self, name: &str, owner: T) {
        self.owners.insert(name.to_owned(), owner);
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.owners.contains_key(name)
    }

    pub(super) fn names(&self) -> HashSet<String> {
        self.owners.keys().cloned().collect()
    }

    /// Gives a name to an owner.
    ///
    /// # Errors
    ///
    /// The name is taken: the collision names both owners.
    pub(super) fn try_reserve(&mut self, name: &str, owner: T) -> Result<(), Collision<'_, T>> {
        match self.owners.entry(name.to_owned()) {
            Entry::Vacant(entry) => {
                entry.insert(owner);
                Ok(())
            }
            Entry::Occupied(entry) => Err(Collision { first: entry.into_mut(), second: owner }),
        }
    }
}

/// Two owners of one name.
#[derive(Debug)]
pub(super) struct Collision<'s, T> {
    pub(super) first: &'s T,
    pub(super) second: T,
}

/// Something in a schema that gets a name.
#[derive(Debug)]
pub(super) struct Owner {
    /// What it is, for messages: ``the enum `Weather` ``.
    pub(super) what: String,
    pub(super) span: Option<Span>,
}

impl Collision<'_, Owner> {
    /// Reports that two things in schemas would have one name.
    pub(super) fn diagnostic(&self, name: &str) -> Diagnostic {
        let (first, second) = (self.first, &self.second);
        let title = format!("{} and {} would both be `{name}` in Rust", second.what, first.what);
        let mut diagnostic = Diagnostic::new(&code::NAME_COLLISION, title);
        for (span, label) in [(second.span, "the second one"), (first.span, "the first one")] {
            if let Some(span) = span {
                diagnostic = diagnostic.label(span, label);
            }
        }
        diagnostic.help("give one of them another name with `x-name`")
    }
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn a_name_has_one_owner() {
        let mut scope = Scope::default();
        assert!(scope.try_reserve("Item", 1).is_ok());
        assert!(scope.try_reserve("Npc", 2).is_ok());
        let collision = scope.try_reserve("Item", 3).expect_err("`Item` is taken");
        assert_eq!((*collision.first, collision.second), (1, 3));
    }
}
