// Every graph of the five quests is parsed by Mermaid, and within its limit of edges. `run.sh` starts it.

import { createRequire } from "node:module";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { join, resolve } from "node:path";

const root = resolve(fileURLToPath(import.meta.url), "../../..");
const require = createRequire(join(root, "target/components/"));
const { JSDOM } = require("jsdom");
const { window } = new JSDOM("");
Object.assign(globalThis, { window, document: window.document });
const { default: mermaid } = await import(pathToFileURL(require.resolve("mermaid")).href);

const folder = join(root, "target/components/graphs");
const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".mmd"));
if (files.length === 0) throw new Error("there are no graphs");
for (const file of files) {
  const { diagramType } = await mermaid.parse(readFileSync(join(folder, file), "utf8"));
  console.log(`${file}: ${diagramType}`);
}
