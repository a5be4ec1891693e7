// Bundles the extension and the script of its page; with `--tests`, the tests as well.

import { build } from "esbuild";
import { cp, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
process.chdir(root);
const production = process.argv.includes("--production");
await rm("dist", { recursive: true, force: true });

const node = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  external: ["vscode"],
  sourcemap: !production,
  minify: production,
  logLevel: "warning",
};
await build({ ...node, entryPoints: ["src/extension.ts"], outfile: "dist/extension.js" });
await build({
  bundle: true,
  platform: "browser",
  target: "es2022",
  format: "iife",
  minify: production,
  logLevel: "warning",
  entryPoints: ["webview/graph.ts"],
  outfile: "dist/graph.js",
});

await mkdir("dist/schemas", { recursive: true });
for (const name of ["manifest.schema.json", "quests.schema.json"]) {
  await cp(path.join("..", "..", "schemas", name), path.join("dist", "schemas", name));
}

if (process.argv.includes("--tests")) {
  const tests = (await readdir("test")).filter((name) => name.endsWith(".test.ts"));
  await build({
    ...node,
    // The editor's own module exists in the editor only.
    external: ["puppeteer-core"],
    alias: { vscode: "./test/vscode.ts", "vscode-languageclient/node": "./test/languageclient.ts" },
    entryPoints: tests.map((name) => path.join("test", name)),
    outdir: "dist/test",
  });
  // Every file in `dist/test` is taken for a test.
  await build({ ...node, entryPoints: ["test/server.ts"], outfile: "dist/server/server.js" });
}
