//! What holds of the reader for every text: it never panics, it refuses exactly what `serde_json` refuses, and what it reads means
//! what `serde_json` says it means.

use super::recover::recover;
use super::scan::MAX_DEPTH;
use super::{Document, Node, NodeKind, parse};
use crate::diagnostics::{Diagnostic, Style, code, human, json, rustc};
use crate::text::{FileId, Files, Span};
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// `serde_json` counts down from 128 and refuses at 0, so it takes one bracket less than we do.
const SERDE_DEPTH: usize = 127;

fn config() -> ProptestConfig {
    ProptestConfig::default()
}

pub(super) struct Outcome {
    pub(super) files: Files,
    pub(super) document: Document,
    pub(super) diagnostics: Vec<Diagnostic>,
}

pub(super) fn read(text: &str) -> Outcome {
    let mut files = Files::default();
    let text = Arc::new(text.to_owned());
    let file = files.add("test.json".to_owned(), text.clone());
    let mut diagnostics = Vec::new();
    let document = parse(file, text, &mut diagnostics);
    Outcome { files, document, diagnostics }
}

fn accepts(text: &str) -> bool {
    read(text).diagnostics.is_empty()
}

// What is generated.

fn space() -> impl Strategy<Value = String> {
    prop_oneof![4 => Just(String::new()), 1 => "[ \n\r\t]{1,3}"]
}

fn number() -> impl Strategy<Value = String> {
    prop_oneof![
        "-?(0|[1-9][0-9]{0,3})",
        "-?(0|[1-9][0-9]{0,24})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?",
        any::<i64>().prop_map(|number| number.to_string()),
        any::<u64>().prop_map(|number| number.to_string()),
    ]
}

/// A string literal, quotes included, with every kind of escape.
fn string() -> impl Strategy<Value = String> {
    let plain =
        any::<char>().prop_map(|c| if matches!(c, '"' | '\\' | '\0'..='\u{1f}') { '\u{7f}' } else { c });
    let part = prop_oneof![
        4 => "[a-z ,:{}\\[\\]']{1,9}",
        3 => plain.prop_map(String::from),
        1 => prop::sample::select(vec!["\\\"", "\\\\", "\\/", "\\b", "\\f", "\\n", "\\r", "\\t"])
            .prop_map(str::to_owned),
        1 => any::<char>().prop_map(|c| {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }),
        1 => any::<char>().prop_map(|c| {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04X}")).collect()
        }),
    ];
    vec(part, 0..6).prop_map(|parts| format!("\"{}\"", parts.concat()))
}

fn valid() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec!["null", "true", "false", "[]", "{}"]).prop_map(str::to_owned),
        number(),
        string(),
    ];
    let value = leaf.prop_recursive(6, 48, 6, |inner| {
        let item = (space(), inner.clone(), space()).prop_map(|(a, value, b)| format!("{a}{value}{b}"));
        let property = (space(), string(), space(), space(), inner, space())
            .prop_map(|(a, name, b, c, value, d)| format!("{a}{name}{b}:{c}{value}{d}"));
        prop_oneof![
            vec(item, 1..6).prop_map(|items| format!("[{}]", items.join(","))),
            vec(property, 1..6).prop_map(|properties| format!("{{{}}}", properties.join(","))),
        ]
    });
    (prop::bool::weighted(0.1), space(), value, space())
        .prop_map(|(bom, a, value, b)| format!("{}{a}{value}{b}", if bom { "\u{feff}" } else { "" }))
}

#[derive(Clone, Debug)]
enum Edit {
    Delete,
    Insert(String),
    Replace(String),
    Duplicate(usize),
    Cut,
}

/// What someone's typing, pasting or merging leaves behind.
fn scrap() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec![
            "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "=", "/", "//", "/*", "*/", "-", "+", ".", "0", "e", "_", "\n",
            " ", "\t", "\r", "\u{a0}", "\u{feff}", "\u{2028}", "\u{85}", "\u{c}", "\0", "\u{7f}", "é", "日", "😀", "“", "true",
            "nul", "NaN", "1e400", "-0", "01", "1.", "\\u12", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\x", "\"a\":", "é\n",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

fn edits() -> impl Strategy<Value = Vec<(prop::sample::Index, Edit)>> {
    let edit = prop_oneof![
        3 => Just(Edit::Delete),
        3 => scrap().prop_map(Edit::Insert),
        3 => scrap().prop_map(Edit::Replace),
        2 => (1usize..12).prop_map(Edit::Duplicate),
        1 => Just(Edit::Cut),
    ];
    vec((any::<prop::sample::Index>(), edit), 1..4)
}

fn mutate(text: &str, edits: &[(prop::sample::Index, Edit)]) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    for (index, edit) in edits {
        let at = index.index(chars.len() + 1);
        let end = (at + 1).min(chars.len());
        match edit {
            Edit::Delete => drop(chars.drain(at..end)),
            Edit::Insert(text) => drop(chars.splice(at..at, text.chars())),
            Edit::Replace(text) => drop(chars.splice(at..end, text.chars())),
            Edit::Duplicate(length) => {
                let copy = chars[at..(at + length).min(chars.len())].to_vec();
                drop(chars.splice(at..at, copy));
            }
            Edit::Cut => chars.truncate(at),
        }
    }
    chars.into_iter().collect()
}

fn soup() -> impl Strategy<Value = String> {
    prop_oneof![
        vec(any::<u8>(), 0..60).prop_map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        vec(prop_oneof![scrap(), string(), number()], 0..24).prop_map(|parts| parts.concat()),
    ]
}

/// Brackets in brackets; with how many, if it is valid.
fn nested() -> impl Strategy<Value = (Option<usize>, String)> {
    (120usize..136, any::<u64>(), 0usize..3, prop::sample::select(vec!["", "1", "\"é\"", "é"])).prop_map(
        |(depth, pattern, missing, inside)| {
            let object = |level: usize| pattern >> (level % 64) & 1 == 1;
            let open = (0..depth).map(|level| if object(level) { "{\"a\":" } else { "[" });
            let close = (missing..depth).rev().map(|level| if object(level) { "}" } else { "]" });
            let innermost = if inside.is_empty() && object(depth - 1) { "0" } else { inside };
            let text = format!("{}{innermost}{}", open.collect::<String>(), close.collect::<String>());
            ((missing == 0 && inside != "é").then_some(depth), text)
        },
    )
}

// What has to hold.

fn check_span(text: &str, span: Span) -> Result<(), TestCaseError> {
    let (start, end) = (span.start as usize, span.end as usize);
    prop_assert!(start <= end && end <= text.len(), "{start}..{end} of {} bytes", text.len());
    prop_assert!(
        text.is_char_boundary(start) && text.is_char_boundary(end),
        "{start}..{end} cuts a character"
    );
    Ok(())
}

/// Everything that can be asked of a node, and of the nodes in it; returns how many there are.
fn walk(node: Node<'_>, text: &str) -> Result<usize, TestCaseError> {
    check_span(text, node.span())?;
    check_span(text, node.label())?;
    if matches!(node.kind(), NodeKind::Array | NodeKind::Object) {
        check_span(text, node.opening())?;
    }
    let span = node.span();
    prop_assert_eq!(node.raw(), &text[span.start as usize..span.end as usize]);
    prop_assert_eq!(node.text().is_some(), node.is_text());
    prop_assert!(node.plain().is_none_or(|plain| node.text().as_deref() == Some(plain)));
    prop_assert_eq!(node.number().is_some(), matches!(node.kind(), NodeKind::Integer | NodeKind::Float));
    prop_assert_eq!(node.boolean().is_some(), matches!(node.kind(), NodeKind::True | NodeKind::False));
    prop_assert_eq!(node.is_null(), node.kind() == NodeKind::Null);
    let _ = (node.integer(), node.get("a"), node.property(""));
    let mut count = 1;
    let mut last = node.at();
    let mut inside = Vec::new();
    for element in node.elements() {
        inside.push(element);
    }
    for (name, value) in node.properties() {
        prop_assert!(name.is_text() || name.kind() == NodeKind::Invalid, "a name is {:?}", name.kind());
        inside.extend([name, value]);
    }
    for child in inside {
        prop_assert!(child.at() > last, "the tape goes backwards");
        last = child.at();
        count += walk(child, text)?;
    }
    Ok(count)
}

/// The greatest depth of brackets outside of strings.
fn depth(text: &str) -> usize {
    let (mut depth, mut most, mut string, mut escaped) = (0usize, 0, false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if string => escaped = true,
            '"' => string = !string,
            '[' | '{' if !string => depth += 1,
            ']' | '}' if !string => depth = depth.saturating_sub(1),
            _ => {}
        }
        most = most.max(depth);
    }
    most
}

/// The text with small exponents: serde_json refuses `1e400`, the reader leaves it to the check against the schema.
fn tame(text: &str) -> String {
    let (mut string, mut escaped, mut exponent) = (false, false, false);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if string => escaped = true,
            '"' => string = !string,
            _ => {}
        }
        let before = out.chars().next_back();
        exponent =
            !string && exponent && (c.is_ascii_digit() || matches!(before, Some('e' | 'E' | '+' | '-')));
        if !string && matches!(c, 'e' | 'E') && before.is_some_and(|c| c.is_ascii_digit()) {
            exponent = true;
        }
        // Of `e400` only `e4` is kept.
        if exponent && c.is_ascii_digit() && before.is_some_and(|c| c.is_ascii_digit()) {
            continue;
        }
        out.push(c);
    }
    out
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let Outcome { files, document, diagnostics } = read(text);
    // It says what it found, in all three forms.
    prop_assert_eq!(document.broken, !diagnostics.is_empty());
    prop_assert!(diagnostics.len() <= 2 * text.len() + 1, "{} findings", diagnostics.len());
    for diagnostic in &diagnostics {
        let known = [code::SYNTAX.id, code::TOO_DEEP.id, code::EMPTY_FILE.id];
        prop_assert!(known.contains(&diagnostic.code.id), "{}: {}", diagnostic.code.id, diagnostic.title);
        prop_assert!(diagnostic.span().is_some());
        for label in &diagnostic.labels {
            check_span(text, label.span)
                .map_err(|error| TestCaseError::fail(format!("{error}, says: {}", diagnostic.title)))?;
        }
        human(diagnostic, &files, Style::Plain);
        human(diagnostic, &files, Style::Colour);
        rustc(diagnostic, &files);
        let line = json(diagnostic, &files);
        prop_assert!(serde_json::from_str::<Value>(&line).is_ok(), "{line}");
    }
    // What could be read can be walked.
    if let Some(root) = document.root() {
        let nodes = walk(root, text)?;
        prop_assert!(nodes <= 2 * text.len() + 1, "{nodes} nodes");
    }
    // It refuses what serde_json refuses. A byte order mark is ours to accept.
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let accepted = diagnostics.is_empty();
    match serde_json::from_str::<Value>(body).or_else(|_| serde_json::from_str(&tame(body))) {
        Ok(_) => prop_assert!(accepted, "refused, but serde_json accepts"),
        Err(error) if error.to_string().contains("recursion limit exceeded") => {
            prop_assert!(!accepted || depth(body) <= MAX_DEPTH, "accepted, but it is too deep");
        }
        Err(error) => prop_assert!(!accepted, "accepted, but serde_json says: {error}"),
    }
    Ok(())
}

/// The tape means the same as the value.
fn same(node: Node<'_>, value: &Value) -> Result<(), TestCaseError> {
    match value {
        Value::Null => prop_assert!(node.is_null()),
        Value::Bool(value) => prop_assert_eq!(node.boolean(), Some(*value)),
        Value::String(value) => prop_assert!(node.text().as_deref() == Some(value)),
        Value::Number(value) => {
            if let Some(whole) = value.as_i64().map(i128::from).or(value.as_u64().map(i128::from)) {
                prop_assert_eq!(node.kind(), NodeKind::Integer);
                prop_assert_eq!(node.integer(), Some(whole));
            }
            // serde_json's floats may be off by the last bits.
            let (ours, theirs) = (node.number().unwrap(), value.as_f64().unwrap());
            prop_assert!((ours - theirs).abs() <= theirs.abs() * 1e-15, "{ours} and {theirs}");
        }
        Value::Array(values) => {
            prop_assert_eq!(node.kind(), NodeKind::Array);
            prop_assert_eq!(node.elements().count(), values.len());
            prop_assert_eq!(node.properties().count(), 0);
            for (node, value) in node.elements().zip(values) {
                same(node, value)?;
            }
        }
        Value::Object(values) => {
            prop_assert_eq!(node.kind(), NodeKind::Object);
            prop_assert_eq!(node.elements().count(), 0);
            // Of several of one name serde_json takes the last.
            let mut last = BTreeMap::new();
            for (name, value) in node.properties() {
                let text = name.text().unwrap().into_owned();
                let theirs: String = serde_json::from_str(name.raw()).unwrap();
                prop_assert_eq!(&theirs, &text);
                last.insert(text, value);
            }
            prop_assert_eq!(last.len(), values.len());
            for (name, node) in last {
                prop_assert!(values.contains_key(&name), "{name}");
                same(node, &values[&name])?;
            }
        }
    }
    let raw = node.raw();
    prop_assert_eq!(&serde_json::from_str::<Value>(raw).unwrap(), value);
    if !matches!(node.kind(), NodeKind::Array | NodeKind::Object) {
        let again = read(raw);
        let root = again.document.root().unwrap();
        prop_assert!(again.diagnostics.is_empty());
        prop_assert_eq!((root.kind(), root.raw(), root.text()), (node.kind(), raw, node.text()));
    }
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_bytes(text in soup()) {
        check(&text)?;
    }

    #[test]
    fn valid_json_is_accepted_and_means_the_same(text in valid()) {
        check(&text)?;
        let outcome = read(&text);
        prop_assert!(outcome.diagnostics.is_empty());
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        same(outcome.document.root().unwrap(), &value)?;
        agree(&text)?;
    }

    #[test]
    fn mutated_json(text in valid(), edits in edits()) {
        check(&mutate(&text, &edits))?;
    }

    #[test]
    fn mutated_quests(which in 0usize..5, edits in edits()) {
        check(&mutate(&quests()[which].1, &edits))?;
    }

    #[test]
    fn deep_json((depth, text) in nested()) {
        check(&text)?;
        if let Some(depth) = depth {
            prop_assert_eq!(accepts(&text), depth <= MAX_DEPTH);
        }
    }
}

#[test]
fn where_we_differ_from_serde_json() {
    let serde = |text: &str| serde_json::from_str::<Value>(text).is_ok();
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(serde(&deep(SERDE_DEPTH)) && accepts(&deep(SERDE_DEPTH)));
    assert!(!serde(&deep(MAX_DEPTH)) && accepts(&deep(MAX_DEPTH)));
    assert!(!serde(&deep(MAX_DEPTH + 1)) && !accepts(&deep(MAX_DEPTH + 1)));
    assert_eq!(read(&deep(MAX_DEPTH + 1)).diagnostics[0].code.id, code::TOO_DEEP.id);
    assert!(!serde("1e400") && accepts("1e400"));
    assert!(!serde("\u{feff}1") && accepts("\u{feff}1"));
    assert!(!accepts("\u{feff}\u{feff}1"));
}

#[test]
fn where_we_agree_with_serde_json() {
    for text in
        [r#""\ud800""#, r#""\udc00""#, r#""\ud800\ud800""#, r#""\ud800x""#, "", " \n", "\u{c}", "\u{feff}"]
    {
        assert!(serde_json::from_str::<Value>(text).is_err() && !accepts(text), "{text:?}");
    }
    for text in [r#"{"a": 1, "a": 2}"#, r#""\ud83d\ude00""#, "\"\u{7f}\u{85}\u{2028}\"", "-0", "1E+2"] {
        assert!(serde_json::from_str::<Value>(text).is_ok() && accepts(text), "{text:?}");
    }
}

// One mistake in a real file.

pub(super) fn quests() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/rune-rust/content/quests");
    let mut files: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| {
            (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
        })
        .collect();
    files.sort();
    assert_eq!(files.len(), 5);
    files
}

/// Every punctuation mark of a file: its place, and whether it stands in a string.
fn marks(text: &str) -> Vec<(usize, char, bool)> {
    let (mut string, mut escaped) = (false, false);
    let mut marks = Vec::new();
    for (at, c) in text.char_indices() {
        let inside = string && c != '"';
        match c {
            _ if escaped => escaped = false,
            '\\' if string => escaped = true,
            '"' => string = !string,
            _ => {}
        }
        if matches!(c, ',' | ':' | '"' | '[' | ']' | '{' | '}') {
            marks.push((at, c, inside));
        }
    }
    marks
}

#[test]
fn one_missing_mark_in_a_quest_file_is_found() {
    // The files are small, so every mark has its turn.
    for (name, text) in quests() {
        assert!(accepts(&text), "{name}");
        for (at, mark, inside) in marks(&text) {
            let without = format!("{}{}", &text[..at], &text[at + 1..]);
            let diagnostics = read(&without).diagnostics;
            let line = text[..at].matches('\n').count() + 1;
            let titles: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.title.as_str()).collect();
            let what = format!("{name}:{line} without `{mark}`: {titles:?}");
            let valid = serde_json::from_str::<Value>(&without).is_ok();
            assert_eq!(diagnostics.is_empty(), valid, "{what}");
            check(&without).unwrap_or_else(|error| panic!("{what}: {error}"));
            assert!(inside || diagnostics.len() == 1, "{what}");
        }
    }
}

/// The reader for files with mistakes reads files without any as the other one does.
fn agree(text: &str) -> Result<(), TestCaseError> {
    let strict = read(text).document;
    let mut diagnostics = Vec::new();
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let tape = recover(strict.file, text, start, &mut diagnostics);
    prop_assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let recovered = Document::new(strict.file, strict.text.clone(), tape, false);
    prop_assert_eq!(all(strict.root().unwrap()), all(recovered.root().unwrap()));
    Ok(())
}

/// Kind and place of a value and of everything in it.
fn all(node: Node<'_>) -> Vec<(u32, NodeKind, Span)> {
    let inside = node.properties().flat_map(|(name, value)| [name, value]).chain(node.elements());
    std::iter::once((node.at(), node.kind(), node.span())).chain(inside.flat_map(all)).collect()
}

#[test]
fn the_file_id_is_kept() {
    let mut diagnostics = Vec::new();
    let document = parse(FileId(7), Arc::new("[".to_owned()), &mut diagnostics);
    assert_eq!(document.file, FileId(7));
    assert_eq!(diagnostics[0].span().map(|span| span.file), Some(FileId(7)));
}
