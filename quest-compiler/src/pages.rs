//! A page about each code, in Markdown: what it means, with an example. `questc explain` shows them, and `docs/diagnostics.md` is made
//! of them.

use crate::driver::CodeSummary;

macro_rules! pages {
    ($($file:literal)*) => { &[$(include_str!(concat!("../explain/", $file, ".md"))),*] };
}

/// All pages in the order of their codes. A test says which one is missing.
pub const PAGES: &[&str] = pages! {
    "Q0001-syntax"
    "Q0002-encoding"
    "Q0003-too-deep"
    "Q0004-number-range"
    "Q0005-duplicate-property"
    "Q0006-unreadable-file"
    "Q0007-no-match"
    "Q0008-manifest"
    "Q0009-empty-file"
    "Q0010-output"
    "Q0011-unmatched-file"
    "Q0012-no-document"
    "Q0013-unneeded-exception"
    "Q0099-internal"
    "Q1001-wrong-type"
    "Q1002-unknown-property"
    "Q1003-missing-property"
    "Q1004-not-in-enum"
    "Q1005-pattern"
    "Q1006-out-of-bounds"
    "Q1007-length"
    "Q1008-no-variant"
    "Q1009-forbidden-value"
    "Q1010-contains"
    "Q1011-not-unique"
    "Q1012-not-equal"
    "Q1013-group"
    "Q1014-white-space"
    "Q1015-same-name"
    "Q1016-unknown-placeholder"
    "Q1101-schema"
    "Q1102-schema-ref"
    "Q1103-unsupported"
    "Q1104-annotation"
    "Q1105-annotation-typo"
    "Q1106-name-collision"
    "Q1107-overlay"
    "Q2001-unknown-reference"
    "Q2002-tolerated-reference"
    "Q2003-duplicate-id"
    "Q2004-wrong-kind"
    "Q2005-ambiguous-reference"
    "Q2006-missing-target"
    "Q2007-surplus-target"
    "Q2008-undefined-kind"
    "Q2009-wrong-sort"
    "Q2010-missing-parent"
    "Q2011-similar-ids"
    "Q2012-unused"
    "Q2013-never-set"
    "Q2014-never-tested"
    "Q2015-names-itself"
    "Q2016-deceptive-id"
    "Q3001-unreachable"
    "Q3002-dead-end"
    "Q3003-leads-to-itself"
    "Q3004-branch-never-taken"
    "Q3005-hidden-alternatives"
    "Q3006-next-never-taken"
    "Q3007-same-way"
    "Q3008-not-optional"
    "Q3009-leads-outside"
    "Q3010-task-elsewhere"
    "Q3011-stuck"
    "Q3012-never-done"
    "Q3013-not-proven"
    "Q3014-can-be-lost"
    "Q3015-must-stay-finishable"
    "Q3016-assertion"
    "Q3017-not-required"
    "Q3018-never-finishable"
    "Q3101-deadlock"
    "Q3102-contradiction"
    "Q3103-own-level"
    "Q3104-requires-itself"
    "Q3105-out-of-reach"
    "Q3106-long-chain"
    "Q3107-less-than-before"
    "Q3108-not-again"
    "Q3109-given-before"
    "Q3110-own-gift"
    "Q3111-locked-before"
    "Q3112-lock-each-other"
    "Q3113-too-little"
    "Q4001-schema-rule"
    "Q5001-lock"
    "Q5002-id-gone"
    "Q5003-moved-away"
    "Q5004-count-lowered"
    "Q5005-counts-other"
    "Q5006-id-again"
    "Q5007-other-game"
    "Q5008-version-too-low"
    "Q6001-language-file"
    "Q6002-untranslated"
    "Q6003-stale-translation"
    "Q6004-unknown-text"
    "Q6005-translated-placeholders"
    "Q6006-translation-too-long"
    "Q6007-translated-markup"
    "Q6008-open-texts"
};

/// What a page says.
#[derive(Debug)]
pub struct Page<'t> {
    /// Such as `Q2001`.
    pub id: &'t str,
    /// Such as `unknown-reference`.
    pub name: &'t str,
    /// What it means, why it matters and how to mend it: paragraphs of short lines.
    pub prose: &'t str,
    /// `Given`, `Wrong` and `Right`, as far as they are there.
    pub sections: Vec<Section<'t>>,
}

/// The files of an example.
#[derive(Debug)]
pub struct Section<'t> {
    pub title: &'t str,
    pub files: Vec<File<'t>>,
}

/// A fenced block, whose info string is a language and the name of the file.
#[derive(Debug)]
pub struct File<'t> {
    pub name: &'t str,
    pub text: &'t str,
}

impl<'t> Page<'t> {
    /// Reads a page. The error says what is not as it must be.
    pub fn read(text: &'t str) -> Result<Self, String> {
        let (heading, rest) = text.split_once('\n').unwrap_or((text, ""));
        let title = heading.strip_prefix("# ").and_then(|title| title.split_once(' '));
        let (id, name) = title.ok_or_else(|| format!("`{heading}` is not `# <id> <name>`"))?;
        let (prose, mut rest) = rest.split_at(rest.find("\n## ").unwrap_or(rest.len()));
        let mut sections: Vec<Section<'t>> = Vec::new();
        while let Some((line, after)) = rest.split_once('\n') {
            rest = after;
            if let Some(title) = line.strip_prefix("## ") {
                sections.push(Section { title, files: Vec::new() });
            } else if let Some(info) = line.strip_prefix("```") {
                let (_, name) =
                    info.split_once(' ').ok_or_else(|| format!("`{line}` does not name a file"))?;
                let (text, after) = rest.split_once("```\n").ok_or_else(|| format!("`{line}` has no end"))?;
                rest = after;
                let section = sections.last_mut().ok_or_else(|| format!("`{line}` is in no section"))?;
                section.files.push(File { name, text });
            } else if !line.is_empty() {
                return Err(format!("`{line}` is in no file"));
            }
        }
        Ok(Page { id, name, prose: prose.trim(), sections })
    }

    /// The first sentence.
    pub fn summary(&self) -> String {
        let paragraph = self.prose.split("\n\n").next().unwrap_or_default().replace('\n', " ");
        let end = paragraph.find(". ").map_or(paragraph.len(), |end| end + 1);
        paragraph.get(..end).unwrap_or_default().to_owned()
    }
}

/// The level of a code, and what a manifest can do about it.
pub fn level(code: &CodeSummary) -> String {
    if !code.configurable {
        return format!("Level: {}. It cannot be changed.", code.level);
    }
    let other = if code.level == "error" { "warn" } else { "deny" };
    format!("Level: {}. A manifest can set another: `{} = \"{other}\"` in `[lints]`.", code.level, code.name)
}
