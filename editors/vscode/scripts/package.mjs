// Packs the extension. What the packing program lets pass with exit status 0 is refused here.

import { createVSIX } from "@vscode/vsce";
import { readFile, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const manifest = JSON.parse(await readFile("package.json", "utf8"));
for (const key of ["name", "publisher", "version", "main", "activationEvents", "license"]) {
  if (manifest[key] === undefined || manifest[key].length === 0) {
    throw new Error(`package.json has no \`${key}\``);
  }
}
for (const name of await readdir(".")) {
  if (name.endsWith(".vsix")) await rm(name);
}
const file = `${manifest.name}-${manifest.version}.vsix`;
await createVSIX({ cwd: root, packagePath: file, dependencies: false, skipLicense: false });
console.log(path.join(root, file));
