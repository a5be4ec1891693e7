//! The extension for Visual Studio Code, with this questc: its own tests, in Node.js and in Chromium.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use quest_test::Suite;
use std::path::Path;
use std::process::Command;

#[test]
fn the_extension_passes_its_tests() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../editors/vscode");
    if !folder.join("node_modules/.package-lock.json").is_file() {
        return Suite::Extension.skip("its packages are not installed: run `npm ci` in editors/vscode");
    }
    let output = Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
        .arg("test")
        .current_dir(&folder)
        .env("QUESTC", env!("CARGO_BIN_EXE_questc"))
        .output();
    let Ok(output) = output else { return Suite::Extension.skip("npm cannot be run") };
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{text}\n{}", String::from_utf8_lossy(&output.stderr));
    // A run without tests is no success.
    let passed = text.lines().find_map(|line| line.strip_prefix("# pass ")?.parse::<usize>().ok());
    assert!(passed.is_some_and(|passed| passed >= 10), "{text}");
    text.lines().filter(|line| line.contains("# SKIP")).for_each(|line| eprintln!("{line}"));
}
