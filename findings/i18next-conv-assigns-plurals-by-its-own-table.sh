#!/usr/bin/env bash
# Packages: i18next-conv 17.0.0, i18next 27.1.5 (npm).
# A good guess: `msgstr[0]`, `msgstr[1]`, ... mean what the file's own `Plural-Forms` header says; a converter evaluates that rule to find
#   which form is CLDR's `one`, `few` or `other`. The header is mandatory for that reason.
# What happens: it has a table of its own and never reads the header. For Slovenian the table begins with `other`, while the header that the GNU
#   manual gives begins with `one`: all four forms move on by one, and "1" shows the dual. For Latvian the table maps two of the three
#   forms to `zero`: the plural is lost, and "5" shows the key. German, Polish and Arabic happen to agree, so a test with them is green.
#   On the way back to PO, Polish with all four CLDR forms puts `other` (the one for fractions) in the place of `many`, Slovenian
#   loses `two`, and Arabic keeps five of six forms, out of order.
# Why it matters to us: `questc texts import` reads PO files that translators' tools wrote, with either order. It must evaluate `Plural-Forms`
#   for sample numbers to map indexes to categories, refuse a rule that does not fit the language, and never assume an order. Tests: Slovenian in both
#   orders, Latvian.
# Any operating system with Node 20.19 or later (the converter asks for 22.13 but runs).
# Seen:
#   sl  header: 1 volk, 2 volka, 3 volki, 5 volkov   shown: 1 volka, 2 volki, 3 volkov, 5 volk
#   lv  header: 1 vilks, 5 vilki, 0 vilku            shown: 1 vilks, wolves, 0 vilku
#   pl  header: 1 wilk, 2 wilki, 5 wilków            shown: 1 wilk, 2 wilki, 5 wilków
#   back to PO, pl one,few,many,other: one few other
#   back to PO, sl one,two,few,other: other one few
#   back to PO, ar zero,one,two,few,many,other: zero other few one many
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

// The rules, as functions and as they stand in the header. The rules of Slovenian and Latvian are those of the GNU gettext manual.
const languages = [
  ["sl", "nplurals=4; plural=n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3;", (n) => n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3,
    ["volk", "volka", "volki", "volkov"], [1, 2, 3, 5], "1 volka, 2 volki, 3 volkov, 5 volk"],
  ["lv", "nplurals=3; plural=n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2;", (n) => n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2,
    ["vilks", "vilki", "vilku"], [1, 5, 0], "1 vilks, wolves, 0 vilku"],
  ["pl", "nplurals=3; plural=n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2;", (n) => n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2,
    ["wilk", "wilki", "wilków"], [1, 2, 5], "1 wilk, 2 wilki, 5 wilków"],
];
for (const [lng, rule, index, forms, numbers, expected] of languages) {
  const po = `msgid ""\nmsgstr ""\n"Language: ${lng}\\n"\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Plural-Forms: ${rule}\\n"\n\n`
    + `msgid "wolves"\nmsgid_plural "wolves"\n` + forms.map((form, at) => `msgstr[${at}] "{{count}} ${form}"\n`).join("");
  const translation = JSON.parse(String(await gettextToI18next(lng, po, { compatibilityJSON: "v4" })));
  const game = i18next.createInstance();
  await game.init({ lng, fallbackLng: false, showSupportNotice: false, resources: { [lng]: { translation } } });
  const meant = numbers.map((n) => `${n} ${forms[index(n)]}`).join(", ");
  const shown = numbers.map((count) => game.t("wolves", { count })).join(", ");
  console.log(`${lng}  header: ${meant.padEnd(36)} shown: ${shown}`);
  assert.equal(shown, expected);
}
for (const [lng, categories, expected] of [
  ["pl", "one,few,many,other", "one few other"],
  ["sl", "one,two,few,other", "other one few"],
  ["ar", "zero,one,two,few,many,other", "zero other few one many"],
]) {
  const json = JSON.stringify(Object.fromEntries(categories.split(",").map((category) => [`wolves_${category}`, category])));
  const po = String(await i18nextToPo(lng, json, { compatibilityJSON: "v4", noDate: true }));
  const forms = [...po.matchAll(/^msgstr\[\d\] "(.*)"$/gm)].map((match) => match[1]).join(" ");
  console.log(`back to PO, ${lng} ${categories}: ${forms}`);
  assert.equal(forms, expected);
}
EOF
node probe.mjs || { echo "differs from what this script states" >&2; exit 1; }
