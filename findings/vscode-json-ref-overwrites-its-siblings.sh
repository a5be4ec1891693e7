#!/usr/bin/env bash
# Packages: vscode-json-languageservice 5.7.2, yaml-language-server 2.0.0, ajv 8.20.0 (npm).
# A good guess: from draft 2019-09 on, `$ref` and its siblings both apply. A tool that gets it wrong ignores the siblings, as
#   draft-07 said. Red Hat's YAML server is a fork of VS Code's service and behaves alike.
# What happens: VS Code's service copies the keywords of the target over those beside the `$ref`, one by one. A sibling that
#   the target does not have applies; a sibling of the same name is silently replaced. So `enum` beside `$ref` narrows
#   nothing, and a record that extends a base by `$ref` loses its own `properties`, which `unevaluatedProperties` then forbids:
#   a valid document is marked. The YAML server applies both sides and agrees with ajv, but completes the values of the
#   target that it then refuses, and shows the target's description.
# Why it matters to us: questc's schemas for editors add ids beside a `$ref`. They must never stand in the same object as
#   the reference, always in an `allOf` beside it. The same JSON and YAML file is judged differently in the same VS Code.
# Any operating system with Node 20.19 or later. The YAML server asks for Node 22 but runs on 20.19.
# Seen:
#   narrowed enum, value outside: ajv refuses, json service accepts, yaml service refuses
#   base by $ref, own property:   ajv accepts, json service says "Property reward is not allowed.", yaml service accepts
#   completion for the enum:      json service "a","b","c"; yaml service a,b,c
#   hover text of the property:   "any npc" in both, though the text beside the $ref is "who gives the quest"
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts \
  vscode-json-languageservice@5.7.2 yaml-language-server@2.0.0 ajv@8.20.0 2>/dev/null
cat > probe.mjs <<'EOF'
import { createRequire } from "node:module";
import assert from "node:assert";
import * as yaml from "yaml-language-server";
const require = createRequire(import.meta.url);
const json = require("vscode-json-languageservice");
const Ajv = require("ajv/dist/2020").default;
const dialect = "https://json-schema.org/draft/2020-12/schema";

async function inJson(schema, text, at) {
  const service = json.getLanguageService({});
  service.configure({ schemas: [{ uri: "file:///s.json", fileMatch: ["*.json"], schema: structuredClone(schema) }] });
  const document = json.TextDocument.create("file:///d.json", "json", 1, text);
  const parsed = service.parseJSONDocument(document);
  const position = document.positionAt(at ?? 0);
  return {
    problems: (await service.doValidation(document, parsed)).map((one) => one.message),
    offered: (await service.doComplete(document, position, parsed)).items.map((item) => item.label),
    hover: [(await service.doHover(document, position, parsed))?.contents].flat().join(""),
  };
}
let number = 0;
async function inYaml(schema, text, at) {
  const service = yaml.getLanguageService({
    schemaRequestService: async () => JSON.stringify(schema),
    workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
  });
  service.configure({ validate: true, completion: true, hover: true, schemas: [{ uri: "file:///s.json", fileMatch: ["*.yaml"], schema: structuredClone(schema) }] });
  const document = yaml.TextDocument.create(`file:///d${++number}.yaml`, "yaml", number, text);
  const position = document.positionAt(at ?? 0);
  return {
    problems: (await service.doValidation(document, false)).map((one) => one.message),
    offered: (await service.doComplete(document, position, false)).items.map((item) => item.label),
    hover: (await service.doHover(document, position))?.contents?.value ?? "",
  };
}
const ajv = (schema, text) => new Ajv({ strict: false }).validate(schema, JSON.parse(text));

const narrowed = {
  $schema: dialect,
  $defs: { npc: { type: "string", description: "any npc", enum: ["a", "b", "c"] } },
  properties: { giver: { $ref: "#/$defs/npc", description: "who gives the quest", enum: ["a"] } },
};
const bad = '{"giver": "b"}';
const [j, y] = [await inJson(narrowed, bad), await inYaml(narrowed, bad)];
assert.equal(ajv(narrowed, bad), false);
assert.deepEqual(j.problems, []);
assert.deepEqual(y.problems, ['Value is not accepted. Valid values: "a".']);
console.log("narrowed enum, value outside: ajv refuses, json service accepts, yaml service refuses");

const extended = {
  $schema: dialect,
  $defs: { base: { properties: { id: { type: "string" } }, required: ["id"] } },
  $ref: "#/$defs/base",
  properties: { reward: { type: "integer" } },
  unevaluatedProperties: false,
};
const good = '{"id": "iron-path", "reward": 5}';
assert.equal(ajv(extended, good), true);
assert.deepEqual((await inJson(extended, good)).problems, ["Property reward is not allowed."]);
assert.deepEqual((await inYaml(extended, good)).problems, []);
console.log('base by $ref, own property:   ajv accepts, json service says "Property reward is not allowed.", yaml service accepts');

const empty = '{"giver": ""}';
const offers = [(await inJson(narrowed, empty, 11)).offered, (await inYaml(narrowed, empty, 11)).offered];
assert.deepEqual(offers, [['"a"', '"b"', '"c"'], ["a", "b", "c"]]);
console.log(`completion for the enum:      json service ${offers[0]}; yaml service ${offers[1]}`);
const hovers = [(await inJson(narrowed, bad, 3)).hover, (await inYaml(narrowed, bad, 3)).hover];
assert.equal(hovers[0], "any npc");
assert.match(hovers[1], /^any npc\n/);
console.log('hover text of the property:   "any npc" in both, though the text beside the $ref is "who gives the quest"');
EOF
node probe.mjs || { echo "differs from what this script states" >&2; exit 1; }
