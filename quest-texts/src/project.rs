//! Exporting from a project and importing into it.

use crate::formats::{FileError, Format, Read, ReadUnit, read};
use crate::language_file::{Translation, write};
use crate::pseudo::pseudo;
use crate::unit::{Catalog, Unit};
use quest_compiler::driver::{Inspection, Report, Request, inspect};
use quest_compiler::project::LanguageSpec;
use quest_compiler::texts::{Coverage, language_file, text_hash, texts};
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::path::PathBuf;

/// The texts of a project, with the translations of one language.
#[derive(Debug)]
pub struct Project {
    pub report: Report,
    pub source_language: String,
    /// The languages of the manifest.
    pub languages: Vec<String>,
    /// How far each language is whose file can be read.
    pub coverage: Vec<Coverage>,
    /// The language file, if the language is in the manifest.
    pub file: Option<PathBuf>,
    /// Whether the language file is there and is broken, so that nothing may replace it.
    broken: bool,
    texts: Vec<Text>,
    /// By key, with the position in the language file.
    translations: HashMap<String, (usize, Translation)>,
}

#[derive(Debug)]
struct Text {
    key: String,
    text: String,
    context: Vec<String>,
    max_length: Option<u64>,
}

/// Why nothing was written.
#[derive(Debug)]
#[non_exhaustive]
pub enum TextsError {
    /// The schemas of the project have errors.
    Schemas(Box<Report>),
    /// The manifest does not name the language.
    UnknownLanguage { language: String, known: Vec<String> },
    /// The language file cannot be read completely.
    BrokenLanguageFile(PathBuf),
    /// A translator's file cannot be read.
    File(FileError),
    /// A translator's file is of another language.
    OtherLanguage { wanted: String, found: String },
    /// A translator's file would change nothing or take everything away.
    Nothing(String),
    /// The same key twice, with different translations.
    Duplicates(Vec<String>),
}

impl fmt::Display for TextsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schemas(_) => f.write_str("the texts are not known, since a schema has errors"),
            Self::UnknownLanguage { language, known } if known.is_empty() => write!(
                f,
                "the manifest names no languages: add `[languages.{language}]` with `file = \"languages/{language}.json\"`"
            ),
            Self::UnknownLanguage { language, known } => {
                write!(f, "the manifest has no language `{language}`; it has {}", known.join(", "))
            }
            Self::BrokenLanguageFile(path) => write!(
                f,
                "`{}` has errors, so it cannot be replaced without a loss: correct it first",
                path.display()
            ),
            Self::File(error) => error.fmt(f),
            Self::OtherLanguage { wanted, found } => {
                write!(f, "this is a file of `{found}`, and not of `{wanted}`")
            }
            Self::Nothing(why) => f.write_str(why),
            Self::Duplicates(keys) => {
                write!(
                    f,
                    "these keys have two translations, and nobody says which is right: {}",
                    keys.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for TextsError {}

impl Project {
    /// Checks a project and collects its texts. Errors in content do not matter; those in schemas do.
    ///
    /// # Errors
    ///
    /// A schema has errors.
    pub fn read(request: &Request, language: &str) -> Result<Self, TextsError> {
        let mut project = None;
        let report = inspect(request, &mut |_| {}, &mut |inspection| {
            project = Some(Self::of(inspection, language));
        });
        match project {
            Some(project) => Ok(Self { report, ..project }),
            None => Err(TextsError::Schemas(Box::new(report))),
        }
    }

    fn of(inspection: &Inspection<'_, '_>, language: &str) -> Self {
        let Inspection { model, resolved, files, manifest, .. } = *inspection;
        let found = texts(model, resolved, files);
        let text = |text: &quest_compiler::texts::SourceText<'_, '_>| Text {
            key: text.key.clone(),
            text: text.text.clone().into_owned(),
            context: text.context(model, resolved),
            max_length: text.spec.max_length,
        };
        let languages = &manifest.languages;
        let position = languages.list.iter().position(|spec| spec.tag == language);
        let document = position.and_then(|at| inspection.languages.get(at)?.as_ref());
        let mut broken = false;
        let mut translations = HashMap::new();
        if let Some(document) = document {
            let mut diagnostics = Vec::new();
            let file = language_file(document, &mut diagnostics);
            broken = document.broken || !diagnostics.is_empty();
            for (at, (key, entry)) in file.into_iter().flat_map(|file| file.entries).enumerate() {
                let translation = Translation {
                    text: entry.text.into_owned(),
                    source: entry.source.map(std::borrow::Cow::into_owned),
                    fuzzy: entry.fuzzy,
                    comment: entry.comment.map(std::borrow::Cow::into_owned),
                };
                translations.insert(key.into_owned(), (at, translation));
            }
        }
        let path = |spec: &LanguageSpec| manifest.directory.join(&spec.file.text);
        let file = position.and_then(|at| languages.list.get(at)).map(path);
        // A file that is there and cannot be read at all is not replaced either.
        broken |= document.is_none() && file.as_ref().is_some_and(|file| file.exists());
        Self {
            report: Report::default(),
            source_language: languages.source().to_owned(),
            languages: languages.list.iter().map(|spec| spec.tag.clone()).collect(),
            coverage: inspection.coverage.to_vec(),
            file,
            broken,
            texts: found.iter().map(text).collect(),
            translations,
        }
    }

    /// The number of texts that players read.
    #[must_use]
    pub fn len(&self) -> usize {
        self.texts.len()
    }

    /// Whether no text is marked with `x-text`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// The texts with their translations. The source language is its own translation.
    #[must_use]
    pub fn catalog(&self, language: &str) -> Catalog {
        let is_source = language == self.source_language;
        let unit = |text: &Text| {
            let mut unit = Unit {
                key: text.key.clone(),
                source: text.text.clone(),
                context: text.context.clone(),
                ..Unit::default()
            };
            if is_source {
                unit.target.clone_from(&text.text);
            } else if let Some((_, translation)) = self.translations.get(&text.key) {
                let stale =
                    translation.source.as_ref().is_some_and(|source| *source != text_hash(&text.text));
                unit.target.clone_from(&translation.text);
                unit.fuzzy = translation.fuzzy || stale;
                unit.comment.clone_from(&translation.comment);
            }
            unit
        };
        let keys: HashSet<&str> = self.texts.iter().map(|text| text.key.as_str()).collect();
        let mut gone: Vec<(&String, &(usize, Translation))> =
            self.translations.iter().filter(|(key, _)| !keys.contains(key.as_str())).collect();
        gone.sort_by_key(|(_, (at, _))| *at);
        let obsolete = |(key, (_, translation)): (&String, &(usize, Translation))| Unit {
            key: key.clone(),
            target: translation.text.clone(),
            comment: translation.comment.clone(),
            fuzzy: translation.fuzzy,
            ..Unit::default()
        };
        Catalog {
            source_language: self.source_language.clone(),
            language: language.to_owned(),
            units: self.texts.iter().map(unit).collect(),
            obsolete: gone
                .into_iter()
                .filter(|(_, (_, translation))| !translation.text.is_empty())
                .map(obsolete)
                .collect(),
        }
    }

    fn known(&self, language: &str) -> Result<(), TextsError> {
        if self.file.is_some() || language == self.source_language {
            return Ok(());
        }
        Err(TextsError::UnknownLanguage { language: language.to_owned(), known: self.languages.clone() })
    }
}

/// A file for translators.
#[derive(Debug)]
pub struct Exported {
    pub text: String,
    /// The texts in it.
    pub texts: usize,
    /// Those with a translation.
    pub translated: usize,
    /// Those whose translation a person has to look at.
    pub fuzzy: usize,
    /// Translations of texts that are gone.
    pub obsolete: usize,
    /// Translations that only the file had which is there already. They are in the new one.
    pub kept: usize,
}

/// Writes the texts of a project for translators. `before` is the file that is there already: what translators have done in it since is
/// kept.
///
/// # Errors
///
/// The manifest does not name the language, or the language file or the file that is there cannot be read.
pub fn export(
    project: &Project,
    language: &str,
    format: Format,
    before: Option<&[u8]>,
) -> Result<Exported, TextsError> {
    project.known(language)?;
    if let Some(file) = project.file.as_ref().filter(|_| project.broken) {
        return Err(TextsError::BrokenLanguageFile(file.clone()));
    }
    let mut catalog = project.catalog(language);
    let before = before.map(|bytes| read(format, bytes, language)).transpose().map_err(TextsError::File)?;
    if let Some(before) = &before {
        check_language(before, language)?;
    }
    let kept = before.as_ref().map_or(0, |before| merge(&mut catalog, before));
    let translated = |unit: &&Unit| !unit.target.is_empty() && !unit.fuzzy;
    Ok(Exported {
        texts: catalog.units.len(),
        translated: catalog.units.iter().filter(translated).count(),
        fuzzy: catalog.units.iter().filter(|unit| unit.fuzzy && !unit.target.is_empty()).count(),
        obsolete: catalog.obsolete.len(),
        kept,
        text: format.write(&catalog, before.as_ref()),
    })
}

/// Adds what translators have done in a file. Gives the number of translations that the project did not have.
fn merge(catalog: &mut Catalog, before: &Read) -> usize {
    let positions: HashMap<String, usize> =
        catalog.units.iter().enumerate().map(|(at, unit)| (unit.key.clone(), at)).collect();
    let mut gone: HashMap<String, usize> =
        catalog.obsolete.iter().enumerate().map(|(at, unit)| (unit.key.clone(), at)).collect();
    let mut kept = 0;
    for old in before.units.iter().filter(|old| old.unusable.is_none()) {
        let Some(key) = &old.key else { continue };
        let Some(unit) = positions.get(key).and_then(|at| catalog.units.get_mut(*at)) else {
            kept += keep_obsolete(catalog, &mut gone, key, old);
            continue;
        };
        let changed = old.source.as_ref().is_some_and(|source| *source != unit.source);
        if !old.target.is_empty() && old.target != unit.target {
            unit.target.clone_from(&old.target);
            unit.fuzzy = old.fuzzy || changed || old.obsolete;
            kept += 1;
        } else if old.fuzzy && !old.target.is_empty() {
            unit.fuzzy = true;
        }
        if unit.fuzzy {
            unit.previous.clone_from(if changed { &old.source } else { &old.previous });
        }
        if unit.comment.is_none() || old.comment.is_some() {
            unit.comment.clone_from(&old.comment);
        }
    }
    kept
}

fn keep_obsolete(
    catalog: &mut Catalog,
    gone: &mut HashMap<String, usize>,
    key: &str,
    old: &ReadUnit,
) -> usize {
    if old.target.is_empty() {
        return 0;
    }
    if let Some(unit) = gone.get(key).and_then(|at| catalog.obsolete.get_mut(*at)) {
        unit.source = old.source.clone().unwrap_or_default();
        return 0;
    }
    gone.insert(key.to_owned(), catalog.obsolete.len());
    catalog.obsolete.push(Unit {
        key: key.to_owned(),
        source: old.source.clone().unwrap_or_default(),
        target: old.target.clone(),
        comment: old.comment.clone(),
        ..Unit::default()
    });
    1
}

fn check_language(read: &Read, language: &str) -> Result<(), TextsError> {
    match &read.language {
        Some(found) if !found.eq_ignore_ascii_case(language) => {
            Err(TextsError::OtherLanguage { wanted: language.to_owned(), found: found.clone() })
        }
        _ => Ok(()),
    }
}

/// What an import does. Lists have keys.
#[derive(Debug, Default)]
pub struct Imported {
    /// The new language file.
    pub text: String,
    /// Texts that had no translation.
    pub gained: Vec<String>,
    /// Texts that had another one.
    pub changed: Vec<String>,
    /// Texts whose translation is as it was.
    pub same: usize,
    /// Texts whose translation the file does not have; it stays.
    pub kept: Vec<String>,
    /// Translations of texts that have changed since the file was exported.
    pub stale: Vec<String>,
    /// Translations that a person has to look at.
    pub fuzzy: Vec<String>,
    /// Translations of texts that there are not.
    pub unknown: Vec<String>,
    /// Units that cannot be used, each with its line and the reason.
    pub unusable: Vec<(usize, String)>,
    /// Keys that are in the file several times, with the same translation.
    pub repeated: Vec<String>,
    /// What is strange about the file as a whole.
    pub warnings: Vec<String>,
}

/// Reads a translator's file into the language file of a project.
///
/// # Errors
///
/// The file cannot be read, is of another language, has two translations for a key, or has none at all; or the manifest does not name the
/// language, or its file has errors.
pub fn import(
    project: &Project,
    language: &str,
    format: Format,
    bytes: &[u8],
) -> Result<Imported, TextsError> {
    let file = project.file.as_ref().ok_or_else(|| TextsError::UnknownLanguage {
        language: language.to_owned(),
        known: project.languages.clone(),
    })?;
    if project.broken {
        return Err(TextsError::BrokenLanguageFile(file.clone()));
    }
    let read = read(format, bytes, language).map_err(TextsError::File)?;
    check_language(&read, language)?;
    let mut imported = Imported { warnings: read.warnings.clone(), ..Imported::default() };
    let units = by_key(&read, &mut imported)?;
    let known: HashMap<&str, &Text> = project.texts.iter().map(|text| (text.key.as_str(), text)).collect();
    let mut translations: HashMap<&str, Translation> = HashMap::new();
    for unit in &units {
        let Some(key) = unit.key.as_deref().filter(|_| !unit.target.is_empty()) else { continue };
        match known.get(key) {
            Some(text) => {
                let before = project.translations.get(key).map(|(_, translation)| translation);
                translations.insert(key, translated(text, unit, before, &mut imported));
            }
            None if !unit.obsolete => imported.unknown.push(key.to_owned()),
            None => {}
        }
    }
    if translations.is_empty() {
        return Err(TextsError::Nothing(nothing(&read, &imported)));
    }
    imported.text = merged(project, language, translations, &mut imported);
    Ok(imported)
}

fn nothing(read: &Read, imported: &Imported) -> String {
    let count = read.units.len();
    let why = match (count, imported.unknown.len()) {
        (0, _) => "there is no unit in this file".to_owned(),
        (_, 0) if !imported.unusable.is_empty() => {
            let (_, first) = &imported.unusable[0];
            format!("no unit of this file can be used: {first}")
        }
        (_, 0) => format!("none of the {count} units of this file has a translation"),
        (_, unknown) => {
            format!("this file has {unknown} translations, and none is of a text of this project")
        }
    };
    format!("{why}: nothing is replaced")
}

/// The units of a file that can be used, each key once.
fn by_key<'r>(read: &'r Read, imported: &mut Imported) -> Result<Vec<&'r ReadUnit>, TextsError> {
    let mut first: HashMap<&str, &ReadUnit> = HashMap::new();
    let mut units = Vec::new();
    let mut conflicts = Vec::new();
    // What is alive precedes what is obsolete.
    let (live, obsolete): (Vec<_>, Vec<_>) = read.units.iter().partition(|unit| !unit.obsolete);
    for unit in live.into_iter().chain(obsolete) {
        if let Some(why) = unit.unusable {
            let key = unit.key.as_deref().unwrap_or("a unit");
            imported.unusable.push((unit.line, format!("`{key}` is left out: {why}")));
            continue;
        }
        let Some(key) = unit.key.as_deref() else {
            if !unit.target.is_empty() {
                let source = unit.source.as_deref().unwrap_or_default();
                imported.unusable.push((unit.line, format!("`{source}` has no key: a tool has dropped it")));
            }
            continue;
        };
        match first.get(key) {
            None => {
                first.insert(key, unit);
                units.push(unit);
            }
            Some(_) if unit.obsolete => {}
            Some(other) if other.target == unit.target || unit.target.is_empty() => {
                imported.repeated.push(key.to_owned());
            }
            Some(_) => conflicts.push(key.to_owned()),
        }
    }
    if conflicts.is_empty() { Ok(units) } else { Err(TextsError::Duplicates(conflicts)) }
}

/// The translation of a text that is there.
fn translated(
    text: &Text,
    unit: &ReadUnit,
    before: Option<&Translation>,
    imported: &mut Imported,
) -> Translation {
    let mut target = unit.target.clone();
    if !text.text.contains('\r') {
        target = target.replace("\r\n", "\n").replace('\r', "\n");
    }
    let hash = text_hash(&text.text);
    let before = before.filter(|before| !before.text.is_empty());
    let same = before.is_some_and(|before| before.text == target);
    let stale = match &unit.source {
        // Line ends are nothing that a translator can see.
        Some(source) => source.replace("\r\n", "\n") != text.text.replace("\r\n", "\n"),
        None => {
            same && before.and_then(|before| before.source.as_ref()).is_some_and(|source| *source != hash)
        }
    };
    let source = match &unit.source {
        Some(source) if stale => text_hash(source),
        None if stale => before.and_then(|before| before.source.clone()).unwrap_or(hash),
        _ => hash,
    };
    let key = || text.key.clone();
    match before {
        None => imported.gained.push(key()),
        Some(_) if same => imported.same += 1,
        Some(_) => imported.changed.push(key()),
    }
    if stale {
        imported.stale.push(key());
    }
    // JSON has no place for it, so what was fuzzy stays so while nobody has changed it.
    let fuzzy = unit.fuzzy
        || unit.obsolete
        || (unit.source.is_none() && same && before.is_some_and(|before| before.fuzzy));
    if fuzzy {
        imported.fuzzy.push(key());
    }
    let comment = unit.comment.clone().or_else(|| before.and_then(|before| before.comment.clone()));
    Translation { text: target, source: Some(source), fuzzy, comment }
}

/// The language file with new translations: those of texts in the order of the content, then those of texts that are gone.
fn merged(
    project: &Project,
    language: &str,
    mut translations: HashMap<&str, Translation>,
    imported: &mut Imported,
) -> String {
    let mut list: Vec<(&str, Translation)> = Vec::new();
    for text in &project.texts {
        let before = project.translations.get(&text.key);
        let new = translations.remove(text.key.as_str());
        if let (None, Some((_, before))) = (&new, before)
            && !before.text.is_empty()
        {
            imported.kept.push(text.key.clone());
        }
        let translation = new.or_else(|| before.map(|(_, translation)| translation.clone()));
        list.extend(translation.map(|translation| (text.key.as_str(), translation)));
    }
    let keys: HashSet<&str> = project.texts.iter().map(|text| text.key.as_str()).collect();
    let mut gone: Vec<_> =
        project.translations.iter().filter(|(key, _)| !keys.contains(key.as_str())).collect();
    gone.sort_by_key(|(_, (at, _))| *at);
    list.extend(gone.into_iter().map(|(key, (_, translation))| (key.as_str(), translation.clone())));
    write(language, list.iter().map(|(key, translation)| (*key, translation)))
}

/// The language file of the pseudo-locale.
///
/// # Errors
///
/// The manifest does not name the language.
pub fn pseudo_language(project: &Project, language: &str) -> Result<String, TextsError> {
    if project.file.is_none() {
        let known = project.languages.clone();
        return Err(TextsError::UnknownLanguage { language: language.to_owned(), known });
    }
    let translation = |text: &Text| Translation {
        text: pseudo(&text.text, text.max_length),
        source: Some(text_hash(&text.text)),
        ..Translation::default()
    };
    let list: Vec<(&str, Translation)> =
        project.texts.iter().map(|text| (text.key.as_str(), translation(text))).collect();
    Ok(write(language, list.iter().map(|(key, translation)| (*key, translation))))
}
