//! JSON Schema validation: every finding, each with its place.

mod combine;
mod evaluated;
mod rules;
mod words;

use crate::diagnose::{Diagnostic, code};
use crate::schema::{Additional, Items, SchemaId, SchemaNode, Schemas, Types};
use crate::source::{Kind, Node};
use std::collections::HashMap;
use words::{missing_properties, not_in_enum, plural, subject, type_of, unknown, wrong_form, wrong_type};

/// Reports where a value does not fit its schema.
pub(crate) fn validate(schemas: &Schemas, schema: SchemaId, value: Node<'_>, findings: &mut Vec<Diagnostic>) {
    Validator { schemas, findings, probing: false, failed: false }.value(schema, value, None);
}

struct Validator<'s, 'f> {
    schemas: &'s Schemas,
    findings: &'f mut Vec<Diagnostic>,
    /// Only whether a value fits is asked for; the first misfit ends the search.
    probing: bool,
    failed: bool,
}

impl<'s> Validator<'s, '_> {
    /// A value does not fit.
    fn fail(&mut self, finding: impl FnOnce() -> Diagnostic) {
        self.failed = true;
        if !self.probing {
            self.findings.push(finding());
        }
    }

    /// Whether a value fits a schema.
    fn fits(&self, schema: SchemaId, value: Node<'_>) -> bool {
        let mut none = Vec::new();
        let mut probe = Validator { schemas: self.schemas, findings: &mut none, probing: true, failed: false };
        probe.value(schema, value, None);
        !probe.failed
    }

    fn value(&mut self, schema: SchemaId, value: Node<'_>, name: Option<&str>) {
        if self.probing && self.failed {
            return;
        }
        let node: &'s SchemaNode = self.schemas.get(schema);
        if value.kind() == Kind::Invalid {
            return; // the reader has said what is wrong
        }
        if node.never {
            self.fail(|| {
                Diagnostic::new(&code::UNKNOWN_PROPERTY, format!("{} is not allowed here", subject(name)))
                    .label(value.label(), "the schema allows no value")
            });
            return;
        }
        if value.number().is_some_and(f64::is_infinite) {
            self.fail(|| {
                Diagnostic::new(
                    &code::NUMBER_RANGE,
                    format!("{} is a number that no game can count", subject(name)),
                )
                .label(value.label(), "is larger than any number a computer holds")
            });
            return;
        }
        let types = type_of(value);
        let accepted =
            node.types.meets(types) || (types == Types::INTEGER && node.types.meets(Types::NUMBER));
        if types == Types::NUMBER && !node.types.has(Types::NUMBER) || !accepted {
            self.fail(|| wrong_type(node, value, types, name));
            return;
        }
        let before = self.findings.len();
        if let Some(values) = &node.values
            && !values.iter().any(|literal| literal.is(value))
        {
            self.fail(|| not_in_enum(values, value, name));
        }
        match types {
            Types::STRING => self.text(node, value, name),
            Types::INTEGER | Types::NUMBER => self.number(node, value, name),
            Types::ARRAY => self.array(node, value, name),
            Types::OBJECT => self.object(node, value, name),
            _ => {}
        }
        if let Some(lint) = &node.notes.lint {
            for finding in self.findings[before..].iter_mut().filter(|finding| !finding.code.fixed) {
                if finding.lint.is_none() && finding.labels.first().is_some_and(|label| label.span == value.label()) {
                    finding.lint = Some(lint.name.clone());
                    finding.level = lint.level;
                }
            }
        }
        if let Some(more) = &node.more {
            self.combine(more, value, name);
            self.unevaluated(schema, more, value);
        }
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
        self.fail(|| wrong_form(node, pattern, value, &text, name));
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
        let plural = |count: u64| plural(count, unit);
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
        self.fail(|| {
            Diagnostic::new(&code::LENGTH, format!("{} {problem}", subject(name))).label(value.label(), help)
        });
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
            self.fail(|| {
                Diagnostic::new(
                    &code::NUMBER_RANGE,
                    format!("{} is a number that no game can count", subject(name)),
                )
                .label(value.label(), "does not fit into 64 bits")
            });
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
            self.fail(|| {
                Diagnostic::new(
                    &code::OUT_OF_BOUNDS,
                    format!("{} is out of bounds: {}", subject(name), value.raw()),
                )
                .label(value.label(), rule)
            });
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
        let mut elements = value.elements();
        if let Some(more) = &node.more {
            for (schema, element) in more.prefix.iter().zip(&mut elements) {
                self.value(*schema, element, None);
            }
        }
        match &node.items {
            Items::Each(items) => elements.for_each(|element| self.value(items.schema, element, None)),
            Items::Anything => elements.for_each(|element| self.anything(element)),
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
        let patterns: &[_] = node.more.as_ref().map_or(&[], |more| &more.pattern_properties);
        for (key, item) in
            others.iter().filter(|(key, _)| key.text().is_some_and(|text| node.property(&text, 0).is_none()))
        {
            let name = key.text().unwrap_or_default();
            let mut matched = false;
            for (_, site) in patterns.iter().filter(|(pattern, _)| pattern.matches(&name)) {
                matched = true;
                self.value(site.schema, *item, Some(&name));
            }
            match &node.additional {
                _ if matched => {}
                Additional::Anything => self.anything(*item),
                Additional::Schema(site) => self.value(site.schema, *item, Some(&name)),
                Additional::Nothing => self.fail(|| unknown(node, value, *key)),
            }
        }
        // Properties that the schema lists can match a pattern as well.
        if !patterns.is_empty() {
            for (key, item) in value.properties() {
                let Some(name) = key.text().filter(|name| node.property(name, 0).is_some()) else { continue };
                for (_, site) in patterns.iter().filter(|(pattern, _)| pattern.matches(&name)) {
                    self.value(site.schema, item, Some(&name));
                }
            }
        }
        for property in &node.properties {
            if let Some(other) =
                self.schemas.get(property.schema).more.as_ref().and_then(|more| more.equals.as_ref())
            {
                self.equals(value, &property.name, other, name);
            }
        }
        // A name that could not be read may be the one that is missing.
        let unreadable = value.properties().any(|(key, _)| key.kind() == Kind::Invalid);
        if unreadable {
            return;
        }
        let listed = node
            .properties
            .iter()
            .enumerate()
            .filter(|(index, property)| {
                property.required && 1u128.checked_shl(*index as u32).is_none_or(|bit| seen & bit == 0)
            })
            .filter(|(index, property)| *index < 128 || value.get(&property.name).is_none())
            .map(|(_, property)| property.name.as_str());
        let others: &[String] = node.more.as_ref().map_or(&[], |more| &more.required);
        let others = others.iter().map(String::as_str).filter(|name| value.get(name).is_none());
        let missing: Vec<&str> = listed.chain(others).collect();
        if !missing.is_empty() {
            self.fail(|| missing_properties(&missing, value, name));
        }
    }

    /// Reported whatever schema the object is held against, and only where findings are wanted.
    fn duplicate(&mut self, object: Node<'_>, key: Node<'_>, text: &str) {
        if self.probing {
            return;
        }
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
        if self.probing || !matches!(value.kind(), Kind::Array | Kind::Object) {
            return;
        }
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
