//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;
use quest_compiler::diagnostics::MOST_FOR_PEOPLE;
use quest_compiler::driver::{Goal, Request};
use quest_site::{GraphLanguage, Place};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The manifest, if the command line names none.
const MANIFEST: &str = "quest.toml";

/// Checks a game's quest content and compiles it.
#[derive(Debug, Parser)]
#[command(name = "questc", version, args_override_self = true, after_help = AFTER_HELP)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) common: Common,
}

const AFTER_HELP: &str = "\
Diagnostics for people go to standard error. With `--format json` they go to standard
output, one JSON object a line, with `--format sarif` as one SARIF 2.1.0 log. Summary and
log lines always go to standard error. Nothing is written when there are errors.

Exit codes:
  0  no errors (there may be warnings)
  1  there are errors in content, or a schema cannot be turned into types, or with
     `--check` the output is not up to date, or a line of a script does not hold
  2  the command line is wrong, or output cannot be written";

/// Options of every command that reads a project.
#[derive(Args, Debug)]
pub(crate) struct Common {
    /// The manifest to read
    #[arg(long, global = true, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) manifest: Option<PathBuf>,
    /// Make every warning an error
    #[arg(long, global = true)]
    pub(crate) deny_warnings: bool,
    /// How diagnostics are printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub(crate) format: Format,
    /// Print at most so many diagnostics, errors first, and count the rest [default: 100; with json and sarif: all]
    #[arg(long, alias = "max-findings", global = true, value_name = "N|all", value_parser = Limit::parse)]
    max_diagnostics: Option<Limit>,
    /// When to use colours; `auto` means on a terminal, unless NO_COLOR is set
    #[arg(long, alias = "colour", global = true, value_enum, default_value_t = Color::Auto)]
    pub(crate) color: Color,
    /// Print log lines too
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
    /// Print no summary and no progress
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
}

impl Common {
    /// The manifest to read.
    pub(crate) fn manifest(&self) -> PathBuf {
        self.manifest.clone().unwrap_or_else(|| PathBuf::from(MANIFEST))
    }

    /// The manifest that the command line names, or that of the current folder if there is one.
    pub(crate) fn manifest_if_any(&self) -> Option<PathBuf> {
        self.manifest.clone().or_else(|| Some(PathBuf::from(MANIFEST)).filter(|path| path.exists()))
    }

    /// What to ask of the compiler.
    pub(crate) fn request(&self, goal: Goal, threads: Option<NonZeroUsize>) -> Request {
        let mut request =
            Request::check(self.manifest()).with_goal(goal).with_deny_warnings(self.deny_warnings);
        request.threads = threads;
        request
    }

    /// How many diagnostics are printed at most; `None` for all.
    pub(crate) fn limit(&self) -> Option<usize> {
        match (self.max_diagnostics, self.format) {
            (Some(Limit::Number(limit)), _) => Some(limit.get()),
            (None, Format::Human | Format::Short) => Some(MOST_FOR_PEOPLE),
            (Some(Limit::All), _) | (None, Format::Json | Format::Sarif) => None,
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Report what is wrong, write nothing
    Check(CheckArgs),
    /// Check, then write tables, texts, Rust code and index
    Build(BuildArgs),
    /// Make a project of content that exists: schemas if it has none, ids and references in an overlay
    Init(InitArgs),
    /// Write `quest.lock`: what saved games can name of this release
    Lock(LockArgs),
    /// Rename an id: in content, registries, the manifest, scripts and Rust
    Rename(RenameArgs),
    /// Check, or build, again whenever a file changes, and say what has changed
    Watch(WatchArgs),
    /// Serve editors: a language server over standard input and output, which finds manifests itself if none is named
    Lsp,
    /// List the ways in which a quest can end
    Endings {
        /// The id of an object whose schema has `x-flow`; without it, all are listed
        name: Option<String>,
    },
    /// Play scripts, and say which lines do not hold
    Play(PlayArgs),
    /// Write files for translators, and read them back
    #[command(subcommand)]
    Texts(TextsCommand),
    /// Draw what leads to what, as text for wikis
    Graph(GraphArgs),
    /// Write a site that shows schemas and content, also if the content has errors
    Doc(DocArgs),
    /// Write schemas that tell editors which ids there are
    Schema(SchemaArgs),
    /// Write Rust types for tools that make content; reads no manifest
    Authoring(AuthoringArgs),
    /// Say what a code such as Q2001, or a rule of the schema, means, or list all codes
    Explain {
        /// The id or name of a code, or the name of a rule
        code: Option<String>,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
    /// Write man pages
    Man {
        /// Where the pages go
        #[arg(short, long, value_name = "DIR", default_value = "target/questc-man", value_hint = ValueHint::DirPath)]
        out: PathBuf,
    },
}

#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Write into the content what was certainly meant, and report what is left
    #[arg(long)]
    pub(crate) fix: bool,
    /// List the places in schemas that become JSON text
    #[arg(long)]
    pub(crate) opaque: bool,
    /// List what has a longer name in Rust because something else would have the same
    #[arg(long)]
    pub(crate) names: bool,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
}

#[derive(Args, Debug)]
pub(crate) struct InitArgs {
    /// Files, folders and patterns, relative to the folder of the manifest [default: everything in that folder]
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(crate) content: Vec<String>,
    /// A text with at most so many different values can be an enum
    #[arg(long, value_name = "N", default_value_t = quest_init::Thresholds::default().enum_values)]
    pub(crate) enum_values: usize,
    /// Each value of an enum occurs so many times on average
    #[arg(long, value_name = "N", default_value_t = quest_init::Thresholds::default().enum_repeats)]
    pub(crate) enum_repeats: usize,
    /// Numbers get a lower bound if there are at least so many
    #[arg(long, value_name = "N", default_value_t = quest_init::Thresholds::default().bounded_numbers)]
    pub(crate) bounded_numbers: usize,
}

#[derive(Args, Debug)]
pub(crate) struct ThreadArgs {
    /// Use at most so many threads [default: as many as the machine has cores]
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<NonZeroUsize>,
}

#[derive(Args, Debug)]
pub(crate) struct BuildArgs {
    /// Where the output goes
    #[arg(short, long, value_name = "DIR", default_value = "target/questc", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,
    /// Write a pack to this file as well
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) pack: Option<PathBuf>,
    /// Write nothing; say whether the output is up to date
    #[arg(long)]
    pub(crate) check: bool,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
}

#[derive(Args, Debug)]
pub(crate) struct PlayArgs {
    /// The scripts; each is played from the beginning
    #[arg(required_unless_present = "explore", conflicts_with = "explore", value_hint = ValueHint::FilePath)]
    pub(crate) scripts: Vec<PathBuf>,
    /// Write a script for every ending of every quest, and for every way to lose it
    #[arg(long)]
    pub(crate) explore: bool,
    /// Where `--explore` writes the scripts
    // What is required is not missed if it conflicts with what is there, so scripts are named as a conflict too.
    #[arg(short, long, requires = "explore", conflicts_with = "scripts", value_name = "DIR", default_value = "target/questc-play", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct LockArgs {
    /// Write nothing; say whether the lock is up to date
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Args, Debug)]
pub(crate) struct RenameArgs {
    /// The kind and the path of the id, such as `quest:iron-path` or `quest.stage:iron-path:find-descent`; then the same with another
    /// last part, or that part alone
    #[arg(required = true, num_args = 1..=2, value_names = ["OLD", "NEW"])]
    pub(crate) ids: Vec<String>,
    /// Rename what is written at this place of a content file, instead of naming it
    #[arg(long, value_name = "FILE:LINE:COLUMN", value_parser = place_in_line)]
    pub(crate) at: Option<(PathBuf, usize, usize)>,
    /// Write nothing; print what would change
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
}

#[derive(Args, Debug)]
pub(crate) struct WatchArgs {
    /// Write tables, texts, Rust code and index whenever there are no errors
    #[arg(long)]
    pub(crate) build: bool,
    /// Where the output of `--build` goes
    #[arg(short, long, requires = "build", value_name = "DIR", default_value = "target/questc", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,
    /// Write a pack to this file whenever there are no errors, for a game that is running
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) pack: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) threads: ThreadArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum TextsCommand {
    /// Write the texts of the content with their translations, for translators
    Export(ExportArgs),
    /// Read a translator's file into the language file of the manifest
    Import(ImportArgs),
    /// Say how far each language is
    Status,
    /// Write the language file of a language that nobody speaks, which shows what is not translated or does not fit
    Pseudo {
        /// The language, which the manifest names
        #[arg(short, long, value_name = "TAG", default_value = "en-XA")]
        language: String,
    },
}

#[derive(Args, Debug)]
pub(crate) struct ExportArgs {
    /// The format
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) to: TextsFormat,
    /// The language, such as `de` [default: that of the content]
    #[arg(short, long, value_name = "TAG")]
    pub(crate) language: Option<String>,
    /// Write this file; what translators have done in it since is kept [default: standard output]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(crate) struct ImportArgs {
    /// The translator's file
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) file: PathBuf,
    /// The language, such as `de`
    #[arg(short, long, value_name = "TAG")]
    pub(crate) language: String,
    /// The format [default: by the end of the file's name]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(crate) from: Option<TextsFormat>,
    /// Write nothing; say what would change
    #[arg(short = 'n', long)]
    pub(crate) dry_run: bool,
}

/// A format of translators' tools.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum TextsFormat {
    /// gettext
    Po,
    /// XLIFF 1.2; 2.x can be imported
    Xliff,
    /// What Godot imports
    Csv,
    /// What i18next reads
    Json,
}

#[derive(Args, Debug)]
pub(crate) struct GraphArgs {
    /// The id of an object: its flow, or what it needs and what needs it. Or a kind whose schema has `x-requires`, which is also the default
    pub(crate) name: Option<String>,
    /// Draw what is at this line of a content file, instead of naming it
    #[arg(long, value_name = "FILE:LINE", value_parser = place, conflicts_with_all = ["name", "out"])]
    pub(crate) at: Option<Place>,
    /// The language
    #[arg(long = "as", value_enum, value_name = "LANGUAGE", default_value_t = Language::Mermaid)]
    pub(crate) language: Language,
    /// Write all graphs into this folder [default: one graph to standard output]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(crate) out: Option<PathBuf>,
}

/// A file, a line and a column, both from 1.
fn place_in_line(text: &str) -> Result<(PathBuf, usize, usize), String> {
    let wrong = || "it must be a file, a line and a column, such as `quests.json:12:7`".to_owned();
    let (rest, column) = text.rsplit_once(':').ok_or_else(wrong)?;
    let Place { file, line } = place(rest).map_err(|_| wrong())?;
    let column = column.parse().ok().filter(|column| *column > 0).ok_or_else(wrong)?;
    Ok((file, line, column))
}

/// A file and a line of it.
fn place(text: &str) -> Result<Place, String> {
    let (file, line) =
        text.rsplit_once(':').ok_or("it must be a file and a line, such as `quests.json:12`")?;
    let line = line.parse().ok().filter(|line| *line > 0).ok_or("the line must be a number from 1")?;
    Ok(Place { file: PathBuf::from(file), line })
}

#[derive(Args, Debug)]
pub(crate) struct DocArgs {
    /// Where the site goes
    #[arg(short, long, value_name = "DIR", default_value = "target/questc-doc", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,
    /// The title of the site [default: the folder of the manifest]
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
}

impl DocArgs {
    /// The title of the site of a project.
    pub(crate) fn title(&self, manifest: &Path) -> String {
        let folder = || manifest.parent().and_then(Path::file_name);
        let folder = || folder().map(|name| name.to_string_lossy().into_owned());
        self.title.clone().or_else(folder).unwrap_or_else(|| "Atlas".to_owned())
    }
}

#[derive(Args, Debug)]
pub(crate) struct SchemaArgs {
    /// Schemas for editors; there are no others yet
    #[arg(long, required = true)]
    editor: bool,
    /// Where the schemas go
    #[arg(short, long, value_name = "DIR", default_value = "target/questc-editor", value_hint = ValueHint::DirPath)]
    pub(crate) out: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct AuthoringArgs {
    /// The schema
    #[arg(value_hint = ValueHint::FilePath)]
    pub(crate) schema: PathBuf,
    /// Where the Rust code goes [default: standard output]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) out: Option<PathBuf>,
}

/// How diagnostics are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// With the lines of the files
    Human,
    /// One line each
    Short,
    /// One JSON object each
    Json,
    /// One SARIF log
    Sarif,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

/// A language for graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Language {
    Mermaid,
    Dot,
    /// A picture whose boxes say where their objects are
    Svg,
}

impl From<Language> for GraphLanguage {
    fn from(language: Language) -> Self {
        match language {
            Language::Mermaid => Self::Mermaid,
            Language::Dot => Self::Dot,
            Language::Svg => Self::Svg,
        }
    }
}

/// How many diagnostics are printed.
#[derive(Clone, Copy, Debug)]
enum Limit {
    All,
    Number(NonZeroUsize),
}

impl Limit {
    fn parse(text: &str) -> Result<Self, String> {
        if text == "all" {
            return Ok(Self::All);
        }
        text.parse().map(Self::Number).map_err(|_| "it must be a number from 1, or `all`".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn read(line: &str) -> Cli {
        Cli::try_parse_from(["questc"].into_iter().chain(line.split_whitespace())).unwrap()
    }

    fn error(line: &str) -> String {
        let cli = Cli::try_parse_from(["questc"].into_iter().chain(line.split_whitespace()));
        cli.unwrap_err().to_string()
    }

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn options_can_be_anywhere_and_the_last_one_wins() {
        let cli = read(
            "-v --format=human --manifest a.toml build --out=o -q --pack p.bin --deny-warnings --threads 2 --format json --threads=3 --color never",
        );
        let Command::Build(build) = cli.command else { panic!("no build") };
        assert_eq!((build.out, build.pack), ("o".into(), Some("p.bin".into())));
        assert_eq!(build.threads.threads, NonZeroUsize::new(3));
        let common = cli.common;
        assert_eq!((common.format, common.color), (Format::Json, Color::Never));
        assert!(common.verbose && common.quiet && common.deny_warnings);
        assert_eq!(common.manifest(), PathBuf::from("a.toml"));
        assert_eq!(read("check --colour=always").common.color, Color::Always);
    }

    #[test]
    fn people_are_shown_a_hundred_and_tools_all() {
        for (line, limit) in [
            ("check", Some(MOST_FOR_PEOPLE)),
            ("check --format short", Some(MOST_FOR_PEOPLE)),
            ("check --format sarif", None),
            ("check --format sarif --max-diagnostics 7", Some(7)),
            ("check --max-findings=7 --max-diagnostics all", None),
        ] {
            assert_eq!(read(line).common.limit(), limit, "{line}");
        }
        assert!(error("check --max-diagnostics 0").contains("a number from 1, or `all`"));
        assert!(error("check --threads 0").contains("--threads"));
    }

    #[test]
    fn scripts_are_played_in_the_order_in_which_they_are_named() {
        let Command::Play(play) = read("play -v b.play --manifest m.toml a.play").command else {
            panic!("no run that plays")
        };
        assert_eq!(play.scripts, [PathBuf::from("b.play"), PathBuf::from("a.play")]);
        assert!(error("play").contains("<SCRIPTS>"));
        assert!(error("play --explore a.play").contains("--explore"));
        assert!(error("play a.play --out x").contains("--out"));
        assert!(error("play --out x").contains("--explore"));
        let Command::Play(play) = read("play --explore").command else { panic!("no run that plays") };
        assert_eq!((play.explore, play.out), (true, PathBuf::from("target/questc-play")));
    }

    #[test]
    fn a_site_is_named_after_the_folder_of_the_manifest() {
        for (line, expected) in
            [("doc", "Atlas"), ("doc --manifest a/game/quest.toml", "game"), ("doc --title T", "T")]
        {
            let cli = read(line);
            let Command::Doc(doc) = &cli.command else { panic!("no site") };
            assert_eq!(doc.title(&cli.common.manifest()), expected, "{line}");
        }
    }

    #[test]
    fn wrong_command_lines_say_what_is_possible() {
        for (line, part) in [
            ("chekc", "'check'"),
            ("check --opague", "'--opaque'"),
            ("check --out x", "--out"),
            ("schema", "--editor"),
            ("graph --as png", "mermaid, dot, svg"),
            ("graph --at quests.json", "quests.json:12"),
            ("graph --at quests.json:0", "a number from 1"),
            ("graph a b", "'b'"),
            ("", "Usage: questc"),
        ] {
            assert!(error(line).contains(part), "{line}: {}", error(line));
        }
    }
}
