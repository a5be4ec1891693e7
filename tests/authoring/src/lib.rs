//! The types of the quest schema, for the tests.

#[expect(
    missing_docs,
    clippy::derivable_impls,
    clippy::unwrap_used,
    reason = "generated: typify documents types and not their methods, and compiles patterns that were checked"
)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/authoring.rs"));
}

pub use generated::*;
