//! The project: the manifest, and the files that it names.
//!
//! The path of a manifest comes in. [`Manifest`] and [`Input`] go out: every schema, content file and registry, read and parsed, and a
//! diagnostic for each that cannot be. This stage knows paths, patterns and encodings; it must not know what the files mean.

mod input;
mod located;
mod lock;
mod manifest;
mod path;
mod pattern;
mod read;
mod registry;
mod schemas;
mod select;
#[cfg(test)]
mod tests;

pub use input::{ContentEntry, Input, find_schema, input, read_schema};
pub use located::Located;
pub use lock::{lock_path, lock_text};
pub use manifest::{
    Assertion, Claim, Exception, LanguageSpec, Languages, Lints, Manifest, Profile, ProofLimits,
    RegistryFiles, RegistrySource, SchemaSource, Tables, manifest,
};
pub use path::display;
pub use pattern::is_cache;
pub use registry::{RegistryFile, registry_ids};
