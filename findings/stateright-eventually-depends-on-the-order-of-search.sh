#!/usr/bin/env bash
# Packages: crate stateright =0.31.0, a model checker for Rust.
#
# A good guess: `Property::eventually("done")` is violated if some way through the model never gets there. The documentation says that this is
#   correct on acyclic paths, so on a model without cycles breadth first and depth first give the same verdict, which is right.
# What really happens: they do not. A state that has been visited on a way that had passed "done" is not looked at again on a way that has not. With the
#   quest `start -> done -> home` and `start -> a -> b -> home`, where `home` is the end, breadth first finds no violation, as it comes to `home` by the shorter
#   way; depth first finds it. Whether a violation is found depends on the lengths of ways and the order of actions. And a quest that runs in a
#   circle for ever is no violation for either (documented).
# Why it matters to us: "every quest can be finished" is such a property. Our proof asks "from every reachable state, is the end reachable?" instead, which
#   has neither fault; this model is a test for it, and stateright cannot be its oracle.
# System independence: pure computation, one thread each.
#
# Seen:
#   join after done, ways of equal length  breadth first: violated by [0, 3]; depth first: violated by [0, 3]
#   join after done, longer way around     breadth first: no violation; depth first: violated by [0, 1, 2, 3]
#   circle without an end                  breadth first: no violation; depth first: no violation
#   dead end                               breadth first: violated by [0, 1]; depth first: violated by [0, 1]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-stateright-eventually-depends-on-the-order-of-sear"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
stateright = "=0.31.0"
EOF
cat > src/main.rs <<'EOF'
use stateright::{Checker, Model, Property};

const DONE: u8 = 9;

#[derive(Clone)]
struct Quest(&'static [(u8, u8)]);

impl Model for Quest {
    type State = u8;
    type Action = u8;

    fn init_states(&self) -> Vec<u8> {
        vec![0]
    }

    fn actions(&self, state: &u8, actions: &mut Vec<u8>) {
        actions.extend(self.0.iter().filter(|way| way.0 == *state).map(|way| way.1));
    }

    fn next_state(&self, _: &u8, action: u8) -> Option<u8> {
        Some(action)
    }

    fn properties(&self) -> Vec<Property<Self>> {
        vec![Property::eventually("done", |_, state| *state == DONE)]
    }
}

fn verdict(checker: impl Checker<Quest>) -> String {
    match checker.discovery("done") {
        Some(path) => format!("violated by {:?}", path.into_states()),
        None => "no violation".into(),
    }
}

fn main() {
    let quests: [(&str, &'static [(u8, u8)]); 4] = [
        ("join after done, ways of equal length", &[(0, DONE), (DONE, 3), (0, 3)]),
        ("join after done, longer way around", &[(0, DONE), (DONE, 3), (0, 1), (1, 2), (2, 3)]),
        ("circle without an end", &[(0, 1), (1, 0)]),
        ("dead end", &[(0, 1)]),
    ];
    for (name, ways) in quests {
        let breadth = verdict(Quest(ways).checker().spawn_bfs().join());
        let depth = verdict(Quest(ways).checker().spawn_dfs().join());
        println!("{name:38} breadth first: {breadth}; depth first: {depth}");
    }
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
