// The extension: starts the language server, and adds the graph view, commands and a status item.

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { LanguageClient, State } from "vscode-languageclient/node";
import { type Outcome, type Run, endings, execute, explore, play, rename } from "./commands";
import { GraphView } from "./graphView";
import { manifestOf, program } from "./project";
import { WATCHED, documentSelector, serverCommand } from "./server";
import { type ServerState, statusOf } from "./status";

/** What diagnostics of the server say that they are from. */
const SOURCE = "questc";

let extension: Extension | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  extension = new Extension(context);
  await extension.start();
}

export async function deactivate(): Promise<void> {
  await extension?.stop();
  extension = undefined;
}

/** Shows where the id at a place is used. */
async function showReferences(uri: string, at: { line: number; character: number }): Promise<void> {
  const file = vscode.Uri.parse(uri);
  const position = new vscode.Position(at.line, at.character);
  const found = await vscode.commands.executeCommand<vscode.Location[]>("vscode.executeReferenceProvider", file, position);
  await vscode.commands.executeCommand("editor.action.showReferences", file, position, found);
}

class Extension {
  private readonly output: vscode.LogOutputChannel;
  private readonly item: vscode.StatusBarItem;
  private readonly graph: GraphView;
  private client: LanguageClient | undefined;
  private state: ServerState = "off";

  constructor(context: vscode.ExtensionContext) {
    this.output = vscode.window.createOutputChannel("questc", { log: true });
    this.item = vscode.window.createStatusBarItem("questc.status", vscode.StatusBarAlignment.Left);
    this.item.name = "questc";
    this.item.command = "questc.output";
    this.graph = new GraphView(context.extensionUri, {
      manifest: (file) => manifestOf(file, fs.existsSync),
      program: () => this.program(),
    });
    const commands: Record<string, () => unknown> = {
      "questc.graph": () => this.graph.show(),
      "questc.endings": () => this.endings(),
      "questc.play": () => this.play(),
      "questc.explore": () => this.explore(),
      "questc.rename": () => this.rename(),
      "questc.restart": () => this.restart(),
      "questc.output": () => {
        this.output.show(true);
      },
    };
    for (const [name, run] of Object.entries(commands)) {
      context.subscriptions.push(vscode.commands.registerCommand(name, run));
    }
    context.subscriptions.push(
      // What the server's "used by 7" does: it says the file and the place.
      vscode.commands.registerCommand("questc.references", showReferences),
      this.output,
      this.item,
      this.graph,
      vscode.languages.onDidChangeDiagnostics(() => {
        this.showStatus();
      }),
      vscode.workspace.onDidChangeConfiguration(async (event) => {
        if (event.affectsConfiguration("questc.path") || event.affectsConfiguration("questc.server")) {
          await this.restart();
        }
      }),
    );
    void vscode.commands.executeCommand("setContext", "questc.active", true);
    this.item.show();
  }

  /** Starts the server, unless it is switched off. A server that cannot be started leaves everything else working. */
  async start(): Promise<void> {
    const settings = vscode.workspace.getConfiguration("questc");
    if (!settings.get<boolean>("server.enabled", true)) {
      this.set("off");
      return;
    }
    this.set("starting");
    const words = settings.get<string[]>("server.arguments", ["lsp"]);
    const command = serverCommand({ program: this.program(), arguments: words });
    const client = new LanguageClient("questc", "questc", command, {
      documentSelector: documentSelector(),
      outputChannel: this.output,
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher(WATCHED) },
      initializationOptions: { showsReferences: true },
    });
    client.onDidChangeState(({ newState }) => {
      const states = { [State.Running]: "running", [State.Starting]: "starting", [State.Stopped]: "stopped" } as const;
      this.set(states[newState as keyof typeof states]);
    });
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.output.appendLine(`the language server cannot be started: ${String(error)}`);
      this.set("stopped");
    }
  }

  async stop(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    if (client?.isRunning() === true) {
      await client.stop();
    }
  }

  private async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  private set(state: ServerState): void {
    this.state = state;
    this.showStatus();
  }

  private showStatus(): void {
    const counts = { errors: 0, warnings: 0 };
    for (const [, diagnostics] of vscode.languages.getDiagnostics()) {
      for (const { source, severity } of diagnostics.filter((diagnostic) => diagnostic.source === SOURCE)) {
        counts.errors += source !== undefined && severity === vscode.DiagnosticSeverity.Error ? 1 : 0;
        counts.warnings += severity === vscode.DiagnosticSeverity.Warning ? 1 : 0;
      }
    }
    const status = statusOf(this.state, counts);
    this.item.text = status.text;
    this.item.tooltip = status.tooltip;
    this.item.backgroundColor = status.alarm ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
  }

  private program(): string {
    const setting = vscode.workspace.getConfiguration("questc").get<string>("path", "questc");
    return program(setting, vscode.workspace.workspaceFolders?.[0]?.uri.fsPath);
  }

  /** The manifest of the file in the editor, or that of the workspace. */
  private async manifest(): Promise<string | undefined> {
    const file = vscode.window.activeTextEditor?.document.uri;
    const near = file?.scheme === "file" ? manifestOf(file.fsPath, fs.existsSync) : undefined;
    if (near !== undefined) {
      return near;
    }
    const [first] = await vscode.workspace.findFiles("**/quest.toml", "**/{node_modules,target}/**", 1);
    if (first === undefined) {
      void vscode.window.showWarningMessage("There is no quest.toml in this workspace.");
    }
    return first?.fsPath;
  }

  /** Runs questc, and shows what it prints. */
  private async run(run: Run): Promise<Outcome> {
    this.output.show(true);
    this.output.appendLine(`> questc ${run.arguments.join(" ")}`);
    const outcome = await execute(this.program(), run);
    for (const text of [outcome.output, outcome.messages].filter((text) => text.trim() !== "")) {
      this.output.appendLine(text.trimEnd());
    }
    return outcome;
  }

  private async endings(): Promise<void> {
    const manifest = await this.manifest();
    if (manifest !== undefined) {
      await this.run(endings(manifest, this.graph.id));
    }
  }

  private async play(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    const manifest = await this.manifest();
    if (document === undefined || manifest === undefined) {
      return;
    }
    await document.save();
    const { code } = await this.run(play(manifest, document.uri.fsPath));
    const name = path.basename(document.uri.fsPath);
    if (code === 0) {
      void vscode.window.showInformationMessage(`${name} holds.`);
    } else {
      void vscode.window.showErrorMessage(`${name} does not hold: see the output of questc.`);
    }
  }

  private async explore(): Promise<void> {
    const manifest = await this.manifest();
    if (manifest === undefined) {
      return;
    }
    const folder = await vscode.window.showInputBox({
      prompt: "The folder for the scripts, from that of the manifest",
      value: "target/questc-play",
    });
    if (folder !== undefined) {
      await this.run(explore(manifest, folder));
    }
  }

  /** Renames what is at the cursor: by the server if it can, else by `questc rename`. */
  private async rename(): Promise<void> {
    if (this.client?.isRunning() === true && this.client.initializeResult?.capabilities.renameProvider !== undefined) {
      await vscode.commands.executeCommand("editor.action.rename");
      return;
    }
    const editor = vscode.window.activeTextEditor;
    const manifest = await this.manifest();
    if (manifest === undefined || editor === undefined) {
      return;
    }
    const after = await vscode.window.showInputBox({ prompt: "The new id of what is at the cursor" });
    if (after === undefined || after.trim() === "") {
      return;
    }
    await vscode.workspace.saveAll(false);
    const { line, character } = editor.selection.active;
    const before = editor.document.lineAt(line).text.slice(0, character);
    const place = { file: editor.document.uri.fsPath, line: line + 1, column: Array.from(before).length + 1 };
    const { code } = await this.run(rename(manifest, place, after, true));
    if (code !== 0) {
      void vscode.window.showErrorMessage("Nothing is renamed: see the output of questc.");
      return;
    }
    const answer = await vscode.window.showInformationMessage(
      `Rename it to ${after}? The output shows what changes.`,
      { modal: true },
      "Rename",
    );
    if (answer === "Rename") {
      await this.run(rename(manifest, place, after, false));
    }
  }
}
