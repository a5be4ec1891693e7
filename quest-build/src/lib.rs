//! Compiles a game's quest content in its build script.
//!
//! ```no_run
//! // build.rs
//! fn main() -> std::process::ExitCode {
//!     quest_build::compile("quest.toml")
//! }
//! ```

mod script;

use std::path::Path;
use std::process::ExitCode;

/// Compiles the content that a manifest names, for `quest_types::include_quests!()` in the crate whose build script calls this.
///
/// `manifest` is the path of `quest.toml`, relative to the package. Errors and warnings in content are shown by cargo like those in
/// Rust code. The exit code is a failure only if this does not run in a build script.
pub fn compile(manifest: impl AsRef<Path>) -> ExitCode {
    script::script(manifest.as_ref())
}

/// Plays scripts, for a test of a game (`docs/play.md`). Gives one line for each script: its name, and how much of it held.
///
/// `manifest` is the path of `quest.toml`, and each of `scripts` that of a script, relative to the package.
///
/// ```no_run
/// #[test]
/// fn every_ending() -> Result<(), String> {
///     quest_build::play("quest.toml", ["scripts/iron-path.play"]).map(|_| ())
/// }
/// ```
///
/// # Errors
///
/// The content has errors, a file cannot be read, or an expectation does not hold: then it says in which line.
#[cfg(feature = "play")]
pub fn play(
    manifest: impl AsRef<Path>,
    scripts: impl IntoIterator<Item = impl AsRef<Path>>,
) -> Result<Vec<String>, String> {
    let scripts: Vec<_> = scripts.into_iter().map(|script| script.as_ref().to_owned()).collect();
    let played = quest_compiler::tool::play(manifest.as_ref(), &scripts)?;
    let wrong: Vec<&str> = played.iter().filter_map(|played| played.wrong.as_deref()).collect();
    if !wrong.is_empty() {
        return Err(wrong.join("\n"));
    }
    Ok(played
        .iter()
        .map(|played| format!("{}: {} expectations hold", played.script, played.expectations))
        .collect())
}

/// Writes Rust types with which a tool reads, builds and writes the documents that a JSON Schema describes.
///
/// For a build script; a path is relative to the package. The types own their data, implement serde's traits, and have builders that
/// refuse an id or a text that does not match its pattern. Bounds of numbers, lengths of lists and references are checked by
/// `questc check` alone. Reading drops properties that the schema does not name, if it allows any.
///
/// ```no_run
/// // build.rs
/// fn main() -> Result<(), String> {
///     let out = std::env::var("OUT_DIR").map_err(|error| error.to_string())?;
///     quest_build::authoring("schemas/quests.schema.json", format!("{out}/authoring.rs"))
/// }
/// ```
///
/// ```ignore
/// // src/lib.rs, in a crate that depends on `serde`, `serde_json` and `regress`
/// #[allow(missing_docs, clippy::all, clippy::unwrap_used, reason = "generated")]
/// mod authoring {
///     include!(concat!(env!("OUT_DIR"), "/authoring.rs"));
/// }
///
/// fn quest() -> Result<authoring::Quest, authoring::error::ConversionError> {
///     authoring::Quest::builder()
///         .id("iron-path")
///         .name("The Iron Path")
///         // description, category and stages, too
///         .try_into()
/// }
/// ```
///
/// # Errors
///
/// The schema cannot be read, has diagnostics, or is beyond what `typify` can turn into types; or the file cannot be written.
/// Nothing is written then.
#[cfg(feature = "authoring")]
pub fn authoring(schema: impl AsRef<Path>, out: impl AsRef<Path>) -> Result<(), String> {
    println!("cargo::rerun-if-changed={}", schema.as_ref().display());
    quest_compiler::tool::write_authoring(schema.as_ref(), out.as_ref())
}
