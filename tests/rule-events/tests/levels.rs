//! The levels as game code sees them.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use rule_events::quests::{
    BlockId, EventTypeId, Level, LevelId, MilestoneId, NpcOrBlockOrEntity, QuestEventId, RuleId,
    RuleListener, TaskId,
};
use rule_events::{block, event_type, level, milestone, npc, quest_event, rule, task};

fn of(level: LevelId) -> &'static Level {
    level.get().unwrap()
}

#[test]
fn a_file_is_a_level() {
    let levels: Vec<(&str, &str)> =
        Level::all().iter().map(|level| (level.id().as_str(), level.title())).collect();
    assert_eq!(levels, [("lakeside", "Meeting by the Lake"), ("old-mill", "The Old Mill")]);
    let counts = |level: LevelId| (of(level).tasks().len(), of(level).rule_listeners().len());
    assert_eq!(counts(level!("lakeside")), (1, 1));
    assert_eq!(counts(level!("old-mill")), (3, 3));
}

#[test]
fn mia_is_greeted() {
    let greet = task!("lakeside:greet_mia");
    let [only] = of(level!("lakeside")).tasks() else { panic!("one task") };
    assert_eq!(only.id(), Some(greet));
    let task = greet.task().unwrap();
    assert_eq!(task.r#type().known(), Some(event_type!("near")));
    // An id alone stands for an object with that id.
    let target = task.target().unwrap();
    assert_eq!((target.thing(), target.text()), (NpcOrBlockOrEntity::Npc(npc!("mia_npc")), None));
    assert_eq!(task.count(), 2);
    let [step] = task.milestones() else { panic!("one step") };
    assert_eq!(step.id(), milestone!("lakeside:greet_mia_step1"));
    assert_eq!(step.target(), Some(NpcOrBlockOrEntity::Npc(npc!("mia_npc"))));
    assert_eq!(step.count(), 1);
    let reward = task.reward().unwrap();
    assert_eq!(reward.world_patch(), Some(r#"{"give":{"item":"bread","amount":3}}"#));
    assert_eq!(reward.npc_dialogue(), Some(r#""You came back! Take some bread for the road.""#));
    assert_eq!(task.dialogue(), Some(r#"{"title":"Mia","text":"Now we know each other."}"#));
}

#[test]
fn mia_answers() {
    let [listener] = of(level!("lakeside")).rule_listeners() else { panic!("one listener") };
    assert_eq!(listener.r#type().known(), Some(event_type!("near")));
    assert_eq!(listener.quest_event(), Some(quest_event!("near_mia_npc")));
    assert_eq!(listener.targets().count(), 0);
    let metadata = listener.metadata();
    assert_eq!(metadata.id(), None);
    assert_eq!(metadata.rule_ref().len(), 0);
    assert_eq!(metadata.world_patch(), Some(r#"{"tell":"Mia raises a hand."}"#));
    let commands: Vec<&str> = metadata.commands().iter().collect();
    assert_eq!(commands, ["title {player} subtitle Mia has something to say"]);
}

#[test]
fn steps_and_targets_of_the_mill() {
    let [ask, wheel, nameless] = of(level!("old-mill")).tasks() else { panic!("three tasks") };
    let target = ask.target().unwrap();
    assert_eq!((target.thing(), target.text()), (NpcOrBlockOrEntity::Npc(npc!("oskar_npc")), Some("flour")));
    assert_eq!(wheel.target().unwrap().thing(), NpcOrBlockOrEntity::Block(block!("lever")));
    let steps: Vec<_> =
        wheel.milestones().iter().map(|step| (step.id().as_str(), step.count(), step.target())).collect();
    let millstone = NpcOrBlockOrEntity::Block(block!("millstone"));
    assert_eq!(
        steps,
        [("wheel_creaks", 2, None), ("wheel_turns", 4, None), ("stone_turns", 1, Some(millstone))]
    );
    // The runtime makes up a name; content has none.
    assert_eq!(nameless.id(), None);
    assert_eq!(
        (nameless.target().is_some(), nameless.title(), nameless.reward().is_some()),
        (false, None, false)
    );
    let named: Vec<&str> = TaskId::all().map(TaskId::as_str).collect();
    assert_eq!(named, ["greet_mia", "ask_oskar", "free_the_wheel"]);
}

#[test]
fn rules_switch_each_other_on() {
    let listeners = of(level!("old-mill")).rule_listeners();
    let complains = rule!("old-mill:oskar_complains");
    let refs: Vec<Vec<RuleId>> =
        listeners.iter().map(|listener| listener.metadata().rule_ref().iter().collect()).collect();
    assert_eq!(refs, [vec![], vec![complains], vec![complains, rule!("old-mill:oskar_counts")]]);
    // From the name to the rule.
    let metadata = complains.metadata().unwrap();
    assert_eq!(metadata.dialogue(), Some(r#"["No water, no flour.","The lever is stuck again."]"#));
    assert_eq!(metadata.update_behaviors(), Some(r#"[{"npc":"oskar_npc","behavior":"point_at_lever"}]"#));
    let targets: Vec<_> = listeners.iter().map(|listener| listener.targets().collect::<Vec<_>>()).collect();
    let oskar = NpcOrBlockOrEntity::Npc(npc!("oskar_npc"));
    let lever = NpcOrBlockOrEntity::Block(block!("lever"));
    let millstone = NpcOrBlockOrEntity::Block(block!("millstone"));
    assert_eq!(targets, [vec![oskar], vec![lever, millstone], vec![oskar]]);
}

#[test]
fn ids_are_those_of_levels_and_registries() {
    let types: Vec<&str> = EventTypeId::all().map(EventTypeId::as_str).collect();
    assert_eq!(types, ["near", "chat", "interact_block", "interact_entity"]);
    // Any name of an event will do, and those that levels use are known.
    let mut events: Vec<&str> = QuestEventId::all().map(QuestEventId::as_str).collect();
    events.sort_unstable();
    assert_eq!(events, ["asked_about_flour", "lever_pulled", "near_mia_npc"]);
    assert_eq!(MilestoneId::find(level!("old-mill"), "greet_mia_step1"), None);
    assert_eq!(MilestoneId::parse("old-mill:wheel_turns"), Some(milestone!("old-mill:wheel_turns")));
    assert_eq!(BlockId::find("campfire"), Some(block!("campfire")));
    assert_eq!(rule!("old-mill:oskar_counts").level(), level!("old-mill"));
}

#[test]
fn an_event_finds_its_listener() {
    let near_mia = |listener: &&RuleListener| listener.quest_event() == Some(quest_event!("near_mia_npc"));
    let found: Vec<_> = Level::all().iter().flat_map(Level::rule_listeners).filter(near_mia).collect();
    let [listener] = found[..] else { panic!("one listener") };
    assert_eq!(
        listener.metadata().dialogue(),
        Some(r#"{"title":"Mia","text":"There you are. Shall we set off?"}"#)
    );
}
