#!/usr/bin/env bash
# Packages: inkjs 2.4.0 (npm).
# A good guess: a saved game holds the values of all variables, so a later version of the story changes the start of new games only.
# What happens: a variable that equals its initial value is not written. When a patch changes `VAR gold = 5` to 50, everybody who had 5 at the time has
#   50 after loading, those who had earned or lost one coin keep what they had, and one who had 5, spent them and got them back is changed,
#   too: it is the value that counts. Lists likewise.
# Why it matters to us: our saves must write all facts and counters that a default gives, or the release check has to compare defaults of two versions
#   (`quest.lock`). In the guide for studios that use ink: set starting values in a knot that runs once, not in `VAR`.
# Any operating system with Node.
# Seen:
#   never touched:           saved {}, after the patch gold 50, mood happy
#   spent 5, got 5 back:     saved {}, after the patch gold 50, mood happy
#   earned one:              saved {"gold":6}, after the patch gold 6, mood happy
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
const text = (gold, mood) => `VAR gold = ${gold}
LIST moods = calm, happy
VAR mood = ${mood}
-> a
=== a
gold {gold}, mood {mood}
+ [earn]
  ~ gold = gold + 1
+ [spend]
  ~ gold = gold - 5
+ [find]
  ~ gold = gold + 5
+ [wait]
- -> a
`;
const story = (...values) => new Story(new Compiler(text(...values)).Compile().ToJson());
const ways = { "never touched": ["wait"], "spent 5, got 5 back": ["spend", "find"], "earned one": ["earn"] };
for (const [name, way] of Object.entries(ways)) {
  const before = story(5, "calm");
  before.ContinueMaximally();
  for (const step of way) {
    before.ChooseChoiceIndex(before.currentChoices.findIndex((choice) => choice.text === step));
    before.ContinueMaximally();
  }
  const saved = before.state.ToJson();
  const after = story(50, "happy");
  after.state.LoadJson(saved);
  after.ChooseChoiceIndex(3);
  console.log(`${name}:`.padEnd(24), `saved ${JSON.stringify(JSON.parse(saved).variablesState)}, after the patch ${after.ContinueMaximally().trim()}`);
}
EOF
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
