#!/usr/bin/env bash
# Packages: protobufjs 8.8.1 (npm), protobuf 7.35.1 (PyPI), the same message read from the same JSON.
# A good guess: `fromObject` reads what the JSON of protocol buffers allows, names as in the `.proto` file (`gold_coins`) as well as `goldCoins`; an unknown state or a negative `uint32` is an
#   error there or at least in `verify`.
# What happens: it reads camel case alone and drops `gold_coins` without a word; so saves written with `preserving_proto_field_name` of Python lose those fields. An unknown or
#   misspelt state is the first one ("ACTIVE"), -5 is 4294967291, 2.7 is 2, "ten" is 0. `verify`, which is there to be called before, takes states by number
#   alone, objects to the fraction and the text, and lets the name and the negative number pass. Python reads both names and refuses the other four.
# Why it matters to us: a quest that is done is active again for one of two readers of one save, and rewards vanish between tool and game. A round trip through every reader is compared
#   field by field in a test; the first value of an exported enum is one that is never meant.
# Any operating system with Node and Python 3.10.
# Seen:
#   {"goldCoins":5,"state":"DONE"}       protobufjs 5 DONE (verify without state: fine), Python 5 DONE
#   {"gold_coins":5,"state":"DONE"}      protobufjs 0 DONE (verify without state: fine), Python 5 DONE
#   {"goldCoins":5,"state":"Done"}       protobufjs 5 ACTIVE (verify without state: fine), Python refused
#   {"goldCoins":-5,"state":"DONE"}      protobufjs 4294967291 DONE (verify without state: fine), Python refused
#   {"goldCoins":2.7,"state":"DONE"}     protobufjs 2 DONE (verify without state: goldCoins: integer expected), Python refused
#   {"goldCoins":"ten","state":"DONE"}   protobufjs 0 DONE (verify without state: goldCoins: integer expected), Python refused
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check protobuf==7.35.1 grpcio-tools==1.85.1
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts protobufjs@8.8.1
cat > quest.proto <<'EOF'
syntax = "proto3";
enum State { ACTIVE = 0; DONE = 1; }
message Quest { uint32 gold_coins = 1; State state = 2; }
EOF
cat > inputs <<'EOF'
{"goldCoins":5,"state":"DONE"}
{"gold_coins":5,"state":"DONE"}
{"goldCoins":5,"state":"Done"}
{"goldCoins":-5,"state":"DONE"}
{"goldCoins":2.7,"state":"DONE"}
{"goldCoins":"ten","state":"DONE"}
EOF
v/bin/python -m grpc_tools.protoc -I. --python_out=. quest.proto
cat > probe.py <<'EOF'
import quest_pb2
from google.protobuf import json_format
for line in open("inputs"):
    try:
        quest = json_format.Parse(line, quest_pb2.Quest())
        print(f"{quest.gold_coins} {quest_pb2.State.Name(quest.state)}")
    except json_format.ParseError:
        print("refused")
EOF
cat > probe.mjs <<'EOF'
import fs from "node:fs";
import protobuf from "protobufjs";
const Quest = protobuf.parse(fs.readFileSync("quest.proto", "utf8")).root.lookupType("Quest");
const python = fs.readFileSync("python", "utf8").split("\n");
fs.readFileSync("inputs", "utf8").trimEnd().split("\n").forEach((line, index) => {
  const read = Quest.decode(Quest.encode(Quest.fromObject(JSON.parse(line))).finish());
  const { goldCoins, state } = Quest.toObject(read, { defaults: true, enums: String });
  const { state: _, ...rest } = JSON.parse(line);
  console.log(`${line.padEnd(36)} protobufjs ${goldCoins} ${state} (verify without state: ${Quest.verify(rest) ?? "fine"}), Python ${python[index]}`);
});
EOF
v/bin/python probe.py > python
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
