#!/usr/bin/env bash
# Packages: crates serde =1.0.229, serde_json =1.0.154 (newest), default features.
#
# A good guess: an adjacently tagged enum (`#[serde(tag = "kind", content = "data")]`) is the well-behaved way to tag: the payload
#   keeps its own type and, other than with internal tags, integer map keys and u128 work, because nothing is buffered. And the
#   order of members in a JSON object has no meaning.
# What really happens: the payload is buffered whenever its key comes before the tag's, and a buffered payload has lost what JSON
#   said about it: integer keys of maps are texts and are refused, u128 and raw JSON are refused. So one and the same object is
#   read or refused according to the order of its two keys. serde writes the tag first, so a round trip test is green. Whoever sorts
#   keys breaks it: `serde_json::to_value` (its map is sorted), PostgreSQL's jsonb (15 gives `{"data": .., "kind": ..}` back), `jq -S`,
#   Python's `sort_keys`. "content" < "type" and "data" < "kind", so the usual names are the wrong way round.
# Why it matters to us: counters in a save are maps from numbers to numbers, and effects and rewards are tagged unions. A save that is
#   kept in a jsonb column, or was passed through `Value` by a migration, cannot be read any more. It is the order of keys that has
#   to be tested, not only the round trip.
# System independence: pure computation.
#
# Seen:
#   {"kind":"Counts","data":{"by_row":{"7":3}}}
#     -> Counts { by_row: {7: 3} }
#   {"data":{"by_row":{"7":3}},"kind":"Counts"}
#     -> error: invalid type: string "7", expected u32 at line 1 column 43
#   {"kind":"Total","data":20000000000000000000}
#     -> Total(20000000000000000000)
#   {"data":20000000000000000000,"kind":"Total"}
#     -> error: u128 is not supported at line 1 column 44
#   {"kind":"Raw","data":[1]}
#     -> Raw(RawValue([1]))
#   {"data":[1],"kind":"Raw"}
#     -> error: invalid type: newtype struct, expected any valid JSON value at line 1 column 25
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-serde-adjacent-tag-depends-on-key-order"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = { version = "=1.0.154", features = ["raw_value"] }
EOF
cat > src/main.rs <<'EOF'
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize, Deserialize, Debug)]
#[serde(tag = "kind", content = "data")]
enum Progress {
    Counts { by_row: BTreeMap<u32, u32> },
    Total(u128),
    Raw(Box<serde_json::value::RawValue>),
}

fn read(text: &str) {
    match serde_json::from_str::<Progress>(text) {
        Ok(value) => println!("{text}\n  -> {value:?}"),
        Err(error) => println!("{text}\n  -> error: {error}"),
    }
}

fn main() {
    let written = serde_json::to_string(&Progress::Counts { by_row: BTreeMap::from([(7, 3)]) }).unwrap();
    read(&written);
    let through_value: serde_json::Value = serde_json::from_str(&written).unwrap();
    read(&through_value.to_string());
    read(r#"{"kind":"Total","data":20000000000000000000}"#);
    read(r#"{"data":20000000000000000000,"kind":"Total"}"#);
    read(r#"{"kind":"Raw","data":[1]}"#);
    read(r#"{"data":[1],"kind":"Raw"}"#);
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
