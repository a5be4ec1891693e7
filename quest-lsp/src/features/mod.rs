//! Answers to questions about places, one module for each kind of question.

pub(crate) mod actions;
pub(crate) mod completion;
pub(crate) mod definition;
pub(crate) mod diagnostics;
pub(crate) mod folding;
pub(crate) mod hints;
pub(crate) mod hover;
pub(crate) mod lenses;
pub(crate) mod references;
pub(crate) mod rename;
pub(crate) mod symbols;

use gen_lsp_types::SymbolKind;
use quest_compiler::schema::KindId;
use serde_json::Value;

/// A value of the protocol as JSON. What cannot be written, which none of ours is, becomes `null`.
pub(crate) fn json(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// How an editor shows an object with an id: by depth, since the protocol knows no quests.
pub(crate) fn symbol_kind(parents: usize) -> SymbolKind {
    match parents {
        0 => SymbolKind::Class,
        1 => SymbolKind::Method,
        _ => SymbolKind::Field,
    }
}

/// How many kinds are around a kind.
pub(crate) fn parents(model: &quest_compiler::schema::Model, kind: KindId) -> usize {
    std::iter::successors(model.kind(kind).parent, |kind| model.kind(*kind).parent).count()
}
