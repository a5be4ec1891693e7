//! The one cast: a section of the tables, which is bytes, seen as a slice of records. And the one pointer: which tables a game reads.
//!
//! All unsafe code of the crate is in this file. It must not know what a record holds.

#![allow(
    unsafe_code,
    reason = "the one place where bytes become records, and where a pointer becomes a reference"
)]

use crate::Row;
use core::sync::atomic::{AtomicPtr, Ordering};

/// A reference that can be exchanged while others read it. Reading costs what reading a pointer costs.
///
/// What was read before stays valid, as all values live for good.
pub struct Current<T: 'static>(AtomicPtr<T>);

impl<T: Sync> Current<T> {
    /// A cell with this value.
    #[must_use]
    pub const fn new(value: &'static T) -> Self {
        Self(AtomicPtr::new(core::ptr::from_ref(value).cast_mut()))
    }

    /// The value.
    #[inline]
    #[must_use]
    pub fn get(&self) -> &'static T {
        // SAFETY: `new` and `set` are the only ones that write the pointer, and both make it of a `&'static T`. Nobody writes
        // through it. What the value holds was written before `set` released the pointer, and this acquires it. `T: Sync`, so any
        // thread may have the reference.
        unsafe { &*self.0.load(Ordering::Acquire) }
    }

    /// Exchanges the value. Other threads read the new one from now on, or a moment later.
    pub fn set(&self, value: &'static T) {
        self.0.store(core::ptr::from_ref(value).cast_mut(), Ordering::Release);
    }
}

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
