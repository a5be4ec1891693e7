//! Suites that need something this repository does not contain: content of other projects, a browser, another target.
//!
//! `QUESTC_REQUIRE` says which of them must run. Where it is not set, `CI=true` requires all of them.
//!
//! | value | required |
//! |---|---|
//! | not set | all if `CI` is `true`, none otherwise |
//! | `1` | all |
//! | empty or `0` | none |
//! | names, such as `conformance,chromium` | these |

use std::env;
use std::path::{Path, PathBuf};

/// The environment variable that says which suites must run.
pub const REQUIRE: &str = "QUESTC_REQUIRE";

/// The environment variable that names the folder with the content of other projects.
pub const CONTENT: &str = "QUESTC_CONTENT";

/// A suite that may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Suite {
    /// JSON-Schema-Test-Suite, in `$QUESTC_CONTENT/json-schema-test-suite`.
    Conformance,
    /// The comparison with the crate `jsonschema`, which takes its cases from the two others.
    Oracle,
    /// A game of others, in `$QUESTC_CONTENT/oldwood`.
    Oldwood,
    /// A game of others, in `$QUESTC_CONTENT/lore2mud`.
    Lore2mud,
    /// The source documents, in `$QUESTC_SEEDS`.
    Seeds,
    /// A browser that shows the site.
    Chromium,
    /// `dot`, which draws the graphs.
    Graphviz,
    /// The core library for `thumbv7m-none-eabi`.
    Thumbv7m,
    /// `initdb` and `postgres`, which the tests of stores start.
    Postgres,
    /// Neovim, which drives the language server.
    Neovim,
    /// `msgfmt`, `msgmerge` and `msgcat`, which read and write translations.
    Gettext,
    /// Instruction counts.
    Valgrind,
    /// The extension for Visual Studio Code, whose packages `npm ci` in `editors/vscode` installs.
    Extension,
    /// The interpreter that finds undefined behaviour. `.ci/run` runs it.
    Miri,
}

impl Suite {
    /// All suites.
    pub const ALL: [Self; 14] = [
        Self::Conformance,
        Self::Oracle,
        Self::Oldwood,
        Self::Lore2mud,
        Self::Seeds,
        Self::Chromium,
        Self::Graphviz,
        Self::Thumbv7m,
        Self::Postgres,
        Self::Neovim,
        Self::Gettext,
        Self::Valgrind,
        Self::Extension,
        Self::Miri,
    ];

    /// The name in `QUESTC_REQUIRE`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Conformance => "conformance",
            Self::Oracle => "oracle",
            Self::Oldwood => "oldwood",
            Self::Lore2mud => "lore2mud",
            Self::Seeds => "seeds",
            Self::Chromium => "chromium",
            Self::Graphviz => "graphviz",
            Self::Thumbv7m => "thumbv7m",
            Self::Postgres => "postgres",
            Self::Neovim => "neovim",
            Self::Gettext => "gettext",
            Self::Valgrind => "valgrind",
            Self::Extension => "extension",
            Self::Miri => "miri",
        }
    }

    /// Whether the environment requires this suite.
    ///
    /// # Panics
    ///
    /// If `QUESTC_REQUIRE` names a suite that does not exist.
    #[must_use]
    pub fn is_required(self) -> bool {
        let text = |name| env::var_os(name).map(|value| value.to_string_lossy().into_owned());
        match required(text(REQUIRE).as_deref(), text("CI").as_deref()) {
            Ok(suites) => suites.contains(&self),
            Err(unknown) => panic!("{REQUIRE}: there is no suite `{unknown}`"),
        }
    }

    /// Prints that this suite is skipped, and why.
    ///
    /// # Panics
    ///
    /// If the suite is required.
    #[track_caller]
    pub fn skip(self, why: &str) {
        let name = self.name();
        assert!(!self.is_required(), "the suite `{name}` is required and cannot run: {why}");
        eprintln!("skipped `{name}`: {why}");
    }
}

/// The suites that must run, or a name in the list that is none.
fn required(require: Option<&str>, ci: Option<&str>) -> Result<Vec<Suite>, String> {
    match require {
        None if ci != Some("true") => Ok(Vec::new()),
        None | Some("1") => Ok(Suite::ALL.to_vec()),
        Some("" | "0") => Ok(Vec::new()),
        Some(names) => names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(named).collect(),
    }
}

fn named(name: &str) -> Result<Suite, String> {
    Suite::ALL.into_iter().find(|suite| suite.name() == name).ok_or_else(|| name.to_owned())
}

/// The folder `name` of the content of other projects. Skips `suite` if there is none.
///
/// # Panics
///
/// If the suite is required and the folder is missing.
#[track_caller]
#[must_use]
pub fn content(suite: Suite, name: &str) -> Option<PathBuf> {
    let folder = env::var_os(CONTENT).map(|content| Path::new(&content).join(name));
    let found = folder.filter(|folder| folder.is_dir());
    if found.is_none() {
        suite.skip(&format!("{CONTENT} does not name a folder with `{name}`"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Suite, required};

    #[test]
    fn ci_requires_everything_unless_a_list_is_given() {
        assert_eq!(required(None, None), Ok(vec![]));
        assert_eq!(required(None, Some("false")), Ok(vec![]));
        assert_eq!(required(None, Some("true")), Ok(Suite::ALL.to_vec()));
        assert_eq!(required(Some("0"), Some("true")), Ok(vec![]));
        assert_eq!(required(Some(""), Some("true")), Ok(vec![]));
        assert_eq!(required(Some("1"), None), Ok(Suite::ALL.to_vec()));
        let some = Ok(vec![Suite::Chromium, Suite::Oracle]);
        assert_eq!(required(Some("chromium, oracle"), Some("true")), some);
    }

    #[test]
    fn a_misspelt_suite_is_no_suite() {
        assert_eq!(required(Some("chromium,oracel"), None), Err("oracel".to_owned()));
    }

    #[test]
    fn names_are_unique() {
        for suite in Suite::ALL {
            assert_eq!(required(Some(suite.name()), None), Ok(vec![suite]));
        }
    }
}
