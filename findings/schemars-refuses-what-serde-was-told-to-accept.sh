#!/usr/bin/env bash
# Packages: crates schemars =1.2.3 (newest), serde =1.0.229, serde_json =1.0.154; PyPI jsonschema 4.26.0 judges.
#
# A good guess: schemars reads the attributes of serde, so its schema accepts what serde reads. Where it cannot follow, it is wider.
# What really happens: it is narrower in just the two attributes that exist for data of another release. `#[serde(alias = "..")]`, on a field or a
#   variant, leaves no trace: with `deny_unknown_fields` the old name is refused, without it the new name is "missing" because it
#   is required. `#[serde(other)]` is listed as a variant with its own Rust name: the schema admits the value "Unknown", which nobody
#   writes, and refuses every unknown text, which serde accepts. Also narrower: a set with a repeated element, and a struct given as a
#   list. No warning, and `for_deserialize` is the default contract, so this is the schema meant for reading.
# Why it matters to us: the schema of saves is made by schemars. A save of the last release that the game reads is refused by a tool that
#   validates with the schema first (a server, an editor, a support script). Renamed fields and open enums need `schemars(..)` attributes
#   by hand, and a test that old saves pass the schema, not only the reader.
# System independence: pure computation.
#
# Seen:
#   Progress       {"completed": 3}                         serde reads   schema accepts
#   Progress       {"done": 3}                              serde reads   schema refuses   <- differs
#   Strict         {"done": 3}                              serde reads   schema refuses   <- differs
#   Status         "Done"                                   serde reads   schema accepts
#   Status         "Finished"                               serde reads   schema refuses   <- differs
#   Status         "Paused"                                 serde reads   schema refuses   <- differs
#   Status         "Unknown"                                serde reads   schema accepts
#   Effect         {"amount": 5, "kind": "Gold"}            serde reads   schema accepts
#   Effect         {"amount": 5, "kind": "Reputation"}      serde reads   schema refuses   <- differs
#   Set_of_uint32  [1, 2, 1]                                serde reads   schema refuses   <- differs
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-schemars-refuses-what-serde-was-told-to-accept"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
schemars = "=1.2.3"
EOF
cat > src/main.rs <<'EOF'
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Deserialize, JsonSchema)]
#[allow(dead_code)]
struct Progress { #[serde(alias = "done")] completed: u32 }
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Strict { #[serde(alias = "done", default)] completed: u32 }
#[derive(Deserialize, JsonSchema)]
enum Status { Active, #[serde(alias = "Finished")] Done, #[serde(other)] Unknown }
#[derive(Deserialize, JsonSchema)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Effect { Gold { amount: u32 }, #[serde(other)] Unknown }

fn case<T: serde::de::DeserializeOwned + JsonSchema>(text: &str) {
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    let reads = serde_json::from_str::<T>(text).is_ok();
    println!("{}", serde_json::json!({ "type": T::schema_name(), "schema": schemars::schema_for!(T), "value": value, "reads": reads }));
}

fn main() {
    case::<Progress>(r#"{"completed": 3}"#);
    case::<Progress>(r#"{"done": 3}"#);
    case::<Strict>(r#"{"done": 3}"#);
    case::<Status>(r#""Done""#);
    case::<Status>(r#""Finished""#);
    case::<Status>(r#""Paused""#);
    case::<Status>(r#""Unknown""#);
    case::<Effect>(r#"{"kind": "Gold", "amount": 5}"#);
    case::<Effect>(r#"{"kind": "Reputation", "amount": 5}"#);
    case::<std::collections::BTreeSet<u32>>("[1, 2, 1]");
}
EOF
cat > run.py <<'EOF'
import json, sys, jsonschema
for line in sys.stdin:
    case = json.loads(line)
    valid = jsonschema.Draft202012Validator(case["schema"]).is_valid(case["value"])
    reads = case["reads"]
    print(f"{case['type']:14} {json.dumps(case['value']):40} serde {'reads  ' if reads else 'refuses'} schema {'accepts' if valid else 'refuses'}"
          + ("" if valid == reads else "   <- differs"))
EOF
python3 -m pip install -q --disable-pip-version-check --root-user-action ignore --target python jsonschema==4.26.0
cargo run -q > cases.txt
PYTHONPATH=python python3 run.py < cases.txt > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
