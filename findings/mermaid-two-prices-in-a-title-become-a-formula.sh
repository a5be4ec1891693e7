#!/usr/bin/env bash
# Packages: mermaid 12.3.0, jsdom 26.1.0 (npm; jsdom as the document to draw into, with boxes of a fixed size).
# A good guess: within quotes a label of a flowchart is text. What has to be escaped are quotes and what is HTML or Markdown
#   (`"`, `#`, `&`, `<`, `>`, backquote, `*`, `_`).
# What happens: the rest of a label has a language, too. Two `$$` anywhere in it are the ends of a formula: of the title "Pay $$5 or $$10" the words
#   between become mathematics (or, where the browser has no MathML, an English sentence about that). A backslash before an `n` is a line break: "C:\new"
#   loses a letter. `%%{...}%%` in quotes is cut out before the diagram is parsed, and a label that was nothing else is then a syntax error of the
#   whole diagram. `fa:fa-star` becomes an icon without a word. As entities (`#36;`, `#92;`, `#37;`, `#58;`) all four are text.
# Why it matters to us: `questc graph` writes titles of quests into quoted labels and escapes the first list only
#   (`graph/mermaid.rs`, `text`). Add `$`, `\`, `%` and `:` before a letter (or simply all ASCII punctuation), with a test that draws these labels.
# Any operating system with Node 20 or later. A browser that has MathML draws a formula in the first row (not run here).
# Seen:
#   Pay $$5 or $$10         drawn: Pay MathML is unsupported in this environment.10
#   the maps in C:\new      drawn: the maps in C:<br>ew
#   100 %%{sure}%% of it    drawn: 100  of it
#   rank fa:fa-star         drawn: rank <i class="fa fa-star"></i>
#   Pay #36;#36;5 or #36;#36;10  drawn: Pay $$5 or $$10
#   the maps in C:#92;new   drawn: the maps in C:\new
#   100 #37;#37;{sure}#37;#37; of it  drawn: 100 %%{sure}%% of it
#   rank fa#58;fa-star      drawn: rank fa:fa-star
#   a label of nothing but %%{sure}%%: Parse error
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts mermaid@12.3.0 jsdom@26.1.0 2>/dev/null
cat > probe.mjs <<'EOF'
import assert from "node:assert";
import { JSDOM } from "jsdom";

const { window } = new JSDOM("<!doctype html><body></body>", { pretendToBeVisual: true });
for (const name of ["document", "Element", "SVGElement", "HTMLElement", "Node", "DOMParser", "XMLSerializer", "getComputedStyle", "requestAnimationFrame"]) globalThis[name] = window[name];
globalThis.window = window;
Object.defineProperty(globalThis, "navigator", { value: window.navigator, configurable: true });
Object.assign(window.SVGElement.prototype, { getBBox: () => ({ x: 0, y: 0, width: 50, height: 20 }), getComputedTextLength: () => 50 });
globalThis.CSSStyleSheet = class { cssRules = []; insertRule() { return 0; } replaceSync() {} };
const mermaid = (await import("mermaid")).default;
mermaid.initialize({ startOnLoad: false });

let number = 0;
async function draw(label) {
  const { svg } = await mermaid.render(`graph${++number}`, `flowchart TD\n  n0["${label}"]`);
  return new JSDOM(svg).window.document.querySelector(".nodeLabel").innerHTML.replace(/^<p>(.*)<\/p>$/s, "$1");
}
const rows = [
  ["Pay $$5 or $$10", null],
  ["the maps in C:\\new", "the maps in C:<br>ew"],
  ["100 %%{sure}%% of it", "100  of it"],
  ["rank fa:fa-star", 'rank <i class="fa fa-star"></i>'],
  ["Pay #36;#36;5 or #36;#36;10", "Pay $$5 or $$10"],
  ["the maps in C:#92;new", "the maps in C:\\new"],
  ["100 #37;#37;{sure}#37;#37; of it", "100 %%{sure}%% of it"],
  ["rank fa#58;fa-star", "rank fa:fa-star"],
];
for (const [label, expected] of rows) {
  const drawn = await draw(label);
  console.log(`${label.padEnd(22)}  drawn: ${drawn}`);
  if (expected === null) assert.ok(!drawn.includes("$$5 or $$10"), label);
  else assert.equal(drawn, expected);
}
await assert.rejects(draw("%%{sure}%%"), /Parse error/);
console.log("a label of nothing but %%{sure}%%: Parse error");
EOF
node probe.mjs || { echo "differs from what this script states" >&2; exit 1; }
