//! Whole games outside of this workspace, built with cargo as their authors build them.
//!
//! `template` is the game. Every test copies it into a folder of its own, changes something, and reads what cargo says.
//! All of them build into one target directory, so that the compiler of the quests is compiled once; because the games
//! have the same name there, and cargo would queue them anyway, they run one after another.

#![allow(clippy::unwrap_used)] // Clippy allows it in tests, but not in the functions that they share.

mod support;

use std::fs;
use std::path::Path;
use support::Game;

const LOST_TOOLS: &str = "content/quests/lost-tools.json";

/// Where the stage id `return-tools` is referred to in the template.
const NEXT_STAGE: &str = "content/quests/lost-tools.json:22:26";

/// What rustc does not find where there is no content; the name is all that the user sees of it.
const HIDDEN_MACRO: &str = "__no_include_quests_in_this_crate_add_in_equals_the_crate_that_has_it";

#[test]
fn a_game_runs() {
    let game = Game::new("runs");
    let run = game.cargo(&["run"]).succeeds();
    assert_eq!(
        run.output,
        "lost-tools: Lost Tools\n  \
           Into the Mine (take a lamp)\n  \
           Back to Maren (go home)\n\
         Lost Tools: [SearchMine, ReturnTools], then Pick up the hammer\n"
    );
    let warnings: Vec<&str> = run.messages.lines().filter(|line| line.starts_with("warning")).collect();
    assert!(warnings.iter().all(|line| !line.contains("game")), "{}", run.messages);
    let again = game.cargo(&["build"]).succeeds();
    assert!(!again.messages.contains("Compiling"), "nothing changed, but:\n{}", again.messages);
}

#[test]
fn a_mistake_in_content_is_one_error_at_its_place() {
    let game = Game::new("content-mistake");
    game.change(LOST_TOOLS, r#""nextStageId": "return-tools""#, r#""nextStageId": "return-tols""#);
    let title = "error[Q2001]: no stage `return-tols` in quest `lost-tools`";
    for _ in 0..2 {
        // The second time nothing has changed, and cargo must not take the failure for done.
        game.cargo(&["build"])
            .fails_with(&[title, "error: the quest content has 1 error, listed above"])
            .says(&format!("--> {NEXT_STAGE}\n"))
            .says("return-tools");
    }
    let json = game.cargo(&["build", "--message-format=json"]);
    assert!(json.output.contains(r#""code":"Q2001""#), "{}", json.output);
    assert!(json.output.contains(&format!(r#""file_name":"{LOST_TOOLS}""#)), "{}", json.output);

    game.change(LOST_TOOLS, "return-tols", "return-tools");
    let run = game.cargo(&["run"]).succeeds().prints("Back to Maren");
    assert!(!run.messages.contains("Q2001"), "{}", run.messages);
}

/// The last words of a build with errors in content: without them rustc would go on.
fn last_words(errors: &str, all: &str) -> String {
    format!(
        "\
error: the quest content has {errors}, listed above
 --> src/main.rs:7:1
  |
7 | quest_types::include_quests!();
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
  = note: this error originates in the macro `$crate::__private::report` which comes from the expansion of the macro \
     `quest_types::include_quests` (in Nightly builds, run with -Z macro-backtrace for more info)

error: could not compile `game` (bin \"game\") due to {all}
"
    )
}

const NO_STAGE: &str = r#"error[Q2001]: no stage `return-tols` in quest `lost-tools`
  --> content/quests/lost-tools.json:22:26
   |
 5 |       "id": "lost-tools",
   |             ------------ in this quest
...
22 |           "nextStageId": "return-tols"
   |                          ^^^^^^^^^^^^^ not a stage of `lost-tools`
...
25 |           "id": "return-tools",
   |                 -------------- or is this one misspelt?
   |
   = help: did you mean `return-tools`?

"#;

#[test]
fn an_error_in_content_word_for_word() {
    let game = Game::new("words-error");
    game.change(LOST_TOOLS, r#""nextStageId": "return-tools""#, r#""nextStageId": "return-tols""#);
    let words = format!("{NO_STAGE}{}", last_words("1 error", "2 previous errors"));
    game.cargo(&["build"]).says_only(&words);
}

#[test]
fn a_warning_in_content_word_for_word() {
    let game = Game::new("words-warning");
    game.change("quest.toml", "[registries]", "[registries]\nclass = [\"bard\"]");
    game.change(
        LOST_TOOLS,
        r#""category": "SideQuest","#,
        r#""category": "SideQuest",
      "prerequisites": [{ "type": "ClassIs", "target": "bart", "operator": "has" }],"#,
    );
    game.cargo(&["build"]).succeeds().says_only(
        r#"warning[Q2002]: no class `bart`
 --> content/quests/lost-tools.json:9:56
  |
9 |       "prerequisites": [{ "type": "ClassIs", "target": "bart", "operator": "has" }],
  |                                                        ^^^^^^ no class has this id
  |
  = note: `[lints]` in the manifest can set `unknown-prerequisite-target` to `allow`, `warn` or `deny`
  = help: did you mean `bard`?

warning: `game` (bin "game") generated 1 warning
"#,
    );
}

/// Where nothing is known of the types, those of the last build do: code has no errors that only follow.
#[test]
fn what_is_wrong_before_content_is_one_error() {
    let game = Game::new("before-content");
    let schema =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/quests.schema.json"));
    let schema = schema.unwrap();
    let manifest = game
        .read("quest.toml")
        .lines()
        .skip(2)
        .fold("[[documents]]\nschema = \"quests.schema.json\"\n".to_owned(), |text, line| text + line + "\n");
    let quest = game.read(LOST_TOOLS);
    let restore = || {
        game.write("quest.toml", &manifest);
        game.write("quests.schema.json", &schema);
        game.write(LOST_TOOLS, &quest);
    };
    restore();
    game.cargo(&["build"]).succeeds();
    let fails = |title: &str, place: &str| {
        let last = "error: the quest content has 1 error, listed above";
        game.cargo(&["build"]).fails_with(&[title, last]).says(&format!("--> {place}\n"));
        restore();
    };
    game.change("quest.toml", "content =", "contents =");
    fails("error[Q0008]: unknown key `contents`", "quest.toml:3:1");
    game.change("quest.toml", "content = \"", "content = ");
    fails("error[Q0008]: a text without quotes", "quest.toml:3:11");
    fs::remove_file(game.directory.join("quests.schema.json")).unwrap();
    fails("error[Q0006]: `quests.schema.json` cannot be read: there is no such file", "quest.toml:2:11");
    game.change(
        "quests.schema.json",
        "\"title\": \"Quest Configuration\",",
        "\"title\": \"Quest Configuration\"",
    );
    fails("error[Q0001]: a comma is missing", "quests.schema.json:4:32");
    game.change("quests.schema.json", "\"minItems\": 1\n    }\n  },", "\"minItems\": \"1\"\n    }\n  },");
    fails("error[Q1101]: `minItems` is a whole number from 0 up", "quests.schema.json:27:19");
    fs::remove_file(game.directory.join(LOST_TOOLS)).unwrap();
    fails("error[Q0007]: no file matches `content/quests/*.json`", "quest.toml:3:12");
    game.write(LOST_TOOLS, "");
    fails("error[Q0009]: the file is empty", "content/quests/lost-tools.json:1:1");
    game.cargo(&["run"]).succeeds().prints("Back to Maren");
}

#[test]
fn code_that_names_the_broken_stage_is_not_blamed() {
    let game = Game::new("content-broken");
    // Nobody knows the id that code names: that is for the content to be blamed for, and not for the code.
    game.change(LOST_TOOLS, r#""id": "search-mine""#, r#""id": 17"#);
    let build = game.cargo(&["build"]);
    let title =
        build.messages.lines().find(|line| line.starts_with("error[Q")).unwrap_or_default().to_owned();
    build
        .fails_with(&[&title, "error: the quest content has 1 error, listed above"])
        .says("error[Q1001]")
        .says("--> content/quests/lost-tools.json:11:17\n");
}

#[test]
fn content_that_is_no_json_is_not_followed_by_errors_in_code() {
    let game = Game::new("content-syntax");
    game.change(LOST_TOOLS, r#""name": "Lost Tools","#, r#""name": "Lost Tools""#);
    let build = game.cargo(&["build"]);
    assert!(!build.success, "{}", build.messages);
    assert!(
        build.messages.starts_with("error[Q") || build.messages.contains("\nerror[Q"),
        "{}",
        build.messages
    );
    let title = build.messages.lines().find(|line| line.starts_with("error[Q")).unwrap().to_owned();
    build
        .fails_with(&[&title, "error: the quest content has 1 error, listed above"])
        .says(&format!("--> {LOST_TOOLS}:6:"));
}

#[test]
fn a_mistake_in_code_is_one_error_at_the_literal() {
    let game = Game::new("code-mistake");
    game.change("src/main.rs", "lost-tools:search-mine:find-hammer", "lost-tools:search-mine:find-hamer");
    game.cargo(&["build"])
        .fails_with(&["error: no objective `find-hamer` in stage `lost-tools:search-mine`"])
        .says("help: did you mean `find-hammer`?")
        .says("--> src/main.rs:32:32\n");
    game.change("src/main.rs", "find-hamer", "find-hammer");
    game.cargo(&["run"]).succeeds();
    // The other direction: content drops what code names.
    game.change(LOST_TOOLS, "find-hammer", "find-the-hammer");
    game.cargo(&["build"])
        .fails_with(&["error: no objective `find-hammer` in stage `lost-tools:search-mine`"])
        .says("help: did you mean `find-the-hammer`?");
}

#[test]
fn a_new_stage_is_missed_in_the_enum() {
    let game = Game::new("new-stage");
    game.cargo(&["build"]).succeeds();
    game.change(
        LOST_TOOLS,
        r#""stages": ["#,
        r#""stages": [
        {
          "id": "ask-around",
          "name": "Ask Around",
          "description": "Somebody saw them.",
          "objectives": [
            { "id": "ask", "type": "Talk", "description": "Ask Maren", "target": "npc-maren" }
          ],
          "nextStageId": "search-mine"
        },"#,
    );
    game.cargo(&["build"])
        .fails_with(&["error: stage `ask-around` of quest `lost-tools` has no variant: add `AskAround`"])
        .says("--> src/main.rs:13:6\n");
}

#[test]
fn a_new_content_file_is_noticed() {
    let game = Game::new("new-file");
    game.cargo(&["run"]).succeeds();
    let second = game
        .read(LOST_TOOLS)
        .replace("\"lost-tools\"", "\"found-tools\"")
        .replace("Lost Tools", "Found Tools");
    game.write("content/quests/found-tools.json", &second);
    game.cargo(&["run"]).succeeds().prints("found-tools: Found Tools").prints("lost-tools: Lost Tools");
    fs::remove_file(game.directory.join("content/quests/found-tools.json")).unwrap();
    let run = game.cargo(&["run"]).succeeds();
    assert!(!run.output.contains("found-tools"), "{}", run.output);
    // A registry counts as well.
    game.change("content/registries/npcs.json", "npc-maren", "npc-marin");
    game.cargo(&["build"])
        .fails_with(&[
            "error[Q2001]: no npc `npc-maren`",
            "error: the quest content has 1 error, listed above",
        ])
        .says("npc-marin");
}

#[test]
fn warnings_are_shown_and_do_not_fail() {
    let game = Game::new("warnings");
    game.change(
        LOST_TOOLS,
        r#""category": "SideQuest","#,
        r#""category": "SideQuest",
      "prerequisites": [{ "type": "QuestComplete", "target": "intro-arrival", "operator": "equals" }],"#,
    );
    let run = game.cargo(&["run"]).succeeds().prints("Lost Tools");
    let run = run
        .says("warning[Q2002]: no quest `intro-arrival`\n")
        .says("--> content/quests/lost-tools.json:9:62\n")
        .says("`game` (bin \"game\") generated 1 warning");
    assert!(!run.messages.contains("error"), "{}", run.messages);
    // Cargo shows them again although it has nothing to do.
    game.cargo(&["build"]).succeeds().says("warning[Q2002]: no quest `intro-arrival`\n");
    // And a project may be stricter.
    let manifest = game.read("quest.toml");
    game.write("quest.toml", &format!("{manifest}\n[lints]\ntolerated-reference = \"deny\"\n"));
    game.cargo(&["build"]).fails_with(&[
        "error[Q2002]: no quest `intro-arrival`",
        "error: the quest content has 1 error, listed above",
    ]);
}

/// Breaks the reference to a stage, and adds an unknown quest that is a warning.
fn with_both(name: &str) -> Game {
    let game = Game::new(name);
    game.change(LOST_TOOLS, r#""nextStageId": "return-tools""#, r#""nextStageId": "return-tols""#);
    game.change(
        LOST_TOOLS,
        r#""category": "SideQuest","#,
        r#""category": "SideQuest",
      "prerequisites": [{ "type": "QuestComplete", "target": "intro-arrival", "operator": "equals" }],"#,
    );
    game
}

const WARNING: &str = "content/quests/lost-tools.json:9:62: warning[Q2002]: no quest `intro-arrival`\n";
const ERROR: &str =
    "content/quests/lost-tools.json:23:26: error[Q2001]: no stage `return-tols` in quest `lost-tools`\n";

#[test]
fn short_messages_are_one_line_each() {
    let game = with_both("short");
    let build = game.cargo(&["build", "--message-format", "short"]);
    assert!(!build.success, "{}", build.messages);
    let build = build.says(WARNING).says(ERROR);
    assert!(!build.messages.contains(" | "), "{}", build.messages);
    assert!(!build.messages.contains("panicked at"), "{}", build.messages);
    let [warning, error] = [WARNING, ERROR].map(|line| build.messages.find(line));
    assert!(warning < error, "{}", build.messages);
}

#[test]
fn json_messages_have_places_and_the_rendering_that_is_asked_for() {
    let game = with_both("json");
    for (format, rendered, coloured) in [
        ("json", "error[Q2001]: no stage `return-tols` in quest `lost-tools`\\n  --> content/", false),
        ("json,json-diagnostic-short", "\"content/quests/lost-tools.json:23:26: error[Q2001]: ", false),
        ("json,json-diagnostic-rendered-ansi", "\\u001b[1m\\u001b[91merror[Q2001]\\u001b[0m", true),
    ] {
        let build = game.cargo(&["build", "--message-format", format]);
        let found = |code: &str| {
            let code = format!(r#""code":"{code}""#);
            build.output.lines().find(|line| line.contains(&code)).unwrap_or_default()
        };
        let (error, warning) = (found("Q2001"), found("Q2002"));
        let rendering = error.split_once(r#""rendered":"#).map_or("", |(_, rendering)| rendering);
        assert!(error.contains(rendered), "{format}: {rendering}");
        assert_eq!(error.contains("\\u001b"), coloured, "{format}: {rendering}");
        for part in [r#""reason":"compiler-message""#, r#""level":"error""#, r#""line_start":23"#] {
            assert!(error.contains(part), "{part}: {error}");
        }
        assert!(error.contains(&format!(r#""file_name":"{LOST_TOOLS}""#)), "{error}");
        assert!(!error.contains("rendered_short"), "{error}");
        assert!(warning.contains(r#""level":"warning""#), "{warning}");
    }
}

#[test]
fn what_is_too_much_to_read_is_counted() {
    let game = Game::new("cap");
    let quest =
        game.read(LOST_TOOLS).replace(r#""nextStageId": "return-tools""#, r#""nextStageId": "return-tols""#);
    for at in 0..130 {
        let copy = quest.replace("\"lost-tools\"", &format!("\"lost-tools-{at}\""));
        let copy = copy.replace("\"Lost Tools\"", &format!("\"Lost Tools {at}\""));
        game.write(&format!("content/quests/lost-tools-{at}.json"), &copy);
    }
    let rest = "note: 30 more problems are not shown: Q2001 unknown-reference (30 errors)\n";
    let build =
        game.cargo(&["build"]).says(rest).says("= help: `questc check --max-diagnostics all` shows them\n");
    assert!(!build.success);
    assert_eq!(build.messages.matches("error[Q2001]").count(), 100);
    let build = build.says("error: the quest content has 130 errors, the first 100 are listed above");
    assert!(!build.messages.contains("panicked at"), "{}", build.messages);
    let build = game.cargo(&["build", "--message-format", "short"]).says(rest);
    assert_eq!(build.messages.matches("error[Q2001]").count(), 100);
    let build = game.cargo(&["build", "--message-format", "json"]);
    let note =
        build.output.lines().find(|line| line.contains("30 more problems are not shown")).unwrap_or_default();
    assert!(note.contains(r#""level":"note""#), "{}", build.output);
}

#[test]
fn a_crate_that_denies_warnings() {
    let game = Game::new("deny-warnings");
    game.change(
        LOST_TOOLS,
        r#""category": "SideQuest","#,
        r#""category": "SideQuest",
      "prerequisites": [{ "type": "QuestComplete", "target": "intro-arrival", "operator": "equals" }],"#,
    );
    game.change("src/main.rs", "#![forbid(unsafe_code)]", "#![forbid(unsafe_code)]\n#![deny(warnings)]");
    // `deny(warnings)` speaks of rustc's lints. How serious content is, the manifest says.
    let build = game.cargo(&["build"]).succeeds().says("warning[Q2002]: no quest `intro-arrival`\n");
    assert!(!build.messages.contains("error"), "{}", build.messages);
    game.cargo_with(&["build"], "-Dwarnings").succeeds().says("warning[Q2002]: no quest `intro-arrival`\n");
    let manifest = game.read("quest.toml");
    game.write("quest.toml", &format!("{manifest}\n[lints]\nprofile = \"strict\"\n"));
    game.cargo(&["build"]).fails_with(&[
        "error[Q2002]: no quest `intro-arrival`",
        "error: the quest content has 1 error, listed above",
    ]);
}

#[test]
fn a_missing_manifest_is_explained() {
    let game = Game::new("no-manifest");
    fs::remove_file(game.directory.join("quest.toml")).unwrap();
    let build = game.cargo(&["build"]);
    let build = build.says("there is no manifest `quest.toml`").says("error: the quest content has 1 error");
    assert!(!build.success && !build.messages.contains("panicked at"), "{}", build.messages);
    // Enums have nothing to be checked against, and that is not said as well.
    assert!(!build.messages.contains(HIDDEN_MACRO), "{}", build.messages);
}

#[test]
fn an_enum_in_a_crate_that_does_not_include_the_content() {
    let game = Game::new("not-included");
    game.write("src/lib.rs", "quest_types::include_quests!();\n");
    let program = "\
        use quest_types::Stages;\n\n\
        #[derive(Clone, Copy, Stages)]\n\
        #[quest(\"lost-tools\")]\n\
        enum Mine {\n    SearchMine,\n    ReturnTools,\n}\n\n\
        fn main() {\n    assert_eq!([Mine::SearchMine, Mine::ReturnTools].len(), 2);\n}\n";
    game.write("src/main.rs", program);
    // The package has content, but this crate of the package has none. No macro can know that before rustc.
    game.cargo(&["build"])
        .fails_with(&[&format!("error[E0433]: cannot find `{HIDDEN_MACRO}` in `crate`")])
        .says("--> src/main.rs:4:9\n");
    game.change("src/main.rs", "\"lost-tools\"", "\"lost-tools\", in = game");
    game.cargo(&["run"]).succeeds();
    // Without content in the package a macro knows.
    game.change("src/main.rs", ", in = game", "");
    fs::remove_file(game.directory.join("src/lib.rs")).unwrap();
    fs::remove_file(game.directory.join("build.rs")).unwrap();
    game.cargo(&["build"])
        .fails_with(&["error: `game` has no quest content of its own"])
        .says("help: if another crate has it, name that crate: `#[quest(\"lost-tools\", in = the_crate)]`\n")
        .says("--> src/main.rs:4:9\n");
}

/// Macros are items of the root, so modules before and after the content import them, in every edition.
#[test]
fn macros_by_path_from_any_module() {
    let program = r#"
mod before {
    use crate::{quest, Stages};

    #[derive(Clone, Copy, Debug, Stages)]
    #[quest("lost-tools")]
    pub enum Mine {
        SearchMine,
        ReturnTools,
    }

    pub const BY_IMPORT: crate::quests::QuestId = quest!("lost-tools");
    pub const BY_PATH: crate::quests::QuestId = crate::quest!("lost-tools");
}

const EARLY: quests::QuestId = quest!("lost-tools");

quest_types::include_quests!();

mod after {
    use super::*;

    pub const BY_GLOB: quests::QuestId = quest!("lost-tools");
    pub const BY_MODULE: quests::QuestId = quests::quest!("lost-tools");

    pub mod deeper {
        pub fn begins(stage: crate::quests::StageId) -> bool {
            matches!(stage, crate::stage!("lost-tools:search-mine"))
        }
    }
}

fn main() {
    let all = [before::BY_IMPORT, before::BY_PATH, EARLY, after::BY_GLOB, after::BY_MODULE];
    assert!(all.iter().all(|id| *id == quest!("lost-tools")));
    assert!(after::deeper::begins(before::Mine::SearchMine.stage()));
    println!("{:?}", before::Mine::ALL);
}
"#;
    let game = Game::new("by-path");
    game.write("src/main.rs", program);
    let mut edition = "2024";
    for next in ["2018", "2021", "2024"] {
        game.change("Cargo.toml", &format!("edition = \"{edition}\""), &format!("edition = \"{next}\""));
        edition = next;
        let run = game.cargo(&["run"]).succeeds().prints("[SearchMine, ReturnTools]");
        assert!(!run.messages.contains("warning: unused"), "{}", run.messages);
    }
}

/// The macros name their module by its path from the root.
#[test]
fn content_outside_of_the_root_is_one_error() {
    let game = Game::new("not-in-the-root");
    let program = "\
        mod generated {\n    quest_types::include_quests!();\n}\n\n\
        use generated::quest;\n\n\
        fn main() {\n    println!(\"{}\", quest!(\"lost-tools\").name());\n    let _ = generated::stage!(\"lost-tools:gone\");\n}\n";
    game.write("src/main.rs", program);
    game.cargo(&["build"])
        .fails_with(&[
            "error[E0432]: unresolved import `crate::__include_quests_belongs_in_the_root_of_the_crate`",
        ])
        .says("--> src/main.rs:2:5\n");
}

/// A module of generated code that a feature of `quest-types` switches on: rustc shows what to do where it is missing.
#[test]
fn the_journal_without_its_feature_says_how_to_get_it() {
    let game = Game::new("no-journal");
    let program = "\
        use quests::journal::server;\n\n\
        quest_types::include_quests!();\n\n\
        fn main() {\n    let _ = server();\n}\n";
    game.write("src/main.rs", program);
    game.cargo(&["build"])
        .fails_with(&["error[E0432]: unresolved import `quests::journal`"])
        .says("found an item that was configured out")
        .says("enable the feature `journal` of the dependency `quest-types`");
}

/// Content that several packages share may stand beside them.
#[test]
fn content_beside_the_package_is_shown_without_a_detour() {
    let game = Game::new("beside/crates/game");
    game.change(LOST_TOOLS, "return-tools\"\n", "return-tols\"\n");
    game.change("quest.toml", "\"content/", "\"../../content/");
    let root = game.join_workspace();
    let content = root.join("content");
    if content.exists() {
        fs::remove_dir_all(&content).unwrap();
    }
    fs::rename(game.directory.join("content"), content).unwrap();
    let build = game
        .cargo(&["build"])
        .fails_with(&[
            "error[Q2001]: no stage `return-tols` in quest `lost-tools`",
            "error: the quest content has 1 error, listed above",
        ])
        .says(&format!("--> {NEXT_STAGE}\n"));
    assert!(!build.messages.contains("../"), "{}", build.messages);
}

/// Cargo compiles a package outside of the workspace in its own folder, and rustc calls its files by their whole path,
/// because nobody who reads the messages stands in that folder.
#[test]
fn content_of_a_package_elsewhere_is_shown_by_its_whole_path() {
    let game = Game::new("elsewhere");
    game.change(LOST_TOOLS, "return-tools\"\n", "return-tols\"\n");
    game.write("src/lib.rs", "quest_types::include_quests!();\n");
    fs::remove_file(game.directory.join("src/main.rs")).unwrap();
    let program = "\
        [package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
        [dependencies]\ngame = { path = \"../elsewhere\" }\n\n[profile.dev]\ndebug = false\n\n[workspace]\n";
    let directory = game.directory.with_file_name("elsewhere-program");
    fs::create_dir_all(directory.join("src")).unwrap();
    fs::copy(game.directory.join("Cargo.lock"), directory.join("Cargo.lock")).unwrap();
    fs::write(directory.join("Cargo.toml"), program).unwrap();
    fs::write(directory.join("src/main.rs"), "fn main() {}\n").unwrap();
    let root = game.directory.to_str().unwrap().replace('\\', "/");
    game.cargo(&["build", "--manifest-path", "../elsewhere-program/Cargo.toml"])
        .fails_with(&[
            "error[Q2001]: no stage `return-tols` in quest `lost-tools`",
            "error: the quest content has 1 error, listed above",
        ])
        .says(&format!("--> {root}/src/lib.rs:1:1\n"))
        .says(&format!("--> {root}/{NEXT_STAGE}\n"));
}

/// Packages of one workspace are compiled in its root.
#[test]
fn content_of_a_member_is_shown_by_its_path_from_the_root() {
    let game = Game::new("workspace/crates/content");
    game.change(LOST_TOOLS, "return-tools\"\n", "return-tols\"\n");
    game.join_workspace();
    game.cargo(&["build"])
        .fails_with(&[
            "error[Q2001]: no stage `return-tols` in quest `lost-tools`",
            "error: the quest content has 1 error, listed above",
        ])
        .says("--> crates/content/src/main.rs:7:1\n")
        .says(&format!("--> crates/content/{NEXT_STAGE}\n"));
    // Editors join the name of the file with the root of the workspace, and underline what stands there.
    let check = game.cargo(&["check", "--message-format=json"]);
    let message = check.output.lines().find(|line| line.contains(r#""code":"Q2001""#)).unwrap_or_default();
    let file = format!(r#""file_name":"crates/content/{LOST_TOOLS}","is_primary":true"#);
    let place = r#""column_end":39,"column_start":26,"expansion":null,"#.to_owned() + &file;
    for part in
        [place.as_str(), r#""line_end":22,"line_start":22"#, r#""label":"not a stage of `lost-tools`""#]
    {
        assert!(message.contains(part), "{part}: {message}");
    }
}

/// A library that does what libraries may do: another name for the dependency, the content in a module that is
/// exported again, no standard library, no unsafe code, no warnings.
const LIBRARY: &str = r#"//! A library.
#![no_std]
#![forbid(unsafe_code)]
#![warn(missing_docs, unreachable_pub, missing_debug_implementations, rust_2018_idioms, unused)]

pub use qt;
pub use qt::Stages;

qt::include_quests!();

/// The quest.
pub const FIRST: quests::QuestId = quest!("lost-tools");

/// Its stages.
#[derive(Clone, Copy, Debug, Stages)]
#[quest("lost-tools")]
pub enum LostTools {
    /// First.
    SearchMine,
    /// Second.
    ReturnTools,
}

/// Whether it begins here.
pub fn begins(stage: quests::StageId) -> bool {
    matches!(stage, stage!("lost-tools:search-mine"))
}
"#;

const PROGRAM: &str = r#"//! A program.
#![forbid(unsafe_code)]

use game::quests::Quest;
use game::qt::Stages;
use game::{objective, quest, stage};

/// Its stages.
#[derive(Clone, Copy, Debug, Stages)]
#[quest("lost-tools", in = game)]
enum Mine {
    SearchMine,
    ReturnTools,
}

fn main() {
    let _ = objective!("lost-tools:search-mine:find-hammer");
    println!("{} {}", game::begins(stage!("lost-tools:search-mine")), game::begins(stage!("lost-tools:return-tools")));
    println!("{} {:?} {:?}", quest!("lost-tools") == game::FIRST, Mine::ALL, game::LostTools::ALL);
    println!("{}", Quest::all().len());
}
"#;

#[test]
fn a_library_in_every_edition() {
    let game = Game::new("library");
    game.write("src/lib.rs", LIBRARY);
    game.write("src/main.rs", PROGRAM);
    game.change("Cargo.toml", "quest-types = {", "qt = { package = \"quest-types\",");
    let mut edition = "2024";
    for next in ["2018", "2021", "2024"] {
        game.change("Cargo.toml", &format!("edition = \"{edition}\""), &format!("edition = \"{next}\""));
        edition = next;
        game.cargo_with(&["run"], "-Dwarnings")
            .succeeds()
            .prints("true false\ntrue [SearchMine, ReturnTools] [SearchMine, ReturnTools]\n1\n");
    }
}

/// A build script that compiles two manifests.
const TWO: &str = r#"fn main() -> Result<(), quest_build::Error> {
    quest_build::Config::new().compile("quest.toml")?;
    quest_build::Config::new().name("harbour").compile("harbour.toml")?;
    Ok(())
}
"#;

/// The template with a second manifest, whose only quest is that of the template under another id.
fn with_harbour(name: &str) -> Game {
    let game = Game::new(name);
    game.write("harbour.toml", &game.read("quest.toml").replace("content/quests/", "harbour/"));
    game.write("harbour/nets.json", &game.read(LOST_TOOLS).replace("lost-tools", "torn-nets"));
    game
}

#[test]
fn two_contents_that_would_be_written_to_the_same_place() {
    let game = with_harbour("two-in-one-place");
    let script = "fn main() {\n    \
                  quest_build::compile(\"quest.toml\");\n    \
                  quest_build::compile(\"harbour.toml\");\n}\n";
    game.write("build.rs", script);
    game.cargo(&["build"]).fails_with(&[
        "error: game@0.1.0: `harbour.toml` is compiled to the same place as `quest.toml`: give it a name of its own, \
         `quest_build::Config::new().name(\"winter\")`, and include it as `quest_types::include_quests!(winter)`",
        "error: build script logged errors",
    ]);
}

#[test]
fn no_content_hides_the_errors_of_another() {
    let game = with_harbour("two-contents");
    game.write("build.rs", TWO);
    let include = "quest_types::include_quests!();";
    game.change("src/main.rs", include, &format!("{include}\nquest_types::include_quests!(harbour);"));
    game.change(
        "src/main.rs",
        "fn main() {",
        "fn main() {\n    println!(\"{}\", harbour::quest!(\"torn-nets\").name());",
    );
    game.cargo(&["run"]).succeeds().prints("Lost Tools");

    for file in [LOST_TOOLS, "harbour/nets.json"] {
        game.change(file, r#""nextStageId": "return-tools""#, r#""nextStageId": "return-tols""#);
    }
    game.cargo(&["build"]).fails_with(&[
        "error[Q2001]: no stage `return-tols` in quest `lost-tools`",
        "error[Q2001]: no stage `return-tols` in quest `torn-nets`",
        "error: the quest content has 1 error, listed above",
        "error: the quest content `harbour` has 1 error, listed above",
    ]);

    // The second is forgotten in code, and has errors all the same.
    game.change(LOST_TOOLS, "return-tols", "return-tools");
    game.change("src/main.rs", "quest_types::include_quests!(harbour);", "");
    game.change("src/main.rs", "    println!(\"{}\", harbour::quest!(\"torn-nets\").name());\n", "");
    game.cargo(&["build"]).fails_with(&[
        "error[Q2001]: no stage `return-tols` in quest `torn-nets`",
        "error: the quest content `harbour` has 1 error, listed above",
    ]);
    game.change("harbour/nets.json", "return-tols", "return-tools");
    game.cargo(&["build"]).succeeds();
}

#[test]
fn content_with_a_name_that_the_build_script_does_not_compile() {
    let game = with_harbour("unknown-content");
    game.write("build.rs", TWO);
    game.change(
        "src/main.rs",
        "quest_types::include_quests!();",
        "quest_types::include_quests!();\nquest_types::include_quests!(harbor);",
    );
    game.cargo(&["build"])
        .fails_with(&["error: the build script of `game` compiles no quest content named `harbor`"]);
    // Content that was compiled before does not count.
    game.change("src/main.rs", "harbor)", "harbour)");
    game.cargo(&["build"]).succeeds();
    game.write(
        "build.rs",
        &TWO.replace("    quest_build::Config::new().name(\"harbour\").compile(\"harbour.toml\")?;\n", ""),
    );
    game.cargo(&["build"])
        .fails_with(&["error: the build script of `game` compiles no quest content named `harbour`"]);
}

#[test]
fn content_with_a_name_outside_of_the_root_is_one_error() {
    let game = with_harbour("named-in-a-module");
    game.write("build.rs", TWO);
    game.change(
        "src/main.rs",
        "fn main() {",
        "mod deep {\n    quest_types::include_quests!(harbour);\n}\n\nfn main() {",
    );
    game.cargo(&["build"])
        .fails_with(&["error[E0432]: unresolved import `crate`"])
        .says("no `__include_quests_belongs_in_the_root_of_the_crate_harbour` in the root");
}
