#!/usr/bin/env bash
# Packages: crates glob =0.3.4, globset =0.4.22 (newest).
#
# A good guess: `content/**` is everything below `content`, `[^x]` is any character but x, as in shells, .gitignore and VS Code, and within one
#   crate, walking with a pattern and matching a path against it agree.
# What really happens: in `glob`, walking with `content/**` gives directories only and no file at any depth, while `Pattern::matches` of
#   the same pattern accepts all files. `[^x]` is the set of `^` and `x`, the opposite of globset and shells (only `[!x]` negates), so
#   it finds exactly the wrong files. `{a,b}` is taken literally and finds nothing. None of these is an error.
# Why it matters to us: the manifest's `content = [..]` are such patterns, written by people who know them from .gitignore, VS Code
#   (`json.schemas[].fileMatch`) and Taplo, and file events of a watcher or a language server are matched, not walked. Both must be
#   decided by one matcher. A pattern that finds no file needs a warning, and `[^`, `{` and a last `**` need a word of their own.
# System independence: only names that every file system has.
#
# Seen:
#   content/**
#     glob::glob        ["content/npc", "content/npc/old"]
#     Pattern::matches  ["content/a.json", "content/npc/b.json", "content/npc/x.json", "content/npc/old/c.json"]
#     globset           ["content/a.json", "content/npc/b.json", "content/npc/x.json", "content/npc/old/c.json"]
#   content/**/*
#     glob::glob        ["content/a.json", "content/npc", "content/npc/b.json", "content/npc/old", "content/npc/old/c.json", "content/npc/x.json"]
#     Pattern::matches  ["content/a.json", "content/npc/b.json", "content/npc/x.json", "content/npc/old/c.json"]
#     globset           ["content/a.json", "content/npc/b.json", "content/npc/x.json", "content/npc/old/c.json"]
#   content/**/*.json
#     glob::glob        ["content/a.json", "content/npc/b.json", "content/npc/old/c.json", "content/npc/x.json"]
#     Pattern::matches  ["content/a.json", "content/npc/b.json", "content/npc/x.json", "content/npc/old/c.json"]
#     globset           ["content/a.json", "content/npc/b.json", "content/npc/x.json", "content/npc/old/c.json"]
#   content/npc/[^x].json
#     glob::glob        ["content/npc/x.json"]
#     Pattern::matches  ["content/npc/x.json"]
#     globset           ["content/npc/b.json"]
#   content/npc/[!x].json
#     glob::glob        ["content/npc/b.json"]
#     Pattern::matches  ["content/npc/b.json"]
#     globset           ["content/npc/b.json"]
#   content/{npc,item}/*.json
#     glob::glob        []
#     Pattern::matches  []
#     globset           ["content/npc/b.json", "content/npc/x.json"]
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-glob-means-three-things-in-one-crate"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
glob = "=0.3.4"
globset = "=0.4.22"
EOF
cat > src/main.rs <<'EOF'
fn main() {
    let files = ["content/a.json", "content/npc/b.json", "content/npc/x.json", "content/npc/old/c.json"];
    for file in files {
        let path = std::path::Path::new(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "{}").unwrap();
    }
    for pattern in ["content/**", "content/**/*", "content/**/*.json", "content/npc/[^x].json", "content/npc/[!x].json", "content/{npc,item}/*.json"] {
        let walked: Vec<String> = glob::glob(pattern).unwrap()
            .map(|path| path.unwrap().display().to_string().replace('\\', "/")).collect();
        let one = glob::Pattern::new(pattern).unwrap();
        let separators = glob::MatchOptions { require_literal_separator: true, ..Default::default() };
        let matched: Vec<&str> = files.into_iter().filter(|file| one.matches_with(file, separators)).collect();
        let set = globset::GlobBuilder::new(pattern).literal_separator(true).build().unwrap().compile_matcher();
        let in_set: Vec<&str> = files.into_iter().filter(|file| set.is_match(file)).collect();
        println!("{pattern}");
        println!("  glob::glob        {walked:?}");
        println!("  Pattern::matches  {matched:?}");
        println!("  globset           {in_set:?}");
    }
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
