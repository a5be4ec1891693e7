//! What a reference in the content leads to.

use core::fmt;

use crate::Id;

/// A reference that may name something unknown, where the project lets that pass as a warning.
///
/// A reference that must be known comes as the id itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ref<I> {
    /// It names this.
    Known(I),
    /// It names nothing that the compiler knows; this is the text in the content.
    Unknown(&'static str),
}

impl<I: Id> Ref<I> {
    /// The id, if the reference names one.
    #[must_use]
    #[inline]
    pub fn known(self) -> Option<I> {
        match self {
            Self::Known(id) => Some(id),
            Self::Unknown(_) => None,
        }
    }

    /// The id's own text (see [`Id::as_str`]), or the text in the content.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Known(id) => id.as_str(),
            Self::Unknown(text) => text,
        }
    }
}

impl<I: Id> fmt::Display for Ref<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Known(id) => fmt::Display::fmt(id, f),
            Self::Unknown(text) => f.pad(text),
        }
    }
}

/// The raw form of a reference whose kind depends on the content. Generated code turns it into an enum with
/// one variant for each kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Nothing stands there.
    Absent,
    /// A row of the `kind`-th kind that the reference allows, counted from 1.
    Link {
        /// Which of the kinds, from 1.
        kind: u8,
        /// The row of the id.
        row: u32,
    },
    /// A text that should name something and names nothing known.
    Unknown(&'static str),
    /// A text that need not name anything.
    Text(&'static str),
}
