//! `[languages]`: the language of the content, and the files with its texts in others.

use super::{ManifestReader, a};
use crate::diagnostics::{Level, did_you_mean};
use crate::project::located::Located;
use crate::text::Span;
use toml_span::value::{Key, Table, Value};

/// What the manifest says about languages.
#[derive(Debug, Default)]
pub struct Languages {
    /// The language of the content; English if it does not say.
    pub source: Option<String>,
    /// The other languages, in the order of the file.
    pub list: Vec<LanguageSpec>,
}

impl Languages {
    /// The language of the content.
    pub fn source(&self) -> &str {
        self.source.as_deref().unwrap_or("en")
    }
}

/// A language that content is translated into.
#[derive(Debug)]
pub struct LanguageSpec {
    /// Such as `de` or `pt-BR`.
    pub tag: String,
    pub span: Span,
    pub file: Located,
    /// The language in which texts are shown that this one lacks.
    pub fallback: Option<Located>,
    /// The level of what translators have to look at; that of each code if it does not say.
    pub level: Option<Level>,
    /// So many texts may be without a translation of today.
    pub open: Option<(usize, Span)>,
}

const HELP: &str =
    "write a section for each language, such as `[languages.de]` with `file = \"languages/de.json\"`";

/// Whether a text has the form of a language tag: words of letters and digits with `-` between them, the first of two or three letters.
pub(super) fn is_tag(tag: &str) -> bool {
    let mut words = tag.split('-');
    let first = words.next().unwrap_or_default();
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && words.all(|word| {
            (2..=8).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

impl ManifestReader<'_> {
    /// The section `[languages]`.
    pub(super) fn languages(&mut self, root: &Table<'_>) -> Languages {
        let mut languages = Languages::default();
        let Some(table) = self.section(root, "languages") else { return languages };
        for (key, value) in table {
            if key.name == "source" {
                languages.source = self.tag(value);
            } else if let Some(table) = value.as_table() {
                languages.list.extend(self.language(key, table));
            } else {
                let title = format!("`{}` is not a language", key.name);
                self.wrong(value.span, title, format!("this is {}", a(value)), HELP);
            }
        }
        languages.list.sort_by_key(|language| language.span.start);
        self.fallbacks(&languages);
        languages
    }

    fn tag(&mut self, value: &Value<'_>) -> Option<String> {
        let tag = value.as_str().filter(|tag| is_tag(tag));
        if tag.is_none() {
            let title = "`source` is not a language";
            self.wrong(
                value.span,
                title,
                "not a tag of a language",
                "write a tag such as `\"en\"` or `\"pt-BR\"`",
            );
        }
        tag.map(str::to_owned)
    }

    fn language(&mut self, key: &Key<'_>, table: &Table<'_>) -> Option<LanguageSpec> {
        if !is_tag(&key.name) {
            let title = format!("`{}` is not a language", key.name);
            self.wrong(key.span, title, "not a tag of a language", "write a tag such as `de` or `pt-BR`");
            return None;
        }
        let meant =
            self.known(table, &format!("`[languages.{}]`", key.name), &["file", "fallback", "level", "open"]);
        let Some(file) = table.get("file") else {
            if !meant.contains(&"file") {
                let title = format!("the language `{}` has no file", key.name);
                self.wrong(key.span, title, "its translations are nowhere", HELP);
            }
            return None;
        };
        let file = self.path(file, "file")?;
        let help = "write the tag of another language of the manifest, such as `\"de\"`";
        let fallback = table.get("fallback").and_then(|value| self.located(value, "fallback", help));
        let level = table.get("level").and_then(|value| self.language_level(value));
        let open = table.get("open").and_then(|value| {
            let open = value.as_integer().and_then(|open| usize::try_from(open).ok());
            if open.is_none() {
                let label = format!("this is {}", a(value));
                self.wrong(
                    value.span,
                    "`open` is no number of texts",
                    label,
                    "write a whole number, such as `open = 12`",
                );
            }
            Some((open?, self.span(value.span)))
        });
        Some(LanguageSpec {
            tag: key.name.to_string(),
            span: self.span(key.span),
            file,
            fallback,
            level,
            open,
        })
    }

    fn language_level(&mut self, value: &Value<'_>) -> Option<Level> {
        let level = value.as_str().and_then(Level::named);
        if level.is_none() {
            let help = "write `\"allow\"`, `\"warn\"` or `\"deny\"`";
            self.wrong(value.span, "`level` is not a level", "not known", help);
        }
        level
    }

    /// A language falls back to one that there is.
    fn fallbacks(&mut self, languages: &Languages) {
        let tags = || languages.list.iter().map(|language| language.tag.as_str()).chain([languages.source()]);
        for language in &languages.list {
            let Some(fallback) = &language.fallback else { continue };
            let title = if fallback.text == language.tag {
                format!("`{}` falls back to itself", language.tag)
            } else if !tags().any(|tag| tag == fallback.text) {
                format!("there is no language `{}` to fall back to", fallback.text)
            } else {
                continue;
            };
            let help = did_you_mean(&fallback.text, tags().filter(|tag| *tag != language.tag));
            let help = help.unwrap_or_else(|| "write the tag of another language of the manifest".to_owned());
            let diagnostic = crate::diagnostics::Diagnostic::new(&crate::diagnostics::code::MANIFEST, title);
            self.diagnostics.push(diagnostic.label(fallback.span, "named here").help(help));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_tag;

    #[test]
    fn tags_have_the_form_of_bcp_47() {
        for tag in ["en", "de", "pt-BR", "zh-Hant-TW", "gsw", "sr-Latn", "es-419"] {
            assert!(is_tag(tag), "{tag}");
        }
        for other in ["", "e", "english", "de_DE", "DE", "de-", "-de", "d3", "de--AT", "source"] {
            assert!(!is_tag(other), "{other}");
        }
    }
}
