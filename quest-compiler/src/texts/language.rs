//! Language files: the translations of one language, by the keys of texts.

use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::source::{Document, Node, NodeKind};
use crate::text::Span;
use std::borrow::Cow;
use std::collections::HashMap;

/// The translation of a text.
#[derive(Clone, Debug)]
pub struct Entry<'d> {
    pub text: Cow<'d, str>,
    /// The span of the translation.
    pub span: Span,
    /// The span of its key.
    pub key_span: Span,
    /// The hash of the source text that was translated; `None` if nobody says.
    pub source: Option<Cow<'d, str>>,
    /// A person has to look at it, and the game does not show it.
    pub fuzzy: bool,
    /// What translators say about it.
    pub comment: Option<Cow<'d, str>>,
}

/// A language file.
#[derive(Debug)]
pub struct LanguageFile<'d> {
    /// The language that it names.
    pub language: Option<(Cow<'d, str>, Span)>,
    /// In the order of the file.
    pub entries: Vec<(Cow<'d, str>, Entry<'d>)>,
    /// Where `texts` is, or the file begins.
    pub span: Span,
}

/// A language of a project, with its translations.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Language {
    pub tag: String,
    /// What is shown in place of each text; a text that has no translation, not even in a language that this one falls back to, is not
    /// here.
    pub texts: HashMap<super::TextPlace, String>,
}

/// The language that a tag is a variant of: `de` for `de-AT`.
pub fn parent_tag(tag: &str) -> Option<&str> {
    tag.rsplit_once(['-', '_']).map(|(parent, _)| parent)
}

const HELP: &str = "a language file is an object such as `{ \"language\": \"de\", \"texts\": { \"iron-path.name\": { \"text\": \"Der Eisenpfad\" } } }`; `questc texts import` writes it";

/// Reads a language file, and reports what has the wrong form.
pub fn language_file<'d>(
    document: &'d Document,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<LanguageFile<'d>> {
    let root = document.root().filter(|root| root.kind() != NodeKind::Invalid)?;
    let mut file = LanguageFile { language: None, entries: Vec::new(), span: root.opening() };
    if root.kind() != NodeKind::Object {
        diagnostics.push(wrong("this is not a language file", root, "not an object"));
        return None;
    }
    for (key, value) in root.properties() {
        match &*key.text().unwrap_or_default() {
            "$schema" => {}
            "language" => match value.text() {
                Some(text) => file.language = Some((text, value.span())),
                None => {
                    diagnostics.push(wrong("`language` is not a text", value, "must be a tag such as `de`"))
                }
            },
            "texts" if value.kind() == NodeKind::Object => {
                file.span = key.span();
                for (key, value) in value.properties() {
                    let entry = entry(key, value, diagnostics);
                    file.entries.extend(key.text().zip(entry));
                }
            }
            "texts" => diagnostics.push(wrong("`texts` is not an object", value, "must have keys of texts")),
            other => {
                let help = did_you_mean(other, ["language", "texts"].into_iter());
                let title = format!("a language file has no `{other}`");
                diagnostics.push(
                    Diagnostic::new(&code::LANGUAGE_FILE, title)
                        .label(key.span(), "not known")
                        .help(help.unwrap_or_else(|| HELP.to_owned())),
                );
            }
        }
    }
    Some(file)
}

fn wrong(title: &str, node: Node<'_>, label: &str) -> Diagnostic {
    Diagnostic::new(&code::LANGUAGE_FILE, title).label(node.label(), label).help(HELP)
}

/// One translation: a text alone, or an object with a text.
fn entry<'d>(key: Node<'d>, value: Node<'d>, diagnostics: &mut Vec<Diagnostic>) -> Option<Entry<'d>> {
    let mut entry = Entry {
        text: Cow::Borrowed(""),
        span: value.label(),
        key_span: key.span(),
        source: None,
        fuzzy: false,
        comment: None,
    };
    match value.kind() {
        NodeKind::Object => {}
        NodeKind::Invalid => return None,
        _ => match value.text() {
            Some(text) => {
                entry.text = text;
                entry.span = value.span();
                return Some(entry);
            }
            None => {
                diagnostics.push(wrong("this is no translation", value, "neither a text nor an object"));
                return None;
            }
        },
    }
    for (name, value) in value.properties() {
        let name_text = name.text().unwrap_or_default();
        match (&*name_text, value.text()) {
            ("text", Some(text)) => {
                entry.text = text;
                entry.span = value.span();
            }
            ("source", Some(text)) => entry.source = Some(text),
            ("comment", Some(text)) => entry.comment = Some(text),
            ("fuzzy", None) if value.boolean().is_some() => entry.fuzzy = value.boolean() == Some(true),
            ("text" | "source" | "comment" | "fuzzy", _) => {
                let title = format!("`{name_text}` of a translation cannot be read");
                let form = if name_text == "fuzzy" { "must be `true` or `false`" } else { "must be a text" };
                diagnostics.push(wrong(&title, value, form));
            }
            (other, _) => {
                let known = ["text", "source", "comment", "fuzzy"];
                let help = did_you_mean(other, known.into_iter()).unwrap_or_else(|| HELP.to_owned());
                diagnostics.push(
                    Diagnostic::new(&code::LANGUAGE_FILE, format!("a translation has no `{other}`"))
                        .label(name.span(), "not known")
                        .help(help),
                );
            }
        }
    }
    Some(entry)
}
