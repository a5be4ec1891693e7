//! What holds of every format: it means what JSON would mean, its places are those of the file, and no text makes it panic.

use super::Format;
use crate::diagnostics::Diagnostic;
use crate::source::{Document, Node, NodeKind};
use crate::text::{Files, Span};
use serde_json::Value;
use std::sync::Arc;

struct Outcome {
    files: Files,
    document: Document,
    diagnostics: Vec<Diagnostic>,
}

fn read(name: &str, text: &str) -> Outcome {
    let mut files = Files::default();
    let text = Arc::new(text.to_owned());
    let file = files.add(name.to_owned(), text.clone());
    let mut diagnostics = Vec::new();
    let document = Format::of(name).read(name, file, text, &mut diagnostics);
    Outcome { files, document, diagnostics }
}

impl Outcome {
    fn place(&self, span: Span) -> String {
        let (line, column) = self.files.line_column(span.file, span.start);
        let text = &self.files.text(span.file)[span.start as usize..span.end as usize];
        format!("{line}:{column} {text}")
    }

    /// Of each diagnostic the title, place and words of each label, and the help.
    fn lines(&self) -> Vec<String> {
        let line = |diagnostic: &Diagnostic| {
            let labels: String = diagnostic
                .labels
                .iter()
                .map(|label| format!(" | {}: {}", self.place(label.span), label.text))
                .collect();
            let help: String = diagnostic.help.iter().map(|help| format!(" | {help}")).collect();
            format!("{} {}{labels}{help}", diagnostic.code.id, diagnostic.title)
        };
        self.diagnostics.iter().map(line).collect()
    }

    /// What the file means, as JSON.
    #[track_caller]
    fn value(&self) -> Value {
        assert_eq!(self.lines(), Vec::<String>::new());
        assert!(!self.document.broken);
        serde_json::from_str(self.document.root().unwrap().raw()).unwrap()
    }

    /// Every entry with what a label on it would underline.
    #[track_caller]
    fn places(&self) -> Vec<String> {
        fn walk(outcome: &Outcome, node: Node<'_>, out: &mut Vec<String>) {
            let what = match node.kind() {
                NodeKind::Object => "{",
                NodeKind::Array => "[",
                _ => "",
            };
            out.push(format!("{what}{}", outcome.place(node.label())));
            for element in node.elements() {
                walk(outcome, element, out);
            }
            for (name, value) in node.properties() {
                walk(outcome, name, out);
                walk(outcome, value, out);
            }
        }
        assert_eq!(self.lines(), Vec::<String>::new());
        let mut out = Vec::new();
        walk(self, self.document.root().unwrap(), &mut out);
        out
    }
}

#[track_caller]
fn means(name: &str, text: &str, json: &str) {
    let expected: Value = serde_json::from_str(json).unwrap();
    assert_eq!(read(name, text).value(), expected, "{text}");
}

#[track_caller]
fn says(name: &str, text: &str, lines: &[&str]) {
    let outcome = read(name, text);
    assert_eq!(outcome.lines(), lines, "{text}");
    assert!(outcome.document.broken);
}

#[test]
fn a_name_tells_the_format() {
    for (name, format) in [
        ("a.json", Format::Json),
        ("a/b.jsonc", Format::Jsonc),
        ("a.YAML", Format::Yaml),
        ("a.b.yml", Format::Yaml),
        ("a.toml", Format::Toml),
        ("a.ron", Format::Ron),
        ("a.quest", Format::Json),
        ("a.yaml/b", Format::Json),
        ("yaml", Format::Json),
        ("", Format::Json),
    ] {
        assert_eq!(Format::of(name), format, "{name}");
    }
}

#[test]
fn json_with_comments() {
    means(
        "a.jsonc",
        "// é\n{\"a\": [1, /* 2, */ 3,], \"b\": \"// no\", /* end */ }\n",
        r#"{"a": [1, 3], "b": "// no"}"#,
    );
    let outcome = read("a.jsonc", "/* é */ {\n  /* 日本 */ \"ä\": 1,\n}");
    assert_eq!(outcome.places(), ["{1:9 {", "2:12 \"ä\"", "2:17 1"]);
    says(
        "a.jsonc",
        "{ \"é\": 1 /* \n",
        &["Q0001 a comment without an end | 1:10 /*: starts here | close it with `*/`"],
    );
    says(
        "a.jsonc",
        "// only",
        &[
            "Q0009 the file holds only comments | 1:1 : a document should start here | write the document, or remove the file",
        ],
    );
    // What is wrong as JSON is wrong here, at its own place.
    says(
        "a.jsonc",
        "{ /* é */ \"a\": tru }",
        &["Q0001 `tru` is not a value | 1:16 tru:  | text stands in double quotes: `\"tru\"`"],
    );
    assert!(!read("a.jsonc", "[1,,]").lines().is_empty() && !read("a.jsonc", "[,]").lines().is_empty());
}

#[test]
fn json_offers_comments() {
    let help = |name: &str, text: &str| {
        read(name, text).diagnostics.into_iter().map(|diagnostic| diagnostic.help).collect::<Vec<_>>()
    };
    let offer = "or rename the file to `a.jsonc`, in which comments are allowed";
    for text in ["{} // é", "/* é */ {}", "{ // a\n // b\n }"] {
        let help = help("x/a.json", text);
        assert_eq!(help.len(), 1, "{text}");
        assert_eq!(help[0].last().map(String::as_str), Some(offer), "{text}");
    }
    assert!(!help("a.quest", "{} // é").concat().contains(&offer.to_owned()));
}

#[cfg(not(all(feature = "yaml", feature = "toml", feature = "ron")))]
#[test]
fn a_format_that_is_turned_off() {
    for (name, format, feature, is_on) in [
        ("a.yaml", "YAML", "yaml", cfg!(feature = "yaml")),
        ("a.toml", "TOML", "toml", cfg!(feature = "toml")),
        ("a.ron", "RON", "ron", cfg!(feature = "ron")),
    ] {
        if !is_on {
            let line = format!(
                "Q0006 `{name}` cannot be read: {format} is not turned on | in `Cargo.toml`, turn on the feature `{feature}`: `quest-build = {{ features = [\"{feature}\"] }}`"
            );
            says(name, "a: 1", &[&line]);
        }
    }
}

#[cfg(all(feature = "yaml", feature = "toml", feature = "ron"))]
mod all;
