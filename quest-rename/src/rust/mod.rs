//! Where Rust sources name ids: in the macros of generated code, and in enums that list the stages of a quest.

mod imports;
mod packages;
mod tokens;

pub(crate) use packages::sources;
pub(crate) use tokens::{Macros, in_source};
