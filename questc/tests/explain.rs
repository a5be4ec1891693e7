//! The pages in `quest-compiler/explain`: every code has one, its example does what it says, and `docs/diagnostics.md` is made of them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::{self, CodeSummary, Request};
use quest_compiler::pages::{Page, level};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// What stands in an example that does not say otherwise.
const MANIFEST: &str = "[[documents]]\nschema  = \"quests.schema.json\"\ncontent = \"quests.json\"\n";
const SCHEMA: &str = "{ \"description\": \"Anything.\" }\n";

/// Prose fits a terminal.
const WIDTH: usize = 88;
/// A first sentence fits into a row of the table that `questc explain` prints.
const SUMMARY: usize = 62;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../quest-compiler/explain")
}

/// The pages by the names of their files, sorted.
fn texts() -> Vec<(String, String)> {
    let mut texts: Vec<_> = fs::read_dir(folder())
        .expect("the folder of the pages")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).expect("a page"))
        })
        .collect();
    texts.sort();
    texts
}

fn pages(texts: &[(String, String)]) -> Vec<Page<'_>> {
    texts.iter().map(|(name, text)| Page::read(text).unwrap_or_else(|why| panic!("{name}: {why}"))).collect()
}

/// What follows `word` on a line of its own.
fn said<'t>(page: &Page<'t>, word: &str) -> Option<&'t str> {
    page.prose.split("\n\n").find_map(|paragraph| paragraph.strip_prefix(word))
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes: Vec<String> =
        driver::codes().iter().map(|code| format!("{}-{}.md", code.id, code.name)).collect();
    let texts = texts();
    let names: Vec<String> = texts.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(names, codes, "files in quest-compiler/explain, and codes");
    for (page, name) in pages(&texts).iter().zip(names) {
        assert_eq!(format!("{}-{}.md", page.id, page.name), name, "the first line of {name}");
    }
}

#[test]
fn every_page_has_a_form() {
    for page in pages(&texts()) {
        let id = page.id;
        let summary = page.summary();
        assert!(summary.ends_with('.'), "{id}: `{summary}` is no sentence");
        assert!(summary.chars().count() <= SUMMARY, "{id}: `{summary}` is too long for a table");
        for line in page.prose.lines() {
            assert!(line.chars().count() <= WIDTH, "{id}: `{line}` is too long");
        }
        let titles: Vec<&str> = page.sections.iter().map(|section| section.title).collect();
        match said(&page, "Not shown: ") {
            Some(_) => assert!(titles.is_empty(), "{id} shows what it says it does not"),
            None => assert!(
                matches!(titles.as_slice(), ["Wrong", "Right"] | ["Given", "Wrong", "Right"]),
                "{id} has {titles:?}"
            ),
        }
        for section in &page.sections {
            assert!(!section.files.is_empty(), "{id}: `{}` has no file", section.title);
        }
    }
}

/// Compiles the files of an example, and gives the code and the text of each diagnostic.
fn diagnostics(page: &Page<'_>, title: &str) -> Vec<(String, String)> {
    let place = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("../quest-compiler/explain")
        .join(format!("{}-{title}", page.id));
    if place.exists() {
        fs::remove_dir_all(&place).expect("an old example can be removed");
    }
    let write = |name: &str, text: &str| {
        let path = place.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        fs::write(path, text).expect("an example can be written");
    };
    write("quest.toml", MANIFEST);
    write("quests.schema.json", SCHEMA);
    for section in page.sections.iter().filter(|section| section.title == "Given" || section.title == title) {
        for file in &section.files {
            write(file.name, file.text);
        }
    }
    let run = driver::run(&Request::build(place.join("quest.toml")), &mut |_| {});
    run.json()
        .iter()
        .zip(run.human(false))
        .map(|(line, text)| {
            let diagnostic: serde_json::Value = serde_json::from_str(line).expect("JSON");
            (diagnostic["code"].as_str().expect("a code").to_owned(), text)
        })
        .collect()
}

#[test]
fn every_example_does_what_it_says() {
    let mut wrong = String::new();
    for page in pages(&texts()) {
        let id = page.id;
        if said(&page, "Not shown: ").is_some() {
            continue;
        }
        let also: BTreeSet<&str> =
            said(&page, "Also: ").map(|codes| codes.split(", ").collect()).unwrap_or_default();
        let found = diagnostics(&page, "Wrong");
        let mut expected = also.clone();
        expected.insert(id);
        let codes: BTreeSet<&str> = found.iter().map(|(code, _)| code.as_str()).collect();
        if codes != expected {
            writeln!(wrong, "{id}: `Wrong` gives {codes:?}, not {expected:?}").expect("text");
            found.iter().for_each(|(_, text)| writeln!(wrong, "{text}").expect("text"));
        }
        for (_, text) in diagnostics(&page, "Right") {
            writeln!(wrong, "{id}: `Right` gives a diagnostic\n{text}").expect("text");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The reference page.
fn reference(pages: &[Page<'_>], codes: &[CodeSummary]) -> String {
    let mut text = String::from(
        "<!-- Made from quest-compiler/explain by questc/tests/explain.rs. Change the pages there. -->\n\n\
# Diagnostics\n\n\
Every diagnostic has a code that never changes its meaning. `questc explain Q2001` prints the page of a code, and `questc explain` lists all codes.\n\n\
An error stops the build, a warning does not. Some levels can be changed in the [manifest](manifest.md#lints), by the code or by its name. \
It calls an error `deny` and a warning `warn`, and `allow` disables a diagnostic.\n\n\
| code | name | level | can be changed | meaning |\n|---|---|---|---|---|\n",
    );
    for (page, code) in pages.iter().zip(codes) {
        let CodeSummary { id, name, level, configurable, .. } = code;
        let anchor = format!("{}-{name}", id.to_lowercase());
        let change = if *configurable { "yes" } else { "no" };
        writeln!(text, "| [{id}](#{anchor}) | `{name}` | {level} | {change} | {} |", page.summary())
            .expect("text");
    }
    text.push_str(
        "\nAll examples are compiled by a test. Those that show no manifest have this one:\n\n```toml\n",
    );
    text.push_str(MANIFEST);
    text.push_str("```\n\nThose that show no schema have one that allows everything.\n");
    for (page, code) in pages.iter().zip(codes) {
        write!(text, "\n## {} {}\n\n{}\n\n{}\n", page.id, page.name, level(code), page.prose).expect("text");
        for section in &page.sections {
            for file in &section.files {
                let (title, name) = (section.title, file.name);
                let language = name.rsplit('.').next().unwrap_or_default();
                write!(text, "\n**{title}**, `{name}`:\n\n```{language}\n{}```\n", file.text).expect("text");
            }
        }
    }
    text
}

#[test]
fn the_reference_page_is_made_of_the_pages() {
    let texts = texts();
    let text = reference(&pages(&texts), &driver::codes());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/diagnostics.md");
    quest_test::assert_golden(path, text);
}
