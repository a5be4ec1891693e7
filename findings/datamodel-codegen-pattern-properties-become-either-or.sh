#!/usr/bin/env bash
# Packages: datamodel-code-generator 0.89.0, pydantic 2.12.4, jsonschema 4.26.0 (PyPI).
# A good guess: a generator of typed models either drops `patternProperties` (a map of anything) or keeps the patterns as the
#   types of keys. Either way it accepts every map that the schema accepts.
# What happens: two patterns become a *union of two maps*. All names must match the first pattern or all the second: rewards with
#   items and experience are refused, though each of them alone is accepted. With `properties` beside the patterns the
#   generated class forgets the patterns and, with `additionalProperties: false`, forbids every name that they allow.
# Why it matters to us: maps with prefixed names (`item:sword`, `xp`) are the typical reward table. Where questc generates types from
#   `patternProperties` (Rust, `authoring`, the SDK) the content with names under several patterns at once belongs into the tests,
#   and "pydantic models of the same schema" is no oracle for it.
# Any operating system; Python 3.10 or later.
# Seen:
#                                 jsonschema  generated model
#   {"item:sword": 1}             accept      accept
#   {"xp": 2.5}                   accept      accept
#   {"item:sword": 1, "xp": 2.5}  accept      refuse
#   with a named property:
#   {"gold": 3}                   accept      accept
#   {"gold": 3, "xp": 2.5}        accept      refuse
#   the field: dict[constr(pattern=r'^item:'), int] | dict[constr(pattern=r'^xp$'), float] | None
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check datamodel-code-generator==0.89.0 pydantic==2.12.4 jsonschema==4.26.0
cat > probe.py <<'EOF'
import importlib, json, re, subprocess, sys, jsonschema, pydantic

def model(name, rewards):
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Quest", "type": "object", "properties": {"rewards": rewards}}
    json.dump(schema, open(f"{name}.json", "w"))
    subprocess.run(["v/bin/datamodel-codegen", "--input", f"{name}.json", "--input-file-type", "jsonschema", "--disable-timestamp",
                    "--output-model-type", "pydantic_v2.BaseModel", "--output", f"{name}.py"], check=True, stderr=subprocess.DEVNULL)
    return schema, importlib.import_module(name).Quest

sys.path.insert(0, ".")
patterns = {"^item:": {"type": "integer"}, "^xp$": {"type": "number"}}
closed = {"type": "object", "patternProperties": patterns, "additionalProperties": False}
two = model("two", closed)
named = model("named", {**closed, "properties": {"gold": {"type": "integer"}}})
wrong = 0

def row(pair, rewards, expected):
    global wrong
    schema, Quest = pair
    document = {"rewards": rewards}
    try:
        Quest.model_validate(document)
        generated = "accept"
    except pydantic.ValidationError:
        generated = "refuse"
    judged = "accept" if jsonschema.Draft202012Validator(schema).is_valid(document) else "refuse"
    print(f"{json.dumps(rewards):29} {judged:11} {generated}")
    wrong += (judged, generated) != ("accept", expected)

print(f"{'':29} jsonschema  generated model")
row(two, {"item:sword": 1}, "accept")
row(two, {"xp": 2.5}, "accept")
row(two, {"item:sword": 1, "xp": 2.5}, "refuse")
print("with a named property:")
row(named, {"gold": 3}, "accept")
row(named, {"gold": 3, "xp": 2.5}, "refuse")
field = re.search(r"rewards: \(?(.*?)\)? = None", " ".join(open("two.py").read().split()))
said = field.group(1).strip()
print("the field:", said)
wrong += said != "dict[constr(pattern=r'^item:'), int] | dict[constr(pattern=r'^xp$'), float] | None"
if wrong:
    sys.exit(f"{wrong} rows differ from what this script states")
EOF
v/bin/python probe.py
