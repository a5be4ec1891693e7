#!/usr/bin/env bash
# Packages: cel-python 0.5.0, common-expression-language 0.10.0 (PyPI), cel-js 0.8.2, @marcbachmann/cel-js 8.0.0 (npm), crate cel =0.15.0: ports of CEL, the Common Expression Language.
# A good guess: conditions in CEL mean the same everywhere; the language has a specification and a conformance suite, and no state.
# What happens: the specification says that a truth decides `||`, `&&`, `exists` and `all` whatever the other operands do. cel-js refuses `true || 1/0 > 0` and the Python package around an
#   older crate refuses `exists` and `all`. `-7 / 2` is -3, or -3.5 in cel-js. `size("é")` is 2 in the Python package around an older crate, as bytes, and cel-js does not read the escape. `1 == 1.0` is true, or an error.
#   `string(1.0)` is "1" or "1.0" and `string(true)` is "True" in cel-python. The 30th of February is a date for one.
# Why it matters to us: "one of the doors can be opened" fails for a player only because another door has no lock, and a limit on the length of names counts differently on server
#   and client. Conditions of ours state what an error in one alternative does; a test has it first and last.
# Any operating system with Python 3.10, Node and Rust.
# Seen:
#   1 / 0 > 0 || true
#     error  cel-js
#     true   cel-python, common-expression-language, cel, @marcbachmann/cel-js
#   true || 1 / 0 > 0
#     error  cel-js
#     true   cel-python, common-expression-language, cel, @marcbachmann/cel-js
#   [0, 2].exists(door, 4 / door == 2)
#     error  common-expression-language, cel-js
#     true   cel-python, cel, @marcbachmann/cel-js
#   [0, 2].all(door, 4 / door == 9)
#     error  common-expression-language, cel-js
#     false  cel-python, cel, @marcbachmann/cel-js
#   -7 / 2 == -3
#     false  cel-js
#     true   cel-python, common-expression-language, cel, @marcbachmann/cel-js
#   size("\u00e9") == 1
#     false  common-expression-language, cel-js
#     true   cel-python, cel, @marcbachmann/cel-js
#   1 == 1.0
#     error  cel-python, @marcbachmann/cel-js
#     true   common-expression-language, cel, cel-js
#   1 < 2.5
#     error  cel-python
#     true   common-expression-language, cel, cel-js, @marcbachmann/cel-js
#   string(1.0) == "1.0"
#     error  cel-js
#     false  common-expression-language, cel, @marcbachmann/cel-js
#     true   cel-python
#   string(true) == "true"
#     error  common-expression-language, cel-js
#     false  cel-python
#     true   cel, @marcbachmann/cel-js
#   timestamp("2025-02-30T00:00:00Z") > timestamp("2025-01-01T00:00:00Z")
#     error  cel-python, common-expression-language, cel, cel-js
#     true   @marcbachmann/cel-js
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-cel-ports-disagree-on-errors-and-lengths"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
cel = "=0.15.0"
EOF
cat > src/main.rs <<'EOF'
use cel::{Context, Program, Value};

fn main() {
    for text in std::fs::read_to_string("conditions").unwrap().lines() {
        let result = match Program::compile(text).ok().and_then(|program| program.execute(&Context::default()).ok()) {
            Some(Value::Bool(value)) => value.to_string(),
            Some(_) => "a value".into(),
            None => "error".into(),
        };
        println!("{result}");
    }
}
EOF
cat > conditions <<'EOF'
1 / 0 > 0 || true
true || 1 / 0 > 0
[0, 2].exists(door, 4 / door == 2)
[0, 2].all(door, 4 / door == 9)
-7 / 2 == -3
size("\u00e9") == 1
1 == 1.0
1 < 2.5
string(1.0) == "1.0"
string(true) == "true"
timestamp("2025-02-30T00:00:00Z") > timestamp("2025-01-01T00:00:00Z")
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check cel-python==0.5.0 common-expression-language==0.10.0
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts cel-js@0.8.2 @marcbachmann/cel-js@8.0.0
cat > probe.py <<'EOF'
import cel, celpy
environment = celpy.Environment()
def attempt(run):
    try:
        return str(bool(run())).lower()
    except Exception:
        return "error"
with open("celpy", "w") as first, open("wrapper", "w") as second:
    for line in open("conditions"):
        text = line.rstrip("\n")
        print(attempt(lambda: environment.program(environment.compile(text)).evaluate({})), file=first)
        print(attempt(lambda: cel.evaluate(text, {})), file=second)
EOF
cat > probe.mjs <<'EOF'
import fs from "node:fs";
import * as short from "cel-js";
import * as other from "@marcbachmann/cel-js";
const attempt = (run) => {
  try {
    return String(run());
  } catch {
    return "error";
  }
};
const read = (name) => fs.readFileSync(name, "utf8").trimEnd().split("\n");
const names = { "cel-python": read("celpy"), "common-expression-language": read("wrapper"), cel: read("rust"), "cel-js": [], "@marcbachmann/cel-js": [] };
for (const text of read("conditions")) {
  names["cel-js"].push(attempt(() => short.evaluate(text, {})));
  names["@marcbachmann/cel-js"].push(attempt(() => other.evaluate(text, {})));
}
read("conditions").forEach((text, index) => {
  const groups = {};
  for (const name in names) (groups[names[name][index]] ??= []).push(name);
  console.log(text);
  for (const answer of Object.keys(groups).sort()) console.log(`  ${answer.padEnd(6)} ${groups[answer].join(", ")}`);
});
EOF
cargo run -q > rust
v/bin/python probe.py 2> /dev/null
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
