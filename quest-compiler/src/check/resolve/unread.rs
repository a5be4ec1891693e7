//! Files with syntax errors, which may define ids that seem to be missing.

use super::{RefQuery, Resolver, written};
use crate::check::rows::Row;
use crate::schema::{IdAffix, KindId};

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
}

impl Unread<'_> {
    /// Whether a file with syntax errors may define an id.
    pub fn may_define(&self, kind: &str, id: &str) -> bool {
        let mut registries = self.registries.iter().filter(|(of, _)| *of == kind);
        self.content.iter().any(|text| contains_id(text, id))
            || registries.any(|(_, text)| text.is_none_or(|text| contains_id(text, id)))
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
    let inner = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_');
    !id.is_empty()
        && text.match_indices(id).any(|(at, _)| {
            !text[..at].chars().next_back().is_some_and(inner)
                && !text[at + id.len()..].chars().next().is_some_and(inner)
        })
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
