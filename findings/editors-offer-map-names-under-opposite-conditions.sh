#!/usr/bin/env bash
# Packages: vscode-json-languageservice 5.7.2, yaml-language-server 2.0.0 (npm).
# A good guess: completion collects `enum` values through `anyOf`, `oneOf`, `allOf` and `$ref` for values, so it does for the names of a
#   map under `propertyNames`, or it does so nowhere. And the YAML server, a fork of the JSON service, does the same.
# What happens: for values both collect through everything. For names each has a condition of its own. The JSON service offers those of an `enum` or `const`
#   that stands in `propertyNames` itself or behind one `$ref`; in an `anyOf` (such as "one of these ids, or anything with this prefix") it
#   offers nothing, although it goes on checking. The YAML server looks through `anyOf` and `allOf`, but only if `"type": "object"` stands in the
#   same schema object: a type that an `allOf` or a `$ref` beside it gives does not count. Both check all the same. Listed under `properties`, names are offered by both.
# Why it matters to us: questc's schemas for editors write `propertyNames` without `type`, and with `anyOf` as soon as an id has more than one
#   accepted form (with and without prefix, or a path): in maps by id (rewards by item, reputation by faction) nothing is completed and nobody sees why.
#   Write `"type": "object"`, and list the offered forms under `properties` or as a bare `enum`; the test with the editor's service should ask for names, too.
# Any operating system with Node 20.19 or later (the YAML server asks for 22 but runs); nothing depends on the machine.
# Seen:
#                                           json service   yaml server    bad name marked
#   value, anyOf of enum and pattern        gold,iron      gold,iron      both
#   names, enum                             gold,iron      -              both
#   names, enum, with type                  gold,iron      gold,iron      both
#   names, anyOf of enum and pattern        -              -              both
#   names, anyOf, with type                 -              gold,iron      both
#   names, anyOf, with type in an allOf     -              -              both
#   names, anyOf, listed under properties   gold,iron      gold,iron      both
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts vscode-json-languageservice@5.7.2 yaml-language-server@2.0.0 2>/dev/null
cat > probe.mjs <<'EOF'
import { createRequire } from "node:module";
import * as yaml from "yaml-language-server";
const json = createRequire(import.meta.url)("vscode-json-languageservice");
const names = (list) => list.items.map((item) => item.label.replaceAll('"', "")).sort().join(",") || "-";

async function inJson(schema, text) {
  const service = json.getLanguageService({});
  service.configure({ schemas: [{ uri: "file:///s.json", fileMatch: ["*.json"], schema: structuredClone(schema) }] });
  const at = text.indexOf("|");
  const document = json.TextDocument.create("file:///d.json", "json", 1, text.replace("|", ""));
  const parsed = service.parseJSONDocument(document);
  if (at < 0) return (await service.doValidation(document, parsed)).length > 0;
  return names(await service.doComplete(document, document.positionAt(at), parsed));
}
let number = 0;
async function inYaml(schema, text) {
  const service = yaml.getLanguageService({
    schemaRequestService: async () => JSON.stringify(schema),
    workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
  });
  service.configure({ validate: true, completion: true, schemas: [{ uri: "file:///s.json", fileMatch: ["*.yaml"], schema: structuredClone(schema) }] });
  const at = text.indexOf("|");
  const document = yaml.TextDocument.create(`file:///d${++number}.yaml`, "yaml", number, text.replace("|", ""));
  if (at < 0) return (await service.doValidation(document, false)).length > 0;
  return names(await service.doComplete(document, document.positionAt(at), false));
}
const ids = { enum: ["iron", "gold"] };
const forms = { anyOf: [ids, { pattern: "^item:" }] };
const typed = { type: "object" };
const rows = [
  ["value, anyOf of enum and pattern", forms, "gold,iron", "gold,iron", true],
  ["names, enum", { propertyNames: ids }, "gold,iron", "-"],
  ["names, enum, with type", { ...typed, propertyNames: ids }, "gold,iron", "gold,iron"],
  ["names, anyOf of enum and pattern", { propertyNames: forms }, "-", "-"],
  ["names, anyOf, with type", { ...typed, propertyNames: forms }, "-", "gold,iron"],
  ["names, anyOf, with type in an allOf", { allOf: [typed], propertyNames: forms }, "-", "-"],
  ["names, anyOf, listed under properties", { propertyNames: forms, properties: { iron: {}, gold: {} } }, "gold,iron", "gold,iron"],
];
console.log(" ".repeat(40) + "json service   yaml server    bad name marked");
let wrong = 0;
for (const [name, m, expectedJson, expectedYaml, value] of rows) {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", properties: { m } };
  const seen = value
    ? [await inJson(schema, '{"m": "|"}'), await inYaml(schema, "m: |\n")]
    : [await inJson(schema, '{"m": {"item:a": 1, "|"}}'), await inYaml(schema, "m:\n  item:a: 1\n  |\n")];
  const marked = value
    ? [await inJson(schema, '{"m": "wood"}'), await inYaml(schema, "m: wood\n")]
    : [await inJson(schema, '{"m": {"wood": 1}}'), await inYaml(schema, "m:\n  wood: 1\n")];
  console.log(name.padEnd(40) + seen[0].padEnd(15) + seen[1].padEnd(15) + (marked[0] && marked[1] ? "both" : "not both"));
  if (seen[0] !== expectedJson || seen[1] !== expectedYaml || !marked[0] || !marked[1]) wrong++;
}
if (wrong) { console.error(`${wrong} rows differ from what this script states`); process.exit(1); }
EOF
node probe.mjs
