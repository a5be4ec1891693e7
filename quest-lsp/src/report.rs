//! What is wrong, as editors show it.

use crate::uri;
use crate::view::Shown;
use gen_lsp_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Message, Range, Uri,
};
use quest_compiler::diagnostics::{Diagnostic, Diagnostics, Level};
use std::collections::BTreeMap;
use std::path::Path;

/// Where the pages about our codes are.
const PAGES: &str = env!("CARGO_PKG_REPOSITORY");

/// The diagnostics of every file that has some, by its URI. What is about no file is shown at the beginning of the manifest.
pub(crate) fn of_all(
    shown: &Shown<'_>,
    found: &Diagnostics,
    manifest: &Path,
) -> BTreeMap<String, Vec<gen_lsp_types::Diagnostic>> {
    let mut all: BTreeMap<String, Vec<gen_lsp_types::Diagnostic>> = BTreeMap::new();
    for diagnostic in found.list.iter().filter(|diagnostic| diagnostic.level != Level::Allow) {
        let own = diagnostic.span().and_then(|span| shown.uri(span.file));
        let about = || uri::uri(Path::new(diagnostic.about.as_deref()?));
        let Some(Uri(uri)) = own.or_else(about).or_else(|| uri::uri(manifest)) else { continue };
        all.entry(uri).or_default().push(of(shown, diagnostic));
    }
    all
}

/// One diagnostic. Where it is about a whole file, it is at the beginning of that.
pub(crate) fn of(shown: &Shown<'_>, diagnostic: &Diagnostic) -> gen_lsp_types::Diagnostic {
    let mut message = diagnostic.title.clone();
    if let Some(label) = diagnostic.labels.first().filter(|label| !label.text.is_empty()) {
        message.push_str(&format!("\n{}", label.text));
    }
    for (word, lines) in [("note", &diagnostic.notes), ("help", &diagnostic.help)] {
        lines.iter().for_each(|line| message.push_str(&format!("\n{word}: {line}")));
    }
    let related = diagnostic.labels.iter().skip(1).filter_map(|label| {
        Some(DiagnosticRelatedInformation {
            location: shown.location(label.span)?,
            message: if label.text.is_empty() { diagnostic.title.clone() } else { label.text.clone() },
        })
    });
    let related: Vec<_> = related.collect();
    let unnecessary = matches!(diagnostic.code.name, "unused" | "unreachable" | "branch-never-taken");
    gen_lsp_types::Diagnostic {
        range: diagnostic.span().map_or_else(Range::default, |span| shown.range(span)),
        severity: Some(match diagnostic.level {
            Level::Deny => DiagnosticSeverity::Error,
            _ => DiagnosticSeverity::Warning,
        }),
        code: Some(diagnostic.code.id.to_owned().into()),
        code_description: (!PAGES.is_empty()).then(|| CodeDescription {
            href: Uri(format!("{PAGES}/blob/main/docs/diagnostics.md#{}", anchor(diagnostic))),
        }),
        source: Some("questc".to_owned()),
        message: Message::String(message),
        tags: unnecessary.then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: (!related.is_empty()).then_some(related),
        data: None,
    }
}

/// The anchor of the section about a code.
fn anchor(diagnostic: &Diagnostic) -> String {
    format!("{}-{}", diagnostic.code.id.to_lowercase(), diagnostic.code.name)
}
