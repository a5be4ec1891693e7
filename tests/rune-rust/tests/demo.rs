//! The sessions in `docs/demo.md` are what the demo says.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// What the demo says to some lines.
fn session(lines: &[&str]) -> String {
    let mut demo = Command::new(env!("CARGO_BIN_EXE_demo"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
    demo.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
    let output = demo.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_guide_shows_what_it_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/demo.md");
    let guide = std::fs::read_to_string(&path).unwrap();
    let mut parts = guide.split("```text demo\n");
    let mut written = parts.next().unwrap().to_owned();
    let mut count = 0;
    for part in parts {
        let (screen, rest) = part.split_once("```").unwrap();
        let lines: Vec<&str> = screen.lines().filter_map(|line| line.strip_prefix("> ")).collect();
        assert_eq!(lines.last(), Some(&"quit"));
        write!(written, "```text demo\n{}```{rest}", session(&lines)).unwrap();
        count += 1;
    }
    assert_eq!(count, 2);
    quest_test::assert_golden(&path, written);
}

#[test]
fn nonsense_is_answered() {
    let said = session(&["", "fly", "accept", "kill", "turn in iron path", "talk nobody", "log", "wait"]);
    for words in [
        "You do not know how to fly.",
        "There is no quest ``.",
        "There is no enemy ``.",
        "There is no npc `nobody`.",
        "The log is empty.",
        "Nothing comes of it.",
    ] {
        assert!(said.contains(words), "{words} in\n{said}");
    }
}
