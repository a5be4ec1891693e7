//! `questc texts`: the commands of the guide, in their order, and what it says when it does nothing.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_test::TempProject;
use std::path::Path;
use std::process::{Command, Output};

const SCHEMA: &str = r#"{ "type": "array", "items": { "title": "Quest", "type": "object", "properties": {
    "id": { "type": "string", "x-key": "quest" },
    "name": { "type": "string", "x-text": true } }, "required": ["id", "name"] } }"#;

const MANIFEST: &str = "[[documents]]\nschema = \"quests.schema.json\"\ncontent = \"quests.json\"\n\n\
    [languages.de]\nfile = \"languages/de.json\"\n\n[languages.en-XA]\nfile = \"languages/en-XA.json\"\n";

fn project() -> TempProject {
    let quests = r#"[{ "id": "iron-path", "name": "The Iron Path" }]"#;
    TempProject::with([("quest.toml", MANIFEST), ("quests.schema.json", SCHEMA), ("quests.json", quests)])
}

fn questc(project: &TempProject, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_questc")).args(arguments).current_dir(project.path()).output().unwrap()
}

#[test]
fn the_commands_of_the_guide_lead_there_and_back() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/languages.md");
    let guide = std::fs::read_to_string(guide).unwrap();
    let commands: Vec<&str> = guide.lines().filter_map(|line| line.strip_prefix("questc ")).collect();
    assert_eq!(commands.len(), 3, "{commands:?}");
    let project = project();
    for command in commands {
        let arguments: Vec<&str> = command.split(' ').collect();
        let output = questc(&project, &arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{command}: {said}");
        if command.contains("export") {
            let po = std::fs::read_to_string(project.join("de.po")).unwrap();
            project.write(
                "de.po",
                po.replace("\"The Iron Path\"\nmsgstr \"\"", "\"The Iron Path\"\nmsgstr \"Der Eisenpfad\""),
            );
        } else if command.contains("import") {
            assert!(said.contains("languages/de.json: 1 gained"), "{said}");
        } else {
            let table = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(table.contains("de       100 %  1 translated, 0 missing, 0 fuzzy, 0 stale"), "{table}");
        }
    }
    let output = questc(&project, &["texts", "pseudo", "--language", "en-XA"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let check = questc(&project, &["check", "--deny-warnings"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
}

#[test]
fn what_would_take_translations_away_is_refused() {
    let project = project();
    let file = r#"{ "language": "de", "texts": { "iron-path.name": "Der Eisenpfad" } }"#;
    project.write("languages/de.json", file);
    project.write("empty.po", "msgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n");
    for (arguments, code, expected) in [
        (&["texts", "import", "-l", "de", "empty.po"][..], 1, "empty.po: there is no unit in this file"),
        (
            &["texts", "import", "-l", "fr", "empty.po"],
            1,
            "the manifest has no language `fr`; it has de, en-XA",
        ),
        (&["texts", "import", "-l", "de", "missing.po"], 2, "`missing.po` cannot be read"),
        (&["texts", "import", "-l", "de", "quest.toml"], 2, "does not tell the format"),
        (&["texts", "export", "--to", "po", "-l", "fr"], 1, "the manifest has no language `fr`"),
    ] {
        let output = questc(&project, arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(expected), "{arguments:?}: {said}");
        assert_eq!(std::fs::read_to_string(project.join("languages/de.json")).unwrap(), file);
    }
}
