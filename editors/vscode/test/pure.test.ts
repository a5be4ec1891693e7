// What needs neither the editor nor the program.

import assert from "node:assert/strict";
import * as path from "node:path";
import { test } from "node:test";
import { endings, explore, graphAt, play, rename } from "../src/commands";
import { messagePage, picturePage } from "../src/page";
import { boxAt, read } from "../src/picture";
import { manifestOf, program } from "../src/project";
import { documentSelector, serverCommand } from "../src/server";
import { statusOf } from "../src/status";

test("the manifest is the nearest one above", () => {
  const there = new Set(["/game/quest.toml", "/game/winter/quest.toml"]);
  const manifest = (file: string): string | undefined => manifestOf(file, (name) => there.has(name));
  assert.equal(manifest("/game/content/quests/a.json"), "/game/quest.toml");
  assert.equal(manifest("/game/winter/a.json"), "/game/winter/quest.toml");
  assert.equal(manifest("/other/quest.toml"), "/other/quest.toml");
  assert.equal(manifest("/other/a.json"), undefined);
});

test("the program can be in the workspace", () => {
  assert.equal(program("${workspaceFolder}/target/debug/questc", "/game"), "/game/target/debug/questc");
  assert.equal(program("  ", "/game"), "questc");
  assert.equal(program("questc", undefined), "questc");
});

test("command lines run in the folder of the manifest", () => {
  const manifest = path.join("/game", "quest.toml");
  assert.deepEqual(graphAt(manifest, "/game/c/a b.json", 7), {
    arguments: ["graph", "--quiet", "--as", "svg", "--at", "/game/c/a b.json:7", "--manifest", "quest.toml", "--color", "never"],
    folder: "/game",
  });
  assert.deepEqual(endings(manifest, undefined).arguments.slice(0, 1), ["endings"]);
  assert.deepEqual(endings(manifest, "one").arguments.slice(0, 2), ["endings", "one"]);
  assert.deepEqual(play(manifest, "/game/a.play").arguments.slice(0, 3), ["play", "--verbose", "/game/a.play"]);
  assert.deepEqual(explore(manifest, "out").arguments.slice(0, 4), ["play", "--explore", "--out", "out"]);
  const place = { file: "/game/c/a.json", line: 3, column: 5 };
  assert.deepEqual(rename(manifest, place, "b", true).arguments.slice(0, 4), ["rename", "--at", "/game/c/a.json:3:5", "b"]);
  assert.equal(rename(manifest, place, "b", true).arguments.includes("--dry-run"), true);
  assert.equal(rename(manifest, place, "b", false).arguments.includes("--dry-run"), false);
});

const SVG = `<svg xmlns="x" data-id="a&amp;b"><style>x</style>
<g data-file="c/a &amp; b.json" data-first="2" data-last="9"></g>
<g data-file="c/a &amp; b.json" data-first="3" data-last="4"></g></svg>`;

test("pictures say where boxes are", () => {
  const picture = read(SVG, "/game");
  assert.ok(picture);
  assert.equal(picture.id, "a&b");
  const file = path.resolve("/game", "c/a & b.json");
  assert.deepEqual(picture.boxes[1], { file, first: 3, last: 4 });
  assert.equal(boxAt(picture, file, 3), 1, "the innermost box");
  assert.equal(boxAt(picture, file, 9), 0);
  assert.equal(boxAt(picture, file, 10), undefined);
  assert.equal(boxAt(picture, "/game/other.json", 3), undefined);
  assert.equal(read("error: there is nothing here", "/game"), undefined);
});

test("pages allow their own script and styles only", () => {
  const access = { script: 'x"y.js', source: "src", nonce: "n0" };
  const picture = read(SVG, "/game");
  assert.ok(picture);
  const page = picturePage(picture, access);
  assert.match(page, /default-src 'none'; style-src 'nonce-n0'; script-src src 'nonce-n0'/);
  assert.match(page, /<style nonce="n0">x<\/style>/);
  assert.match(page, /<h1>a&amp;b<\/h1>/);
  assert.match(page, /src="x&quot;y.js"/);
  assert.match(messagePage("<b>", access), /<p>&lt;b&gt;<\/p>/);
});

test("the status says what is wrong", () => {
  assert.equal(statusOf("running", { errors: 0, warnings: 0 }).text, "$(check) questc");
  assert.deepEqual(statusOf("running", { errors: 1, warnings: 2 }), {
    text: "$(error) 1 $(warning) 2",
    tooltip: "questc: 1 error, 2 warnings",
    alarm: true,
  });
  assert.equal(statusOf("running", { errors: 0, warnings: 2 }).alarm, false);
  assert.equal(statusOf("stopped", { errors: 0, warnings: 0 }).alarm, true);
  assert.equal(statusOf("off", { errors: 3, warnings: 0 }).alarm, false);
});

test("the server is told of all formats", () => {
  const selector = documentSelector();
  for (const language of ["json", "yaml", "toml", "ron", "questc-script"]) {
    assert.ok(selector.some((filter) => filter.language === language));
  }
  assert.deepEqual(serverCommand({ program: "q", arguments: ["lsp"] }), { command: "q", args: ["lsp"] });
});
