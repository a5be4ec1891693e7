//! The graphs of the five quests of the Quest Schema, and of a game that others made, against files that are written again when they
//! change: the difference is to be looked at.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use quest_site::GraphLanguage;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn graphs(manifest: &str, language: GraphLanguage) -> Vec<(String, String)> {
    let (run, files) = quest_site::graphs(&root().join(manifest), language, false, &mut |_| {});
    assert_eq!(run.errors(), 0, "{:?}", run.human(false));
    files.unwrap().into_iter().map(|(name, text)| (name, String::from_utf8(text).unwrap())).collect()
}

#[test]
fn the_five_quests() {
    let folder = root().join("tests/graphs");
    let mut changed = Vec::new();
    let mut expected = BTreeSet::new();
    for language in [GraphLanguage::Mermaid, GraphLanguage::Dot] {
        for (name, text) in graphs("tests/rune-rust/quest.toml", language) {
            let path = folder.join(&name);
            if fs::read_to_string(&path).ok().as_deref() != Some(&text) {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, &text).unwrap();
                changed.push(name.clone());
            }
            expected.insert(name);
        }
    }
    assert_eq!(expected.len(), 12, "five quests and the whole set, twice: {expected:?}");
    assert!(changed.is_empty(), "written anew, look at the difference: {changed:?}");
}

/// Graphviz draws them, where it is installed (`apt install graphviz`).
#[test]
fn graphviz_draws_them() {
    if Command::new("dot").arg("-V").output().is_err() {
        eprintln!("skipped: `dot` is not installed (`apt install graphviz`)");
        return;
    }
    let mut manifests = vec!["tests/rune-rust/quest.toml"];
    if std::env::var_os("QUESTC_CONTENT").is_some() {
        manifests.push("tests/oldwood/quest.toml");
    }
    for (name, graph) in manifests.into_iter().flat_map(|manifest| graphs(manifest, GraphLanguage::Dot)) {
        let mut dot = Command::new("dot")
            .arg("-Tsvg")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        dot.stdin.take().unwrap().write_all(graph.as_bytes()).unwrap();
        let drawn = dot.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&drawn.stderr).into_owned();
        assert!(drawn.status.success() && !said.contains("syntax"), "{name}: {said}");
        let svg = String::from_utf8_lossy(&drawn.stdout);
        let boxes = graph.lines().filter(|line| line.contains(" [label=") && !line.contains(" -> ")).count();
        assert_eq!(svg.matches("class=\"node\"").count(), boxes, "{name}");
    }
}

#[test]
fn a_name_chooses_a_graph() {
    let manifest = root().join("tests/rune-rust/quest.toml");
    let graph = |name: Option<&str>| {
        quest_site::graph(&manifest, name, GraphLanguage::Dot, false, &mut |_| {}).1.unwrap()
    };
    let files = graphs("tests/rune-rust/quest.toml", GraphLanguage::Dot);
    let file = |name: &str| files.iter().find(|(file, _)| file == name).unwrap().1.clone();
    assert_eq!(graph(Some("iron-path")).unwrap(), file("quest/iron-path.dot"));
    assert_eq!(graph(None).unwrap(), file("quest.dot"));
    assert_eq!(graph(Some("quest")).unwrap(), file("quest.dot"));
    let error = graph(Some("iron-pat")).unwrap_err();
    assert_eq!(error, "nothing that has a graph is called `iron-pat`; did you mean `iron-path`?");
}

/// Stages that lead on by events, with a start and ends that the schema declares; upgrades that need others.
#[test]
fn a_game_that_others_made() {
    if std::env::var_os("QUESTC_CONTENT").is_none() {
        eprintln!("skipped: QUESTC_CONTENT does not name the folder with the game `oldwood`");
        return;
    }
    let files = graphs("tests/oldwood/quest.toml", GraphLanguage::Mermaid);
    let file = |name: &str| &files.iter().find(|(file, _)| file == name).unwrap().1;
    let bridge = file("quest/broken-bridge.mmd");
    assert!(bridge.contains("((\"start\")") && bridge.contains("(((\"end\")))"), "{bridge}");
    let line = |text: &str| {
        let line = bridge.lines().find(|line| line.contains(text)).unwrap();
        line.trim_start().split(['[', '(']).next().unwrap().to_owned()
    };
    let (start, first, second) = (line("((\"start\")"), line("find-woodcutter"), line("cull-orcs"));
    assert!(bridge.contains(&format!("{start} --> {first}\n")), "{bridge}");
    // What leads on stands beside the reference that says where.
    assert!(
        bridge.contains(&format!("{first} -->|\"dialogue event: I'll handle it.\"| {second}\n")),
        "{bridge}"
    );
    let upgrades = file("upgrade.mmd");
    assert!(upgrades.lines().filter(|line| line.contains(" --> ")).count() > 20, "{upgrades}");
    assert_eq!(files.iter().filter(|(name, _)| name.starts_with("quest/")).count(), quests());
}

/// As many as there are files of quests.
fn quests() -> usize {
    let folder = PathBuf::from(std::env::var_os("QUESTC_CONTENT").unwrap());
    fs::read_dir(folder.join("oldwood/src/content/story/quests")).unwrap().count()
}
