//! Files with syntax errors, which may define ids that seem to be missing.

use super::{RefQuery, Resolver, written};
use crate::check::rows::Row;
use crate::schema::{IdAffix, KindId};
use crate::text::{FileId, Files, Span};
use std::collections::{HashMap, HashSet};

/// The texts of the files with syntax errors.
///
/// An unknown id that occurs in such a text may be defined in the part that was lost, so reporting it would only follow from the
/// syntax error. An id that occurs in none of them is unknown in any case.
#[derive(Debug, Default)]
pub struct Unread<'t> {
    /// The texts of content files.
    pub content: Vec<&'t str>,
    /// The texts of registry files by kind; `None` for a file that could not be read at all.
    pub registries: Vec<(&'t str, Option<&'t str>)>,
    /// Values that no row holds because of an error in them or beside them.
    pub lost: Lost<'t>,
}

/// The words in values that no row holds: they may be the ids that seem to be missing.
#[derive(Debug, Default)]
pub struct Lost<'t>(HashMap<FileId, HashSet<&'t str>>);

impl<'t> Lost<'t> {
    /// The words in some spans.
    pub fn of(spans: &[Span], files: &'t Files) -> Self {
        let mut words: HashMap<FileId, HashSet<&'t str>> = HashMap::new();
        let mut spans = spans.to_vec();
        spans.sort_unstable_by_key(|span| (span.file, span.start, std::cmp::Reverse(span.end)));
        let mut before: Option<Span> = None;
        for span in spans {
            // A value in another one has been read with it.
            if before.is_some_and(|before| before.file == span.file && span.end <= before.end) {
                continue;
            }
            before = Some(span);
            let text = files.text(span.file).get(span.start as usize..span.end as usize).unwrap_or_default();
            words.entry(span.file).or_default().extend(text.split(|c| !is_inner(c)));
        }
        Self(words)
    }

    /// Whether a value has an id in it, in one file or in any.
    fn may_define(&self, file: Option<FileId>, id: &str) -> bool {
        let has = |words: &HashSet<&str>| id.split(|c| !is_inner(c)).all(|word| words.contains(word));
        match file {
            Some(file) => self.0.get(&file).is_some_and(has),
            None => self.0.values().any(has),
        }
    }

    /// Whether a value may name an id.
    pub fn may_name(&self, id: &str) -> bool {
        self.may_define(None, id)
    }
}

impl Unread<'_> {
    /// Whether a file with syntax errors may define an id.
    pub fn may_define(&self, kind: &str, id: &str) -> bool {
        let mut registries = self.registries.iter().filter(|(of, _)| *of == kind);
        self.content.iter().any(|text| contains_id(text, id))
            || registries.any(|(_, text)| text.is_none_or(|text| contains_id(text, id)))
            || self.lost.may_define(None, id)
    }
}

impl Resolver<'_, '_, '_, '_> {
    /// Whether a file with syntax errors may define the id that a reference names. `named` is the scope that a sibling names.
    pub(super) fn may_be_unread(
        &self,
        row: Row,
        query: &RefQuery<'_>,
        text: &str,
        named: Option<(KindId, u32)>,
    ) -> bool {
        // An id in the scope of the surrounding object is in the same file.
        let around = named.map_or(Some(row), |(kind, id)| self.row_of(kind, id));
        let read = around.is_some_and(|row| !self.resolved.content.document(row).broken);
        self.may_be_in_unread(query.affixes, &query.syntax.separator, text, read)
            || self.may_be_lost(around.unwrap_or(row), query, text)
    }

    /// Whether a value that no row holds may define the id; one in the scope of the surrounding object is in the same file.
    fn may_be_lost(&self, row: Row, query: &RefQuery<'_>, text: &str) -> bool {
        let file = self.resolved.content.document(row).file;
        let separator = query.syntax.separator.as_str();
        query.affixes.iter().filter_map(|affix| Some((affix.kind, written(affix, text)?))).any(
            |(kind, id)| {
                let scoped = self.model.kind(kind).parent.is_some() && !id.contains(separator);
                let id = self.bare(kind, id.rsplit(separator).next().unwrap_or(id));
                !id.is_empty() && self.unread.lost.may_define(scoped.then_some(file), id)
            },
        )
    }

    /// The same for an id with one of some affixes; `read` says whether the surrounding objects are in a file without syntax errors.
    pub(super) fn may_be_in_unread(
        &self,
        affixes: &[IdAffix],
        separator: &str,
        text: &str,
        read: bool,
    ) -> bool {
        let path = text.contains(separator);
        affixes.iter().filter_map(|affix| Some((affix.kind, written(affix, text)?))).any(|(kind, id)| {
            let id = self.bare(kind, id.rsplit(separator).next().unwrap_or(id));
            let kind = self.model.kind(kind);
            let content = kind.by_content() && (kind.parent.is_none() || path || !read);
            let mut registries = self.unread.registries.iter().filter(|(of, _)| *of == kind.path);
            content && self.unread.content.iter().any(|text| contains_id(text, id))
                || registries.any(|(_, text)| text.is_none_or(|text| contains_id(text, id)))
        })
    }
}

/// Whether a text contains an id as a whole, and not only as part of a longer one.
fn contains_id(text: &str, id: &str) -> bool {
    let inner = is_inner;
    !id.is_empty()
        && text.match_indices(id).any(|(at, _)| {
            !text[..at].chars().next_back().is_some_and(inner)
                && !text[at + id.len()..].chars().next().is_some_and(inner)
        })
}

/// Whether a character can be in the middle of an id.
fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

#[cfg(test)]
mod tests {
    use super::contains_id;

    #[test]
    fn an_id_is_whole() {
        let text = r#"{ "id": "iron-path", "next": "öl" }"#;
        for (id, there) in
            [("iron-path", true), ("iron", false), ("path", false), ("öl", true), ("l", false), ("", false)]
        {
            assert_eq!(contains_id(text, id), there, "{id}");
        }
    }
}
