#!/usr/bin/env bash
# Packages: quicktype-core 23.3.25 (npm), its Rust output compiled with serde =1.0.229 and serde_json =1.0.154.
#
# A good guess: where a schema says more than types can, the generated types accept too much; what was valid survives reading and writing.
# What really happens: a map that is described by `patternProperties` (and is closed) becomes `struct P {}`: reading drops all of it, without an error, and
#   writing gives `{}`. A number of type `["integer", "number"]` or of `enum: [1, 2]` becomes an untagged enum whose first variant is f64, so 1 is
#   written as 1.0, which a reader of integers refuses. Alternatives with a constant tag are merged into one struct named after the first, with all
#   fields optional, so `give` with the gold of `take` is accepted.
# Why it matters to us: studios generate types for tools from the schema that questc reads. A test for `authoring` should write and read these three
#   forms again; in the guide: no quicktype for content that is written back.
# System independence: pure text and computation.
#
# Seen:
#   {"flags":{"flag-a":5}} is read and written as {"flags":{}}
#   {"level":1} is read and written as {"level":1.0}
#   {"rank":2} is read and written as {"rank":2.0}
#   {"action":{"kind":"give","gold":3}} is read and written as {"action":{"gold":3,"item":null,"kind":"give"}}
#   types: struct Root, struct Give, enum Kind, struct Flags, enum Level
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-quicktype-merges-alternatives-and-empties-maps"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
EOF
cat > src/main.rs <<'EOF'
#[allow(dead_code)]
mod generated;

fn main() {
    for text in [
        r#"{"flags":{"flag-a":5}}"#,
        r#"{"level":1}"#,
        r#"{"rank":2}"#,
        r#"{"action":{"kind":"give","gold":3}}"#,
    ] {
        let read: generated::Root = serde_json::from_str(text).unwrap();
        let value = serde_json::to_value(read).unwrap();
        let kept: serde_json::Map<_, _> = value.as_object().unwrap().iter().filter(|(_, value)| !value.is_null()).map(|(k, v)| (k.clone(), v.clone())).collect();
        println!("{text} is read and written as {}", serde_json::Value::Object(kept));
    }
    let names: Vec<&str> = include_str!("generated.rs").lines().filter_map(|line| line.strip_prefix("pub ")).map(|line| line.trim_end_matches(" {")).collect();
    println!("types: {}", names.join(", "));
}
EOF
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts quicktype-core@23.3.25
cat > probe.mjs <<'EOF'
import { FetchingJSONSchemaStore, InputData, JSONSchemaInput, quicktype } from "quicktype-core";
const tagged = (kind, name, type) => ({ title: kind, type: "object", properties: { kind: { const: kind }, [name]: { type } }, required: ["kind", name], additionalProperties: false });
const schema = {
  type: "object",
  properties: {
    flags: { type: "object", patternProperties: { "^flag-": { type: "integer" } }, additionalProperties: false },
    level: { type: ["integer", "number"] },
    rank: { enum: [1, 2] },
    action: { oneOf: [tagged("give", "item", "string"), tagged("take", "gold", "integer")] },
  },
};
const input = new JSONSchemaInput(new FetchingJSONSchemaStore());
await input.addSource({ name: "Root", schema: JSON.stringify(schema) });
const inputData = new InputData();
inputData.addInput(input);
const { lines } = await quicktype({ inputData, lang: "rust", rendererOptions: { visibility: "public" } });
console.log(lines.join("\n"));
EOF
node probe.mjs > src/generated.rs
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
