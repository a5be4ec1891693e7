//! Writes an index.

use super::{CONTENT_AT, ENTRY, HEADER, INCOMPLETE, KIND, MAGIC, RENAME};
use crate::{ABSENT, FORMAT};
use alloc::string::String;
use alloc::vec::Vec;

/// A kind and its ids.
#[derive(Clone, Debug)]
pub struct KindSource<'a> {
    /// The name of the macro that checks such an id; empty if there is none.
    pub macro_name: &'a str,
    /// Such as `quest.stage`.
    pub path: &'a str,
    /// The Rust type of such an id.
    pub type_name: &'a str,
    /// The position of the kind that scopes this one.
    pub parent: Option<usize>,
    /// The ids in row order: the row of the id in whose scope each is (ignored without a parent), and its own text.
    pub ids: Vec<(u32, &'a str)>,
}

/// An id that had another path before.
#[derive(Clone, Copy, Debug)]
pub struct Rename<'a> {
    /// The position of its kind.
    pub kind: usize,
    /// The path that it had.
    pub former: &'a str,
    /// Its row.
    pub row: u32,
}

/// An index without the fingerprint of its content, which is known only when the tables are finished.
#[derive(Debug)]
pub struct IndexBytes(Vec<u8>);

impl IndexBytes {
    /// The bytes of the index of content with this fingerprint.
    #[must_use]
    pub fn of_content(self, fingerprint: u64) -> Vec<u8> {
        let Self(mut bytes) = self;
        bytes[CONTENT_AT..CONTENT_AT + 8].copy_from_slice(&fingerprint.to_le_bytes());
        bytes
    }
}

/// Writes an index. `incomplete` says that the content had errors, so that ids may be missing.
///
/// Where two ids of a kind have the same path, the one in the first row is found.
#[must_use]
pub fn write(kinds: &[KindSource<'_>], renames: &[Rename<'_>], incomplete: bool) -> IndexBytes {
    let mut text = String::new();
    let paths = paths(kinds, &mut text);
    let (mut kind_bytes, mut entry_bytes, mut rename_bytes) = (Vec::new(), Vec::new(), Vec::new());
    let mut count = 0u32;
    for (kind, mut paths) in kinds.iter().zip(paths) {
        let path = |entry: &Path| text.get(entry.start..entry.end).unwrap_or_default();
        paths.sort_unstable_by(|one, other| path(one).cmp(path(other)).then(one.row.cmp(&other.row)));
        paths.dedup_by(|later, first| path(later) == path(first));
        for name in [kind.macro_name, kind.path, kind.type_name] {
            extend(&mut kind_bytes, push(&mut text, name));
        }
        let parent = kind.parent.map_or(ABSENT, |parent| parent as u32);
        extend(&mut kind_bytes, [parent, count, paths.len() as u32]);
        count += paths.len() as u32;
        for Path { start, end, row } in paths {
            extend(&mut entry_bytes, [start as u32, (end - start) as u32, row]);
        }
    }
    for Rename { kind, former, row } in renames {
        extend(&mut rename_bytes, [*kind as u32]);
        extend(&mut rename_bytes, push(&mut text, former));
        extend(&mut rename_bytes, [*row]);
    }
    debug_assert_eq!(kind_bytes.len(), kinds.len() * KIND);
    debug_assert_eq!(entry_bytes.len(), count as usize * ENTRY);
    debug_assert_eq!(rename_bytes.len(), renames.len() * RENAME);
    let parts = [kind_bytes.as_slice(), &entry_bytes, &rename_bytes, text.as_bytes()];
    let mut bytes = Vec::with_capacity(HEADER + parts.iter().map(|part| part.len()).sum::<usize>());
    bytes.extend(MAGIC);
    let flags = if incomplete { INCOMPLETE } else { 0 };
    extend(&mut bytes, [FORMAT, flags, 0, 0, kinds.len() as u32, count, renames.len() as u32]);
    parts.iter().for_each(|part| bytes.extend_from_slice(part));
    IndexBytes(bytes)
}

/// Where the path of an id is in the text, and the row of the id.
struct Path {
    start: usize,
    end: usize,
    row: u32,
}

/// Writes the paths of all ids into `text`. Kinds come after the kind that scopes them, and the paths of their parents
/// are copied from there.
fn paths(kinds: &[KindSource<'_>], text: &mut String) -> Vec<Vec<Path>> {
    let depth = |kind: usize| {
        let parent = |kind: &usize| kinds.get(*kind).and_then(|kind| kind.parent);
        core::iter::successors(Some(kind), parent).take(kinds.len() + 1).count()
    };
    let mut order: Vec<usize> = (0..kinds.len()).collect();
    order.sort_by_key(|kind| depth(*kind));
    let mut paths: Vec<Vec<Path>> = kinds.iter().map(|_| Vec::new()).collect();
    for at in order {
        let kind = &kinds[at];
        let mut own = Vec::with_capacity(kind.ids.len());
        for ((parent, id), row) in kind.ids.iter().zip(0..) {
            let start = text.len();
            if let Some(parent) = kind.parent.and_then(|kind| paths.get(kind)?.get(*parent as usize)) {
                text.extend_from_within(parent.start..parent.end);
                text.push(':');
            }
            text.push_str(id);
            own.push(Path { start, end: text.len(), row });
        }
        paths[at] = own;
    }
    paths
}

/// Appends a text; gives its offset and length.
fn push(text: &mut String, part: &str) -> [u32; 2] {
    let start = text.len() as u32;
    text.push_str(part);
    [start, part.len() as u32]
}

fn extend<const N: usize>(bytes: &mut Vec<u8>, numbers: [u32; N]) {
    bytes.extend(numbers.into_iter().flat_map(u32::to_le_bytes));
}
