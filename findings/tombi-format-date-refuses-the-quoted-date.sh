#!/usr/bin/env bash
# Packages: tombi 1.9.6, taplo 0.9.3, check-jsonschema 0.39.0 (PyPI), all three validate TOML by JSON Schema.
# A good guess: `{"type": "string", "format": "date"}` accepts the string "2024-01-31" in every tool. What they may disagree on is
#   the bare TOML date, which is no JSON value.
# What happens: it is the other way round. Tombi takes `format: date` and `format: date-time` as "a bare TOML date" and refuses the
#   string, although `type` says string; `format: time` is not treated so. Without `format` it refuses the bare date. Taplo
#   and check-jsonschema accept both. So no schema with `format: date` has a quoted date that all three accept.
# Why it matters to us: questc refuses bare dates and tells people to write them in quotes, which Tombi then marks. Where
#   content in TOML has dates, the schema must say `pattern` instead of `format`, or questc has to read bare dates as their text.
# Any operating system; Python 3.9 or later (wheels with binaries for Linux, macOS and Windows).
# Seen:
#                                      tombi   taplo   check-jsonschema
#   format date,      "2024-01-31"     refuse  accept  accept
#   format date,      2024-01-31       accept  accept  accept
#   format date-time, "2024-..T..Z"    refuse  accept  accept
#   format time,      "10:00:00Z"      accept  accept  accept
#   no format,        2024-01-31       refuse  accept  accept
#   pattern,          "2024-01-31"     accept  accept  accept
#   tombi's words: expected a value of type LocalDate, but found String
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check tombi==1.9.6 taplo==0.9.3 check-jsonschema==0.39.0
wrong=0
verdict() { if "$@" > out.txt 2>&1; then echo accept; else echo refuse; fi; }
row() { # name, keywords, value, expected
  printf '{"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{"start":{"type":"string"%s}}}' "$2" > s.json
  printf '#:schema ./s.json\nstart = %s\n' "$3" > d.toml
  local seen
  seen="$(verdict v/bin/tombi lint --offline d.toml)"
  [ "$1" != "format date,      \"2024-01-31\"" ] || words=$(sed 's/\x1b\[[0-9;]*m//g' out.txt | sed -n 's/.*Error: //p')
  seen="$seen  $(verdict v/bin/taplo lint d.toml)  $(verdict v/bin/check-jsonschema --no-cache --schemafile s.json d.toml)"
  printf '%-35s%s\n' "$1" "$seen"
  [ "$seen" = "$4" ] || wrong=1
}
printf '%-35s%s\n' "" "tombi   taplo   check-jsonschema"
row 'format date,      "2024-01-31"'  ',"format":"date"'      '"2024-01-31"'            "refuse  accept  accept"
row 'format date,      2024-01-31'    ',"format":"date"'      '2024-01-31'              "accept  accept  accept"
row 'format date-time, "2024-..T..Z"' ',"format":"date-time"' '"2024-01-31T10:00:00Z"'  "refuse  accept  accept"
row 'format time,      "10:00:00Z"'   ',"format":"time"'      '"10:00:00Z"'             "accept  accept  accept"
row 'no format,        2024-01-31'    ''                      '2024-01-31'              "refuse  accept  accept"
row 'pattern,          "2024-01-31"'  ',"pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"' '"2024-01-31"' "accept  accept  accept"
echo "tombi's words: $words"
[ "$words" = "expected a value of type LocalDate, but found String" ] || wrong=1
[ "$wrong" = 0 ] || { echo "differs from what this script states" >&2; exit 1; }
