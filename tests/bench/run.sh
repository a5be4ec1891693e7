#!/usr/bin/env bash
# Measures questc, each thing beside what it is compared with, and prints tables in Markdown for docs/BENCHMARKS.md.
#
#   tests/bench/run.sh                             everything (hours)
#   tests/bench/run.sh peers growth                these sections
#   tests/bench/run.sh --quests 1000 peers         with less content than the 40,000 quests
#   tests/bench/run.sh guard                       compares instruction counts with instructions.txt; fails if they grew
#   tests/bench/run.sh guard accept                writes instructions.txt
#
# Needs Rust and a C linker; `guard` and some columns need valgrind, without which they say so.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
BENCH_DATE=$(date -u +%F) BENCH_ROOT=$root CARGO_TARGET_DIR=$root/target/bench/harness \
    exec cargo run -q --release --locked --manifest-path "$root/tests/bench/Cargo.toml" -- "$@"
