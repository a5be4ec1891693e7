//! The JSON Schema of `quest.toml`, for editors: it is that of the types below, every manifest of this repository and of its guide
//! follows it, it knows the keys that questc knows, and what questc finds wrong in a manifest is wrong to it too.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use quest_test::Suite;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// What `questc` reads: which schemas and content belong together, which ids come from elsewhere, and how strict to be. All paths count
/// from the folder of this file. `${NAME}` in a path stands for an environment variable.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Manifest {
    /// Content files and the schema that they follow.
    #[schemars(length(min = 1))]
    documents: Vec<Documents>,
    /// Files with what schemas lack: keys, references, names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "OneOrList")]
    overlays: Option<OneOrList>,
    /// Where the schemas of an address are. An address that ends in `/` stands for all that begin with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, Text>")]
    schemas: Option<BTreeMap<String, Text>>,
    /// Keywords of a studio's own in its schemas, and which of ours each of them means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, Annotation>")]
    annotations: Option<BTreeMap<String, Annotation>>,
    /// Ids that content names but does not define, by their kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Registries", extend("propertyNames" = kinds()))]
    registries: Option<Registries>,
    /// How serious diagnostics are: a level for a code, for the name of one, or for a lint name that a schema gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Lints")]
    lints: Option<Lints>,
    /// What is written for Rust.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Rust")]
    rust: Option<Rust>,
    /// For games with a journal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Journal")]
    journal: Option<Journal>,
    /// How far the proof goes that every quest can be finished.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Proof")]
    proof: Option<Proof>,
    /// Ids that saves may still have, by their kind: the path before, and the path now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, BTreeMap<String, Renamed>>")]
    renames: Option<BTreeMap<String, BTreeMap<String, Renamed>>>,
    /// What saved games can name of a release.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Lock")]
    lock: Option<Lock>,
    /// Schemas for editors.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Editor")]
    editor: Option<Editor>,
    /// The language of the content (`source`), and a section for each other language with its translations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Languages")]
    languages: Option<Languages>,
}

/// The languages of the content.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
struct Languages {
    /// The language of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Tag")]
    source: Option<Tag>,
    /// The other languages by their tags.
    #[serde(flatten)]
    others: BTreeMap<String, Language>,
}

/// A tag of a language, such as `en` or `pt-BR`.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
struct Tag(#[schemars(regex(pattern = "^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"))] String);

/// A language that content is translated into.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Language {
    /// The file with the translations; `questc texts import` writes it.
    file: Text,
    /// The language in which texts are shown that this one lacks: without it, `de` for `de-AT`, and then that of the content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Tag")]
    fallback: Option<Tag>,
    /// How serious it is if texts are not translated, or their translations are stale or have other tags.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Level")]
    level: Option<Level>,
    /// So many texts may be without a translation of today.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    open: Option<u32>,
}

/// Content files and the schema that they follow.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Documents {
    /// The path of a JSON Schema, or `$schema`: each file names its own.
    schema: Text,
    /// Patterns of content files. `*` stands for any part of a name, `**` for any folders in between; `!` in front leaves files out.
    content: OneOrMore,
    /// Where in a file its documents stand, such as `quests[]` or `npcs{}`. Without it, a file is one document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text")]
    at: Option<Text>,
    /// What a file must say to belong here: paths and values.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "BTreeMap<String, Scalar>")]
    r#where: Option<BTreeMap<String, Scalar>>,
}

/// A text that is not empty.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(inline)]
struct Text(#[schemars(length(min = 1))] String);

/// One text, or a list of them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum OneOrMore {
    /// One alone.
    One(Text),
    /// Several.
    Several(#[schemars(length(min = 1))] Vec<Text>),
}

/// One text, or a list of them that can be empty.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum OneOrList {
    /// One alone.
    One(Text),
    /// A list.
    List(Vec<Text>),
}

/// What a property of a file can be compared with.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Scalar {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Boolean(bool),
}

/// An annotation that a studio's keyword can stand for.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
enum Annotation {
    /// An id.
    #[serde(rename = "x-key")]
    Key,
    /// A reference.
    #[serde(rename = "x-ref")]
    Ref,
    /// A name in Rust.
    #[serde(rename = "x-name")]
    Name,
    /// A section of a source document.
    #[serde(rename = "x-source")]
    Source,
}

/// Registries, by the kind of their ids. `a.b` without quotes is the kind `a.b`.
type Registries = BTreeMap<String, Registry>;

/// Where the ids of a kind come from.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Registry {
    /// A file: a list of ids, a list of objects with an `id`, or an object whose names are the ids.
    File(Text),
    /// These ids.
    Ids(Vec<Text>),
    /// Files, and where the ids are in them.
    Files(Files),
    /// Any id will do.
    Open(Open),
    /// Registries of kinds that begin with this word and a dot.
    Deeper(#[schemars(extend("propertyNames" = kinds(), "minProperties" = 1))] Registries),
}

/// Files, and where the ids are in them.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Files {
    /// Paths or patterns.
    file: OneOrMore,
    /// Where in a file the ids are, such as `npcs[]`. Without it, a file is the registry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text")]
    at: Option<Text>,
}

/// Any id will do.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Open {
    /// Only `true` means something.
    #[schemars(extend("const" = true))]
    open: bool,
}

/// Kinds are lower-case words with `-` or `.` between them.
fn kinds() -> Value {
    json!({ "pattern": r"^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*$" })
}

/// Levels of diagnostics, by code or name.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
struct Lints {
    /// The levels of what this section does not set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Profile")]
    profile: Option<Profile>,
    /// Other levels in some places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Exception>")]
    except: Option<Vec<Exception>>,
    #[serde(flatten)]
    levels: BTreeMap<String, Level>,
}

/// The levels of what `[lints]` does not set.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Profile {
    /// As documented.
    Recommended,
    /// One higher: warnings are errors, and what is allowed otherwise is a warning.
    Strict,
}

/// How serious a diagnostic is.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Level {
    /// Not reported.
    Allow,
    /// A warning.
    Warn,
    /// An error: the build fails.
    Deny,
}

/// Another level for some diagnostics in some places.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["path"] }, { "required": ["entry"] }]))]
struct Exception {
    /// A code, the name of one, or a lint name of a schema; or a list of them.
    lint: OneOrMore,
    /// A pattern of file names: diagnostics in these files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text")]
    path: Option<Text>,
    /// An id, or a path of ids such as `iron-path:find-descent`: diagnostics in the object that has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text")]
    entry: Option<Text>,
    /// The level; `allow` if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Level")]
    level: Option<Level>,
    /// Why this is right here.
    #[schemars(regex(pattern = r"\S"))]
    reason: String,
}

/// What is written for Rust.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Rust {
    /// How the tables get into the program; `embed` if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Tables")]
    tables: Option<Tables>,
    /// Kinds of which every id becomes a constant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "OneOrList")]
    constants: Option<OneOrList>,
}

/// How the tables get into the program.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum Tables {
    /// They are part of it.
    Embed,
    /// The game reads them from a pack when it starts.
    Load,
}

/// For games with a journal.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Journal {
    /// What saves call the game. Saves of other games are refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text")]
    game: Option<Text>,
}

/// How far the proof goes that every quest can be finished.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Proof {
    /// At most so many states of quests that depend on each other are looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "States")]
    states: Option<u32>,
    /// Ids of quests that nothing a player does may make impossible.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "OneOrMore")]
    always: Option<OneOrMore>,
    /// What must be true of quests, whatever players do. Each has one of `reachable`, `always` and `never-both`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Assertion>")]
    assert: Option<Vec<Assertion>>,
}

/// Something that must be true of quests.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Assertion {
    /// A quest that can be turned in, or the path of a stage in which it can end, such as `iron-path:report-back`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text")]
    reachable: Option<Text>,
    /// A quest that can still be turned in, whatever the player has done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text")]
    always: Option<Text>,
    /// Two quests or endings of which no player sees both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Text>")]
    never_both: Option<Vec<Text>>,
    /// What no player does meanwhile, as lines of scripts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "OneOrMore")]
    without: Option<OneOrMore>,
    /// At most so many turns pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "u32")]
    turns: Option<u32>,
}

/// A number of states.
#[derive(JsonSchema)]
#[allow(dead_code, reason = "only its schema is used")]
struct States(#[schemars(range(min = 1, max = 1_000_000_000))] u32);

/// The path of an id now, or renames of kinds that begin with this word and a dot.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Renamed {
    /// The path of the id now.
    To(String),
    /// A kind with a dot.
    Deeper(BTreeMap<String, Renamed>),
}

/// What saved games can name of a release.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Lock {
    /// The kinds whose ids are locked; all that content defines, if nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "OneOrList")]
    kinds: Option<OneOrList>,
}

/// Schemas for editors.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Editor {
    /// The folder into which every build writes them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Text")]
    schemas: Option<Text>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().unwrap()
}

#[test]
fn the_schema_is_that_of_these_types() {
    // Editors read `quest.toml` with Taplo, which knows draft-07 best.
    let settings = schemars::generate::SchemaSettings::draft07();
    let mut schema = settings.into_generator().into_root_schema_for::<Manifest>();
    schema.insert("$id".to_owned(), "https://rune-game.com/schemas/questc-manifest.schema.json".into());
    schema.insert("title".to_owned(), "The manifest of a quest project".into());
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    quest_test::assert_golden(root().join("schemas/manifest.schema.json"), text);
}

fn schema() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join("schemas/manifest.schema.json")).unwrap()).unwrap()
}

fn validator() -> jsonschema::Validator {
    jsonschema::validator_for(&schema()).unwrap()
}

/// TOML as JSON; nothing if it is none.
fn read(text: &str) -> Option<Value> {
    fn json(value: &toml_span::Value<'_>) -> Value {
        use toml_span::value::ValueInner;
        match value.as_ref() {
            ValueInner::String(text) => text.to_string().into(),
            ValueInner::Integer(number) => (*number).into(),
            ValueInner::Float(number) => (*number).into(),
            ValueInner::Boolean(value) => (*value).into(),
            ValueInner::Array(list) => list.iter().map(json).collect(),
            ValueInner::Table(table) => {
                table.iter().map(|(key, value)| (key.name.to_string(), json(value))).collect()
            }
        }
    }
    toml_span::parse(text).ok().as_ref().map(json)
}

fn errors(validator: &jsonschema::Validator, value: &Value) -> Vec<String> {
    validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The manifests below a folder.
fn manifests(folder: &Path, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            manifests(&path, out);
        } else if path.file_name().is_some_and(|name| name == "quest.toml") {
            out.push(path);
        }
    }
}

/// Mistakes that no schema can know: they are about other sections, other files, names of kinds and diagnostics, the syntax of patterns, ids
/// of content, or the environment.
const ELSEWHERE: [&str; 14] = [
    "documents-environment",
    "documents-same-place-twice",
    "documents-where-and-without",
    "documents-where-overlap",
    "generic-lint-misspelt",
    "journal-renames",
    "journal-renames-without",
    "lock-kinds",
    "manifest-lints-except-fixed",
    "project-pattern-foreign",
    "project-schema-as-content",
    "project-two-schemas",
    "renames-across",
    "requires-choice-always",
];

#[test]
fn it_says_what_questc_says() {
    let validator = validator();
    let mut all = Vec::new();
    manifests(&root().join("tests"), &mut all);
    let (mut right, mut wrong) = (0, Vec::new());
    for path in all {
        let Some(text) = fs::read_to_string(&path).ok() else { continue };
        if text.contains("QUESTC_CONTENT") {
            let suite = if path.ends_with("oldwood/quest.toml") { Suite::Oldwood } else { Suite::Lore2mud };
            if quest_test::content(suite, suite.name()).is_none() {
                continue;
            }
        }
        let Some(value) = read(&text) else { continue };
        let run = driver::run(&Request::build(path.clone()), &mut |_| {});
        let about_manifest = run.diagnostics.list.iter().any(|diagnostic| diagnostic.code.id == "Q0008");
        let errors = errors(&validator, &value);
        let name = path.parent().unwrap().file_name().unwrap().to_string_lossy().into_owned();
        match (about_manifest, errors.is_empty()) {
            (false, true) => {
                // Serde reads it as well, with nothing left over.
                serde_json::from_value::<Manifest>(value).unwrap();
                right += 1;
            }
            (false, false) => panic!("{name} is right, and the schema says {errors:#?}"),
            (true, false) => wrong.push((name, false)),
            (true, true) => wrong.push((name, true)),
        }
    }
    assert!(right > 250, "only {right} manifests");
    let missed: Vec<&str> =
        wrong.iter().filter(|(_, missed)| *missed).map(|(name, _)| name.as_str()).collect();
    assert_eq!(missed, ELSEWHERE, "what questc finds wrong and the schema does not");
}

/// A key that is new in questc must be added here: the message about an unknown key lists those that there are.
#[test]
fn it_has_the_keys_that_questc_has() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("manifest-keys");
    fs::create_dir_all(&folder).unwrap();
    let schema = schema();
    let properties = |of: &str| -> BTreeSet<String> {
        let at = if of.is_empty() { &schema } else { &schema["definitions"][of] };
        at["properties"].as_object().unwrap().keys().cloned().collect()
    };
    let sections = [
        ("", "zzzzzzzz = 1\n"),
        ("Documents", "[[documents]]\nzzzzzzzz = 1\n"),
        ("Rust", "[rust]\nzzzzzzzz = 1\n"),
        ("Journal", "[journal]\nzzzzzzzz = 1\n"),
        ("Lock", "[lock]\nzzzzzzzz = 1\n"),
        ("Proof", "[proof]\nzzzzzzzz = 1\n"),
        ("Assertion", "[[proof.assert]]\nzzzzzzzz = 1\n"),
        ("Editor", "[editor]\nzzzzzzzz = 1\n"),
        ("Exception", "[[lints.except]]\nzzzzzzzz = 1\n"),
    ];
    for (name, text) in sections {
        let path = folder.join("quest.toml");
        fs::write(&path, text).unwrap();
        let run = driver::run(&Request::build(path.clone()), &mut |_| {});
        let mut diagnostics = run.diagnostics.list.iter();
        let unknown = diagnostics.find(|diagnostic| diagnostic.title == "unknown key `zzzzzzzz`").unwrap();
        let help = &unknown.help[0];
        let (_, listed) = help.split_once(" can have ").unwrap();
        let known: BTreeSet<String> = listed.split('`').skip(1).step_by(2).map(str::to_owned).collect();
        assert_eq!(properties(name), known, "{name}");
    }
}

/// The examples of the guide; what is left out of one is filled in.
#[test]
fn the_guide_follows_it() {
    let validator = validator();
    let mut count = 0;
    for file in ["README.md", "docs/manifest.md", "docs/getting-started.md", "docs/editors.md"] {
        let text = fs::read_to_string(root().join(file)).unwrap();
        for block in text.split("```toml").skip(1) {
            let (_, block) = block.split_once('\n').unwrap();
            let block = block.split("```").next().unwrap();
            // Other files.
            if block.starts_with("# Cargo.toml") || block.starts_with("# languages.toml") {
                continue;
            }
            let mut value = read(block).unwrap_or_else(|| panic!("{file}: {block}"));
            let manifest = value.as_object_mut().unwrap();
            manifest
                .entry("documents")
                .or_insert_with(|| json!([{ "schema": "s.json", "content": "*.json" }]));
            assert_eq!(errors(&validator, &value), Vec::<String>::new(), "{file}: {block}");
            count += 1;
        }
    }
    assert!(count > 12, "only {count} examples");
}
