//! What cargo builds again, and what a build leaves alone.

#![allow(clippy::unwrap_used)] // Clippy allows it in tests, but not in the functions that they share.

mod support;

use std::fs;
use support::Game;

/// A game whose content is in the root of its package, with a target directory of its own beside it.
fn game_in_root(name: &str) -> Game {
    let game = Game::new(name);
    game.change("quest.toml", "content/quests/*.json", "**/*.quest.json");
    fs::rename(
        game.directory.join("content/quests/lost-tools.json"),
        game.directory.join("lost-tools.quest.json"),
    )
    .unwrap();
    game
}

#[test]
fn a_pattern_in_the_root_passes_over_build_output() {
    let game = game_in_root("root-pattern");
    let target = game.directory.join("target");
    fs::create_dir_all(target.join("package")).unwrap();
    fs::write(target.join("CACHEDIR.TAG"), "Signature: 8a477f597d28d172789f06886806bc55\n").unwrap();
    fs::copy(game.directory.join("lost-tools.quest.json"), target.join("package/lost-tools.quest.json"))
        .unwrap();
    game.cargo(&["build"]).succeeds();
    fs::write(target.join("package/new.quest.json"), "{}").unwrap();
    let again = game.cargo(&["build"]).succeeds();
    assert!(!again.messages.contains("Compiling"), "nothing changed, but:\n{}", again.messages);
    game.change("lost-tools.quest.json", "\"return-tools\"", "\"return-them\"");
    let again = game.cargo(&["build"]);
    assert!(again.messages.contains("Compiling"), "the content changed, but:\n{}", again.messages);
}

#[test]
#[cfg(unix)]
fn a_lock_that_appears_is_compared() {
    let game = Game::new("lock-appears");
    game.cargo(&["build"]).succeeds();
    let again = game.cargo(&["build"]).succeeds();
    assert!(!again.messages.contains("Compiling"), "nothing changed, but:\n{}", again.messages);
    game.write("quest.lock", "# The ids of a release.\n@lock 1\nquest lost-hammers\nquest lost-tools\n");
    game.cargo(&["build"]).says("Q500");
    fs::remove_file(game.directory.join("quest.lock")).unwrap();
    game.cargo(&["build"]).succeeds();
}

#[test]
fn schemas_for_editors_never_fail_a_build() {
    let game = Game::new("editor-schemas");
    let manifest = game.read("quest.toml");
    game.write("quest.toml", &format!("{manifest}\n[editor]\nschemas = \"editor\"\n"));
    // A file where the folder would be: it cannot be written, whoever runs the test.
    game.write("editor", "");
    game.cargo(&["build"]).succeeds().says("the schemas for editors are not written");
    fs::remove_file(game.directory.join("editor")).unwrap();
    // What cargo unpacks, to verify a package or to use one, has its original manifest beside it.
    game.write("Cargo.toml.orig", "");
    game.write("quest.toml", &format!("{manifest}\n[editor]\nschemas = \"editor\" # again\n"));
    game.cargo(&["build"]).succeeds();
    assert!(!game.directory.join("editor").exists(), "the package was changed");
    fs::remove_file(game.directory.join("Cargo.toml.orig")).unwrap();
    game.write("quest.toml", &format!("{manifest}\n[editor]\nschemas = \"editor\"\n"));
    game.cargo(&["build"]).succeeds();
    assert!(game.directory.join("editor/quests.schema.json").exists());
}
