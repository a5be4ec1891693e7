#!/usr/bin/env bash
# Packages: tantivy 0.27.0, Whoosh 2.7.4, apsw 3.54.1.0 for FTS5 of SQLite (PyPI).
# A good guess: in a query language with AND, OR and NOT, `wolf AND NOT hunts` is what contains "wolf" and not "hunts".
# What happens: tantivy reads it as "wolf, and a group of exclusions only", and such a group contains nothing, so the answer is empty. `NOT hunts AND wolf` is empty, too, and `wolf OR NOT hunts` is just
#   "wolf", with "hunts". Without AND (`wolf NOT hunts`), or with a minus (`wolf AND -hunts`), it is right. A query of exclusions alone is an error at the top, but not inside. `wol*` is
#   the word "wol". Whoosh finds what one expects; FTS5 calls AND NOT an error and reads NOT alone.
# Why it matters to us: a search in a quest browser, or a check "quests of the chapter that do not mention the guild", says that there are none. Filters are built from parts, not from text, and
#   tests have a query whose answer is known.
# Any operating system with Python 3.10.
# Seen:
#   wolf AND NOT hunts  tantivy: nothing; Whoosh: pelt; FTS5: refused
#   NOT hunts AND wolf  tantivy: nothing; Whoosh: pelt; FTS5: refused
#   wolf NOT hunts      tantivy: pelt; Whoosh: pelt; FTS5: pelt
#   wolf AND -hunts     tantivy: pelt; Whoosh: claw; FTS5: refused
#   wolf OR NOT hunts   tantivy: claw pelt; Whoosh: claw pelt; FTS5: refused
#   NOT hunts           tantivy: refused; Whoosh: pelt; FTS5: refused
#   wol*                tantivy: nothing; Whoosh: claw pelt; FTS5: claw pelt
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check tantivy==0.27.0 Whoosh==2.7.4 apsw==3.54.1.0
cat > probe.py <<'EOF'
import apsw, tantivy, warnings
warnings.simplefilter("ignore")
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.qparser import QueryParser
QUESTS = [("pelt", "The wolf of the north"), ("claw", "A wolf hunts"), ("bear", "The bear hunts")]
builder = tantivy.SchemaBuilder()
builder.add_text_field("id", stored=True)
builder.add_text_field("text", stored=True)
index = tantivy.Index(builder.build())
writer = index.writer()
ram = RamStorage().create_index(Schema(id=ID(stored=True), text=TEXT))
ram_writer = ram.writer()
database = apsw.Connection(":memory:")
database.execute("CREATE VIRTUAL TABLE quest USING fts5 (id UNINDEXED, text)")
for quest, text in QUESTS:
    writer.add_document(tantivy.Document(id=quest, text=text))
    ram_writer.add_document(id=quest, text=text)
    database.execute("INSERT INTO quest VALUES (?, ?)", (quest, text))
writer.commit()
ram_writer.commit()
index.reload()
def with_tantivy(query):
    searcher = index.searcher()
    return [searcher.doc(address)["id"][0] for _, address in searcher.search(index.parse_query(query, ["text"])).hits]
def with_whoosh(query):
    with ram.searcher() as searcher:
        return [hit["id"] for hit in searcher.search(QueryParser("text", ram.schema).parse(query))]
def with_fts5(query):
    return [quest for quest, in database.execute("SELECT id FROM quest WHERE quest MATCH ?", (query,))]
def attempt(search, query):
    try:
        return " ".join(sorted(search(query))) or "nothing"
    except Exception:
        return "refused"
for query in ("wolf AND NOT hunts", "NOT hunts AND wolf", "wolf NOT hunts", "wolf AND -hunts", "wolf OR NOT hunts", "NOT hunts", "wol*"):
    print(f"{query:19} tantivy: {attempt(with_tantivy, query)}; Whoosh: {attempt(with_whoosh, query)}; FTS5: {attempt(with_fts5, query)}")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
