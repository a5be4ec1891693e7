//! `questc check --fix`: what is certain is written into the files, and nothing else in them changes.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SCHEMA: &str = r##"{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "definitions": {
    "quest": {
      "type": "object",
      "required": ["id", "category"],
      "additionalProperties": false,
      "properties": {
        "id": { "type": "string", "x-key": "quest" },
        "category": { "enum": ["MainStory", "SideQuest"] },
        "description": { "type": "string" },
        "after": { "type": "string", "x-ref": { "to": "quest", "unknown": "warn" } },
        "stages": {
          "type": "array",
          "items": {
            "type": "object",
            "properties": {
              "id": { "type": "string", "x-key": "quest.stage" },
              "next": { "type": "string", "x-ref": "quest.stage" }
            }
          }
        }
      }
    }
  },
  "type": "object",
  "properties": { "quests": { "type": "array", "items": { "$ref": "#/definitions/quest" } } }
}
"##;

/// A project with one content file, and what `questc` makes of it.
struct Project {
    directory: PathBuf,
    file: PathBuf,
}

impl Project {
    fn new(name: &str, file: &str, content: &str) -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fix").join(name);
        if directory.exists() {
            fs::remove_dir_all(&directory).unwrap();
        }
        fs::create_dir_all(&directory).unwrap();
        fs::write(directory.join("quests.schema.json"), SCHEMA).unwrap();
        fs::write(
            directory.join("quest.toml"),
            format!("[[documents]]\nschema = \"quests.schema.json\"\ncontent = \"{file}\"\n"),
        )
        .unwrap();
        let file = directory.join(file);
        fs::write(&file, content).unwrap();
        Self { directory, file }
    }

    /// The exit code, and what was said.
    fn questc(&self, arguments: &[&str]) -> (i32, String) {
        let output = Command::new(env!("CARGO_BIN_EXE_questc"))
            .args(arguments)
            .current_dir(&self.directory)
            .env_remove("CLICOLOR_FORCE")
            .output()
            .unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
    }

    fn content(&self) -> String {
        fs::read_to_string(&self.file).unwrap()
    }
}

const MISTAKES: &str = "\u{feff}{ \"quests\": [\r\n\
    \t{\"id\":\"iron-path\",   \"Category\": \"main-story\",\r\n\
    \t \"descrption\": \"Fällt `main-story` hier auf?\",  \r\n\
    \t \"stages\": [ {\"id\": \"find-descent\", \"next\": \"retrun-home\"}, { \"id\" : \"return-home\" } ]},\r\n\
    \t{\"id\": \"gate-1\", \"category\": \"SideQuest\", \"after\": \"iron_path\"},\r\n\
    \t{\"id\": \"key\", \"category\": \"SideQuest\", \"after\": \"gate-2\"}\r\n]}";

#[test]
fn only_what_is_certain_changes() {
    let project = Project::new("certain", "quests.json", MISTAKES);
    let (code, messages) = project.questc(&["check", "--fix", "--format", "short"]);
    assert_eq!(
        messages,
        "quests.json:2:24: fixed: `Category` is now `category`\n\
         quests.json:2:36: fixed: `main-story` is now `MainStory`\n\
         quests.json:3:4: fixed: `descrption` is now `description`\n\
         quests.json:4:47: fixed: `retrun-home` is now `return-home`\n\
         quests.json:5:54: fixed: `iron_path` is now `iron-path`\n\
         \n\
         quests.json:6:50: warning[Q2002]: no quest `gate-2`\n\
         5 mistakes fixed\n\
         3 quests, 2 stages in 1 file: no errors, 1 warning\n"
    );
    assert_eq!(code, 0);
    let expected = MISTAKES
        .replace("\"Category\": \"main-story\"", "\"category\": \"MainStory\"")
        .replace("descrption", "description")
        .replace("retrun-home", "return-home")
        .replace("iron_path", "iron-path");
    assert_eq!(project.content(), expected);
    // And there is nothing left to do.
    let (code, messages) = project.questc(&["check", "--fix", "-q", "--format", "short"]);
    assert_eq!((code, messages.lines().count()), (0, 1), "{messages}");
    assert_eq!(project.content(), expected);
}

#[test]
fn without_being_asked_nothing_changes() {
    let project = Project::new("unasked", "quests.json", MISTAKES);
    let (code, _) = project.questc(&["check"]);
    assert_eq!((code, project.content().as_str()), (1, MISTAKES));
    let (code, messages) = project.questc(&["build", "--fix"]);
    assert_eq!((code, messages.lines().next()), (2, Some("error: unexpected argument '--fix' found")));
    assert_eq!(project.content(), MISTAKES);
}

#[test]
fn every_notation_keeps_its_form() {
    for (file, content, expected) in [
        (
            "quests.jsonc",
            "// the story\n{ \"quests\": [ { \"id\": \"a\", /* main-story */ \"category\": \"main-story\", }, ], }\n",
            "// the story\n{ \"quests\": [ { \"id\": \"a\", /* main-story */ \"category\": \"MainStory\", }, ], }\n",
        ),
        (
            "quests.yaml",
            "quests: # all\n- {id: a, category: main-story}\n- id: b\n  category:   'sidequest' # main-story\n",
            "quests: # all\n- {id: a, category: MainStory}\n- id: b\n  category:   'SideQuest' # main-story\n",
        ),
        (
            "quests.toml",
            "# all\n[[quests]]\nid = \"a\" # main-story\nCategory = 'main-story'\n",
            "# all\n[[quests]]\nid = \"a\" # main-story\ncategory = 'MainStory'\n",
        ),
        (
            "quests.ron",
            "( // all\n  quests: [(id: \"a\", categroy: \"main-story\"), (id: \"b\", category: sidequest)],\n)\n",
            "( // all\n  quests: [(id: \"a\", category: \"MainStory\"), (id: \"b\", category: SideQuest)],\n)\n",
        ),
    ] {
        let project = Project::new(file, file, content);
        let (code, messages) = project.questc(&["check", "--fix"]);
        assert_eq!((code, project.content().as_str()), (0, expected), "{messages}");
    }
}

#[test]
fn what_is_written_with_escapes_is_left_to_people() {
    let content = r#"{ "quests": [ { "id": "a", "category": "main\u002dstory" } ] }"#;
    let project = Project::new("escapes", "quests.json", content);
    let (code, messages) = project.questc(&["check", "--fix", "--format", "short"]);
    assert_eq!(code, 1, "{messages}");
    assert!(messages.contains("Q1004"), "{messages}");
    assert_eq!(project.content(), content);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link() {
    let project =
        Project::new("link", "real.json", r#"{ "quests": [ { "id": "a", "category": "mainStory" } ] }"#);
    let link = project.directory.join("quests.json");
    std::os::unix::fs::symlink(&project.file, &link).unwrap();
    let manifest = "[[documents]]\nschema = \"quests.schema.json\"\ncontent = \"quests.json\"\n";
    fs::write(project.directory.join("quest.toml"), manifest).unwrap();
    let (code, messages) = project.questc(&["check", "--fix"]);
    assert_eq!(code, 0, "{messages}");
    assert!(fs::symlink_metadata(&link).unwrap().file_type().is_symlink());
    assert!(project.content().contains("MainStory"));
}
