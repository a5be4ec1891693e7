#!/usr/bin/env bash
# Packages: crate insta =1.49.0 (newest).
#
# A good guess: `assert_snapshot!` compares texts, perhaps but for CRLF. A golden test of a file that a program writes notices every other change of it.
# What really happens: line ends and everything white at both ends are left out of the comparison. A missing or doubled last line feed, blank
#   lines at the beginning, spaces or a no-break space behind the last word, and a carriage return in every line: the test is green for
#   all of them. Spaces at the ends of other lines, and before the first word, do count.
# Why it matters to us: we write files that others read: Rust, JSON, PO, CSV, Mermaid, `quest.lock`. Whether they end with one line feed and
#   have LF is part of their format (git, gettext, editors), and the very thing that breaks on Windows. If golden tests move to insta,
#   as the issue allows, files must be compared as bytes, or the snapshot must be of the escaped text.
# System independence: pure computation.
#
# Seen:
#   the same                       "{\n}\n"       "{\n}\n"           passes
#   no last line feed              "{\n}\n"       "{\n}"             passes
#   three last line feeds          "{\n}\n"       "{\n}\n\n\n"       passes
#   CRLF                           "{\n}\n"       "{\r\n}\r\n"       passes
#   blank lines before             "{\n}\n"       "\n\n{\n}\n"       passes
#   spaces behind the last word    "{\n}\n"       "{\n}   \n"        passes
#   a no-break space behind it     "{\n}\n"       "{\n}\u{a0}\n"     passes
#   a space behind another word    "{\n}\n"       "{ \n}\n"          fails
#   a space before the first word  "{\n}\n"       " {\n}\n"          fails
#   nothing against blank lines    ""             "\n \n"            passes
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-insta-cannot-see-the-end-of-a-file"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
insta = "=1.49.0"
EOF
cat > src/main.rs <<'EOF'
fn main() {
    std::panic::set_hook(Box::new(|_| {}));
    std::fs::create_dir_all("src/snapshots").unwrap();
    for (number, (what, golden, new)) in [
        ("the same", "{\n}\n", "{\n}\n"),
        ("no last line feed", "{\n}\n", "{\n}"),
        ("three last line feeds", "{\n}\n", "{\n}\n\n\n"),
        ("CRLF", "{\n}\n", "{\r\n}\r\n"),
        ("blank lines before", "{\n}\n", "\n\n{\n}\n"),
        ("spaces behind the last word", "{\n}\n", "{\n}   \n"),
        ("a no-break space behind it", "{\n}\n", "{\n}\u{a0}\n"),
        ("a space behind another word", "{\n}\n", "{ \n}\n"),
        ("a space before the first word", "{\n}\n", " {\n}\n"),
        ("nothing against blank lines", "", "\n \n"),
    ].into_iter().enumerate() {
        let name = format!("case{number}");
        let file = format!("src/snapshots/{}__{name}.snap", module_path!().replace("::", "__"));
        std::fs::write(&file, format!("---\nsource: src/main.rs\nexpression: new\n---\n{golden}")).unwrap();
        let equal = std::panic::catch_unwind(|| insta::assert_snapshot!(name, new)).is_ok();
        println!("{what:30} {:14} {:18} {}", format!("{golden:?}"), format!("{new:?}"), if equal { "passes" } else { "fails" });
    }
}
EOF
INSTA_UPDATE=no INSTA_OUTPUT=none INSTA_FORCE_PASS=0 cargo run -q > output 2> log || { cat log >&2; exit 1; }
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
