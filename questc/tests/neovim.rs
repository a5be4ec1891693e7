//! Neovim works on a small game with `questc lsp`: the protocol as a real editor speaks it, over standard input and output.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use quest_test::{Suite, TempProject};
use std::fs;
use std::path::Path;
use std::process::Command;

const SCHEMA: &str = r##"{
  "type": "object", "required": ["quests"],
  "properties": { "quests": { "type": "array", "items": { "$ref": "#/definitions/Quest" } } },
  "definitions": {
    "Quest": {
      "type": "object", "required": ["id", "name", "stages"], "additionalProperties": false,
      "properties": {
        "id": { "type": "string", "x-key": "quest" },
        "name": { "type": "string" },
        "after": { "type": "array", "items": { "type": "string", "x-ref": "quest" } },
        "stages": { "type": "array", "items": { "$ref": "#/definitions/Stage" } }
      }
    },
    "Stage": {
      "type": "object", "required": ["id"], "additionalProperties": false,
      "properties": {
        "id": { "type": "string", "x-key": "quest.stage" },
        "next": { "type": "string", "x-ref": "quest.stage" }
      }
    }
  }
}"##;

const IRON: &str = r#"{
  "quests": [
    {
      "id": "iron",
      "name": "𝄞 The Iron Path",
      "stages": [{ "id": "ask", "next": "dig" }, { "id": "dig" }]
    }
  ]
}
"#;

#[test]
fn neovim_edits_a_game() {
    if Command::new("nvim").arg("--version").output().is_err() {
        return Suite::Neovim.skip("`nvim` cannot be run");
    }
    let bread = "quests:\n  - { id: bread, name: Bread, after: [iron], stages: [{ id: knead }] }\n";
    let salt = "[[quests]]\nid = \"salt\"\nname = \"Salt\"\nafter = [\"iron\"]\nstages = []\n";
    let manifest = "[[documents]]\nschema = \"quests.schema.json\"\ncontent = \"content/*\"\n\n[lints]\nunused = \"allow\"\n";
    let project = TempProject::with([
        ("quest.toml", manifest),
        ("quests.schema.json", SCHEMA),
        ("content/iron.json", IRON),
        ("content/bread.yaml", bread),
        ("content/salt.toml", salt),
    ]);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/neovim.lua");
    let output = Command::new("nvim")
        .args(["--headless", "--clean", "-n", "-c"])
        .arg(format!("luafile {}", script.display()))
        .current_dir(project.path())
        .env("QUESTC", env!("CARGO_BIN_EXE_questc"))
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().collect();
    let expected = [
        "diagnostic: no stage `digg` in quest `iron`",
        "completion: dig",
        "clean",
        "definition: iron.json 6",
        "references: bread.yaml salt.toml",
        "renamed",
    ];
    assert_eq!(lines, expected, "{errors}");
    assert!(output.status.success(), "{errors}");
    for (file, line) in [
        ("content/iron.json", "      \"id\": \"steel\","),
        ("content/bread.yaml", "  - { id: bread, name: Bread, after: [steel], stages: [{ id: knead }] }"),
        ("content/salt.toml", "after = [\"steel\"]"),
    ] {
        let text = fs::read_to_string(project.join(file)).unwrap();
        assert!(text.lines().any(|own| own == line), "{text}");
    }
}
