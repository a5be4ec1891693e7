//! What pages need beyond the objects: addresses, and what belongs to which page. Computed once, before any page is made.

pub(super) mod entries;
pub(super) mod facets;
pub(super) mod links;
pub(super) mod navigation;
pub(super) mod prerequisites;
pub(super) mod problems;
pub(super) mod references;
pub(super) mod types;
