//! From what a player writes to the id that is meant.

use crate::quests::{Alias, AliasId};
use crate::{Near, TITLE_BYTES, Thing, suggest_known};
use core::fmt;

/// How something was named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By its id.
    Id,
    /// By an alias.
    Alias(AliasId),
    /// By its id in other case, or with other signs between the words.
    Spelling,
    /// By its title.
    Title,
}

/// What a name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resolved {
    /// The thing.
    pub thing: Thing,
    /// How it was named.
    pub way: Way,
}

impl fmt::Display for Resolved {
    /// The title, with the id, so that players learn what is shorter to type: `Magister Livia [livia]`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.thing.title(), self.thing.canonical_id())
    }
}

/// Why a name means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unresolved<'a> {
    /// Nothing has such a long name.
    TooLong {
        /// How long it is.
        bytes: usize,
    },
    /// Nothing is called so.
    Unknown {
        /// What was written, without blanks around it.
        written: &'a str,
        /// What may have been meant.
        near: Near,
    },
}

impl fmt::Display for Unresolved<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong { bytes } => write!(f, "no name has {bytes} bytes: the longest have {TITLE_BYTES}"),
            Self::Unknown { written, near } => {
                write!(f, "nothing is called `{written}`")?;
                if near.is_empty() { Ok(()) } else { write!(f, "; did you mean {near}?") }
            }
        }
    }
}

impl core::error::Error for Unresolved<'_> {}

/// What a name means: an id, an alias, an id in another spelling, or a title, in this order.
///
/// # Errors
///
/// Says that nothing is called so, and what is called nearly so.
pub fn resolve(written: &str) -> Result<Resolved, Unresolved<'_>> {
    resolve_known(written, |_| true)
}

/// As [`resolve`], but suggests only what the player knows about. What exists can be named all the same.
///
/// # Errors
///
/// As [`resolve`].
pub fn resolve_known(written: &str, knows: impl Fn(Thing) -> bool) -> Result<Resolved, Unresolved<'_>> {
    let written = written.trim();
    if written.len() > TITLE_BYTES {
        return Err(Unresolved::TooLong { bytes: written.len() });
    }
    let found = None
        .or_else(|| Thing::with_id(written).map(|thing| Resolved { thing, way: Way::Id }))
        .or_else(|| AliasId::find(written).map(aliased))
        .or_else(|| spelt(written, Thing::canonical_id).map(|thing| Resolved { thing, way: Way::Spelling }))
        .or_else(|| {
            Alias::all().iter().map(Alias::id).find(|alias| same(alias.as_str(), written)).map(aliased)
        })
        .or_else(|| spelt(written, Thing::title).map(|thing| Resolved { thing, way: Way::Title }));
    found.ok_or_else(|| Unresolved::Unknown { written, near: suggest_known(written, knows) })
}

fn aliased(alias: AliasId) -> Resolved {
    Resolved { thing: alias.thing(), way: Way::Alias(alias) }
}

fn spelt(written: &str, name: impl Fn(Thing) -> &'static str) -> Option<Thing> {
    Thing::every().find(|thing| same(name(*thing), written))
}

/// The letters and digits of a name in lower case, without what stands between the words.
pub(crate) fn folded(name: &str) -> impl Iterator<Item = u8> + Clone {
    // Letters outside of ASCII occur in titles and stay as they are.
    name.bytes()
        .filter(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
        .map(|byte| byte.to_ascii_lowercase())
}

/// Whether two names differ in nothing but case and signs.
pub(crate) fn same(a: &str, b: &str) -> bool {
    folded(a).next().is_some() && folded(a).eq(folded(b))
}
