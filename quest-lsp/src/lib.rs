//! A language server for quest content: JSON, JSONC, YAML, TOML and RON files, and registries.
//!
//! An editor speaks to [`serve`] over a connection. Comes in: the texts that are open there, and questions about places in them. Goes
//! out: diagnostics whenever a text changes, and answers. The server owns no meaning: each project is checked by the phases of
//! `quest-compiler` with the texts of the editor in place of the files on disk, and questions are answered from what these phases know.
//!
//! `server` reads messages, `project` keeps a thread for each manifest on which the phases stay alive between changes, `documents` holds
//! the open texts, `published` what was sent, `position` converts places, `report` shows diagnostics, and each module of `features` answers one kind of `question`.

mod context;
mod documents;
mod features;
mod position;
mod project;
mod published;
mod question;
mod report;
mod server;
mod uri;
mod view;

use lsp_server::Connection;
use std::error::Error;
use std::path::Path;

/// Serves an editor until it asks to exit, or is gone. With a `manifest`, that project alone is served; without one, all that are in
/// the folders open in the editor, or around a file that it opens.
///
/// # Errors
///
/// The editor does not follow the protocol when the connection begins, or ends it without having asked for a shutdown.
///
/// ```
/// use lsp_server::{Connection, Message, Notification, Request};
/// use serde_json::json;
///
/// let (server, editor) = Connection::memory();
/// let serving = std::thread::spawn(move || quest_lsp::serve(&server, None));
/// let request = Request::new(1.into(), "initialize".into(), json!({ "capabilities": {} }));
/// editor.sender.send(Message::Request(request))?;
/// assert!(matches!(editor.receiver.recv()?, Message::Response(_)));
/// editor.sender.send(Message::Notification(Notification::new("initialized".into(), json!({}))))?;
/// editor.sender.send(Message::Request(Request::new(2.into(), "shutdown".into(), json!(null))))?;
/// editor.sender.send(Message::Notification(Notification::new("exit".into(), json!(null))))?;
/// assert!(serving.join().is_ok_and(|result| result.is_ok()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn serve(connection: &Connection, manifest: Option<&Path>) -> Result<(), Box<dyn Error + Send + Sync>> {
    let absolute = |path: &Path| path.canonicalize().or_else(|_| std::path::absolute(path));
    server::serve(connection, manifest.map(absolute).transpose()?)
}

/// Serves an editor over standard input and output.
///
/// # Errors
///
/// As [`serve`], and if the streams cannot be read or written.
pub fn serve_stdio(manifest: Option<&Path>) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (connection, threads) = Connection::stdio();
    serve(&connection, manifest)?;
    drop(connection);
    threads.join()?;
    Ok(())
}
