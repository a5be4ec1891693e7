//! `[lints]`: the levels of diagnostics, and exceptions from them.

use super::{ManifestReader, a};
use crate::diagnostics::{Level, did_you_mean, list};
use crate::project::located::Located;
use crate::project::pattern::Names;
use crate::text::Span;
use toml_span::Value;
use toml_span::value::{Key, Table};

/// What `[lints]` says.
#[derive(Debug, Default)]
pub struct Lints {
    pub profile: Profile,
    /// In the order of the file.
    pub levels: Vec<Lint>,
    /// In the order of the file.
    pub exceptions: Vec<Exception>,
}

/// The levels of all that the manifest does not set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Profile {
    /// The default levels.
    #[default]
    Recommended,
    /// One level stricter: warnings are errors, and allowed lints are warnings.
    Strict,
}

/// A level that the manifest sets.
#[derive(Debug)]
pub struct Lint {
    /// The id or name of a code, or a lint name that the schema gives; not checked yet.
    pub name: String,
    pub level: Level,
    pub span: Span,
}

/// Another level for some diagnostics in some places.
#[derive(Debug)]
pub struct Exception {
    /// Of what; each as the name of a [`Lint`].
    pub lints: Vec<Located>,
    /// In which files; in all if there is nothing.
    pub files: Option<Names>,
    /// In the object with this id, or with this path of ids; in all if there is nothing.
    pub entry: Option<Located>,
    pub level: Level,
    /// Why; not empty.
    pub reason: String,
    /// Where its section begins.
    pub span: Span,
}

const LEVELS: [&str; 3] = ["allow", "warn", "deny"];

const PROFILE_HELP: &str = "write `\"recommended\"`, or `\"strict\"` to make errors of all warnings";

const EXCEPT_KEYS: [&str; 5] = ["lint", "path", "entry", "level", "reason"];

const EXCEPT_HELP: &str = "write a `[[lints.except]]` section with `lint = \"pattern\"`, `path = \"content/old/**\"` or \
     `entry = \"iron-path\"`, and `reason = \"...\"`";

const LINT_HELP: &str =
    "add `lint = \"pattern\"`, with the code or name of what is to be excepted, or a list of them";

const REASON_HELP: &str = "say in `reason` why this is right here, for those who meet it later";

impl ManifestReader<'_> {
    pub(super) fn lints(&mut self, table: &Table<'_>) -> Lints {
        let mut lints = Lints::default();
        for (key, value) in table {
            match &*key.name {
                "profile" => lints.profile = self.profile(value),
                "except" => lints.exceptions = self.exceptions(key, value),
                _ => lints.levels.extend(self.lint(key, value)),
            }
        }
        lints.levels.sort_by_key(|lint| lint.span);
        lints
    }

    fn lint(&mut self, key: &Key<'_>, value: &Value<'_>) -> Option<Lint> {
        let level = match value.as_str() {
            // A value that is no level belongs to another key.
            Some(word) if Level::named(word).is_none() && self.misspelt(key, "profile") => return None,
            None if self.misspelt(key, "except") => return None,
            _ => self.level(&format!("`{}`", key.name), value)?,
        };
        Some(Lint { name: key.name.to_string(), level, span: self.span(key.span) })
    }

    /// Reports a key that is near to one that is no lint.
    fn misspelt(&mut self, key: &Key<'_>, meant: &str) -> bool {
        let help = did_you_mean(&key.name, std::iter::once(meant));
        if let Some(help) = &help {
            let title = format!("unknown key `{}`", key.name);
            self.wrong(key.span, title, "`[lints]` has no such key", help);
        }
        help.is_some()
    }

    fn level(&mut self, of: &str, value: &Value<'_>) -> Option<Level> {
        let Some(word) = value.as_str() else {
            let title = format!("the level of {of} is not a text");
            let help = "write `\"allow\"`, `\"warn\"` or `\"deny\"`";
            self.wrong(value.span, title, format!("this is {}", a(value)), help);
            return None;
        };
        let level = Level::named(word);
        if level.is_none() {
            let help = match word.to_lowercase().as_str() {
                "error" | "forbid" | "err" => Some("did you mean `deny`?".to_owned()),
                "warning" => Some("did you mean `warn`?".to_owned()),
                "off" | "ignore" | "none" | "" => Some("did you mean `allow`?".to_owned()),
                _ => did_you_mean(word, LEVELS.into_iter()),
            };
            let help = help.unwrap_or_else(|| format!("write {}", list(&LEVELS, "or")));
            let title = format!("`{word}` is not a level");
            self.wrong(value.span, title, format!("the level of {of}"), &help);
        }
        level
    }

    fn profile(&mut self, value: &Value<'_>) -> Profile {
        match value.as_str() {
            Some("recommended") => return Profile::Recommended,
            Some("strict") => return Profile::Strict,
            Some(word) => {
                let near = did_you_mean(word, ["recommended", "strict"].into_iter());
                let title = format!("there is no profile `{word}`");
                let help = near.as_deref().unwrap_or(PROFILE_HELP);
                self.wrong(value.span, title, "neither `recommended` nor `strict`", help);
            }
            None => {
                let label = format!("this is {}", a(value));
                self.wrong(value.span, "`profile` is not a text", label, PROFILE_HELP);
            }
        }
        Profile::Recommended
    }

    fn exceptions(&mut self, key: &Key<'_>, value: &Value<'_>) -> Vec<Exception> {
        let title = "`except` is not a list of sections";
        let Some(sections) = value.as_array() else {
            let one = value.as_table().is_some();
            let help = if one {
                "write `[[lints.except]]`, with two brackets: there can be several"
            } else {
                EXCEPT_HELP
            };
            let span = if one { key.span } else { value.span };
            self.wrong(span, title, format!("this is {}", a(value)), help);
            return Vec::new();
        };
        let mut exceptions = Vec::new();
        for section in sections {
            match section.as_table() {
                Some(table) => exceptions.extend(self.exception(section, table)),
                None => self.wrong(section.span, title, format!("this is {}", a(section)), EXCEPT_HELP),
            }
        }
        exceptions.sort_by_key(|exception| exception.span);
        exceptions
    }

    fn exception(&mut self, section: &Value<'_>, table: &Table<'_>) -> Option<Exception> {
        let meant = self.known(table, "`[[lints.except]]`", &EXCEPT_KEYS);
        let absent = |key: &str| table.get(key).is_none() && !meant.contains(&key);
        if absent("lint") {
            self.wrong(section.span, "an exception from nothing", "`lint` is missing here", LINT_HELP);
        }
        if absent("path") && absent("entry") {
            let help = "add `path = \"content/old/**\"`, `entry = \"iron-path\"` or both; a level for all content is a line in `[lints]`";
            self.wrong(
                section.span,
                "an exception without a place",
                "`path` or `entry` is missing here",
                help,
            );
        }
        let reason = table.get("reason").map(|value| (value, value.as_str()));
        match reason {
            Some((_, Some(text))) if !text.trim().is_empty() => {}
            Some((value, Some(_))) => {
                self.wrong(value.span, "an exception without a reason", "this says nothing", REASON_HELP);
            }
            Some((value, None)) => {
                let label = format!("this is {}", a(value));
                self.wrong(value.span, "`reason` is not a text", label, REASON_HELP);
            }
            None if meant.contains(&"reason") => {}
            None => {
                let title = "an exception without a reason";
                self.wrong(section.span, title, "`reason` is missing here", REASON_HELP);
            }
        }
        let lints = table.get("lint").map_or_else(Vec::new, |value| {
            if value.as_array().is_some_and(Vec::is_empty) {
                self.wrong(value.span, "an exception from nothing", "this list is empty", LINT_HELP);
            }
            self.texts(value, "lint", "write a code or a name, such as `\"pattern\"`")
        });
        let files = table.get("path").and_then(|value| self.names(value));
        let help =
            "write an id, such as `\"iron-path\"`, or a path of ids, such as `\"iron-path:find-descent\"`";
        let entry = table.get("entry").and_then(|value| self.located(value, "entry", help));
        let level = match table.get("level") {
            Some(value) => self.level("this exception", value)?,
            None => Level::Allow,
        };
        let reason = reason.and_then(|(_, text)| text).unwrap_or_default().trim().to_owned();
        Some(Exception { lints, files, entry, level, reason, span: self.span(section.span) })
    }

    /// A pattern that is validated against the names of files.
    fn names(&mut self, value: &Value<'_>) -> Option<Names> {
        let path = self.path(value, "path")?;
        match Names::new(self.directory, &path.text) {
            Ok(names) => Some(names),
            Err(why) => {
                let title = format!("`{}` is not a pattern", path.text);
                let help = "`*` stands for any part of a name, `**` for any directories, `[ab]` for one of some characters";
                self.wrong(value.span, title, why, help);
                None
            }
        }
    }
}
