//! What `questc` and tests need of the compiler. Not a stable interface.

use crate::compile;
pub use crate::compile::{Options, Step};
use crate::diagnostics::{Capped, Description, Style, human, human_within, json, sarif, short};
use std::path::{Path, PathBuf};

/// More diagnostics are not shown to a person who did not ask for them.
pub const MOST_FOR_PEOPLE: usize = crate::diagnostics::MOST_FOR_PEOPLE;

/// A file that is not as a build would write it.
#[derive(Debug)]
pub struct Outdated {
    /// Where it is.
    pub path: PathBuf,
    /// What is there; nothing if it is missing.
    pub old: Option<Vec<u8>>,
    /// What should be there.
    pub new: Vec<u8>,
}

/// One run of the compiler.
#[derive(Debug)]
pub struct Run(pub compile::Run);

/// Compiles what a manifest names; `progress` hears of each stage.
pub fn run(manifest: &Path, progress: &mut dyn FnMut(Step)) -> Run {
    run_with(manifest, &Options::default(), progress)
}

/// The same, as the options say.
pub fn run_with(manifest: &Path, options: &Options, progress: &mut dyn FnMut(Step)) -> Run {
    Run(compile::run(manifest, options, progress))
}

/// The same, for somebody who wants [`Run::write_lock`].
pub fn run_to_lock(manifest: &Path, deny_warnings: bool, progress: &mut dyn FnMut(Step)) -> Run {
    Run(compile::run_to_lock(manifest, deny_warnings, progress))
}

/// A text in a file that was changed to what certainly was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fixed {
    /// The file, as messages name it.
    pub file: String,
    /// The line in which the text stands, from 1.
    pub line: usize,
    /// The column at which it begins, from 1, in characters.
    pub column: usize,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// The diagnostics of a run that are to be shown.
#[derive(Debug)]
pub struct Shown<'r> {
    run: &'r compile::Run,
    capped: Capped<'r>,
}

impl Shown<'_> {
    /// Each as text for people; lines of files are cut to a width in columns, if there is one.
    pub fn human(&self, colour: bool, width: Option<usize>) -> Vec<String> {
        let files = &self.run.files;
        let text = |diagnostic: &&crate::diagnostics::Diagnostic| match width {
            Some(width) => human_within(diagnostic, files, style(colour), width),
            None => human(diagnostic, files, style(colour)),
        };
        self.capped.shown.iter().map(text).collect()
    }

    /// Each as one line for people.
    pub fn short(&self, colour: bool) -> Vec<String> {
        self.capped.shown.iter().map(|diagnostic| short(diagnostic, &self.run.files, style(colour))).collect()
    }

    /// Each as one line of JSON.
    pub fn json(&self) -> Vec<String> {
        self.capped.shown.iter().map(|diagnostic| json(diagnostic, &self.run.files)).collect()
    }

    /// All together as a SARIF log. `describe` says of a code, in one sentence and in full, what it means.
    pub fn sarif(&self, describe: &dyn Fn(&str) -> Option<(String, String)>) -> String {
        let describe = |id: &str| describe(id).map(|(summary, text)| Description { summary, text });
        sarif(&self.capped.shown, &self.run.files, &describe)
    }

    /// One line that counts the others; `None` if there are no others.
    pub fn rest(&self) -> Option<String> {
        self.capped.rest()
    }
}

fn style(colour: bool) -> Style {
    if colour { Style::Colour } else { Style::Plain }
}

impl Run {
    /// Number of errors.
    pub fn errors(&self) -> usize {
        self.0.diagnostics.errors()
    }

    /// Number of warnings.
    pub fn warnings(&self) -> usize {
        self.0.diagnostics.warnings()
    }

    /// The diagnostics to show: at most so many, errors before warnings.
    pub fn shown(&self, most: Option<usize>) -> Shown<'_> {
        Shown { run: &self.0, capped: Capped::new(&self.0.diagnostics, most) }
    }

    /// Writes into the content what certainly was meant, such as `MainStory` for `main-story`, and says what was changed. The run itself
    /// stays as it is: what is left to be found, another run says.
    ///
    /// # Errors
    ///
    /// Says which file cannot be read or written, or has changed since it was read; files before it are fixed then.
    pub fn fix(&self) -> Result<Vec<Fixed>, String> {
        crate::fix::apply(&self.0)
    }

    /// Every diagnostic as text for people, sorted by place.
    pub fn human(&self, colour: bool) -> Vec<String> {
        self.shown(None).human(colour, None)
    }

    /// Every diagnostic as one line of JSON.
    pub fn json(&self) -> Vec<String> {
        self.shown(None).json()
    }

    /// The schema files that could be used.
    pub fn schemas(&self) -> Vec<String> {
        self.0.schemas.clone()
    }

    /// How many ids of each kind the content defines.
    pub fn counts(&self) -> Vec<(String, usize)> {
        self.0.counts.clone()
    }

    /// Number of content files.
    pub fn files(&self) -> usize {
        self.0.content_files
    }

    /// Size of all files that were read.
    pub fn bytes(&self) -> usize {
        self.0.files.bytes()
    }

    /// The places in schemas that become JSON text, with the reason, each as one line.
    pub fn opaque(&self) -> Vec<String> {
        let place = |span: &crate::text::Span| {
            let (line, column) = self.0.files.line_column(span.file, span.start);
            format!("{}:{line}:{column}", self.0.files.name(span.file))
        };
        self.0.opaque.iter().map(|(span, why)| format!("{}: {why}", place(span))).collect()
    }

    /// The files that [`write`](Self::write) and [`write_pack`](Self::write_pack) would change.
    ///
    /// # Errors
    ///
    /// Says that the content has errors, or which file cannot be read.
    pub fn outdated(&self, directory: &Path, pack: Option<&Path>) -> Result<Vec<Outdated>, String> {
        let output = self.output()?;
        let files = self.wanted(output).map(|(name, content)| (directory.join(name), content));
        let bytes = pack.map(|_| output.pack()).unwrap_or_default();
        let pack = pack.map(|pack| (pack.to_owned(), bytes.as_slice()));
        let editor = self.0.editor.iter().flat_map(|(folder, files)| {
            files.iter().map(|(name, text)| (folder.join(name), text.as_slice()))
        });
        let mut outdated = Vec::new();
        for (path, new) in files.into_iter().chain(pack).chain(editor) {
            let old = match std::fs::read(&path) {
                Ok(old) if old == new => continue,
                Ok(old) => Some(old),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Err(error) => return Err(format!("`{}` cannot be read: {error}", path.display())),
            };
            outdated.push(Outdated { path, old, new: new.to_vec() });
        }
        Ok(outdated)
    }

    fn wanted<'o>(&self, output: &'o compile::Output) -> [(&'static str, &'o [u8]); 4] {
        [
            ("quests.rs", output.rust.as_bytes()),
            ("quests.tables", &output.tables),
            ("quests.text", output.text.as_bytes()),
            ("quests.index", &output.index),
        ]
    }

    /// Writes Rust, tables and index into a directory.
    ///
    /// # Errors
    ///
    /// Says which file could not be written, or that the content has errors; nothing is written then.
    pub fn write(&self, directory: &Path) -> Result<Vec<PathBuf>, String> {
        let output = self.output()?;
        let written = crate::output::write(directory, &self.wanted(output))?;
        if let Some((folder, files)) = &self.0.editor {
            crate::output::write_files(folder, files)?;
        }
        Ok(written)
    }

    /// Writes the pack that a game loads at run time.
    ///
    /// # Errors
    ///
    /// As [`Run::write`].
    pub fn write_pack(&self, file: &Path) -> Result<(), String> {
        let output = self.output()?;
        write_file(file, &output.pack())
    }

    /// The lock of this content as a release: where it belongs, and its text. `None` if there are errors, or if nobody asked for it
    /// with [`run_to_lock`].
    pub fn lock(&self) -> Option<(&Path, &str)> {
        let (path, text) = self.0.lock.as_ref().filter(|_| self.errors() == 0)?;
        Some((path, text))
    }

    /// Writes the lock beside the manifest, and says where it is.
    ///
    /// # Errors
    ///
    /// As [`Run::write`].
    pub fn write_lock(&self) -> Result<PathBuf, String> {
        let (path, text) = self.lock().ok_or("the content has errors, so nothing is written")?;
        write_file(path, text.as_bytes())?;
        Ok(path.to_owned())
    }

    fn output(&self) -> Result<&compile::Output, String> {
        match &self.0.output {
            Some(output) if self.errors() == 0 => Ok(output),
            _ => Err("the content has errors, so nothing is written".to_owned()),
        }
    }
}

/// The Rust source of owned types with builders for the documents that a schema describes.
///
/// # Errors
///
/// Says that the file cannot be read, what our own loader finds in the schema, or what `typify` cannot do.
#[cfg(feature = "authoring")]
pub fn authoring(schema: &Path) -> Result<String, String> {
    use crate::text::Files;
    let name = schema.display().to_string();
    let failed = |why: &dyn std::fmt::Display| format!("`{name}` cannot be read: {why}");
    let bytes = std::fs::read(schema).map_err(|error| failed(&error))?;
    if bytes.len() > Files::MAX_BYTES {
        return Err(failed(&format_args!("it is longer than {} bytes", Files::MAX_BYTES)));
    }
    let text = std::sync::Arc::new(String::from_utf8(bytes).map_err(|error| failed(&error))?);
    let mut files = Files::default();
    let mut diagnostics = Vec::new();
    let file = files.add(name.clone(), text.clone());
    let document = crate::source::parse(file, text.clone(), &mut diagnostics);
    if !document.broken {
        let mut resources = crate::schema::Resources::default();
        resources.add(&document, &["file:///schema.json".to_owned()]);
        let overlay = crate::schema::Overlay::default();
        let reading = crate::schema::Reading { resources: &resources, overlay: &overlay, foreign: &[] };
        crate::schema::load(&[&document], &reading, &mut crate::schema::Schemas::default(), &mut diagnostics);
    }
    let diagnostics = crate::diagnostics::Diagnostics::finish(diagnostics, &files, &|_| None);
    if diagnostics.errors() > 0 {
        let texts: Vec<_> =
            diagnostics.list.iter().map(|diagnostic| human(diagnostic, &files, Style::Plain)).collect();
        return Err(texts.join("\n"));
    }
    crate::codegen::authoring(&text).map_err(|error| format!("`{name}`: {error}"))
}

/// Writes what [`authoring`] gives to a file; one that is as it should be is not touched.
///
/// # Errors
///
/// As [`authoring`], or says that the file cannot be written. The file is as it was before then.
#[cfg(feature = "authoring")]
pub fn write_authoring(schema: &Path, out: &Path) -> Result<(), String> {
    let source = authoring(schema)?;
    write_file(out, source.as_bytes())
}

/// Writes files into a folder: all of them or none, and none that has not changed.
///
/// # Errors
///
/// Says which file could not be written.
pub fn write_files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), String> {
    crate::output::write_files(folder, files)
}

fn write_file(file: &Path, content: &[u8]) -> Result<(), String> {
    let (directory, name) =
        (file.parent().unwrap_or(Path::new("")), file.file_name().and_then(|name| name.to_str()));
    let name = name.ok_or_else(|| format!("`{}` is not the name of a file", file.display()))?;
    let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
    crate::output::write(directory, &[(name, content)]).map(|_| ())
}

/// Holds instances against a schema, and says for each whether it is valid; `Err` with the messages if the schema, or one that it
/// refers to, cannot be used. `remotes` are other schemas by their addresses. For conformance tests.
#[allow(clippy::missing_errors_doc, reason = "said above")]
pub fn verdicts(
    schema: &str,
    remotes: &[(String, String)],
    instances: &[String],
) -> Result<Vec<bool>, Vec<String>> {
    use crate::schema::{Overlay, Reading, Resources, Schemas};
    use crate::source::parse;
    use crate::text::Files;
    use std::sync::Arc;
    let (mut files, mut diagnostics) = (Files::default(), Vec::new());
    let mut document = |name: &str, text: &str| {
        let text = Arc::new(text.to_owned());
        let file = files.add(name.to_owned(), Arc::clone(&text));
        parse(file, text, &mut diagnostics)
    };
    let root = document("schema.json", schema);
    let others: Vec<_> = remotes.iter().map(|(name, text)| document(name, text)).collect();
    let instances: Vec<_> = instances.iter().map(|text| document("instance.json", text)).collect();
    let mut resources = Resources::default();
    resources.add(&root, &["file:///schema.json".to_owned()]);
    for ((name, _), other) in remotes.iter().zip(&others) {
        resources.add(other, std::slice::from_ref(name));
    }
    let overlay = Overlay::default();
    let reading = Reading { resources: &resources, overlay: &overlay, foreign: &[] };
    let mut schemas = Schemas::default();
    // A schema that is `true` or `false` says what it says in any place.
    let roots = crate::schema::load(&[&root], &reading, &mut schemas, &mut diagnostics);
    let refused = diagnostics.iter().any(|diagnostic| diagnostic.level == crate::diagnostics::Level::Deny);
    let (Some(Some(schema)), false) = (roots.first(), refused) else {
        return Err(diagnostics.iter().map(|diagnostic| human(diagnostic, &files, Style::Plain)).collect());
    };
    let valid = |node| {
        let mut found = Vec::new();
        crate::check::validate(&schemas, *schema, node, &mut found);
        found.is_empty()
    };
    Ok(instances.iter().map(|instance| instance.root().is_some_and(valid)).collect())
}

/// What became of one script.
#[cfg(feature = "play")]
#[derive(Debug)]
pub struct Played {
    /// Its path.
    pub script: String,
    /// The expectations that held.
    pub expectations: usize,
    /// What happened, in the words of the log.
    pub log: Vec<String>,
    /// The line that does not hold, with its place.
    pub wrong: Option<String>,
}

/// Content that is compiled in memory and can be played.
#[cfg(feature = "play")]
#[derive(Debug)]
pub struct Playable {
    /// What a journal plays. It stays in memory for good.
    pub program: &'static quest_types::journal::Program,
    words: crate::play::Vocabulary,
}

#[cfg(feature = "play")]
impl Playable {
    /// Compiles what a manifest names.
    ///
    /// # Errors
    ///
    /// The content has errors or cannot be played.
    pub fn compile(manifest: &Path) -> Result<Self, String> {
        let mut run = compile::run_to_play(manifest, &mut |_| {});
        if run.diagnostics.errors() > 0 {
            let texts: Vec<_> = run
                .diagnostics
                .list
                .iter()
                .map(|diagnostic| human(diagnostic, &run.files, Style::Plain))
                .collect();
            return Err(texts.join("\n"));
        }
        let output = run.output.take().ok_or("there is nothing to play")?;
        let Some((first, words)) = output.program.zip(run.words.take()) else {
            return Err("no schema of this project says with `x-journal` how it is played".to_owned());
        };
        Ok(Self { program: crate::play::program(output.tables, output.text, first), words })
    }

    /// The key of an event about something, in the words of scripts.
    pub fn key(&self, event: &str, target: &str) -> Option<quest_types::journal::Key> {
        let event = self.words.events.iter().find(|known| known.name == event)?;
        self.words.key(event, Some(target)).ok()
    }
}

/// Plays scripts on the content that a manifest names.
///
/// # Errors
///
/// The content has errors or cannot be played, or a script cannot be read.
#[cfg(feature = "play")]
pub fn play(manifest: &Path, scripts: &[PathBuf]) -> Result<Vec<Played>, String> {
    use crate::play::{Game, Line};
    let Playable { program, words } = Playable::compile(manifest)?;
    let mut game = Game::new(program, words);
    let mut all = Vec::new();
    for path in scripts {
        let script = path.display().to_string();
        let text =
            std::fs::read_to_string(path).map_err(|error| format!("`{script}` cannot be read: {error}"))?;
        all.push(match crate::play::play(&mut game, &text) {
            Ok(crate::play::Played { expectations, log }) => {
                Played { script, expectations, log, wrong: None }
            }
            Err(Line { number, what }) => {
                let line = text.lines().nth(number - 1).unwrap_or_default().trim();
                let wrong = Some(format!("{script}:{number}: {what}\n  {line}"));
                Played { script, expectations: 0, log: std::mem::take(&mut game.log), wrong }
            }
        });
    }
    Ok(all)
}

/// A kind of diagnostic.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Code {
    /// Such as `Q2001`.
    pub id: &'static str,
    /// Such as `unknown-reference`.
    pub name: &'static str,
    /// The level without a manifest's word: `error`, `warning` or `off`.
    pub level: &'static str,
    /// A manifest cannot set another level.
    pub fixed: bool,
}

/// All kinds of diagnostics, in the order of their codes.
pub fn codes() -> Vec<Code> {
    use crate::diagnostics::code;
    let code = |code: &&crate::diagnostics::Code| Code {
        id: code.id,
        name: code.name,
        level: word(code.level),
        fixed: code.fixed,
    };
    let mut codes: Vec<Code> = code::ALL.iter().map(code).collect();
    codes.sort_by_key(|code| code.id);
    codes
}

/// A rule that a schema brings along.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Rule {
    /// The name by which a manifest sets its level.
    pub name: String,
    /// The level without a manifest's word: `error`, `warning` or `off`.
    pub level: &'static str,
    /// What its diagnostics say, with paths in braces.
    pub message: String,
    /// Why it is a rule.
    pub why: Option<String>,
    /// What to do.
    pub help: Option<String>,
    /// An object that breaks it, as JSON.
    pub wrong: Option<String>,
    /// An object that does not.
    pub right: Option<String>,
}

/// The rules of the schemas that a manifest names, in the order of the schemas.
pub fn rules(manifest: &Path) -> Vec<Rule> {
    let rule = |rule: crate::schema::Rule| Rule {
        level: word(rule.level),
        name: rule.name,
        message: rule.message,
        why: rule.why,
        help: rule.help,
        wrong: rule.wrong.map(|example| example.text),
        right: rule.right.map(|example| example.text),
    };
    let options = Options { only_check: true, ..Options::default() };
    compile::run(manifest, &options, &mut |_| {}).rules.into_iter().map(rule).collect()
}

/// How a level is called where diagnostics are described.
fn word(level: crate::diagnostics::Level) -> &'static str {
    use crate::diagnostics::Level;
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Allow => "off",
    }
}

/// ``did you mean `…`?``, if one of the words is near to what was written.
pub fn did_you_mean<'a>(written: &str, words: impl Iterator<Item = &'a str>) -> Option<String> {
    crate::diagnostics::did_you_mean(written, words)
}

/// Schemas for editors, as files for a folder. `None` if a schema cannot be used.
pub fn editor(
    manifest: &Path,
    folder: &Path,
    deny_warnings: bool,
    progress: &mut dyn FnMut(Step),
) -> (Run, Option<Vec<(String, Vec<u8>)>>) {
    let mut found = None;
    let run = compile::look(manifest, deny_warnings, progress, &mut |checked| {
        let crate::check::Checked { model, resolved, roots, files, .. } = *checked;
        found = Some(crate::editor::editor_schemas(model, resolved, roots, files, folder));
    });
    (Run(run), found)
}
