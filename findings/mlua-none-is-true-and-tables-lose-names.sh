#!/usr/bin/env bash
# Packages: crate mlua =0.12.2 with Lua 5.4.
# A good guess: data that goes to Lua and back through serde is what it was; an absent `Option` is `nil`; a table that is neither list nor map is an error.
# What happens: `None` and `null` are a light userdata, which is true: `if quest.giver then` takes the branch of quests with a giver, and `== nil` is false. On the way back a table with an
#   element 1 is a list and its names are dropped; a gap ends it; a table with names where a list is expected is an empty list; an empty table is a map in a JSON
#   value. `serialize_none_to_null(false)` gives nil; for the way back there is no such option that reports the loss.
# Why it matters to us: conditions in scripts hold for what is missing, and rewards that a script returns with one number and one name lose the name. Values from scripts are checked
#   against the schema by our reader, from the table itself; nothing optional is given to Lua as null.
# Any operating system with Rust and a C compiler.
# Seen:
#   no giver, default: has a giver, == nil: false
#   no giver, none_to_null false: has none, == nil: true
#   {10, 20, bonus = 5}      as a value [10,20], as a list [10,20]
#   {[1] = 'a', [3] = 'c'}   as a value ["a"], as a list ["a"]
#   {[0] = 'z', 'a'}         as a value ["a"], as a list ["a"]
#   {bonus = 5}              as a value {"bonus":5}, as a list []
#   {}                       as a value {}, as a list []
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-mlua-none-is-true-and-tables-lose-names"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
mlua = { version = "=0.12.2", features = ["lua54", "vendored", "serde"] }
serde = { version = "1", features = ["derive"] }
serde_json = "1"
EOF
cat > src/main.rs <<'EOF'
use mlua::serde::{LuaSerdeExt, ser::Options as SerializeOptions};
use mlua::Lua;

#[derive(serde::Serialize)]
struct Quest {
    giver: Option<String>,
}

fn main() -> mlua::Result<()> {
    let lua = Lua::new();
    for (name, options) in [("default", SerializeOptions::new()), ("none_to_null false", SerializeOptions::new().serialize_none_to_null(false))] {
        lua.globals().set("quest", lua.to_value_with(&Quest { giver: None }, options)?)?;
        let answer: String = lua.load("return (quest.giver and 'has a giver' or 'has none') .. ', == nil: ' .. tostring(quest.giver == nil)").eval()?;
        println!("no giver, {name}: {answer}");
    }
    for table in ["{10, 20, bonus = 5}", "{[1] = 'a', [3] = 'c'}", "{[0] = 'z', 'a'}", "{bonus = 5}", "{}"] {
        let read = |value: Result<serde_json::Value, mlua::Error>| value.map_or("error".into(), |value| value.to_string());
        let value = read(lua.load(format!("return {table}")).eval().and_then(|value| lua.from_value(value)));
        let list: Result<Vec<serde_json::Value>, _> = lua.load(format!("return {table}")).eval().and_then(|value| lua.from_value(value));
        println!("{table:24} as a value {value}, as a list {}", read(list.map(Into::into)));
    }
    Ok(())
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
