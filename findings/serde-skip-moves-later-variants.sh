#!/usr/bin/env bash
# Packages: crates serde =1.0.229, postcard =1.2.0, bitcode =0.6.9, rmp-serde =1.3.1, ciborium =0.2.2, serde_json =1.0.154 (all newest).
#
# A good guess: `#[serde(skip)]` on an enum variant means that this variant is neither written nor read. The others are not
#   touched, and a program that writes and reads with one and the same type gets back what it wrote.
# What really happens: in formats that write the position of a variant (postcard, bitcode) every variant *behind* the skipped one
#   is read as its neighbour. serde's derive counts skipped variants when it writes and leaves them out when it reads, so the
#   same binary writes `Done` and reads `Failed`, without an error. The last variant cannot be read at all. `skip_deserializing`
#   does the same, `skip_serializing` does not. Formats that write the name are not affected, so JSON tests stay green.
# Why it matters to us: journals can be saved in any format of serde, and states of quests are enums. A variant that is only
#   used at run time is the natural place for `#[serde(skip)]`. A save then turns a completed quest into a failed one. Neither
#   "skip fields" nor "renames" warns of it; the rule must be: no skipped variant before another one, in any type that is saved.
# System independence: pure computation.
#
# Seen:
#   skip
#     json     Active -> Active, Done -> Done, Failed -> Failed
#     msgpack  Active -> Active, Done -> Done, Failed -> Failed
#     cbor     Active -> Active, Done -> Done, Failed -> Failed
#     postcard Active -> Active, Done -> Failed, Failed -> error
#     bitcode  Active -> Active, Done -> Failed, Failed -> error
#   skip_deserializing
#     json     Active -> Active, Done -> Done, Failed -> Failed
#     msgpack  Active -> Active, Done -> Done, Failed -> Failed
#     cbor     Active -> Active, Done -> Done, Failed -> Failed
#     postcard Active -> Active, Done -> Failed, Failed -> error
#     bitcode  Active -> Active, Done -> Failed, Failed -> error
#   skip_serializing
#     json     Active -> Active, Done -> Done, Failed -> Failed
#     msgpack  Active -> Active, Done -> Done, Failed -> Failed
#     cbor     Active -> Active, Done -> Done, Failed -> Failed
#     postcard Active -> Active, Done -> Done, Failed -> Failed
#     bitcode  Active -> Active, Done -> Done, Failed -> Failed
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-serde-skip-moves-later-variants"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
postcard = { version = "=1.2.0", default-features = false, features = ["alloc"] }
bitcode = { version = "=0.6.9", features = ["serde"] }
rmp-serde = "=1.3.1"
ciborium = "=0.2.2"
EOF
cat > src/main.rs <<'EOF'
use serde::{Serialize, de::DeserializeOwned};
use std::fmt::Debug;

#[derive(serde::Serialize, serde::Deserialize, Debug)]
#[allow(dead_code)]
enum State { Active, #[serde(skip)] Evaluating, Done, Failed }

#[derive(serde::Serialize, serde::Deserialize, Debug)]
#[allow(dead_code)]
enum Half { Active, #[serde(skip_deserializing)] Evaluating, Done, Failed }

#[derive(serde::Serialize, serde::Deserialize, Debug)]
#[allow(dead_code)]
enum Other { Active, #[serde(skip_serializing)] Evaluating, Done, Failed }

fn show<T: Serialize + DeserializeOwned + Debug>(values: &[T]) {
    let line = |format: &str, read: &dyn Fn(&T) -> Option<T>| {
        let cells: Vec<String> = values.iter().map(|value| match read(value) {
            Some(back) => format!("{value:?} -> {back:?}"),
            None => format!("{value:?} -> error"),
        }).collect();
        println!("  {format:8} {}", cells.join(", "));
    };
    line("json", &|v| serde_json::from_str(&serde_json::to_string(v).unwrap()).ok());
    line("msgpack", &|v| rmp_serde::from_slice(&rmp_serde::to_vec(v).unwrap()).ok());
    line("cbor", &|v| { let mut b = Vec::new(); ciborium::into_writer(v, &mut b).unwrap(); ciborium::from_reader(&b[..]).ok() });
    line("postcard", &|v| postcard::from_bytes(&postcard::to_allocvec(v).unwrap()).ok());
    line("bitcode", &|v| bitcode::deserialize(&bitcode::serialize(v).unwrap()).ok());
}

fn main() {
    println!("skip");
    show(&[State::Active, State::Done, State::Failed]);
    println!("skip_deserializing");
    show(&[Half::Active, Half::Done, Half::Failed]);
    println!("skip_serializing");
    show(&[Other::Active, Other::Done, Other::Failed]);
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
