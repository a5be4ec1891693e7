//! A project: a thread on which its phases stay alive, and answer, until a text changes.

use crate::documents::Documents;
use crate::published::Published;
use crate::question::{Abilities, Answer, Question, Told, error};
use crate::report;
use crate::view::{Shown, View};
use crossbeam_channel::{Receiver, Sender, unbounded};
use gen_lsp_types::Uri;
use lsp_server::{ErrorCode, Message, RequestId, Response};
use quest_compiler::driver::{Report, Request, look};
use quest_compiler::text::identity;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, VecDeque};
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// The handle of a project.
pub(crate) struct Project {
    pub(crate) manifest: PathBuf,
    tasks: Sender<Task>,
    files: Arc<Mutex<BTreeSet<OsString>>>,
}

enum Task {
    /// Texts have changed, in the editor or on disk.
    Change(Documents),
    Ask(RequestId, Question),
    /// The editor needs no answer to a question any more.
    Cancel(RequestId),
    /// A question of another project.
    Tell(Told),
    /// The editor has closed the project.
    Close,
}

impl Project {
    /// Starts the thread of a project. It ends when the handle is dropped.
    pub(crate) fn start(manifest: PathBuf, abilities: Abilities, published: Arc<Published>) -> Self {
        let (tasks, receiver) = unbounded();
        let files = Arc::new(Mutex::new(BTreeSet::new()));
        let worker = Worker {
            manifest: manifest.clone(),
            abilities,
            editor: published.editor.clone(),
            tasks: receiver,
            waiting: VecDeque::new(),
            documents: Documents::default(),
            published,
            files: Arc::clone(&files),
        };
        thread::spawn(move || worker.run());
        Self { manifest, tasks, files }
    }

    /// Whether a file belongs to the project: it was read for it, or is below its folder.
    pub(crate) fn has(&self, path: &Path) -> bool {
        self.reads(path) || self.manifest.parent().is_some_and(|folder| path.starts_with(folder))
    }

    /// Whether a file was read for the project.
    pub(crate) fn reads(&self, path: &Path) -> bool {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.contains(&identity(path))
    }

    pub(crate) fn change(&self, documents: Documents) {
        let _ = self.tasks.send(Task::Change(documents));
    }

    pub(crate) fn ask(&self, id: RequestId, question: Question) {
        let _ = self.tasks.send(Task::Ask(id, question));
    }

    pub(crate) fn cancel(&self, id: RequestId) {
        let _ = self.tasks.send(Task::Cancel(id));
    }

    /// Takes back what was sent of the project, and ends it.
    pub(crate) fn close(&self) {
        let _ = self.tasks.send(Task::Close);
    }

    pub(crate) fn tell(&self, told: Told) {
        let _ = self.tasks.send(Task::Tell(told));
    }
}

struct Worker {
    manifest: PathBuf,
    abilities: Abilities,
    editor: Sender<Message>,
    tasks: Receiver<Task>,
    waiting: VecDeque<Task>,
    documents: Documents,
    /// What all projects have sent.
    published: Arc<Published>,
    files: Arc<Mutex<BTreeSet<OsString>>>,
}

impl Worker {
    fn run(mut self) {
        let Some(Task::Change(documents)) = self.next() else { return };
        self.documents = documents;
        loop {
            let mut request = Request::check(&self.manifest);
            let mut open = HashMap::new();
            for (path, document) in self.documents.iter() {
                request.unsaved.insert(path, Arc::clone(&document.text));
                open.insert(identity(path), document.uri.clone());
            }
            let columns = self.abilities.columns;
            let mut next = None;
            let checked = catch_unwind(AssertUnwindSafe(|| {
                look(&request, &mut |_| {}, &mut |checked, diagnostics| {
                    let shown = Shown::new(checked.typed.files, columns, &open);
                    self.publish(&shown, diagnostics);
                    let view = View::new(checked, diagnostics, shown, &request);
                    next = Some(self.answer(Some(&view)));
                })
            }));
            let next = match (next, checked) {
                (Some(next), _) => next,
                (None, Ok(report)) => {
                    self.publish_report(&report, &open);
                    self.answer(None)
                }
                (None, Err(_)) => {
                    log::error!("checking {} panicked", self.manifest.display());
                    self.answer(None)
                }
            };
            match next {
                Some(documents) => self.documents = documents,
                None => return,
            }
        }
    }

    /// The next task; `None` once the handle of the project is gone.
    fn next(&mut self) -> Option<Task> {
        self.waiting.extend(self.tasks.try_iter());
        self.drop_cancelled();
        // Only the last change counts, and questions about an earlier text have no answer any more.
        if let Some(last) = self.waiting.iter().rposition(|task| matches!(task, Task::Change(_))) {
            let outdated: Vec<Task> = self.waiting.drain(..last).collect();
            for task in outdated {
                if let Task::Ask(id, _) = task {
                    let error = error(ErrorCode::ContentModified, "the text has changed since");
                    self.respond(id, Err(error));
                }
            }
        }
        self.waiting.pop_front().or_else(|| self.tasks.recv().ok())
    }

    /// Answers the questions that were taken back with the error that the protocol has for that.
    fn drop_cancelled(&mut self) {
        while let Some(at) = self.waiting.iter().position(|task| matches!(task, Task::Cancel(_))) {
            let Some(Task::Cancel(id)) = self.waiting.remove(at) else { continue };
            let asked = self.waiting.iter().position(|task| matches!(task, Task::Ask(own, _) if *own == id));
            if asked.and_then(|asked| self.waiting.remove(asked)).is_some() {
                self.respond(id, Err(error(ErrorCode::RequestCanceled, "the editor has taken it back")));
            }
        }
    }

    /// Answers questions until texts change, and gives the new ones; `None` if the project is closed.
    fn answer(&mut self, view: Option<&View<'_>>) -> Option<Documents> {
        loop {
            match self.next() {
                None => return None,
                Some(Task::Change(documents)) => return Some(documents),
                Some(Task::Close) => {
                    self.published.forget(&self.manifest, &self.versions());
                    return None;
                }
                // What it was about has been answered.
                Some(Task::Cancel(_)) => {}
                Some(Task::Tell(told)) => {
                    let _ = catch_unwind(AssertUnwindSafe(|| told(view)));
                }
                Some(Task::Ask(id, question)) => {
                    let answer = catch_unwind(AssertUnwindSafe(|| question(view))).unwrap_or_else(|_| {
                        Err(error(
                            ErrorCode::InternalError,
                            "questc has failed to answer this: please report it",
                        ))
                    });
                    self.respond(id, answer);
                }
            }
        }
    }

    fn respond(&self, id: RequestId, answer: Answer) {
        let _ = self.editor.send(Message::Response(Response { id, response_result: answer }));
    }

    fn publish_report(&mut self, report: &Report, open: &HashMap<OsString, Uri>) {
        let shown = Shown::new(&report.files, self.abilities.columns, open);
        self.publish(&shown, &report.diagnostics);
    }

    /// Sends the diagnostics of the files of which they have changed.
    fn publish(&mut self, shown: &Shown<'_>, found: &quest_compiler::diagnostics::Diagnostics) {
        let read = shown.files.names().map(|name| identity(Path::new(name)));
        *self.files.lock().unwrap_or_else(PoisonError::into_inner) = read.collect();
        let mut all = report::of_all(shown, found, &self.manifest);
        let versions = self.versions();
        if self.abilities.pulls {
            // The editor asks for those of open texts.
            all.retain(|uri, _| !versions.contains_key(uri));
        }
        self.published.publish(&self.manifest, all, &versions);
        if self.abilities.pulls && self.abilities.refreshes {
            let id = RequestId::from(format!("refresh-{}", self.manifest.display()));
            let request =
                lsp_server::Request::new(id, "workspace/diagnostic/refresh".to_owned(), Value::Null);
            let _ = self.editor.send(Message::Request(request));
        }
    }

    /// The versions of the open texts, by URI.
    fn versions(&self) -> HashMap<String, i32> {
        self.documents.iter().map(|(_, document)| (document.uri.0.clone(), document.version)).collect()
    }
}
