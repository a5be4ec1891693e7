//! Parsing files, on several threads if there is much to parse.

use crate::diagnostics::{Diagnostic, code};
use crate::project::read::FileText;
use crate::source::{Document, Format};
use crate::text::Files;
use std::thread;

/// Below this many bytes of content, starting threads takes longer than they save.
const PARALLEL_BYTES: usize = 1 << 20;

/// A content file that has been read.
pub(super) struct Unparsed {
    /// Its position among the files that were found.
    pub(super) file: usize,
    pub(super) text: FileText,
}

/// Parses a file in the given format, or in the one that its name implies.
pub(super) fn parse(
    FileText { file, text, lossy }: FileText,
    format: Option<Format>,
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Document {
    let name = files.name(file);
    if let Some(diagnostic) = format.is_none().then(|| unknown_format(name)).flatten() {
        diagnostics.push(diagnostic);
        return Document::unreadable(file);
    }
    let mut document = format.unwrap_or_else(|| Format::of(name)).read(name, file, text, diagnostics);
    document.broken |= lossy;
    document
}

/// Reports a file of a format that is never read.
fn unknown_format(name: &str) -> Option<Diagnostic> {
    const UNREAD: [&str; 12] =
        ["csv", "tsv", "xlsx", "xls", "ods", "xml", "html", "txt", "md", "ini", "js", "lua"];
    let file = name.rsplit('/').next().unwrap_or(name);
    let (_, ending) = file.rsplit_once('.')?;
    let ending = ending.to_ascii_lowercase();
    UNREAD.contains(&ending.as_str()).then(|| {
        let title = format!("`{name}` cannot be read: questc does not read `.{ending}` files");
        Diagnostic::new(&code::UNREADABLE, title).about(name).help(
            "write it as JSON, YAML, TOML or RON, or write a pattern in `content` that does not match it",
        )
    })
}

/// Parses content files, on several threads if that pays. The documents come back in the order of the files.
pub(super) fn parse_all(
    texts: Vec<Unparsed>,
    threads: usize,
    files: &Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<(usize, Document)> {
    let bytes: usize = texts.iter().map(|unparsed| unparsed.text.text.len()).sum();
    if texts.len() < 2 || threads < 2 || bytes <= PARALLEL_BYTES {
        let parsed =
            texts.into_iter().map(|unparsed| (unparsed.file, parse(unparsed.text, None, files, diagnostics)));
        return parsed.collect::<Vec<_>>();
    }
    let chunks = chunks(texts, bytes / threads + 1);
    thread::scope(|scope| {
        let workers: Vec<_> = chunks
            .into_iter()
            .map(|chunk| {
                scope.spawn(move || {
                    let mut diagnostics = Vec::new();
                    let documents: Vec<_> = chunk
                        .into_iter()
                        .map(|unparsed| (unparsed.file, parse(unparsed.text, None, files, &mut diagnostics)))
                        .collect();
                    (documents, diagnostics)
                })
            })
            .collect::<Vec<_>>();
        let mut documents = Vec::new();
        for worker in workers {
            match worker.join() {
                Ok((parsed, found)) => {
                    documents.extend(parsed);
                    diagnostics.extend(found);
                }
                Err(_) => {
                    diagnostics.push(Diagnostic::internal("a reader stopped in the middle of a file", None))
                }
            }
        }
        documents
    })
}

/// Consecutive files, in chunks of about `share` bytes.
fn chunks(texts: Vec<Unparsed>, share: usize) -> Vec<Vec<Unparsed>> {
    let mut chunks: Vec<Vec<Unparsed>> = Vec::new();
    let mut room = 0;
    for unparsed in texts {
        let size = unparsed.text.text.len();
        match chunks.last_mut() {
            Some(chunk) if size <= room => chunk.push(unparsed),
            _ => {
                room = share.max(size);
                chunks.push(vec![unparsed]);
            }
        }
        room -= size;
    }
    chunks
}
