#!/usr/bin/env bash
# Packages: vscode-json-languageservice 5.7.2 (npm), the JSON support of VS Code.
# A good guess: in a `oneOf` whose alternatives are told apart by a tag, completion at the tag offers every tag, whether the
#   value under the cursor is empty, half written or complete, and `"const": "kill"` means the same as `"enum": ["kill"]`.
# What happens: with `const`, the service looks the tag up first and tests only the alternative that has it. As soon as the
#   value is one of the tags, completion offers that one tag alone: a designer who wants to change `kill` into `talk` is
#   told that there is nothing else. With `enum` of one value all tags are offered. One alternative with `enum` (or without
#   the tag) switches the lookup off for all.
# Why it matters to us: quest objectives are tagged unions, and designers change kinds by completion. questc's schemas for
#   editors should write `enum` with one value for tags. questc's own language server offers all tags at a complete one.
# Any operating system with Node 20.19 or later; nothing depends on the machine.
# Seen:
#   const, "kill" complete: "kill"
#   const, "ki" half:       "kill","talk","collect"
#   enum,  "kill" complete: "kill","talk","collect"
#   one enum among consts:  "kill","talk","collect"
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts vscode-json-languageservice@5.7.2
cat > probe.mjs <<'EOF'
import { createRequire } from "node:module";
import assert from "node:assert";
const { getLanguageService, TextDocument } = createRequire(import.meta.url)("vscode-json-languageservice");

async function offered(words, value) {
  const alternative = (tag, name) => ({ required: ["kind"], properties: { kind: words(name, tag) } });
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", type: "object", oneOf: ["kill", "talk", "collect"].map(alternative) };
  const service = getLanguageService({});
  service.configure({ schemas: [{ uri: "file:///s.json", fileMatch: ["*.json"], schema: structuredClone(schema) }] });
  const text = `{"kind": "${value}"}`;
  const document = TextDocument.create("file:///d.json", "json", 1, text);
  const list = await service.doComplete(document, document.positionAt(10), service.parseJSONDocument(document));
  return list.items.map((item) => item.label).join(",");
}
const all = '"kill","talk","collect"';
const rows = [
  ['const, "kill" complete', (_, tag) => ({ const: tag }), "kill", '"kill"'],
  ['const, "ki" half', (_, tag) => ({ const: tag }), "ki", all],
  ['enum,  "kill" complete', (_, tag) => ({ enum: [tag] }), "kill", all],
  ["one enum among consts", (at, tag) => (at === 2 ? { enum: [tag] } : { const: tag }), "kill", all],
];
for (const [name, words, value, expected] of rows) {
  const seen = await offered(words, value);
  console.log(`${name}:`.padEnd(24) + seen);
  assert.equal(seen, expected, name);
}
EOF
node probe.mjs || { echo "differs from what this script states" >&2; exit 1; }
