//! Diagnostics about paths with a wrong or missing part: which part, where it was looked up, and what the path should be.

use super::search::{MOST_SEPARATORS, SearchResult, written};
use super::unknown::MOST_PATHS;
use super::{RefQuery, Reference, Resolver};
use crate::check::rows::Row;
use crate::diagnostics::{Diagnostic, did_you_mean, did_you_mean_one_of, few, list, near};
use crate::schema::{IdAffix, KindId};
use crate::source::Node;
use crate::text::Span;
use std::borrow::Cow;

/// The first part of a path that names nothing.
struct Part<'t> {
    kinds: Vec<KindId>,
    text: &'t str,
    /// Its byte offset in the reference.
    start: usize,
    /// The object in which it was looked up.
    within: Option<(KindId, u32)>,
    /// How many parts before it were found.
    depth: usize,
    /// The prefix and suffix of the whole reference.
    affix: &'t IdAffix,
}

impl Part<'_> {
    /// Whether it is what the reference names, and not an object around that.
    fn is_last(&self) -> bool {
        self.kinds.contains(&self.affix.kind)
    }
}

impl<'a> Resolver<'_, 'a, '_, '_> {
    /// Reports a path without its first parts: `find-descent` for `iron-path:find-descent`.
    pub(super) fn scope_left_out(
        &self,
        reference: &Reference<'_, 'a>,
        around: Option<(KindId, u32)>,
    ) -> Option<Diagnostic> {
        let Reference { node, query, text, .. } = *reference;
        let separator = query.syntax.separator.as_str();
        if query.syntax.within.is_some() || (around.is_some() && !text.contains(separator)) {
            return None; // it has been looked for in what is around it, and that is what the message is about
        }
        for affix in query.affixes.iter().filter(|affix| self.model.kind(affix.kind).parent.is_some()) {
            let Some(id) = written(affix, text) else { continue };
            let given: Vec<&str> = id.split(separator).collect();
            let Some(last) = given.last() else { continue };
            // The scopes around the reference have been searched as well, so only a path from the outermost object is another one.
            let left_out = |id: u32| {
                self.left_out(affix.kind, id, &given).filter(|(_, outermost)| around.is_none() || !outermost)
            };
            let mut meant = self.called(affix.kind, last);
            meant.retain(|id| left_out(*id).is_some() && self.suits(affix.kind, *id, &query.syntax.filter));
            let Some(first) = meant.first() else { continue };
            let (missing, _) = left_out(*first).unwrap_or_default();
            let form = self.form(affix, query);
            let paths: Vec<String> =
                meant.iter().take(MOST_PATHS).map(|id| self.as_written(affix, *id, query)).collect();
            let more = match meant.len() - paths.len() {
                0 => String::new(),
                more => format!(" ({more} more fit)"),
            };
            let write = list(&paths, "or");
            return Some(
                self.not_found(query, format!("`{text}` does not say which {}", missing.join(" and ")))
                    .label(node.span(), format!("{} is written `{form}`", self.any_of(&[affix.kind])))
                    .help(format!("write {write}{more}")),
            );
        }
        None
    }

    /// The form of a path: `quest:stage`.
    fn form(&self, affix: &IdAffix, query: &RefQuery<'_>) -> String {
        let mut chain: Vec<String> = self.model.scopes(affix.kind).map(|kind| self.noun(kind)).collect();
        chain.reverse();
        format!("{}{}{}", affix.prefix, chain.join(&query.syntax.separator), affix.suffix)
    }

    /// Paths that end with the given parts.
    fn with_end(&self, affix: &IdAffix, end: &str, query: &RefQuery<'_>) -> Vec<String> {
        let given: Vec<&str> = end.split(query.syntax.separator.as_str()).collect();
        let ids = given.last().map_or_else(Vec::new, |last| self.called(affix.kind, last)).into_iter();
        let ids = ids.filter(|row| self.left_out(affix.kind, *row, &given).is_some());
        let ids = ids.filter(|row| self.suits(affix.kind, *row, &query.syntax.filter));
        ids.take(MOST_PATHS).map(|row| self.as_written(affix, row, query)).collect::<Vec<_>>()
    }

    /// The kinds of the parts that `given` lacks of an id's path, and whether the outermost is one of them; `None` if it lacks none or
    /// has others.
    fn left_out(&self, kind: KindId, id: u32, given: &[&str]) -> Option<(Vec<String>, bool)> {
        let ids = &self.resolved.ids;
        let mut given = given.iter().rev().peekable();
        let mut missing = Vec::new();
        let mut outermost = false;
        let mut at = Some((kind, id));
        while let Some((kind, id)) = at {
            let known = ids.id(kind, id);
            outermost = given.next_if(|part| self.bare(kind, part) == known.text).is_none();
            if outermost {
                missing.insert(0, self.noun(kind));
            }
            at = self.model.kind(kind).parent.map(|parent| (parent, known.parent));
        }
        (given.peek().is_none() && !missing.is_empty()).then_some((missing, outermost))
    }

    /// Reports the first part that names nothing, for the prefix and suffix with which most parts are found.
    pub(super) fn wrong_part(
        &self,
        reference: &Reference<'_, 'a>,
        named: Option<(KindId, u32)>,
    ) -> Option<Diagnostic> {
        let Reference { row, query, text, .. } = *reference;
        let parts = query
            .affixes
            .iter()
            .filter_map(|affix| self.part(row, affix, affix.kind, written(affix, text)?, query, named));
        let part = parts.reduce(|known, part| self.further(known, part))?;
        // If nothing was found of a text that could be an id without a scope, it is not clear that it is a path.
        let free = |kind: &KindId| self.model.kind(*kind).parent.is_none();
        if part.depth == 0 && named.is_none() && query.kinds.iter().any(free) {
            return None;
        }
        Some(match part.within {
            Some(within) => self.not_within(reference, &part, (within.0, within.1, named.is_some())),
            None => self.no_scope(reference, &part),
        })
    }

    /// The part before which more was found, or both in one if they differ only in their kinds.
    fn further<'t>(&self, known: Part<'t>, part: Part<'t>) -> Part<'t> {
        if known.start != part.start || known.depth != part.depth {
            return if known.depth >= part.depth { known } else { part };
        }
        // Several kinds are looked up together in the outermost of their scopes.
        let width = |part: &Part<'_>| part.within.map(|(scope, _)| self.model.scopes(scope).count());
        let within = if width(&part) < width(&known) { part.within } else { known.within };
        let mut kinds = known.kinds;
        kinds.extend(part.kinds);
        kinds.dedup();
        Part { kinds, within, ..known }
    }

    fn part<'t>(
        &self,
        row: Row,
        affix: &'t IdAffix,
        kind: KindId,
        text: &'t str,
        query: &RefQuery<'_>,
        named: Option<(KindId, u32)>,
    ) -> Option<Part<'t>> {
        let separator = query.syntax.separator.as_str();
        let start = affix.prefix.len();
        let parent = self.model.kind(kind).parent;
        if let Some(scope) = named {
            return Some(Part { kinds: vec![kind], text, start, within: Some(scope), depth: 0, affix });
        }
        let Some((scope, last)) = text.rsplit_once(separator) else {
            let within = self.around(row, kind);
            let whole = kind == affix.kind && within.is_none();
            return (!whole).then(|| Part { kinds: vec![kind], text, start, within, depth: 0, affix });
        };
        let Some(parent) = parent else {
            return Some(Part { kinds: vec![kind], text, start, within: None, depth: 0, affix });
        };
        // An id can contain the separator too: then the wrong part starts after the longest path that names a scope.
        let ends = text.rmatch_indices(separator).map(|(at, _)| at).take(MOST_SEPARATORS);
        let leads =
            |at: &usize| matches!(self.scope(row, parent, &text[..*at], separator), SearchResult::One(_));
        let (scope, last) = match ends.filter(leads).last() {
            Some(at) => (&text[..at], &text[at + separator.len()..]),
            None => (scope, last),
        };
        let depth = scope.split(separator).count();
        let start = start + scope.len() + separator.len();
        match self.scope(row, parent, scope, separator) {
            SearchResult::One(id) => {
                Some(Part { kinds: vec![kind], text: last, start, within: Some((parent, id)), depth, affix })
            }
            SearchResult::Several(_) => None,
            SearchResult::Nothing => self.part(row, affix, parent, scope, query, named),
        }
    }

    /// `no stage `find-decent` in quest `iron-path``.
    fn not_within(
        &self,
        reference: &Reference<'_, 'a>,
        part: &Part<'_>,
        (scope, around, by_sibling): (KindId, u32, bool),
    ) -> Diagnostic {
        let Reference { row, node, query, text } = *reference;
        let mut diagnostic = self.not_within_scope(reference, part, (scope, around));
        let last = part.is_last();
        let known = self.known_within(row, query, part, (scope, around));
        let (front, behind) = (&text[..part.start], &text[part.start + part.text.len()..]);
        let whole = |ids: &[&str]| -> Vec<String> {
            let paths = ids.iter().map(|id| format!("{front}{id}{behind}"));
            paths.filter(|path| last || self.leads(row, path, query)).collect::<Vec<_>>()
        };
        let shown = |ids: &[&str]| -> Vec<String> {
            let paths = whole(ids);
            if paths.is_empty() { ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>() } else { paths }
        };
        let meant = near(self.bare(part.kinds[0], part.text), known.iter().copied());
        let elsewhere =
            if last { self.elsewhere(reference, part, (scope, around), by_sibling) } else { None };
        if !meant.is_empty() {
            let paths = shown(&meant);
            let note = elsewhere.map(|(note, _)| note);
            diagnostic.notes.extend(note.filter(|_| meant.len() > 1));
            return diagnostic.did_you_mean(
                node.span(),
                text,
                &paths.iter().map(String::as_str).collect::<Vec<_>>(),
            );
        }
        // The prefix or suffix can be misspelt as well.
        let affixes = query.affixes.iter().any(|affix| !affix.prefix.is_empty() || !affix.suffix.is_empty());
        let other =
            affixes.then(|| did_you_mean(text, self.candidates(query, text).iter().map(|(_, path)| &**path)));
        if let Some(help) = other.flatten() {
            return diagnostic.help(help);
        }
        if !last {
            let end = written(part.affix, text).map_or("", |id| &id[part.start - part.affix.prefix.len()..]);
            let paths = self.with_end(part.affix, end, query);
            if !paths.is_empty() {
                return diagnostic.help(format!("write {}", list(&paths, "or")));
            }
        }
        let paths = shown(&known);
        let all = self.few(paths.iter().map(String::as_str), query);
        if known.is_empty() {
            diagnostic =
                diagnostic.note(self.has_none(query, part, &self.resolved.ids.id(scope, around).text));
        }
        match elsewhere {
            Some((note, Some(write))) => {
                diagnostic.notes.extend(all);
                diagnostic.help(format!("{note}: {write}"))
            }
            Some((note, None)) => diagnostic.note(note).maybe_help(all),
            None => diagnostic.maybe_help(all),
        }
    }

    /// What is wrong, without any suggestion.
    fn not_within_scope(
        &self,
        reference: &Reference<'_, 'a>,
        part: &Part<'_>,
        (scope, around): (KindId, u32),
    ) -> Diagnostic {
        let Reference { node, query, text, .. } = *reference;
        let within = self.resolved.ids.id(scope, around);
        let (noun, scope_noun) = (self.one_of(&part.kinds), self.noun(scope));
        let diagnostic = if part.text.is_empty() {
            let label = format!("{} is written `{}`", self.any_of(&part.kinds), self.form(part.affix, query));
            self.not_found(query, format!("`{text}` does not say which {noun}")).label(node.span(), label)
        } else {
            let title = format!("no {noun} `{}` in {scope_noun} `{}`", part.text, within.text);
            let label = format!("not {} of `{}`", self.any_of(&part.kinds), within.text);
            self.not_found(query, title).label(part_span(node, text, part), label)
        };
        match within.span {
            Some(span) => diagnostic.label(span, format!("in this {scope_noun}")),
            None => diagnostic,
        }
    }

    /// The ids that the part could be. Only the last part must have the properties that are asked for.
    fn known_within(
        &self,
        row: Row,
        query: &RefQuery<'_>,
        part: &Part<'_>,
        (scope, around): (KindId, u32),
    ) -> Vec<&str> {
        let mut scopes = self.twins(scope, around);
        scopes.insert(0, around);
        let mut known: Vec<&str> = Vec::new();
        for kind in part.kinds.iter().copied() {
            let ids = scopes.iter().flat_map(|around| self.ids_within(scope, *around, kind));
            let ids = ids.filter(|id| !part.is_last() || self.suits(kind, *id, &query.syntax.filter));
            // An object hardly ever names itself, and one without an id cannot be named.
            let own = self.own_id(row, kind).filter(|_| part.is_last());
            let ids = ids.filter(|id| own != Some(*id)).map(|id| &*self.resolved.ids.id(kind, id).text);
            known.extend(ids.filter(|id| !id.is_empty()));
        }
        known
    }

    /// ``  `iron-path` has no stages ``
    fn has_none(&self, query: &RefQuery<'_>, part: &Part<'_>, within: &str) -> String {
        let plural = self.model.kind(part.kinds[0]).plural();
        match query.syntax.filter.first().filter(|_| part.is_last()) {
            Some((property, value)) => {
                format!("`{within}` has no {plural} whose `{property}` is `{}`", value.show_plain())
            }
            None => format!("`{within}` has no {plural}"),
        }
    }

    /// Where else the last part of a reference is an id, and how to write that.
    fn elsewhere(
        &self,
        reference: &Reference<'_, 'a>,
        part: &Part<'_>,
        within: (KindId, u32),
        by_sibling: bool,
    ) -> Option<(String, Option<String>)> {
        let Reference { row, query, .. } = *reference;
        let ids = &self.resolved.ids;
        let affix = query.affixes.iter().find(|affix| {
            part.kinds.contains(&affix.kind) && !self.called(affix.kind, part.text).is_empty()
        })?;
        let here = |id: u32| {
            let mut scopes = self.model.scopes(affix.kind);
            let mut at = id;
            scopes.next();
            let mut kind = affix.kind;
            for scope in scopes {
                at = ids.id(kind, at).parent;
                kind = scope;
                if (scope, at) == within {
                    return true;
                }
            }
            false
        };
        let others: Vec<u32> = self
            .called(affix.kind, part.text)
            .into_iter()
            .filter(|row| !here(*row) && self.suits(affix.kind, *row, &query.syntax.filter))
            .take(MOST_PATHS)
            .collect();
        let parent = self.model.kind(affix.kind).parent?;
        let scopes: Vec<String> =
            others.iter().map(|id| self.short(row, parent, ids.id(affix.kind, *id).parent, query)).collect();
        let of = (!scopes.is_empty()).then(|| list(&scopes, "and"))?;
        let paths: Vec<String> = others.iter().map(|id| self.as_written(affix, *id, query)).collect();
        let write = format!("write {}", list(&paths, "or"));
        let write = Some(write).filter(|_| !by_sibling && !query.edge);
        Some((format!("it is {} of {of}", self.any_of(&[affix.kind])), write))
    }

    /// `no quest `iron-pth``, in a path.
    fn no_scope(&self, reference: &Reference<'_, 'a>, part: &Part<'_>) -> Diagnostic {
        let Reference { row, node, query, text } = *reference;
        let kind = part.kinds[0];
        let noun = self.noun(kind);
        let diagnostic = self
            .not_found(query, format!("no {noun} `{}`", part.text))
            .label(part_span(node, text, part), format!("no {noun} has this id"));
        let (front, behind) = (&text[..part.start], &text[part.start + part.text.len()..]);
        let known: Vec<Cow<'_, str>> = self.ids_as_written(kind, part.text, query);
        let meant = near(part.text, known.iter().map(|id| &**id));
        let whole: Vec<String> = meant.iter().map(|id| format!("{front}{id}{behind}")).collect();
        let leading = whole.iter().filter(|path| self.leads(row, path, query));
        let leading: Vec<&str> = leading.map(String::as_str).collect();
        let rest = behind.strip_suffix(part.affix.suffix.as_str()).unwrap_or(behind);
        let rest = rest.strip_prefix(query.syntax.separator.as_str()).unwrap_or_default();
        if !leading.is_empty() {
            return diagnostic.did_you_mean(node.span(), text, &leading);
        }
        // Several parts can be misspelt.
        let paths = self.candidates(query, text);
        let help = did_you_mean(text, paths.iter().map(|(_, path)| &**path))
            .or_else(|| did_you_mean_one_of(&meant))
            .or_else(|| {
                let paths = self.with_end(part.affix, rest, query);
                (!paths.is_empty()).then(|| format!("write {}", list(&paths, "or")))
            })
            .or_else(|| few(known.iter().map(|id| &**id)));
        diagnostic.maybe_help(help)
    }

    /// Whether a path names something.
    pub(super) fn leads(&self, row: Row, path: &str, query: &RefQuery<'_>) -> bool {
        query.affixes.iter().any(|affix| {
            let id = written(affix, path);
            id.is_some_and(|id| {
                !matches!(self.search(row, affix.kind, id, &query.syntax.separator), SearchResult::Nothing)
            })
        })
    }
}

/// The span of a part of a reference, or of the whole reference where escapes make that unclear.
fn part_span(node: Node<'_>, text: &str, part: &Part<'_>) -> Span {
    let span = node.span();
    let quote = match ((span.end - span.start) as usize).checked_sub(text.len()) {
        Some(0) => 0,
        Some(2) => 1,
        _ => return span,
    };
    if node.plain() != Some(text) || part.text.is_empty() || part.text.len() == text.len() {
        return span;
    }
    let start = span.start + quote + part.start as u32;
    Span { start, end: start + part.text.len() as u32, ..span }
}
