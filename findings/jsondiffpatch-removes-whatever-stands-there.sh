#!/usr/bin/env bash
# Packages: jsondiffpatch 0.7.7 (npm), for comparison fast-json-patch 3.1.1 with `test` operations (npm).
# A good guess: a delta holds the old values and, with `objectHash`, knows elements by id, so applying it to a document that has changed since is
#   an error or finds the element.
# What happens: old values and ids are used for comparing and for undo, not for applying. With a stage inserted in front, "remove stage a" removes
#   the new stage; "move c to the front" moves another one; a change of `gold` from 1 to 2 is applied to 9 and to a document that has no `gold`. Nothing is
#   said, and undoing the delta afterwards restores neither. RFC 6902 has `test` for that, which fast-json-patch writes if asked to.
# Why it matters to us: review tools and shared editors send such deltas of content. What arrives has to be checked as a whole document, and a merge that
#   lost a stage looks valid: only the lock (`quest.lock`) tells that an id has gone.
# Any operating system with Node.
# Seen:
#   delta: {"_t":"a","_0":[{"id":"a"},0,0]}
#   remove a, applied to z a b c:       a b c
#     and undone:                       a a b c
#   c to the front, applied to z a b c: b z a c
#   gold 1 to 2, applied to 9 and none: {"gold":2} {"gold":2}
#   fast-json-patch with tests:         TEST_OPERATION_FAILED
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts jsondiffpatch@0.7.7 fast-json-patch@3.1.1
cat > probe.mjs <<'EOF'
import fast from "fast-json-patch";
import { create } from "jsondiffpatch";
const differ = create({ objectHash: (stage) => stage.id });
const stages = (...ids) => ids.map((id) => ({ id }));
const ids = (list) => list.map((stage) => stage.id).join(" ");
const apply = (document, delta) => differ.patch(structuredClone(document), structuredClone(delta));
const removed = differ.diff(stages("a", "b", "c"), stages("b", "c"));
console.log(`delta: ${JSON.stringify(removed)}`);
console.log(`remove a, applied to z a b c:       ${ids(apply(stages("z", "a", "b", "c"), removed))}`);
const undone = differ.unpatch(apply(stages("z", "a", "b", "c"), removed), structuredClone(removed));
console.log(`  and undone:                       ${ids(undone)}`);
const moved = differ.diff(stages("a", "b", "c"), stages("c", "a", "b"));
console.log(`c to the front, applied to z a b c: ${ids(apply(stages("z", "a", "b", "c"), moved))}`);
const gold = differ.diff({ gold: 1 }, { gold: 2 });
console.log(`gold 1 to 2, applied to 9 and none: ${JSON.stringify(apply({ gold: 9 }, gold))} ${JSON.stringify(apply({}, gold))}`);
const tested = fast.compare({ gold: 1 }, { gold: 2 }, true);
try {
  fast.applyPatch({ gold: 9 }, tested);
  console.log("fast-json-patch with tests:         applied");
} catch (error) {
  console.log(`fast-json-patch with tests:         ${error.name}`);
}
EOF
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
