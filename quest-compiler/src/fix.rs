//! Mending content: what certainly was meant is written into the files, byte for byte where it stands.
//!
//! Comes in: the diagnostics of a run. Goes out: changed files. This knows places and texts; it does not know why a text is wrong.

use crate::compile::Run;
use crate::diagnostics::Edit;
use crate::text::FileId;
use crate::tool::Fixed;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Makes the fixes of a run, and says which. Files that changed since they were read are not touched.
pub(crate) fn apply(run: &Run) -> Result<Vec<Fixed>, String> {
    let mut files: BTreeMap<FileId, BTreeSet<(u32, u32, String)>> = BTreeMap::new();
    for fix in run.diagnostics.list.iter().filter_map(|diagnostic| diagnostic.fix.as_ref()) {
        if let Some(Edit { span, text }) = fix.edit(&run.files) {
            files.entry(span.file).or_default().insert((span.start, span.end, text));
        }
    }
    let mut made = Vec::new();
    for (file, edits) in files {
        let (name, source) = (run.files.name(file), run.files.text(file));
        let failed = |what: &dyn std::fmt::Display| format!("`{name}` cannot be fixed: {what}");
        let mut text = String::with_capacity(source.len());
        let mut done = 0;
        for (start, end, new) in edits {
            let (from, to) = (start as usize, end as usize);
            // Two diagnostics can want different things of one place: neither is certain then, but the first is as good as any.
            let (Some(before), Some(old)) = (source.get(done..from), source.get(from..to)) else { continue };
            let (line, column) = run.files.line_column(file, start);
            made.push(Fixed { file: name.to_owned(), line, column, old: old.to_owned(), new: new.clone() });
            text.push_str(before);
            text.push_str(&new);
            done = to;
        }
        text.push_str(source.get(done..).unwrap_or_default());
        let path = Path::new(name);
        if fs::read(path).map_err(|error| failed(&error))? != source.as_bytes() {
            return Err(failed(&"it has changed since it was read"));
        }
        // Not renamed over: links and permissions of a file that someone writes by hand stay as they are.
        fs::write(path, text).map_err(|error| failed(&error))?;
    }
    Ok(made)
}
