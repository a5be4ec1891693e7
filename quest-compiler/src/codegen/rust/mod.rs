//! The generated Rust: types and accessors, never rows. It is written to be read.
//!
//! Each module holds the templates of its items ([`template`]), and returns them as text.

mod accessors;
mod docs;
mod enums;
mod ids;
mod journal;
mod journal_layout;
mod loader;
mod records;
mod tables;
mod targets;
mod template;
mod unions;

use crate::lower::Layout;
use crate::names::ident::identifier;
use crate::names::{Constants, Names};
use crate::narrow::narrow_u32;
use crate::schema::{EnumId, KindId, Model, RecordId, Shape, TargetId, UnionId};
use template::{fill, lines, separated};

const HEADER: &str = r#"
// Made by quest-build from the project's schemas and content. Changes are lost with the next build.

__rt::assert_format!($format);
"#;

const MACROS: &str = r#"
// The path through which literals in code reach their ids: those of other content do not compile.
#[doc(hidden)]
pub mod $module {
    $ids
}

__rt::__private::define_macros! { crate; $macros }
"#;

/// How the game gets at the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// They are part of the program.
    Embed,
    /// They are read from a pack when the game starts.
    Load,
}

/// Everything that decides the generated Rust.
#[derive(Clone, Copy, Debug)]
pub struct RustInput<'a> {
    /// The module that includes it, if that is not `quests`.
    pub module: Option<&'a str>,
    pub model: &'a Model,
    pub names: &'a Names,
    pub layout: &'a Layout,
    pub constants: &'a [Constants],
    /// The fingerprint of the content.
    pub content: u64,
    /// The fingerprint of all ids.
    pub ids: u64,
    pub form: Form,
    /// The language of the content.
    pub source_language: &'a str,
    /// The other languages.
    pub languages: &'a [&'a str],
}

/// The source of `quests.rs`.
pub fn rust(input: &RustInput<'_>) -> String {
    let RustInput { module, model, names, layout, constants, .. } = *input;
    let content = input.content;
    let context = Context { model, names, layout };
    let mut items = vec![fill(HEADER, &[("format", &quest_format::FORMAT.to_string())])];
    items.extend(context.records().map(|id| records::record(&context, id)));
    for (at, item) in model.enums.iter().enumerate() {
        let id = EnumId(narrow_u32(at));
        items.push(enums::enumeration(item, names.enumeration(id), names.values(id)));
    }
    items.extend(references(&context));
    items.extend((0..model.unions.len()).map(|at| unions::record_union(&context, UnionId(narrow_u32(at)))));
    items.extend(context.kinds().map(|kind| ids::id(&context, kind)));
    items.extend(constants.iter().map(|constants| ids::constants(&context, constants)));
    items.push(tables::tables(&context, input));
    items.extend(journal::journal(&context));
    items.push(macros(&context, content, module));
    separated(&items)
}

/// The enums of references: those whose kind a sibling decides, and those to one of several kinds.
fn references(context: &Context<'_>) -> Vec<String> {
    let model = context.model;
    let targets = (0..narrow_u32(model.targets.len())).map(TargetId);
    let mut items: Vec<String> = targets.filter_map(|id| targets::target(context, id)).collect();
    let mut unions: Vec<&[KindId]> = Vec::new();
    let of_targets = model.targets.iter().flat_map(|target| &target.kinds).map(Vec::as_slice);
    let fields = model.records.iter().flat_map(|record| &record.fields);
    let of_links = fields.filter_map(|field| match field.shape.element() {
        Shape::Link(spec) => Some(spec.kinds.as_slice()),
        _ => None,
    });
    for kinds in of_targets.chain(of_links) {
        if kinds.len() > 1 && !unions.contains(&kinds) {
            unions.push(kinds);
        }
    }
    items.extend(unions.into_iter().map(|kinds| unions::id_union(context, kinds)));
    items
}

/// The module and the macros through which code names ids.
fn macros(context: &Context<'_>, content: u64, of: Option<&str>) -> String {
    let ids = context.kinds().map(|kind| format!("pub use super::{};", context.names.id(kind)));
    let macros: Vec<&str> = context.kinds().map(|kind| context.names.macro_name(kind)).collect();
    let module = format!("__content_{content:016x}");
    let option = of.map_or_else(String::new, |of| format!("; module = {of}"));
    let macros = macros.join(" ") + &option;
    fill(MACROS, &[("module", &module), ("ids", &lines(ids)), ("macros", &macros)])
}

/// An identifier as the beginning of a longer one: a keyword needs no escape there, and two `_` in a row are a warning.
fn bare(identifier: &str) -> &str {
    identifier.trim_start_matches("r#").trim_end_matches('_')
}

/// What every item looks things up in.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    pub(super) names: &'a Names,
    pub(super) layout: &'a Layout,
}

impl Context<'_> {
    /// The field of `Tables` with the rows of a record type.
    pub(super) fn rows(&self, record: RecordId) -> String {
        format!("{}_rows", bare(&identifier(self.names.record(record))))
    }

    /// The field of `Tables` with the ids of a kind.
    pub(super) fn keys(&self, kind: KindId) -> String {
        format!("{}_ids", bare(self.names.noun(kind)))
    }

    /// The record type whose rows are the ids of a kind, one to one.
    pub(super) fn record_of(&self, kind: KindId) -> Option<RecordId> {
        self.model.kind(kind).rows()
    }

    fn kinds(&self) -> impl Iterator<Item = KindId> + use<> {
        (0..narrow_u32(self.model.kinds.len())).map(KindId)
    }

    fn records(&self) -> impl Iterator<Item = RecordId> + use<> {
        (0..narrow_u32(self.model.records.len())).map(RecordId)
    }
}
