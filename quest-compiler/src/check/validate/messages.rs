//! Diagnostics of validation.

use super::known;
use super::misfit::{Misfit, Problem};
use super::{ValueContext, ValueName};
use crate::diagnostics::{Diagnostic, code, list, near};
use crate::schema::{Literal, SchemaNode, Schemas, Types};
use crate::source::{Node, NodeKind, Number};
use std::borrow::Cow;
use std::collections::HashSet;

/// A description is quoted up to about this many bytes.
const LONGEST: usize = 120;
/// At most this many values are listed in a help line.
const MOST_VALUES: usize = 12;

pub(super) fn type_of(value: Node<'_>) -> Types {
    match value.kind() {
        NodeKind::Null => Types::NULL,
        NodeKind::True | NodeKind::False => Types::BOOLEAN,
        NodeKind::Integer => Types::INTEGER,
        NodeKind::Float if value.exact().is_some_and(Number::is_whole) => Types::INTEGER,
        NodeKind::Float => Types::NUMBER,
        NodeKind::Text | NodeKind::Escaped | NodeKind::Word => Types::STRING,
        NodeKind::Array => Types::ARRAY,
        NodeKind::Object => Types::OBJECT,
        NodeKind::Invalid => Types::NONE,
    }
}

fn written(types: Types, value: Node<'_>) -> String {
    match value.kind() {
        NodeKind::Null => "`null`".to_owned(),
        NodeKind::Float if types == Types::NUMBER => "a number with a fraction".to_owned(),
        NodeKind::True | NodeKind::False => format!("`{}`", value.raw()),
        NodeKind::Text | NodeKind::Escaped | NodeKind::Word => "text".to_owned(),
        _ if types == Types::INTEGER => "a number".to_owned(),
        NodeKind::Array => "a list".to_owned(),
        NodeKind::Object => "an object".to_owned(),
        _ => needed(types),
    }
}

/// Types in the words of authors, who write text and not strings.
fn needed(types: Types) -> String {
    types.words().replace("a string", "text")
}

/// The subject of a message: a property, an element of a list, or a name in a map.
pub(super) fn subject(context: &ValueContext<'_>) -> String {
    match context.name {
        ValueName::Property(name) => format!("`{name}`"),
        ValueName::Element(Some(list)) => format!("an element of `{list}`"),
        ValueName::Element(None) => "an element of this list".to_owned(),
        ValueName::Key(name) => format!("the name `{name}`"),
        ValueName::Document => "the document".to_owned(),
        ValueName::Nothing => "this value".to_owned(),
    }
}

/// The same for a value that may be an object, since objects in lists have no name of their own.
pub(super) fn subject_of(value: Node<'_>, context: &ValueContext<'_>) -> String {
    match (context.name, value.kind()) {
        (ValueName::Element(_) | ValueName::Nothing, NodeKind::Object) => "this object".to_owned(),
        (ValueName::Nothing, NodeKind::Array) => "this list".to_owned(),
        _ => subject(context),
    }
}

/// The description of a value, as a note.
pub(super) fn about(node: &SchemaNode, context: &ValueContext<'_>) -> Option<String> {
    let description = node.annotations.description.as_deref().or(context.description)?;
    Some(first_sentence(description))
}

/// The first sentence without its full stop; a long one is cut at a word.
pub(super) fn first_sentence(text: &str) -> String {
    let text = text.trim();
    let line = text.lines().next().unwrap_or_default();
    let ends = |at: &usize| {
        let behind = line[at + 2..].chars().next();
        behind.is_none_or(|next| next.is_uppercase() || !next.is_alphanumeric())
    };
    let sentence = line.match_indices(". ").map(|(at, _)| at).find(ends).map_or(line, |at| &line[..at]);
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    if sentence.len() <= LONGEST {
        return sentence.to_owned();
    }
    let cut = sentence.floor_char_boundary(LONGEST);
    let cut = sentence[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", sentence[..cut].trim_end_matches([',', ';', ':', ' ']))
}

pub(super) fn wrong_type(types: Types, value: Node<'_>, context: &ValueContext<'_>) -> Misfit {
    Misfit::new(Problem::Type, value.label(), wrong_type_diagnostic(types, value, context)).losing(value)
}

fn wrong_type_diagnostic(types: Types, value: Node<'_>, context: &ValueContext<'_>) -> Diagnostic {
    let is = type_of(value);
    let title = format!("{} must be {}, not {}", subject(context), needed(types), written(is, value));
    let diagnostic = Diagnostic::new(&code::WRONG_TYPE, title)
        .label(value.label(), format!("{} is needed here", needed(types)));
    diagnostic.maybe_help(as_text(types, value).or_else(|| as_word_or_list(types, value, context)))
}

/// How to write a scalar with or without quotes, if that is all that is wrong.
fn as_text(types: Types, value: Node<'_>) -> Option<String> {
    let Some(text) = value.plain() else {
        let is_boolean = type_of(value).intersects(Types::BOOLEAN);
        if is_boolean && types.intersects(Types::NULL) {
            return (value.raw() == "false").then(|| value.none_help());
        }
        let is_scalar = is_boolean || type_of(value).intersects(Types::NUMBER);
        let needs_quotes = is_scalar && types.intersects(Types::STRING);
        return needs_quotes.then(|| format!("write it in quotes: `\"{}\"`", value.raw()));
    };
    let number = text.parse::<f64>().is_ok() && types.intersects(Types::NUMBER);
    let word = matches!(text, "true" | "false") && types.intersects(Types::BOOLEAN)
        || text == "null" && types.intersects(Types::NULL);
    let written = match (text, value.null_word()) {
        ("null", Some(null)) => null,
        ("null", None) => return (number || word).then(|| value.none_help()),
        _ => text,
    };
    (number || word).then(|| format!("write it without quotes: `{written}`"))
}

/// What a text should look like, where it takes more than quotes to make one of a value.
pub(super) fn example(node: &SchemaNode, value: Node<'_>) -> Option<String> {
    let needs_text = node.types.intersects(Types::STRING) && value.kind() != NodeKind::Null;
    let pattern = node.pattern.as_ref().filter(|_| needs_text && !value.is_text())?;
    if pattern.matches(value.raw()) {
        return None;
    }
    let example = node.annotations.examples.iter().find(|example| matches!(example, Literal::Text(_)))?;
    Some(format!("write text that looks like `{}`", example.show()))
}

/// What to write for `null`, for a number where a Boolean is needed, and for a value where a list is needed.
fn as_word_or_list(types: Types, value: Node<'_>, context: &ValueContext<'_>) -> Option<String> {
    let (kind, raw) = (value.kind(), value.raw());
    let needs_list = types.intersects(Types::ARRAY);
    match raw {
        _ if kind == NodeKind::Null => Some(without_value(context).to_owned()),
        "0" if types.intersects(Types::BOOLEAN) => Some("write `false`".to_owned()),
        "1" if types.intersects(Types::BOOLEAN) => Some("write `true`".to_owned()),
        _ if types.intersects(Types::BOOLEAN) && as_boolean(value).is_some() => {
            as_boolean(value).map(|meant| format!("write `{meant}`"))
        }
        _ if needs_list && kind == NodeKind::Object => Some("put it into a list: `[{ ... }]`".to_owned()),
        _ if needs_list && value.plain() == Some("") => Some("write an empty list: `[]`".to_owned()),
        _ if needs_list && value.plain().is_some_and(is_listing) && raw.len() < 60 => {
            let elements: Vec<String> =
                value.plain()?.split(',').map(|one| format!("\"{}\"", one.trim())).collect();
            Some(format!("write a list: `[{}]`", elements.join(", ")))
        }
        _ if needs_list && kind != NodeKind::Array && raw.len() < 60 => {
            Some(format!("write a list, of one element if there is only one: `[{raw}]`"))
        }
        _ => None,
    }
}

/// Whether a text enumerates words, so that it can be written as a list.
fn is_listing(text: &str) -> bool {
    text.contains(", ") && !text.contains(['"', '\\'])
}

/// The Boolean that a word stands for where people answer questions.
fn as_boolean(value: Node<'_>) -> Option<bool> {
    match value.plain()?.to_ascii_lowercase().as_str() {
        "yes" | "y" | "on" | "1" => Some(true),
        "no" | "n" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// What to do about a `null`.
fn without_value(context: &ValueContext<'_>) -> &'static str {
    match (context.optional, context.name) {
        (true, ValueName::Element(_)) => "remove it, or write a value",
        (true, _) => "leave the property out if it has no value, or write one",
        (false, _) => "write a value",
    }
}

/// An empty text where one is required.
pub(super) fn empty(node: &SchemaNode, value: Node<'_>, context: &ValueContext<'_>) -> Diagnostic {
    let title = match context.name {
        ValueName::Key(_) => "this name is empty".to_owned(),
        _ => format!("{} is empty", subject(context)),
    };
    let (code, label) = match node.min_length {
        Some(least @ 1..) => (
            &code::LENGTH,
            format!("it needs at least {}", crate::diagnostics::nouns::count(least, "character")),
        ),
        _ => (&code::PATTERN, "a text is needed here".to_owned()),
    };
    Diagnostic::new(code, title).label(value.label(), label).maybe_note(about(node, context))
}

pub(super) fn not_in_enum(values: &[Literal], value: Node<'_>, context: &ValueContext<'_>) -> Misfit {
    Misfit::new(Problem::Enum, value.label(), not_in_enum_diagnostic(values, value, context))
}

fn not_in_enum_diagnostic(values: &[Literal], value: Node<'_>, context: &ValueContext<'_>) -> Diagnostic {
    let texts: Vec<&str> = values
        .iter()
        .filter_map(|value| if let Literal::Text(text) = value { Some(text.as_str()) } else { None })
        .collect();
    let written = value.text();
    let shown = match &written {
        Some(text) if text.is_empty() => "\"\"",
        Some(text) => text,
        None => value.raw().get(..40).unwrap_or(value.raw()),
    };
    let text = written.as_deref().unwrap_or_default();
    let near = near(text, texts.iter().copied());
    let allowed = allowed(values);
    let diagnostic = Diagnostic::new(&code::NOT_IN_ENUM, format!("{} cannot be `{shown}`", subject(context)))
        .label(
            value.label(),
            if values.len() == 1 { "only one value is allowed" } else { "not one of the allowed values" },
        );
    if near.is_empty() {
        return diagnostic.help(format!("write {allowed}"));
    }
    diagnostic.did_you_mean(value.span(), text, &near).note(format!("it can be {allowed}"))
}

/// `` `a`, `b` or `c` ``
pub(super) fn allowed(values: &[Literal]) -> String {
    let shown: Vec<String> = values.iter().map(Literal::show_plain).collect();
    list(&shown, "or")
}

/// A value where none is allowed.
pub(super) fn not_here(problem: Problem, value: Node<'_>, context: &ValueContext<'_>) -> Misfit {
    let code = if problem == Problem::Forbidden { &code::FORBIDDEN } else { &code::UNKNOWN_PROPERTY };
    if let ValueName::Element(_) = context.name {
        let diagnostic = Diagnostic::new(code, format!("{} is one too many", subject(context)))
            .label(value.label(), "no element belongs here")
            .help("remove it");
        return Misfit::new(problem, value.label(), diagnostic);
    }
    let diagnostic = Diagnostic::new(code, format!("{} does not belong here", subject_of(value, context)));
    let (at, label) = match context.key {
        Some(key) => (key.span(), "not allowed in this object"),
        None => (value.label(), "not allowed here"),
    };
    Misfit::new(problem, at, diagnostic.label(at, label).help("remove it"))
}

/// The names of the properties of an object.
pub(super) fn names_of(object: Node<'_>) -> HashSet<Cow<'_, str>> {
    object.properties().filter_map(|(key, _)| key.text()).collect()
}

/// The names among some that an object does not have.
pub(super) fn absent_names<'n>(names: impl Iterator<Item = &'n str>, object: Node<'_>) -> Vec<&'n str> {
    let present = names_of(object);
    names.filter(|name| !present.contains(*name)).collect()
}

/// `absent` are the listed names that the object does not have.
pub(super) fn unknown(node: &SchemaNode, absent: &[&str], key: Node<'_>) -> Misfit {
    let names = node.properties.iter().map(|property| property.name.as_str());
    let mut misfit = unknown_among(names, absent, key);
    let patterns = node.more.iter().flat_map(|more| &more.pattern_properties);
    let patterns: Vec<&str> = patterns.map(|(pattern, _)| pattern.source()).collect();
    if node.properties.is_empty() && !patterns.is_empty() {
        misfit.diagnostic.help =
            vec![format!("remove it, or write a name that matches {}", list(&patterns, "or"))];
    }
    misfit
}

pub(super) fn unknown_among<'n>(
    names: impl Iterator<Item = &'n str> + Clone,
    absent: &[&str],
    key: Node<'_>,
) -> Misfit {
    let text = key.text().unwrap_or_default();
    let near = near(&text, absent.iter().copied());
    let diagnostic = Diagnostic::new(&code::UNKNOWN_PROPERTY, format!("unknown property `{text}`"))
        .label(key.span(), "not a property of this object");
    let misfit =
        |diagnostic| Misfit::new(Problem::UnknownName, key.span(), diagnostic).losing(key.behind_name());
    if !near.is_empty() {
        return misfit(diagnostic.did_you_mean(key.span(), &text, &near));
    }
    // Several parts of a schema can declare one property.
    let mut seen = HashSet::new();
    let all: Vec<&str> = names.filter(|name| seen.insert(*name)).collect();
    misfit(diagnostic.help(match all.as_slice() {
        [] => "remove it".to_owned(),
        [only] => format!("the only property is `{only}`"),
        _ => format!("the properties are {}", list(&all, "and")),
    }))
}

pub(super) fn missing_properties(
    schemas: &Schemas,
    node: &SchemaNode,
    missing: &[&str],
    value: Node<'_>,
    context: &ValueContext<'_>,
) -> Misfit {
    let what =
        if missing.len() == 1 { "a required property is missing" } else { "required properties are missing" };
    let names = list(missing, "and");
    let within = context.property().map_or_else(String::new, |name| format!(" in `{name}`"));
    let mut diagnostic = Diagnostic::new(&code::MISSING_PROPERTY, format!("{what}{within}: {names}"))
        .label(value.opening(), format!("this object needs {names}"));
    let wheres = [context.branch, Some(context.schema)];
    for name in missing.iter().take(3) {
        let property = known::property(schemas, node, &wheres, name);
        diagnostic = diagnostic
            .maybe_note(property.description.map(|text| format!("`{name}`: {}", first_sentence(text))));
        if missing.len() == 1 {
            diagnostic = diagnostic.maybe_help(possible(name, property.values));
        }
    }
    Misfit::new(Problem::Missing, value.opening(), diagnostic)
}

/// What can be written for a property that is missing.
pub(super) fn possible(name: &str, values: &[Literal]) -> Option<String> {
    match values {
        [] => None,
        [only] => Some(format!("write `{}`", as_property(name, only))),
        _ if values.len() > MOST_VALUES => None,
        _ => Some(format!("`{name}` can be {}", allowed(values))),
    }
}

/// `"name": "value"`
fn as_property(name: &str, value: &Literal) -> String {
    format!("\"{name}\": {}", value.show())
}

#[cfg(test)]
mod tests {
    use super::first_sentence;

    #[test]
    fn sentences() {
        for (text, first) in [
            ("One thing. Another.", "One thing"),
            ("The id, e.g. a name. More", "The id, e.g. a name"),
            ("No stop", "No stop"),
            ("Written `a.b`. Then", "Written `a.b`"),
            ("", ""),
            ("Line\nNext", "Line"),
        ] {
            assert_eq!(first_sentence(text), first);
        }
        let long = "ä ".repeat(100);
        let cut = first_sentence(&long);
        assert!(cut.len() <= 125 && cut.ends_with("ä …"), "{cut}");
    }
}
