//! What a tool writes through the generated types passes our own check.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use authoring_test::{
    Objective, ObjectiveType, Prerequisite, PrerequisiteOperator, PrerequisiteType, Quest, QuestCategory,
    QuestConfiguration, QuestGiver, QuestStage, Reward, RewardType, StageAction, StageActionType, error,
};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn game() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../rune-rust")
}

/// The files of a directory, sorted by name.
fn listed(directory: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

/// A new project with the manifest, the schema and the registries of the game, and no quests.
fn project(name: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    for folder in ["content/quests", "content/registries"] {
        fs::create_dir_all(directory.join(folder)).unwrap();
    }
    for file in listed(&game().join("content/registries")) {
        fs::copy(&file, directory.join("content/registries").join(file.file_name().unwrap())).unwrap();
    }
    let schema = "../../schemas/quests.schema.json";
    fs::copy(game().join(schema), directory.join("quests.schema.json")).unwrap();
    let manifest = fs::read_to_string(game().join("quest.toml")).unwrap();
    fs::write(directory.join("quest.toml"), manifest.replace(schema, "quests.schema.json")).unwrap();
    directory
}

fn write(project: &Path, file: &str, document: &QuestConfiguration) -> String {
    let text = serde_json::to_string_pretty(document).unwrap();
    fs::write(project.join("content/quests").join(file), &text).unwrap();
    text
}

/// Our compiler finds no error and as many quests as were written.
fn check(project: &Path, quests: usize) {
    let run = quest_compiler::driver::run(
        &quest_compiler::driver::Request::build(project.join("quest.toml")),
        &mut |_| {},
    );
    assert_eq!(run.errors(), 0, "{}", run.human(false).join("\n"));
    let found = run.counts.iter().find(|counted| counted.kind == "quest").map(|counted| counted.count);
    assert_eq!(found, Some(quests));
}

fn talk() -> Result<Objective, error::ConversionError> {
    Objective::builder()
        .id("talk-scholar")
        .type_(ObjectiveType::Talk)
        .description("Ask the scholar about the ink")
        .target(Some("npc-scholar".to_owned()))
        .try_into()
}

fn stage(id: &str, next: Option<&str>) -> Result<QuestStage, error::ConversionError> {
    QuestStage::builder()
        .id(id)
        .name("A Stain")
        .description("Find out whose ink this is.")
        .objectives(vec![talk()?])
        .next_stage_id(next.map(str::to_owned))
        .on_complete(Some(vec![
            StageAction::builder()
                .type_(StageActionType::Notification)
                .data(Some("So that is whose it was.".to_owned()))
                .try_into()?,
        ]))
        .try_into()
}

fn quest(id: &str, after: Option<&str>) -> Result<Quest, error::ConversionError> {
    let prerequisites = after.map(|after| {
        Prerequisite::builder()
            .type_(PrerequisiteType::QuestComplete)
            .operator(PrerequisiteOperator::Has)
            .target(Some(after.to_owned()))
            .try_into()
    });
    Quest::builder()
        .id(id)
        .name("Spilt Ink")
        .description("Someone wrote in the margins of the oldest book.")
        .category(QuestCategory::SideQuest)
        .level(std::num::NonZeroU64::new(3))
        .prerequisites(prerequisites.into_iter().collect::<Result<Vec<_>, _>>()?)
        .quest_giver(Some(QuestGiver::builder().npc_id("npc-scholar").try_into()?))
        .stages(vec![stage("ask", Some("return"))?, stage("return", None)?])
        .rewards(vec![
            Reward::builder()
                .type_(RewardType::Gold)
                .target(Some("cogs".to_owned()))
                .amount(Some(20))
                .try_into()?,
        ])
        .try_into()
}

#[test]
fn what_builders_make_passes_the_check() {
    let quests = vec![quest("spilt-ink", None).unwrap(), quest("dry-ink", Some("spilt-ink")).unwrap()];
    let document: QuestConfiguration =
        QuestConfiguration::builder().version("1.0.0").quests(quests).try_into().unwrap();
    let project = project("builders");
    write(&project, "ink.json", &document);
    check(&project, 2);
}

/// Without the properties whose value is what their absence means: the types leave those out, or write them.
fn essential(value: &Value) -> Value {
    match value {
        Value::Object(map) => map
            .iter()
            .filter(|(name, value)| {
                let one = name.as_str() == "quantity" && value.as_u64() == Some(1);
                !(one || value.is_null() || **value == Value::Bool(false) || value == &&Value::Array(vec![]))
            })
            .map(|(name, value)| (name.clone(), essential(value)))
            .collect(),
        Value::Array(items) => items.iter().map(essential).collect(),
        scalar => scalar.clone(),
    }
}

#[test]
fn what_is_read_and_written_again_passes_the_check() {
    let project = project("again");
    let files = listed(&game().join("content/quests"));
    assert_eq!(files.len(), 5);
    for file in &files {
        let text = fs::read_to_string(file).unwrap();
        let document: QuestConfiguration =
            serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let again = write(&project, file.file_name().unwrap().to_str().unwrap(), &document);
        let [before, after] = [&text, &again].map(|text| essential(&serde_json::from_str(text).unwrap()));
        assert_eq!(before, after, "{}", file.display());
    }
    check(&project, 5);
}

#[test]
fn an_invalid_id_is_an_error() {
    let error = quest("Spilt_Ink", None).unwrap_err().to_string();
    assert!(error.contains("for id") && error.contains("^[a-z][a-z0-9-]*$"), "{error}");
    let error = Quest::try_from(Quest::builder().id("spilt-ink")).unwrap_err().to_string();
    assert!(error.contains("no value supplied for"), "{error}");
}

#[test]
fn a_schema_with_findings_writes_nothing() {
    let directory = project("findings");
    let (schema, out) = (directory.join("bad.schema.json"), directory.join("bad.rs"));
    for (text, words) in [
        (r#"{"type": "object", "properties": {"a": {"type": "strin"}}}"#, "strin"),
        (r##"{"type": "object", "properties": {"a": {"$recursiveRef": "#"}}}"##, "`$recursiveRef`"),
        ("{", "bad.schema.json"),
        ("", "bad.schema.json"),
    ] {
        fs::write(&schema, text).unwrap();
        let error = quest_build::authoring(&schema, &out).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
        assert!(!out.exists());
    }
    assert!(
        quest_build::authoring(directory.join("none.json"), &out)
            .unwrap_err()
            .to_string()
            .contains("none.json")
    );
    assert!(!out.exists());
}
