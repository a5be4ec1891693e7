//! Where content has errors: what is wrong in itself is said once, and what would only follow from it is not said.

use crate::diagnose::{Diagnostic, Level};
use crate::sort::sort;
use crate::source::{FileId, Node, Span};
use std::collections::HashMap;

/// The places of the errors in content, in the order of each file.
#[derive(Debug, Default)]
pub(crate) struct Mistakes {
    places: HashMap<FileId, Vec<Span>>,
}

impl Mistakes {
    pub(crate) fn of(findings: &[Diagnostic]) -> Self {
        let mut places: HashMap<FileId, Vec<Span>> = HashMap::new();
        for span in
            findings.iter().filter(|finding| finding.level == Level::Deny).filter_map(Diagnostic::span)
        {
            places.entry(span.file).or_default().push(span);
        }
        for spans in places.values_mut() {
            sort(spans);
        }
        Self { places }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The files that have errors.
    pub(crate) fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        self.places.keys().copied()
    }

    /// Whether there is an error at a place.
    pub(crate) fn are_at(&self, place: Span) -> bool {
        self.places.get(&place.file).is_some_and(|spans| {
            let first = spans.partition_point(|span| span.start < place.start);
            spans.get(first).is_some_and(|span| span.start == place.start)
        })
    }

    /// The errors in a value.
    fn within(&self, value: Node<'_>) -> &[Span] {
        if self.places.is_empty() {
            return &[];
        }
        let place = value.span();
        let Some(spans) = self.places.get(&place.file) else { return &[] };
        let first = spans.partition_point(|span| span.start < place.start);
        let count = spans[first..].partition_point(|span| span.start < place.end);
        &spans[first..first + count]
    }

    /// Whether there is an error in a value.
    pub(crate) fn are_in(&self, value: Node<'_>) -> bool {
        !self.within(value).is_empty()
    }

    /// Whether there is an error in an object itself or in one of some properties. What else stands in it does not count.
    pub(crate) fn concern(&self, object: Node<'_>, mut read: impl FnMut(&str) -> bool) -> bool {
        self.within(object).iter().any(|error| {
            let around = object.properties().find(|(_, value)| {
                let place = value.span();
                (place.start..place.end).contains(&error.start)
            });
            around.is_none_or(|(key, _)| key.text().is_none_or(|name| read(&name)))
        })
    }
}
