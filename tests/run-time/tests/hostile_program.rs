//! Packs whose program says what no compiler writes: each is refused, or harmless. What is accepted is played with every call there
//! is, and every call must come to its end.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

/// The generated code of this crate once more, for its private layout.
mod quests {
    #![allow(dead_code, unreachable_pub, unused_imports, reason = "only the layout is of interest")]

    use self::__definitions as __root;
    use ::quest_types as __rt;

    include!(concat!(env!("OUT_DIR"), "/quests.rs"));

    pub(super) const WHAT_THE_TABLES_HOLD: __rt::table::Layout = LAYOUT;

    /// The program as the generated code reads it.
    pub(super) fn program(tables: &'static [u8], text: &'static str) -> __rt::journal::program::Program {
        Tables::read(tables, text).program
    }
}

use proptest::prelude::*;
use quest_types::format::{self, program as at};
use quest_types::journal::engine::{Engine, Subscriptions};
use quest_types::journal::program::Program;
use quest_types::journal::{Fact, Key, RawFacts, RawQuestion, State};
use quest_types::load::{LoadError, open, verify_tables};
use quest_types::table::{Column, Layout};
use std::path::Path;
use std::sync::LazyLock;

const LAYOUT: Layout = quests::WHAT_THE_TABLES_HOLD;

/// The tables and texts of a good pack.
static GOOD: LazyLock<(Vec<u8>, String)> = LazyLock::new(|| {
    let run = quest_compiler::driver::run(
        &quest_compiler::driver::Request::build(Path::new(env!("CARGO_MANIFEST_DIR")).join("quest.toml")),
        &mut |_| {},
    );
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile.pack");
    run.write_pack(&path).unwrap();
    let pack = std::fs::read(path).unwrap();
    let good = open(&pack, &LAYOUT).unwrap();
    (good.tables.to_vec(), good.text.to_owned())
});

/// The number of the first section of the program.
fn first() -> usize {
    LAYOUT.sections.len() - at::SECTIONS
}

/// The section with the quest of each stage.
fn quests_of_stages() -> usize {
    // The rows of stages are those of their keys, which the parents come with.
    let same = LAYOUT.sections[first() + 1].columns.iter().find_map(|column| match column {
        Column::SameRows { section } => Some(usize::from(*section)),
        _ => None,
    });
    same.unwrap() + format::KIND_SECTIONS - 1
}

/// Where the rows of a section of the program begin, and how many there are.
fn section(tables: &[u8], number: usize) -> (usize, usize, usize) {
    let number = first() + number;
    let entry = format::TABLES_HEADER + number * format::SECTION_ENTRY;
    let rows = u32::from_le_bytes(tables[entry + 4..entry + 8].try_into().unwrap());
    (place(tables, number), LAYOUT.sections[number].size as usize, rows as usize)
}

/// Where the rows of any section begin.
fn place(tables: &[u8], number: usize) -> usize {
    let entry = format::TABLES_HEADER + number * format::SECTION_ENTRY;
    u32::from_le_bytes(tables[entry..entry + 4].try_into().unwrap()) as usize
}

/// The good tables with a word of the program changed.
fn changed(number: usize, row: usize, cell: usize, word: u32) -> Vec<u8> {
    let mut tables = GOOD.0.clone();
    let (start, size, rows) = section(&tables, number);
    assert!(row < rows, "section {number} has {rows} rows");
    let at = start + row * size + cell;
    tables[at..at + 4].copy_from_slice(&word.to_le_bytes());
    tables
}

fn word(number: usize, row: usize, cell: usize) -> u32 {
    let (start, size, _) = section(&GOOD.0, number);
    let at = start + row * size + cell;
    u32::from_le_bytes(GOOD.0[at..at + 4].try_into().unwrap())
}

fn refusal(tables: &[u8]) -> String {
    match verify_tables(tables, &GOOD.1, &LAYOUT) {
        Err(LoadError::Corrupt { what, .. }) => what.to_owned(),
        other => panic!("{other:?}"),
    }
}

struct Everything;

impl RawFacts for Everything {
    fn fact(&self, question: RawQuestion) -> Fact<'_> {
        if question.subject == 1 { Fact::Number(1_000_000) } else { Fact::Is(true) }
    }
}

/// Makes every call on every row there is, and on one beyond.
fn play(tables: &[u8]) {
    let program: &'static Program =
        Box::leak(Box::new(quests::program(tables.to_vec().leak(), GOOD.1.clone().leak())));
    let (mut state, mut subscriptions, mut effects) =
        (State::default(), Subscriptions::default(), Vec::new());
    state.enter_world(program, "world");
    let keys: Vec<Key> = (0..=program.objective_count())
        .flat_map(|row| {
            (0..14).flat_map(move |variant| (0..4).map(move |kind| Key::objective_event(variant, kind, row)))
        })
        .collect();
    for round in 0..3 {
        let mut engine = Engine {
            program,
            state: &mut state,
            subscriptions: &mut subscriptions,
            world: &Everything,
            effects: &mut effects,
        };
        for quest in 0..=program.quest_count() {
            let _ = engine.discover(quest);
            let _ = engine.start(quest);
        }
        for key in &keys {
            let _ = engine.notify([*key], 2, Some(key.row));
            let _ = engine.notify([Key { class: 2, ..*key }], 1, None);
        }
        for objective in 0..=program.objective_count() {
            let _ = engine.reveal(objective);
            let _ = engine.advance(objective, u32::MAX);
        }
        for stage in 0..=program.stage_count() {
            let _ = engine.update(stage);
        }
        for quest in 0..=program.quest_count() {
            let _ = engine.skip(quest);
            let _ = engine.turn_in(quest, program.rewards(quest).next(), &mut |reward| reward % 2 == 0);
            let _ = engine.claim(quest, &mut |_| true);
            if round == 1 {
                let _ = engine.fail(quest);
            }
            let _ = engine.reset(quest);
            let _ = engine.start(quest);
        }
        engine.refresh();
        let _ = engine.pass(u64::from(u32::MAX));
    }
    for row in 0..=program.objective_count() {
        let names = [program.quest_names(row), program.stage_names(row), program.objective_names(row)];
        assert!(names.iter().all(|(id, name)| name.len() >= id.len().min(1)), "{names:?}");
        let _ = (program.branch_id(row), program.reward_name(row), program.failure_name(row));
    }
}

#[test]
fn what_leads_elsewhere_is_refused() {
    let [quests, stages, objectives, branches] = [0, 1, 2, 3];
    let range_of = |quest| word(quests, quest, at::QUEST_STAGES);
    let stages_of = |quest| range_of(quest) & 0x00FF_FFFF;
    assert_ne!(stages_of(0), stages_of(1));
    for (what, tables) in [
        ("a stage belongs to another quest", changed(quests, 0, at::QUEST_STAGES, range_of(1))),
        ("it begins in a stage of another quest", changed(quests, 0, at::QUEST_START, stages_of(1))),
        ("the stage after it belongs to another quest", changed(stages, 0, at::STAGE_NEXT, stages_of(1))),
        ("an objective is none of the quest", changed(quests, 0, at::QUEST_OBJECTIVES, 1 << 24)),
        ("an objective belongs to another stage", changed(objectives, 0, at::OBJECTIVE_STAGE, 1)),
        ("a branch leads into another quest", changed(branches, 0, at::BRANCH_TO, stages_of(0))),
        ("a link leads beyond the end of its table", changed(stages, 0, at::STAGE_NEXT, 1_000_000)),
        ("a list ends beyond the end of its table", changed(quests, 0, at::QUEST_REWARDS, u32::MAX >> 4)),
        ("a list ends beyond the end of its table", changed(stages, 0, at::STAGE_ACTIONS, u32::MAX >> 4)),
        ("a range is not among the long ones", changed(stages, 0, at::STAGE_ACTIONS, u32::MAX)),
    ] {
        assert_eq!(refusal(&tables), what);
    }
    // A stage of the second quest.
    let mut tables = GOOD.0.clone();
    let start = place(&tables, quests_of_stages());
    tables[start..start + 4].copy_from_slice(&1_u32.to_le_bytes());
    assert_eq!(refusal(&tables), "a stage belongs to another quest");
    // Alternatives: two objectives of other stages.
    let last = section(&GOOD.0, objectives).2 - 1;
    let more = (0..last).find(|row| word(objectives, *row, at::OBJECTIVE_MORE) == 0).unwrap();
    assert_ne!(word(objectives, more, at::OBJECTIVE_STAGE), word(objectives, last, at::OBJECTIVE_STAGE));
    let mut tables = changed(9, 0, 0, last as u32);
    let cell = section(&tables, 11).0 + at::OBJECTIVE_MORE_ANY;
    tables[cell..cell + 4].copy_from_slice(&[0, 0, 0, 1]);
    assert_eq!(refusal(&tables), "an alternative belongs to another stage");
    // No slot of the index is empty: a search for what is not there has no end.
    let mut tables = GOOD.0.clone();
    let (start, size, rows) = section(&tables, 8);
    (0..rows).for_each(|row| tables[start + row * size] |= 1);
    assert_eq!(refusal(&tables), "the number of slots is not a power of two above the number of topics");
}

#[test]
fn renames_of_what_does_not_exist_are_refused() {
    let number = LAYOUT
        .sections
        .iter()
        .position(|section| section.columns.iter().any(|column| matches!(column, Column::Renames { .. })));
    let row = place(&GOOD.0, number.unwrap());
    let changed = |cell: usize, bytes: &[u8]| {
        let mut tables = GOOD.0.clone();
        tables[row + cell..row + cell + bytes.len()].copy_from_slice(bytes);
        tables
    };
    let kind = changed(format::RENAME_KIND, &u16::MAX.to_le_bytes());
    assert_eq!(refusal(&kind), "an id was renamed whose kind does not exist");
    let id = changed(format::RENAME_ROW, &1_000_000_u32.to_le_bytes());
    assert_eq!(refusal(&id), "a link leads beyond the end of its table");
    let absent = changed(format::RENAME_OLD, &u32::MAX.to_le_bytes());
    assert_eq!(refusal(&absent), "a text does not lie in the string pool");
}

#[test]
fn what_is_good_can_be_played() {
    verify_tables(&GOOD.0, &GOOD.1, &LAYOUT).unwrap();
    play(&GOOD.0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: quest_test::proptest_regressions!("hostile_program"), ..ProptestConfig::default() })]

    /// Words of the program replaced by small numbers, which are more often rows than not.
    #[test]
    fn what_is_accepted_can_be_played(
        changes in prop::collection::vec((0..at::SECTIONS, any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..30_u32), 1..4),
    ) {
        let mut tables = GOOD.0.clone();
        for (number, row, cell, word) in changes {
            let (start, size, rows) = section(&tables, number);
            if rows == 0 {
                continue;
            }
            let at = start + row.index(rows) * size + cell.index(size.saturating_sub(3).max(1));
            tables[at..at + 4].copy_from_slice(&word.to_le_bytes());
        }
        if verify_tables(&tables, &GOOD.1, &LAYOUT).is_ok() {
            play(&tables);
        }
    }
}
