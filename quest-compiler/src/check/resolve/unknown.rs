//! Diagnostics about references that name nothing or several ids.

use super::{RefQuery, Reference, Resolver, Suggestion};
use crate::check::ids::id_text;
use crate::check::rows::Row;
use crate::diagnostics::{Diagnostic, Level, code, list, near, nouns};
use crate::schema::{IdAffix, KindId};
use crate::source::Node;

/// With more kinds than this, a message lists them once, in a note.
pub(super) const MOST_KINDS: usize = 4;
/// At most this many ids that begin with what was written are suggested.
const MOST_LONGER: usize = 5;
/// At most this many paths are suggested.
pub(super) const MOST_PATHS: usize = 3;

impl<'a> Resolver<'_, 'a, '_, '_> {
    /// Reports a reference that names nothing; `named` is the scope that a sibling names.
    pub(super) fn unknown(&mut self, reference: &Reference<'_, 'a>, named: Option<(KindId, u32)>) {
        let Reference { row, node, query, text } = *reference;
        let around = named.or_else(|| self.around(row, *query.kinds.first()?));
        let diagnostic = if let Some(diagnostic) = self.means_null(node, query, text) {
            diagnostic
        } else if text.is_empty() {
            self.empty(node, query)
        } else if let Some(diagnostic) = self.looks_alike(reference, named) {
            diagnostic
        } else if let Some(diagnostic) = self.by_display_name(reference, around) {
            diagnostic
        } else {
            self.unscoped_other_kind(reference)
                .or_else(|| self.scope_left_out(reference, around))
                .or_else(|| self.other_kind(reference))
                .or_else(|| self.wrong_part(reference, named))
                .unwrap_or_else(|| self.nothing(reference))
        };
        self.keep_unknown(reference, around, diagnostic);
    }

    /// The innermost object around a row to which ids of a kind belong.
    pub(super) fn around(&self, row: Row, kind: KindId) -> Option<(KindId, u32)> {
        let parent = self.model.kind(kind).parent?;
        let (model, content, ids) = (self.model, &self.resolved.content, &self.resolved.ids);
        model.scopes(parent).find_map(|scope| Some((scope, ids.enclosing(model, content, row, scope)?)))
    }

    pub(super) fn not_found(&self, query: &RefQuery<'_>, title: String) -> Diagnostic {
        let (found, level) = if query.tolerated {
            (&code::TOLERATED_REFERENCE, Level::Warn)
        } else {
            (&code::UNKNOWN_REFERENCE, Level::Deny)
        };
        Diagnostic::new(found, title).lint(query.lint).level(level)
    }

    pub(super) fn empty(&self, node: Node<'a>, query: &RefQuery<'_>) -> Diagnostic {
        self.not_found(query, "an id is missing here: the text is empty".to_owned())
            .label(node.span(), format!("the id of {} is needed", self.any_of(query.kinds)))
            .maybe_help(self.few(self.candidates(query, "").iter().map(|(_, shown)| &**shown), query))
    }

    /// Reports that no id of the kinds that are needed has this text, in any scope.
    pub(super) fn nothing(&mut self, reference: &Reference<'_, 'a>) -> Diagnostic {
        let Reference { row, node, query, text } = *reference;
        let mut diagnostic = if query.kinds.len() > MOST_KINDS {
            self.not_found(query, format!("nothing is called `{text}`"))
                .label(node.span(), "names nothing")
                .note(format!("{} is needed here", self.any_of(query.kinds)))
        } else {
            let noun = self.one_of(query.kinds);
            let label = if query.kinds.len() == 1 {
                format!("no {noun} has this id")
            } else {
                "none of them has this id".to_owned()
            };
            self.not_found(query, format!("no {noun} `{text}`")).label(node.span(), label)
        };
        let (help, meant) = self.suggestion(row, query, text);
        let meant: Vec<&str> = meant.iter().map(String::as_str).collect();
        diagnostic = diagnostic.did_you_mean(node.span(), text, &meant).maybe_help(help);
        if meant.is_empty() { self.where_ids_come_from(query, diagnostic) } else { diagnostic }
    }

    /// Ids similar to a text that names nothing; a help line with all ids if none is similar and they are few.
    fn suggestion(&mut self, row: Row, query: &RefQuery<'_>, text: &str) -> Suggestion {
        let own = self.own_paths(row, query);
        // One misspelt id is often used many times, and each search compares every id there is.
        let known =
            self.suggested.get(text).filter(|(of, _)| of == query.kinds).map(|(_, known)| known.clone());
        let suggestion = match known {
            Some(known) => known,
            None => {
                let found = self.similar(query, text, &[]);
                self.suggested.insert(text.to_owned(), (query.kinds.to_vec(), found.clone()));
                found
            }
        };
        // An object hardly ever names itself.
        let names = |own: &String| {
            suggestion.1.contains(own)
                || suggestion.0.as_ref().is_some_and(|help| help.contains(&format!("`{own}`")))
        };
        if own.iter().any(names) { self.similar(query, text, &own) } else { suggestion }
    }

    /// The paths of the objects around a row, as a reference would write them.
    fn own_paths(&self, row: Row, query: &RefQuery<'_>) -> Vec<String> {
        let own = |affix: &IdAffix| {
            let id = self.own_id(row, affix.kind)?;
            Some(self.as_written(affix, id, query))
        };
        query.affixes.iter().filter_map(own).collect()
    }

    /// The id of the object of a kind that is or contains a row.
    pub(super) fn own_id(&self, row: Row, kind: KindId) -> Option<u32> {
        self.resolved.ids.enclosing(self.model, &self.resolved.content, row, kind)
    }

    fn similar(&self, query: &RefQuery<'_>, text: &str, but: &[String]) -> Suggestion {
        let mut candidates = self.candidates(query, text);
        candidates.retain(|(_, shown)| !but.iter().any(|own| own == shown));
        let meant = near(text, candidates.iter().map(|(key, _)| &**key));
        let mut shown: Vec<&str> = Vec::new();
        for key in &meant {
            shown.extend(candidates.iter().filter(|(known, _)| known == key).map(|(_, shown)| &**shown));
        }
        if shown.is_empty() {
            shown = near(text, candidates.iter().map(|(_, shown)| &**shown));
        }
        shown.dedup();
        shown.truncate(MOST_PATHS);
        let all = || {
            let longer = candidates.iter().filter(|(key, _)| continues(key, text)).map(|(_, shown)| &**shown);
            let longer: Vec<&str> = longer.take(MOST_LONGER + 1).collect();
            match longer.as_slice() {
                [] => self.few(candidates.iter().map(|(_, shown)| &**shown), query),
                some if some.len() > MOST_LONGER => None,
                some => Some(format!("did you mean {}?", list(some, "or"))),
            }
        };
        let help = if shown.is_empty() { all() } else { None };
        (help, shown.into_iter().map(str::to_owned).collect())
    }

    /// Adds where a new id belongs, or that there are none yet.
    fn where_ids_come_from(&self, query: &RefQuery<'_>, diagnostic: Diagnostic) -> Diagnostic {
        let registries: Vec<String> = query
            .kinds
            .iter()
            .filter(|kind| !self.model.kind(**kind).by_content())
            .map(|kind| self.model.kind(*kind).plural())
            .collect();
        match registries.as_slice() {
            [] if diagnostic.help.is_empty()
                && query.kinds.iter().all(|kind| self.resolved.ids.of(*kind).list.is_empty()) =>
            {
                let plural: Vec<String> =
                    query.kinds.iter().map(|kind| self.model.kind(*kind).plural()).collect();
                diagnostic
                    .note(format!("there are no {} at all", nouns::one_of(plural.iter().map(String::as_str))))
            }
            [] => diagnostic,
            all => {
                let all = nouns::one_of(all.iter().map(String::as_str));
                diagnostic.help(format!("a new one belongs in the registry of {all}"))
            }
        }
    }

    /// Reports a reference that matches several ids.
    pub(super) fn ambiguous(
        &mut self,
        row: Row,
        node: Node<'a>,
        affix: &IdAffix,
        query: &RefQuery<'_>,
        ids: &[u32],
    ) {
        let text = id_text(node).unwrap_or_default();
        let tables = &self.resolved.ids;
        let title = format!("{} are called `{text}`", self.model.kind(affix.kind).counted(ids.len() as u64));
        let mut diagnostic =
            Diagnostic::new(&code::AMBIGUOUS, title).label(node.span(), "could be any of them");
        for id in ids {
            if let Some(span) = tables.id(affix.kind, *id).span {
                diagnostic = diagnostic.label(span, "one of them");
            }
        }
        let paths: Vec<String> = ids.iter().map(|id| self.as_short(row, affix, *id, query)).collect();
        let help = format!("write {}, or give them different ids", list(&paths, "or"));
        self.sink.emit_reference(diagnostic.help(help), node.span());
    }
}

/// Whether an id is a text with more words behind it.
fn continues(id: &str, text: &str) -> bool {
    let rest = id.strip_prefix(text).and_then(|rest| rest.chars().next());
    text.len() > 2 && rest.is_some_and(|next| !next.is_alphanumeric())
}
