#!/usr/bin/env bash
# Packages: crates cron =0.15.0, croner =3.0.1, rrule =0.14.0 with chrono-tz =0.10.4, jiff =0.2.46; python-dateutil 2.9.0.post0,
#   recurring-ical-events 3.8.2 (PyPI).
#
# A good guess: a daily event at 02:30 in Berlin, on the spring day that has no 02:30, takes place at 03:30 everywhere: RFC 5545 says so, and it is
#   what adding a day gives. Cron may skip the day.
# What really happens: four answers, and both crates for cron differ. `cron` skips the day, `croner` moves it to 03:00, the rule crates and
#   jiff to 03:30, dateutil to 01:30: an hour early, under the name "02:30+02:00", a time that never was (below, times are in
#   UTC). Besides, `cron` counts Sunday as 1, so `1-5` is Sunday to Thursday, and needs day of the month AND of the week, where
#   croner and crontab count Monday as 1 and need one OR the other.
# Why it matters to us: daily quests and seasons are declared in content and played by the game and by a server in another language. A daily quest
#   must not be lost on one day a year. Windows of time should be stated in UTC, or with a stated rule for the gap.
# System independence: time zone data come with the packages; dates are fixed.
#
# Seen:
#   crate cron               02:30 daily: 28 01:30, 30 00:30, 31 00:30
#   crate croner             02:30 daily: 28 01:30, 29 01:00, 30 00:30
#   crate rrule              02:30 daily: 28 01:30, 29 01:30, 30 00:30
#   crate jiff, series       02:30 daily: 28 01:30, 29 01:30, 30 00:30
#   crate cron               1-5 in the week of the 29th: Sun Mon Tue Wed Thu
#   crate croner             1-5 in the week of the 29th: Mon Tue Wed Thu Fri
#   crate cron               13th and Friday, next two: Fri 2026-11-13, Fri 2027-08-13
#   crate croner             13th and Friday, next two: Fri 2026-04-03, Fri 2026-04-10
#   python-dateutil          02:30 daily: 28 01:30, 29 00:30, 30 00:30
#   recurring-ical-events    02:30 daily: 28 01:30, 29 01:30, 30 00:30
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-daily-at-half-past-two-on-the-day-without-it"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
cron = "=0.15.0"
croner = "=3.0.1"
rrule = "=0.14.0"
chrono = "=0.4.45"
chrono-tz = "=0.10.4"
jiff = { version = "=0.2.46", features = ["tzdb-bundle-always"] }
EOF
cat > src/main.rs <<'EOF'
use chrono::{DateTime, Datelike, TimeZone, Utc};
use chrono_tz::Europe::Berlin;
use std::str::FromStr;

fn row<T: TimeZone>(name: &str, times: impl Iterator<Item = DateTime<T>>) {
    let times: Vec<String> = times.take(3).map(|time| time.with_timezone(&Utc).format("%d %H:%M").to_string()).collect();
    println!("{name:24} 02:30 daily: {}", times.join(", "));
}

fn main() {
    let start = Berlin.with_ymd_and_hms(2026, 3, 27, 12, 0, 0).unwrap();
    row("crate cron", cron::Schedule::from_str("0 30 2 * * * *").unwrap().after(&start));
    row("crate croner", croner::Cron::from_str("30 2 * * *").unwrap().iter_after(start));
    let rule = rrule::RRuleSet::from_str("DTSTART;TZID=Europe/Berlin:20260328T023000\nRRULE:FREQ=DAILY;COUNT=3").unwrap();
    row("crate rrule", rule.all(3).dates.into_iter());
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    let times: Vec<String> = jiff::civil::date(2026, 3, 28)
        .at(2, 30, 0, 0)
        .series(jiff::Span::new().days(1))
        .take(3)
        .map(|time| time.to_zoned(zone.clone()).unwrap().with_time_zone(jiff::tz::TimeZone::UTC).strftime("%d %H:%M").to_string())
        .collect();
    println!("{:24} 02:30 daily: {}", "crate jiff, series", times.join(", "));
    let sunday = Berlin.with_ymd_and_hms(2026, 3, 29, 0, 0, 0).unwrap();
    let week = |name: &str, times: &mut dyn Iterator<Item = DateTime<chrono_tz::Tz>>| {
        let days: Vec<String> = times.take(5).map(|time| time.weekday().to_string()).collect();
        println!("{name:24} 1-5 in the week of the 29th: {}", days.join(" "));
    };
    week("crate cron", &mut cron::Schedule::from_str("0 0 9 * * 1-5 *").unwrap().after(&sunday));
    week("crate croner", &mut croner::Cron::from_str("0 9 * * 1-5").unwrap().iter_after(sunday));
    let both = |name: &str, times: &mut dyn Iterator<Item = DateTime<chrono_tz::Tz>>| {
        let days: Vec<String> = times.take(2).map(|time| time.format("%a %Y-%m-%d").to_string()).collect();
        println!("{name:24} 13th and Friday, next two: {}", days.join(", "));
    };
    both("crate cron", &mut cron::Schedule::from_str("0 0 9 13 * Fri *").unwrap().after(&sunday));
    both("crate croner", &mut croner::Cron::from_str("0 9 13 * Fri").unwrap().iter_after(sunday));
}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check python-dateutil==2.9.0.post0 tzdata==2026.6 icalendar==7.3.2 recurring-ical-events==3.8.2
cat > daily.py <<'EOF'
import datetime, icalendar, recurring_ical_events
from dateutil import rrule, tz
def row(name, times):
    print(f"{name:24} 02:30 daily: " + ", ".join(time.astimezone(tz.UTC).strftime("%d %H:%M") for time in times))
start = datetime.datetime(2026, 3, 28, 2, 30, tzinfo=tz.gettz("Europe/Berlin"))
row("python-dateutil", rrule.rrule(rrule.DAILY, count=3, dtstart=start))
lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", "BEGIN:VEVENT", "UID:1", "SUMMARY:daily quest",
         "DTSTART;TZID=Europe/Berlin:20260328T023000", "RRULE:FREQ=DAILY;COUNT=3", "END:VEVENT", "END:VCALENDAR", ""]
events = recurring_ical_events.of(icalendar.Calendar.from_ical("\r\n".join(lines))).between((2026, 3, 1), (2026, 5, 1))
row("recurring-ical-events", sorted(event["DTSTART"].dt for event in events))
EOF
{
  cargo run -q
  v/bin/python daily.py
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
