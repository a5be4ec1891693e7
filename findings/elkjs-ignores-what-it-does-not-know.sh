#!/usr/bin/env bash
# Packages: elkjs 0.12.1 (npm), the layout engine of many graph editors and of an option of Mermaid.
# A good guess: an option may be given by the end of its name, as `algorithm` and `spacing.nodeNodeBetweenLayers` show, and a
#   misspelt option or value is an error, as a misspelt algorithm is.
# What happens: `direction` by itself is ignored (`elk.direction` is not), `elk.direction: "down"` is ignored (DOWN is not), and so are
#   "SIDEWAYS", unknown options, "100px" and a padding of "50" that is not in brackets. All of it without a word; the graph simply comes out to the right with
#   default distances. A direction is not inherited by the nodes inside a node, and an edge from a node inside to one outside is not laid and not considered:
#   without `INCLUDE_CHILDREN` its target comes before its source, and it has no points.
# Why it matters to us: an export for ELK has to be tested by positions (below, next to), not by "no error". The charts of our site do not use it.
# Any operating system with Node.
# Seen:
#   {"elk.direction":"DOWN"}: b is down of a, 20 apart, margin 12
#   {"direction":"DOWN"}: b is right of a, 20 apart, margin 12
#   {"elk.direction":"down"}: b is right of a, 20 apart, margin 12
#   {"elk.direction":"SIDEWAYS"}: b is right of a, 20 apart, margin 12
#   {"spacing.nodeNodeBetweenLayers":"100"}: b is right of a, 100 apart, margin 12
#   {"elk.layered.spacing.nodeNodeBetweenLayers":"100px"}: b is right of a, 20 apart, margin 12
#   {"elk.layered.spacing.nodeNodeBetweenLayer":"100"}: b is right of a, 20 apart, margin 12
#   {"elk.padding":"[left=50]"}: b is right of a, 20 apart, margin 50
#   {"elk.padding":"50"}: b is right of a, 20 apart, margin 12
#   nested, {}: b is right of a, the end is not below the act, its edge not laid
#   nested, {"elk.hierarchyHandling":"INCLUDE_CHILDREN"}: b is aslant of a, the end is below the act, its edge laid
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts elkjs@0.12.1
cat > probe.mjs <<'EOF'
import ELK from "elkjs";
const elk = new ELK();
const node = (id, more) => ({ id, width: 30, height: 30, ...more });
const edge = (from, to) => ({ id: `${from}-${to}`, sources: [from], targets: [to] });
const way = (a, b) => (a.y === b.y ? (b.x > a.x ? "right" : "left") : a.x === b.x ? "down" : "aslant");
for (const options of [
  { "elk.direction": "DOWN" },
  { direction: "DOWN" },
  { "elk.direction": "down" },
  { "elk.direction": "SIDEWAYS" },
  { "spacing.nodeNodeBetweenLayers": "100" },
  { "elk.layered.spacing.nodeNodeBetweenLayers": "100px" },
  { "elk.layered.spacing.nodeNodeBetweenLayer": "100" },
  { "elk.padding": "[left=50]" },
  { "elk.padding": "50" },
]) {
  const { children: [a, b] } = await elk.layout({ id: "root", layoutOptions: { algorithm: "layered", ...options }, children: [node("a"), node("b")], edges: [edge("a", "b")] });
  console.log(`${JSON.stringify(options)}: b is ${way(a, b)} of a, ${Math.max(b.x - a.x, b.y - a.y) - 30} apart, margin ${a.x}`);
}
for (const more of [{}, { "elk.hierarchyHandling": "INCLUDE_CHILDREN" }]) {
  const graph = await elk.layout({
    id: "root",
    layoutOptions: { algorithm: "layered", "elk.direction": "DOWN", ...more },
    children: [node("act", { children: [node("a"), node("b")], edges: [edge("a", "b")] }), node("end")],
    edges: [edge("a", "end")],
  });
  const [act, end] = graph.children;
  const laid = graph.edges[0].sections ? "laid" : "not laid";
  console.log(`nested, ${JSON.stringify(more)}: b is ${way(act.children[0], act.children[1])} of a, the end is ${end.y > act.y ? "below" : "not below"} the act, its edge ${laid}`);
}
EOF
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
