#!/usr/bin/env bash
# Packages: fastavro 1.13.1, avro 1.12.2 (PyPI).
# A good guess: a list or map that an old save lacks is filled with the default of the reader's schema, an empty one of its own for every record.
# What happens: all records read with that schema get one and the same list, the object in the parsed schema. What is added to the inventory of one player is in that of all
#   others, and in the default: records read later start with it. Nested records and maps are shared in the same way; lists that stand in the data are not.
#   The package `avro` makes new ones.
# Why it matters to us: a migration that reads old saves, adds an item and writes them back gives everybody everything, but only where the new field was missing. Migrations are tested with two saves
#   in one process, the second of them untouched.
# Any operating system with Python 3.10.
# Seen:
#   fastavro  ann was given a crown and 3 wolves; bob ['crown'] {'wolf': 3}; read afterwards: ['crown'] {'wolf': 3}
#   avro      ann was given a crown and 3 wolves; bob [] {}; read afterwards: [] {}
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check fastavro==1.13.1 avro==1.12.2
cat > probe.py <<'EOF'
import avro.io, avro.schema, fastavro, io, json
def record(*fields):
    return {"type": "record", "name": "Save", "fields": [{"name": "player", "type": "string"}, *fields]}
OLD = record()
NEW = record({"name": "items", "type": {"type": "array", "items": "string"}, "default": []}, {"name": "counts", "type": {"type": "map", "values": "int"}, "default": {}})
def with_fastavro(new, reader=fastavro.parse_schema(NEW), writer=fastavro.parse_schema(OLD)):
    data = io.BytesIO()
    fastavro.schemaless_writer(data, writer, {"player": new})
    data.seek(0)
    return fastavro.schemaless_reader(data, writer, reader)
def with_avro(new, reader=avro.schema.parse(json.dumps(NEW)), writer=avro.schema.parse(json.dumps(OLD))):
    data = io.BytesIO()
    avro.io.DatumWriter(writer).write({"player": new}, avro.io.BinaryEncoder(data))
    data.seek(0)
    return avro.io.DatumReader(writer, reader).read(avro.io.BinaryDecoder(data))
for name, read in (("fastavro", with_fastavro), ("avro", with_avro)):
    ann, bob = read("ann"), read("bob")
    ann["items"].append("crown")
    ann["counts"]["wolf"] = 3
    print(f"{name:9} ann was given a crown and 3 wolves; bob {bob['items']} {bob['counts']}; read afterwards: {read('eve')['items']} {read('eve')['counts']}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
