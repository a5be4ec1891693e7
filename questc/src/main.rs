//! `questc`: checks a game's quest content and compiles it, without a build script.

mod arguments;
mod atlas;
mod explain;
mod page;
mod progress;

use anstream::{AutoStream, ColorChoice};
use arguments::{Authoring, Color, Format, Output, Request, Work};
use log::{LevelFilter, debug, error, info};
use progress::Progress;
use quest_compiler::tool::{self, Fixed, Run, Step};
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// There are diagnostics that are errors.
const WITH_ERRORS: u8 = 1;
/// The command line is wrong, or output can't be written.
const FAILED: u8 = 2;

fn main() -> ExitCode {
    let code = match arguments::parse(std::env::args_os().skip(1)) {
        Ok(Request::Help) => printed(arguments::HELP),
        Ok(Request::Version) => printed(concat!("questc ", env!("CARGO_PKG_VERSION"), "\n")),
        Ok(Request::Work(work)) => perform(&work),
        Ok(Request::Atlas(work, wanted)) => atlas::perform(&work, &wanted),
        Ok(Request::Lock { work, check }) => lock(&work, check),
        Ok(Request::Authoring(wanted)) => authoring(&wanted),
        Ok(Request::Play { work, scripts }) => play(&work, &scripts),
        Ok(Request::Explain { code, manifest }) => {
            match explain::explain(code.as_deref(), &|| rules(manifest.as_ref())) {
                Ok(text) => printed(&text),
                Err(message) => {
                    Terminal::new(Color::Auto).error(&message);
                    FAILED
                }
            }
        }
        Err(message) => {
            let terminal = Terminal::new(Color::Auto);
            terminal.error(&message);
            terminal.line("try `questc --help`");
            FAILED
        }
    };
    ExitCode::from(code)
}

/// The rules of a project: that of the manifest, or that of the current folder, if there is one.
fn rules(manifest: Option<&PathBuf>) -> Vec<tool::Rule> {
    let here = || Some(PathBuf::from(arguments::MANIFEST)).filter(|path| path.exists());
    manifest.cloned().or_else(here).map_or_else(Vec::new, |manifest| tool::rules(&manifest))
}

fn perform(work: &Work) -> u8 {
    start_log(work.verbose);
    let terminal = Terminal::new(work.color);
    // Log lines and the progress line would tear each other apart.
    let progress = Progress::start(!work.quiet && !work.verbose);
    let options = tool::Options {
        deny_warnings: work.deny_warnings,
        only_check: work.output.is_none(),
        threads: work.threads,
    };
    let compile = || tool::run_with(&work.manifest, &options, &mut |step| progress.stage(stage(&step)));
    let mut run = compile();
    let fixed = if work.fix { fix(&mut run, &compile) } else { (Vec::new(), None) };
    drop(progress);
    let (fixed, problem) = fixed;
    for Fixed { file, line, column, old, new } in &fixed {
        terminal.line(&format!("{file}:{line}:{column}: fixed: `{old}` is now `{new}`"));
    }
    if let Some(problem) = problem {
        terminal.error(&problem);
        return FAILED;
    }
    if !fixed.is_empty() {
        terminal.line("");
    }

    log_run(&run);
    let mut code = if run.errors() > 0 { WITH_ERRORS } else { 0 };
    if let Err(message) = show(&run, work, &terminal) {
        terminal.error(&message);
        code = FAILED;
    }

    if work.opaque {
        for line in run.opaque() {
            terminal.line(&line);
        }
    }
    if let (Some(output), 0) = (&work.output.as_ref().filter(|output| output.check), run.errors()) {
        return up_to_date(&run, output, &terminal, work.quiet);
    }
    let mut written = None;
    if let (Some(output), 0) = (&work.output, run.errors()) {
        let progress = Progress::start(!work.quiet && !work.verbose);
        progress.stage(stage(&Step::Write));
        let outcome = write(&run, output);
        drop(progress);
        match outcome {
            Ok(files) => written = Some((files, output)),
            Err(message) => {
                terminal.error(&message);
                return FAILED;
            }
        }
    }
    if !work.quiet {
        if !fixed.is_empty() {
            terminal.line(&format!("{} fixed", plural(fixed.len(), "mistake")));
        }
        if run.errors() > 0 {
            terminal.error(&failure(run.errors(), run.warnings(), run.files()));
        } else {
            let mut line = success(&run.counts(), run.warnings(), run.files());
            let opaque = run.opaque().len();
            if opaque > 0 && !work.opaque && work.output.is_none() {
                let (places, verb) =
                    (plural(opaque, "place"), if opaque == 1 { "becomes" } else { "become" });
                line.push_str(&format!("; {places} in the schemas {verb} JSON text (`--opaque` lists them)"));
            }
            if let Some((files, output)) = written {
                let directory = output.directory.display();
                line.push_str(&format!("; {} written to {directory}", plural(files, "file")));
            }
            terminal.line(&line);
        }
    }
    code
}

/// Plays scripts, each from the beginning, and says which lines do not hold.
fn play(work: &Work, scripts: &[PathBuf]) -> u8 {
    start_log(false);
    let terminal = Terminal::new(work.color);
    if let Some(script) = scripts.iter().find(|script| !script.is_file()) {
        terminal.error(&format!("`{}` is no file that can be read", script.display()));
        return FAILED;
    }
    let played = match tool::play(&work.manifest, scripts) {
        Ok(played) => played,
        Err(message) => {
            terminal.refused(&message);
            return WITH_ERRORS;
        }
    };
    let mut wrong = 0;
    for tool::Played { script, expectations, log, wrong: line } in &played {
        if work.verbose {
            terminal.line(&format!("{script}:"));
            log.iter().for_each(|line| terminal.line(&format!("  {line}")));
        }
        match line {
            Some(line) => {
                wrong += 1;
                terminal.error(line);
            }
            None if work.quiet => {}
            None => {
                let count = plural(*expectations, "expectation");
                let verb = if *expectations == 1 { "holds" } else { "hold" };
                terminal.line(&format!("{script}: {count} {verb}"));
            }
        }
    }
    if wrong == 0 {
        return 0;
    }
    if !work.quiet {
        let verb = if wrong == 1 { "does" } else { "do" };
        terminal.error(&format!("{wrong} of {} {verb} not hold", plural(played.len(), "script")));
    }
    WITH_ERRORS
}

/// Writes the lock of a release, or says whether it is up to date.
fn lock(work: &Work, check: bool) -> u8 {
    start_log(work.verbose);
    let terminal = Terminal::new(work.color);
    let progress = Progress::start(!work.quiet && !work.verbose);
    let run = tool::run_to_lock(&work.manifest, work.deny_warnings, &mut |step| progress.stage(stage(&step)));
    drop(progress);
    log_run(&run);
    if let Err(message) = show(&run, work, &terminal) {
        terminal.error(&message);
        return FAILED;
    }
    let Some((path, text)) = run.lock() else {
        if !work.quiet {
            let failure = failure(run.errors(), run.warnings(), run.files());
            terminal.error(&format!("{failure}; the lock is as it was"));
        }
        return WITH_ERRORS;
    };
    let there = std::fs::read(path).unwrap_or_default();
    let name = path.display();
    let same = there == text.as_bytes();
    if check && !same {
        let file = tool::Outdated {
            path: path.to_owned(),
            old: path.exists().then_some(there),
            new: text.as_bytes().to_vec(),
        };
        terminal.line(&difference(&file));
        terminal.error(&format!("{name} is not up to date: run `questc lock` for a release, and commit it"));
        return WITH_ERRORS;
    }
    if !same && let Err(message) = run.write_lock() {
        terminal.error(&message);
        return FAILED;
    }
    if !work.quiet {
        let what = if same { "is up to date" } else { "written" };
        terminal.line(&format!("{}; {name} {what}", success(&run.counts(), run.warnings(), run.files())));
    }
    0
}

/// Makes all fixes and compiles again until nothing is left that is certain, or a file cannot be fixed, of which it says why.
fn fix(run: &mut Run, compile: &dyn Fn() -> Run) -> (Vec<Fixed>, Option<String>) {
    /// Enough for a mistake behind a mistake behind a mistake.
    const MOST_ROUNDS: usize = 8;
    let mut fixed = Vec::new();
    for _ in 0..MOST_ROUNDS {
        match run.fix() {
            Ok(made) if made.is_empty() => break,
            Ok(made) => fixed.extend(made),
            Err(problem) => return (fixed, Some(problem)),
        }
        *run = compile();
    }
    fixed.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
    (fixed, None)
}

/// Shows the diagnostics: to people on standard error, to tools on standard output.
fn show(run: &Run, work: &Work, terminal: &Terminal) -> Result<(), String> {
    let shown = run.shown(work.most);
    match work.format {
        Format::Human => {
            for diagnostic in shown.human(terminal.colour(), terminal.width()) {
                terminal.line(&format!("{}\n", diagnostic.trim_end_matches('\n')));
            }
        }
        Format::Short => {
            for diagnostic in shown.short(terminal.colour()) {
                terminal.line(&diagnostic);
            }
        }
        Format::Json => print_lines(&shown.json())?,
        Format::Sarif => print_lines(&[shown.sarif(&explain::description)])?,
    }
    if let Some(rest) = shown.rest() {
        terminal.line(&format!("{rest}; `--max-findings all` shows all"));
        if work.format == Format::Human {
            terminal.line("");
        }
    }
    Ok(())
}

/// Writes Rust types for the documents that a schema describes.
#[cfg(feature = "authoring")]
fn authoring(wanted: &Authoring) -> u8 {
    let terminal = Terminal::new(wanted.color);
    let source = match tool::authoring(&wanted.schema) {
        Ok(source) => source,
        Err(message) => {
            terminal.refused(&message);
            return WITH_ERRORS;
        }
    };
    let Some(out) = &wanted.out else { return printed(&source) };
    if let Err(message) = tool::write_authoring(&wanted.schema, out) {
        terminal.error(&message);
        return FAILED;
    }
    if !wanted.quiet {
        terminal.line(&format!("types of {} written to {}", wanted.schema.display(), out.display()));
    }
    0
}

/// Says how to get a `questc` that can write types.
#[cfg(not(feature = "authoring"))]
fn authoring(wanted: &Authoring) -> u8 {
    let Authoring { schema, out, color, quiet: _ } = wanted;
    let terminal = Terminal::new(*color);
    terminal.error("this questc cannot write types: it is built without the feature `authoring`");
    terminal.line("install one that can, in the folder that questc comes in:");
    terminal.line("  cargo install --path questc --features authoring");
    let mut again = format!("questc authoring {}", schema.display());
    if let Some(out) = out {
        again.push_str(&format!(" -o {}", out.display()));
    }
    terminal.line(&format!("then run `{again}` again"));
    FAILED
}

/// Says which files would be written anew.
fn up_to_date(run: &Run, output: &Output, terminal: &Terminal, quiet: bool) -> u8 {
    let outdated = match run.outdated(&output.directory, output.pack.as_deref()) {
        Ok(outdated) => outdated,
        Err(message) => {
            terminal.error(&message);
            return FAILED;
        }
    };
    for file in &outdated {
        terminal.line(&difference(file));
    }
    if outdated.is_empty() {
        if !quiet {
            terminal.line(&format!("everything in {} is up to date", output.directory.display()));
        }
        return 0;
    }
    let (files, are) = (plural(outdated.len(), "file"), if outdated.len() == 1 { "is" } else { "are" });
    terminal.error(&format!("{files} {are} not up to date: run `questc build` and commit what it writes"));
    WITH_ERRORS
}

/// One line about a file that is not as it should be, and for text the first lines that differ.
fn difference(file: &tool::Outdated) -> String {
    /// More would not be short.
    const MOST: usize = 6;
    let name = file.path.display();
    let Some(old) = &file.old else { return format!("{name}: is not there") };
    let (Ok(old_text), Ok(new_text)) = (std::str::from_utf8(old), std::str::from_utf8(&file.new)) else {
        return format!("{name}: {} bytes there, {} wanted", old.len(), file.new.len());
    };
    let diff = similar::TextDiff::from_lines(old_text, new_text);
    let changes = || diff.iter_all_changes().filter(|change| change.tag() != similar::ChangeTag::Equal);
    let count = |tag| changes().filter(|change| change.tag() == tag).count();
    let mut text = format!(
        "{name}: {} to add, {} to remove",
        plural(count(similar::ChangeTag::Insert), "line"),
        plural(count(similar::ChangeTag::Delete), "line")
    );
    for change in changes().take(MOST) {
        let line = change.value().trim_end();
        let line: String = line.chars().take(100).collect();
        text.push_str(&format!("\n  {}{line}", change.tag()));
    }
    if changes().count() > MOST {
        text.push_str("\n  ...");
    }
    text
}

/// Writes everything that was asked for and counts the files in the directory.
fn write(run: &Run, output: &Output) -> Result<usize, String> {
    let files = run.write(&output.directory)?;
    for file in &files {
        debug!("Wrote {}", file.display());
    }
    if let Some(pack) = &output.pack {
        run.write_pack(pack)?;
        debug!("Wrote {}", pack.display());
    }
    Ok(files.len())
}

fn start_log(verbose: bool) {
    if verbose {
        // Only fails when there is a logger already, and then there is one.
        let started = env_logger::Builder::new()
            .filter_level(LevelFilter::Debug)
            .format(|to, record| writeln!(to, "{} {}", record.level(), record.args()))
            .try_init();
        drop(started);
    }
}

fn log_run(run: &Run) {
    for schema in run.schemas() {
        info!("Quest schema loaded from {schema}");
    }
    debug!("Read {} with {}", plural(run.files(), "file"), plural(run.bytes(), "byte"));
    if run.errors() > 0 {
        // The diagnostics themselves are printed, whatever the level of the log.
        error!("Quest validation failed: {}", plural(run.errors(), "error"));
        return;
    }
    let counts = run.counts();
    let quests = counts.iter().find(|(kind, _)| kind == "quest").map_or(0, |(_, count)| *count);
    info!("Loaded {quests} quests from configuration");
    debug!("Quest configuration validated successfully");
}

/// What the progress line says.
fn stage(step: &Step) -> String {
    match step {
        Step::Read { files } => format!("reading {}…", plural(*files, "file")),
        Step::Check => "checking…".to_owned(),
        Step::Resolve => "resolving…".to_owned(),
        Step::Lower => "compiling…".to_owned(),
        Step::Write => "writing…".to_owned(),
        _ => "working…".to_owned(),
    }
}

fn failure(errors: usize, warnings: usize, files: usize) -> String {
    let mut line = plural(errors, "error");
    if warnings > 0 {
        line.push_str(&format!(" and {}", plural(warnings, "warning")));
    }
    format!("{line} in {}", plural(files, "file"))
}

fn success(counts: &[(String, usize)], warnings: usize, files: usize) -> String {
    let rows: Vec<_> = counts
        .iter()
        .filter(|(_, count)| *count > 0)
        .map(|(kind, count)| plural(*count, &kind.replace('-', " ")))
        .collect();
    let files = plural(files, "file");
    let mut line = if rows.is_empty() { files } else { format!("{} in {files}", rows.join(", ")) };
    line.push_str(": no errors");
    if warnings > 0 {
        line.push_str(&format!(", {}", plural(warnings, "warning")));
    }
    line
}

/// `1 quest`, `2 quests`, `3 categories`.
fn plural(count: usize, noun: &str) -> String {
    if count == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{count} {stem}ies"),
        _ if noun.ends_with(['s', 'x', 'z']) || noun.ends_with("ch") || noun.ends_with("sh") => {
            format!("{count} {noun}es")
        }
        _ => format!("{count} {noun}s"),
    }
}

/// Prints to standard output and gives the exit code.
fn printed(text: &str) -> u8 {
    let mut to = io::stdout().lock();
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()).or_else(forgive) {
        Ok(()) => 0,
        Err(problem) => {
            Terminal::new(Color::Auto).error(&unprintable(&problem));
            FAILED
        }
    }
}

fn print_lines(lines: &[String]) -> Result<(), String> {
    let mut to = io::BufWriter::new(io::stdout().lock());
    let outcome = lines.iter().try_for_each(|line| writeln!(to, "{line}")).and_then(|()| to.flush());
    outcome.or_else(forgive).map_err(|problem| unprintable(&problem))
}

/// A reader that went away (`questc … | head`) has seen enough.
fn forgive(problem: io::Error) -> io::Result<()> {
    if problem.kind() == io::ErrorKind::BrokenPipe { Ok(()) } else { Err(problem) }
}

fn unprintable(problem: &io::Error) -> String {
    format!("can't write to standard output: {problem}")
}

/// A terminal that is narrower breaks lines itself.
const NARROWEST: usize = 40;

/// No one reads longer lines.
const WIDEST: usize = 1000;

/// Standard error. What can't be written there is lost: there is no other place to say so.
struct Terminal {
    choice: ColorChoice,
}

impl Terminal {
    fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => AutoStream::choice(&io::stderr()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        Self { choice }
    }

    fn colour(&self) -> bool {
        self.choice != ColorChoice::Never
    }

    /// The width that lines of files are cut to; `None` if it is not known.
    fn width(&self) -> Option<usize> {
        let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let found = || terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
        said.or_else(found).map(|width| width.clamp(NARROWEST, WIDEST))
    }

    fn line(&self, text: &str) {
        let mut to = AutoStream::new(io::stderr().lock(), self.choice);
        drop(to.write_all(format!("{text}\n").as_bytes()).and_then(|()| to.flush()));
    }

    fn error(&self, text: &str) {
        // The stream takes the colours out where they are not wanted.
        self.line(&format!("\u{1b}[1m\u{1b}[91merror\u{1b}[0m\u{1b}[1m:\u{1b}[0m {text}"));
    }

    /// Why there is nothing to show: diagnostics come as they are to be shown, everything else is one line.
    fn refused(&self, message: &str) {
        if message.starts_with("error[") || message.starts_with("warning[") {
            self.line(message);
        } else {
            self.error(message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn summaries() {
        assert_eq!(failure(2, 1, 5), "2 errors and 1 warning in 5 files");
        assert_eq!(failure(1, 0, 1), "1 error in 1 file");
        let counts = [("quest", 5), ("stage", 15), ("marker", 0), ("objective", 20)]
            .map(|(kind, count)| (kind.to_owned(), count));
        assert_eq!(
            success(&counts, 1, 5),
            "5 quests, 15 stages, 20 objectives in 5 files: no errors, 1 warning"
        );
        assert_eq!(success(&[], 0, 0), "0 files: no errors");
    }

    #[test]
    fn plurals() {
        for (count, noun, expected) in [
            (1, "category", "1 category"),
            (2, "category", "2 categories"),
            (2, "key", "2 keys"),
            (0, "box", "0 boxes"),
        ] {
            assert_eq!(plural(count, noun), expected);
        }
    }

    #[test]
    fn a_reader_that_went_away_is_no_failure() {
        assert!(forgive(io::ErrorKind::BrokenPipe.into()).is_ok());
        assert!(forgive(io::ErrorKind::StorageFull.into()).is_err());
    }
}
