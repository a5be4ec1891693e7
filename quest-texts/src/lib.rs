//! Files for translators: written from checked content, and read back into the language files of a project.
//!
//! Comes in: checked content with its language files ([`Project`]), and files of translators' tools. Goes out: such files ([`export`]), and
//! language files with what translators have done ([`import`]). Every unit of every format has the key of its text, because no tool keeps
//! all else: contexts, obsolete entries and whole files get lost on the way. So reading back compares by keys, reports what is missing,
//! and never replaces a translation by nothing. What a text is, and whether a translation fits it, is decided by `quest_compiler::texts`.

#![allow(
    missing_docs,
    reason = "the interface of this crate is not stable; names of fields and variants say what they hold"
)]

mod formats;
mod language_file;
mod plural_rules;
mod project;
mod pseudo;
mod unit;

pub use formats::{FileError, Format, Read, ReadUnit, read};
pub use plural_rules::{PluralRule, plural_rule};
pub use project::{Exported, Imported, Project, TextsError, export, import, pseudo_language};
pub use pseudo::pseudo;
pub use unit::{Catalog, Unit};
