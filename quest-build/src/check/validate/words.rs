//! The words of the messages.

use crate::diagnose::{Diagnostic, code, did_you_mean, list};
use crate::schema::{Literal, Pattern, SchemaNode, Types};
use crate::source::{Kind, Node};

pub(super) fn type_of(value: Node<'_>) -> Types {
    match value.kind() {
        Kind::Null => Types::NULL,
        Kind::True | Kind::False => Types::BOOLEAN,
        Kind::Integer => Types::INTEGER,
        Kind::Float if value.number().is_some_and(|number| number.fract() == 0.0) => Types::INTEGER,
        Kind::Float => Types::NUMBER,
        Kind::Text | Kind::Escaped | Kind::Word => Types::STRING,
        Kind::Array => Types::ARRAY,
        Kind::Object => Types::OBJECT,
        Kind::Invalid => Types::NONE,
    }
}

pub(super) fn words(types: Types, value: Node<'_>) -> String {
    match value.kind() {
        Kind::Null => "`null`".to_owned(),
        Kind::Float if types == Types::NUMBER => "a number with a fraction".to_owned(),
        Kind::True | Kind::False => format!("`{}`", value.raw()),
        Kind::Text | Kind::Escaped | Kind::Word => "text".to_owned(),
        _ if types == Types::INTEGER => "a number".to_owned(),
        Kind::Array => "a list".to_owned(),
        Kind::Object => "an object".to_owned(),
        _ => types.words(),
    }
}

/// How messages name a value: by its property, or as an element of a list.
pub(super) fn subject(name: Option<&str>) -> String {
    name.map_or_else(|| "this value".to_owned(), |name| format!("`{name}`"))
}

/// `1 element`, `2 elements`.
pub(super) fn plural(count: u64, unit: &str) -> String {
    let plural = unit.strip_suffix('y').map_or_else(|| format!("{unit}s"), |stem| format!("{stem}ies"));
    if count == 1 { format!("1 {unit}") } else { format!("{count} {plural}") }
}

pub(super) fn wrong_type(node: &SchemaNode, value: Node<'_>, types: Types, name: Option<&str>) -> Diagnostic {
    let title = format!("{} must be {}, not {}", subject(name), node.types.words(), words(types, value));
    let mut finding = Diagnostic::new(&code::WRONG_TYPE, title)
        .label(value.label(), format!("{} is needed here", node.types.words()));
    if let Some(text) = value.plain() {
        let number = text.parse::<f64>().is_ok() && node.types.meets(Types::NUMBER);
        let word = matches!(text, "true" | "false") && node.types.meets(Types::BOOLEAN)
            || text == "null" && node.types.meets(Types::NULL);
        if number || word {
            finding = finding.help(format!("write it without quotes: `{text}`"));
        }
    } else if types.meets(Types::NUMBER.with(Types::BOOLEAN)) && node.types.meets(Types::STRING) {
        finding = finding.help(format!("write it in quotes: `\"{}\"`", value.raw()));
    } else if types == Types::NULL {
        finding = finding.help("leave the property out if it has no value, or write one");
    }
    finding
}

pub(super) fn not_in_enum(values: &[Literal], value: Node<'_>, name: Option<&str>) -> Diagnostic {
    let texts: Vec<&str> = values
        .iter()
        .filter_map(|value| if let Literal::Text(text) = value { Some(text.as_str()) } else { None })
        .collect();
    let shown: Vec<String> = values
        .iter()
        .map(|value| match value {
            Literal::Text(text) => text.clone(),
            other => other.show(),
        })
        .collect();
    let written = value.text();
    let title = match &written {
        Some(text) => format!("{} can not be `{text}`", subject(name)),
        None => {
            format!("{} can not be `{}`", subject(name), value.raw().get(..40).unwrap_or(value.raw()))
        }
    };
    let near = written.as_deref().and_then(|text| did_you_mean(text, texts.iter().copied()));
    let allowed = list(shown.iter().map(String::as_str), "or");
    let finding =
        Diagnostic::new(&code::NOT_IN_ENUM, title).label(value.label(), "not one of the allowed values");
    match near {
        Some(help) => finding.help(help).note(format!("it can be {allowed}")),
        None => finding.help(format!("write {allowed}")),
    }
}

pub(super) fn wrong_form(
    node: &SchemaNode,
    pattern: &Pattern,
    value: Node<'_>,
    text: &str,
    name: Option<&str>,
) -> Diagnostic {
    let mut finding = Diagnostic::new(
        &code::PATTERN,
        format!("{} does not have the right form: `{text}`", subject(name)),
    )
    .label(value.label(), format!("does not match `{}`", pattern.source()));
    let kebab = heck::ToKebabCase::to_kebab_case(text);
    let examples: Vec<&str> = node
        .notes
        .examples
        .iter()
        .filter_map(|value| if let Literal::Text(text) = value { Some(text.as_str()) } else { None })
        .collect();
    if kebab != text && pattern.matches(&kebab) {
        finding = finding.help(format!("write `{kebab}`"));
    } else if !examples.is_empty() {
        finding = finding.help(format!("it should look like {}", list(examples.into_iter(), "or")));
    }
    finding
}

pub(super) fn unknown(node: &SchemaNode, object: Node<'_>, key: Node<'_>) -> Diagnostic {
    let text = key.text().unwrap_or_default();
    let absent = node
        .properties
        .iter()
        .map(|property| property.name.as_str())
        .filter(|name| object.get(name).is_none());
    let near = did_you_mean(&text, absent);
    let finding = Diagnostic::new(&code::UNKNOWN_PROPERTY, format!("unknown property `{text}`"))
        .label(key.span(), "not a property of this object");
    match near {
        Some(help) => finding.help(help),
        None if node.properties.is_empty() => finding.help("remove it"),
        None => finding.help(format!(
            "the properties are {}",
            list(node.properties.iter().map(|property| property.name.as_str()), "and")
        )),
    }
}

pub(super) fn missing_properties(missing: &[&str], value: Node<'_>, name: Option<&str>) -> Diagnostic {
    let what = if missing.len() == 1 { "a required property is missing" } else { "required properties are missing" };
    let names = list(missing.iter().copied(), "and");
    let place = name.map_or_else(String::new, |name| format!(" in `{name}`"));
    Diagnostic::new(&code::MISSING_PROPERTY, format!("{what}{place}: {names}"))
        .label(value.opening(), format!("this object needs {names}"))
}
