//! Files that could not be read as a whole: what seems to be missing may stand in them.

use super::{RefQuery, Resolver, written};
use crate::check::rows::Row;
use crate::schema::{IdAffix, KindId};

/// The texts of the files with syntax errors.
///
/// An id that nothing defines may stand in what was lost of them, and so would only follow from their errors. But only if it is
/// to be seen in the text: all others are unknown whatever the file was meant to say.
#[derive(Debug, Default)]
pub struct Unread<'t> {
    /// Of content files.
    pub content: Vec<&'t str>,
    /// Of registry files, by kind; `None` for one that could not be read at all.
    pub registries: Vec<(&'t str, Option<&'t str>)>,
}

impl Unread<'_> {
    /// Whether an id of a kind stands in a file that could not be read as a whole.
    pub fn may_define(&self, kind: &str, id: &str) -> bool {
        let mut registries = self.registries.iter().filter(|(of, _)| *of == kind);
        self.content.iter().any(|text| schema_id_refs(text, id))
            || registries.any(|(_, text)| text.is_none_or(|text| schema_id_refs(text, id)))
    }
}

impl Resolver<'_, '_, '_, '_> {
    /// Whether an id that nothing defines may be defined in a file that could not be read as a whole.
    ///
    /// `named` is the object that a sibling names as the place to look in.
    pub(super) fn may_be_unread(
        &self,
        row: Row,
        query: &RefQuery<'_>,
        text: &str,
        named: Option<(KindId, u32)>,
    ) -> bool {
        // What belongs to the object around it stands in the same file.
        let around = named.map_or(Some(row), |(kind, id)| self.row_of(kind, id));
        let read = around.is_some_and(|row| !self.resolved.content.document(row).broken);
        self.may_be_in_unread(query.affixes, &query.words.separator, text, read)
    }

    /// The same for an id that is written in one of some ways; `read` says that the objects around it could be read.
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
            content && self.unread.content.iter().any(|text| schema_id_refs(text, id))
                || registries.any(|(_, text)| text.is_none_or(|text| schema_id_refs(text, id)))
        })
    }
}

/// Whether an id stands in a text, and not only as a part of a longer one.
fn schema_id_refs(text: &str, id: &str) -> bool {
    let inner = |char: char| char.is_alphanumeric() || matches!(char, '-' | '_');
    !id.is_empty()
        && text.match_indices(id).any(|(at, _)| {
            !text[..at].chars().next_back().is_some_and(inner)
                && !text[at + id.len()..].chars().next().is_some_and(inner)
        })
}

#[cfg(test)]
mod tests {
    use super::schema_id_refs;

    #[test]
    fn an_id_is_whole() {
        let text = r#"{ "id": "iron-path", "next": "öl" }"#;
        for (id, there) in
            [("iron-path", true), ("iron", false), ("path", false), ("öl", true), ("l", false), ("", false)]
        {
            assert_eq!(schema_id_refs(text, id), there, "{id}");
        }
    }
}
