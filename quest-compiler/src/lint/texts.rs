//! Runs all lints about texts in one pass, because checking is memory-bound.

use super::{Lint, placeholder, same_name, white_space};
use crate::check::{Row, references};
use crate::diagnostics::{Diagnostic, code};
use crate::schema::Text;

pub(super) fn report(lint: &Lint<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let white_space = lint.wants(&code::WHITE_SPACE);
    let placeholders = lint.wants(&code::PLACEHOLDER);
    let mut names = lint.wants(&code::SAME_NAME).then(same_name::Names::default);
    let content = &lint.resolved.content;
    for texts in lint.model.texts.chunk_by(|one, other| one.record == other.record) {
        let Some(record) = texts.first().map(|text| text.record) else { continue };
        for row in (0..content.table(record).len()).map(|row| Row { record, row }) {
            content.look_ahead(row, texts.iter().map(|text| text.field));
            for text in texts {
                let Some(value) = content.node(row, text.field) else { continue };
                let Text { unique, placeholders: known, .. } = text;
                for node in references(value).filter(|node| node.is_text() && !lint.tainted.are_in(*node)) {
                    let Some(written) = node.text() else { continue };
                    if white_space {
                        let name = &lint.model.record(record).fields[text.field].json;
                        diagnostics.extend(white_space::about(name, node, &written));
                    }
                    if let Some(known) = known.as_ref().filter(|_| placeholders) {
                        placeholder::report(known, node, &written, diagnostics);
                    }
                    if let Some(names) = names.as_mut().filter(|_| *unique) {
                        names.add(lint, row, node, written, diagnostics);
                    }
                }
            }
        }
    }
}
