#!/usr/bin/env bash
# Packages: zstandard 0.25.0 (PyPI), that is the zstd C library, which the Rust crates wrap as well.
# A good guess: small saves compress well with a dictionary, and a frame names its dictionary, so reading with another one is an error.
# What happens: only a *trained* dictionary has a number. A dictionary that is simply an example of a save has none, and
#   a frame has no check sum unless asked for. Reading with the dictionary of the next version succeeds: what was copied from the dictionary
#   comes from the new one. A save of `iron-path` is read as one of `rusted-heart`, valid JSON, same length, right amount of gold. Without
#   any dictionary it is an error, so a test of "missing" does not show it. With a check sum, or a number, it is an error.
# Why it matters to us: packs and saves change with each release, which is when a dictionary is made anew. A store of saves needs its own check sum or
#   version outside of the compressed part; our saves have a format number, and a test should read one through another release's dictionary.
# Any operating system with Python 3.9.
# Seen:
#   example of release 1, read with release 1: {"quest": "iron-path---", "stage": "find-descent", "gold": 5, "flags": ["met-smith"]}
#   example of release 1, read with release 2: {"quest": "rusted-heart", "stage": "meet-captain", "gold": 5, "flags": ["met-smith"]}
#   example of release 1, read with none: error: Data corruption detected
#   with a check sum, read with release 2: error: Restored data doesn't match checksum
#   trained, read with release 2: error: Dictionary mismatch
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check zstandard==0.25.0
cat > probe.py <<'EOF'
import json, zstandard
def save(quest, stage, gold):
    return json.dumps({"quest": quest, "stage": stage, "gold": gold, "flags": ["met-smith"]}).encode()
example = {"release 1": save("iron-path---", "find-descent", 0), "release 2": save("rusted-heart", "meet-captain", 0)}
raw = {name: zstandard.ZstdCompressionDict(text, dict_type=zstandard.DICT_TYPE_RAWCONTENT) for name, text in example.items()}
saves = [save(f"quest-{i % 7}", f"stage-{i}", 3 * i) for i in range(500)]
trained = {"release 1": zstandard.train_dictionary(1024, saves[:400]), "release 2": zstandard.train_dictionary(1024, saves)}
def row(name, dictionaries, written, read, **options):
    frame = zstandard.ZstdCompressor(dict_data=dictionaries[written], **options).compress(save("iron-path---", "find-descent", 5))
    try:
        text = zstandard.ZstdDecompressor(dict_data=dictionaries.get(read)).decompress(frame).decode()
    except zstandard.ZstdError as error:
        text = f"error: {str(error).split(': ')[-1]}"
    print(f"{name}, read with {read}: {text}")
row("example of release 1", raw, "release 1", "release 1")
row("example of release 1", raw, "release 1", "release 2")
row("example of release 1", raw, "release 1", "none")
row("with a check sum", raw, "release 1", "release 2", write_checksum=True)
row("trained", trained, "release 1", "release 2")
EOF
v/bin/python probe.py > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
