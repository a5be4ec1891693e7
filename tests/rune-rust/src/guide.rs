//! The Rust of `docs/journal.md`, so that it compiles. A test holds the two against each other, line by line.

#![allow(dead_code, clippy::needless_pass_by_value, reason = "it only has to compile")]

use crate::{quest, quests};
use std::prelude::v1::*;

/// What a game has of its own.
struct Bag;

impl Bag {
    fn count(&self, _: quests::ItemId) -> i64 {
        0
    }
}

struct Hud;

impl Hud {
    fn show(&self, _: &str) {}
}

struct Store;

impl Store {
    fn write(&mut self, _: &str, _: Vec<u8>) {}

    fn read(&self, _: &str) -> Vec<u8> {
        Vec::new()
    }

    fn newest(&self, _: &str) -> u64 {
        0
    }
}

mod log {
    macro_rules! warning {
        ($($words:tt)*) => { std::eprintln!($($words)*) };
    }
    pub(super) use warning as warn;
}

#[rustfmt::skip]
mod playing {
    use super::{Bag, Hud, quests};
    use std::prelude::v1::*;

    use crate::{item, quest};
    use quest_types::journal::{Fact, Facts};
    use quests::journal::{Effect, Effects, Game, QuestEvent, Question, server};

    struct Hero { level: u8, items: Bag, /* … */ }

    impl Facts<Game> for Hero {
        fn fact(&self, question: Question) -> Fact<'_> {
            match question {
                Question::Level => self.level.into(),
                Question::Item(item) => self.items.count(item).into(),
                _ => Fact::Unknown,
            }
        }
    }

    impl Hero {
        fn give(&mut self, _: &quests::Reward) {}
    }

    fn play(mut hero: Hero, hud: Hud) -> Result<(), Box<dyn std::error::Error>> {
        let mut server = server();
        let world = server.world("ironhold");
        let mut player = server.player("kim")?;
        let mut attachment = server.session(&mut player).attach(&world);

        let mut effects = Effects::new();
        loop {
            let tick = server.tick();
            let mut quests = attachment.tick(&tick, &hero)?;
            quests.start(quest!("iron-path"), &mut effects)?;
            quests.notify(QuestEvent::Collect(item!("item-dvergr-notes")).times(2), &mut effects)?;
            for effect in effects.drain() {
                match effect {
                    Effect::Reward(reward) => hero.give(reward),
                    Effect::StageEntered(stage) => hud.show(stage.name()),
                    _ => {}
                }
            }
        }
    }
}

#[rustfmt::skip]
mod saving {
    use super::{Store, log, quests};
    use quest_types::journal::{Limits, Save};
    use quests::journal::{Player, QuestServer};
    use std::prelude::v1::*;

    fn save(server: &mut QuestServer, player: &mut Player, mut store: Store) -> Result<(), Box<dyn std::error::Error>> {
        let save = player.save();
        store.write("kim", serde_json::to_vec(&save)?);

        let save: Save = serde_json::from_slice(&store.read("kim"))?;
        let (player, report) = server.restore(&save, "kim", store.newest("kim"), &Limits::default())?;
        for lost in &report.lost {
            log::warn!("gone from kim's journal: {lost:?}");
        }
        drop(player);
        Ok(())
    }
}

/// The code of a line, without white space around it and what is said about it.
fn code(line: &str) -> &str {
    line.split("//").next().unwrap_or_default().trim()
}

#[test]
fn the_guide_says_what_compiles() {
    let ours: Vec<&str> = include_str!("guide.rs").lines().map(code).collect();
    let guide = include_str!("../../../docs/journal.md");
    let fragments: Vec<&str> =
        guide.split("```rust\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert_eq!(fragments.len(), 2);
    for fragment in fragments {
        let mut rest = ours.iter();
        for line in fragment.lines().map(code).filter(|line| !line.is_empty()) {
            assert!(rest.any(|own| *own == line), "`{line}` is not compiled, or stands elsewhere");
        }
    }
}

/// What rustdoc shows of an id that is a constant.
#[test]
fn constants_say_what_players_read() {
    let code = include_str!(concat!(env!("OUT_DIR"), "/quests.rs"));
    let documented = code.split("/// `iron-path`: The Iron Path\n").nth(1);
    let constant = documented.and_then(|rest| rest.lines().next()).map(str::trim);
    assert_eq!(constant, Some("pub const IRON_PATH: QuestId = QuestId(0);"));
    assert_eq!(quests::QuestId::IRON_PATH, quest!("iron-path"));
}
