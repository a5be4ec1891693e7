//! `[proof]`: how far the proof of quests goes, and which of them must always stay finishable.

use super::assertions::Assertion;
use super::{ManifestReader, a};
use crate::project::located::Located;
use toml_span::value::Table;

/// What the manifest says about the proof.
#[derive(Debug)]
pub struct ProofLimits {
    /// At most so many states of quests that belong together are looked at.
    pub states: usize,
    /// Ids of quests that nothing may make impossible, failures included.
    pub always: Vec<Located>,
    /// What must be true of quests.
    pub assertions: Vec<Assertion>,
}

impl Default for ProofLimits {
    fn default() -> Self {
        Self { states: 50_000, always: Vec::new(), assertions: Vec::new() }
    }
}

/// The most states that can be asked for: numbers of states have 32 bits.
const MOST_STATES: i64 = 1_000_000_000;

impl ManifestReader<'_> {
    pub(super) fn proof(&mut self, root: &Table<'_>) -> ProofLimits {
        let mut limits = ProofLimits::default();
        let Some(table) = self.section(root, "proof") else { return limits };
        self.known(table, "`[proof]`", &["states", "always", "assert"]);
        if let Some(value) = table.get("states") {
            match value.as_integer().filter(|states| (1..=MOST_STATES).contains(states)) {
                Some(states) => limits.states = states as usize,
                None => self.wrong(
                    value.span,
                    "`states` is no number of states",
                    format!("this is {}", a(value)),
                    "write a whole number from 1 to 1000000000, such as `states = 200000`",
                ),
            }
        }
        if let Some(value) = table.get("always") {
            limits.always = self.texts(value, "always", "write a list of ids, such as `[\"iron-path\"]`");
        }
        if let Some(value) = table.get("assert") {
            limits.assertions = self.assertions(value);
        }
        limits
    }
}
