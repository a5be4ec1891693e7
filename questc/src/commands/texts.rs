//! `questc texts`.

use super::{Context, Outcome, SUCCESS, WITH_ERRORS};
use crate::cli::{ExportArgs, ImportArgs, TextsCommand, TextsFormat};
use crate::summary::plural;
use crate::terminal::print;
use quest_compiler::driver::{Goal, write_file};
use quest_texts::{Format, Imported, Project, TextsError, export, import, pseudo_language};
use std::path::{Path, PathBuf};

/// The most keys that are named of each sort.
const NAMED: usize = 5;

pub(super) fn texts(cx: &Context<'_>, command: &TextsCommand) -> Outcome {
    let done = match command {
        TextsCommand::Export(args) => write_for_translators(cx, args),
        TextsCommand::Import(args) => read_from_translators(cx, args),
        TextsCommand::Status => status(cx),
        TextsCommand::Pseudo { language } => pseudo(cx, language),
    };
    match done {
        Ok(code) => Ok(code),
        Err(Failure::Texts(TextsError::Schemas(report))) => {
            cx.show(&report)?;
            cx.failure(&TextsError::Schemas(report).to_string());
            Ok(WITH_ERRORS)
        }
        Err(Failure::Texts(error)) => {
            cx.terminal.error(&error.to_string());
            Ok(WITH_ERRORS)
        }
        Err(Failure::File(path, error)) => {
            cx.terminal.error(&format!("{}: {error}", path.display()));
            Ok(WITH_ERRORS)
        }
        Err(Failure::System(message)) => Err(message),
    }
}

/// Why a command did nothing.
enum Failure {
    Texts(TextsError),
    /// A translator's file is wrong.
    File(PathBuf, TextsError),
    /// Something cannot be read or written.
    System(String),
}

impl From<TextsError> for Failure {
    fn from(error: TextsError) -> Self {
        Self::Texts(error)
    }
}

fn format(format: TextsFormat) -> Format {
    match format {
        TextsFormat::Po => Format::Po,
        TextsFormat::Xliff => Format::Xliff,
        TextsFormat::Csv => Format::Csv,
        TextsFormat::Json => Format::Json,
    }
}

fn project(cx: &Context<'_>, language: &str) -> Result<Project, Failure> {
    let progress = cx.progress();
    let project = Project::read(&cx.common.request(Goal::Check, None), language);
    drop(progress);
    let project = project?;
    if project.is_empty() {
        let message = "no text is marked with `x-text` in the schemas, so there is nothing to translate";
        return Err(Failure::System(message.to_owned()));
    }
    Ok(project)
}

fn write_for_translators(cx: &Context<'_>, args: &ExportArgs) -> Result<u8, Failure> {
    let project = project(cx, args.language.as_deref().unwrap_or_default())?;
    let language = args.language.as_ref().unwrap_or(&project.source_language);
    let before = match &args.out {
        Some(out) => match std::fs::read(out) {
            Ok(bytes) => Some(bytes),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => {
                return Err(Failure::System(format!("`{}` cannot be read: {error}", out.display())));
            }
        },
        None => None,
    };
    let exported = export(&project, language, format(args.to), before.as_deref());
    let exported = exported.map_err(|error| at(args.out.as_deref().filter(|_| before.is_some()), error))?;
    let Some(out) = &args.out else {
        print(&exported.text).map_err(Failure::System)?;
        return Ok(SUCCESS);
    };
    write_file(out, exported.text.as_bytes()).map_err(|error| Failure::System(error.to_string()))?;
    let mut line = format!("{}: {}", out.display(), plural(exported.texts, "text"));
    line.push_str(&format!(", {} translated", exported.translated));
    for (count, what) in [
        (exported.fuzzy, "fuzzy"),
        (exported.obsolete, "of texts that are gone"),
        (exported.kept, "that only this file had, and are kept"),
    ] {
        if count > 0 {
            line.push_str(&format!(", {count} {what}"));
        }
    }
    cx.summary(&line);
    Ok(SUCCESS)
}

/// An error about a translator's file names the file.
fn at(file: Option<&Path>, error: TextsError) -> Failure {
    match (file, error) {
        (
            Some(file),
            error @ (TextsError::File(_)
            | TextsError::OtherLanguage { .. }
            | TextsError::Nothing(_)
            | TextsError::Duplicates(_)),
        ) => Failure::File(file.to_owned(), error),
        (_, error) => Failure::Texts(error),
    }
}

fn read_from_translators(cx: &Context<'_>, args: &ImportArgs) -> Result<u8, Failure> {
    let name = args.file.display();
    let from = args.from.map(format).or_else(|| Format::of(&args.file.to_string_lossy()));
    let from = from.ok_or_else(|| {
        Failure::System(format!("the name `{name}` does not tell the format: add `--from po`, or another"))
    })?;
    let bytes = std::fs::read(&args.file)
        .map_err(|error| Failure::System(format!("`{name}` cannot be read: {error}")))?;
    let project = project(cx, &args.language)?;
    let imported =
        import(&project, &args.language, from, &bytes).map_err(|error| at(Some(&args.file), error))?;
    report(cx, args, &imported);
    let Some(file) = &project.file else { return Ok(SUCCESS) };
    if args.dry_run {
        cx.summary(&format!("{}; nothing is written", counted(&imported)));
        return Ok(SUCCESS);
    }
    write_file(file, imported.text.as_bytes()).map_err(|error| Failure::System(error.to_string()))?;
    cx.summary(&format!("{}: {}; `questc check` says what is left", file.display(), counted(&imported)));
    Ok(SUCCESS)
}

/// Says what is not as it should be, and what stays.
fn report(cx: &Context<'_>, args: &ImportArgs, imported: &Imported) {
    let name = args.file.display();
    for warning in &imported.warnings {
        cx.terminal.line(&format!("warning: {name}: {warning}"));
    }
    for (line, what) in imported.unusable.iter().take(NAMED) {
        cx.terminal.line(&format!("warning: {name}:{line}: {what}"));
    }
    let rest = imported.unusable.len().saturating_sub(NAMED);
    if rest > 0 {
        cx.terminal.line(&format!("warning: {name}: {rest} more units cannot be used"));
    }
    for (keys, what) in [
        (&imported.unknown, "no text of the content has the key"),
        (&imported.repeated, "twice in the file, with one translation:"),
        (&imported.kept, "not in the file, and kept as it was:"),
        (&imported.stale, "of a text that has changed since:"),
        (&imported.fuzzy, "marked as fuzzy, so that the game does not show it:"),
    ] {
        if !keys.is_empty() {
            cx.terminal.line(&format!("note: {what} {}", named(keys)));
        }
    }
}

fn named(keys: &[String]) -> String {
    let shown: Vec<String> = keys.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
    match keys.len() - shown.len() {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}

fn counted(imported: &Imported) -> String {
    let mut parts = vec![format!("{} gained", imported.gained.len())];
    for (count, what) in [
        (imported.changed.len(), "changed"),
        (imported.same, "as before"),
        (imported.kept.len(), "kept"),
        (imported.stale.len(), "stale"),
        (imported.fuzzy.len(), "fuzzy"),
        (imported.unknown.len(), "unknown"),
    ] {
        if count > 0 {
            parts.push(format!("{count} {what}"));
        }
    }
    parts.join(", ")
}

fn status(cx: &Context<'_>) -> Result<u8, Failure> {
    let project = project(cx, "")?;
    let mut out = format!("{} in `{}`\n", plural(project.len(), "text"), project.source_language);
    for coverage in &project.coverage {
        let percent = coverage.translated * 100 / coverage.texts.max(1);
        out.push_str(&format!(
            "{:<8} {percent:>3} %  {} translated, {} missing, {} fuzzy, {} stale\n",
            coverage.language, coverage.translated, coverage.missing, coverage.fuzzy, coverage.stale
        ));
    }
    print(&out).map_err(Failure::System)?;
    Ok(SUCCESS)
}

fn pseudo(cx: &Context<'_>, language: &str) -> Result<u8, Failure> {
    let project = project(cx, language)?;
    let text = pseudo_language(&project, language)?;
    let Some(file) = &project.file else { return Ok(SUCCESS) };
    write_file(file, text.as_bytes()).map_err(|error| Failure::System(error.to_string()))?;
    cx.summary(&format!("{}: {}", file.display(), plural(project.len(), "text")));
    Ok(SUCCESS)
}
