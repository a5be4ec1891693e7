#!/usr/bin/env bash
# Packages: openpyxl 3.1.5, pandas 3.1.1, pylightxl 1.61, xlsx2csv 0.8.6, python-calamine 0.9.1 (PyPI); xlsx 0.18.5, exceljs 4.4.0 (npm). One small workbook, made by hand as the standard says.
# A good guess: seven readers of `.xlsx` give the same texts in the same cells.
# What happens: a line break of Windows is stored as `_x000D_`; three of them leave these letters in the text, three make a return of it, one drops it. The reading of Japanese characters (`rPh`), which is not part of the text, is
#   appended to it by xlsx2csv and by `text` of exceljs in inline strings, while `value` is empty; pylightxl has no such cell at all. calamine (in Rust, and so in polars) begins at the first filled cell, so row 3 is row 0 and column B is the first; it
#   drops the space of "The " in rich text without `xml:space`. exceljs gives an object for rich text.
# Why it matters to us: quest texts from a writer's spreadsheet show `_x000D_` to players, or a title with its reading, and positions in messages are off. An import from spreadsheets checks texts for
#   `_x`, states cells by their names, and is tested with a sheet that starts at B3.
# Any operating system with Python 3.10 and Node.
# Seen:
#   openpyxl   B3 "line_x000D_\nbreak", B4 "狼", B5 "The Wolf", B6 "熊"
#   pandas     B3 "line_x000D_\nbreak", B4 "狼", B5 "The Wolf", B6 "熊"
#   pylightxl  B3 "line_x000D_\nbreak", B4 "狼", B5 "The Wolf"
#   xlsx2csv   B3 "line\nbreak", B4 "狼", B5 "The Wolf", B6 "熊クマ"
#   calamine   A1 "line\r\nbreak", A2 "狼", A3 "TheWolf", A4 "熊"
#   SheetJS    B3 "line\r\nbreak", B4 "狼", B5 "The Wolf", B6 "熊"
#   exceljs    B3 "line\r\nbreak", B4 "狼", B5 {"richText":[{"text":"The "},{"font":{"bold":true},"text":"Wolf"}]}, B6 undefined
#     its text B3 "line\r\nbreak", B4 "狼", B5 "The Wolf", B6 "熊クマ"
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
script=$(realpath "$0")
cd "$work"
python3 -m venv v
v/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5 pandas==3.1.1 pylightxl==1.61 xlsx2csv==0.8.6 python-calamine==0.9.1
echo '{"private":true}' > package.json
npm install --no-audit --no-fund --silent --ignore-scripts xlsx@0.18.5 exceljs@4.4.0
cat > probe.py <<'EOF'
import csv, io, json, openpyxl, pandas, pylightxl, python_calamine, subprocess, zipfile
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TEXTS = ["<t>line_x000D_\nbreak</t>", "<t>狼</t><rPh sb='0' eb='1'><t>オオカミ</t></rPh>", "<r><t>The </t></r><r><rPr><b/></rPr><t>Wolf</t></r>"]
CELLS = "".join(f"<row r='{row}'><c r='B{row}' t='s'><v>{row - 3}</v></c></row>" for row in (3, 4, 5)) + "<row r='6'><c r='B6' t='inlineStr'><is><t>熊</t><rPh sb='0' eb='1'><t>クマ</t></rPh></is></c></row>"
with zipfile.ZipFile("quests.xlsx", "w") as book:
    book.writestr("[Content_Types].xml", f"<Types xmlns='{PACKAGE}/content-types'><Default Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/><Default Extension='xml' ContentType='application/xml'/>"
        f"<Override PartName='/xl/workbook.xml' ContentType='{TYPES}.sheet.main+xml'/><Override PartName='/xl/worksheets/sheet1.xml' ContentType='{TYPES}.worksheet+xml'/><Override PartName='/xl/sharedStrings.xml' ContentType='{TYPES}.sharedStrings+xml'/></Types>")
    book.writestr("_rels/.rels", f"<Relationships xmlns='{PACKAGE}/relationships'><Relationship Id='rId1' Type='{OFFICE}/officeDocument' Target='xl/workbook.xml'/></Relationships>")
    book.writestr("xl/workbook.xml", f"<workbook xmlns='{MAIN}' xmlns:r='{OFFICE}'><sheets><sheet name='quests' sheetId='1' r:id='rId1'/></sheets></workbook>")
    book.writestr("xl/_rels/workbook.xml.rels", f"<Relationships xmlns='{PACKAGE}/relationships'><Relationship Id='rId1' Type='{OFFICE}/worksheet' Target='worksheets/sheet1.xml'/><Relationship Id='rId2' Type='{OFFICE}/sharedStrings' Target='sharedStrings.xml'/></Relationships>")
    book.writestr("xl/sharedStrings.xml", f"<sst xmlns='{MAIN}'>{''.join(f'<si>{text}</si>' for text in TEXTS)}</sst>")
    book.writestr("xl/worksheets/sheet1.xml", f"<worksheet xmlns='{MAIN}'><sheetData>{CELLS}</sheetData></worksheet>")
def show(name, rows):
    texts = [(f"{'ABC'[column]}{row + 1}", value) for row, values in enumerate(rows) for column, value in enumerate(values) if isinstance(value, str) and value]
    print(f"{name:10} {', '.join(f'{place} {json.dumps(text, ensure_ascii=False)}' for place, text in texts)}")
show("openpyxl", openpyxl.load_workbook("quests.xlsx").active.iter_rows(values_only=True))
show("pandas", pandas.read_excel("quests.xlsx", header=None, engine="openpyxl").values.tolist())
show("pylightxl", pylightxl.readxl("quests.xlsx").ws("quests").rows)
show("xlsx2csv", csv.reader(io.StringIO(subprocess.run(["v/bin/xlsx2csv", "quests.xlsx"], capture_output=True, text=True, check=True).stdout)))
show("calamine", python_calamine.load_workbook("quests.xlsx").get_sheet_by_index(0).to_python())
EOF
cat > probe.cjs <<'EOF'
const ExcelJS = require("exceljs");
const XLSX = require("xlsx");
const show = (name, cells) => console.log(`${name.padEnd(10)} ${cells.map(([place, text]) => `${place} ${JSON.stringify(text)}`).join(", ")}`);
const places = ["B3", "B4", "B5", "B6"];
const sheet = XLSX.readFile("quests.xlsx").Sheets.quests;
show("SheetJS", places.map((place) => [place, sheet[place].v]));
const book = new ExcelJS.Workbook();
book.xlsx.readFile("quests.xlsx").then(() => {
  show("exceljs", places.map((place) => [place, book.worksheets[0].getCell(place).value]));
  show("  its text", places.map((place) => [place, book.worksheets[0].getCell(place).text]));
});
EOF
{
  v/bin/python probe.py
  node probe.cjs
} > output
cat output
expected=$(sed -n '/^# Seen:$/,/^[^#]/{s/^#   //p}' "$script")
[ "$(cat output)" = "$expected" ] || { echo "behaviour differs from what is stated" >&2; exit 1; }
