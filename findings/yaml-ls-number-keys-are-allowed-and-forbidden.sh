#!/usr/bin/env bash
# Packages: yaml-language-server 2.0.0, yaml 2.9.1, ajv 8.20.0 (npm); check-jsonschema 0.39.0 (PyPI).
# A good guess: for JSON Schema a YAML key is its text. `1: intro` is the property "1"; a tool may also refuse such keys.
# What happens: the editor's server half converts them. `properties: {"1": ...}` finds the key and checks its value, and
#   `required: ["1"]` is content, but `additionalProperties: false` then says "Property 1 is not allowed" of the property that
#   the same schema lists. `propertyNames` refuses it by `type: string` and by `enum: ["1"]`, and never applies `pattern` to it.
#   With `patternProperties` all is well. `1.10` is looked up as "1.1", by the YAML reader `yaml` and by check-jsonschema, too,
#   so chapter 1.10 cannot be told from chapter 1.1. `true` is "true" in one checker and "True" in the other.
# Why it matters to us: maps by level, chapter or phase number are common in quest content. questc takes the text of the key
#   (`1.10` stays `1.10`), so it accepts what editors mark: the guide should tell to quote such keys, and a lint "unquoted
#   number as a key" is worth having, with the quotes as its fix.
# Any operating system with Node 20.19 or later (the server asks for 22 but runs) and Python 3.9 or later.
# Seen:
#   1: intro     properties {1: string} + additionalProperties false   server: Property 1 is not allowed.
#   1: intro     properties {1: integer}                               server: Incorrect type. Expected "integer".
#   1: intro     required [1]                                          server: nothing
#   1: intro     patternProperties ^[0-9]+$ + additionalProp. false    server: nothing
#   1: intro     propertyNames enum [1]                                server: Value is not accepted. Valid values: "1".
#   1: intro     propertyNames pattern ^[a-z]+$                        server: nothing
#   "1": intro   properties {1: string} + additionalProperties false   server: nothing
#   1.10: intro  read by yaml: {"1.1":"intro"}
#   check-jsonschema, names of 1.10, true, null: 1.1,True,None
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts yaml-language-server@2.0.0 yaml@2.9.1 ajv@8.20.0 2>/dev/null
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check check-jsonschema==0.39.0
cat > probe.mjs <<'EOF'
import assert from "node:assert";
import { createRequire } from "node:module";
import { getLanguageService, TextDocument } from "yaml-language-server";
import { parse } from "yaml";
const Ajv = createRequire(import.meta.url)("ajv/dist/2020").default;

let number = 0;
async function server(part, text) {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", ...part };
  const service = getLanguageService({
    schemaRequestService: async () => JSON.stringify(schema),
    workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
  });
  service.configure({ validate: true, schemas: [{ uri: "file:///s.json", fileMatch: ["*.yaml"], schema: structuredClone(schema) }] });
  const document = TextDocument.create(`file:///d${++number}.yaml`, "yaml", number, text);
  return (await service.doValidation(document, false)).map((one) => one.message);
}
const closed = { properties: { 1: { type: "string" } }, additionalProperties: false };
const rows = [
  ["1: intro", "properties {1: string} + additionalProperties false", closed, ["Property 1 is not allowed."], true],
  ["1: intro", "properties {1: integer}", { properties: { 1: { type: "integer" } } }, ['Incorrect type. Expected "integer".'], false],
  ["1: intro", "required [1]", { required: ["1"] }, [], true],
  ["1: intro", "patternProperties ^[0-9]+$ + additionalProp. false", { patternProperties: { "^[0-9]+$": {} }, additionalProperties: false }, [], true],
  ["1: intro", "propertyNames enum [1]", { propertyNames: { enum: ["1"] } }, ['Value is not accepted. Valid values: "1".'], true],
  ["1: intro", "propertyNames pattern ^[a-z]+$", { propertyNames: { pattern: "^[a-z]+$" } }, [], false],
  ['"1": intro', "properties {1: string} + additionalProperties false", closed, [], true],
];
for (const [text, name, schema, expected, valid] of rows) {
  const seen = await server(schema, text + "\n");
  console.log(`${text.padEnd(12)} ${name.padEnd(53)}  server: ${seen.join("; ") || "nothing"}`);
  assert.deepEqual(seen, expected, name);
  assert.equal(new Ajv({ strict: false }).validate(schema, parse(text)), valid, `ajv on ${name}`);
}
const chapter = JSON.stringify(parse("1.10: intro\n"));
console.log(`1.10: intro  read by yaml: ${chapter}`);
assert.equal(chapter, '{"1.1":"intro"}');
EOF
node probe.mjs || { echo "differs from what this script states" >&2; exit 1; }
echo '{"$schema":"https://json-schema.org/draft/2020-12/schema","propertyNames":{"pattern":"^x"}}' > s.json
printf '1.10: a\ntrue: b\nnull: c\n' > d.yaml
said=$(v/bin/check-jsonschema --no-cache --schemafile s.json d.yaml || true)
names=$(printf '%s\n' "$said" | sed -n "s/.*: '\(.*\)' does not match.*/\1/p" | paste -sd, -)
echo "check-jsonschema, names of 1.10, true, null: $names"
[ "$names" = "1.1,True,None" ] || { echo "differs from what this script states" >&2; exit 1; }
