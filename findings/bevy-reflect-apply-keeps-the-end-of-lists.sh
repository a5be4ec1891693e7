#!/usr/bin/env bash
# Packages: crate bevy_reflect =0.20.1.
# A good guess: after `quest.apply(&other)` of the same type, `quest` equals `other`; with a part, the named fields are set, and a name that the type lacks is an error of `try_apply`.
# What happens: lists are written element by element and never get shorter: "z" applied to "a b c" is "z b c", at any depth, so two equal types differ afterwards. Maps, sets and enums
#   are replaced as expected. A tuple that is too short changes its first members. A field that the type lacks is ignored by `try_apply` as well, and the result is `Ok`; a wrong type
#   of number is an error, but fields before it have been changed.
# Why it matters to us: live reload or a scene patch that takes a reward or a tag away leaves it in place until the next start. Changes are applied as whole values, and a test removes an element.
# Any operating system with Rust; builds in about a minute.
# Seen:
#   equal after apply: false; tags ["z", "b", "c"], counts {"wolf": 9}
#   [[9]] applied to [[1, 2, 3], [4]]: [[9, 2, 3], [4]]
#   golds: 7               Ok, place (1, 2), gold 5
#   place: (9,)            Ok, place (9, 2), gold 5
#   place, gold: 7i32      error, place (9, 9), gold 5
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-bevy-reflect-apply-keeps-the-end-of-lists"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
bevy_reflect = "=0.20.1"
EOF
cat > src/main.rs <<'EOF'
use bevy_reflect::{PartialReflect, Reflect, structs::DynamicStruct};
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq, Reflect)]
struct Quest {
    tags: Vec<String>,
    counts: BTreeMap<String, u32>,
    place: (u32, u32),
    gold: u32,
}

fn quest(tags: &[&str], counts: &[(&str, u32)]) -> Quest {
    let counts = counts.iter().map(|(name, count)| ((*name).into(), *count)).collect();
    Quest { tags: tags.iter().map(|tag| (*tag).into()).collect(), counts, place: (1, 2), gold: 5 }
}

fn patched(name: &str, fields: impl FnOnce(&mut DynamicStruct)) {
    let mut patch = DynamicStruct::default();
    fields(&mut patch);
    let mut patched = quest(&["a", "b", "c"], &[]);
    let result = if patched.try_apply(&patch).is_ok() { "Ok" } else { "error" };
    println!("{name:22} {result}, place {:?}, gold {}", patched.place, patched.gold);
}

fn main() {
    let mut old = quest(&["a", "b", "c"], &[("wolf", 1), ("bear", 2)]);
    let new = quest(&["z"], &[("wolf", 9)]);
    old.apply(&new);
    println!("equal after apply: {}; tags {:?}, counts {:?}", old == new, old.tags, old.counts);
    let mut lists = vec![vec![1, 2, 3], vec![4]];
    lists.apply(&vec![vec![9]]);
    println!("[[9]] applied to [[1, 2, 3], [4]]: {lists:?}");
    patched("golds: 7", |patch| patch.insert("golds", 7u32));
    patched("place: (9,)", |patch| patch.insert("place", (9u32,)));
    patched("place, gold: 7i32", |patch| {
        patch.insert("place", (9u32, 9u32));
        patch.insert("gold", 7i32);
    });
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
