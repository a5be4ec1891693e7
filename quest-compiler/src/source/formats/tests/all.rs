//! The tests that need every format.

use super::*;
use crate::diagnostics::{Style, human, json, rustc};
use crate::source::scan::MAX_DEPTH;
use proptest::collection::vec;
use proptest::prelude::*;
use std::fmt::Write as _;

// What texts mean.

#[test]
fn yaml() {
    let means = |text: &str, json: &str| means("a.yaml", text, json);
    means(
        "a: 1\nb:\n  - x\n  - [y, {z: ~}]\nc: {}\n",
        r#"{"a": 1, "b": ["x", ["y", {"z": null}]], "c": {}}"#,
    );
    means(
        "a:\nb: ''\nc: \"\"\nd: 'null'\ne: \"1\"\n",
        r#"{"a": null, "b": "", "c": "", "d": "null", "e": "1"}"#,
    );
    means(
        "[1, 0x1F, 0o17, 1.50, -.5, +3, 1e3, yes, 12:30, 2024-01-01]",
        r#"[1, 31, 15, 1.50, -0.5, 3, 1e3, "yes", "12:30", "2024-01-01"]"#,
    );
    means(
        "a: |\n  one\n    two\n\n  three\nb: >-\n  one\n  two\n\n  three\n",
        r#"{"a": "one\n  two\n\nthree\n", "b": "one two\nthree"}"#,
    );
    means("a: |\n  &x *y !z # no\n  \"\\\n", r#"{"a": "&x *y !z # no\n\"\\\n"}"#);
    means("a: \"\\u00e9\\x41\\t\\n\\0\\\"\"\nb: 'it''s'\n", r#"{"a": "éA\t\n\u0000\"", "b": "it's"}"#);
    means(
        "1: a\ntrue: b\n~: c\n0x10: d\n1.50: e\n\"f\": g\n",
        r#"{"1": "a", "true": "b", "~": "c", "0x10": "d", "1.50": "e", "f": "g"}"#,
    );
    means(
        "a: &x [1, {b: 2}]\nc: *x\nd: &y é\ne: *y\n*y : 3\n",
        r#"{"a": [1, {"b": 2}], "c": [1, {"b": 2}], "d": "é", "e": "é", "é": 3}"#,
    );
    means("a: &x 1\nb: &x 2\nc: *x\n", r#"{"a": 1, "b": 2, "c": 2}"#);
    means(
        "a: !!str 1\nb: !!int \"2\"\nc: ! 3\nd: !!map {}\ne: !!seq []\nf: !!float 1\ng: !!null ''\nh: !<tag:yaml.org,2002:str> 4",
        r#"{"a": "1", "b": 2, "c": "3", "d": {}, "e": [], "f": 1, "g": null, "h": "4"}"#,
    );
    means("%YAML 1.2\n---\na: 1\n...\n", r#"{"a": 1}"#);
    means("--- # a comment\n- a\r\n- b\r\n", r#"["a", "b"]"#);
    means("\u{feff}é: [日, 😀]", r#"{"é": ["日", "😀"]}"#);
    means("? a\n: 1\n? b\n", r#"{"a": 1, "b": null}"#);
    means("[a: 1, b]", r#"[{"a": 1}, "b"]"#);
    means("\"<<\": 1\n", r#"{"<<": 1}"#);
    means("just a text", r#""just a text""#);
    means("{\"json\": [1, 2.0, null, true, \"\\/\"]}", r#"{"json": [1, 2.0, null, true, "/"]}"#);
}

#[test]
fn toml() {
    let means = |text: &str, json: &str| means("a.toml", text, json);
    means(
        "b = 1\na = \"é\"\n[t]\nx = true\n[t.u]\ny = 'lit\\'\n",
        r#"{"b": 1, "a": "é", "t": {"x": true, "u": {"y": "lit\\"}}}"#,
    );
    means(
        "[[q]]\nid = 1\n[[q.s]]\nid = 2\n[[q]]\nid = 3\n",
        r#"{"q": [{"id": 1, "s": [{"id": 2}]}, {"id": 3}]}"#,
    );
    means(
        "a.b.c = 1\na.b.d = [1, [2]]\n\"x.y\" = {z = 0x1F}\n",
        r#"{"a": {"b": {"c": 1, "d": [1, [2]]}}, "x.y": {"z": 31}}"#,
    );
    means(
        "a = 1_000\nb = 0b101\nc = 0o17\nd = 1.50\ne = 1e3\nf = -0\ng = +3\nh = 1_0.2_5\n",
        r#"{"a": 1000, "b": 5, "c": 15, "d": 1.50, "e": 1e3, "f": -0, "g": 3, "h": 10.25}"#,
    );
    means("a = \"\"\"\none\ntwo\"\"\"\nb = '''\nlit\\'''\n", r#"{"a": "one\ntwo", "b": "lit\\"}"#);
    means("\u{feff}a = 1\r\n# comment\r\n", r#"{"a": 1}"#);
    means("# only a comment\n", "{}");
    // In the order of the file.
    let outcome = read("a.toml", "z = 1\ny = 2\nx = 3\n");
    assert_eq!(outcome.document.root().unwrap().raw(), r#"{"z":1,"y":2,"x":3}"#);
}

#[test]
fn ron() {
    let means = |text: &str, json: &str| means("a.ron", text, json);
    means(
        "(a: 1, b: \"é\", c: [1, 2,], d: (1, \"x\"), )",
        r#"{"a": 1, "b": "é", "c": [1, 2], "d": [1, "x"]}"#,
    );
    means(
        "Quest(id: \"a\", category: MainStory, at: Vec2(1.0, 2.5), length: Meters(5), empty: Foo())",
        r#"{"id": "a", "category": "MainStory", "at": [1.0, 2.5], "length": 5, "empty": {}}"#,
    );
    means(
        "{\"a\": 1, 'b': 2, c: 3, 4: 5, true: 6, Id(\"d\"): 7, Some(\"e\"): 8}",
        r#"{"a": 1, "b": 2, "c": 3, "4": 5, "true": 6, "d": 7, "e": 8}"#,
    );
    means(
        "[Some(1), Some(Some(\"x\")), None, (), 'é', true, false]",
        r#"[1, "x", null, null, "é", true, false]"#,
    );
    means(
        "[1_000, 0xFF, 0b101, 0o17, -3, +4, 1.50, 1e3, 5u8, 2.5f32]",
        "[1000, 255, 5, 15, -3, 4, 1.50, 1e3, 5, 2.5]",
    );
    means(
        "(r#type: \"\\u{e9}\\x41\\n\\\\\", b: r#\"raw \"quoted\" \\ \"#, c: r#enum)",
        r#"{"type": "éA\n\\", "b": "raw \"quoted\" \\ ", "c": "enum"}"#,
    );
    means("#![enable(implicit_some)]\n// é\n/* a /* nested */ comment */ (a: 1)", r#"{"a": 1}"#);
    means("\u{feff}(a:\r\n \"one\r\ntwo\")", r#"{"a": "one\r\ntwo"}"#);
}

#[test]
fn digits_are_kept() {
    let large = "123456789012345678901234567890";
    for (name, text) in [("a.yaml", format!("[{large}, 1.10]")), ("a.ron", format!("[{large}, 1.10]"))] {
        let outcome = read(name, &text);
        let numbers: Vec<&str> = outcome.document.root().unwrap().elements().map(Node::raw).collect();
        assert_eq!(numbers, [large, "1.10"], "{name}");
    }
    let outcome =
        read("a.toml", "a = 9223372036854775807\nb = 1.10\nc = 0.1000000000000000055511151231257827\n");
    let numbers: Vec<&str> =
        outcome.document.root().unwrap().properties().map(|(_, value)| value.raw()).collect();
    assert_eq!(numbers, ["9223372036854775807", "1.10", "0.1000000000000000055511151231257827"]);
}

// Places.

#[test]
fn places_in_yaml() {
    let places = |text: &str| read("a.yaml", text).places();
    assert_eq!(
        places(
            "é: \"日本\"   # ö\nlist:\n  - ä: 1\n    ö:\n  -\n  - - [ü, {ß: x}]\nmap:\n  k: |\n    first é\n    second\n"
        ),
        [
            "{1:1 é",
            "1:1 é",
            "1:4 \"日本\"",
            "2:1 list",
            "[2:1 list",
            "{3:3 -",
            "3:5 ä",
            "3:8 1",
            "4:5 ö",
            "4:6 :",
            "5:3 -",
            "[6:3 -",
            "[6:7 [",
            "6:8 ü",
            "{6:11 {",
            "6:12 ß",
            "6:15 x",
            "7:1 map",
            "{7:1 map",
            "8:3 k",
            "9:5 first é"
        ]
    );
    // An alias stands where it is written, what it repeats where that is written.
    assert_eq!(
        places("a: &é {ü: 1}\nb: *é\nc: &x !!str 2\nd: *x\n"),
        [
            "{1:1 a", "1:1 a", "{1:7 {", "1:8 ü", "1:11 1", "2:1 b", "{2:4 *é", "1:8 ü", "1:11 1", "3:1 c",
            "3:13 2", "4:1 d", "4:4 *x"
        ]
    );
    assert_eq!(
        places("\u{feff}é: 'it''s'  \r\nb: [\r\n  \"a\r\n   b\"\r\n]\r\n"),
        ["{1:1 é", "1:1 é", "1:4 'it''s'", "2:1 b", "[2:4 [", "3:3 \"a"]
    );
    assert_eq!(places("{é, ö: }"), ["{1:1 {", "1:2 é", "1:2 é", "1:5 ö", "1:6 :"]);
    assert_eq!(places("? é\n? ö\n: 1\n"), ["{1:1 ?", "1:3 é", "1:3 é", "2:3 ö", "3:3 1"]);
}

#[test]
fn places_in_toml() {
    let places = |text: &str| read("a.toml", text).places();
    assert_eq!(
        places(
            "\"é\" = 'ö'\na.b = 1 # ü\n[ \"ä]\" . t ]\nx = [[1], {y = true}]\n[[q]]\nm = \"\"\"\nfirst\nsecond\"\"\"\n[q.in]\n[[q]]\n"
        ),
        [
            "{1:1 \"é\" = 'ö'",
            "1:1 \"é\"",
            "1:7 'ö'",
            "2:1 a",
            "{2:1 a",
            "2:3 b",
            "2:7 1",
            "3:3 \"ä]\"",
            "{3:1 [ \"ä]\" . t ]",
            "3:10 t",
            "{3:1 [ \"ä]\" . t ]",
            "4:1 x",
            "[4:5 [",
            "[4:6 [",
            "4:7 1",
            "{4:11 {",
            "4:12 y",
            "4:16 true",
            "5:3 q",
            "[5:1 [[q]]",
            "{5:1 [[q]]",
            "6:1 m",
            "6:5 \"\"\"",
            "9:4 in",
            "{9:1 [q.in]",
            "{10:1 [[q]]"
        ]
    );
    assert_eq!(
        places("\u{feff}\"é\" = \"\"\"\r\na\"\"\"\r\n"),
        ["{1:1 \"é\" = \"\"\"", "1:1 \"é\"", "1:7 \"\"\""]
    );
}

#[test]
fn places_in_ron() {
    let places = |text: &str| read("a.ron", text).places();
    assert_eq!(
        places(
            "Quest(é: \"日本\", b: [ü, (1, 'ö')],\n  c: {\"ß\": Some( None )}, d: P(x: 1), e: V(1, 2), f: N(\"é\"), g: (h: ()))"
        ),
        [
            "{1:1 Quest",
            "1:7 é",
            "1:10 \"日本\"",
            "1:16 b",
            "[1:19 [",
            "1:20 ü",
            "[1:23 (",
            "1:24 1",
            "1:27 'ö'",
            "2:3 c",
            "{2:6 {",
            "2:7 \"ß\"",
            "2:18 None",
            "2:27 d",
            "{2:30 P",
            "2:32 x",
            "2:35 1",
            "2:39 e",
            "[2:42 V",
            "2:44 1",
            "2:47 2",
            "2:51 f",
            "2:56 \"é\"",
            "2:62 g",
            "{2:65 (",
            "2:66 h",
            "2:69 ()"
        ]
    );
    assert_eq!(places("\u{feff}(a: \"é\r\n\")"), ["{1:1 (", "1:2 a", "1:5 \"é"]);
}

// Files that say nothing, or too much.

#[test]
fn files_without_a_document() {
    for name in ["a.json", "a.jsonc", "a.yaml", "a.toml", "a.ron"] {
        for (text, what) in [
            ("", "is empty"),
            ("\u{feff}", "is empty"),
            (" \r\n\t", "holds only white space"),
            ("\u{feff}\n", "holds only white space"),
        ] {
            let outcome = read(name, text);
            assert_eq!(outcome.diagnostics.len(), 1, "{name}");
            assert_eq!(
                (outcome.diagnostics[0].code.id, outcome.diagnostics[0].title.as_str()),
                ("Q0009", format!("the file {what}").as_str()),
                "{name}"
            );
            assert!(outcome.document.root().is_none() && outcome.document.broken);
        }
    }
    for (name, text) in [("a.jsonc", "// é"), ("a.yaml", "# é\n"), ("a.ron", "/* é */")] {
        assert_eq!(read(name, text).diagnostics[0].title, "the file holds only comments", "{name}");
    }
}

#[test]
fn what_repeats_itself_comes_to_an_end() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..20 {
        let alias = format!("*a{}", level - 1);
        let _ = writeln!(text, "a{level}: &a{level} [{}]", vec![alias; 10].join(", "));
    }
    let outcome = read("a.yaml", &text);
    assert_eq!(
        outcome.lines(),
        [
            "Q0001 the aliases of this file repeat too much | 6:50 *a4: with this one it is too much | aliases can add 1048576 values and 16 MB of text to a file"
        ]
    );
    let long = format!("a: &a \"{}\"\nb: [{}]\n", "x".repeat(1 << 16), vec!["*a"; 300].join(", "));
    assert_eq!(read("a.yaml", &long).diagnostics.len(), 1);
}

/// Lists in lists, so many deep.
fn nested(name: &str, depth: usize) -> String {
    let (open, close) = ("[".repeat(depth), "]".repeat(depth));
    match name {
        "a.toml" => format!("a = {}{}", &open[1..], &close[1..]),
        _ => format!("{open}{close}"),
    }
}

#[test]
fn how_deep_lists_can_stand_in_each_other() {
    // What the parsers count differs by one.
    for name in ["a.json", "a.jsonc", "a.yaml", "a.toml", "a.ron"] {
        for depth in [2, 10, MAX_DEPTH - 2] {
            assert_eq!(read(name, &nested(name, depth)).lines(), Vec::<String>::new(), "{name}: {depth}");
        }
        for depth in [MAX_DEPTH + 2, 255, 256, 300, 100_000] {
            let codes: Vec<&str> = read(name, &nested(name, depth))
                .diagnostics
                .iter()
                .map(|diagnostic| diagnostic.code.id)
                .collect();
            assert_eq!(codes, ["Q0003"], "{name}: {depth}");
        }
    }
    // Without brackets.
    let block: String = (0..300).map(|level| format!("{}a:\n", " ".repeat(level))).collect();
    assert_eq!(read("a.yaml", &block).diagnostics[0].code.id, "Q0003");
    let dashes = "- ".repeat(MAX_DEPTH + 1);
    assert_eq!(read("a.yaml", &dashes).diagnostics[0].code.id, "Q0003");
    let dotted = format!("{} = 1", vec!["a"; 300].join("."));
    assert_eq!(read("a.toml", &dotted).diagnostics[0].code.id, "Q0003");
    let heading = format!("[{}]", vec!["a"; 300].join("."));
    assert_eq!(read("a.toml", &heading).diagnostics[0].code.id, "Q0003");
    let wrapped = format!("{}1{}", "Some(".repeat(300), ")".repeat(300));
    assert_eq!(read("a.ron", &wrapped).diagnostics[0].code.id, "Q0003");
    // By an alias.
    let half = format!("a: &a {}\nb: {}*a{}", nested("", 100), "[".repeat(100), "]".repeat(100));
    assert_eq!(read("a.yaml", &half).diagnostics[0].code.id, "Q0003");
}

// Properties.

fn config() -> ProptestConfig {
    ProptestConfig::default()
}

const NAMES: [&str; 5] = ["a.json", "a.jsonc", "a.yaml", "a.toml", "a.ron"];

fn name() -> impl Strategy<Value = &'static str> {
    prop::sample::select(NAMES.to_vec())
}

/// Text in pieces that mean something in one of the formats.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        12 => prop::sample::select(vec![
            "{", "}", "[", "]", "(", ")", "[[", "]]", ",", ":", ": ", "- ", "-", "=", " = ", ".", "\"", "'", "\"\"\"", "'''", "\\", "/",
            "//", "/*", "*/", "#", " #", "&a ", "*a", "!", "!!str ", "|", ">", "|\n", "|-\n", "---", "...", "%", "? ", "<<", "@", "\n",
            "\n  ", "\n    ", "\r\n", "\r", " ", "\t", "\u{a0}", "\u{feff}", "\u{2028}", "\u{85}", "\0", "\u{7f}", "é", "日", "😀", "a", "b1",
            "true", "null", "None", "Some(", "Foo(", "1", "-1", "1.5", "0x1F", "1_0", "1e5", "inf", ".inf", "nan", "u8", "2024-01-01",
            "a: 1\n", "- é\n", "k: |\n  t\n", "a = 1\n", "[a]\n", "[[a.b]]\n", "(a: 1)", "\"s\"", "\"é\": ", "r#\"", "\"#", "b\"", "'é'",
            "\\u00e9", "\\u{e9}", "\\x41", "\\q", "#![", "&a [1]\n", "a: &a {b: *a}\n",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn soup() -> impl Strategy<Value = String> {
    prop_oneof![
        vec(piece(), 0..24).prop_map(|pieces| pieces.concat()),
        vec(any::<u8>(), 0..60).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
    ]
}

/// A value that every format can hold.
fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        3 => "[a-z][a-z0-9-]{0,8}",
        1 => "[ -~éö日😀\n\t]{0,12}",
        1 => prop::sample::select(vec!["", "null", "true", "1", "0x1", "~", "- a", "a: b", "# a", "'", "\"", "\\", "None", "\r\n", "\u{1}", "\u{85}"])
            .prop_map(str::to_owned),
    ];
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1000i32..1000).prop_map(|number| Value::from(f64::from(number) / 8.0)),
        text.clone().prop_map(Value::from),
    ];
    let any = leaf.prop_recursive(4, 32, 5, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            vec(("[a-zé][a-z0-9_é -]{0,6}", inner), 0..5)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    });
    vec(("[a-z]{1,6}", any), 1..5).prop_map(|pairs| Value::Object(pairs.into_iter().collect()))
}

/// The same with `null` here and there, which TOML has no word for.
fn with_nulls(value: Value) -> Value {
    match value {
        Value::Bool(true) => Value::Null,
        Value::Array(values) => values.into_iter().map(with_nulls).collect(),
        Value::Object(map) => map.into_iter().map(|(name, value)| (name, with_nulls(value))).collect(),
        other => other,
    }
}

fn quoted(text: &str, escape: impl Fn(u32) -> String) -> String {
    let mut out = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&escape(u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

fn to_yaml(value: &Value, indent: usize, out: &mut String) {
    let text = |text: &str| {
        let is_word = text.starts_with(|c: char| c.is_ascii_lowercase())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if is_word && !matches!(text, "null" | "true" | "false") {
            text.to_owned()
        } else {
            quoted(text, |c| format!("\\x{c:02x}"))
        }
    };
    let pad = " ".repeat(indent);
    match value {
        Value::Array(values) if values.is_empty() => out.push_str(" []\n"),
        Value::Object(map) if map.is_empty() => out.push_str(" {}\n"),
        Value::Array(values) => {
            out.push('\n');
            for value in values {
                let _ = write!(out, "{pad}-");
                to_yaml(value, indent + 2, out);
            }
        }
        Value::Object(map) => {
            out.push('\n');
            for (name, value) in map {
                let _ = write!(out, "{pad}{}:", text(name));
                to_yaml(value, indent + 1, out);
            }
        }
        Value::String(string) => drop(writeln!(out, " {} # é", text(string))),
        other => drop(writeln!(out, " {other}")),
    }
}

fn to_toml(value: &Value, out: &mut String) {
    let text = |text: &str| quoted(text, |c| format!("\\u{c:04x}"));
    match value {
        Value::Array(values) => {
            out.push('[');
            for value in values {
                to_toml(value, out);
                out.push_str(", # é\n");
            }
            out.push(']');
        }
        Value::Object(map) => {
            out.push('{');
            for (at, (name, value)) in map.iter().enumerate() {
                let _ = write!(out, "{}{} = ", if at > 0 { ", " } else { "" }, text(name));
                to_toml(value, out);
            }
            out.push('}');
        }
        Value::String(string) => out.push_str(&text(string)),
        other => drop(write!(out, "{other}")),
    }
}

fn toml_of(value: &Value) -> String {
    let mut out = String::new();
    let mut tables = String::new();
    for (name, value) in value.as_object().unwrap() {
        match value {
            Value::Object(map) => {
                let _ = writeln!(tables, "[{name}]");
                for (name, value) in map {
                    let _ = write!(tables, "{} = ", quoted(name, |c| format!("\\u{c:04x}")));
                    to_toml(value, &mut tables);
                    tables.push('\n');
                }
            }
            _ => {
                let _ = write!(out, "{name} = ");
                to_toml(value, &mut out);
                out.push('\n');
            }
        }
    }
    out + &tables
}

fn to_ron(value: &Value, out: &mut String) {
    let text = |text: &str| quoted(text, |c| format!("\\u{{{c:x}}}"));
    match value {
        Value::Null => out.push_str("None"),
        Value::Array(values) => {
            // A name in round brackets alone would be a tuple of one, as well as a list.
            let (open, close) = if values.len() > 1 { ('(', ')') } else { ('[', ']') };
            out.push(open);
            for value in values {
                to_ron(value, out);
                out.push_str(", /* é */");
            }
            out.push(close);
        }
        Value::Object(map)
            if !map.is_empty() && map.keys().all(|name| name.chars().all(|c| c.is_ascii_lowercase())) =>
        {
            out.push_str("Foo(");
            for (name, value) in map {
                let _ = write!(out, "r#{name}: ");
                to_ron(value, out);
                out.push(',');
            }
            out.push(')');
        }
        Value::Object(map) => {
            out.push('{');
            for (name, value) in map {
                let _ = write!(out, "{}: Some(", text(name));
                to_ron(value, out);
                out.push_str("), ");
            }
            out.push('}');
        }
        Value::String(string) => out.push_str(&text(string)),
        other => drop(write!(out, "{other}")),
    }
}

fn written(name: &str, value: &Value) -> String {
    let mut out = String::new();
    match name {
        "a.yaml" => to_yaml(value, 0, &mut out),
        "a.toml" => out = toml_of(value),
        "a.ron" => to_ron(value, &mut out),
        _ => out = serde_json::to_string_pretty(value).unwrap(),
    }
    out
}

fn check_span(text: &str, span: Span) -> Result<(), TestCaseError> {
    let (start, end) = (span.start as usize, span.end as usize);
    prop_assert!(start <= end && end <= text.len(), "{start}..{end} of {} bytes", text.len());
    prop_assert!(
        text.is_char_boundary(start) && text.is_char_boundary(end),
        "{start}..{end} cuts a character"
    );
    Ok(())
}

fn check_node(node: Node<'_>, text: &str) -> Result<(), TestCaseError> {
    check_span(text, node.span())?;
    check_span(text, node.label())?;
    check_span(text, node.opening())?;
    let _ = (node.text(), node.number(), node.integer(), node.boolean(), node.get("a"));
    prop_assert_eq!(node.text().is_some(), node.is_text());
    for element in node.elements() {
        check_node(element, text)?;
    }
    for (name, value) in node.properties() {
        prop_assert!(name.is_text() || name.kind() == NodeKind::Invalid, "a name is {:?}", name.kind());
        check_node(name, text)?;
        check_node(value, text)?;
    }
    Ok(())
}

fn check(name: &str, text: &str) -> Result<(), TestCaseError> {
    let outcome = read(name, text);
    prop_assert_eq!(outcome.document.broken, !outcome.diagnostics.is_empty());
    for diagnostic in &outcome.diagnostics {
        prop_assert!(!diagnostic.labels.is_empty());
        for label in &diagnostic.labels {
            check_span(text, label.span)?;
        }
        prop_assert!(diagnostic.code.id != "Q0099", "{}", diagnostic.title);
        let _ = (
            human(diagnostic, &outcome.files, Style::Plain),
            json(diagnostic, &outcome.files),
            rustc(diagnostic, &outcome.files),
        );
    }
    if let Some(root) = outcome.document.root() {
        check_node(root, text)?;
        // What was made of it is JSON, however broken the file is.
        if !name.starts_with("a.json") {
            prop_assert_eq!(read("a.json", root.raw()).lines(), Vec::<String>::new(), "{}", root.raw());
        }
    }
    Ok(())
}

fn mutate(text: &str, edits: &[(prop::sample::Index, usize, String)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (index, length, piece) in edits {
        let at = index.index(chars.len() + 1);
        let end = (at + length).min(chars.len());
        drop(chars.splice(at..end, piece.chars()));
    }
    chars.into_iter().collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_text(name in name(), text in soup()) {
        check(name, &text)?;
    }

    #[test]
    fn a_value_means_the_same_in_all(value in value()) {
        for name in NAMES {
            let value = if name == "a.toml" { value.clone() } else { with_nulls(value.clone()) };
            let text = written(name, &value);
            let outcome = read(name, &text);
            prop_assert_eq!(outcome.lines(), Vec::<String>::new(), "{}: {}", name, text);
            let found: Value = serde_json::from_str(outcome.document.root().unwrap().raw()).unwrap();
            prop_assert_eq!(&found, &value, "{}: {}", name, text);
            check(name, &text)?;
        }
    }

    #[test]
    fn a_mutated_value(
        name in name(),
        value in value(),
        edits in vec((any::<prop::sample::Index>(), 0usize..3, prop_oneof![1 => Just(String::new()), 3 => piece()]), 1..4),
    ) {
        check(name, &mutate(&written(name, &value), &edits))?;
    }

    #[test]
    fn json_is_yaml(value in value()) {
        let value = with_nulls(value);
        let found = read("a.yaml", &serde_json::to_string(&value).unwrap());
        prop_assert_eq!(found.lines(), Vec::<String>::new());
        let found: Value = serde_json::from_str(found.document.root().unwrap().raw()).unwrap();
        prop_assert_eq!(found, value);
    }
}
