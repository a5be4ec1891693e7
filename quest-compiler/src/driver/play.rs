//! Compiling content in memory, and playing scripts on it.

use super::error::DriverError;
use super::report::Report;
use super::request::{Goal, Request};
use super::run;
use super::write::write_files;
use crate::analysis::Scripts;
use crate::diagnostics::{Diagnostic, Level};
use crate::lower::readable;
use crate::play::{Content, Line, Played, Vocabulary, play as play_script};
use quest_types::journal::{Key, Program};
use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The outcome of one script.
#[derive(Debug)]
pub struct PlayedScript {
    /// Its path.
    pub script: String,
    /// The number of expectations that held.
    pub expectations: usize,
    /// What happened, in the words of the log.
    pub log: Vec<String>,
    /// The line that does not hold, with its place.
    pub wrong: Option<String>,
}

/// Content that is compiled in memory and can be played.
#[derive(Debug)]
pub struct Playable {
    /// What a journal plays. It stays in memory for good.
    pub program: &'static Program,
    vocabulary: Vocabulary,
}

impl Playable {
    /// Compiles the content of a manifest.
    ///
    /// # Errors
    ///
    /// The content has errors or cannot be played.
    pub fn compile(manifest: &Path) -> Result<Self, DriverError> {
        Self::of(&mut run(&Request::build(manifest).with_goal(Goal::Play), &mut |_| {}))
    }

    fn of(report: &mut Report) -> Result<Self, DriverError> {
        let hinders = |diagnostic: &Diagnostic| {
            diagnostic.level == Level::Deny && !diagnostic.code.is_about_finishing()
        };
        if report.diagnostics.list.iter().any(hinders) {
            return Err(DriverError::Content(report.human(false)));
        }
        let lowered = report.lowered.take().ok_or(DriverError::NotPlayable("there is nothing to play"))?;
        let playable = lowered.program.zip(report.vocabulary.take());
        let (sections, vocabulary) = playable.ok_or(DriverError::NotPlayable(
            "no schema of this project says with `x-journal` how it is played",
        ))?;
        Ok(Self { program: readable(lowered.tables, lowered.text, sections), vocabulary })
    }

    /// The content, for [`play`](crate::play::play).
    pub fn into_content(self) -> Content {
        Content::new(self.program, self.vocabulary)
    }

    /// The key of an event about something, in the words of scripts.
    pub fn key(&self, event: &str, target: &str) -> Option<Key> {
        let event = self.vocabulary.events.iter().find(|known| known.name == event)?;
        self.vocabulary.key(event, Some(target)).ok()
    }
}

/// Plays scripts on the content of a manifest.
///
/// # Errors
///
/// The content has errors or cannot be played, or a script cannot be read.
pub fn play(manifest: &Path, scripts: &[PathBuf]) -> Result<Vec<PlayedScript>, DriverError> {
    let Playable { program, vocabulary } = Playable::compile(manifest)?;
    let content = Rc::new(Content::new(program, vocabulary));
    let mut others = HashMap::new();
    let mut all = Vec::new();
    for path in scripts {
        let text = fs::read_to_string(path).map_err(|error| DriverError::Read(path.clone(), error))?;
        all.push(play_one(&content, &mut others, path, &text));
    }
    Ok(all)
}

/// What [`explore`] has written.
#[derive(Debug)]
pub struct Explored {
    /// The scripts, in content order.
    pub written: Vec<PathBuf>,
    /// What there is no script for, and why.
    pub missing: Vec<String>,
}

/// Writes a script for every ending of every quest and for every way to lose it into a folder: the shortest that the proof finds. Each has
/// been played, and holds.
///
/// # Errors
///
/// The content has errors or cannot be played, or a script cannot be written.
pub fn explore(manifest: &Path, folder: &Path) -> Result<Explored, DriverError> {
    let mut report = run(&Request::build(manifest).with_goal(Goal::Explore), &mut |_| {});
    let Playable { program, vocabulary } = Playable::of(&mut report)?;
    let content = Rc::new(Content::new(program, vocabulary));
    let Scripts { scripts, mut missing } = report.scripts.take().unwrap_or_default();
    let none = |manifest: &str| Err(format!("`{manifest}` is not read"));
    let mut held = Vec::new();
    for script in &scripts {
        match play_script(&content, &none, &script.text).wrong {
            None => held.push((script.name.as_str(), script.text.as_bytes())),
            // The search and the journal disagree, or an id cannot be written in a script.
            Some(Line { number, what }) => {
                missing.push(format!("`{}` would not hold in line {number}: {what}", script.name));
            }
        }
    }
    let written = write_files(folder, held)?;
    Ok(Explored { written, missing })
}

/// Content of other manifests that scripts name, by path.
type Others = HashMap<PathBuf, Rc<Content>>;

/// Plays one script. Paths of manifests in it count from its folder.
fn play_one(content: &Rc<Content>, others: &mut Others, path: &Path, text: &str) -> PlayedScript {
    let others = RefCell::new(others);
    let folder = path.parent().unwrap_or(Path::new(""));
    let load = |manifest: &str| {
        let manifest = folder.join(manifest);
        if let Some(known) = others.borrow().get(&manifest) {
            return Ok(Rc::clone(known));
        }
        let Playable { program, vocabulary } = Playable::compile(&manifest)
            .map_err(|error| format!("`{}` cannot be played: {error}", manifest.display()))?;
        let content = Rc::new(Content::new(program, vocabulary));
        others.borrow_mut().insert(manifest, Rc::clone(&content));
        Ok(content)
    };
    let Played { expectations, log, wrong } = play_script(content, &load, text);
    let script = path.display().to_string();
    let wrong = wrong.map(|Line { number, what }| {
        let line = text.lines().nth(number - 1).unwrap_or_default().trim();
        format!("{script}:{number}: {what}\n  {line}")
    });
    PlayedScript { script, expectations, log, wrong }
}
