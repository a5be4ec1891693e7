#!/usr/bin/env bash
# Packages: fastjsonschema 2.22.3, jsonschema 4.26.0 (PyPI).
# A good guess: fastjsonschema fills in `default` values while it validates, into the document that was passed. It fills in those
#   of the alternative that matches, and filling in cannot change the verdict.
# What happens: it writes a default as soon as it comes by, also in an alternative that fails a moment later, and under `not`.
#   The leftover stays in the data: a quest to talk gets the `count` of a quest to kill. With closed alternatives the leftover
#   then breaks the alternative that did match: a valid document is refused. Whether that happens depends on the order of the
#   members in `properties` and of the alternatives in `oneOf`, which mean nothing in JSON Schema.
# Why it matters to us: content pipelines in Python (and setuptools) use this library. Defaults in variants of a tagged union are
#   common in quest schemas; a studio that validates with it and then writes the data back commits properties nobody wrote,
#   which questc then reports as unknown. questc itself must judge the document before it applies any default, and
#   independently of member order: a test with these four schemas shows it.
# Any operating system; Python 3.9 or later, pure Python packages.
# Seen:
#   document {"kind": "talk"}; jsonschema: valid under all four
#   open alternatives, count before kind:    valid    now {"kind": "talk", "count": 1}
#   closed alternatives, count before kind:  refused  now {"kind": "talk", "count": 1}
#   closed alternatives, kind before count:  valid    now {"kind": "talk"}
#   the same as the second, talk first:      valid    now {"kind": "talk", "count": 1}
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check fastjsonschema==2.22.3 jsonschema==4.26.0
cat > probe.py <<'EOF'
import json, sys, fastjsonschema, jsonschema

def variant(kind, *members, closed):
    schema = {"properties": dict(members), "required": ["kind"]}
    schema["properties"]["kind"] = {"const": kind}
    if closed:
        schema["additionalProperties"] = False
    return schema

COUNT, KIND = ("count", {"default": 1}), ("kind", None)
def schema(closed, kind_first=False, talk_first=False):
    members = [KIND, COUNT] if kind_first else [COUNT, KIND]
    both = [variant("kill", *members, closed=closed), variant("talk", KIND, closed=closed)]
    return {"$schema": "http://json-schema.org/draft-07/schema#", "oneOf": both[::-1] if talk_first else both}

rows = [
    ("open alternatives, count before kind", schema(False), "valid", {"kind": "talk", "count": 1}),
    ("closed alternatives, count before kind", schema(True), "refused", {"kind": "talk", "count": 1}),
    ("closed alternatives, kind before count", schema(True, kind_first=True), "valid", {"kind": "talk"}),
    ("the same as the second, talk first", schema(True, talk_first=True), "valid", {"kind": "talk", "count": 1}),
]
for _, one, _, _ in rows:
    assert jsonschema.Draft7Validator(one).is_valid({"kind": "talk"})
print('document {"kind": "talk"}; jsonschema: valid under all four')
wrong = 0
for name, one, expected, left in rows:
    data = {"kind": "talk"}
    try:
        fastjsonschema.compile(one)(data)
        verdict = "valid"
    except fastjsonschema.JsonSchemaValueException:
        verdict = "refused"
    print(f"{name + ':':40} {verdict:8} now {json.dumps(data)}")
    wrong += (verdict, data) != (expected, left)
if wrong:
    sys.exit(f"{wrong} rows differ from what this script states")
EOF
v/bin/python probe.py
