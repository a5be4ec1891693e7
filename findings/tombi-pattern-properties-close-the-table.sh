#!/usr/bin/env bash
# Packages: tombi 1.9.6 (PyPI); jsonschema 4.26.0 (PyPI) as the second opinion.
# A good guess: Tombi's strict mode, on by default, warns about keys that a schema does not name. Where it goes beyond JSON
#   Schema it warns, and an error means that the document is invalid.
# What happens: with `properties` alone an unknown key is a warning (exit status 0). As soon as the same schema has
#   `patternProperties`, every key that is in neither is an *error* (exit status 1), though JSON Schema lets it pass. And the
#   other direction: `if`/`then`/`else` is applied to tables and arrays only; on a string, number or boolean it is skipped
#   without a word, so an invalid document passes.
# Why it matters to us: `schemas/manifest.schema.json` and studios' TOML schemas with prefixed names (`x-…`, `item:`) need an explicit
#   `"additionalProperties": true` or Tombi fails the CI of a project that questc accepts; conditions on a value are to be
#   written on the table that holds it. A test should lint the manifests of our examples with both Taplo and Tombi.
# Any operating system; Python 3.9 or later (wheels with binaries for Linux, macOS and Windows).
# Seen:
#   properties only, unknown key:              jsonschema accept  tombi accept (Warning: in strict mode, root table does not allow "other" key.)
#   with patternProperties, unknown key:       jsonschema accept  tombi refuse (Error: key must match the pattern `^x-`)
#   the same with additionalProperties true:   jsonschema accept  tombi accept ()
#   if/then on an integer, 15 for tens only:   jsonschema refuse  tombi accept ()
#   if/then on an array, twice the same:       jsonschema refuse  tombi refuse (Error: array values must be unique)
#   if/then on the table, npc missing:         jsonschema refuse  tombi refuse (Error: "npc" is required)
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check tombi==1.9.6 jsonschema==4.26.0 'tomli==2.2.1; python_version < "3.11"'
cat > judge.py <<'EOF'
import json, jsonschema
try:
    import tomllib
except ImportError:
    import tomli as tomllib
schema = json.load(open("s.json"))
document = tomllib.load(open("d.toml", "rb"))
print("accept" if jsonschema.Draft202012Validator(schema).is_valid(document) else "refuse")
EOF
wrong=0
row() { # name, rest of the schema, document, expected by jsonschema, by tombi, words
  printf '{"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object",%s}' "$2" > s.json
  printf '#:schema ./s.json\n%s\n' "$3" > d.toml
  local python tombi words
  python=$(v/bin/python judge.py)
  if v/bin/tombi lint --offline d.toml > out.txt 2>&1; then tombi=accept; else tombi=refuse; fi
  words=$(sed 's/\x1b\[[0-9;]*m//g' out.txt | sed -n 's/^ *\(Error\|Warning\): /\1: /p' | sed 's/ Please add.*//' | head -1)
  printf '%-43sjsonschema %s  tombi %s (%s)\n' "$1:" "$python" "$tombi" "$words"
  [ "$python $tombi $words" = "$4 $5 $6" ] || wrong=1
}
props='"properties":{"id":{"type":"string"}}'
pattern='"patternProperties":{"^x-":{"type":"integer"}}'
row "properties only, unknown key" "$props" 'other = 1' accept accept 'Warning: in strict mode, root table does not allow "other" key.'
row "with patternProperties, unknown key" "$props,$pattern" 'other = 1' accept refuse 'Error: key must match the pattern `^x-`'
row "the same with additionalProperties true" "$props,$pattern,\"additionalProperties\":true" 'other = 1' accept accept ''
row "if/then on an integer, 15 for tens only" '"properties":{"v":{"type":"integer","if":{"minimum":10},"then":{"multipleOf":10}}}' 'v = 15' refuse accept ''
row "if/then on an array, twice the same" '"properties":{"v":{"type":"array","if":{"minItems":2},"then":{"uniqueItems":true}}}' 'v = [1, 1]' refuse refuse 'Error: array values must be unique'
row "if/then on the table, npc missing" '"properties":{"kind":{},"npc":{}},"additionalProperties":true,"if":{"properties":{"kind":{"const":"talk"}},"additionalProperties":true},"then":{"required":["npc"],"additionalProperties":true}' 'kind = "talk"' refuse refuse 'Error: "npc" is required'
[ "$wrong" = 0 ] || { echo "differs from what this script states" >&2; exit 1; }
