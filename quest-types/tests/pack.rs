//! The pack reader with hostile packs: each is refused with the error that says why, and what is not refused
//! can be read to the last cell without a panic.

#![cfg(feature = "load")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod support;

/// The types of the sample, over whatever tables a test has opened last in its thread.
mod quests {
    #![allow(dead_code, unreachable_pub)]

    use std::cell::Cell;
    use std::thread_local;

    pub(super) use ::quest_types as __rt;

    include!("generated/quests.rs");

    thread_local! {
        static TABLES: Cell<Option<&'static Tables>> = const { Cell::new(None) };
    }

    fn tables() -> &'static Tables {
        TABLES.get().unwrap()
    }

    /// Leaks the pack, as loading does.
    pub(super) fn load(pack: &[u8]) -> Result<(), __rt::load::LoadError> {
        __rt::load::open(pack, &LAYOUT)?;
        let pack = __rt::load::open(pack.to_vec().leak(), &LAYOUT)?;
        TABLES.set(Some(Box::leak(Box::new(Tables::read(pack.tables, pack.text)))));
        Ok(())
    }
}

use std::fmt::Write as _;

use proptest::prelude::*;
use quest_types::Id;
use quest_types::format;
use quest_types::load::LoadError;
use quests::{LAYOUT, NpcId, Objective, ObjectiveId, Quest, QuestId, Stage, StageId, load};
use support::{pack, pair, place, range, sample, seal};

fn refusal(pack: &[u8]) -> String {
    load(pack).expect_err("the pack must be refused").to_string()
}

/// The sample's pack after a change to its bytes, with the right checksum.
fn changed(change: impl FnOnce(&mut Vec<u8>)) -> Vec<u8> {
    let mut pack = sample().pack();
    change(&mut pack);
    seal(&mut pack);
    pack
}

/// Calls everything there is to call.
fn read_everything() -> String {
    let mut out = String::new();
    for quest in Quest::all() {
        write!(out, "{:?} {} {:?} {:?} ", quest.id(), quest.name(), quest.category(), quest.level()).unwrap();
        write!(out, "{} {:?} {:?} ", quest.is_repeatable(), quest.tags(), quest.requires()).unwrap();
        write!(out, "{:?} {:?} {:?} ", quest.parameters(), quest.rewards(), quest.moods()).unwrap();
        write!(out, "{:?} {} ", quest.bonus(), quest.time()).unwrap();
        write!(out, "{:?} ", quest.quest_giver().map(|giver| giver.npc())).unwrap();
        write!(out, "{:?}", quest.stages().iter().map(Stage::id).collect::<Vec<_>>()).unwrap();
    }
    for stage in QuestId::all()
        .flat_map(|quest| quest.record().stages())
        .chain(StageId::all().filter_map(StageId::get))
    {
        write!(out, "{} {:?} {} ", stage.id(), stage.subtitle(), stage.title()).unwrap();
        write!(out, "{:?} ", stage.next().map(Stage::id)).unwrap();
        write!(out, "{:?}", stage.objectives().iter().map(Objective::id).collect::<Vec<_>>()).unwrap();
    }
    for objective in ObjectiveId::all() {
        write!(out, "{} {:?} ", objective.stage(), objective.record().target()).unwrap();
        write!(
            out,
            "{} {} {:?} ",
            objective.record().required(),
            objective.record().delta(),
            objective.record().speaker()
        )
        .unwrap();
        write!(out, "{} ", objective.record().prize()).unwrap();
    }
    ids::<QuestId>(&mut out);
    ids::<StageId>(&mut out);
    ids::<ObjectiveId>(&mut out);
    ids::<NpcId>(&mut out);
    out
}

fn ids<I: Id>(out: &mut String) {
    for id in I::all() {
        write!(out, "{id} {id:?} {:?} {:?} ", id.as_str(), I::parse(&id.to_string())).unwrap();
    }
    write!(out, "{:?} {:?}", I::parse(""), I::parse("nothing:of:this")).unwrap();
}

#[test]
fn the_sample_is_accepted() {
    load(&sample().pack()).unwrap();
    assert!(read_everything().contains("The Iron Path"));
}

#[test]
fn files_that_are_not_this_pack() {
    let good = sample().pack();
    let cases: [(&str, Vec<u8>); 12] = [
        ("the quest pack is cut short: it has 0 bytes, too few to hold a table", vec![]),
        ("the quest pack is cut short: it has 63 bytes, too few to hold a table", good[..63].to_vec()),
        ("this is not a quest pack; `questc build --pack` makes one", b"{}".to_vec()),
        ("this is not a quest pack; `questc build --pack` makes one", [b'x'; 100].to_vec()),
        (
            "the quest pack has format 7 and this game reads format 4: use the questc that belongs to the game's \
             version of quest-types",
            changed(|pack| pack[8] = 7),
        ),
        (
            "the quest pack was made with another schema than the game: compile both with the same schema",
            changed(|pack| pack[16] ^= 1),
        ),
        (
            "the quest pack has other ids than the game was compiled with: compile the game with this content",
            changed(|pack| pack[32] ^= 1),
        ),
        (
            "the quest pack is corrupt: its tables are of other content than it says",
            changed(|pack| pack[24] ^= 1),
        ),
        ("the quest pack is damaged: its checksum is wrong", {
            let mut pack = good.clone();
            pack[70] ^= 0x10;
            pack
        }),
        ("the quest pack is damaged: its checksum is wrong", {
            let mut pack = good.clone();
            pack[12] ^= 1;
            pack
        }),
        (
            "the quest pack is damaged: its texts are not UTF-8",
            changed(|pack| *pack.last_mut().unwrap() = 0xFF),
        ),
        (
            "the quest pack is cut short: it has 800 bytes and should have 18446744073709551615",
            changed(|pack| {
                pack.truncate(800);
                pack[40..48].fill(0xFF);
            }),
        ),
    ];
    for (message, pack) in cases {
        assert_eq!(refusal(&pack), message);
    }
    for length in 0..good.len() {
        assert!(matches!(load(&good[..length]), Err(LoadError::TooShort { .. } | LoadError::Length { .. })));
    }
    assert!(refusal(&[&good[..], b"x"].concat()).starts_with("the quest pack is too long"));
}

#[test]
fn headers_that_contradict() {
    let tables_change = |at: usize, value: u8| changed(move |pack| pack[format::PACK_HEADER + at] = value);
    let cases = [
        (tables_change(0, b'X'), "its tables are not of this format"),
        (tables_change(4, 1), "its tables are not of this format"),
        (tables_change(8, 0), "its tables are made for another schema than it says"),
        (tables_change(24, 3), "it has another number of tables than the game"),
        (tables_change(32, 0), "a table does not begin where the one before it ends"),
        (tables_change(36, 3), "a table does not begin where the one before it ends"),
        (tables_change(39, 0xFF), "its tables end too early"),
        (pack(&[], b""), "its tables are of other content than it says"),
        (pack(&sample().tables[..32], b""), "its tables end too early"),
        (
            pack(&[&sample().tables[..], b"x"].concat(), &sample().text.into_bytes()),
            "there are bytes after its last table",
        ),
    ];
    for (pack, message) in cases {
        assert_eq!(refusal(&pack), format!("the quest pack is corrupt: {message}"));
    }
}

/// Section and row, offset of the cell, its new bytes, what is said.
type Case<'a> = ((usize, usize), usize, &'a [u8], &'a str);

#[test]
fn cells_that_lead_astray() {
    const VARIANT: &str = "a variant does not exist in its enum";
    const LINK: &str = "a link leads beyond the end of its table";
    const LIST: &str = "a list ends beyond the end of its table";
    const TEXT: &str = "a text does not lie in the string pool";
    const SLOTS: &str = "the slots do not hold every id once";
    let absent = format::ABSENT.to_le_bytes();
    let cases: &[Case<'_>] = &[
        ((0, 1), 0, &[2, 0, 0, 0], LINK),
        ((0, 1), 0, &absent, LINK),
        ((0, 0), 4, &[0xF0, 0xF0, 0, 0], TEXT),
        ((0, 0), 4, &absent, TEXT),
        ((0, 1), 8, &[3], VARIANT),
        ((0, 1), 8, &[255], VARIANT),
        ((0, 0), 11, &[1, 0, 0, 0], LINK),
        ((0, 0), 15, &range(0, 4), LIST),
        ((0, 0), 15, &range(4, 0), LIST),
        ((0, 0), 15, &[2, 0, 0, 0xFF], "a range is not among the long ones"),
        ((0, 0), 19, &range(1, 2), LIST),
        ((0, 0), 19, &[0, 0, 0, 0xFF], LIST),
        ((0, 0), 23, &range(1, 1), LIST),
        ((0, 0), 39, &[6], "a value has a tag that does not exist"),
        ((0, 0), 39, &[1, 2], "a boolean is neither 0 nor 1"),
        ((0, 0), 39, &[4, 0xF0, 0xF0], TEXT),
        ((1, 1), 8, &[3, 0, 0, 0], LINK),
        ((1, 0), 16, &[0xFE, 0xFF], TEXT),
        ((2, 0), 4, &[0], "a target is missing"),
        ((2, 0), 4, &[3], "a target is of a kind that its reference does not allow"),
        ((2, 0), 4, &[253], "a target is of a kind that its reference does not allow"),
        ((2, 0), 5, &[2], LINK),
        ((2, 2), 5, &[0xF0, 0xF0], TEXT),
        ((2, 0), 15, &[2], "a target is of a kind that its reference does not allow"),
        ((2, 1), 20, &[2], LINK),
        ((2, 2), 20, &[2, 0, 0, 0, 1], LINK),
        ((4, 0), 0, &[0xF0, 0xF0], TEXT),
        ((8, 0), 0, &[2], LINK),
        ((8, 0), 0, &absent, LINK),
        ((12, 1), 0, &[0xF0, 0xF0], TEXT),
        ((13, 0), 0, &[2], LINK),
        ((14, 3), 0, &[0], "a value has a tag that does not exist"),
        ((15, 0), 0, &[0], "a target is missing"),
        ((15, 0), 1, &[2], LINK),
        ((16, 2), 0, &[255], VARIANT),
        ((5, 0), 0, &[3], "a slot leads to an id that does not exist"),
        ((5, 0), 0, &[1, 0, 0, 0, 1, 0, 0, 0, 1], SLOTS),
        ((5, 0), 0, &[0; 16], SLOTS),
    ];
    for (case, ((section, row), at, bytes, message)) in cases.iter().enumerate() {
        let size = LAYOUT.sections[*section].size as usize;
        let pack = changed(|pack| {
            let place = format::PACK_HEADER + place(&sample().tables, *section, size, *row) + at;
            pack[place..place + bytes.len()].copy_from_slice(bytes);
        });
        let LoadError::Corrupt { what, row: found_row, section: found, .. } = load(&pack).unwrap_err() else {
            panic!("case {case}")
        };
        assert_eq!((what, found), (*message, *section), "case {case}");
        assert!(found_row == *row || *message == SLOTS, "case {case}: row {found_row}");
    }
}

#[test]
fn tables_of_other_sizes() {
    let header =
        |section: usize| format::PACK_HEADER + format::TABLES_HEADER + section * format::SECTION_ENTRY;
    // The two quests are there, and their two keys are read as one key and the first slot.
    let fewer_keys = changed(|pack| {
        pack[header(4) + 4] = 1;
        pack[header(5)] -= 4;
        pack[header(5) + 4] += 1;
    });
    assert_eq!(
        refusal(&fewer_keys),
        "the quest pack is corrupt: in table 0, row 0, there are more or fewer rows than ids"
    );
}

#[test]
fn lookups_have_an_empty_slot() {
    use quest_types::table::{Column, Layout, Section};
    let layout = Layout {
        fingerprint: support::LAYOUT_FINGERPRINT,
        ids: support::IDS_FINGERPRINT,
        long: 0,
        sections: &[
            Section { size: 4, columns: &[] },
            Section { size: 4, columns: &[Column::Slots { keys: 0 }] },
        ],
    };
    let verify = |keys: usize, slots: usize| {
        let slot = |slot: usize| if slot < keys { format::lookup::slot(slot as u32, 0) } else { 0 };
        let slots = (0..slots).map(|at| slot(at).to_le_bytes().to_vec()).collect();
        let tables = support::tables(&[vec![vec![0; 4]; keys], slots]);
        quest_types::load::verify_tables(&tables, "", &layout).is_ok()
    };
    assert_eq!([(0, 1), (1, 2), (2, 4), (3, 4)].map(|(keys, slots)| verify(keys, slots)), [true; 4]);
    assert_eq!([(0, 0), (1, 1), (2, 2), (2, 3), (2, 6)].map(|(keys, slots)| verify(keys, slots)), [false; 5]);
}

/// An accessor that finds the kind its sibling asks for, and no other, must not meet another.
#[test]
fn targets_that_their_sibling_does_not_allow() {
    use quest_types::table::{Column, Layout, Section};
    let (none, text) = (format::TARGET_ABSENT, format::TARGET_TEXT);
    // Variant 0 needs the first kind, variant 1 takes anything, variant 2 has a text or nothing.
    let layout = Layout {
        fingerprint: support::LAYOUT_FINGERPRINT,
        ids: support::IDS_FINGERPRINT,
        long: 3,
        sections: &[
            Section {
                size: 10,
                columns: &[
                    Column::Variant { at: 0, count: 3, optional: true },
                    Column::Target { at: 1, sections: &[1, 1], optional: true },
                    Column::Tags {
                        at: 1,
                        list: None,
                        by: Some(0),
                        allowed: &[&[1], &[], &[format::TARGET_TEXT, format::TARGET_ABSENT]],
                    },
                    Column::Targets { at: 6, list: 2, sections: &[1, 1] },
                    Column::Tags { at: 6, list: Some(2), by: Some(0), allowed: &[&[2], &[], &[]] },
                ],
            },
            Section { size: 4, columns: &[] },
            Section { size: 5, columns: &[] },
            Section { size: 8, columns: &[] },
        ],
    };
    let target = |tag: u8| [tag, 0, 0, 0, 0];
    let verify = |variant: u8, tag: u8, list: (u32, u32)| {
        let row: Vec<u8> = [variant].into_iter().chain(target(tag)).chain(range(list.0, list.1)).collect();
        // The first element is of the second kind, the second of the first.
        let lists = vec![target(2).to_vec(), target(1).to_vec()];
        let tables = support::tables(&[vec![row], vec![vec![0; 4]], lists, vec![]]);
        match quest_types::load::verify_tables(&tables, "\0", &layout) {
            Ok(()) => true,
            Err(LoadError::Corrupt { what: "a target is not of the kind that is needed there", .. }) => false,
            Err(other) => panic!("{other}"),
        }
    };
    assert_eq!([1, 2, none, text].map(|tag| verify(0, tag, (0, 1))), [true, false, false, false]);
    assert_eq!([1, 2, none, text].map(|tag| verify(1, tag, (0, 2))), [true; 4]);
    assert_eq!([1, 2, none, text].map(|tag| verify(2, tag, (0, 2))), [false, false, true, true]);
    assert!(verify(format::ABSENT_VARIANT, 2, (0, 2)));
    assert_eq!([(0, 0), (0, 1), (1, 1), (0, 2)].map(|list| verify(0, 1, list)), [true, true, false, false]);
}

#[test]
fn time_does_not_grow_with_lists_that_overlap() {
    // 50,000 rows that each claim all of 50,000 elements.
    use quest_types::table::{Column, Layout, Section};
    let layout = Layout {
        fingerprint: support::LAYOUT_FINGERPRINT,
        ids: support::IDS_FINGERPRINT,
        long: 2,
        sections: &[
            Section { size: 4, columns: &[Column::Variants { at: 0, list: 1, count: 3 }] },
            Section { size: 1, columns: &[] },
            Section { size: 8, columns: &[] },
        ],
    };
    let all = format::long_range_cell(0).unwrap().to_le_bytes().to_vec();
    let sections = [vec![all; 50_000], vec![vec![2]; 50_000], vec![pair(0, 50_000).to_vec()]];
    let pack = pack(&support::tables(&sections), b"");
    quest_types::load::open(&pack, &layout).unwrap();
}

fn byte() -> impl Strategy<Value = u8> {
    prop_oneof![any::<u8>(), 0_u8..8, Just(0xFF)]
}

proptest! {
    #![proptest_config(support::cases(512))]

    /// The checksum is made right again, so that it is verification that must find what is wrong.
    #[test]
    fn what_is_accepted_can_be_read(
        edits in prop::collection::vec((any::<prop::sample::Index>(), byte()), 1..3),
        cut in prop::option::weighted(0.1, any::<prop::sample::Index>()),
    ) {
        let pack = changed(|pack| {
            for (at, byte) in edits {
                let at = 64 + at.index(pack.len() - 64);
                pack[at] = byte;
            }
            if let Some(cut) = cut {
                pack.truncate(64 + cut.index(pack.len() - 64));
                let texts = (pack.len() - 64).saturating_sub(sample().tables.len());
                let tables = pack.len() - 64 - texts;
                pack[40..48].copy_from_slice(&(tables as u64).to_le_bytes());
                pack[48..56].copy_from_slice(&(texts as u64).to_le_bytes());
            }
        });
        match load(&pack) {
            Ok(()) => prop_assert!(!read_everything().is_empty()),
            Err(error) => prop_assert!(!error.to_string().is_empty()),
        }
    }

    /// Any bytes at all behind a right header and checksum.
    #[test]
    fn any_bytes_are_read_or_refused(tables in prop::collection::vec(byte(), 0..400), text in ".{0,20}") {
        let mut all = sample().tables[..32].to_vec();
        all.extend(tables);
        if load(&pack(&all, text.as_bytes())).is_ok() {
            prop_assert!(!read_everything().is_empty());
        }
        prop_assert!(load(&all).is_err());
    }
}

/// The files that `generated_shape` includes. `cargo xtask bless` writes them.
#[test]
fn included_tables_are_the_sample() {
    let sample = sample();
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/generated");
    quest_test::golden::assert_golden_bytes(folder.join("quests.tables"), &sample.tables);
    quest_test::golden::assert_golden_bytes(folder.join("quests.text"), sample.text.as_bytes());
}
