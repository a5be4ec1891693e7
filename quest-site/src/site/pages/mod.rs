//! A module for each kind of page.

pub(super) mod listing;
pub(super) mod object;
pub(super) mod overview;
pub(super) mod problems;
pub(super) mod requirements;
pub(super) mod schema;
pub(super) mod search;
pub(super) mod types;
