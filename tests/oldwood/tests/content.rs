//! The tables against what an independent script found in the same files (`ORACLE.json`), and against the files themselves.

#![cfg(oldwood)]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use oldwood::quests::{
    Character, ChoiceOrDialogueEvent, DialogueBank, DialogueEventId, Enemy, Map, PaletteId, Quest, Stage,
    Upgrade, UpgradeId,
};
use oldwood::{character, dialogue_bank, enemy, flag, item, map, quest, stage, upgrade};
use serde_json::Value;
use std::collections::HashSet;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(&std::env::var_os("QUESTC_CONTENT").expect("it was set when this was compiled")).join("oldwood")
}

fn json(path: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

#[test]
fn the_compiler_finds_what_the_oracle_found_and_no_more() {
    let oracle = json(&folder().join("ORACLE.json"));
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("quest.toml");
    let run =
        quest_compiler::driver::run(&quest_compiler::driver::Request::build(manifest.clone()), &mut |_| {});
    assert_eq!(run.content_files as u64, oracle["docs"].as_u64().unwrap());
    assert_eq!((run.errors(), run.warnings()), (0, oracle["schema_errors"].as_array().unwrap().len()));
    let message = run.human(false).join("\n");
    let error = &oracle["schema_errors"][0];
    assert!(message.contains(error["file"].as_str().unwrap()), "{message}");
    assert!(message.contains("unknown property `ability`"), "{message}");
}

#[test]
fn counts_are_those_of_the_oracle() {
    let oracle = json(&folder().join("ORACLE.json"));
    let count = |name: &str| oracle[name].as_u64().unwrap() as usize;
    assert_eq!(Quest::all().len(), count("quests"));
    assert_eq!(Stage::all().len(), count("stages"));
    assert_eq!(Upgrade::all().len(), count("upgrades"));
    let prerequisites: usize =
        Upgrade::all().iter().map(|upgrade| upgrade.prerequisites().iter().count()).sum();
    assert_eq!(prerequisites, count("upgrade_prerequisite_refs"));
    let heard = Stage::all()
        .iter()
        .flat_map(|stage| stage.advance())
        .filter(|edge| edge.when().dialogue_event().is_some());
    assert_eq!(heard.count(), count("dialogue_events_used"));
    let archetypes: HashSet<&str> = Enemy::all().iter().map(|enemy| enemy.id().as_str()).collect();
    assert_eq!(archetypes.len(), Enemy::all().len());
}

/// Every scalar of the quest files is where the tables say it is.
#[test]
fn quests_are_what_the_files_say() {
    let mut found = Vec::new();
    files(&folder().join("src/content/story/quests"), &mut found);
    assert_eq!(found.len(), Quest::all().len());
    for path in found {
        let file = json(&path);
        let id = file["id"].as_str().unwrap().strip_prefix("quest:").unwrap();
        let quest = Quest::all().iter().find(|quest| quest.id().as_str() == id).unwrap();
        assert_eq!(quest.title(), file["title"].as_str().unwrap());
        assert_eq!(quest.act(), file["act"].as_u64());
        assert_eq!(quest.auto_start(), file["autoStart"].as_bool());
        assert_eq!(quest.start().id().as_str(), file["start"].as_str().unwrap());
        let stages = file["stages"].as_array().unwrap();
        assert_eq!(quest.stages().len(), stages.len());
        for (stage, file) in quest.stages().iter().zip(stages) {
            assert_eq!(stage.id().as_str(), file["id"].as_str().unwrap());
            assert_eq!(stage.log(), file["log"].as_str());
            assert_eq!(stage.terminal(), file["terminal"].as_bool());
            let edges = file["advance"].as_array().map_or(0, Vec::len);
            assert_eq!(stage.advance().len(), edges);
            for (edge, file) in stage.advance().iter().zip(file["advance"].as_array().into_iter().flatten()) {
                assert_eq!(edge.to().id().as_str(), file["to"].as_str().unwrap());
                assert_eq!(edge.to().id().quest(), quest.id());
            }
        }
    }
}

#[test]
fn references_lead_from_document_to_document() {
    let bridge = quest!("broken-bridge");
    assert_eq!(bridge.start().id(), stage!("broken-bridge:find-woodcutter"));
    let edge = &bridge.start().advance()[0];
    assert_eq!(edge.to().id(), stage!("broken-bridge:cull-orcs"));
    let Some(ChoiceOrDialogueEvent::Choice(choice)) = edge.when().dialogue_event() else { panic!() };
    assert_eq!(choice.dialogue_event(), DialogueEventId::find("woodcutter.request").unwrap());
    let counter = &stage!("broken-bridge:cull-orcs").counters()[0];
    assert_eq!((counter.id().as_str(), counter.target()), ("orcsKilled", 4));
    let targets = counter.r#match().expect("it has a match").archetypes();
    assert!(targets.iter().any(|archetype| archetype == enemy!("forest-orc")));
    let last = stage!("broken-bridge:report-back").advance()[0].effects();
    assert_eq!(last[0].set_flag().map(|flag| flag.id()), Some(flag!("bridge-fixed")));
    let tile = last[1].set_tile().expect("it sets a tile");
    assert_eq!(tile.map().id(), map!("overworld"));
    assert_eq!(
        last.last().and_then(|effect| effect.start_quest()).map(|quest| quest.id()),
        Some(quest!("dungeon-key"))
    );
}

#[test]
fn maps_of_people_items_and_palettes_are_rows() {
    let woodcutter: &Character = character!("woodcutter").record();
    assert_eq!(woodcutter.name(), "Woodcutter");
    assert_eq!(woodcutter.dialogue().map(|bank| bank.id()), Some(dialogue_bank!("woodcutter")));
    assert!(character!("hero").palette().is_none(), "`by-class` names no palette");
    assert!(!item!("dungeon-key").name().is_empty());
    // One palette is a file, the others are names in another.
    let base = PaletteId::find("base").unwrap();
    assert!(base.palette_file_palette().is_some() && base.palette().is_none());
    let knight = PaletteId::find("knight").unwrap();
    assert!(knight.palette().is_some() && knight.palette_file_palette().is_none());
}

/// A dialogue's slot names a stage of the quest beside it.
#[test]
fn a_sibling_names_the_scope() {
    let mut seen = 0;
    for when in DialogueBank::all().iter().flat_map(|bank| bank.slots()).filter_map(|slot| slot.when()) {
        if let (Some(quest), Some(stage)) = (when.quest(), when.stage()) {
            assert_eq!(stage.id().quest(), quest.id());
            seen += 1;
        }
    }
    assert!(seen > 10, "{seen}");
    for trigger in Map::all().iter().flat_map(|map| map.triggers()) {
        if let (Some(map), Some(spawn)) = (trigger.to_map(), trigger.to_spawn()) {
            assert_eq!(spawn.id().map(), map.id());
        }
    }
}

/// The oracle found no cycle among upgrades; neither do the tables.
#[test]
fn upgrades_have_no_cycle() {
    fn depth(id: UpgradeId, path: &mut Vec<UpgradeId>) {
        assert!(!path.contains(&id), "{path:?}");
        path.push(id);
        for needed in id.prerequisites() {
            depth(needed, path);
        }
        path.pop();
    }
    depth(upgrade!("adder-bounty"), &mut Vec::new());
    for upgrade in Upgrade::all() {
        depth(upgrade.id(), &mut Vec::new());
    }
}
