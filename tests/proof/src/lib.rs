//! Random quests, judged twice: by brute force with an interpreter that was written from `docs/journal.md` alone, and by
//! `questc`. `cargo run --release -p proof -- --sets 1000000` judges a million sets; the tests judge ten thousand.

pub mod batch;
pub mod brute;
pub mod judge;
pub mod model;
pub mod naive;
pub mod random;
