#!/usr/bin/env bash
# Packages: crates fluent-bundle =0.16.0 (newest; brings intl_pluralrules 7.0.2), unic-langid =0.9.6; npm @fluent/bundle 0.19.1 (on the
#   Intl of Node 18.13 or newer); PyPI Babel 2.17.0, as a second opinion about the rules of CLDR.
#
# A good guess: one Fluent message with one whole number picks the same variant in every Fluent runtime. The plural categories are fixed
#   by CLDR, libraries generate them from its data, and if anything differs, then in fractions or by the age of the data.
# What really happens: where a rule of CLDR asks for a range of a remainder of the number (`n % 100 = 3..10`), intl_pluralrules, which the
#   Rust runtime uses, forgets the remainder and compares the whole number (`(3..=10).contains(&po.i)`). So small numbers are right
#   and larger ones are not: Lithuanian is right for 2 and wrong for 22, Belarusian is wrong from 15 on, Arabic for 103 and 111,
#   Romanian for 101, Latvian for 111, likewise Maltese and Breton. Russian, Polish and Czech are right: the ranges in their rules are of
#   remainders of `i`, the whole part, and those are kept. Besides, the data are those of CLDR 37: French, Spanish, Italian,
#   Portuguese and Catalan lack `many` for millions, Hebrew still has `many`, Maltese has no `two`.
# Why it matters to us: "plurals behind a well-kept library" means this crate for whoever loads Fluent in Rust, and a test with 0, 1, 2 and 5 does
#   not notice. Texts that are complete and right in every translator's tool show wrong forms in the game. Plural rules have to come from
#   one table that is compared with CLDR's own samples up to some thousand for every language we export, for check, export and game alike.
# System independence: pure data; the JavaScript side needs a Node with full ICU, which all official builds have.
#
# Seen:
#   en 1: Rust one, JavaScript one, CLDR (Babel) one
#   en 2: Rust other, JavaScript other, CLDR (Babel) other
#   en 21: Rust other, JavaScript other, CLDR (Babel) other
#   ru 1: Rust one, JavaScript one, CLDR (Babel) one
#   ru 2: Rust few, JavaScript few, CLDR (Babel) few
#   ru 5: Rust many, JavaScript many, CLDR (Babel) many
#   ru 22: Rust few, JavaScript few, CLDR (Babel) few
#   ru 25: Rust many, JavaScript many, CLDR (Babel) many
#   pl 1: Rust one, JavaScript one, CLDR (Babel) one
#   pl 2: Rust few, JavaScript few, CLDR (Babel) few
#   pl 5: Rust many, JavaScript many, CLDR (Babel) many
#   pl 22: Rust few, JavaScript few, CLDR (Babel) few
#   pl 25: Rust many, JavaScript many, CLDR (Babel) many
#   cs 1: Rust one, JavaScript one, CLDR (Babel) one
#   cs 2: Rust few, JavaScript few, CLDR (Babel) few
#   cs 5: Rust other, JavaScript other, CLDR (Babel) other
#   lt 1: Rust one, JavaScript one, CLDR (Babel) one
#   lt 2: Rust few, JavaScript few, CLDR (Babel) few
#   lt 10: Rust other, JavaScript other, CLDR (Babel) other
#   lt 22: Rust other, JavaScript few, CLDR (Babel) few   <- differs
#   lt 25: Rust other, JavaScript few, CLDR (Babel) few   <- differs
#   lt 29: Rust other, JavaScript few, CLDR (Babel) few   <- differs
#   be 1: Rust one, JavaScript one, CLDR (Babel) one
#   be 2: Rust few, JavaScript few, CLDR (Babel) few
#   be 5: Rust many, JavaScript many, CLDR (Babel) many
#   be 15: Rust other, JavaScript many, CLDR (Babel) many   <- differs
#   be 25: Rust other, JavaScript many, CLDR (Babel) many   <- differs
#   ar 3: Rust few, JavaScript few, CLDR (Babel) few
#   ar 11: Rust many, JavaScript many, CLDR (Babel) many
#   ar 103: Rust other, JavaScript few, CLDR (Babel) few   <- differs
#   ar 111: Rust other, JavaScript many, CLDR (Babel) many   <- differs
#   ro 2: Rust few, JavaScript few, CLDR (Babel) few
#   ro 101: Rust other, JavaScript few, CLDR (Babel) few   <- differs
#   ro 119: Rust other, JavaScript few, CLDR (Babel) few   <- differs
#   lv 11: Rust zero, JavaScript zero, CLDR (Babel) zero
#   lv 21: Rust one, JavaScript one, CLDR (Babel) one
#   lv 111: Rust other, JavaScript zero, CLDR (Babel) zero   <- differs
#   mt 2: Rust few, JavaScript two, CLDR (Babel) two   <- differs
#   mt 3: Rust few, JavaScript few, CLDR (Babel) few
#   mt 103: Rust other, JavaScript few, CLDR (Babel) few   <- differs
#   br 3: Rust few, JavaScript few, CLDR (Babel) few
#   br 23: Rust other, JavaScript few, CLDR (Babel) few   <- differs
#   fr 2: Rust other, JavaScript other, CLDR (Babel) other
#   fr 1000000: Rust other, JavaScript many, CLDR (Babel) many   <- differs
#   es 1000000: Rust other, JavaScript many, CLDR (Babel) many   <- differs
#   it 1000000: Rust other, JavaScript many, CLDR (Babel) many   <- differs
#   he 2: Rust two, JavaScript two, CLDR (Babel) two
#   he 20: Rust many, JavaScript other, CLDR (Babel) other   <- differs
#   lv 1.5: Rust one, JavaScript other, CLDR (Babel) other   <- differs
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-fluent-rs-plurals"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
fluent-bundle = "=0.16.0"
intl_pluralrules = "=7.0.2"
unic-langid = "=0.9.6"
EOF
cat > src/main.rs <<'EOF'
use fluent_bundle::{FluentArgs, FluentBundle, FluentResource};

fn main() {
    let text = std::fs::read_to_string("message.ftl").unwrap();
    for line in std::fs::read_to_string("cases.txt").unwrap().lines() {
        let (language, numbers) = line.split_once(' ').unwrap();
        let mut bundle = FluentBundle::new(vec![language.parse().unwrap()]);
        bundle.add_resource(FluentResource::try_new(text.clone()).unwrap()).unwrap();
        let message = bundle.get_message("gold").unwrap().value().unwrap();
        for number in numbers.split(' ') {
            let mut args = FluentArgs::new();
            args.set("n", number.parse::<f64>().unwrap());
            println!("{language} {number} {}", bundle.format_pattern(message, Some(&args), &mut vec![]));
        }
    }
}
EOF
cat > message.ftl <<'EOF'
gold = { $n ->
    [zero] zero
    [one] one
    [two] two
    [few] few
    [many] many
   *[other] other
}
EOF
cat > cases.txt <<'EOF'
en 1 2 21
ru 1 2 5 22 25
pl 1 2 5 22 25
cs 1 2 5
lt 1 2 10 22 25 29
be 1 2 5 15 25
ar 3 11 103 111
ro 2 101 119
lv 11 21 111
mt 2 3 103
br 3 23
fr 2 1000000
es 1000000
it 1000000
he 2 20
lv 1.5
EOF
cat > run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
for (const line of readFileSync('cases.txt', 'utf8').trim().split('\n')) {
  const [language, ...numbers] = line.split(' ');
  const bundle = new FluentBundle(language);
  bundle.addResource(new FluentResource(readFileSync('message.ftl', 'utf8')));
  for (const n of numbers) console.log(language, n, bundle.formatPattern(bundle.getMessage('gold').value, { n: Number(n) }));
}
EOF
cat > run.py <<'EOF'
import decimal, babel
for line in open("cases.txt"):
    language, *numbers = line.split()
    for n in numbers:
        print(language, n, babel.Locale.parse(language).plural_form(decimal.Decimal(n)))
EOF
npm install --silent --no-audit --no-fund @fluent/bundle@0.19.1 > npm.log 2>&1 || { cat npm.log >&2; exit 1; }
python3 -m pip install -q --disable-pip-version-check --root-user-action ignore --target python Babel==2.17.0
cargo run -q > rust.txt
node run.mjs > node.txt
PYTHONPATH=python python3 run.py > babel.txt
paste -d ' ' rust.txt node.txt babel.txt | awk '{ print $1, $2 ": Rust", $3 ", JavaScript", $6 ", CLDR (Babel)", $9 ($3 == $6 ? "" : "   <- differs") }' > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
