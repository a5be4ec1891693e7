#!/usr/bin/env bash
# Packages: z3-solver 5.4.1.0, ortools 9.15.6755 (PyPI).
# A good guess: `a == b == c` in a model either states both equalities or is refused, as `a <= b <= c` is in both libraries with an error that says so.
# What happens: Python makes `(a == b) and (b == c)` of it and asks the first half for its truth. For order that is an error; for `==` both libraries answer
#   "are these the same variable?", so that variables can be keys of dictionaries. That is no, and `and` gives back the first half: the second is never
#   stated. CP-SAT does the same with `!=`, where the answer is yes and the *first* half is lost. `a in [b, c]` is the constant `False` in both, `not (a == b)` is `True`.
# Why it matters to us: "the three seals are of one colour" is proved of two. Models of puzzles and balance are written by such code; in a proof the missing
#   half makes things possible that are not. `x-rules` that allow chains have to mean both halves or be refused.
# Any operating system with Python 3.10.
# Seen:
#   z3 a <= b <= c           refused (Z3Exception)
#   z3 a == b == c           asserted [a == b]
#   z3 a in [b, c]           asserted [False]
#   z3 not (a == b)          asserted [True]
#   CP-SAT a <= b <= c       refused (NotImplementedError)
#   CP-SAT a == b == c       stated [1, -1] of ab: optimal
#   CP-SAT a != b != c       stated [1, -1] of bc: optimal
#   CP-SAT a in [b, c]       stated no equation: infeasible
#   CP-SAT not (a == b)      stated no equation: optimal
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check z3-solver==5.4.1.0 ortools==9.15.6755
cat > probe.py <<'EOF'
import z3
from ortools.sat.python import cp_model
def attempt(name, state):
    try:
        result = state()
    except Exception as error:
        result = f"refused ({type(error).__name__})"
    print(f"{name:24} {result}")
a, b, c = z3.Ints("a b c")
def z3_model(*facts):
    solver = z3.Solver()
    solver.add(*facts)
    return f"asserted {solver.assertions()}"
attempt("z3 a <= b <= c", lambda: z3_model(a <= b <= c))
attempt("z3 a == b == c", lambda: z3_model(a == b == c))
attempt("z3 a in [b, c]", lambda: z3_model(a in [b, c]))
attempt("z3 not (a == b)", lambda: z3_model(not (a == b)))
def sat(state):
    model = cp_model.CpModel()
    names = [model.new_int_var(0, 9, name) for name in "abc"]
    model.add(state(*names))
    stated = [f"{list(k.linear.coeffs)} of {''.join('abc'[v] for v in k.linear.vars)}" for k in model.proto.constraints if k.has_linear()]
    return f"stated {'; '.join(stated) or 'no equation'}: {cp_model.CpSolver().solve(model).name.lower()}"
attempt("CP-SAT a <= b <= c", lambda: sat(lambda a, b, c: a <= b <= c))
attempt("CP-SAT a == b == c", lambda: sat(lambda a, b, c: a == b == c))
attempt("CP-SAT a != b != c", lambda: sat(lambda a, b, c: a != b != c))
attempt("CP-SAT a in [b, c]", lambda: sat(lambda a, b, c: a in [b, c]))
attempt("CP-SAT not (a == b)", lambda: sat(lambda a, b, c: not (a == b)))
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
