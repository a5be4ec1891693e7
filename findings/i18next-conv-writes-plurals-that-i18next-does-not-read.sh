#!/usr/bin/env bash
# Packages: i18next-conv 17.0.0, i18next 27.1.5 (npm), the official converter and the library that it is for.
# A good guess: the newest converter writes what the newest library reads. Whoever converts a PO file with plurals gets `key_one` and
#   `key_other`, the only form that i18next has known since version 24.
# What happens: without an option it still writes the form of version 3, `key` and `key_plural`, or `key_0`, `key_1`, `key_2`. In German the
#   library then finds `key`, the singular, for every number: "5" shows "ein Wolf". In Polish it finds nothing and shows the
#   key. No error anywhere. With `compatibilityJSON: "v4"` it works; but Polish has no form for fractions (`other`), and 1.5 shows
#   the key again. The way back (JSON to PO) without the option makes two entries with `msgctxt "one"` and `msgctxt "other"` out of the
#   two forms, so a translator to Polish cannot add the third.
# Why it matters to us: PO and i18next JSON are both export formats of questc. It must write i18next JSON itself, from its own texts, with all
#   CLDR categories that a language has (with `other` filled from the last form), and never tell people to convert.
# Any operating system with Node 20.19 or later (the converter asks for 22.13 but runs).
# Seen:
#   de default {"wolves":"ein Wolf","wolves_plural":"{{count}} Wölfe"}  1: ein Wolf | 5: ein Wolf
#   pl default {"wolves_0":"wilk","wolves_1":"{{count}} wilki","wolves_2":"{{count}} wilków"}  1: wolves | 5: wolves
#   de v4      {"wolves_one":"ein Wolf","wolves_other":"{{count}} Wölfe"}  1: ein Wolf | 5: 5 Wölfe
#   pl v4      {"wolves_one":"wilk","wolves_few":"{{count}} wilki","wolves_many":"{{count}} wilków"}  1: wilk | 5: 5 wilków | 1.5: wolves
#   back to PO: msgctxt "one", msgctxt "other", no msgid_plural
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts i18next-conv@17.0.0 i18next@27.1.5 2>/dev/null
cat > probe.mjs <<'EOF'
import assert from "node:assert";
import i18next from "i18next";
import { gettextToI18next, i18nextToPo } from "i18next-conv";

const po = (rule, forms) => `msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: ${rule}\\n"

msgid "wolves"
msgid_plural "wolves"
${forms.map((form, at) => `msgstr[${at}] "${form}"`).join("\n")}
`;
const german = po("nplurals=2; plural=(n != 1);", ["ein Wolf", "{{count}} Wölfe"]);
const polish = po("nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);", ["wilk", "{{count}} wilki", "{{count}} wilków"]);

async function play(lng, text, options, numbers) {
  const translation = JSON.parse(String(await gettextToI18next(lng, text, options)));
  const game = i18next.createInstance();
  await game.init({ lng, fallbackLng: false, showSupportNotice: false, interpolation: { escapeValue: false }, resources: { [lng]: { translation } } });
  const shown = numbers.map((count) => `${count}: ${game.t("wolves", { count })}`).join(" | ");
  console.log(`${lng} ${(options.compatibilityJSON ?? "default").padEnd(7)} ${JSON.stringify(translation)}  ${shown}`);
  return shown;
}
const v4 = { compatibilityJSON: "v4" };
assert.equal(await play("de", german, {}, [1, 5]), "1: ein Wolf | 5: ein Wolf");
assert.equal(await play("pl", polish, {}, [1, 5]), "1: wolves | 5: wolves");
assert.equal(await play("de", german, v4, [1, 5]), "1: ein Wolf | 5: 5 Wölfe");
assert.equal(await play("pl", polish, v4, [1, 5, 1.5]), "1: wilk | 5: 5 wilków | 1.5: wolves");

const back = String(await i18nextToPo("de", '{"wolves_one":"ein Wolf","wolves_other":"{{count}} Wölfe"}', { noDate: true }));
assert.deepEqual(back.match(/msgctxt .*/g), ['msgctxt "one"', 'msgctxt "other"']);
assert.ok(!back.includes("msgid_plural"));
console.log(`back to PO: ${back.match(/msgctxt .*/g).join(", ")}, no msgid_plural`);
EOF
node probe.mjs || { echo "differs from what this script states" >&2; exit 1; }
