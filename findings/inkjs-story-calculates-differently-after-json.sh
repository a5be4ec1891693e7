#!/usr/bin/env bash
# Packages: inkjs 2.4.0 (npm), the JavaScript port of ink with its compiler.
# A good guess: a story that inkjs compiles plays the same, whether it is played at once or written with `ToJson()` and loaded, and
#   a save restores variables as they were. Floats are the one thing ink's JSON is careful about.
# What happens: `ToJson()` writes 2.0 as `2`, and reading makes it an integer. Integers divide without a remainder in ink: `{7/2.0}` is 3.5
#   when the story is played from memory (in an editor, in a test) and 3 from the file that ships. The same happens to a
#   variable in a save: 3.0 / 2 is 1.5 before and 1 after saving and loading. And a calculated float becomes an integer at once
#   when it happens to be whole: after 0.5 * 6 half of it is 1, after 0.5 * 5 it is 1.25.
# Why it matters to us: saves and content with numbers go through JSON writers of many languages. Where a schema says `number`, questc must
#   give the game a float whether the file says 2 or 2.0, and the journal must not let a stored counter change its kind:
#   each is worth a test with whole floats. The comparison with ink in the guide can name this case.
# Any operating system with Node; nothing depends on the machine.
# Seen:
#   from memory: 7/2.0 = 3.5, 7/price = 3.5, 7/2.5 = 2.8
#   from JSON:   7/2.0 = 3, 7/price = 3, 7/2.5 = 2.8
#   half of 3.0 before the save: 1.5, after loading it: 1; the save says {"share":3}
#   half of 0.5 * 6: 1, half of 0.5 * 5: 1.25
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts inkjs@2.4.0
cat > probe.cjs <<'EOF'
const assert = require("node:assert");
const { Compiler } = require("inkjs/compiler/Compiler");
const { Story } = require("inkjs");
const text = `VAR price = 2.0
7/2.0 = {7/2.0}, 7/price = {7/price}, 7/2.5 = {7/2.5}
`;
const memory = new Compiler(text).Compile();
const loaded = new Story(memory.ToJson());
const [a, b] = [memory.ContinueMaximally().trim(), loaded.ContinueMaximally().trim()];
console.log("from memory: " + a);
console.log("from JSON:   " + b);
assert.equal(a, "7/2.0 = 3.5, 7/price = 3.5, 7/2.5 = 2.8");
assert.equal(b, "7/2.0 = 3, 7/price = 3, 7/2.5 = 2.8");

const quest = `VAR share = 0.5
~ share = 3.0
-> hall
=== hall
+ [count] {share/2} -> hall
`;
const story = new Compiler(quest).Compile();
story.ContinueMaximally();
const save = story.state.ToJson();
const count = () => { story.ChooseChoiceIndex(0); return story.ContinueMaximally().trim(); };
const before = count();
story.state.LoadJson(save);
const after = count();
const stored = JSON.stringify(JSON.parse(save).variablesState);
console.log(`half of 3.0 before the save: ${before}, after loading it: ${after}; the save says ${stored}`);
assert.deepEqual([before, after, stored], ["1.5", "1", '{"share":3}']);

const sums = new Compiler("VAR share = 0.5\n~ temp six = share * 6\n~ temp five = share * 5\nhalf of 0.5 * 6: {six/2}, half of 0.5 * 5: {five/2}\n").Compile();
const line = sums.ContinueMaximally().trim();
console.log(line);
assert.equal(line, "half of 0.5 * 6: 1, half of 0.5 * 5: 1.25");
EOF
node probe.cjs || { echo "differs from what this script states" >&2; exit 1; }
