#!/usr/bin/env bash
# Packages: minisearch 7.2.0, @orama/orama 3.1.18, lunr 2.3.9 (npm), tantivy 0.27.0, Whoosh 2.7.4 (PyPI).
# A good guess: a search that tolerates one typo finds "wolf" for "wlof", the most common typo of all; "distance 1" is the same in all libraries.
# What happens: for MiniSearch, Orama and Whoosh two letters in the wrong order are two typos, so distance 1 finds nothing and distance 2 finds "loaf" and "well" besides. For lunr they are one, and
#   for tantivy as its option says. A missing, a wrong and an additional letter are one for all.
# Why it matters to us: "did you mean" and the search of a quest browser fail on what people mistype most, depending on the library. A test of such a search has a swap, and our own suggestions count it as one.
# Any operating system with Node and Python 3.10.
# Seen:
#   lunr ~1                wlof: wolf | wof: wolf | wulf: wolf | wollf: wolf
#   MiniSearch fuzzy 1     wlof: nothing | wof: wolf | wulf: wolf | wollf: wolf
#   MiniSearch fuzzy 2     wlof: loaf wolf | wof: loaf wolf | wulf: well wolf | wollf: well wolf
#   Orama tolerance 1      wlof: nothing | wof: wolf | wulf: wolf | wollf: wolf
#   Orama tolerance 2      wlof: loaf wolf | wof: loaf wolf | wulf: well wolf | wollf: well wolf
#   tantivy 1, swap one    wlof: wolf | wof: wolf | wulf: wolf | wollf: wolf
#   tantivy 1, swap two    wlof: nothing | wof: wolf | wulf: wolf | wollf: wolf
#   Whoosh maxdist 1       wlof: nothing | wof: wolf | wulf: wolf | wollf: wolf
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts minisearch@7.2.0 @orama/orama@3.1.18 lunr@2.3.9
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check tantivy==0.27.0 Whoosh==2.7.4
cat > probe.mjs <<'EOF'
import { create, insert, search } from "@orama/orama";
import lunr from "lunr";
import MiniSearch from "minisearch";
const words = ["wolf", "loaf", "golem", "well", "owl"];
const typos = ["wlof", "wof", "wulf", "wollf"];
const row = (name, find) => console.log(`${name.padEnd(22)} ${typos.map((typo) => `${typo}: ${find(typo).map((id) => words[id]).sort().join(" ") || "nothing"}`).join(" | ")}`);
const mini = new MiniSearch({ fields: ["word"] });
mini.addAll(words.map((word, id) => ({ id, word })));
const orama = create({ schema: { word: "string" } });
words.forEach((word, id) => insert(orama, { id: String(id), word }));
const reverse = lunr(function () {
  this.pipeline.reset();
  this.searchPipeline.reset();
  this.field("word");
  words.forEach((word, id) => this.add({ id, word }));
});
row("lunr ~1", (typo) => reverse.search(`${typo}~1`).map((hit) => hit.ref));
for (const distance of [1, 2]) row(`MiniSearch fuzzy ${distance}`, (typo) => mini.search(typo, { fuzzy: distance }).map((hit) => hit.id));
for (const tolerance of [1, 2]) row(`Orama tolerance ${tolerance}`, (typo) => search(orama, { term: typo, tolerance }).hits.map((hit) => hit.id));
EOF
cat > probe.py <<'EOF'
import tantivy, warnings
warnings.simplefilter("ignore")
from whoosh.fields import TEXT, Schema
from whoosh.filedb.filestore import RamStorage
from whoosh.query import FuzzyTerm
WORDS = ["wolf", "loaf", "golem", "well", "owl"]
builder = tantivy.SchemaBuilder()
builder.add_text_field("word", stored=True)
schema = builder.build()
index = tantivy.Index(schema)
writer = index.writer()
ram = RamStorage().create_index(Schema(word=TEXT(stored=True)))
ram_writer = ram.writer()
for word in WORDS:
    writer.add_document(tantivy.Document(word=word))
    ram_writer.add_document(word=word)
writer.commit()
ram_writer.commit()
index.reload()
def with_tantivy(typo, swap):
    searcher = index.searcher()
    return [searcher.doc(address)["word"][0] for _, address in searcher.search(tantivy.Query.fuzzy_term_query(schema, "word", typo, distance=1, transposition_cost_one=swap)).hits]
def with_whoosh(typo):
    with ram.searcher() as searcher:
        return [hit["word"] for hit in searcher.search(FuzzyTerm("word", typo, maxdist=1, prefixlength=0))]
for name, search in (("tantivy 1, swap one", lambda typo: with_tantivy(typo, True)), ("tantivy 1, swap two", lambda typo: with_tantivy(typo, False)), ("Whoosh maxdist 1", with_whoosh)):
    print(f"{name:22} {' | '.join(f'{typo}: ' + (' '.join(sorted(search(typo))) or 'nothing') for typo in ('wlof', 'wof', 'wulf', 'wollf'))}")
EOF
{
  node probe.mjs
  v/bin/python probe.py
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
