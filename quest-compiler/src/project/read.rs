//! Reading files as UTF-8.

use super::path::slashes;
use crate::diagnostics::{Diagnostic, code};
use crate::narrow::narrow_u32;
use crate::text::{Encoding, FileId, Files, Span};
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Invalid sequences that are reported of one file.
const MAX_REPORTED: usize = 5;

/// A file whose text is in [`Files`].
pub(super) struct FileText {
    pub(super) file: FileId,
    pub(super) text: Arc<String>,
    /// Whether the bytes were not UTF-8, so that the text is not what the author wrote.
    pub(super) lossy: bool,
}

/// Why a file cannot be read.
pub(super) struct ReadError {
    pub(super) words: String,
    pub(super) reason: Reason,
}

/// What can be done about a file that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    Missing,
    Directory,
    Link,
    Other,
}

impl ReadError {
    fn new(path: &Path, error: &io::Error) -> Self {
        let reason = match error.kind() {
            _ if let Some(words) = broken_link(path) => return Self { words, reason: Reason::Link },
            io::ErrorKind::NotFound => Reason::Missing,
            io::ErrorKind::IsADirectory => Reason::Directory,
            _ => Reason::Other,
        };
        Self { words: io_words(error), reason }
    }
}

pub(super) fn io_words(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a directory".to_owned(),
        io::ErrorKind::NotADirectory => "a part of its path is not a directory".to_owned(),
        io::ErrorKind::InvalidFilename => "the name is not valid".to_owned(),
        _ => error.to_string(),
    }
}

/// What is wrong with a broken link; `None` for all other files.
fn broken_link(path: &Path) -> Option<String> {
    /// Operating systems give up after about this many.
    const MAX_LINKS: usize = 40;
    let first = fs::read_link(path).ok()?;
    let mut at = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(target) = fs::read_link(&at) else {
            let there = fs::symlink_metadata(&at).is_ok();
            return (!there).then(|| format!("it is a link to `{}`, which is not there", slashes(&first)));
        };
        // The target of a link is relative to the directory of the link.
        at = at.parent().unwrap_or(Path::new("")).join(target);
    }
    Some(format!("it is a link to `{}`, and that leads back to it", slashes(&first)))
}

/// The bytes of a file, unless it is larger than [`Files::MAX_BYTES`]. What is not saved comes before what is on disk.
pub(super) fn read_bytes(path: &Path, files: &Files) -> Result<Vec<u8>, ReadError> {
    let unsaved = &files.unsaved;
    if let Some(text) = unsaved.text(path).filter(|text| text.len() <= Files::MAX_BYTES) {
        return Ok(text.as_bytes().to_vec());
    }
    let Some(path) = unsaved.on_disk(path) else {
        return Err(ReadError::new(path, &io::ErrorKind::NotFound.into()));
    };
    match read(path) {
        Ok(Some(bytes)) => Ok(bytes),
        Ok(None) => {
            let words = format!("it is larger than {} MB", Files::MAX_BYTES / 1_000_000);
            Err(ReadError { words, reason: Reason::Other })
        }
        Err(error) => Err(ReadError::new(path, &error)),
    }
}

/// `None` if the file is too large.
fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    let file = fs::File::open(path)?;
    let meta = file.metadata()?;
    if meta.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let most = Files::MAX_BYTES as u64;
    if meta.len() > most {
        return Ok(None);
    }
    let mut bytes = Vec::new();
    bytes.reserve_exact(meta.len() as usize + 1);
    // Some files do not report their size, so read one byte more than allowed to notice.
    file.take(most + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= most).then_some(bytes))
}

/// Decodes a file and adds it to [`Files`]. Anything but UTF-8 is reported: UTF-16 is decoded, other invalid bytes are replaced. `None` if
/// the text gets too large.
pub(super) fn add_text(
    name: String,
    bytes: Vec<u8>,
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FileText> {
    if let Some(text) = utf16(&bytes) {
        diagnostics.push(
            Diagnostic::new(&code::ENCODING, "this file is UTF-16")
                .about(name.clone())
                .help("save it as UTF-8"),
        );
        // It is still read: later diagnostics about its contents are right.
        let text = Some(Arc::new(text)).filter(|text| text.len() <= Files::MAX_BYTES)?;
        let file = files.add(name, Arc::clone(&text));
        let mark = matches!(bytes.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
        files.set_encoding(file, Encoding::Utf16(if mark { 2 } else { 0 }));
        return Some(FileText { file, text, lossy: true });
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => {
            let text = Arc::new(text);
            return Some(FileText { file: files.add(name, Arc::clone(&text)), text, lossy: false });
        }
        Err(error) => error.into_bytes(),
    };
    add_lossy(name, &bytes, files, diagnostics)
}

/// Adds a text that is not UTF-8, and reports its first invalid sequences.
fn add_lossy(
    name: String,
    bytes: &[u8],
    files: &mut Files,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<FileText> {
    // Every invalid sequence becomes one U+FFFD, as in `String::from_utf8_lossy`.
    let mut text = String::with_capacity(bytes.len());
    let mut bad = Vec::new();
    let mut places = Vec::new();
    let mut more = 0;
    let mut count = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if chunk.invalid().is_empty() {
            continue;
        }
        if count < MAX_REPORTED {
            let values: Vec<String> = chunk.invalid().iter().map(|byte| format!("0x{byte:02X}")).collect();
            let noun = if values.len() == 1 { "byte" } else { "bytes" };
            bad.push((text.len(), format!("{noun} {}", values.join(" "))));
        }
        count += 1;
        text.push('\u{fffd}');
        more += '\u{fffd}'.len_utf8() as i64 - chunk.invalid().len() as i64;
        places.push((narrow_u32(text.len()), more));
    }
    if text.len() > Files::MAX_BYTES {
        let title = format!("`{name}` cannot be read: nearly nothing in it is UTF-8");
        diagnostics.push(Diagnostic::new(&code::ENCODING, title).about(name).help("save the file as UTF-8"));
        return None;
    }
    let text = Arc::new(text);
    let file = files.add(name, Arc::clone(&text));
    files.set_encoding(file, Encoding::Replaced(places));
    let shown = bad.len();
    for (index, (at, what)) in bad.into_iter().enumerate() {
        let span = Span::new(file, at, at + '\u{fffd}'.len_utf8());
        let mut diagnostic = Diagnostic::new(&code::ENCODING, format!("not UTF-8: {what}"))
            .label(span, "no character in UTF-8")
            .help("save the file as UTF-8")
            .about_bytes();
        if index + 1 == shown && count > shown {
            diagnostic = diagnostic.note(format!("{} more places in this file are not UTF-8", count - shown));
        }
        diagnostics.push(diagnostic);
    }
    Some(FileText { file, text, lossy: true })
}

/// The text of a file in UTF-16, recognised by its byte order mark or by the opening bracket of JSON.
fn utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xFF, 0xFE, ..] | [b'{' | b'[', 0, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] | [0, b'{' | b'[', ..] => u16::from_be_bytes,
        _ => return None,
    };
    let units: Vec<u16> = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
    Some(String::from_utf16_lossy(&units).trim_start_matches('\u{feff}').to_owned())
}
