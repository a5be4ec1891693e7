//! Q2016: ids with characters that look like others, or like nothing.

use super::Lint;
use crate::diagnostics::{Diagnostic, code, look_alike};
use crate::schema::KindId;

pub(super) fn report(lint: &Lint<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    if !lint.wants(&code::DECEPTIVE_ID) {
        return;
    }
    for kind in (0..lint.model.kinds.len() as u32).map(KindId) {
        for id in &lint.resolved.ids.of(kind).list {
            let Some(span) = id.span else { continue };
            let Some(why) = deceptive(&id.text).filter(|_| !lint.tainted.are_at(span)) else { continue };
            let (noun, plain) = (lint.model.kind(kind).noun(), look_alike::plain(&id.text));
            let title = format!("the id of this {noun} is not what it looks like: `{}`", id.text);
            diagnostics.push(
                Diagnostic::new(&code::DECEPTIVE_ID, title)
                    .label(span, why)
                    .help(format!("write `{}`, here and where it is named", plain.trim())),
            );
        }
    }
}

/// What is wrong with an id that nobody can type by what is seen of it.
fn deceptive(id: &str) -> Option<String> {
    if id.trim().len() != id.len() {
        return Some("begins or ends with white space".to_owned());
    }
    // Ids in another script as a whole are what they look like.
    let mixed = !id.is_ascii() && id.contains(|c: char| c.is_ascii_alphanumeric());
    if !mixed {
        return None;
    }
    look_alike::deceptive(id)
}
