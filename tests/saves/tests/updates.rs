//! Random content, random play, a save, random edits of the content, and the save restored: every outcome is accounted for.
//!
//! `PROPTEST_CASES=20000 cargo test -p saves --release --test updates` is a long run.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

#[path = "updates/game.rs"]
mod game;
#[path = "updates/played.rs"]
mod played;

use game::{Edit, Game, edits, games};
use played::{Call, Played, calls};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use quest_types::journal::{Lost, Report, Save, SavedQuest, SavedRun, SavedState};
use std::collections::BTreeMap;

fn cases(bounded: u32) -> Config {
    let config =
        Config { failure_persistence: quest_test::proptest_regressions!("updates"), ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { Config { cases: bounded, ..config } }
}

/// How often each outcome was seen.
type Seen = BTreeMap<&'static str, u32>;

fn count(seen: &mut Seen, outcome: &'static str) {
    *seen.entry(outcome).or_default() += 1;
}

/// What a restored save must say, quest by quest, and what must be reported.
struct Account<'a> {
    now: &'a Game,
    lost: Vec<Lost>,
    seen: &'a mut Seen,
}

impl Account<'_> {
    /// Compares a quest before and after.
    fn quest(&mut self, before: &SavedQuest, after: Option<&SavedQuest>) -> Result<(), TestCaseError> {
        let Some(quest) = self.now.quest_that_was(&before.id) else {
            self.lost.push(Lost::Quest(before.id.clone()));
            count(self.seen, "quest gone");
            return Ok(());
        };
        prop_assert!(after.is_some(), "{} is not there", quest.id);
        let after = after.unwrap();
        if quest.id != before.id {
            count(self.seen, "quest renamed");
        }
        prop_assert_eq!((after.times, after.runs), (before.times, before.runs));
        prop_assert_eq!((after.locked, after.found), (before.locked, before.found));
        if before.state == SavedState::TurnedIn && quest.repeatable {
            count(self.seen, "can be repeated now");
            prop_assert_eq!((after.state, &after.run), (SavedState::NotStarted, &None));
            // What is gone of its run is reported all the same.
            if let Some(run) = &before.run {
                self.names(quest, run);
            }
            return Ok(());
        }
        prop_assert_eq!(after.state, before.state);
        match (&before.run, &after.run) {
            (Some(before_run), Some(after_run)) => self.run(quest, before, before_run, after_run),
            (before, after) => {
                prop_assert!(before.is_none() && after.is_none());
                Ok(())
            }
        }
    }

    /// What a run names that is gone.
    fn names(&mut self, quest: &game::Quest, run: &SavedRun) {
        if let Some(stage) = run.stage.as_ref().filter(|stage| quest.stage_that_was(stage).is_none()) {
            self.lost.push(Lost::Stage(stage.clone()));
            count(self.seen, "stage gone");
        }
        for progress in &run.progress {
            if quest.objective_that_was(&progress.objective).is_none() {
                self.lost.push(Lost::Objective(progress.objective.clone()));
                count(self.seen, "objective gone");
            }
        }
        for branch in run.branches.iter().filter(|branch| !quest.has_branch_that_was(branch)) {
            self.lost.push(Lost::Branch(branch.clone()));
            count(self.seen, "branch gone");
        }
    }

    fn run(
        &mut self,
        quest: &game::Quest,
        of: &SavedQuest,
        before: &SavedRun,
        after: &SavedRun,
    ) -> Result<(), TestCaseError> {
        self.names(quest, before);
        prop_assert_eq!(&after.world, &before.world);
        let now = before.stage.as_ref().and_then(|stage| quest.stage_that_was(stage));
        let active = of.state == SavedState::Active;
        let mut fresh = None;
        match now {
            Some(stage) => {
                count(self.seen, "stage kept");
                prop_assert_eq!(after.stage.as_ref(), Some(&quest.path(stage)));
            }
            None => {
                let at = after.stage.as_ref().and_then(|stage| quest.stage_now(stage));
                prop_assert!(at.is_some(), "{:?} is no stage of {}", after.stage, quest.id);
                fresh = at.filter(|_| active);
            }
        }
        let mut expected = BTreeMap::new();
        for progress in &before.progress {
            let Some((stage, objective)) = quest.objective_that_was(&progress.objective) else { continue };
            if fresh.is_some_and(|fresh| fresh.id == stage.id) {
                continue;
            }
            let (required, before) = (objective.quantity, progress.count);
            let now = if progress.done { required } else { before.min(required - 1) };
            if now != before {
                count(self.seen, "another quantity");
            }
            if now > 0 {
                expected.insert(format!("{}:{}", quest.path(stage), objective.id), (now, now == required));
            }
        }
        let found: BTreeMap<String, (u32, bool)> = after
            .progress
            .iter()
            .map(|progress| (progress.objective.clone(), (progress.count, progress.done)))
            .collect();
        prop_assert_eq!(found, expected, "{}", quest.id);
        let left = quest.limit.and_then(|limit| Some(before.turns_left?.min(limit.into())));
        prop_assert_eq!(after.turns_left, left);
        Ok(())
    }
}

/// Everything in the report has a cause, and every cause is in the report.
fn accounted(
    now: &Game,
    before: &Save,
    after: &Save,
    report: &Report,
    seen: &mut Seen,
) -> Result<(), TestCaseError> {
    let mut account = Account { now, lost: Vec::new(), seen };
    for quest in &before.quests {
        let id = now.quest_that_was(&quest.id).map(|quest| quest.id.as_str());
        account.quest(quest, after.quests.iter().find(|other| Some(other.id.as_str()) == id))?;
    }
    let mut held = Vec::new();
    let mut changed = Vec::new();
    for reward in &before.held {
        let Some(quest) = now.quest_that_was(&reward.quest) else {
            account.lost.push(Lost::Quest(reward.quest.clone()));
            continue;
        };
        let sort = reward.reward.rsplit_once(' ').unwrap().0;
        match quest.rewards.iter().find(|(own, _)| own == sort) {
            Some((_, amount)) => {
                let label = format!("{sort} {amount}");
                if label != reward.reward {
                    count(account.seen, "held reward of another amount");
                    changed.push((reward.reward.clone(), label.clone()));
                }
                held.push((quest.id.clone(), label, reward.run));
            }
            None => {
                count(account.seen, "held reward gone");
                account.lost.push(Lost::Reward(reward.quest.clone(), reward.reward.clone()));
            }
        }
    }
    let mut lost = account.lost;
    lost.sort_unstable();
    lost.dedup();
    prop_assert_eq!(&report.lost, &lost);
    let found: Vec<_> =
        after.held.iter().map(|held| (held.quest.clone(), held.reward.clone(), held.run)).collect();
    prop_assert_eq!(found, held);
    let found: Vec<_> =
        report.rewards.iter().map(|reward| (reward.was.clone(), reward.now.clone())).collect();
    prop_assert_eq!(found, changed);
    Ok(())
}

fn updated(
    old: &Game,
    first: &[Call],
    edits: &[Edit],
    then: &[Call],
    seen: &mut Seen,
) -> Result<(), TestCaseError> {
    let mut played = Played::new(old);
    first.iter().for_each(|call| played.make(call));
    let before = played.save();
    let mut now = old.clone();
    edits.iter().for_each(|edit| now.edit(edit));
    let restored = played.restored(&now, &before);
    prop_assert!(restored.is_ok(), "{:?}", restored.err());
    let (mut played, report) = restored.unwrap();
    accounted(&now, &before, &played.save(), &report, seen)?;
    played.refresh();
    then.iter().for_each(|call| played.make(call));
    prop_assert_eq!(played.twice(), Vec::<String>::new(), "paid twice");
    Ok(())
}

#[test]
fn updates_lose_nothing_silently_and_pay_nothing_twice() {
    let seen = std::cell::RefCell::new((Seen::new(), 0));
    let cases_of = (games(), calls(150), edits(), calls(150));
    TestRunner::new(cases(100))
        .run(&cases_of, |(game, first, edits, then)| {
            let mut seen = seen.borrow_mut();
            seen.1 += 1;
            updated(&game, &first, &edits, &then, &mut seen.0)
        })
        .unwrap();
    let (seen, count) = seen.into_inner();
    println!("{count} updates:");
    for (outcome, times) in &seen {
        println!("{times:6} × {outcome}");
    }
    // The test would be worth little if some of it never happened.
    for outcome in ["quest gone", "stage gone", "stage kept", "objective gone", "another quantity"] {
        assert!(seen.contains_key(outcome) || count < 100, "never: {outcome}");
    }
}
