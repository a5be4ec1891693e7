#!/usr/bin/env bash
# Packages: crates toml =1.2.2, toml_edit =0.25.20, serde =1.0.229; for comparison serde_json =1.0.154 and ron =0.12.3 (all newest).
#
# A good guess: a fixed-size array or tuple of two numbers refuses a list of three, in every format of serde. JSON and RON do.
# What really happens: `toml::from_str` and `toml_edit::de::from_str` take the first elements and drop the rest without a word, for tuples,
#   arrays and tuple structs, and even for an ordinary struct whose fields are given as a list. `deny_unknown_fields` does not help.
#   The same text, read into a `toml::Value` and converted from there, is refused ("invalid length 3"), and so is the payload of an
#   enum variant. So two ways through one crate disagree, and the convenient one loses data.
# Why it matters to us: positions, ranges and colours are such arrays. `at = [10, 0, 25]` for a game in two dimensions is a designer's
#   mistake that a Rust game with serde never shows. questc has to count elements itself (`minItems`/`maxItems` of tuples) and must not
#   take "serde reads it" as a check of TOML, nor use `toml` as an oracle for it.
# System independence: pure computation.
#
# Seen:
#   toml, tuple                        Pair { at: (10, 0) }
#   toml, [f32; 2]                     Array { at: [10.0, 0.0] }
#   toml, struct (deny_unknown_fields) Named { at: Point { x: 10, y: 0 } }
#   toml, variant                      error: expected tuple with length 2
#   toml_edit, tuple                   Pair { at: (10, 0) }
#   toml::Value, then tuple            error: invalid length 3, expected fewer elements in array in `at`
#   toml::Value, then struct           error: invalid length 3, expected fewer elements in array in `at`
#   serde_json, tuple                  error: trailing characters at line 1 column 16
#   serde_json, struct                 error: trailing characters at line 1 column 16
#   ron, tuple                         error: 1:14: Expected closing `)`
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-toml-drops-what-an-array-has-too-much"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
toml = "=1.2.2"
toml_edit = { version = "=0.25.20", features = ["serde"] }
ron = "=0.12.3"
EOF
cat > src/main.rs <<'EOF'
use serde::Deserialize;
use std::fmt::Debug;

#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Pair { at: (i32, i32) }
#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Array { at: [f32; 2] }
#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Named { at: Point }
#[derive(Deserialize, Debug)]
#[allow(dead_code)]
#[serde(deny_unknown_fields)]
struct Point { x: i32, y: i32 }
#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Variant { at: Place }
#[derive(Deserialize, Debug)]
#[allow(dead_code)]
enum Place { Flat(i32, i32) }

fn say<T: Debug, E: std::fmt::Display>(what: &str, result: Result<T, E>) {
    match result {
        Ok(value) => println!("{what:34} {value:?}"),
        Err(error) => println!("{what:34} error: {}", error.to_string().trim_end().rsplit("^\n").next().unwrap_or_default().replace('\n', " ")),
    }
}

fn main() {
    let list = "at = [10, 0, 25]";
    say("toml, tuple", toml::from_str::<Pair>(list));
    say("toml, [f32; 2]", toml::from_str::<Array>(list));
    say("toml, struct (deny_unknown_fields)", toml::from_str::<Named>(list));
    say("toml, variant", toml::from_str::<Variant>("at = { Flat = [10, 0, 25] }"));
    say("toml_edit, tuple", toml_edit::de::from_str::<Pair>(list));
    say("toml::Value, then tuple", toml::from_str::<toml::Value>(list).unwrap().try_into::<Pair>());
    say("toml::Value, then struct", toml::from_str::<toml::Value>(list).unwrap().try_into::<Named>());
    say("serde_json, tuple", serde_json::from_str::<Pair>(r#"{"at": [10, 0, 25]}"#));
    say("serde_json, struct", serde_json::from_str::<Named>(r#"{"at": [10, 0, 25]}"#));
    say("ron, tuple", ron::from_str::<Pair>("(at: (10, 0, 25))"));
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
