#!/usr/bin/env bash
# Packages: intl-messageformat 12.1.5 (FormatJS), @messageformat/core 3.4.1 (npm), both "ICU MessageFormat".
# A good guess: `#` within a plural is the number, also inside a `select` that stands in that plural: two libraries of one specification
#   agree on the standard example, gender inside of number.
# What happens: FormatJS (like ICU) takes `#` as the number only directly in the plural's own text; one level down, in the select, it is a plain
#   number sign and the player reads "# wolves". @messageformat/core prints the number there, unless it is told `strict: true`, in which case it prints "#", too. In a
#   plural within the select both agree again. So a translation that was tested in one is wrong in the other, and no parser complains. The two also
#   part at plural forms that a language does not have: one refuses the whole message, the other ignores them; and at a form given twice:
#   the last one wins in one, the other refuses.
# Why it matters to us: plurals and selects in texts are on our list for a message-format library. Whatever that is, the check of translations
#   should warn about `#` outside of a plural's own text, about categories that the language lacks and about duplicates, since translators' previews
#   are made with either library. Writing `{count, number}` instead of `#` is the same everywhere (last row).
# Any operating system with Node 20 or later; nothing depends on the machine.
# Seen:
#                                FormatJS                      core                core, strict
#   # in a select in a plural    # wolves                      3 wolves            # wolves
#   # in a plural in a select    3 wolves                      3 wolves            3 wolves
#   English with `few`           3 wolves                      refused             refused
#   `other` twice                refused                       second              second
#   {n, number} in the select    3 wolves                      3 wolves            3 wolves
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts intl-messageformat@12.1.5 @messageformat/core@3.4.1
cat > probe.mjs <<'EOF'
import { IntlMessageFormat } from "intl-messageformat";
import MessageFormat from "@messageformat/core";
const values = { n: 3, g: "f" };
const attempt = (make) => { try { return String(make()); } catch { return "refused"; } };
const libraries = [
  (text) => new IntlMessageFormat(text, "en").format(values),
  (text) => new MessageFormat("en").compile(text)(values),
  (text) => new MessageFormat("en", { strict: true }).compile(text)(values),
];
const rows = [
  ["# in a select in a plural", "{n, plural, other {{g, select, f {# wolves} other {# bears}}}}", ["# wolves", "3 wolves", "# wolves"]],
  ["# in a plural in a select", "{g, select, f {{n, plural, other {# wolves}}} other {}}", ["3 wolves", "3 wolves", "3 wolves"]],
  ["English with `few`", "{n, plural, one {# wolf} few {# lost} other {# wolves}}", ["3 wolves", "refused", "refused"]],
  ["`other` twice", "{n, plural, other {first} other {second}}", ["refused", "second", "second"]],
  ["{n, number} in the select", "{n, plural, other {{g, select, f {{n, number} wolves} other {}}}}", ["3 wolves", "3 wolves", "3 wolves"]],
];
let wrong = 0;
console.log(" ".repeat(29) + "FormatJS".padEnd(30) + "core".padEnd(20) + "core, strict");
for (const [name, text, expected] of rows) {
  const seen = libraries.map((format) => attempt(() => format(text)));
  console.log(name.padEnd(29) + seen[0].padEnd(30) + seen[1].padEnd(20) + seen[2]);
  if (JSON.stringify(seen) !== JSON.stringify(expected)) wrong++;
}
if (wrong) { console.error(`${wrong} rows differ from what this script states`); process.exit(1); }
EOF
node probe.mjs
