//! What the user asked for on the command line.

use lexopt::{Arg, Parser, ValueExt};
use quest_build::tool::{GraphLanguage, MOST_FOR_PEOPLE};
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
      --threads N               work with at most so many threads [default: as many as
                                the machine has cores]
  -v, --verbose                 print log lines too
  -q, --quiet                   print no summary and no progress
  -h, --help                    print this text
  -V, --version                 print the version

Options of `questc check`:
      --fix                     write into the content what certainly was meant, and
                                report what is left
      --opaque                  list the places in schemas that become JSON text

Options of `questc build`:
  -o, --out DIR                 where the output goes [default: target/questc]
      --pack FILE               write a pack to this file as well
      --check                   write nothing; say whether the output is up to date

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
It needs a questc that is installed with `--features cli,authoring`.

Findings for people go to standard error; `short` is one line each. With `--format
json` they go to standard output, one JSON object a line, with `--format sarif` as one
SARIF 2.1.0 log. Summary and log lines always go to standard error. Nothing is written
when there are errors.

Exit codes:
  0  no errors (there may be warnings)
  1  there are findings that are errors, or a schema can't be turned into types, or
     with `--check` the output is not up to date
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
    Authoring(Authoring),
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
    /// As many findings are printed; none for all.
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

/// How many findings are to be printed.
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

#[derive(Clone, Copy)]
enum Command {
    Check,
    Build,
    Graph,
    Doc,
    Schema,
    Authoring,
    Explain,
}

const COMMANDS: &str =
    "the commands are `check`, `build`, `graph`, `doc`, `schema`, `authoring` and `explain`";

const OPTIONS: &str = "--manifest, --deny-warnings, --format, --max-findings, --threads, --color, --verbose, --quiet, --help, --version; with `check` also --fix, --opaque; with `build` also --out, --pack, --check; with `graph` also --as, --out; with `doc` also --out, --title; with `schema` also --editor, --out; with `authoring` --out";

/// Reads the arguments that follow the name of the program. The error is one line for the user.
pub(crate) fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Request, String> {
    let mut parser = Parser::from_args(arguments);
    let mut command = None;
    let (mut manifest, mut schema, mut out, mut pack) = (None, None, None, None);
    let mut code = None;
    let (mut name, mut language, mut title, mut editor) = (None, None, None, false);
    let (mut format, mut color, mut most, mut deny_warnings) = (None, Color::Auto, None, false);
    let mut threads = None;
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
                command = Some(match word.to_str() {
                    Some("check") => Command::Check,
                    Some("build") => Command::Build,
                    Some("graph") => Command::Graph,
                    Some("doc") => Command::Doc,
                    Some("schema") => Command::Schema,
                    Some("authoring") => Command::Authoring,
                    Some("explain") => Command::Explain,
                    _ => {
                        let word = shown(&word);
                        return Err(format!("unknown command `{word}`; {COMMANDS}"));
                    }
                });
            }
            Arg::Value(word) if matches!(command, Some(Command::Authoring)) => {
                if schema.is_some() {
                    let word = shown(&word);
                    return Err(format!("unexpected argument `{word}`; `questc authoring` reads one schema"));
                }
                schema = Some(PathBuf::from(word)).filter(|path| !path.as_os_str().is_empty());
            }
            Arg::Value(word) if matches!(command, Some(Command::Graph)) => {
                if name.is_some() {
                    let word = shown(&word);
                    return Err(format!("unexpected argument `{word}`; `questc graph` takes one name"));
                }
                name = Some(word.to_string_lossy().into_owned());
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
        None => return Err(format!("a command is missing; {COMMANDS}")),
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
        Some(Command::Check | Command::Build | Command::Graph | Command::Doc) if editor => {
            return Err("`--editor` belongs to `questc schema`".to_owned());
        }
        Some(Command::Check | Command::Build | Command::Graph | Command::Schema) if title.is_some() => {
            return Err("`--title` belongs to `questc doc`".to_owned());
        }
        Some(Command::Check | Command::Build | Command::Doc | Command::Schema) if language.is_some() => {
            return Err("`--as` belongs to `questc graph`".to_owned());
        }
        Some(Command::Graph | Command::Doc | Command::Schema) if check || pack.is_some() => {
            let option = if check { "--check" } else { "--pack" };
            return Err(format!("`{option}` belongs to `questc build`"));
        }
        Some(Command::Graph) if name.is_some() && out.is_some() => {
            return Err("`--out` writes all graphs; leave out the name".to_owned());
        }
        Some(Command::Build | Command::Graph | Command::Doc | Command::Schema) if opaque => {
            return Err("`--opaque` belongs to `questc check`".to_owned());
        }
        Some(Command::Build | Command::Graph | Command::Doc | Command::Schema) if fix => {
            return Err("`--fix` belongs to `questc check`".to_owned());
        }
        Some(Command::Build) => {
            let out = out.take();
            Some(Output { check, directory: out.unwrap_or_else(|| PathBuf::from("target/questc")), pack })
        }
        Some(Command::Check) if check => return Err(only_build("--check")),
        Some(Command::Check) if out.is_some() => return Err(only_build("--out")),
        Some(Command::Check) if pack.is_some() => return Err(only_build("--pack")),
        Some(Command::Check | Command::Graph | Command::Doc | Command::Schema) => None,
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
        None => Request::Work(work),
    })
}

/// The name of the folder of a manifest, as it is written.
fn title_of(manifest: &Path) -> String {
    let folder = manifest.parent().and_then(Path::file_name);
    folder.map_or_else(|| "Atlas".to_owned(), |name| name.to_string_lossy().into_owned())
}

fn only_build(option: &str) -> String {
    format!("`{option}` belongs to `questc build`; `questc check` writes nothing")
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
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Request, String> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn work(line: &str) -> Work {
        match read(line).unwrap() {
            Request::Work(work) => work,
            other => panic!("{other:?}"),
        }
    }

    fn output(directory: &str, pack: Option<&str>) -> Option<Output> {
        Some(Output { check: false, directory: directory.into(), pack: pack.map(PathBuf::from) })
    }

    #[test]
    fn defaults() {
        let expected = Work {
            manifest: "quest.toml".into(),
            output: None,
            format: Format::Human,
            most: Some(MOST_FOR_PEOPLE),
            deny_warnings: false,
            threads: None,
            color: Color::Auto,
            verbose: false,
            quiet: false,
            opaque: false,
            fix: false,
        };
        assert_eq!(work("check"), expected);
        assert_eq!(work("build"), Work { output: output("target/questc", None), ..expected });
    }

    #[test]
    fn options_stand_anywhere_and_the_last_one_wins() {
        let expected = Work {
            manifest: "a.toml".into(),
            output: output("o", Some("p.bin")),
            format: Format::Json,
            most: None,
            deny_warnings: true,
            threads: NonZeroUsize::new(3),
            color: Color::Never,
            verbose: true,
            quiet: true,
            opaque: false,
            fix: false,
        };
        assert_eq!(
            work(
                "-v --format=human --manifest a.toml build --out=o -q --pack p.bin --deny-warnings --threads 2 --format json --threads=3 --color never"
            ),
            expected
        );
        assert_eq!(work("-qv check"), work("check --quiet --verbose"));
        assert_eq!(work("check --colour=always").color, Color::Always);
    }

    #[test]
    fn people_are_shown_so_much_and_tools_all() {
        for (line, format, most) in [
            ("check --format short", Format::Short, Some(MOST_FOR_PEOPLE)),
            ("check --format sarif", Format::Sarif, None),
            ("check --format sarif --max-findings 7", Format::Sarif, Some(7)),
            ("check --max-findings=7 --max-findings all", Format::Human, None),
        ] {
            let work = work(line);
            assert_eq!((work.format, work.most), (format, most), "{line}");
        }
    }

    #[test]
    fn authoring_reads_a_schema() {
        let expected = |out: Option<&str>, color, quiet| {
            let (schema, out) = ("a.json".into(), out.map(PathBuf::from));
            Ok(Request::Authoring(Authoring { schema, out, color, quiet }))
        };
        assert_eq!(read("authoring a.json"), expected(None, Color::Auto, false));
        for line in [
            "authoring a.json -o b.rs --color never -q",
            "-q --color=never -o b.rs authoring a.json",
            "authoring --out=b.rs a.json --color=never --quiet",
        ] {
            assert_eq!(read(line), expected(Some("b.rs"), Color::Never, true), "{line}");
        }
        assert_eq!(work("build -o x").output, output("x", None));
        // The name of a command is a file there.
        let check = Authoring { schema: "check".into(), out: None, color: Color::Auto, quiet: false };
        assert_eq!(read("authoring check"), Ok(Request::Authoring(check)));
        let empty = parse(["authoring".into(), OsString::new()]).unwrap_err();
        assert!(empty.starts_with("`questc authoring` needs a schema"), "{empty}");
    }

    #[test]
    fn explain_takes_a_code_or_none() {
        let explain = |code: Option<&str>, manifest: Option<&str>| {
            Ok(Request::Explain { code: code.map(str::to_owned), manifest: manifest.map(PathBuf::from) })
        };
        assert_eq!(read("explain"), explain(None, None));
        assert_eq!(read("explain q2001"), explain(Some("q2001"), None));
        assert_eq!(read("explain a-rule --manifest q.toml"), explain(Some("a-rule"), Some("q.toml")));
        // The name of a command is a word there.
        assert_eq!(read("-q explain check --color never"), explain(Some("check"), None));
    }

    #[test]
    fn help_and_version_come_first() {
        for line in ["--help", "-h", "check --help", "authoring --help", "build -h --nonsense"] {
            assert_eq!(read(line), Ok(Request::Help), "{line}");
        }
        for line in ["--version", "-V", "build --version"] {
            assert_eq!(read(line), Ok(Request::Version), "{line}");
        }
    }

    #[test]
    fn wrong_usage_says_what_is_possible() {
        for (line, part) in [
            (
                "",
                "a command is missing; the commands are `check`, `build`, `graph`, `doc`, `schema`, `authoring` and `explain`",
            ),
            (
                "chekc",
                "unknown command `chekc`; the commands are `check`, `build`, `graph`, `doc`, `schema`, `authoring` and `explain`",
            ),
            (
                "check quest.toml",
                "unexpected argument `quest.toml`; name the manifest with `--manifest FILE`",
            ),
            ("check --manfest a", "unknown option `--manfest`; the options are --manifest, "),
            ("check -x", "unknown option `-x`; "),
            ("check --manifest", "`--manifest` needs a path"),
            ("check --manifest=", "`--manifest` needs a path"),
            ("check --format", "`--format` needs a value: `human`, `short`, `json`, `sarif`"),
            ("check --format xml", "`xml` is no value of `--format`: `human`, `short`, "),
            ("check --max-findings", "`--max-findings` needs a number, or `all`"),
            ("check --max-findings 0", "`0` is no value of `--max-findings`: a number from 1, or `all`"),
            ("check --max-findings -1", "`-1` is no value of `--max-findings`"),
            ("check --threads 0", "`0` is no value of `--threads`: a number from 1"),
            ("check --threads", "`--threads` needs a number"),
            ("check --deny-warnings=no", "`--deny-warnings` takes no value"),
            ("authoring a.json --max-findings 3", "`--max-findings` does not belong to `questc authoring`"),
            ("authoring a.json --deny-warnings", "`--deny-warnings` does not belong to `questc authoring`"),
            ("check --color=on", "`on` is no value of `--color`: `auto`, `always`, `never`"),
            ("check --quiet=yes", "`--quiet` takes no value"),
            ("check --out x", "`--out` belongs to `questc build`"),
            ("check --pack x", "`--pack` belongs to `questc build`"),
            ("check -o x", "`--out` belongs to `questc build`"),
            ("graph a b", "unexpected argument `b`; `questc graph` takes one name"),
            ("graph a -o x", "`--out` writes all graphs; leave out the name"),
            ("graph --as svg", "`svg` is no value of `--as`: `mermaid`, `dot`"),
            ("graph --pack p", "`--pack` belongs to `questc build`"),
            ("graph --fix", "`--fix` belongs to `questc check`"),
            ("doc a", "unexpected argument `a`; name the manifest with `--manifest FILE`"),
            ("schema", "`questc schema` needs `--editor`"),
            ("schema --editor --title x", "`--title` belongs to `questc doc`"),
            ("doc --editor", "`--editor` belongs to `questc schema`"),
            ("doc --as dot", "`--as` belongs to `questc graph`"),
            ("graph --title x", "`--title` belongs to `questc doc`"),
            ("check --as dot", "`--as` belongs to `questc graph`"),
            ("authoring", "`questc authoring` needs a schema, such as `questc authoring schemas/"),
            ("authoring a.json b.json", "unexpected argument `b.json`; `questc authoring` reads one schema"),
            ("authoring a.json -o", "`--out` needs a path"),
            ("authoring a.json --manifest q", "`--manifest` does not belong to `questc authoring`"),
            ("authoring a.json --format json", "`--format` does not belong to `questc authoring`"),
            ("--pack p authoring a.json", "`--pack` does not belong to `questc authoring`"),
            ("authoring a.json -v", "`--verbose` does not belong to `questc authoring`"),
            ("explain Q2001 Q2002", "unexpected argument `Q2002`; `questc explain` takes one code"),
            ("explain Q2001 -o x", "`--out` does not belong to `questc explain`"),
        ] {
            let message = read(line).unwrap_err();
            assert!(message.starts_with(part), "{line}: {message}");
        }
    }

    #[test]
    fn graphs() {
        let graph = |line: &str| match read(line).unwrap() {
            Request::Atlas(work, Atlas::Graph { name, language, out }) => {
                assert_eq!(work.output, None);
                (name, language, out)
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(graph("graph"), (None, GraphLanguage::Mermaid, None));
        assert_eq!(
            graph("graph iron-path --as dot"),
            (Some("iron-path".to_owned()), GraphLanguage::Dot, None)
        );
        assert_eq!(graph("graph -o d"), (None, GraphLanguage::Mermaid, Some("d".into())));
    }

    #[test]
    fn sites() {
        let site = |line: &str| match read(line).unwrap() {
            Request::Atlas(_, Atlas::Site { title, out }) => (title, out),
            other => panic!("{other:?}"),
        };
        assert_eq!(site("doc"), ("Atlas".to_owned(), "target/questc-doc".into()));
        assert_eq!(site("doc --manifest games/elf/quest.toml -o x"), ("elf".to_owned(), "x".into()));
        assert_eq!(site("doc --title Elf").0, "Elf");
    }

    #[test]
    fn what_is_repeated_is_escaped() {
        let message = parse([OsString::from("\u{1b}[31m")]).unwrap_err();
        assert!(!message.contains('\u{1b}'), "{message:?}");
        let message = parse([OsString::from("--\u{1b}[31m")]).unwrap_err();
        assert!(!message.contains('\u{1b}'), "{message:?}");
    }

    #[cfg(unix)]
    #[test]
    fn words_that_are_not_utf8() {
        use std::os::unix::ffi::OsStringExt;
        let odd = || OsString::from_vec(b"a\xff".to_vec());
        assert!(parse([odd()]).unwrap_err().starts_with("unknown command"));
        assert!(parse(["check".into(), "--format".into(), odd()]).unwrap_err().contains("is no value"));
        let Ok(Request::Work(work)) = parse(["check".into(), "--manifest".into(), odd()]) else { panic!() };
        assert_eq!(work.manifest, PathBuf::from(odd()));
    }

    #[test]
    fn help_fits_a_terminal() {
        assert!(HELP.lines().all(|line| line.chars().count() <= 88));
    }
}
