//! Content of the last release and of now in, diagnostics out.

use crate::driver::{self, Goal, Report, Request};
use quest_test::TempProject;

const MANIFEST: &str = r#"
[[documents]]
schema = "game.schema.json"
content = "content.json"

[lock]
kinds = ["item"]
"#;

const SCHEMA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "array",
  "items": {
    "title": "Item",
    "type": "object",
    "properties": { "id": { "type": "string", "x-key": "item" } },
    "required": ["id"]
  }
}"#;

/// A project whose last release had two items.
fn released() -> TempProject {
    let project = TempProject::with([("quest.toml", MANIFEST), ("game.schema.json", SCHEMA)]);
    project.write("content.json", r#"[{ "id": "rusted-blade" }, { "id": "hilt" }]"#);
    let report = run(&project, Goal::Lock);
    assert_eq!(codes(&report), Vec::<&str>::new());
    let (path, text) = report.lock.expect("content without errors has a lock");
    assert_eq!(path, project.join("quest.lock"));
    project.write("quest.lock", text);
    project
}

fn run(project: &TempProject, goal: Goal) -> Report {
    driver::run(&Request::check(project.manifest()).with_goal(goal), &mut |_| {})
}

fn codes(report: &Report) -> Vec<&'static str> {
    report.diagnostics.list.iter().map(|diagnostic| diagnostic.code.name).collect()
}

#[test]
fn the_same_content_is_compatible() {
    assert_eq!(codes(&run(&released(), Goal::Check)), Vec::<&str>::new());
}

#[test]
fn an_id_that_is_gone_is_reported_with_its_likely_new_name() {
    let project = released();
    project.write("content.json", r#"[{ "id": "rusted-blades" }, { "id": "hilt" }]"#);
    let report = run(&project, Goal::Check);
    assert_eq!(codes(&report), ["id-gone"]);
    let help = report.human(false).join("\n");
    assert!(help.contains(r#"`item.rusted-blade = "rusted-blades"`"#), "{help}");
}

#[test]
fn a_rename_in_the_manifest_makes_content_compatible() {
    let project = released();
    project.write("content.json", r#"[{ "id": "sword" }, { "id": "hilt" }]"#);
    project.write("quest.toml", format!("{MANIFEST}\n[renames]\nitem.rusted-blade = \"sword\"\n"));
    assert_eq!(codes(&run(&project, Goal::Check)), Vec::<&str>::new());
    let (_, text) = run(&project, Goal::Lock).lock.expect("a lock");
    assert!(text.contains("@renamed item rusted-blade sword"), "{text}");
}

#[test]
fn a_lock_that_cannot_be_read_is_reported() {
    let project = released();
    project.write("quest.lock", "item rusted-blade\n");
    let report = run(&project, Goal::Check);
    assert_eq!(report.errors(), 1, "{}", report.human(false).join("\n"));
}
