//! A game outside of this workspace, built with cargo as its author builds it.

#![allow(dead_code, unreachable_pub, reason = "every test uses a part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, MutexGuard, PoisonError};

static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A copy of the template.
pub struct Game {
    pub directory: PathBuf,
    _alone: MutexGuard<'static, ()>,
}

impl Game {
    pub fn new(name: &str) -> Self {
        let alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("games").join(name);
        if directory.exists() {
            fs::remove_dir_all(&directory).unwrap();
        }
        let package = Path::new(env!("CARGO_MANIFEST_DIR"));
        copy(&package.join("template"), &directory);
        let root = package.join("../..").canonicalize().unwrap();
        fs::rename(directory.join("Cargo.toml.in"), directory.join("Cargo.toml")).unwrap();
        fs::copy(root.join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
        let game = Self { directory, _alone: alone };
        let root = root.to_str().unwrap().replace('\\', "/");
        game.change("Cargo.toml", "@ROOT@", &root);
        game.change("Cargo.toml", "@EDITION@", "2024");
        game.change("quest.toml", "@ROOT@", &root);
        game
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.directory.join(file)).unwrap()
    }

    pub fn write(&self, file: &str, text: &str) {
        let path = self.directory.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[track_caller]
    pub fn change(&self, file: &str, from: &str, to: &str) {
        let text = self.read(file);
        assert!(text.contains(from), "{file} has no `{from}`");
        self.write(file, &text.replace(from, to));
    }

    /// Makes the game the only member of a workspace, two folders above it.
    pub fn join_workspace(&self) -> PathBuf {
        let profile = "[profile.dev]\ndebug = false\nincremental = false\n";
        self.change("Cargo.toml", "\n[workspace]\n", "");
        self.change("Cargo.toml", profile, "");
        let root = self.directory.join("../..");
        fs::copy(self.directory.join("Cargo.lock"), root.join("Cargo.lock")).unwrap();
        let workspace = format!("[workspace]\nresolver = \"3\"\nmembers = [\"crates/*\"]\n\n{profile}");
        fs::write(root.join("Cargo.toml"), workspace).unwrap();
        root
    }

    /// A command of cargo in the folder of the game, and how it ended.
    pub fn cargo(&self, arguments: &[&str]) -> Outcome {
        self.cargo_with(arguments, "")
    }

    pub fn cargo_with(&self, arguments: &[&str], flags: &str) -> Outcome {
        let offline = self.start(arguments, flags, true);
        // Where the registry's files are not there yet, cargo has to be allowed to fetch them.
        let unfetched = ["--offline", "failed to download", "no matching package"];
        if !offline.success && unfetched.iter().any(|text| offline.messages.contains(text)) {
            return self.start(arguments, flags, false);
        }
        offline
    }

    fn start(&self, arguments: &[&str], flags: &str, offline: bool) -> Outcome {
        let mut command = Command::new(env!("CARGO"));
        // What cargo and its test runner say about this package is not true of the game.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "OUT_DIR" {
                command.env_remove(&name);
            }
        }
        command
            .args(arguments)
            .args(offline.then_some("--offline"))
            .current_dir(&self.directory)
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("games-target"))
            .env("CARGO_TERM_COLOR", "never")
            .env("RUSTFLAGS", flags)
            .env_remove("CARGO_ENCODED_RUSTFLAGS")
            .env_remove("RUSTC_WORKSPACE_WRAPPER");
        let output = command.output().unwrap();
        Outcome {
            success: output.status.success(),
            output: String::from_utf8(output.stdout).unwrap(),
            messages: without_colour(&String::from_utf8(output.stderr).unwrap()),
        }
    }
}

pub struct Outcome {
    pub success: bool,
    pub output: String,
    pub messages: String,
}

impl Outcome {
    #[track_caller]
    pub fn succeeds(self) -> Self {
        assert!(self.success, "cargo failed:\n{}", self.messages);
        assert!(!self.messages.contains("panicked at"), "{}", self.messages);
        self
    }

    /// It failed, and all errors but cargo's last words are these. Warnings and what stands below a title are not compared.
    #[track_caller]
    pub fn fails_with(self, errors: &[&str]) -> Self {
        assert!(!self.success, "cargo succeeded:\n{}", self.messages);
        assert!(!self.messages.contains("panicked at"), "{}", self.messages);
        let found: Vec<&str> = self
            .messages
            .lines()
            .filter(|line| line.starts_with("error") && !line.starts_with("error: could not compile"))
            .collect();
        assert_eq!(found, errors, "{}", self.messages);
        self
    }

    /// All that is said once the game itself is compiled, but for how long it took.
    #[track_caller]
    pub fn says_only(self, text: &str) -> Self {
        let (_, said) = self.messages.split_once("Compiling game v0.1.0 (").unwrap();
        let lines = said.lines().skip(1).filter(|line| !line.starts_with("    Finished"));
        let said: String = lines.map(|line| format!("{line}\n")).collect();
        assert_eq!(said, text);
        self
    }

    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.messages.contains(text), "`{text}` is not in\n{}", self.messages);
        self
    }

    #[track_caller]
    pub fn prints(self, text: &str) -> Self {
        assert!(self.output.contains(text), "`{text}` is not in\n{}", self.output);
        self
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char == '\u{1b}' {
            chars.by_ref().find(|char| char.is_ascii_alphabetic());
        } else {
            plain.push(char);
        }
    }
    plain
}
