#!/usr/bin/env bash
# Packages: crates csv =1.4.0 (newest), serde =1.0.229.
#
# A good guess: with serde, the csv crate gives every column the type of its field. A `String` field takes any text. `#[serde(flatten)]` only
#   moves fields into a struct of their own and changes nothing about their types.
# What really happens: below `flatten` the type is guessed from each cell: what looks like a boolean, an integer or a float is one, and a
#   `String` field refuses it. So a table is read for years until a quest is called "1812", "007", "true" or "Infinity", or a character
#   "Nan". Quotes in the file do not help. In an untagged enum (text or number) "nan" and "inf" silently become floats and "007"
#   becomes 7. A number of 23 digits is refused with a message about u128.
# Why it matters to us: spreadsheets are where designers keep texts and tables. A generated row type must not use `flatten` for shared
#   columns, and a reader of CSV must take the type from the schema, never from the cell.
# System independence: pure computation.
#
# Seen:
#   Wolves                   plain: Plain { level: 1, title: "Wolves" }
#                            flat:  Flat { level: 1, texts: Texts { title: "Wolves" } }
#                            union: Union { level: 1, title: Text("Wolves") }
#   1812                     plain: Plain { level: 1, title: "1812" }
#                            flat:  invalid type: integer `1812`, expected a string
#                            union: Union { level: 1, title: Number(1812.0) }
#   "1812"                   plain: Plain { level: 1, title: "1812" }
#                            flat:  invalid type: integer `1812`, expected a string
#                            union: Union { level: 1, title: Number(1812.0) }
#   007                      plain: Plain { level: 1, title: "007" }
#                            flat:  invalid type: integer `7`, expected a string
#                            union: Union { level: 1, title: Number(7.0) }
#   true                     plain: Plain { level: 1, title: "true" }
#                            flat:  invalid type: boolean `true`, expected a string
#                            union: data did not match any variant of untagged enum Value
#   Nan                      plain: Plain { level: 1, title: "Nan" }
#                            flat:  invalid type: floating point `NaN`, expected a string
#                            union: Union { level: 1, title: Number(NaN) }
#   Infinity                 plain: Plain { level: 1, title: "Infinity" }
#                            flat:  invalid type: floating point `inf`, expected a string
#                            union: Union { level: 1, title: Number(inf) }
#   1e5                      plain: Plain { level: 1, title: "1e5" }
#                            flat:  invalid type: floating point `100000.0`, expected a string
#                            union: Union { level: 1, title: Number(100000.0) }
#   12345678901234567890123  plain: Plain { level: 1, title: "12345678901234567890123" }
#                            flat:  invalid type: integer `12345678901234567890123` as u128, expected any value
#                            union: invalid type: integer `12345678901234567890123` as u128, expected any value
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-csv-flatten-types-a-text-by-its-value"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
serde = { version = "=1.0.229", features = ["derive"] }
csv = "=1.4.0"
EOF
cat > src/main.rs <<'EOF'
use serde::Deserialize;

#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Texts { title: String }

#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Flat { level: u8, #[serde(flatten)] texts: Texts }

#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Plain { level: u8, title: String }

#[derive(Deserialize, Debug)]
#[serde(untagged)]
#[allow(dead_code)]
enum Value { Number(f64), Text(String) }

#[derive(Deserialize, Debug)]
#[allow(dead_code)]
struct Union { level: u8, title: Value }

fn row<T: serde::de::DeserializeOwned + std::fmt::Debug>(cell: &str) -> String {
    let text = format!("level,title\n1,{cell}\n");
    match csv::Reader::from_reader(text.as_bytes()).deserialize::<T>().next().unwrap() {
        Ok(row) => format!("{row:?}"),
        Err(error) => error.to_string().split("): ").last().unwrap_or_default().to_string(),
    }
}

fn main() {
    for cell in ["Wolves", "1812", "\"1812\"", "007", "true", "Nan", "Infinity", "1e5", "12345678901234567890123"] {
        println!("{cell:24} plain: {}", row::<Plain>(cell));
        println!("{:24} flat:  {}", "", row::<Flat>(cell));
        println!("{:24} union: {}", "", row::<Union>(cell));
    }
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
