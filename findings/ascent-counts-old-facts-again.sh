#!/usr/bin/env bash
# Packages: crate ascent =0.8.1, Datalog in Rust.
#
# A good guess: a relation is a set, and calling `run()` again after adding facts gives what a first run with all facts would give, or at
#   least the old results and the new ones.
# What really happens: aggregates are neither. Facts pushed into a relation are not a set, so an equal fact counts twice. On the second run the old
#   facts are counted again together with all: with 2 facts and a third, `count` is 5 and `sum` is the old total plus the new one, beside the old result, which stays;
#   the right answer is not among them. Taking facts away changes nothing.
# Why it matters to us: a Datalog engine is a natural choice for "what unlocks what" and for totals of rewards that follow edits. Analyses that run again
#   on a change start from an empty program, in ours and in what the guide shows.
# System independence: pure computation.
#
# Seen:
#   first run                total [(12,)], number [(2,)]; facts wolf 5, bear 7
#   second run, one added    total [(12,), (25,)], number [(2,), (5,)]; facts wolf 5, bear 7, ring 1
#   third run, all removed   total [(12,), (25,)], number [(2,), (5,)]; facts none
#   anew                     total [(13,)], number [(3,)]; facts wolf 5, bear 7, ring 1
#   an equal fact twice      total [(10,)], number [(2,)]; facts wolf 5, wolf 5
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-ascent-counts-old-facts-again"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
ascent = { version = "=0.8.1", default-features = false }
EOF
cat > src/main.rs <<'EOF'
use ascent::aggregators::{count, sum};
use ascent::ascent;

ascent! {
    struct Rewards;
    relation gold(&'static str, i32);
    relation total(i32);
    relation number(usize);
    total(t) <-- agg t = sum(g) in gold(_, g);
    number(n) <-- agg n = count() in gold(_, _);
}

fn row(name: &str, rewards: &Rewards) {
    let facts: Vec<String> = rewards.gold.iter().map(|(quest, gold)| format!("{quest} {gold}")).collect();
    println!("{name:24} total {:?}, number {:?}; facts {}", rewards.total, rewards.number, if facts.is_empty() { "none".into() } else { facts.join(", ") });
}

fn main() {
    let mut rewards = Rewards { gold: vec![("wolf", 5), ("bear", 7)], ..Rewards::default() };
    rewards.run();
    row("first run", &rewards);
    rewards.gold.push(("ring", 1));
    rewards.run();
    row("second run, one added", &rewards);
    rewards.gold.clear();
    rewards.run();
    row("third run, all removed", &rewards);
    let mut anew = Rewards { gold: vec![("wolf", 5), ("bear", 7), ("ring", 1)], ..Rewards::default() };
    anew.run();
    row("anew", &anew);
    let mut twice = Rewards { gold: vec![("wolf", 5), ("wolf", 5)], ..Rewards::default() };
    twice.run();
    row("an equal fact twice", &twice);
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
