//! What both databases have in common: their tables, and who may have a lease.

use crate::StoreError;

/// What each version of the tables adds to the one before. A statement that was released is never changed.
pub(crate) struct Migrations(pub(crate) &'static [&'static str]);

impl Migrations {
    /// The statements that bring tables of a version up to date.
    pub(crate) fn since(&self, found: i64) -> Result<&'static [&'static str], StoreError> {
        let known = self.0.len() as i64;
        let rest = usize::try_from(found).ok().and_then(|found| self.0.get(found..));
        rest.ok_or(StoreError::Schema { found, known })
    }

    pub(crate) fn newest(&self) -> i64 {
        self.0.len() as i64
    }
}

/// No lease lasts longer, in milliseconds. One that ends later was given by a clock that was wrong.
pub(crate) const LONGEST: i64 = 24 * 60 * 60 * 1_000;

/// The milliseconds of a lease.
pub(crate) fn milliseconds(lasts: std::time::Duration) -> i64 {
    i64::try_from(lasts.as_millis()).unwrap_or(LONGEST).min(LONGEST)
}

/// Whether a server may claim a player that another has held until some moment.
pub(crate) fn is_free(held_by: Option<&str>, until: i64, now: i64, claims: &str) -> bool {
    // A clock that has jumped back would keep the player for ever.
    held_by.is_none_or(|holder| holder == claims) || until <= now || until.saturating_sub(now) > LONGEST
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, is_free};

    #[test]
    fn leases_end() {
        assert!(is_free(None, 0, 0, "a"));
        assert!(!is_free(Some("b"), 10, 9, "a"));
        assert!(is_free(Some("b"), 10, 10, "a"));
        assert!(is_free(Some("a"), 10, 9, "a"));
        // Clocks that jump forward and back.
        assert!(is_free(Some("b"), 10, i64::MAX, "a"));
        assert!(is_free(Some("b"), LONGEST + 11, 10, "a"));
        assert!(!is_free(Some("b"), LONGEST + 10, 10, "a"));
    }
}
