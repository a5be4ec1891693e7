#!/usr/bin/env bash
# Packages: deepdiff 9.1.0, jsondiff 2.2.1, dictdiffer 0.10.0 (PyPI).
# A good guess: a tool that compares JSON sees that `1` became `true`, everywhere or nowhere; an empty difference means equal files.
# What happens: deepdiff reports it as a change of type in a map, and not in a list, where elements are matched by Python's equality first; so `[1, 5]` to `[true, 5]` is no difference,
#   and its `Delta` of other changes leaves the 1. jsondiff and dictdiffer see it nowhere. 1 and 1.0, 0 and false are treated the same.
# Why it matters to us: "nothing has changed" in a review of content, or a patch that is empty, although the type of a flag has changed and the build fails. Comparisons of ours and those in
#   the guide are made on the text of JSON, not on Python values.
# Any operating system with Python 3.10.
# Seen:
#   {"hidden": 1} to {"hidden": true}
#     deepdiff type_changes; applied: {"hidden": true}; jsondiff no difference; dictdiffer no difference
#   [1, 5] to [true, 5]
#     deepdiff no difference; applied: [1, 5]; jsondiff no difference; dictdiffer no difference
#   {"stages": [{"hidden": 0}]} to {"stages": [{"hidden": false}]}
#     deepdiff type_changes; applied: {"stages": [{"hidden": false}]}; jsondiff no difference; dictdiffer no difference
#   [0, 5] to [false, 6]
#     deepdiff values_changed; applied: [0, 6]; jsondiff difference; dictdiffer difference
#   [1] to [1.0]
#     deepdiff no difference; applied: [1]; jsondiff no difference; dictdiffer no difference
#   {"xp": 1} to {"xp": 1.0}
#     deepdiff type_changes; applied: {"xp": 1.0}; jsondiff no difference; dictdiffer no difference
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check deepdiff==9.1.0 jsondiff==2.2.1 dictdiffer==0.10.0
cat > probe.py <<'EOF'
import dictdiffer, json, jsondiff
from deepdiff import DeepDiff, Delta
for old, new in (('{"hidden": 1}', '{"hidden": true}'), ('[1, 5]', '[true, 5]'), ('{"stages": [{"hidden": 0}]}', '{"stages": [{"hidden": false}]}'), ('[0, 5]', '[false, 6]'), ('[1]', '[1.0]'), ('{"xp": 1}', '{"xp": 1.0}')):
    a, b = json.loads(old), json.loads(new)
    difference = DeepDiff(a, b)
    kinds = ", ".join(sorted(difference)) or "no difference"
    print(f"{old} to {new}")
    print(f"  deepdiff {kinds}; applied: {json.dumps(a + Delta(difference))}; jsondiff {'no difference' if not jsondiff.diff(a, b) else 'difference'}; dictdiffer {'difference' if list(dictdiffer.diff(a, b)) else 'no difference'}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
