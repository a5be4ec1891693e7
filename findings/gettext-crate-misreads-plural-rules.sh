#!/usr/bin/env bash
# Packages: crate gettext =0.4.0 (newest); reference: Python's own gettext module; Debian's gettext (msgfmt) makes the .mo file.
#
# A good guess: a crate that reads .mo files evaluates the Plural-Forms header as C does, because that is the only thing the
#   header may contain: `==` binds tighter than `&&`, `&&` tighter than `||`, and those tighter than `?:`, which nests to the right.
# What really happens: English, French, German and Japanese come out right, so a test with two languages passes. The formulas
#   that gettext's manual and every tool give for Russian, Polish, Latvian, Lithuanian, Arabic and Slovenian are accepted without
#   an error and then answer wrongly for nearly every number: Russian takes form 0 ("1 wolf") for all numbers, Arabic form 1 for
#   all from 1 on. With a pair of
#   parentheses around every operation ("Russian ()" below) the same rule is read rightly: operators are not grouped by precedence.
# Why it matters to us: exported PO files carry exactly these headers, and a game in Rust that loads the translation with this
#   crate shows a wrong plural for most numbers. An export that is "valid for msgfmt" is no proof that a Rust game shows it right.
# System independence: only arithmetic on a header; nothing depends on the operating system.
#
# Seen:
#   German     wrong for   0 of 201 numbers; 0 1 2 5 11 21 22: right 1 0 1 1 1 1 1, crate 1 0 1 1 1 1 1
#   French     wrong for   0 of 201 numbers; 0 1 2 5 11 21 22: right 0 0 1 1 1 1 1, crate 0 0 1 1 1 1 1
#   Japanese   wrong for   0 of 201 numbers; 0 1 2 5 11 21 22: right 0 0 0 0 0 0 0, crate 0 0 0 0 0 0 0
#   Russian    wrong for 183 of 201 numbers; 0 1 2 5 11 21 22: right 2 0 1 2 2 0 1, crate 0 0 0 0 0 0 0
#   Russian () wrong for   0 of 201 numbers; 0 1 2 5 11 21 22: right 2 0 1 2 2 0 1, crate 2 0 1 2 2 0 1
#   Polish     wrong for 146 of 201 numbers; 0 1 2 5 11 21 22: right 2 0 1 2 2 2 1, crate 0 0 1 0 0 0 1
#   Latvian    wrong for 181 of 201 numbers; 0 1 2 5 11 21 22: right 2 0 1 1 1 0 1, crate 0 0 0 0 1 0 0
#   Lithuanian wrong for 183 of 201 numbers; 0 1 2 5 11 21 22: right 2 0 1 1 2 0 1, crate 0 0 0 0 0 0 0
#   Arabic     wrong for 199 of 201 numbers; 0 1 2 5 11 21 22: right 0 1 2 3 4 4 4, crate 0 1 1 1 1 1 1
#   Slovenian  wrong for 199 of 201 numbers; 0 1 2 5 11 21 22: right 3 0 1 3 3 3 3, crate 1 1 1 1 1 1 1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-gettext-plural"
version = "0.0.0"
edition = "2021"
[workspace]
[dependencies]
gettext = "=0.4.0"
EOF
cat > src/main.rs <<'EOF'
fn main() {
    for file in std::env::args().skip(1) {
        let catalog = match gettext::Catalog::parse(std::fs::File::open(&file).unwrap()) {
            Ok(catalog) => catalog,
            Err(error) => { println!("{error}"); continue }
        };
        let forms: Vec<&str> = (0..=200).map(|n| catalog.ngettext("wolf", "wolves", n)).collect();
        println!("{}", forms.join(" "));
    }
}
EOF
cat > probe.py <<'EOF'
import gettext, os, subprocess, sys
RULES = [
    ("German", 2, "(n != 1)"),
    ("French", 2, "(n > 1)"),
    ("Japanese", 1, "0"),
    ("Russian", 3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
    ("Russian ()", 3, "((((n%10)==1) && ((n%100)!=11)) ? 0 : (((((n%10)>=2) && ((n%10)<=4)) && (((n%100)<10) || ((n%100)>=20))) ? 1 : 2))"),
    ("Polish", 3, "(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2)"),
    ("Latvian", 3, "(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2)"),
    ("Lithuanian", 3, "(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2)"),
    ("Arabic", 6, "(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5)"),
    ("Slovenian", 4, "(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3)"),
]
files = []
for name, forms, rule in RULES:
    text = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n' \
        f'"Plural-Forms: nplurals={forms}; plural={rule};\\n"\n\nmsgid "wolf"\nmsgid_plural "wolves"\n' \
        + "".join(f'msgstr[{i}] "{i}"\n' for i in range(forms))
    open(name + ".po", "w").write(text)
    subprocess.run(["msgfmt", "-o", name + ".mo", name + ".po"], check=True)
    files.append(name + ".mo")
rust = subprocess.run([sys.argv[1], *files], capture_output=True, text=True, check=True).stdout.splitlines()
for (name, _, _), file, line in zip(RULES, files, rust):
    catalog = gettext.GNUTranslations(open(file, "rb"))
    want = [catalog.ngettext("wolf", "wolves", n) for n in range(201)]
    got = line.split()
    wrong = sum(a != b for a, b in zip(want, got))
    print(f"{name:10} wrong for {wrong:3} of 201 numbers; 0 1 2 5 11 21 22: "
          f"right {' '.join(want[n] for n in (0, 1, 2, 5, 11, 21, 22))}, crate {' '.join(got[n] for n in (0, 1, 2, 5, 11, 21, 22))}")
EOF
command -v msgfmt > /dev/null || { echo "msgfmt (Debian package gettext) is needed" >&2; exit 1; }
cargo build -q
python3 probe.py "$CARGO_TARGET_DIR/debug/probe-gettext-plural" | tee output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
