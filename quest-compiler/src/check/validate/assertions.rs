//! The rarer assertions, and those of questc: sizes, unique elements, bytes, equal properties.

use super::messages::{self, about, subject, type_of};
use super::misfit::{Misfit, Problem};
use super::{Validator, ValueContext};
use crate::diagnostics::{Diagnostic, code, nouns};
use crate::schema::{ExtraKeywords, SchemaId, SchemaNode, Types, canonical_of};
use crate::source::{Node, NodeKind};
use std::collections::HashMap;

impl Validator<'_, '_> {
    /// Checks the assertions of one schema object, without its subschemas.
    pub(super) fn assert(
        &mut self,
        node: &SchemaNode,
        more: &ExtraKeywords,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        if let Some(schema) = more.not {
            self.excluded(schema, value, context);
        }
        if let Some(group) = &more.group {
            self.group(group, node, value, context);
        }
        match type_of(value) {
            Types::OBJECT => self.assert_object(node, more, value, context),
            Types::ARRAY => {
                if more.unique {
                    self.unique(value, context);
                }
                if let Some(schema) = more.contains {
                    self.contains(schema, more, value, context);
                }
            }
            Types::STRING => self.bytes(node, more, value, context),
            Types::INTEGER | Types::NUMBER => self.multiple(node, more, value, context),
            _ => {}
        }
    }

    fn assert_object(
        &mut self,
        node: &SchemaNode,
        more: &ExtraKeywords,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        if more.min_properties.is_some() || more.max_properties.is_some() {
            let count = value.properties().count() as u64;
            self.length(node, (more.min_properties, more.max_properties), count, "property", value, context);
        }
        for (property, needs) in &more.dependent_required {
            let Some((key, _)) = value.property(property) else { continue };
            let missing: Vec<&str> =
                needs.iter().map(String::as_str).filter(|name| value.get(name).is_none()).collect();
            if missing.is_empty() {
                continue;
            }
            let before = self.misfits.len();
            self.missing(node, missing, value, context);
            for misfit in self.misfits.iter_mut().skip(before) {
                misfit.because(key.span(), &format!("`{property}` is there"));
            }
        }
    }

    fn contains(
        &mut self,
        schema: SchemaId,
        more: &ExtraKeywords,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        let count = value.elements().filter(|element| self.fits(schema, *element)).count() as u64;
        let least = more.min_contains.unwrap_or(1);
        let most = more.max_contains;
        if count >= least && most.is_none_or(|most| count <= most) {
            return;
        }
        let (bound, wanted) = match most {
            Some(most) if count > most => ("at most", most),
            _ => ("at least", least),
        };
        let form = self.form(schema, wanted == 1);
        let rule = self.schemas.get(schema);
        self.fail_value(value, || {
            let title = format!("{} needs {bound} {}", subject(context), nouns::count(wanted, "element"));
            let diagnostic = match form {
                Some(form) => Diagnostic::new(&code::CONTAINS, format!("{title} {form}")),
                None => Diagnostic::new(&code::CONTAINS, format!("{title} of another form")),
            };
            let diagnostic = diagnostic.label(value.label(), format!("has {count}"));
            let diagnostic = if diagnostic.title.ends_with("form") {
                diagnostic.label(rule.span, "this form")
            } else {
                diagnostic
            };
            diagnostic.maybe_note(rule.annotations.description.as_deref().map(messages::first_sentence))
        });
    }

    /// A schema in words, if it only restricts values.
    fn form(&self, schema: SchemaId, one: bool) -> Option<String> {
        let node = self.schemas.get(schema);
        if let Some(values) = &node.values {
            return Some(format!("that {} {}", if one { "is" } else { "are" }, messages::allowed(values)));
        }
        let parts: Option<Vec<String>> = node
            .properties
            .iter()
            .map(|property| {
                let values = self.schemas.get(property.schema).values.as_ref()?;
                Some(format!("whose `{}` is {}", property.name, messages::allowed(values)))
            })
            .collect();
        parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join(" and "))
    }

    fn unique(&mut self, value: Node<'_>, context: &ValueContext<'_>) {
        let mut seen: HashMap<String, Node<'_>> = HashMap::new();
        for element in value.elements().filter(|element| element.kind() != NodeKind::Invalid) {
            if let Some(first) = seen.insert(canonical_of(element), element) {
                self.fail_value(element, || {
                    Diagnostic::new(
                        &code::NOT_UNIQUE,
                        format!("{} has the same element twice", subject(context)),
                    )
                    .label(element.label(), "the second one")
                    .label(first.label(), "the first one")
                    .help("remove one of them")
                });
            }
        }
    }

    fn multiple(
        &mut self,
        node: &SchemaNode,
        more: &ExtraKeywords,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        let (Some(step), Some(number)) = (more.multiple_of, value.exact()) else { return };
        if !number.is_multiple_of(step) {
            self.fail_value(value, || {
                Diagnostic::new(
                    &code::OUT_OF_BOUNDS,
                    format!("{} must be a multiple of {step}", subject(context)),
                )
                .label(value.label(), format!("is no multiple of {step}"))
                .maybe_note(about(node, context))
            });
        }
    }

    fn bytes(
        &mut self,
        node: &SchemaNode,
        more: &ExtraKeywords,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        let Some(most) = more.max_bytes else { return };
        let length = value.text().map_or(0, |text| text.len() as u64);
        if length <= most {
            return;
        }
        let characters = value.text().map_or(0, |text| text.chars().count() as u64);
        self.fail_value(value, || {
            let title = format!("{} is too long: {}", subject(context), nouns::count(length, "byte"));
            let diagnostic = Diagnostic::new(&code::LENGTH, title)
                .label(value.label(), format!("it can have at most {}", nouns::count(most, "byte")))
                .maybe_note(about(node, context));
            if characters < length {
                diagnostic.note(format!(
                    "these are {}, of which some take more than one byte",
                    nouns::count(characters, "character")
                ))
            } else {
                diagnostic
            }
        });
    }

    /// `x-equals`: a property equals a sibling, or the object's name in a map.
    pub(super) fn equals(&mut self, object: Node<'_>, property: &str, other: &str, name: Option<&str>) {
        let Some(value) = object.get(property) else { return };
        if other == "{key}" {
            let Some(name) = name.filter(|name| value.text().as_deref() != Some(name)) else { return };
            self.fail(|| {
                let is = value.raw().trim_matches('"');
                let title = format!("`{property}` is `{is}`, but this object stands under the name `{name}`");
                let at = value.label();
                let diagnostic = Diagnostic::new(&code::NOT_EQUAL, title)
                    .label(at, "must be the same as the name")
                    .help(format!("write `{name}`"));
                Misfit::new(Problem::Comparison(vec![at]), at, diagnostic)
            });
            return;
        }
        let sibling = object.get(other).filter(|sibling| canonical_of(*sibling) != canonical_of(value));
        let Some(sibling) = sibling else { return };
        self.fail(|| {
            let (at, from) = (value.label(), sibling.label());
            let diagnostic =
                Diagnostic::new(&code::NOT_EQUAL, format!("`{property}` must be equal to `{other}`"))
                    .label(at, "this differs")
                    .label(from, "from this");
            Misfit::new(Problem::Comparison(vec![at, from]), at, diagnostic)
        });
    }
}
