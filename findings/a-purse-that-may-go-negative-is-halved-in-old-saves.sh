#!/usr/bin/env bash
# Packages: crates postcard =1.2.0, bincode =2.0.1 (standard and legacy configuration), bitcode =0.6.9, rmp-serde =1.3.1, ciborium =0.2.2.
#
# A good guess: changing a field from `u32` to `i32`, so that there may be debts, is the smallest change that there is: all values that are
#   saved are small and positive, so every format reads them as they were. Widening `u8` to `u16` works or fails, whatever the value.
# What really happens: postcard and bincode read 100 as 50 and 5 as -3, without an error, as signed numbers are stored alternating (0, -1, 1, -2). An even
#   purse is halved, an odd one becomes a debt. In postcard, `u8` to `u16` works up to 127 and is an error from 128 on, so tests with small numbers
#   pass. bincode's legacy configuration reads a narrower type as well and shifts the fields after it (300 with level 0 instead of 7). bitcode keeps the sign
#   change and refuses other widths. Only rmp and CBOR read all that fits.
# Why it matters to us: numbers of facts and counters in saves must have one stated width and sign for ever, and a release check has to
#   compare types of saved fields; a row in the table of save formats.
# System independence: pure computation.
#
# Seen:
#   100, u32 to i32
#     postcard        50, level 7
#     bincode         50, level 7
#     bincode legacy  100, level 7
#     bitcode         100, level 7
#     rmp             100, level 7
#     cbor            100, level 7
#   5, u32 to i32
#     postcard        -3, level 7
#     bincode         -3, level 7
#     bincode legacy  5, level 7
#     bitcode         5, level 7
#     rmp             5, level 7
#     cbor            5, level 7
#   127, u8 to u16
#     postcard        127, level 7
#     bincode         127, level 7
#     bincode legacy  error
#     bitcode         error
#     rmp             127, level 7
#     cbor            127, level 7
#   128, u8 to u16
#     postcard        error
#     bincode         128, level 7
#     bincode legacy  error
#     bitcode         error
#     rmp             128, level 7
#     cbor            128, level 7
#   300, u32 to u16
#     postcard        300, level 7
#     bincode         300, level 7
#     bincode legacy  300, level 0
#     bitcode         error
#     rmp             300, level 7
#     cbor            300, level 7
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-a-purse-that-may-go-negative-is-halved-in-old-save"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
postcard = { version = "=1.2.0", features = ["alloc"] }
bincode = { version = "=2.0.1", features = ["serde"] }
bitcode = { version = "=0.6.9", features = ["serde"] }
rmp-serde = "=1.3.1"
ciborium = "=0.2.2"
EOF
cat > src/main.rs <<'EOF'
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::fmt::{Debug, Display};

#[derive(Serialize, Deserialize)]
struct Save<Gold> {
    gold: Gold,
    level: u8,
}

fn show<Gold: Debug, Error: Display>(save: Result<Save<Gold>, Error>) -> String {
    save.map_or("error".into(), |save| format!("{:?}, level {}", save.gold, save.level))
}

fn row<Old: Serialize, New: Debug + DeserializeOwned>(name: &str, gold: Old) {
    let save = Save { gold, level: 7 };
    let (standard, legacy) = (bincode::config::standard(), bincode::config::legacy());
    let mut cbor = Vec::new();
    ciborium::into_writer(&save, &mut cbor).unwrap();
    println!("{name}");
    for (format, value) in [
        ("postcard", show(postcard::from_bytes::<Save<New>>(&postcard::to_allocvec(&save).unwrap()))),
        ("bincode", show(bincode::serde::decode_from_slice::<Save<New>, _>(&bincode::serde::encode_to_vec(&save, standard).unwrap(), standard).map(|read| read.0))),
        ("bincode legacy", show(bincode::serde::decode_from_slice::<Save<New>, _>(&bincode::serde::encode_to_vec(&save, legacy).unwrap(), legacy).map(|read| read.0))),
        ("bitcode", show(bitcode::deserialize::<Save<New>>(&bitcode::serialize(&save).unwrap()))),
        ("rmp", show(rmp_serde::from_slice::<Save<New>>(&rmp_serde::to_vec(&save).unwrap()))),
        ("cbor", show(ciborium::from_reader::<Save<New>, _>(&cbor[..]))),
    ] {
        println!("  {format:15} {value}");
    }
}

fn main() {
    row::<u32, i32>("100, u32 to i32", 100);
    row::<u32, i32>("5, u32 to i32", 5);
    row::<u8, u16>("127, u8 to u16", 127);
    row::<u8, u16>("128, u8 to u16", 128);
    row::<u32, u16>("300, u32 to u16", 300);
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
