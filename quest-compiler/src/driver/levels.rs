//! The level of each diagnostic in a project.
//!
//! Comes in: the `[lints]` of a manifest, and diagnostics. Goes out: the level of each, and diagnostics about `[lints]` itself: unknown lints
//! and exceptions that match nothing. The manifest applies in this order: the last exception that matches, the level of the schema's
//! lint name, the level of the code, the profile.

use crate::check::IdTables;
use crate::diagnostics::{Code, Diagnostic, Level, code, did_you_mean};
use crate::project::{Exception, Lints, Located, Profile};
use crate::schema::{KindId, Model};
use crate::text::Files;
use std::collections::{HashMap, HashSet};

const REMOVE: &str = "remove it, so that it does not hide what comes later";

/// The levels of one run.
#[derive(Clone, Debug)]
pub struct Levels<'m> {
    lints: &'m Lints,
    deny_warnings: bool,
    /// The exceptions from each lint, in order, by what they are restricted to.
    exceptions: HashMap<(&'m str, Place<'m>), Vec<usize>>,
}

/// What an exception is restricted to, as far as it can be looked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Place<'m> {
    /// One file.
    File(&'m str),
    /// An object with this path of ids.
    Entry(&'m str),
    /// Files that match a pattern, or all of them.
    Any,
}

impl<'m> Place<'m> {
    fn of(exception: &'m Exception) -> Self {
        match (&exception.entry, &exception.files) {
            (Some(entry), _) => Self::Entry(&entry.text),
            (None, Some(files)) => files.only().map_or(Self::Any, Self::File),
            (None, None) => Self::Any,
        }
    }
}

impl<'m> Levels<'m> {
    pub fn new(lints: &'m Lints, deny_warnings: bool) -> Self {
        let mut exceptions: HashMap<_, Vec<usize>> = HashMap::new();
        for (at, exception) in lints.exceptions.iter().enumerate() {
            for lint in &exception.lints {
                exceptions.entry((lint.text.as_str(), Place::of(exception))).or_default().push(at);
            }
        }
        Self { lints, deny_warnings, exceptions }
    }

    /// The level of a diagnostic in this run.
    pub fn of(&self, diagnostic: &Diagnostic, files: &Files) -> Level {
        let level = match self.set(diagnostic, files) {
            Some(level) => level,
            None if self.lints.profile == Profile::Strict => diagnostic.level.raised(),
            None => diagnostic.level,
        };
        if self.deny_warnings && level == Level::Warn { Level::Deny } else { level }
    }

    /// Whether diagnostics of a code or of a schema's lint, with this default level, can be reported at all.
    pub fn can_report(&self, code: &Code, lint: Option<&str>, level: Level) -> bool {
        let level = match self.named(code, lint) {
            Some(level) => level,
            None if self.lints.profile == Profile::Strict => level.raised(),
            None => level,
        };
        let is = |name: &Located| {
            name.text == code.name || name.text == code.id || lint == Some(name.text.as_str())
        };
        level > Level::Allow || self.lints.exceptions.iter().flat_map(|exception| &exception.lints).any(is)
    }

    /// The level that the manifest sets for a schema's lint, else for a code.
    fn named(&self, code: &Code, lint: Option<&str>) -> Option<Level> {
        let named =
            |name: &str| self.lints.levels.iter().find(|lint| lint.name == name).map(|lint| lint.level);
        lint.and_then(named).or_else(|| named(code.name)).or_else(|| named(code.id))
    }

    /// The level that the manifest sets for a diagnostic.
    fn set(&self, diagnostic: &Diagnostic, files: &Files) -> Option<Level> {
        if !diagnostic.code.configurable {
            return None;
        }
        if let Some((exception, _)) = self.exception(diagnostic, files) {
            return self.lints.exceptions.get(exception).map(|exception| exception.level);
        }
        self.named(diagnostic.code, diagnostic.lint.as_deref())
    }

    /// The index of the exception that applies to a diagnostic, and of the lint in it.
    fn exception(&self, diagnostic: &Diagnostic, files: &Files) -> Option<(usize, usize)> {
        if self.exceptions.is_empty() {
            return None;
        }
        let file = diagnostic.file(files).map(Place::File);
        let entries = diagnostic.entries.iter().map(|entry| Place::Entry(entry));
        let places: Vec<Place<'_>> = file.into_iter().chain(entries).chain([Place::Any]).collect();
        let names = [Some(diagnostic.code.name), Some(diagnostic.code.id), diagnostic.lint.as_deref()];
        let last = |key: &(&str, Place<'_>)| {
            let possible = self.exceptions.get(key)?.iter().rev().copied();
            possible.filter_map(|at| Some((at, fits(&self.lints.exceptions[at], diagnostic, files)?))).next()
        };
        let keys =
            names.into_iter().flatten().flat_map(|name| places.iter().map(move |place| (name, *place)));
        keys.filter_map(|key| last(&key)).max_by_key(|(at, _)| *at)
    }

    /// Reports unknown lints, and levels that cannot be changed.
    ///
    /// `lints` are the names in the schemas; `None` if the schemas could not be read.
    pub fn check(&self, lints: Option<&Vec<String>>, diagnostics: &mut Vec<Diagnostic>) {
        let of_schemas = lints.map(Vec::as_slice);
        for lint in &self.lints.levels {
            match code_of(&lint.name) {
                Some(code) if !code.configurable && lint.level != code.level => diagnostics.push(
                    Diagnostic::new(
                        &code::MANIFEST,
                        format!("the level of `{}` cannot be changed", lint.name),
                    )
                    .label(lint.span, "always an error")
                    .help("content with this mistake cannot be compiled; remove the line"),
                ),
                Some(_) => {}
                None => diagnostics
                    .extend(unknown(&lint.name, of_schemas).map(|f| f.label(lint.span, "not known"))),
            }
        }
        for lint in self.lints.exceptions.iter().flat_map(|exception| &exception.lints) {
            match code_of(&lint.text) {
                Some(code) if !code.configurable => diagnostics.push(
                    Diagnostic::new(&code::MANIFEST, format!("there is no exception from `{}`", lint.text))
                        .label(lint.span, "always an error")
                        .help("content with this mistake cannot be compiled; remove the exception, and correct the content"),
                ),
                Some(_) => {}
                None => diagnostics.extend(unknown(&lint.text, of_schemas).map(|f| f.label(lint.span, "not known"))),
            }
        }
    }

    /// Reports exceptions that match nothing. Does nothing if there are errors, because content with errors is not checked completely.
    pub fn unneeded(
        &self,
        model: &Model,
        ids: &IdTables<'_>,
        files: &Files,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        if self.lints.exceptions.is_empty() {
            return;
        }
        let hides =
            |diagnostic: &Diagnostic| self.set(diagnostic, files).unwrap_or(diagnostic.level) == Level::Deny;
        if diagnostics.iter().any(hides) {
            return;
        }
        let needed: HashSet<(usize, usize)> =
            diagnostics.iter().filter_map(|diagnostic| self.exception(diagnostic, files)).collect();
        // An unknown lint has been reported.
        let known = |lint: &str| match code_of(lint) {
            Some(code) => code.configurable,
            None => model.lints.iter().any(|known| known == lint),
        };
        for (at, exception) in self.lints.exceptions.iter().enumerate() {
            let (needed, surplus): (Vec<_>, Vec<_>) =
                exception.lints.iter().enumerate().partition(|(lint, _)| needed.contains(&(at, *lint)));
            if needed.is_empty() && surplus.iter().all(|(_, lint)| known(&lint.text)) {
                diagnostics.push(unneeded(exception, model, ids));
            } else if !needed.is_empty() {
                let surplus = surplus.into_iter().map(|(_, lint)| lint).filter(|lint| known(&lint.text));
                diagnostics.extend(surplus.map(unneeded_from));
            }
        }
    }
}

/// The index of the lint by which an exception matches a diagnostic.
fn fits(exception: &Exception, diagnostic: &Diagnostic, files: &Files) -> Option<usize> {
    let Exception { lints, files: names, entry, .. } = exception;
    let lint = lints.iter().position(|Located { text, .. }| {
        text == diagnostic.code.name || text == diagnostic.code.id || diagnostic.lint.as_ref() == Some(text)
    })?;
    let in_file =
        names.as_ref().is_none_or(|names| diagnostic.file(files).is_some_and(|file| names.matches(file)));
    let in_entry = entry.as_ref().is_none_or(|entry| diagnostic.entries.contains(&entry.text));
    (in_file && in_entry).then_some(lint)
}

/// One of several lints in an exception.
fn unneeded_from(lint: &Located) -> Diagnostic {
    let title = format!("the exception from `{}` is not needed any more", lint.text);
    Diagnostic::new(&code::UNNEEDED_EXCEPTION, title).label(lint.span, "nothing triggers it").help(REMOVE)
}

fn unneeded(exception: &Exception, model: &Model, ids: &IdTables<'_>) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(&code::UNNEEDED_EXCEPTION, "this exception is not needed any more")
        .label(exception.span, "nothing triggers it");
    let paths = exception.entry.as_ref().map(|entry| (entry, paths(model, ids)));
    if let Some((entry, paths)) = paths.filter(|(entry, paths)| !paths.contains(&entry.text)) {
        diagnostic = diagnostic
            .label(entry.span, "nothing has this id")
            .maybe_help(did_you_mean(&entry.text, paths.iter().map(String::as_str)));
    }
    diagnostic.note(format!("the reason for it was: {}", exception.reason)).help(REMOVE)
}

/// The id paths of all objects, in the form of [`Diagnostic::entries`].
fn paths(model: &Model, ids: &IdTables<'_>) -> Vec<String> {
    let mut paths = Vec::new();
    for (kind, described) in model.kinds.iter().enumerate().filter(|(_, kind)| kind.by_content()) {
        let kind = KindId(kind as u32);
        for row in 0..ids.of(kind).list.len() {
            let path = ids.path(model, kind, row as u32);
            if !described.prefix.is_empty() {
                paths.push(format!("{}{path}", described.prefix));
            }
            paths.push(path);
        }
    }
    paths
}

/// The code with an id or name.
fn code_of(name: &str) -> Option<&'static Code> {
    code::ALL.iter().copied().find(|code| code.name == name || code.id == name)
}

/// The diagnostic about an unknown lint; `None` if a schema has it, or if the schemas could not be read.
fn unknown(name: &str, of_schemas: Option<&[String]>) -> Option<Diagnostic> {
    if of_schemas.is_none_or(|lints| lints.iter().any(|lint| lint == name)) {
        return None;
    }
    let lints = of_schemas.into_iter().flatten().map(String::as_str);
    let candidates = code::ALL.iter().map(|code| code.name).chain(lints);
    let diagnostic = Diagnostic::new(&code::MANIFEST, format!("there is no lint `{name}`"));
    Some(diagnostic.maybe_help(did_you_mean(name, candidates)))
}
