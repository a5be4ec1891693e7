#!/usr/bin/env bash
# Runs the programs that read what questc writes, from their packages: the validator of SARIF, Taplo and tombi on the manifest, the
# language services of Visual Studio Code for JSON and YAML on schemas for editors, and Mermaid on graphs.
#
# Needs Node.js 20 or newer, Linux for the validator, and a network for the first run. Everything is below `target/components`.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
here=$root/tests/components
work=$root/target/components
mkdir -p "$work"
cd "$root"

if ! cmp -s "$here/package.json" "$work/package.json"; then
    cp "$here/package.json" "$work/package.json.new"
    cp "$here/package.json" "$work/package.json"
    npm install --prefix "$work" --no-audit --no-fund --loglevel error || { rm "$work/package.json"; exit 1; }
    rm "$work/package.json.new"
fi

questc=${QUESTC-}
if [ -z "$questc" ]; then
    cargo build --quiet --package questc --all-features
    questc=$root/target/debug/questc
fi
five=tests/rune-rust/quest.toml

echo "== SARIF"
validator=$work/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool
chmod +x "$validator"
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
for project in tests/diagnostics/many-mistakes tests/diagnostics/bad-utf8 tests/rune-rust; do
    log=$work/$(basename "$project").sarif
    "$questc" check --format sarif --manifest "$project/quest.toml" > "$log" 2>"$work/log" || [ $? = 1 ]
    rm -f "$work/validated.sarif"
    "$validator" validate "$log" --output "$work/validated.sarif" --level "Error;Warning" --kind Fail > "$work/log" 2>&1 ||
        { cat "$work/log"; exit 1; }
    if grep -E "(error|warning) SARIF" "$work/log"; then exit 1; fi
    echo "$project: valid"
done

echo "== the manifest"
printf '[[rule]]\ninclude = ["**/quest.toml"]\n[rule.schema]\npath = "%s"\n' "$root/schemas/manifest.schema.json" > "$work/taplo.toml"
"$work/node_modules/.bin/taplo" check --config "$work/taplo.toml" "$five"
printf '[[schemas]]\npath = "%s"\ninclude = ["*.toml"]\n' "$root/schemas/manifest.schema.json" > "$work/tombi.toml"
cp "$five" "$work/quest.toml"
(cd "$work" && node_modules/.bin/tombi lint --offline quest.toml)

echo "== schemas for editors"
"$questc" schema --editor --manifest "$five" --out "$work/editor" --quiet
node "$here/vscode-json.mjs"
node "$here/yaml.mjs"

echo "== graphs"
rm -rf "$work/graphs"
"$questc" graph --manifest "$five" --out "$work/graphs" --quiet
node "$here/mermaid.mjs"
