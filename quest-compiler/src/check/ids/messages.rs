//! Diagnostics about the definitions of ids.

use super::Id;
use crate::diagnostics::{Diagnostic, code, near, nouns};
use crate::schema::IdKind;
use crate::text::Span;
use std::borrow::Cow;

pub(super) fn empty(noun: &str, span: Span) -> Diagnostic {
    Diagnostic::new(&code::MISSING_PROPERTY, format!("{} needs an id", nouns::with_article(noun)))
        .label(span, "is empty")
        .help("write the text by which others refer to it")
}

pub(super) fn no_prefix(noun: &str, text: &str, prefix: &str, span: Span) -> Diagnostic {
    let one = nouns::with_article(noun);
    // The text before the separator may be the prefix, misspelt.
    let sign = prefix.chars().next_back().filter(|sign| !sign.is_alphanumeric());
    let bare = sign
        .and_then(|sign| text.split_once(sign))
        .filter(|(head, _)| !near(head, std::iter::once(prefix)).is_empty());
    let bare = bare.map_or(text, |(_, bare)| bare);
    Diagnostic::new(&code::PATTERN, format!("the id of {one} starts with `{prefix}`: `{text}` does not"))
        .label(span, "has no such start")
        .help(format!("write `{prefix}{bare}`"))
}

/// Where an id is written, which decides what an author has to change.
pub(super) enum IdOrigin {
    Object,
    List,
    /// The name of the file, which can name one object only.
    FileName {
        one_file: bool,
    },
}

pub(super) fn duplicate(
    kind: &IdKind,
    scope: Option<(&str, &Cow<'_, str>)>,
    origin: IdOrigin,
    second: &Id<'_>,
    first: &Id<'_>,
) -> Diagnostic {
    let within = scope.map_or_else(String::new, |(noun, id)| format!(" in {} `{id}`", nouns::spoken(noun)));
    let title = format!("two {} have the id `{}`{within}", kind.plural(), second.text);
    let diagnostic = label_both(
        Diagnostic::new(&code::DUPLICATE_ID, title),
        second,
        first,
        "the second one",
        "the first one",
    );
    let noun = nouns::spoken(kind.noun());
    match origin {
        IdOrigin::Object => {
            diagnostic.help(format!("give one of them another id, and change what refers to that {noun}"))
        }
        IdOrigin::List => {
            diagnostic.help(format!("remove one of them, or change it and what refers to that {noun}"))
        }
        IdOrigin::FileName { one_file: false } => diagnostic
            .note("the id is the name of the file up to its first dot")
            .help(format!("rename one of the files, and change what refers to that {noun}")),
        IdOrigin::FileName { one_file: true } => diagnostic
            .note("the id is the name of the file up to its first dot")
            .help("move one of them into a file of its own"),
    }
}

pub(super) fn registered_twice(
    kind: &IdKind,
    place: &str,
    by_content: bool,
    second: &Id<'_>,
    first: &Id<'_>,
) -> Diagnostic {
    let text = &second.text;
    if by_content {
        let title = format!("the {} `{text}` is in {place} too", nouns::spoken(kind.noun()));
        return label_both(
            Diagnostic::new(&code::DUPLICATE_ID, title),
            second,
            first,
            "listed again",
            "content defines it here",
        )
        .help(format!("take it out of {place}: content defines it"));
    }
    let title = format!("two {} have the id `{text}`", kind.plural());
    label_both(Diagnostic::new(&code::DUPLICATE_ID, title), second, first, "the second one", "the first one")
        .help("take one of them out, or give it another id")
}

fn label_both(
    mut diagnostic: Diagnostic,
    second: &Id<'_>,
    first: &Id<'_>,
    of_second: &str,
    of_first: &str,
) -> Diagnostic {
    if let Some(span) = second.span {
        diagnostic = diagnostic.label(span, of_second);
    }
    if let Some(span) = first.span {
        diagnostic = diagnostic.label(span, of_first);
    }
    diagnostic
}

/// An id that is unique within an object, and is in no such object.
pub(super) fn missing_parent(noun: &str, parent: &str, span: Span) -> Diagnostic {
    let (noun, parent) = (nouns::spoken(noun), nouns::spoken(parent));
    Diagnostic::new(&code::MISSING_PARENT, format!("this {noun} belongs to no {parent}"))
        .label(span, format!("stands in no {parent}"))
        .help(format!("move it into the {parent} that it belongs to"))
}
