//! The graphs of the five quests of the Quest Schema against golden files, and the graphs of a game that others made.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::Request;
use quest_site::GraphLanguage;
use quest_test::Suite;
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn graphs(manifest: &str, language: GraphLanguage) -> Vec<(String, String)> {
    let (run, graphs) = quest_site::graphs(&Request::check(root().join(manifest)), language, &mut |_| {});
    assert_eq!(run.errors(), 0, "{:?}", run.human(false));
    let graphs = graphs.unwrap();
    assert_eq!(graphs.too_large, []);
    graphs.files.into_iter().map(|(name, text)| (name, String::from_utf8(text).unwrap())).collect()
}

#[test]
fn the_five_quests() {
    let folder = root().join("tests/graphs");
    let mut found = BTreeMap::new();
    for language in [GraphLanguage::Mermaid, GraphLanguage::Dot] {
        for (name, text) in graphs("tests/rune-rust/quest.toml", language) {
            found.insert(folder.join(name), text);
        }
    }
    assert_eq!(found.len(), 12, "five quests and the whole set, twice: {:?}", found.keys());
    quest_test::assert_goldens(found);
}

/// Graphviz draws them, where it is installed (`apt install graphviz`).
#[test]
fn graphviz_draws_them() {
    if Command::new("dot").arg("-V").output().is_err() {
        Suite::Graphviz.skip("`dot` is not installed (`apt install graphviz`)");
        return;
    }
    let mut manifests = vec!["tests/rune-rust/quest.toml"];
    if quest_test::content(Suite::Oldwood, "oldwood").is_some() {
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
        quest_site::graph(&Request::check(manifest.clone()), name, GraphLanguage::Dot, &mut |_| {}).1.unwrap()
    };
    let files = graphs("tests/rune-rust/quest.toml", GraphLanguage::Dot);
    let file = |name: &str| files.iter().find(|(file, _)| file == name).unwrap().1.clone();
    assert_eq!(graph(Some("iron-path")).unwrap(), file("quest/iron-path.dot"));
    assert_eq!(graph(None).unwrap(), file("quest.dot"));
    assert_eq!(graph(Some("quest")).unwrap(), file("quest.dot"));
    let error = graph(Some("iron-pat")).unwrap_err().to_string();
    assert_eq!(error, "nothing that has a graph is called `iron-pat`; did you mean `iron-path`?");
}

/// A project of stages that need others, in groups that hang together: `count` groups of `size`.
fn ladder(name: &str, count: usize, size: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(
        folder.join("schema.json"),
        r##"{ "type": "array", "items": { "$ref": "#/$defs/Step" }, "$defs": { "Step": { "type": "object",
          "x-requires": { "at": "after" },
          "properties": { "id": { "type": "string", "x-key": "step" }, "after": { "type": "string", "x-ref": "step" } },
          "required": ["id"] } } }"##,
    )
    .unwrap();
    let step = |group: usize, at: usize| match at {
        0 => format!(r#"{{ "id": "g{group}-s0" }}"#),
        at => format!(r#"{{ "id": "g{group}-s{at}", "after": "g{group}-s{}" }}"#, at - 1),
    };
    let steps: Vec<String> = (0..count).flat_map(|group| (0..size).map(move |at| step(group, at))).collect();
    fs::write(folder.join("steps.json"), format!("[{}]", steps.join(",\n"))).unwrap();
    let manifest = folder.join("quest.toml");
    fs::write(&manifest, "[[documents]]\nschema = \"schema.json\"\ncontent = \"steps.json\"\n").unwrap();
    manifest
}

/// Mermaid refuses more than 500 edges: groups that do not hang together become files of their own.
#[test]
fn mermaid_has_a_limit() {
    let questc = |manifest: &Path, arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_questc"));
        let output = command.arg("graph").args(arguments).arg("--manifest").arg(manifest).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    let edges = |text: &str| text.lines().filter(|line| line.contains(" --> ")).count();

    let groups = ladder("graphs-groups", 3, 301);
    let (code, text, error) = questc(&groups, &[]);
    assert_eq!((code, text.as_str()), (Some(2), ""));
    assert!(error.contains("the graph of `step` has 900 edges, and Mermaid draws at most 500: write it with `--as dot`, or in several files with `-o DIR`"), "{error}");
    let (code, text, _) = questc(&groups, &["--as", "dot"]);
    assert_eq!((code, text.matches(" -> ").count()), (Some(0), 900));
    let out = groups.with_file_name("out");
    assert_eq!(questc(&groups, &["-o", out.to_str().unwrap()]).0, Some(0));
    let read = |name: &str| fs::read_to_string(out.join(name)).unwrap();
    let parts = ["step.mmd", "step,2.mmd", "step,3.mmd"].map(read);
    assert_eq!(parts.each_ref().map(|part| edges(part)), [300, 300, 300]);
    assert!(parts[1].contains("accTitle: step, part 2 of 3") && parts[1].contains("g1-s0"), "{}", parts[1]);

    // One step alone: what it needs and what needs it.
    let (code, text, _) = questc(&groups, &["g1-s7"]);
    assert_eq!((code, edges(&text)), (Some(0), 300));
    assert!(text.contains("accTitle: g1-s7") && !text.contains("g2-"), "{text}");

    let chain = ladder("graphs-chain", 1, 502);
    let out = chain.with_file_name("out");
    let (code, _, error) = questc(&chain, &["-o", out.to_str().unwrap()]);
    assert_eq!(code, Some(1), "{error}");
    assert!(
        error.contains(
            "the graph of `step` has 501 edges, and Mermaid draws at most 500: write it with `--as dot`\n"
        ),
        "{error}"
    );
}

/// Stages that lead on by events, with a start and ends that the schema declares; upgrades that need others.
#[test]
fn a_game_that_others_made() {
    let Some(game) = quest_test::content(Suite::Oldwood, "oldwood") else { return };
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
    let quests = fs::read_dir(game.join("src/content/story/quests")).unwrap().count();
    let upgrades = file("upgrade.mmd");
    assert!(upgrades.lines().filter(|line| line.contains(" --> ")).count() > 20, "{upgrades}");
    assert_eq!(files.iter().filter(|(name, _)| name.starts_with("quest/")).count(), quests);
}

/// The attribute of each box that names it, and its lines.
fn boxes(svg: &str) -> Vec<(String, usize, usize)> {
    let attribute = |text: &str, name: &str| {
        let (_, rest) = text.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    let places = svg.split("<g data-file").skip(1).map(|text| format!("data-file{text}"));
    let place = |text: String| {
        let file = attribute(&text, "data-file");
        let line = |name| attribute(&text, name).parse().unwrap();
        (file, line("data-first"), line("data-last"))
    };
    places.map(place).collect()
}

#[test]
fn a_place_chooses_a_graph_whose_boxes_say_where_they_are() {
    let quests = "{\n \"quests\": [\n  {\"id\": \"one\", \"steps\": [\n   {\"id\": \"a\", \"next\": \"b\"},\n   {\"id\": \"b\"}\n  ]},\n  {\"id\": \"two\", \"steps\": [\n   {\"id\": \"c\"}\n  ]}\n ]\n}\n";
    let schema = r##"{
      "type": "object",
      "properties": { "quests": { "type": "array", "items": {
        "type": "object",
        "properties": {
          "id": { "type": "string", "x-key": "quest" },
          "steps": { "type": "array", "items": { "type": "object", "properties": {
            "id": { "type": "string", "x-key": "quest.step" },
            "next": { "type": "string", "x-ref": "quest.step" } }, "required": ["id"] } }
        },
        "required": ["id", "steps"],
        "x-flow": { "nodes": "steps", "next": "next" }
      } } }
    }"##;
    let manifest = "[[documents]]\nschema = \"s.json\"\ncontent = \"q.json\"\n";
    let project =
        quest_test::TempProject::with([("quest.toml", manifest), ("s.json", schema), ("q.json", quests)]);
    let at = |line| {
        let place = quest_site::Place { file: project.join("q.json"), line };
        let request = Request::check(project.manifest());
        quest_site::graph_at(&request, &place, GraphLanguage::Svg, &mut |_| {}).1.unwrap()
    };
    let file = project.join("q.json").display().to_string();
    let svg = at(5).unwrap();
    assert!(svg.contains("data-id=\"one\""), "{svg}");
    assert_eq!(boxes(&svg), [(file.clone(), 4, 4), (file.clone(), 5, 5)]);
    let svg = at(7).unwrap();
    assert!(svg.contains("data-id=\"two\""), "{svg}");
    assert_eq!(boxes(&svg), [(file.clone(), 8, 8)]);
    assert_eq!(at(1).unwrap_err().to_string(), format!("there is nothing at {file}:1 that has a graph"));
}
