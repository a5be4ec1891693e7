// The command lines of questc. They run in the folder of the manifest, so that files are named from there.

import { execFile } from "node:child_process";
import * as path from "node:path";

/** A run of questc. */
export interface Run {
  readonly arguments: readonly string[];
  /** The folder in which it runs. */
  readonly folder: string;
}

/** What a run printed, and how it ended. */
export interface Outcome {
  readonly output: string;
  readonly messages: string;
  /** The exit code; `undefined` if the program could not be started. */
  readonly code: number | undefined;
}

function run(manifest: string, ...words: string[]): Run {
  return { arguments: [...words, "--manifest", path.basename(manifest), "--color", "never"], folder: path.dirname(manifest) };
}

/** Draws what is at a line, from 1, of a file. */
export function graphAt(manifest: string, file: string, line: number): Run {
  return run(manifest, "graph", "--quiet", "--as", "svg", "--at", `${file}:${line}`);
}

/** Lists the ways in which a quest can end; of all quests without an id. */
export function endings(manifest: string, id: string | undefined): Run {
  return id === undefined ? run(manifest, "endings") : run(manifest, "endings", id);
}

/** Plays a script, and prints its log. */
export function play(manifest: string, script: string): Run {
  return run(manifest, "play", "--verbose", script);
}

/** Writes a script for every ending into a folder. */
export function explore(manifest: string, folder: string): Run {
  return run(manifest, "play", "--explore", "--out", folder);
}

/** A place in a file: line and column from 1, the column in characters. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Renames the id at a place, or prints what would change. */
export function rename(manifest: string, { file, line, column }: Place, after: string, dry: boolean): Run {
  const words = ["rename", "--at", `${file}:${line}:${column}`, after];
  return dry ? run(manifest, ...words, "--dry-run") : run(manifest, ...words);
}

/** Runs questc to its end. */
export function execute(questc: string, { arguments: words, folder }: Run): Promise<Outcome> {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 };
    execFile(questc, words, options, (error, output, messages) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : undefined;
      resolve({ output, messages: code === undefined ? `${questc} cannot be run: ${String(error?.message)}` : messages, code });
    });
  });
}
