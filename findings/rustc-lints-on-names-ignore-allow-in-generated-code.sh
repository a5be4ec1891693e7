#!/usr/bin/env bash
# Packages: rustc 1.95.0, nothing else.
#
# A good guess: generated code that begins with `#[allow(warnings)]` on its module cannot cause warnings, so it builds with
#   `-D warnings` whatever the content is called.
# What really happens: the lints about names in other scripts look at the whole crate at once and obey its root alone. A quest with
#   the Cyrillic id `сор` gives a constant whose letters all look like Latin ones, and rustc warns, whatever stands on the module or
#   the item; `#[allow(mixed_script_confusables)]` on the module adds a second warning, that it is ignored there. The warning depends on
#   all other names of the crate: as soon as one quest has a letter that looks like no Latin one (`жук`), it disappears, and when that
#   quest is removed, it is back. A pair of names such as `сор` and `cop` has a warning of its own (`confusable_idents`), and a
#   digraph such as U+01C9 (lj, used in Croatian text) gives `uncommon_codepoints`.
# Why it matters to us: a designer's change of content breaks a build with warnings denied, in code that programmers cannot edit, and
#   nothing in the generated file can prevent it. Generated names must be ASCII (or escaped) unless the game opts in, or the guide has to
#   name the line for the root of the crate or `[lints.rust]` in Cargo.toml.
# System independence: none needed; rustc alone.
#
# Seen:
#   one quest, all of its letters look Latin
#     builds
#     warning: the usage of Script Group `Cyrillic` in this crate consists solely of mixed script confusables
#   the same, warnings denied
#     FAILS
#     error: the usage of Script Group `Cyrillic` in this crate consists solely of mixed script confusables
#   one more quest, with a letter that does not
#     builds
#   the lint allowed by name on the module
#     builds
#     warning: the usage of Script Group `Cyrillic` in this crate consists solely of mixed script confusables
#     warning: allow(mixed_script_confusables) is ignored unless specified at crate level
#   the lint allowed by name at the root
#     builds
#   two quests that look alike
#     builds
#     warning: found both `СОР` and `COP` as identifiers, which look alike: this identifier can be confused with `СОР`
#   a digraph of Croatian
#     builds
#     warning: identifier contains a non normalized (NFKC) character: 'ǉ'
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
check() { # what, root of the crate, items of the generated module, more arguments
    echo "$1"
    printf '%s\ninclude!("generated.rs");\n' "$2" > lib.rs
    printf '%s\n' "$3" > generated.rs
    if rustc --edition 2024 --crate-type lib --emit metadata --error-format short ${4:-} lib.rs 2> log; then echo "  builds"; else echo "  FAILS"; fi
    sed -n 's/^[a-z.]*rs:[0-9:]* /  /p' log
}
{
    check "one quest, all of its letters look Latin" "" '#[allow(warnings)] pub mod quests { pub const СОР: u8 = 1; }'
    check "the same, warnings denied" "" '#[allow(warnings)] pub mod quests { pub const СОР: u8 = 1; }' "-D warnings"
    check "one more quest, with a letter that does not" "" '#[allow(warnings)] pub mod quests { pub const СОР: u8 = 1; pub const ЖУК: u8 = 2; }' "-D warnings"
    check "the lint allowed by name on the module" "" '#[allow(mixed_script_confusables)] pub mod quests { pub const СОР: u8 = 1; }'
    check "the lint allowed by name at the root" '#![allow(mixed_script_confusables)]' 'pub mod quests { pub const СОР: u8 = 1; }' "-D warnings"
    check "two quests that look alike" "" '#[allow(warnings)] pub mod quests { pub const СОР: u8 = 1; pub const COP: u8 = 2; pub const ЖУК: u8 = 3; }'
    check "a digraph of Croatian" "" '#[allow(warnings)] pub mod quests { pub fn ǉuba() {} }'
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
