//! What a player types, and what the game understands.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use adventure::quests::{Alias, AliasId, WritId};
use adventure::{Near, Thing, Unresolved, Way, order, resolve, resolve_known, suggest, suggest_known};
use adventure::{actor, task, writ};
use std::collections::BTreeMap;

fn meant(written: &str) -> (&'static str, Way) {
    let resolved = resolve(written).unwrap_or_else(|error| panic!("{error}"));
    (resolved.thing.canonical_id(), resolved.way)
}

fn near(near: Near) -> Vec<&'static str> {
    near.iter().map(Thing::canonical_id).collect()
}

fn alias(alias: &str) -> Way {
    Way::Alias(AliasId::find(alias).expect("an alias"))
}

#[test]
fn every_thing_has_its_id_and_its_title() {
    for thing in Thing::every() {
        let id = thing.canonical_id();
        assert_eq!(Thing::with_id(id), Some(thing));
        assert_eq!(meant(id), (id, Way::Id));
        assert_eq!(resolve(thing.title()).unwrap().thing, thing, "{id}");
        assert_eq!(resolve(&id.to_uppercase()).unwrap().thing, thing, "{id}");
        assert_eq!(resolve(&id.replace(['-', '_'], " ")).unwrap().thing, thing, "{id}");
    }
}

#[test]
fn every_alias_leads_to_its_id() {
    for found in Alias::all() {
        let written = found.id().as_str();
        let resolved = resolve(written).unwrap();
        assert_eq!((resolved.thing, resolved.way), (found.thing(), alias(written)));
    }
}

/// Ids are unique within a kind; that no word means two things has to be looked at across kinds.
#[test]
fn no_word_means_two_things() {
    let mut words: BTreeMap<String, Thing> = BTreeMap::new();
    let ids = Thing::every().map(|thing| (thing.canonical_id(), thing));
    let titles = Thing::every().map(|thing| (thing.title(), thing));
    let aliases = Alias::all().iter().map(|alias| (alias.id().as_str(), alias.thing()));
    for (word, thing) in ids.chain(titles).chain(aliases) {
        let folded: String = word.chars().filter(|letter| letter.is_alphanumeric()).collect();
        let first = *words.entry(folded.to_lowercase()).or_insert(thing);
        assert_eq!(first, thing, "`{word}`");
    }
}

#[test]
fn case_signs_and_titles_do_not_matter() {
    assert_eq!(meant("livia"), ("livia", Way::Id));
    assert_eq!(meant("Livia"), ("livia", Way::Spelling));
    assert_eq!(meant("  LIVIA "), ("livia", Way::Spelling));
    assert_eq!(meant("Magister Livia"), ("livia", Way::Title));
    assert_eq!(meant("magister"), ("livia", alias("magister")));
    assert_eq!(meant("Magister"), ("livia", alias("magister")));
    assert_eq!(meant("Guild Scout"), ("maro", alias("guild-scout")));
    assert_eq!(meant("signal-tower"), ("signal_tower", Way::Spelling));
    assert_eq!(meant("Ruined Signal Tower"), ("signal_tower", Way::Title));
    assert_eq!(meant("surveyors map"), ("map", Way::Title));
    assert_eq!(meant("Ward_Writ"), ("ward-writ", Way::Spelling));
}

#[test]
fn answers_name_the_id() {
    assert_eq!(resolve("magister livia").unwrap().to_string(), "Magister Livia [livia]");
    assert_eq!(resolve("eagle").unwrap().to_string(), "Eagle Standard [eagle-standard]");
}

#[test]
fn what_is_missing_is_suggested() {
    assert_eq!(near(suggest("ward")), ["ward-writ", "ward-wraith", "vault-ward"]);
    assert_eq!(near(suggest("wraith")), ["ward-wraith"]);
    assert_eq!(near(suggest("Writ")), ["ward-writ", "route-writ", "custody-writ"]);
    assert_eq!(near(suggest("gate")), ["gate_yard", "gate-echo", "gate-hound"]);
    assert_eq!(near(suggest("aurelian")), ["fort_aurelian"]);
}

#[test]
fn what_is_misspelt_is_suggested() {
    assert_eq!(near(suggest("livai")), ["livia"]);
    assert_eq!(near(suggest("ward-wrti")), ["ward-writ"]);
    assert_eq!(near(suggest("eagel standard")), ["eagle-standard"]);
    assert_eq!(near(suggest("signal_twoer")), ["signal_tower"]);
    // An alias that is nearly right leads to what it names.
    assert_eq!(near(suggest("magistre")), ["livia"]);
    assert_eq!(near(suggest("survivr")), ["wounded-legionary", "survivor-report"]);
}

#[test]
fn what_is_far_from_everything_is_not() {
    for written in ["", " ", "x", "-", "dragon", "ü", "Drachenfels", &"ward".repeat(30)] {
        assert!(suggest(written).is_empty(), "`{written}`: {:?}", near(suggest(written)));
    }
}

#[test]
fn suggestions_are_words_too() {
    let error = resolve("ward").unwrap_err();
    assert_eq!(
        error.to_string(),
        "nothing is called `ward`; did you mean `ward-writ`, `ward-wraith` or `vault-ward`?"
    );
    assert_eq!(resolve("livai").unwrap_err().to_string(), "nothing is called `livai`; did you mean `livia`?");
    assert_eq!(resolve(" dragon ").unwrap_err().to_string(), "nothing is called `dragon`");
}

#[test]
fn only_what_a_player_knows_is_suggested() {
    let wraith = Thing::with_id("ward-wraith").unwrap();
    assert_eq!(near(suggest_known("ward", |thing| thing != wraith)), ["ward-writ", "vault-ward"]);
    assert!(suggest_known("ward", |_| false).is_empty());
    let error = resolve_known("wraith", |_| false).unwrap_err();
    assert_eq!(error.to_string(), "nothing is called `wraith`");
    assert_eq!(resolve_known("ward-wraith", |_| false).unwrap().thing, wraith);
}

#[test]
fn a_name_has_at_most_80_bytes() {
    assert!(matches!(resolve(&"x".repeat(80)), Err(Unresolved::Unknown { .. })));
    let error = resolve(&"x".repeat(81)).unwrap_err().to_string();
    assert_eq!(error, "no name has 81 bytes: the longest have 80");
    assert_eq!(meant(&format!("{}livia{}", " ".repeat(200), " ".repeat(200))), ("livia", Way::Id));
}

#[test]
fn the_same_word_always_gives_the_same_answer() {
    for thing in Thing::every() {
        for end in 0..thing.canonical_id().len() {
            let written = &thing.canonical_id()[..end];
            assert_eq!(suggest(written), suggest(written));
            assert_eq!(resolve(written), resolve(written));
        }
    }
    let order: Vec<&str> = Thing::every().map(Thing::canonical_id).collect();
    assert_eq!(
        order,
        [
            "ashen_road",
            "fort_aurelian",
            "gate_yard",
            "signal_tower",
            "under_vault",
            "map",
            "coin",
            "key",
            "scout-marker",
            "eagle-standard",
            "tiro",
            "signifer",
            "centurion",
            "legate",
            "route-evidence",
            "temple-seal",
            "survivor-report",
            "varro",
            "livia",
            "iunia",
            "maro",
            "wounded-legionary",
            "gate-echo",
            "ward-wraith",
            "imp-scout",
            "gate-hound",
            "ward-writ",
            "route-writ",
            "custody-writ",
            "vault-ward",
        ]
    );
}

#[test]
fn a_wrong_order_gets_a_hint() {
    let livia = actor!("livia");
    let none = |_: WritId| false;
    assert_eq!(order(livia, "detect-ward", none), Ok(task!("livia:detect-ward")));
    assert_eq!(order(livia, "Detect Ward", none), Ok(task!("livia:detect-ward")));
    let error = order(livia, "sing", |writ| writ == writ!("ward-writ")).unwrap_err();
    assert_eq!(error.instead, Some(task!("livia:detect-ward")));
    assert_eq!(
        error.to_string(),
        format!("Magister Livia [livia] cannot do that. {}", task!("livia:detect-ward").hint())
    );
    // A player without the writ has not heard of the tasks that need it.
    let error = order(livia, "sing", none).unwrap_err();
    assert_eq!(error.to_string(), "Magister Livia [livia] cannot do that.");
    assert!(order(actor!("varro"), "sing", |_| true).unwrap_err().instead.is_none());
}
