// Stands for the editor's module in tests: it keeps what the extension registers, shows and says.

import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";

type Listener = (...values: unknown[]) => unknown;

export interface Disposable {
  dispose(): void;
}

const nothing: Disposable = { dispose: () => undefined };

/** What the extension did. */
export const seen = {
  commands: new Map<string, Listener>(),
  executed: [] as unknown[][],
  lines: [] as string[],
  messages: [] as string[],
  shown: [] as { file: string; line: number }[],
  item: { text: "", tooltip: "", command: "", shown: false },
  panel: undefined as Panel | undefined,
  settings: new Map<string, unknown>(),
  answers: [] as (string | undefined)[],
  selection: [] as Listener[],
  saved: [] as Listener[],
};

class Panel {
  html = "";
  posted: unknown[] = [];
  receive: Listener = () => undefined;
  readonly webview: object;

  constructor() {
    const get = (): string => this.html;
    const set = (html: string): void => {
      this.html = html;
    };
    this.webview = {
      get html() {
        return get();
      },
      set html(html: string) {
        set(html);
      },
      cspSource: "file:",
      asWebviewUri: (uri: Uri) => uri,
      postMessage: (message: unknown) => {
        this.posted.push(message);
        return Promise.resolve(true);
      },
      onDidReceiveMessage: (listener: Listener) => {
        this.receive = listener;
        return nothing;
      },
    };
  }

  onDidDispose(): Disposable {
    return nothing;
  }

  dispose(): void {
    seen.panel = undefined;
  }
}

export class Uri {
  private constructor(readonly fsPath: string) {}

  readonly scheme = "file";

  static file(path: string): Uri {
    return new Uri(path);
  }

  static parse(text: string): Uri {
    return new Uri(fileURLToPath(text));
  }

  static joinPath(base: Uri, ...parts: string[]): Uri {
    return new Uri([base.fsPath, ...parts].join("/"));
  }

  toString(): string {
    return `file://${this.fsPath}`;
  }
}

export class Position {
  constructor(
    readonly line: number,
    readonly character: number,
  ) {}
}

export class Range {
  constructor(
    readonly start: Position,
    readonly end: Position,
  ) {}
}

export class ThemeColor {
  constructor(readonly id: string) {}
}

export const ViewColumn = { One: 1, Beside: -2 };
export const StatusBarAlignment = { Left: 1 };
export const DiagnosticSeverity = { Error: 0, Warning: 1 };

export interface Editor {
  document: { uri: Uri; save: () => Promise<boolean>; lineAt: (line: number) => { text: string } };
  selection: { active: Position };
}

/** An editor with a file, and its cursor at a line and a character from 0. */
export function editor(file: string, line: number, character = 0): Editor {
  const lineAt = (at: number): { text: string } => ({ text: readFileSync(file, "utf8").split("\n")[at] ?? "" });
  const document = { uri: Uri.file(file), save: () => Promise.resolve(true), lineAt };
  return { document, selection: { active: new Position(line, character) } };
}

export const window = {
  activeTextEditor: undefined as Editor | undefined,
  createOutputChannel: () => ({
    appendLine: (line: string) => seen.lines.push(line),
    show: () => undefined,
    dispose: () => undefined,
  }),
  createStatusBarItem: () =>
    Object.assign(seen.item, {
      show: () => {
        seen.item.shown = true;
      },
      dispose: () => undefined,
    }),
  createWebviewPanel: () => {
    seen.panel = new Panel();
    return seen.panel;
  },
  onDidChangeTextEditorSelection: (listener: Listener) => {
    seen.selection.push(listener);
    return nothing;
  },
  onDidChangeActiveTextEditor: () => nothing,
  showTextDocument: (uri: Uri, options: { selection: Range }) => {
    seen.shown.push({ file: uri.fsPath, line: options.selection.start.line });
    return Promise.resolve();
  },
  showInputBox: () => Promise.resolve(seen.answers.shift()),
  showInformationMessage: (message: string) => {
    seen.messages.push(message);
    return Promise.resolve(seen.answers.shift());
  },
  showWarningMessage: (message: string) => {
    seen.messages.push(message);
    return Promise.resolve();
  },
  showErrorMessage: (message: string) => {
    seen.messages.push(message);
    return Promise.resolve();
  },
};

export const workspace = {
  workspaceFolders: undefined,
  getConfiguration: () => ({
    get: (name: string, standard: unknown) => seen.settings.get(name) ?? standard,
  }),
  createFileSystemWatcher: () => nothing,
  onDidChangeConfiguration: () => nothing,
  onDidSaveTextDocument: (listener: Listener) => {
    seen.saved.push(listener);
    return nothing;
  },
  findFiles: () => Promise.resolve([]),
  saveAll: () => Promise.resolve(true),
};

export const languages = {
  onDidChangeDiagnostics: () => nothing,
  getDiagnostics: () => [],
};

export const commands = {
  registerCommand: (name: string, run: Listener) => {
    seen.commands.set(name, run);
    return nothing;
  },
  executeCommand: (...words: unknown[]) => {
    seen.executed.push(words);
    return Promise.resolve();
  },
};
