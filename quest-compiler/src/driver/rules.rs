//! The codes and rules that a project can meet, for those who explain them.

use super::request::Request;
use super::run;
use crate::diagnostics::{Level, code};
use crate::schema::Rule;
use std::path::Path;

/// A code of diagnostics.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct CodeSummary {
    /// Such as `Q2001`.
    pub id: &'static str,
    /// Such as `unknown-reference`.
    pub name: &'static str,
    /// The level by default: `error`, `warning` or `off`.
    pub level: &'static str,
    /// A manifest can set another level.
    pub configurable: bool,
}

/// All codes, in order.
pub fn codes() -> Vec<CodeSummary> {
    let mut codes: Vec<CodeSummary> = code::ALL
        .iter()
        .map(|code| CodeSummary {
            id: code.id,
            name: code.name,
            level: level_name(code.level),
            configurable: code.configurable,
        })
        .collect();
    codes.sort_by_key(|code| code.id);
    codes
}

/// A rule of a schema (`x-rules`).
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RuleSummary {
    /// The name by which a manifest sets its level.
    pub name: String,
    /// The level by default: `error`, `warning` or `off`.
    pub level: &'static str,
    /// The message of its diagnostics, with paths in braces.
    pub message: String,
    /// Why it is a rule.
    pub why: Option<String>,
    /// What to do about a diagnostic.
    pub help: Option<String>,
    /// An object that breaks it, as JSON.
    pub wrong: Option<String>,
    /// An object that does not break it.
    pub right: Option<String>,
}

impl From<Rule> for RuleSummary {
    fn from(rule: Rule) -> Self {
        Self {
            level: level_name(rule.level),
            name: rule.name,
            message: rule.message,
            why: rule.why,
            help: rule.help,
            wrong: rule.wrong.map(|example| example.text),
            right: rule.right.map(|example| example.text),
        }
    }
}

/// The rules of the schemas that a manifest names, in the order of the schemas.
pub fn rules(manifest: &Path) -> Vec<RuleSummary> {
    let report = run(&Request::check(manifest), &mut |_| {});
    report.schemas.rules.into_iter().map(RuleSummary::from).collect()
}

/// The name of a level where diagnostics are described.
fn level_name(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Allow => "off",
    }
}
