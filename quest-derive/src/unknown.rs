//! Words what is wrong with an id that the index does not have.
//!
//! In comes a verified index and the text, out goes the message: what is wrong on the first line, what to do on the
//! second. Ids may hold colons of their own, so a scope is what the index knows as one, and colons are only counted
//! where nothing matches.

use crate::index::{Index, Kind};
use quest_format::suggest::near;

/// How many ids a message lists when it cannot suggest one.
const LISTED: usize = 8;
/// How many ids a message suggests.
const SUGGESTED: usize = 3;

/// The message for `text`, which is not an id of `kind`.
pub(crate) fn explain(index: &Index, kind: &Kind, text: &str) -> String {
    let unknown = Unknown { index, kind, text, paths: paths(index, kind) };
    unknown
        .empty()
        .or_else(|| unknown.white_space())
        .or_else(|| unknown.renamed())
        .or_else(|| unknown.wrong_case())
        .or_else(|| unknown.scope_left_out())
        .or_else(|| unknown.other_kind())
        .or_else(|| unknown.wrong_number_of_parts())
        .unwrap_or_else(|| missing(index, kind, text))
}

/// The path that a path has today: it was renamed itself, or something that it belongs to was.
fn today(index: &Index, kind: &Kind, text: &str) -> Option<String> {
    if let Some(entry) = index.renamed(kind, text) {
        return Some(entry.path.to_owned());
    }
    let parent = index.parent(kind)?;
    text.rmatch_indices(':').find_map(|(at, _)| {
        let (scope, own) = (text.get(..at)?, text.get(at + 1..)?);
        let path = format!("{}:{own}", today(index, parent, scope)?);
        match index.row(kind, &path) {
            Some(_) => Some(path),
            None => index.renamed(kind, &path).map(|entry| entry.path.to_owned()),
        }
    })
}

struct Unknown<'a> {
    index: &'a Index,
    kind: &'a Kind,
    text: &'a str,
    /// All ids of the kind.
    paths: Vec<&'a str>,
}

impl Unknown<'_> {
    fn empty(&self) -> Option<String> {
        if !self.text.is_empty() {
            return None;
        }
        let help = match example(self.index, self.kind) {
            Some(example) => format!("write {} here, such as `{example}`", article(self.kind.noun())),
            None => none_at_all(self.kind),
        };
        Some(format!("the id is empty\nhelp: {help}"))
    }

    fn white_space(&self) -> Option<String> {
        let trimmed = self.text.split(':').map(str::trim).collect::<Vec<_>>().join(":");
        self.index.row(self.kind, &trimmed)?;
        Some(format!(
            "no {} {}: an id has no white space around it\nhelp: write `{trimmed}`",
            self.kind.noun(),
            quoted(self.text)
        ))
    }

    /// The content has it, and `[renames]` in the manifest says that it has another id now.
    fn renamed(&self) -> Option<String> {
        let now = today(self.index, self.kind, self.text)?;
        Some(format!(
            "the {} {} is called `{now}` now\nhelp: write `{now}`",
            self.kind.noun(),
            quoted(self.text)
        ))
    }

    fn wrong_case(&self) -> Option<String> {
        let lower = self.text.to_lowercase();
        let path = self.paths.iter().find(|path| path.to_lowercase() == lower)?;
        Some(format!(
            "no {} {}: upper and lower case differ in ids\nhelp: write `{path}`",
            self.kind.noun(),
            quoted(self.text)
        ))
    }

    /// `find-descent` for `iron-path:find-descent`, or `iron-path:walk` for `iron-path:find-descent:walk`.
    fn scope_left_out(&self) -> Option<String> {
        self.index.parent(self.kind)?;
        let tail = format!(":{}", self.text);
        let mut meant = self.paths.clone();
        meant.retain(|path| path.ends_with(&tail));
        if meant.is_empty()
            && let Some((head, last)) = self.text.rsplit_once(':')
        {
            let (head, tail) = (format!("{head}:"), format!(":{last}"));
            meant.clone_from(&self.paths);
            meant.retain(|path| path.starts_with(&head) && path.ends_with(&tail));
        }
        let first = meant.first()?;
        // What is left out is as long as the difference, and stands before the text or before its last part.
        let nouns = self.nouns();
        let given = parts(self.text);
        let left_out = parts(first).saturating_sub(given).min(nouns.len());
        let from = if first.ends_with(&tail) { 0 } else { given.saturating_sub(1) };
        let left_out = nouns.get(from..from + left_out).unwrap_or(&nouns).join(" and ");
        let more = meant.len().saturating_sub(SUGGESTED);
        let mut choice = one_of(meant.get(..SUGGESTED).unwrap_or(&meant));
        if more > 0 {
            choice = format!("{choice} ({more} more fit)");
        }
        Some(format!("{} does not say which {left_out}: write {choice}", quoted(self.text)))
    }

    fn other_kind(&self) -> Option<String> {
        let is = |kind: &&Kind| kind.path != self.kind.path && self.index.row(kind, self.text).is_some();
        let other = self.index.kinds().iter().find(is)?;
        let mut message =
            format!("{} is {}, not {}", quoted(self.text), article(other.noun()), article(self.kind.noun()));
        if self.index.parent(self.kind).is_some_and(|parent| parent.path == other.path) {
            message
                .push_str(&format!("\nhelp: {}", listing(self.index, self.kind, Some((other, self.text)))?));
        } else if !other.macro_name.is_empty() {
            message.push_str(&format!(": use `{}!`", other.macro_name));
        }
        Some(message)
    }

    fn wrong_number_of_parts(&self) -> Option<String> {
        let nouns = self.nouns();
        let given = parts(self.text);
        let expected =
            self.paths.iter().map(|path| parts(path)).max().unwrap_or(nouns.len()).max(nouns.len());
        let written = |count: usize| match count {
            1 => "1 part".to_owned(),
            count => format!("{count} parts"),
        };
        if given > expected {
            let mut shorter = self.text;
            while parts(shorter) > expected {
                shorter = shorter.rsplit_once(':').map_or("", |(head, _)| head);
            }
            let near = match self.index.row(self.kind, shorter) {
                Some(_) => one_of(&[shorter]),
                None => one_of(&near(shorter, self.paths.iter().copied())),
            };
            return Some(with_help(
                format!(
                    "{} has {}, but {} is written `{}`",
                    quoted(self.text),
                    written(given),
                    article(self.kind.noun()),
                    nouns.join(":")
                ),
                (!near.is_empty()).then(|| format!("did you mean {near}?")),
            ));
        }
        if given < nouns.len() {
            let left_out = nouns.get(..nouns.len() - given).unwrap_or(&nouns).join(" and ");
            let tails: Vec<&str> = self.paths.iter().map(|path| last_parts(path, given)).collect();
            let mut meant = Vec::new();
            for near in near(self.text, tails) {
                meant.extend(self.paths.iter().filter(|path| last_parts(path, given) == near));
            }
            meant.truncate(SUGGESTED);
            let near = one_of(&meant);
            return Some(with_help(
                format!(
                    "{} does not say which {left_out}: {} is written `{}`",
                    quoted(self.text),
                    article(self.kind.noun()),
                    nouns.join(":")
                ),
                (!near.is_empty()).then(|| format!("did you mean {near}?")),
            ));
        }
        None
    }

    /// The nouns of the parts of such an id, from the outermost: `quest`, `stage`.
    fn nouns(&self) -> Vec<&str> {
        let mut nouns: Vec<&str> = self.index.ancestors(self.kind).map(Kind::noun).collect();
        nouns.reverse();
        nouns.push(self.kind.noun());
        nouns
    }
}

/// The message for a text that is written like an id of `kind`: the outermost part that is not there is reported.
fn missing(index: &Index, kind: &Kind, text: &str) -> String {
    let Some(parent) = index.parent(kind) else {
        return with_help(
            format!("no {} {}", kind.noun(), quoted(text)),
            suggestion(&near(text, paths(index, kind))).or_else(|| listing(index, kind, None)),
        );
    };
    let Some((scope, id)) = split_scope(index, parent, text) else {
        return match text.rsplit_once(':') {
            Some((scope, _)) => missing(index, parent, scope),
            None => missing(index, parent, text),
        };
    };
    let elsewhere = || {
        let tail = format!(":{id}");
        let mut paths = paths(index, kind);
        paths.retain(|path| path.ends_with(&tail));
        paths.truncate(SUGGESTED);
        suggestion(&paths)
    };
    with_help(
        format!("no {} {} in {} `{scope}`", kind.noun(), quoted(id), parent.noun()),
        suggestion(&near(id, paths_in(index, kind, scope)))
            .or_else(elsewhere)
            .or_else(|| listing(index, kind, Some((parent, scope)))),
    )
}

/// Splits the longest known scope off a text.
fn split_scope<'a>(index: &Index, parent: &Kind, text: &'a str) -> Option<(&'a str, &'a str)> {
    text.rmatch_indices(':')
        .filter_map(|(at, _)| Some((text.get(..at)?, text.get(at + 1..)?)))
        .find(|(scope, _)| index.row(parent, scope).is_some())
}

/// Says which ids there are, if there are few.
fn listing(index: &Index, kind: &Kind, scope: Option<(&Kind, &str)>) -> Option<String> {
    let ids = match scope {
        Some((_, scope)) => paths_in(index, kind, scope),
        None => paths(index, kind),
    };
    let noun = kind.noun();
    let of = scope.map(|(_, scope)| format!(" of `{scope}`")).unwrap_or_default();
    match (ids.as_slice(), scope) {
        ([], Some((parent, scope))) => Some(format!("{} `{scope}` has no {}", parent.noun(), plural(noun))),
        ([], None) => Some(none_at_all(kind)),
        ([only], _) => Some(format!("the only {noun}{of} is `{only}`")),
        (ids, _) if ids.len() <= LISTED => Some(format!("the {}{of} are {}", plural(noun), list(ids, "and"))),
        _ => None,
    }
}

/// Says which stages a quest has, if they are few: the help for a variant that is none of them.
pub(crate) fn members(index: &Index, kind: &Kind, scope: &str) -> Option<String> {
    listing(index, kind, index.parent(kind).map(|parent| (parent, scope)))
}

fn suggestion(near: &[&str]) -> Option<String> {
    (!near.is_empty()).then(|| format!("did you mean {}?", one_of(near)))
}

/// All ids of a kind, sorted by their bytes.
fn paths<'a>(index: &'a Index, kind: &Kind) -> Vec<&'a str> {
    index.entries(kind).map(|entry| entry.path).collect()
}

/// The ids of a kind within one scope, without the scope.
fn paths_in<'a>(index: &'a Index, kind: &Kind, scope: &str) -> Vec<&'a str> {
    index.entries_in(kind, scope).map(|entry| entry.path).collect()
}

/// An id of the kind, to show how one is written.
pub(crate) fn example<'a>(index: &'a Index, kind: &'a Kind) -> Option<&'a str> {
    index.entries(kind).min_by_key(|entry| entry.row).map(|entry| entry.path)
}

/// The text between backquotes, on one line.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from("`");
    for char in text.chars() {
        if char.is_control() { quoted.extend(char.escape_default()) } else { quoted.push(char) }
    }
    quoted.push('`');
    quoted
}

fn with_help(message: String, help: Option<String>) -> String {
    match help {
        Some(help) => format!("{message}\nhelp: {help}"),
        None => message,
    }
}

fn none_at_all(kind: &Kind) -> String {
    format!("the content has no {}", plural(kind.noun()))
}

fn parts(path: &str) -> usize {
    path.split(':').count()
}

/// The last `count` parts of a path.
fn last_parts(path: &str, count: usize) -> &str {
    match count.checked_sub(1).and_then(|before| path.rmatch_indices(':').nth(before)) {
        Some((at, _)) => path.get(at + 1..).unwrap_or(path),
        None => path,
    }
}

fn one_of(ids: &[&str]) -> String {
    list(ids, "or")
}

/// `a`, `b` or `c`
pub(crate) fn list(ids: &[&str], word: &str) -> String {
    let ids: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
    match ids.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
    }
}

pub(crate) fn article(noun: &str) -> String {
    let article = if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {noun}")
}

pub(crate) fn plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ if ["s", "x", "ch", "sh"].iter().any(|end| noun.ends_with(end)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

#[cfg(test)]
mod tests;
