#!/usr/bin/env bash
# Packages: sarif-tools 3.0.5 (PyPI), whose `sarif diff --check` is used in CI to refuse new findings.
# A good guess: a diff of two SARIF logs matches results by rule and place (or by fingerprints) and names what is new.
# What happens: it counts. Results are grouped by level and rule, and a group is named by what the messages of the rule have in
#   common at the start. One finding repaired and another one made elsewhere: "no changes", exit status 0. And a rule that
#   goes from one finding to two is reported as one issue that was eliminated and another issue with two occurrences that
#   is new, since the group now has another name. `partialFingerprints` are not looked at. Results that carry a
#   `suppressions` entry, or `baselineState: absent`, count like any other.
# Why it matters to us: questc has many results of few rules, so studios that gate on this diff see nothing. The baseline of questc
#   itself (which names entries) is the way to recommend in the guide, and suppressed findings should be left out of its
#   SARIF output unless asked for.
# Any operating system; Python 3.9 or later.
# Seen:
#   one of two repaired, another made: all levels: +0 +0 (exit status 0)
#   one of one repaired, another made: all levels: +1 -1 (exit status 1)
#   one more of the same rule:         all levels: +1 -1 (exit status 1), new issue "Q2001 no stage ` ..." (2 occurrences)
#   suppressed or absent results counted as errors: 2 of 2
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check sarif-tools==3.0.5
cat > write.py <<'EOF'
import json, os
def log(path, *results):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    rule = {"id": "Q2001", "defaultConfiguration": {"level": "error"}}
    run = {"tool": {"driver": {"name": "checker", "rules": [rule]}}, "results": list(results)}
    json.dump({"version": "2.1.0", "runs": [run]}, open(path, "w"))
def result(name, line, **more):
    place = {"physicalLocation": {"artifactLocation": {"uri": f"content/{name}.json"}, "region": {"startLine": line}}}
    return {"ruleId": "Q2001", "level": "error", "message": {"text": f"no stage `{name}`"}, "locations": [place],
            "partialFingerprints": {"place/v1": f"{name}:{line}"}, **more}
log("two/old/x.sarif", result("a", 1), result("b", 1))
log("two/new/x.sarif", result("a", 1), result("c", 9))
log("one/old/x.sarif", result("b", 1))
log("one/new/x.sarif", result("c", 9))
log("more/old/x.sarif", result("a", 1))
log("more/new/x.sarif", result("a", 1), result("b", 2))
log("quiet/x.sarif", result("a", 1, suppressions=[{"kind": "external", "status": "accepted"}]), result("b", 2, baselineState="absent"))
EOF
python3 write.py
wrong=0
row() { # name, folder, expected last line, expected status
  local status=0
  v/bin/sarif --check error diff "$2/old" "$2/new" > out.txt 2> /dev/null || status=$?
  local last; last=$(tail -1 out.txt)
  new=$(sed -n 's/^ *New issue/new issue/p' out.txt)
  printf '%-34s %s (exit status %s)' "$1:" "$last" "$status"
  [ "$last $status" = "$3 $4" ] || wrong=1
}
row "one of two repaired, another made" two "all levels: +0 +0" 0; echo
row "one of one repaired, another made" one "all levels: +1 -1" 1; echo
row "one more of the same rule" more "all levels: +1 -1" 1; echo ", $new"
[ "$new" = 'new issue "Q2001 no stage ` ..." (2 occurrences)' ] || wrong=1
errors=$(v/bin/sarif summary quiet | sed -n 's/^error: //p')
echo "suppressed or absent results counted as errors: $errors of 2"
[ "$errors" = 2 ] || wrong=1
[ "$wrong" = 0 ] || { echo "differs from what this script states" >&2; exit 1; }
