#!/usr/bin/env bash
# Packages: @cfworker/json-schema 4.1.6, jsonschema 1.5.0, ajv 8.20.0, @hyperjump/json-schema 1.18.0 (npm); jsonschema 4.26.0, jsonschema-rs 0.61.2 (PyPI).
# A good guess: a validator that is told 2020-12 (by option or by `$schema`) follows `$dynamicRef`, or says that it does not; for a schema that refers to its own root it is
#   the same as `$ref: "#"`.
# What happens: @cfworker/json-schema, called with "2020-12", and the npm package jsonschema skip it, so a tree is checked at its root and anything is valid below. jsonschema skips
#   `prefixItems`, `dependentRequired` and all else of the newer drafts as well, whatever `$schema` says. The other four agree.
# Why it matters to us: dialogues and quest trees are such schemas, and "valid" means the first level. Schemas that are written for others use `$ref`; a test has its mistake at the second level.
# Any operating system with Node and Python 3.10.
# Seen:
#                           good tree, bad leaf; extended: good, bad leaf; prefixItems
#   jsonschema (PyPI)       valid, wrong, valid, wrong, wrong
#   jsonschema-rs           valid, wrong, valid, wrong, wrong
#   @cfworker/json-schema   valid, valid, valid, valid, wrong
#   jsonschema (npm)        valid, valid, refused, refused, valid
#   ajv                     valid, wrong, valid, wrong, wrong
#   @hyperjump/json-schema  valid, wrong, valid, wrong, wrong
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts @cfworker/json-schema@4.1.6 jsonschema@1.5.0 ajv@8.20.0 @hyperjump/json-schema@1.18.0
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check jsonschema==4.26.0 jsonschema-rs==0.61.2
cat > schemas.json <<'EOF'
{
  "tree": {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/tree", "$dynamicAnchor": "node", "type": "object",
    "required": ["id"], "properties": {"next": {"type": "array", "items": {"$dynamicRef": "#node"}}}
  },
  "extended": {
    "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/extended", "$dynamicAnchor": "node",
    "$ref": "#/$defs/tree", "required": ["title"],
    "$defs": {"tree": {
      "$id": "https://example.com/base", "$dynamicAnchor": "node", "type": "object",
      "required": ["id"], "properties": {"next": {"type": "array", "items": {"$dynamicRef": "#node"}}}
    }}
  },
  "pair": {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "https://example.com/pair", "prefixItems": [{"type": "string"}], "dependentRequired": {"from": ["to"]}}
}
EOF
sed -i 's|"\$ref": "#/\$defs/tree"|"$ref": "https://example.com/base"|' schemas.json
cat > cases.json <<'EOF'
[["tree", {"id": 1, "next": [{"id": 2}]}], ["tree", {"id": 1, "next": [{}]}],
 ["extended", {"id": 1, "title": "a", "next": [{"id": 2, "title": "b"}]}], ["extended", {"id": 1, "title": "a", "next": [{"id": 2}]}],
 ["pair", [5]]]
EOF
cat > probe.py <<'EOF'
import json, jsonschema, jsonschema_rs
schemas, cases = json.load(open("schemas.json")), json.load(open("cases.json"))
print("jsonschema (PyPI)\t" + "\t".join("valid" if jsonschema.Draft202012Validator(schemas[name]).is_valid(value) else "wrong" for name, value in cases))
print("jsonschema-rs\t" + "\t".join("valid" if jsonschema_rs.Draft202012Validator(schemas[name]).is_valid(value) else "wrong" for name, value in cases))
EOF
cat > probe.mjs <<'EOF'
import fs from "node:fs";
import { Validator as Worker } from "@cfworker/json-schema";
import { registerSchema, validate } from "@hyperjump/json-schema/draft-2020-12";
import Ajv from "ajv/dist/2020.js";
import jsonschema from "jsonschema";
const schemas = JSON.parse(fs.readFileSync("schemas.json", "utf8"));
const cases = JSON.parse(fs.readFileSync("cases.json", "utf8"));
for (const schema of Object.values(schemas)) registerSchema(structuredClone(schema), schema.$id);
const validators = {
  "@cfworker/json-schema": (schema, value) => new Worker(schema, "2020-12").validate(value).valid,
  "jsonschema (npm)": (schema, value) => new jsonschema.Validator().validate(value, schema).valid,
  "ajv": (schema, value) => new Ajv({ strict: false }).compile(schema)(value),
  "@hyperjump/json-schema": async (schema, value) => (await validate(schema.$id, value)).valid,
};
const rows = fs.readFileSync("python", "utf8").trimEnd().split("\n").map((line) => line.split("\t"));
for (const [name, check] of Object.entries(validators)) {
  const row = [name];
  for (const [schema, value] of cases) {
    try {
      row.push((await check(structuredClone(schemas[schema]), value)) ? "valid" : "wrong");
    } catch {
      row.push("refused");
    }
  }
  rows.push(row);
}
console.log("                        good tree, bad leaf; extended: good, bad leaf; prefixItems");
for (const [name, ...verdicts] of rows) console.log(`${name.padEnd(23)} ${verdicts.join(", ")}`);
EOF
v/bin/python probe.py > python
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
