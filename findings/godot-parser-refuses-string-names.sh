#!/usr/bin/env bash
# Packages: godot_parser 0.1.7 (PyPI), the library that scripts use to read and write `.tscn` and `.tres` files of Godot.
# A good guess: it reads `format=3`, the format of Godot 4; what it cannot interpret it keeps as it is.
# What happens: it reads simple files only. A string name (`&"wolf"`), a typed array (`Array[StringName]([...])`) or dictionary, `inf`, `Callable()` or a
#   comment line make the whole file unreadable, with a message that points at the name of the property. What it does read it does not always keep:
#   `\u00e9` in a text becomes `u00e9`, without a word, and is written back so.
# Why it matters to us: ids in resources of Godot 4 are string names, so quest resources of a real project are refused from the first id on. An import of
#   Godot resources needs a reader of its own (the grammar is small), or an export by the engine.
# Any operating system with Python 3.9.
# Seen:
#   title = "Wolf"                                 read, kept
#   title = "two<newline>lines"                    read, kept
#   title = "caf\u00e9"                            read as cafu00e9
#   id = &"wolf"                                   refused: Expected end of text, found 'id'
#   ids = Array[StringName]([&"a", &"b"])          refused: Expected end of text, found 'ids'
#   gold = Dictionary[String, int]({ "a": 1 })     refused: Expected end of text, found 'gold'
#   most = inf                                     refused: Expected end of text, found 'most'
#   ; a comment                                    refused: Expected end of text, found ';'
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check godot_parser==0.1.7
cat > probe.py <<'EOF'
import godot_parser
lines = ['title = "Wolf"', 'title = "two\nlines"', r'title = "caf\u00e9"', 'id = &"wolf"', 'ids = Array[StringName]([&"a", &"b"])',
         'gold = Dictionary[String, int]({ "a": 1 })', "most = inf", "; a comment"]
expected = {lines[0]: "Wolf", lines[1]: "two\nlines", lines[2]: "caf\u00e9"}
for line in lines:
    text = f'[gd_resource type="Resource" format=3]\n\n[resource]\n{line}\n'
    try:
        resource = list(godot_parser.parse(text).get_sections())[1]
        value = resource.properties["title"]
        word = "read, kept" if value == expected[line] else f"read as {value}"
    except Exception as error:
        word = "refused: " + str(error).split("  (")[0]
    print(line.replace("\n", "<newline>").ljust(46), word)
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
