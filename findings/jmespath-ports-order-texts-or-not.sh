#!/usr/bin/env bash
# Packages: jmespath 0.16.0, @jmespath-community/jmespath 1.3.0 (npm), jmespath 1.1.0 (PyPI), crate jmespath =0.5.0.
# A good guess: ports of JMESPath, which has a specification with a suite of tests, select the same elements.
# What happens: `<` and `>` are for numbers alone in the specification. Two ports order texts all the same, two find nothing. The older one in JavaScript also compares numbers with texts,
#   and what is missing with anything, so a quest without `level` is below 9; Python has an error for texts. `to_number('')` is 0 or null.
# Why it matters to us: a filter over content that finds nothing in one tool and all in another is no error in either. Filters on ids and dates as text do not belong into exported queries;
#   a test states what a missing value compares as.
# Any operating system with Node, Python 3.10 and Rust.
# Seen:
#   quests[?id < 'ring'].id
#     jmespath (npm) ["bear"], community [], Python ["bear"], Rust []
#   quests[?level < '9'].id
#     jmespath (npm) ["bear","ring"], community [], Python refused, Rust []
#   quests[?level < `9`].id
#     jmespath (npm) ["bear","ring"], community ["bear"], Python ["bear"], Rust ["bear"]
#   to_number('')
#     jmespath (npm) 0, community 0, Python null, Rust null
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-jmespath-ports-order-texts-or-not"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
jmespath = "=0.5.0"
EOF
cat > content.json <<'EOF'
{"quests":[{"id":"bear","level":5},{"id":"wolf","level":12},{"id":"ring"}]}
EOF
cat > queries <<'EOF'
quests[?id < 'ring'].id
quests[?level < '9'].id
quests[?level < `9`].id
to_number('')
EOF
cat > src/main.rs <<'EOF'
fn main() {
    let content = jmespath::Variable::from_json(&std::fs::read_to_string("content.json").unwrap()).unwrap();
    for query in std::fs::read_to_string("queries").unwrap().lines() {
        println!("{}", jmespath::compile(query).unwrap().search(&content).map_or("refused".into(), |found| found.to_string()));
    }
}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check jmespath==1.1.0
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts jmespath@0.16.0 @jmespath-community/jmespath@1.3.0
cat > probe.py <<'EOF'
import jmespath, json
content = json.load(open("content.json"))
for query in open("queries"):
    try:
        print(json.dumps(jmespath.search(query.strip(), content), separators=(",", ":")))
    except Exception:
        print("refused")
EOF
cat > probe.mjs <<'EOF'
import fs from "node:fs";
import * as community from "@jmespath-community/jmespath";
import jmespath from "jmespath";
const read = (name) => fs.readFileSync(name, "utf8").trimEnd().split("\n");
const content = JSON.parse(fs.readFileSync("content.json", "utf8"));
const [python, rust] = [read("python"), read("rust")];
read("queries").forEach((query, index) => {
  console.log(query);
  console.log(`  jmespath (npm) ${JSON.stringify(jmespath.search(content, query))}, community ${JSON.stringify(community.search(content, query))}, Python ${python[index]}, Rust ${rust[index]}`);
});
EOF
cargo run -q > rust
v/bin/python probe.py > python
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
