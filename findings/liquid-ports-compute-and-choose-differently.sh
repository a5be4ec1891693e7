#!/usr/bin/env bash
# Packages: liquidjs 10.30.1 (npm), python-liquid 2.3.6 (PyPI), crate liquid =0.26.11. Three ports of Liquid, the template language for authors.
# A good guess: ports of one template language differ in filters that one of them lacks; arithmetic, `and` and `or` are the same.
# What happens: `7 | divided_by: 2` is 3.5 or 3 and of -7 it is -3.5, -4 or -3; the remainder is 2 or -1. Liquid has no precedence and groups from the right, so
#   `false and false or true` is false in two of them; the crate says true. Empty pieces at the end of a split count or do not. Halves are rounded up or to even.
#   `capitalize` leaves the rest of the word or not.
# Why it matters to us: texts and rewards that a server previews and a game in Rust renders show other numbers and other paragraphs. What is computed belongs to content with a stated
#   rounding, not to the template; conditions in exported templates need nested `if`.
# Any operating system with Node, Python 3.10 and Rust; builds the crate in about a minute.
# Seen:
#   {{ 7 | divided_by: 2 }}: JavaScript 3.5, Python 3, Rust 3
#   {{ -7 | divided_by: 2 }}: JavaScript -3.5, Python -4, Rust -3
#   {{ -7 | modulo: 3 }}: JavaScript 2, Python 2, Rust -1
#   {{ 2.5 | round }}: JavaScript 3, Python 2, Rust 3
#   {% if false and false or true %}yes{% else %}no{% endif %}: JavaScript no, Python no, Rust yes
#   {{ "wolf,bear,," | split: "," | size }}: JavaScript 2, Python 4, Rust 4
#   {{ "oLD wOLF" | capitalize }}: JavaScript Old wolf, Python Old wolf, Rust OLD wOLF
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-liquid-ports-compute-and-choose-differently"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
liquid = "=0.26.11"
EOF
cat > src/main.rs <<'EOF'
fn main() {
    let parser = liquid::ParserBuilder::with_stdlib().build().unwrap();
    for template in std::fs::read_to_string("templates").unwrap().lines() {
        println!("{}", parser.parse(template).and_then(|template| template.render(&liquid::object!({}))).unwrap());
    }
}
EOF
cat > templates <<'EOF'
{{ 7 | divided_by: 2 }}
{{ -7 | divided_by: 2 }}
{{ -7 | modulo: 3 }}
{{ 2.5 | round }}
{% if false and false or true %}yes{% else %}no{% endif %}
{{ "wolf,bear,," | split: "," | size }}
{{ "oLD wOLF" | capitalize }}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check python-liquid==2.3.6
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts liquidjs@10.30.1
cat > probe.py <<'EOF'
import liquid
for template in open("templates"):
    print(liquid.render(template.rstrip("\n")))
EOF
cat > probe.mjs <<'EOF'
import fs from "node:fs";
import { Liquid } from "liquidjs";
const liquid = new Liquid();
for (const template of fs.readFileSync("templates", "utf8").trimEnd().split("\n")) console.log(liquid.parseAndRenderSync(template));
EOF
node probe.mjs > javascript
v/bin/python probe.py > python
cargo run -q > rust
paste -d '|' templates javascript python rust | while IFS= read -r row; do
  rust=${row##*|} row=${row%|*}
  python=${row##*|} row=${row%|*}
  echo "${row%|*}: JavaScript ${row##*|}, Python $python, Rust $rust"
done > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
