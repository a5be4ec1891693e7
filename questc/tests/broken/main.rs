//! One mistake, one message: a sound project (`tests/broken/base`), and mistakes that are made in it one by one and all together.
//!
//! Every mistake says in which file it is made, what stands there and what stands there instead, and where it is to be found. All
//! together make the project `tests/diagnostics/many-mistakes`, whose messages are kept by the test `diagnostics`. `cargo xtask bless`
//! writes that project after a mistake or the base has changed.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod mistakes;

use mistakes::{Change, MISTAKES, Mistake, Place};
use quest_compiler::driver::{self, Request};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a project by their names.
type Files = BTreeMap<String, Vec<u8>>;

/// Stands in what is written instead, before what a message has to point at.
const MARKER: char = '«';

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests").join(name)
}

fn read(folder: &Path) -> Files {
    fn walk(folder: &Path, prefix: &str, files: &mut Files) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_str().unwrap());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), files);
            } else {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    if folder.exists() {
        walk(folder, "", &mut files);
    }
    files
}

fn write(folder: &Path, files: &Files) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    for (name, bytes) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}

/// The first `text` behind the only `near`.
fn find(whole: &str, near: &str, text: &str) -> usize {
    let once = near.is_empty() || whole.matches(near).count() == 1;
    assert!(once, "`{near}` is not there exactly once");
    let from = whole.find(near).unwrap();
    from + whole[from..].find(text).unwrap_or_else(|| panic!("no `{text}` behind `{near}`"))
}

/// Line and column of a byte, from 1, the column in characters.
fn line_column(text: &str, at: usize) -> (u64, u64) {
    let line = text[..at].matches('\n').count() + 1;
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    (line as u64, text[start..at].chars().count() as u64 + 1)
}

/// What is expected of a mistake, or found: `content/a.json:51:26: error[Q2001]`.
type Finding = String;

fn diagnostic(file: &str, place: Option<(u64, u64)>, level: &str, code: &str) -> Finding {
    let place = place.map_or_else(String::new, |(line, column)| format!("{line}:{column}:"));
    format!("{file}:{place} {level}[{code}]")
}

/// The project with some mistakes in it, and what is to be found.
fn with(base: &Files, mistakes: &[&Mistake]) -> (Files, Vec<Finding>) {
    let mut files = base.clone();
    // The places of markers, by mistake.
    let mut places: Vec<Option<(u64, u64)>> = vec![None; mistakes.len()];
    for (name, bytes) in base {
        let mut edits = Vec::new();
        for (number, mistake) in mistakes.iter().enumerate().filter(|(_, mistake)| mistake.file == name) {
            if let Change::Text { near, from, to } = mistake.change {
                let at = find(std::str::from_utf8(bytes).unwrap(), near, from);
                edits.push((at, at + from.len(), to, number));
            }
        }
        if edits.is_empty() {
            continue;
        }
        edits.sort_unstable();
        let text = std::str::from_utf8(bytes).unwrap();
        let (mut new, mut done) = (String::new(), 0);
        let mut markers = Vec::new();
        for (start, end, to, number) in edits {
            assert!(start >= done, "{}: two mistakes touch each other", mistakes[number].what);
            new.push_str(&text[done..start]);
            if let Some(marker) = to.find(MARKER) {
                markers.push((new.len() + marker, number));
            }
            new.push_str(&to.replacen(MARKER, "", 1));
            done = end;
        }
        new.push_str(&text[done..]);
        for (at, number) in markers {
            places[number] = Some(line_column(&new, at));
        }
        files.insert(name.clone(), new.into_bytes());
    }
    for mistake in mistakes {
        if let Change::File(bytes) = mistake.change {
            let before = files.insert(mistake.file.to_owned(), bytes());
            assert!(before.is_none(), "{} is there already", mistake.file);
        }
    }
    let levels: BTreeMap<&str, &str> = driver::codes().iter().map(|code| (code.id, code.level)).collect();
    let mut expected = Vec::new();
    for (mistake, marked) in mistakes.iter().zip(places) {
        let (file, place) = match mistake.place {
            Place::Marked => {
                (mistake.file, Some(marked.unwrap_or_else(|| panic!("{}: no marker", mistake.what))))
            }
            Place::At { file, near, text } => {
                let whole = std::str::from_utf8(&files[file]).unwrap();
                (file, Some(line_column(whole, find(whole, near, text))))
            }
            Place::LineColumn(line, column) => (mistake.file, Some((line, column))),
            Place::File => (mistake.file, None),
        };
        expected.push(diagnostic(
            file,
            place,
            if mistake.denied { "error" } else { levels[mistake.code] },
            mistake.code,
        ));
    }
    expected.sort();
    (files, expected)
}

/// What questc says of a project.
fn check(folder: &Path) -> (Vec<Finding>, Vec<String>) {
    let run = driver::run(&Request::build(folder.join("quest.toml")), &mut |_| {});
    let prefix = format!("{}/", folder.display());
    let mut diagnostics: Vec<Finding> = run
        .json()
        .iter()
        .map(|line| {
            let found: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |name: &str| found[name].as_str().unwrap_or_default();
            let place = found["labels"]
                .get(0)
                .map(|label| (label["line"].as_u64().unwrap(), label["column"].as_u64().unwrap()));
            diagnostic(&text("file").replace(&prefix, ""), place, text("level"), text("code"))
        })
        .collect();
    diagnostics.sort();
    (diagnostics, run.human(false))
}

/// A place for a project from which the schema of quests is as far away as from the base.
fn scratch(name: &str) -> PathBuf {
    // Tests run at the same time: each has all it needs for itself.
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join("broken").join(name);
    let schemas = top.join("schemas");
    fs::create_dir_all(&schemas).unwrap();
    fs::copy(folder("../schemas/quests.schema.json"), schemas.join("quests.schema.json")).unwrap();
    top.join("tests/one/project")
}

#[test]
fn the_base_is_sound() {
    let (found, messages) = check(&folder("broken/base"));
    assert!(found.is_empty(), "{}", messages.join("\n\n"));
}

#[test]
fn there_are_many_mistakes_of_many_sorts() {
    let codes: BTreeSet<&str> = MISTAKES.iter().map(|mistake| mistake.code).collect();
    assert!(MISTAKES.len() >= 60, "{} mistakes", MISTAKES.len());
    assert!(codes.len() >= 35, "{} codes", codes.len());
    let names: BTreeSet<&str> = MISTAKES.iter().map(|mistake| mistake.what).collect();
    assert_eq!(names.len(), MISTAKES.len(), "two mistakes have one name");
}

#[test]
fn each_mistake_alone_gives_one_message() {
    let base = read(&folder("broken/base"));
    let project = scratch("alone");
    let mut wrong = Vec::new();
    for mistake in MISTAKES {
        let (files, expected) = with(&base, &[mistake]);
        write(&project, &files);
        let (found, messages) = check(&project);
        if found != expected {
            wrong.push(format!(
                "## {}\nexpected {expected:?}\nfound    {found:?}\n{}",
                mistake.what,
                messages.join("\n")
            ));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), MISTAKES.len(), wrong.join("\n\n"));
}

#[test]
fn all_together_give_one_message_each() {
    let all: Vec<&Mistake> = MISTAKES.iter().collect();
    let (files, expected) = with(&read(&folder("broken/base")), &all);
    let project = scratch("together");
    write(&project, &files);
    let (found, _) = check(&project);
    let missing: Vec<_> = expected.iter().filter(|diagnostic| !found.contains(diagnostic)).collect();
    let surplus: Vec<_> = found.iter().filter(|diagnostic| !expected.contains(diagnostic)).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing: {missing:#?}\nsurplus: {surplus:#?}");
    assert_eq!(found, expected);
}

/// What stands in a file that cannot be read as it should be is known to the others, so they have no mistakes.
#[test]
fn a_file_that_can_not_be_read_gives_one_message() {
    let base = read(&folder("broken/base"));
    let project = scratch("unread");
    let mut wrong = Vec::new();
    for (name, bytes) in base.iter().filter(|(name, _)| name.starts_with("content/")) {
        let text = std::str::from_utf8(bytes).unwrap();
        let json = name.ends_with(".json");
        let cut = text.trim_end().strip_suffix(['}', ']']).filter(|_| json);
        let first = text.find(['{', '[']).filter(|_| json).map(|at| text[at + 1..].to_owned());
        let utf16 = text.encode_utf16().flat_map(u16::to_be_bytes);
        let affixes = [
            ("UTF-16", Some([0xFE, 0xFF].into_iter().chain(utf16).collect())),
            ("without its last bracket", cut.map(|text| text.as_bytes().to_vec())),
            ("without its first bracket", first.map(String::into_bytes)),
            // Behind the last letter: in a text if there is one.
            (
                "with a byte that is not UTF-8",
                text.rfind(char::is_alphabetic).map(|at| [&bytes[..=at], b"\xFF", &bytes[at + 1..]].concat()),
            ),
        ];
        for (what, bytes) in affixes {
            let Some(bytes) = bytes else { continue };
            let mut files = base.clone();
            files.insert(name.clone(), bytes);
            write(&project, &files);
            let (found, messages) = check(&project);
            if found.len() != 1 {
                wrong.push(format!("## {name}: {what}\n{}", messages.join("\n")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn the_messages_are_kept() {
    let all: Vec<&Mistake> = MISTAKES.iter().collect();
    let (files, _) = with(&read(&folder("broken/base")), &all);
    let golden = folder("diagnostics/many-mistakes");
    let mut there = read(&golden);
    let messages = there.remove("expected.txt");
    if there == files {
        return;
    }
    assert!(
        quest_test::golden::is_blessing(),
        "tests/diagnostics/many-mistakes is out of date: run `cargo xtask bless` and review the difference"
    );
    write(&golden, &files);
    if let Some(messages) = messages {
        fs::write(golden.join("expected.txt"), messages).unwrap();
    }
}
