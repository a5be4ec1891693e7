//! The binary formats of questc, which `docs/format.md` describes: constants, hashing, the lookup of ids, and the index
//! file.
//!
//! `quest-compiler` writes these formats, `quest-types` reads tables and packs in a game, and `quest-derive` reads the
//! index while game code compiles. Whatever two of them must agree on is defined here, once. All integers are little
//! endian, and nothing is aligned.
//!
//! This crate is an implementation detail of those three. It has the same version as they do and makes no promise of
//! compatibility between versions.
//!
//! | module | subject |
//! |---|---|
//! | `tables` | header of `quests.tables` |
//! | `pack` | header and checksum of `quests.pack` |
//! | `cell` | cells of a row: their sizes, tags and encodings |
//! | [`lookup`] | the open-addressing hash table that leads from an id to its row |
//! | [`program`] | sections that the journal plays |
//! | [`index`] | `quests.index`, which the macros read (feature `alloc`) |
//! | [`suggest`] | "did you mean" (feature `suggest`) |

#![no_std]
#![forbid(unsafe_code)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(test)]
extern crate std;

mod cell;
#[cfg(feature = "alloc")]
pub mod index;
pub mod lookup;
mod pack;
pub mod program;
#[cfg(feature = "suggest")]
pub mod suggest;
mod tables;

pub use cell::*;
pub use pack::*;
pub use tables::*;

use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Version of all formats and of the code generated for them. Generated code asserts it.
pub const FORMAT: u32 = 4;

/// No row, no text, no parent: the value of a `u32` that refers to nothing.
pub const ABSENT: u32 = u32::MAX;

/// The hash of all formats: `xxh3_64` with a seed.
#[must_use]
pub fn hash(bytes: &[u8], seed: u64) -> u64 {
    xxh3_64_with_seed(bytes, seed)
}

#[cfg(test)]
mod tests {
    use super::hash;

    #[test]
    fn hash_is_xxh3() {
        // The values of the reference implementation, so that a change of crate cannot change files.
        assert_eq!(hash(b"", 0), 0x2d06_8005_38d3_94c2);
        assert_eq!(hash(b"abc", 0), 0x78af_5f94_892f_3950);
    }
}
