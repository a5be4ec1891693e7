//! The tables file: a header, and the sections of rows, ids, lists and the program.

use super::error::LowerError;
use super::layout::{Layout, ProgramSections};
use super::lists::Lists;
use super::pool::StringPool;
use super::program::{Known, Reader, Written, program};
use super::rows::RowWriter;
use crate::check::{IdTable, Renamed, Resolved, Row};
use crate::narrow::{narrow_u16, narrow_u32};
use crate::schema::{KindId, Model, RecordId};
use quest_format as format;
use quest_format::lookup::Lookup;

/// The two files that a game includes, and their fingerprints.
#[derive(Debug)]
pub struct Tables {
    /// `quests.tables` (`docs/format.md`).
    pub bytes: Vec<u8>,
    /// `quests.text`, the string pool.
    pub text: String,
    /// The string pools of other languages.
    pub languages: Vec<String>,
    /// Changes with every change of content, but not with translations.
    pub content: u64,
    /// Changes when an id is added, removed or moved to another row.
    pub ids: u64,
}

/// The sections of the file, by number: their bytes, and how many rows each has.
pub(super) struct Sections {
    bytes: Vec<Vec<u8>>,
    rows: Vec<u32>,
}

impl Sections {
    pub(super) fn new(count: u16) -> Self {
        let count = usize::from(count);
        Self { bytes: vec![Vec::new(); count], rows: vec![0; count] }
    }

    pub(super) fn set(&mut self, section: u16, bytes: Vec<u8>, rows: usize) {
        self.bytes[usize::from(section)] = bytes;
        self.rows[usize::from(section)] = narrow_u32(rows);
    }
}

/// Writes resolved content as tables.
///
/// # Errors
///
/// Content that exceeds a limit of the format.
pub fn lower(
    model: &Model,
    layout: &Layout,
    resolved: &Resolved<'_>,
    known: &Known,
) -> Result<Tables, LowerError> {
    let mut sections = Sections::new(layout.sections);
    let mut lists = Lists::default();
    // Nearly every id and about one text of each object differ from all others.
    let objects: usize = resolved.content.tables.iter().map(|table| table.len() as usize).sum();
    let ids: usize = resolved.ids.kinds.iter().map(|ids| ids.list.len()).sum();
    let mut pool = StringPool::for_texts(objects + ids);
    let has_languages = !known.languages.is_empty();
    let mut writer = RowWriter::new(model, resolved, &mut pool, &mut lists, has_languages);
    record_sections(layout, &mut writer, &mut sections);
    let slots = std::mem::take(&mut writer.slots);
    let ids = id_sections(model, layout, resolved, &mut pool, &mut sections)?;
    if let (Some(ProgramSections { first, .. }), Some(journal)) = (layout.program, &model.journal) {
        let written = Written { layout, sections: &sections.bytes };
        let read = Reader { model, journal, resolved };
        let made = program(read, known, &mut pool, &mut lists.long, written);
        for ((bytes, rows), section) in made.0.into_iter().zip(first..) {
            sections.set(section, bytes, rows as usize);
        }
    }
    rename_section(layout, &known.renames, &mut pool, &mut sections);
    list_sections(layout, lists, &mut sections)?;
    let text = pool.finish().ok_or(LowerError::TextsTooLarge)?;
    let languages = known.languages.iter().map(|language| super::languages::pool(&text, &slots, language));
    let languages = languages.collect::<Option<Vec<String>>>().ok_or(LowerError::TextsTooLarge)?;
    let mut bytes = assemble(layout.fingerprint, &sections)?;
    let content = format::hash(&bytes, format::hash(text.as_bytes(), layout.fingerprint));
    bytes[format::TABLES_CONTENT_AT..format::TABLES_CONTENT_AT + 8].copy_from_slice(&content.to_le_bytes());
    Ok(Tables { bytes, text, languages, content, ids })
}

fn record_sections<'m: 'a, 'a>(
    layout: &Layout,
    writer: &mut RowWriter<'m, '_, 'a, '_>,
    sections: &mut Sections,
) {
    for (at, record) in layout.records.iter().enumerate() {
        let id = RecordId(narrow_u32(at));
        let count = writer.resolved.content.table(id).len();
        let mut bytes = vec![0; count as usize * record.size as usize];
        for (row, bytes) in (0..count).zip(bytes.chunks_exact_mut(record.size as usize)) {
            writer.row(Row { record: id, row }, &record.cells, bytes);
        }
        sections.set(record.section, bytes, count as usize);
    }
}

/// Writes ids, parents and lookups; returns the fingerprint of all ids.
fn id_sections(
    model: &Model,
    layout: &Layout,
    resolved: &Resolved<'_>,
    pool: &mut StringPool,
    sections: &mut Sections,
) -> Result<u64, LowerError> {
    let mut fingerprint = u64::from(format::FORMAT);
    for (at, kind) in model.kinds.iter().enumerate() {
        let ids = resolved.ids.of(KindId(narrow_u32(at)));
        let section = layout.kinds[at];
        if ids.list.len() > format::lookup::MAX_IDS {
            return Err(LowerError::TooManyIds { kind: kind.path.clone() });
        }
        let mut texts = Vec::with_capacity(ids.list.len() * format::KEY);
        let mut parents = Vec::new();
        for id in &ids.list {
            texts.extend(pool.intern(&id.text).to_le_bytes());
            if kind.parent.is_some() {
                parents.extend(id.parent.to_le_bytes());
            }
            fingerprint = format::hash(id.text.as_bytes(), fingerprint.wrapping_add(u64::from(id.parent)));
        }
        let parent_rows = if kind.parent.is_some() { ids.list.len() } else { 0 };
        let slots = lookup_slots(ids, kind.parent.is_some());
        sections.set(section, texts, ids.list.len());
        sections.set(section + 1, slots.iter().flat_map(|slot| slot.to_le_bytes()).collect(), slots.len());
        sections.set(section + 2, parents, parent_rows);
        fingerprint = format::hash(kind.path.as_bytes(), fingerprint);
    }
    Ok(fingerprint)
}

/// The slots of the lookup of a kind, whose ids may be scoped by a parent.
fn lookup_slots(ids: &IdTable<'_>, is_scoped: bool) -> Vec<u32> {
    // While ids are collected, the lookup may be larger than needed, or lack ids that could not be read.
    let slots = ids.lookup.slots();
    if ids.lookup.len() == ids.list.len() && slots.len() == format::lookup::slots_for(ids.list.len()) {
        return slots.to_vec();
    }
    let mut lookup = Lookup::with_capacity(ids.list.len());
    for (id, row) in ids.list.iter().zip(0..) {
        lookup.insert(row, format::lookup::hash_id(&id.text, is_scoped.then_some(id.parent)));
    }
    lookup.slots().to_vec()
}

fn rename_section(layout: &Layout, renames: &[Renamed], pool: &mut StringPool, sections: &mut Sections) {
    let mut bytes = Vec::with_capacity(renames.len() * format::RENAME);
    for renamed in renames {
        bytes.extend(narrow_u16(renamed.kind.0 as usize).to_le_bytes());
        bytes.extend(pool.intern(&renamed.old).to_le_bytes());
        bytes.extend(renamed.row.to_le_bytes());
    }
    sections.set(layout.renames, bytes, renames.len());
}

fn list_sections(layout: &Layout, lists: Lists, sections: &mut Sections) -> Result<(), LowerError> {
    let long = lists.long.finish().ok_or(LowerError::TooManyLongCells)?;
    for (section, bytes, size) in [
        (layout.texts, lists.texts, format::TEXT),
        (layout.ids, lists.ids, format::LINK),
        (layout.values, lists.values, format::VALUE),
        (layout.targets, lists.targets, format::TARGET),
        (layout.variants, lists.variants, format::VARIANT),
        (layout.long, long, format::LONG_RANGE),
    ] {
        let rows = bytes.len() / size;
        sections.set(section, bytes, rows);
    }
    Ok(())
}

/// Puts the header before the sections. The fingerprint of the content stays 0.
pub(super) fn assemble(fingerprint: u64, sections: &Sections) -> Result<Vec<u8>, LowerError> {
    let header = format::TABLES_HEADER + sections.bytes.len() * format::SECTION_ENTRY;
    let total = header + sections.bytes.iter().map(Vec::len).sum::<usize>();
    if u32::try_from(total).is_err() {
        return Err(LowerError::TablesTooLarge);
    }
    let mut bytes = Vec::with_capacity(total);
    bytes.extend(format::TABLES_MAGIC);
    bytes.extend(format::FORMAT.to_le_bytes());
    bytes.extend(fingerprint.to_le_bytes());
    bytes.extend(0u64.to_le_bytes());
    bytes.extend(narrow_u32(sections.bytes.len()).to_le_bytes());
    bytes.extend(0u32.to_le_bytes());
    let mut start = header;
    for (section, rows) in sections.bytes.iter().zip(&sections.rows) {
        bytes.extend(narrow_u32(start).to_le_bytes());
        bytes.extend(rows.to_le_bytes());
        start += section.len();
    }
    for section in &sections.bytes {
        bytes.extend(section);
    }
    Ok(bytes)
}
