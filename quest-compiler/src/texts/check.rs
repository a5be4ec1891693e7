//! Compares translations with the texts that they are of.

use super::language::{Entry, Language, LanguageFile, language_file, parent_tag};
use super::markup::tags;
use super::placeholders::names;
use super::source::SourceText;
use super::text_hash;
use crate::diagnostics::{Code, Diagnostic, Level, code, did_you_mean, nouns};
use crate::project::{LanguageSpec, Languages};
use crate::source::Document;
use crate::text::Span;
use std::collections::HashMap;

/// The most keys that one diagnostic names.
const NAMED: usize = 5;

/// How far a language is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    pub language: String,
    /// The texts of the content.
    pub texts: usize,
    /// Those with a translation that the game shows.
    pub translated: usize,
    /// Those without one, also no fuzzy one.
    pub missing: usize,
    /// Those whose translation a person has to look at.
    pub fuzzy: usize,
    /// Translations of texts that have changed since. The game shows them.
    pub stale: usize,
}

impl Coverage {
    /// The texts that translators have to look at.
    pub fn open(&self) -> usize {
        self.missing + self.fuzzy + self.stale
    }
}

/// Checks every language of a project. `documents` are the language files in the order of the manifest; `None` for those that cannot be
/// read.
pub fn check(
    languages: &Languages,
    documents: &[Option<Document>],
    texts: &[SourceText<'_, '_>],
    diagnostics: &mut Vec<Diagnostic>,
) -> (Vec<Language>, Vec<Coverage>) {
    let by_key: HashMap<&str, usize> =
        texts.iter().enumerate().map(|(at, text)| (text.key.as_str(), at)).collect();
    let mut own: Vec<HashMap<usize, String>> = Vec::new();
    let mut coverages = Vec::new();
    for (spec, document) in languages.list.iter().zip(documents) {
        let file = document.as_ref().and_then(|document| {
            let file = language_file(document, diagnostics)?;
            Some((file, document.broken))
        });
        let Some((file, broken)) = file else {
            own.push(HashMap::new());
            continue;
        };
        let mut checker =
            Checker { spec, texts, diagnostics, translated: HashMap::new(), fuzzy: 0, stale: Vec::new() };
        checker.language(&file);
        checker.entries(&file, &by_key);
        if broken {
            own.push(checker.translated);
            continue;
        }
        coverages.push(checker.finish(&file));
        own.push(checker.translated);
    }
    let tags: Vec<&str> = languages.list.iter().map(|spec| spec.tag.as_str()).collect();
    let with_fallbacks = languages.list.iter().map(|spec| {
        let mut language = Language { tag: spec.tag.clone(), texts: HashMap::new() };
        for at in chain(languages, &tags, spec).into_iter().rev() {
            for (text, translation) in &own[at] {
                language.texts.insert(texts[*text].place, translation.clone());
            }
        }
        language
    });
    (with_fallbacks.collect(), coverages)
}

/// A language and those that it falls back to, by their positions. What the manifest names precedes what the tag is a variant of; no
/// language comes twice.
fn chain(languages: &Languages, tags: &[&str], spec: &LanguageSpec) -> Vec<usize> {
    let position = |tag: &str| tags.iter().position(|other| *other == tag);
    let mut chain: Vec<usize> = Vec::new();
    let mut next = position(&spec.tag);
    while let Some(at) = next.filter(|at| !chain.contains(at)) {
        chain.push(at);
        let spec = &languages.list[at];
        let named = spec.fallback.as_ref().map(|fallback| fallback.text.as_str());
        next = match named {
            Some(named) => position(named),
            None => std::iter::successors(parent_tag(&spec.tag), |tag| parent_tag(tag)).find_map(position),
        };
    }
    chain
}

struct Checker<'c, 't, 'm, 'a> {
    spec: &'c LanguageSpec,
    texts: &'t [SourceText<'m, 'a>],
    diagnostics: &'c mut Vec<Diagnostic>,
    /// By the position of the text.
    translated: HashMap<usize, String>,
    fuzzy: usize,
    stale: Vec<(usize, Span)>,
}

impl Checker<'_, '_, '_, '_> {
    /// Reports at the level of the language, where that is stricter or laxer than the code's.
    fn report(&mut self, code: &'static Code, make: impl FnOnce(Diagnostic) -> Diagnostic, title: String) {
        let level = self.spec.level.unwrap_or(code.level);
        if level > Level::Allow {
            self.diagnostics.push(make(Diagnostic::new(code, title)).level(level));
        }
    }

    /// The file says which language it is of.
    fn language(&mut self, file: &LanguageFile<'_>) {
        let tag = &self.spec.tag;
        match &file.language {
            Some((named, span)) if named != tag => self.diagnostics.push(
                Diagnostic::new(
                    &code::LANGUAGE_FILE,
                    format!("this is a file of `{named}`, and not of `{tag}`"),
                )
                .label(*span, format!("the manifest names it for `{tag}`"))
                .label(self.spec.file.span, "named here")
                .help("name the other file in the manifest, or correct `language`"),
            ),
            _ => {}
        }
    }

    fn entries(&mut self, file: &LanguageFile<'_>, by_key: &HashMap<&str, usize>) {
        for (key, entry) in &file.entries {
            let Some(at) = by_key.get(&**key).copied() else {
                self.unknown(key, entry, by_key);
                continue;
            };
            if entry.text.is_empty() {
                continue;
            }
            if entry.fuzzy {
                self.fuzzy += 1;
                continue;
            }
            if self.compare(at, entry) {
                self.translated.insert(at, entry.text.clone().into_owned());
            }
            let text = &self.texts[at];
            if entry.source.as_ref().is_some_and(|source| **source != text_hash(&text.text)) {
                self.stale.push((at, entry.span));
            }
        }
    }

    fn unknown(&mut self, key: &str, entry: &Entry<'_>, by_key: &HashMap<&str, usize>) {
        // Only keys of the same property can be meant, which keeps this fast for files of another release.
        let property = key.rsplit('.').next().unwrap_or(key);
        let similar = by_key.keys().copied().filter(|other| other.rsplit('.').next() == Some(property));
        let help = if by_key.len() < 2000 { did_you_mean(key, similar) } else { None };
        let help = help.unwrap_or_else(|| {
            "its text is gone, or its ids are other ones: remove it, or give it the new key".to_owned()
        });
        let span = entry.key_span;
        self.report(
            &code::UNKNOWN_TEXT,
            |diagnostic| diagnostic.label(span, "no text has this key").help(help),
            format!("a translation of `{key}`, which there is not"),
        );
    }

    /// Whether a translation can be shown in place of its text.
    fn compare(&mut self, at: usize, entry: &Entry<'_>) -> bool {
        let (text, span) = (&self.texts[at], entry.span);
        let (source, key) = (text.span, &text.key);
        let mut usable = true;
        if text.spec.placeholders.is_some() {
            let (wanted, found) = (names(&text.text), names(&entry.text));
            if wanted != found {
                let help = differences("placeholder", &wanted, &found);
                usable = false;
                self.diagnostics.push(
                    Diagnostic::new(
                        &code::TRANSLATED_PLACEHOLDERS,
                        format!("the translation of `{key}` has other placeholders"),
                    )
                    .label(span, "these are not those of the text")
                    .label(source, "the text")
                    .help(help),
                );
            }
        }
        let length = entry.text.chars().count() as u64;
        if let Some(most) = text.spec.max_length.filter(|most| length > *most) {
            usable = false;
            self.diagnostics.push(
                Diagnostic::new(
                    &code::TRANSLATION_TOO_LONG,
                    format!("the translation of `{key}` is too long"),
                )
                .label(span, format!("this has {length} characters"))
                .help(format!("at most {most} fit, as the schema says (`maxLength`)")),
            );
        }
        let (wanted, found) = (tags(&text.text), tags(&entry.text));
        if wanted != found {
            let wanted: Vec<&str> = wanted.iter().map(String::as_str).collect();
            let found: Vec<&str> = found.iter().map(String::as_str).collect();
            let help = differences("tag", &wanted, &found);
            self.report(
                &code::TRANSLATED_MARKUP,
                |diagnostic| {
                    diagnostic
                        .label(span, "these are not those of the text")
                        .label(source, "the text")
                        .help(help)
                },
                format!("the translation of `{key}` has other tags"),
            );
        }
        usable
    }

    fn finish(&mut self, file: &LanguageFile<'_>) -> Coverage {
        let known: std::collections::HashSet<&str> =
            file.entries.iter().filter(|(_, entry)| !entry.text.is_empty()).map(|(key, _)| &**key).collect();
        let missing: Vec<&str> =
            self.texts.iter().map(|text| text.key.as_str()).filter(|key| !known.contains(key)).collect();
        let coverage = Coverage {
            language: self.spec.tag.clone(),
            texts: self.texts.len(),
            translated: self.translated.len(),
            missing: missing.len(),
            fuzzy: self.fuzzy,
            stale: self.stale.len(),
        };
        let allowed = self.spec.open.as_ref().map_or(0, |(open, _)| *open);
        if coverage.open() > allowed {
            self.open_texts(&coverage, &missing, file.span);
        } else if let Some((open, span)) = self.spec.open.filter(|(open, _)| *open > coverage.open()) {
            let left = coverage.open();
            let title = format!("fewer texts of `{}` are open than the manifest allows", self.spec.tag);
            self.report(
                &code::OPEN_TEXTS,
                |diagnostic| {
                    diagnostic
                        .label(span, format!("{open} are allowed, {left} are left"))
                        .help(format!("write `open = {left}`, so that there are never more again"))
                },
                title,
            );
        }
        coverage
    }

    /// More texts are open than the manifest allows.
    fn open_texts(&mut self, coverage: &Coverage, missing: &[&str], file: Span) {
        let tag = self.spec.tag.clone();
        let count = coverage.missing + coverage.fuzzy;
        if count > 0 {
            let mut keys = String::new();
            for key in missing.iter().take(NAMED) {
                keys.push_str(&format!("{}`{key}`", if keys.is_empty() { "" } else { ", " }));
            }
            let more = missing.len().saturating_sub(NAMED);
            let note = match (missing.is_empty(), more) {
                (true, _) => None,
                (_, 0) => Some(format!("not translated: {keys}")),
                _ => Some(format!("not translated: {keys} and {more} more")),
            };
            let fuzzy = coverage.fuzzy;
            let fuzzy =
                (fuzzy > 0).then(|| format!("{} marked as fuzzy", nouns::count(fuzzy as u64, "translation")));
            let verb = if count == 1 { "is" } else { "are" };
            let title = format!("{} {verb} not translated into `{tag}`", nouns::count(count as u64, "text"));
            self.report(
                &code::UNTRANSLATED,
                |diagnostic| {
                    diagnostic
                        .label(file, "players read them in the language that this one falls back to")
                        .maybe_note(note)
                        .maybe_note(fuzzy)
                        .help("`questc texts export` writes a file for translators")
                },
                title,
            );
        }
        for (at, span) in std::mem::take(&mut self.stale) {
            let (key, source) = (self.texts[at].key.clone(), self.texts[at].span);
            self.report(
                &code::STALE_TRANSLATION,
                |diagnostic| {
                    diagnostic
                        .label(span, "of an earlier text")
                        .label(source, "the text of today")
                        .help("`questc texts export` marks it as fuzzy for translators; if it is still right, remove its `source`")
                },
                format!("the text `{key}` has changed since it was translated"),
            );
        }
    }
}

/// What is missing and what is too much.
fn differences(what: &str, wanted: &[&str], found: &[&str]) -> String {
    let only = |one: &[&str], other: &[&str]| {
        let mut rest: Vec<&str> = other.to_vec();
        let mut only = Vec::new();
        for word in one {
            match rest.iter().position(|other| other == word) {
                Some(at) => drop(rest.swap_remove(at)),
                None => only.push(format!("`{word}`")),
            }
        }
        only.join(", ")
    };
    let (missing, surplus) = (only(wanted, found), only(found, wanted));
    match (missing.is_empty(), surplus.is_empty()) {
        (false, false) => format!("{missing} is missing, and {surplus} is too much"),
        (false, true) => format!("{missing} is missing"),
        (true, false) => format!("{surplus} is no {what} of the text"),
        (true, true) => format!("write the {what}s in the order of the text"),
    }
}
