//! Reading the fields of an annotation that is an object, and the diagnostics that all annotations share.

use crate::diagnostics::{Diagnostic, code, did_you_mean, list, near};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// A string in a schema and its location; in most cases a path of property names such as `stages[].id`.
#[derive(Clone, Debug)]
pub struct SpannedText {
    pub text: String,
    pub span: Span,
}

impl SpannedText {
    pub(super) fn of(node: Node<'_>) -> Option<Self> {
        Some(Self { text: node.text()?.into_owned(), span: node.span() })
    }
}

/// Reads the fields of one annotation and remembers whether any of them was invalid.
///
/// Every method reports what it rejects, so a caller reads all fields first and asks `failed` last: one run then names all mistakes.
pub(super) struct FieldReader<'f> {
    pub(super) diagnostics: &'f mut Vec<Diagnostic>,
    keyword: &'static str,
    pub(super) failed: bool,
    /// The fields that misspelled ones were probably meant to be, with the object that contains them.
    misspelled: Vec<(Span, String)>,
}

impl<'f> FieldReader<'f> {
    pub(super) fn new(keyword: &'static str, diagnostics: &'f mut Vec<Diagnostic>) -> Self {
        Self { diagnostics, keyword, failed: false, misspelled: Vec::new() }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.failed = true;
        self.diagnostics.push(diagnostic);
    }

    /// Reports a field whose value has the wrong type; `expected` says what it must be.
    pub(super) fn invalid(&mut self, node: Node<'_>, field: &str, expected: &str) {
        let title = format!("`{field}` of `{}` cannot be read", self.keyword);
        let label = format!("must be {expected}");
        self.report(Diagnostic::new(&code::ANNOTATION, title).label(node.label(), label));
    }

    /// A string field, if it is present.
    pub(super) fn text(&mut self, object: Node<'_>, field: &str) -> Option<SpannedText> {
        let node = object.get(field)?;
        let text = SpannedText::of(node);
        if text.is_none() {
            self.invalid(node, field, "a string");
        }
        text
    }

    /// The index of a field among the words that it can be, if it is present.
    pub(super) fn word(&mut self, object: Node<'_>, field: &str, words: &[&str]) -> Option<usize> {
        let node = object.get(field)?;
        let text = node.text().unwrap_or_default();
        let found = words.iter().position(|word| *word == text);
        if found.is_none() {
            let title = format!("`{field}` of `{}` cannot be read", self.keyword);
            self.report(
                Diagnostic::new(&code::ANNOTATION, title)
                    .label(node.label(), format!("must be {}", list(words, "or")))
                    .maybe_help(did_you_mean(&text, words.iter().copied())),
            );
        }
        found
    }

    /// A field that is a string or a non-empty list of strings.
    pub(super) fn texts(&mut self, object: Node<'_>, field: &str) -> Vec<SpannedText> {
        let Some(node) = object.get(field) else { return Vec::new() };
        let single = (node.kind() != NodeKind::Array).then_some(node);
        let mut texts = Vec::new();
        for element in single.into_iter().chain(node.elements()) {
            match SpannedText::of(element) {
                Some(text) => texts.push(text),
                None => self.invalid(element, field, "a string, or a list of strings"),
            }
        }
        if node.elements().next().is_none() && node.kind() == NodeKind::Array {
            self.invalid(node, field, "a list with at least one string");
        }
        texts
    }

    /// A field that is an object: the values that `read` makes of its properties, each with its name. `read` reports what it rejects.
    pub(super) fn entries<T>(
        &mut self,
        object: Node<'_>,
        field: &str,
        mut read: impl FnMut(&mut Self, Node<'_>) -> Option<T>,
    ) -> Vec<(SpannedText, T)> {
        let Some(node) = object.get(field) else { return Vec::new() };
        if node.kind() != NodeKind::Object || node.properties().next().is_none() {
            self.invalid(node, field, "an object with at least one property");
        }
        let entry = |(key, value)| Some((SpannedText::of(key)?, read(self, value)?));
        node.properties().filter_map(entry).collect()
    }

    /// A field that is an object of strings, such as paths by what leads there.
    pub(super) fn text_entries(&mut self, object: Node<'_>, field: &str) -> Vec<(SpannedText, SpannedText)> {
        self.entries(object, field, |reader, value| {
            let text = SpannedText::of(value);
            if text.is_none() {
                reader.invalid(value, field, "a string");
            }
            text
        })
    }

    /// A string field that must be present.
    pub(super) fn required(&mut self, object: Node<'_>, field: &str) -> Option<SpannedText> {
        let text = self.text(object, field);
        let misspelled = self.misspelled.iter().any(|(span, meant)| *span == object.span() && meant == field);
        if text.is_none() && object.get(field).is_none() && !misspelled {
            let title = format!("`{}` does not say `{field}`", self.keyword);
            self.report(
                Diagnostic::new(&code::ANNOTATION, title)
                    .label(object.label(), format!("add `\"{field}\": \"<property>\"`")),
            );
        }
        text
    }

    /// Reports a value that is not an object, and fields that are not among the known ones.
    pub(super) fn check_fields(&mut self, object: Node<'_>, known: &[&str]) {
        if object.kind() != NodeKind::Object {
            let title = format!("this part of `{}` is no object", self.keyword);
            self.report(Diagnostic::new(&code::ANNOTATION, title).label(object.label(), "must be an object"));
        }
        for (key, _) in object.properties() {
            let name = key.text().unwrap_or_default();
            if known.contains(&&*name) {
                continue;
            }
            // A field that is present cannot be what this one was meant to be.
            let absent = known.iter().copied().filter(|field| object.get(field).is_none());
            if let Some(meant) = near(&name, absent).first() {
                self.misspelled.push((object.span(), (*meant).to_owned()));
            }
            self.report(unknown_field(self.keyword, key, known));
        }
    }
}

/// The diagnostic for an annotation whose value has the wrong form.
pub(super) fn invalid(value: Node<'_>, title: &str) -> Diagnostic {
    Diagnostic::new(&code::ANNOTATION, title).label(value.label(), "cannot be used here")
}

/// The diagnostic for a field that an annotation does not have.
pub(super) fn unknown_field(keyword: &str, key: Node<'_>, known: &[&str]) -> Diagnostic {
    let name = key.text().unwrap_or_default();
    Diagnostic::new(&code::ANNOTATION, format!("`{keyword}` has no field `{name}`"))
        .label(key.span(), "not known")
        .maybe_help(did_you_mean(&name, known.iter().copied()))
}
