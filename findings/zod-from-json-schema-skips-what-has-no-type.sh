#!/usr/bin/env bash
# Packages: zod 4.6.7, ajv 8.20.0 (npm).
# A good guess: `z.fromJSONSchema` throws on keywords that it cannot express (it does: `if`, `unevaluatedProperties`,
#   `dependentRequired` and `not` throw). So what does not throw is checked.
# What happens: a schema without `type` becomes "anything", silently, with all that stands in it: `properties`, `required`, `minimum`,
#   also as a member of `allOf`, which is how schemas add requirements to a base. `required` is obeyed only for names that stand
#   in the same object's `properties`. Keywords beside `$ref` are dropped. In the other
#   direction `const` or `enum` with an object refuses that very object, and `\p{L}` in a `pattern` matches no letter,
#   because the expression is compiled without the Unicode flag.
# Why it matters to us: tools around a game (web editors, level tools in TypeScript) take the studio's schema through this
#   function. Content that such a tool saved as valid will not be for questc; the guide should name ajv for that job. `questc init`
#   and the schemas that questc writes should always say `type` and repeat required names in `properties`.
# Any operating system with Node 20 or later; nothing depends on the machine.
# Seen:
#   no type: properties and minimum          ajv refuses  zod accepts
#   allOf member without type                ajv refuses  zod accepts
#   required, not in properties              ajv refuses  zod accepts
#   enum beside $ref                         ajv refuses  zod accepts
#   const with an object                     ajv accepts  zod refuses
#   pattern \p{L}                            ajv accepts  zod refuses
#   if/then                                  ajv refuses  zod throws
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts zod@4.6.7 ajv@8.20.0
cat > probe.mjs <<'EOF'
import { createRequire } from "node:module";
import * as z from "zod";
const Ajv = createRequire(import.meta.url)("ajv/dist/2020").default;
const ajv = (schema, data) => (new Ajv({ strict: false }).validate(schema, data) ? "accepts" : "refuses");
function zod(schema, data) {
  let type;
  try { type = z.fromJSONSchema(schema); } catch { return "throws"; }
  return type.safeParse(data).success ? "accepts" : "refuses";
}
const base = { type: "object", properties: { id: { type: "string" } }, required: ["id"] };
const rows = [
  ["no type: properties and minimum", { properties: { count: { minimum: 1 } }, required: ["id"] }, { count: 0 }, "refuses", "accepts"],
  ["allOf member without type", { ...base, allOf: [{ properties: { npc: { type: "string" } }, required: ["npc"] }] }, { id: "a", npc: 5 }, "refuses", "accepts"],
  ["required, not in properties", { type: "object", required: ["id"] }, {}, "refuses", "accepts"],
  ["enum beside $ref", { $defs: { id: { type: "string" } }, type: "object", properties: { next: { $ref: "#/$defs/id", enum: ["a"] } } }, { next: "b" }, "refuses", "accepts"],
  ["const with an object", { const: { x: 1 } }, { x: 1 }, "accepts", "refuses"],
  ["pattern \\p{L}", { type: "string", pattern: "^\\p{L}+$" }, "abc", "accepts", "refuses"],
  ["if/then", { type: "object", if: { required: ["a"] }, then: { required: ["b"] } }, { a: 1 }, "refuses", "throws"],
];
let wrong = 0;
for (const [name, part, data, expectedAjv, expectedZod] of rows) {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", ...part };
  const seen = [ajv(schema, data), zod(schema, data)];
  console.log(`${name.padEnd(40)} ajv ${seen[0]}  zod ${seen[1]}`);
  if (seen[0] !== expectedAjv || seen[1] !== expectedZod) wrong++;
}
if (wrong) { console.error(`${wrong} rows differ from what this script states`); process.exit(1); }
EOF
node probe.mjs
