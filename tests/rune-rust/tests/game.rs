//! The game as a player sees it, and the content as its code sees it (Quest Schema §14).

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use rune_rust::quests::{
    BranchConditionTarget, FlagId, ItemOrNpc, ObjectiveConditionTarget, ObjectiveTarget, ObjectiveType,
    PrerequisiteTarget, Quest, QuestCategory, QuestId, RewardTarget, StageId,
};
use rune_rust::{enemy, flag, item, npc, objective, quest, stage};
use std::process::Command;

#[test]
fn the_game_prints_its_quests() {
    let output = Command::new(env!("CARGO_BIN_EXE_rune-rust")).output().expect("the game runs");
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    for line in [
        "The Iron Path (MainStory)",
        "then: Below Ironhold",
        "Below Ironhold <- you are here",
        "(defeat enemy-undying-warden)",
        "(collect item-dvergr-hammer, 5 times)",
        "(deliver to npc-salvage-master)",
        "gives item-rune-etched-blade",
        "Kjartan: you there.",
    ] {
        assert!(text.contains(line), "no `{line}` in\n{text}");
    }
}

#[test]
fn the_five_quests_are_those_of_section_14() {
    let ids: Vec<&str> = Quest::all().iter().map(|quest| quest.id().as_str()).collect();
    assert_eq!(ids, ["iron-path", "lost-tools", "patrol-route", "rusted-heart", "salvage-run-daily"]);
    let stages: Vec<usize> = Quest::all().iter().map(|quest| quest.stages().len()).collect();
    assert_eq!(stages, [4, 2, 2, 5, 2]);
    let levels: Vec<Option<u8>> = Quest::all().iter().map(Quest::level).collect();
    assert_eq!(levels, [Some(5), None, None, Some(10), None]);
    assert_eq!(quest!("patrol-route").category(), QuestCategory::Bounty);
    assert!(quest!("patrol-route").is_repeatable());
    assert_eq!(quest!("rusted-heart").time_limit(), Some(50));
}

#[test]
fn references_are_what_they_are() {
    let heart = quest!("rusted-heart");
    let warden = objective!("rusted-heart:disable-warden:combat-path");
    assert_eq!(warden.target(), ObjectiveTarget::Kill(enemy!("enemy-undying-warden")));
    assert_eq!(warden.r#type(), ObjectiveType::Kill);
    assert_eq!(warden.stage().quest(), heart);
    let [combat, tech] = heart.branches() else { panic!("two branches") };
    assert_eq!(combat.condition().target(), BranchConditionTarget::ObjectiveComplete(warden));
    assert_eq!(tech.target_stage().id(), stage!("rusted-heart:tech-resolution"));
    let tools = objective!("lost-tools:return-tools:deliver-tools");
    assert_eq!(tools.target(), ObjectiveTarget::Deliver(ItemOrNpc::Npc(npc!("npc-kjartan"))));
    let hack = objective!("rusted-heart:disable-warden:tech-path");
    let needs: Vec<_> = hack.conditions().iter().flat_map(|condition| condition.target()).collect();
    assert!(
        matches!(needs.as_slice(), [ObjectiveConditionTarget::HasAbility(ability)] if ability.as_str() == "ability-hack")
    );
    let [level, quest] = quest!("iron-path").prerequisites() else { panic!("two prerequisites") };
    assert_eq!(level.target(), PrerequisiteTarget::Level);
    // §15: an unknown prerequisite is a warning, and the game is told.
    assert_eq!(quest.target(), PrerequisiteTarget::Unknown("intro-arrival"));
    let items: Vec<_> = Quest::all().iter().flat_map(Quest::rewards).map(|reward| reward.target()).collect();
    assert!(items.contains(&RewardTarget::Item(item!("item-rune-etched-blade"))));
    assert_eq!(FlagId::find("settlement_damaged"), Some(flag!("settlement_damaged")));
}

#[test]
fn ids_are_found_by_their_text() {
    for quest in Quest::all() {
        assert_eq!(QuestId::find(quest.id().as_str()), Some(quest.id()));
        for stage in quest.stages() {
            assert_eq!(StageId::find(quest.id(), stage.id().as_str()), Some(stage.id()));
            assert_eq!(StageId::parse(&stage.id().to_string()), Some(stage.id()));
        }
    }
    assert_eq!(QuestId::find("iron-pth"), None);
    assert_eq!(StageId::find(quest!("iron-path"), "clear-corridor"), None);
}

#[test]
fn stages_follow_each_other_to_the_end() {
    let mut at = quest!("iron-path").stages().first();
    let mut names = Vec::new();
    while let Some(stage) = at {
        names.push(stage.id());
        at = stage.next();
    }
    let expected = [
        stage!("iron-path:speak-kjartan"),
        stage!("iron-path:find-descent"),
        stage!("iron-path:defeat-lord"),
        stage!("iron-path:return-kjartan"),
    ];
    assert_eq!(names, expected);
}
