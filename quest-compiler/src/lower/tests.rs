//! Content in, rows out.

use super::{CellKind, Known, Layout, Tables, lower};
use crate::schema::RecordId;
use crate::testing::with_checked;
use quest_format as format;

const SCHEMA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "properties": {
    "items": {
      "type": "array",
      "items": {
        "title": "Item",
        "type": "object",
        "properties": {
          "id": { "type": "string", "x-key": "item" },
          "level": { "type": "integer", "minimum": 0, "maximum": 200 },
          "drift": { "type": "integer", "minimum": -300, "maximum": 300 },
          "worth": { "type": "integer", "minimum": 0 },
          "rare": { "type": "boolean" },
          "name": { "type": "string" },
          "tags": { "type": "array", "items": { "type": "string" } },
          "parts": { "type": "array", "items": { "type": "string", "x-ref": "item" } }
        },
        "required": ["id", "level", "drift", "rare", "name", "tags", "parts"],
        "additionalProperties": false
      }
    }
  },
  "required": ["items"]
}"#;

const ITEMS: &str = r#"{ "items": [
  { "id": "blade", "level": 7, "drift": -2, "worth": 5000000000, "rare": true, "name": "Blade", "tags": ["old", "sharp"], "parts": ["hilt"] },
  { "id": "hilt", "level": 200, "drift": 300, "rare": false, "name": "Blade", "tags": [], "parts": [] }
] }"#;

/// The tables of some items: their rows, and the layout of a row.
struct Lowered {
    layout: Layout,
    tables: Tables,
    item: RecordId,
}

impl Lowered {
    fn of(content: &str) -> Self {
        let mut lowered = None;
        with_checked(SCHEMA, content, |checked| {
            let model = &checked.typed.model;
            let layout = Layout::new(model);
            let tables =
                lower(model, &layout, &checked.resolved, &Known::default()).expect("small content fits");
            let item = model.records.iter().position(|record| record.name == "item").expect("a record");
            lowered = Some(Self { layout, tables, item: RecordId(item as u32) });
        });
        lowered.expect("the content is valid")
    }

    fn u32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.tables.bytes[at..at + 4].try_into().expect("four bytes"))
    }

    /// The first byte of a section, and the number of its rows.
    fn section(&self, section: u16) -> (usize, usize) {
        let entry = format::TABLES_HEADER + usize::from(section) * format::SECTION_ENTRY;
        (self.u32(entry) as usize, self.u32(entry + 4) as usize)
    }

    /// The byte of the cell of a field; the fields are numbered in the order of the schema.
    fn cell(&self, row: usize, field: usize) -> usize {
        let record = &self.layout.records[self.item.0 as usize];
        self.section(record.section).0 + row * record.size as usize + record.cells[field].at as usize
    }

    fn bit(&self, row: usize, (byte, bit): (u32, u8)) -> bool {
        let record = &self.layout.records[self.item.0 as usize];
        let start = self.section(record.section).0 + row * record.size as usize;
        self.tables.bytes[start + byte as usize] & 1 << bit != 0
    }

    fn text(&self, row: usize, field: usize) -> &str {
        format::text(&self.tables.text, self.u32(self.cell(row, field))).expect("an offset of a text")
    }
}

#[test]
fn integers_take_the_bytes_that_their_bounds_need() {
    let lowered = Lowered::of(ITEMS);
    let cells = &lowered.layout.records[lowered.item.0 as usize].cells;
    assert_eq!(cells[1].cell, CellKind::Integer { bytes: 1, signed: false });
    assert_eq!(cells[2].cell, CellKind::Integer { bytes: 2, signed: true });
    assert_eq!(cells[3].cell, CellKind::Wide { signed: false });
    assert_eq!(lowered.tables.bytes[lowered.cell(0, 1)], 7);
    assert_eq!(lowered.tables.bytes[lowered.cell(1, 1)], 200);
    let drift = lowered.cell(0, 2);
    assert_eq!(lowered.tables.bytes[drift..drift + 2], (-2i16).to_le_bytes());
}

#[test]
fn an_integer_of_more_than_32_bits_is_in_the_section_for_long_cells() {
    let lowered = Lowered::of(ITEMS);
    let worth = lowered.layout.records[lowered.item.0 as usize].cells[3];
    assert!(lowered.bit(0, worth.long.expect("a bit for long cells")));
    let (start, rows) = lowered.section(lowered.layout.long);
    assert_eq!(rows, 1);
    let row = lowered.u32(lowered.cell(0, 3)) as usize;
    let long = start + row * format::LONG_RANGE;
    assert_eq!(lowered.tables.bytes[long..long + 8], 5_000_000_000u64.to_le_bytes());
}

#[test]
fn optional_scalars_have_a_bit_that_says_that_they_are_present() {
    let lowered = Lowered::of(ITEMS);
    let worth = lowered.layout.records[lowered.item.0 as usize].cells[3];
    let present = worth.present.expect("`worth` is optional");
    assert!(lowered.bit(0, present));
    assert!(!lowered.bit(1, present));
}

#[test]
fn flags_are_bits() {
    let lowered = Lowered::of(ITEMS);
    let rare = lowered.layout.records[lowered.item.0 as usize].cells[4];
    let CellKind::Flag(bit) = rare.cell else { panic!("{rare:?} is no flag") };
    assert!(lowered.bit(0, (rare.at, bit)));
    assert!(!lowered.bit(1, (rare.at, bit)));
}

#[test]
fn equal_texts_are_stored_once() {
    let lowered = Lowered::of(ITEMS);
    assert_eq!(lowered.text(0, 5), "Blade");
    assert_eq!(lowered.u32(lowered.cell(0, 5)), lowered.u32(lowered.cell(1, 5)));
    assert_eq!(lowered.tables.text.matches("Blade").count(), 1);
}

#[test]
fn lists_are_ranges_of_their_section() {
    let lowered = Lowered::of(ITEMS);
    assert_eq!(lowered.u32(lowered.cell(0, 6)), format::range_cell(0, 2).expect("a short range"));
    assert_eq!(lowered.u32(lowered.cell(1, 6)), format::range_cell(0, 0).expect("an empty range"));
    assert_eq!(lowered.section(lowered.layout.texts).1, 2);
    let (ids, rows) = lowered.section(lowered.layout.ids);
    assert_eq!((lowered.u32(ids), rows), (1, 1), "the second item is the part of the first");
}

#[test]
fn the_fingerprint_of_ids_ignores_all_other_content() {
    let before = Lowered::of(ITEMS).tables;
    let renamed = Lowered::of(&ITEMS.replace("Blade", "Sword")).tables;
    assert_eq!(before.ids, renamed.ids);
    assert_ne!(before.content, renamed.content);
    let other_id = Lowered::of(&ITEMS.replace("hilt", "grip")).tables;
    assert_ne!(before.ids, other_id.ids);
}
