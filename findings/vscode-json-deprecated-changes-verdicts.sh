#!/usr/bin/env bash
# Packages: vscode-json-languageservice 5.7.2 (npm), the JSON support of VS Code; ajv 8.20.0 (npm) as the second opinion.
# A good guess: `deprecated: true` is an annotation. The editor strikes the property through and the verdict on a document
#   stays what it is without the word.
# What happens: the service records the deprecation among the problems of the subschema in which it stands, and every
#   keyword that asks "has this subschema problems?" answers differently: a matching `if` takes `else`, a matching `oneOf`
#   alternative loses to one that does not match, `contains` finds nothing, and `not` lets pass what it forbids. Three valid
#   documents get errors about other properties, and one invalid document gets none.
# Why it matters to us: a renamed field or an old objective kind is marked `deprecated` exactly within alternatives
#   (old spelling or new spelling). questc writes schemas for editors and tells designers that an editor never marks what
#   questc accepts. The word has to stay out of alternatives and conditions in those schemas.
# Any operating system with Node 20.19 or later; nothing depends on the machine.
# Seen:
#   if       ajv: valid    editor: Missing property "npc".
#   oneOf    ajv: valid    editor: Missing property "givers".
#   contains ajv: valid    editor: Array does not contain required item.
#   not      ajv: invalid  editor: nothing
#   the same four without `deprecated`: the editor agrees with ajv
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts vscode-json-languageservice@5.7.2 ajv@8.20.0
cat > probe.mjs <<'EOF'
import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");
const Ajv = require("ajv/dist/2020").default;

async function editor(schema, text) {
  const service = getLanguageService({});
  service.configure({ schemas: [{ uri: "file:///s.json", fileMatch: ["*.json"], schema: structuredClone(schema) }] });
  const document = TextDocument.create("file:///d.json", "json", 1, text);
  const found = await service.doValidation(document, service.parseJSONDocument(document));
  return found.map((one) => one.message).filter((message) => message !== "Value is deprecated");
}
const ajv = (schema, text) => new Ajv({ strict: false }).validate(schema, JSON.parse(text));

const old = { type: "string", deprecated: true };
const cases = [
  ["if", { if: { required: ["kind"], properties: { kind: { const: "kill", deprecated: true } } },
           then: { required: ["count"] }, else: { required: ["npc"] } },
    '{"kind":"kill","count":3}', true, ['Missing property "npc".']],
  ["oneOf", { oneOf: [{ required: ["giver"], properties: { giver: old } },
                      { required: ["givers"], properties: { id: { type: "string" }, giver: { type: "string" }, givers: { type: "array" } } }] },
    '{"id":"iron-path","giver":"kjartan"}', true, ['Missing property "givers".']],
  ["contains", { contains: { required: ["item"], properties: { item: old } } },
    '[{"item":"sword"}]', true, ["Array does not contain required item."]],
  ["not", { not: { required: ["npc"], properties: { npc: old } } },
    '{"npc":"kjartan"}', false, []],
];
let wrong = 0;
for (const [name, part, text, valid, messages] of cases) {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", ...part };
  const verdict = ajv(schema, text);
  const seen = await editor(schema, text);
  console.log(`${name.padEnd(8)} ajv: ${(verdict ? "valid" : "invalid").padEnd(8)} editor: ${seen.join("; ") || "nothing"}`);
  if (verdict !== valid || JSON.stringify(seen) !== JSON.stringify(messages)) wrong++;
  const plain = JSON.parse(JSON.stringify(schema).replaceAll(',"deprecated":true', ""));
  if (((await editor(plain, text)).length === 0) !== valid) wrong++;
}
if (wrong) { console.error(`${wrong} results differ from what this script states`); process.exit(1); }
console.log("the same four without `deprecated`: the editor agrees with ajv");
EOF
node probe.mjs
