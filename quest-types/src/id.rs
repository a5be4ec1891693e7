//! What all ids have in common.

use core::fmt::{self, Debug, Display};
use core::hash::Hash;
use core::iter::FusedIterator;
use core::marker::PhantomData;
use core::ops::Range;
use core::str::FromStr;

/// An id: the name of something in the content, checked when the game was compiled.
///
/// The types are generated, one for each kind of key in the schema (`QuestId`, `StageId`, …), and this trait is
/// implemented by generated code only. An id is a row number of four bytes, ordered as the definitions in the content.
///
/// Row numbers change when content changes, so never save them: save what [`Display`] prints, and get the id back with
/// [`parse`](Self::parse), `str::parse`, or, with `[renames]` of the manifest applied,
/// [`parse_saved`](Self::parse_saved). With the feature `serde`, ids are serialised in this way.
pub trait Id:
    crate::__private::Generated + Copy + Eq + Ord + Hash + Debug + Display + FromStr + Send + Sync + 'static
{
    /// The kind as the schema's annotations name it, such as `quest.stage`.
    const KIND: &'static str;

    /// The row of this id in the table of its kind, from 0: an index for a `Vec` with an element for each of
    /// [`all`](Self::all). Only valid for the content that the game was compiled with.
    fn row(self) -> u32;

    /// The id as its definition in the content spells it. The id of a scoped kind does not include its
    /// parent's; [`Display`] does. `<not loaded>` while a run-time set of quests is empty.
    fn as_str(self) -> &'static str;

    /// Finds an id by its full path: what [`Display`] prints, such as `iron-path:find-descent`.
    #[must_use]
    fn parse(path: &str) -> Option<Self>;

    /// Finds an id by its full path in this content or in an earlier release: `[renames]` in the manifest says which
    /// ids have other names today. It also finds whatever belongs to something that was renamed.
    #[must_use]
    fn parse_saved(path: &str) -> Option<Self> {
        Self::parse(path)
    }

    /// Every id of the kind, in content order.
    #[must_use]
    fn all() -> Ids<Self>;

    /// The id in a row of the kind's table. There must be such a row.
    #[doc(hidden)]
    #[must_use]
    fn from_row(row: u32) -> Self;
}

/// The error of parsing an id: nothing in the content has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownId {
    /// The kind of id that was wanted, such as `quest.stage`.
    pub kind: &'static str,
}

impl UnknownId {
    /// For generated code.
    #[doc(hidden)]
    #[must_use]
    pub const fn of<I: Id>() -> Self {
        Self { kind: I::KIND }
    }
}

impl fmt::Display for UnknownId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown id of the kind `{}`", self.kind)
    }
}

impl core::error::Error for UnknownId {}

/// Every id of a kind, in content order.
#[derive(Clone, Debug)]
pub struct Ids<I> {
    rows: Range<u32>,
    kind: PhantomData<fn() -> I>,
}

impl<I: Id> Ids<I> {
    /// The ids in the first `count` rows.
    #[doc(hidden)]
    #[must_use]
    pub fn new(count: u32) -> Self {
        Self { rows: 0..count, kind: PhantomData }
    }
}

impl<I: Id> Iterator for Ids<I> {
    type Item = I;

    #[inline]
    fn next(&mut self) -> Option<I> {
        self.rows.next().map(I::from_row)
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<I> {
        self.rows.nth(n).map(I::from_row)
    }
}

impl<I: Id> DoubleEndedIterator for Ids<I> {
    #[inline]
    fn next_back(&mut self) -> Option<I> {
        self.rows.next_back().map(I::from_row)
    }
}

impl<I: Id> ExactSizeIterator for Ids<I> {}
impl<I: Id> FusedIterator for Ids<I> {}
