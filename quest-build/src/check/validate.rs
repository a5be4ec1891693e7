//! JSON Schema validation: every finding, each with its place.

use crate::diagnose::{Diagnostic, code, did_you_mean, list};
use crate::schema::{Additional, Items, Literal, SchemaId, SchemaNode, Schemas, Types};
use crate::source::{Kind, Node};
use std::collections::HashMap;

/// Reports where a value does not fit its schema.
pub(crate) fn validate(schemas: &Schemas, schema: SchemaId, value: Node<'_>, findings: &mut Vec<Diagnostic>) {
    Validator { schemas, findings }.value(schema, value, None);
}

struct Validator<'s, 'f> {
    schemas: &'s Schemas,
    findings: &'f mut Vec<Diagnostic>,
}

fn type_of(value: Node<'_>) -> Types {
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

fn words(types: Types, value: Node<'_>) -> String {
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
fn subject(name: Option<&str>) -> String {
    name.map_or_else(|| "this value".to_owned(), |name| format!("`{name}`"))
}

impl Validator<'_, '_> {
    fn value(&mut self, schema: SchemaId, value: Node<'_>, name: Option<&str>) {
        let node = self.schemas.get(schema);
        if value.kind() == Kind::Invalid {
            return; // the reader has said what is wrong
        }
        if node.never {
            self.findings.push(
                Diagnostic::new(&code::UNKNOWN_PROPERTY, format!("{} is not allowed here", subject(name)))
                    .label(value.label(), "the schema allows no value"),
            );
            return;
        }
        if value.number().is_some_and(f64::is_infinite) {
            self.findings.push(
                Diagnostic::new(
                    &code::NUMBER_RANGE,
                    format!("{} is a number that no game can count", subject(name)),
                )
                .label(value.label(), "is larger than any number a computer holds"),
            );
            return;
        }
        let types = type_of(value);
        let accepted =
            node.types.meets(types) || (types == Types::INTEGER && node.types.meets(Types::NUMBER));
        if types == Types::NUMBER && !node.types.has(Types::NUMBER) || !accepted {
            self.wrong_type(node, value, types, name);
            return;
        }
        if let Some(values) = &node.values {
            self.one_of(values, value, name);
        }
        match types {
            Types::STRING => self.text(node, value, name),
            Types::INTEGER | Types::NUMBER => self.number(node, value, name),
            Types::ARRAY => self.array(node, value, name),
            Types::OBJECT => self.object(node, value, name),
            _ => {}
        }
    }

    fn wrong_type(&mut self, node: &SchemaNode, value: Node<'_>, types: Types, name: Option<&str>) {
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
        self.findings.push(finding);
    }

    fn one_of(&mut self, values: &[Literal], value: Node<'_>, name: Option<&str>) {
        let plain = value.plain();
        let equal = |literal: &Literal| match (literal, plain) {
            (Literal::Text(text), Some(plain)) => text == plain,
            _ => *literal == Literal::of(value),
        };
        if values.iter().any(equal) {
            return;
        }
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
        let mut finding = Diagnostic::new(&code::NOT_IN_ENUM, title);
        finding = match near {
            Some(help) => finding
                .label(value.label(), "not one of the allowed values")
                .help(help)
                .note(format!("it can be {allowed}")),
            None => {
                finding.label(value.label(), "not one of the allowed values").help(format!("write {allowed}"))
            }
        };
        self.findings.push(finding);
    }

    fn text(&mut self, node: &SchemaNode, value: Node<'_>, name: Option<&str>) {
        if node.min_length.is_none() && node.max_length.is_none() && node.pattern.is_none() {
            return;
        }
        let Some(text) = value.text() else { return };
        if node.min_length.is_some() || node.max_length.is_some() {
            // A text of n bytes has at least n / 4 characters: most need no counting.
            let certainly = (text.len() / 4) as u64;
            if node.min_length.is_some_and(|least| certainly < least)
                || node.max_length.is_some_and(|most| text.len() as u64 > most)
            {
                let length = text.chars().count() as u64;
                self.length(node.min_length, node.max_length, length, "character", value, name);
            }
        }
        let Some(pattern) = &node.pattern else { return };
        if pattern.matches(&text) {
            return;
        }
        let mut finding = Diagnostic::new(
            &code::PATTERN,
            format!("{} does not have the right form: `{text}`", subject(name)),
        )
        .label(value.label(), format!("does not match `{}`", pattern.source()));
        let kebab = heck::ToKebabCase::to_kebab_case(&*text);
        let examples: Vec<&str> = node
            .notes
            .examples
            .iter()
            .filter_map(|value| if let Literal::Text(text) = value { Some(text.as_str()) } else { None })
            .collect();
        if kebab != *text && pattern.matches(&kebab) {
            finding = finding.help(format!("write `{kebab}`"));
        } else if !examples.is_empty() {
            finding = finding.help(format!("it should look like {}", list(examples.into_iter(), "or")));
        }
        self.findings.push(finding);
    }

    fn length(
        &mut self,
        least: Option<u64>,
        most: Option<u64>,
        length: u64,
        unit: &str,
        value: Node<'_>,
        name: Option<&str>,
    ) {
        let plural = |count: u64| if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") };
        let (problem, help) = match (least, most) {
            (Some(least), _) if length < least => {
                let problem = if length == 0 {
                    "is empty".to_owned()
                } else {
                    format!("is too short: {}", plural(length))
                };
                (problem, format!("it needs at least {}", plural(least)))
            }
            (_, Some(most)) if length > most => {
                (format!("is too long: {}", plural(length)), format!("it can have at most {}", plural(most)))
            }
            _ => return,
        };
        self.findings.push(
            Diagnostic::new(&code::LENGTH, format!("{} {problem}", subject(name))).label(value.label(), help),
        );
    }

    fn number(&mut self, node: &SchemaNode, value: Node<'_>, name: Option<&str>) {
        let number = value.number().unwrap_or(f64::NAN);
        let whole = value.integer();
        let limit = if node.minimum.is_some_and(|least| least >= 0.0) {
            i128::from(u64::MAX)
        } else {
            i128::from(i64::MAX)
        };
        let fits = whole.is_some_and(|whole| (i128::from(i64::MIN)..=limit).contains(&whole));
        let must_be_whole = !node.types.has(Types::NUMBER) || value.kind() == Kind::Integer;
        if must_be_whole && !fits && !node.types.has(Types::NUMBER) {
            self.findings.push(
                Diagnostic::new(
                    &code::NUMBER_RANGE,
                    format!("{} is a number that no game can count", subject(name)),
                )
                .label(value.label(), "does not fit into 64 bits"),
            );
            return;
        }
        let below =
            node.minimum.filter(|bound| number < *bound).map(|bound| format!("it must be at least {bound}"));
        let above =
            node.maximum.filter(|bound| number > *bound).map(|bound| format!("it must be at most {bound}"));
        let at_or_below =
            node.above.filter(|bound| number <= *bound).map(|bound| format!("it must be more than {bound}"));
        let at_or_above =
            node.below.filter(|bound| number >= *bound).map(|bound| format!("it must be less than {bound}"));
        if let Some(rule) = below.or(above).or(at_or_below).or(at_or_above) {
            self.findings.push(
                Diagnostic::new(
                    &code::OUT_OF_BOUNDS,
                    format!("{} is out of bounds: {}", subject(name), value.raw()),
                )
                .label(value.label(), rule),
            );
        }
    }

    fn array(&mut self, node: &SchemaNode, value: Node<'_>, name: Option<&str>) {
        if node.min_items.is_some() || node.max_items.is_some() {
            self.length(
                node.min_items,
                node.max_items,
                value.elements().count() as u64,
                "element",
                value,
                name,
            );
        }
        if let Items::Each(items) = node.items {
            for element in value.elements() {
                self.value(items, element, None);
            }
        } else {
            value.elements().for_each(|element| self.anything(element));
        }
    }

    fn object(&mut self, node: &SchemaNode, value: Node<'_>, name: Option<&str>) {
        let mut seen = 0u128;
        let mut expected = 0;
        // Names that the schema does not list; it takes no memory where there are none.
        let mut others: Vec<(Node<'_>, Node<'_>)> = Vec::new();
        for (key, item) in value.properties() {
            let Some(text) = key.text() else { continue };
            let Some(index) = node.property(&text, expected) else {
                others.push((key, item));
                continue;
            };
            expected = index + 1;
            let property = &node.properties[index];
            let bit = 1u128.checked_shl(index as u32).unwrap_or(0);
            if seen & bit != 0 {
                self.duplicate(value, key, &text);
            } else if bit == 0 {
                others.push((key, item)); // more than 128 properties: found by comparing
            }
            seen |= bit;
            self.value(property.schema, item, Some(&property.name));
        }
        self.repeated(value, &others);
        for (key, item) in
            others.iter().filter(|(key, _)| key.text().is_some_and(|text| node.property(&text, 0).is_none()))
        {
            match node.additional {
                Additional::Anything => self.anything(*item),
                Additional::Schema(schema) => self.value(schema, *item, key.text().as_deref()),
                Additional::Nothing => self.unknown(node, value, *key),
            }
        }
        // A name that could not be read may be the one that is missing.
        let unreadable = value.properties().any(|(key, _)| key.kind() == Kind::Invalid);
        if unreadable {
            return;
        }
        let missing: Vec<&str> = node
            .properties
            .iter()
            .enumerate()
            .filter(|(index, property)| {
                property.required && 1u128.checked_shl(*index as u32).is_none_or(|bit| seen & bit == 0)
            })
            .filter(|(index, property)| *index < 128 || value.get(&property.name).is_none())
            .map(|(_, property)| property.name.as_str())
            .collect();
        if !missing.is_empty() {
            let what = if missing.len() == 1 {
                "a required property is missing"
            } else {
                "required properties are missing"
            };
            let names = list(missing.iter().copied(), "and");
            let place = name.map_or_else(String::new, |name| format!(" in `{name}`"));
            self.findings.push(
                Diagnostic::new(&code::MISSING_PROPERTY, format!("{what}{place}: {names}"))
                    .label(value.opening(), format!("this object needs {names}")),
            );
        }
    }

    fn unknown(&mut self, node: &SchemaNode, object: Node<'_>, key: Node<'_>) {
        let text = key.text().unwrap_or_default();
        let absent = node
            .properties
            .iter()
            .map(|property| property.name.as_str())
            .filter(|name| object.get(name).is_none());
        let near = did_you_mean(&text, absent);
        let finding = Diagnostic::new(&code::UNKNOWN_PROPERTY, format!("unknown property `{text}`"))
            .label(key.span(), "not a property of this object");
        self.findings.push(match near {
            Some(help) => finding.help(help),
            None => finding.help(format!(
                "the properties are {}",
                list(node.properties.iter().map(|property| property.name.as_str()), "and")
            )),
        });
    }

    fn duplicate(&mut self, object: Node<'_>, key: Node<'_>, text: &str) {
        let mut finding =
            Diagnostic::new(&code::DUPLICATE_PROPERTY, format!("property `{text}` is there twice"))
                .label(key.span(), "the second one");
        if let Some((first, _)) = object.property(text) {
            finding = finding.label(first.span(), "the first one");
        }
        self.findings.push(finding.help("keep one of them: programs disagree about which of the two counts"));
    }

    fn repeated(&mut self, object: Node<'_>, pairs: &[(Node<'_>, Node<'_>)]) {
        if pairs.len() < 2 {
            return;
        }
        let mut seen = HashMap::new();
        for (key, _) in pairs {
            let Some(text) = key.text() else { continue };
            if seen.insert(text.clone(), ()).is_some() {
                self.duplicate(object, *key, &text);
            }
        }
    }

    /// A value that the schema says nothing about: only repeated names are looked for.
    fn anything(&mut self, value: Node<'_>) {
        for element in value.elements() {
            self.anything(element);
        }
        let pairs: Vec<_> = value.properties().collect();
        self.repeated(value, &pairs);
        for (_, item) in pairs {
            self.anything(item);
        }
    }
}
