//! What `x-requires` alone says of random objects is what a search without any reduction finds: which can always be begun, which can be lost
//! through a choice, and which never begin.

#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may fail"
)]

use proptest::prelude::*;
use quest_compiler::driver::{self, Request};
use quest_test::TempProject;
use std::collections::{BTreeSet, HashMap};
use std::fmt::Write;

const MANIFEST: &str = "[[documents]]\nschema = \"schema.json\"\ncontent = \"deeds.json\"\n";

const SCHEMA: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "array",
  "items": {
    "title": "Deed",
    "type": "object",
    "x-requires": {
      "at": "needs", "by": "sort", "target": "deed", "operator": "is",
      "means": { "Done": "complete", "Begun": "active" },
      "need": { "by": "least" },
      "groups": { "at": "some", "need": { "by": "least" } },
      "locks": "locks"
    },
    "properties": {
      "id": { "type": "string", "x-key": "deed" },
      "least": { "type": "integer", "minimum": 0 },
      "needs": { "type": "array", "items": { "$ref": "#/$defs/Need" } },
      "locks": { "type": "array", "items": { "type": "string", "x-ref": "deed" } }
    },
    "required": ["id"]
  },
  "$defs": {
    "Need": {
      "type": "object",
      "properties": {
        "sort": { "enum": ["Done", "Begun", "Level"] },
        "deed": { "type": "string", "x-ref": "deed" },
        "is": { "enum": ["has", "notHas"] },
        "least": { "type": "integer", "minimum": 0 },
        "some": { "type": "array", "items": { "$ref": "#/$defs/Need" } }
      }
    }
  }
}"##;

#[derive(Clone, Debug)]
enum Need {
    Done(usize),
    NotDone(usize),
    Begun(usize),
    World,
    Some(u8, Vec<Need>),
}

#[derive(Clone, Debug)]
struct Deed {
    least: u8,
    needs: Vec<Need>,
    locks: Vec<usize>,
}

fn need(deeds: usize) -> impl Strategy<Value = Need> {
    let leaf = prop_oneof![
        4 => (0..deeds).prop_map(Need::Done),
        2 => (0..deeds).prop_map(Need::NotDone),
        1 => (0..deeds).prop_map(Need::Begun),
        1 => Just(Need::World),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop::collection::vec(inner, 1..3).prop_flat_map(|needs| {
            (1..=needs.len() as u8, Just(needs)).prop_map(|(least, needs)| Need::Some(least, needs))
        })
    })
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    (2usize..6).prop_flat_map(|count| {
        let deed =
            (prop::collection::vec(need(count), 0..3), prop::collection::vec(0..count, 0..2), any::<bool>());
        let deed = deed.prop_map(|(needs, locks, all)| {
            let least = if all { needs.len() as u8 } else { u8::from(!needs.is_empty()) };
            Deed { least, needs, locks }
        });
        prop::collection::vec(deed, count)
    })
}

fn json(need: &Need) -> String {
    match need {
        Need::Done(deed) => format!(r#"{{ "sort": "Done", "deed": "d{deed}" }}"#),
        Need::NotDone(deed) => format!(r#"{{ "sort": "Done", "deed": "d{deed}", "is": "notHas" }}"#),
        Need::Begun(deed) => format!(r#"{{ "sort": "Begun", "deed": "d{deed}" }}"#),
        Need::World => r#"{ "sort": "Level" }"#.to_owned(),
        Need::Some(least, needs) => {
            let needs: Vec<String> = needs.iter().map(json).collect();
            format!(r#"{{ "least": {least}, "some": [{}] }}"#, needs.join(", "))
        }
    }
}

fn content(deeds: &[Deed]) -> String {
    let mut text = String::from("[");
    for (at, deed) in deeds.iter().enumerate() {
        let needs: Vec<String> = deed.needs.iter().map(json).collect();
        let locks: Vec<String> = deed.locks.iter().map(|deed| format!("\"d{deed}\"")).collect();
        let comma = if at == 0 { "" } else { "," };
        let (least, needs, locks) = (deed.least, needs.join(", "), locks.join(", "));
        write!(text, "{comma}\n  {{ \"id\": \"d{at}\", \"least\": {least}, \"needs\": [{needs}], \"locks\": [{locks}] }}")
            .unwrap();
    }
    text + "\n]\n"
}

/// How far each deed is: 0 is waiting, 1 begun, 2 complete.
type State = Vec<u8>;

fn holds(need: &Need, state: &State) -> bool {
    match need {
        Need::Done(deed) => state[*deed] == 2,
        Need::NotDone(deed) => state[*deed] != 2,
        Need::Begun(deed) => state[*deed] >= 1,
        Need::World => true,
        Need::Some(least, needs) => {
            needs.iter().filter(|need| holds(need, state)).count() >= usize::from(*least)
        }
    }
}

fn successors(deeds: &[Deed], state: &State) -> Vec<State> {
    let mut found = Vec::new();
    for (at, deed) in deeds.iter().enumerate() {
        let is_locked = deeds
            .iter()
            .enumerate()
            .any(|(from, other)| from != at && state[from] == 2 && other.locks.contains(&at));
        let met = deed.needs.iter().filter(|need| holds(need, state)).count() >= usize::from(deed.least);
        let can = match state[at] {
            0 => met && !is_locked,
            1 => true,
            _ => false,
        };
        if can {
            let mut next = state.clone();
            next[at] += 1;
            found.push(next);
        }
    }
    found
}

/// How many can always be begun, can be lost, and never begin.
fn naive(deeds: &[Deed]) -> [usize; 3] {
    let start: State = vec![0; deeds.len()];
    let mut seen = BTreeSet::from([start.clone()]);
    let mut open = vec![start.clone()];
    while let Some(state) = open.pop() {
        for next in successors(deeds, &state) {
            if seen.insert(next.clone()) {
                open.push(next);
            }
        }
    }
    // States with more moves behind them first: what can be begun from each.
    let mut states: Vec<&State> = seen.iter().collect();
    states.sort_by_key(|state| std::cmp::Reverse(state.iter().map(|far| u32::from(*far)).sum::<u32>()));
    let mut future: HashMap<&State, Vec<bool>> = HashMap::new();
    for state in states {
        let mut begun: Vec<bool> = state.iter().map(|far| *far > 0).collect();
        for next in successors(deeds, state) {
            for (at, is) in future[&next].iter().enumerate() {
                begun[at] |= is;
            }
        }
        future.insert(state, begun);
    }
    let mut counts = [0; 3];
    for (at, can) in future[&start].iter().enumerate() {
        let kind = match (*can, seen.iter().all(|state| future[state][at])) {
            (false, _) => 2,
            (true, true) => 0,
            (true, false) => 1,
        };
        counts[kind] += 1;
    }
    counts
}

fn config() -> ProptestConfig {
    ProptestConfig {
        // `PROPTEST_CASES` can ask for more.
        cases: ProptestConfig::default().cases.max(400),
        failure_persistence: quest_test::proptest_regressions!("availability"),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_can_be_lost_is_found(deeds in deeds()) {
        let project = TempProject::with([("quest.toml", MANIFEST), ("schema.json", SCHEMA)]);
        project.write("deeds.json", content(&deeds));
        let report = driver::run(&Request::check(project.manifest()), &mut |_| {});
        let expected = naive(&deeds);
        match report.available.as_slice() {
            [] => prop_assert_eq!(expected[1], 0, "nothing is said of\n{}", content(&deeds)),
            [found] => {
                let found = [found.always, found.can_be_lost, found.never];
                prop_assert_eq!(found, expected, "{}", content(&deeds));
            }
            _ => prop_assert!(false, "one kind is expected"),
        }
    }
}
