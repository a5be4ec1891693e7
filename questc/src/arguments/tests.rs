//! What command lines mean.

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
fn scripts_are_played_in_the_order_in_which_they_are_named() {
    let Ok(Request::Play { work, scripts }) = read("play -v b.play --manifest m.toml a.play") else {
        panic!("no run that plays")
    };
    assert_eq!((work.verbose, work.manifest), (true, PathBuf::from("m.toml")));
    assert_eq!(scripts, [PathBuf::from("b.play"), PathBuf::from("a.play")]);
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
            "a command is missing; the commands are `check`, `build`, `lock`, `endings`, `play`, `graph`, `doc`, `schema`, `authoring` and `explain`",
        ),
        (
            "chekc",
            "unknown command `chekc`; the commands are `check`, `build`, `lock`, `endings`, `play`, `graph`, `doc`, `schema`, `authoring` and `explain`",
        ),
        ("check quest.toml", "unexpected argument `quest.toml`; name the manifest with `--manifest FILE`"),
        ("check --manfest a", "unknown option `--manfest`; the options are --manifest, "),
        ("check -x", "unknown option `-x`; "),
        ("check --manifest", "`--manifest` needs a path"),
        ("check --manifest=", "`--manifest` needs a path"),
        ("check --format", "`--format` needs a value: `human`, `short`, `json`, `sarif`"),
        ("check --format xml", "`xml` is no value of `--format`: `human`, `short`, "),
        ("check --max-findings", "`--max-findings` needs a number, or `all`"),
        ("check --max-findings 0", "`0` is no value of `--max-findings`: a number from 1, or `all`"),
        ("check --max-findings -1", "`-1` is no value of `--max-findings`"),
        ("play", "`questc play` needs a script, such as `questc play scripts/*.play`"),
        ("play a.play --format json", "`--format` does not belong to `questc play`; `questc check` takes it"),
        ("play a.play --fix", "`--fix` belongs to `questc check`"),
        ("doc --threads 2", "`--threads` belongs to `questc check`, `questc build`"),
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
        ("lock -o x", "`--out` belongs to `questc build`"),
        ("lock --fix", "`--fix` belongs to `questc check`"),
        ("endings a b", "unexpected argument `b`; `questc endings` takes one name"),
        ("endings --check", "`--check` belongs to `questc build`, `questc lock`"),
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
fn locks() {
    let lock = |line: &str| match read(line).unwrap() {
        Request::Lock { work, check } => (work.manifest, work.output, check),
        other => panic!("{other:?}"),
    };
    assert_eq!(lock("lock"), ("quest.toml".into(), None, false));
    assert_eq!(lock("--check lock --manifest a.toml"), ("a.toml".into(), None, true));
}

#[test]
fn endings() {
    let endings = |line: &str| match read(line).unwrap() {
        Request::Atlas(_, Atlas::Endings { name }) => name,
        other => panic!("{other:?}"),
    };
    assert_eq!(endings("endings"), None);
    assert_eq!(endings("endings iron-path"), Some("iron-path".to_owned()));
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
    assert_eq!(graph("graph iron-path --as dot"), (Some("iron-path".to_owned()), GraphLanguage::Dot, None));
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
