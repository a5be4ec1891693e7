#!/usr/bin/env bash
# Packages: taplo 0.9.3, fastjsonschema 2.22.3, jsonschema 4.26.0 (PyPI);
#   json-schema-to-typescript 16.0.0, typescript 5.9.3, ajv 8.20.0 (npm).
# A good guess: a tool that only knows draft-07 ignores `prefixItems`, so it is too lenient: it accepts anything in a tuple of
#   draft 2020-12. A schema that says `$schema: 2020-12` at worst loses precision there.
# What happens: `items: false` beside `prefixItems`, the idiom for "these two and no more", is an old keyword as well. Read as
#   draft-07 it means "no items at all". So the same schema makes three tools refuse every tuple that is valid, and accept
#   only the empty one: Taplo marks each element, fastjsonschema raises "must not be there", and json-schema-to-typescript
#   generates `never[]`, to which no tuple can be assigned. None warns about the dialect.
# Why it matters to us: positions and ranges are such tuples. Schemas that questc writes (for editors, from `init`, in the SDK for
#   mods) should say `minItems`/`maxItems` instead of `items: false`: right in every tool and in every dialect (last row).
# Any operating system with Node 20.19 or later and Python 3.9 or later.
# Seen:
#                           [3, 4]   []      [3, 4, 5]
#   ajv                     accept  accept  refuse
#   jsonschema              accept  accept  refuse
#   taplo                   refuse  accept  refuse
#   fastjsonschema          refuse  accept  refuse
#   generated TypeScript    refuse  accept  refuse
#   with maxItems: all five accept [3, 4]
#   json-schema-to-typescript wrote: at?: never[];
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts json-schema-to-typescript@16.0.0 typescript@5.9.3 ajv@8.20.0 2>/dev/null
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check taplo==0.9.3 fastjsonschema==2.22.3 jsonschema==4.26.0
cat > judge.py <<'EOF'
import json, sys, fastjsonschema, jsonschema
schema, data = json.load(open("s.json")), {"at": json.loads(sys.argv[2])}
if sys.argv[1] == "jsonschema":
    ok = jsonschema.Draft202012Validator(schema).is_valid(data)
else:
    try:
        fastjsonschema.compile(schema)(data)
        ok = True
    except fastjsonschema.JsonSchemaValueException:
        ok = False
print("accept" if ok else "refuse")
EOF
cat > ajv.mjs <<'EOF'
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
const Ajv = createRequire(import.meta.url)("ajv/dist/2020").default;
const schema = JSON.parse(readFileSync("s.json", "utf8"));
console.log(new Ajv({ strict: false }).validate(schema, { at: JSON.parse(process.argv[2]) }) ? "accept" : "refuse");
EOF
cat > types.mjs <<'EOF'
import { readFileSync, writeFileSync } from "node:fs";
import { compile } from "json-schema-to-typescript";
writeFileSync("types.ts", await compile(JSON.parse(readFileSync("s.json", "utf8")), "Place", { bannerComment: "" }));
EOF
verdict() { if "$@" > out.txt 2>&1; then echo accept; else echo refuse; fi; }
judge() { # tool, tuple
  case $1 in
    ajv) node ajv.mjs "$2" ;;
    jsonschema | fastjsonschema) v/bin/python judge.py "$1" "$2" ;;
    taplo) printf '#:schema ./s.json\nat = %s\n' "$2" > d.toml; verdict v/bin/taplo lint d.toml ;;
    typescript) printf 'import type { Place } from "./types";\nexport const place: Place = { at: %s };\n' "$2" > use.ts
      verdict npx --no-install tsc --noEmit --strict --skipLibCheck use.ts ;;
  esac
}
schema() { printf '{"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Place","type":"object","properties":{"at":{"type":"array","prefixItems":[{"type":"integer"},{"type":"integer"}],%s}}}' "$1" > s.json; node types.mjs; }
wrong=0
row() { # name, tool, expected
  local seen
  seen="$(judge "$2" '[3, 4]')  $(judge "$2" '[]')  $(judge "$2" '[3, 4, 5]')"
  printf '%-24s%s\n' "$1" "$seen"
  [ "$seen" = "$3" ] || wrong=1
}
schema '"items":false'
written=$(sed -n 's/^ *\(at?:.*\)$/\1/p' types.ts)
printf '%-24s%s\n' "" "[3, 4]   []      [3, 4, 5]"
row ajv ajv "accept  accept  refuse"
row jsonschema jsonschema "accept  accept  refuse"
row taplo taplo "refuse  accept  refuse"
row fastjsonschema fastjsonschema "refuse  accept  refuse"
row "generated TypeScript" typescript "refuse  accept  refuse"
schema '"maxItems":2'
for tool in ajv jsonschema taplo fastjsonschema typescript; do
  [ "$(judge $tool '[3, 4]')" = accept ] || { echo "$tool refuses [3, 4] with maxItems" >&2; wrong=1; }
done
echo "with maxItems: all five accept [3, 4]"
echo "json-schema-to-typescript wrote: $written"
[ "$written" = "at?: never[];" ] || wrong=1
[ "$wrong" = 0 ] || { echo "differs from what this script states" >&2; exit 1; }
