#!/usr/bin/env bash
# Packages: z3-solver 5.4.1.0 (PyPI).
# A good guess: `Sum([gold, 0.5])` is `gold + 0.5`; z3 has reals, and the sum of a whole number and a fraction is one.
# What happens: `+` makes the sum real, `Sum` converts every term to the sort of the first expression in it, and converting a Python fraction to a whole number
#   cuts it off without a word, as `IntVal(2.9)` does. So the factor or bonus of 0.5 is 0 and 2.9 is 2. `Product`, `Store` and arguments of functions do
#   the same; `If` and comparisons do not. The order of the list does not help as long as one symbolic term is an integer.
# Why it matters to us: a check of prices with a bonus of 10 % that is written with `Sum` proves the wrong economy. What our analysis exports as SMT has to be
#   scaled to whole numbers before, and comparisons with z3 have to include fractions.
# Any operating system with Python 3.10.
# Seen:
#   gold + 0.5                 (+ (to_real gold) (/ 1.0 2.0))
#   Sum([gold, 0.5])           (+ gold 0)
#   Sum([2.9, gold])           (+ 2 gold)
#   gold * 1.1                 (* (to_real gold) (/ 11.0 10.0))
#   Product([gold, 1.1])       (* gold 1)
#   If(rich, gold, 2.5)        (ite rich (to_real gold) (/ 5.0 2.0))
#   gold >= 2.5                (>= (to_real gold) (/ 5.0 2.0))
#   price(2.5)                 (price 2)
#   Store(chest, 0, 2.5)       (store chest 0 2)
#   IntVal(2.9)                2
#   3 and a half reach 3.5: unsat
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check z3-solver==5.4.1.0
cat > probe.py <<'EOF'
import z3
gold, rich = z3.Int("gold"), z3.Bool("rich")
price = z3.Function("price", z3.IntSort(), z3.IntSort())
chest = z3.Array("chest", z3.IntSort(), z3.IntSort())
def row(name, term):
    print(f"{name:26} {term.sexpr()}")
row("gold + 0.5", gold + 0.5)
row("Sum([gold, 0.5])", z3.Sum([gold, 0.5]))
row("Sum([2.9, gold])", z3.Sum([2.9, gold]))
row("gold * 1.1", gold * 1.1)
row("Product([gold, 1.1])", z3.Product([gold, 1.1]))
row("If(rich, gold, 2.5)", z3.If(rich, gold, 2.5))
row("gold >= 2.5", gold >= 2.5)
row("price(2.5)", price(2.5))
row("Store(chest, 0, 2.5)", z3.Store(chest, 0, 2.5))
row("IntVal(2.9)", z3.IntVal(2.9))
solver = z3.Solver()
solver.add(gold == 3, z3.Sum([gold, 0.5]) >= 3.5)
print(f"3 and a half reach 3.5: {solver.check()}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
