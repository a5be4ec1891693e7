//! Messages for the errors of the YAML parser, in plain words. This module knows no documents.

use super::place::Places;
use crate::diagnostics::{Diagnostic, code};
use crate::text::{FileId, Span};
use granit_parser::{ErrorKind as Kind, ScanError};

/// The lines before a document that speak to the parser: only `%YAML 1.2` says nothing that content would need.
pub(super) fn directives(file: FileId, text: &str, start: usize) -> Result<(), Box<Diagnostic>> {
    let mut at = start;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let directive = line.trim_end();
        if let Some(words) = directive.strip_prefix('%') {
            let mut words = words.split_ascii_whitespace();
            let (title, label, help) = match (words.next(), words.next()) {
                (Some("YAML"), Some("1.2")) => {
                    at += line.len();
                    continue;
                }
                (Some("YAML"), Some(version)) => (
                    format!("YAML {version} is not read"),
                    "says which version the file has",
                    "remove the line: files are read as YAML 1.2, where only `true` and `false` are booleans",
                ),
                _ => (NO_DIRECTIVE.0.to_owned(), NO_DIRECTIVE.1, NO_DIRECTIVE.2),
            };
            let span = Span::new(file, at, at + directive.len());
            return Err(Box::new(Diagnostic::new(&code::SYNTAX, title).label(span, label).help(help)));
        }
        if !directive.is_empty() && !directive.starts_with('#') {
            break;
        }
        at += line.len();
    }
    Ok(())
}

/// The diagnostic for an error of the parser. The text before `read` has no mistakes.
pub(super) fn diagnostic(file: FileId, error: &ScanError, places: &Places<'_>, read: usize) -> Diagnostic {
    let at = places.byte(*error.marker());
    let (start, end) = match error.kind() {
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey => places.rest_of_line(at),
        Kind::TabInIndentation
        | Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart => places.tab(at),
        _ => places.character(at),
    };
    let span = Span::new(file, start, end);
    let (title, label, help) = match error.kind() {
        Kind::RecursionLimitExceeded => return super::too_deep(span),
        Kind::MismatchedFlowCollectionEnd { open, close } => {
            let title = format!("a `{open}` is closed by `{close}`");
            return Diagnostic::new(&code::SYNTAX, title)
                .label(span, "this bracket")
                .help("every bracket is closed by its own kind; a text with a bracket in it needs quotes");
        }
        Kind::UnclosedFlowCollection { open } => {
            let title = format!("a `{open}` without an end");
            return Diagnostic::new(&code::SYNTAX, title)
                .label(span, "starts here")
                .help("close the bracket, or put a text that starts with it in quotes");
        }
        Kind::DocumentIndicatorInQuotedScalar | Kind::InvalidQuotedScalarIndent => {
            let mut diagnostic = Diagnostic::new(&code::SYNTAX, "a text without an end");
            if let Some((start, end)) = places.quote(read, at) {
                diagnostic = diagnostic.label(Span::new(file, start, end), "starts here");
            }
            return diagnostic.label(span, "still goes on here").help(
                "close it with the quote that opens it; lines of a text that goes on start further right than its name",
            );
        }
        Kind::UnclosedQuotedScalar => {
            let diagnostic =
                Diagnostic::new(&code::SYNTAX, "a text without an end").label(span, "starts here");
            return match places.next_name(at) {
                Some((start, end)) => diagnostic.label(Span::new(file, start, end), "still goes on here"),
                None => diagnostic,
            }
            .help("close it with the quote that opens it");
        }
        kind => parts(kind),
    };
    let diagnostic = Diagnostic::new(&code::SYNTAX, title).label(span, label);
    if help.is_empty() { diagnostic } else { diagnostic.help(help) }
}

/// Title, label and help.
type MessageParts = (&'static str, &'static str, &'static str);

const INDENT: &str =
    "what belongs together starts in the same column; what is inside of it starts further right, with spaces";
const NO_DIRECTIVE: MessageParts = (
    "a directive that content cannot have",
    "speaks to a YAML program",
    "remove the line, or put it in quotes if it is a text",
);
const NO_TAG: &str =
    "remove the tag: the schema says what a value is; put a text that starts with `!` in quotes";

fn parts(kind: &Kind) -> MessageParts {
    let text = of_lines(kind).or_else(|| of_punctuation(kind)).or_else(|| in_brackets(kind));
    let text = text.or_else(|| in_texts(kind)).or_else(|| of_yaml(kind));
    // What is left belongs to other ways of feeding the parser, or to a later version of it.
    text.unwrap_or(("this is not YAML", "at this place", ""))
}

/// What is wrong with where a line starts, and what it is.
fn of_lines(kind: &Kind) -> Option<MessageParts> {
    Some(match kind {
        Kind::ExpectedDocumentStart | Kind::InvalidDocumentEnd => {
            ("text behind the end of the document", "this does not belong to what is above", INDENT)
        }
        Kind::ExpectedBlockMappingKey => {
            ("a line that does not fit to those above", "a `name: value` should stand here", INDENT)
        }
        Kind::ExpectedBlockSequenceEntry => {
            ("a line that does not fit to the list above", "a `- ` should stand before this", INDENT)
        }
        Kind::InvalidIndentation | Kind::InvalidBlockScalarIndent | Kind::InvalidFlowScalarIndent => {
            ("a line that starts in the wrong column", "starts here", INDENT)
        }
        Kind::TabInIndentation
        | Kind::TabNotAllowed
        | Kind::TabInBlockIndentation
        | Kind::TabAtBlockScalarStart => {
            ("a tab at the start of a line", "lines start with spaces", "replace the tab with spaces")
        }
        Kind::UnexpectedEof | Kind::UnexpectedEofBlockSequence | Kind::UnexpectedEofBlockMapping => {
            ("the file ends too early", "something should follow", "complete the last line")
        }
        Kind::BomInsideDocument => {
            ("a byte order mark inside of the file", "remove this invisible character", "")
        }
        _ => return None,
    })
}

/// What is wrong with a `:`, a `-` or a space.
fn of_punctuation(kind: &Kind) -> Option<MessageParts> {
    Some(match kind {
        Kind::MappingValueNotAllowed => (
            "a `:` that does not belong here",
            "a value cannot have a `name: value` on its line",
            "put a text with `: ` in it in quotes, or start a new line",
        ),
        Kind::InvalidColonPlacement => (
            "a `:` that does not belong here",
            "this `:` makes a name of what is before it",
            "close the bracket of the lines above, or put the text in quotes",
        ),
        Kind::SimpleKeyExpected | Kind::InvalidSimpleKey | Kind::MappingKeyNotAllowed => (
            "a `:` is missing",
            "a `name: value` should stand here",
            "a name and its `:` stand on one line; a text of several lines starts further right than its name, or with `|`",
        ),
        Kind::BlockSequenceEntryNotAllowed
        | Kind::BlockEntryInFlowCollection
        | Kind::PlainScalarStartsWithDashFlowIndicator => (
            "a `-` that does not belong here",
            "no element of a list can start here",
            "start each `- ` on a line of its own; in `[ ]` elements stand without it; put a text that is `-` in quotes",
        ),
        Kind::InvalidBlockEntryWhitespace => {
            ("a space is missing", "a space should follow the `-`", "write `- value`")
        }
        Kind::InvalidMappingValueWhitespace | Kind::FlowMappingValueAdjacentCollection => {
            ("a space is missing", "a space should follow the `:`", "write `name: value`")
        }
        Kind::ExpectedWhitespace => ("a space is missing", "a space should stand before this", ""),
        Kind::CommentNotSeparated => (
            "a space is missing",
            "a space should stand before the `#`",
            "put the text in quotes if the `#` is part of it",
        ),
        _ => return None,
    })
}

/// What is wrong in `{ }` and `[ ]`, and with values that are missing.
fn in_brackets(kind: &Kind) -> Option<MessageParts> {
    Some(match kind {
        Kind::ExpectedFlowMappingSeparator
        | Kind::UnexpectedEofFlowMapping
        | Kind::UnexpectedEofImplicitFlowMapping => (
            "a `,` or `}` is missing",
            "should stand before this",
            "in `{ }` a `,` stands between two `name: value`; a text with `,`, `[` or `{` in it needs quotes",
        ),
        Kind::ExpectedFlowSequenceSeparator | Kind::UnexpectedEofFlowSequence => (
            "a `,` or `]` is missing",
            "should stand before this",
            "in `[ ]` a `,` stands between two values; a text with `,`, `[` or `{` in it needs quotes",
        ),
        Kind::MisplacedFlowCollectionEnd => (
            "a bracket that closes nothing",
            "no bracket is open here",
            "remove it, or put the text in quotes",
        ),
        Kind::ExpectedNodeContent => (
            "a value is missing",
            "a value should stand before this",
            "write the value, or `\"\"` for an empty text",
        ),
        _ => return None,
    })
}

/// What is wrong in a text.
fn in_texts(kind: &Kind) -> Option<MessageParts> {
    Some(match kind {
        Kind::UnexpectedEndOfPlainScalar | Kind::TabInPlainScalar => {
            ("a text that cannot stand without quotes", "in this text", "put the text in quotes")
        }
        Kind::CommentInterceptedScalar => (
            "a comment in the middle of a text",
            "the text goes on behind this",
            "put the comment before the text, or the text in quotes",
        ),
        Kind::InvalidTrailingSingleQuotedScalar => (
            "text behind a text in quotes",
            "the text is complete before this",
            "in single quotes a `'` is written `''`",
        ),
        Kind::InvalidTrailingDoubleQuotedScalar => (
            "text behind a text in quotes",
            "the text is complete before this",
            "in double quotes a `\"` is written `\\\"`",
        ),
        Kind::UnknownQuotedScalarEscape => (
            "an escape that means nothing",
            "in this text",
            "a backslash itself is `\\\\` in double quotes, and only `\\` in single quotes",
        ),
        Kind::InvalidQuotedScalarHexEscape
        | Kind::InvalidUnicodeEscape
        | Kind::InvalidLowSurrogateHexEscape
        | Kind::InvalidLowSurrogate
        | Kind::MissingLowSurrogate
        | Kind::UnpairedLowSurrogate => (
            "an escape that is no character",
            "in this text",
            "`\\x` has two hexadecimal digits behind it, `\\u` four, `\\U` eight",
        ),
        Kind::InvalidBlockScalarHeader | Kind::ZeroBlockScalarIndent => (
            "a text that starts on the wrong line",
            "the text starts on the line below the `|` or `>`",
            "put a text that starts with `|` or `>` in quotes",
        ),
        Kind::UnexpectedCharacter { character } if character.is_control() => {
            ("a character that cannot be seen", "remove it", "")
        }
        Kind::UnexpectedCharacter { .. } => {
            ("a character that no value starts with", "cannot start a value", "put the text in quotes")
        }
        _ => return None,
    })
}

/// What is wrong with what only YAML has: anchors, tags and directives.
fn of_yaml(kind: &Kind) -> Option<MessageParts> {
    Some(match kind {
        Kind::UnknownAnchor => (
            "an alias of something that is not there",
            "nothing above has this anchor",
            "write `&name` before a value to repeat it with `*name`; put a text that starts with `*` in quotes",
        ),
        Kind::MissingAnchorOrAliasName => (
            "an anchor or an alias without a name",
            "a name should follow this",
            "put a text that starts with `&` or `*` in quotes",
        ),
        Kind::UndeclaredTagHandle => ("a tag that is not known", "this tag", NO_TAG),
        Kind::ExpectedTagBang
        | Kind::InvalidGlobalTagCharacter
        | Kind::InvalidTagTerminator
        | Kind::MissingTagUri
        | Kind::UnclosedVerbatimTag
        | Kind::InvalidTagEscape
        | Kind::InvalidTagUtf8LeadingByte
        | Kind::InvalidTagUtf8TrailingByte
        | Kind::InvalidTagUtf8 => ("a tag that is not complete", "this tag", NO_TAG),
        Kind::DuplicateVersionDirective
        | Kind::UnsupportedYamlMajorVersion
        | Kind::DuplicateTagDirective
        | Kind::MissingDocumentEndBeforeDirective
        | Kind::ExpectedTagDirectiveBang
        | Kind::InvalidDirectiveTerminator
        | Kind::DirectiveDisallowed
        | Kind::MissingYamlVersionSeparator
        | Kind::MissingDirectiveName
        | Kind::InvalidDirectiveName
        | Kind::DirectiveByteLimitExceeded { .. }
        | Kind::TooManyReservedDirectiveParams { .. }
        | Kind::YamlVersionTooLong
        | Kind::MissingYamlVersion
        | Kind::InvalidTagDirectiveTerminator => NO_DIRECTIVE,
        _ => return None,
    })
}
