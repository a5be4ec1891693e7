//! What a game links: typed quest tables that need no parsing, no allocation and no start-up work.
//!
//! `quest-build` compiles content into tables of bytes and writes the Rust types that read them; this crate has what
//! those types are made of. `include_quests!`, written once in the root of a crate, adds a module `quests` with an id
//! type for every kind of key and a record type for every object of the schema, and a macro for every kind of id:
//!
//! ```text
//! quest_types::include_quests!();
//!
//! let forge = quest!("iron-path");           // QuestId: four bytes, Copy, const
//! println!("{}", forge.name());              // &'static str out of the string pool
//! for stage in forge.stages() { .. }         // &'static [Stage]
//! ```
//!
//! The public part for games is small: the trait [`Id`], the views [`TextList`], [`IdList`] and [`ValueList`], the
//! enums [`Value`] and [`Ref`], the trait [`Stages`] with its derive, the types of the [`journal`], and with the
//! feature `load` the errors of the run-time loader. Everything else is what generated code calls: it is hidden from the
//! documentation, and changes with the number [`format::FORMAT`], which generated code asserts.
//!
//! # Features
//!
//! | feature | brings |
//! |---|---|
//! | `macros` (default) | `include_quests!`, the literals such as `quest!`, `#[derive(Stages)]` |
//! | `journal` | [`journal`]: plays quests; needs `alloc` |
//! | `serde` | serde's traits for ids, by their paths, and for the saves of a journal |
//! | `schema` | the JSON Schema of saves, by `schemars`; implies `journal` and `serde` |
//! | `load` | tables from a pack at run time (Quest Schema UC-001); needs `alloc` |
//! | `std` | `quests::load_file`; implies `load` |
//! | `log` | the messages of Quest Schema §15; implies `load` |
//!
//! # Unsafe code
//!
//! Records are views of bytes, which takes one cast: it is in the module `record`, with the one unsafe trait that it
//! relies on, and with the pointer to the tables that a game reads, which a change of the language exchanges. Everything else in this crate is safe code, and every read is checked against its bounds.

#![no_std]
#![deny(unsafe_code)]

#[cfg(any(feature = "load", feature = "journal"))]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

mod id;
pub mod journal;
mod list;
#[doc(hidden)]
pub mod live;
#[cfg(feature = "load")]
pub mod load;
mod macros;
mod record;
mod reference;
mod row;
#[cfg(feature = "serde")]
mod serde;
mod stages;
#[doc(hidden)]
pub mod table;
mod value;

pub use id::{Id, Ids, UnknownId};
pub use list::{IdList, List, ListIter, TextList, ValueList};
pub use reference::Ref;
pub use stages::Stages;

/// What `include_quests!` imports into the root of a crate by a glob.
#[cfg(feature = "macros")]
#[doc(hidden)]
pub mod __stages {
    pub use crate::Stages;
}
pub use value::Value;

#[doc(hidden)]
pub use list::{Element, Shown};
#[doc(hidden)]
pub use quest_format as format;
#[doc(hidden)]
pub use record::Record;
#[doc(hidden)]
pub use reference::Target;
#[doc(hidden)]
pub use row::{Row, broken};

#[cfg(feature = "macros")]
pub use quest_derive::Stages;

/// What expansions of this crate's macros need to name. Not for use by hand.
#[doc(hidden)]
pub mod __private {
    /// Seals traits that only generated code implements.
    pub trait Generated {}

    /// The id in a row, as an expression, a constant and a pattern. Macros name it once they have found the row.
    pub trait AtRow<const ROW: u32> {
        /// The id.
        const ID: Self;
    }

    /// Stands where a literal names nothing: the compiler stops at the message, and needs an id to go on with.
    pub trait NoId<I> {
        /// Any id.
        const ID: I;
    }

    impl<I: AtRow<{ u32::MAX }>> NoId<I> for () {
        const ID: I = I::ID;
    }

    pub use crate::macros::not_loaded;
    #[cfg(feature = "serde")]
    pub use crate::serde::{deserialize_id, serialize_id};
    #[cfg(feature = "serde")]
    pub use ::serde;
    #[cfg(feature = "macros")]
    pub use quest_derive::{define_macros, include, include_named, report, resolve, resolve_stages};
    #[cfg(feature = "std")]
    pub use std::path::Path;
}
