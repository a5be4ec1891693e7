#!/usr/bin/env bash
# Packages: clingo 5.8.0 (PyPI), the answer set solver that balance and reachability of games are checked with.
# A good guess: numbers that do not fit are an error, as in other solvers; a sum over the rewards of quests counts each quest.
# What happens: integers have 32 bits and wrap without a word, in terms, in `#sum` and in what `#minimize` minimises, so the dearest plan is the
#   cheapest. A sum is over a *set* of tuples: two quests that give 5 are 5 unless the quest is part of the tuple. A division by zero makes the rule
#   disappear, with a note on standard error. `#min` of nothing is `#sup`, a value that passes every comparison "at least".
# Why it matters to us: proofs about gold and experience in such a program need bounds that are checked before (`xp` times number of quests), and the
#   guide should not recommend it for sums. Our own proof counts in 64 bits; a test should have a total beyond 2^31.
# Any operating system with Python 3.9.
# Seen:
#   total(100000*100000). #show total/1.
#     total(1410065408)
#   total(S) :- S = #sum { 2000000000,wolf; 2000000000,bear }. #show total/1.
#     total(-294967296)
#   cheap. dear. #minimize { 2147483647,a : cheap; 1,b : dear }.
#     cheap dear cost -2147483648
#   gold(wolf,5). gold(bear,5). total(S) :- S = #sum { G : gold(_,G) }. #show total/1.
#     total(5)
#   gold(wolf,5). gold(bear,5). total(S) :- S = #sum { G,Q : gold(Q,G) }. #show total/1.
#     total(10)
#   share(7/0). share(7/2). #show share/1.
#     share(3)
#   level(q,L) :- L = #min { X : step(X) }. late(Q) :- level(Q,L), L >= 10. step(1) :- never. never :- not always. always.
#     level(q,#sup) late(q) always
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check clingo==5.8.0
cat > probe.py <<'EOF'
import clingo
def models(program):
    control = clingo.Control(["0"], logger=lambda *_: None)
    control.add("base", [], program)
    control.ground([("base", [])])
    with control.solve(yield_=True) as handle:
        return "; ".join(" ".join(map(str, model.symbols(shown=True))) + (f" cost {model.cost[0]}" if model.cost else "") for model in handle)
for program in [
    "total(100000*100000). #show total/1.",
    "total(S) :- S = #sum { 2000000000,wolf; 2000000000,bear }. #show total/1.",
    "cheap. dear. #minimize { 2147483647,a : cheap; 1,b : dear }.",
    "gold(wolf,5). gold(bear,5). total(S) :- S = #sum { G : gold(_,G) }. #show total/1.",
    "gold(wolf,5). gold(bear,5). total(S) :- S = #sum { G,Q : gold(Q,G) }. #show total/1.",
    "share(7/0). share(7/2). #show share/1.",
    "level(q,L) :- L = #min { X : step(X) }. late(Q) :- level(Q,L), L >= 10. step(1) :- never. never :- not always. always.",
]:
    print(f"{program}\n  {models(program)}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
