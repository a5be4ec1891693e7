//! Every bound of the Near-Phase Gates at its edge: what just fits compiles, and one more does not.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use std::fs;
use std::path::{Path, PathBuf};

/// The game's schemas and content in a folder of their own, and one more file of a system.
fn project(name: &str, system: &str, file: &str) -> PathBuf {
    let game = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bounds").join(name);
    // What an earlier run left must not be read.
    drop(fs::remove_dir_all(&folder));
    copy(&game.join("schemas"), &folder.join("schemas"));
    copy(&game.join("content"), &folder.join("content"));
    fs::write(folder.join("more.json"), file).unwrap();
    let manifest = fs::read_to_string(game.join("quest.toml")).unwrap();
    let mut found = false;
    let lines: Vec<String> = manifest
        .lines()
        .map(|line| match line.strip_prefix("content = ") {
            Some(pattern) if line.contains(&format!("content/{system}")) => {
                found = true;
                format!("content = [{pattern}, \"more.json\"]")
            }
            _ => line.to_owned(),
        })
        .collect();
    assert!(found, "no content of `{system}`");
    let path = folder.join("quest.toml");
    fs::write(&path, lines.join("\n")).unwrap();
    path
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

/// Compiles a file that fits, and one that does not.
fn edge(name: &str, system: &str, fits: &str, too_much: &str, message: &str) {
    let run = driver::run(&Request::build(project(name, system, fits)), &mut |_| {});
    assert_eq!((run.errors(), run.warnings()), (0, 0), "{name}: {}", run.human(false).join("\n\n"));
    let run = driver::run(&Request::build(project(name, system, too_much)), &mut |_| {});
    let found = run.human(false).join("\n\n");
    assert_eq!((run.errors(), run.warnings()), (1, 0), "{name}: {found}");
    assert!(found.lines().next().unwrap().contains(message), "{name}: no `{message}` in\n{found}");
}

/// A text of so many bytes, of which all letters but the last take two.
fn text(bytes: usize) -> String {
    "ü".repeat(bytes / 2) + if bytes % 2 == 1 { "x" } else { "" }
}

/// A text of so many bytes fits, one of one byte more and an empty one do not.
fn text_edge(name: &str, system: &str, most: usize, file: impl Fn(&str) -> String) {
    assert_eq!(text(most + 1).len(), most + 1);
    let message = format!("is too long: {} bytes", most + 1);
    edge(name, system, &file(&text(most)), &file(&text(most + 1)), &message);
    // Fewer letters than the bound has bytes, and too long all the same.
    assert!(text(most + 1).chars().count() < most);
    edge(&format!("{name}-empty"), system, &file("x"), &file(""), "is empty");
}

struct Site<'a> {
    id: &'a str,
    title: &'a str,
    description: &'a str,
    threat: &'a str,
    exits: usize,
}

const SITE: Site<'_> = Site { id: "watch-post", title: "Post", description: "A hut.", threat: "1", exits: 1 };

impl Site<'_> {
    fn json(&self) -> String {
        let exits: Vec<String> = (0..self.exits)
            .map(|at| format!(r#"{{ "direction": "way-{at}", "to": "ashen_road", "title": "Down" }}"#))
            .collect();
        format!(
            r#"{{ "id": "{}", "title": "{}", "description": "{}", "region": "ash-waste", "threat": {}, "exits": [{}] }}"#,
            self.id,
            self.title,
            self.description,
            self.threat,
            exits.join(", ")
        )
    }
}

#[test]
fn ids_have_64_bytes() {
    let (fits, too_much) = ("i".repeat(64), "i".repeat(65));
    let site = |id| Site { id, ..SITE }.json();
    edge("site-id", "sites", &site(&fits), &site(&too_much), "`id` is too long: 65 bytes");
    let alias = |id: &str| format!(r#"{{ "aliases": [{{ "alias": "{id}", "names": "coin" }}] }}"#);
    edge("alias", "aliases", &alias(&fits), &alias(&too_much), "`alias` is too long: 65 bytes");
    let item = |id: &str| {
        format!(
            r#"{{ "items": [{{ "id": "{id}", "title": "Lamp", "description": "Oil." }}], "relics": [], "marks": [], "evidence": [] }}"#
        )
    };
    edge("item-id", "inventory", &item(&fits), &item(&too_much), "`id` is too long: 65 bytes");
    let seed = |label: &str| mission(label, "It hums.", "Quiet.");
    edge("seed-label", "missions", &seed(&fits), &seed(&too_much), "`label` is too long: 65 bytes");
}

#[test]
fn ids_are_letters_digits_and_two_signs() {
    for id in ["a", "Z", "0", "_", "-", "Az09_-"] {
        let run = driver::run(
            &Request::build(project("id-form", "sites", &Site { id, ..SITE }.json())),
            &mut |_| {},
        );
        assert_eq!(run.errors(), 0, "`{id}`: {}", run.human(false).join("\n\n"));
    }
    for id in ["", " ", "a b", "a.b", "a:b", "a/b", "é", "١", "a\u{200b}"] {
        let run = driver::run(
            &Request::build(project("id-form", "sites", &Site { id, ..SITE }.json())),
            &mut |_| {},
        );
        assert_eq!(run.errors(), 1, "`{id}`: {}", run.human(false).join("\n\n"));
    }
}

#[test]
fn titles_have_80_bytes() {
    text_edge("title", "sites", 80, |title| Site { title, ..SITE }.json());
}

#[test]
fn descriptions_have_320_bytes() {
    text_edge("description", "sites", 320, |description| Site { description, ..SITE }.json());
}

#[test]
fn leads_and_refusals_have_160_bytes() {
    text_edge("lead", "missions", 160, |lead| mission("smoke", lead, "Quiet."));
    text_edge("refusal", "writs", 160, |refusal| {
        format!(
            r#"{{ "writs": [{{ "id": "w", "title": "W", "description": "W.", "issuer": "varro", "sites": ["gate_yard"], "over": ["coin"], "refusal": "{refusal}" }}] }}"#
        )
    });
}

#[test]
fn speech_has_320_bytes() {
    text_edge("debrief", "missions", 320, |debrief| mission("smoke", "It hums.", debrief));
    text_edge("greeting", "actors", 320, |greeting| {
        format!(
            r#"{{ "actors": [{{ "id": "cook", "title": "Cook", "description": "Cooks.", "greeting": "{greeting}" }}] }}"#
        )
    });
}

#[test]
fn lists_and_numbers_have_bounds() {
    let exits = |exits| Site { exits, ..SITE }.json();
    edge("exits", "sites", &exits(6), &exits(7), "`exits` is too long: 7 elements");
    edge("no-exits", "sites", &exits(1), &exits(0), "`exits` is empty");
    let threat = |threat| Site { threat, ..SITE }.json();
    edge("threat", "sites", &threat("5"), &threat("6"), "`threat` is out of bounds: 6");
    edge("no-threat", "sites", &threat("0"), &threat("-1"), "`threat` is out of bounds: -1");
}

fn mission(label: &str, lead: &str, debrief: &str) -> String {
    format!(
        r#"{{
  "id": "hum", "title": "Hum", "description": "A hum.", "start": "gate_yard",
  "seed": {{ "label": "{label}", "variants": [] }},
  "objectives": [{{ "id": "close", "title": "Close", "kind": "seal", "target": "gate_yard" }}],
  "outcomes": [
    {{ "id": "a", "requires": ["close"], "debrief": "{debrief}" }},
    {{ "id": "b", "requires": ["close"], "debrief": "Quiet." }}
  ],
  "leads": [{{ "id": "l", "text": "{lead}" }}]
}}"#
    )
}

#[test]
fn the_same_content_gives_the_same_bytes() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("quest.toml");
    let elsewhere = project("same", "sites", &SITE.json());
    // The same files under another path, without the additional one.
    fs::write(&elsewhere, fs::read(&manifest).unwrap()).unwrap();
    let bytes = |manifest: &Path, name: &str| {
        let run = driver::run(&Request::build(manifest), &mut |_| {});
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bounds").join(name);
        let files = run.write(&folder).unwrap();
        files.iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>()
    };
    let first = bytes(&manifest, "first");
    assert_eq!(first.len(), 4);
    assert!(first == bytes(&manifest, "second"));
    assert!(first == bytes(&elsewhere, "elsewhere"));
}
