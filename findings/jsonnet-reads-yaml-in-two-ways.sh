#!/usr/bin/env bash
# Packages: jsonnet 0.22.0, rjsonnet 0.5.6 (PyPI; the interpreter in C++ and the one in Rust).
# A good guess: `std.parseYaml` reads YAML, the same in both; what it does not support is an error.
# What happens: in the interpreter in C++ `~` is the text "~", an alias is the text "*base", an octal or hexadecimal number is a text; in the one in Rust null, the value and a number, and `012` is 10 as in
#   YAML 1.1. Neither reads a merge key. And the one in Rust writes "1_000" without quotes with `std.manifestYamlDoc`, which is the number 1000 for readers of YAML 1.1.
# Why it matters to us: content that goes from YAML through Jsonnet loses aliases without a word, and a `*base` arrives as a text, which a schema with `type: string` accepts. YAML is read by our reader, not by a
#   generator before it.
# Any operating system with Python 3.10.
# Seen:
#   "giver: ~"
#     C++ {"giver": "~"}
#     Rust {"giver": null}
#   "a: &base [1]\nb: *base"
#     C++ {"a": [1], "b": "*base"}
#     Rust {"a": [1], "b": [1]}
#   "a: &base {x: 1}\nb: {<<: *base}"
#     C++ {"a": {"x": 1}, "b": {"<<": "*base"}}
#     Rust {"a": {"x": 1}, "b": {"<<": {"x": 1}}}
#   "code: 012"
#     C++ {"code": "012"}
#     Rust {"code": 10}
#   "color: 0xff"
#     C++ {"color": "0xff"}
#     Rust {"color": 255}
#   "mode: 0o14"
#     C++ {"mode": "0o14"}
#     Rust {"mode": 12}
#   "giver: null"
#     C++ {"giver": null}
#     Rust {"giver": null}
#   the text 1_000, C++: id: "1_000", read by PyYAML as '1_000'
#   the text 1_000, Rust: id: 1_000, read by PyYAML as 1000
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check jsonnet==0.22.0 rjsonnet==0.5.6 PyYAML==6.0.3
cat > probe.py <<'EOF'
import _jsonnet, json, rjsonnet, yaml
def read(library, text):
    return json.dumps(json.loads(library.evaluate_snippet("probe", f"std.parseYaml({json.dumps(text)})")))
for text in ("giver: ~", "a: &base [1]\nb: *base", "a: &base {x: 1}\nb: {<<: *base}", "code: 012", "color: 0xff", "mode: 0o14", "giver: null"):
    print(f"{json.dumps(text)}\n  C++ {read(_jsonnet, text)}\n  Rust {read(rjsonnet, text)}")
for name, library in (("C++", _jsonnet), ("Rust", rjsonnet)):
    written = json.loads(library.evaluate_snippet("probe", "std.manifestYamlDoc({ id: '1_000' }, quote_keys=false)"))
    print(f"the text 1_000, {name}: {written}, read by PyYAML as {yaml.safe_load(written)['id']!r}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
