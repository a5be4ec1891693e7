//! The generated Rust of every test project is a file that `syn` parses, and its indentation follows its brackets.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use std::fs;
use std::path::{Path, PathBuf};

/// The manifests in a folder and those in it, sorted.
fn manifests(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            manifests(&path, found);
        } else if path.file_name().is_some_and(|name| name == "quest.toml") {
            found.push(path);
        }
    }
}

/// The first line whose indentation is not four spaces for each open bracket around it. Chains of calls have one level more.
fn badly_indented(code: &str) -> Option<(usize, &str)> {
    let mut depth = 0usize;
    for (line, number) in code.lines().zip(1..) {
        let text = line.trim_start();
        if text.is_empty() || text.starts_with("//") {
            continue;
        }
        let leading_closers = text.chars().take_while(|c| matches!(c, ')' | ']' | '}')).count();
        // `})` closes two brackets of one line, which indents by one level.
        let closes = usize::from(leading_closers > 0);
        let expected = (depth - closes) * 4 + if text.starts_with('.') { 4 } else { 0 };
        if line.len() - text.len() != expected {
            return Some((number, line));
        }
        let (mut opened, mut closed) = (0usize, 0usize);
        let mut string = false;
        let mut escaped = false;
        for c in text.chars() {
            match c {
                '"' if !escaped => string = !string,
                '(' | '[' | '{' if !string => opened += 1,
                ')' | ']' | '}' if !string && opened > 0 => opened -= 1,
                ')' | ']' | '}' if !string => closed += 1,
                _ => {}
            }
            escaped = string && c == '\\' && !escaped;
        }
        depth = depth - closed.min(1) + opened.min(1);
    }
    (depth != 0).then_some((code.lines().count(), "the file ends inside a bracket"))
}

#[test]
fn generated_rust_parses() {
    let mut all = Vec::new();
    manifests(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests"), &mut all);
    let mut generated = 0;
    for manifest in &all {
        let Some(lowered) = driver::run(&Request::build(manifest), &mut |_| {}).lowered else { continue };
        generated += 1;
        if let Err(error) = syn::parse_file(&lowered.rust) {
            panic!("{}: {error}", manifest.display());
        }
        if let Some((line, text)) = badly_indented(&lowered.rust) {
            panic!("{}: line {line} is badly indented: {text}", manifest.display());
        }
    }
    assert!(generated > 50, "only {generated} of {} projects gave Rust", all.len());
}
