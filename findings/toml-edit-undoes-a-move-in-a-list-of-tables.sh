#!/usr/bin/env bash
# Packages: crate toml_edit =0.25.20, which cargo and most Rust tools edit TOML with.
#
# A good guess: a document is written as it is in memory; comments may go astray, elements may not. That holds for arrays of values.
# What really happens: tables remember where they were read, and are written in that order, whatever the order in memory. Moving the first
#   `[[stage]]` to the end, sorting the stages or swapping two of them leaves the text as it was, byte for byte, while the program that did it sees the new
#   order. Only new and removed elements have an effect; for the others there is `Table::set_position`. In
#   arrays of values the elements move but trailing comments stay: after removing the second of two, the first has the comment of the second.
# Why it matters to us: the order of stages and objectives means something. A tool of ours that reorders or inserts (a fix, a rename that sorts, `init`) must
#   set positions, and a test must read its output again and compare it with what was meant.
# System independence: pure computation.
#
# Seen:
#   moved first to last: memory b c a, text a b c
#   sorted backwards:    memory c b a, text a b c
#   new one inserted first: memory z a b c, text z a b c
#   array of values, first moved to last: memory b c a, text b c a
#   values = [1, # one / 2, # two /] without the second: 1, # two
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-toml-edit-undoes-a-move-in-a-list-of-tables"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
toml_edit = "=0.25.20"
EOF
cat > src/main.rs <<'EOF'
use toml_edit::{ArrayOfTables, DocumentMut, Table, value};

const TEXT: &str = "[[stage]]\nid = \"a\"\n[[stage]]\nid = \"b\"\n[[stage]]\nid = \"c\"\n";

fn ids(document: &DocumentMut) -> String {
    let ids: Vec<&str> = document["stage"].as_array_of_tables().unwrap().iter().map(|stage| stage["id"].as_str().unwrap()).collect();
    ids.join(" ")
}

fn change(name: &str, change: impl FnOnce(&mut Vec<Table>)) {
    let mut document: DocumentMut = TEXT.parse().unwrap();
    let stages = document["stage"].as_array_of_tables_mut().unwrap();
    let mut tables: Vec<Table> = stages.iter().cloned().collect();
    change(&mut tables);
    *stages = tables.into_iter().collect::<ArrayOfTables>();
    println!("{name} memory {}, text {}", ids(&document), ids(&document.to_string().parse().unwrap()));
}

fn main() {
    change("moved first to last:", |stages| stages.rotate_left(1));
    change("sorted backwards:   ", |stages| stages.reverse());
    change("new one inserted first:", |stages| {
        let mut new = Table::new();
        new["id"] = value("z");
        stages.insert(0, new);
    });
    let mut document: DocumentMut = "stage = [\"a\", \"b\", \"c\"]\n".parse().unwrap();
    let stages = document["stage"].as_array_mut().unwrap();
    let first = stages.remove(0);
    stages.push_formatted(first);
    let ids = |document: &DocumentMut| {
        let ids: Vec<String> = document["stage"].as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect();
        ids.join(" ")
    };
    println!("array of values, first moved to last: memory {}, text {}", ids(&document), ids(&document.to_string().parse().unwrap()));
    let mut document: DocumentMut = "values = [\n  1, # one\n  2, # two\n]\n".parse().unwrap();
    document["values"].as_array_mut().unwrap().remove(1);
    println!("values = [1, # one / 2, # two /] without the second: {}", document.to_string().lines().nth(1).unwrap().trim());
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
