//! Rooms as they are played: states, requirements, limits, time, groups, and rooms that start over.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use portals::play::{Change, PlayerState, Refused, RoomState, Visit};
use portals::quests::Room;
use portals::{PortalQuest, Scope, State, room};

fn harbor() -> &'static Room {
    room!("lantern-harbor").get().unwrap()
}

fn quest(name: &str) -> PortalQuest {
    PortalQuest::named(harbor(), name).unwrap()
}

#[test]
fn three_states() {
    let (mut shared, mut kim) = (RoomState::default(), PlayerState::default());
    let (mut visit, started) = Visit::enter(harbor(), &mut shared, &mut kim, 0.0);
    // One of them starts by itself.
    assert_eq!(started, [Change { quest: quest("4_welcome"), state: State::Active, scope: Scope::Player }]);
    let mut play = visit.play(&mut shared, &mut kim);
    let oil = quest("0_find_oil");
    assert_eq!(play.state(oil), State::NotActive);
    assert_eq!(play.complete(oil, 0.0), Err(Refused::State(State::NotActive)));
    assert_eq!(play.activate(oil, 1.0).unwrap().state, State::Active);
    assert_eq!(play.activate(oil, 1.0), Err(Refused::State(State::Active)));
    assert_eq!(play.complete(oil, 2.0).unwrap().state, State::Completed);
    assert_eq!(play.complete(oil, 2.0), Err(Refused::State(State::Completed)));
    assert_eq!((play.state(oil), play.completions(oil)), (State::Completed, 1));
    // Without a limit, again.
    play.activate(oil, 3.0).unwrap();
    play.complete(oil, 4.0).unwrap();
    assert_eq!(play.completions(oil), 2);
}

#[test]
fn requirements_come_first() {
    let (mut shared, mut kim) = (RoomState::default(), PlayerState::default());
    let (mut visit, _) = Visit::enter(harbor(), &mut shared, &mut kim, 0.0);
    let mut play = visit.play(&mut shared, &mut kim);
    let (oil, lantern) = (quest("0_find_oil"), quest("1_light_lantern"));
    assert_eq!(play.activate(lantern, 0.0), Err(Refused::Requires(oil)));
    play.activate(oil, 0.0).unwrap();
    // Active is not completed.
    assert_eq!(play.activate(lantern, 0.0), Err(Refused::Requires(oil)));
    play.complete(oil, 0.0).unwrap();
    play.activate(lantern, 0.0).unwrap();
    // A requirement that is being removed is none.
    play.activate(quest("3_tide_race"), 0.0).unwrap();
    // The lighthouse asks for three feedings.
    for name in ["1_light_lantern", "2_ring_bell", "5_feed_gulls", "5_feed_gulls"] {
        let _ = play.activate(quest(name), 0.0);
        play.complete(quest(name), 0.0).unwrap();
    }
    let refused = play.activate(quest("6_open_lighthouse"), 0.0);
    assert_eq!(refused, Err(Refused::Requires(quest("5_feed_gulls"))));
    play.activate(quest("5_feed_gulls"), 0.0).unwrap();
    play.complete(quest("5_feed_gulls"), 0.0).unwrap();
    // Enough is enough.
    assert_eq!(play.activate(quest("5_feed_gulls"), 0.0), Err(Refused::Limit));
    play.activate(quest("6_open_lighthouse"), 0.0).unwrap();
}

#[test]
fn time_runs_out() {
    let (mut shared, mut kim) = (RoomState::default(), PlayerState::default());
    let (mut visit, _) = Visit::enter(harbor(), &mut shared, &mut kim, 0.0);
    let mut play = visit.play(&mut shared, &mut kim);
    let race = quest("3_tide_race");
    play.activate(race, 100.0).unwrap();
    assert!(play.tick(159.9).is_empty());
    // A minute is over, whether anybody has looked or not.
    assert_eq!(play.complete(race, 160.0), Err(Refused::State(State::NotActive)));
    assert_eq!(play.tick(160.0), [Change { quest: race, state: State::NotActive, scope: Scope::Player }]);
    assert!(play.tick(161.0).is_empty());
    // Lost is not completed: it can be tried again, and completed once.
    play.activate(race, 200.0).unwrap();
    play.complete(race, 259.0).unwrap();
    assert_eq!(play.activate(race, 300.0), Err(Refused::Limit));
}

#[test]
fn groups() {
    let (mut shared, mut kim, mut lee) =
        (RoomState::default(), PlayerState::default(), PlayerState::default());
    let (mut first, _) = Visit::enter(harbor(), &mut shared, &mut kim, 0.0);
    let (mut second, _) = Visit::enter(harbor(), &mut shared, &mut lee, 0.0);
    let (bell, oil, race) = (quest("2_ring_bell"), quest("0_find_oil"), quest("3_tide_race"));
    let mut play = first.play(&mut shared, &mut kim);
    assert_eq!(play.activate(bell, 0.0).unwrap().scope, Scope::Room);
    play.activate(oil, 0.0).unwrap();
    play.activate(race, 0.0).unwrap();
    // All see the bell; the rest is Kim's.
    let mut play = second.play(&mut shared, &mut lee);
    assert_eq!(
        (play.state(bell), play.state(oil), play.state(race)),
        (State::Active, State::NotActive, State::NotActive)
    );
    play.complete(bell, 1.0).unwrap();
    assert_eq!(first.play(&mut shared, &mut kim).state(bell), State::Completed);
    // After loading the page again, the race is gone, and all else is as it was.
    first.leave(&mut shared);
    let (mut again, _) = Visit::enter(harbor(), &mut shared, &mut kim, 2.0);
    let play = again.play(&mut shared, &mut kim);
    assert_eq!(
        (play.state(bell), play.state(oil), play.state(race)),
        (State::Completed, State::Active, State::NotActive)
    );
}

#[test]
fn rooms_that_start_over() {
    // `tasksRefresh`: what a player would keep elsewhere is gone with the page.
    let arcade = room!("arcade").get().unwrap();
    let coin = PortalQuest::named(arcade, "0_insert_coin").unwrap();
    let (mut shared, mut kim) = (RoomState::default(), PlayerState::default());
    let (mut visit, _) = Visit::enter(arcade, &mut shared, &mut kim, 0.0);
    visit.play(&mut shared, &mut kim).activate(coin, 0.0).unwrap();
    visit.leave(&mut shared);
    let (mut visit, _) = Visit::enter(arcade, &mut shared, &mut kim, 1.0);
    assert_eq!(visit.play(&mut shared, &mut kim).state(coin), State::NotActive);
    assert_eq!((&kim, shared == RoomState::default()), (&PlayerState::default(), false));
    // Another room's quests are none of its business.
    let refused = visit.play(&mut shared, &mut kim).activate(quest("0_find_oil"), 1.0);
    assert_eq!(refused, Err(Refused::OtherRoom));
}
