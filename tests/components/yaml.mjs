// The language service for YAML in Visual Studio Code reads a quest as YAML with the schema for editors. `run.sh` starts it.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join, resolve } from "node:path";
import assert from "node:assert";

const root = resolve(fileURLToPath(import.meta.url), "../../..");
const require = createRequire(join(root, "target/components/"));
const { getLanguageService } = require("yaml-language-server");
const { TextDocument } = require("vscode-languageserver-textdocument");

const schema = pathToFileURL(join(root, "target/components/editor/quests.schema.json")).href;
const service = getLanguageService({
  schemaRequestService: async (address) => readFileSync(fileURLToPath(address), "utf8"),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
  telemetry: { send() {}, sendError() {}, sendTrack() {} },
  connection: undefined,
  clientCapabilities: {},
});
service.configure({ validate: true, completion: true, hover: true, schemas: [{ uri: schema, fileMatch: ["*.yaml"] }] });

async function marked(text) {
  const found = await service.doValidation(TextDocument.create("file:///quest.yaml", "yaml", 1, text), false);
  return found.map((one) => one.message);
}

// JSON is YAML.
const folder = join(root, "tests/rune-rust/content/quests");
const text = readFileSync(join(folder, "iron-path.json"), "utf8").replace(/"\$schema": "[^"]*",\s*/, "");
assert.deepEqual(await marked(text), []);
const wrong = await marked(text.replace('"nextStageId": "find-descent"', '"nextStageId": "find-decent"'));
console.log("marked:", wrong);
assert.equal(wrong.length, 1);
