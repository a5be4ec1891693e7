//! Which ids a player may have meant.

use crate::distance::distance;
use crate::quests::Alias;
use crate::resolve::folded;
use crate::{ID_BYTES, Thing};
use core::fmt;

/// More than this is a list to search, not an answer.
const MOST: usize = 3;

/// How near an id is to what was written; less is nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// Its word with this number begins like that, and this many letters follow in all other places.
    Begins { word: usize, more: usize },
    /// As a whole, or in one word, so many letters are wrong.
    Wrong { letters: u8, more: usize },
}

/// At most three things, the nearest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Near {
    found: [Option<Thing>; MOST],
}

impl Near {
    /// The things, the nearest first.
    pub fn iter(&self) -> impl Iterator<Item = Thing> + Clone {
        self.found.into_iter().flatten()
    }

    /// Whether nothing is near.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

impl fmt::Display for Near {
    /// `` `ward-writ`, `ward-wraith` or `vault-ward` ``
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = self.iter().count();
        for (at, thing) in self.iter().enumerate() {
            let between = match at {
                0 => "",
                at if at + 1 == count => " or ",
                _ => ", ",
            };
            write!(f, "{between}`{}`", thing.canonical_id())?;
        }
        Ok(())
    }
}

/// What a player may have meant who wrote something that is no id.
///
/// Whatever has a word that begins like it counts: `ward` gives `ward-writ` before `ward-wraith`, since less is missing.
/// If nothing does, words that are misspelt count. Aliases are looked at too, and lead to what they name. Of two things
/// that are equally near, the first in the order of [`Thing::every`] comes first.
#[must_use]
pub fn suggest(written: &str) -> Near {
    suggest_known(written, |_| true)
}

/// As [`suggest`], but only of what the player knows about.
#[must_use]
pub fn suggest_known(written: &str, knows: impl Fn(Thing) -> bool) -> Near {
    let written = Folded::new(written);
    let mut best: [Option<(Nearness, Thing)>; MOST] = [None; MOST];
    for thing in Thing::every().filter(|thing| knows(*thing)) {
        let aliases = Alias::all().iter().filter(|alias| alias.thing() == thing);
        let names = core::iter::once(thing.canonical_id()).chain(aliases.map(|alias| alias.id().as_str()));
        let Some(nearness) = names.filter_map(|name| nearness(written.as_bytes(), name)).min() else {
            continue;
        };
        // The first slot that is free or holds something farther; the rest moves on by one.
        if let Some(at) = best.iter().position(|slot| slot.is_none_or(|(other, _)| nearness < other)) {
            best[at..].rotate_right(1);
            best[at] = Some((nearness, thing));
        }
    }
    // Where something begins like that, misspelt words are noise.
    let begins = matches!(best[0], Some((Nearness::Begins { .. }, _)));
    let counts = |nearness| !begins || matches!(nearness, Nearness::Begins { .. });
    Near { found: best.map(|slot| slot.and_then(|(nearness, thing)| counts(nearness).then_some(thing))) }
}

fn nearness(written: &[u8], name: &str) -> Option<Nearness> {
    if written.len() < 2 {
        return None; // one letter begins half of all words
    }
    let whole = Folded::new(name);
    let more = whole.as_bytes().len().saturating_sub(written.len());
    let words = || name.split(['-', '_']).map(Folded::new);
    if let Some(word) = words().position(|word| word.as_bytes().starts_with(written)) {
        return Some(Nearness::Begins { word, more });
    }
    let letters =
        core::iter::once(whole).chain(words()).filter_map(|word| distance(written, word.as_bytes())).min()?;
    let allowed = (written.len() / 3).clamp(1, 4);
    (usize::from(letters) <= allowed).then_some(Nearness::Wrong { letters, more })
}

/// A word without case and signs. What does not fit is not an id, and near to none.
#[derive(Clone, Copy)]
struct Folded {
    bytes: [u8; ID_BYTES + 1],
    length: usize,
}

impl Folded {
    fn new(word: &str) -> Self {
        let mut bytes = [0; ID_BYTES + 1];
        let mut length = 0;
        for (byte, folded) in bytes.iter_mut().zip(folded(word)) {
            *byte = folded;
            length += 1;
        }
        Self { bytes, length }
    }

    fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}
