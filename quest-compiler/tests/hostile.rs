//! Schemas and content that nobody writes, but programs do: long chains, deep nesting, thousands of mistakes. All of them end, with a
//! message or without.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Report, Request};
use quest_test::TempProject;

const MANIFEST: &str = "[[documents]]\nschema = \"game.schema.json\"\ncontent = \"game.json\"\n";

fn run(schema: &str, content: &str) -> Report {
    let files = [("quest.toml", MANIFEST), ("game.schema.json", schema), ("game.json", content)];
    driver::run(&Request::build(TempProject::with(files).manifest()), &mut |_| {})
}

/// A schema whose property `a` is the first of many definitions of which each leads to the next, and the last is `end`.
fn chain(length: usize, link: impl Fn(String) -> String, end: &str) -> String {
    let mut all: Vec<String> = (0..length)
        .map(|at| format!(r#""d{at}": {}"#, link(format!(r##""$ref": "#/$defs/d{}""##, at + 1))))
        .collect();
    all.push(format!(r#""d{length}": {end}"#));
    let all = all.join(",\n");
    format!(
        r##"{{ "type": "object", "properties": {{ "a": {{ "$ref": "#/$defs/d0" }} }}, "$defs": {{ {all} }} }}"##
    )
}

fn titles(run: &Report) -> Vec<String> {
    run.human(false).iter().map(|text| text.lines().next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn references_that_lead_on_and_on() {
    let schema = chain(5_000, |next| format!("{{ {next} }}"), r#"{ "type": "string" }"#);
    assert_eq!(titles(&run(&schema, r#"{ "a": "x" }"#)), Vec::<String>::new());
    assert_eq!(titles(&run(&schema, r#"{ "a": 1 }"#)), ["error[Q1001]: `a` must be text, not a number"]);
}

#[test]
fn objects_that_stand_in_each_other() {
    let link = |next: String| format!(r#"{{ "type": "object", "properties": {{ "n": {{ {next} }} }} }}"#);
    let schema = chain(2_000, link, r#"{ "type": "string" }"#);
    assert_eq!(titles(&run(&schema, r#"{ "a": { "n": { "n": { } } } }"#)), Vec::<String>::new());
}

#[test]
fn lists_that_stand_in_each_other() {
    let link = |next: String| format!(r#"{{ "type": "array", "items": {{ {next} }} }}"#);
    let schema = chain(2_000, link, r#"{ "type": "string" }"#);
    assert_eq!(titles(&run(&schema, r#"{ "a": [[[]]] }"#)), Vec::<String>::new());
}

#[test]
fn too_many_schemas_for_one_value() {
    let link = |next: String| format!(r#"{{ {next}, "minLength": 1 }}"#);
    let found = titles(&run(&chain(5_000, link, r#"{ "type": "string" }"#), r#"{ "a": "x" }"#));
    let title = "error[Q1103]: schema nesting too deep: 5000 subschemas apply to one value (limit 100)";
    assert_eq!(found, [title]);
    let schema = chain(100, link, r#"{ "type": "string" }"#);
    assert_eq!(titles(&run(&schema, r#"{ "a": "" }"#)).len(), 1);
}

/// Costs that grow with the square of the number of properties would need tens of gigabytes here.
#[test]
fn objects_of_many_properties() {
    let properties: Vec<String> =
        (0..20_000).map(|index| format!(r#""p{index}": {{ "type": "integer" }}"#)).collect();
    let required: Vec<String> = (0..20_000).map(|index| format!(r#""p{index}""#)).collect();
    let schema = format!(
        r#"{{ "type": "object", "properties": {{ {}, "last": {{ "type": "integer", "x-equals": "p0" }} }}, "required": [{}] }}"#,
        properties.join(",\n"),
        required.join(",\n")
    );
    let found = titles(&run(&schema, "{}"));
    assert!(found[0].starts_with("error[Q1003]: required properties are missing: `p0`, `p1`"), "{found:?}");
}

#[test]
fn deep_content_under_deep_schemas() {
    let link = |next: String| format!(r#"{{ "anyOf": [{{ {next} }}, {{ "type": "string" }}] }}"#);
    let end = r##"{ "type": "object", "properties": { "c": { "$ref": "#/$defs/d0" }, "x": { "type": "integer" } } }"##;
    let schema = chain(90, link, end);
    let content = |leaf: &str| {
        format!(r#"{{ "a": {}{{ "x": {leaf} }}{} }}"#, r#"{ "c": "#.repeat(120), " }".repeat(120))
    };
    assert_eq!(titles(&run(&schema, &content("1"))), Vec::<String>::new());
    let wrong = titles(&run(&schema, &content("true")));
    assert_eq!(wrong, ["error[Q1001]: `x` must be a whole number, not `true`"]);
}

#[test]
fn thousands_of_unknown_ids_among_thousands() {
    let schema = r#"{
      "type": "object",
      "properties": {
        "quests": { "type": "array", "items": { "type": "object", "properties": { "id": { "type": "string", "x-key": "quest" } }, "required": ["id"] } },
        "refs": { "type": "array", "items": { "type": "string", "x-ref": "quest" } }
      }
    }"#;
    let quests: Vec<String> = (0..1_500).map(|at| format!(r#"{{ "id": "quest-{at}" }}"#)).collect();
    let refs: Vec<String> = (0..1_500).map(|at| format!(r#""qeust-{at}""#)).collect();
    let content = format!(r#"{{ "quests": [{}], "refs": [{}] }}"#, quests.join(",\n"), refs.join(",\n"));
    let found = run(schema, &content);
    assert_eq!(found.errors(), 1_500);
    // The first are told what was meant; not all are, since each asks for a look at every id.
    assert!(found.human(false)[0].contains("did you mean `quest-0`"), "{}", found.human(false)[0]);
}
