//! What the user asked for on the command line.

use lexopt::{Arg, Parser, ValueExt};
use quest_compiler::tool::MOST_FOR_PEOPLE;
use quest_site::GraphLanguage;
use std::ffi::{OsStr, OsString};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

/// The manifest, if the command line names none.
pub(crate) const MANIFEST: &str = "quest.toml";

/// The text of `questc --help`.
pub(crate) const HELP: &str = "\
questc checks a game's quest content and compiles it

Usage:
  questc check [options]        report what is wrong, write nothing
  questc build [options]        check, then write tables, texts, Rust code and index
  questc lock [options]         write down what saved games can name of this release
  questc endings [NAME]         list the ways in which a quest can end
  questc play SCRIPT...         play scripts, and say which lines do not hold
  questc graph [NAME]           draw what leads to what, as text for wikis
  questc doc [options]          write a site that shows schemas and content
  questc schema --editor        write schemas that tell editors which ids there are
  questc authoring SCHEMA       write Rust types for tools that make content
  questc explain [CODE]         say what a code such as Q2001, or a rule of the schema,
                                means, or list all codes

Options:
      --manifest FILE           the manifest to read [default: quest.toml]
      --deny-warnings           make errors of all warnings
      --format human|short|json|sarif
                                how findings are printed [default: human]
      --max-findings N|all      print at most so many findings, errors first, and count
                                the rest [default: 100; with json and sarif: all]
      --color auto|always|never when to use colours; `auto` means on a terminal,
                                unless NO_COLOR is set [default: auto]
  -v, --verbose                 print log lines too
  -q, --quiet                   print no summary and no progress
  -h, --help                    print this text
  -V, --version                 print the version

Options of `questc check` and `questc build`:
      --threads N               work with at most so many threads [default: as many as
                                the machine has cores]

Options of `questc check`:
      --fix                     write into the content what certainly was meant, and
                                report what is left
      --opaque                  list the places in schemas that become JSON text

Options of `questc build`:
  -o, --out DIR                 where the output goes [default: target/questc]
      --pack FILE               write a pack to this file as well
      --check                   write nothing; say whether the output is up to date

Options of `questc lock`, which writes `quest.lock` beside the manifest:
      --check                   write nothing; say whether it is up to date

`questc endings` takes the id of an object whose schema has `x-flow`; without it, all
are listed, each ending with a way that leads there.

`questc play` plays each script from the beginning; with `--verbose` it prints what
happened in each.

Options of `questc graph`. NAME is the id of an object whose schema has `x-flow`, or
a kind whose schema has `x-requires`; without it, all of a kind are drawn:
      --as mermaid|dot          the language [default: mermaid]
  -o, --out DIR                 write all graphs there [default: to standard output]

Options of `questc doc`:
  -o, --out DIR                 where the site goes [default: target/questc-doc]
      --title TEXT              what it is called [default: the folder of the manifest]
It is written even if the content has errors, and shows them.

Options of `questc schema`:
      --editor                  schemas for editors; there are no others yet
  -o, --out DIR                 where they go [default: target/questc-editor]

Options of `questc authoring`, which reads no manifest:
  -o, --out FILE                where the Rust code goes [default: standard output]
It needs a questc that is installed with `--features authoring`.

Findings for people go to standard error; `short` is one line each. With `--format
json` they go to standard output, one JSON object a line, with `--format sarif` as one
SARIF 2.1.0 log. Summary and log lines always go to standard error. Nothing is written
when there are errors.

Exit codes:
  0  no errors (there may be warnings)
  1  there are findings that are errors, or a schema can't be turned into types, or
     with `--check` the output is not up to date, or a line of a script does not hold
  2  the command line is wrong, or output can't be written
";

/// One run of the tool.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Request {
    Help,
    Version,
    Work(Work),
    /// A run that shows checked content.
    Atlas(Work, Atlas),
    /// The lock of a release; with `check`, only whether it is up to date.
    Lock {
        work: Work,
        check: bool,
    },
    Authoring(Authoring),
    /// Scripts that are to be played.
    Play {
        work: Work,
        scripts: Vec<PathBuf>,
    },
    /// What a code, or a rule of the schemas that a manifest names, means; none for all codes.
    Explain {
        code: Option<String>,
        manifest: Option<PathBuf>,
    },
}

/// A run that reads a schema and no content.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Authoring {
    pub(crate) schema: PathBuf,
    /// Where the Rust code goes; none for standard output.
    pub(crate) out: Option<PathBuf>,
    pub(crate) color: Color,
    pub(crate) quiet: bool,
}

/// A run that reads content.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Work {
    pub(crate) manifest: PathBuf,
    /// Where output goes; none for `questc check`.
    pub(crate) output: Option<Output>,
    pub(crate) format: Format,
    /// As many diagnostics are printed; none for all.
    pub(crate) most: Option<usize>,
    /// Warnings are errors.
    pub(crate) deny_warnings: bool,
    /// At most so many threads; none for as many as there are cores.
    pub(crate) threads: Option<NonZeroUsize>,
    pub(crate) color: Color,
    pub(crate) verbose: bool,
    pub(crate) quiet: bool,
    /// List the places that become JSON text.
    pub(crate) opaque: bool,
    /// Change content to what certainly was meant.
    pub(crate) fix: bool,
}

/// What is to be made of checked content.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Atlas {
    /// Graphs as text: one to standard output, or all into a folder.
    Graph { name: Option<String>, language: GraphLanguage, out: Option<PathBuf> },
    /// A site in a folder.
    Site { title: String, out: PathBuf },
    /// Schemas for editors in a folder.
    Editor { out: PathBuf },
    /// The ways in which objects can end, as text.
    Endings { name: Option<String> },
}

#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Output {
    /// Only compare with what is there.
    pub(crate) check: bool,
    pub(crate) directory: PathBuf,
    pub(crate) pack: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Human,
    Short,
    Json,
    Sarif,
}

/// How many diagnostics are to be printed.
#[derive(Clone, Copy)]
enum Most {
    All,
    Number(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Command {
    Check,
    Build,
    Lock,
    Endings,
    Play,
    Graph,
    Doc,
    Schema,
    Authoring,
    Explain,
}

impl Command {
    const ALL: [Self; 10] = [
        Self::Check,
        Self::Build,
        Self::Lock,
        Self::Endings,
        Self::Play,
        Self::Graph,
        Self::Doc,
        Self::Schema,
        Self::Authoring,
        Self::Explain,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Build => "build",
            Self::Lock => "lock",
            Self::Endings => "endings",
            Self::Play => "play",
            Self::Graph => "graph",
            Self::Doc => "doc",
            Self::Schema => "schema",
            Self::Authoring => "authoring",
            Self::Explain => "explain",
        }
    }
}

/// All commands in a sentence.
fn commands() -> String {
    let words: Vec<String> = Command::ALL.iter().map(|command| format!("`{}`", command.word())).collect();
    match words.split_last() {
        Some((last, words)) => format!("the commands are {} and {last}", words.join(", ")),
        None => String::new(),
    }
}

const OPTIONS: &str = "--manifest, --deny-warnings, --format, --max-findings, --color, --verbose, --quiet, --help, --version; with `check` and `build` also --threads; with `check` also --fix, --opaque; with `build` also --out, --pack, --check; with `lock` also --check; with `graph` also --as, --out; with `doc` also --out, --title; with `schema` also --editor, --out; with `authoring` --out";

/// Reads the arguments that follow the name of the program. The error is one line for the user.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    let mut parser = Parser::from_args(arguments);
    let mut command = None;
    let (mut manifest, mut schema, mut out, mut pack) = (None, None, None, None);
    let mut code = None;
    let (mut name, mut language, mut title, mut editor) = (None, None, None, false);
    let (mut format, mut color, mut most, mut deny_warnings) = (None, Color::Auto, None, false);
    let (mut threads, mut scripts) = (None, Vec::new());
    let (mut verbose, mut quiet, mut check, mut opaque, mut fix) = (false, false, false, false, false);
    while let Some(argument) = parser.next().map_err(unusable)? {
        match argument {
            Arg::Short('h') | Arg::Long("help") => return Ok(Request::Help),
            Arg::Short('V') | Arg::Long("version") => return Ok(Request::Version),
            Arg::Short('v') | Arg::Long("verbose") => verbose = true,
            Arg::Short('q') | Arg::Long("quiet") => quiet = true,
            Arg::Long("check") => check = true,
            Arg::Long("opaque") => opaque = true,
            Arg::Long("fix") => fix = true,
            Arg::Long("manifest") => manifest = Some(path(&mut parser, "--manifest")?),
            Arg::Short('o') | Arg::Long("out") => out = Some(path(&mut parser, "--out")?),
            Arg::Long("as") => {
                let choices = [("mermaid", GraphLanguage::Mermaid), ("dot", GraphLanguage::Dot)];
                language = Some(choice(&mut parser, "--as", &choices)?);
            }
            Arg::Long("editor") => editor = true,
            Arg::Long("title") => match parser.value() {
                Ok(words) if !words.is_empty() => title = Some(words.to_string_lossy().into_owned()),
                _ => return Err("`--title` needs a text".to_owned()),
            },
            Arg::Long("pack") => pack = Some(path(&mut parser, "--pack")?),
            Arg::Long("deny-warnings") => deny_warnings = true,
            Arg::Long("format") => {
                let choices = [
                    ("human", Format::Human),
                    ("short", Format::Short),
                    ("json", Format::Json),
                    ("sarif", Format::Sarif),
                ];
                format = Some(choice(&mut parser, "--format", &choices)?);
            }
            Arg::Long("max-findings") => most = Some(number(&mut parser, "--max-findings")?),
            Arg::Long("threads") => {
                let value = parser.value().map_err(|_| "`--threads` needs a number")?;
                let value = value.to_string_lossy();
                let wrong =
                    || format!("`{}` is no value of `--threads`: a number from 1", value.escape_debug());
                threads = Some(value.parse().map_err(|_| wrong())?);
            }
            Arg::Long("color" | "colour") => {
                let choices = [("auto", Color::Auto), ("always", Color::Always), ("never", Color::Never)];
                color = choice(&mut parser, "--color", &choices)?;
            }
            Arg::Short(letter) => {
                let letter = letter.escape_debug();
                return Err(format!("unknown option `-{letter}`; the options are {OPTIONS}"));
            }
            Arg::Long(name) => {
                let name = name.escape_debug();
                return Err(format!("unknown option `--{name}`; the options are {OPTIONS}"));
            }
            Arg::Value(word) if command.is_none() => {
                let meant = Command::ALL.into_iter().find(|known| word == known.word());
                command = Some(meant.ok_or_else(|| {
                    let word = shown(&word);
                    format!("unknown command `{word}`; {}", commands())
                })?);
            }
            Arg::Value(word) if matches!(command, Some(Command::Authoring)) => {
                if schema.is_some() {
                    let word = shown(&word);
                    return Err(format!("unexpected argument `{word}`; `questc authoring` reads one schema"));
                }
                schema = Some(PathBuf::from(word)).filter(|path| !path.as_os_str().is_empty());
            }
            Arg::Value(word) if matches!(command, Some(Command::Graph | Command::Endings)) => {
                if name.is_some() {
                    let (word, command) = (shown(&word), command.map_or("", Command::word));
                    return Err(format!("unexpected argument `{word}`; `questc {command}` takes one name"));
                }
                name = Some(word.to_string_lossy().into_owned());
            }
            Arg::Value(word) if matches!(command, Some(Command::Play)) => {
                scripts.push(PathBuf::from(word));
            }
            Arg::Value(word) if matches!(command, Some(Command::Explain)) => {
                if code.is_some() {
                    let word = shown(&word);
                    return Err(format!("unexpected argument `{word}`; `questc explain` takes one code"));
                }
                code = Some(word.to_string_lossy().into_owned());
            }
            Arg::Value(word) => {
                let word = shown(&word);
                return Err(format!(
                    "unexpected argument `{word}`; name the manifest with `--manifest FILE`"
                ));
            }
        }
    }
    let output = match command {
        None => return Err(format!("a command is missing; {}", commands())),
        Some(reader @ (Command::Authoring | Command::Explain)) => {
            let explains = matches!(reader, Command::Explain);
            let surplus = [
                ("--manifest", !explains && manifest.is_some()),
                ("--format", format.is_some()),
                ("--out", explains && out.is_some()),
                ("--deny-warnings", deny_warnings),
                ("--threads", threads.is_some()),
                ("--max-findings", most.is_some()),
                ("--pack", pack.is_some()),
                ("--verbose", verbose),
                ("--check", check),
                ("--opaque", opaque),
                ("--fix", fix),
                ("--as", language.is_some()),
                ("--title", title.is_some()),
                ("--editor", editor),
            ];
            if let Some((option, _)) = surplus.into_iter().find(|(_, given)| *given) {
                return Err(if explains {
                    format!("`{option}` does not belong to `questc explain`, which checks nothing")
                } else {
                    format!("`{option}` does not belong to `questc authoring`, which only reads a schema")
                });
            }
            if explains {
                return Ok(Request::Explain { code, manifest });
            }
            let Some(schema) = schema else {
                return Err(
                    "`questc authoring` needs a schema, such as `questc authoring schemas/quests.schema.json`"
                        .to_owned(),
                );
            };
            return Ok(Request::Authoring(Authoring { schema, out, color, quiet }));
        }
        Some(Command::Schema) if !editor => {
            return Err("`questc schema` needs `--editor`: there are no other schemas yet".to_owned());
        }
        Some(Command::Play) if scripts.is_empty() => {
            return Err("`questc play` needs a script, such as `questc play scripts/*.play`".to_owned());
        }
        Some(Command::Graph) if name.is_some() && out.is_some() => {
            return Err("`--out` writes all graphs; leave out the name".to_owned());
        }
        Some(command) => {
            // Scripts are played on content without errors: what there is to say of it, a check says.
            let checks = [
                ("--format", format.is_some()),
                ("--max-findings", most.is_some()),
                ("--deny-warnings", deny_warnings),
            ];
            let surplus = checks.into_iter().find(|(_, given)| *given && command == Command::Play);
            if let Some((option, _)) = surplus {
                return Err(format!("`{option}` does not belong to `questc play`; `questc check` takes it"));
            }
            let given = [
                ("--editor", editor, &[Command::Schema][..]),
                ("--title", title.is_some(), &[Command::Doc]),
                ("--as", language.is_some(), &[Command::Graph]),
                ("--pack", pack.is_some(), &[Command::Build]),
                ("--check", check, &[Command::Build, Command::Lock]),
                ("--opaque", opaque, &[Command::Check]),
                ("--fix", fix, &[Command::Check]),
                ("--threads", threads.is_some(), &[Command::Check, Command::Build]),
                ("--out", out.is_some(), &[Command::Build, Command::Graph, Command::Doc, Command::Schema]),
            ];
            let surplus = given.into_iter().find(|(_, given, owners)| *given && !owners.contains(&command));
            if let Some((option, _, owners)) = surplus {
                let owners: Vec<String> =
                    owners.iter().map(|owner| format!("`questc {}`", owner.word())).collect();
                let but = if command == Command::Check && owners[0] == "`questc build`" {
                    "; `questc check` writes nothing"
                } else {
                    ""
                };
                return Err(format!("`{option}` belongs to {}{but}", owners.join(", ")));
            }
            (command == Command::Build).then(|| Output {
                check,
                directory: out.take().unwrap_or_else(|| PathBuf::from("target/questc")),
                pack,
            })
        }
    };
    let manifest = manifest.unwrap_or_else(|| PathBuf::from(MANIFEST));
    let atlas = match command {
        Some(Command::Graph) => {
            Some(Atlas::Graph { name, language: language.unwrap_or(GraphLanguage::Mermaid), out })
        }
        Some(Command::Doc) => Some(Atlas::Site {
            title: title.unwrap_or_else(|| title_of(&manifest)),
            out: out.unwrap_or_else(|| PathBuf::from("target/questc-doc")),
        }),
        Some(Command::Schema) => {
            Some(Atlas::Editor { out: out.unwrap_or_else(|| PathBuf::from("target/questc-editor")) })
        }
        Some(Command::Endings) => Some(Atlas::Endings { name }),
        _ => None,
    };
    let format = format.unwrap_or(Format::Human);
    let most = match (most, format) {
        (Some(Most::Number(most)), _) => Some(most),
        (None, Format::Human | Format::Short) => Some(MOST_FOR_PEOPLE),
        (Some(Most::All), _) | (None, Format::Json | Format::Sarif) => None,
    };
    let work =
        Work { manifest, output, format, most, deny_warnings, threads, color, verbose, quiet, opaque, fix };
    Ok(match atlas {
        Some(atlas) => Request::Atlas(work, atlas),
        None if matches!(command, Some(Command::Lock)) => Request::Lock { work, check },
        None if matches!(command, Some(Command::Play)) => Request::Play { work, scripts },
        None => Request::Work(work),
    })
}

/// The name of the folder of a manifest, as it is written.
fn title_of(manifest: &Path) -> String {
    let folder = manifest.parent().and_then(Path::file_name);
    folder.map_or_else(|| "Atlas".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn unusable(error: lexopt::Error) -> String {
    match error {
        lexopt::Error::UnexpectedValue { option, .. } => {
            format!("`{}` takes no value", option.escape_debug())
        }
        error => error.to_string().escape_debug().to_string(),
    }
}

fn path(parser: &mut Parser, option: &str) -> Result<PathBuf, String> {
    match parser.value() {
        Ok(value) if !value.is_empty() => Ok(PathBuf::from(value)),
        _ => Err(format!("`{option}` needs a path")),
    }
}

fn choice<T: Copy>(parser: &mut Parser, option: &str, choices: &[(&str, T)]) -> Result<T, String> {
    let names = || choices.iter().map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let Ok(value) = parser.value() else {
        return Err(format!("`{option}` needs a value: {}", names()));
    };
    let found = choices.iter().find(|(name, _)| value == *name);
    match found {
        Some((_, chosen)) => Ok(*chosen),
        None => {
            let value = value.string().unwrap_or_else(|value| value.to_string());
            Err(format!("`{}` is no value of `{option}`: {}", value.escape_debug(), names()))
        }
    }
}

fn number(parser: &mut Parser, option: &str) -> Result<Most, String> {
    let value = parser.value().map_err(|_| format!("`{option}` needs a number, or `all`"))?;
    let value = value.to_string_lossy();
    match value.parse() {
        _ if value == "all" => Ok(Most::All),
        Ok(number) if number > 0 => Ok(Most::Number(number)),
        _ => Err(format!("`{}` is no value of `{option}`: a number from 1, or `all`", value.escape_debug())),
    }
}

/// A word of the command line, safe to print.
fn shown(word: &OsStr) -> String {
    word.to_string_lossy().escape_debug().to_string()
}

#[cfg(test)]
mod tests;
