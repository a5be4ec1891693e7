//! Renames an id of checked content, everywhere.
//!
//! The manifest of a project, an id and another text for it come in. [`Renaming`] goes out: for each file the bytes to change, and the
//! files that get another name. Changed are content of all formats, registries, schemas and overlays, the manifest, scripts, and the
//! literals of our macros in the Rust sources of packages that use the content. Nothing is written here. Before a renaming is given, the
//! changed project is checked in memory: every reference must name the same object as before, and there may be no error that was not
//! there.

mod at;
mod content;
mod edit;
mod literal;
mod manifest;
mod path;
mod plan;
mod refusal;
mod rust;
mod script;
mod target;
mod toml_keys;
mod verify;
mod write;

pub use at::{IdAt, Places, counts, id_at, id_at_line, locate, places, references_in};
pub use edit::{FileChange, TextEdit};
pub use path::IdRow;
pub use plan::{Renaming, rename};
pub use refusal::Refusal;
pub use script::is_passed_over;
pub use write::write;
