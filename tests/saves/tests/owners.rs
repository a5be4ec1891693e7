//! Who owns a player's quests (Quest Runtime Model §2, §3, §6), and what games need of saves while they run.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use journal::quests::Quest;
use journal::quests::journal::{Effect, Effects, Player, PlayerView, QuestEvent, QuestServer};
use journal::world::{Known, KnownFacts};
use journal::{enemy, item, npc, objective, quest, stage};
use quest_types::journal::{
    IdentityInUse, Limits, QuestError, RestoreError, Save, SaveBytesError, apply_delta, delta,
};

fn restore(server: &mut QuestServer, save: &Save) -> Result<Player, RestoreError> {
    server.restore(save, "kim", 0, &Limits::default()).map(|(player, _)| player)
}

#[test]
fn an_identity_is_live_once() {
    let mut server = journal::server();
    let mut kim = server.player("kim").unwrap();
    let in_use = IdentityInUse { owner: "kim".into() };
    assert_eq!(server.player("kim").map(|_| ()), Err(in_use));
    let save = kim.save();
    let refused = restore(&mut server, &save).map(|_| ());
    assert_eq!(refused, Err(RestoreError::InUse { owner: "kim".into() }));
    // Others are others.
    let bob = server.player("bob").unwrap();
    assert!(server.is_live("kim") && server.is_live("bob") && !server.is_live("eve"));
    // Whoever is gone may come back, wherever the player was: lent to a session, or given to one that was dropped.
    drop(kim);
    drop(server.session(bob));
    let kim = restore(&mut server, &save).unwrap();
    assert_eq!(kim.version(), 1);
    assert!(server.player("bob").is_ok());
}

/// However many come and go, the server remembers those that are here.
#[test]
fn identities_are_forgotten() {
    let mut server = journal::server();
    let stays = server.player("stays").unwrap();
    for number in 0..10_000 {
        let name = format!("player {number}");
        drop(server.player(name.as_str()).unwrap());
        assert!(!server.is_live(&name));
    }
    assert!(server.player("stays").is_err());
    drop(stays);
}

#[test]
fn a_tick_of_another_server_is_refused() {
    let (mut ours, mut theirs) = (journal::server(), journal::server());
    let world = ours.world("world");
    let player = ours.player("kim").unwrap();
    let mut attachment = ours.session(player).attach(&world);
    let facts = KnownFacts::default();
    let tick = theirs.tick();
    assert_eq!(attachment.tick(&tick, &facts).map(|_| ()).unwrap_err(), QuestError::OtherServer);
    assert_eq!(attachment.player().active().count(), 0);
    let tick = ours.tick();
    assert!(attachment.tick(&tick, &facts).is_ok());
    // A session of another server makes no difference: the player knows whose it is.
    let player = attachment.detach().end();
    let mut attachment = theirs.session(player).attach(&world);
    let tick = theirs.tick();
    assert!(attachment.tick(&tick, &facts).is_err());
}

#[test]
fn players_join_and_are_restored_during_a_tick() {
    let mut server = journal::server();
    let world = server.world("world");
    let facts = KnownFacts::default();
    let (mut effects, mut players) = (Effects::new(), Vec::new());
    let first = server.player("first").unwrap();
    players.push(server.session(first).attach(&world));
    let save = {
        let mut kim = server.player("kim").unwrap();
        kim.save()
    };
    let mut tick = server.tick();
    players[0].tick(&tick, &facts).unwrap().start(quest!("plain"), &mut effects).unwrap();
    let joined = tick.server().player("second").unwrap();
    players.push(tick.server().session(joined).attach(&world));
    let restored = restore(tick.server(), &save).unwrap();
    players.push(tick.server().session(restored).attach(&world));
    for player in &mut players {
        let _ = player.tick(&tick, &facts).unwrap().start(quest!("plain"), &mut effects);
    }
    assert!(players.iter().all(|player| player.player().active().count() == 1));
}

/// A player in the middle of things, and what is known.
fn busy(server: &mut QuestServer) -> (Player, KnownFacts) {
    let world = server.world("world");
    let mut player = server.player("kim").unwrap();
    let mut facts = KnownFacts::default();
    facts.set("ability:hacking", Known::Is(true));
    let mut effects = Effects::new();
    let mut attachment = server.session(&mut player).attach(&world);
    let tick = server.tick();
    for quest in Quest::all() {
        let _ = attachment.tick(&tick, &facts).unwrap().start(quest.id(), &mut effects);
    }
    effects.clear();
    (player, facts)
}

#[test]
fn an_attached_player_can_be_saved() {
    let mut server = journal::server();
    let (player, facts) = busy(&mut server);
    let world = server.world("world");
    let mut attachment = server.session(player).attach(&world);
    let first = attachment.save();
    let tick = server.tick();
    let mut effects = Effects::new();
    let wolf = QuestEvent::Kill(enemy!("wolf"));
    attachment.tick(&tick, &facts).unwrap().notify(wolf, &mut effects).unwrap();
    let second = attachment.save_bytes();
    let read = Save::from_bytes(&second).unwrap();
    assert_eq!((first.version, read.version), (1, 2));
    assert_ne!(read.quests, first.quests);
    // Saving changes nothing: the session goes on.
    attachment.tick(&tick, &facts).unwrap().notify(wolf, &mut effects).unwrap();
    assert_eq!(attachment.player().progress(objective!("plain:one:wolves")), (2, 3));
}

#[test]
fn a_client_reads_a_save_without_a_server() {
    let mut server = journal::server();
    let (mut player, facts) = busy(&mut server);
    let bytes = player.save_bytes();
    for view in [
        PlayerView::of_bytes(&bytes, &Limits::default()).unwrap().0,
        PlayerView::of(&Save::from_bytes(&bytes).unwrap(), &Limits::default()).unwrap().0,
    ] {
        assert_eq!(view.owner(), "kim");
        assert_eq!(view.version(), player.version());
        assert!(view.active().eq(player.active()));
        assert_eq!(view.stage(quest!("plain")), Some(stage!("plain:one")));
        for quest in Quest::all() {
            assert_eq!(view.lifecycle(quest.id(), &facts), player.lifecycle(quest.id(), &facts));
            assert_eq!(view.turns_left(quest.id()), player.turns_left(quest.id()));
        }
    }
}

/// Plays an event, and gives what has changed in the save because of it.
fn changes(
    server: &mut QuestServer,
    player: &mut Player,
    facts: &KnownFacts,
    event: QuestEvent,
) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
    let before = player.save_bytes();
    let world = server.world("world");
    let mut effects = Effects::new();
    {
        let mut attachment = server.session(&mut *player).attach(&world);
        let tick = server.tick();
        attachment.tick(&tick, facts).unwrap().notify(event, &mut effects).unwrap();
    }
    assert!(!effects.is_empty());
    let after = player.save_bytes();
    let changes = delta(&before, &after).unwrap();
    (before, changes, after)
}

#[test]
fn a_delta_makes_the_next_save_of_the_one_before() {
    let mut server = journal::server();
    let (mut player, facts) = busy(&mut server);
    let events = [
        QuestEvent::Kill(enemy!("wolf")),
        QuestEvent::Collect(item!("herb")),
        QuestEvent::Kill(enemy!("warden")),
        QuestEvent::Talk(npc!("elder")),
    ];
    let mut first: Option<Vec<u8>> = None;
    for event in events {
        let (before, changes, after) = changes(&mut server, &mut player, &facts, event);
        assert_eq!(apply_delta(&before, &changes).as_ref(), Ok(&after));
        // A client that missed one is told so, and asks for a save.
        if let Some(first) = &first {
            let other = apply_delta(first, &changes);
            assert!(matches!(other, Err(SaveBytesError::OtherBase { .. })), "{other:?}");
        }
        first.get_or_insert(before.clone());
        for end in 0..changes.len() {
            assert!(apply_delta(&before, &changes[..end]).is_err(), "{end}");
        }
        for at in 0..changes.len() {
            let mut changed = changes.clone();
            changed[at] ^= 0x55;
            assert!(apply_delta(&before, &changed).is_err(), "{at}");
        }
    }
    // From any save to any other.
    let first = first.unwrap();
    let last = player.save_bytes();
    assert_eq!(apply_delta(&first, &delta(&first, &last).unwrap()), Ok(last.clone()));
    assert_eq!(apply_delta(&last, &delta(&last, &first).unwrap()), Ok(first.clone()));
    assert_eq!(delta(b"", &first), Err(SaveBytesError::Damaged));
}

/// The ids of what pays: each is there once, and again the same when the same is played from the same save.
#[test]
fn payments_have_ids() {
    let mut server = journal::server();
    let world = server.world("world");
    let facts = KnownFacts::default();
    let play = |player: &mut Player, server: &mut QuestServer| -> Vec<String> {
        let mut effects = Effects::new();
        let mut attachment = server.session(player).attach(&world);
        let tick = server.tick();
        let mut quests = attachment.tick(&tick, &facts).unwrap();
        quests.start(quest!("plain"), &mut effects).unwrap();
        quests.notify(QuestEvent::Kill(enemy!("wolf")).times(3), &mut effects).unwrap();
        quests.notify(QuestEvent::Talk(npc!("elder")), &mut effects).unwrap();
        quests.turn_in(quest!("plain"), None, |_| false, &mut effects).unwrap();
        quests.claim(quest!("plain"), |_| true, &mut effects).unwrap();
        let pays = |effect: &Effect| {
            matches!(effect, Effect::Reward(_) | Effect::Action(_) | Effect::Consequence(_))
        };
        assert!(effects.with_ids().all(|(effect, id)| pays(&effect) == id.is_some()));
        effects.with_ids().filter_map(|(_, id)| id).map(|id| id.to_string()).collect()
    };
    let mut player = server.player("kim").unwrap();
    let once = play(&mut player, &mut server);
    assert_eq!(once, ["plain/1/action/1/one/0", "plain/1/action/1/one/1", "plain/1/reward/Gold coin 5"]);
    let save = player.save();
    let twice = play(&mut player, &mut server);
    assert!(once.iter().all(|id| !twice.contains(id)), "{twice:?}");
    // The process is killed, and the same happens again from what was saved.
    drop(player);
    let mut player = restore(&mut server, &save).unwrap();
    assert_eq!(play(&mut player, &mut server), twice);
}
