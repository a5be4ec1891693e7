#!/usr/bin/env bash
# Packages: crate petgraph =0.8.3, rustworkx 0.18.1, networkx 3.6.1, igraph 1.0.0 (PyPI).
# A good guess: the second shortest path is the shortest one after the first that is another way through the quest: no stage twice, and none if there is only one way.
# What happens: `k_shortest_path` of petgraph and `k_shortest_path_lengths` of rustworkx count walks. On a line of stages with one repeatable stage ("rest, then go on"), the
#   second path is the first with one circle, the third with two, and so on for ever; with a cheap circle beside a real second way, that one is number 12 here. networkx
#   and igraph give paths without repetition, as the name says, and only one or two of them. The answers of the first two are lengths alone, so nothing shows it.
# Why it matters to us: "how much longer is the other ending?" answered with a circle says: hardly at all. Figures of alternatives in our reports count ways in which no stage
#   repeats; a test has a repeatable stage.
# Any operating system with Python 3.10 and Rust.
# Seen:
#   petgraph   1st, 2nd, 3rd, 12th: one way 3 5 7 25; two ways 3 5 7 24
#   rustworkx  1st, 2nd, 3rd, 12th: one way 3 5 7 25; two ways 3 5 7 24
#   networkx   all: one way 3; two ways 3 24
#   igraph     all: one way 3; two ways 3 24
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-rustworkx-second-shortest-path-walks-in-a-circle"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
petgraph = "=0.8.3"
EOF
cat > src/main.rs <<'EOF'
use petgraph::{algo::k_shortest_path, graph::{DiGraph, NodeIndex}};

fn main() {
    let stages = |edges: &[(u32, u32, u32)]| {
        let graph = DiGraph::<(), u32>::from_edges(edges);
        let length = |k| k_shortest_path(&graph, NodeIndex::new(0), Some(NodeIndex::new(3)), k, |edge| *edge.weight()).get(&NodeIndex::new(3)).copied();
        [1, 2, 3, 12].map(|k| length(k).map_or("none".into(), |length| length.to_string())).join(" ")
    };
    println!("petgraph   1st, 2nd, 3rd, 12th: one way {}; two ways {}", stages(&[(0, 1, 1), (1, 2, 1), (2, 1, 1), (2, 3, 1)]), stages(&[(0, 1, 1), (1, 2, 1), (2, 1, 1), (2, 3, 1), (0, 3, 24)]));
}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check rustworkx==0.18.1 networkx==3.6.1 igraph==1.0.0
cat > probe.py <<'EOF'
import igraph, itertools, networkx, rustworkx
ONE = [(0, 1, 1), (1, 2, 1), (2, 1, 1), (2, 3, 1)]
TWO = ONE + [(0, 3, 24)]
def with_rustworkx(edges):
    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(4))
    graph.add_edges_from(edges)
    return " ".join(str(int(rustworkx.k_shortest_path_lengths(graph, 0, k, float)[3])) for k in (1, 2, 3, 12))
def with_networkx(edges):
    graph = networkx.DiGraph()
    graph.add_weighted_edges_from(edges)
    return " ".join(str(networkx.path_weight(graph, path, "weight")) for path in networkx.shortest_simple_paths(graph, 0, 3, weight="weight"))
def with_igraph(edges):
    graph = igraph.Graph(directed=True, edges=[edge[:2] for edge in edges])
    graph.es["weight"] = weights = [edge[2] for edge in edges]
    return " ".join(str(sum(weights[edge] for edge in path)) for path in graph.get_k_shortest_paths(0, 3, k=12, weights="weight", output="epath"))
print(f"rustworkx  1st, 2nd, 3rd, 12th: one way {with_rustworkx(ONE)}; two ways {with_rustworkx(TWO)}")
print(f"networkx   all: one way {with_networkx(ONE)}; two ways {with_networkx(TWO)}")
print(f"igraph     all: one way {with_igraph(ONE)}; two ways {with_igraph(TWO)}")
EOF
{
  cargo run -q
  v/bin/python probe.py
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
