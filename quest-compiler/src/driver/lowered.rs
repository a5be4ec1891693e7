//! The last phase: tables, generated Rust and the index.

use super::checked::Checked;
use crate::check::{Content, Hints, IdSources, Sink, Unread, collect, resolve};
use crate::codegen::{Fingerprints, Form, Index, RustInput};
use crate::diagnostics::{Diagnostic, code};
use crate::lower::{Known, Layout, LowerError, ProgramSections, Tables, lower};

/// What a build writes.
#[derive(Debug)]
pub struct Lowered {
    /// `quests.rs`.
    pub rust: String,
    /// `quests.tables`.
    pub tables: Vec<u8>,
    /// `quests.text`.
    pub text: String,
    /// The other languages, in the order of the manifest.
    pub languages: Vec<LoweredLanguage>,
    /// `quests.index`.
    pub index: Vec<u8>,
    /// What a pack of it is known by; `None` if there can be none.
    pub fingerprints: Option<Fingerprints>,
    /// Where the program is, if the content can be played.
    pub program: Option<ProgramSections>,
}

/// The texts of another language.
#[derive(Debug)]
pub struct LoweredLanguage {
    /// Such as `de`.
    pub tag: String,
    /// `quests.de.text`.
    pub file: String,
    pub text: String,
}

impl Lowered {
    /// Makes everything that a game compiles.
    ///
    /// # Errors
    ///
    /// The tables would be larger than a game can address.
    pub(super) fn of(checked: &Checked<'_>) -> Result<Self, Box<Diagnostic>> {
        let layout = Layout::new(&checked.typed.model);
        let tables = lower(&checked.typed.model, &layout, &checked.resolved, &checked.known);
        tables.map(|tables| Self::from_tables(checked, layout, tables, false)).map_err(too_large)
    }

    /// Types and ids without any rows, for content that has errors.
    pub(super) fn without_rows(checked: &Checked<'_>) -> Result<Self, Box<Diagnostic>> {
        let model = &checked.typed.model;
        let layout = Layout::new(model);
        let content = Content::read(model, &[], &[]);
        let mut none = Vec::new();
        let mut sink = Sink::new(&mut none);
        let ids = collect(model, &content, IdSources::default(), &mut sink);
        let hints = Hints {
            unread: &Unread::default(),
            registries: &[],
            registry_names: &[],
            released: &|_, _| false,
        };
        let resolved = resolve(model, content, ids, &hints, &mut sink);
        let tables = lower(model, &layout, &resolved, &Known::default());
        tables.map(|tables| Self::from_tables(checked, layout, tables, true)).map_err(too_large)
    }

    fn from_tables(checked: &Checked<'_>, layout: Layout, tables: Tables, incomplete: bool) -> Self {
        let (model, names) = (&checked.typed.model, &checked.typed.names);
        let module = checked.typed.project.name.as_deref();
        let form = match checked.typed.project.manifest.tables {
            crate::project::Tables::Load => Form::Load,
            _ => Form::Embed,
        };
        let Tables { bytes, text, languages, content, ids } = tables;
        let manifest = &checked.typed.project.manifest;
        let tags: Vec<&str> = manifest.languages.list.iter().map(|spec| spec.tag.as_str()).collect();
        let source_language = manifest.languages.source();
        // Without rows, there are no texts either.
        let pools = languages.into_iter().map(Some).chain(std::iter::repeat(None));
        let languages = tags.iter().zip(pools).map(|(tag, pool)| LoweredLanguage {
            tag: (*tag).to_owned(),
            file: format!("quests.{tag}.text"),
            text: pool.unwrap_or_else(|| text.clone()),
        });
        let languages = languages.collect();
        let fingerprints = Fingerprints { layout: layout.fingerprint, content, ids };
        let constants = &checked.constants;
        let rust = RustInput {
            module,
            model,
            names,
            layout: &layout,
            constants,
            content,
            ids,
            form,
            source_language,
            languages: &tags,
        };
        let index: Index =
            crate::codegen::index(model, names, &checked.resolved.ids, &checked.known.renames, incomplete);
        Self {
            rust: crate::codegen::rust(&rust),
            index: index.of_content(content),
            tables: bytes,
            text,
            languages,
            fingerprints: (!incomplete).then_some(fingerprints),
            program: layout.program,
        }
    }

    /// The bytes of a pack, `None` if there can be none.
    ///
    /// They are made when they are asked for, which is rare, since they are all of the content once more.
    pub fn pack(&self) -> Option<Vec<u8>> {
        let pack = |fingerprints| crate::codegen::pack(fingerprints, &self.tables, &self.text);
        self.fingerprints.as_ref().map(pack)
    }

    /// The packs of the other languages, each with its tag.
    pub fn language_packs(&self) -> Vec<(&str, Vec<u8>)> {
        let Some(fingerprints) = &self.fingerprints else { return Vec::new() };
        let pack = |language: &LoweredLanguage| {
            crate::codegen::language_pack(fingerprints, &language.tag, &language.text)
        };
        self.languages.iter().map(|language| (language.tag.as_str(), pack(language))).collect()
    }

    /// The files of a build by their names.
    pub fn files(&self) -> Vec<(&str, &[u8])> {
        let mut files = vec![
            ("quests.rs", self.rust.as_bytes()),
            ("quests.tables", &self.tables[..]),
            ("quests.text", self.text.as_bytes()),
            ("quests.index", &self.index),
        ];
        let languages = self.languages.iter();
        files.extend(languages.map(|language| (language.file.as_str(), language.text.as_bytes())));
        files
    }
}

fn too_large(error: LowerError) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(&code::OUTPUT, error.to_string()).help("split the content into several projects"),
    )
}
