//! The header of `quests.tables`: where a reader finds the format, the fingerprints and the sections.

/// First bytes of the file.
pub const TABLES_MAGIC: [u8; 4] = *b"QSTB";
/// Offset of [`FORMAT`](crate::FORMAT) (u32).
pub const TABLES_FORMAT_AT: usize = 4;
/// Offset of the layout fingerprint (u64).
pub const TABLES_LAYOUT_AT: usize = 8;
/// Offset of the content fingerprint (u64).
pub const TABLES_CONTENT_AT: usize = 16;
/// Offset of the number of sections (u32).
pub const TABLES_SECTIONS_AT: usize = 24;
/// Bytes before the list of sections.
pub const TABLES_HEADER: usize = 32;
/// Bytes of an entry in the list of sections: offset of the first row, number of rows (u32 each).
pub const SECTION_ENTRY: usize = 8;
