#!/usr/bin/env bash
# Packages: crate heck =0.5.0 (newest).
#
# A good guess: heck splits at spaces, hyphens, underscores and at changes of case. In scripts without case it leaves a word as it is, and
#   it never drops a letter's parts. So different words give different names.
# What really happens: every character that is not alphanumeric is a boundary *and dropped*, and combining marks count only if Unicode
#   calls them alphabetic. The virama of Devanagari, Bengali and Burmese, the Tamil pulli and the Thai thanthakhat are not, nor are
#   accents written as separate characters. So Hindi "satya" is cut into `सत_य` in snake case and becomes another word in camel case;
#   two different Thai or Tamil names become one; a name with an accent as a separate character loses it ("café" gives `Cafe` or
#   `Café`, depending on how it was typed) or is even split (`e_tape`). Georgian gets a capital of another alphabet (Mtavruli) in front
#   of small letters, which Unicode's title case avoids, and "ŉ" becomes two characters.
# Why it matters to us: ids and titles become names of constants, types and modules. Two ids that differ only in such marks collide, or
#   their names change when a file is normalised. Names must be made from NFC text, marks (\p{M}) must stay inside a word, and names
#   must be compared after the change of case, with both ids in the message.
# System independence: pure computation.
#
# Seen:
#   Hindi satya    0938 0924 094d 092f -> snake सत_य (0938 0924 005f 092f), camel सतय (0938 0924 092f)
#   Hindi dosti    0926 094b 0938 094d 0924 0940 -> snake दोस_ती (0926 094b 0938 005f 0924 0940), camel दोसती (0926 094b 0938 0924 0940)
#   Bengali kshama 0995 09cd 09b7 09ae 09be -> snake ক_ষমা (0995 005f 09b7 09ae 09be), camel কষমা (0995 09b7 09ae 09be)
#   Burmese        1000 1039 1000 -> snake က_က (1000 005f 1000), camel ကက (1000 1000)
#   cafe NFC       0063 0061 0066 00e9 -> snake café (0063 0061 0066 00e9), camel Café (0043 0061 0066 00e9)
#   cafe NFD       0063 0061 0066 0065 0301 -> snake cafe (0063 0061 0066 0065), camel Cafe (0043 0061 0066 0065)
#   etape NFD      0065 0301 0074 0061 0070 0065 -> snake e_tape (0065 005f 0074 0061 0070 0065), camel ETape (0045 0054 0061 0070 0065)
#   Georgian ena   10d4 10dc 10d0 -> snake ენა (10d4 10dc 10d0), camel Ენა (1c94 10dc 10d0)
#   n-apostrophe   0149 0061 006d 0065 -> snake ŉame (0149 0061 006d 0065), camel ʼName (02bc 004e 0061 006d 0065)
#   Thai: "ส\u{e31}ตว\u{e4c}" and "ส\u{e31}ตว" are the same in camel case: true
#   Tamil: "தமிழ\u{bcd}" and "தமிழ" are the same in camel case: true
#   Hindi: "सत\u{94d}य" and "सतय" are the same in camel case: true
#   accent: "e\u{301}tape" and "e tape" are the same in camel case: true
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-heck-drops-vowel-killers-and-accents"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
heck = "=0.5.0"
EOF
cat > src/main.rs <<'EOF'
use heck::{ToSnakeCase, ToUpperCamelCase};

fn codes(text: &str) -> String {
    text.chars().map(|c| format!("{:04x}", c as u32)).collect::<Vec<_>>().join(" ")
}

fn main() {
    for (what, text) in [
        ("Hindi satya", "सत्य"),
        ("Hindi dosti", "दोस्ती"),
        ("Bengali kshama", "ক্ষমা"),
        ("Burmese", "က္က"),
        ("cafe NFC", "caf\u{e9}"),
        ("cafe NFD", "cafe\u{301}"),
        ("etape NFD", "e\u{301}tape"),
        ("Georgian ena", "ენა"),
        ("n-apostrophe", "\u{149}ame"),
    ] {
        println!("{what:14} {} -> snake {} ({}), camel {} ({})", codes(text), text.to_snake_case(), codes(&text.to_snake_case()),
            text.to_upper_camel_case(), codes(&text.to_upper_camel_case()));
    }
    for (what, a, b) in [
        ("Thai", "สัตว์", "สัตว"),
        ("Tamil", "தமிழ்", "தமிழ"),
        ("Hindi", "सत्य", "सतय"),
        ("accent", "e\u{301}tape", "e tape"),
    ] {
        println!("{what}: {a:?} and {b:?} are the same in camel case: {}", a.to_upper_camel_case() == b.to_upper_camel_case());
    }
}
EOF
cargo run -q > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
