// The extension as the editor runs it, with a module in place of the editor, and questc where there is one.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { before, test } from "node:test";
import type { ExtensionContext } from "vscode";
import { activate } from "../src/extension";
import { project, questc, root, until } from "./common";
import { Uri, editor, seen, window } from "./vscode";

const context = { subscriptions: [], extensionUri: Uri.file(root) } as unknown as ExtensionContext;
const skip = questc === undefined ? "QUESTC names no program" : false;

before(async () => {
  seen.settings.set("server.enabled", false);
  seen.settings.set("path", questc);
  await activate(context);
});

function command(name: string): Promise<unknown> {
  const run = seen.commands.get(name);
  assert.ok(run, name);
  return Promise.resolve(run());
}

test("all commands of package.json are registered, and no others", () => {
  const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")) as {
    contributes: { commands: { command: string }[] };
  };
  const named = manifest.contributes.commands.map(({ command }) => command).sort();
  assert.deepEqual([...seen.commands.keys()].sort(), named);
});

test("what the server says of uses shows them", async () => {
  const run = seen.commands.get("questc.references") as ((uri: string, at: object) => Promise<void>) | undefined;
  assert.ok(run);
  await run("file:///game/a%20b.json", { line: 3, character: 7 });
  const [name, uri, at] = seen.executed.at(-1) as [string, Uri, { line: number; character: number }];
  assert.equal(name, "editor.action.showReferences");
  assert.deepEqual([uri.fsPath, at.line, at.character], ["/game/a b.json", 3, 7]);
});

test("the status item says that the server is off", () => {
  assert.equal(seen.item.shown, true);
  assert.equal(seen.item.command, "questc.output");
  assert.equal(seen.item.text, "$(circle-slash) questc");
});

test("the graph follows the cursor, and a click reveals the source", { skip }, async () => {
  const { content } = project();
  window.activeTextEditor = editor(content, 3);
  await command("questc.graph");
  const panel = seen.panel;
  assert.ok(panel);
  assert.match(panel.html, /<h1>one<\/h1>/);
  assert.deepEqual(panel.posted.at(-1), { type: "cursor", box: 0 });
  const move = (line: number): void => {
    const moved = editor(content, line);
    window.activeTextEditor = moved;
    seen.selection.forEach((listener) => listener({ textEditor: moved }));
  };
  const first = panel.html;
  move(4);
  assert.deepEqual(panel.posted.at(-1), { type: "cursor", box: 1 });
  assert.equal(panel.html, first, "within one quest the page stays");
  move(7);
  await until(() => panel.html.includes("<h1>two</h1>"));
  await panel.receive({ type: "reveal", box: 0 });
  assert.deepEqual(seen.shown.at(-1), { file: content, line: 7 });
  await panel.receive({ type: "reveal", box: 99 });
  assert.equal(seen.shown.length, 1);
});

test("endings and renaming", { skip }, async () => {
  const { content, folder } = project();
  window.activeTextEditor = editor(content, 3);
  await command("questc.graph");
  await command("questc.endings");
  assert.ok(seen.lines.some((line) => line.startsWith("> questc endings one")), seen.lines.join("\n"));
  assert.ok(seen.lines.at(-1)?.includes("one"));
  window.activeTextEditor = editor(content, 2, '    { "id": "o'.length);
  seen.answers.push("first", "Rename");
  await command("questc.rename");
  assert.match(readFileSync(content, "utf8"), /"id": "first"[^]*"after": "first"/);
  assert.ok(seen.messages.at(-1)?.startsWith("Rename it to first?"));
  window.activeTextEditor = editor(content, 0);
  seen.answers.push("other");
  await command("questc.rename");
  assert.match(seen.messages.at(-1) ?? "", /^Nothing is renamed/);
  window.activeTextEditor = editor(content, 3);
  // A project that cannot be drawn leaves the last picture.
  writeFileSync(path.join(folder, "quest.toml"), "[[documents]\n");
  const html = seen.panel?.html;
  await command("questc.graph");
  assert.equal(seen.panel?.html, html);
});
