//! `[[proof.assert]]`: what designers say is true of their quests.

use super::{ManifestReader, a};
use crate::diagnostics::list;
use crate::project::located::Located;
use crate::text::Span;
use toml_span::value::{Table, Value};

/// Something that must be true of quests.
#[derive(Debug)]
pub struct Assertion {
    pub claim: Claim,
    /// What no player does meanwhile, in the words of scripts.
    pub without: Vec<Located>,
    /// At most so many turns pass.
    pub turns: Option<u32>,
    /// Where it is said.
    pub span: Span,
}

/// What is claimed. Quests are named by their ids, endings by the paths of their stages.
#[derive(Debug)]
pub enum Claim {
    /// A quest can be turned in, or ends in a stage, on some way.
    Reachable(Located),
    /// A quest can still be turned in, whatever the player has done.
    Always(Located),
    /// No player sees both.
    NeverBoth(Located, Located),
}

/// The keys of which there is one.
const CLAIMS: [&str; 3] = ["reachable", "always", "never-both"];

const EXAMPLE: &str = "write one such as `reachable = \"iron-path:report-back\"`, `always = \"iron-path\"` or `never-both = [\"war\", \"peace\"]`";

impl ManifestReader<'_> {
    /// The list `assert` of `[proof]`.
    pub(super) fn assertions(&mut self, value: &Value<'_>) -> Vec<Assertion> {
        let Some(sections) = value.as_array() else {
            let label = format!("this is {}", a(value));
            self.wrong(value.span, "`assert` is not a list", label, "write `[[proof.assert]]` above each");
            return Vec::new();
        };
        sections.iter().filter_map(|section| self.assertion(section)).collect()
    }

    fn assertion(&mut self, section: &Value<'_>) -> Option<Assertion> {
        let Some(table) = section.as_table() else {
            let label = format!("this is {}", a(section));
            self.wrong(section.span, "`assert` is not a list of sections", label, "write `[[proof.assert]]`");
            return None;
        };
        let meant = self.known(
            table,
            "`[[proof.assert]]`",
            &["reachable", "always", "never-both", "without", "turns"],
        );
        if meant.iter().any(|key| CLAIMS.contains(key)) {
            return None;
        }
        let (claim, span) = self.claim(section, table)?;
        let help = "write a list of lines of scripts, such as `[\"accept iron-path\", \"know ability fly\"]`";
        let without =
            table.get("without").map(|value| self.texts(value, "without", help)).unwrap_or_default();
        let turns = table.get("turns").and_then(|value| self.turns(value));
        Some(Assertion { claim, without, turns, span })
    }

    fn claim(&mut self, section: &Value<'_>, table: &Table<'_>) -> Option<(Claim, Span)> {
        let mut found = CLAIMS.iter().filter_map(|key| Some((*key, table.get(*key)?)));
        let (Some((key, value)), None) = (found.next(), found.next()) else {
            let title = format!("an assertion needs one of {}", list(&CLAIMS, "or"));
            self.wrong(section.span, title, "this one has none or several", EXAMPLE);
            return None;
        };
        let span = self.span(value.span);
        if key == "never-both" {
            let mut both = self.texts(value, key, EXAMPLE).into_iter();
            let (Some(one), Some(other), None) = (both.next(), both.next(), both.next()) else {
                self.wrong(value.span, "`never-both` needs two ids", "these are not two", EXAMPLE);
                return None;
            };
            return Some((Claim::NeverBoth(one, other), span));
        }
        let id = self.located(value, key, EXAMPLE)?;
        Some((if key == "always" { Claim::Always(id) } else { Claim::Reachable(id) }, span))
    }

    fn turns(&mut self, value: &Value<'_>) -> Option<u32> {
        let turns = value.as_integer().and_then(|turns| u32::try_from(turns).ok());
        if turns.is_none() {
            let label = format!("this is {}", a(value));
            self.wrong(
                value.span,
                "`turns` is no number of turns",
                label,
                "write a whole number, such as `turns = 10`",
            );
        }
        turns
    }
}
