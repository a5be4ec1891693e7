#!/usr/bin/env bash
# Packages: ajv 8.20.0, vscode-json-languageservice 5.7.2 (npm); for comparison jsonschema 4.26.0 (PyPI) and jsonschema-rs 0.61.2 (PyPI, the crate).
# A good guess: draft 2020-12 has been supported for years; at worst `$dynamicRef` differs. `unevaluatedProperties` and `unevaluatedItems` are what
#   one closes an extended record with, so what was looked at by `if`, `contains` or `dependentSchemas` counts.
# What happens: each tool forgets something else. Ajv takes no notice of `if` where `then` is missing, of `contains` (items that it matched stay unevaluated,
#   and one match lets all others through), and of the alternative of `anyOf` that covers all items. The editor service forgets
#   `dependentSchemas`, so it marks valid content, and believes an `if` that has *failed*, so it is silent on invalid content.
# Why it matters to us: editors and build disagree on one file. Schemas that questc writes for editors should close records by
#   `additionalProperties: false` with all names listed; overlays that close a record that has conditions need a test with these four forms.
# Any operating system with Node and Python 3.9.
# Below, true means accepted.
# Seen:
#   if, passed, no then        {"a":1}       ajv false, editor true, jsonschema true true
#   if, failed, no then        {"a":2}       ajv false, editor true, jsonschema false false
#   dependentSchemas           {"a":1,"b":2} ajv true, editor false, jsonschema true true
#   contains, rest numbers     ["x",1]       ajv true, editor true, jsonschema true true
#   contains, rest numbers     ["x",true]    ajv true, editor false, jsonschema false false
#   contains from 0, no rest   ["x"]         ajv false, editor true, jsonschema true true
#   anyOf of items and prefix  ["x","y"]     ajv false, editor true, jsonschema true true
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts ajv@8.20.0 vscode-json-languageservice@5.7.2
cat > probe.mjs <<'EOF'
import { readFileSync } from "node:fs";
import Ajv from "ajv/dist/2020.js";
import service from "vscode-json-languageservice";
for (const [, schema, value] of JSON.parse(readFileSync("cases.json"))) {
  const uri = `memory://${Math.random()}.json`;
  const editor = service.getLanguageService({});
  editor.configure({ validate: true, schemas: [{ uri, fileMatch: ["*.json"], schema: { $schema: "https://json-schema.org/draft/2020-12/schema", ...schema } }] });
  const document = service.TextDocument.create("memory://a.json", "json", 1, JSON.stringify(value));
  const found = await editor.doValidation(document, editor.parseJSONDocument(document));
  console.log(`ajv ${new Ajv.default({ strict: false }).validate(schema, value)}, editor ${found.length === 0}`);
}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check jsonschema==4.26.0 jsonschema-rs==0.61.2
cat > cases.json <<'EOF'
[["if, passed, no then", {"if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "unevaluatedProperties": false}, {"a": 1}],
 ["if, failed, no then", {"if": {"properties": {"a": {"const": 1}}, "required": ["a"]}, "unevaluatedProperties": false}, {"a": 2}],
 ["dependentSchemas", {"dependentSchemas": {"a": {"properties": {"a": true, "b": true}}}, "unevaluatedProperties": false}, {"a": 1, "b": 2}],
 ["contains, rest numbers", {"contains": {"type": "string"}, "unevaluatedItems": {"type": "number"}}, ["x", 1]],
 ["contains, rest numbers", {"contains": {"type": "string"}, "unevaluatedItems": {"type": "number"}}, ["x", true]],
 ["contains from 0, no rest", {"contains": {"type": "string"}, "minContains": 0, "unevaluatedItems": false}, ["x"]],
 ["anyOf of items and prefix", {"anyOf": [{"items": {"type": "string"}}, {"prefixItems": [true]}], "unevaluatedItems": false}, ["x", "y"]]]
EOF
cat > probe.py <<'EOF'
import json, jsonschema, jsonschema_rs
for name, schema, value in json.load(open("cases.json")):
    words = [jsonschema.Draft202012Validator(schema).is_valid(value), jsonschema_rs.Draft202012Validator(schema).is_valid(value)]
    print(f"{name:26} {json.dumps(value, separators=(',', ':')):13}|jsonschema", *map(json.dumps, words))
EOF
paste -d '|' <(v/bin/python probe.py) <(node probe.mjs) |
  while IFS='|' read -r name python node; do echo "$name $node, $python"; done > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
