#!/usr/bin/env bash
# Packages: ortools 9.15.6755, protobuf 6.33.6 (PyPI).
# A good guess: `model.proto.constraints[0].linear` reads; where the constraint is of another kind, it gives an empty message and changes nothing, as protocol
#   buffers do in Python and as it did in the OR-Tools of before.
# What happens: `proto` has an interface of its own now. Naming a member of the `oneof` selects it, so the look at `.linear` makes an empty linear constraint, which never
#   holds, of "one of the two seals". A loop that counts or prints the coefficients of a model replaces all other constraints; `validate()` finds no fault, and
#   the quest is proved impossible. `has_linear()` before it is safe. Plain protocol buffers do not change.
# Why it matters to us: code that lists or exports a balance model and then solves it solves another one. Results are to be checked against the questions they answer,
#   not against the model that was solved; an adapter for CP-SAT of ours asks `has_…()` first, and a test compares the answers before and after a listing.
# Any operating system with Python 3.10.
# Seen:
#   untouched:           ['exactly_one', 'linear'] optimal, seals [0, 1], valid: True
#   terms were counted:  ['linear', 'linear'] infeasible, seals none, valid: True; terms: 1
#   has_linear() first:  ['exactly_one', 'linear'] optimal, seals [0, 1], valid: True; terms: 1
#   protocol buffers:    string_value after reading list_value
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check ortools==9.15.6755 protobuf==6.33.6
cat > probe.py <<'EOF'
from google.protobuf import struct_pb2
from ortools.sat.python import cp_model
def model():
    model = cp_model.CpModel()
    seals = [model.new_bool_var(name) for name in ("wax", "lead")]
    model.add_exactly_one(seals)
    model.add(seals[0] == 0)
    return model, seals
def solved(model, seals):
    solver = cp_model.CpSolver()
    model.minimize(sum(seals))
    verdict = solver.solve(model).name.lower()
    return f"{verdict}, seals {[solver.value(seal) for seal in seals] if verdict == 'optimal' else 'none'}, valid: {not model.validate()}"
def kinds(model):
    return [next(kind for kind in ("exactly_one", "linear") if getattr(constraint, "has_" + kind)()) for constraint in model.proto.constraints]
untouched, seals = model()
print(f"untouched:           {kinds(untouched)} {solved(untouched, seals)}")
listed, seals = model()
terms = sum(len(constraint.linear.vars) for constraint in listed.proto.constraints)
print(f"terms were counted:  {kinds(listed)} {solved(listed, seals)}; terms: {terms}")
asked, seals = model()
terms = sum(len(constraint.linear.vars) for constraint in asked.proto.constraints if constraint.has_linear())
print(f"has_linear() first:  {kinds(asked)} {solved(asked, seals)}; terms: {terms}")
value = struct_pb2.Value(string_value="wax")
len(value.list_value.values)
print(f"protocol buffers:    {value.WhichOneof('kind')} after reading list_value")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
