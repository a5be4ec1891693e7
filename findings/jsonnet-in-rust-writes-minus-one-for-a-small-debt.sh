#!/usr/bin/env bash
# Packages: jsonnet 0.22.0, rjsonnet 0.5.6 (PyPI; the interpreter in C++ and the one in Rust).
# A good guess: both follow the standard library's documentation, in which `std.format` is that of Python; numbers come out the same.
# What happens: with a negative number that is not whole, the one in Rust rounds down the part before the point and keeps the digits after it of the other sign: `%.2f` of -0.001
#   is "-1.00", of -3.25 "-4.-25", `%d` of -3.7 is -4. `std.round(-2.5)` is -2 or -3. `std.setMember` finds in an unsorted list or not. `std.base64("é")` is of Latin-1 bytes or of UTF-8.
# Why it matters to us: content that is generated with Jsonnet, prices, debts and offsets in texts, differs by the program that was at hand, and is valid in both. Generated content is under version control, and
#   negative fractions are in the test of a generator.
# Any operating system with Python 3.10.
# Seen:
#   std.format('%.2f', 3.25)     C++ 3.25, Rust 3.25
#   std.format('%.2f', -0.001)   C++ -0.00, Rust -1.00
#   std.format('%.2f', -0.25)    C++ -0.25, Rust -1.-25
#   std.format('%.2f', -3.25)    C++ -3.25, Rust -4.-25
#   std.format('%.1f', -3.96)    C++ -4.0, Rust -4.-10
#   std.format('%d', -3.7)       C++ -3, Rust -4
#   std.round(-2.5)              C++ -2, Rust -3
#   std.setMember(2, [3, 2, 1])  C++ False, Rust True
#   std.base64('é')              C++ 6Q==, Rust w6k=
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check jsonnet==0.22.0 rjsonnet==0.5.6
cat > probe.py <<'EOF'
import _jsonnet, json, rjsonnet
for program in ("std.format('%.2f', 3.25)", "std.format('%.2f', -0.001)", "std.format('%.2f', -0.25)", "std.format('%.2f', -3.25)", "std.format('%.1f', -3.96)", "std.format('%d', -3.7)", "std.round(-2.5)", "std.setMember(2, [3, 2, 1])", "std.base64('é')"):
    plain, rust = (json.loads(library.evaluate_snippet("probe", program)) for library in (_jsonnet, rjsonnet))
    print(f"{program:28} C++ {plain}, Rust {rust}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
