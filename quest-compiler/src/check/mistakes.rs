//! Where content has errors: what is wrong in itself is said once, and what would only follow from it is not said.

use crate::diagnostics::{Diagnostic, Level};
use crate::source::Node;
use crate::text::{FileId, Span};
use std::collections::HashMap;

/// The places of the errors in content.
#[derive(Debug, Default)]
pub struct Mistakes {
    places: HashMap<FileId, Places>,
}

/// The places of the errors in a file, in its order.
#[derive(Debug, Default)]
struct Places {
    spans: Vec<Span>,
    /// Of each block of the file, the first error that begins in it or behind it. Each rule asks for each object: with 4,000 errors, to
    /// search among all of them took a tenth of a check.
    blocks: Vec<u32>,
}

/// The size of a block as a power of two.
const BLOCK: u32 = 12;

impl Places {
    fn of(mut spans: Vec<Span>) -> Self {
        spans.sort();
        let mut blocks = Vec::new();
        for (span, at) in spans.iter().zip(0..) {
            while blocks.len() <= (span.start >> BLOCK) as usize {
                blocks.push(at);
            }
        }
        Self { spans, blocks }
    }

    /// The number of the first error that does not begin before a place.
    fn first(&self, start: u32) -> usize {
        let block = (start >> BLOCK) as usize;
        let bound = |block: usize| self.blocks.get(block).map_or(self.spans.len(), |at| *at as usize);
        let (from, to) = (bound(block), bound(block + 1));
        from + self.spans[from..to].partition_point(|span| span.start < start)
    }
}

impl Mistakes {
    pub fn of(diagnostics: &[Diagnostic]) -> Self {
        let mut places: HashMap<FileId, Vec<Span>> = HashMap::new();
        for span in diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.level == Level::Deny)
            .filter_map(Diagnostic::span)
        {
            places.entry(span.file).or_default().push(span);
        }
        Self { places: places.into_iter().map(|(file, spans)| (file, Places::of(spans))).collect() }
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The files that have errors.
    pub fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        self.places.keys().copied()
    }

    /// Whether there is an error at a place.
    pub fn are_at(&self, place: Span) -> bool {
        self.places.get(&place.file).is_some_and(|places| {
            places.spans.get(places.first(place.start)).is_some_and(|span| span.start == place.start)
        })
    }

    /// The errors in a value.
    fn within(&self, value: Node<'_>) -> &[Span] {
        if self.places.is_empty() {
            return &[];
        }
        let place = value.span();
        let Some(places) = self.places.get(&place.file) else { return &[] };
        let (first, end) = (places.first(place.start), places.first(place.end));
        &places.spans[first..end.max(first)]
    }

    /// Whether there is an error in a value.
    pub fn are_in(&self, value: Node<'_>) -> bool {
        !self.within(value).is_empty()
    }

    /// Whether there is an error in an object itself or in one of some properties. What else stands in it does not count.
    pub fn concern(&self, object: Node<'_>, mut read: impl FnMut(&str) -> bool) -> bool {
        self.within(object).iter().any(|error| {
            let around = object.properties().find(|(_, value)| {
                let place = value.span();
                (place.start..place.end).contains(&error.start)
            });
            around.is_none_or(|(key, _)| key.text().is_none_or(|name| read(&name)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_error_from_a_place_on(starts in prop::collection::vec(0..20_000_u32, 0..40), from in 0..30_000_u32) {
            let spans = starts.iter().map(|start| Span { file: FileId(0), start: *start, end: start + 1 }).collect();
            let places = Places::of(spans);
            prop_assert_eq!(places.first(from), places.spans.partition_point(|span| span.start < from));
        }
    }
}
