//! The page about existing content: its files are a project, and what it shows is what `questc init` writes.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests")]

use quest_init::{Options, init};
use quest_test::TempProject;
use std::fs;
use std::path::Path;

/// The code blocks of a page that name a file: the name and the text.
fn blocks(page: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        let Some((_, name)) = line.strip_prefix("```").and_then(|info| info.split_once(' ')) else {
            continue;
        };
        let text: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        blocks.push((name.to_owned(), format!("{}\n", text.join("\n"))));
    }
    blocks
}

#[test]
fn the_page_shows_what_is_written() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/existing-content.md");
    let blocks = blocks(&fs::read_to_string(path).unwrap());
    let (shown, content): (Vec<_>, Vec<_>) =
        blocks.into_iter().partition(|(name, _)| name.ends_with(".overlay.jsonc"));
    assert!(content.len() >= 3 && !shown.is_empty(), "the page has content and an overlay");
    let project = TempProject::with(content.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    let outcome = init(&Options::new(project.manifest())).expect("a project can be made of it");
    for (name, text) in shown {
        assert_eq!(fs::read_to_string(project.join(&name)).unwrap(), text);
    }
    assert_eq!(outcome.check.errors(), 0, "{}", outcome.check.human(false).join("\n"));
}
