// What several tests need: the program, and a project of their own.

import { mkdtempSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** The program, where the environment names it. */
export const questc: string | undefined = process.env.QUESTC;

/** The folder of the extension. The tests are in `dist/test`. */
export const root = path.resolve(__dirname, "..", "..");

const SCHEMA = `{
  "type": "object",
  "properties": { "quests": { "type": "array", "items": {
    "type": "object",
    "properties": {
      "id": { "type": "string", "x-key": "quest" },
      "after": { "type": "string", "x-ref": "quest" },
      "steps": { "type": "array", "items": { "type": "object", "properties": {
        "id": { "type": "string", "x-key": "quest.step" },
        "next": { "type": "string", "x-ref": "quest.step" }
      }, "required": ["id"] } }
    },
    "required": ["id", "steps"],
    "x-flow": { "nodes": "steps", "next": "next" }
  } } }
}
`;

export const CONTENT = `{
  "quests": [
    { "id": "one", "steps": [
      { "id": "a", "next": "b" },
      { "id": "b" }
    ] },
    { "id": "two", "after": "one", "steps": [
      { "id": "c" }
    ] }
  ]
}
`;

/** A project in a folder of its own; its path has no links. */
export function project(): { folder: string; manifest: string; content: string } {
  const folder = mkdtempSync(path.join(realpathSync(tmpdir()), "questc-vscode-"));
  const manifest = path.join(folder, "quest.toml");
  const content = path.join(folder, "content", "q & a.json");
  mkdirSync(path.dirname(content));
  writeFileSync(manifest, '[[documents]]\nschema = "s.json"\ncontent = "content/*"\n');
  writeFileSync(path.join(folder, "s.json"), SCHEMA);
  writeFileSync(content, CONTENT);
  return { folder, manifest, content };
}

/** Waits until something is so. The runner ends what never is. */
export async function until<T>(get: () => T | undefined | false): Promise<T> {
  for (;;) {
    const value = get();
    if (value !== undefined && value !== false) {
      return value;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
