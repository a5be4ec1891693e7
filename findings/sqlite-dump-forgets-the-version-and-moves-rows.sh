#!/usr/bin/env bash
# Packages: apsw 3.54.1.0 (PyPI, with its own SQLite and shell), Python's sqlite3.
# A good guess: `.dump` writes the whole database as text, so what is read back is the same: a backup, a save under version control, a way to repair.
# What happens: `user_version` is not in the dump that Python's `iterdump` makes (nor, tried by hand, in that of the shell of SQLite 3.40.1, with `application_id`), so it is 0. Migrations
#   count with it: they start from the beginning on a database that is up to date. apsw's shell writes both. In all three, tables without an integer primary key get new row ids from 1, so a
#   full-text index with external content, which is copied as it is, finds the quest "ring" for "wolf". `VACUUM INTO` and the backup interface keep both.
# Why it matters to us: stores of saves that go through a text dump migrate again and point elsewhere. The store of ours has its version in a table, rows with ids as primary key, and
#   copies with the backup interface; a test reads a dump back.
# Any operating system with Python 3.10.
# Seen:
#   original           version 7, application 1234, rows 2 wolf, 3 ring; search for wolf: wolf
#   dump of the shell  version 7, application 1234, rows 1 wolf, 2 ring; search for wolf: ring
#   VACUUM INTO        version 7, application 1234, rows 2 wolf, 3 ring; search for wolf: wolf
#   backup             version 7, application 1234, rows 2 wolf, 3 ring; search for wolf: wolf
#   iterdump           version 0, row of wolf 2 to 1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check apsw==3.54.1.0
cat > probe.py <<'EOF'
import apsw, apsw.shell, io, sqlite3
SCHEMA = """
PRAGMA user_version = 7;
PRAGMA application_id = 1234;
CREATE TABLE quest (id TEXT PRIMARY KEY, title TEXT);
CREATE VIRTUAL TABLE search USING fts5 (title, content = 'quest');
INSERT INTO quest VALUES ('old', 'A pelt'), ('wolf', 'The wolf'), ('ring', 'The ring');
INSERT INTO search (rowid, title) SELECT rowid, title FROM quest WHERE id <> 'old';
DELETE FROM quest WHERE id = 'old';
"""
def row(name, execute):
    version, application = (next(iter(execute(f"PRAGMA {pragma}")))[0] for pragma in ("user_version", "application_id"))
    rows = ", ".join(f"{number} {quest}" for number, quest in execute("SELECT rowid, id FROM quest ORDER BY rowid"))
    found = ", ".join(quest for quest, in execute("SELECT quest.id FROM search('wolf') AS hit JOIN quest ON quest.rowid = hit.rowid"))
    print(f"{name:18} version {version}, application {application}, rows {rows}; search for wolf: {found or 'nothing'}")
database = apsw.Connection("game.db")
database.execute(SCHEMA)
row("original", database.execute)
text = io.StringIO()
apsw.shell.Shell(db=database, stdout=text).process_command(".dump")
copy = apsw.Connection(":memory:")
copy.execute(text.getvalue())
row("dump of the shell", copy.execute)
database.execute("VACUUM INTO 'copy.db'")
row("VACUUM INTO", apsw.Connection("copy.db").execute)
copy = apsw.Connection(":memory:")
with copy.backup("main", database, "main") as backup:
    backup.step()
row("backup", copy.execute)
plain = sqlite3.connect(":memory:")
plain.executescript("PRAGMA user_version = 7; CREATE TABLE quest (id TEXT PRIMARY KEY); INSERT INTO quest VALUES ('old'), ('wolf'); DELETE FROM quest WHERE id = 'old';")
copy = sqlite3.connect(":memory:")
copy.executescript("\n".join(plain.iterdump()))
print(f"iterdump           version {copy.execute('PRAGMA user_version').fetchone()[0]}, row of wolf {plain.execute('SELECT rowid FROM quest').fetchone()[0]} to {copy.execute('SELECT rowid FROM quest').fetchone()[0]}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
