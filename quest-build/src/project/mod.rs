//! What a build is made of: the manifest, and the files that it names.
//!
//! Comes in: the path of a manifest. Goes out: [`Manifest`] and [`Input`], every schema, content file and registry read and
//! parsed, and a finding for everything that can not be. This stage knows paths, patterns and encodings; it does not know
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

pub(crate) use input::{Input, find_schema, input, read_schema};
pub(crate) use lock::{lock_path, lock_text};
pub(crate) use manifest::{Exception, Lints, Located, Manifest, Profile, RegistrySource, Tables, manifest};
pub(crate) use path::display;
pub(crate) use registry::registry_ids;
