#!/usr/bin/env bash
# Packages: inkjs 2.4.0 (npm), the port of ink that web games and editors use, with its compiler.
# A good guess: a saved game knows places by name, so a patched story works as long as no knot is renamed; adding a choice adds a choice, at
#   least if the choices have labels, as in `* (smith) [Ask the smith]`.
# What happens: choices are numbered within their knot, labelled or not, and both the choices on screen and the counts of those already taken are
#   saved by these numbers. After a patch that inserts one choice at the top, the player loads a game that still shows "Ask the priest", picks it, and is
#   answered by the smith. Entering the knot anew, the smith, already asked, is offered again, and the guard, never seen, counts as used up and
#   never appears. No error, no warning.
# Why it matters to us: questc saves ids, which survive insertion; what a save refers to must never be a position. In the guide for dialogue: new
#   choices go to the end of their knot, and what matters later goes into a variable.
# Any operating system with Node.
# Seen:
#   plain, saved choices:             Ask the priest / Leave
#   plain, choices after the patch:   Ask the priest / Leave
#   plain, answer to the priest:      The smith nods.
#   plain, knot entered anew:         Ask the smith / Ask the priest / Leave
#   labelled, saved choices:          Ask the priest / Leave
#   labelled, choices after the patch: Ask the priest / Leave
#   labelled, answer to the priest:   The smith nods.
#   labelled, knot entered anew:      Ask the smith / Ask the priest / Leave
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts inkjs@2.4.0
cat > probe.mjs <<'EOF'
import inkjs from "inkjs/compiler/Compiler";
const { Compiler } = inkjs;
import { Story } from "inkjs";
const guard = "* [Ask the guard] The guard nods.\n";
const plain = (patch) => `-> town
=== town
You are in town.
${patch}* [Ask the smith] The smith nods.
* [Ask the priest] The priest nods.
+ [Leave] -> END
- -> town
`;
const labelled = (patch) => plain(patch).replace(/\* \[Ask the (\w+)\]/g, "* ($1) [Ask the $1]");
const story = (text) => new Story(new Compiler(text).Compile().ToJson());
const choices = (story) => story.currentChoices.map((choice) => choice.text).join(" / ");
const row = (name, value) => console.log(`${name}:`.padEnd(33), value);
for (const [name, text] of [["plain", plain], ["labelled", labelled]]) {
  const before = story(text(""));
  before.ContinueMaximally();
  before.ChooseChoiceIndex(0); // the smith
  before.ContinueMaximally();
  row(`${name}, saved choices`, choices(before));
  const after = story(text(guard));
  after.state.LoadJson(before.state.ToJson());
  row(`${name}, choices after the patch`, choices(after));
  after.ChooseChoiceIndex(0); // the priest
  row(`${name}, answer to the priest`, after.Continue().trim());
  after.state.LoadJson(before.state.ToJson());
  after.ChoosePathString("town");
  after.ContinueMaximally();
  row(`${name}, knot entered anew`, choices(after));
}
EOF
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
