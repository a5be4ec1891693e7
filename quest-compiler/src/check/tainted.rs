//! What is known to be wrong in content, so that cascading errors are suppressed.

use crate::source::Node;
use crate::text::{FileId, Span};
use std::collections::HashMap;

/// Where the errors in content are. Later stages ask it instead of the list of diagnostics.
#[derive(Debug, Default)]
pub struct Tainted {
    errors: HashMap<FileId, FileErrors>,
    /// Objects that are copies of others, each with its id.
    copies: Vec<(Span, Span)>,
}

/// Where the errors in a file are, in its order.
#[derive(Debug, Default)]
struct FileErrors {
    spans: Vec<Span>,
    /// For each block of the file, the index of the first error that begins in it or after it. Every rule asks for every object, and
    /// with 4,000 errors a binary search among all of them took a tenth of a check.
    blocks: Vec<u32>,
}

/// The size of a block in bytes, as a power of two.
const BLOCK: u32 = 12;

impl FileErrors {
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

    /// The index of the first error that begins at `start` or after it.
    fn first(&self, start: u32) -> usize {
        let block = (start >> BLOCK) as usize;
        let bound = |block: usize| self.blocks.get(block).map_or(self.spans.len(), |at| *at as usize);
        let (from, to) = (bound(block), bound(block + 1));
        from + self.spans[from..to].partition_point(|span| span.start < start)
    }
}

impl Tainted {
    pub(super) fn new(errors: &[Span], copies: Vec<(Span, Span)>) -> Self {
        let mut by_file: HashMap<FileId, Vec<Span>> = HashMap::new();
        for span in errors {
            by_file.entry(span.file).or_default().push(*span);
        }
        Self {
            errors: by_file.into_iter().map(|(file, spans)| (file, FileErrors::of(spans))).collect(),
            copies,
        }
    }

    /// Whether a place is in an object that is a copy of another one, and not its id, where that has been reported.
    pub fn is_copied(&self, place: Span) -> bool {
        self.copies.iter().any(|(copy, id)| {
            copy.file == place.file && copy.start <= place.start && place.end <= copy.end && place != *id
        })
    }

    /// Whether any object is a copy of another one.
    pub fn has_copies(&self) -> bool {
        !self.copies.is_empty()
    }

    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// The files that have errors.
    pub fn files(&self) -> impl Iterator<Item = FileId> + '_ {
        self.errors.keys().copied()
    }

    /// Whether an error begins where a span begins.
    pub fn are_at(&self, place: Span) -> bool {
        self.errors.get(&place.file).is_some_and(|places| {
            places.spans.get(places.first(place.start)).is_some_and(|span| span.start == place.start)
        })
    }

    /// The errors in a value.
    fn within(&self, value: Node<'_>) -> &[Span] {
        if self.errors.is_empty() {
            return &[];
        }
        let place = value.span();
        let Some(places) = self.errors.get(&place.file) else { return &[] };
        let (first, end) = (places.first(place.start), places.first(place.end));
        &places.spans[first..end.max(first)]
    }

    /// Whether there is an error in a value.
    pub fn are_in(&self, value: Node<'_>) -> bool {
        !self.within(value).is_empty()
    }

    /// Whether there is an error in an object itself or in one of the properties that `read` accepts. Other properties do not count.
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
            let places = FileErrors::of(spans);
            prop_assert_eq!(places.first(from), places.spans.partition_point(|span| span.start < from));
        }
    }
}
