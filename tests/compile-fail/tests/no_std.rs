//! The journal where there is no standard library: in a game for this machine that would not compile if anything brought one, and in
//! the same game for a machine that has none.

#![allow(clippy::unwrap_used)] // Clippy allows it in tests, but not in the functions that they share.

mod support;

use quest_test::Suite;
use std::path::Path;
use std::process::Command;
use support::Game;

/// A library that handles panics itself. With the standard library anywhere below it there would be two who do, which is an error.
const GAME: &str = r#"//! A game for a machine without an operating system.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

quest_types::include_quests!();

use quest_types::journal::{Fact, Limits, QuestError};
use quests::journal::{Effects, QuestEvent, Question, server};

#[panic_handler]
fn halt(_: &core::panic::PanicInfo<'_>) -> ! {
    loop {}
}

/// Begins a quest, plays a bit of it, saves and restores.
pub fn play() -> Result<usize, QuestError> {
    let mut server = server();
    let world = server.world("mine");
    let Ok(mut player) = server.player("kim") else { return Ok(0) };
    let mut effects = Effects::new();
    let knows = |_: Question| Fact::Unknown;
    {
        let mut attachment = server.session(&mut player).attach(&world);
        let tick = server.tick();
        let mut quests = attachment.tick(&tick, &knows)?;
        quests.start(quest!("lost-tools"), &mut effects)?;
        quests.notify(QuestEvent::Collect(item!("item-hammer")), &mut effects)?;
        quests.pass_turns(1, &mut effects)?;
    }
    let log: alloc::string::String = effects.log().map(|line| alloc::format!("{line}")).collect();
    let save = player.save();
    drop(player);
    let restored = server.restore(&save, "kim", 1, &Limits::default());
    Ok(log.len() + restored.map_or(0, |(player, _)| player.active().count()))
}
"#;

/// A machine without an operating system, for which there is no `std`.
const BARE: &str = "thumbv7m-none-eabi";

/// Whether the core library for a target is installed.
fn is_installed(target: &str) -> bool {
    let output = Command::new("rustc").args(["--print", "target-libdir", "--target", target]).output();
    output.is_ok_and(|output| Path::new(String::from_utf8_lossy(&output.stdout).trim()).is_dir())
}

#[test]
fn a_game_without_std() {
    let game = Game::new("no-std");
    std::fs::remove_file(game.directory.join("src/main.rs")).unwrap();
    game.write("src/lib.rs", GAME);
    let dependency = "/quest-types\" }";
    game.change("Cargo.toml", dependency, "/quest-types\", features = [\"journal\", \"serde\"] }");
    game.change("Cargo.toml", "[profile.dev]\n", "[profile.dev]\npanic = \"abort\"\n");
    game.cargo(&["build"]).succeeds();
    if is_installed(BARE) {
        game.cargo(&["build", "--target", BARE]).succeeds();
    } else {
        Suite::Thumbv7m.skip(&format!("`rustup target add {BARE}` installs what it needs"));
    }
    // The game is as strict as it says: with `std` it does not compile.
    game.change("Cargo.toml", "\"serde\"]", "\"serde\", \"std\"]");
    let build = game.cargo(&["build"]);
    assert!(!build.success && build.messages.contains("panic_impl"), "{}", build.messages);
}
