#!/usr/bin/env bash
# Packages: jsonc-parser 3.3.1 (npm), the edit functions behind settings in VS Code and many command-line tools.
# A good guess: `modify` edits JSON with comments without harm. Comments stay with what they are about; in the worst case
#   the comment of a removed property stays behind.
# What happens: removing the last property cuts from the end of the value before it to the end of its own value. The comment
#   behind the *previous* value goes, and the comment of the removed one is now behind the previous value: it says something
#   false about another property. Removing the first property takes the comment above the *second* one with it. A new last
#   property is put between the value before it and that value's comment. Of two entries with one name the first is edited,
#   while `parse` reads the last: the edit has no effect.
# Why it matters to us: `questc check --fix`, rename and code actions edit JSONC that people wrote. Our removals and
#   insertions must treat a comment on the same line as part of the entry before it, and comments above as part of the entry
#   below; this library must not be used to write them, nor as the oracle of tests.
# Any operating system with Node; the package has no dependencies.
# Seen:
#   remove "b": "a": 1 // what b is
#   remove "a": "b": 2 (the comment "about b" is gone)
#   add "c":    "a": 1, / "c": 3 // what a is
#   {"a":1,"a":2}, a := 3: {"a":3,"a":2}, and parse says a = 2
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts jsonc-parser@3.3.1
cat > probe.cjs <<'EOF'
const assert = require("node:assert");
const { modify, applyEdits, parse } = require("jsonc-parser");
const options = { formattingOptions: { insertSpaces: true, tabSize: 2 } };
const edit = (text, path, value) => applyEdits(text, modify(text, path, value, options));

const behind = '{\n  "a": 1, // what a is\n  "b": 2 // what b is\n}';
const removed = edit(behind, ["b"], undefined);
assert.equal(removed, '{\n  "a": 1 // what b is\n}');
console.log('remove "b": ' + removed.split("\n")[1].trim());

const above = '{\n  // about a\n  "a": 1,\n  // about b\n  "b": 2\n}';
const first = edit(above, ["a"], undefined);
assert.equal(first, '{\n  "b": 2\n}');
console.log('remove "a": ' + first.split("\n")[1].trim() + ' (the comment "about b" is gone)');

const added = edit('{\n  "a": 1 // what a is\n}', ["c"], 3);
assert.equal(added, '{\n  "a": 1,\n  "c": 3 // what a is\n}');
console.log('add "c":    ' + added.split("\n").slice(1, 3).map((line) => line.trim()).join(" / "));

const twice = edit('{"a":1,"a":2}', ["a"], 3);
assert.equal(twice, '{"a":3,"a":2}');
assert.equal(parse(twice).a, 2);
console.log(`{"a":1,"a":2}, a := 3: ${twice}, and parse says a = ${parse(twice).a}`);
EOF
node probe.cjs || { echo "differs from what this script states" >&2; exit 1; }
