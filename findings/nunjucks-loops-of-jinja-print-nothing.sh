#!/usr/bin/env bash
# Packages: nunjucks 3.2.4 (npm), Jinja2 3.1.6, minijinja 3.1.0 (PyPI).
# A good guess: nunjucks is a port of Jinja2, so a template of plain loops, `set` and filters that it accepts gives the same text.
# What happens: `{% for … if … %}` and a loop over the keys of a map are accepted and print nothing at all. A total that is set in a loop is seen after it (3), in the other two it is
#   not (0). An empty list is true. `-7 % 3` is -1 instead of 2, `"5" == 5` is true.
#   minijinja, the port in Rust, agrees with Jinja2 in all of this, but forgets parameters of a macro that are defaults of later ones.
# Why it matters to us: "rewards: …" is blank in the preview of a web tool and right in the build, or the sum is. Templates that generate quests are tested by output on all
#   engines that run them; what can be computed in content is not computed in the template.
# Any operating system with Node and Python 3.10.
# Seen:
#   {% for gold in [0, 5, 7] if gold > 0 %}{{ gold }} {% endfor %}
#     nunjucks "", Jinja2 "5 7 ", minijinja "5 7 "
#   {% for item in {"pelt": 1, "claw": 2} %}{{ item }} {% endfor %}
#     nunjucks "", Jinja2 "pelt claw ", minijinja "pelt claw "
#   {% set total = 0 %}{% for gold in [1, 2] %}{% set total = total + gold %}{% endfor %}{{ total }}
#     nunjucks "3", Jinja2 "0", minijinja "0"
#   {% if [] %}some{% else %}none{% endif %}
#     nunjucks "some", Jinja2 "none", minijinja "none"
#   {{ -7 % 3 }}
#     nunjucks "-1", Jinja2 "2", minijinja "2"
#   {% if "5" == 5 %}equal{% else %}different{% endif %}
#     nunjucks "equal", Jinja2 "different", minijinja "different"
#   {% macro line(who, by=who) %}{{ who }} by {{ by }}{% endmacro %}{{ line("wolf") }}
#     nunjucks "wolf by wolf", Jinja2 "wolf by wolf", minijinja "wolf by "
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
cat > templates <<'EOF'
{% for gold in [0, 5, 7] if gold > 0 %}{{ gold }} {% endfor %}
{% for item in {"pelt": 1, "claw": 2} %}{{ item }} {% endfor %}
{% set total = 0 %}{% for gold in [1, 2] %}{% set total = total + gold %}{% endfor %}{{ total }}
{% if [] %}some{% else %}none{% endif %}
{{ -7 % 3 }}
{% if "5" == 5 %}equal{% else %}different{% endif %}
{% macro line(who, by=who) %}{{ who }} by {{ by }}{% endmacro %}{{ line("wolf") }}
EOF
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check Jinja2==3.1.6 minijinja==3.1.0
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts nunjucks@3.2.4
cat > probe.py <<'EOF'
import jinja2, json, minijinja
templates = open("templates").read().rstrip("\n").split("\n")
json.dump([[jinja2.Environment().from_string(template).render(), minijinja.Environment().render_str(template)] for template in templates], open("python", "w"))
EOF
cat > probe.mjs <<'EOF'
import fs from "node:fs";
import nunjucks from "nunjucks";
const python = JSON.parse(fs.readFileSync("python", "utf8"));
const environment = new nunjucks.Environment(null, { autoescape: false });
fs.readFileSync("templates", "utf8").trimEnd().split("\n").forEach((template, index) => {
  const [jinja, mini] = python[index];
  console.log(template);
  console.log(`  nunjucks "${environment.renderString(template, {})}", Jinja2 "${jinja}", minijinja "${mini}"`);
});
EOF
v/bin/python probe.py
node probe.mjs > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
