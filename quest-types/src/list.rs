//! Lists of texts, ids, values and other things that are made from a row when they are read.
//!
//! A list of objects is a plain slice of records. What is smaller than an object lies in a table of elements
//! that all lists share; a list is a view of a range in it.

use core::fmt;
use core::iter::FusedIterator;
use core::slice;

use crate::row::LongRanges;
use crate::{Id, Record, Ref, Row, Target, Value, broken, format};

/// What a [`List`] can hold. Implemented here and by generated code.
pub trait Element: Copy + 'static {
    /// The row that holds one element.
    type Row: Record;

    /// Makes the element from its row and the string pool.
    fn read(row: &'static Self::Row, pool: &'static str) -> Self;
}

impl Element for &'static str {
    type Row = Row<{ format::TEXT }>;

    #[inline]
    fn read(row: &'static Self::Row, pool: &'static str) -> Self {
        row.text(pool, 0)
    }
}

impl Element for Value {
    type Row = Row<{ format::VALUE }>;

    #[inline]
    fn read(row: &'static Self::Row, pool: &'static str) -> Self {
        row.value(pool, 0).unwrap_or_else(|| broken())
    }
}

impl Element for Target {
    type Row = Row<{ format::TARGET }>;

    #[inline]
    fn read(row: &'static Self::Row, pool: &'static str) -> Self {
        row.target(pool, 0)
    }
}

impl<I: Id> Element for Ref<I> {
    type Row = Row<{ format::TARGET }>;

    #[inline]
    fn read(row: &'static Self::Row, pool: &'static str) -> Self {
        row.reference(pool, 0).unwrap_or_else(|| broken())
    }
}

/// A list in the content: a view that is copied freely and makes its elements when they are read.
///
/// It compares with slices and arrays, and `for tag in quest.tags()` works as with a slice, except that the
/// elements come by value.
pub struct List<T: Element> {
    rows: &'static [T::Row],
    pool: &'static str,
}

/// A list of strings.
pub type TextList = List<&'static str>;
/// A list of ids.
pub type IdList<I> = List<I>;
/// A list of values of any type.
pub type ValueList = List<Value>;

impl<T: Element> List<T> {
    /// A view of these rows.
    #[doc(hidden)]
    #[inline]
    #[must_use]
    pub const fn new(rows: &'static [T::Row], pool: &'static str) -> Self {
        Self { rows, pool }
    }

    /// The number of elements.
    #[inline]
    #[must_use]
    pub const fn len(self) -> usize {
        self.rows.len()
    }

    /// Whether there is no element.
    #[inline]
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.rows.is_empty()
    }

    /// The element at a position, counted from 0.
    #[inline]
    #[must_use]
    pub fn get(self, position: usize) -> Option<T> {
        self.rows.get(position).map(|row| T::read(row, self.pool))
    }

    /// The first element.
    #[inline]
    #[must_use]
    pub fn first(self) -> Option<T> {
        self.get(0)
    }

    /// Whether an element equals this one. Looks at one element after the other.
    #[must_use]
    pub fn contains(self, element: T) -> bool
    where
        T: PartialEq,
    {
        self.iter().any(|found| found == element)
    }

    /// The elements in content order.
    #[inline]
    #[must_use]
    pub fn iter(self) -> ListIter<T> {
        ListIter { rows: self.rows.iter(), pool: self.pool }
    }
}

/// Cells that hold lists.
impl<const N: usize> Row<N> {
    /// A range cell over any list of elements.
    #[inline]
    #[must_use]
    pub fn list<T: Element>(
        &self,
        pool: &'static str,
        rows: &'static [T::Row],
        long: LongRanges,
        at: usize,
    ) -> List<T> {
        List::new(self.range(rows, long, at), pool)
    }

    /// A range cell over the list of texts.
    #[inline]
    #[must_use]
    pub fn texts(
        &self,
        pool: &'static str,
        rows: &'static [Row<{ format::TEXT }>],
        long: LongRanges,
        at: usize,
    ) -> TextList {
        self.list(pool, rows, long, at)
    }

    /// A range cell over the list of ids.
    #[inline]
    #[must_use]
    pub fn ids<I: Id + Element<Row = Row<4>>>(
        &self,
        rows: &'static [Row<4>],
        long: LongRanges,
        at: usize,
    ) -> IdList<I> {
        self.list("", rows, long, at)
    }

    /// A range cell over the list of values.
    #[inline]
    #[must_use]
    pub fn values(
        &self,
        pool: &'static str,
        rows: &'static [Row<{ format::VALUE }>],
        long: LongRanges,
        at: usize,
    ) -> ValueList {
        self.list(pool, rows, long, at)
    }

    /// A range cell over the list of targets, as what generated code makes of a [`Target`].
    #[inline]
    #[must_use]
    pub fn targets<T: Element<Row = Row<{ format::TARGET }>>>(
        &self,
        pool: &'static str,
        rows: &'static [Row<{ format::TARGET }>],
        long: LongRanges,
        at: usize,
    ) -> List<T> {
        self.list(pool, rows, long, at)
    }

    /// A range cell over the list of variants, as what generated code makes of a position.
    #[inline]
    #[must_use]
    pub fn variants<T: Element<Row = Row<1>>>(
        &self,
        rows: &'static [Row<1>],
        long: LongRanges,
        at: usize,
    ) -> List<T> {
        self.list("", rows, long, at)
    }
}

impl<T: Element> Clone for List<T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Element> Copy for List<T> {}

impl<T: Element + fmt::Debug> fmt::Debug for List<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Element + PartialEq> PartialEq for List<T> {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl<T: Element + Eq> Eq for List<T> {}

impl<T: Element + PartialEq> PartialEq<[T]> for List<T> {
    fn eq(&self, other: &[T]) -> bool {
        self.iter().eq(other.iter().copied())
    }
}

impl<T: Element + PartialEq> PartialEq<&[T]> for List<T> {
    fn eq(&self, other: &&[T]) -> bool {
        *self == **other
    }
}

impl<T: Element + PartialEq, const N: usize> PartialEq<[T; N]> for List<T> {
    fn eq(&self, other: &[T; N]) -> bool {
        *self == other[..]
    }
}

impl<T: Element> IntoIterator for List<T> {
    type Item = T;
    type IntoIter = ListIter<T>;

    #[inline]
    fn into_iter(self) -> ListIter<T> {
        self.iter()
    }
}

impl<T: Element> IntoIterator for &List<T> {
    type Item = T;
    type IntoIter = ListIter<T>;

    #[inline]
    fn into_iter(self) -> ListIter<T> {
        self.iter()
    }
}

/// The elements of a [`List`].
pub struct ListIter<T: Element> {
    rows: slice::Iter<'static, T::Row>,
    pool: &'static str,
}

impl<T: Element> Clone for ListIter<T> {
    #[inline]
    fn clone(&self) -> Self {
        Self { rows: self.rows.clone(), pool: self.pool }
    }
}

impl<T: Element + fmt::Debug> fmt::Debug for ListIter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.clone()).finish()
    }
}

impl<T: Element> Iterator for ListIter<T> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        self.rows.next().map(|row| T::read(row, self.pool))
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.rows.size_hint()
    }

    #[inline]
    fn nth(&mut self, n: usize) -> Option<T> {
        self.rows.nth(n).map(|row| T::read(row, self.pool))
    }
}

impl<T: Element> DoubleEndedIterator for ListIter<T> {
    #[inline]
    fn next_back(&mut self) -> Option<T> {
        self.rows.next_back().map(|row| T::read(row, self.pool))
    }
}

impl<T: Element> ExactSizeIterator for ListIter<T> {}
impl<T: Element> FusedIterator for ListIter<T> {}

/// What an iterator gives, for `Debug` of the object that has it.
#[derive(Clone)]
pub struct Shown<I>(pub I);

impl<I: Iterator + Clone> fmt::Debug for Shown<I>
where
    I::Item: fmt::Debug,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.clone()).finish()
    }
}
