#!/usr/bin/env bash
# Packages: vscode-json-languageservice 5.7.2, yaml-language-server 2.0.0, ajv 8.20.0 (npm); jsonschema 4.26.0 (PyPI).
# A good guess: `patternProperties` applies to every name that matches, also if `properties` names it or another pattern
#   matches as well. Whatever else the two editor services get wrong, this is draft-04 and the oldest part of the code.
# What happens: in both services a name is used up by the first keyword that takes it. `properties` comes before
#   `patternProperties`, and among patterns the one written first wins: the order of the patterns in the schema decides the
#   verdict. `"secret": false` forbids nothing if a wider pattern stands before it.
# Why it matters to us: rewards and flags are maps with prefixes (`item:`, `flag:`), and schemas say "all names: text; those
#   with a prefix: one of these ids" with two patterns. In questc's schemas for editors each name may match one pattern only,
#   or the parts belong into an `allOf`, where both services check all of them (last row).
# Any operating system with Node 20.19 or later (the YAML server asks for 22 but runs) and Python 3.9 or later.
# Seen:
#                                   ajv     python  json    yaml
#   wide pattern, then narrow one   refuse  refuse  accept  accept
#   narrow pattern, then wide one   refuse  refuse  refuse  refuse
#   properties beside a pattern     refuse  refuse  accept  accept
#   pattern, then forbidden names   refuse  refuse  accept  accept
#   the same two in an allOf        refuse  refuse  refuse  refuse
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts \
  vscode-json-languageservice@5.7.2 yaml-language-server@2.0.0 ajv@8.20.0 2>/dev/null
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check jsonschema==4.26.0
cat > probe.mjs <<'EOF'
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import * as yaml from "yaml-language-server";
const require = createRequire(import.meta.url);
const json = require("vscode-json-languageservice");
const Ajv = require("ajv/dist/2020").default;

async function inJson(schema, text) {
  const service = json.getLanguageService({});
  service.configure({ schemas: [{ uri: "file:///s.json", fileMatch: ["*.json"], schema: structuredClone(schema) }] });
  const document = json.TextDocument.create("file:///d.json", "json", 1, text);
  return (await service.doValidation(document, service.parseJSONDocument(document))).length === 0;
}
let number = 0;
async function inYaml(schema, text) {
  const service = yaml.getLanguageService({
    schemaRequestService: async () => JSON.stringify(schema),
    workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
  });
  service.configure({ validate: true, schemas: [{ uri: "file:///s.json", fileMatch: ["*.yaml"], schema: structuredClone(schema) }] });
  const document = yaml.TextDocument.create(`file:///d${++number}.yaml`, "yaml", number, text);
  return (await service.doValidation(document, false)).length === 0;
}
const python = (schema, text) => execFileSync("v/bin/python", ["-c",
  "import sys,json,jsonschema;print(jsonschema.Draft202012Validator(json.loads(sys.argv[1])).is_valid(json.loads(sys.argv[2])))",
  JSON.stringify(schema), text]).toString().trim() === "True";
const ajv = (schema, text) => new Ajv({ strict: false }).validate(schema, JSON.parse(text));

const dialect = { $schema: "https://json-schema.org/draft/2020-12/schema" };
const wide = { "^[a-z:]+$": { type: "string" } };
const narrow = { "^flag:": { enum: ["on", "off"] } };
const rows = [
  ["wide pattern, then narrow one", { patternProperties: { ...wide, ...narrow } }, '{"flag:met": "maybe"}', [false, false, true, true]],
  ["narrow pattern, then wide one", { patternProperties: { ...narrow, ...wide } }, '{"flag:met": "maybe"}', [false, false, false, false]],
  ["properties beside a pattern", { properties: { "flag:met": { type: "string" } }, patternProperties: narrow }, '{"flag:met": "maybe"}', [false, false, true, true]],
  ["pattern, then forbidden names", { patternProperties: { ...wide, "^secret$": false } }, '{"secret": "x"}', [false, false, true, true]],
  ["the same two in an allOf", { allOf: [{ patternProperties: wide }, { patternProperties: narrow }] }, '{"flag:met": "maybe"}', [false, false, false, false]],
];
const word = (accepted) => (accepted ? "accept" : "refuse").padEnd(8);
console.log(" ".repeat(32) + ["ajv", "python", "json", "yaml"].map((name) => name.padEnd(8)).join("").trimEnd());
let wrong = 0;
for (const [name, part, text, expected] of rows) {
  const schema = { ...dialect, ...part };
  const seen = [ajv(schema, text), python(schema, text), await inJson(schema, text), await inYaml(schema, text)];
  console.log(name.padEnd(32) + seen.map(word).join("").trimEnd());
  if (JSON.stringify(seen) !== JSON.stringify(expected)) wrong++;
}
if (wrong) { console.error(`${wrong} rows differ from what this script states`); process.exit(1); }
EOF
node probe.mjs
