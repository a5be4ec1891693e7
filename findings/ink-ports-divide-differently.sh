#!/usr/bin/env bash
# Packages: inkjs 2.4.0 (npm), bladeink 2.1.0 (crates.io), the JavaScript and the Rust port of ink. One compiled story, two players.
# A good guess: ports of one engine that play the same compiled file agree on whole numbers; only random numbers may differ.
# What happens: with a negative number they do not. inkjs divides downwards (-7/2 is -4) and so does its INT(); the Rust port cuts
#   off (-3). `mod` cuts off in both, so in inkjs division and remainder do not belong together: 2 * (-7/2) + (-7 mod 2) is -9. The same seed
#   gives other numbers as well. A debt, a reputation below zero or a temperature takes another branch in the other engine.
# Why it matters to us: conditions and `x-rules` with division or remainder need a stated rounding, the same in the analysis at build time,
#   in the journal and in scripts; negative operands belong into the test that compares them.
# Any operating system with Node and Rust; builds one small crate in about 20 seconds.
# Seen:
#   inkjs:    so: -7/2 = -4, INT(-3.7) = -4, -7 mod 2 = -1, together: -9
#   bladeink: so: -7/2 = -3, INT(-3.7) = -3, -7 mod 2 = -1, together: -7
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts inkjs@2.4.0
cat > probe.cjs <<'EOF'
const { Compiler } = require("inkjs/compiler/Compiler");
const story = new Compiler("so: -7/2 = {-7/2}, INT(-3.7) = {INT(-3.7)}, -7 mod 2 = {-7 mod 2}, together: {2 * (-7/2) + (-7 mod 2)}\n").Compile();
require("node:fs").writeFileSync("story.json", story.ToJson());
console.log(story.ContinueMaximally().trim());
EOF
js=$(node probe.cjs)
echo "inkjs:    $js"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe"
version = "0.0.0"
edition = "2021"

[dependencies]
bladeink = "=2.1.0"

[workspace]
EOF
cat > src/main.rs <<'EOF'
fn main() {
    let json = std::fs::read_to_string("story.json").unwrap();
    let mut story = bladeink::story::Story::new(&json).unwrap();
    while story.can_continue() {
        print!("{}", story.cont().unwrap());
    }
}
EOF
CARGO_TARGET_DIR="$dir/target" cargo build --quiet
rust=$(./target/debug/probe)
echo "bladeink: $rust"
[ "$js" = "so: -7/2 = -4, INT(-3.7) = -4, -7 mod 2 = -1, together: -9" ] &&
  [ "$rust" = "so: -7/2 = -3, INT(-3.7) = -3, -7 mod 2 = -1, together: -7" ] ||
  { echo "differs from what this script states" >&2; exit 1; }
