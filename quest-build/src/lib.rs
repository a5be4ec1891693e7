//! Compiles a game's quest content in its build script.
//!
//! ```no_run
//! // build.rs
//! fn main() -> std::process::ExitCode {
//!     quest_build::compile("quest.toml")
//! }
//! ```
//!
//! [`Config`] has the options. The crate whose build script this is includes the result with `quest_types::include_quests!()`.

mod config;
mod diagnostic;
mod error;
mod output;

pub use config::{Compiled, Config};
pub use diagnostic::{Diagnostic, Severity};
pub use error::Error;

use std::path::Path;
use std::process::ExitCode;

/// Compiles the content that a manifest names, for `quest_types::include_quests!()` in the crate whose build script calls this.
///
/// `manifest` is the path of `quest.toml`, relative to the package. Errors and warnings in content are shown by cargo like those in
/// Rust code, when that crate is compiled. The exit code is a failure only if this does not run in a build script.
///
/// This is the short form of [`Config::compile`].
pub fn compile(manifest: impl AsRef<Path>) -> ExitCode {
    match Config::new().compile(manifest) {
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            // A directive fails the build even if no macro of ours is there to show a message.
            println!("cargo::error={error}");
            if matches!(error, Error::NotABuildScript) { ExitCode::FAILURE } else { ExitCode::SUCCESS }
        }
    }
}

/// Plays scripts, for a test of a game (`docs/play.md`), and gives one line for each: its name, and how much of it held.
///
/// `manifest` is the path of `quest.toml`, and each of `scripts` that of a script, relative to the package.
///
/// ```no_run
/// #[test]
/// fn every_ending() -> Result<(), quest_build::Error> {
///     quest_build::play("quest.toml", ["scripts/iron-path.play"]).map(|_| ())
/// }
/// ```
///
/// # Errors
///
/// The content has errors, a file cannot be read, or an expectation does not hold ([`Error::Script`]).
#[cfg(feature = "play")]
pub fn play(
    manifest: impl AsRef<Path>,
    scripts: impl IntoIterator<Item = impl AsRef<Path>>,
) -> Result<Vec<String>, Error> {
    let scripts: Vec<_> = scripts.into_iter().map(|script| script.as_ref().to_owned()).collect();
    let played = quest_compiler::driver::play(manifest.as_ref(), &scripts)?;
    let wrong: Vec<String> = played.iter().filter_map(|played| played.wrong.clone()).collect();
    if !wrong.is_empty() {
        return Err(Error::Script(wrong));
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
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let out = std::env::var("OUT_DIR")?;
///     quest_build::authoring("schemas/quests.schema.json", format!("{out}/authoring.rs"))?;
///     Ok(())
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
/// The schema cannot be read, has errors, or is beyond what `typify` can turn into types; or the file cannot be written.
/// Nothing is written then.
#[cfg(feature = "authoring")]
pub fn authoring(schema: impl AsRef<Path>, out: impl AsRef<Path>) -> Result<(), Error> {
    println!("cargo::rerun-if-changed={}", schema.as_ref().display());
    Ok(quest_compiler::driver::write_authoring(schema.as_ref(), out.as_ref())?)
}
