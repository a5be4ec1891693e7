//! Games of others: without their overlays, what is proposed agrees with them; without their schemas, the first check has no errors.

#![allow(clippy::expect_used, clippy::unwrap_used, reason = "tests")]

use quest_init::{Options, agreement, init};
use quest_test::{Suite, TempProject as Project, content};
use std::fs;
use std::path::Path;

/// The project of a game in this repository.
fn manifest(game: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests").join(game).join("quest.toml")
}

#[test]
fn oldwood_is_found() {
    if content(Suite::Oldwood, "oldwood").is_none() {
        return;
    }
    let agreement = agreement(&manifest("oldwood")).expect("the project can be read");
    println!("{agreement}");
    assert!(agreement.all().precision() >= 0.95, "{agreement}");
    assert!(agreement.all().recall() >= 0.93, "{agreement}");
}

#[test]
fn lore2mud_is_found() {
    if content(Suite::Lore2mud, "lore2mud").is_none() {
        return;
    }
    let agreement = agreement(&manifest("lore2mud")).expect("the project can be read");
    println!("{agreement}");
    assert!(agreement.all().precision() >= 0.95, "{agreement}");
    assert!(agreement.all().recall() >= 0.93, "{agreement}");
}

/// Copies the JSON files of a folder, without the schemas that they name.
fn copy(from: &Path, to: &Project, name: &str) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", path.file_name().unwrap().to_string_lossy());
        if path.is_dir() {
            copy(&path, to, &name);
        } else if name.ends_with(".json") {
            let text = fs::read_to_string(&path).unwrap();
            let lines = text.lines().filter(|line| !line.trim_start().starts_with("\"$schema\""));
            to.write(&name, lines.collect::<Vec<_>>().join("\n"));
        }
    }
}

#[test]
fn games_without_schemas_can_be_checked() {
    let games = [(Suite::Oldwood, "oldwood", "src"), (Suite::Lore2mud, "lore2mud", "examples")];
    for (suite, game, folder) in games {
        let Some(from) = content(suite, game) else { continue };
        let project = Project::new();
        copy(&from.join(folder), &project, "content");
        let outcome = init(&Options::new(project.manifest())).expect("a project can be made of it");
        println!("{}", outcome.report);
        assert_eq!(outcome.check.errors(), 0, "{game}: {}", outcome.check.human(false).join("\n"));
    }
}
