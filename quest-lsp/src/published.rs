//! What was sent of each file: a file can belong to several projects, and an editor keeps only what was sent last.

use crossbeam_channel::Sender;
use gen_lsp_types::{Diagnostic, PublishDiagnosticsParams, Uri};
use lsp_server::{Message, Notification};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The diagnostics of all projects, and the editor that gets them.
#[derive(Debug)]
pub(crate) struct Published {
    pub(crate) editor: Sender<Message>,
    /// Of each file, by URI, those of each project, by manifest.
    files: Mutex<BTreeMap<String, BTreeMap<PathBuf, Vec<Diagnostic>>>>,
}

impl Published {
    pub(crate) fn new(editor: Sender<Message>) -> Self {
        Self { editor, files: Mutex::default() }
    }

    /// Sends the diagnostics of the files of which a project has others than before, with those that other projects have of them.
    pub(crate) fn publish(
        &self,
        manifest: &Path,
        mut found: BTreeMap<String, Vec<Diagnostic>>,
        versions: &HashMap<String, i32>,
    ) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let before = files.iter().filter(|(_, projects)| projects.contains_key(manifest));
        let uris: BTreeSet<String> = before.map(|(uri, _)| uri).chain(found.keys()).cloned().collect();
        for uri in uris {
            let new = found.remove(&uri).unwrap_or_default();
            let projects = files.entry(uri.clone()).or_default();
            let known = merged(projects);
            if new.is_empty() {
                projects.remove(manifest);
            } else {
                projects.insert(manifest.to_owned(), new);
            }
            let diagnostics = merged(projects);
            if projects.is_empty() {
                files.remove(&uri);
            }
            if diagnostics != known {
                let version = versions.get(&uri).copied();
                let params = PublishDiagnosticsParams { uri: Uri(uri), version, diagnostics };
                let method = "textDocument/publishDiagnostics".to_owned();
                let _ = self.editor.send(Message::Notification(Notification::new(method, params)));
            }
        }
    }

    /// Takes back everything that a project has sent.
    pub(crate) fn forget(&self, manifest: &Path, versions: &HashMap<String, i32>) {
        self.publish(manifest, BTreeMap::new(), versions);
    }
}

/// The diagnostics of all projects about a file. What several say is said once.
fn merged(projects: &BTreeMap<PathBuf, Vec<Diagnostic>>) -> Vec<Diagnostic> {
    let mut all: Vec<Diagnostic> = Vec::new();
    for list in projects.values() {
        // Within a project nothing is said twice.
        let new: Vec<Diagnostic> = list.iter().filter(|one| !all.contains(one)).cloned().collect();
        all.extend(new);
    }
    all
}
