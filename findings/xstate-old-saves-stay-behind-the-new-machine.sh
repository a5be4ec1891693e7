#!/usr/bin/env bash
# Packages: xstate 5.33.3 (npm).
# A good guess: an old snapshot in a newer machine whose states all still exist is played by the new rules: new fields of the context have their initial value, a state that has become final is
#   finished, and a transition that always holds is taken.
# What happens: regions that are new are filled in, and nothing else. The context is the old one, so a new field is missing and `gold + bonus` is NaN. A state that is final now stays "active". An
#   `always` is not looked at until the first event, any event, even one that no state knows: only then the quest is done. A `Set` of the context comes back as `{}` through JSON.
# Why it matters to us: after a patch, old and new games differ until something happens to be sent, and sums are NaN in old games only. Saves of ours hold facts; what follows from them is computed by
#   the new content on loading, and a test loads each old save and compares with a game played anew.
# Any operating system with Node.
# Seen:
#   new field "bonus"          in the context: false, gold after paying: NaN
#   state is final now         "open" active {"gold":5}
#   transition always holds    "open" active {"gold":5}
#     after an unknown event   "done" active {"gold":5}
#   region is new              {"hunt":"open","trade":"open"} active {}
#   Set in the context         "open" active {"met":{}}
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts xstate@5.33.3
cat > probe.mjs <<'EOF'
import { assign, createActor, createMachine } from "xstate";
const saved = (config) => JSON.parse(JSON.stringify(createActor(createMachine(config)).start().getPersistedSnapshot()));
const restored = (config, snapshot) => createActor(createMachine(config), { snapshot }).start();
const show = (name, actor) => console.log(`${name.padEnd(26)} ${JSON.stringify(actor.getSnapshot().value)} ${actor.getSnapshot().status} ${JSON.stringify(actor.getSnapshot().context)}`);
const old = saved({ initial: "open", context: { gold: 5 }, states: { open: {}, done: {} } });
const pay = { actions: assign({ gold: ({ context }) => context.gold + context.bonus }) };
const bonus = restored({ initial: "open", context: { gold: 0, bonus: 2 }, states: { open: { on: { PAY: pay } }, done: {} } }, old);
bonus.send({ type: "PAY" });
console.log(`new field "bonus"          in the context: ${"bonus" in bonus.getSnapshot().context}, gold after paying: ${bonus.getSnapshot().context.gold}`);
show("state is final now", restored({ initial: "open", states: { open: { type: "final" }, done: {} } }, old));
const always = restored({ initial: "open", states: { open: { always: "done" }, done: {} } }, old);
show("transition always holds", always);
always.send({ type: "UNKNOWN" });
show("  after an unknown event", always);
const region = { initial: "open", states: { open: {} } };
show("region is new", restored({ type: "parallel", states: { hunt: region, trade: region } }, saved({ type: "parallel", states: { hunt: region } })));
const names = saved({ initial: "open", context: { met: new Set(["wolf"]) }, states: { open: {} } });
show("Set in the context", restored({ initial: "open", context: {}, states: { open: {} } }, names));
EOF
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
