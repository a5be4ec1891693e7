#!/usr/bin/env bash
# Packages: crates serde =1.0.229, serde_json =1.0.154, toml =1.2.2 (newest).
#
# A good guess: `#[serde(flatten)] reward: Option<Reward>` reads `None` if none of its keys is there, and otherwise checks them as ever: a
#   text where a number belongs is an error that names the key.
# What really happens: any error inside becomes `None`. One value of a wrong type, one number out of range, one missing key:
#   the whole group vanishes, all its other values with it, without an error, in JSON and in TOML: it is serde that does it. The same
#   mistake in the same struct without `Option`, or without `flatten`, is reported.
# Why it matters to us: optional groups of properties (a reward, a time limit, a place) are what flatten is for, in content types and in
#   saves. A save of which one number no longer fits loses the group in silence, and is then written back without it. Types that
#   we generate must not use flatten with Option, and a check must not rely on serde to find mistakes.
# System independence: pure computation.
#
# Seen:
#   {"id": "wolves", "gold": 50, "item": "pelt"}
#     optional  Optional { id: "wolves", reward: Some(Reward { gold: 50, item: "pelt" }) }
#     required  Required { id: "wolves", reward: Reward { gold: 50, item: "pelt" } }
#   {"id": "wolves", "gold": "50", "item": "pelt"}
#     optional  Optional { id: "wolves", reward: None }
#     required  error: invalid type: string "50", expected u16 at line 1 column 46
#   {"id": "wolves", "gold": 70000, "item": "pelt"}
#     optional  Optional { id: "wolves", reward: None }
#     required  error: invalid value: integer `70000`, expected u16 at line 1 column 47
#   {"id": "wolves", "gold": 50}
#     optional  Optional { id: "wolves", reward: None }
#     required  error: missing field `item` at line 1 column 28
#   id = 'wolves'
#   gold = 70000
#   item = 'pelt'
#     optional  Optional { id: "wolves", reward: None }
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-serde-flatten-option-swallows-mistakes"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
toml = "=1.2.2"
EOF
cat > src/main.rs <<'EOF'
use serde::Deserialize;
use std::fmt::Debug;

#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Reward { gold: u16, item: String }
#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Optional { id: String, #[serde(flatten)] reward: Option<Reward> }
#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Required { id: String, #[serde(flatten)] reward: Reward }

fn say<T: Debug, E: std::fmt::Display>(what: &str, result: Result<T, E>) {
    match result {
        Ok(value) => println!("  {what:9} {value:?}"),
        Err(error) => println!("  {what:9} error: {}", error.to_string().trim_end().lines().last().unwrap_or_default()),
    }
}

fn main() {
    for text in [
        r#"{"id": "wolves", "gold": 50, "item": "pelt"}"#,
        r#"{"id": "wolves", "gold": "50", "item": "pelt"}"#,
        r#"{"id": "wolves", "gold": 70000, "item": "pelt"}"#,
        r#"{"id": "wolves", "gold": 50}"#,
    ] {
        println!("{text}");
        say("optional", serde_json::from_str::<Optional>(text));
        say("required", serde_json::from_str::<Required>(text));
    }
    let toml = "id = 'wolves'\ngold = 70000\nitem = 'pelt'";
    println!("{toml}");
    say("optional", toml::from_str::<Optional>(toml));
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
