//! Ids and kinds as messages write them.

use super::search::SearchResult;
use super::{RefQuery, Resolver};
use crate::check::rows::Row;
use crate::diagnostics::{few, nouns};
use crate::schema::{IdAffix, KindId};
use std::borrow::Cow;

impl Resolver<'_, '_, '_, '_> {
    /// The ids of a kind as a reference writes them: those in the scopes around it if there are any, else all.
    pub(super) fn suitable(&self, from: Row, kind: KindId, query: &RefQuery<'_>) -> Vec<String> {
        let tables = &self.resolved.ids;
        let suits = |id: &u32| self.suits(kind, *id, &query.syntax.filter);
        match self.around(from, kind) {
            Some((scope, around)) => {
                let ids = self.ids_within(scope, around, kind).into_iter().filter(suits);
                ids.map(|id| tables.id(kind, id).text.clone().into_owned()).collect::<Vec<_>>()
            }
            None => {
                let affixes = query.affixes.iter().filter(|affix| affix.kind == kind);
                let ids = affixes.flat_map(|affix| {
                    (0..tables.of(kind).list.len() as u32).filter(suits).map(move |id| (affix, id))
                });
                ids.map(|(affix, id)| self.as_written(affix, id, query)).collect::<Vec<_>>()
            }
        }
    }

    /// A help line with all names, if they are few.
    pub(super) fn few<'n>(
        &self,
        names: impl Iterator<Item = &'n str>,
        query: &RefQuery<'_>,
    ) -> Option<String> {
        let all = few(names)?;
        let mut conditions = Vec::new();
        for (property, value) in &query.syntax.filter {
            conditions.push(format!("whose `{property}` is `{}`", value.show_plain()));
        }
        Some(if conditions.is_empty() { all } else { format!("{all}, {}", conditions.join(" and ")) })
    }

    /// The ids that a reference could name: the text to compare, and the text to write.
    pub(super) fn candidates(&self, query: &RefQuery<'_>, text: &str) -> Vec<(Cow<'_, str>, Cow<'_, str>)> {
        let tables = &self.resolved.ids;
        let count = query.kinds.iter().map(|kind| tables.of(*kind).list.len()).sum();
        if !self.may_look(count) {
            return Vec::new();
        }
        let bare = !text.contains(query.syntax.separator.as_str());
        let mut candidates: Vec<(Cow<'_, str>, Cow<'_, str>)> = Vec::new();
        for affix in query.affixes {
            let kind = self.model.kind(affix.kind);
            let in_front = prefix_meant(&kind.prefix, text);
            let plain = affix.prefix.is_empty() && affix.suffix.is_empty() && in_front.is_empty();
            for (id, row) in tables.of(affix.kind).list.iter().zip(0..) {
                if id.text.is_empty() || !self.suits(affix.kind, row, &query.syntax.filter) {
                    continue;
                }
                candidates.push(match kind.parent {
                    None if plain => (Cow::Borrowed(&*id.text), Cow::Borrowed(&*id.text)),
                    None => {
                        let shown = format!("{}{in_front}{}{}", affix.prefix, id.text, affix.suffix);
                        (Cow::Owned(shown.clone()), Cow::Owned(shown))
                    }
                    Some(_) => {
                        let path = self.as_written(affix, row, query);
                        // A text of one part may lack the other parts of a path.
                        let key = if bare { Cow::Borrowed(&*id.text) } else { Cow::Owned(path.clone()) };
                        (key, Cow::Owned(path))
                    }
                });
            }
        }
        candidates
    }

    /// All ids of a kind as parts of a path.
    pub(super) fn ids_as_written(&self, kind: KindId, text: &str, query: &RefQuery<'_>) -> Vec<Cow<'_, str>> {
        let tables = &self.resolved.ids;
        let of = self.model.kind(kind);
        if !self.may_look(tables.of(kind).list.len()) {
            return Vec::new();
        }
        let in_front = prefix_meant(&of.prefix, text);
        let ids = tables.of(kind).list.iter().zip(0..).filter(|(id, _)| !id.text.is_empty());
        ids.map(|(id, row)| match of.parent {
            None if in_front.is_empty() => Cow::Borrowed(&*id.text),
            None => Cow::Owned(format!("{in_front}{}", id.text)),
            Some(_) => Cow::Owned(self.path(kind, row, query)),
        })
        .collect::<Vec<_>>()
    }

    /// `iron-path:find-descent`: the id with those of its scopes in front.
    pub(super) fn path(&self, kind: KindId, id: u32, query: &RefQuery<'_>) -> String {
        let known = self.resolved.ids.id(kind, id);
        match self.model.kind(kind).parent {
            Some(parent) => {
                format!("{}{}{}", self.path(parent, known.parent, query), query.syntax.separator, known.text)
            }
            None => known.text.clone().into_owned(),
        }
    }

    /// The shortest form that names an id from a row: the id alone, or its path.
    pub(super) fn short(&self, row: Row, kind: KindId, id: u32, query: &RefQuery<'_>) -> String {
        let text = &self.resolved.ids.id(kind, id).text;
        match self.search(row, kind, text, &query.syntax.separator) {
            SearchResult::One(found) if found == id => text.clone().into_owned(),
            _ => self.path(kind, id, query),
        }
    }

    /// The path of an id with the affixes of a reference.
    pub(super) fn as_written(&self, affix: &IdAffix, id: u32, query: &RefQuery<'_>) -> String {
        format!("{}{}{}", affix.prefix, self.path(affix.kind, id, query), affix.suffix)
    }

    /// The same, relative to the object that contains the reference if that is unambiguous.
    pub(super) fn as_short(&self, row: Row, affix: &IdAffix, id: u32, query: &RefQuery<'_>) -> String {
        let separator = query.syntax.separator.as_str();
        let whole = self.path(affix.kind, id, query);
        let short = self.around(row, affix.kind).and_then(|(scope, around)| {
            let short = whole.strip_prefix(&self.path(scope, around, query))?.strip_prefix(separator)?;
            let found = self.search(row, affix.kind, short, separator);
            matches!(found, SearchResult::One(found) if found == id).then_some(short)
        });
        format!("{}{}{}", affix.prefix, short.unwrap_or(&whole), affix.suffix)
    }

    pub(super) fn noun(&self, kind: KindId) -> String {
        nouns::spoken(self.model.kind(kind).noun())
    }

    /// `an npc, faction or item`.
    pub(super) fn any_of(&self, kinds: &[KindId]) -> String {
        nouns::any_of(kinds.iter().map(|kind| self.model.kind(*kind).noun()))
    }

    /// `npc, faction or item`.
    pub(super) fn one_of(&self, kinds: &[KindId]) -> String {
        nouns::one_of(kinds.iter().map(|kind| self.model.kind(*kind).noun()))
    }
}

/// The prefix of a kind if a text has it, or at least its separator.
fn prefix_meant<'p>(prefix: &'p str, text: &str) -> &'p str {
    let sign = prefix.chars().next_back().filter(|sign| !sign.is_alphanumeric());
    if text.starts_with(prefix) || sign.is_some_and(|sign| text.contains(sign)) { prefix } else { "" }
}
