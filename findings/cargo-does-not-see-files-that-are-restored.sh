#!/usr/bin/env bash
# Packages: cargo 1.95.0, with a build script that has no dependencies.
#
# A good guess: a file named by `rerun-if-changed` whose contents, size and time have all changed makes the build script run again. A folder named so
#   is at least as good as all of its files.
# What really happens: cargo only asks whether a file is *newer* than the last run. A file that is replaced by one with an older time is never
#   noticed, however often one builds: `cp -p`, `tar x`, `rsync -a`, and version control that keeps times (Perforce's `modtime`). The build goes on with
#   contents that are nowhere on disk. A folder helps half-way: its own time counts, so replacing by rename or unpacking is seen, and overwriting
#   in place is not. A file named by itself misses both.
# Why it matters to us: game studios keep assets in such version control, and "get an older revision" is daily work there. questc names each schema,
#   registry and manifest as a file and only the base of a glob as a folder, so an older registry is not noticed; naming the parent folders as well
#   would catch all tools that write and rename. The guide should say: after restoring older files, `touch quest.toml`.
# System independence: any file system whose times have at least a second's resolution; times are set, none is measured.
#
# Seen:
#   watching the folder: edited new, older in place new (stale), older by rename old, older by tar old
#   watching the file:   edited new, older in place new (stale), older by rename new (stale), older by tar new (stale)
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
mkdir src content
cat > Cargo.toml <<'EOF'
[package]
name = "probe"
version = "0.0.0"
edition = "2024"
[workspace]
EOF
echo 'fn main() { print!("{}", env!("TEXT")); }' > src/main.rs
cat > build.rs <<'EOF'
fn main() {
    println!("cargo::rerun-if-env-changed=WATCHED");
    println!("cargo::rerun-if-changed={}", std::env::var("WATCHED").unwrap());
    println!("cargo::rustc-env=TEXT={}", std::fs::read_to_string("content/a").unwrap());
}
EOF
export CARGO_TARGET_DIR="$work/target"
build() {
  cargo run -q
  [ "$(cargo run -q)" = "$(cat content/a)" ] || printf ' (stale)'
}
fresh() { # the file is new, and the script has read it
  sleep 1.1
  printf new > content/a
  cargo build -q
  sleep 1.1
}
printf old > old
touch -d '2020-01-01' old
mkdir tree
cp -p old tree/a
tar cf old.tar -C tree a
for WATCHED in content content/a; do
  export WATCHED
  [ "$WATCHED" = content ] && printf 'watching the folder: ' || printf 'watching the file:   '
  printf start > content/a
  cargo build -q
  fresh; printf 'edited %s' "$(build)"
  fresh; cp -p old content/a; printf ', older in place %s' "$(build)"
  fresh; cp -p old older; mv older content/a; printf ', older by rename %s' "$(build)"
  fresh; tar xf old.tar -C content; printf ', older by tar %s\n' "$(build)"
done > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
