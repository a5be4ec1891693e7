//! The pack: tables and texts in one file (`docs/format.md`, Pack).
use quest_format as format;

/// What tells one pack from another.
#[derive(Clone, Copy, Debug)]
pub struct Fingerprints {
    pub layout: u64,
    pub content: u64,
    pub ids: u64,
}

/// The bytes of a language pack.
pub fn language_pack(fingerprints: &Fingerprints, tag: &str, text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(format::LANGUAGE_HEADER + tag.len() + text.len());
    bytes.extend(format::LANGUAGE_MAGIC);
    bytes.extend(format::FORMAT.to_le_bytes());
    bytes.extend((tag.len() as u32).to_le_bytes());
    bytes.extend(fingerprints.layout.to_le_bytes());
    bytes.extend(fingerprints.content.to_le_bytes());
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend([0; 8]);
    bytes.extend(tag.as_bytes());
    bytes.extend(text.as_bytes());
    let (header, body) = bytes.split_at(format::LANGUAGE_HEADER);
    let checksum = format::pack_checksum(&header[..format::LANGUAGE_CHECKSUM_AT], body);
    bytes[format::LANGUAGE_CHECKSUM_AT..format::LANGUAGE_HEADER].copy_from_slice(&checksum.to_le_bytes());
    bytes
}

/// The bytes of a pack.
pub fn pack(fingerprints: &Fingerprints, tables: &[u8], text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(format::PACK_HEADER + tables.len() + text.len());
    bytes.extend(format::PACK_MAGIC);
    bytes.extend(format::FORMAT.to_le_bytes());
    bytes.extend(0u32.to_le_bytes());
    bytes.extend(fingerprints.layout.to_le_bytes());
    bytes.extend(fingerprints.content.to_le_bytes());
    bytes.extend(fingerprints.ids.to_le_bytes());
    bytes.extend((tables.len() as u64).to_le_bytes());
    bytes.extend((text.len() as u64).to_le_bytes());
    bytes.extend([0; 8]);
    bytes.extend(tables);
    bytes.extend(text.as_bytes());
    let (header, body) = bytes.split_at(format::PACK_HEADER);
    let checksum = format::pack_checksum(&header[..format::PACK_CHECKSUM_AT], body);
    bytes[format::PACK_CHECKSUM_AT..format::PACK_HEADER].copy_from_slice(&checksum.to_le_bytes());
    bytes
}
