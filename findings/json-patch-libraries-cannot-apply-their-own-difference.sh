#!/usr/bin/env bash
# Packages: crate json-patch =4.2.0 (serde_json =1.0.154); fast-json-patch 3.1.1 and rfc6902 5.4.0 (npm), jsonpatch 1.48 (PyPI).
#
# A good guess: RFC 6902 is small and old; for documents that are valid JSON, a library applies the difference that it made itself, and a patch
#   that fails changes nothing. `test` compares numbers by value, as the RFC asks for.
# What really happens: where the whole document turns from a list to a map, `fast-json-patch` sees no difference, and `rfc6902` makes a `replace`
#   of the root that its own `applyPatch` refuses ("MissingError"). After a failed `test`, `rfc6902` leaves the operations before it applied
#   (an error in the returned list is all there is), and `replace` at `/list/-`, where nothing is, is reported as done though the list stays
#   as it was. In the crate, `test` with 1.0 fails on 1. Of the four, only `jsonpatch` in Python is right in all rows that it was given.
# Why it matters to us: a live reload or an editor that sends content as patches has to compare documents after applying, apply to a copy, and must
#   not write a whole number as 1.0 in a `test` (JavaScript tools cannot, serde does).
# System independence: pure computation.
#
# Seen:
#   crate json-patch  root [] to {} ok, test 1.0 on 1 fails, after failed test {"a":1}, replace at - refused
#   fast-json-patch   root [] to {} no difference, test 1.0 on 1 ok, after failed test {"a":1}, replace at - refused
#   rfc6902           root [] to {} refused, test 1.0 on 1 ok, after failed test {"a":1,"b":2}, replace at - done, list [1]
#   python jsonpatch  root [] to {} ok, test 1.0 on 1 ok, after failed test {"a": 1}, replace at - refused
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$work/target}"
mkdir src
cat > Cargo.toml <<'EOF'
[package]
name = "probe-json-patch-libraries-cannot-apply-their-own-differ"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
json-patch = "=4.2.0"
serde_json = "=1.0.154"
EOF
cat > src/main.rs <<'EOF'
use json_patch::Patch;
use serde_json::{Value, json};

fn apply(document: &mut Value, patch: Value) -> bool {
    let patch: Patch = serde_json::from_value(patch).unwrap();
    json_patch::patch(document, &patch).is_ok()
}

fn main() {
    let mut root = json!([]);
    let patch = json_patch::diff(&root, &json!({}));
    let done = json_patch::patch(&mut root, &patch).is_ok() && root == json!({});
    let same = apply(&mut json!({"a": 1}), json!([{"op": "test", "path": "/a", "value": 1.0}]));
    let mut after = json!({"a": 1});
    apply(&mut after, json!([{"op": "add", "path": "/b", "value": 2}, {"op": "test", "path": "/a", "value": 9}]));
    let end = apply(&mut json!({"a": [1]}), json!([{"op": "replace", "path": "/a/-", "value": 3}]));
    println!(
        "crate json-patch  root [] to {{}} {}, test 1.0 on 1 {}, after failed test {after}, replace at - {}",
        if done { "ok" } else { "refused" },
        if same { "ok" } else { "fails" },
        if end { "done" } else { "refused" },
    );
}
EOF
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts fast-json-patch@3.1.1 rfc6902@5.4.0
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check jsonpatch==1.48
cat > probe.mjs <<'EOF'
import fast from "fast-json-patch";
import { applyPatch, createPatch } from "rfc6902";
const libraries = {
  "fast-json-patch": {
    diff: fast.compare,
    apply: (document, patch) => { try { return { document: fast.applyPatch(document, patch, true, false).newDocument, ok: true }; } catch { return { document, ok: false }; } },
  },
  rfc6902: { diff: createPatch, apply: (document, patch) => ({ ok: applyPatch(document, patch).every((error) => error === null), document }) },
};
for (const [name, { diff, apply }] of Object.entries(libraries)) {
  const patch = diff([], {});
  const root = patch.length === 0 ? "no difference" : apply([], patch).ok ? "ok" : "refused";
  const same = apply({ a: 1 }, [{ op: "test", path: "/a", value: 1.0 }]).ok;
  const { document } = apply({ a: 1 }, [{ op: "add", path: "/b", value: 2 }, { op: "test", path: "/a", value: 9 }]);
  const end = apply({ a: [1] }, [{ op: "replace", path: "/a/-", value: 3 }]);
  console.log(`${name.padEnd(17)} root [] to {} ${root}, test 1.0 on 1 ${same ? "ok" : "fails"}, after failed test ${JSON.stringify(document)}, replace at - ${end.ok ? `done, list ${JSON.stringify(end.document.a)}` : "refused"}`);
}
EOF
cat > probe.py <<'EOF'
import json, jsonpatch, jsonpointer
def apply(document, patch):
    try:
        return True, jsonpatch.apply_patch(document, patch)
    except (jsonpatch.JsonPatchException, jsonpointer.JsonPointerException):
        return False, document
root = apply([], jsonpatch.make_patch([], {}).patch) == (True, {})
same = apply({"a": 1}, [{"op": "test", "path": "/a", "value": 1.0}])[0]
after = apply({"a": 1}, [{"op": "add", "path": "/b", "value": 2}, {"op": "test", "path": "/a", "value": 9}])[1]
end = apply({"a": [1]}, [{"op": "replace", "path": "/a/-", "value": 3}])[0]
print(f"python jsonpatch  root [] to {{}} {'ok' if root else 'refused'}, test 1.0 on 1 {'ok' if same else 'fails'}, after failed test {json.dumps(after)}, replace at - {'done' if end else 'refused'}")
EOF
{
  cargo run -q
  node probe.mjs
  v/bin/python probe.py
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
