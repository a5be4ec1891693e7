//! What is fuzzed: one function for each thing that reads what somebody else wrote. Each panics if the reader does, or if it blames itself.

use quest_compiler::compat;
use quest_compiler::diagnostics::Diagnostic;
use quest_compiler::driver::{Playable, Request, run};
use quest_compiler::play::{Content, play};
use quest_compiler::source::Format;
use quest_compiler::text::Files;
use quest_types::format;
use quest_types::journal::Save;
use std::cell::OnceCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use tempfile::TempDir;

/// Every target, by name.
pub const TARGETS: [(&str, fn(&[u8])); 12] = [
    ("json", json),
    ("jsonc", jsonc),
    ("yaml", yaml),
    ("toml", toml),
    ("ron", ron),
    ("schema", schema),
    ("overlay", overlay),
    ("manifest", manifest),
    ("lock", lock),
    ("script", script),
    ("pack", pack),
    ("save", save),
];

/// A content file as JSON.
pub fn json(input: &[u8]) {
    document("input.json", input);
}

/// A content file as JSON with comments.
pub fn jsonc(input: &[u8]) {
    document("input.jsonc", input);
}

/// A content file as YAML.
pub fn yaml(input: &[u8]) {
    document("input.yaml", input);
}

/// A content file as TOML.
pub fn toml(input: &[u8]) {
    document("input.toml", input);
}

/// A content file as RON.
pub fn ron(input: &[u8]) {
    document("input.ron", input);
}

fn document(name: &str, input: &[u8]) {
    let text = Arc::new(String::from_utf8_lossy(input).into_owned());
    let mut files = Files::default();
    let file = files.add(name.to_owned(), Arc::clone(&text));
    let mut diagnostics = Vec::new();
    Format::of(name).read(name, file, text, &mut diagnostics);
    check(&diagnostics);
}

fn check(diagnostics: &[Diagnostic]) {
    for diagnostic in diagnostics {
        assert!(!diagnostic.title.contains("internal error"), "{}", diagnostic.title);
    }
}

const MANIFEST: &str = "[[documents]]\nschema = \"input.schema.json\"\ncontent = \"content.json\"\n";

const SCHEMA: &str = r#"{ "type": "array", "items": { "title": "Quest", "type": "object", "properties": {
    "id": { "type": "string" }, "next": { "type": "string" }, "stages": { "type": "array", "items": {
    "type": "object", "properties": { "id": { "type": "string" }, "count": { "type": "integer" } } } } } } }"#;

const CONTENT: &str =
    r#"[{ "id": "a", "next": "b", "stages": [{ "id": "s", "count": 1 }] }, { "id": "b", "stages": [] }]"#;

/// A project in a directory of its own, which every input of a thread uses.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        for (file, text) in
            [("quest.toml", MANIFEST), ("input.schema.json", SCHEMA), ("content.json", CONTENT)]
        {
            fs::write(directory.path().join(file), text).expect("a file");
        }
        Self(directory)
    }

    fn path(&self, file: &str) -> PathBuf {
        self.0.path().join(file)
    }

    fn check(&self, file: &str, input: &[u8]) {
        fs::write(self.path(file), input).expect("a file");
        let report = run(&Request::build(&self.path("quest.toml")), &mut |_| {});
        check(&report.diagnostics.list);
    }
}

/// A JSON Schema, with content and the Rust that follows from it.
pub fn schema(input: &[u8]) {
    thread_local!(static PROJECT: Project = Project::new());
    PROJECT.with(|project| project.check("input.schema.json", input));
}

/// An overlay.
pub fn overlay(input: &[u8]) {
    thread_local! {
        static PROJECT: Project = {
            let project = Project::new();
            let manifest = format!("overlays = [\"overlay.json\"]\n{MANIFEST}");
            fs::write(project.path("quest.toml"), manifest).expect("a file");
            project
        };
    }
    PROJECT.with(|project| project.check("overlay.json", input));
}

/// A manifest. What it names outside of its directory is not looked at: a pattern could lead through a whole disk.
pub fn manifest(input: &[u8]) {
    thread_local!(static PROJECT: Project = Project::new());
    let leaves =
        input.windows(2).any(|pair| pair == b".." || pair == b"\"/" || pair == b"'/" || pair == b"\\u");
    if !leaves {
        PROJECT.with(|project| project.check("quest.toml", input));
    }
}

/// The lock of a release.
pub fn lock(input: &[u8]) {
    let text = String::from_utf8_lossy(input).into_owned();
    let mut files = Files::default();
    let file = files.add("quest.lock".to_owned(), Arc::new(text.clone()));
    if let Err(diagnostic) = compat::read(file, &text) {
        check(&[*diagnostic]);
    }
}

/// A script, played on the five quests.
pub fn script(input: &[u8]) {
    thread_local!(static CONTENT: OnceCell<Rc<Content>> = const { OnceCell::new() });
    CONTENT.with(|content| {
        let compile = || {
            let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/rune-rust/quest.toml");
            Rc::new(Playable::compile(&manifest).expect("content that can be played").into_content())
        };
        let none = |_: &str| Err("there is no other content".to_owned());
        let _ = play(content.get_or_init(compile), &none, &String::from_utf8_lossy(input));
    });
}

mod quests {
    #![allow(dead_code, unreachable_pub)]

    pub(super) use ::quest_types as __rt;

    include!("../../quest-types/tests/generated/quests.rs");

    fn tables() -> &'static Tables {
        unreachable!("only the layout is used")
    }
}

/// A pack, with a checksum that is right: without it, nothing behind the first bytes would be looked at.
pub fn pack(input: &[u8]) {
    let mut pack = input.to_vec();
    if let Some(body) = pack.get(format::PACK_HEADER..) {
        let sum = format::pack_checksum(&pack[..format::PACK_CHECKSUM_AT], body);
        pack[format::PACK_CHECKSUM_AT..][..8].copy_from_slice(&sum.to_le_bytes());
    }
    let _ = quest_types::load::open(&pack, &quests::LAYOUT);
}

/// A save as JSON.
pub fn save(input: &[u8]) {
    let _ = serde_json::from_slice::<Save>(input);
}
