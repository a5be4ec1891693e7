#!/usr/bin/env bash
# Packages: PyTMX 3.32 (PyPI), the usual reader of Tiled maps in Python, for games and for scripts that export data.
# A good guess: properties come out with their types; an object that is placed from a template has the name, class, size and properties of the template,
#   as in Tiled and in its own export.
# What happens: `template="..."` is not looked at. The object is there, at its place, without name, class, size or properties, and nothing is said. An
#   empty text is None. A property of a class is an error that ends the whole map ("'NoneType' object is not subscriptable") unless the project
#   file with the types is given as well, though the map holds all values. Properties of other types are right.
# Why it matters to us: quest givers and targets are placed from templates, with the id of the quest as a property, so an export of ids for a registry
#   silently misses them. Registries should be made from Tiled's own export (`--resolve-types-and-properties`), and a registry that lost
#   most of its ids should be a warning.
# Any operating system with Python 3.9.
# Seen:
#   written out      name giver, class npc, size 16 x 8, properties {'quest': 'iron-path'}
#   from a template  name None, class None, size 0 x 0, properties {}
#   properties of the map {'note': None, 'open': False}
#   class property: 'NoneType' object is not subscriptable
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check PyTMX==3.32
cat > probe.py <<'EOF'
import logging, pytmx
logging.disable(logging.CRITICAL)
def tiled(properties, objects):
    return f"""<map version="1.10" orientation="orthogonal" width="1" height="1" tilewidth="16" tileheight="16" infinite="0">
 <properties>{properties}</properties>
 <objectgroup id="2" name="quests">{objects}</objectgroup>
</map>"""
open("giver.tx", "w").write("""<template><object name="giver" type="npc" width="16" height="8">
 <properties><property name="quest" value="iron-path"/></properties></object></template>""")
open("map.tmx", "w").write(tiled('<property name="note" value=""/><property name="open" type="bool" value="false"/>',
    '<object id="1" name="giver" type="npc" x="5" y="6" width="16" height="8"><properties><property name="quest" value="iron-path"/></properties></object>'
    '<object id="2" template="giver.tx" x="5" y="6"/>'))
level = pytmx.TiledMap("map.tmx")
for name, thing in zip(("written out", "from a template"), level.objects):
    print(f"{name:16} name {thing.name}, class {thing.type}, size {thing.width:g} x {thing.height:g}, properties {thing.properties}")
print(f"properties of the map {level.properties}")
open("class.tmx", "w").write(tiled('<property name="reward" type="class" propertytype="Reward"><properties><property name="gold" type="int" value="5"/></properties></property>', ""))
try:
    print("class property:", pytmx.TiledMap("class.tmx").properties)
except TypeError as error:
    print("class property:", error)
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
