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

/// A syntax error in plain words: title, label and help.
pub(super) fn words(kind: &ErrorKind) -> (String, String, Option<&'static str>) {
    let show = |c: char| if c.is_control() { format!("U+{:04X}", u32::from(c)) } else { format!("`{c}`") };
    let (title, label, help): (String, &str, Option<&'static str>) = match kind {
        ErrorKind::UnexpectedEof => (
            "the manifest ends too early".to_owned(),
            "a value should follow",
            Some("complete the last line"),
        ),
        ErrorKind::ExceededDepthLimit => (
            "brackets stand in each other too deep".to_owned(),
            "at this place",
            Some("remove the surplus brackets"),
        ),
        ErrorKind::InvalidCharInString(c) => (
            format!("{} cannot stand in a text", show(*c)),
            "inside this text",
            Some(
                "a text in `\"` ends on the line on which it starts; write other control characters as `\\u0000`",
            ),
        ),
        ErrorKind::InvalidEscape(c) => (
            format!("`\\` cannot stand before {}", show(*c)),
            "this escape means nothing",
            Some("write paths with `/`, or write `\\\\` for one backslash"),
        ),
        ErrorKind::InvalidHexEscape(c) => (
            format!("{} is not a hexadecimal digit", show(*c)),
            "in this escape",
            Some("write paths with `/`, or write `\\\\` for one backslash"),
        ),
        ErrorKind::InvalidEscapeValue(value) => {
            (format!("there is no character U+{value:04X}"), "this escape names it", None)
        }
        ErrorKind::Unexpected(c) => (
            format!("{} does not belong here", show(*c)),
            "TOML expects something else",
            Some("texts stand in quotes, lists in `[ ]`, and each `key = value` on a line of its own"),
        ),
        ErrorKind::UnterminatedString => {
            ("a text without an end".to_owned(), "starts here", Some("close it with the quote that opens it"))
        }
        ErrorKind::InvalidNumber => (
            "this is not a number".to_owned(),
            "neither a number nor a text in quotes",
            Some("put it in quotes if it is a text"),
        ),
        ErrorKind::OutOfRange(_) => ("this number is too large".to_owned(), "cannot be held", None),
        ErrorKind::Wanted { expected, found } => {
            let (expected, found) = (token_words(expected), token_words(found));
            return (
                format!("expected {expected}, found {found}"),
                format!("{expected} should stand here"),
                Some("each `key = value` stands on a line of its own; sections are `[name]` or `[[name]]`"),
            );
        }
        ErrorKind::DuplicateTable { name, .. } => (
            format!("the section `[{name}]` is there twice"),
            "the second is here",
            Some("move the lines of one into the other; only `[[documents]]` can be repeated"),
        ),
        ErrorKind::DuplicateKey { key, .. } => {
            (format!("the key `{key}` is there twice"), "the second is here", Some("keep one of them"))
        }
        ErrorKind::RedefineAsArray => (
            "a section and a list of sections have the same name".to_owned(),
            "this is a list of sections",
            Some("write `[[documents]]` with two brackets in all places"),
        ),
        ErrorKind::MultilineStringKey => (
            "a key cannot have several lines".to_owned(),
            "this is the key",
            Some("write it in single quotes or none"),
        ),
        ErrorKind::DottedKeyInvalidType { .. } => (
            "a key with a dot goes into something that is not a section".to_owned(),
            "this needs a section",
            Some("write the key in quotes if the dot is part of it"),
        ),
        ErrorKind::UnquotedString => (
            "a text without quotes".to_owned(),
            "this is not a value",
            Some("put it in quotes; `true` and `false` are lower-case"),
        ),
        // These come from toml-span's deserialisers, which are not used here.
        ErrorKind::Custom(_)
        | ErrorKind::UnexpectedKeys { .. }
        | ErrorKind::MissingField(_)
        | ErrorKind::Deprecated { .. }
        | ErrorKind::UnexpectedValue { .. } => ("the manifest is not TOML".to_owned(), "at this place", None),
    };
    (title, label.to_owned(), help)
}
