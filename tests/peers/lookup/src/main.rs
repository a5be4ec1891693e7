//! What questc promises of single operations, each beside what it is compared with, in one program.
//!
//! - `find FILE`: nanoseconds for an id by its text, for all ids of a file in its order: questc, phf.
//! - `count FILE questc|phf|neither`: finds each once and prints nothing: for counting instructions.
//! - `rows`: nanoseconds for the row of an id in random order, questc and an array; for the stage after a stage, questc and an array.
//! - `start ID`: allocations until one quest is found, and page faults of that lookup and of the same again.

mod asm;

use asm::Row;
use nix::sys::resource::{UsageWho, getrusage};
use peer::each;
use quest_types::Id;
use quests::{Quest, QuestId, Stage};
use std::hint::black_box;

quest_types::include_quests!();
include!(concat!(env!("OUT_DIR"), "/phf.rs"));

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["find", file] => {
            let text = std::fs::read_to_string(file).expect("a file of ids");
            let ids: Vec<&str> = text.lines().collect();
            for id in &ids {
                assert_eq!(QuestId::parse(id).map(Id::row), PHF.get(id).copied(), "{id}");
            }
            println!("{:.1} {:.1}", each(ids.len(), || find(&ids)), each(ids.len(), || find_phf(&ids)));
        }
        ["count", file, which] => {
            let text = std::fs::read_to_string(file).expect("a file of ids");
            let ids: Vec<&str> = text.lines().collect();
            match black_box(which) {
                "questc" => find(&ids),
                "phf" => find_phf(&ids),
                _ => {}
            }
        }
        ["rows"] => rows(),
        ["start", id] => start(id),
        _ => {
            eprintln!("find FILE|count FILE questc|phf|neither|rows|start ID");
            std::process::exit(2);
        }
    }
}

#[inline(never)]
fn find(ids: &[&str]) {
    for id in ids {
        black_box(QuestId::parse(black_box(id)));
    }
}

#[inline(never)]
fn find_phf(ids: &[&str]) {
    for id in ids {
        black_box(PHF.get(black_box(id)));
    }
}

/// Rows of an array that are as large as those of questc, with the number of the row after it in each.
fn array<const SIZE: usize>(next: impl Iterator<Item = u32>) -> Vec<Row<SIZE>> {
    next.map(|next| Row { next: next.to_le_bytes(), rest: [1; SIZE] }).collect()
}

fn rows() {
    let mut order: Vec<QuestId> = QuestId::all().collect();
    shuffle(&mut order);
    // The rest of a row of the array is four bytes smaller than one of questc's.
    const QUEST: usize = size_of::<Quest>() - 4;
    const STAGE: usize = size_of::<Stage>() - 4;
    let numbers: Vec<u32> = order.iter().map(|id| id.row()).collect();
    let plain: Vec<Row<QUEST>> = array((0..QUESTS as u32).rev());
    let ours = each(order.len(), || {
        let repeatable = order.iter().filter(|&&id| black_box(id).is_repeatable()).count();
        black_box(repeatable);
    });
    let theirs = each(order.len(), || {
        let odd = numbers.iter().filter(|&&at| plain[black_box(at) as usize].rest[8] == 1).count();
        black_box(odd);
    });
    // Where each quest begins, and what follows: the same stages in the same order.
    let first: Vec<&'static Stage> = order.iter().filter_map(|id| id.stages().first()).collect();
    let after = |stage: &'static Stage| stage.next().map_or(u32::MAX, |next| next.id().row());
    let stages: Vec<Row<STAGE>> = array(Stage::all().iter().map(after));
    let begin: Vec<u32> = first.iter().map(|stage| stage.id().row()).collect();
    let mut steps = 0;
    let mut walk = || {
        steps = 0_usize;
        for &stage in &first {
            let mut at = Some(stage);
            while let Some(stage) = at {
                steps += 1;
                at = black_box(stage).next();
            }
        }
    };
    walk();
    let walked = each(1, &mut walk) / steps as f64;
    let mut others = 0;
    let mut walk = || {
        others = 0_usize;
        for &stage in &begin {
            let mut at = stages.get(stage as usize);
            while let Some(stage) = at {
                others += 1;
                at = stages.get(u32::from_le_bytes(black_box(stage).next) as usize);
            }
        }
    };
    let indexed = each(1, &mut walk) / steps as f64;
    assert_eq!(steps, others, "both walk the same way");
    println!("{ours:.2} {theirs:.2} {walked:.2} {indexed:.2}");
}

fn start(id: &str) {
    let faults = || getrusage(UsageWho::RUSAGE_SELF).map_or(0, |usage| usage.minor_page_faults());
    let mut counts = [0; 3];
    let allocated = allocation_counter::measure(|| {
        counts[0] = faults();
        black_box(QuestId::parse(black_box(id)).expect("a quest of this id").name().as_bytes()[0]);
        counts[1] = faults();
        black_box(QuestId::parse(black_box(id)).expect("a quest of this id").name().as_bytes()[0]);
        counts[2] = faults();
    });
    println!("{} {} {}", allocated.count_total, counts[1] - counts[0], counts[2] - counts[1]);
    // Kept for those who look at the assembly.
    black_box((asm::id_to_row as fn(_) -> _, asm::array_row as fn(_) -> _));
    black_box((asm::stage_to_next as fn(_) -> _, asm::array_next as fn(_) -> _));
}

/// Another order, always the same.
fn shuffle<T>(all: &mut [T]) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for last in (1..all.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        all.swap(last, (state >> 33) as usize % (last + 1));
    }
}
