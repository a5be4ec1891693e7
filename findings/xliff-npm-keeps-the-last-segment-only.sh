#!/usr/bin/env bash
# Packages: xliff 6.4.0 (npm), the converter between XLIFF and JSON of the i18next ecosystem.
# A good guess: a unit of XLIFF 2 with two segments is either joined or reported. Inline codes survive a reading and writing
#   without a change, and `xml:space="preserve"` is obeyed.
# What happens: of several segments the last one is kept, in source and target; the rest is gone without an error. And the
#   writer indents inside `<source>` and `<target>`: a text with an inline code gets a line break and ten spaces before it, also
#   under `xml:space="preserve"`. The library itself reads that away again, so its own round trip looks clean; every other
#   reader gets the broken text. `state` of a target of XLIFF 1.2 is dropped while `approved` stays.
# Why it matters to us: translation tools may split units at sentences (the standard allows it unless `canResegment="no"`), and the files
#   pass through converters before they come back. questc writes one segment with `canResegment="no"`, writes placeholders
#   as plain text and not as `<ph/>` or `<x/>`, and its import joins segments and refuses a target that lost what the source has.
# Any operating system with Node and Python 3; nothing depends on the machine.
# Seen:
#   two segments in:  "Find the mine. ", "Do not go alone."
#   segments out:     "Do not go alone."
#   text in:          'Bring {n} <ph/> now'
#   text out:         'Bring {n} \n          <ph/> now\n        '
#   approved, state:  yes, None
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts xliff@6.4.0
cat > two.xlf <<'EOF'
<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de"><file id="quests">
<unit id="split"><segment id="1"><source>Find the mine. </source><target>Finde die Mine. </target></segment><segment id="2"><source>Do not go alone.</source><target>Geh nicht allein.</target></segment></unit>
<unit id="code" xml:space="preserve"><segment><source>Bring {n} <ph id="1" disp="{npc}"/> now</source><target>Bring {n} <ph id="1"/> jetzt</target></segment></unit>
</file></xliff>
EOF
cat > one.xlf <<'EOF'
<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="quests" source-language="en" target-language="de" datatype="plaintext"><body>
<trans-unit id="name" approved="yes"><source>Iron Path</source><target state="final">Eisenpfad</target></trans-unit>
</body></file></xliff>
EOF
cat > convert.cjs <<'EOF'
const { readFileSync, writeFileSync } = require("node:fs");
const { xliff2js, js2xliff, xliff12ToJs, jsToXliff12 } = require("xliff");
(async () => {
  writeFileSync("two-out.xlf", await js2xliff(await xliff2js(readFileSync("two.xlf", "utf8"))));
  writeFileSync("one-out.xlf", await jsToXliff12(await xliff12ToJs(readFileSync("one.xlf", "utf8"))));
})();
EOF
node convert.cjs
cat > read.py <<'EOF'
import sys, xml.etree.ElementTree as tree
V2, V1 = "{urn:oasis:names:tc:xliff:document:2.0}", "{urn:oasis:names:tc:xliff:document:1.2}"
def sources(path, unit):
    root = tree.parse(path).getroot()
    for source in root.findall(f".//{V2}unit[@id='{unit}']//{V2}source"):
        yield (source.text or "") + "".join("<ph/>" + (code.tail or "") for code in source)
quoted = lambda texts: ", ".join(f'"{text}"' for text in texts)
before, after = list(sources("two.xlf", "split")), list(sources("two-out.xlf", "split"))
text, broken = list(sources("two.xlf", "code"))[0], list(sources("two-out.xlf", "code"))[0]
unit = tree.parse("one-out.xlf").getroot().find(f".//{V1}trans-unit")
state = unit.find(f"{V1}target").get("state")
print("two segments in: ", quoted(before))
print("segments out:    ", quoted(after))
print("text in:         ", repr(text))
print("text out:        ", repr(broken))
print("approved, state: ", f"{unit.get('approved')}, {state}")
expected = (["Do not go alone."], "Bring {n} \n          <ph/> now\n        ", "yes", None)
if (after, broken, unit.get("approved"), state) != expected:
    sys.exit("differs from what this script states")
EOF
python3 read.py
