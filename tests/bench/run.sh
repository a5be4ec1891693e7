#!/usr/bin/env bash
# Measures what questc costs a game, each pair in one run: rustc with many quests against few, and a cold build against prost-build.
# Prints a table; docs/BENCHMARKS.md keeps one. Usage: tests/bench/run.sh [quests]
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
quests=${1:-10000}
work=$root/target/bench
rm -rf "$work"; mkdir -p "$work"

game() { # name, manifest file: a game crate that includes the quests
    mkdir -p "$work/$1/src"
    cat > "$work/$1/Cargo.toml" <<EOF
[package]
name = "$1"
version = "0.0.0"
edition = "2024"
[dependencies]
quest-types = { path = "$root/quest-types" }
[build-dependencies]
quest-build = { path = "$root/quest-build" }
[workspace]
EOF
    echo "fn main() -> std::process::ExitCode { quest_build::compile(\"$2\") }" > "$work/$1/build.rs"
    cat > "$work/$1/src/main.rs" <<'EOF'
quest_types::include_quests!();
fn main() { println!("{}", quests::Quest::all().len()); }
EOF
    cp "$root/Cargo.lock" "$work/$1/Cargo.lock"
}

usage() { # command...: CPU seconds and peak MB of it and its children
    python3 - "$@" <<'EOF'
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
if done.returncode != 0:
    sys.exit(done.stderr)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(f"{used.ru_utime + used.ru_stime:.1f} {used.ru_maxrss / 1024:.0f}")
EOF
}

echo "== the compiler against serde_json"
cargo build -q --release -p quest-build --features cli --example scale
scale=target/release/examples/scale
"$scale" "$quests" 1 replicated
for files in 1 100; do "$scale" "$quests" "$files"; done

echo "== rustc on the crate with the tables (CPU seconds, peak MB)"
game few "$root/tests/rune-rust/quest.toml"
game many "$root/target/scale/quest.toml"
for name in few many; do
    (cd "$work/$name" && CARGO_TARGET_DIR="$work/target" cargo build -q --release 2>/dev/null)
    touch "$work/$name/src/main.rs"
    echo "$name: $(cd "$work/$name" && CARGO_TARGET_DIR="$work/target" usage cargo rustc -q --release)"
done

echo "== cold build of a game, not incremental, as from a registry (CPU seconds, peak MB)"
export CARGO_INCREMENTAL=0
mkdir -p "$work/prost/src"
cat > "$work/prost/Cargo.toml" <<EOF
[package]
name = "prost-game"
version = "0.0.0"
edition = "2024"
[dependencies]
prost = "0.14"
[build-dependencies]
prost-build = "0.14"
[workspace]
EOF
echo 'fn main() { let _ = prost_build::Config::new(); }' > "$work/prost/build.rs"
echo 'fn main() {}' > "$work/prost/src/main.rs"
(cd "$work/prost" && cargo fetch -q)
for name in prost few; do
    rm -rf "$work/cold"
    echo "$name: $(cd "$work/$name" && CARGO_TARGET_DIR="$work/cold" usage cargo build -q)"
done
