#!/usr/bin/env bash
# Packages: crates ciborium =0.2.2 (newest), serde =1.0.229, rmp-serde =1.3.1 and serde_json =1.0.154 for comparison; npm cbor-x 1.6.0 and
#   @msgpack/msgpack 3.1.2 write.
#
# A good guess: CBOR is "binary JSON" and serde's f64 takes whole numbers in every format that marks types (JSON, TOML, MessagePack), so a save that
#   JavaScript wrote is read. A list that is too long for a tuple is an error.
# What really happens: JavaScript knows one type of numbers and its encoders write 5.0 as the integer 5; ciborium refuses an integer where a
#   float belongs (and reads it for 5.5, so it depends on the value). The same object in JSON and in MessagePack is read. The other way
#   round, a list of three for a tuple of two is an error in JSON and MessagePack, and ciborium drops the third element.
#   A field that changes from u32 to f64 between two releases makes old saves unreadable in CBOR alone.
# Why it matters to us: journals promise to be saved "in any format of serde". Fields of floating point in saves fail for whole values as soon as a
#   tool in another language, or an older release with integers, wrote them. CBOR needs a row of its own in the format matrix: whole
#   numbers for floats, and lists that are too long.
# System independence: pure computation.
#
# Seen:
#   {"reputation":5.5,"at":[1,2]}
#     JSON     Save { reputation: 5.5, at: (1, 2) }
#     MsgPack  Save { reputation: 5.5, at: (1, 2) }
#     CBOR     Save { reputation: 5.5, at: (1, 2) }
#   {"reputation":5,"at":[1,2]}
#     JSON     Save { reputation: 5.0, at: (1, 2) }
#     MsgPack  Save { reputation: 5.0, at: (1, 2) }
#     CBOR     error: Semantic(None, "invalid type: integer `5`, expected float")
#   {"reputation":5.5,"at":[1,2,3]}
#     JSON     error: trailing characters at line 1 column 29
#     MsgPack  error: array had incorrect length, expected 2
#     CBOR     Save { reputation: 5.5, at: (1, 2) }
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-ciborium-refuses-whole-floats-and-drops-elements"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
rmp-serde = "=1.3.1"
ciborium = "=0.2.2"
EOF
cat > src/main.rs <<'EOF'
#[derive(serde::Deserialize, Debug)]
#[allow(dead_code)]
struct Save { reputation: f64, at: (i32, i32) }

fn main() {
    for name in ["half", "whole", "long"] {
        let read = |end: &str| std::fs::read(format!("{name}.{end}")).unwrap();
        println!("{}", String::from_utf8(read("json")).unwrap());
        let say = |format: &str, result: Result<Save, String>| match result {
            Ok(save) => println!("  {format:8} {save:?}"),
            Err(error) => println!("  {format:8} error: {error}"),
        };
        say("JSON", serde_json::from_slice(&read("json")).map_err(|e| e.to_string()));
        say("MsgPack", rmp_serde::from_slice(&read("msgpack")).map_err(|e| e.to_string()));
        say("CBOR", ciborium::from_reader(&read("cbor")[..]).map_err(|e| e.to_string()));
    }
}
EOF
npm install --silent --no-audit --no-fund cbor-x@1.6.0 @msgpack/msgpack@3.1.2 > npm.log 2>&1 || { cat npm.log >&2; exit 1; }
cat > write.mjs <<'EOF'
import { writeFileSync } from 'node:fs';
import { Encoder } from 'cbor-x';
import { encode } from '@msgpack/msgpack';
const cbor = new Encoder({ useRecords: false, mapsAsObjects: true });
for (const [name, value] of Object.entries({
  half: { reputation: 5.5, at: [1, 2] }, whole: { reputation: 5.0, at: [1, 2] }, long: { reputation: 5.5, at: [1, 2, 3] } })) {
  writeFileSync(name + '.json', JSON.stringify(value));
  writeFileSync(name + '.cbor', cbor.encode(value));
  writeFileSync(name + '.msgpack', encode(value));
}
EOF
node write.mjs
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
