// The page of the graph view. Knows HTML, and nothing of the editor.

import type { Picture } from "./picture";

/** What the page tells the extension. */
export interface Reveal {
  readonly type: "reveal";
  /** The position of a box in the picture. */
  readonly box: number;
}

/** What the extension tells the page. */
export interface Cursor {
  readonly type: "cursor";
  /** The position of the box around the cursor; -1 if there is none. */
  readonly box: number;
}

/** What a page needs to load its script, and nothing else. */
export interface Access {
  readonly script: string;
  /** Where the editor allows scripts from. */
  readonly source: string;
  readonly nonce: string;
}

/** A page with a picture. */
export function picturePage(picture: Picture, access: Access): string {
  const svg = picture.svg.replace("<style>", `<style nonce="${access.nonce}">`);
  return page(`<h1>${escaped(picture.id)}</h1>\n<main id="graph">${svg}</main>`, access);
}

/** A page that says why there is no picture. */
export function messagePage(message: string, access: Access): string {
  return page(`<p>${escaped(message)}</p>`, access);
}

function page(body: string, { script, source, nonce }: Access): string {
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src ${source} 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>Graph</title>
<style nonce="${nonce}">${STYLES}</style>
</head>
<body>
${body}
<script nonce="${nonce}" src="${escaped(script)}"></script>
</body>
</html>
`;
}

/** The colours of the editor in place of those of the picture. */
const STYLES = `
:root {
  --back: var(--vscode-editor-background, #fff);
  --text: var(--vscode-editor-foreground, #1b1f27);
  --soft: var(--vscode-descriptionForeground, #565e6c);
  --line: var(--vscode-panel-border, #d5d9e0);
  --node: var(--vscode-editorWidget-background, #eef3fb);
  --node-line: var(--vscode-contrastBorder, var(--vscode-focusBorder, #4a6fa5));
  --error: var(--vscode-editorError-foreground, #b3261e);
  --warning: var(--vscode-editorWarning-foreground, #8a5a00);
  --accent: var(--vscode-focusBorder, #0b57b7);
}
body { background: var(--back); color: var(--text); }
h1 { font-size: 1.1em; font-weight: 600; }
main { overflow: auto; }
main svg { display: block; margin: 0 auto; }
[data-file] { cursor: pointer; }
[data-file]:focus { outline: none; }
[data-file]:hover rect, [data-file]:focus rect { stroke-width: 3; }
[data-file].current rect { stroke: var(--accent); stroke-width: 4; }
`;

/** A text in HTML. */
function escaped(text: string): string {
  const signs: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
}
