#!/usr/bin/env bash
# Packages: flexsearch 0.8.212, minisearch 7.2.0, lunr 2.3.9, @orama/orama 3.1.18 (npm).
# A good guess: a full-text index with its default settings finds the word that was asked for, and numbers are words.
# What happens: FlexSearch writes runs of one letter as that letter before indexing and searching, digits included. So "11" and "1" are one word, and so are 100, 1000 and
#   10000, "boss" and "bos", "aa" and "a"; a search for level 1 gives levels 1, 11 and 111.
#   `encoder: "Exact"` or an encoder with `dedupe: false` keeps them apart, as the other three libraries do.
# Why it matters to us: the search of a quest browser that jumps to "chapter 11" opens chapter 1, and ids such as `wolf_100` are one with `wolf_1000`. A test of any search over
#   content has two ids that differ in a repeated digit.
# Any operating system with Node.
# Seen:
#   FlexSearch                   1: chapter 1, chapter 11, chapter 111 | 11: chapter 1, chapter 11, chapter 111 | 100: wolf 100, wolf 1000 | boss: bos, boss
#   FlexSearch, Exact            1: chapter 1 | 11: chapter 11 | 100: wolf 100 | boss: boss
#   FlexSearch, dedupe off       1: chapter 1 | 11: chapter 11 | 100: wolf 100 | boss: boss
#   MiniSearch                   1: chapter 1 | 11: chapter 11 | 100: wolf 100 | boss: boss
#   lunr                         1: chapter 1 | 11: chapter 11 | 100: wolf 100 | boss: boss
#   Orama, exact                 1: chapter 1 | 11: chapter 11 | 100: wolf 100 | boss: boss
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true,"type":"module"}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts flexsearch@0.8.212 minisearch@7.2.0 lunr@2.3.9 @orama/orama@3.1.18
cat > probe.mjs <<'EOF'
import { create, insert, search } from "@orama/orama";
import FlexSearch from "flexsearch";
import lunr from "lunr";
import MiniSearch from "minisearch";
const texts = ["chapter 1", "chapter 11", "chapter 111", "wolf 100", "wolf 1000", "boss", "bos"];
const queries = ["1", "11", "100", "boss"];
const row = (name, find) => console.log(`${name.padEnd(28)} ${queries.map((query) => `${query}: ${find(query).map((id) => texts[id]).sort().join(", ")}`).join(" | ")}`);
for (const [name, options] of [["FlexSearch", {}], ["FlexSearch, Exact", { encoder: "Exact" }], ["FlexSearch, dedupe off", { encoder: new FlexSearch.Encoder({ dedupe: false, numeric: false }) }]]) {
  const index = new FlexSearch.Index(options);
  texts.forEach((text, id) => index.add(id, text));
  row(name, (query) => index.search(query));
}
const mini = new MiniSearch({ fields: ["text"] });
mini.addAll(texts.map((text, id) => ({ id, text })));
row("MiniSearch", (query) => mini.search(query).map((hit) => hit.id));
const reverse = lunr(function () {
  this.field("text");
  texts.forEach((text, id) => this.add({ id, text }));
});
row("lunr", (query) => reverse.search(query).map((hit) => hit.ref));
const orama = create({ schema: { text: "string" } });
texts.forEach((text, id) => insert(orama, { id: String(id), text }));
row("Orama, exact", (query) => search(orama, { term: query, exact: true }).hits.map((hit) => hit.id));
EOF
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
