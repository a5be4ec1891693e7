//! One mistake gives one message: every mistake of one character that a quest file can have, and what the reader makes of it.

use super::tests::{quests, read};
use super::{Node, NodeKind};
use std::collections::BTreeMap;

/// A file with one mistake.
struct Broken {
    kind: &'static str,
    text: String,
    /// Where it was made.
    at: usize,
}

/// The tokens of a valid file, as ranges of bytes.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        at += 1;
        match byte {
            b'"' => {
                while bytes[at] != b'"' {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                at += 1;
            }
            b'{' | b'}' | b'[' | b']' | b',' | b':' => {}
            _ if byte.is_ascii_whitespace() => continue,
            _ => at += bytes[at..].iter().take_while(|byte| byte.is_ascii_alphanumeric()).count(),
        }
        tokens.push((start, at));
    }
    tokens
}

fn minified(text: &str) -> String {
    tokens(text).into_iter().map(|(start, end)| &text[start..end]).collect()
}

/// Every file that `text` becomes by one mistake.
fn mistakes(text: &str) -> Vec<Broken> {
    let tokens = tokens(text);
    let mut list = Vec::new();
    let mut replace = |kind, start: usize, end: usize, with: &str| {
        let text = format!("{}{with}{}", &text[..start], &text[end..]);
        list.push(Broken { kind, text, at: start });
    };
    for &(start, end) in &tokens {
        match &text[start..end] {
            mark @ ("{" | "[" | "}" | "]" | "," | ":") => {
                let kind = match mark {
                    "{" => "without `{`",
                    "[" => "without `[`",
                    "}" => "without `}`",
                    "]" => "without `]`",
                    "," => "without `,`",
                    _ => "without `:`",
                };
                replace(kind, start, end, "");
                match mark {
                    "}" => replace("`]` for `}`", start, end, "]"),
                    "]" => replace("`}` for `]`", start, end, "}"),
                    "," => {
                        replace("`;` for `,`", start, end, ";");
                        replace("`:` for `,`", start, end, ":");
                    }
                    ":" => {
                        replace("`=` for `:`", start, end, "=");
                        replace("`,` for `:`", start, end, ",");
                    }
                    _ => {}
                }
            }
            token if token.starts_with('"') => {
                replace("without opening `\"`", start, start + 1, "");
                replace("without closing `\"`", end - 1, end, "");
                let middle = (start + end) / 2;
                if end - start > 4 && text.is_char_boundary(middle) {
                    replace("`\"` in a text", middle, middle, "\"");
                }
            }
            _ => {}
        }
    }
    for at in tokens.iter().map(|token| token.0).chain([text.len()]) {
        for (kind, mark) in [
            ("surplus `,`", ","),
            ("surplus `:`", ":"),
            ("surplus `\"`", "\""),
            ("surplus `{`", "{"),
            ("surplus `[`", "["),
            ("surplus `}`", "}"),
            ("surplus `]`", "]"),
            ("stray `x`", "x"),
            ("stray `;`", ";"),
            ("stray `5`", "5"),
            ("stray `é`", "é"),
        ] {
            replace(kind, at, at, mark);
        }
    }
    let first = text.find('{').unwrap_or(0);
    for at in (first + 1..text.len()).step_by(3).filter(|at| text.is_char_boundary(*at)) {
        list.push(Broken { kind: "cut", text: text[..at].to_owned(), at });
    }
    list.retain(|broken| serde_json::from_str::<serde_json::Value>(&broken.text).is_err());
    list
}

/// Every scalar with its path.
fn flatten(node: Node<'_>, path: &str, into: &mut BTreeMap<(String, String), usize>) {
    match node.kind() {
        NodeKind::Object => {
            for (name, value) in node.properties() {
                flatten(value, &format!("{path}/{}", name.text().unwrap_or_default()), into);
            }
        }
        NodeKind::Array => {
            for (index, value) in node.elements().enumerate() {
                flatten(value, &format!("{path}/{index}"), into);
            }
        }
        NodeKind::Invalid => {}
        _ => {
            let text = node.text().map_or(node.raw().to_owned(), |text| text.into_owned());
            *into.entry((path.to_owned(), text)).or_default() += 1;
        }
    }
}

fn values(text: &str) -> (BTreeMap<(String, String), usize>, Vec<crate::diagnostics::Diagnostic>) {
    let outcome = read(text);
    let mut values = BTreeMap::new();
    if let Some(root) = outcome.document.root() {
        flatten(root, "", &mut values);
    }
    (values, outcome.diagnostics)
}

/// What came of the mistakes of one kind.
#[derive(Clone, Copy, Default)]
struct Count {
    all: usize,
    /// One diagnostic.
    one: usize,
    /// One diagnostic, and on the line of the mistake or between its neighbours.
    there: usize,
    /// Values that the file has, and that stand in their place in spite of the mistake.
    values: usize,
    kept: usize,
}

impl Count {
    fn add(&mut self, other: Self) {
        self.all += other.all;
        self.one += other.one;
        self.there += other.there;
        self.values += other.values;
        self.kept += other.kept;
    }
}

/// Lines, from the one of the token before the mistake to the one of the token behind it.
fn lines(text: &str, at: usize) -> std::ops::RangeInclusive<usize> {
    let line = |at: usize| text[..at].matches('\n').count();
    let before = text[..at].trim_end().len().saturating_sub(1);
    let before = (0..=before).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let rest = &text[at..];
    let behind = at + (rest.len() - rest.trim_start().len());
    line(before)..=line(behind)
}

/// Reads every file that one mistake makes of `text`. With `show`, the mistakes of that kind that were not mended well are printed.
fn count(text: &str, show: Option<&str>) -> BTreeMap<&'static str, Count> {
    let (whole, _) = values(text);
    let mut counts: BTreeMap<&'static str, Count> = BTreeMap::new();
    for broken in mistakes(text) {
        let (found, diagnostics) = values(&broken.text);
        assert!(!diagnostics.is_empty(), "{}", broken.text);
        let line = |at: usize| broken.text[..at].matches('\n').count();
        let said = line(diagnostics[0].span().unwrap().start as usize);
        let one = diagnostics.len() == 1;
        let there = one && lines(&broken.text, broken.at).contains(&said);
        let mut count =
            Count { all: 1, one: usize::from(one), there: usize::from(there), ..Count::default() };
        // What is behind a cut is not there to be kept.
        if broken.kind != "cut" {
            let kept = |(value, times): (_, &usize)| found.get(value).map_or(0, |found| *found.min(times));
            count.values = whole.values().sum();
            count.kept = whole.iter().map(kept).sum();
        }
        // A mistake in a value takes that value, one in a name a little more.
        if show.is_some_and(|show| broken.kind.contains(show)) && (!there || count.kept + 3 < count.values) {
            let titles: Vec<&str> = diagnostics.iter().map(|diagnostic| diagnostic.title.as_str()).collect();
            let (made, lost) = (line(broken.at) + 1, count.values - count.kept);
            println!("{} in line {made}: line {}: {titles:?}; {lost} values lost", broken.kind, said + 1);
        }
        counts.entry(broken.kind).or_default().add(count);
    }
    counts
}

/// Part of a whole in percent.
fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole.max(1) as f64
}

/// `QUESTC_SHOW_RECOVERY=1` prints a table, with the name of a kind also its mistakes, and reads all files instead of one.
#[test]
fn one_mistake_gives_one_message() {
    let show = std::env::var("QUESTC_SHOW_RECOVERY").ok();
    // What a mistake costs in values is least where indentation says which bracket is wrong.
    for (minify, kept) in [(false, 99.5), (true, 98.5)] {
        let mut sum = Count::default();
        let mut kinds: BTreeMap<&'static str, Count> = BTreeMap::new();
        for (_, text) in quests().into_iter().take(if show.is_some() { 5 } else { 1 }) {
            let text = if minify { minified(&text) } else { text };
            for (kind, count) in count(&text, show.as_deref()) {
                kinds.entry(kind).or_default().add(count);
                sum.add(count);
            }
        }
        for (kind, count) in kinds.into_iter().chain([("all", sum)]).filter(|_| show.is_some()) {
            let Count { all, one, there, values, kept } = count;
            println!(
                "{kind:22} {all:6}, one finding {:6.2} %, in place {:6.2} %, values kept {:6.2} %",
                percent(one, all),
                percent(there, all),
                percent(kept, values),
            );
        }
        assert!(percent(sum.one, sum.all) > 99.95, "{} of {}", sum.one, sum.all);
        assert!(percent(sum.there, sum.all) > 99.9, "{} of {}", sum.there, sum.all);
        assert!(percent(sum.kept, sum.values) > kept, "{} of {}", sum.kept, sum.values);
    }
}

/// Two mistakes of the file, the second at least 60 bytes behind the first.
fn pairs(text: &str, many: usize) -> Vec<String> {
    let mut mistakes = mistakes(text);
    mistakes.retain(|broken| broken.kind != "cut");
    let mut pairs = Vec::new();
    // Steps without a common factor, so that kinds and places mix.
    for step in 0.. {
        let [first, second] = [7919, 104_729].map(|prime| &mistakes[step * prime % mistakes.len()]);
        let between = first.at + 40;
        if first.at + 60 <= second.at && text.is_char_boundary(between) {
            let before = &first.text[..first.text.len() - (text.len() - between)];
            pairs.push(format!("{before}{}", &second.text[between..]));
            if pairs.len() == many {
                break;
            }
        }
    }
    pairs
}

#[test]
fn two_mistakes_give_two_messages() {
    let (_, text) = quests().swap_remove(0);
    for (text, floor) in [(minified(&text), 95.0), (text, 99.5)] {
        let pairs = pairs(&text, 500);
        let two = pairs.iter().filter(|pair| read(pair).diagnostics.len() == 2).count();
        assert!(percent(two, pairs.len()) >= floor, "{two} of {}", pairs.len());
    }
}

#[test]
fn the_words_are_for_people() {
    // (what is in the file, what is said about it)
    let cases = [
        (r#"{"name": The Iron Path, "level": 5}"#, "`The Iron Path` is not a value"),
        (r#"{"name": "He said "go" twice", "level": 5}"#, "a quote in the middle of a text"),
        (r#"{"name": “Iron Path”, "level": 5}"#, "text in curly quotes"),
        ("{\"name\": \"one\n  two\", \"level\": 5}", "a text goes on in the next line"),
        ("{\n  \"name\": \"x\",\n  a line of prose\n  \"level\": 5\n}", "text that does not belong here"),
        ("{\n  \"name\"\n  \"level\": 5\n}", "a value is missing"),
        ("{\n  # five\n  \"level\": 5\n}", "JSON has no comments"),
        (r#"{"name" => "x"}"#, "`=>` instead of `:`"),
        (r#"{"a": [1, 2, 3,], "b": 1}"#, "a comma with nothing behind it"),
        (r#"{"a": [1, 2, 3}, "b": 1}"#, "`}` instead of `]`"),
        (r#"{"a": 1} {"b": 2}"#, "text behind the end of the document"),
        (r#"[{"a": 1}, {"a": 2"#, "the file ends with 2 brackets open"),
        ("{\n<<<<<<< HEAD\n\"a\": 1\n=======\n\"a\": 2\n>>>>>>> new\n}", "a merge conflict"),
    ];
    for (text, title) in cases {
        let titles: Vec<String> =
            read(text).diagnostics.into_iter().map(|diagnostic| diagnostic.title).collect();
        assert_eq!(titles, [title], "{text}");
    }
}
