#!/usr/bin/env bash
# Packages: croniter 7.0.0, cronsim 2.8, crontab 1.0.5, APScheduler 3.11.3 (PyPI); cron-parser 5.10.6, croner 11.0.1, cronstrue 3.39.0 (npm).
# A good guess: `0 0 */2 * 1` is one of "every second day or Monday" and "every second day that is a Monday", and libraries that read the five fields of
#   crontab agree on it; at least `13 * 5` (the 13th or a Friday) is settled by POSIX.
# What happens: six libraries give three schedules for the first. Vixie cron counts a field that *begins* with a star as unrestricted, so both must match: so cronsim and crontab;
#   croniter, cron-parser and croner say "or"; APScheduler says "and", but its weekday 1 is Tuesday, in `from_crontab` too. For the second,
#   crontab and APScheduler say "and". cronstrue calls both "and".
# Why it matters to us: "the merchant comes every second day, on Mondays" written as a cron text means twice a month or seventeen times, depending on engine and backend. Windows of
#   time are written with names for each part, and not as cron texts.
# Any operating system with Python 3.10 and Node; fixed dates in UTC.
# Seen:
#   0 0 */2 * 1  croniter     Sat 03 Jan, Mon 05 Jan, Wed 07 Jan, Fri 09 Jan
#   0 0 */2 * 1  cronsim      Mon 05 Jan, Mon 19 Jan, Mon 09 Feb, Mon 23 Feb
#   0 0 */2 * 1  crontab      Mon 05 Jan, Mon 19 Jan, Mon 09 Feb, Mon 23 Feb
#   0 0 */2 * 1  APScheduler  Tue 13 Jan, Tue 27 Jan, Tue 03 Feb, Tue 17 Feb
#   0 0 13 * 5   croniter     Fri 02 Jan, Fri 09 Jan, Tue 13 Jan, Fri 16 Jan
#   0 0 13 * 5   cronsim      Fri 02 Jan, Fri 09 Jan, Tue 13 Jan, Fri 16 Jan
#   0 0 13 * 5   crontab      Fri 13 Feb, Fri 13 Mar, Fri 13 Nov, Fri 13 Aug
#   0 0 13 * 5   APScheduler  Sat 13 Jun, Sat 13 Feb, Sat 13 Mar, Sat 13 Nov
#   0 0 */2 * 1  cron-parser  Sat 03 Jan, Mon 05 Jan, Wed 07 Jan, Fri 09 Jan
#   0 0 */2 * 1  croner       Sat 03 Jan, Mon 05 Jan, Wed 07 Jan, Fri 09 Jan
#   0 0 */2 * 1  cronstrue    "At 12:00 AM, every 2 days in a month, and on Monday"
#   0 0 13 * 5   cron-parser  Fri 02 Jan, Fri 09 Jan, Tue 13 Jan, Fri 16 Jan
#   0 0 13 * 5   croner       Fri 02 Jan, Fri 09 Jan, Tue 13 Jan, Fri 16 Jan
#   0 0 13 * 5   cronstrue    "At 12:00 AM, on day 13 of the month, and on Friday"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check croniter==7.0.0 cronsim==2.8 crontab==1.0.5 APScheduler==3.11.3
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts cron-parser@5.10.6 croner@11.0.1 cronstrue@3.39.0
cat > probe.py <<'EOF'
import datetime
from apscheduler.triggers.cron import CronTrigger
from croniter import croniter
from cronsim import CronSim
from crontab import CronTab
UTC = datetime.timezone.utc
START = datetime.datetime(2026, 1, 1, tzinfo=UTC)
def with_croniter(text):
    dates = croniter(text, START)
    return lambda _: dates.get_next(datetime.datetime)
def with_cronsim(text):
    dates = CronSim(text, START)
    return lambda _: next(dates)
def with_crontab(text):
    return lambda last: CronTab(text).next(now=last, default_utc=True, return_datetime=True)
def with_apscheduler(text):
    return lambda last: CronTrigger.from_crontab(text, timezone=UTC).get_next_fire_time(last, last + datetime.timedelta(seconds=1))
for text in ("0 0 */2 * 1", "0 0 13 * 5"):
    for name, library in (("croniter", with_croniter), ("cronsim", with_cronsim), ("crontab", with_crontab), ("APScheduler", with_apscheduler)):
        upcoming, dates = library(text), [START]
        for _ in range(4):
            dates.append(upcoming(dates[-1]))
        print(f"{text:12} {name:12} {', '.join(date.strftime('%a %d %b') for date in dates[1:])}")
EOF
cat > probe.mjs <<'EOF'
import { Cron } from "croner";
import { CronExpressionParser } from "cron-parser";
import cronstrue from "cronstrue";
const start = new Date("2026-01-01T00:00:00Z");
const show = (dates) => dates.map((date) => { const [day, number, month] = date.toUTCString().replace(",", "").split(" "); return `${day} ${number} ${month}`; }).join(", ");
for (const text of ["0 0 */2 * 1", "0 0 13 * 5"]) {
  const parsed = CronExpressionParser.parse(text, { currentDate: start, tz: "UTC" });
  console.log(`${text.padEnd(12)} cron-parser  ${show([1, 2, 3, 4].map(() => parsed.next().toDate()))}`);
  console.log(`${text.padEnd(12)} croner       ${show(new Cron(text, { timezone: "UTC" }).nextRuns(4, start))}`);
  console.log(`${text.padEnd(12)} cronstrue    "${cronstrue.toString(text)}"`);
}
EOF
{
  v/bin/python probe.py
  node probe.mjs
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
