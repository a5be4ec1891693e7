//! Schemas that hold for the same value: `$ref` beside others, `allOf`, `if`, and names and properties on which schemas depend.

use super::known::{Known, always_required};
use super::messages::{not_here, subject};
use super::{Called, Place, Validator};
use crate::diagnostics::{Diagnostic, Label, code, list};
use crate::schema::{ExtraKeywords, SchemaId};
use crate::source::Node;

impl Validator<'_, '_> {
    pub(super) fn combine(&mut self, more: &ExtraKeywords, value: Node<'_>, place: &Place<'_>) {
        for schema in more.reference.iter().chain(&more.all_of) {
            self.value(*schema, value, place);
        }
        if !more.any_of.is_empty() {
            self.one_of(&more.any_of, false, value, place);
        }
        if !more.one_of.is_empty() {
            self.one_of(&more.one_of, true, value, place);
        }
        if let Some(condition) = more.condition {
            let holds = self.fits(condition, value);
            let branch = if holds { more.then } else { more.else_ };
            if let Some(schema) = branch {
                let before = self.diagnostics.len();
                self.value(schema, value, place);
                if self.diagnostics.len() > before {
                    if self.undecided(condition, value, place, before) {
                        self.diagnostics.truncate(before);
                        self.done.clear();
                    } else {
                        let reasons = self.reasons(condition, value, holds);
                        self.because(before, reasons);
                    }
                }
            }
        }
        if let Some(names) = &more.property_names {
            for (key, _) in value.properties().filter(|(key, _)| key.is_text()) {
                let text = key.text().unwrap_or_default();
                let description = names.annotations.description.as_deref();
                let place = Place {
                    name: Called::Key(&text),
                    key: None,
                    description,
                    optional: true,
                    schema: names.schema,
                    branch: None,
                    first: self.diagnostics.len(),
                };
                self.value(names.schema, key, &place);
            }
        }
        for (property, schema) in &more.dependent_schemas {
            let Some((key, _)) = value.property(property) else { continue };
            let before = self.diagnostics.len();
            self.value(*schema, value, place);
            for diagnostic in &mut self.diagnostics[before..] {
                let text = format!("because `{property}` is there");
                diagnostic.labels.push(Label { span: key.span(), text });
            }
        }
    }

    /// Whether a condition asks for a property that is missing or wrong, which has been said: what follows from it may not follow.
    fn undecided(&self, condition: SchemaId, value: Node<'_>, place: &Place<'_>, before: usize) -> bool {
        let reported = || self.diagnostics[..before].iter().skip(place.first);
        let mut names = Known::of(self.schemas, condition).names.into_iter();
        names.any(|name| match value.get(name) {
            Some(item) => reported().any(|diagnostic| diagnostic.span() == Some(item.label())),
            None => {
                let missing = |diagnostic: &Diagnostic| diagnostic.code.id == code::MISSING_PROPERTY.id;
                always_required(self.schemas, place.schema, name) && reported().any(missing)
            }
        })
    }

    /// `not`: what fits is excluded.
    pub(super) fn excluded(&mut self, schema: SchemaId, value: Node<'_>, place: &Place<'_>) {
        if !self.fits(schema, value) {
            return;
        }
        self.failed = true;
        if self.probing {
            return;
        }
        let node = self.schemas.get(schema);
        let reasons = self.reasons(schema, value, true);
        let diagnostic = if let Some(values) = &node.values {
            let shown = super::messages::allowed(values);
            Diagnostic::new(&code::FORBIDDEN, format!("{} cannot be {shown}", subject(place)))
                .label(value.label(), "every other value is allowed")
        } else {
            match reasons.as_slice() {
                [] => Diagnostic::new(&code::FORBIDDEN, format!("{} cannot be like this", subject(place)))
                    .label(value.label(), "not allowed")
                    .label(node.span, "excluded by this rule"),
                [only] => {
                    let Some((key, item)) = value.property(&only.name) else { return };
                    let place = Place { name: Called::Property(&only.name), key: Some(key), ..*place };
                    match &only.value {
                        None => not_here(&code::FORBIDDEN, item, &place),
                        Some(shown) => Diagnostic::new(
                            &code::FORBIDDEN,
                            format!("`{}` cannot be {shown} here", only.name),
                        )
                        .label(only.span, "every other value is allowed"),
                    }
                }
                [first, others @ ..] => {
                    let names = reasons.iter().map(|reason| reason.name.as_str());
                    let mut diagnostic = if reasons.iter().all(|reason| reason.value.is_none()) {
                        let names = list(&names.collect::<Vec<_>>(), "and");
                        Diagnostic::new(&code::FORBIDDEN, format!("{names} cannot stand in one object"))
                            .label(first.span, "not allowed beside the other")
                            .help("remove one of them")
                    } else {
                        let words: Vec<String> = reasons.iter().map(super::reasons::Reason::words).collect();
                        Diagnostic::new(&code::FORBIDDEN, format!("this cannot be: {}", words.join(", and ")))
                            .label(first.span, "not allowed together with the other")
                    };
                    for other in others {
                        diagnostic = diagnostic.label(other.span, "the other");
                    }
                    diagnostic
                }
            }
        };
        let diagnostic = diagnostic
            .maybe_note(node.annotations.description.as_deref().map(super::messages::first_sentence));
        self.diagnostics.push(diagnostic);
    }
}
