#!/usr/bin/env bash
# Packages: cattrs 26.2.1, dacite 1.9.2, msgspec 0.23.0 (PyPI), which make dataclasses of parsed JSON, YAML or TOML.
# A good guess: what does not fit the type is an error, or is converted as its text reads; of alternatives the one that fits is taken.
# What happens: cattrs calls the type. `"false"`, `"no"` and `"0"` are `True`, 3.9 gold are 3, the text "wolf" in place of a list of tags is the list w, o, l, f, and unknown names are dropped.
#   dacite takes the first alternative that can be made; one whose fields all have defaults can always be made, so `{"item": "crown"}` is "no gold" and the crown is gone. Its `strict` is for
#   names that no alternative has, and reports this one. msgspec refuses four of five and reads the fifth, an unknown name, by the defaults; it does not take that union at all.
# Why it matters to us: scripts that write or check content in Python read it with these. Types for Python of ours need a tag on alternatives and no type that is all defaults; a test reads
#   one wrong document per rule.
# Any operating system with Python 3.10.
# Seen:
#   {'hidden': 'false'}
#     cattrs         (gold=0, hidden=True, tags=[])
#     dacite         refused
#     dacite strict  refused
#     msgspec        refused
#   {'gold': 3.9}
#     cattrs         (gold=3, hidden=False, tags=[])
#     dacite         refused
#     dacite strict  refused
#     msgspec        refused
#   {'tags': 'wolf'}
#     cattrs         (gold=0, hidden=False, tags=['w', 'o', 'l', 'f'])
#     dacite         refused
#     dacite strict  refused
#     msgspec        refused
#   {'golds': 5}
#     cattrs         (gold=0, hidden=False, tags=[])
#     dacite         (gold=0, hidden=False, tags=[])
#     dacite strict  refused
#     msgspec        (gold=0, hidden=False, tags=[])
#   {'reward': {'item': 'crown'}}
#     cattrs         refused
#     dacite         Reward(reward=Gold(gold=0))
#     dacite strict  Reward(reward=Item(item='crown'))
#     msgspec        refused
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check cattrs==26.2.1 dacite==1.9.2 msgspec==0.23.0
cat > probe.py <<'EOF'
import cattrs, dacite, msgspec
from dataclasses import dataclass, field
@dataclass
class Quest:
    gold: int = 0
    hidden: bool = False
    tags: list[str] = field(default_factory=list)
@dataclass
class Gold:
    gold: int = 0
@dataclass
class Item:
    item: str = ""
@dataclass
class Reward:
    reward: Gold | Item
def attempt(read, value, kind):
    try:
        return str(read(value, kind)).replace("Quest", "")
    except Exception:
        return "refused"
READERS = {
    "cattrs": cattrs.structure,
    "dacite": lambda value, kind: dacite.from_dict(kind, value),
    "dacite strict": lambda value, kind: dacite.from_dict(kind, value, dacite.Config(strict=True)),
    "msgspec": msgspec.convert,
}
for value, kind in (({"hidden": "false"}, Quest), ({"gold": 3.9}, Quest), ({"tags": "wolf"}, Quest), ({"golds": 5}, Quest), ({"reward": {"item": "crown"}}, Reward)):
    print(value)
    for name, read in READERS.items():
        print(f"  {name:14} {attempt(read, value, kind)}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
