#!/usr/bin/env bash
# Packages: crates humantime =2.4.0, duration-str =0.21.0, fundu =2.1.1, jiff =1.0.2; pytimeparse2 1.7.1, pytimeparse 1.1.8 (PyPI); ms 2.1.3, parse-duration 2.1.9 (npm).
# A good guess: libraries that read "30m" differ in which units they know, and refuse the others; a text that two of them accept is the same time in both.
# What happens: nearly every text at the edge is accepted by several with another meaning, and none of them says a word. `1M` is a month for humantime (30.44 days), a minute for all
#   others that read it; `P1M`, a month in ISO 8601 and for jiff, is a minute for parse-duration. `1h30` is an hour and a half for parse-duration, an hour and 30
#   *seconds* for duration-str. `1:30` is 90 seconds, or 1.03 milliseconds. `90` is seconds or milliseconds. `1,5h` is one and a half hours for
#   jiff, fifteen for parse-duration. `1y` has 365 or 365.25 days.
# Why it matters to us: cool-downs and windows of time in content are such texts, read by an engine in Rust, a server in Python and an editor in JavaScript. A number with the
#   unit in the property's name (`cooldown_seconds`), or a pattern that leaves only `h`, `m` and `s` with all units written, means one thing.
# Any operating system with Rust, Python and Node.
# Seen:
#   30m   1800 s: humantime, duration-str, fundu, jiff, pytimeparse, pytimeparse2, ms, parse-duration
#   1M    60 s: duration-str, pytimeparse, pytimeparse2, ms, parse-duration; 2630016 s: humantime
#   P1M   60 s: parse-duration; 2678400 s: jiff
#   1h30  3630 s: duration-str; 5400 s: parse-duration
#   1:30  0.00103 s: parse-duration; 90 s: pytimeparse, pytimeparse2
#   90    0.09 s: ms, parse-duration; 90 s: duration-str, fundu, pytimeparse2
#   1,5h  5400 s: jiff; 54000 s: parse-duration
#   1y    31536000 s: duration-str, jiff, pytimeparse2; 31557600 s: humantime, ms, parse-duration
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-a-cooldown-of-1m-is-a-minute-or-a-month"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
humantime = "=2.4.0"
duration-str = "=0.21.0"
fundu = "=2.1.1"
jiff = "=1.0.2"
EOF
cat > src/main.rs <<'EOF'
fn main() {
    for text in std::env::args().skip(1) {
        let seconds = |name: &str, seconds: Option<f64>| if let Some(seconds) = seconds { println!("{text:5} {seconds} {name}") };
        seconds("humantime", humantime::parse_duration(&text).ok().map(|time| time.as_secs_f64()));
        seconds("duration-str", duration_str::parse(&text).ok().map(|time| time.as_secs_f64()));
        seconds("fundu", fundu::parse_duration(&text).ok().map(|time| time.as_secs_f64()));
        let start = jiff::civil::date(2026, 1, 1);
        seconds("jiff", text.parse::<jiff::Span>().ok().map(|span| span.total((jiff::Unit::Second, start)).unwrap()));
    }
}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check pytimeparse2==1.7.1 pytimeparse==1.1.8
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts ms@2.1.3 parse-duration@2.1.9
cat > probe.py <<'EOF'
import sys, pytimeparse, pytimeparse2
for text in sys.argv[1:]:
    for name, library in (("pytimeparse", pytimeparse), ("pytimeparse2", pytimeparse2)):
        seconds = library.parse(text)
        if seconds is not None:
            print(f"{text:5} {seconds} {name}")
EOF
cat > probe.mjs <<'EOF'
import ms from "ms";
import parse from "parse-duration";
for (const text of process.argv.slice(2))
  for (const [name, read] of [["ms", ms], ["parse-duration", parse]]) {
    const time = read(text);
    if (time !== undefined && time !== null) console.log(`${text.padEnd(5)} ${time / 1000} ${name}`);
  }
EOF
texts=(30m 1M P1M 1h30 1:30 90 1,5h 1y)
{
  cargo run -q -- "${texts[@]}"
  v/bin/python probe.py "${texts[@]}"
  node probe.mjs "${texts[@]}"
} > answers
cat > table.py <<'EOF'
import sys
for text in sys.argv[1:]:
    groups = {}
    for line in open("answers"):
        read, seconds, name = line.split()
        if read == text:
            groups.setdefault(float(seconds), []).append(name)
    print(f"{text:5}", "; ".join(f"{seconds:.10g} s: {', '.join(names)}" for seconds, names in sorted(groups.items())))
EOF
python3 table.py "${texts[@]}" > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
