//! Writes what was certainly meant into content files.
//!
//! Comes in: the diagnostics of a run. Goes out: changed files. This knows spans and texts; it does not know why a text is wrong.

use super::error::DriverError;
use super::write::{Staged, unchanged};
use crate::diagnostics::{Diagnostics, Edit};
use crate::text::{FileId, Files};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A text in a file that was changed to what was certainly meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppliedFix {
    /// The file, as messages name it.
    pub file: String,
    /// The line of the text, from 1.
    pub line: usize,
    /// The column at which the text begins, from 1, in characters.
    pub column: usize,
    /// The text before.
    pub old: String,
    /// The text now.
    pub new: String,
}

/// The edits of a file, in the order of their spans.
type Edits = BTreeSet<(u32, u32, String)>;

/// Makes the certain fixes of a run: in all files or in none.
pub(super) fn apply_fixes(diagnostics: &Diagnostics, files: &Files) -> Result<Vec<AppliedFix>, DriverError> {
    let mut edits: BTreeMap<FileId, Edits> = BTreeMap::new();
    for Edit { span, text } in diagnostics.list.iter().flat_map(|diagnostic| diagnostic.edits(files)) {
        edits.entry(span.file).or_default().insert((span.start, span.end, text));
    }
    let mut applied = Vec::new();
    let mut staged = Staged::default();
    for (file, edits) in edits {
        let path = Path::new(files.name(file));
        unchanged(path, files.text(file))?;
        let text = edited(file, files, edits, &mut applied);
        staged.add(path, text.as_bytes())?;
    }
    staged.commit()?;
    Ok(applied)
}

/// The text of a file with its edits.
fn edited(file: FileId, files: &Files, edits: Edits, applied: &mut Vec<AppliedFix>) -> String {
    let source = files.text(file);
    let mut text = String::with_capacity(source.len());
    let mut done = 0;
    for (start, end, new) in edits {
        let (from, to) = (start as usize, end as usize);
        // Two diagnostics can want different things of one text. Neither is certain then; the first is as good as any.
        let (Some(before), Some(old)) = (source.get(done..from), source.get(from..to)) else { continue };
        let (line, column) = files.line_column(file, start);
        text.push_str(before);
        text.push_str(&new);
        done = to;
        let file = files.name(file).to_owned();
        applied.push(AppliedFix { file, line, column, old: old.to_owned(), new });
    }
    text.push_str(source.get(done..).unwrap_or_default());
    text
}
