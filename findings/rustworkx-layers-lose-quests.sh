#!/usr/bin/env bash
# Packages: rustworkx 0.18.1, networkx 3.6.1 (PyPI).
# A good guess: `layers(graph, first)` is the topological generations that begin with the given nodes: all that can be reached from them, or an error, as it has an error for nodes that do not exist.
# What happens: a node comes when *all* of its predecessors have come, so it and whatever depends on it are left out without a word if a prerequisite is
#   neither given nor below the given ones, or if a circle is on the way. Of six quests three are left; with a repeatable quest one. `topological_generations`
#   reports the circle; networkx reports it, too.
# Why it matters to us: drawing quests by level, or counting "what opens after what" from the first chapter, loses the quests that also need another one: the very ones that
#   matter. Our graph counts its nodes at the end; a test has a quest with a prerequisite from elsewhere.
# Any operating system with Python 3.10.
# Seen:
#   from arrival:               arrival | bear wolf
#   from arrival and guild:     arrival guild | bear wolf | trial | crown
#   reachable from arrival:     bear crown trial wolf
#   with a circle, arrival:     arrival
#   rustworkx generations:      DAGHasCycle
#   networkx generations:       NetworkXUnfeasible
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check rustworkx==0.18.1 networkx==3.6.1
cat > probe.py <<'EOF'
import networkx, rustworkx
QUESTS = ["arrival", "wolf", "bear", "guild", "trial", "crown"]
def layers(pairs, first):
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(QUESTS)
    graph.add_edges_from_no_data([(QUESTS.index(a), QUESTS.index(b)) for a, b in pairs])
    return graph, " | ".join(" ".join(layer) for layer in rustworkx.layers(graph, [QUESTS.index(name) for name in first]))
LINE = [("arrival", "wolf"), ("arrival", "bear"), ("wolf", "trial"), ("guild", "trial"), ("trial", "crown")]
print(f"from arrival:               {layers(LINE, ['arrival'])[1]}")
print(f"from arrival and guild:     {layers(LINE, ['arrival', 'guild'])[1]}")
print(f"reachable from arrival:     {' '.join(sorted(networkx.descendants(networkx.DiGraph(LINE), 'arrival')))}")
CIRCLE = [("arrival", "wolf"), ("wolf", "bear"), ("bear", "wolf"), ("bear", "crown")]
graph, text = layers(CIRCLE, ["arrival"])
print(f"with a circle, arrival:     {text}")
for name, generations in (("rustworkx generations", lambda: rustworkx.topological_generations(graph)), ("networkx generations", lambda: list(networkx.topological_generations(networkx.DiGraph(CIRCLE))))):
    try:
        print(f"{name}: {generations()}")
    except Exception as error:
        print(f"{name + ':':27} {type(error).__name__}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
