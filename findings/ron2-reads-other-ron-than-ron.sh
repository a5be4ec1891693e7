#!/usr/bin/env bash
# Packages: crates ron =0.12.3 and ron2 =0.3.0 (newest of each).
#
# A good guess: ron2 (a syntax tree with places, which `ron` does not offer) reads the same language as `ron`, so what a Bevy game loads
#   with `ron` can be checked with ron2, and the other way round.
# What really happens: valid RON is refused by ron2 (numbers with a type, `1u8`; `.5` and `1.`; a byte `b'a'`; the char `'''`; a line
#   continued with a backslash; a field called `inf`), one text gets another meaning without an error (a raw name, `r#type`, keeps its
#   `r#` and is not the field `type`), and ron2 accepts what `ron` refuses (`0X1F`, an extension that does not exist, seven digits in
#   a Unicode escape). `1u8` is refused with the message "out of bounds for u128".
# Why it matters to us: ron2 is our reader of RON, and the game's is `ron`. `r#type` is what a Rust programmer writes for a field whose name
#   is a keyword: the `r#` must be taken off when the tree is read. A misspelt `#![enable(..)]` passes a check through ron2 and fails in
#   the game: extensions must be checked against the known four. Numbers such as `1u8` and `.5` are right and need a reader or a message
#   that does not call them wrong.
# System independence: pure computation.
#
# Seen:
#   "(level: 1)"
#     ron   Map(Map({String("level"): Number(U8(1))}))
#     ron2  Struct([("level", Number(U8(1)))])
#   "(r#type: \"main\")"
#     ron   Map(Map({String("type"): String("main")}))
#     ron2  Struct([("r#type", String("main"))])
#   "(inf: 1)"
#     ron   Map(Map({String("inf"): Number(U8(1))}))
#     ron2  error: 1:5-1:6: Expected comma in tuple
#   "1u8"
#     ron   Number(U8(1))
#     ron2  error: 1:1-1:4: Integer 1u8 is out of bounds for u128
#   "1.5f32"
#     ron   Number(F32(F32(1.5)))
#     ron2  error: 1:1-1:7: Expected valid floating-point number
#   ".5"
#     ron   Number(F32(F32(0.5)))
#     ron2  error: 1:1-1:2: Unexpected char '.'
#   "1."
#     ron   Number(F32(F32(1.0)))
#     ron2  error: 1:2-1:3: Non-whitespace trailing characters
#   "b'a'"
#     ron   Number(U8(97))
#     ron2  error: 1:2-1:5: Non-whitespace trailing characters
#   "'''"
#     ron   Char('\'')
#     ron2  error: 1:1-1:3: Unexpected char '\''
#   "\"two \\\n    parts\""
#     ron   String("two parts")
#     ron2  error: 1:6-1:8: unknown escape sequence
#   "0X1F"
#     ron   error: 1:2: Non-whitespace trailing characters
#     ron2  Number(U8(31))
#   "#![enable(implicit_somes)] (level: 1)"
#     ron   error: 1:11-1:25: No RON extension named `implicit_somes`
#     ron2  Struct([("level", Number(U8(1)))])
#   "\"\\u{0000041}\""
#     ron   error: 1:4-1:11: No } at the end of Unicode escape
#     ron2  String("A")
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-ron2-reads-other-ron-than-ron"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
ron = "=0.12.3"
ron2 = { version = "=0.3.0", default-features = false }
EOF
cat > src/main.rs <<'EOF'
fn main() {
    for text in [
        "(level: 1)", "(r#type: \"main\")", "(inf: 1)", "1u8", "1.5f32", ".5", "1.", "b'a'", "'''", "\"two \\\n    parts\"",
        "0X1F", "#![enable(implicit_somes)] (level: 1)", "\"\\u{0000041}\"",
    ] {
        let ron = match ron::from_str::<ron::Value>(text) {
            Ok(value) => format!("{value:?}"),
            Err(error) => format!("error: {error}"),
        };
        let ron2 = match text.parse::<ron2::Value>() {
            Ok(value) => format!("{value:?}"),
            Err(error) => format!("error: {error}"),
        };
        println!("{text:?}\n  ron   {ron}\n  ron2  {ron2}");
    }
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
