//! Saves that must be refused, saves of other content, and the first save that was ever written.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use journal::quests::journal::{Effects, Player, QuestEvent};
use journal::table::{Table, play_as, told};
use journal::world::{Known, KnownFacts};
use journal::{branch, enemy, item, npc, objective, quest, stage};
use quest_types::journal::{
    Lifecycle, Limits, Lost, Report, RestoreError, SAVE_FORMAT, Save, SavedProgress, SavedState,
};
use std::path::Path;

/// A player in the middle of things.
fn player() -> Player {
    let mut server = journal::server();
    let world = server.world("world");
    let player = server.player("kim").unwrap();
    let attachment = server.session(player).attach(&world);
    let mut facts = KnownFacts::default();
    facts.set("ability:hacking", Known::Is(true));
    let mut table = Table { server, facts, attachment };
    for quest in
        [quest!("plain"), quest!("modular"), quest!("timed-turn"), quest!("choice"), quest!("secret")]
    {
        table.tick(|quests, effects| quests.start(quest, effects)).unwrap();
    }
    table.event(QuestEvent::Kill(enemy!("wolf")));
    table.event(QuestEvent::Collect(item!("herb")));
    table.event(QuestEvent::Kill(enemy!("warden")).times(2));
    table.event(QuestEvent::Talk(npc!("elder")));
    table.turns(2);
    let pick = quest!("choice").rewards().get(1);
    table.tick(|quests, effects| quests.turn_in(quest!("choice"), pick, |_| false, effects)).unwrap();
    table.attachment.detach().end()
}

fn save() -> Save {
    player().save()
}

fn restore(save: &Save) -> Result<(Player, Report), RestoreError> {
    journal::server().restore(save, "kim", 0, &Limits::default())
}

/// A save that says the same but for what its JSON says: what nobody can write in code.
fn edited(save: &Save, change: impl FnOnce(&mut serde_json::Value)) -> Save {
    let mut json = serde_json::to_value(save).unwrap();
    change(&mut json);
    serde_json::from_value(json).unwrap()
}

/// Restores a save and plays on.
fn play_on<T>(save: &Save, play: impl FnOnce(&mut Table<'_>) -> T) -> T {
    let mut server = journal::server();
    let (player, _) = server.restore(save, "kim", 0, &Limits::default()).unwrap();
    play_as(server, player, KnownFacts::default(), play)
}

fn refused(change: impl FnOnce(&mut Save)) -> RestoreError {
    let mut save = save();
    change(&mut save);
    restore(&save).map(|(_, report)| report).expect_err("it is refused")
}

#[test]
fn what_is_refused() {
    for format in [0, SAVE_FORMAT + 1, u32::MAX] {
        assert_eq!(refused(|save| save.format = format), RestoreError::Format { found: format });
    }
    let of_eve = refused(|save| *save = edited(save, |json| json["owner"] = "eve".into()));
    assert_eq!(of_eve, RestoreError::Owner { found: "eve".into() });
    assert_eq!(refused(|save| save.game = "chess".into()), RestoreError::OtherGame { found: "chess".into() });
    let save = save();
    let older = journal::server().restore(&save, "kim", 2, &Limits::default()).map(|_| ());
    assert_eq!(older, Err(RestoreError::Older { found: 1, newest: 2 }));
}

#[test]
fn quests_that_are_all_gone() {
    let mut save = save();
    save.content = "0".into();
    save.held.clear();
    save.quests.iter_mut().for_each(|quest| quest.id = format!("other-{}", quest.id));
    let (mut player, report) = restore(&save).unwrap();
    let mut gone: Vec<Lost> = save.quests.iter().map(|quest| Lost::Quest(quest.id.clone())).collect();
    gone.sort_unstable();
    assert_eq!(report.lost, gone);
    assert_eq!(player.save().quests, []);
}

#[test]
fn what_is_too_large() {
    let within = |limits: Limits| journal::server().restore(&save(), "kim", 0, &limits).map(|_| ());
    let over = |what, found, limit| Err(RestoreError::OverLimit { what, found, limit });
    let quests = save().quests.len();
    assert_eq!(within(Limits::default().with_quests(quests - 1)), over("quests", quests, quests - 1));
    assert_eq!(within(Limits::default().with_entries(1)), over("objectives with progress", 2, 1));
    assert_eq!(within(Limits::default().with_text(10)), over("bytes of a text", 12, 10));
    assert_eq!(within(Limits::default().with_quests(quests).with_entries(2).with_text(64)), Ok(()));
}

#[test]
fn what_was_edited_by_hand() {
    let damaged = |what: &'static str, change: fn(&mut Save)| match refused(change) {
        RestoreError::Damaged { what: found, .. } => assert_eq!(found, what),
        other => panic!("{what}: {other}"),
    };
    damaged("does not exist in the content of the save", |save| {
        save.quests[0].id = "gold-for-nothing".into()
    });
    damaged("is there twice", |save| {
        let again = save.quests[0].clone();
        save.quests.push(again);
    });
    damaged("is further than it can be", |save| plain(save)[0].count = u32::MAX);
    damaged("is further than it can be", |save| plain(save)[0].done = true);
    damaged("is further than it can be", |save| plain(save)[0].count = 0);
    damaged("has progress twice", |save| {
        let again = plain(save)[0].clone();
        plain(save).push(again);
    });
    damaged("is an objective of another quest", |save| plain(save)[0].objective = "again:try:work".into());
    damaged("is a stage of another quest", |save| run(save).stage = Some("again:try".into()));
    damaged("is a branch of another quest", |save| run(save).branches.push("again:slipped".into()));
    damaged("was begun and does not say how it goes", |save| save.quests[0].run = None);
    damaged("was not begun and goes on", |save| save.quests[0].state = SavedState::NotStarted);
    damaged("is turned in and never was", |save| {
        run(save).progress.clear();
        save.quests[0].state = SavedState::TurnedIn;
    });
    damaged("is over and has progress", |save| save.quests[0].state = SavedState::Failed);
    damaged("is over and has time left", |save| {
        run(save).turns_left = Some(3);
        save.quests[0].state = SavedState::Complete;
    });
    damaged("has no turns left and goes on", |save| run(save).turns_left = Some(0));
    damaged("has more turns left than it has", |save| run(save).turns_left = Some(1));
    damaged("has more turns left than it has", |save| timed(save).turns_left = Some(u64::MAX));
    damaged("has turns left after its last", |save| timed(save).expired = true);
    damaged("has reached a limit that it does not have", |save| run(save).expired = true);
    damaged("was done by what is no way to do it", |save| {
        run(save).paths.push(("plain:one:wolves".into(), "plain:one:herbs".into()));
    });
    damaged("holds back what it has not paid", |save| {
        let again = save.held[0].clone();
        save.held.push(again);
    });
    damaged("holds back what it has not paid", |save| {
        let choice = save.quests.iter_mut().find(|quest| quest.id == "choice").unwrap();
        choice.times = 0;
    });
    damaged("names a world, of which its format does not speak", |save| save.format = 1);
    damaged("cannot rise any more", |save| save.version = u64::MAX);
    damaged("does not exist in the content of the save", |save| save.held[0].reward = "Item crown 1".into());
}

fn run(save: &mut Save) -> &mut quest_types::journal::SavedRun {
    assert_eq!(save.quests[0].id, "plain");
    save.quests[0].run.as_mut().unwrap()
}

fn timed(save: &mut Save) -> &mut quest_types::journal::SavedRun {
    let timed = save.quests.iter_mut().find(|quest| quest.id == "timed-turn").unwrap();
    timed.run.as_mut().unwrap()
}

fn plain(save: &mut Save) -> &mut Vec<SavedProgress> {
    &mut run(save).progress
}

#[test]
fn what_is_no_save() {
    let text = serde_json::to_string(&save()).unwrap();
    // Cut anywhere, it is nothing.
    for end in (0..text.len()).step_by(7) {
        assert!(serde_json::from_str::<Save>(&text[..end]).is_err());
    }
    for (wrong, right) in
        [("\"quests\"", "\"quest\""), ("\"version\":1", "\"version\":-1"), ("\"active\"", "\"won\"")]
    {
        assert!(text.contains(wrong));
        assert!(serde_json::from_str::<Save>(&text.replacen(wrong, right, 1)).is_err(), "{right}");
    }
    assert!(serde_json::from_str::<Save>(&text.replacen('{', "{\"cheat\":true,", 1)).is_err());
}

#[test]
fn content_that_has_changed() {
    let mut save = save();
    save.content = "0123456789abcdef".into();
    let find = |save: &mut Save, id: &str| save.quests.iter().position(|quest| quest.id == id).unwrap();
    // Renamed: a quest, a stage, an objective and a branch.
    let choice = find(&mut save, "choice");
    save.quests[choice].id = "old-choice".into();
    save.held.iter_mut().for_each(|held| held.quest = "old-choice".into());
    let modular = find(&mut save, "modular");
    let run = save.quests[modular].run.as_mut().unwrap();
    run.branches = vec!["modular:swords".into()];
    run.progress = vec![
        SavedProgress::new("modular:the-ways:by-sword", 2, true),
        SavedProgress::new("modular:the-ways:main", 1, true),
        SavedProgress::new("modular:the-ways:gone", 1, false),
    ];
    run.paths = vec![("modular:the-ways:main".into(), "modular:ways:by-sword".into())];
    // Gone.
    let plain = &mut save.quests[0];
    let run = plain.run.as_mut().unwrap();
    run.stage = Some("plain:zero".into());
    run.branches.push("plain:shortcut".into());
    run.progress = vec![
        // It asked for less, and was done; it asks for more, and was not.
        SavedProgress::new("plain:one:wolves", 1, true),
        SavedProgress::new("plain:one:herbs", 9, false),
    ];
    save.held[0].reward = "Item crown 1".into();
    let mut gone = save.quests[0].clone();
    gone.id = "gone".into();
    save.quests.push(gone);

    let (player, report) = restore(&save).unwrap();
    assert!(report.content_changed);
    assert_eq!(
        report.lost,
        [
            Lost::Quest("gone".into()),
            Lost::Stage("plain:zero".into()),
            Lost::Objective("modular:the-ways:gone".into()),
            Lost::Branch("plain:shortcut".into()),
            Lost::Reward("old-choice".into(), "Item crown 1".into()),
        ]
    );
    assert_eq!(player.times_turned_in(quest!("choice")), 1);
    assert_eq!(player.held(quest!("choice")).count(), save.held.len() - 1);
    assert!(player.branches(quest!("modular")).eq([branch!("modular:fought")]));
    assert_eq!(player.path(objective!("modular:ways:main")), Some(objective!("modular:ways:fight")));
    // The first stage of the main line was over, by what was done: it is not begun again, and does nothing twice.
    assert_eq!(player.stage(quest!("plain")), Some(stage!("plain:two")));
    assert_eq!(player.progress(objective!("plain:one:wolves")), (3, 3));
    assert_eq!(player.progress(objective!("plain:one:herbs")), (1, 2));

    // Restoring runs nothing. The stage needs nothing more, so the quest goes on when the server lets it.
    drop(player);
    play_on(&save, |table| {
        let happened = table.tick(|quests, effects| {
            quests.refresh(effects);
            Ok(())
        });
        assert_eq!(happened, Ok(vec![]));
    });
}

#[test]
fn rewards_are_held_once() {
    play_on(&save(), |table| {
        // Two are of one sort; the save tells them apart.
        assert_eq!(table.player().held(quest!("choice")).count(), 4);
        let choice = quest!("choice");
        let happened = table.tick(|quests, effects| quests.claim(choice, |_| true, effects)).unwrap();
        assert_eq!(happened, ["reward Experience", "reward Item", "reward Item", "reward Item"]);
        assert!(table.tick(|quests, effects| quests.claim(choice, |_| true, effects)).is_err());
    });
}

/// Saves of all formats can be read for good. When the format changes, these files stay, and a new one comes beside them.
#[test]
fn every_save_that_was_ever_written_can_still_be_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/saves");
    let newest = folder.join(format!("format-{SAVE_FORMAT}.json"));
    if !newest.exists() {
        // A file that exists is never changed, not even on request.
        quest_test::assert_golden(&newest, serde_json::to_string_pretty(&save()).unwrap() + "\n");
    }
    for format in 1..=SAVE_FORMAT {
        let text = std::fs::read_to_string(folder.join(format!("format-{format}.json"))).unwrap();
        let save: Save = serde_json::from_str(&text).unwrap();
        assert_eq!(save.format, format);
        goes_on(&save);
    }
}

/// Restores a save of the player above, and plays on.
fn goes_on(save: &Save) {
    let mut server = journal::server();
    let (player, report) = server.restore(save, "kim", 0, &Limits::default()).unwrap();
    assert_eq!(report.lost, []);
    let facts = KnownFacts::default();
    let states =
        [("plain", Lifecycle::Active), ("modular", Lifecycle::Active), ("choice", Lifecycle::Available)];
    for (id, state) in states {
        let quest = journal::quests::QuestId::find(id).unwrap();
        assert_eq!(player.lifecycle(quest, &facts), state, "{id}");
    }
    assert_eq!(player.progress(objective!("plain:one:wolves")), (1, 3));
    assert_eq!(player.stage(quest!("modular")), Some(stage!("modular:fought-it")));
    assert_eq!(player.turns_left(quest!("timed-turn")), Some(3));
    // Format 1 does not say where quests were begun: they go on where the player is next.
    assert_eq!(player.world(quest!("plain")), (save.format > 1).then_some("world"));
    let world = server.world("world");
    let mut attachment = server.session(player).attach(&world);
    assert_eq!(attachment.player().world(quest!("plain")), Some("world"));
    let mut effects = Effects::new();
    let tick = server.tick();
    attachment.tick(&tick, &facts).unwrap().pass_turns(3, &mut effects).unwrap();
    let happened: Vec<String> = effects.drain().map(|effect| told(&effect)).collect();
    assert_eq!(happened, ["branch timed-turn:too-late to timed-turn:late", "entered timed-turn:late"]);
}

/// A save of other content, with these quests in JSON.
fn of_other_content(quests: serde_json::Value, held: serde_json::Value) -> Save {
    serde_json::from_value(serde_json::json!({
        "format": 4, "game": "journal-test", "content": "0123456789abcdef", "owner": "kim", "version": 3,
        "quests": quests, "held": held,
    }))
    .unwrap()
}

/// A quest that is active in a stage, with objectives that are done.
fn active(id: &str, stage: &str, done: &[&str]) -> serde_json::Value {
    let progress: Vec<_> = done
        .iter()
        .map(|objective| serde_json::json!({"objective": objective, "count": 9, "done": true}))
        .collect();
    serde_json::json!({
        "id": id, "state": "active", "runs": 1,
        "run": {"stage": stage, "world": "world", "entered": 2, "progress": progress},
    })
}

fn refresh(table: &mut Table<'_>) -> Vec<String> {
    let refreshed = table.tick(|quests, effects| {
        quests.refresh(effects);
        Ok(())
    });
    refreshed.unwrap()
}

/// A quest whose stage is gone does nothing twice, whatever it does next.
#[test]
fn a_stage_that_is_gone_repeats_no_action() {
    // The first was over, and the quest was in one that led on from it.
    let save = of_other_content(
        serde_json::json!([active("plain", "plain:gone", &["plain:one:wolves", "plain:two:tell"])]),
        serde_json::json!([]),
    );
    play_on(&save, |table| {
        assert_eq!(table.player().stage(quest!("plain")), Some(stage!("plain:two")));
        // It begins anew, though all of it was done.
        assert_eq!(table.player().progress(objective!("plain:two:tell")), (0, 1));
        assert_eq!(refresh(table), Vec::<String>::new());
        let told = table.event(QuestEvent::Talk(npc!("elder")));
        let expected =
            ["progress plain:two:tell 1/1", "done plain:two:tell", "over plain:two", "complete plain"];
        assert_eq!(told, expected);
    });
    // Only the first stage is left, and it was over: its actions are not done again.
    let quests = serde_json::json!([active("modular", "modular:gone", &["modular:ways:main"])]);
    let save = of_other_content(quests, serde_json::json!([]));
    play_on(&save, |table| {
        let stage = table.player().stage(quest!("modular")).unwrap();
        table.facts.set("ability:hacking", Known::Is(true));
        let happened = table.event(QuestEvent::Kill(enemy!("warden")).times(2));
        assert!(happened.iter().all(|line| !line.starts_with("action")), "{stage}: {happened:?}");
        // The mark is saved with the quest, and ends with its stage.
    });
}

#[test]
fn held_rewards_are_paid_as_they_are_now() {
    let again = serde_json::json!([{"id": "plain", "state": "not_started", "times": 1, "runs": 1}]);
    let held = serde_json::json!([{"quest": "plain", "reward": "Gold coin 2", "run": 1}]);
    let save = of_other_content(again.clone(), held);
    let (player, report) = restore(&save).unwrap();
    assert_eq!(report.lost, []);
    let changed: Vec<_> =
        report.rewards.iter().map(|reward| (reward.was.as_str(), reward.now.as_str())).collect();
    assert_eq!(changed, [("Gold coin 2", "Gold coin 5")]);
    drop(player);
    play_on(&save, |table| {
        let plain = quest!("plain");
        let paid = table.tick(|quests, effects| quests.claim(plain, |_| true, effects));
        assert_eq!(paid, Ok(vec!["reward Gold".to_owned()]));
        assert!(table.tick(|quests, effects| quests.claim(plain, |_| true, effects)).is_err());
    });
    // Of another thing, it is gone.
    let held = serde_json::json!([{"quest": "plain", "reward": "Gold ruby 2", "run": 1}]);
    let (_, report) = restore(&of_other_content(again, held)).unwrap();
    assert_eq!(report.lost, [Lost::Reward("plain".into(), "Gold ruby 2".into())]);
    assert_eq!(report.rewards, []);
}

#[test]
fn a_quest_that_can_be_repeated_now() {
    let mut turned_in = active("plain", "plain:two", &[]);
    turned_in["state"] = "turned_in".into();
    turned_in["times"] = 1.into();
    let save = of_other_content(serde_json::json!([turned_in]), serde_json::json!([]));
    play_on(&save, |table| {
        let plain = quest!("plain");
        assert_eq!(table.lifecycle(plain), Lifecycle::Available);
        assert_eq!(table.player().times_turned_in(plain), 1);
        table.tick(|quests, effects| quests.start(plain, effects)).unwrap();
    });
}

/// The alternatives of a new objective were done before it was there.
#[test]
fn a_new_objective_in_an_old_stage() {
    let quests = serde_json::json!([active("modular", "modular:ways", &["modular:ways:fight"])]);
    play_on(&of_other_content(quests, serde_json::json!([])), |table| {
        let happened = refresh(table);
        assert!(
            happened.contains(&"done modular:ways:main via modular:ways:fight".to_owned()),
            "{happened:?}"
        );
        assert_eq!(refresh(table), Vec::<String>::new());
    });
}

/// Two that were made one.
#[test]
fn merged_ids() {
    let new = active("choice", "choice:gone", &[]);
    let mut old = active("old-choice", "choice:gone", &[]);
    old["state"] = "turned_in".into();
    old["times"] = 1.into();
    for quests in [serde_json::json!([new, old]), serde_json::json!([old, new])] {
        let (player, report) = restore(&of_other_content(quests, serde_json::json!([]))).unwrap();
        assert!(report.lost.contains(&Lost::Quest("choice".into())), "{report:?}");
        assert_eq!(player.times_turned_in(quest!("choice")), 1);
    }
    let mut two = active("modular", "modular:ways", &["modular:ways:fight"]);
    two["run"]["progress"]
        .as_array_mut()
        .unwrap()
        .push(serde_json::json!({"objective": "modular:ways:by-sword", "count": 1, "done": false}));
    let (player, report) =
        restore(&of_other_content(serde_json::json!([two]), serde_json::json!([]))).unwrap();
    assert_eq!(report.lost, []);
    assert_eq!(player.progress(objective!("modular:ways:fight")), (2, 2));
}

/// Limits of turns that are lower now, or gone.
#[test]
fn limits_that_changed() {
    let mut timed = active("timed-turn", "timed-turn:run", &[]);
    timed["run"]["turns_left"] = 4_000.into();
    let mut plain = active("plain", "plain:one", &[]);
    plain["run"]["turns_left"] = 40.into();
    let save = of_other_content(serde_json::json!([plain, timed]), serde_json::json!([]));
    let (player, report) = restore(&save).unwrap();
    assert_eq!(report.lost, []);
    assert_eq!(player.turns_left(quest!("timed-turn")), Some(5));
    assert_eq!(player.turns_left(quest!("plain")), None);
}
