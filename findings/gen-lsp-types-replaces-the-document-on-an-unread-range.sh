#!/usr/bin/env bash
# Packages: crates gen-lsp-types =0.11.0 and lsp-types =0.97.0 (newest of each), serde_json =1.0.154.
#
# A good guess: an incremental change (`didChange` with a `range`) is an incremental change or an error. Above all, no reader of LSP's types turns it
#   into "this is the whole new text".
# What really happens: in gen-lsp-types the two forms are tried in turn, the second has no range and ignores what it does not know. So as soon
#   as the range cannot be read, the change is read, without an error, as "replace the whole document by this text". JSON makes no
#   difference between 3 and 3.0, and encoders of languages with one type of numbers may write 3.0 (Lua 5.3 for a float, Python
#   for 6/2); both crates insist on 3. lsp-types refuses such a message, gen-lsp-types replaces 2,000 lines by one letter.
#   Likewise the edit of a rename that needs confirmation loses its `annotationId` when read, in both crates.
# Why it matters to us: the language server reads changes with gen-lsp-types. After such a message it checks a document that does not exist, and
#   every diagnostic and fix is at a wrong place. The server must look whether `range` is there before it believes in a full text, and
#   answer with an error; tests that read edits back through the types cannot see annotations.
# System independence: pure computation.
#
# Seen:
#   {"range":{"start":{"line":3,"character":4},"end":{"line":3,"character":5}},"text":"x"}
#     lsp-types      {"range":{"start":{"line":3,"character":4},"end":{"line":3,"character":5}},"text":"x"}
#     gen-lsp-types  {"range":{"start":{"line":3,"character":4},"end":{"line":3,"character":5}},"text":"x"}
#   {"range":{"start":{"line":3.0,"character":4.0},"end":{"line":3.0,"character":5.0}},"text":"x"}
#     lsp-types      error: invalid type: floating point `3.0`, expected u32 at line 1 column 29
#     gen-lsp-types  {"text":"x"}
#   {"documentChanges":[{"textDocument":{"uri":"file:///a.json","version":1},"edits":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"newText":"b","annotationId":"ask"}]}]}
#     lsp-types      {"documentChanges":[{"textDocument":{"uri":"file:///a.json","version":1},"edits":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"newText":"b"}]}]}
#     gen-lsp-types  {"documentChanges":[{"textDocument":{"version":1,"uri":"file:///a.json"},"edits":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"newText":"b"}]}]}
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-gen-lsp-types-replaces-the-document-on-an-unread-range"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
gen-lsp-types = "=0.11.0"
lsp-types = "=0.97.0"
serde_json = "=1.0.154"
serde = "=1.0.229"
EOF
cat > src/main.rs <<'EOF'
fn show<A: serde::Serialize, B: serde::Serialize>(text: &str, lsp_types: serde_json::Result<A>, generated: serde_json::Result<B>) {
    let line = |result: Result<String, String>| result.unwrap_or_else(|error| format!("error: {error}"));
    println!("{text}");
    println!("  lsp-types      {}", line(lsp_types.map(|v| serde_json::to_string(&v).unwrap()).map_err(|e| e.to_string())));
    println!("  gen-lsp-types  {}", line(generated.map(|v| serde_json::to_string(&v).unwrap()).map_err(|e| e.to_string())));
}

fn main() {
    for text in [
        r#"{"range":{"start":{"line":3,"character":4},"end":{"line":3,"character":5}},"text":"x"}"#,
        r#"{"range":{"start":{"line":3.0,"character":4.0},"end":{"line":3.0,"character":5.0}},"text":"x"}"#,
    ] {
        show(text, serde_json::from_str::<lsp_types::TextDocumentContentChangeEvent>(text),
            serde_json::from_str::<gen_lsp_types::TextDocumentContentChangeEvent>(text));
    }
    let edit = r#"{"documentChanges":[{"textDocument":{"uri":"file:///a.json","version":1},"edits":[{"range":{"start":{"line":0,"character":0},"end":{"line":0,"character":1}},"newText":"b","annotationId":"ask"}]}]}"#;
    show(edit, serde_json::from_str::<lsp_types::WorkspaceEdit>(edit), serde_json::from_str::<gen_lsp_types::WorkspaceEdit>(edit));
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
