#!/usr/bin/env bash
# Packages: yjs 13.6.33, loro-crdt 1.17.1, @automerge/automerge 3.5.0 (npm): libraries for editors that several people use at a time.
# A good guess: undo takes back one's own change. If somebody else has set the same value since, there is nothing left to take back: their value stays.
#   What is deleted here and changed there is decided in one way for all changes.
# What happens: Ann sets 2 (from 1), Bob sets 3, Ann presses undo. Loro writes 1 over Bob's 3; Yjs writes *2*, the very change that was to be undone. Both
#   replicas agree on it, and Bob's value is gone. And in Loro's movable list, deleting an element here and changing it there deletes it, but
#   deleting it here and *moving* it there brings it back. A move that is made by taking out and inserting (all there is in Yjs and Automerge) leaves
#   two copies if two people do it, so an id that was unique is there twice.
# Why it matters to us: shared editors of content give files with duplicated stages or with rewards that nobody chose. The check for duplicate ids is
#   what finds the first; ids of a copy must be reported at both places, with the file's order as it is.
# Any operating system with Node; ids of replicas are set.
# Seen:
#   Yjs, undo of 2 after Bob's 3:                  2 2
#   Loro, undo of 2 after Bob's 3:                 1 1
#   Loro, a deleted here and changed there:        ["b"]
#   Loro, a deleted here and moved there:          ["b","a"]
#   Yjs, a moved to the end by both:               ["b","a","a"]
#   Automerge, a moved to the end by both:         ["b","a","a"]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts yjs@13.6.33 loro-crdt@1.17.1 @automerge/automerge@3.5.0
cat > probe.mjs <<'EOF'
import * as Automerge from "@automerge/automerge";
import { LoroDoc, UndoManager } from "loro-crdt";
import * as Y from "yjs";

const yjs = {
  pair: () => [1, 2].map((id) => Object.assign(new Y.Doc(), { clientID: id })),
  sync: (a, b) => { Y.applyUpdate(b, Y.encodeStateAsUpdate(a)); Y.applyUpdate(a, Y.encodeStateAsUpdate(b)); },
};
const loro = {
  pair: () => ["1", "2"].map((id) => { const document = new LoroDoc(); document.setPeerId(id); return document; }),
  sync: (a, b) => { a.commit(); b.commit(); b.import(a.export({ mode: "update" })); a.import(b.export({ mode: "update" })); },
};
const row = (name, ...values) => console.log(`${name}:`.padEnd(46), values.map((value) => JSON.stringify(value)).join(" "));

{
  const [ann, bob] = yjs.pair();
  ann.getMap("quest").set("gold", 1);
  yjs.sync(ann, bob);
  const undo = new Y.UndoManager(ann.getMap("quest"), { captureTimeout: 0 });
  for (const [author, gold] of [[ann, 2], [bob, 3]]) {
    author.getMap("quest").set("gold", gold);
    yjs.sync(ann, bob);
  }
  undo.undo();
  yjs.sync(ann, bob);
  row("Yjs, undo of 2 after Bob's 3", ann.getMap("quest").get("gold"), bob.getMap("quest").get("gold"));
}
{
  const [ann, bob] = loro.pair();
  const undo = new UndoManager(ann, { mergeInterval: 0 });
  for (const [author, gold] of [[ann, 1], [ann, 2], [bob, 3]]) {
    author.getMap("quest").set("gold", gold);
    loro.sync(ann, bob);
  }
  undo.undo();
  loro.sync(ann, bob);
  row("Loro, undo of 2 after Bob's 3", ann.getMap("quest").get("gold"), bob.getMap("quest").get("gold"));
}
for (const [name, change] of [["changed", (list) => list.set(0, "A")], ["moved", (list) => list.move(0, 1)]]) {
  const [ann, bob] = loro.pair();
  for (const stage of ["a", "b"]) ann.getMovableList("stages").push(stage);
  loro.sync(ann, bob);
  ann.getMovableList("stages").delete(0, 1);
  change(bob.getMovableList("stages"));
  loro.sync(ann, bob);
  row(`Loro, a deleted here and ${name} there`, ann.getMovableList("stages").toArray());
}
{
  const [ann, bob] = yjs.pair();
  ann.getArray("stages").push(["a", "b"]);
  yjs.sync(ann, bob);
  for (const author of [ann, bob]) {
    author.getArray("stages").delete(0);
    author.getArray("stages").push(["a"]);
  }
  yjs.sync(ann, bob);
  row("Yjs, a moved to the end by both", ann.getArray("stages").toArray());
}
{
  const start = Automerge.from({ stages: ["a", "b"] });
  const [ann, bob] = [start, start].map((document) => Automerge.change(Automerge.clone(document), (copy) => {
    copy.stages.splice(0, 1);
    copy.stages.push("a");
  }));
  row("Automerge, a moved to the end by both", Automerge.merge(ann, bob).stages);
}
EOF
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
