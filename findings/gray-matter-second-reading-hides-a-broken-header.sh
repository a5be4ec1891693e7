#!/usr/bin/env bash
# Packages: gray-matter 4.0.3 (npm), the usual reader of front matter in site generators and content tools.
# A good guess: reading the same text twice gives the same result twice, or the same error twice.
# What happens: without options, results are kept by text, and kept before the header is read. So a broken header is an error at the first reading; at the
#   second one it is a valid text with an empty header, whose content is all of the text, header included. And a header that a tool has changed is changed for
#   the next reader of an equal text. Any option, even `{}`, turns the store off. Besides, `---more` ends a header.
# Why it matters to us: a watching editor or a retry reads the same broken file again, and the quest is there without id and conditions, its YAML shown to the
#   player as text. Texts with such headers are read by us as often as asked; two files with equal text (templates) are a test.
# Any operating system with Node.
# Seen:
#   broken, first              YAMLException
#   broken, second             data {}, content "---\nid: [wolf\n---\nThe wolf.\n"
#   broken, second, with {}    YAMLException
#   changed by another reader  data {"id":"wolf","gold":50}, content "The wolf.\n"
#   the same, with {}          data {"id":"wolf","gold":5}, content "The wolf.\n"
#   ---more in the header      data {"id":"wolf"}, content "more\ngold: 5\n---\nThe wolf.\n"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts gray-matter@4.0.3
cat > probe.mjs <<'EOF'
import matter from "gray-matter";
const read = (name, text, ...options) => {
  try {
    const { data, content } = matter(text, ...options);
    console.log(`${name.padEnd(26)} data ${JSON.stringify(data)}, content ${JSON.stringify(content)}`);
  } catch (error) {
    console.log(`${name.padEnd(26)} ${error.name}`);
  }
};
const broken = "---\nid: [wolf\n---\nThe wolf.\n";
read("broken, first", broken);
read("broken, second", broken);
read("broken, second, with {}", broken, {});
const good = "---\nid: wolf\ngold: 5\n---\nThe wolf.\n";
matter(good).data.gold = 50;
read("changed by another reader", good);
read("the same, with {}", good, {});
read("---more in the header", "---\nid: wolf\n---more\ngold: 5\n---\nThe wolf.\n");
EOF
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
