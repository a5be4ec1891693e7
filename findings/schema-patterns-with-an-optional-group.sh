#!/usr/bin/env bash
# Packages: npm ajv 8.17.1; PyPI jsonschema-rs 0.61.2 (the Rust crate `jsonschema` of that version) and jsonschema 4.26.0;
#   crate regress =0.12.0.
#
# A good guess: the well-known validators differ in exotic corners of `pattern`, and then one of them refuses the schema. What all of them
#   accept without a word, they judge alike, above all something as plain as "a quote, a word, and the same quote again".
# What really happens: in ECMAScript, which JSON Schema recommends, `\1` matches the empty text if group 1 took no part in the match. In
#   Python's `re` and in fancy-regex, which the Rust crate uses, it fails. So `^(["'])?[a-z]+\1$` ("quotes are optional") accepts `wolf`
#   in ajv and in editors, and refuses it in both others, without any message about the pattern. `^(?:(a)|b)\1$` likewise. A
#   character written as two \u escapes is right in ajv, never matches in Python's, and makes the Rust crate refuse the schema; so
#   do `\k<q>`, `[^]`, `\0` and `[\b]`. `^[a-z]+$` accepts a line feed at the end in Python's only.
# Why it matters to us: these two are the oracles against which we compare verdicts. `regress` agrees with ajv on all of them, so in
#   such a case a difference is the oracle's fault, and a schema that a studio has tested with a Python script may refuse content with us that
#   it accepted, or the other way round.
# System independence: pure computation.
#
# Seen:
#   ^(["'])?[a-z]+\1$            "'wolf'"         ajv valid    regress valid    jsonschema-rs valid    jsonschema(py) valid
#   ^(["'])?[a-z]+\1$            "wolf"           ajv valid    regress valid    jsonschema-rs invalid  jsonschema(py) invalid
#   ^(["'])?[a-z]+\1$            "'wolf"          ajv invalid  regress invalid  jsonschema-rs invalid  jsonschema(py) invalid
#   ^(?:(a)|b)\1$                "b"              ajv valid    regress valid    jsonschema-rs invalid  jsonschema(py) invalid
#   ^\ud83d\udc3a$               "\ud83d\udc3a"   ajv valid    regress valid    jsonschema-rs refused  jsonschema(py) invalid
#   ^(?<q>["'])[a-z]+\k<q>$      "'wolf'"         ajv valid    regress valid    jsonschema-rs refused  jsonschema(py) refused
#   ^#[^]+$                      "#1"             ajv valid    regress valid    jsonschema-rs refused  jsonschema(py) refused
#   ^[^\0]+$                     "wolf"           ajv valid    regress valid    jsonschema-rs refused  jsonschema(py) valid
#   ^[^\b]+$                     "wolf"           ajv valid    regress valid    jsonschema-rs refused  jsonschema(py) valid
#   ^[a-z]+$                     "wolf\n"         ajv invalid  regress invalid  jsonschema-rs invalid  jsonschema(py) valid
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-optional-group"
version = "0.0.0"
edition = "2021"
[workspace]
[dependencies]
regress = "=0.12.0"
serde_json = "=1.0.154"
EOF
cat > src/main.rs <<'EOF'
fn main() {
    let cases: Vec<(String, String)> = serde_json::from_str(&std::fs::read_to_string("cases.json").unwrap()).unwrap();
    for (pattern, text) in cases {
        println!("{}", match regress::Regex::with_flags(&pattern, "u") {
            Ok(regex) => if regex.find(&text).is_some() { "valid" } else { "invalid" },
            Err(_) => "refused",
        });
    }
}
EOF
cat > cases.json <<'EOF'
[["^([\"'])?[a-z]+\\1$", "'wolf'"],
 ["^([\"'])?[a-z]+\\1$", "wolf"],
 ["^([\"'])?[a-z]+\\1$", "'wolf"],
 ["^(?:(a)|b)\\1$", "b"],
 ["^\\ud83d\\udc3a$", "\ud83d\udc3a"],
 ["^(?<q>[\"'])[a-z]+\\k<q>$", "'wolf'"],
 ["^#[^]+$", "#1"],
 ["^[^\\0]+$", "wolf"],
 ["^[^\\b]+$", "wolf"],
 ["^[a-z]+$", "wolf\n"]]
EOF
cat > run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
const Ajv = createRequire(process.cwd() + '/')('ajv');
for (const [pattern, text] of JSON.parse(readFileSync('cases.json', 'utf8'))) {
  try { console.log(new Ajv().compile({ type: 'string', pattern })(text) ? 'valid' : 'invalid'); } catch { console.log('refused'); }
}
EOF
cat > run.py <<'EOF'
import json, sys
import jsonschema, jsonschema_rs
for pattern, text in json.load(open("cases.json")):
    def verdict(check):
        try: return "valid" if check() else "invalid"
        except Exception: return "refused"
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "pattern": pattern}
    print(verdict(lambda: jsonschema_rs.validator_for(schema).is_valid(text)), verdict(lambda: jsonschema.Draft202012Validator(schema).is_valid(text)),
          pattern, json.dumps(text))
EOF
npm install --silent --no-audit --no-fund ajv@8.17.1 > npm.log 2>&1 || { cat npm.log >&2; exit 1; }
python3 -m pip install -q --disable-pip-version-check --root-user-action ignore --target python jsonschema-rs==0.61.2 jsonschema==4.26.0
node run.mjs > ajv.txt
cargo run -q > regress.txt
PYTHONPATH=python python3 run.py > python.txt
paste -d ' ' ajv.txt regress.txt python.txt | awk '{ printf "%-28s %-16s ajv %-8s regress %-8s jsonschema-rs %-8s jsonschema(py) %s\n", $5, $6, $1, $2, $3, $4 }' > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
