//! Diagnostics as a SARIF 2.1.0 log, which code hosts and editors read (OASIS Static Analysis Results Interchange Format).

use super::{Code, Diagnostic, Edit, Level, json_string};
use crate::text::{Files, Span};
use std::collections::BTreeMap;

/// The schema that the log follows.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What there is to say about a code.
pub struct Description {
    /// In one sentence.
    pub summary: String,
    pub text: String,
}

/// A whole log with one run, one rule or result a line. Its rules are the codes that were found, in order.
pub fn sarif(
    diagnostics: &[&Diagnostic],
    files: &Files,
    describe: &dyn Fn(&str) -> Option<Description>,
) -> String {
    let found: BTreeMap<&str, &Code> =
        diagnostics.iter().map(|diagnostic| (diagnostic.code.id, diagnostic.code)).collect();
    let rules: Vec<String> = found.values().map(|code| rule(code, describe(code.id))).collect();
    let position = |code: &Code| found.keys().take_while(|id| **id < code.id).count();
    let results: Vec<String> =
        diagnostics.iter().map(|diagnostic| result(diagnostic, position(diagnostic.code), files)).collect();
    // Columns count characters, which is not what SARIF supposes.
    format!(
        "{{\n\"$schema\":{},\n\"version\":\"2.1.0\",\n\"runs\":[{{\n\
         \"tool\":{{\"driver\":{{\"name\":\"questc\",\"version\":{version},\"semanticVersion\":{version},\"rules\":[{}]}}}},\n\
         \"columnKind\":\"unicodeCodePoints\",\n\
         \"results\":[{}]\n}}]\n}}",
        json_string(SCHEMA),
        lines(&rules),
        lines(&results),
        version = json_string(env!("CARGO_PKG_VERSION")),
    )
}

fn lines(values: &[String]) -> String {
    if values.is_empty() { String::new() } else { format!("\n{}\n", values.join(",\n")) }
}

fn rule(code: &Code, description: Option<Description>) -> String {
    let mut parts = vec![
        format!("\"id\":{}", json_string(code.id)),
        format!("\"name\":{}", json_string(&upper_camel(code.name))),
    ];
    if let Some(Description { summary, text }) = description {
        parts.push(format!("\"shortDescription\":{}", message(&summary)));
        parts.push(format!("\"fullDescription\":{}", message(&text)));
    }
    parts.push(format!("\"help\":{}", message(&format!("`questc explain {}` shows an example.", code.id))));
    parts.push(format!("\"defaultConfiguration\":{{\"level\":\"{}\"}}", level(code.level)));
    format!("{{{}}}", parts.join(","))
}

fn result(diagnostic: &Diagnostic, rule: usize, files: &Files) -> String {
    let mut text = diagnostic.title.clone();
    let sentences = diagnostic.labels.first().map(|label| ("", &label.text)).into_iter();
    let sentences = sentences.chain(diagnostic.notes.iter().map(|note| ("note: ", note)));
    for (before, said) in sentences.chain(diagnostic.help.iter().map(|help| ("help: ", help))) {
        if !said.is_empty() {
            text.push_str(&format!("\n{before}{said}"));
        }
    }
    let mut parts = vec![
        format!("\"ruleId\":{}", json_string(diagnostic.code.id)),
        format!("\"ruleIndex\":{rule}"),
        format!("\"level\":\"{}\"", level(diagnostic.level)),
        format!("\"message\":{}", message(&text)),
    ];
    let place = match (diagnostic.span(), &diagnostic.about) {
        (Some(span), _) => Some(physical(span, files)),
        (None, Some(about)) => Some(file_alone(about)),
        (None, None) => None,
    };
    if let Some(place) = place {
        let object = diagnostic.entry().map_or_else(String::new, |entry| {
            format!(",\"logicalLocations\":[{{\"fullyQualifiedName\":{}}}]", json_string(entry))
        });
        parts.push(format!("\"locations\":[{{\"physicalLocation\":{place}{object}}}]"));
    }
    let related: Vec<String> = diagnostic
        .labels
        .iter()
        .zip(0..)
        .skip(1)
        .map(|(label, id)| {
            let place = physical(label.span, files);
            format!("{{\"id\":{id},\"physicalLocation\":{place},\"message\":{}}}", message(&label.text))
        })
        .collect();
    if !related.is_empty() {
        parts.push(format!("\"relatedLocations\":[{}]", related.join(",")));
    }
    if let Some(Edit { span, text }) = diagnostic.fix.as_ref().and_then(|fix| fix.edit(files)) {
        parts.push(format!(
            "\"fixes\":[{{\"description\":{},\"artifactChanges\":[{{\"artifactLocation\":{{\"uri\":{}}},\"replacements\":[{{\"deletedRegion\":{},\"insertedContent\":{{\"text\":{}}}}}]}}]}}]",
            message(&format!("write `{text}`")),
            json_string(&uri(files.name(span.file))),
            region(span, files),
            json_string(&text),
        ));
    }
    if let Some(lint) = &diagnostic.lint {
        parts.push(format!("\"properties\":{{\"lint\":{}}}", json_string(lint)));
    }
    format!("{{{}}}", parts.join(","))
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Allow => "none",
    }
}

/// A message object. Braces stand for arguments there unless they are doubled (SARIF §3.11.5).
fn message(text: &str) -> String {
    let text = text.replace('{', "{{").replace('}', "}}");
    format!("{{\"text\":{}}}", json_string(&text))
}

fn physical(span: Span, files: &Files) -> String {
    let file = json_string(&uri(files.name(span.file)));
    format!("{{\"artifactLocation\":{{\"uri\":{file}}},\"region\":{}}}", region(span, files))
}

fn region(span: Span, files: &Files) -> String {
    let (line, column) = files.line_column(span.file, span.start);
    let (end_line, end_column) = files.line_column(span.file, span.end);
    format!(
        "{{\"startLine\":{line},\"startColumn\":{column},\"endLine\":{end_line},\"endColumn\":{end_column}}}"
    )
}

fn file_alone(name: &str) -> String {
    format!("{{\"artifactLocation\":{{\"uri\":{}}}}}", json_string(&uri(name)))
}

/// A file as a reference that is relative to the directory of the run, or as a `file:` address if its path is whole.
fn uri(name: &str) -> String {
    let mut text = match name.chars().nth(1) {
        _ if name.starts_with('/') => "file://".to_owned(),
        Some(':') => "file:///".to_owned(),
        _ => String::new(),
    };
    let scheme = !text.is_empty();
    for byte in name.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                text.push(byte.into())
            }
            // In front of the first `/` of a relative reference it would end a scheme.
            b':' if scheme => text.push(':'),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// `UnknownReference` for `unknown-reference`, as SARIF asks for.
fn upper_camel(name: &str) -> String {
    let word =
        |word: &str| word.get(..1).unwrap_or_default().to_uppercase() + word.get(1..).unwrap_or_default();
    name.split('-').map(word).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostics::code;

    #[test]
    fn files_are_addresses() {
        assert_eq!(uri("content/a b/ä#1.json"), "content/a%20b/%C3%A4%231.json");
        assert_eq!(uri("../x/a:b.json"), "../x/a%3Ab.json");
        assert_eq!(uri("/home/me/100%.json"), "file:///home/me/100%25.json");
        assert_eq!(uri("C:/games/a.json"), "file:///C:/games/a.json");
    }

    #[test]
    fn text_that_looks_like_arguments() {
        assert_eq!(message("write `{ open = true }`"), r#"{"text":"write `{{ open = true }}`"}"#);
    }

    #[test]
    fn what_has_no_place_has_none() {
        let diagnostic = Diagnostic::new(&code::OUTPUT, "too many rows");
        let describe = |id: &str| Some(Description { summary: format!("{id}."), text: "{}".to_owned() });
        let log = sarif(&[&diagnostic], &Files::default(), &describe);
        let log: serde_json::Value = serde_json::from_str(&log).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert!(result.get("locations").is_none());
        let rule = &log["runs"][0]["tool"]["driver"]["rules"][0];
        assert_eq!((&rule["id"], &rule["name"]), (&"Q0010".into(), &"Output".into()));
        assert_eq!(rule["shortDescription"]["text"], "Q0010.");
        assert_eq!(rule["fullDescription"]["text"], "{{}}");
    }
}
