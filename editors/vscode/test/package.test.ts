// What package.json promises is there.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { root } from "./common";

interface Manifest {
  contributes: Record<string, { path?: string; url?: string; command?: string; configuration?: string }[]>;
}

const json = (name: string): unknown => JSON.parse(readFileSync(path.join(root, name), "utf8"));
const manifest = json("package.json") as Manifest;

test("all files that package.json names are there", () => {
  const { languages = [], grammars = [], snippets = [], jsonValidation = [], tomlValidation = [] } = manifest.contributes;
  const named = [...languages, ...grammars, ...snippets, ...jsonValidation, ...tomlValidation];
  const files = named.flatMap(({ path, url, configuration }) => [path, url, configuration]).filter((name) => name !== undefined);
  assert.equal(files.length, 8);
  for (const file of files) {
    assert.ok(existsSync(path.join(root, file)), file);
    assert.doesNotThrow(() => json(file), file);
  }
});

test("snippets of content have the members that the schema requires", () => {
  const snippets = json("snippets/content.json") as Record<string, { body: string[] }>;
  const text = (name: string): string => (snippets[name]?.body ?? []).join("\n");
  const schema = json("dist/schemas/quests.schema.json") as { definitions?: Definitions; $defs?: Definitions };
  const definitions = schema.definitions ?? schema.$defs ?? {};
  for (const name of ["Quest", "Stage", "Objective"]) {
    const required = definitions[name === "Stage" ? "QuestStage" : name]?.required ?? [];
    assert.ok(required.length > 0, name);
    for (const member of required) {
      assert.ok(text(name).includes(`"${member}"`), `${name} needs ${member}`);
    }
  }
});

type Definitions = Record<string, { required?: string[] }>;
