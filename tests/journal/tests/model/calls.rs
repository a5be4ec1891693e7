//! What can be called, in words, at random.

use journal::quests::journal::{Occurrence, QuestEvent};
use journal::quests::{Objective, ObjectiveId, Quest, QuestId, Stage, StageId};
use journal::table::{AWAY, HOME, Table};
use journal::world::Known;
use proptest::prelude::*;
use quest_types::Id;
use quest_types::journal::QuestError;

/// One call.
#[derive(Clone, Debug)]
pub(crate) enum Call {
    Start(String),
    Discover(String),
    /// Type and target, a second of both, how often, where.
    Event((String, String), Option<(String, String)>, u32, Option<String>),
    Advance(String, u32),
    Reveal(String),
    Update(String),
    Skip(String),
    Fail(String),
    Turns(u64),
    /// Anything can have changed.
    Refresh,
    /// With the position of the choice in the list of rewards, and whether there is room for items.
    TurnIn(String, Option<usize>, bool),
    Claim(String, bool),
    Reset(String),
    Know(String, Known),
    /// The player goes to a world.
    Travel(&'static str),
}

const OBJECTIVE_EVENTS: [(&str, &str); 18] = [
    ("Kill", "wolf"),
    ("Kill", "warden"),
    ("Kill", "dragon"),
    ("Collect", "herb"),
    ("Talk", "elder"),
    ("Talk", "nobody"),
    ("Explore", "cave"),
    ("Escort", "child"),
    ("Defend", "gate"),
    ("Craft", "bow"),
    ("Discover", "scroll"),
    ("Deliver", "elder"),
    ("Use", "lever"),
    ("Use", "console"),
    ("Use", "ceiling"),
    ("Survive", ""),
    ("Reach", "peak"),
    ("Kill", "guild"),
];

const FAILURE_EVENTS: [(&str, &str); 5] = [
    ("NPCDeath", "child"),
    ("ItemLost", "bow"),
    ("LocationLeft", "cave"),
    ("PlayerDeath", ""),
    ("FactionHostile", "guild"),
];

const FACTS: [&str; 14] = [
    "level",
    "location:cave",
    "item:herb",
    "item:bow",
    "faction:guild",
    "ability:hacking",
    "flag:shame",
    "flag:ready",
    "flag:calm",
    "class:mage",
    "race:elf",
    "choice:boast",
    "location:peak",
    "item:nothing",
];

fn quest() -> impl Strategy<Value = String> {
    let ids: Vec<String> = Quest::all().iter().map(|quest| quest.id().to_string()).collect();
    prop::sample::select(ids)
}

fn stage() -> impl Strategy<Value = String> {
    let ids: Vec<String> = Stage::all().iter().map(|stage| stage.id().to_string()).collect();
    prop::sample::select(ids)
}

fn objective() -> impl Strategy<Value = String> {
    let ids: Vec<String> = Objective::all().iter().map(|objective| objective.id().to_string()).collect();
    prop::sample::select(ids)
}

fn objective_event() -> impl Strategy<Value = (String, String)> {
    prop::sample::select(&OBJECTIVE_EVENTS[..])
        .prop_map(|(kind, target)| (kind.to_owned(), target.to_owned()))
}

fn event() -> impl Strategy<Value = Call> {
    let place = prop::option::weighted(0.3, prop::sample::select(vec!["cave".to_owned(), "peak".to_owned()]));
    let times = prop_oneof![8 => 1..4_u32, 1 => Just(0), 1 => Just(u32::MAX)];
    let failure = prop::sample::select(&FAILURE_EVENTS[..])
        .prop_map(|(kind, target)| (kind.to_owned(), target.to_owned()));
    prop_oneof![
        12 => (objective_event(), prop::option::weighted(0.1, objective_event()), times, place)
            .prop_map(|(event, also, times, place)| Call::Event(event, also, times, place)),
        1 => failure.prop_map(|event| Call::Event(event, None, 1, None)),
    ]
}

fn call() -> impl Strategy<Value = Call> {
    let known = prop_oneof![any::<bool>().prop_map(Known::Is), (-1..12_i64).prop_map(Known::Number)];
    prop_oneof![
        8 => quest().prop_map(Call::Start),
        1 => quest().prop_map(Call::Discover),
        20 => event(),
        2 => (objective(), 0..4_u32).prop_map(|(objective, times)| Call::Advance(objective, times)),
        1 => objective().prop_map(Call::Reveal),
        1 => stage().prop_map(Call::Update),
        1 => quest().prop_map(Call::Skip),
        1 => quest().prop_map(Call::Fail),
        2 => (0..3_u64).prop_map(Call::Turns),
        2 => Just(Call::Refresh),
        6 => (quest(), prop::option::of(0..5_usize), any::<bool>())
            .prop_map(|(quest, choice, room)| Call::TurnIn(quest, choice, room)),
        1 => (quest(), any::<bool>()).prop_map(|(quest, room)| Call::Claim(quest, room)),
        1 => quest().prop_map(Call::Reset),
        1 => prop_oneof![3 => Just("world"), 1 => Just("elsewhere")].prop_map(Call::Travel),
        4 => (prop::sample::select(&FACTS[..]), known).prop_map(|(name, known)| Call::Know(name.to_owned(), known)),
    ]
}

/// Up to so many calls.
pub(crate) fn calls(most: usize) -> impl Strategy<Value = Vec<Call>> {
    prop::collection::vec(call(), 0..most)
}

fn id<I: Id>(path: &str) -> I {
    I::parse(path).unwrap_or_else(|| panic!("no {} `{path}`", I::KIND))
}

fn typed((kind, target): &(String, String)) -> Option<QuestEvent> {
    Some(match kind.as_str() {
        "Kill" => QuestEvent::Kill(Id::parse(target)?),
        "Collect" => QuestEvent::Collect(Id::parse(target)?),
        "Talk" => QuestEvent::Talk(Id::parse(target)?),
        "Explore" => QuestEvent::Explore(Id::parse(target)?),
        "Escort" => QuestEvent::Escort(Id::parse(target)?),
        "Defend" => QuestEvent::Defend(Id::parse(target)?),
        "Craft" => QuestEvent::Craft(Id::parse(target)?),
        "Discover" => QuestEvent::Discover(Id::parse(target)?),
        "Deliver" => QuestEvent::Deliver(id::<journal::quests::NpcId>(target).into()),
        "Use" => QuestEvent::Use(id::<journal::quests::ItemId>(target).into()),
        "Survive" => QuestEvent::Survive,
        "Reach" => QuestEvent::Reach(Id::parse(target)?),
        "NPCDeath" => QuestEvent::NpcDeath(Id::parse(target)?),
        "ItemLost" => QuestEvent::ItemLost(Id::parse(target)?),
        "LocationLeft" => QuestEvent::LocationLeft(Id::parse(target)?),
        "PlayerDeath" => QuestEvent::PlayerDeath,
        "FactionHostile" => QuestEvent::FactionHostile(Id::parse(target)?),
        other => panic!("no event `{other}`"),
    })
}

/// Makes a call.
pub(crate) fn make(table: &mut Table<'_>, call: &Call) -> Result<Vec<String>, QuestError> {
    if let Call::Know(name, known) = call {
        table.facts.set(name.clone(), known.clone());
        return Ok(Vec::new());
    }
    if let Call::Travel(name) = call {
        table.travel(if *name == "world" { &HOME } else { &AWAY });
        return Ok(Vec::new());
    }
    table.tick(|quests, effects| match call {
        Call::Start(quest) => quests.start(id(quest), effects),
        Call::Discover(quest) => quests.discover(id(quest), effects),
        Call::Event(event, also, times, place) => {
            // Content that names no such thing cannot be told of it.
            let Some(event) = typed(event) else { return Ok(()) };
            let mut occurrence: Occurrence = event.times(*times);
            if let Some(also) = also.as_ref().and_then(typed) {
                occurrence = occurrence.also(also);
            }
            if let Some(place) = place {
                occurrence = occurrence.at(id(place));
            }
            quests.notify(occurrence, effects)
        }
        Call::Advance(objective, times) => quests.advance(id::<ObjectiveId>(objective), *times, effects),
        Call::Reveal(objective) => quests.reveal(id::<ObjectiveId>(objective), effects),
        Call::Update(stage) => quests.update(id::<StageId>(stage), effects),
        Call::Skip(quest) => quests.skip(id(quest), effects),
        Call::Fail(quest) => quests.fail(id(quest), effects),
        Call::Turns(turns) => quests.pass_turns(*turns, effects),
        Call::Refresh => {
            quests.refresh(effects);
            Ok(())
        }
        Call::TurnIn(quest, choice, room) => {
            let quest: QuestId = id(quest);
            let rewards = quest.get().map(Quest::rewards).unwrap_or_default();
            let choice = match choice {
                Some(at) => match rewards.get(*at) {
                    Some(reward) => Some(reward),
                    // There is nothing to pass; the model knows.
                    None => return Err(QuestError::NotAChoice),
                },
                None => None,
            };
            quests.turn_in(quest, choice, |reward| *room || reward.r#type().as_str() != "Item", effects)
        }
        Call::Claim(quest, room) => quests.claim(id(quest), |_| *room, effects),
        Call::Reset(quest) => quests.reset(id(quest), effects),
        Call::Know(..) | Call::Travel(_) => Ok(()),
    })
}
