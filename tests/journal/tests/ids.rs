//! Ids in formats of serde, and ids that an earlier release knew by other paths (`[renames]` in `quest.toml`).

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use journal::quests::{BranchId, NpcId, ObjectiveId, QuestId, StageId};
use journal::{branch, npc, objective, quest, stage};
use quest_types::Id;
use std::collections::BTreeMap;

#[test]
fn every_id_comes_back_by_its_path() {
    fn check<I: Id + serde::Serialize + serde::de::DeserializeOwned>() {
        for id in I::all() {
            let json = serde_json::to_string(&id).unwrap();
            assert_eq!(json, format!("{:?}", id.to_string()));
            assert_eq!(serde_json::from_str::<I>(&json).unwrap(), id);
            assert_eq!(I::parse_saved(&id.to_string()), Some(id));
        }
    }
    check::<QuestId>();
    check::<StageId>();
    check::<ObjectiveId>();
    check::<BranchId>();
    check::<NpcId>();
}

#[test]
fn ids_are_keys_of_maps() {
    let counts = BTreeMap::from([(stage!("plain:one"), 1), (stage!("modular:ways"), 2)]);
    let json = serde_json::to_string(&counts).unwrap();
    assert!(json.contains(r#""modular:ways":2"#), "{json}");
    assert_eq!(serde_json::from_str::<BTreeMap<StageId, u32>>(&json).unwrap(), counts);
}

#[test]
fn former_paths_are_read() {
    assert_eq!(serde_json::from_str::<QuestId>(r#""old-choice""#).unwrap(), quest!("choice"));
    assert_eq!(StageId::parse_saved("modular:the-ways"), Some(stage!("modular:ways")));
    assert_eq!(ObjectiveId::parse_saved("modular:ways:by-sword"), Some(objective!("modular:ways:fight")));
    assert_eq!(BranchId::parse_saved("modular:swords"), Some(branch!("modular:fought")));
    // No save of the journal names it, but a game may.
    assert_eq!(serde_json::from_str::<NpcId>(r#""old-elder""#).unwrap(), npc!("elder"));
    // Both the stage and the objective have other names now, and the rename names only one of them.
    assert_eq!(ObjectiveId::parse_saved("modular:the-ways:by-sword"), Some(objective!("modular:ways:fight")));
    // What belongs to something that was renamed.
    for stage in quest!("choice").stages() {
        let former = format!("old-choice:{}", stage.id().as_str());
        assert_eq!(StageId::parse_saved(&former), Some(stage.id()));
        assert_eq!(former.parse::<StageId>().ok(), None, "`parse` knows this content only");
    }
}

#[test]
fn unknown_paths_are_refused() {
    let error = serde_json::from_str::<StageId>(r#""plain:gone""#).unwrap_err().to_string();
    assert!(
        error.starts_with("invalid value: string \"plain:gone\", expected an id of the kind `quest.stage`"),
        "{error}"
    );
    assert!(serde_json::from_str::<QuestId>("7").is_err());
    for path in ["", ":", "old-choice:gone", "modular:the-ways:gone", "old-choice:", ":by-sword"] {
        assert_eq!(ObjectiveId::parse_saved(path), None, "{path}");
    }
}
