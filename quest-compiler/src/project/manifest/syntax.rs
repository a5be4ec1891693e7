//! Messages for the errors of the TOML parser, in plain words.

use toml_span::ErrorKind;

/// What toml-span calls a token, in plain words.
fn token_words(token: &'static str) -> &'static str {
    match token {
        "eof" => "the end of the file",
        "an equals" => "`=`",
        "a period" => "`.`",
        "a comma" => "`,`",
        "a colon" => "`:`",
        "a plus" => "`+`",
        "a left brace" => "`{`",
        "a right brace" => "`}`",
        "a left bracket" => "`[`",
        "a right bracket" => "`]`",
        "a newline" | "newline" => "the end of the line",
        "whitespace" => "white space",
        other => other,
    }
}

/// A syntax error in plain words.
pub(super) struct SyntaxMessage {
    pub(super) title: String,
    pub(super) label: String,
    pub(super) help: Option<&'static str>,
}

impl SyntaxMessage {
    fn new(title: impl Into<String>, label: &str, help: impl Into<Option<&'static str>>) -> Self {
        Self { title: title.into(), label: label.to_owned(), help: help.into() }
    }

    pub(super) fn of(kind: &ErrorKind) -> Self {
        let message = in_text(kind).or_else(|| in_names(kind)).or_else(|| in_structure(kind));
        // What is left comes from toml-span's deserialisers, which are not used here.
        message.unwrap_or_else(|| Self::new("the manifest is not TOML", "at this place", None))
    }
}

fn shown(c: char) -> String {
    if c.is_control() { format!("U+{:04X}", u32::from(c)) } else { format!("`{c}`") }
}

/// What is wrong in a text.
fn in_text(kind: &ErrorKind) -> Option<SyntaxMessage> {
    const SLASH: &str = "write paths with `/`, or write `\\\\` for one backslash";
    let (title, label, help) = match kind {
        ErrorKind::InvalidCharInString(c) => (
            format!("{} cannot stand in a text", shown(*c)),
            "inside this text",
            Some(
                "a text in `\"` ends on the line on which it starts; write other control characters as `\\u0000`",
            ),
        ),
        ErrorKind::InvalidEscape(c) => {
            (format!("`\\` cannot stand before {}", shown(*c)), "this escape means nothing", Some(SLASH))
        }
        ErrorKind::InvalidHexEscape(c) => {
            (format!("{} is not a hexadecimal digit", shown(*c)), "in this escape", Some(SLASH))
        }
        ErrorKind::InvalidEscapeValue(value) => {
            (format!("there is no character U+{value:04X}"), "this escape names it", None)
        }
        ErrorKind::UnterminatedString => {
            ("a text without an end".to_owned(), "starts here", Some("close it with the quote that opens it"))
        }
        ErrorKind::UnquotedString => (
            "a text without quotes".to_owned(),
            "this is not a value",
            Some("put it in quotes; `true` and `false` are lower-case"),
        ),
        _ => return None,
    };
    Some(SyntaxMessage::new(title, label, help))
}

/// What is wrong with keys and the names of sections.
fn in_names(kind: &ErrorKind) -> Option<SyntaxMessage> {
    let (title, label, help) = match kind {
        ErrorKind::DuplicateTable { name, .. } => (
            format!("the section `[{name}]` is there twice"),
            "the second is here",
            "move the lines of one into the other; only `[[documents]]` can be repeated",
        ),
        ErrorKind::DuplicateKey { key, .. } => {
            (format!("the key `{key}` is there twice"), "the second is here", "keep one of them")
        }
        ErrorKind::RedefineAsArray => (
            "a section and a list of sections have the same name".to_owned(),
            "this is a list of sections",
            "write `[[documents]]` with two brackets in all places",
        ),
        ErrorKind::MultilineStringKey => (
            "a key cannot have several lines".to_owned(),
            "this is the key",
            "write it in single quotes or none",
        ),
        ErrorKind::DottedKeyInvalidType { .. } => (
            "a key with a dot goes into something that is not a section".to_owned(),
            "this needs a section",
            "write the key in quotes if the dot is part of it",
        ),
        _ => return None,
    };
    Some(SyntaxMessage::new(title, label, help))
}

/// What is wrong with the order of tokens.
fn in_structure(kind: &ErrorKind) -> Option<SyntaxMessage> {
    let message = match kind {
        ErrorKind::UnexpectedEof => SyntaxMessage::new(
            "the manifest ends too early",
            "a value should follow",
            "complete the last line",
        ),
        ErrorKind::ExceededDepthLimit => {
            SyntaxMessage::new("brackets are nested too deep", "at this place", "remove the surplus brackets")
        }
        ErrorKind::Unexpected(c) => SyntaxMessage::new(
            format!("{} does not belong here", shown(*c)),
            "TOML expects something else",
            "texts stand in quotes, lists in `[ ]`, and each `key = value` on a line of its own",
        ),
        ErrorKind::InvalidNumber => SyntaxMessage::new(
            "this is not a number",
            "neither a number nor a text in quotes",
            "put it in quotes if it is a text",
        ),
        ErrorKind::OutOfRange(_) => SyntaxMessage::new("this number is too large", "cannot be held", None),
        ErrorKind::Wanted { expected, found } => {
            let (expected, found) = (token_words(expected), token_words(found));
            SyntaxMessage::new(
                format!("expected {expected}, found {found}"),
                &format!("{expected} should stand here"),
                "each `key = value` stands on a line of its own; sections are `[name]` or `[[name]]`",
            )
        }
        _ => return None,
    };
    Some(message)
}
