#!/usr/bin/env bash
# Packages: python-sat 1.9.dev24 (PyPI).
# A good guess: `CardEnc.atmost([1, 2, 3, 4], bound=2)` says "at most two of these four" and nothing about other variables.
# What happens: the encoding needs variables of its own and takes the next numbers after the greatest of the *list*, here 5 to 8, which are the puzzle's own "5: lever" and so
#   on unless `top_id` is given. Then "two of the four" and "lever not pulled" contradict each other, and a possible quest is proved
#   impossible. Nothing is reported. And `enum_models` counts the auxiliary variables: 29 ways where there are 11, a number that depends on
#   the encoding.
# Why it matters to us: counts of ways and proofs of impossibility from such encodings need a check with all subsets on a small case; a numbering of variables for
#   export comes from one pool.
# Any operating system with Python 3.10.
# Seen:
#   keys 1 and 2 of four:                      possible; top_id 7: possible
#   keys 1 and 2, levers 5 and 6 not pulled:   impossible; top_id 7: possible
#   keys 1 and 2, all levers 5 to 7 pulled:    possible; top_id 7: possible
#   ways by enum_models, seqcounter:           29 of 11
#   ways by enum_models, cardnetwrk:           128 of 11
#   ways by enum_models, mtotalizer:           35 of 11
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check python-sat==1.9.dev24
cat > probe.py <<'EOF'
from pysat.card import CardEnc, EncType
from pysat.solvers import Solver
def possible(facts, **options):
    with Solver(name="cadical153", bootstrap_with=CardEnc.atmost([1, 2, 3, 4], bound=2, **options).clauses) as solver:
        solver.append_formula([[fact] for fact in facts])
        return "possible" if solver.solve() else "impossible"
print(f"keys 1 and 2 of four:                      {possible([1, 2])}; top_id 7: {possible([1, 2], top_id=7)}")
print(f"keys 1 and 2, levers 5 and 6 not pulled:   {possible([1, 2, -5, -6])}; top_id 7: {possible([1, 2, -5, -6], top_id=7)}")
print(f"keys 1 and 2, all levers 5 to 7 pulled:    {possible([1, 2, 5, 6, 7])}; top_id 7: {possible([1, 2, 5, 6, 7], top_id=7)}")
ways = sum(bin(keys).count("1") <= 2 for keys in range(16))
for encoding in ("seqcounter", "cardnetwrk", "mtotalizer"):
    with Solver(name="cadical153", bootstrap_with=CardEnc.atmost([1, 2, 3, 4], bound=2, encoding=getattr(EncType, encoding)).clauses) as solver:
        print(f"ways by enum_models, {encoding + ':':13}         {len(list(solver.enum_models()))} of {ways}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
