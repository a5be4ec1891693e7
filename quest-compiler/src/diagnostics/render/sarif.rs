//! Diagnostics as a SARIF 2.1.0 log, which code hosts and editors read (OASIS Static Analysis Results Interchange Format).

use crate::diagnostics::{Code, Diagnostic, Edit, Level};
use crate::text::{Files, Span};
use serde::Serialize;
use std::collections::BTreeMap;

/// The schema that the log follows.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Where there is more about the tool: the validator asks for an address.
const INFORMATION: &str = "https://rune-game.com/";

/// What there is to say about a code.
#[derive(Debug)]
pub struct Description {
    /// In one sentence.
    pub summary: String,
    pub text: String,
}

/// A whole log with one run. Its rules are the codes that were found, in order.
pub fn sarif(
    diagnostics: &[&Diagnostic],
    files: &Files,
    describe: &dyn Fn(&str) -> Option<Description>,
) -> String {
    let found: BTreeMap<&str, &Code> =
        diagnostics.iter().map(|diagnostic| (diagnostic.code.id, diagnostic.code)).collect();
    let position = |code: &Code| found.keys().take_while(|id| **id < code.id).count();
    let result = |diagnostic: &&Diagnostic| result(diagnostic, position(diagnostic.code), files);
    let driver = Driver {
        name: "questc",
        information_uri: INFORMATION,
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: found.values().map(|code| rule(code, describe(code.id))).collect(),
    };
    super::to_json(&Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [Run {
            tool: Tool { driver },
            // The default would be UTF-16 code units.
            column_kind: "unicodeCodePoints",
            results: diagnostics.iter().map(result).collect(),
        }],
    })
}

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<SarifResult>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    information_uri: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    short_description: Option<Message>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_description: Option<Message>,
    help: Message,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Message,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fixes: Vec<Fix>,
    #[serde(skip_serializing_if = "Option::is_none")]
    properties: Option<Properties>,
}

#[derive(Serialize)]
struct Properties {
    lint: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<usize>,
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
struct ArtifactLocation {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Fix {
    description: Message,
    artifact_changes: [ArtifactChange; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange {
    artifact_location: ArtifactLocation,
    replacements: [Replacement; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement {
    deleted_region: Region,
    inserted_content: InsertedContent,
}

#[derive(Serialize)]
struct InsertedContent {
    text: String,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

impl Message {
    /// Braces are arguments in a message unless they are doubled (SARIF §3.11.5).
    fn new(text: &str) -> Self {
        Self { text: text.replace('{', "{{").replace('}', "}}") }
    }
}

impl ArtifactLocation {
    fn new(name: &str) -> Self {
        Self { uri: uri(name) }
    }
}

impl Region {
    fn new(span: Span, files: &Files) -> Self {
        let (start_line, start_column) = files.line_column(span.file, span.start);
        let (end_line, end_column) = files.line_column(span.file, span.end);
        Self { start_line, start_column, end_line, end_column }
    }
}

impl PhysicalLocation {
    fn new(span: Span, files: &Files) -> Self {
        let artifact_location = ArtifactLocation::new(files.name(span.file));
        Self { artifact_location, region: Region::new(span, files) }
    }

    fn file(name: &str) -> Self {
        // A location without a region is a warning of the validator. What is about a whole file is shown at its first line.
        let region = Region { start_line: 1, start_column: 1, end_line: 1, end_column: 1 };
        Self { artifact_location: ArtifactLocation::new(name), region }
    }
}

fn rule(code: &'static Code, description: Option<Description>) -> Rule {
    let message =
        |text: fn(&Description) -> &str| description.as_ref().map(|known| Message::new(text(known)));
    Rule {
        id: code.id,
        name: upper_camel(code.name),
        short_description: message(|known| &known.summary),
        full_description: message(|known| &known.text),
        help: Message::new(&format!("`questc explain {}` shows an example.", code.id)),
        default_configuration: Configuration { level: level(code.level) },
    }
}

fn result(diagnostic: &Diagnostic, rule_index: usize, files: &Files) -> SarifResult {
    let location = match (diagnostic.span(), &diagnostic.about) {
        (Some(span), _) => Some(PhysicalLocation::new(span, files)),
        (None, Some(about)) => Some(PhysicalLocation::file(about)),
        (None, None) => None,
    };
    let logical = |entry: &str| LogicalLocation { fully_qualified_name: entry.to_owned() };
    let location = location.map(|physical_location| Location {
        id: None,
        physical_location,
        logical_locations: diagnostic.entry().map(logical).into_iter().collect(),
        message: None,
    });
    let related = diagnostic.labels.iter().enumerate().skip(1).map(|(id, label)| Location {
        id: Some(id),
        physical_location: PhysicalLocation::new(label.span, files),
        logical_locations: Vec::new(),
        message: Some(Message::new(&label.text)),
    });
    let edit = diagnostic.edits(files).into_iter().next();
    SarifResult {
        rule_id: diagnostic.code.id,
        rule_index,
        level: level(diagnostic.level),
        message: Message::new(&text(diagnostic)),
        locations: location.into_iter().collect(),
        related_locations: related.collect(),
        fixes: edit.map(|edit| fix(edit, files)).into_iter().collect(),
        properties: diagnostic.lint.clone().map(|lint| Properties { lint }),
    }
}

/// The title, the first label, the notes and the help, a line each.
fn text(diagnostic: &Diagnostic) -> String {
    let mut text = diagnostic.title.clone();
    let label = diagnostic.labels.first().map(|label| ("", &label.text)).into_iter();
    let notes = diagnostic.notes.iter().map(|note| ("note: ", note));
    let help = diagnostic.help.iter().map(|help| ("help: ", help));
    for (prefix, line) in label.chain(notes).chain(help).filter(|(_, line)| !line.is_empty()) {
        text.push_str(&format!("\n{prefix}{line}"));
    }
    text
}

fn fix(Edit { span, text }: Edit, files: &Files) -> Fix {
    Fix {
        description: Message::new(&format!("write `{text}`")),
        artifact_changes: [ArtifactChange {
            artifact_location: ArtifactLocation::new(files.name(span.file)),
            replacements: [Replacement {
                deleted_region: Region::new(span, files),
                inserted_content: InsertedContent { text },
            }],
        }],
    }
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Deny => "error",
        Level::Warn => "warning",
        Level::Allow => "none",
    }
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
        assert_eq!(Message::new("write `{ open = true }`").text, "write `{{ open = true }}`");
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
