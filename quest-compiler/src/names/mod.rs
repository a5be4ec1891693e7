//! The names of generated items.
//!
//! The model and resolved ids come in. [`Names`] and [`Constants`] go out, and a diagnostic for each two things that would have one name
//! in Rust, so that code generation cannot fail. This stage knows the rules of Rust identifiers; it must not know what items look like.

mod assign;
mod constants;
pub(crate) mod ident;
mod letters;
mod qualify;
mod scope;

pub use constants::{Constant, Constants, constants};
pub use ident::constant_name;

use crate::schema::{EnumId, KindId, Model, RecordId, TargetId, UnionId};
use crate::text::Span;
use ident::type_name;

/// Whether a module of generated code can have this name: ASCII in snake case, and no keyword. Words are parted by one `_`, so that
/// names that are made of two such names differ if those do.
pub fn is_module_name(name: &str) -> bool {
    name.is_ascii() && name.starts_with(|c: char| c.is_ascii_lowercase()) && ident::identifier(name) == name
}

/// The names of all generated items.
#[derive(Debug, Default)]
pub struct Names {
    records: Vec<String>,
    enums: Vec<String>,
    targets: Vec<String>,
    unions: Vec<String>,
    /// `QuestId`.
    ids: Vec<String>,
    /// `quest`, for `quest!` and for accessors.
    nouns: Vec<String>,
    /// `quest!`.
    macros: Vec<String>,
    fields: Vec<Vec<String>>,
    /// By enum.
    values: Vec<Vec<String>>,
    /// By union.
    variants: Vec<Vec<String>>,
    /// What has another name than its words alone would give, since something else would have the same.
    pub(crate) qualified: Vec<(Span, String)>,
}

impl Names {
    pub fn record(&self, id: RecordId) -> &str {
        &self.records[id.0 as usize]
    }

    pub fn enumeration(&self, id: EnumId) -> &str {
        &self.enums[id.0 as usize]
    }

    pub fn target(&self, id: TargetId) -> &str {
        &self.targets[id.0 as usize]
    }

    pub fn union(&self, id: UnionId) -> &str {
        &self.unions[id.0 as usize]
    }

    /// The name of the enum of ids of several kinds: `ItemOrNpc`, or the one that the schema gives.
    pub fn union_of_ids(&self, model: &Model, kinds: &[KindId]) -> String {
        match model.union_names.iter().find(|(known, _)| known == kinds) {
            Some((_, name)) => type_name(name),
            None => {
                let names: Vec<String> = kinds.iter().map(|kind| type_name(self.noun(*kind))).collect();
                names.join("Or")
            }
        }
    }

    /// The names of the variants of a union.
    pub fn union_variants(&self, id: UnionId) -> &[String] {
        &self.variants[id.0 as usize]
    }

    /// The names of the values of an enum.
    pub fn values(&self, id: EnumId) -> &[String] {
        &self.values[id.0 as usize]
    }

    pub fn id(&self, kind: KindId) -> &str {
        &self.ids[kind.0 as usize]
    }

    pub fn noun(&self, kind: KindId) -> &str {
        &self.nouns[kind.0 as usize]
    }

    pub fn macro_name(&self, kind: KindId) -> &str {
        &self.macros[kind.0 as usize]
    }

    pub fn field(&self, record: RecordId, field: usize) -> &str {
        &self.fields[record.0 as usize][field]
    }
}
