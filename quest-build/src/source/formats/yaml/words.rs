//! What is wrong with a file that is not YAML, in plain words. This knows the texts of the parser's errors, and nothing of documents.

use super::super::super::files::{FileId, Span};
use super::place::Places;
use crate::diagnose::{Diagnostic, code};
use saphyr_parser::ScanError;

/// The lines before a document that speak to the parser: only `%YAML 1.2` says nothing that content would need.
pub(super) fn directives(file: FileId, text: &str, start: usize) -> Result<(), Box<Diagnostic>> {
    let mut at = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let directive = line.trim_end();
        if let Some(words) = directive.strip_prefix('%') {
            let mut words = words.split_ascii_whitespace();
            let finding = match (words.next(), words.next()) {
                (Some("YAML"), Some("1.2")) => None,
                (Some("YAML"), Some(version)) => Some(
                    Diagnostic::new(&code::SYNTAX, format!("YAML {version} is not read"))
                        .label(Span::new(file, at, at + directive.len()), "says which version the file has")
                        .help("remove the line: files are read as YAML 1.2, where only `true` and `false` are booleans"),
                ),
                _ => Some(
                    Diagnostic::new(&code::SYNTAX, "a directive that content can not have")
                        .label(Span::new(file, at, at + directive.len()), "speaks to a YAML program")
                        .help("remove the line, or put it in quotes if it is a text"),
                ),
            };
            if let Some(finding) = finding {
                return Err(Box::new(finding));
            }
        } else if !directive.is_empty() && !directive.starts_with('#') {
            break;
        }
        at += line.len();
    }
    Ok(())
}

/// The finding for an error of the parser.
pub(super) fn finding(file: FileId, error: &ScanError, places: &Places<'_>) -> Diagnostic {
    let at = places.byte(error.marker().index());
    let info = error.info();
    let (start, end) = match info {
        // Seen only where the next line starts.
        "simple key expected" | "simple key expect ':'" => places.line_above(at),
        _ => places.character(at),
    };
    if info == "recursion limit exceeded" {
        return super::too_deep(Span::new(file, start, end));
    }
    let (title, label, help) = words(info);
    let finding = Diagnostic::new(&code::SYNTAX, title).label(Span::new(file, start, end), label);
    if help.is_empty() { finding } else { finding.help(help) }
}

const INDENT: &str = "what belongs together starts in the same column; what is inside of it starts further right, with spaces";

/// Title, label and help.
fn words(info: &str) -> (&'static str, &str, &'static str) {
    match info {
        "mapping values are not allowed in this context" => (
            "a `:` that does not belong here",
            "a value can not have a `name: value` on its line",
            "put a text with `: ` in it in quotes, or start a new line",
        ),
        "illegal placement of ':' indicator" => (
            "a `:` that does not belong here",
            "this `:` makes a name of what is before it",
            "close the bracket of the lines above, or put the text in quotes",
        ),
        "did not find expected <document start>" | "invalid content after document end marker" => (
            "text behind the end of the document",
            "this does not belong to what is above",
            INDENT,
        ),
        "while parsing a block mapping, did not find expected key" => (
            "a line that does not fit to those above",
            "a `name: value` should stand here",
            INDENT,
        ),
        "while parsing a block collection, did not find expected '-' indicator" => (
            "a line that does not fit to the list above",
            "a `- ` should stand before this",
            INDENT,
        ),
        "invalid indentation"
        | "wrongly indented line in block scalar"
        | "invalid indentation in flow construct"
        | "invalid indentation for anchor" => ("a line that starts in the wrong column", "starts here", INDENT),
        "simple key expected" | "simple key expect ':'" | "mapping keys are not allowed in this context" => (
            "a `:` is missing",
            "a `name: value` should stand here",
            "a name and its `:` stand on one line; a text of several lines starts further right than its name, or with `|`",
        ),
        "block sequence entries are not allowed in this context"
        | r#""-" is only valid inside a block"#
        | "plain scalar cannot start with '-' followed by ,[]{}" => (
            "a `-` that does not belong here",
            "no element of a list can start here",
            "start each `- ` on a line of its own; in `[ ]` elements stand without it; put a text that is `-` in quotes",
        ),
        "'-' must be followed by a valid YAML whitespace" => {
            ("a space is missing", "a space should follow the `-`", "write `- value`")
        }
        "':' must be followed by a valid YAML whitespace" | "':' may not precede any of `[{` in flow mapping" => {
            ("a space is missing", "a space should follow the `:`", "write `name: value`")
        }
        "expected whitespace" => ("a space is missing", "a space should stand here", ""),
        "while parsing a flow mapping, did not find expected ',' or '}'" => (
            "a `,` or `}` is missing",
            "should stand before this",
            "in `{ }` a `,` stands between two `name: value`; a text with `,`, `[` or `{` in it needs quotes",
        ),
        "while parsing a flow sequence, expected ',' or ']'" => (
            "a `,` or `]` is missing",
            "should stand before this",
            "in `[ ]` a `,` stands between two values; a text with `,`, `[` or `{` in it needs quotes",
        ),
        "misplaced bracket" => {
            ("a bracket that closes nothing", "no bracket is open here", "remove it, or put the text in quotes")
        }
        "while parsing a node, did not find expected node content" => {
            ("a value is missing", "a value should stand before this", "write the value, or `\"\"` for an empty text")
        }
        "unexpected end of plain scalar" | "while scanning a plain scalar, found a tab" => {
            ("a text that can not stand without quotes", "in this text", "put the text in quotes")
        }
        "comment intercepting the multiline text" => (
            "a comment in the middle of a text",
            "the text goes on behind this",
            "put the comment before the text, or the text in quotes",
        ),
        "while scanning a quoted scalar, found unexpected end of stream"
        | "while scanning a quoted scalar, found unexpected document indicator"
        | "invalid indentation in quoted scalar" => {
            ("a text without an end", "starts here", "close it with the quote that opens it; lines of a text that goes on start further right than the name before it")
        }
        "invalid trailing content after double-quoted scalar" => (
            "text behind a text in quotes",
            "the text is complete before this",
            "in single quotes a `'` is written `''`, in double quotes a `\"` is written `\\\"`",
        ),
        "while parsing a quoted scalar, found unknown escape character" => (
            "an escape that means nothing",
            "in this text",
            "a backslash itself is `\\\\` in double quotes, and only `\\` in single quotes",
        ),
        "while parsing a quoted scalar, did not find expected hexadecimal number"
        | "while parsing a quoted scalar, found invalid Unicode character escape code" => (
            "an escape that is no character",
            "in this text",
            "`\\x` has two hexadecimal digits behind it, `\\u` four, `\\U` eight",
        ),
        "tab cannot be used as indentation"
        | "tabs disallowed in this context"
        | "tabs disallowed within this context (block indentation)"
        | "a block scalar content cannot start with a tab" => {
            ("a tab at the start of a line", "lines start with spaces", "replace the tab with spaces")
        }
        "while parsing node, found unknown anchor" => (
            "an alias of something that is not there",
            "nothing above has this anchor",
            "write `&name` before a value to repeat it with `*name`; put a text that starts with `*` in quotes",
        ),
        "while scanning an anchor or alias, did not find expected alphabetic or numeric character" => (
            "an anchor or an alias without a name",
            "a name should follow this",
            "put a text that starts with `&` or `*` in quotes",
        ),
        "while scanning a block scalar, did not find expected comment or line break"
        | "while scanning a block scalar, found an indentation indicator equal to 0" => (
            "a text that starts on the wrong line",
            "the text starts on the line below the `|` or `>`",
            "put a text that starts with `|` or `>` in quotes",
        ),
        "found unprintable character" => ("a character that can not be seen", "remove it", ""),
        "a byte order mark must not appear inside a document" => {
            ("a byte order mark inside of the file", "remove this invisible character", "")
        }
        "the handle wasn't declared" => (
            "a tag that is not known",
            "this tag",
            "remove the tag: the schema says what a value is; put a text that starts with `!` in quotes",
        ),
        _ if info.starts_with("unexpected character") => (
            "a character that no value starts with",
            "can not start a value",
            "put the text in quotes",
        ),
        _ if info.contains("tag") || info.contains("TAG") => (
            "a tag that is not complete",
            "this tag",
            "remove the tag: the schema says what a value is; put a text that starts with `!` in quotes",
        ),
        _ if info.contains("directive") => (
            "a directive that content can not have",
            "speaks to a YAML program",
            "remove the line, or put it in quotes if it is a text",
        ),
        // A later version of the parser says something new; its words are English.
        _ => ("this is not YAML", info, ""),
    }
}
