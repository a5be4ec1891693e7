//! The string pools of other languages: all texts at the same offsets, so that the tables are the same for all languages.

use super::pool::Slot;
use crate::narrow::narrow_u32;
use crate::texts::{Language, TextPlace};
use quest_format as format;
use std::collections::HashMap;

/// The places of the texts that other languages translate. Empty if there are no other languages.
#[derive(Debug, Default)]
pub(super) struct Slots {
    pub(super) list: Vec<(TextPlace, Slot)>,
}

/// The pool of a language; `None` if it gets too large. A translation that does not fit its place is behind the others, and the place says
/// where; equal ones are there once.
pub(super) fn pool(base: &str, slots: &Slots, language: &Language) -> Option<String> {
    let mut pool = base.as_bytes().to_vec();
    let mut moved: HashMap<&str, u32> = HashMap::new();
    for (place, slot) in &slots.list {
        let Some(text) = language.texts.get(place) else { continue };
        let (start, size) = (slot.start as usize, slot.size as usize);
        let (length, count) = format::text_length(text.len())?;
        let written = count + text.len();
        if written <= size {
            let room = pool.get_mut(start..start + size)?;
            room[..count].copy_from_slice(&length[..count]);
            room[count..written].copy_from_slice(text.as_bytes());
            room[written..].fill(0);
            continue;
        }
        let at = match moved.get(text.as_str()) {
            Some(at) => *at,
            None => {
                let at = narrow_u32(pool.len());
                pool.extend(&length[..count]);
                pool.extend(text.as_bytes());
                moved.insert(text, at);
                at
            }
        };
        let room = pool.get_mut(start..start + size)?;
        let bytes = format::moved_text(at)?;
        room.get_mut(..bytes.len())?.copy_from_slice(&bytes);
        room[bytes.len()..].fill(0);
    }
    // Places begin and end between characters, and hold whole texts.
    String::from_utf8(pool).ok()
}

#[cfg(test)]
mod tests {
    use super::{Slots, pool};
    use crate::lower::pool::StringPool;
    use crate::schema::RecordId;
    use crate::texts::{Language, TextPlace};
    use quest_format as format;

    #[test]
    fn every_language_has_its_texts_at_the_same_offsets() {
        let texts = ["Iron", "", "The Rusted Heart", "é", "Iron"];
        let translations = ["Eisen", "leer", "Herz", "ein langer Text", "Eisen"];
        let mut base = StringPool::for_texts(8);
        let id = base.intern("iron-path");
        let place = |row: usize| TextPlace { row: (RecordId(0), row as u32), field: 0, element: 0 };
        let list: Vec<_> = texts.iter().enumerate().map(|(at, text)| (place(at), base.slot(text))).collect();
        let slots = Slots { list };
        let base = base.finish().expect("short texts fit");
        let mut german = Language { tag: "de".to_owned(), ..Language::default() };
        german.texts =
            translations.iter().enumerate().map(|(at, text)| (place(at), (*text).to_owned())).collect();
        german.texts.remove(&place(4));
        let made = pool(&base, &slots, &german).expect("short texts fit");
        assert_eq!(format::text(&made, id), Some("iron-path"));
        for (at, (_, slot)) in slots.list.iter().enumerate() {
            assert_eq!(format::text(&base, slot.start), Some(texts[at]));
            let expected = if at == 4 { texts[at] } else { translations[at] };
            assert_eq!(format::text(&made, slot.start), Some(expected));
        }
    }
}
