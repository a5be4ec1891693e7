#!/usr/bin/env bash
# Packages: crate rrule =0.14.0 with chrono-tz =0.10.4; python-dateutil 2.9.0.post0 (PyPI), rrule 2.8.1 and croner 11.0.1 (npm).
#
# A good guess: an hourly rule counts elapsed hours, so a change of clocks adds or removes nothing; at worst an hour is named differently.
# What really happens: the rule libraries count hours on the clock. In spring the crate and the npm package give the same moment twice, and dateutil
#   as well (as 01:00+01:00 and a 02:00+02:00 that never was): of `COUNT=5`, four happen. In autumn crate and dateutil leave out the second of
#   the two hours at 02:00, so two occurrences are two hours apart; the npm package starts an hour late. Of those tried only the cron library croner goes by elapsed time.
# Why it matters to us: "every hour" for a spawn, a cool-down or a shop's stock fires twice at one moment, so "is the last run before the next one" no
#   longer holds. What recurs by hours or less belongs to elapsed time in UTC, what recurs by days to a calendar.
# System independence: dates are fixed, the zone of the process is set, and zone data come with the packages (Node has its own).
#
# Numbers below: hours in UTC after the first.
#
# Seen:
#   crate rrule       spring 0 1 2 2 3, autumn 0 1 3 4 5
#   python-dateutil   spring 0 1 1 2 3, autumn 0 1 3 4 5
#   npm rrule         spring 0 0 1 2 3, autumn 0 1 2 3 4 (starts an hour late)
#   npm croner        spring 0 1 2 3 4, autumn 0 1 2 3 4
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-hourly-rules-name-one-moment-twice"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
rrule = "=0.14.0"
chrono-tz = "=0.10.4"
EOF
cat > src/main.rs <<'EOF'
use std::str::FromStr;

fn main() {
    let row = |start: &str| {
        let rule = rrule::RRuleSet::from_str(&format!("DTSTART;TZID=Europe/Berlin:{start}\nRRULE:FREQ=HOURLY;COUNT=5")).unwrap();
        let dates = rule.all(5).dates;
        let hours: Vec<String> = dates.iter().map(|date| (*date - dates[0]).num_hours().to_string()).collect();
        hours.join(" ")
    };
    println!("{:17} spring {}, autumn {}", "crate rrule", row("20260329T000000"), row("20261025T010000"));
}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts rrule@2.8.1 croner@11.0.1
cat > probe.py <<'EOF'
import datetime
from dateutil import rrule, tz
def row(*start):
    dates = list(rrule.rrule(rrule.HOURLY, count=5, dtstart=datetime.datetime(*start, tzinfo=tz.gettz("Europe/Berlin"))))
    moments = [date.astimezone(tz.UTC) for date in dates]
    return " ".join(str(int((moment - moments[0]).total_seconds() // 3600)) for moment in moments)
print(f"{'python-dateutil':17} spring {row(2026, 3, 29, 0)}, autumn {row(2026, 10, 25, 1)}")
EOF
cat > probe.mjs <<'EOF'
import rrule from "rrule";
import { Cron } from "croner";
const starts = { spring: ["20260329T000000", "2026-03-28T23:00:00Z"], autumn: ["20261025T010000", "2026-10-24T23:00:00Z"] };
const hours = (dates) => dates.map((date) => (date - dates[0]) / 3600000).join(" ");
const rules = ([clock]) => rrule.rrulestr(`DTSTART;TZID=Europe/Berlin:${clock}\nRRULE:FREQ=HOURLY;COUNT=5`).all();
const cron = ([, moment]) => new Cron("0 * * * *", { timezone: "Europe/Berlin" }).nextRuns(5, new Date(new Date(moment) - 1000));
const late = rules(starts.autumn)[0] > new Date(starts.autumn[1]) ? " (starts an hour late)" : "";
console.log(`npm rrule         spring ${hours(rules(starts.spring))}, autumn ${hours(rules(starts.autumn))}${late}`);
console.log(`npm croner        spring ${hours(cron(starts.spring))}, autumn ${hours(cron(starts.autumn))}`);
EOF
export TZ=UTC
{
  cargo run -q
  v/bin/python probe.py
  node probe.mjs
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
