#!/usr/bin/env bash
# Packages: @apidevtools/json-schema-ref-parser 15.5.2 (npm), with which generators and form builders read schemas; ajv 8.20.0 as the judge.
# A good guess: `dereference` gives a schema that accepts the same documents; what stands beside a `$ref` is merged, as its documentation says.
# What happens: merged, but not as a conjunction. `required` beside a `$ref` replaces that of the target, so an extending record loses the required
#   properties of its base; a looser `maxLength` replaces a stricter one. Inside `const`, `enum` and `default`, a value that looks like a reference is
#   replaced by the schema that it names, so the valid value is refused and another accepted. A target that has an `$id` is copied with it, and the result
#   is refused as ambiguous. Where a circular record in another file is referred to again, what stands beside the
#   reference is dropped. `bundle` keeps all verdicts tried here.
# Why it matters to us: studios feed their schemas through such a step before questc or an editor sees them, and records that extend a base are the
#   usual form. In the guide: bundle, never dereference; a test that `allOf` is what our own written schemas use there.
# Any operating system with Node.
# Seen:
#   required beside a reference      as written false, bundled false, dereferenced true
#   looser limit beside a reference  as written false, bundled false, dereferenced true
#   a constant that looks like one   as written true, bundled true, dereferenced false
#     and the schema in its place    as written false, bundled false, dereferenced true
#   a target with an $id             as written true, bundled true, dereferenced reference "https://example.org/b.json" resolves to more than one schema
#   {"$ref":"parts/stage.json","maxLength":3}, circular, is dereferenced as {"$ref":"parts/stage.json"}
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts @apidevtools/json-schema-ref-parser@15.5.2 ajv@8.20.0
cat > probe.mjs <<'EOF'
import { mkdirSync, writeFileSync } from "node:fs";
import $RefParser from "@apidevtools/json-schema-ref-parser";
import Ajv from "ajv/dist/2020.js";
const judge = (schema, value) => { try { return new Ajv.default({ strict: false }).validate(schema, value); } catch (error) { return error.message.replace(/ to more.*/, " to more than one schema"); } };
const base = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };
for (const [name, schema, value] of [
  ["required beside a reference", { $ref: "#/$defs/base", required: ["gold"], $defs: { base } }, { gold: 1 }],
  ["looser limit beside a reference", { $ref: "#/$defs/id", maxLength: 9, $defs: { id: { type: "string", maxLength: 3 } } }, "wolf"],
  ["a constant that looks like one", { const: { $ref: "#/$defs/id" }, $defs: { id: { type: "string" } } }, { $ref: "#/$defs/id" }],
  ["  and the schema in its place", { const: { $ref: "#/$defs/id" }, $defs: { id: { type: "string" } } }, { type: "string" }],
  ["a target with an $id", { $id: "https://example.org/a.json", properties: { q: { $ref: "b.json" } }, $defs: { b: { $id: "b.json", type: "string" } } }, { q: "wolf" }],
]) {
  const [bundled, dereferenced] = [await $RefParser.bundle(structuredClone(schema)), await $RefParser.dereference(structuredClone(schema))];
  console.log(`${name.padEnd(32)} as written ${judge(schema, value)}, bundled ${judge(bundled, value)}, dereferenced ${judge(dereferenced, value)}`);
}
mkdirSync("parts");
writeFileSync("parts/stage.json", JSON.stringify({ type: ["object", "string"], properties: { next: { $ref: "#" } } }));
writeFileSync("root.json", JSON.stringify({ properties: { first: { $ref: "parts/stage.json" }, second: { $ref: "parts/stage.json", maxLength: 3 } } }));
const { properties: { second } } = await $RefParser.dereference("root.json", { dereference: { circular: "ignore" } });
console.log(`{"$ref":"parts/stage.json","maxLength":3}, circular, is dereferenced as ${JSON.stringify(second)}`);
EOF
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
