#!/usr/bin/env bash
# Packages: avro 1.12.2, fastavro 1.13.1 (PyPI), crate apache-avro =0.22.0.
# A good guess: a field that is renamed with an alias in the reader's schema keeps its value, and an unknown symbol becomes the enum's default. Both are in the specification, and `avro` is the
#   library of the project that wrote it.
# What happens: two of three libraries, both of that project, do not look at aliases of fields when they read, so the renamed field is the default: 5 gold are 0,
#   without a word. fastavro keeps the gold. `avro` for Python refuses the unknown symbol despite its default, and a field that is missing when writing is null
#   if null is allowed, where fastavro writes the default.
# Why it matters to us: renaming a property with an alias is the usual way to keep saves; a backend in Python or Rust empties the purse. Renames of ours are tested with a value that differs from
#   the default.
# Any operating system with Python 3.10 and Rust.
# Seen:
#   apache-avro  renamed: coins 0, state OPEN; unknown symbol: gold 5, state OPEN
#   fastavro     renamed: coins 5, state OPEN; unknown symbol: gold 5, state OPEN; not given, default 7: gold 7
#   avro         renamed: state OPEN, coins 0; unknown symbol: refused; not given, default 7: gold None
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-avro-renamed-fields-read-as-their-default"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
apache-avro = "=0.22.0"
EOF
cat > src/main.rs <<'EOF'
#![allow(deprecated)]
use apache_avro::{Schema, from_avro_datum, to_avro_datum, types::Value};

fn read(writer: &str, value: Value, reader: &str) -> String {
    let (writer, reader) = (Schema::parse_str(writer).unwrap(), Schema::parse_str(reader).unwrap());
    let bytes = to_avro_datum(&writer, Value::Record(vec![("gold".into(), Value::Long(5)), ("state".into(), value)])).unwrap();
    match from_avro_datum(&writer, &mut bytes.as_slice(), Some(&reader)) {
        Ok(Value::Record(fields)) => fields.into_iter().map(|(name, value)| match value {
            Value::Long(number) => format!("{name} {number}"),
            Value::Enum(_, symbol) => format!("{name} {symbol}"),
            other => format!("{name} {other:?}"),
        }).collect::<Vec<_>>().join(", "),
        _ => "refused".into(),
    }
}

fn main() {
    let [old, renamed, narrowed] = ["old", "renamed", "narrowed"].map(|name| std::fs::read_to_string(name).unwrap());
    println!("apache-avro  renamed: {}; unknown symbol: {}", read(&old, Value::Enum(0, "OPEN".into()), &renamed), read(&old, Value::Enum(2, "FAILED".into()), &narrowed));
}
EOF
cat > old <<'EOF'
{"type":"record","name":"Save","fields":[{"name":"gold","type":"long"},{"name":"state","type":{"type":"enum","name":"State","symbols":["OPEN","DONE","FAILED"]}}]}
EOF
cat > renamed <<'EOF'
{"type":"record","name":"Save","fields":[{"name":"coins","aliases":["gold"],"type":"long","default":0},{"name":"state","type":{"type":"enum","name":"State","symbols":["OPEN","DONE","FAILED"]}}]}
EOF
cat > narrowed <<'EOF'
{"type":"record","name":"Save","fields":[{"name":"gold","type":"long"},{"name":"state","type":{"type":"enum","name":"State","symbols":["OPEN","DONE"],"default":"OPEN"}}]}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check fastavro==1.13.1 avro==1.12.2
cat > probe.py <<'EOF'
import avro.io, avro.schema, fastavro, io, json
SCHEMAS = {name: json.load(open(name)) for name in ("old", "renamed", "narrowed")}
def with_fastavro(value, writer, reader):
    data = io.BytesIO()
    fastavro.schemaless_writer(data, fastavro.parse_schema(writer), value)
    data.seek(0)
    return fastavro.schemaless_reader(data, fastavro.parse_schema(writer), fastavro.parse_schema(reader))
def with_avro(value, writer, reader):
    writer, reader, data = avro.schema.parse(json.dumps(writer)), avro.schema.parse(json.dumps(reader)), io.BytesIO()
    avro.io.DatumWriter(writer).write(value, avro.io.BinaryEncoder(data))
    data.seek(0)
    return avro.io.DatumReader(writer, reader).read(avro.io.BinaryDecoder(data))
def attempt(read, value, reader, writer=SCHEMAS["old"]):
    try:
        return ", ".join(f"{name} {value}" for name, value in read(value, writer, reader).items())
    except Exception:
        return "refused"
PURSE = {"type": "record", "name": "Purse", "fields": [{"name": "gold", "type": ["long", "null"], "default": 7}]}
for name, read in (("fastavro", with_fastavro), ("avro", with_avro)):
    renamed = attempt(read, {"gold": 5, "state": "OPEN"}, SCHEMAS["renamed"])
    unknown = attempt(read, {"gold": 5, "state": "FAILED"}, SCHEMAS["narrowed"])
    print(f"{name:12} renamed: {renamed}; unknown symbol: {unknown}; not given, default 7: {attempt(read, {}, PURSE, PURSE)}")
EOF
{
  cargo run -q
  v/bin/python probe.py
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
