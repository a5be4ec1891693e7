//! What a build is made of: the manifest, and the files that it names.
//!
//! Comes in: the path of a manifest. Goes out: [`Manifest`] and [`Input`], every schema, content file and registry read and
//! parsed, and a diagnostic for everything that cannot be. This stage knows paths, patterns and encodings; it does not know
//! what the files mean.

mod input;
mod lock;
mod manifest;
mod path;
mod pattern;
mod registry;
mod schemas;
mod select;
#[cfg(test)]
mod tests;
mod text;

pub use input::{Input, find_schema, input, read_schema};
pub use lock::{lock_path, lock_text};
pub use manifest::{Exception, Lints, Located, Manifest, Profile, RegistrySource, Tables, manifest};
pub use path::display;
pub use registry::registry_ids;
