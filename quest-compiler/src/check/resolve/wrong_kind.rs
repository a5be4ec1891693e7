//! Diagnostics about ids of another kind than the reference needs.

use super::search::SearchResult;
use super::unknown::MOST_KINDS;
use super::{RefQuery, Reference, Resolver};
use crate::check::rows::Row;
use crate::diagnostics::{Diagnostic, code, list};
use crate::schema::KindId;

impl<'a> Resolver<'_, 'a, '_, '_> {
    /// Reports an id of another kind that has no scope. These come first, because they do not depend on the objects around the
    /// reference.
    pub(super) fn unscoped_other_kind(&self, reference: &Reference<'_, 'a>) -> Option<Diagnostic> {
        let Reference { query, text, .. } = *reference;
        let (kind, id) = self.other_kinds(query, false).find_map(|other| {
            let id = self.resolved.ids.of(other).find(0, self.bare(other, text))?;
            self.is_defined(other, id).then_some((other, id))
        })?;
        Some(self.is_of_other_kind(reference, kind, id))
    }

    pub(super) fn other_kind(&self, reference: &Reference<'_, 'a>) -> Option<Diagnostic> {
        let Reference { row, query, text, .. } = *reference;
        let separator = &query.syntax.separator;
        // Where unknown ids are tolerated, any text is; only a path can mean nothing else.
        if query.tolerated && !text.contains(separator.as_str()) {
            return None;
        }
        let (kind, id) = self.other_kinds(query, true).find_map(|other| {
            let id = match self.search(row, other, text, separator) {
                SearchResult::One(id) => id,
                SearchResult::Several(ids) => *ids.first()?,
                SearchResult::Nothing => return None,
            };
            self.is_defined(other, id).then_some((other, id))
        })?;
        Some(self.is_of_other_kind(reference, kind, id))
    }

    /// The kinds that a reference cannot name: those that belong to another kind, or those that do not.
    fn other_kinds(&self, query: &RefQuery<'_>, scoped: bool) -> impl Iterator<Item = KindId> {
        let kinds = (0..self.model.kinds.len() as u32).map(KindId);
        kinds.filter(move |kind| {
            !query.kinds.contains(kind) && self.model.kind(*kind).parent.is_some() == scoped
        })
    }

    /// Whether an id is defined, and not only accepted because its kind accepts any.
    fn is_defined(&self, kind: KindId, id: u32) -> bool {
        self.resolved.ids.id(kind, id).span.is_some()
    }

    fn is_of_other_kind(&self, reference: &Reference<'_, 'a>, kind: KindId, id: u32) -> Diagnostic {
        let Reference { row, node, query, text } = *reference;
        let is = self.any_of(&[kind]);
        let needed = self.any_of(query.kinds);
        let mut diagnostic = if query.kinds.len() > MOST_KINDS {
            Diagnostic::new(&code::WRONG_KIND, format!("`{text}` is {is}, which cannot be named here"))
                .label(node.span(), format!("names {is}"))
                .note(format!("{needed} is needed here"))
        } else {
            Diagnostic::new(&code::WRONG_KIND, format!("`{text}` is {is}; {needed} is needed here"))
                .label(node.span(), format!("not {needed}"))
        };
        if let Some(span) = self.resolved.ids.id(kind, id).span {
            diagnostic = diagnostic.label(span, format!("{is} of that id"));
        }
        diagnostic.maybe_help(self.relative(row, query, kind, id))
    }

    /// What was meant by an id of another kind: the object that contains it, or one that it contains.
    fn relative(&self, row: Row, query: &RefQuery<'_>, kind: KindId, id: u32) -> Option<String> {
        let (model, ids) = (self.model, &self.resolved.ids);
        let mut at = (kind, id);
        while let Some(parent) = model.kind(at.0).parent {
            at = (parent, ids.id(at.0, at.1).parent);
            let affix = query.affixes.iter().find(|affix| affix.kind == parent);
            if let Some(affix) = affix.filter(|_| self.suits(parent, at.1, &query.syntax.filter)) {
                let (of, noun) = (self.noun(kind), self.noun(parent));
                let id = format!("{}{}{}", affix.prefix, self.short(row, parent, at.1, query), affix.suffix);
                return Some(format!("write `{id}`, the {noun} of this {of}"));
            }
        }
        let affix = query.affixes.iter().find(|affix| model.kind(affix.kind).parent == Some(kind))?;
        let children = ids.children(affix.kind, id);
        let short = |child: &u32| {
            format!("{}{}{}", affix.prefix, self.short(row, affix.kind, *child, query), affix.suffix)
        };
        // An object hardly ever names itself.
        let own = self.own_id(row, affix.kind);
        let others = children.iter().any(|child| Some(*child) != own);
        let meant = children.iter().filter(|child| !others || Some(**child) != own);
        let paths: Vec<String> = meant.map(short).collect();
        let (noun, plural) = (self.noun(affix.kind), model.kind(affix.kind).plural());
        match paths.as_slice() {
            [] => Some(format!("`{}` has no {}", ids.id(kind, id).text, plural)),
            [only] => Some(format!("write `{only}`, its {noun}")),
            [first, ..] if paths.len() > 8 => Some(format!("write one of its {}, such as `{first}`", plural)),
            all => Some(format!("write one of its {}: {}", plural, list(all, "or"))),
        }
    }
}
