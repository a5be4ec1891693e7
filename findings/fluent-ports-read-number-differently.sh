#!/usr/bin/env bash
# Packages: crate fluent-bundle =0.16.0; @fluent/bundle 0.19.1 (npm), fluent.runtime 0.4.0 with Babel 2.19.0 (PyPI). English in all three.
#
# A good guess: one FTL file gives one text in the three implementations of the project, apart from the grouping of digits.
# What really happens: `NUMBER()` means something else in each. The Rust crate ignores `maximumFractionDigits` (1.4 coins) and alone reads
#   `type: "ordinal"`: JavaScript says "22th" without an error, Python says so with one. Python ignores the digits when it
#   selects ("one" for 1.0), JavaScript and Rust do not. `style: "percent"` works in Python only. A variant `[1.0]` is chosen for
#   the number 1 by JavaScript and Python, never by Rust. And the first variant that fits is taken, so `[one]` before `[1]` hides `[1]` (in ICU the
#   exact one wins).
# Why it matters to us: texts are checked by translators' tools in Python and JavaScript and shown by a game in Rust. A check of FTL should warn about
#   options of `NUMBER`, fractional keys and an exact key below a category, and the game should be given formatted numbers.
# System independence: data of plural rules come with the packages (Node has its own).
#
# Seen:
#   whole { NUMBER($n, maximumFractionDigits: 0) } of 1.4     rust 1.4             js 1               python 1
#   place { NUMBER($n, type: "ordinal") -> } of 22            rust 22nd            js 22th            python 22th
#   digits { NUMBER($n, minimumFractionDigits: 1) -> } of 1   rust other           js other           python one
#   share { NUMBER($n, style: "percent") } of 0.25            rust 0.25            js 0.25            python 25%
#   exact [1.0] of 1                                          rust other           js one             python one
#   order [one] before [1] of 1                               rust category        js category        python category
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-fluent-ports-read-number-differently"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
fluent-bundle = "=0.16.0"
unic-langid = "=0.9.6"
EOF
cat > src/main.rs <<'EOF'
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

fn main() {
    let text = std::fs::read_to_string("a.ftl").unwrap();
    let mut bundle = FluentBundle::new(vec!["en".parse::<unic_langid::LanguageIdentifier>().unwrap()]);
    bundle.set_use_isolating(false);
    bundle.add_builtins().unwrap();
    bundle.add_resource(FluentResource::try_new(text).unwrap()).unwrap();
    for (id, n) in [("whole", 1.4), ("place", 22.0), ("digits", 1.0), ("share", 0.25), ("exact", 1.0), ("order", 1.0)] {
        let args = FluentArgs::from_iter([("n", n)]);
        let pattern = bundle.get_message(id).unwrap().value().unwrap();
        println!("{}", bundle.format_pattern(pattern, Some(&args), &mut Vec::new()));
    }
}
EOF
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts @fluent/bundle@0.19.1
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check fluent.runtime==0.4.0 Babel==2.19.0
cat > a.ftl <<'EOF'
whole = { NUMBER($n, maximumFractionDigits: 0) }
place = { NUMBER($n, type: "ordinal") ->
    [one] { $n }st
    [two] { $n }nd
   *[other] { $n }th
 }
digits = { NUMBER($n, minimumFractionDigits: 1) ->
    [one] one
   *[other] other
 }
share = { NUMBER($n, style: "percent") }
exact = { $n ->
    [1.0] one
   *[other] other
 }
order = { $n ->
    [one] category
    [1] number
   *[other] other
 }
EOF
cat > probe.mjs <<'EOF'
import { FluentBundle, FluentResource } from "@fluent/bundle";
import { readFileSync } from "node:fs";
const bundle = new FluentBundle("en", { useIsolating: false });
bundle.addResource(new FluentResource(readFileSync("a.ftl", "utf8")));
for (const [id, n] of Object.entries({ whole: 1.4, place: 22, digits: 1, share: 0.25, exact: 1, order: 1 })) {
  console.log(bundle.formatPattern(bundle.getMessage(id).value, { n }, []));
}
EOF
cat > probe.py <<'EOF'
from fluent.runtime import FluentBundle, FluentResource
bundle = FluentBundle(["en"], use_isolating=False)
bundle.add_resource(FluentResource(open("a.ftl").read()))
for id, n in {"whole": 1.4, "place": 22, "digits": 1, "share": 0.25, "exact": 1, "order": 1}.items():
    print(bundle.format_pattern(bundle.get_message(id).value, {"n": n})[0])
EOF
cat > names <<'EOF'
whole { NUMBER($n, maximumFractionDigits: 0) } of 1.4
place { NUMBER($n, type: "ordinal") -> } of 22
digits { NUMBER($n, minimumFractionDigits: 1) -> } of 1
share { NUMBER($n, style: "percent") } of 0.25
exact [1.0] of 1
order [one] before [1] of 1
EOF
cargo build -q
paste -d '|' names <("$CARGO_TARGET_DIR/debug/probe-fluent-ports-read-number-differently") <(node probe.mjs) <(v/bin/python probe.py) |
  while IFS='|' read -r name rust js py; do printf '%-57s rust %-15s js %-15s python %s\n' "$name" "$rust" "$js" "$py"; done > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
