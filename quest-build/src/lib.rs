//! The compiler between a game's quest content and its Rust code.
//!
//! ```no_run
//! // build.rs
//! fn main() -> std::process::ExitCode {
//!     quest_build::compile("quest.toml")
//! }
//! ```
//!
//! The folders are the pipeline: `project` (manifest and files) → `source` (JSON with places) → `schema` (graph and model) → `check`
//! (validate, resolve) → `lower` (tables) → `emit` (Rust, index, pack); every stage reports to `diagnose`. `docs/architecture.md`
//! says what each may know.

mod check;
mod compile;
mod diagnose;
mod emit;
mod lower;
mod output;
mod project;
mod schema;
mod script;
mod source;
#[doc(hidden)]
pub mod tool;

use std::path::Path;
use std::process::ExitCode;

/// Compiles the content that a manifest names, for `quest_types::include_quests!()` in the crate whose build script calls this.
///
/// `manifest` is the path of `quest.toml`, relative to the package. Errors and warnings in content are shown by cargo like those in
/// Rust code. The exit code is a failure only if this does not run in a build script.
pub fn compile(manifest: impl AsRef<Path>) -> ExitCode {
    script::script(manifest.as_ref())
}
