//! The JSON Schema of saves: it is that of the types, saves of a whole game follow it, and what was edited does not.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use journal::quests::Quest;
use journal::quests::journal::{Player, QuestEvent, QuestServer};
use journal::table::Table;
use journal::world::KnownFacts;
use journal::{enemy, item, npc};
use quest_types::journal::Save;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `cargo xtask bless` writes the schema after a type has changed.
#[test]
fn the_schema_is_that_of_the_types() {
    let mut schema = schemars::schema_for!(Save);
    schema.insert("$id".to_owned(), "https://rune-game.com/schemas/questc-save.schema.json".into());
    schema.insert("title".to_owned(), "The quests of a player, as a game keeps them".into());
    let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
    quest_test::assert_golden(root().join("schemas/save.schema.json"), text);
}

fn validator() -> jsonschema::Validator {
    let schema = fs::read_to_string(root().join("schemas/save.schema.json")).unwrap();
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
}

#[track_caller]
fn follows(validator: &jsonschema::Validator, save: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(save).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?} in {save:#}");
}

/// One session of a player.
fn session(server: &mut QuestServer, player: Player, act: impl FnOnce(&mut Table<'_>)) -> Player {
    let world = server.world("world");
    let attachment = server.session(player).attach(&world);
    let own = std::mem::replace(server, journal::server());
    let mut table = Table { server: own, facts: KnownFacts::default(), attachment };
    act(&mut table);
    *server = table.server;
    table.attachment.detach().end()
}

/// All quests are begun, played and turned in as far as they let themselves, and saved after every session.
#[test]
fn saves_of_a_game_follow_it() {
    let validator = validator();
    let mut kinds = BTreeSet::new();
    let mut server = journal::server();
    let mut player = server.player("kim").unwrap();
    let mut look = |player: &mut Player| {
        let written = player.save();
        let save = serde_json::to_value(&written).unwrap();
        follows(&validator, &save);
        assert_eq!(serde_json::from_value::<Save>(save.clone()).unwrap(), written);
        for quest in save["quests"].as_array().unwrap() {
            kinds.insert(quest["state"].as_str().unwrap().to_owned());
            let run = quest.get("run").and_then(Value::as_object);
            kinds.extend(run.into_iter().flatten().map(|(name, _)| name.clone()));
        }
        kinds.extend(save.as_object().unwrap().keys().cloned());
    };
    look(&mut player);
    for quest in Quest::all() {
        player = session(&mut server, player, |table| {
            let _ = table.tick(|quests, effects| quests.start(quest.id(), effects));
        });
        look(&mut player);
    }
    for _ in 0..4 {
        player = session(&mut server, player, |table| {
            table.event(QuestEvent::Kill(enemy!("wolf")));
            table.event(QuestEvent::Collect(item!("herb")));
            table.event(QuestEvent::Kill(enemy!("warden")).times(2));
            table.event(QuestEvent::Talk(npc!("elder")));
            table.turns(1);
        });
        look(&mut player);
    }
    for quest in Quest::all() {
        player = session(&mut server, player, |table| {
            // Whatever it lets one pick, if anything. For every second quest there is room.
            let room = quest.rewards().len() % 2 == 0;
            for pick in quest.rewards().iter().map(Some).chain([None]) {
                let _ = table.tick(|quests, effects| quests.turn_in(quest.id(), pick, |_| room, effects));
            }
        });
        look(&mut player);
    }
    for kind in ["active", "complete", "failed", "progress", "branches", "turns_left", "held"] {
        assert!(kinds.contains(kind), "no save has `{kind}`: {kinds:?}");
    }
}

/// A save of each format that there was, and what is none.
#[test]
fn old_saves_follow_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/saves");
    let mut count = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let save: Value = serde_json::from_str(&fs::read_to_string(entry.unwrap().path()).unwrap()).unwrap();
        follows(&validator(), &save);
        let broken: [fn(&mut Value); 4] = [
            |save| save["version"] = json!(-1),
            |save| save["gold"] = json!(1_000_000),
            |save| save["quests"][0]["state"] = json!("won"),
            |save| save["quests"][0]["run"]["progress"][0]["count"] = json!("many"),
        ];
        for change in broken {
            let mut save = save.clone();
            change(&mut save);
            assert!(!validator().is_valid(&save), "{save:#}");
            assert!(serde_json::from_value::<Save>(save).is_err());
        }
        count += 1;
    }
    assert_eq!(count, quest_types::journal::SAVE_FORMAT);
}
