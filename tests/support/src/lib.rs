//! What the tests of the workspace share.
//!
//! - [`golden`]: compares output with files that are committed, and writes them only on request.
//! - [`suite`]: suites that need something this repository does not contain. Required suites fail instead of being skipped.
//! - [`project`]: a quest project in a temporary folder.

#![allow(clippy::panic, clippy::expect_used, reason = "only tests use this crate, and tests may fail")]

pub mod golden;
pub mod project;
pub mod suite;

pub use golden::{assert_golden, assert_goldens};
pub use project::TempProject;
pub use suite::{Suite, content};

/// The kinds of the Quest Schema whose ids other systems of a game define.
pub const REGISTERED_KINDS: [&str; 17] = [
    "npc",
    "item",
    "enemy",
    "location",
    "faction",
    "object",
    "ability",
    "currency",
    "flag",
    "title",
    "unlock",
    "class",
    "race",
    "codex-entry",
    "dialogue-node",
    "dialogue-choice",
    "event",
];

/// Lines of `[registries]` with which every id of these kinds is accepted.
#[must_use]
pub fn open_registries() -> String {
    REGISTERED_KINDS.iter().map(|kind| format!("{kind} = {{ open = true }}\n")).collect()
}

/// The value of `failure_persistence` for the property tests of a file: what fails is kept in `proptest-regressions/<name>.txt` of the
/// crate, is tried first from then on, and is to be committed.
///
/// Proptest's default works for tests in `src` only.
#[macro_export]
macro_rules! proptest_regressions {
    ($name:literal) => {
        ::core::option::Option::Some(::std::boxed::Box::new(
            ::proptest::test_runner::FileFailurePersistence::Direct(::core::concat!(
                ::core::env!("CARGO_MANIFEST_DIR"),
                "/proptest-regressions/",
                $name,
                ".txt"
            )),
        ))
    };
}
