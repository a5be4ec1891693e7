#!/usr/bin/env bash
# Packages: z3-solver 5.4.1.0, ortools 9.15.6755, clingo 5.8.0 (PyPI).
# A good guess: a second goal is an error or comes after the first one, in all three.
# What happens: there are three meanings and no word about it. At most 10 days for "wolf" and "bear", of which a bear day counts three points, first goal "many wolf
#   days", second goal "many points": z3 takes the first goal first and the second for ties; CP-SAT forgets the first call, `maximize` or `minimize`; clingo adds
#   goals of one priority up, and where a tuple of weight and term occurs in both, it counts once. z3 and CP-SAT give opposite plans.
# Why it matters to us: an export of balance questions to a solver has to combine the goals itself, with one call, and the terms of clingo need the goal's name.
# Any operating system with Python 3.10.
# Seen:
#   z3      wolf days, then points: wolf 10, bear 0; points, then wolf days: wolf 0, bear 10
#   CP-SAT  wolf days, then points: wolf 0, bear 10; points, then wolf days: wolf 10, bear 0
#   clingo  one goal:               bear(0) wolf(10), cost [-10]
#   clingo  two goals:              bear(10) wolf(0), cost [-30]
#   clingo  the same goal again:    bear(0) wolf(10), cost [-10]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check z3-solver==5.4.1.0 ortools==9.15.6755 clingo==5.8.0
cat > probe.py <<'EOF'
import clingo
import z3
from ortools.sat.python import cp_model
def with_z3(swapped):
    wolf, bear = z3.Ints("wolf bear")
    optimizer = z3.Optimize()
    optimizer.add(wolf >= 0, bear >= 0, wolf + bear <= 10)
    goals = [wolf, wolf + 3 * bear]
    for goal in reversed(goals) if swapped else goals:
        optimizer.maximize(goal)
    optimizer.check()
    model = optimizer.model()
    return f"wolf {model[wolf]}, bear {model[bear]}"
def with_cp_sat(swapped):
    model = cp_model.CpModel()
    wolf, bear = (model.new_int_var(0, 10, name) for name in ("wolf", "bear"))
    model.add(wolf + bear <= 10)
    goals = [wolf, wolf + 3 * bear]
    for goal in reversed(goals) if swapped else goals:
        model.maximize(goal)
    solver = cp_model.CpSolver()
    solver.solve(model)
    return f"wolf {solver.value(wolf)}, bear {solver.value(bear)}"
def with_clingo(second):
    control = clingo.Control(["0"])
    control.add("base", [], "1 { wolf(0..10) } 1. 1 { bear(0..10) } 1. :- wolf(W), bear(B), W + B > 10. #show wolf/1. #show bear/1."
        "#maximize { W : wolf(W) }. " + second)
    control.ground([("base", [])])
    best = None
    with control.solve(yield_=True) as handle:
        for model in handle:
            best = f"{' '.join(sorted(map(str, model.symbols(shown=True))))}, cost {model.cost}"
    return best
print(f"z3      wolf days, then points: {with_z3(False)}; points, then wolf days: {with_z3(True)}")
print(f"CP-SAT  wolf days, then points: {with_cp_sat(False)}; points, then wolf days: {with_cp_sat(True)}")
print(f"clingo  one goal:               {with_clingo('')}")
print(f"clingo  two goals:              {with_clingo('#maximize { W+3*B : wolf(W), bear(B) }.')}")
print(f"clingo  the same goal again:    {with_clingo('#maximize { W : wolf(W) }.')}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
