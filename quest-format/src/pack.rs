//! The header of `quests.pack`: tables and texts in one file, for games that load content at run time.

use crate::hash;

/// First bytes of the file.
pub const PACK_MAGIC: [u8; 8] = *b"QSTPACK\0";
/// Offset of [`FORMAT`](crate::FORMAT) (u32).
pub const PACK_FORMAT_AT: usize = 8;
/// Offset of the layout fingerprint (u64).
pub const PACK_LAYOUT_AT: usize = 16;
/// Offset of the content fingerprint (u64).
pub const PACK_CONTENT_AT: usize = 24;
/// Offset of the ids fingerprint (u64).
pub const PACK_IDS_AT: usize = 32;
/// Offset of the length of the tables in bytes (u64).
pub const PACK_TABLES_AT: usize = 40;
/// Offset of the length of the texts in bytes (u64).
pub const PACK_TEXTS_AT: usize = 48;
/// Offset of the checksum (u64): see [`pack_checksum`].
pub const PACK_CHECKSUM_AT: usize = 56;
/// Bytes before the tables.
pub const PACK_HEADER: usize = 64;

/// First bytes of a language pack.
pub const LANGUAGE_MAGIC: [u8; 8] = *b"QSTLANG\0";
/// Offset of the length of the language's tag in bytes (u32). The format is where a pack has it.
pub const LANGUAGE_TAG_AT: usize = 12;
/// Offset of the length of the texts in bytes (u64). The fingerprints of layout and content are where a pack has them.
pub const LANGUAGE_TEXTS_AT: usize = 32;
/// Offset of the checksum (u64), which is that of [`pack_checksum`].
pub const LANGUAGE_CHECKSUM_AT: usize = 40;
/// Bytes before the tag, which the texts follow.
pub const LANGUAGE_HEADER: usize = 48;

/// The checksum of a pack whose first [`PACK_CHECKSUM_AT`] bytes are `header` and whose bytes from [`PACK_HEADER`] on
/// are `body`.
#[must_use]
pub fn pack_checksum(header: &[u8], body: &[u8]) -> u64 {
    hash(body, hash(header, 0))
}

#[cfg(test)]
mod tests {
    use super::pack_checksum;

    #[test]
    fn the_checksum_covers_header_and_body() {
        let sum = pack_checksum(b"header", b"body");
        assert_ne!(sum, pack_checksum(b"Header", b"body"));
        assert_ne!(sum, pack_checksum(b"header", b"Body"));
        assert_ne!(pack_checksum(b"a", b"b"), pack_checksum(b"b", b"a"));
    }
}
