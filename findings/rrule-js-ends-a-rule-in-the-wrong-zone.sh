#!/usr/bin/env bash
# Packages: rrule 2.8.1 (npm), for comparison python-dateutil 2.9.0.post0 (PyPI).
# A good guess: the dates of `rrule` need care, but a whole rule in text, with `DTSTART;TZID=`, is read as RFC 5545 says: `UNTIL` and `EXDATE` with
#   a Z are moments in UTC, the last moment included, and the first occurrence is DTSTART.
# What happens: clock times are compared as if they were UTC. `UNTIL` at the moment of the last occurrence drops it in Berlin and Tokyo, and an
#   `UNTIL` one second too early does not drop it in New York; an `EXDATE` with a Z excludes nothing. On the day of the change to winter
#   time the first occurrence is an hour after DTSTART. All of it with the process running in UTC, where the library is said to be safe; in
#   another zone of the process all moments differ as well (documented).
# Why it matters to us: the end of a season or of a daily quest differs by one occurrence between a web tool and the game. Calendars in content
#   should name an end that is no occurrence, and a test should have a zone on both sides of UTC.
# Any operating system with Node and Python 3.9; the zone of the process is set.
# Seen:
#   Berlin, until the moment of the third:           rrule 2, dateutil 3
#   Tokyo, until the moment of the third:            rrule 2, dateutil 3
#   New York, until a second before the third:       rrule 3, dateutil 2
#   New York, four days, the second excluded in UTC: rrule 4, dateutil 3
#   Berlin, DTSTART 2026-10-25T01:00:00 in UTC:      rrule 2026-10-25T00:00, dateutil 2026-10-24T23:00
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts rrule@2.8.1
cat > probe.mjs <<'EOF'
import rrule from "rrule";
import { readFileSync } from "node:fs";
for (const [name, text] of JSON.parse(readFileSync("rules.json"))) {
  const dates = rrule.rrulestr(text).all();
  console.log(name.includes("DTSTART") ? dates[0].toISOString().slice(0, 16) : dates.length);
}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0
cat > rules.json <<'EOF'
[["Berlin, until the moment of the third:", "DTSTART;TZID=Europe/Berlin:20260624T090000\nRRULE:FREQ=DAILY;UNTIL=20260626T070000Z"],
 ["Tokyo, until the moment of the third:", "DTSTART;TZID=Asia/Tokyo:20260624T090000\nRRULE:FREQ=DAILY;UNTIL=20260626T000000Z"],
 ["New York, until a second before the third:", "DTSTART;TZID=America/New_York:20260624T200000\nRRULE:FREQ=DAILY;UNTIL=20260626T235959Z"],
 ["New York, four days, the second excluded in UTC:", "DTSTART;TZID=America/New_York:20260624T200000\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE:20260626T000000Z"],
 ["Berlin, DTSTART 2026-10-25T01:00:00 in UTC:", "DTSTART;TZID=Europe/Berlin:20261025T010000\nRRULE:FREQ=DAILY;COUNT=1"]]
EOF
cat > probe.py <<'EOF'
import json
from dateutil import rrule, tz
for name, text in json.load(open("rules.json")):
    dates = list(rrule.rrulestr(text))
    print(dates[0].astimezone(tz.UTC).strftime("%Y-%m-%dT%H:%M") if "DTSTART" in name else len(dates))
EOF
export TZ=UTC
paste -d '|' <(python3 -c 'import json; [print(name) for name, _ in json.load(open("rules.json"))]') <(node probe.mjs) <(v/bin/python probe.py) |
  while IFS='|' read -r name js py; do printf '%-48s rrule %s, dateutil %s\n' "$name" "$js" "$py"; done > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
