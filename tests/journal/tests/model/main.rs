//! Long sequences of calls, against a model that is as naive as the Quest Schema describes: it compares strings, walks all
//! quests for each event, and keeps everything in maps.
//!
//! `PROPTEST_CASES=100000 cargo test -p journal --release --test model` is a long run.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

mod calls;
mod naive;

use calls::{Call, calls, make};
use journal::quests::{Objective, ObjectiveId, Quest};
use journal::table::{Table, new_player, play, play_as};
use journal::world::KnownFacts;
use naive::Naive;
use proptest::prelude::*;
use proptest::test_runner::Config;
use quest_types::journal::Limits;

/// A bounded run.
fn cases(bounded: u32) -> Config {
    let config =
        Config { failure_persistence: quest_test::proptest_regressions!("model"), ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { Config { cases: bounded, ..config } }
}

/// Whether both say the same of every quest.
fn compare(table: &Table<'_>, naive: &Naive) -> Result<(), TestCaseError> {
    for quest in Quest::all() {
        let id = quest.id();
        prop_assert_eq!(table.lifecycle(id).to_string(), naive.lifecycle(id.as_str()), "{}", id);
        let stage = table.player().stage(id).map(|stage| stage.as_str().to_owned());
        prop_assert_eq!(stage, naive.stage(id.as_str()), "{}", id);
        prop_assert_eq!(table.player().world(id), naive.world(id.as_str()), "{}", id);
        prop_assert_eq!(table.player().turns_left(id), naive.turns_left(id.as_str()), "{}", id);
        prop_assert_eq!(table.player().times_turned_in(id), naive.times(id.as_str()), "{}", id);
        let branches: Vec<&str> = table.player().branches(id).map(|branch| branch.as_str()).collect();
        prop_assert_eq!(branches, naive.branches(id.as_str()), "{}", id);
    }
    for objective in Objective::all() {
        let id: ObjectiveId = objective.id();
        let naive = naive.objective(&id.to_string());
        let path = table.player().path(id).map(|via| via.as_str().to_owned());
        prop_assert_eq!(
            (table.player().progress(id).0, table.player().is_visible(id), path),
            naive,
            "{}",
            id
        );
    }
    Ok(())
}

fn same(calls: &[Call]) -> Result<(), TestCaseError> {
    let mut naive = Naive::new();
    play(|table| {
        for (number, call) in calls.iter().enumerate() {
            let expected = naive.call(call);
            let found = make(table, call).map_err(|_| ());
            prop_assert_eq!(&found, &expected, "call {}: {:?}", number, call);
            prop_assert_eq!(&table.facts, &naive.facts);
        }
        compare(table, &naive)
    })
}

/// Plays some calls, saves and restores, and plays the others: nothing may tell the difference.
fn same_after_a_save(before: &[Call], after: &[Call]) -> Result<(), TestCaseError> {
    let mut naive = Naive::new();
    let mut server = journal::server();
    let mut player = new_player(&mut server, "kim");
    let world = server.world("world");
    let facts;
    (server, facts) = {
        let attachment = server.session(player).attach(&world);
        let mut table = Table { server, facts: KnownFacts::default(), attachment };
        for call in before {
            let _ = make(&mut table, call);
            let _ = naive.call(call);
        }
        player = table.attachment.detach().end();
        (table.server, table.facts)
    };
    let bytes = player.save_bytes();
    let save = quest_types::journal::Save::from_bytes(&bytes).expect("a save in bytes");
    prop_assert_eq!(save.to_bytes(), bytes.as_slice());
    drop(player);
    let text = serde_json::to_string(&save).expect("a save is JSON");
    let read: quest_types::journal::Save = serde_json::from_str(&text).expect("and back");
    prop_assert_eq!(&read, &save);
    let (mut restored, report) =
        server.restore(&read, "kim", save.version, &Limits::default()).expect("it is ours");
    prop_assert!(!report.content_changed && report.lost.is_empty());
    let again = restored.save_bytes();
    // From bytes to bytes, with one more version, and no name in between.
    let of_bytes = journal::server().restore_bytes(&bytes, "kim", save.version, &Limits::default());
    prop_assert_eq!(of_bytes.expect("it is ours").0.save_bytes(), again.as_slice());
    let mut again = quest_types::journal::Save::from_bytes(&again).expect("a save in bytes");
    prop_assert_eq!(again.version, save.version + 1);
    again.version = save.version;
    prop_assert_eq!(&again, &save);
    // It is in no world until it is attached to one: what comes after may be anywhere.
    naive.call(&Call::Travel("world")).expect("anybody may travel");
    play_as(server, restored, facts, |table| {
        compare(table, &naive)?;
        for call in after {
            prop_assert_eq!(make(table, call).map_err(|_| ()), naive.call(call), "{:?}", call);
        }
        compare(table, &naive)
    })
}

/// A secret that was counted, and then found, stays found when the quest is over and the count is gone.
#[test]
fn what_was_found_stays_found() {
    let event = |what: &str, whom: &str| Call::Event((what.to_owned(), whom.to_owned()), None, 1, None);
    let calls = [
        Call::Start("modular".to_owned()),
        event("Kill", "warden"),
        Call::Reveal("modular:ways:fight".to_owned()),
        event("Kill", "warden"),
        event("Reach", "peak"),
        Call::TurnIn("modular".to_owned(), None, false),
    ];
    same(&calls).expect("the same");
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn the_journal_does_what_the_document_says(calls in calls(120)) {
        same(&calls)?;
    }
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn saves_restore_what_was_saved(before in calls(80), after in calls(40)) {
        same_after_a_save(&before, &after)?;
    }
}

proptest! {
    #![proptest_config(cases(200))]

    /// Nothing that was going on before a save goes on after it is restored: whatever has happened, nothing more comes of
    /// it until the game calls again.
    #[test]
    fn a_restored_player_owes_nothing(before in calls(80)) {
        let mut player = play(|table| {
            for call in &before {
                let _ = make(table, call);
            }
            table.leave()
        });
        let save = player.save();
        let mut server = journal::server();
        let (restored, _) = server.restore(&save, "kim", 0, &Limits::default()).expect("it is ours");
        play_as(server, restored, KnownFacts::default(), |table| {
            let settled = table.tick(|quests, effects| {
                quests.refresh(effects);
                quests.pass_turns(0, effects)
            });
            prop_assert_eq!(settled, Ok(vec![]));
            let mut again = table.leave().save();
            again.version = save.version;
            prop_assert_eq!(&again, &save);
            Ok(())
        })?;
    }
}

/// Detaching and attaching again in between changes nothing that anybody can see.
#[test]
fn detaching_changes_nothing() {
    let mut runner = proptest::test_runner::TestRunner::new(cases(100));
    runner
        .run(&calls(60), |calls| {
            let mut naive = Naive::new();
            let mut server = journal::server();
            let world = server.world("world");
            let mut player = new_player(&mut server, "kim");
            let mut facts = KnownFacts::default();
            for call in &calls {
                let attachment = server.session(player).attach(&world);
                let mut table = Table { server, facts, attachment };
                naive.call(&Call::Travel("world")).expect("anybody may travel");
                prop_assert_eq!(make(&mut table, call).map_err(|_| ()), naive.call(call), "{:?}", call);
                player = table.attachment.detach().end();
                facts = table.facts;
                server = table.server;
            }
            Ok(())
        })
        .unwrap();
}
