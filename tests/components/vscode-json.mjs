// Opens the five quests in the language service of Visual Studio Code, with the schema that `questc schema --editor` writes. `run.sh`
// starts it. It says what the editor offers and what it marks, and fails if that is not what it should be.

import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join, resolve } from "node:path";
import assert from "node:assert";

const root = resolve(fileURLToPath(import.meta.url), "../../..");
const require = createRequire(join(root, "target/components/"));
const { getLanguageService, TextDocument } = require("vscode-json-languageservice");

const schema = pathToFileURL(join(root, "target/components/editor/quests.schema.json")).href;
const service = getLanguageService({
  schemaRequestService: async (address) => readFileSync(fileURLToPath(address), "utf8"),
  workspaceContext: { resolveRelativePath: (path, from) => new URL(path, from).href },
});
service.configure({ validate: true, schemas: [{ uri: schema, fileMatch: ["*.json"] }] });

function open(text) {
  const document = TextDocument.create("file:///quest.json", "json", 1, text);
  return { document, parsed: service.parseJSONDocument(document) };
}

async function marked(text) {
  const { document, parsed } = open(text);
  const found = await service.doValidation(document, parsed, { schemaValidation: "error" });
  return found.map((one) => document.getText(one.range) + ": " + one.message);
}

/** What is offered within the quotes that follow a text. */
async function offered(text, before) {
  const { document, parsed } = open(text);
  const at = document.positionAt(text.indexOf(before) + before.length);
  const list = await service.doComplete(document, at, parsed);
  return list.items.map((item) => item.label.replaceAll('"', ""));
}

const folder = join(root, "tests/rune-rust/content/quests");
for (const id of ["iron-path", "lost-tools", "patrol-route", "rusted-heart", "salvage-run-daily"]) {
  // The file names the schema as it is; the editor is to take the one that it was told.
  const text = readFileSync(join(folder, `${id}.json`), "utf8").replace(/"\$schema": "[^"]*",\s*/, "");
  assert.deepEqual(await marked(text), [], id);
}
const text = readFileSync(join(folder, "iron-path.json"), "utf8").replace(/"\$schema": "[^"]*",\s*/, "");

const wrong = await marked(text.replace('"nextStageId": "find-descent"', '"nextStageId": "find-decent"'));
console.log("marked:", wrong);
assert.equal(wrong.length, 1);
assert.equal(wrong[0], '"find-decent": no stage has this id');

const stages = await offered(text, '"nextStageId": "');
console.log("offered for nextStageId:", stages.join(", "));
assert.ok(stages.includes("find-descent") && stages.includes("defeat-lord"));

const enemies = await offered(text, '"description": "Bring down the Rust Lord",\n              "target": "');
console.log("offered for the target of Kill:", enemies.join(", "));
assert.ok(enemies.includes("enemy-rust-lord") && !enemies.includes("npc-kjartan"));

const people = await offered(text, '"npcId": "');
console.log("offered for npcId:", people.join(", "));
assert.ok(people.includes("npc-kjartan"));
console.log("everything is as it should be");
