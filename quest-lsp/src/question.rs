//! Questions of an editor about a checked project, and what it is answered.

use crate::position::Columns;
use crate::view::View;
use gen_lsp_types::Position;
use lsp_server::{ErrorCode, ResponseError};
use serde_json::Value;

/// What a question gets: what is sent to the editor, or why there is no answer.
pub(crate) type Answer = Result<Value, ResponseError>;

/// A question about a checked project; about nothing if its manifest or a schema cannot be used.
pub(crate) type Question = Box<dyn FnOnce(Option<&View<'_>>) -> Answer + Send>;

/// Something that looks at a checked project and answers nobody.
pub(crate) type Told = Box<dyn FnOnce(Option<&View<'_>>) + Send>;

/// What an editor does.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Abilities {
    pub(crate) columns: Columns,
    /// It asks for the diagnostics of open files itself.
    pub(crate) pulls: bool,
    pub(crate) refreshes: bool,
    pub(crate) snippets: bool,
    /// Changes can name versions of documents.
    pub(crate) document_changes: bool,
    /// A change can give files other names.
    pub(crate) renames_files: bool,
    /// It has the command `questc.references`, which lists the uses of what is at a position of a file.
    pub(crate) shows_references: bool,
}

/// A question about a file of a checked project.
pub(crate) struct Asked<'a, 'v> {
    pub(crate) view: &'a View<'v>,
    pub(crate) uri: &'a str,
    pub(crate) params: &'a Value,
    pub(crate) abilities: Abilities,
}

impl Asked<'_, '_> {
    /// The position that it is about.
    pub(crate) fn position(&self) -> Result<Position, ResponseError> {
        self.read("position")
    }

    /// A parameter.
    pub(crate) fn read<T: serde::de::DeserializeOwned>(&self, name: &str) -> Result<T, ResponseError> {
        serde_json::from_value(self.params.get(name).cloned().unwrap_or_default())
            .map_err(|wrong| error(ErrorCode::InvalidParams, format!("`{name}`: {wrong}")))
    }
}

pub(crate) fn error(code: ErrorCode, message: impl Into<String>) -> ResponseError {
    ResponseError { code: code as i32, message: message.into(), data: None }
}
