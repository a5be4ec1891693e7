//! Nothing but the tests uses this crate.
#![forbid(unsafe_code)]
