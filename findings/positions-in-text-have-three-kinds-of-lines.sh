#!/usr/bin/env bash
# Packages: crates ropey =1.6.1, line-index =0.1.2, lsp-textdocument =0.5.0; vscode-languageserver-textdocument 1.0.16 (npm).
# A good guess: text libraries for editors count lines as the language server protocol does: `\n`, `\r\n` and `\r` end a line, nothing else.
# What happens: ropey, made for editors, also ends lines at form feed, vertical tab, NEL, and the separators U+2028 and U+2029 unless its features are changed; line-index,
#   of rust-analyzer, does not end one at `\r`. Only the last two agree with the protocol. No text is refused.
# Why it matters to us: a form feed in a licence header, or a U+2028 that came with a pasted text, moves all later diagnostics of a server to the next line, and edits with them. Our
#   server counts with line-index, so a lone `\r` does that; a test against the npm package needs these endings.
# Any operating system with Rust and Node.
# Seen:
#   U+a        twice: ropey 2, line-index 2, lsp-textdocument 2, vscode 2
#   U+d U+a    twice: ropey 2, line-index 2, lsp-textdocument 2, vscode 2
#   U+d        twice: ropey 2, line-index 0, lsp-textdocument 2, vscode 2
#   U+c        twice: ropey 2, line-index 0, lsp-textdocument 0, vscode 0
#   U+b        twice: ropey 2, line-index 0, lsp-textdocument 0, vscode 0
#   U+85       twice: ropey 2, line-index 0, lsp-textdocument 0, vscode 0
#   U+2028     twice: ropey 2, line-index 0, lsp-textdocument 0, vscode 0
#   U+2029     twice: ropey 2, line-index 0, lsp-textdocument 0, vscode 0
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-positions-in-text-have-three-kinds-of-lines"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
ropey = "=1.6.1"
line-index = "=0.1.2"
lsp-textdocument = "=0.5.0"
EOF
cat > src/main.rs <<'EOF'
fn main() {
    for ending in ["\n", "\r\n", "\r", "\u{c}", "\u{b}", "\u{85}", "\u{2028}", "\u{2029}"] {
        let text = format!("a{ending}b{ending}c");
        let at = text.find('c').unwrap();
        let rope = ropey::Rope::from_str(&text).byte_to_line(at);
        let index = line_index::LineIndex::new(&text).line_col((at as u32).into()).line;
        let document = lsp_textdocument::FullTextDocument::new("quest".into(), 0, text.clone()).position_at(at as u32).line;
        println!("{}\tropey {rope}, line-index {index}, lsp-textdocument {document}", text.escape_unicode().to_string().replace("\\u{61}", "").replace("\\u{62}", " ").split(' ').next().unwrap());
    }
}
EOF
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts vscode-languageserver-textdocument@1.0.16
cat > probe.cjs <<'EOF'
const { TextDocument } = require("vscode-languageserver-textdocument");
const lines = require("node:fs").readFileSync("rust", "utf8").trimEnd().split("\n");
for (const line of lines) {
  const [name, found] = line.split("\t");
  const ending = String.fromCodePoint(...[...name.matchAll(/\{(\w+)\}/g)].map((code) => parseInt(code[1], 16)));
  const text = `a${ending}b${ending}c`;
  console.log(`${name.replaceAll(/\\u\{(\w+)\}/g, "U+$1 ").trim().padEnd(10)} twice: ${found}, vscode ${TextDocument.create("quest", "json", 1, text).positionAt(text.indexOf("c")).line}`);
}
EOF
cargo run -q > rust
node probe.cjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
