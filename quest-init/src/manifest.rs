//! The manifest, as text.

use crate::collect::Set;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The schema of a set, by the path that the manifest gives it.
pub(crate) fn schema_path(set: &Set) -> String {
    format!("schemas/{}.schema.json", set.name)
}

/// The title of the schema of a set, after which its type in Rust is named.
pub(crate) fn title(set: &Set) -> String {
    // Traits that generated code uses by these names.
    const TAKEN: [&str; 12] = [
        "box", "clone", "copy", "debug", "default", "display", "drop", "hash", "iterator", "option",
        "result", "string",
    ];
    if TAKEN.contains(&set.name.as_str()) { format!("{} document", set.name) } else { set.name.clone() }
}

/// A manifest for sets of documents.
pub(crate) fn write(sets: &[Set], overlay: &str, undefined: &BTreeMap<String, Vec<String>>) -> String {
    let mut text = format!(
        "# Written by `questc init`. The keys are explained in docs/manifest.md.\noverlays = [{}]\n",
        quoted(overlay)
    );
    for set in sets {
        let files = set.sources.len();
        let noun = if files == 1 { "file" } else { "files" };
        let schema = if set.names_schema { "$schema".to_owned() } else { schema_path(set) };
        let patterns: Vec<String> = set.patterns.iter().map(|pattern| quoted(pattern)).collect();
        let _ = write!(text, "\n# {files} {noun}\n[[documents]]\nschema  = {}\n", quoted(&schema));
        let _ = match patterns.as_slice() {
            [only] => writeln!(text, "content = {only}"),
            several => writeln!(text, "content = [\n    {},\n]", several.join(",\n    ")),
        };
        if set.is_list {
            text.push_str("at      = \"[]\"\n");
        }
    }
    text.push_str(&registries(undefined));
    text
}

/// Ids that references name and nothing defines, as registries.
pub(crate) fn registries(undefined: &BTreeMap<String, Vec<String>>) -> String {
    if undefined.values().all(Vec::is_empty) {
        return String::new();
    }
    let mut text = String::from(
        "\n# Ids that content refers to and no file defines. What is a mistake should be corrected there and removed here; what comes\n# from code or art can stay.\n[registries]\n",
    );
    for (kind, ids) in undefined {
        let ids: Vec<String> = ids.iter().map(|id| quoted(id)).collect();
        let kind = if kind.contains('.') { quoted(kind) } else { kind.clone() };
        let _ = writeln!(text, "{kind} = [\n    {},\n]", ids.join(",\n    "));
    }
    text
}

/// A text as TOML writes it.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' | '\\' => quoted.extend(['\\', letter]),
            letter if letter.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(letter));
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}
