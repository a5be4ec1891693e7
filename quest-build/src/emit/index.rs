//! The index that macros read (`docs/format.md`, Index).

use super::names::Names;
use crate::check::Keys;
use crate::schema::{KindId, Model};
use quest_types::format;

/// Every id with its row.
pub(crate) fn index(
    model: &Model,
    names: &Names,
    keys: &Keys<'_>,
    content: u64,
    incomplete: bool,
) -> Vec<u8> {
    let mut text = String::new();
    let mut place = |part: &str| {
        let start = text.len() as u32;
        text.push_str(part);
        [start, part.len() as u32]
    };
    let mut kinds: Vec<u8> = Vec::new();
    let mut entries: Vec<u8> = Vec::new();
    let mut count = 0u32;
    for at in 0..model.kinds.len() as u32 {
        let kind = KindId(at);
        let mut paths: Vec<(String, u32)> =
            (0..keys.of(kind).list.len() as u32).map(|row| (keys.path(model, kind, row), row)).collect();
        paths.sort();
        paths.dedup_by(|a, b| a.0 == b.0);
        let words = [names.macro_name(kind), &model.kind(kind).path, names.id(kind)].map(&mut place);
        let parent = model.kind(kind).parent.map_or(u32::MAX, |parent| parent.0);
        for number in words.into_iter().flatten().chain([parent, count, paths.len() as u32]) {
            kinds.extend(number.to_le_bytes());
        }
        count += paths.len() as u32;
        for (path, row) in paths {
            let [start, length] = place(&path);
            for number in [start, length, row] {
                entries.extend(number.to_le_bytes());
            }
        }
    }
    let mut bytes = Vec::with_capacity(format::INDEX_HEADER + kinds.len() + entries.len() + text.len());
    bytes.extend(format::INDEX_MAGIC);
    bytes.extend(format::FORMAT.to_le_bytes());
    bytes.extend((if incomplete { format::INDEX_HAS_ERRORS } else { 0 }).to_le_bytes());
    bytes.extend(content.to_le_bytes());
    bytes.extend((model.kinds.len() as u32).to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(kinds);
    bytes.extend(entries);
    bytes.extend(text.as_bytes());
    bytes
}
