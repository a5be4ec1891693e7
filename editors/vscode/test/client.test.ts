// What the extension starts, over stdio as the editor starts it: the server of questc where there is one, and one of our own.

import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { type MessageConnection, StreamMessageReader, StreamMessageWriter, createMessageConnection } from "vscode-jsonrpc/node";
import { serverCommand } from "../src/server";
import { project, questc, root, until } from "./common";

interface Published {
  uri: string;
  diagnostics: { message: string; severity?: number }[];
}

async function session(command: { command: string; args: string[] }, folder: string, run: (connection: MessageConnection, published: Published[]) => Promise<void>): Promise<number | null> {
  const child = spawn(command.command, command.args, { stdio: ["pipe", "pipe", "inherit"], cwd: folder });
  const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const published: Published[] = [];
  connection.onNotification("textDocument/publishDiagnostics", (all: Published) => {
    published.push(all);
  });
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("window/workDoneProgress/create", () => null);
  connection.onRequest("workspace/configuration", ({ items }: { items: unknown[] }) => items.map(() => null));
  connection.listen();
  const uri = pathToFileURL(folder).toString();
  const answer: { capabilities: Record<string, unknown> } = await connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: "game" }],
    capabilities: { textDocument: { publishDiagnostics: {} }, workspace: { workspaceFolders: true } },
  });
  assert.ok(answer.capabilities.renameProvider !== undefined);
  await connection.sendNotification("initialized", {});
  await run(connection, published);
  await connection.sendRequest("shutdown");
  await connection.sendNotification("exit");
  const code = await ended;
  connection.dispose();
  return code;
}

async function open(connection: MessageConnection, file: string, text: string): Promise<string> {
  const uri = pathToFileURL(file).toString();
  await connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId: "json", version: 1, text } });
  return uri;
}

test("a server over stdio: diagnostics come and go with the session", async () => {
  const { folder, content } = project();
  const own = serverCommand({ program: process.execPath, arguments: [path.join(root, "dist", "server", "server.js")] });
  const code = await session(own, folder, async (connection, published) => {
    const uri = await open(connection, content, '{ "next": "find-decent" }');
    const all = await until(() => published.find((one) => one.uri === uri));
    assert.equal(all.diagnostics[0]?.message, "no stage `find-decent`");
  });
  assert.equal(code, 0);
});

const hasServer = questc !== undefined && spawnSync(questc, ["lsp", "--help"]).status === 0;
const lacks = questc === undefined ? "QUESTC names no program" : "this questc has no language server";

test("the server of questc: a wrong id in a buffer is reported, and renamed once it is right", { skip: hasServer ? false : lacks }, async () => {
  const { folder, content } = project();
  const command = serverCommand({ program: questc ?? "", arguments: ["lsp"] });
  const code = await session(command, folder, async (connection, published) => {
    const text = readFileSync(content, "utf8");
    const uri = await open(connection, content, text.replace('"next": "b"', '"next": "x"'));
    const isWrong = (one: Published): boolean => one.diagnostics.some(({ message }) => message.includes("no step `x`"));
    await until(() => published.find(isWrong));
    const textDocument = { uri, version: 2 };
    await connection.sendNotification("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
    await until(() => published.at(-1)?.diagnostics.every(({ severity }) => severity !== 1));
    const line = text.split("\n").findIndex((text) => text.includes('"id": "one"'));
    const character = (text.split("\n")[line] ?? "").indexOf('one"') + 1;
    const edit: unknown = await connection.sendRequest("textDocument/rename", { textDocument: { uri }, position: { line, character }, newName: "first" });
    assert.equal((JSON.stringify(edit).match(/first/g) ?? []).length, 2);
  });
  assert.equal(code, 0);
});
