#!/usr/bin/env bash
# Packages: xstate 5.33.3 (npm).
# A good guess: `cond`, the name of guards in version 4 and in most examples, still works in version 5 or is an error; so is a misspelt name, as an unknown target is.
# What happens: both are ignored, in development as well, so the transition is always taken: the door opens without a key. `in` of version 4 is
#   dropped in the same way. An unknown target and a guard that is named but not implemented are errors. Only types of TypeScript notice it, which machines that are read from JSON or made by an
#   editor do not pass through.
# Why it matters to us: an export of quests to a state machine is to be tested by playing with the condition false. Unknown names in our content are errors at build time, which is the reason
#   for `additionalProperties: false` in written schemas.
# Any operating system with Node.
# Seen:
#   guard                  outside
#   cond (version 4)       inside
#   gaurd                  inside
#   guard by unknown name  error
#   in (version 4)         inside
#   unknown target         error
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts xstate@5.33.3
cat > probe.mjs <<'EOF'
import { createActor, createMachine } from "xstate";
const doors = {
  "guard": { target: "inside", guard: () => false },
  "cond (version 4)": { target: "inside", cond: () => false },
  "gaurd": { target: "inside", gaurd: () => false },
  "guard by unknown name": { target: "inside", guard: "hasKey" },
  "in (version 4)": { target: "inside", in: "#elsewhere" },
  "unknown target": { target: "insid" },
};
for (const [name, transition] of Object.entries(doors)) {
  try {
    const actor = createActor(createMachine({ initial: "outside", states: { outside: { on: { OPEN: transition } }, inside: {}, elsewhere: { id: "elsewhere" } } }));
    actor.subscribe({ error: () => {} });
    actor.start();
    actor.send({ type: "OPEN" });
    console.log(`${name.padEnd(22)} ${actor.getSnapshot().status === "error" ? "error" : actor.getSnapshot().value}`);
  } catch {
    console.log(`${name.padEnd(22)} error`);
  }
}
EOF
node probe.mjs > output 2> /dev/null
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
