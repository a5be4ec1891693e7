//! What a run found and made.

use super::apply_fixes::{AppliedFix, apply_fixes};
use super::error::DriverError;
use super::lowered::Lowered;
use super::typed::SchemaSummary;
use super::write::{write_file, write_files};
use crate::analysis::{Available, Proved, Scripts};
use crate::diagnostics::{Capped, Diagnostic, Diagnostics, Style, human, human_within, short};
#[cfg(feature = "tool-output")]
use crate::diagnostics::{Description, json, sarif};
use crate::editor::EditorSchemas;
use crate::text::{Files, Span};
use quest_format::PACK_MAGIC;
use std::path::{Path, PathBuf};

/// How many ids of a kind content defines.
#[derive(Clone, Debug)]
pub struct KindCount {
    /// The last word of the kind.
    pub kind: String,
    pub count: usize,
    /// The number in words: `2 quests`.
    pub words: String,
}

/// The result of a run.
#[derive(Debug, Default)]
pub struct Report {
    pub files: Files,
    /// Sorted by file and place, with the levels of the project.
    pub diagnostics: Diagnostics,
    /// Files and directories whose change makes another run necessary.
    pub watched: Vec<PathBuf>,
    /// Files that do not exist, and make another run necessary once they do.
    pub missing: Vec<PathBuf>,
    /// Environment variables whose change makes another run necessary.
    pub variables: Vec<String>,
    pub schemas: SchemaSummary,
    /// The number of content files.
    pub content_files: usize,
    /// The number of ids of each kind that content defines.
    pub counts: Vec<KindCount>,
    /// `None` if not even types could be made, or the goal is to have none.
    pub lowered: Option<Lowered>,
    /// The lock of this content as a release: its path, and its text.
    pub lock: Option<(PathBuf, String)>,
    /// Schemas for editors, and the folder that the manifest names for them.
    pub editor: Option<(PathBuf, EditorSchemas)>,
    /// What is proven of the quests that a journal plays, in content order.
    pub proved: Vec<Proved>,
    /// What is known of the objects of each kind that no journal plays, where one can make another impossible.
    pub available: Vec<Available>,
    /// What scripts call things, if the goal is to play.
    pub vocabulary: Option<crate::play::Vocabulary>,
    /// The scripts of every ending and every way to lose a quest, if the goal is to explore.
    pub scripts: Option<Scripts>,
}

/// A file that is not as a build would write it.
#[derive(Debug)]
pub struct Outdated {
    pub path: PathBuf,
    /// The content that is there; `None` if the file is missing.
    pub old: Option<Vec<u8>>,
    pub new: Vec<u8>,
}

impl Report {
    /// The number of errors.
    pub fn errors(&self) -> usize {
        self.diagnostics.errors()
    }

    /// The number of warnings.
    pub fn warnings(&self) -> usize {
        self.diagnostics.warnings()
    }

    /// The size of all files that were read, in bytes.
    pub fn bytes(&self) -> usize {
        self.files.bytes()
    }

    /// The diagnostics to show: at most so many, errors before warnings.
    pub fn shown(&self, limit: Option<usize>) -> Shown<'_> {
        Shown { files: &self.files, capped: Capped::new(&self.diagnostics, limit) }
    }

    /// The diagnostics as text for people, at most so many, and a line that counts the others. What is said of many places is said once.
    pub fn human_grouped(
        &self,
        limit: Option<usize>,
        colour: bool,
        width: Option<usize>,
    ) -> (Vec<String>, Option<String>) {
        let grouped = self.diagnostics.grouped(&self.files);
        let shown = Shown { files: &self.files, capped: Capped::new(&grouped, limit) };
        (shown.human(colour, width), shown.rest())
    }

    /// Every diagnostic as text for people, sorted by place.
    pub fn human(&self, colour: bool) -> Vec<String> {
        self.shown(None).human(colour, None)
    }

    /// Every diagnostic as one line of JSON.
    #[cfg(feature = "tool-output")]
    pub fn json(&self) -> Vec<String> {
        self.shown(None).json()
    }

    /// The places in schemas that become JSON text, with the reason, each as one line.
    pub fn opaque(&self) -> Vec<String> {
        self.places(&self.schemas.opaque)
    }

    /// What has a longer name in Rust because something else would have the same, each as one line.
    pub fn names(&self) -> Vec<String> {
        self.places(&self.schemas.names)
    }

    fn places(&self, of: &[(Span, String)]) -> Vec<String> {
        let place = |span: &Span| {
            let (line, column) = self.files.line_column(span.file, span.start);
            format!("{}:{line}:{column}", self.files.name(span.file))
        };
        of.iter().map(|(span, why)| format!("{}: {why}", place(span))).collect()
    }

    /// Writes the certain fixes into the content, such as `MainStory` for `main-story`. The report itself stays as it is: only another
    /// run can tell what is left.
    ///
    /// # Errors
    ///
    /// A file cannot be read or written, or has changed since it was read. No file is changed then.
    pub fn apply_fixes(&self) -> Result<Vec<AppliedFix>, DriverError> {
        apply_fixes(&self.diagnostics, &self.files)
    }

    /// Writes Rust, tables, texts and index into a directory.
    ///
    /// # Errors
    ///
    /// The content has errors, or a file cannot be written. Nothing is written then.
    pub fn write(&self, directory: &Path) -> Result<Vec<PathBuf>, DriverError> {
        let written = write_files(directory, self.sound()?.files())?;
        self.write_editor_schemas()?;
        Ok(written)
    }

    /// Writes the schemas for editors into the folder that the manifest names, if it names one.
    ///
    /// # Errors
    ///
    /// A file cannot be written.
    pub fn write_editor_schemas(&self) -> Result<(), DriverError> {
        let Some((folder, files)) = &self.editor else { return Ok(()) };
        write_files(folder, files.iter().map(|(name, text)| (name.as_str(), text.as_slice()))).map(|_| ())
    }

    /// Writes the pack that a game loads at run time, and beside it a pack for each other language: `quests.de.lang` for `quests.pack`.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write), or the file is an input of this run, or is there already and is no pack.
    pub fn write_pack(&self, file: &Path) -> Result<(), DriverError> {
        self.may_overwrite(file)?;
        let lowered = self.sound()?;
        write_file(file, &lowered.pack().unwrap_or_default())?;
        for (tag, bytes) in lowered.language_packs() {
            write_file(&language_path(file, tag), &bytes)?;
        }
        Ok(())
    }

    /// Fails if a pack would overwrite something else.
    ///
    /// # Errors
    ///
    /// The file is an input of this run, or it is no pack.
    pub fn may_overwrite(&self, file: &Path) -> Result<(), DriverError> {
        let name = || file.display().to_string();
        let same = |input: &Path| {
            input.is_file()
                && input.canonicalize().ok().is_some_and(|input| file.canonicalize().ok() == Some(input))
        };
        let mut inputs = self.files.names().map(Path::new).chain(self.watched.iter().map(PathBuf::as_path));
        if inputs.any(same) {
            return Err(DriverError::Pack(name(), "it is a file of this project, and would be lost"));
        }
        match std::fs::read(file) {
            Ok(bytes) if !bytes.is_empty() && !bytes.starts_with(&PACK_MAGIC) => {
                Err(DriverError::Pack(name(), "it is there already, and is no pack"))
            }
            _ => Ok(()),
        }
    }

    /// Writes the lock beside the manifest, and gives its path.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub fn write_lock(&self) -> Result<PathBuf, DriverError> {
        let (path, text) = self.next_lock().ok_or(DriverError::Content(Vec::new()))?;
        write_file(path, text.as_bytes())?;
        Ok(path.to_owned())
    }

    /// The lock of this content as a release: its path and its text. `None` if there are errors, or if it is not the goal.
    pub fn next_lock(&self) -> Option<(&Path, &str)> {
        let (path, text) = self.lock.as_ref().filter(|_| self.errors() == 0)?;
        Some((path, text))
    }

    /// The files that [`write`](Self::write) and [`write_pack`](Self::write_pack) would change.
    ///
    /// # Errors
    ///
    /// The content has errors, or a file cannot be read.
    pub fn outdated(&self, directory: &Path, pack: Option<&Path>) -> Result<Vec<Outdated>, DriverError> {
        let lowered = self.sound()?;
        let bytes = pack.and_then(|_| lowered.pack()).unwrap_or_default();
        let files = lowered.files().into_iter().map(|(name, content)| (directory.join(name), content));
        let languages: Vec<(PathBuf, Vec<u8>)> = match pack {
            Some(pack) => {
                let packs = lowered.language_packs().into_iter();
                packs.map(|(tag, bytes)| (language_path(pack, tag), bytes)).collect()
            }
            None => Vec::new(),
        };
        let languages_of_pack = languages.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice()));
        let pack = pack.map(|pack| (pack.to_owned(), bytes.as_slice()));
        let editor = self.editor.iter().flat_map(|(folder, files)| {
            files.iter().map(|(name, text)| (folder.join(name), text.as_slice()))
        });
        let mut outdated = Vec::new();
        for (path, new) in files.chain(pack).chain(languages_of_pack).chain(editor) {
            let old = match std::fs::read(&path) {
                Ok(old) if old == new => continue,
                Ok(old) => Some(old),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Err(error) => return Err(DriverError::Read(path, error)),
            };
            outdated.push(Outdated { path, old, new: new.to_vec() });
        }
        Ok(outdated)
    }

    /// What a build writes, if there are no errors.
    fn sound(&self) -> Result<&Lowered, DriverError> {
        let lowered = self.lowered.as_ref().filter(|_| self.errors() == 0);
        lowered.ok_or(DriverError::Content(Vec::new()))
    }
}

/// Where the pack of a language is: beside that of the tables.
fn language_path(pack: &Path, tag: &str) -> PathBuf {
    pack.with_extension(format!("{tag}.lang"))
}

/// The diagnostics of a run that are to be shown.
#[derive(Debug)]
pub struct Shown<'r> {
    files: &'r Files,
    capped: Capped<'r>,
}

impl Shown<'_> {
    /// Each as text for people. Lines of files are cut to a width in columns, if there is one.
    pub fn human(&self, colour: bool, width: Option<usize>) -> Vec<String> {
        let text = |diagnostic: &&Diagnostic| match width {
            Some(width) => human_within(diagnostic, self.files, style(colour), width),
            None => human(diagnostic, self.files, style(colour)),
        };
        self.capped.shown.iter().map(text).collect()
    }

    /// Each as one line for people.
    pub fn short(&self, colour: bool) -> Vec<String> {
        let line = |diagnostic: &&Diagnostic| short(diagnostic, self.files, style(colour));
        self.capped.shown.iter().map(line).collect()
    }

    /// Each as one line of JSON.
    #[cfg(feature = "tool-output")]
    pub fn json(&self) -> Vec<String> {
        self.capped.shown.iter().map(|diagnostic| json(diagnostic, self.files)).collect()
    }

    /// All together as a SARIF log. `describe` gives the meaning of a code, in one sentence and in full.
    #[cfg(feature = "tool-output")]
    pub fn sarif(&self, describe: &dyn Fn(&str) -> Option<(String, String)>) -> String {
        let describe = |id: &str| describe(id).map(|(summary, text)| Description { summary, text });
        sarif(&self.capped.shown, self.files, &describe)
    }

    /// One line that counts the others; `None` if there are no others.
    pub fn rest(&self) -> Option<String> {
        self.capped.rest()
    }
}

fn style(colour: bool) -> Style {
    if colour { Style::Colour } else { Style::Plain }
}
