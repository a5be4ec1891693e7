#!/usr/bin/env bash
# Packages: z3-solver 5.4.1.0 (PyPI).
# A good guess: `Optimize` says "sat" if there is an optimum, and the model shows it; if gold is unbounded or the bound is not reached it says otherwise.
# What happens: it says `sat` in all three cases, and the model shows some arbitrary solution: 3 gold where there is no bound, 4 where a part of a
#   whole is to stay below 5. Only `upper()` of the handle tells, with `oo` and `5 + -1*epsilon`. A second goal is then optimised for whatever the first one was.
# Why it matters to us: "can the player earn without end?" is the usual question about an economy. A tool that prints the model says that 3 gold are the most; our
#   analysis states "without bound" as a result of its own, and a test has such an economy.
# Any operating system with Python 3.10.
# Seen:
#   gold at most 5                 sat, model 5, upper 5
#   3 gold as often as one likes   sat, model 3, upper oo
#   part below 5                   sat, model 4, upper 5 + -1*epsilon
#   no bound, then most spent      sat, gold 110, spent 110
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check z3-solver==5.4.1.0
cat > probe.py <<'EOF'
import z3
def most(name, variable, *facts):
    optimizer = z3.Optimize()
    optimizer.add(*facts)
    goal = optimizer.maximize(variable)
    verdict = optimizer.check()
    print(f"{name:30} {verdict}, model {optimizer.model()[variable]}, upper {optimizer.upper(goal)}")
gold, part, times = z3.Int("gold"), z3.Real("part"), z3.Int("times")
most("gold at most 5", gold, gold >= 0, gold <= 5)
most("3 gold as often as one likes", gold, times >= 1, gold == 3 * times)
most("part below 5", part, part >= 0, part < 5)
optimizer = z3.Optimize()
spent = z3.Int("spent")
optimizer.add(gold >= 0, spent >= 0, spent <= gold)
optimizer.maximize(gold)
optimizer.maximize(spent)
print(f"no bound, then most spent      {optimizer.check()}, gold {optimizer.model()[gold]}, spent {optimizer.model()[spent]}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
