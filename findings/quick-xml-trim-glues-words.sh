#!/usr/bin/env bash
# Packages: crate quick-xml =0.42.0 (newest); 0.37.5 for comparison (the last that reports references inside of text).
#
# A good guess: `trim_text(true)` removes the white space around the text of an element, that is, indentation. `<t>Tom &amp; Jerry</t>` is one text
#   event, and reading it gives "Tom & Jerry".
# What really happens: since 0.38 a reference such as `&amp;` or `&#8211;` is an event of its own and splits the text, and each piece is
#   trimmed by itself. A reader that joins the pieces gets "Tom&Jerry"; one that has `_ => {}` for what it does
#   not know, as most have, gets "TomJerry". CDATA and comments split in the same way. Only texts with a reference are
#   hurt, which in translation files are few. Without trimming nothing is lost, and the serde reader of the same crate is right.
# Why it matters to us: XLIFF and other XML from translators is full of `&amp;`, `&lt;` and `&#160;` beside words, and losing a space changes
#   a translation in silence. An XLIFF reader must not trim, and the test needs a text with a reference between two spaces.
# System independence: pure computation.
#
# Seen:
#   "<t>\n  Tom &amp; Jerry\n</t>"
#     0.37 trimmed                "Tom & Jerry"
#     0.42 trimmed                "Tom&Jerry"
#     0.42 trimmed, text alone    "TomJerry"
#     0.42 not trimmed            "\n  Tom & Jerry\n"
#     0.42 serde                  "\n  Tom & Jerry\n"
#   "<t>1 &lt; 2 and 3 &#62; 2</t>"
#     0.37 trimmed                "1 < 2 and 3 > 2"
#     0.42 trimmed                "1<2 and 3>2"
#     0.42 trimmed, text alone    "12 and 32"
#     0.42 not trimmed            "1 < 2 and 3 > 2"
#     0.42 serde                  "1 < 2 and 3 > 2"
#   "<t>all <![CDATA[<b>]]> together</t>"
#     0.37 trimmed                "all<b>together"
#     0.42 trimmed                "all<b>together"
#     0.42 trimmed, text alone    "all<b>together"
#     0.42 not trimmed            "all <b> together"
#     0.42 serde                  "all <b> together"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-quick-xml-trim-glues-words"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
new = { package = "quick-xml", version = "=0.42.0", features = ["serialize"] }
old = { package = "quick-xml", version = "=0.37.5" }
serde = { version = "=1.0.229", features = ["derive"] }
EOF
cat > src/main.rs <<'EOF'
fn with_0_37(text: &str, trim: bool) -> String {
    let mut reader = old::Reader::from_str(text);
    reader.config_mut().trim_text(trim);
    let mut read = String::new();
    loop {
        match reader.read_event().unwrap() {
            old::events::Event::Text(piece) => read += &piece.unescape().unwrap(),
            old::events::Event::CData(piece) => read += &String::from_utf8_lossy(&piece),
            old::events::Event::Eof => return read,
            _ => {}
        }
    }
}

fn with_0_42(text: &str, trim: bool, references: bool) -> String {
    let mut reader = new::Reader::from_str(text);
    reader.config_mut().trim_text(trim);
    let mut read = String::new();
    loop {
        match reader.read_event().unwrap() {
            new::events::Event::Text(piece) => read += &*piece,
            new::events::Event::CData(piece) => read += &*piece,
            new::events::Event::GeneralRef(name) if references => {
                read += &new::escape::unescape(&format!("&{};", &*name)).unwrap();
            }
            new::events::Event::Eof => return read,
            _ => {}
        }
    }
}

#[derive(serde::Deserialize)]
struct Text { #[serde(rename = "$text")] text: String }

fn main() {
    for text in ["<t>\n  Tom &amp; Jerry\n</t>", "<t>1 &lt; 2 and 3 &#62; 2</t>", "<t>all <![CDATA[<b>]]> together</t>"] {
        println!("{text:?}");
        println!("  0.37 trimmed                {:?}", with_0_37(text, true));
        println!("  0.42 trimmed                {:?}", with_0_42(text, true, true));
        println!("  0.42 trimmed, text alone    {:?}", with_0_42(text, true, false));
        println!("  0.42 not trimmed            {:?}", with_0_42(text, false, true));
        println!("  0.42 serde                  {:?}", new::de::from_str::<Text>(text).unwrap().text);
    }
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
