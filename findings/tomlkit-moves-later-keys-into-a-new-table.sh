#!/usr/bin/env bash
# Packages: tomlkit 0.15.2 (PyPI), the style-preserving TOML library that Poetry and most scripts edit manifests with.
# A good guess: a library that keeps comments and order may place something oddly, but what it writes reads back as what is in memory.
# What happens: a table that is written with dotted keys (`reward.gold = 5`) and gets a table as a new member is cut in two: the header
#   `[reward.extra]` is written between its keys, so the keys that follow it, of this table and of its parent, belong to `reward.extra`. The text is valid, and
#   `reward.xp` has become `reward.extra.reward.xp`. The document in memory still has it in the right place. A scalar or an
#   inline table is inserted correctly.
# Why it matters to us: scripts of studios edit `quest.toml` and TOML content, where dotted keys are common. questc then reports unknown names at the
#   moved keys, or nothing if the schema is open. In the guide: after such a script compare the data, and insert `inline_table()` there.
# Any operating system with Python 3.11 (for `tomllib`).
# Seen:
#   in memory:  {"title": "wolf", "reward": {"gold": 5, "extra": {"item": "fang"}, "xp": 7}}
#   in the text: {"title": "wolf", "reward": {"gold": 5, "extra": {"item": "fang", "reward": {"xp": 7}}}}
#   with an inline table in the text: {"title": "wolf", "reward": {"gold": 5, "extra": {"item": "fang"}, "xp": 7}}
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check tomlkit==0.15.2
cat > probe.py <<'EOF'
import json, tomlkit, tomllib
text = 'title = "wolf"\nreward.gold = 5\nreward.xp = 7\n'
document = tomlkit.parse(text)
document["reward"]["extra"] = {"item": "fang"}
def order(data):
    reward = data["reward"]
    return {**data, "reward": {key: reward[key] for key in ("gold", "extra", "xp") if key in reward}}
print("in memory: ", json.dumps(order(document.unwrap())))
print("in the text:", json.dumps(order(tomllib.loads(tomlkit.dumps(document)))))
document = tomlkit.parse(text)
inline = tomlkit.inline_table()
inline["item"] = "fang"
document["reward"]["extra"] = inline
print("with an inline table in the text:", json.dumps(order(tomllib.loads(tomlkit.dumps(document)))))
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
