//! Reading the fields of an annotation, and the diagnostics that all annotations share.

use crate::diagnostics::{Diagnostic, code, did_you_mean, near};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// A path of property names as a schema writes it, and its place.
pub(in crate::schema) type Written = (String, Span);

/// Reads the fields of an annotation.
pub(super) struct Reader<'f> {
    pub(super) diagnostics: &'f mut Vec<Diagnostic>,
    pub(super) keyword: &'static str,
    pub(super) failed: bool,
    /// Fields that are misspelt, by the object in which they stand.
    meant: Vec<(Span, String)>,
}

impl<'f> Reader<'f> {
    pub(super) fn new(keyword: &'static str, diagnostics: &'f mut Vec<Diagnostic>) -> Self {
        Self { diagnostics, keyword, failed: false, meant: Vec::new() }
    }

    pub(super) fn wrong(&mut self, node: Node<'_>, what: &str) {
        self.failed = true;
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, format!("{what} of `{}` cannot be read", self.keyword))
                .label(node.label(), "cannot be used here"),
        );
    }

    pub(super) fn text(&mut self, object: Node<'_>, name: &str) -> Option<Written> {
        let node = object.get(name)?;
        if let Some(text) = node.text() {
            return Some((text.into_owned(), node.span()));
        }
        self.wrong(node, &format!("`{name}`"));
        None
    }

    pub(super) fn texts(&mut self, object: Node<'_>, name: &str) -> Vec<Written> {
        let Some(node) = object.get(name) else { return Vec::new() };
        let one = node.is_text().then_some(node);
        let found: Vec<Written> = one
            .into_iter()
            .chain(node.elements())
            .filter_map(|node| Some((node.text()?.into_owned(), node.span())))
            .collect();
        if found.is_empty() {
            self.wrong(node, &format!("`{name}`"));
        }
        found
    }

    pub(super) fn known(&mut self, object: Node<'_>, known: &[&str]) {
        if object.kind() != NodeKind::Object {
            self.failed = true;
            let title = format!("this part of `{}` is no object", self.keyword);
            self.diagnostics
                .push(Diagnostic::new(&code::ANNOTATION, title).label(object.label(), "must be an object"));
        }
        for (key, _) in object.properties() {
            let name = key.text().unwrap_or_default();
            if !known.contains(&&*name) {
                self.failed = true;
                // What is there already cannot be meant a second time.
                let absent = known.iter().copied().filter(|known| object.get(known).is_none());
                self.meant
                    .extend(near(&name, absent).first().map(|meant| (object.span(), (*meant).to_owned())));
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("`{}` has no field `{name}`", self.keyword))
                        .label(key.span(), "not known")
                        .maybe_help(did_you_mean(&name, known.iter().copied())),
                );
            }
        }
    }

    pub(super) fn needed(&mut self, object: Node<'_>, name: &str) -> Option<Written> {
        let found = self.text(object, name);
        let misspelt = self.meant.iter().any(|(place, meant)| *place == object.span() && meant == name);
        if found.is_none() && object.get(name).is_none() && !misspelt {
            self.failed = true;
            self.diagnostics.push(
                Diagnostic::new(&code::ANNOTATION, format!("`{}` does not say `{name}`", self.keyword))
                    .label(object.label(), format!("add `\"{name}\": \"<property>\"`")),
            );
        }
        found
    }
}

pub(super) fn wrong(value: Node<'_>, title: &str) -> Diagnostic {
    Diagnostic::new(&code::ANNOTATION, title).label(value.label(), "cannot be used here")
}
