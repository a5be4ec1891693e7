#!/usr/bin/env bash
# Packages: translate-toolkit 3.20.4 (PyPI): po2xliff and xliff2po, po2csv and csv2po, the usual way from PO to other offices' tools.
# A good guess: XLIFF has places for everything in PO, so there and back gives the same entries; `msgctxt` belongs to the identity of an
#   entry and is the last thing to get lost. CSV at least keeps every text.
# What happens: `msgctxt` is not written at all. On the way back, entries with equal sources are told apart by their *reference comment*:
#   `bear.animal` returns as `content/bear.json:1`, a context that changes with every line inserted above. Without references both get an
#   empty context, and the second translation is dropped (a warning, exit status 0). An obsolete entry comes back to life. In CSV the
#   contexts are gone as well, a plural becomes two rows named by singular and plural, and all forms from the third on are dropped.
# Why it matters to us: ids of content are contexts in PO. An import has to refuse a file whose contexts are unknown instead of taking them for
#   new entries, and the guide should send XLIFF from the exporter and not through these converters.
# Any operating system; pure conversion of text.
# Seen:
#   contexts sent:         bear.animal bear.verb den.animal den.verb none none
#   back from XLIFF:       content/bear.json:1 content/bear.json:9 empty none none
#   translations of "Den" back: Nora
#   obsolete entries back from XLIFF: 0 of 1, active again: 1
#   plural forms in XLIFF: 3, in CSV: 2
#   contexts in CSV:       0
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
script=$(realpath "$0")
cd "$dir"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check translate-toolkit==3.20.4 polib==1.2.0
cat > a.po <<'EOF'
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

#: content/bear.json:1
msgctxt "bear.animal"
msgid "Bear"
msgstr "Miś"

#: content/bear.json:9
msgctxt "bear.verb"
msgid "Bear"
msgstr "Nieść"

msgctxt "den.animal"
msgid "Den"
msgstr "Nora"

msgctxt "den.verb"
msgid "Den"
msgstr "Schron"

msgid "{n} wolf"
msgid_plural "{n} wolves"
msgstr[0] "{n} wilk"
msgstr[1] "{n} wilki"
msgstr[2] "{n} wilków"

#~ msgid "Old"
#~ msgstr "Stary"
EOF
v/bin/po2xliff --progress=none a.po a.xlf > /dev/null 2>&1
v/bin/xliff2po --progress=none a.xlf b.po > /dev/null 2>&1
v/bin/po2csv --progress=none a.po a.csv > /dev/null 2>&1
cat > read.py <<'EOF'
import re
def contexts(path):
    blocks = [b for b in open(path).read().split("\n\n") if 'msgid ""' not in b]
    return blocks, [(re.findall(r'^(?:#~ )?msgctxt "(.*)"', b, re.M) or ["none"])[0] or "empty" for b in blocks]
before, sent = contexts("a.po")
after, back = contexts("b.po")
print("contexts sent:        ", *sent)
print("back from XLIFF:      ", *back)
print('translations of "Den" back:', *[m for b in after if '"Den"' in b for m in re.findall('msgstr "(.*)"', b)])
print(f"obsolete entries back from XLIFF: {sum('#~' in b for b in after)} of {sum('#~' in b for b in before)}, active again: {sum(chr(34) + 'Old' + chr(34) in b and '#~' not in b for b in after)}")
table = open("a.csv").read()
print(f"plural forms in XLIFF: {len(re.findall('<target[^>]*>.n. wil', open('a.xlf').read()))}, in CSV: {table.count('{n} wil')}")
print(f"contexts in CSV:       {sum(c in table for c in sent if c != 'none')}")
EOF
v/bin/python read.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
