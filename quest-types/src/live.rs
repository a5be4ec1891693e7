//! Which tables and which language a game reads, and how that changes while it runs.
//!
//! A [`Set`] is tables with the texts of one language. A game has a pointer to the one that it reads, so a change of the language is a change
//! of that pointer: each language has all texts at the same offsets, the tables are there once, and a lookup costs the same as before. What
//! was read stays valid, since no set is ever dropped.

pub use crate::record::Current;

/// Tables with the texts of one language. Generated code makes them.
#[derive(Debug)]
pub struct Set<T> {
    /// The typed tables.
    pub tables: T,
    data: &'static [u8],
    text: &'static str,
    language: &'static str,
}

impl<T: Sync> Set<T> {
    /// Tables that were read from `data` and `text`, in a language.
    #[must_use]
    pub const fn new(tables: T, data: &'static [u8], text: &'static str, language: &'static str) -> Self {
        Self { tables, data, text, language }
    }

    /// The bytes of the tables.
    #[must_use]
    pub const fn data(&self) -> &'static [u8] {
        self.data
    }

    /// The texts.
    #[must_use]
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// The tag of the language, such as `de`.
    #[must_use]
    pub const fn language(&self) -> &'static str {
        self.language
    }

    /// Whether another set is of the same tables.
    pub(crate) fn has_tables_of(&self, other: &Self) -> bool {
        core::ptr::eq(self.data, other.data)
    }
}

/// Makes the set with a language the current one, or that with the nearest language that it is a variant of: `de` for `de-AT`. Gives the tag
/// of the language that is current then; `None`, and no change, if there is none.
#[must_use]
pub fn choose<T: Sync>(
    current: &Current<Set<T>>,
    sets: impl Iterator<Item = &'static Set<T>> + Clone,
    tag: &str,
) -> Option<&'static str> {
    let now = current.get();
    let mut wanted = tag;
    loop {
        let same = |set: &&Set<T>| set.has_tables_of(now) && is_same_tag(set.language, wanted);
        // A language that was loaded again replaces the one before.
        if let Some(found) = sets.clone().filter(same).last() {
            current.set(found);
            return Some(found.language);
        }
        (wanted, _) = wanted.rsplit_once(['-', '_'])?;
    }
}

/// Tags do not depend on case, and systems write `de_AT` for `de-AT`.
fn is_same_tag(one: &str, other: &str) -> bool {
    let letters = |tag: &str| -> [u8; 32] {
        let mut letters = [0; 32];
        for (to, from) in letters.iter_mut().zip(tag.bytes()) {
            *to = if from == b'_' { b'-' } else { from.to_ascii_lowercase() };
        }
        letters
    };
    one.len() == other.len() && letters(one) == letters(other)
}

#[cfg(test)]
mod tests {
    use super::{Current, Set, choose};

    const SETS: [Set<u32>; 3] =
        [Set::new(1, b"t", "", "en"), Set::new(2, b"t", "", "de"), Set::new(3, b"t", "", "de-AT")];

    #[test]
    fn the_nearest_language_is_chosen() {
        let data = SETS[0].data();
        let [en, de, at] = SETS.each_ref().map(|set| Set::new(set.tables, data, "", set.language()));
        extern crate std;
        let sets: &'static [Set<u32>] = std::boxed::Box::leak(std::boxed::Box::new([en, de, at]));
        let current = Current::new(&sets[0]);
        for (tag, expected, number) in [
            ("de", Some("de"), 2),
            ("de_at", Some("de-AT"), 3),
            ("de-CH-1901", Some("de"), 2),
            ("fr", None, 2),
            ("", None, 2),
            ("EN-us", Some("en"), 1),
        ] {
            assert_eq!(choose(&current, sets.iter(), tag), expected, "{tag}");
            assert_eq!(current.get().tables, number, "{tag}");
        }
    }
}
