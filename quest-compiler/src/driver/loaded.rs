//! The first phase: every file of a project, read and parsed.

use super::referred::{Referred, referred_schemas};
use super::request::{Progress, Request};
use crate::diagnostics::Diagnostic;
use crate::parallel::Threads;
use crate::project::{Input, Manifest, input, lock_path, lock_text, manifest};
use crate::text::Files;
use std::path::PathBuf;

/// The files of a project.
#[derive(Debug)]
pub struct Loaded {
    pub files: Files,
    /// `None` if the manifest cannot be read.
    pub project: Option<Project>,
    /// Files and directories whose change makes another run necessary.
    pub watched: Vec<PathBuf>,
    /// Files that would be read if there were any.
    pub missing: Vec<PathBuf>,
    pub diagnostics: Vec<Diagnostic>,
}

/// What a manifest names.
#[derive(Debug)]
pub struct Project {
    /// The name of the content, as the request gives it.
    pub name: Option<String>,
    pub manifest: Manifest,
    pub input: Input,
    /// Schemas that only a `$ref` names.
    pub referred: Referred,
    /// Where the lock file is, whether there is one or not.
    pub lock_path: PathBuf,
}

impl Loaded {
    /// Reads the manifest of a request and all files that it names.
    pub fn read(request: &Request, progress: &mut dyn FnMut(Progress)) -> Self {
        let mut files = Files::with_unsaved(request.unsaved.clone());
        let mut diagnostics = Vec::new();
        progress(Progress::Read { files: 0 });
        let path = request.manifest.as_path();
        let Some(manifest) = manifest(path, &mut files, &mut diagnostics) else {
            return Self {
                files,
                project: None,
                watched: vec![path.to_owned()],
                missing: Vec::new(),
                diagnostics,
            };
        };
        let mut input = input(&manifest, Threads::new(request.threads), &mut files, &mut diagnostics);
        progress(Progress::Read { files: input.documents.len() });
        let mut watched = input.watched.clone();
        watched.push(path.to_owned());
        input.lock = lock_text(path, &mut files, &mut diagnostics);
        let lock_path = lock_path(path);
        let mut missing = Vec::new();
        if input.lock.is_some() { &mut watched } else { &mut missing }.push(lock_path.clone());
        let mut referred = Referred::default();
        if !input.schema_missing {
            referred = referred_schemas(&manifest, &input, &mut files, &mut diagnostics);
            watched.extend(referred.watched.iter().cloned());
        }
        let project = Project { name: request.name.clone(), manifest, input, referred, lock_path };
        Self { files, project: Some(project), watched, missing, diagnostics }
    }
}
