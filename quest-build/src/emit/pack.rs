//! The pack: tables and texts in one file (`docs/format.md`, Pack).

use crate::lower::{Layout, Tables};
use quest_types::format;

/// The bytes of a pack.
pub(crate) fn pack(layout: &Layout, tables: &Tables) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(format::PACK_HEADER + tables.bytes.len() + tables.text.len());
    bytes.extend(format::PACK_MAGIC);
    bytes.extend(format::FORMAT.to_le_bytes());
    bytes.extend(0u32.to_le_bytes());
    bytes.extend(layout.fingerprint.to_le_bytes());
    bytes.extend(tables.content.to_le_bytes());
    bytes.extend(tables.ids.to_le_bytes());
    bytes.extend((tables.bytes.len() as u64).to_le_bytes());
    bytes.extend((tables.text.len() as u64).to_le_bytes());
    bytes.extend([0; 8]);
    bytes.extend(&tables.bytes);
    bytes.extend(tables.text.as_bytes());
    let (header, body) = bytes.split_at(format::PACK_HEADER);
    let checksum = format::pack_checksum(&header[..format::PACK_CHECKSUM_AT], body);
    bytes[format::PACK_CHECKSUM_AT..format::PACK_HEADER].copy_from_slice(&checksum.to_le_bytes());
    bytes
}
