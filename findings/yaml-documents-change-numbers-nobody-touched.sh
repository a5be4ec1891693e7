#!/usr/bin/env bash
# Packages: yaml 2.9.1 (npm), read as a `Document`, the way to edit YAML and keep its comments; for comparison ruamel.yaml 0.19.1 (PyPI).
# A good guess: scalars that were not edited are written as they were read (it does keep `0x1f`, `1.50` and quotes); a comment stays above
#   the entry that it was above.
# What happens: every number is written anew from a JavaScript number. A 64-bit id or seed loses its last digits, `014` becomes 14, long
#   fractions are cut; all of that by changing another entry. And if the previous entry ends with a comment of its own, the comment above the next
#   entry is taken into it: it is indented there, and when the previous entry is replaced or removed, it is gone. ruamel.yaml keeps
#   whole numbers, but pads fractions with other digits; removing or replacing an entry takes the comment above the *next* one, too.
# Why it matters to us: extensions of editors and formatters use this library on content. Seeds and ids beyond 2^53 belong into quotes (a warning for YAML and
#   JSON), and a rename or fix of ours has to change bytes in place and not through a document.
# Any operating system with Node and Python 3.9.
# Seen:
#   9007199254740993               yaml 9007199254740992               ruamel 9007199254740993
#   12345678901234567890           yaml 12345678901234567000           ruamel 12345678901234567890
#   014                            yaml 14                             ruamel 014
#   1.23456789012345678901         yaml 1.2345678901234567             ruamel 1.23456789012345669043
#   comments after removing a:     yaml "about a"                      ruamel "about a"
#   comments after replacing a:    yaml "about a"                      ruamel "about a"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts yaml@2.9.1
cat > probe.mjs <<'EOF'
import YAML from "yaml";
for (const number of ["9007199254740993", "12345678901234567890", "014", "1.23456789012345678901"]) {
  const document = YAML.parseDocument(`seed: ${number}\nname: a\n`);
  document.set("name", "b");
  console.log(`${number}|yaml ${document.toString().split("\n")[0].slice(6)}`);
}
const quests = "quests:\n  # about a\n  a:\n    gold: 5\n    # enough\n\n  # about b\n  b:\n    gold: 6\n";
const comments = (document) => document.toString().match(/about \w/g).map((comment) => JSON.stringify(comment)).join(" ");
const removed = YAML.parseDocument(quests);
removed.deleteIn(["quests", "a"]);
console.log(`comments after removing a:|yaml ${comments(removed)}`);
const replaced = YAML.parseDocument(quests);
replaced.setIn(["quests", "a"], replaced.createNode({ gold: 9 }));
console.log(`comments after replacing a:|yaml ${comments(replaced)}`);
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check ruamel.yaml==0.19.1
cat > probe.py <<'EOF'
import io, json, re
from ruamel.yaml import YAML
def edit(text, change):
    yaml, out = YAML(), io.StringIO()
    document = yaml.load(text)
    change(document)
    yaml.dump(document, out)
    return out.getvalue()
for number in ["9007199254740993", "12345678901234567890", "014", "1.23456789012345678901"]:
    print("ruamel", edit(f"seed: {number}\nname: a\n", lambda d: d.update(name="b")).split("\n")[0][6:])
quests = "quests:\n  # about a\n  a:\n    gold: 5\n    # enough\n\n  # about b\n  b:\n    gold: 6\n"
for change in (lambda d: d["quests"].pop("a"), lambda d: d["quests"].update(a={"gold": 9})):
    print("ruamel", *[json.dumps(comment) for comment in re.findall(r"about \w", edit(quests, change))])
EOF
paste -d '|' <(node probe.mjs) <(v/bin/python probe.py) |
  while IFS='|' read -r name js py; do printf '%-30s %-35s %s\n' "$name" "$js" "$py"; done > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
