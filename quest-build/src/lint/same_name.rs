//! Q1015: two objects of a kind that are called the same.

use super::{Lint, texts};
use crate::diagnose::{Diagnostic, code, nouns};
use crate::source::Node;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

pub(super) fn report(lint: &Lint<'_, '_>, findings: &mut Vec<Diagnostic>) {
    if !lint.wants(&code::SAME_NAME) {
        return;
    }
    let (model, keys, content) = (lint.model, &lint.resolved.keys, &lint.resolved.content);
    // By kind, scope and text, the first that has it.
    let mut first: HashMap<(u32, u32, Cow<'_, str>), Node<'_>> = HashMap::new();
    for text in model.texts.iter().filter(|text| text.unique) {
        let Some((kind, _)) = model.record(text.record).key() else { continue };
        let noun = model.kind(kind).noun();
        texts(lint, text, |row, node| {
            let Some(name) = node.text().filter(|name| !name.trim().is_empty()) else { return };
            let parent =
                model.kind(kind).parent.and_then(|parent| keys.enclosing(model, content, row, parent));
            match first.entry((kind.0, parent.unwrap_or_default(), name)) {
                Entry::Vacant(new) => {
                    new.insert(node);
                }
                Entry::Occupied(known) => findings.push(
                    Diagnostic::new(
                        &code::SAME_NAME,
                        format!("two {} are called `{}`", nouns::plural(noun), known.key().2),
                    )
                    .label(node.span(), "the second one")
                    .label(known.get().span(), "the first one")
                    .help("give one of them another name, so that players can tell them apart"),
                ),
            }
        });
    }
}
