//! What a build is made of: the manifest, and the files that it names.
//!
//! Comes in: the path of a manifest. Goes out: [`Manifest`] and [`Input`], every schema, content file and registry read and
//! parsed, and a finding for everything that can not be. This stage knows paths, patterns and encodings; it does not know
//! what the files mean.

mod input;
mod manifest;

pub(crate) use input::{Input, input, registry_ids};
pub(crate) use manifest::{Manifest, RegistrySource, Tables, manifest};
