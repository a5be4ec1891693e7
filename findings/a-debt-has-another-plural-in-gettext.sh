#!/usr/bin/env bash
# Packages: node-gettext 3.0.1 (npm), Python's gettext (3.9 or later) and Babel 2.19.0 (PyPI), gettext 0.21 (Debian, has to be installed: msgfmt).
# A good guess: the plural of -2 is that of 2, in PO as in CLDR: "-1 coin", "-2 monety". Fractions are an error or a form of their own.
# What happens: the rule (of the header in Python, built in with the same text in JavaScript) is calculated with the negative number; CLDR takes the
#   absolute value. So in Polish -1 is not "one" in gettext, -2 and -22 are not "few", as a remainder is -2 in JavaScript and 8 in Python, and
#   for that reason -8 is "few" in Python. Fractions are put
#   into the rule for whole numbers (in Python with a deprecation warning); CLDR has a form for them that PO cannot name.
# Why it matters to us: debts, reputation below zero and changes ("-2 gold") are usual in games. An export to PO should say so: pass absolute values
#   and a sign, and no fractions; the check of translations should know which placeholder may be negative.
# Any operating system.
# Seen:
#      1  CLDR one    gettext in Python one   in JavaScript one
#      2  CLDR few    gettext in Python few   in JavaScript few
#      5  CLDR many   gettext in Python many  in JavaScript many
#     -1  CLDR one    gettext in Python many  in JavaScript many
#     -2  CLDR few    gettext in Python many  in JavaScript many
#     -5  CLDR many   gettext in Python many  in JavaScript many
#     -8  CLDR many   gettext in Python few   in JavaScript many
#    -22  CLDR few    gettext in Python many  in JavaScript many
#    1.5  CLDR other  gettext in Python many  in JavaScript many
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check Babel==2.19.0
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts node-gettext@3.0.1
cat > pl.po <<'EOF'
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: pl\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\n"

msgid "coin"
msgid_plural "coins"
msgstr[0] "one"
msgstr[1] "few"
msgstr[2] "many"
EOF
msgfmt -o pl.mo pl.po
cat > probe.py <<'EOF'
import gettext, json, subprocess, warnings
from babel import Locale
warnings.simplefilter("ignore")
numbers = [1, 2, 5, -1, -2, -5, -8, -22, 1.5]
catalog = gettext.GNUTranslations(open("pl.mo", "rb"))
node = json.loads(subprocess.run(["node", "probe.cjs", json.dumps(numbers)], capture_output=True, text=True, check=True).stdout)
rule = Locale.parse("pl").plural_form
for number, js in zip(numbers, node):
    print(f"{number:>4}  CLDR {rule(number):5}  gettext in Python {catalog.ngettext('coin', 'coins', number):4}  in JavaScript {js}")
EOF
cat > probe.cjs <<'EOF'
const Gettext = require("node-gettext");
const catalog = new Gettext();
catalog.addTranslations("pl", "messages", {
  headers: {},
  translations: { "": { coin: { msgid: "coin", msgid_plural: "coins", msgstr: ["one", "few", "many"] } } },
});
catalog.setLocale("pl");
console.log(JSON.stringify(JSON.parse(process.argv[2]).map((number) => catalog.ngettext("coin", "coins", number))));
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
