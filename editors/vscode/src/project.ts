// Which project a file belongs to. Knows paths, and nothing of the editor.

import * as path from "node:path";

/** The name of manifests. */
export const MANIFEST = "quest.toml";

/** The manifest of a file: that in its folder, or in the nearest folder above that has one. */
export function manifestOf(file: string, exists: (path: string) => boolean): string | undefined {
  if (path.basename(file) === MANIFEST) {
    return file;
  }
  let folder = path.dirname(file);
  for (;;) {
    const manifest = path.join(folder, MANIFEST);
    if (exists(manifest)) {
      return manifest;
    }
    const above = path.dirname(folder);
    if (above === folder) {
      return undefined;
    }
    folder = above;
  }
}

/** The program to run. A path of the settings can begin with the folder of the workspace. */
export function program(setting: string, workspace: string | undefined): string {
  const named = setting.trim() === "" ? "questc" : setting.trim();
  return workspace === undefined ? named : named.replace("${workspaceFolder}", workspace);
}
