//! Quests lead to the records of other systems, and those lead back (Quest Schema §3.6, §8.1, §10.1).

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use neighbours::quests::{
    ChoiceConditionTarget, CodexEntry, Dialogue, DialogueNode, Faction, Item, ItemCategory, ItemRarity, Npc,
    NpcOrFactionOrItemOrLocationOrEnemy as Subject, Objective, ObjectiveTarget, Outcome, Quest, RewardTarget,
    StageOrObjective, TierAttitude,
};
use neighbours::{
    Speech, codex_entry, dialogue, dialogue_choice, dialogue_node, discoveries, faction, item, leads_to,
    location, npc, objective, quest, said, stage, stage_of, starts, tier, touches,
};

fn ids<'a, T: ToString + 'a>(ids: impl IntoIterator<Item = T>) -> Vec<String> {
    ids.into_iter().map(|id| id.to_string()).collect()
}

#[test]
fn a_reward_of_reputation_leads_to_the_tiers_of_its_faction() {
    let reward = quest!("iron-path").rewards().iter().find_map(|reward| match reward.target() {
        RewardTarget::Reputation(faction) => Some((faction, reward.amount().unwrap())),
        _ => None,
    });
    let (guild, amount) = reward.expect("the quest pays reputation");
    assert_eq!((guild, amount), (faction!("dvergr-guild"), 50));
    assert_eq!(guild.name(), "The Dvergr Guild");
    assert_eq!(
        ids(guild.tiers().iter().map(|tier| tier.id().as_str())),
        ["debtor", "outsider", "journeyman", "master"]
    );
    let after = guild.start() + i16::try_from(amount).unwrap();
    assert_eq!(guild.record().tier_at(after).unwrap().id(), tier!("dvergr-guild:outsider"));
    assert_eq!(guild.home_location(), Some(location!("location-ironhold")));
}

#[test]
fn reputation_falls_into_one_tier() {
    let clans = faction!("rust-clans");
    let at = |reputation| clans.record().tier_at(reputation).map(|tier| tier.id().as_str());
    assert_eq!(at(-1000), Some("hunted"));
    assert_eq!(at(-201), Some("hunted"));
    assert_eq!(at(-200), Some("shunned"));
    assert_eq!(at(-1), Some("shunned"));
    assert_eq!(at(0), Some("stranger"));
    assert_eq!(at(499), Some("picker"));
    assert_eq!(at(500), Some("clan-friend"));
    assert_eq!(at(1000), Some("clan-friend"));
    assert_eq!(at(-1001), None);
    assert_eq!(tier!("rust-clans:hunted").attitude(), TierAttitude::Hostile);
    assert_eq!(tier!("rust-clans:hunted").faction(), clans);
    // A schema cannot say that a list is sorted, so this does.
    for faction in Faction::all() {
        assert!(faction.tiers().is_sorted_by(|a, b| a.from() < b.from()), "{}", faction.id());
        assert_eq!(faction.tiers()[0].from(), -1000, "{}", faction.id());
    }
}

#[test]
fn factions_and_quests_agree_on_who_touches_whom() {
    for faction in Faction::all() {
        assert_eq!(
            ids(touches(faction.id()).map(|quest| quest.id())),
            ids(faction.quests()),
            "{}",
            faction.id()
        );
        for rival in faction.rivals() {
            assert!(rival.rivals().iter().any(|back| back == faction.id()));
        }
    }
}

#[test]
fn a_reward_of_an_item_leads_to_the_item() {
    let items: Vec<&Item> = Quest::all()
        .iter()
        .flat_map(Quest::rewards)
        .filter_map(|reward| match reward.target() {
            RewardTarget::Item(item) => item.get(),
            _ => None,
        })
        .collect();
    assert_eq!(ids(items.iter().map(|item| item.name())), ["Rune-Etched Blade", "Ancient Notes"]);
    let blade = items[0];
    assert_eq!((blade.category(), blade.rarity()), (ItemCategory::Weapon, ItemRarity::Rare));
    assert_eq!(blade.faction().map(Faction::id), Some(faction!("dvergr-guild")));
    let price = blade.price().expect("a price");
    assert_eq!((price.currency().as_str(), price.amount()), ("scrip", 40));
    assert!(item!("item-rune-key").price().is_none());
    assert_eq!(item!("item-rune-key").stack(), 1);
}

#[test]
fn objectives_and_items_agree_on_what_is_needed() {
    for objective in Objective::all() {
        let needs = match objective.target() {
            ObjectiveTarget::Collect(item) => item.needed_for().iter().any(|back| back == objective.id()),
            _ => true,
        };
        assert!(needs, "the item of {} does not know", objective.id());
    }
    for item in Item::all() {
        for objective in item.needed_for() {
            assert_eq!(objective.target(), ObjectiveTarget::Collect(item.id()));
        }
    }
}

#[test]
fn an_objective_to_discover_leads_to_the_codex_and_back() {
    let read = objective!("hidden-cache:read-wall:read-forge-wall");
    let ObjectiveTarget::Discover(entry) = read.target() else { panic!("{:?}", read.target()) };
    assert_eq!(entry, codex_entry!("codex-dvergr-forge"));
    assert_eq!(entry.name(), "The Sealed Forge");
    assert_eq!(ids(discoveries(entry).map(|objective| objective.id())), ids([read]));
    let found: Vec<StageOrObjective> = entry.discovered_in().collect();
    assert_eq!(
        found,
        [StageOrObjective::Objective(read), StageOrObjective::Stage(stage!("iron-path:find-descent"))]
    );
    let about: Vec<Subject> = entry.about().collect();
    assert_eq!(
        about,
        [
            Subject::Faction(faction!("dvergr-guild")),
            Subject::Location(location!("location-iron-crypts")),
            Subject::Item(item!("item-rune-key")),
        ]
    );
    assert_eq!(item!("item-dvergr-notes").codex_entry().map(CodexEntry::id), Some(entry));
}

#[test]
fn an_outcome_starts_a_quest() {
    let accept = dialogue_choice!("kjartan-accept-iron-path");
    let Some(Outcome::QuestStart(start)) = accept.outcome() else { panic!("{:?}", accept.outcome()) };
    assert_eq!(start.quest().id(), quest!("iron-path"));
    assert_eq!(accept.next_node().map(DialogueNode::id), Some(dialogue_node!("kjartan-marks-map")));
}

#[test]
fn an_outcome_moves_a_quest_to_a_stage_or_settles_an_objective() {
    // The example of §3.6.
    let Some(Outcome::QuestUpdate(update)) = dialogue_node!("kjartan-marks-map").outcome() else {
        panic!("an update")
    };
    let step = update.step();
    assert_eq!(step, StageOrObjective::Stage(stage!("iron-path:find-descent")));
    assert_eq!(stage_of(step).quest(), quest!("iron-path"));

    let Some(Outcome::QuestUpdate(update)) = dialogue_choice!("kjartan-read-notes").outcome() else {
        panic!("an update")
    };
    let notes = objective!("iron-path:find-descent:collect-notes");
    assert_eq!(update.step(), StageOrObjective::Objective(notes));
}

#[test]
fn outcomes_of_the_other_kinds_lead_to_records() {
    // Quest Schema §3.5: what the three ways to stop the Warden do to reputation.
    let amounts = ["sigrun-swear-to-fight", "sigrun-offer-parley", "sigrun-use-override"].map(|id| {
        let choice = neighbours::quests::DialogueChoiceId::find(id).expect("a choice");
        let Some(Outcome::Reputation(change)) = choice.outcome() else {
            panic!("{id}: {:?}", choice.outcome())
        };
        (change.faction().id().as_str(), change.amount())
    });
    assert_eq!(amounts, [("iron-banes", 50), ("rust-clans", 25), ("iron-banes", -50)]);

    let Some(Outcome::GrantItem(gift)) = dialogue_node!("kjartan-gives-notes").outcome() else {
        panic!("a gift")
    };
    assert_eq!((gift.item().id(), gift.amount()), (item!("item-dvergr-notes"), 3));
    let Some(Outcome::GrantItem(gift)) = dialogue_choice!("salvage-ask-blade").outcome() else {
        panic!("a gift")
    };
    assert_eq!((gift.item().name(), gift.amount()), ("Plain Blade", 1));

    let Some(Outcome::Discover(learnt)) = dialogue_choice!("sigrun-ask-undying").outcome() else {
        panic!("a discovery")
    };
    assert_eq!(learnt.entry().id(), codex_entry!("codex-undying"));
}

#[test]
fn conditions_of_answers_name_tiers_and_stages() {
    let target = |choice: neighbours::quests::DialogueChoiceId| choice.conditions()[0].target();
    assert_eq!(
        target(dialogue_choice!("salvage-ask-blade")),
        ChoiceConditionTarget::FactionTier(tier!("rust-clans:clan-friend"))
    );
    assert_eq!(
        target(dialogue_choice!("kjartan-show-proof")),
        ChoiceConditionTarget::StageActive(stage!("iron-path:return-kjartan"))
    );
}

#[test]
fn each_quest_is_started_by_the_npc_who_gives_it() {
    for quest in Quest::all() {
        let giver = quest.quest_giver().expect("a giver").npc();
        let starts: Vec<_> = starts(quest.id()).collect();
        let [start] = starts.as_slice() else { panic!("{} is started {} times", quest.id(), starts.len()) };
        assert_eq!(start.dialogue.npc().id(), giver.id());
        assert_eq!(start.quest(), Some(quest.id()));
        assert!(giver.gives().iter().any(|gives| gives == quest.id()), "{} does not know", giver.id());
        // Where the quest names a node, that node or one of its answers starts it.
        if let Some(node) = quest.quest_giver().and_then(|giver| giver.dialogue_node()) {
            let here = match start.speech {
                Speech::Npc(said) => said.id() == node.id(),
                Speech::Player(said) => node.choices().iter().any(|choice| choice.id() == said.id()),
            };
            assert!(here, "{} is not started at {}", quest.id(), node.id());
        }
    }
    for npc in Npc::all() {
        for quest in npc.gives() {
            assert_eq!(quest.quest_giver().map(|giver| giver.npc().id()), Some(npc.id()));
        }
    }
}

#[test]
fn dialogues_are_found_from_quests() {
    let [start] = starts(quest!("hidden-cache")).collect::<Vec<_>>()[..] else { panic!("one start") };
    assert_eq!(start.dialogue.id(), dialogue!("scholar"));
    assert!(
        matches!(start.speech, Speech::Npc(node) if node.id() == dialogue_node!("scholar-hidden-cache-offer"))
    );
    let to_descent: Vec<String> = leads_to(stage!("iron-path:find-descent"))
        .map(|said| match said.speech {
            Speech::Npc(node) => node.id().to_string(),
            Speech::Player(choice) => choice.id().to_string(),
        })
        .collect();
    assert_eq!(to_descent, ["kjartan-marks-map", "kjartan-read-notes"]);
    assert_eq!(leads_to(stage!("lost-tools:return-tools")).count(), 0);
    assert_eq!(said().filter(|said| said.quest() == Some(quest!("iron-path"))).count(), 3);
}

#[test]
fn every_dialogue_belongs_to_an_npc_who_starts_in_it() {
    assert_eq!(
        ids(Dialogue::all().iter().map(Dialogue::id)),
        ["kjartan", "patrol-captain", "salvage-master", "scholar", "sigrun"]
    );
    for dialogue in Dialogue::all() {
        let greeting = dialogue.npc().greeting_node().expect("a greeting");
        assert!(dialogue.nodes().iter().any(|node| node.id() == greeting.id()), "{}", dialogue.id());
    }
    assert!(npc!("npc-bjorn").greeting_node().is_none());
}
