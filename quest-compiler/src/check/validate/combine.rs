//! Subschemas that apply to the same value: `$ref`, `allOf`, `if`, `not`, `propertyNames` and `dependentSchemas`.

use super::known::{KnownNames, always_required};
use super::messages::{self, not_here, subject};
use super::misfit::{Misfit, Problem};
use super::reasons::Reason;
use super::{Validator, ValueContext, ValueName};
use crate::diagnostics::{Diagnostic, code, list};
use crate::schema::{ExtraKeywords, SchemaId, SchemaNode};
use crate::source::Node;
use crate::text::Span;

impl Validator<'_, '_> {
    pub(super) fn combine(&mut self, more: &ExtraKeywords, value: Node<'_>, context: &ValueContext<'_>) {
        for schema in more.reference.iter().chain(&more.all_of) {
            self.value(*schema, value, context);
        }
        if !more.any_of.is_empty() {
            self.one_of((&more.any_of, more.tags.any_of.as_deref()), false, value, context);
        }
        if !more.one_of.is_empty() {
            self.one_of((&more.one_of, more.tags.one_of.as_deref()), true, value, context);
        }
        if let Some(condition) = more.condition {
            let holds = self.fits(condition, value);
            let branch = if holds { more.then } else { more.else_ };
            if let Some(schema) = branch {
                let before = self.misfits.len();
                self.value(schema, value, context);
                if self.misfits.len() > before {
                    if self.undecided(condition, value, context, before) {
                        self.misfits.truncate(before);
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
                let context = ValueContext {
                    name: ValueName::Key(&text),
                    key: None,
                    description,
                    optional: true,
                    schema: names.schema,
                    branch: None,
                    first: self.misfits.len(),
                };
                self.value(names.schema, key, &context);
            }
        }
        for (property, schema) in &more.dependent_schemas {
            let Some((key, _)) = value.property(property) else { continue };
            let before = self.misfits.len();
            self.value(*schema, value, context);
            for misfit in &mut self.misfits[before..] {
                misfit.because(key.span(), &format!("`{property}` is there"));
            }
        }
    }

    /// Whether a condition depends on a property that has been reported as missing or wrong, so that it is not known which branch applies.
    fn undecided(
        &self,
        condition: SchemaId,
        value: Node<'_>,
        context: &ValueContext<'_>,
        before: usize,
    ) -> bool {
        let reported = || self.misfits[..before].iter().skip(context.first);
        let mut names = KnownNames::of(self.schemas, condition).names.into_iter();
        names.any(|name| match value.get(name) {
            Some(item) => reported().any(|misfit| misfit.at == item.label()),
            None => {
                let missing = |misfit: &Misfit| misfit.problem == Problem::Missing;
                always_required(self.schemas, context.schema, name) && reported().any(missing)
            }
        })
    }

    /// `not`: reports a value that fits.
    pub(super) fn excluded(&mut self, schema: SchemaId, value: Node<'_>, context: &ValueContext<'_>) {
        if !self.fits(schema, value) {
            return;
        }
        self.failed = true;
        if self.probing {
            return;
        }
        let node = self.schemas.get(schema);
        let mut misfit = match &node.values {
            Some(values) => {
                let title = format!("{} cannot be {}", subject(context), messages::allowed(values));
                forbidden(value.label(), title, "every other value is allowed")
            }
            None => {
                let reasons = self.reasons(schema, value, true);
                let Some(misfit) = excluded_by(&reasons, node, value, context) else { return };
                misfit
            }
        };
        let description = node.annotations.description.as_deref();
        misfit.diagnostic.notes.extend(description.map(messages::first_sentence));
        self.misfits.push(misfit);
    }
}

/// The misfit of a value that `not` excludes, by the reasons why it fits.
fn excluded_by(
    reasons: &[Reason],
    node: &SchemaNode,
    value: Node<'_>,
    context: &ValueContext<'_>,
) -> Option<Misfit> {
    let (first, others) = match reasons {
        [] => {
            let mut misfit =
                forbidden(value.label(), format!("{} cannot be like this", subject(context)), "not allowed");
            misfit.diagnostic = misfit.diagnostic.label(node.span, "excluded by this rule");
            return Some(misfit);
        }
        [only] => {
            let (key, item) = value.property(&only.name)?;
            let context = ValueContext { name: ValueName::Property(&only.name), key: Some(key), ..*context };
            let title = |shown: &str| format!("`{}` cannot be {shown} here", only.name);
            return Some(match &only.value {
                None => not_here(Problem::Forbidden, item, &context),
                Some(shown) => forbidden(only.span, title(shown), "every other value is allowed"),
            });
        }
        [first, others @ ..] => (first, others),
    };
    let mut misfit = if reasons.iter().all(|reason| reason.value.is_none()) {
        let names: Vec<&str> = reasons.iter().map(|reason| reason.name.as_str()).collect();
        let title = format!("{} cannot stand in one object", list(&names, "and"));
        let mut misfit = forbidden(first.span, title, "not allowed beside the other");
        misfit.diagnostic = misfit.diagnostic.help("remove one of them");
        misfit
    } else {
        let words: Vec<String> = reasons.iter().map(Reason::sentence).collect();
        let title = format!("this cannot be: {}", words.join(", and "));
        forbidden(first.span, title, "not allowed together with the other")
    };
    for other in others {
        misfit.diagnostic = misfit.diagnostic.label(other.span, "the other");
    }
    Some(misfit)
}

fn forbidden(at: Span, title: String, label: &str) -> Misfit {
    let diagnostic = Diagnostic::new(&code::FORBIDDEN, title).label(at, label);
    Misfit::new(Problem::Forbidden, at, diagnostic)
}
