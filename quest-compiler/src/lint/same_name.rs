//! Q1015: two objects of a kind with the same name.

use super::Lint;
use crate::check::Row;
use crate::diagnostics::{Diagnostic, code};
use crate::source::Node;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The first object that has a name, by kind, scope and text.
#[derive(Default)]
pub(super) struct Names<'a>(HashMap<(u32, u32, Cow<'a, str>), Node<'a>>);

impl<'a> Names<'a> {
    /// Reports a name that an earlier object of the same kind and scope has.
    pub(super) fn add(
        &mut self,
        lint: &Lint<'_, 'a>,
        row: Row,
        node: Node<'a>,
        name: Cow<'a, str>,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
        let (model, ids, content) = (lint.model, &lint.resolved.ids, &lint.resolved.content);
        let Some((kind, _)) = model.record(row.record).key() else { return };
        // Of two objects with one id it has been said which is to go.
        let is_duplicate = || {
            let own = ids.own(model, content, kind, row);
            own.is_some_and(|id| ids.duplicates.contains_key(&(kind, id)))
        };
        if name.trim().is_empty() || (!ids.duplicates.is_empty() && is_duplicate()) {
            return;
        }
        let parent = model.kind(kind).parent.and_then(|parent| ids.enclosing(model, content, row, parent));
        match self.0.entry((kind.0, parent.unwrap_or_default(), name)) {
            Entry::Vacant(new) => {
                new.insert(node);
            }
            Entry::Occupied(known) => diagnostics.push(
                Diagnostic::new(
                    &code::SAME_NAME,
                    format!("two {} are called `{}`", model.kind(kind).plural(), known.key().2),
                )
                .label(node.span(), "the second one")
                .label(known.get().span(), "the first one")
                .help("give one of them another name, so that players can tell them apart"),
            ),
        }
    }
}
