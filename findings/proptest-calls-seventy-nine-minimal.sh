#!/usr/bin/env bash
# Packages: crate proptest =1.12.0.
#
# A good guess: what a failed property test prints as "minimal failing input" is close to the smallest one of its strategy; only `prop_perturb` and
#   `no_shrink` are not made smaller.
# What really happens: that holds for whole numbers, texts and lengths. A fraction hardly gets smaller once 0 has passed: for
#   "at most 1.5" from 0 to 100, 79.49 is called minimal, from all numbers 1.6e118. A `prop_filter` stops shrinking at the first value that it rejects:
#   even numbers from 0, failing from 100 on, end at 380. A shuffled list ends in a mixed order where one exchange would fail as well.
# Why it matters to us: positions, weights and rates are fractions, and sequences of events are shuffled. Tests of ours take such numbers from whole
#   numbers by `prop_map` (400 quarters), which shrink, and even numbers likewise instead of filtering.
# System independence: pure computation with a fixed generator.
#
# Seen:
#   0.0..100.0, fails above 1.5              79.49643682923191
#   quarters of 0..400, fails above 1.5      1.75
#   any f64, fails above 1.5                 1.6281221092617474e118
#   even of 0..1000 by filter, from 100 on   380
#   even of 0..1000 by map, from 100 on      100
#   1..5 shuffled, fails if not 1 first      [3, 2, 5, 1, 4]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-proptest-calls-seventy-nine-minimal"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
proptest = { version = "=1.12.0", default-features = false, features = ["std"] }
EOF
cat > src/main.rs <<'EOF'
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use std::fmt::Debug;

fn minimal<S: Strategy>(name: &str, strategy: S, passes: impl Fn(&S::Value) -> bool)
where
    S::Value: Debug,
{
    let config = Config { cases: 2000, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let result = runner.run(&strategy, |value| if passes(&value) { Ok(()) } else { Err(TestCaseError::fail("too large")) });
    match result {
        Err(TestError::Fail(_, value)) => println!("{name:40} {value:?}"),
        other => println!("{name:40} {other:?}"),
    }
}

fn main() {
    minimal("0.0..100.0, fails above 1.5", 0.0..100.0f64, |value| *value <= 1.5);
    minimal("quarters of 0..400, fails above 1.5", (0..400u32).prop_map(|n| f64::from(n) / 4.0), |value| *value <= 1.5);
    minimal("any f64, fails above 1.5", any::<f64>(), |value| *value <= 1.5 || value.is_nan());
    minimal("even of 0..1000 by filter, from 100 on", (0..1000i32).prop_filter("even", |n| n % 2 == 0), |n| *n < 100);
    minimal("even of 0..1000 by map, from 100 on", (0..500i32).prop_map(|n| n * 2), |n| *n < 100);
    minimal("1..5 shuffled, fails if not 1 first", Just(vec![1, 2, 3, 4, 5]).prop_shuffle(), |list| list[0] == 1);
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
