//! Writes tables and packs by hand, after `docs/format.md`, and the sample that the tests read.

#![allow(dead_code, unreachable_pub, reason = "every test uses a part")]

use std::collections::HashMap;

use proptest::test_runner::Config;
use quest_format::lookup::{Lookup, hash_id};
use quest_types::format;

pub const LAYOUT_FINGERPRINT: u64 = 0x1111_2222_3333_4444;
pub const IDS_FINGERPRINT: u64 = 0x5555_6666_7777_8888;
pub const CONTENT_FINGERPRINT: u64 = 0x9999_AAAA_BBBB_CCCC;

/// A bounded run; `PROPTEST_CASES=1000000 cargo test -p quest-types --release --all-features` is a long one.
pub fn cases(bounded: u32) -> Config {
    let config =
        Config { failure_persistence: quest_test::proptest_regressions!("packs"), ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { Config { cases: bounded, ..config } }
}

/// The string pool while it is written.
#[derive(Default)]
pub struct Pool {
    pub text: String,
    places: HashMap<String, u32>,
}

impl Pool {
    pub fn cell(&mut self, text: &str) -> [u8; 4] {
        let end = self.text.len() as u32;
        let at = *self.places.entry(text.into()).or_insert(end);
        if at == end {
            let (length, count) = format::text_length(text.len()).unwrap();
            self.text.extend(length[..count].iter().map(|byte| char::from(*byte)));
            self.text.push_str(text);
        }
        at.to_le_bytes()
    }
}

pub fn pair(a: u32, b: u32) -> [u8; 8] {
    let mut cell = [0; 8];
    cell[..4].copy_from_slice(&a.to_le_bytes());
    cell[4..].copy_from_slice(&b.to_le_bytes());
    cell
}

/// A range of a few rows.
pub fn range(first: u32, rows: u32) -> [u8; 4] {
    format::range_cell(first, rows).unwrap().to_le_bytes()
}

/// A value: a tag and eight bytes.
pub fn value(tag: u8, payload: [u8; 8]) -> [u8; 9] {
    let mut cell = [tag; 9];
    cell[1..].copy_from_slice(&payload);
    cell
}

/// A value that is a text.
pub fn text_value(tag: u8, text: [u8; 4]) -> [u8; 9] {
    value(tag, pair(u32::from_le_bytes(text), 0))
}

/// A target: a tag and four bytes.
pub fn target(tag: u8, payload: [u8; 4]) -> [u8; 5] {
    let mut cell = [tag; 5];
    cell[1..].copy_from_slice(&payload);
    cell
}

/// A row from its cells.
pub fn row(cells: &[&[u8]]) -> Vec<u8> {
    cells.concat()
}

/// The slots for these ids (text, parent row), in the order of their rows.
pub fn slots(ids: &[(&str, Option<u32>)]) -> Vec<Vec<u8>> {
    let mut lookup = Lookup::with_capacity(ids.len());
    for ((id, parent), row) in ids.iter().zip(0..) {
        lookup.insert(row, hash_id(id, *parent));
    }
    lookup.slots().iter().map(|slot| slot.to_le_bytes().to_vec()).collect()
}

/// The keys of a kind, its slots, and the parents of its ids.
pub fn keys(pool: &mut Pool, ids: &[(&str, Option<u32>)]) -> [Vec<Vec<u8>>; 3] {
    let parents = ids.iter().filter_map(|(_, parent)| Some((*parent)?.to_le_bytes().to_vec())).collect();
    [ids.iter().map(|(id, _)| pool.cell(id).to_vec()).collect(), slots(ids), parents]
}

/// `quests.tables` with these sections of rows.
pub fn tables(sections: &[Vec<Vec<u8>>]) -> Vec<u8> {
    let mut tables = Vec::new();
    tables.extend(format::TABLES_MAGIC);
    tables.extend(format::FORMAT.to_le_bytes());
    tables.extend(LAYOUT_FINGERPRINT.to_le_bytes());
    tables.extend(CONTENT_FINGERPRINT.to_le_bytes());
    tables.extend(pair(sections.len() as u32, 0));
    let mut at = tables.len() + sections.len() * format::SECTION_ENTRY;
    for rows in sections {
        tables.extend(pair(at as u32, rows.len() as u32));
        at += rows.iter().map(Vec::len).sum::<usize>();
    }
    tables.extend(sections.concat().concat());
    tables
}

/// Where row `row` of a section begins in `quests.tables`.
pub fn place(tables: &[u8], section: usize, size: usize, row: usize) -> usize {
    let entry = format::TABLES_HEADER + section * format::SECTION_ENTRY;
    u32::from_le_bytes(tables[entry..entry + 4].try_into().unwrap()) as usize + row * size
}

/// `quests.pack` with these tables and texts.
pub fn pack(tables: &[u8], text: &[u8]) -> Vec<u8> {
    let mut pack = Vec::new();
    pack.extend(format::PACK_MAGIC);
    pack.extend(pair(format::FORMAT, 0));
    pack.extend(LAYOUT_FINGERPRINT.to_le_bytes());
    pack.extend(CONTENT_FINGERPRINT.to_le_bytes());
    pack.extend(IDS_FINGERPRINT.to_le_bytes());
    pack.extend((tables.len() as u64).to_le_bytes());
    pack.extend((text.len() as u64).to_le_bytes());
    pack.extend([0; 8]);
    pack.extend(tables);
    pack.extend(text);
    seal(&mut pack);
    pack
}

/// Makes the checksum of a pack right.
pub fn seal(pack: &mut [u8]) {
    let sum = format::pack_checksum(&pack[..format::PACK_CHECKSUM_AT], &pack[format::PACK_HEADER..]);
    pack[format::PACK_CHECKSUM_AT..format::PACK_HEADER].copy_from_slice(&sum.to_le_bytes());
}

/// The sample in the two forms that the compiler writes.
pub struct Sample {
    pub tables: Vec<u8>,
    pub text: String,
}

impl Sample {
    pub fn pack(&self) -> Vec<u8> {
        pack(&self.tables, self.text.as_bytes())
    }
}

/// Two quests, three stages and three objectives in the tables of `generated/quests.rs`.
pub fn sample() -> Sample {
    const NONE: [u8; 4] = format::ABSENT.to_le_bytes();
    let mut pool = Pool::default();
    let link = |row: u32| row.to_le_bytes();
    let npc = |row: u32| target(1, link(row));
    let quest = |row: u32| target(2, link(row));

    let quests = vec![
        row(&[
            &link(0),
            &pool.cell("The Iron Path"),
            &[0, 5, 0b01],
            &link(0),
            &range(0, 2),
            &range(0, 2),
            &range(0, 0),
            &format::long_range_cell(0).unwrap().to_le_bytes(),
            &range(0, 2),
            &range(0, 3),
            &text_value(format::VALUE_JSON, pool.cell("{\"a\":1}")),
            &1.5_f64.to_le_bytes(),
        ]),
        row(&[
            &link(1),
            &pool.cell("Über die Mine"),
            &[2, 0, 0b10],
            &NONE,
            &range(2, 1),
            &range(2, 0),
            &range(0, 1),
            &range(5, 0),
            &range(2, 0),
            &range(3, 0),
            &value(format::VALUE_ABSENT, [0; 8]),
            &(-0.0_f64).to_le_bytes(),
        ]),
    ];
    let stages = vec![
        row(&[&link(0), &pool.cell("Speak"), &link(1), &range(0, 1), &NONE]),
        row(&[&link(1), &pool.cell("Find"), &NONE, &range(1, 1), &pool.cell("")]),
        row(&[&link(2), &pool.cell("Speak"), &NONE, &range(2, 1), &pool.cell("Find")]),
    ];
    let objectives = vec![
        row(&[
            &link(0),
            &npc(1),
            &300_u16.to_le_bytes(),
            &(-7_i32).to_le_bytes(),
            &npc(1),
            &[40, 0, 0, 0, 0],
        ]),
        row(&[
            &link(1),
            &quest(0),
            &[1, 0],
            &[0; 4],
            &target(format::TARGET_ABSENT, [0; 4]),
            &[1, 0, 0, 0, 1],
        ]),
        row(&[
            &link(2),
            &target(format::TARGET_TEXT, pool.cell("anything")),
            &[1, 0],
            &[0; 4],
            &target(format::TARGET_UNKNOWN, pool.cell("npc-nobody")),
            &[0; 5],
        ]),
    ];
    let givers = vec![link(1).to_vec()];
    let [quest_keys, quest_slots, _] = keys(&mut pool, &[("iron-path", None), ("mine", None)]);
    let ids = [("speak", Some(0)), ("find:descent", Some(0)), ("speak", Some(1))];
    let [stage_keys, stage_slots, stage_parents] = keys(&mut pool, &ids);
    let ids = [("talk", Some(0)), ("talk", Some(1)), ("talk", Some(2))];
    let [objective_keys, objective_slots, objective_parents] = keys(&mut pool, &ids);
    let [npc_keys, npc_slots, _] = keys(&mut pool, &[("npc-astrid", None), ("npc-kjartan", None)]);
    let texts = ["story", "forge"].iter().map(|text| pool.cell(text).to_vec()).collect();
    let id_list = vec![link(0).to_vec()];
    let values = vec![
        value(format::VALUE_BOOL, 1_u64.to_le_bytes()).to_vec(),
        value(format::VALUE_INT, (-3_i64).to_le_bytes()).to_vec(),
        value(format::VALUE_FLOAT, 0.5_f64.to_le_bytes()).to_vec(),
        text_value(format::VALUE_TEXT, pool.cell("é")).to_vec(),
        text_value(format::VALUE_JSON, pool.cell("[]")).to_vec(),
    ];
    let targets = vec![quest(1).to_vec(), target(format::TARGET_UNKNOWN, pool.cell("npc-nobody")).to_vec()];
    let variants = vec![vec![1], vec![1], vec![0]];
    let sections = [
        quests,
        stages,
        objectives,
        givers,
        quest_keys,
        quest_slots,
        stage_keys,
        stage_slots,
        stage_parents,
        objective_keys,
        objective_slots,
        objective_parents,
        texts,
        id_list,
        values,
        targets,
        variants,
        npc_keys,
        npc_slots,
        vec![pair(0, 5).to_vec(), (1_u64 << 40).to_le_bytes().to_vec()],
    ];
    Sample { tables: tables(&sections), text: pool.text }
}
