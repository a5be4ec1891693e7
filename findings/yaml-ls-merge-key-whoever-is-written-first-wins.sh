#!/usr/bin/env bash
# Packages: yaml-language-server 2.0.0, yaml 2.9.1 (npm); ruamel.yaml 0.18.10 (PyPI).
# A good guess: an editor either does not know the merge key `<<` or does what the merge key says: the mapping's own keys
#   win over merged ones, wherever `<<` stands.
# What happens: the server merges, but of two entries with one name the one that is written first wins. With `<<` in the first
#   line, where everybody writes it, it judges the value of the template and never looks at the mapping's own value: a
#   right override is marked (at the template, not at the override), and a wrong override passes. Moved to the last line,
#   the same mapping is judged rightly. On top, `<<` counts as a property: `propertyNames` is applied to it and
#   `minProperties`/`maxProperties` count it as one, while the names it brings count as none.
# Why it matters to us: quest templates with overrides are what merge keys are used for. Once questc reads them (behind the
#   manifest key), it must not be tested with this server as the oracle, and its findings belong at the override. The guide
#   for YAML should say that such marks in the editor are false.
# Any operating system with Node 20.19 or later (the server asks for 22 but runs) and Python 3.9 or later.
# Seen:
#   << first, override 3 of 99:  yaml count=3  ruamel count=3   server: Value is above the maximum of 10. at "99"
#   << last,  override 3 of 99:  yaml count=3  ruamel count=3   server: nothing
#   << first, override 99 of 3:  yaml count=99 ruamel count=99  server: nothing
#   << last,  override 99 of 3:  yaml count=99 ruamel count=99  server: Value is above the maximum of 10. at "99"
#   names must match ^[a-z]+$:   server: String does not match the pattern of "^[a-z]+$". at "<<"
#   3 names, at least 3 needed:  server: Object has fewer properties than the required number of 3
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts yaml-language-server@2.0.0 yaml@2.9.1 2>/dev/null
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check ruamel.yaml==0.18.10
cat > probe.mjs <<'EOF'
import assert from "node:assert";
import { execFileSync } from "node:child_process";
import { getLanguageService, TextDocument } from "yaml-language-server";
import { parse } from "yaml";

let number = 0;
async function server(quest, text) {
  const schema = { $schema: "https://json-schema.org/draft/2020-12/schema", properties: { quest } };
  const service = getLanguageService({
    schemaRequestService: async () => JSON.stringify(schema),
    workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
  });
  service.configure({ validate: true, schemas: [{ uri: "file:///s.json", fileMatch: ["*.yaml"], schema }] });
  const document = TextDocument.create(`file:///d${++number}.yaml`, "yaml", number, text);
  return (await service.doValidation(document, false)).map((one) => [one.message, document.getText(one.range)]);
}
const ruamel = (text) => execFileSync("v/bin/python", ["-c",
  "import sys;from ruamel.yaml import YAML;print(YAML(typ='safe').load(sys.argv[1])['quest']['count'])", text]).toString().trim();

const count = { properties: { count: { type: "integer", maximum: 10 } } };
const above = ["Value is above the maximum of 10.", "99"];
const template = (value) => `template: &t\n  count: ${value}\n  kind: kill\n`;
const rows = [
  ["<< first, override 3 of 99", template(99) + "quest:\n  <<: *t\n  count: 3\n", "3", [above]],
  ["<< last,  override 3 of 99", template(99) + "quest:\n  count: 3\n  <<: *t\n", "3", []],
  ["<< first, override 99 of 3", template(3) + "quest:\n  <<: *t\n  count: 99\n", "99", []],
  ["<< last,  override 99 of 3", template(3) + "quest:\n  count: 99\n  <<: *t\n", "99", [above]],
];
for (const [name, text, value, expected] of rows) {
  const seen = await server(count, text);
  const values = [String(parse(text, { merge: true }).quest.count), ruamel(text)];
  const words = seen.map(([message, at]) => `${message} at "${at}"`).join("; ") || "nothing";
  console.log(`${name}:  yaml count=${values[0].padEnd(2)} ruamel count=${values[1].padEnd(2)}  server: ${words}`);
  assert.deepEqual(values, [value, value]);
  assert.deepEqual(seen, expected);
}
const merged = template(3) + "quest:\n  <<: *t\n  npc: bob\n";
const [[name, at]] = await server({ propertyNames: { pattern: "^[a-z]+$" } }, merged);
console.log(`names must match ^[a-z]+$:   server: ${name} at "${at}"`);
assert.deepEqual([name, at], ['String does not match the pattern of "^[a-z]+$".', "<<"]);
assert.equal(Object.keys(parse(merged, { merge: true }).quest).length, 3);
const [[few]] = await server({ minProperties: 3 }, merged);
console.log(`3 names, at least 3 needed:  server: ${few}`);
assert.equal(few, "Object has fewer properties than the required number of 3");
EOF
node probe.mjs || { echo "differs from what this script states" >&2; exit 1; }
