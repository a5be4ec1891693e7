#!/usr/bin/env bash
# Packages: vscode-json-languageservice 5.7.2, yaml-language-server 2.0.0, ajv 8.20.0 (npm); jsonschema 4.26.0, jsonschema-rs 0.61.2,
#   taplo 0.9.3 (PyPI).
# A good guess: `^\p{L}+\-\p{L}+$` and `^\p{L}+-\p{L}+$` are the same pattern: a hyphen outside of brackets needs no escape and may have one. Tools
#   differ in whether they know `\p{L}` at all (Python does not), not in what the backslash before the hyphen does.
# What happens: in the Unicode mode of ECMAScript `\-` is an error outside of brackets. ajv therefore refuses the schema. The services of the editors
#   compile the pattern once more *without* Unicode mode, where `\-` is fine and `\p{L}` is the letter p followed by "{L}": now no
#   word matches, and the text `p{L}-p{L}` does. Without the backslash all is well. The Rust engines take both as letters. So one schema
#   has three verdicts on `iron-path`: valid, invalid, and no verdict.
# Why it matters to us: escaping every sign that is not a letter is a habit, and ids with letters of all languages are `\p{L}`. questc also falls back and
#   says that `iron-path` "does not match", which nobody understands. A pattern that holds `\p` and only compiles without Unicode mode
#   should be a finding of its own, at the escape, with the pattern that was meant as its fix.
# Any operating system with Node 20.19 or later (the YAML server asks for 22 but runs) and Python 3.9 or later.
# Seen:
#                        ^\p{L}+-\p{L}+$     ^\p{L}+\-\p{L}+$
#                        iron-path           iron-path           p{L}-p{L}
#   vscode json           accept              refuse              accept
#   yaml server           accept              refuse              accept
#   ajv                   accept              error               error
#   jsonschema            error               error               error
#   jsonschema-rs         accept              accept              refuse
#   taplo                 accept              accept              refuse
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts \
  vscode-json-languageservice@5.7.2 yaml-language-server@2.0.0 ajv@8.20.0 2>/dev/null
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check jsonschema==4.26.0 jsonschema-rs==0.61.2 taplo==0.9.3
cat > judge.py <<'EOF'
import json, sys, jsonschema, jsonschema_rs
schema, data = json.load(open("s.json")), {"id": sys.argv[2]}
library = {"jsonschema": jsonschema, "jsonschema-rs": jsonschema_rs}[sys.argv[1]]
try:
    print("accept" if library.Draft7Validator(schema).is_valid(data) else "refuse")
except Exception:
    print("error")
EOF
cat > probe.mjs <<'EOF'
import { createRequire } from "node:module";
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as yaml from "yaml-language-server";
const require = createRequire(import.meta.url);
const json = require("vscode-json-languageservice");
const Ajv = require("ajv").default;
const word = (accepted) => (accepted ? "accept" : "refuse");
let number = 0;

const judges = {
  "vscode json": async (schema, id) => {
    const service = json.getLanguageService({});
    service.configure({ schemas: [{ uri: "file:///s.json", fileMatch: ["*.json"], schema: structuredClone(schema) }] });
    const document = json.TextDocument.create("file:///d.json", "json", 1, JSON.stringify({ id }));
    return word((await service.doValidation(document, service.parseJSONDocument(document))).length === 0);
  },
  "yaml server": async (schema, id) => {
    const service = yaml.getLanguageService({
      schemaRequestService: async () => JSON.stringify(schema),
      workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
    });
    service.configure({ validate: true, schemas: [{ uri: "file:///s.json", fileMatch: ["*.yaml"], schema: structuredClone(schema) }] });
    const document = yaml.TextDocument.create(`file:///d${++number}.yaml`, "yaml", number, `id: ${JSON.stringify(id)}\n`);
    return word((await service.doValidation(document, false)).length === 0);
  },
  ajv: async (schema, id) => {
    try { return word(new Ajv({ strict: false }).validate(schema, { id })); } catch { return "error"; }
  },
  jsonschema: async (_, id) => execFileSync("v/bin/python", ["judge.py", "jsonschema", id]).toString().trim(),
  "jsonschema-rs": async (_, id) => execFileSync("v/bin/python", ["judge.py", "jsonschema-rs", id]).toString().trim(),
  taplo: async (_, id) => {
    writeFileSync("d.toml", `#:schema ./s.json\nid = ${JSON.stringify(id)}\n`);
    return word(spawnSync("v/bin/taplo", ["lint", "d.toml"]).status === 0);
  },
};
const expected = {
  "vscode json": "accept refuse accept", "yaml server": "accept refuse accept", ajv: "accept error error",
  jsonschema: "error error error", "jsonschema-rs": "accept accept refuse", taplo: "accept accept refuse",
};
const [plain, escaped] = ["^\\p{L}+-\\p{L}+$", "^\\p{L}+\\-\\p{L}+$"];
console.log(" ".repeat(22) + plain.padEnd(20) + escaped);
console.log(" ".repeat(22) + "iron-path".padEnd(20) + "iron-path".padEnd(20) + "p{L}-p{L}");
let wrong = 0;
for (const [name, judge] of Object.entries(judges)) {
  const seen = [];
  for (const [pattern, id] of [[plain, "iron-path"], [escaped, "iron-path"], [escaped, "p{L}-p{L}"]]) {
    const schema = { $schema: "http://json-schema.org/draft-07/schema#", type: "object", properties: { id: { type: "string", pattern } } };
    writeFileSync("s.json", JSON.stringify(schema));
    seen.push(await judge(schema, id));
  }
  console.log(name.padEnd(22) + seen.map((one) => one.padEnd(20)).join("").trimEnd());
  if (seen.join(" ") !== expected[name]) wrong++;
}
if (wrong) { console.error(`${wrong} rows differ from what this script states`); process.exit(1); }
EOF
node probe.mjs
