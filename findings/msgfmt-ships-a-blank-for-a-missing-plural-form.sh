#!/usr/bin/env bash
# Packages: gettext 0.21 (Debian, has to be installed: msgfmt), polib 1.2.0 and translate-toolkit 3.20.4 (PyPI), read back with Python's gettext.
# A good guess: an entry of which one plural form is still empty counts as untranslated, `msgfmt -c` says so, and the game falls back
#   to the source text.
# What happens: only the first form counts. With `msgstr[0]` filled and `msgstr[2] ""`, msgfmt counts the entry as translated, `-c` is
#   silent, and the compiled file answers "" for the numbers of that form: the player sees nothing. The other way round, with only
#   `msgstr[0]` empty, the finished forms are thrown away without a word. pocount calls even that entry translated (100 %), and
#   po2xliff writes `state="translated"` around empty targets. Only polib calls both untranslated.
# Why it matters to us: translators finish the forms of Polish or Arabic one by one, and the blank shows for 5 but not for 1, which nobody
#   tests. A check of translations has to ask for every form that the header names, and to say which is missing.
# Any operating system with gettext; nothing depends on the machine.
# Seen:
#   msgfmt -c --statistics: exit status 0, "1 translated message, 1 untranslated message."
#   one wolf, 2, 5:  '{n} wilk' '{n} wilki' ''
#   one bear, 2, 5:  '{n} bear' '{n} bears' '{n} bears'
#   polib: translated False False, 5 wolves: '{n} wolves'
#   pocount: 2 translated of 2
#   po2xliff: empty targets that are state="translated": 2
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
script=$(realpath "$0")
cd "$dir"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check polib==1.2.0 translate-toolkit==3.20.4
cat > pl.po <<'EOF'
msgid ""
msgstr ""
"Project-Id-Version: game 1\n"
"PO-Revision-Date: 2026-01-01 00:00+0000\n"
"Last-Translator: A B <a.b@example.org>\n"
"Language-Team: Polish <pl@example.org>\n"
"Language: pl\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "{n} wolf"
msgid_plural "{n} wolves"
msgstr[0] "{n} wilk"
msgstr[1] "{n} wilki"
msgstr[2] ""

msgid "{n} bear"
msgid_plural "{n} bears"
msgstr[0] ""
msgstr[1] "{n} misie"
msgstr[2] "{n} misiów"
EOF
cat > read.py <<'EOF'
import gettext, polib
def row(name, one, many):
    with open(name, "rb") as file:
        catalog = gettext.GNUTranslations(file)
    return " ".join(repr(catalog.ngettext(one, many, n)) for n in (1, 2, 5))
print("one wolf, 2, 5: ", row("pl.mo", "{n} wolf", "{n} wolves"))
print("one bear, 2, 5: ", row("pl.mo", "{n} bear", "{n} bears"))
po = polib.pofile("pl.po")
po.save_as_mofile("polib.mo")
print("polib: translated", *[entry.translated() for entry in po], end=", ")
print("5 wolves:", repr(gettext.GNUTranslations(open("polib.mo", "rb")).ngettext("{n} wolf", "{n} wolves", 5)))
EOF
{
  status=0
  said=$(LC_ALL=C msgfmt -c --statistics -o pl.mo pl.po 2>&1) || status=$?
  echo "msgfmt -c --statistics: exit status $status, \"$said\""
  v/bin/python read.py
  v/bin/pocount --csv pl.po > count.csv 2> /dev/null
  v/bin/python -c 'import csv; row = [r for r in csv.DictReader(open("count.csv"), skipinitialspace=True) if r.get("Translated Messages")][0]; print("pocount:", row["Translated Messages"], "translated of", row["Total Message"])'
  v/bin/po2xliff --progress=none pl.po pl.xlf > /dev/null
  echo "po2xliff: empty targets that are state=\"translated\": $(grep -c '<target state="translated"></target>' pl.xlf)"
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
