//! What `questc` prints, in every format: the documented JSON follows its schema, SARIF follows the official one, and the command
//! line does what its help says.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// One diagnostic of `questc check --format json`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Finding {
    /// What is found, such as `Q2001`. A code never changes its meaning.
    #[schemars(regex(pattern = r"^Q[0-9]{4}$"))]
    code: String,
    /// The name of the code, such as `unknown-reference`, by which a manifest sets its level.
    #[schemars(regex(pattern = r"^[a-z]+(-[a-z]+)*$"))]
    name: String,
    /// The name that the schema gives diagnostics at this place, by which a manifest sets the level before that of the code.
    lint: Option<String>,
    /// How serious it is in this project.
    level: Level,
    /// What is wrong, in one line.
    message: String,
    /// The file in which it is. A path, relative to the folder of the run if the path of the manifest was, with `/`.
    file: Option<String>,
    /// The id path of the innermost object in which it is, such as `iron-path:find-descent`.
    entry: Option<String>,
    /// The places in files. The first is the place of the diagnostic; there is none if the diagnostic is about a file as a whole.
    labels: Vec<Label>,
    /// What else is to be known.
    notes: Vec<String>,
    /// What can be done.
    help: Vec<String>,
    /// The change that certainly puts it right, which `questc check --fix` makes.
    fix: Option<Fix>,
}

/// Bytes of a file, and what is to stand in their place.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Fix {
    /// As `file` of a label, and so are the other places.
    file: String,
    /// The line in which the bytes begin, from 1.
    #[schemars(range(min = 1))]
    line: u32,
    /// The column in which they begin, from 1, in Unicode characters.
    #[schemars(range(min = 1))]
    column: u32,
    /// The line in which they end.
    #[schemars(range(min = 1))]
    end_line: u32,
    /// The column behind their last character.
    #[schemars(range(min = 1))]
    end_column: u32,
    /// The first byte, from 0.
    start: u32,
    /// The byte behind the last.
    end: u32,
    /// What is to stand there.
    replacement: String,
}

/// How serious a diagnostic is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Level {
    /// Nothing is built.
    Error,
    /// The build goes on.
    Warning,
}

/// A place in a file, and what is to be said about it.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
struct Label {
    /// As `file` of the diagnostic; labels can stand in several files.
    file: String,
    /// The line in which it begins, from 1.
    #[schemars(range(min = 1))]
    line: u32,
    /// The column in which it begins, from 1, in Unicode characters.
    #[schemars(range(min = 1))]
    column: u32,
    /// The line in which it ends.
    #[schemars(range(min = 1))]
    end_line: u32,
    /// The column behind its last character.
    #[schemars(range(min = 1))]
    end_column: u32,
    /// Its first byte, from 0.
    start: u32,
    /// The byte behind its last.
    end: u32,
    /// What is said; empty if the place speaks for itself.
    text: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

/// A run for each of the inputs with mistakes, which are all that there is to be found.
fn runs() -> Vec<(PathBuf, driver::Report)> {
    let folder = root().join("tests/diagnostics");
    let mut manifests: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path().join("quest.toml")).collect();
    manifests.sort();
    manifests
        .into_iter()
        .map(|manifest| {
            let run = driver::run(&Request::build(manifest.clone()), &mut |_| {});
            (manifest, run)
        })
        .collect()
}

#[track_caller]
fn validate(validator: &jsonschema::Validator, value: &Value, of: &Path) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{}: {errors:#?}", of.display());
}

#[test]
fn the_schema_of_json_is_that_of_these_types() {
    let settings = schemars::generate::SchemaSettings::draft07().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Finding>();
    schema.insert("$id".to_owned(), "https://rune-game.com/schemas/questc-diagnostics.schema.json".into());
    schema.insert("title".to_owned(), "A finding of questc".into());
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    quest_test::assert_golden(root().join("schemas/diagnostics.schema.json"), text);
}

#[test]
fn json_follows_its_schema() {
    let schema = fs::read_to_string(root().join("schemas/diagnostics.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap();
    let mut count = 0;
    for (manifest, run) in runs() {
        for line in run.json() {
            assert!(!line.contains('\n'));
            let value: Value = serde_json::from_str(&line).unwrap();
            validate(&validator, &value, &manifest);
            // And the types say no less than what is printed, in the same order.
            let diagnostic: Finding = serde_json::from_str(&line).unwrap();
            assert_eq!(serde_json::to_string(&diagnostic).unwrap(), line);
            count += 1;
        }
    }
    assert!(count > 300, "only {count} findings");
}

/// The schema is that of OASIS as the crate `serde-sarif` 0.8.0 ships it.
#[test]
fn sarif_follows_the_official_schema() {
    let schema = fs::read_to_string(root().join("tests/data/sarif-2.1.0.schema.json")).unwrap();
    // A stray bracket in one of its patterns, which not all readers of regular expressions forgive.
    let schema = schema.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}\\\\]?$");
    let validator = jsonschema::options()
        .should_validate_formats(true)
        .build(&serde_json::from_str(&schema).unwrap())
        .unwrap();
    for (manifest, run) in runs() {
        let log: Value = serde_json::from_str(
            &run.shown(None).sarif(&|id| Some((format!("{id}."), "What it is.".to_owned()))),
        )
        .unwrap();
        validate(&validator, &log, &manifest);
        let run_log = &log["runs"][0];
        let results = run_log["results"].as_array().unwrap();
        assert_eq!(results.len(), run.errors() + run.warnings());
        for result in results {
            let rule = &run_log["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
            assert_eq!(rule["id"], result["ruleId"]);
        }
    }
    // The schema is no list of wishes.
    let broken: Value =
        serde_json::from_str(r#"{ "version": "2.1.0", "runs": [{ "results": [] }] }"#).unwrap();
    assert!(!validator.is_valid(&broken));
}

/// A project in a folder of its own.
struct Project {
    directory: PathBuf,
}

const SCHEMA: &str = r#"{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "type": "object",
  "properties": {
    "heroes": {
      "type": "array",
      "items": {
        "type": "object",
        "properties": {
          "id": { "type": "string", "x-key": "hero" },
          "friend": { "type": "string", "x-ref": "hero" },
          "rival": { "type": "string", "x-ref": { "to": "hero", "unknown": "warn" } }
        }
      }
    }
  }
}
"#;

impl Project {
    fn new(name: &str, heroes: &str) -> Self {
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("output").join(name);
        if directory.exists() {
            fs::remove_dir_all(&directory).unwrap();
        }
        fs::create_dir_all(directory.join("content")).unwrap();
        let project = Self { directory };
        project.write("heroes.schema.json", SCHEMA);
        project.write("content/heroes of old.json", &format!("{{ \"heroes\": [\n{heroes}\n] }}\n"));
        project.write(
            "quest.toml",
            "[[documents]]\nschema = \"heroes.schema.json\"\ncontent = \"content/*.json\"\n",
        );
        project
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.directory.join(file), text).unwrap();
    }

    fn questc(&self, arguments: &[&str]) -> Outcome {
        self.questc_in(arguments, &[])
    }

    fn questc_in(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Outcome {
        let mut command = Command::new(env!("CARGO_BIN_EXE_questc"));
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM", "CI"] {
            command.env_remove(name);
        }
        let output = command
            .args(arguments)
            .current_dir(&self.directory)
            .envs(environment.iter().copied())
            .output()
            .unwrap();
        Outcome::of(output)
    }
}

struct Outcome {
    code: i32,
    output: String,
    messages: String,
}

impl Outcome {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            output: String::from_utf8(output.stdout).unwrap(),
            messages: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

const TWO: &str = r#"{ "id": "anna", "friend": "olaf" },
{ "id": "bert", "rival": "olaf" }"#;

#[test]
fn short_is_one_line_each() {
    let found = Project::new("short", TWO).questc(&["check", "--format", "short"]);
    assert_eq!(
        found.messages,
        "content/heroes of old.json:2:27: error[Q2001]: no hero `olaf`\n\
         content/heroes of old.json:3:26: warning[Q2002]: no hero `olaf`\n\
         error: 1 error and 1 warning in 1 file\n"
    );
    assert_eq!((found.code, found.output.as_str()), (1, ""));
}

#[test]
fn json_is_one_object_a_line_on_standard_output() {
    let found = Project::new("json", TWO).questc(&["check", "-q", "--format", "json"]);
    assert_eq!((found.code, found.messages.as_str()), (1, ""));
    let diagnostics: Vec<Finding> =
        found.output.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [first, second] = diagnostics.as_slice() else { panic!("{}", found.output) };
    assert_eq!((first.entry.as_deref(), second.entry.as_deref()), (Some("anna"), Some("bert")));
    assert_eq!(first.file.as_deref(), Some("content/heroes of old.json"));
    let label = &first.labels[0];
    assert_eq!((label.line, label.column, label.end_line, label.end_column), (2, 27, 2, 33));
    assert_eq!((label.start, label.end), (40, 46));
}

#[test]
fn sarif_is_one_log_on_standard_output() {
    let project = Project::new(
        "sarif",
        &TWO.replace("\"olaf\" }\n", "\"{x}\" }\n").replace("},\n", "},\n{ \"id\": \"anna\" },\n"),
    );
    let found = project.questc(&["check", "-q", "--format", "sarif"]);
    assert_eq!((found.code, found.messages.as_str()), (1, ""));
    let log: Value = serde_json::from_str(&found.output).unwrap();
    assert_eq!(
        (&log["version"], &log["runs"][0]["columnKind"]),
        (&"2.1.0".into(), &"unicodeCodePoints".into())
    );
    let results = log["runs"][0]["results"].as_array().unwrap();
    let twice = results.iter().find(|result| result["ruleId"] == "Q2003").unwrap();
    assert_eq!(twice["level"], "error");
    let place = &twice["locations"][0];
    assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "content/heroes%20of%20old.json");
    let region = serde_json::json!({ "startLine": 3, "startColumn": 9, "endLine": 3, "endColumn": 15 });
    assert_eq!(place["physicalLocation"]["region"], region);
    assert_eq!(place["logicalLocations"][0]["fullyQualifiedName"], "anna");
    let related = &twice["relatedLocations"][0];
    assert_eq!(related["physicalLocation"]["region"]["startLine"], 2);
    assert_eq!(related["message"]["text"], "the first one");
    assert!(results.iter().all(|result| result.get("fixes").is_none()));
    let rule = &log["runs"][0]["tool"]["driver"]["rules"][twice["ruleIndex"].as_u64().unwrap() as usize];
    assert_eq!((&rule["id"], &rule["name"]), (&"Q2003".into(), &"DuplicateId".into()));
    assert_eq!(rule["shortDescription"]["text"], "Two things have the same id.");
    // Nothing is found, and still this is a log.
    let found =
        Project::new("sarif-clean", r#"{ "id": "anna" }"#).questc(&["check", "-q", "--format", "sarif"]);
    assert_eq!(found.code, 0);
    let log: Value = serde_json::from_str(&found.output).unwrap();
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
}

#[test]
fn warnings_can_be_denied() {
    let project = Project::new("deny", r#"{ "id": "anna", "rival": "olaf" }"#);
    let found = project.questc(&["build", "--format", "short"]);
    assert_eq!(found.code, 0, "{}", found.messages);
    assert!(found.messages.contains(": warning[Q2002]: no hero `olaf`\n"), "{}", found.messages);
    fs::remove_dir_all(project.directory.join("target")).unwrap();
    let found = project.questc(&["build", "--deny-warnings", "--format", "short"]);
    assert_eq!(found.code, 1, "{}", found.messages);
    assert!(found.messages.contains(": error[Q2002]: no hero `olaf`\n"), "{}", found.messages);
    assert!(!project.directory.join("target").exists());
    // What the manifest warns of as well: nobody would call `--deny-warnings` for the rest.
    project.write(
        "quest.toml",
        "[[documents]]\nschema = \"heroes.schema.json\"\ncontent = \"content/*.json\"\n\n\
         [lints]\ntolerated-reference = \"warn\"\n",
    );
    assert_eq!(project.questc(&["check", "--deny-warnings"]).code, 1);
    assert_eq!(project.questc(&["check"]).code, 0);
}

/// 130 errors in front of and behind 20 warnings.
fn many() -> String {
    let rival = |at: usize| format!(r#"{{ "id": "warn-{at}", "rival": "nobody-{at}" }}"#);
    let friend = |at: usize| format!(r#"{{ "id": "deny-{at}", "friend": "someone-{at}" }}"#);
    let heroes = (0..20).map(rival).chain((0..130).map(friend)).collect::<Vec<_>>();
    heroes.join(",\n")
}

#[test]
fn what_is_said_of_many_places_is_said_once_to_people() {
    let friend = |at: usize| format!(r#"{{ "id": "deny-{at}", "friend": "nobody" }}"#);
    let project = Project::new("grouped", &(0..130).map(friend).collect::<Vec<_>>().join(",\n"));
    let found = project.questc(&["check"]);
    assert_eq!(found.messages.matches("error[Q2001]").count(), 1, "{}", found.messages);
    assert!(found.messages.contains("error[Q2001]: no hero `nobody`: 130 places\n"), "{}", found.messages);
    assert!(found.messages.contains("and 126 more\n"), "{}", found.messages);
    assert!(found.messages.ends_with("error: 130 errors in 1 file\n"), "{}", found.messages);
    assert_eq!(project.questc(&["check", "--format", "json"]).output.lines().count(), 130);
}

#[test]
fn a_pack_overwrites_no_other_file() {
    let project = Project::new("pack", r#"{ "id": "anna" }"#);
    let manifest = fs::read_to_string(project.directory.join("quest.toml")).unwrap();
    let found = project.questc(&["build", "--pack", "quest.toml"]);
    assert_eq!(found.code, 2, "{}", found.messages);
    assert!(found.messages.contains("it is a file of this project"), "{}", found.messages);
    assert_eq!(fs::read_to_string(project.directory.join("quest.toml")).unwrap(), manifest);
    project.write("notes.txt", "keep");
    assert_eq!(project.questc(&["build", "--pack", "notes.txt"]).code, 2);
    assert!(!project.directory.join("target").exists(), "nothing is written");
    // A pack that is there is written again.
    for _ in 0..2 {
        assert_eq!(project.questc(&["build", "--pack", "quests.pack"]).code, 0);
    }
}

#[test]
fn people_are_shown_a_hundred() {
    let project = Project::new("cap", &many());
    let rest = "50 more problems are not shown: Q2001 unknown-reference (30 errors), Q2002 tolerated-reference (20 warnings); `--max-diagnostics all` shows all\n";
    for format in ["human", "short"] {
        let found = project.questc(&["check", "--format", format]);
        // Errors come first where there is no room for all.
        assert_eq!(found.messages.matches("error[Q2001]").count(), 100);
        assert_eq!(found.messages.matches("warning[Q2002]").count(), 0);
        assert!(found.messages.contains(rest), "{}", found.messages);
        assert!(
            found.messages.ends_with("error: 130 errors and 20 warnings in 1 file\n"),
            "{}",
            found.messages
        );
    }
    let found = project.questc(&["check", "--format", "short", "--max-diagnostics", "140"]);
    assert_eq!(found.messages.matches("warning[Q2002]").count(), 10);
    assert!(
        found.messages.contains("10 more problems are not shown: Q2002 tolerated-reference (10 warnings); ")
    );
    let first = found.messages.lines().next().unwrap();
    assert!(first.contains(":2:"), "what is shown stays in order: {first}");
    let found = project.questc(&["check", "--format", "short", "--max-diagnostics", "all"]);
    assert_eq!(found.messages.lines().count(), 151);
    // Tools are given all, unless they ask for less.
    assert_eq!(project.questc(&["check", "--format", "json"]).output.lines().count(), 150);
    let found = project.questc(&["check", "-q", "--format", "json", "--max-diagnostics", "1"]);
    assert_eq!(found.output.lines().count(), 1);
    assert!(found.messages.starts_with("149 more problems are not shown: "), "{}", found.messages);
    let log: Value = serde_json::from_str(&project.questc(&["check", "--format", "sarif"]).output).unwrap();
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 150);
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let project = Project::new("deterministic", &many());
    for format in ["human", "short", "json", "sarif"] {
        let run = || {
            let found = project.questc(&["check", "--format", format]);
            found.output + &found.messages
        };
        assert_eq!(run(), run());
    }
}

#[test]
fn colour_follows_the_environment() {
    let project = Project::new("colour", TWO);
    let coloured = |arguments: &[&str], environment: &[(&str, &str)]| {
        let found = ["human", "short"].map(|format| {
            let arguments = [&["check", "--format", format], arguments].concat();
            project.questc_in(&arguments, environment).messages.contains('\u{1b}')
        });
        assert_eq!(found[0], found[1]);
        found[0]
    };
    assert!(!coloured(&[], &[]), "no terminal");
    assert!(coloured(&["--color", "always"], &[]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]), "who asks for it gets it");
    assert!(!coloured(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    let json = project.questc_in(&["check", "--format", "json"], &[("CLICOLOR_FORCE", "1")]);
    assert!(!json.output.contains('\u{1b}'));
}

#[test]
fn long_lines_are_cut_to_the_width_of_the_terminal() {
    let hero = |at: usize| format!(r#"{{ "id": "hero-{at}" }}"#);
    let mut heroes: Vec<String> = (0..40).map(hero).collect();
    heroes.insert(20, r#"{ "id": "anna", "friend": "olaf" }"#.to_owned());
    heroes.push(hero(0));
    let project = Project::new("width", &heroes.join(", "));
    let longest = |width: &str| {
        let found = project.questc_in(&["check"], &[("COLUMNS", width)]).messages;
        found.lines().filter(|line| line.contains(" | ")).map(|line| line.chars().count()).max().unwrap()
    };
    for width in [60, 100, 200] {
        let longest = longest(&width.to_string());
        assert!(longest <= width + 2 && longest > width / 2, "{longest} columns for {width}");
    }
    // Nothing is lost where there is no terminal that asks for it but what no one would read.
    assert_eq!(longest("nonsense"), longest(""));
    for width in ["0", "1", "7", "39", "18446744073709551615"] {
        assert_eq!(project.questc_in(&["check"], &[("COLUMNS", width)]).code, 1);
    }
}

/// The accessors of unions hand in no pool, so a pack in which one of them is a text must be refused.
#[test]
fn a_loader_knows_that_objects_of_unions_are_no_texts() {
    let project = Project::new("unions", "");
    project.write(
        "heroes.schema.json",
        r##"{ "type": "object", "additionalProperties": false, "properties": {
             "heroes": { "type": "array", "items": {} },
             "one": { "$ref": "#/definitions/thing" },
             "many": { "type": "array", "items": { "$ref": "#/definitions/thing" } } },
           "definitions": { "thing": { "oneOf": [
             { "type": "object", "required": ["kind"], "additionalProperties": false,
               "properties": { "kind": { "const": "lamp" } } },
             { "type": "object", "required": ["kind"], "additionalProperties": false,
               "properties": { "kind": { "const": "rope" } } } ] } } }"##,
    );
    project.write(
        "quest.toml",
        "[[documents]]\nschema = \"heroes.schema.json\"\ncontent = \"content/*.json\"\n[rust]\ntables = \"load\"\n",
    );
    let built = project.questc(&["build", "--out", "out"]);
    assert_eq!(built.code, 0, "{}", built.messages);
    let rust = fs::read_to_string(project.directory.join("out/quests.rs")).unwrap();
    let columns: Vec<&str> =
        rust.lines().filter_map(|line| line.trim().strip_prefix("__rt::table::Column::")).collect();
    let after = |start: &str| {
        let at = columns.iter().position(|column| column.starts_with(start)).unwrap();
        columns[at + 1]
    };
    assert!(after("Target {").ends_with("by: None, allowed: &[&[1, 2, 0]] },"), "{}", after("Target {"));
    assert!(after("Targets {").ends_with("by: None, allowed: &[&[1, 2]] },"), "{}", after("Targets {"));
    assert!(after("Targets {").contains("list: Some("), "{}", after("Targets {"));
}

#[test]
fn content_with_an_excepted_error_is_built_with_its_rows() {
    let manifest = root().join("tests/diagnostics/manifest-lints-except-prefix/quest.toml");
    let report = driver::run(&Request::build(manifest), &mut |_| {});
    assert_eq!(report.errors(), 0);
    let lowered = report.lowered.expect("there are tables");
    // Three heroes have names, which the text has.
    assert!(lowered.text.contains("anna"), "{:?}", lowered.text);
    assert!(lowered.pack().is_some_and(|pack| !pack.is_empty()));
}
