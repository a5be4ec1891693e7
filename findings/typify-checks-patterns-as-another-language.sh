#!/usr/bin/env bash
# Packages: crate typify =0.8.0 (the version we use), regress =0.10.5, serde =1.0.229, serde_json =1.0.154; node's own RegExp is the reference.
#
# A good guess: a type that typify makes for `"pattern": "^\\p{L}+$"` accepts what the schema accepts. typify chose `regress` because that
#   crate knows the regular expressions of ECMAScript.
# What really happens: the generated code compiles the pattern without the flag for Unicode, in ECMAScript's older mode,
#   where `\p` is the letter p. The type refuses every word ("Wolf", "狼") and accepts the texts "p{L}" and "p{L}}}". Nothing warns when the
#   code is generated. Validators (ajv, jsonschema, ours) use Unicode, as JSON Schema says. `\u{1F43A}` happens to work.
# Why it matters to us: the feature `authoring` makes its types with typify. Content that our check passes cannot be read or built with those types
#   if a schema uses a Unicode property, which is what schemas for languages other than English do. The pattern has to be checked by us, or
#   taken out of the schema that typify sees.
# System independence: pure computation. typify's build takes about 45 CPU seconds.
#
# Seen:
#   Wolf    ECMAScript, flag u: accepts   regress, flag u: accepts   type of typify: refuses
#   狼       ECMAScript, flag u: accepts   regress, flag u: accepts   type of typify: refuses
#   Чудо    ECMAScript, flag u: accepts   regress, flag u: accepts   type of typify: refuses
#   p{L}    ECMAScript, flag u: refuses   regress, flag u: refuses   type of typify: accepts
#   p{L}}}  ECMAScript, flag u: refuses   regress, flag u: refuses   type of typify: accepts
#   42      ECMAScript, flag u: refuses   regress, flag u: refuses   type of typify: refuses
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-typify-checks-patterns-as-another-language"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
typify = "=0.8.0"
regress = "=0.10.5"
serde = { version = "=1.0.229", features = ["derive"] }
serde_json = "=1.0.154"
EOF
cat > src/main.rs <<'EOF'
typify::import_types!("schema.json");

fn main() {
    for text in ["Wolf", "狼", "Чудо", "p{L}", "p{L}}}", "42"] {
        let type_reads = serde_json::from_value::<Name>(text.into()).is_ok();
        let unicode = regress::Regex::with_flags(r"^\p{L}+$", "u").unwrap().find(text).is_some();
        println!("{text} {type_reads} {unicode}");
    }
}
EOF
cat > schema.json <<'EOF'
{ "$schema": "http://json-schema.org/draft-07/schema#", "title": "Name", "type": "string", "pattern": "^\\p{L}+$" }
EOF
cargo run -q > rust.txt
node -e '
const pattern = require("./schema.json").pattern;
for (const line of require("fs").readFileSync("rust.txt", "utf8").trim().split("\n")) {
  const [text, type, regress] = line.split(" ");
  const says = yes => (yes === "true" || yes === true ? "accepts" : "refuses");
  console.log(`${text.padEnd(7)} ECMAScript, flag u: ${says(new RegExp(pattern, "u").test(text))}   regress, flag u: ${says(regress)}   type of typify: ${says(type)}`);
}' > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
