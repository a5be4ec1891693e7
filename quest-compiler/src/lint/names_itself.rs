//! Q2015: a reference to the object that contains it, where the schema says that it names another.

use super::Lint;
use crate::check::uses::{role, uses};
use crate::diagnostics::{Diagnostic, code, nouns};

pub(super) fn report(lint: &Lint<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    if !lint.wants(&code::NAMES_ITSELF) {
        return;
    }
    let (model, content, ids) = (lint.model, &lint.resolved.content, &lint.resolved.ids);
    let asked = |field: &_| role(model, field).is_some_and(|role| role.other);
    uses(model, lint.resolved, &asked, &mut |found| {
        if ids.enclosing(model, content, found.row, found.kind) != Some(found.id) {
            return;
        }
        let noun = nouns::spoken(model.kind(found.kind).noun());
        let id = ids.id(found.kind, found.id);
        let title = format!("the {noun} `{}` names itself here", id.text);
        let mut diagnostic =
            Diagnostic::new(&code::NAMES_ITSELF, title).label(found.node.span(), "this is the same");
        if let Some(span) = id.span {
            diagnostic = diagnostic.label(span, format!("in this {noun}"));
        }
        diagnostics.push(diagnostic.help(format!("name another {noun}")));
    });
}
