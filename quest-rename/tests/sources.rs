//! Scripts, and Rust sources of the packages that use the content.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::Request;
use quest_test::TempProject;
use std::fs;
use std::path::PathBuf;

/// A copy of the content of the demo game, in the workspace of a studio.
fn studio(files: &[(&str, &str)]) -> TempProject {
    let project = TempProject::with(files.iter().copied());
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/rune-rust");
    let content = root.join("content");
    let mut open = vec![content.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = PathBuf::from("game/content").join(path.strip_prefix(&content).unwrap());
                project.write(name, fs::read(&path).unwrap());
            }
        }
    }
    let manifest = fs::read_to_string(root.join("quest.toml")).unwrap();
    project.write("game/quest.toml", manifest.replace("../../schemas/", "schemas/"));
    let schema = root.join("../../schemas/quests.schema.json");
    project.write("game/schemas/quests.schema.json", fs::read(schema).unwrap());
    project
}

/// Renames, and gives the file of this name.
fn renamed(project: &TempProject, old: &str, new: &str, name: &str) -> String {
    let request = Request::check(project.join("game/quest.toml"));
    let renaming = quest_rename::rename(&request, old, new).unwrap_or_else(|refusal| {
        panic!("{refusal} {:?}", refusal.report.as_ref().map(|report| report.human(false)))
    });
    let path = project.join(name);
    let file = renaming.files.iter().find(|file| file.path == path);
    file.map_or_else(|| fs::read_to_string(&path).unwrap(), quest_rename::FileChange::after)
}

const WORKSPACE: &str =
    "[workspace]\nmembers = [\"*\"]\n[workspace.dependencies]\ngame = { path = \"game\" }\n";
const GAME: &str = "[package]\nname = \"game\"\n";
const BUILD: &str = "fn main() -> Result<(), quest_build::Error> {\n    quest_build::Config::new().compile(\"quest.toml\")?;\n    quest_build::Config::new().name(\"winter\").compile(\"winter/quest.toml\")\n}\n";

#[test]
fn macros_in_every_form() {
    let source = r####"//! A game: quest!("iron-path") in a comment stays.
use crate::{quest, stage as step, winter};
use winter::objective;
use crate::quests::QuestId as Q;
const FIRST: QuestId = quest!("iron-path");
fn all() -> [StageId; 4] {
    [
        crate::stage!("iron-path:find-descent"),
        step!(r#"iron-path:find-descent"#,),
        self::step! { "iron-path:return-kjartan" },
        crate::r#stage!["iron\x2dpath:find-descent"],
    ]
}
fn others() {
    println!("{}", "quest!(\"iron-path\")");
    winter::quest!("iron-path");
    crate::winter::stage!("iron-path:find-descent");
    objective!("iron-path:find-descent:collect-notes");
    assert_eq!(quest!("patrol-route"), "iron-path");
    my::unknown!("iron-path");
    [Q::IRON_PATH, quests::QuestId::IRON_PATH, winter::QuestId::IRON_PATH, Other::IRON_PATH];
}
"####;
    let project = studio(&[
        ("Cargo.toml", WORKSPACE),
        ("game/Cargo.toml", GAME),
        ("game/build.rs", BUILD),
        ("game/winter/quest.toml", "[[documents]]\nschema = \"s.json\"\ncontent = \"c.json\"\n"),
        ("game/src/lib.rs", source),
    ]);
    let expected = source
        .replace("= quest!(\"iron-path\")", "= quest!(\"iron-road\")")
        .replace("        crate::stage!(\"iron-path", "        crate::stage!(\"iron-road")
        .replace("r#\"iron-path:", "r#\"iron-road:")
        .replace("{ \"iron-path:", "{ \"iron-road:")
        .replace("iron\\x2dpath", "iron-road")
        .replace("[Q::IRON_PATH, quests::QuestId::IRON_PATH", "[Q::IRON_ROAD, quests::QuestId::IRON_ROAD");
    assert_eq!(renamed(&project, "quest:iron-path", "iron-road", "game/src/lib.rs"), expected);
    let expected = source
        .replace(
            "        crate::stage!(\"iron-path:find-descent",
            "        crate::stage!(\"iron-path:go-down",
        )
        .replace("r#\"iron-path:find-descent", "r#\"iron-path:go-down")
        .replace("x2dpath:find-descent", "x2dpath:go-down");
    assert_eq!(renamed(&project, "stage:iron-path:find-descent", "go-down", "game/src/lib.rs"), expected);
}

#[test]
fn all_packages_that_depend_on_the_content() {
    let uses = "fn main() { game::quest!(\"iron-path\"); }\n";
    let project = studio(&[
        ("Cargo.toml", WORKSPACE),
        ("game/Cargo.toml", GAME),
        ("game/build.rs", "fn main() { quest_build::compile(\"quest.toml\") }"),
        (
            "direct/Cargo.toml",
            "[package]\nname = \"direct\"\n[dependencies]\ngame = { path = \"../game\" }\n",
        ),
        ("direct/src/main.rs", uses),
        (
            "inherits/Cargo.toml",
            "[package]\nname = \"inherits\"\n[dev-dependencies]\ngame.workspace = true\n",
        ),
        ("inherits/tests/all.rs", uses),
        (
            "further/Cargo.toml",
            "[package]\nname = \"f\"\n[target.'cfg(unix)'.dependencies]\ndirect.path = \"../direct\"\n",
        ),
        ("further/src/lib.rs", uses),
        ("other/Cargo.toml", "[package]\nname = \"other\"\n"),
        ("other/src/lib.rs", uses),
        ("game/target/CACHEDIR.TAG", ""),
        ("game/target/out.rs", uses),
    ]);
    for (name, changes) in [
        ("direct/src/main.rs", true),
        ("inherits/tests/all.rs", true),
        ("further/src/lib.rs", true),
        ("other/src/lib.rs", false),
        ("game/target/out.rs", false),
    ] {
        let after = renamed(&project, "quest:iron-path", "iron-road", name);
        assert_eq!(after.contains("iron-road"), changes, "{name}");
    }
}

#[test]
fn enums_that_list_stages() {
    let source = r#"
#[derive(Stages)]
#[quest("iron-path", in = crate)]
enum IronPath {
    SpeakKjartan,
    /// Below.
    FindDescent,
    #[stage("defeat-lord")]
    Fight,
    ReturnKjartan,
}
"#;
    let project = studio(&[
        ("game/Cargo.toml", GAME),
        ("game/build.rs", "fn main() { quest_build::compile(\"quest.toml\") }"),
        ("game/src/lib.rs", source),
    ]);
    let lib = "game/src/lib.rs";
    let quest = renamed(&project, "quest:iron-path", "iron-road", lib);
    assert_eq!(quest, source.replace("(\"iron-path\"", "(\"iron-road\""));
    let named = renamed(&project, "stage:iron-path:defeat-lord", "last-fight", lib);
    assert_eq!(named, source.replace("defeat-lord", "last-fight"));
    let variant = renamed(&project, "stage:iron-path:find-descent", "go-down", lib);
    assert_eq!(variant, source.replace("    FindDescent", "    #[stage(\"go-down\")] FindDescent"));
}

#[test]
fn scripts_by_what_their_lines_say() {
    let script = "\
# iron-path and npc-kjartan in a comment
know level 6
given intro-arrival turned in
accept iron-path   # iron-path
talk npc-kjartan
update find-descent
expect stage find-descent
expect stage iron-path:find-descent
expect collect-notes 0/3
expect find-descent:collect-notes 0/3
expect iron-path active
refused turn in iron-path pick 2
player iron-path
expect log The iron-path of npc-kjartan.
";
    let project = studio(&[
        ("game/scripts/a.play", script),
        ("game/other/quest.toml", ""),
        ("game/other/b.play", script),
    ]);
    let name = "game/scripts/a.play";
    let expected = script
        .replace("accept iron-path ", "accept iron-road ")
        .replace("stage iron-path:", "stage iron-road:")
        .replace("expect iron-path", "expect iron-road")
        .replace("in iron-path pick", "in iron-road pick")
        .replace("The iron-path", "The iron-road");
    assert_eq!(renamed(&project, "quest:iron-path", "iron-road", name), expected);
    let expected = script
        .replace("update find-descent", "update go-down")
        .replace("stage find-descent", "stage go-down")
        .replace(":find-descent", ":go-down")
        .replace("expect find-descent:", "expect go-down:");
    assert_eq!(renamed(&project, "stage:iron-path:find-descent", "go-down", name), expected);
    let expected =
        script.replace("talk npc-kjartan", "talk npc-karl").replace("of npc-kjartan", "of npc-karl");
    assert_eq!(renamed(&project, "npc:npc-kjartan", "npc-karl", name), expected);
    // Scripts beside another manifest belong to that.
    assert_eq!(renamed(&project, "quest:iron-path", "iron-road", "game/other/b.play"), script);
}
