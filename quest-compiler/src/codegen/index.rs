//! The index that macros read (`docs/format.md`, Index).

use super::names::Names;
use crate::check::IdTables;
use crate::schema::{KindId, Model};
use quest_types::format;

/// An index that does not say yet which content it is of.
#[derive(Debug)]
pub struct Index(Vec<u8>);

impl Index {
    /// The bytes of the index of content with this fingerprint.
    pub fn of(self, content: u64) -> Vec<u8> {
        let Self(mut bytes) = self;
        bytes[CONTENT_AT..CONTENT_AT + 8].copy_from_slice(&content.to_le_bytes());
        bytes
    }
}

/// Where the fingerprint of the content stands, behind magic, format and flags.
const CONTENT_AT: usize = 16;

/// Every id with its row. It needs no tables, so it is made beside them.
pub fn index(model: &Model, names: &Names, ids: &IdTables<'_>, incomplete: bool) -> Index {
    let mut text = String::new();
    let paths = paths(model, ids, &mut text);
    let mut place = |part: &str| {
        let start = text.len() as u32;
        text.push_str(part);
        [start, part.len() as u32]
    };
    let words: Vec<_> = (0..model.kinds.len() as u32)
        .map(KindId)
        .map(|kind| [names.macro_name(kind), &model.kind(kind).path, names.id(kind)].map(&mut place))
        .collect();
    let mut kinds: Vec<u8> = Vec::new();
    let mut entries: Vec<u8> = Vec::new();
    let mut count = 0u32;
    for (at, (mut paths, words)) in paths.into_iter().zip(words).enumerate() {
        let path =
            |place: &(usize, usize)| text.as_bytes().get(place.0..place.0 + place.1).unwrap_or_default();
        paths.sort_unstable_by_key(|(place, row)| (path(place), *row));
        paths.dedup_by(|one, other| path(&one.0) == path(&other.0));
        let parent = model.kinds[at].parent.map_or(u32::MAX, |parent| parent.0);
        for number in words.into_iter().flatten().chain([parent, count, paths.len() as u32]) {
            kinds.extend(number.to_le_bytes());
        }
        count += paths.len() as u32;
        for ((start, length), row) in paths {
            for number in [start as u32, length as u32, row] {
                entries.extend(number.to_le_bytes());
            }
        }
    }
    let mut bytes = Vec::with_capacity(format::INDEX_HEADER + kinds.len() + entries.len() + text.len());
    bytes.extend(format::INDEX_MAGIC);
    bytes.extend(format::FORMAT.to_le_bytes());
    bytes.extend((if incomplete { format::INDEX_HAS_ERRORS } else { 0 }).to_le_bytes());
    bytes.extend([0; 8]);
    bytes.extend((model.kinds.len() as u32).to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(kinds);
    bytes.extend(entries);
    bytes.extend(text.as_bytes());
    Index(bytes)
}

/// The ids of all kinds with those of their scopes in front, written one after the other into `text`: for each kind the place and the
/// row of each. Parents come first, and what they are called is copied from there.
fn paths(model: &Model, ids: &IdTables<'_>, text: &mut String) -> Vec<Vec<((usize, usize), u32)>> {
    let mut places: Vec<Vec<((usize, usize), u32)>> = vec![Vec::new(); model.kinds.len()];
    let mut order: Vec<KindId> = (0..model.kinds.len() as u32).map(KindId).collect();
    order.sort_by_key(|kind| model.scopes(*kind).count());
    for kind in order {
        let parents = model.kind(kind).parent.map(|parent| places[parent.0 as usize].as_slice());
        let mut own = Vec::with_capacity(ids.of(kind).list.len());
        for (id, row) in ids.of(kind).list.iter().zip(0..) {
            let start = text.len();
            let parent = parents.and_then(|parents| parents.get(id.parent as usize));
            if let Some(((start, length), _)) = parent {
                text.extend_from_within(*start..*start + *length);
                text.push(':');
            }
            text.push_str(&id.text);
            own.push(((start, text.len() - start), row));
        }
        places[kind.0 as usize] = own;
    }
    places
}
