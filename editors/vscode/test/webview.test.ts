// The page of the graph view in Chromium, as the editor shows it.

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { after, test } from "node:test";
import { pathToFileURL } from "node:url";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { execute, graphAt } from "../src/commands";
import { picturePage } from "../src/page";
import { read } from "../src/picture";
import { project, questc, root } from "./common";

const chromium =
  process.env.QUESTC_CHROMIUM ??
  (process.env.PATH ?? "")
    .split(path.delimiter)
    .flatMap((folder) => ["chromium", "chromium-browser", "google-chrome"].map((name) => path.join(folder, name)))
    .find((name) => existsSync(name));
const skip = questc === undefined ? "QUESTC names no program" : chromium === undefined ? "there is no Chromium" : false;

let browser: Browser | undefined;
after(() => browser?.close());

interface Window {
  said: unknown[];
  acquireVsCodeApi: () => { postMessage: (message: unknown) => void };
}

/** The page of the first quest. */
async function open(problems: string[]): Promise<Page> {
  const { manifest, content, folder } = project();
  const { output, messages } = await execute(questc ?? "", graphAt(manifest, content, 3));
  const picture = read(output, folder);
  assert.ok(picture, messages);
  const script = pathToFileURL(path.join(root, "dist", "graph.js")).toString();
  const file = path.join(mkdtempSync(path.join(tmpdir(), "questc-page-")), "page.html");
  writeFileSync(file, picturePage(picture, { script, source: "file:", nonce: "abc" }));
  // It only opens what we made, and CI is root.
  const options = { executablePath: chromium ?? "", args: ["--no-sandbox"], userDataDir: mkdtempSync(path.join(tmpdir(), "questc-chromium-")) };
  browser ??= await puppeteer.launch(options);
  const page = await browser.newPage();
  page.on("console", (message) => problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  await page.evaluateOnNewDocument(() => {
    const global = globalThis as unknown as Window;
    global.said = [];
    global.acquireVsCodeApi = () => ({ postMessage: (message) => global.said.push(message) });
  });
  await page.goto(pathToFileURL(file).toString());
  return page;
}

const said = (page: Page): Promise<unknown[]> => page.evaluate(() => (globalThis as unknown as Window).said);

test("clicks and keys name boxes, and the cursor marks one", { skip }, async () => {
  const problems: string[] = [];
  const page = await open(problems);
  const boxes = await page.$$("[data-file]");
  assert.equal(boxes.length, 2);
  await boxes[1]?.click();
  assert.deepEqual(await said(page), [{ type: "reveal", box: 1 }]);
  await page.$eval("[data-file]", (box) => {
    (box as SVGGElement).focus();
  });
  await page.keyboard.press("Enter");
  assert.deepEqual((await said(page)).at(-1), { type: "reveal", box: 0 });
  const current = (): Promise<boolean[]> =>
    page.$$eval("[data-file]", (all) => all.map((element) => element.classList.contains("current")));
  await page.evaluate(() => {
    window.postMessage({ type: "cursor", box: 1 }, "*");
  });
  await page.waitForFunction(() => document.querySelectorAll(".current").length === 1);
  assert.deepEqual(await current(), [false, true]);
  await page.evaluate(() => {
    window.postMessage({ type: "cursor", box: -1 }, "*");
  });
  await page.waitForFunction(() => document.querySelectorAll(".current").length === 0);
  assert.deepEqual(problems, []);
});

test("the picture has the colours of the editor, and the policy lets nothing else in", { skip }, async () => {
  const problems: string[] = [];
  const page = await open(problems);
  const stroke = await page.$eval("[data-file] rect", (rect) => getComputedStyle(rect).fill);
  assert.equal(stroke, "rgb(238, 243, 251)");
  await page.evaluate(() => {
    document.documentElement.style.setProperty("--vscode-editorWidget-background", "rgb(1, 2, 3)");
  });
  assert.equal(await page.$eval("[data-file] rect", (rect) => getComputedStyle(rect).fill), "rgb(1, 2, 3)");
  assert.deepEqual(problems, []);
  await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "globalThis.said.push('injected')";
    document.body.append(script);
  });
  assert.deepEqual(await said(page), []);
  assert.equal(problems.length, 1, "the policy refuses a script without the nonce");
});
