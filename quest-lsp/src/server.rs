//! Reads what an editor sends, and gives it to the project that it is about.

use crate::documents::Documents;
use crate::features::{
    self, completion, definition, diagnostics, folding, hints, hover, lenses, references, rename, symbols,
};
use crate::position::Columns;
use crate::project::Project;
use crate::published::Published;
use crate::question::{Abilities, Answer, Asked, error};
use crate::uri;
use gen_lsp_types::Uri;
use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Folders deeper than this are not searched for manifests.
const MAX_DEPTH: usize = 6;

const MANIFEST: &str = "quest.toml";

pub(crate) fn serve(
    connection: &Connection,
    only: Option<PathBuf>,
) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (id, params) = connection.initialize_start()?;
    let abilities = abilities(&params);
    connection.initialize_finish(id, capabilities(abilities))?;
    let published = Arc::new(Published::new(connection.sender.clone()));
    let (documents, projects) = (Documents::default(), Vec::new());
    let mut server = Server { connection, only, abilities, documents, projects, published };
    if let Some(manifest) = server.only.clone() {
        server.add(manifest);
    }
    server.add_all(&roots(&params));
    server.watch(&params);
    let mut ends = false;
    for message in &connection.receiver {
        match message {
            Message::Request(Request { id, .. }) if ends => {
                let error = error(ErrorCode::InvalidRequest, "the editor has asked for a shutdown");
                server.send(Message::Response(Response { id, response_result: Err(error) }));
            }
            Message::Request(Request { id, method, .. }) if method == "shutdown" => {
                ends = true;
                server.send(Message::Response(Response::new_ok(id, Value::Null)));
            }
            Message::Request(request) => server.request(request),
            Message::Notification(Notification { method, .. }) if method == "exit" => {
                return if ends { Ok(()) } else { Err("the editor has not asked for a shutdown".into()) };
            }
            Message::Notification(_) if ends => {}
            Message::Notification(notification) => server.notification(notification),
            Message::Response(_) => {}
        }
    }
    Ok(())
}

/// What the editor can do.
fn abilities(params: &Value) -> Abilities {
    let at = |path: &str| params.pointer(&format!("/capabilities/{path}"));
    let has = |path: &str| at(path).is_some_and(|value| value == &Value::Bool(true));
    let lists = |path: &str, wanted: &str| {
        at(path).and_then(Value::as_array).is_some_and(|list| list.iter().any(|one| one == wanted))
    };
    let utf8 = lists("general/positionEncodings", "utf-8");
    Abilities {
        columns: if utf8 { Columns::Utf8 } else { Columns::Utf16 },
        pulls: at("textDocument/diagnostic").is_some(),
        refreshes: has("workspace/diagnostics/refreshSupport"),
        snippets: has("textDocument/completion/completionItem/snippetSupport"),
        document_changes: has("workspace/workspaceEdit/documentChanges"),
        renames_files: has("workspace/workspaceEdit/documentChanges")
            && lists("workspace/workspaceEdit/resourceOperations", "rename"),
        shows_references: params.pointer("/initializationOptions/showsReferences")
            == Some(&Value::Bool(true)),
    }
}

fn capabilities(abilities: Abilities) -> Value {
    let encoding = if abilities.columns == Columns::Utf8 { "utf-8" } else { "utf-16" };
    let mut capabilities = json!({
        "positionEncoding": encoding,
        "textDocumentSync": { "openClose": true, "change": 2, "save": true },
        "completionProvider": { "triggerCharacters": ["\"", ":", " "] },
        "hoverProvider": true,
        "definitionProvider": true,
        "referencesProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "renameProvider": { "prepareProvider": true },
        "codeActionProvider": { "codeActionKinds": ["quickfix"] },
        "codeLensProvider": { "resolveProvider": false },
        "inlayHintProvider": true,
        "foldingRangeProvider": true,
        "selectionRangeProvider": true,
        "workspace": { "workspaceFolders": { "supported": true, "changeNotifications": true } },
    });
    if abilities.pulls {
        capabilities["diagnosticProvider"] =
            json!({ "identifier": "questc", "interFileDependencies": true, "workspaceDiagnostics": false });
    }
    json!({
        "capabilities": capabilities,
        "serverInfo": { "name": "questc", "version": env!("CARGO_PKG_VERSION") },
    })
}

/// The folders that are open in the editor.
fn roots(params: &Value) -> Vec<PathBuf> {
    let mut roots = folders(params.get("workspaceFolders"));
    if roots.is_empty() {
        roots.extend(params.get("rootUri").and_then(Value::as_str).and_then(uri::path));
    }
    roots
}

/// The paths in a list of folders.
fn folders(list: Option<&Value>) -> Vec<PathBuf> {
    let list = list.and_then(Value::as_array).into_iter().flatten();
    list.filter_map(|folder| uri::path(folder.get("uri")?.as_str()?)).collect()
}

fn in_folder(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let manifest = folder.join(MANIFEST);
    if manifest.is_file() {
        found.push(manifest);
    }
    let Some(entries) = fs::read_dir(folder).ok().filter(|_| depth < MAX_DEPTH) else { return };
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) && !quest_rename::is_passed_over(&path) {
            in_folder(&path, depth + 1, found);
        }
    }
}

struct Server<'c> {
    connection: &'c Connection,
    /// The only manifest to serve, if the editor is not to look for them.
    only: Option<PathBuf>,
    abilities: Abilities,
    documents: Documents,
    projects: Vec<Project>,
    published: Arc<Published>,
}

impl Server<'_> {
    fn add(&mut self, manifest: PathBuf) {
        let is_meant = self.only.as_ref().is_none_or(|only| *only == manifest);
        if is_meant && self.projects.iter().all(|project| project.manifest != manifest) {
            let project = Project::start(manifest, self.abilities, Arc::clone(&self.published));
            project.change(self.documents.clone());
            self.projects.push(project);
        }
    }

    /// Adds the projects of folders.
    fn add_all(&mut self, roots: &[PathBuf]) {
        let mut found = Vec::new();
        roots.iter().for_each(|root| in_folder(root, 0, &mut found));
        found.sort();
        found.dedup();
        found.into_iter().for_each(|manifest| self.add(manifest));
    }

    /// Closes some projects.
    fn close(&mut self, closed: impl Fn(&Project) -> bool) {
        for project in self.projects.extract_if(.., |project| closed(project)) {
            project.close();
        }
    }

    /// Opens and closes the projects of folders that the editor has opened and closed.
    fn change_folders(&mut self, params: &Value) {
        let removed = folders(params.pointer("/event/removed"));
        self.close(|project| removed.iter().any(|folder| project.manifest.starts_with(folder)));
        self.add_all(&folders(params.pointer("/event/added")));
    }

    /// Has the question with an id answered no more, as far as it is not answered already.
    fn cancel(&self, params: &Value) {
        let id: Option<RequestId> = params.get("id").and_then(|id| RequestId::deserialize(id).ok());
        if let Some(id) = id {
            self.projects.iter().for_each(|project| project.cancel(id.clone()));
        }
    }

    /// Asks the editor to say when files change on disk.
    fn watch(&self, params: &Value) {
        let dynamic = "/capabilities/workspace/didChangeWatchedFiles/dynamicRegistration";
        if params.pointer(dynamic) != Some(&Value::Bool(true)) {
            return;
        }
        let watchers = json!([{ "globPattern": "**/*.{json,jsonc,yaml,yml,toml,ron,lock}" }]);
        let registration = json!({
            "id": "questc-files",
            "method": "workspace/didChangeWatchedFiles",
            "registerOptions": { "watchers": watchers },
        });
        let params = json!({ "registrations": [registration] });
        let request = Request::new(
            RequestId::from("questc-watch".to_owned()),
            "client/registerCapability".to_owned(),
            params,
        );
        self.send(Message::Request(request));
    }

    fn send(&self, message: Message) {
        let _ = self.connection.sender.send(message);
    }

    fn notification(&mut self, Notification { method, params, .. }: Notification) {
        match method.as_str() {
            "textDocument/didOpen" => self.open(&params),
            "textDocument/didChange" => self.change(&params),
            "textDocument/didClose" => {
                if let Some(path) =
                    text(&params, "/textDocument/uri").and_then(|uri| self.documents.close(uri))
                {
                    self.changed(&[path]);
                }
            }
            "textDocument/didSave" => {
                let path = text(&params, "/textDocument/uri").and_then(uri::path);
                self.changed(&path.into_iter().collect::<Vec<_>>());
            }
            "workspace/didChangeWorkspaceFolders" => self.change_folders(&params),
            "$/cancelRequest" => self.cancel(&params),
            "workspace/didChangeWatchedFiles" => self.changed_on_disk(&params),
            _ => {}
        }
    }

    fn open(&mut self, params: &Value) {
        let version = params.pointer("/textDocument/version").and_then(Value::as_i64);
        let version = version.and_then(|version| i32::try_from(version).ok()).unwrap_or_default();
        let (Some(uri), Some(text)) = (text(params, "/textDocument/uri"), text(params, "/textDocument/text"))
        else {
            return;
        };
        let Some(path) = self.documents.open(Uri(uri.to_owned()), version, text.to_owned()) else { return };
        if !self.projects.iter().any(|project| project.has(&path)) {
            let around = path.ancestors().skip(1).map(|folder| folder.join(MANIFEST));
            if let Some(manifest) = { around }.find(|manifest| manifest.is_file()) {
                self.add(manifest);
            }
        }
        self.changed(&[path]);
    }

    fn change(&mut self, params: &Value) {
        let version = params.pointer("/textDocument/version").and_then(Value::as_i64);
        let version = version.and_then(|version| i32::try_from(version).ok()).unwrap_or_default();
        let changes = params.get("contentChanges").and_then(Value::as_array);
        let (Some(uri), Some(changes)) = (text(params, "/textDocument/uri"), changes) else { return };
        match self.documents.change(uri, version, changes, self.abilities.columns) {
            Ok(path) => self.changed(&[path]),
            Err(message) => {
                log::warn!("{message}");
                self.send(Message::Notification(Notification::new(
                    "window/logMessage".to_owned(),
                    json!({ "type": 2, "message": message }),
                )));
                self.changed(&uri::path(uri).into_iter().collect::<Vec<_>>());
            }
        }
    }

    fn changed_on_disk(&mut self, params: &Value) {
        let changes = params.get("changes").and_then(Value::as_array);
        let changes = changes.into_iter().flatten();
        let paths: Vec<PathBuf> =
            changes.filter_map(|change| uri::path(change.get("uri")?.as_str()?)).collect();
        for path in &paths {
            if path.file_name().is_some_and(|name| name == MANIFEST) && path.is_file() {
                self.add(path.clone());
            }
        }
        self.close(|project| !project.manifest.is_file() && paths.contains(&project.manifest));
        self.changed(&paths);
    }

    /// Has the projects of some files checked again.
    fn changed(&self, paths: &[PathBuf]) {
        for project in &self.projects {
            if paths.iter().any(|path| project.has(path)) {
                project.change(self.documents.clone());
            }
        }
    }

    /// The project that a file belongs to: one that reads it, or else the one whose manifest is nearest.
    fn project(&self, path: &Path) -> Option<&Project> {
        let reads = self.projects.iter().find(|project| project.reads(path));
        reads.or_else(|| {
            let around = self.projects.iter().filter(|project| project.has(path));
            around.max_by_key(|project| project.manifest.components().count())
        })
    }

    fn request(&self, request: Request) {
        let Request { id, method, params, .. } = request;
        if method == "workspace/symbol" {
            return self.workspace_symbols(id, &params);
        }
        let Some(feature) = feature(&method) else {
            let error = error(ErrorCode::MethodNotFound, format!("`{method}` is not supported"));
            return self.send(Message::Response(Response { id, response_result: Err(error) }));
        };
        let uri = text(&params, "/textDocument/uri").unwrap_or_default().to_owned();
        let Some(project) = uri::path(&uri).and_then(|path| self.project(&path)) else {
            return self.send(Message::Response(Response::new_ok(id, nothing(&method))));
        };
        let abilities = self.abilities;
        project.ask(
            id,
            Box::new(move |view| match view {
                Some(view) => feature(&Asked { view, uri: &uri, params: &params, abilities }),
                None => Ok(nothing(&method)),
            }),
        );
    }

    /// Symbols of all projects: each is asked, and the editor gets the answer of the first that has one, since a request has one
    /// answer only. With one project, which is nearly always so, that is all.
    fn workspace_symbols(&self, id: RequestId, params: &Value) {
        let query = text(params, "/query").unwrap_or_default().to_owned();
        match self.projects.as_slice() {
            [] => self.send(Message::Response(Response::new_ok(id, json!([])))),
            [project] => project.ask(
                id,
                Box::new(move |view| {
                    Ok(view.map_or_else(|| json!([]), |view| symbols::in_project(view, &query)))
                }),
            ),
            [first, others @ ..] => {
                // The others answer to the first, which waits for them.
                let (sender, receiver) = crossbeam_channel::unbounded();
                for other in others {
                    let (sender, query) = (sender.clone(), query.clone());
                    other.tell(Box::new(move |view| {
                        let found = view.map_or_else(|| json!([]), |view| symbols::in_project(view, &query));
                        let _ = sender.send(found);
                    }));
                }
                drop(sender);
                first.ask(
                    id,
                    Box::new(move |view| {
                        let own = view.map_or_else(|| json!([]), |view| symbols::in_project(view, &query));
                        let all = std::iter::once(own).chain(receiver.iter());
                        let all = all.filter_map(|found| found.as_array().cloned()).flatten();
                        Ok(Value::Array(all.collect()))
                    }),
                );
            }
        }
    }
}

type Feature = fn(&Asked<'_, '_>) -> Answer;

/// What answers a request about a file.
fn feature(method: &str) -> Option<Feature> {
    Some(match method {
        "textDocument/completion" => completion::answer,
        "textDocument/hover" => hover::answer,
        "textDocument/definition" => definition::answer,
        "textDocument/references" => references::answer,
        "textDocument/documentSymbol" => symbols::in_document,
        "textDocument/prepareRename" => rename::prepare,
        "textDocument/rename" => rename::answer,
        "textDocument/codeAction" => features::actions::answer,
        "textDocument/codeLens" => lenses::answer,
        "textDocument/inlayHint" => hints::answer,
        "textDocument/foldingRange" => folding::answer,
        "textDocument/selectionRange" => folding::selections,
        "textDocument/diagnostic" => diagnostics::answer,
        _ => return None,
    })
}

/// The answer about a file of which nothing is known.
fn nothing(method: &str) -> Value {
    match method {
        "textDocument/diagnostic" => json!({ "kind": "full", "items": [] }),
        _ => Value::Null,
    }
}

fn text<'p>(params: &'p Value, pointer: &str) -> Option<&'p str> {
    params.pointer(pointer).and_then(Value::as_str)
}
