//! The one cast: a section of the tables, which is bytes, seen as a slice of records.
//!
//! All unsafe code of the crate is in this file. It must not know what a record holds.

#![allow(unsafe_code, reason = "the one place where bytes become records")]

use crate::Row;

/// A type that is nothing but the bytes of its row. Implemented by `record!` in generated code.
///
/// # Safety
///
/// The type is `#[repr(transparent)]` over a [`Row`]: its alignment is 1, every byte of it is initialised,
/// every value of every byte is valid, and it has no interior mutability.
pub unsafe trait Record: Sized + Send + Sync + 'static {}

// SAFETY: `Row<N>` is `#[repr(transparent)]` over `[u8; N]`.
unsafe impl<const N: usize> Record for Row<N> {}

/// The bytes of so many rows, seen as records.
///
/// # Panics
///
/// If there are more bytes or fewer.
pub(crate) const fn cast<T: Record>(bytes: &'static [u8], rows: usize) -> &'static [T] {
    const { assert!(align_of::<T>() == 1, "a record is made of bytes") };
    assert!(bytes.len() == rows * size_of::<T>(), "a section is as long as its rows");
    // SAFETY: the assertion above says that `bytes` is `rows` times the size of `T` long; it is one borrow of
    // 'static data, never written. `T: Record` promises that `T` has alignment 1 (asserted as well) and that
    // any bytes are a valid `T` without interior mutability.
    unsafe { core::slice::from_raw_parts(bytes.as_ptr().cast::<T>(), rows) }
}
