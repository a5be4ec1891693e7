#!/usr/bin/env bash
# Packages: crates fixedbitset =0.5.9 and, for comparison, bit-set =0.11.1.
#
# A good guess: two bit sets with the same members are equal and have the same hash, whatever they have been allocated for, as with `HashSet`,
#   `BTreeSet` and `bit_set::BitSet`; at the least, sets that are subsets of each other are equal.
# What really happens: `FixedBitSet` compares its length as well. {3} made for 10 and {3} made for 100 are subsets of each other in both
#   directions and yet differ in `==`, hash and order. `union_with` makes the left set as long as the right one and nothing makes it shorter, so a
#   set that has had a larger one added and taken away again is no longer equal to itself; collecting the members of a set
#   into a new one gives a different set, too.
# Why it matters to us: sets of flags or of completed quests are states of a search. As keys of a `HashMap` one state is visited many times,
#   and "nothing has changed" is never reached. questc uses `bit-set`, which compares members; a test keeps it that way.
# System independence: pure computation.
#
# Seen:
#   fixedbitset: subsets of each other true true, equal false, same hash false, order Some(Less)
#   fixedbitset: larger set added and taken away: members [3], equal false
#   fixedbitset: members collected into a new set: equal false
#   bit-set:     equal true, same hash true, order Equal
#   bit-set:     larger set added and taken away: equal true
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-fixedbitset-equal-sets-are-not-equal"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
fixedbitset = "=0.5.9"
bit-set = "=0.11.1"
EOF
cat > src/main.rs <<'EOF'
use bit_set::BitSet;
use fixedbitset::FixedBitSet;
use std::hash::{DefaultHasher, Hash, Hasher};

fn hash(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn main() {
    let mut small = FixedBitSet::with_capacity(10);
    let mut large = FixedBitSet::with_capacity(100);
    small.insert(3);
    large.insert(3);
    println!(
        "fixedbitset: subsets of each other {} {}, equal {}, same hash {}, order {:?}",
        small.is_subset(&large),
        large.is_subset(&small),
        small == large,
        hash(&small) == hash(&large),
        small.partial_cmp(&large),
    );
    let before = small.clone();
    let mut other = FixedBitSet::with_capacity(100);
    other.insert(50);
    small.union_with(&other);
    small.difference_with(&other);
    println!("fixedbitset: larger set added and taken away: members {:?}, equal {}", small.ones().collect::<Vec<_>>(), small == before);
    println!("fixedbitset: members collected into a new set: equal {}", before.ones().collect::<FixedBitSet>() == before);
    let small: BitSet = [3].into_iter().collect();
    let mut large: BitSet = BitSet::with_capacity(100);
    large.insert(3);
    println!("bit-set:     equal {}, same hash {}, order {:?}", small == large, hash(&small) == hash(&large), small.cmp(&large));
    let mut changed = small.clone();
    let other: BitSet = [50].into_iter().collect();
    changed.union_with(&other);
    changed.difference_with(&other);
    println!("bit-set:     larger set added and taken away: equal {}", changed == small);
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
