#!/usr/bin/env bash
# Packages: jsonpath-rfc9535 1.3.0, json-p3 2.3.1, jsonpath-plus 10.4.0 (npm), jsonpath-ng 1.16.0 (PyPI), crates serde_json_path =0.7.2, jsonpath-rust =1.0.12.
# A good guess: libraries that name RFC 9535 find what it defines; those that are older refuse the syntax that they do not know.
# What happens: the package that is named after the RFC finds nothing for `[?@.tags[0] == 'x']`, an index in a comparison, and takes `not(…)`, which the RFC does not have. jsonpath-plus
#   accepts filters without parentheses, two names in a bracket and functions and finds nothing; with parentheses, `>= 5` holds for the text "7". jsonpath-ng does not read
#   `\u00e9`. Nobody says a word.
# Why it matters to us: queries over content, in checks and in editors' extensions, are green because they find nothing. A query in a check has to state how many results it needs at least.
# Any operating system with Node, Python 3.10 and Rust.
# Seen:
#   $.quests[?@.tags[0] == 'x'].id
#     ["a"]           json-p3, jsonpath-ng, jsonpath-rust, serde_json_path
#     []              jsonpath-plus, jsonpath-rfc9535
#   $.quests[?not(@.tags)].id
#     []              jsonpath-plus, jsonpath-rfc9535
#     refused         json-p3, jsonpath-ng, jsonpath-rust, serde_json_path
#   $.quests[?@.gold > 5].id
#     ["é"]           json-p3, jsonpath-ng, jsonpath-rfc9535, jsonpath-rust, serde_json_path
#     []              jsonpath-plus
#   $.quests[?(@.gold >= 5)].id
#     ["a","b","é"]   jsonpath-plus
#     ["a","é"]       json-p3, jsonpath-ng, jsonpath-rfc9535, jsonpath-rust, serde_json_path
#   $.quests[0]['id','gold']
#     ["a",5]         json-p3, jsonpath-ng, jsonpath-rfc9535, jsonpath-rust, serde_json_path
#     []              jsonpath-plus
#   $.quests[?(@.id == '\u00e9')].id
#     ["é"]           json-p3, jsonpath-rfc9535, jsonpath-rust, serde_json_path
#     []              jsonpath-ng, jsonpath-plus
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-jsonpath-with-the-name-of-the-rfc-finds-nothing"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde_json = "1"
serde_json_path = "=0.7.2"
jsonpath-rust = "=1.0.12"
EOF
cat > src/main.rs <<'EOF'
use jsonpath_rust::JsonPath;

fn main() {
    let content: serde_json::Value = serde_json::from_str(&std::fs::read_to_string("content.json").unwrap()).unwrap();
    for query in std::fs::read_to_string("queries").unwrap().lines() {
        let text = |found: Option<Vec<&serde_json::Value>>| found.map_or("refused".into(), |found| serde_json::to_string(&found).unwrap());
        println!("serde_json_path\t{query}\t{}", text(serde_json_path::JsonPath::parse(query).ok().map(|path| path.query(&content).all())));
        println!("jsonpath-rust\t{query}\t{}", text(content.query(query).ok()));
    }
}
EOF
cat > content.json <<'EOF'
{"quests":[{"id":"a","gold":5,"tags":["x","y"]},{"id":"b","gold":"7"},{"id":"é","gold":9}]}
EOF
cat > queries <<'EOF'
$.quests[?@.tags[0] == 'x'].id
$.quests[?not(@.tags)].id
$.quests[?@.gold > 5].id
$.quests[?(@.gold >= 5)].id
$.quests[0]['id','gold']
$.quests[?(@.id == '\u00e9')].id
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check jsonpath-ng==1.16.0
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts jsonpath-rfc9535@1.3.0 json-p3@2.3.1 jsonpath-plus@10.4.0
cat > probe.py <<'EOF'
import json
from jsonpath_ng.ext import parse
content = json.load(open("content.json"))
for line in open("queries"):
    try:
        found = json.dumps([match.value for match in parse(line.rstrip("\n")).find(content)], ensure_ascii=False, separators=(",", ":"))
    except Exception:
        found = "refused"
    print(f"jsonpath-ng\t{line.rstrip()}\t{found}")
EOF
cat > probe.cjs <<'EOF'
const fs = require("node:fs");
const p3 = require("json-p3");
const { JSONPath } = require("jsonpath-plus");
const rfc = require("jsonpath-rfc9535").default ?? require("jsonpath-rfc9535");
const content = JSON.parse(fs.readFileSync("content.json", "utf8"));
const attempt = (find) => {
  try {
    return JSON.stringify(find());
  } catch {
    return "refused";
  }
};
const lines = fs.readFileSync("others", "utf8").trimEnd().split("\n").map((line) => line.split("\t"));
for (const query of fs.readFileSync("queries", "utf8").trimEnd().split("\n")) {
  const all = lines.filter((line) => line[1] === query).map((line) => [line[0], line[2]]);
  all.push(["jsonpath-rfc9535", attempt(() => rfc.query(content, query))]);
  all.push(["json-p3", attempt(() => p3.query(query, content).values())]);
  all.push(["jsonpath-plus", attempt(() => JSONPath({ path: query, json: content }))]);
  const groups = {};
  for (const [name, found] of all) (groups[found] ??= []).push(name);
  console.log(query);
  for (const found of Object.keys(groups).sort()) console.log(`  ${found.padEnd(15)} ${groups[found].sort().join(", ")}`);
}
EOF
cargo run -q > others
v/bin/python probe.py >> others
node probe.cjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
