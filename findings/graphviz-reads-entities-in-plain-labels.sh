#!/usr/bin/env bash
# Packages: graphviz 2.43.0 (Debian, has to be installed: dot).
# A good guess: in a quoted label only `"` and `\` mean something; entities as in HTML belong to labels in angle brackets.
# What happens: `&copy;`, `&lt;` and `&#65;` are read in plain labels, too, so a title that contains them as text is shown otherwise, and only names that
#   exist, so `&quest;` stays. After a backslash, letters are fields: `\N` is the name of the node, `\G` of the graph, which prints
#   "C:\New\Gate" as "C:nameew%3ate". Names of nodes have traps as well: 1, 1.0 and 1. are three nodes, `1a` without quotes is two, and a:b is a port
#   of a.
# Why it matters to us: titles of quests are labels of the charts that `questc graph` writes. `quoted` of `graphs/dot.rs` escapes quotes and
#   backslashes but not `&`, so a title that contains `&lt;` as text is shown wrongly.
# Any operating system with Graphviz.
# Seen:
#   &copy; 2026        is shown as © 2026
#   1 &lt; 2           is shown as 1 < 2
#   &#65;&quest;       is shown as A&quest;
#   Tom &amp; Jerry    is shown as Tom & Jerry
#   Tom & Jerry        is shown as Tom & Jerry
#   C:\New\Gate        is shown as C:nameew%3ate
#   C:\\New\\Gate      is shown as C:\New\Gate
#   digraph { 1; 1.0; 1. }   has the nodes 1 1.0 1.
#   digraph { 1a }           has the nodes 1 a
#   digraph { a:b -> c }     has the nodes a c
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
cat > a.dot <<'EOF'
digraph {
  a [label="&copy; 2026"]
  b [label="1 &lt; 2"]
  c [label="&#65;&quest;"]
  d [label="Tom &amp; Jerry"]
  e [label="Tom & Jerry"]
  name [label="C:\New\Gate"]
  g [label="C:\\New\\Gate"]
}
EOF
cat > read.py <<'EOF'
import html, re, subprocess
given = re.findall(r'label="(.*)"', open("a.dot").read())
svg = subprocess.run(["dot", "-Tsvg", "a.dot"], capture_output=True, text=True, check=True).stdout
shown = dict(re.findall(r"<title>(\w+)</title>.*?<text[^>]*>(.*?)</text>", svg, re.S))
for name, label in zip("a b c d e name g".split(), given):
    print(f"{label:18} is shown as {html.unescape(shown[name])}")
def nodes(text):
    plain = subprocess.run(["dot", "-Tplain"], input=text, capture_output=True, text=True, check=True).stdout
    return " ".join(line.split()[1] for line in plain.splitlines() if line.startswith("node"))
for text in ("digraph { 1; 1.0; 1. }", "digraph { 1a }", "digraph { a:b -> c }"):
    print(f"{text:24} has the nodes {nodes(text)}")
EOF
python3 read.py > output 2> warnings
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
