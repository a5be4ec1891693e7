#!/usr/bin/env bash
# Packages: json-logic-js 2.0.5 (npm, the original), crate datalogic-rs =5.4.0, json-logic-qubit 0.9.1 and panzi-json-logic 1.0.1 (PyPI).
#
# A good guess: JsonLogic has a shared file of tests, so ports agree on logic and comparison; some arithmetic on texts may differ.
# What really happens: they differ in what rules are for. A fact that is missing is less than 1 in three ports and not in the fourth; it equals 0 in
#   two of four; an empty text counts as missing in three; a stored `null` takes the default in one. An empty object is true in two. -7 % 3
#   is -1 or 2. Comparing a text with a number is false or an error. No two of the four agree in all rows.
# Why it matters to us: conditions of quests are often JsonLogic, checked by a tool in one language and played in another. `x-requires` and `x-rules` state
#   what a missing fact means; a table in the guide, and a test that a missing fact is not taken for 0.
# System independence: pure computation.
#
# Seen:
#   {"<":[{"var":"gold"},1]} {}                    js true     rust true     qubit false    panzi true
#   {"==":[{"var":"gold"},0]} {}                   js false    rust true     qubit false    panzi true
#   {"var":["gold",5]} {"gold":null}               js null     rust null     qubit null     panzi 5
#   {"missing":["name"]} {"name":""}               js ["name"] rust []       qubit ["name"] panzi ["name"]
#   {"if":[{"var":"bag"},"yes","no"]} {"bag":{}}   js "yes"    rust "no"     qubit "no"     panzi "yes"
#   {"%":[-7,3]} {}                                js -1       rust -1       qubit 2        panzi 2
#   {">=":["a",1]} {}                              js false    rust error    qubit error    panzi false
#   {"!=":[null,false]} {}                         js true     rust false    qubit false    panzi false
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-json-logic-ports-answer-missing-facts-differently"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
datalogic-rs = "=5.4.0"
EOF
cat > src/main.rs <<'EOF'
fn main() {
    for line in std::fs::read_to_string("rules").unwrap().lines() {
        let (rule, data) = line.rsplit_once(' ').unwrap();
        println!("{}", datalogic_rs::eval_str(rule, data).unwrap_or("error".into()));
    }
}
EOF
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts json-logic-js@2.0.5
for package in json-logic-qubit==0.9.1 panzi-json-logic==1.0.1; do
  python3 -m venv "v-$package"
  "v-$package/bin/pip" install --quiet --disable-pip-version-check "$package"
done
cat > rules <<'EOF'
{"<":[{"var":"gold"},1]} {}
{"==":[{"var":"gold"},0]} {}
{"var":["gold",5]} {"gold":null}
{"missing":["name"]} {"name":""}
{"if":[{"var":"bag"},"yes","no"]} {"bag":{}}
{"%":[-7,3]} {}
{">=":["a",1]} {}
{"!=":[null,false]} {}
EOF
cat > probe.mjs <<'EOF'
import logic from "json-logic-js";
import { readFileSync } from "node:fs";
for (const line of readFileSync("rules", "utf8").trim().split("\n")) {
  const [rule, data] = [line.slice(0, line.lastIndexOf(" ")), line.slice(line.lastIndexOf(" "))].map((text) => JSON.parse(text));
  console.log(JSON.stringify(logic.apply(rule, data)));
}
EOF
cat > probe.py <<'EOF'
import json
from json_logic import jsonLogic
for line in open("rules"):
    rule, data = map(json.loads, line.rsplit(" ", 1))
    try:
        print(json.dumps(jsonLogic(rule, data)))
    except (TypeError, ValueError):
        print("error")
EOF
cargo build -q
paste -d '|' rules <(node probe.mjs) <("$CARGO_TARGET_DIR/debug/probe-json-logic-ports-answer-missing-facts-differently") \
  <(v-json-logic-qubit==0.9.1/bin/python probe.py 2> /dev/null) <(v-panzi-json-logic==1.0.1/bin/python probe.py 2> /dev/null) |
  while IFS='|' read -r rule js rust qubit panzi; do printf '%-46s js %-8s rust %-8s qubit %-8s panzi %s\n' "$rule" "$js" "$rust" "$qubit" "$panzi"; done > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
