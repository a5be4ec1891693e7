// A language server that knows one mistake, for tests of whoever talks to one. It speaks the protocol over stdio.

import { StreamMessageReader, StreamMessageWriter, createMessageConnection } from "vscode-jsonrpc/node";

interface Document {
  textDocument: { uri: string; text: string };
}

const connection = createMessageConnection(new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout));
connection.onRequest("initialize", () => ({ capabilities: { textDocumentSync: 1, renameProvider: true } }));
connection.onRequest("shutdown", () => null);
connection.onNotification("exit", () => process.exit(0));
connection.onNotification("textDocument/didOpen", ({ textDocument: { uri, text } }: Document) => {
  const column = text.indexOf("find-decent");
  const range = { start: { line: 0, character: column }, end: { line: 0, character: column + "find-decent".length } };
  const mistake = { range, severity: 1, source: "questc", code: "Q2001", message: "no stage `find-decent`" };
  void connection.sendNotification("textDocument/publishDiagnostics", { uri, diagnostics: column < 0 ? [] : [mistake] });
});
connection.listen();
