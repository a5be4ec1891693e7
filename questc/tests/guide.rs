//! The files in the guide are projects that compile, and the mistakes in them get the messages that it shows. Its Rust is compiled as
//! the documentation of `tests/rune-rust`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use quest_site::GraphLanguage;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join("docs").join(name)).unwrap()
}

/// Fenced blocks whose first line names a language and a file.
fn files(guide: &str) -> Vec<(&str, &str)> {
    let blocks = guide.split("```").skip(1).step_by(2);
    let named = blocks.filter_map(|block| {
        let (info, text) = block.split_once('\n')?;
        Some((info.split_once(' ')?.1, text))
    });
    named.collect()
}

/// Writes the files of a page into a folder of their own.
fn project(name: &str, guide: &str, count: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    // Messages have backticks between them, and stand in tables and not in blocks.
    let files = files(guide);
    assert_eq!(files.len(), count, "{files:?}");
    for (name, text) in &files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

/// Changes a file of a project, and gives the first lines of all that is said then.
fn said(folder: &Path, file: &str, old: &str, new: &str) -> Vec<String> {
    let path = folder.join(file);
    let right = fs::read_to_string(&path).unwrap();
    assert!(right.contains(old), "{old}");
    fs::write(&path, right.replacen(old, new, 1)).unwrap();
    let run = driver::run(&Request::build(folder.join("quest.toml")), &mut |_| {});
    fs::write(&path, right).unwrap();
    run.human(false).iter().map(|message| message.lines().next().unwrap().to_owned()).collect()
}

#[track_caller]
fn compiles(folder: &Path) {
    let run = driver::run(&Request::build(folder.join("quest.toml")), &mut |_| {});
    assert_eq!((run.errors(), run.warnings()), (0, 0), "{:?}", run.human(false));
}

#[test]
fn the_first_project_compiles() {
    let guide = page("getting-started.md");
    let folder = project("guide", &guide, 3);
    compiles(&folder);

    let quest = folder.join("content/lost-ring.json");
    let wrong = fs::read_to_string(&quest).unwrap().replace("\"next\": \"return\"", "\"next\": \"retrun\"");
    fs::write(&quest, wrong).unwrap();
    let run = driver::run(&Request::build(folder.join("quest.toml")), &mut |_| {});
    let message = run.human(false).join("\n");
    let first = message.lines().next().unwrap();
    assert!(guide.contains(&format!("{first}\n")), "{first}");
    assert_eq!(run.apply_fixes().unwrap().len(), 1);
    assert_eq!(driver::run(&Request::build(folder.join("quest.toml")), &mut |_| {}).errors(), 0);
}

#[test]
fn writing_content() {
    let guide = page("writing-content.md");
    // Double backticks stand around messages, in a table.
    let folder = project("guide-content", &guide.replace("``error", "error").replace("` ``", "`"), 4);
    fs::create_dir_all(folder.join("schemas")).unwrap();
    fs::copy(root().join("schemas/quests.schema.json"), folder.join("schemas/quests.schema.json")).unwrap();
    compiles(&folder);
    let quest = "content/quests/dark-mill.json";
    let mistakes = [
        ("\"nextStageId\": \"light-lamp\"", "\"nextStageId\": \"light-lmap\""),
        ("\"npcId\": \"npc-ferryman\"", "\"npcId\": \"npc-milller\""),
        ("\"type\": \"Collect\"", "\"type\": \"collect\""),
        ("\"target\": \"item-lamp-oil\"", "\"target\": \"location-old-mill\""),
        ("\"quantity\": 2", "\"quantity\": 0"),
        ("\"quantity\": 2", "\"quantty\": 2"),
    ];
    let rows = guide.lines().filter(|line| line.starts_with("| `\"")).count();
    assert_eq!(rows, mistakes.len(), "each row of the table has a mistake here");
    for (old, new) in mistakes {
        let said = said(&folder, quest, old, new);
        let first = said.first().unwrap_or_else(|| panic!("{new} is right"));
        assert!(guide.contains(new) && guide.contains(first.as_str()), "{new}: {said:?}");
    }
    let played = quest_build::play(folder.join("quest.toml"), [folder.join("light.play")]);
    assert!(played.is_ok(), "{}", played.err().unwrap());
}

#[test]
fn a_schema_of_ones_own() {
    let guide = page("own-schema.md");
    let folder = project("guide-schema", &guide, 5);
    compiles(&folder);
    let mistakes = [
        ("\"uses\": \"salt\"", "\"uses\": \"slat\""),
        ("\"title\": \"Marrow Broth\",", "\"title\": \"Marrow Broth\", \"after\": [\"tonic\"],"),
    ];
    for (old, new) in mistakes {
        let said = said(&folder, "content/book.json", old, new);
        assert!(said.iter().any(|first| guide.contains(&format!("{first}\n"))), "{new}: {said:?}");
    }
    let graph = quest_site::graph(
        &Request::check(folder.join("quest.toml")),
        Some("broth"),
        GraphLanguage::Mermaid,
        &mut |_| {},
    )
    .1;
    assert!(guide.contains(&graph.clone().unwrap().unwrap()), "{graph:?}");
}

/// The index names every page, and every link in the guide leads to a page and to a heading of it.
#[test]
fn links_lead_somewhere() {
    let docs = root().join("docs");
    let mut pages: Vec<PathBuf> = fs::read_dir(&docs).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    let index = page("README.md");
    let missing: Vec<&PathBuf> = pages
        .iter()
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy();
            name != "README.md" && !index.contains(&format!("({name})"))
        })
        .collect();
    assert!(missing.is_empty(), "not in the index: {missing:?}");
    pages.extend(
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"].map(|name| root().join(name)),
    );
    let mut wrong = Vec::new();
    for path in &pages {
        let text = fs::read_to_string(path).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            if link.starts_with("http") || link.contains([' ', '\n']) {
                continue;
            }
            let (file, place) = link.split_once('#').unwrap_or((link, ""));
            let target = if file.is_empty() { path.clone() } else { path.parent().unwrap().join(file) };
            match fs::read_to_string(&target) {
                Err(_) if target.exists() => {}
                Ok(text) if place.is_empty() || headings(&text).contains(place) => {}
                _ => wrong.push(format!("{}: {link}", path.file_name().unwrap().to_string_lossy())),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// The addresses of headings, as sites for repositories make them.
fn headings(text: &str) -> BTreeSet<String> {
    let lines = text.lines().filter(|line| line.starts_with('#'));
    let address = |line: &str| -> String {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        let kept = words.chars().filter(|sign| sign.is_alphanumeric() || " -_".contains(*sign));
        kept.map(|sign| if sign == ' ' { '-' } else { sign }).collect()
    };
    lines.map(address).collect()
}
