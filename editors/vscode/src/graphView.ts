// The graph view: a picture of what is around the cursor, beside the text.

import { randomBytes } from "node:crypto";
import * as path from "node:path";
import * as vscode from "vscode";
import { execute, graphAt } from "./commands";
import { type Access, type Cursor, type Reveal, messagePage, picturePage } from "./page";
import { type Picture, boxAt, read } from "./picture";

/** Cursors move often; a picture is made when one has rested for so many milliseconds. */
const REST = 150;

/** What the view needs to know of the project. */
export interface Project {
  manifest(file: string): string | undefined;
  program(): string;
}

/** Shows the graph around the cursor. */
export class GraphView implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private picture: Picture | undefined;
  private timer: NodeJS.Timeout | undefined;
  /** Numbers the pictures that were asked for: an old answer does not replace a newer one. */
  private asked = 0;
  private readonly subscriptions: vscode.Disposable[] = [];

  constructor(
    private readonly extension: vscode.Uri,
    private readonly project: Project,
  ) {
    this.subscriptions.push(
      vscode.window.onDidChangeTextEditorSelection((event) => {
        this.follow(event.textEditor, false);
      }),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        this.follow(editor, false);
      }),
      vscode.workspace.onDidSaveTextDocument((document) => {
        const editor = vscode.window.activeTextEditor;
        this.follow(editor?.document === document ? editor : undefined, true);
      }),
    );
  }

  /** The id of what is shown. */
  get id(): string | undefined {
    return this.panel === undefined ? undefined : this.picture?.id;
  }

  /** Opens the view, and shows what is around the cursor. */
  async show(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (this.panel === undefined) {
      const column = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
      const roots = [vscode.Uri.joinPath(this.extension, "dist")];
      this.panel = vscode.window.createWebviewPanel("questc.graph", "Graph", column, {
        enableScripts: true,
        localResourceRoots: roots,
      });
      this.panel.onDidDispose(() => {
        this.panel = undefined;
        this.picture = undefined;
      });
      this.panel.webview.onDidReceiveMessage((message: Reveal) => this.reveal(message.box));
    }
    await this.draw(editor);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.panel?.dispose();
    this.subscriptions.forEach((subscription) => {
      subscription.dispose();
    });
  }

  /** Marks the box around the cursor, or makes another picture if there is none or the file was saved. */
  private follow(editor: vscode.TextEditor | undefined, saved: boolean): void {
    if (this.panel === undefined || editor?.document.uri.scheme !== "file") {
      return;
    }
    if (!saved && this.mark(editor)) {
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      void this.draw(editor);
    }, REST);
  }

  /** Marks the box around the cursor. `false` if no box is around it. */
  private mark(editor: vscode.TextEditor): boolean {
    const line = editor.selection.active.line + 1;
    const box = this.picture === undefined ? undefined : boxAt(this.picture, editor.document.uri.fsPath, line);
    const cursor: Cursor = { type: "cursor", box: box ?? -1 };
    void this.panel?.webview.postMessage(cursor);
    return box !== undefined;
  }

  private async draw(editor: vscode.TextEditor | undefined): Promise<void> {
    const file = editor?.document.uri.fsPath;
    const manifest = file === undefined ? undefined : this.project.manifest(file);
    if (editor === undefined || file === undefined || manifest === undefined) {
      this.message("Open a file of content: the graph of what is around the cursor is shown here.");
      return;
    }
    this.asked += 1;
    const number = this.asked;
    const line = editor.selection.active.line + 1;
    const { output, messages } = await execute(this.project.program(), graphAt(manifest, file, line));
    if (number !== this.asked) {
      return;
    }
    const picture = read(output, path.dirname(manifest));
    if (picture !== undefined) {
      this.set(picture, editor);
    } else if (this.picture === undefined) {
      this.message(messages.trim() === "" ? "There is nothing to draw here." : messages.trim());
    }
  }

  private set(picture: Picture, editor: vscode.TextEditor): void {
    const webview = this.panel?.webview;
    if (webview === undefined) {
      return;
    }
    // A page that reads the same keeps its place.
    if (this.picture?.svg !== picture.svg) {
      webview.html = picturePage(picture, this.access(webview));
    }
    this.picture = picture;
    this.mark(editor);
  }

  private message(text: string): void {
    const webview = this.panel?.webview;
    if (webview !== undefined) {
      this.picture = undefined;
      webview.html = messagePage(text, this.access(webview));
    }
  }

  private access(webview: vscode.Webview): Access {
    const script = webview.asWebviewUri(vscode.Uri.joinPath(this.extension, "dist", "graph.js"));
    return { script: script.toString(), source: webview.cspSource, nonce: randomBytes(16).toString("hex") };
  }

  /** Shows the object of a box in the text. */
  private async reveal(at: number): Promise<void> {
    const box = this.picture?.boxes[at];
    if (box === undefined) {
      return;
    }
    const start = new vscode.Position(box.first - 1, 0);
    await vscode.window.showTextDocument(vscode.Uri.file(box.file), {
      viewColumn: vscode.ViewColumn.One,
      selection: new vscode.Range(start, start),
    });
  }
}
