//! Ids written into keys and slots are found again, and nothing else is.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod support;

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use quest_types::table::{Keys, ScopedKeys};
use support::{Pool, keys, tables};

proptest! {
    #![proptest_config(support::cases(128))]

    #[test]
    fn every_id_is_found(ids in prop::collection::btree_set(".{0,12}", 0..200), other in ".{0,12}") {
        let mut pool = Pool::default();
        let rows: Vec<_> = ids.iter().map(|id| (&id[..], None)).collect();
        let sections = keys(&mut pool, &rows);
        let (data, pool): (&'static [u8], &'static str) = (tables(&sections).leak(), pool.text.leak());
        let keys = Keys::read(data, 0, 1);
        prop_assert_eq!((keys.len(), keys.is_empty()), (ids.len(), ids.is_empty()));
        for (row, id) in ids.iter().enumerate() {
            prop_assert_eq!(keys.find(pool, id), Some(row as u32));
            prop_assert_eq!(keys.text(pool, row as u32), Some(&id[..]));
        }
        prop_assert_eq!(keys.find(pool, &other).is_some(), ids.contains(&other));
        prop_assert_eq!(keys.text(pool, ids.len() as u32), None);
    }

    #[test]
    fn every_scoped_id_is_found(
        ids in prop::collection::btree_set((0_u32..5, "[a-c]{0,2}"), 0..60),
        other in (0_u32..6, "[a-d]{0,2}"),
    ) {
        let mut pool = Pool::default();
        let rows: Vec<_> = ids.iter().map(|(parent, id)| (&id[..], Some(*parent))).collect();
        let sections = keys(&mut pool, &rows);
        let (data, pool): (&'static [u8], &'static str) = (tables(&sections).leak(), pool.text.leak());
        let keys = ScopedKeys::read(data, 0, 1);
        for (row, (parent, id)) in ids.iter().enumerate() {
            prop_assert_eq!(keys.find(pool, *parent, id), Some(row as u32));
            prop_assert_eq!((keys.parent(row as u32), keys.text(pool, row as u32)), (*parent, Some(&id[..])));
        }
        prop_assert_eq!(keys.find(pool, other.0, &other.1).is_some(), ids.contains(&other));
        prop_assert_eq!(keys.parent(ids.len() as u32), u32::MAX);
    }
}

#[test]
fn searches_end_in_tables_without_an_empty_slot() {
    let slot = quest_types::format::lookup::slot(0, 0).to_le_bytes().to_vec();
    let mut pool = Pool::default();
    let key = pool.cell("a").to_vec();
    for slots in [0, 1, 3, 4] {
        let data = tables(&[vec![key.clone()], vec![slot.clone(); slots]]).leak();
        assert_eq!(Keys::read(data, 0, 1).find("a", "b"), None);
    }
}

#[test]
fn empty_tables_read_as_empty_sections() {
    let keys = ScopedKeys::read(quest_types::table::EMPTY, 40, 41);
    assert!(keys.is_empty() && keys.find("", 0, "a").is_none());
}

#[test]
fn tables_of_another_shape_are_not_read() {
    let data: &'static [u8] = tables(&[vec![vec![0; 8]; 2]]).leak();
    let is_refused = |data: &'static [u8], number: usize| {
        std::panic::catch_unwind(move || quest_types::table::records::<quest_types::Row<8>>(data, number))
            .is_err()
    };
    assert!(!is_refused(data, 0));
    assert!(is_refused(data, 1), "no such section");
    assert!(is_refused(&data[..data.len() - 1], 0), "cut in a row");
    assert!(is_refused(&data[..36], 0), "cut in the list of sections");
    assert!(is_refused(&[], 0), "no header");
}

#[test]
fn tables_of_other_content_are_not_used() {
    use quest_types::table::checked;
    use support::{CONTENT_FINGERPRINT as CONTENT, LAYOUT_FINGERPRINT as LAYOUT};
    let data: &'static [u8] = tables(&[]).leak();
    assert_eq!(checked(data, LAYOUT, CONTENT), data);
    assert!(std::panic::catch_unwind(|| checked(data, LAYOUT ^ 1, CONTENT)).is_err());
    assert!(std::panic::catch_unwind(|| checked(data, LAYOUT, CONTENT ^ 1)).is_err());
    assert!(std::panic::catch_unwind(|| checked(&data[..31], LAYOUT, CONTENT)).is_err());
    assert!(std::panic::catch_unwind(|| checked(quest_types::table::EMPTY, 0, 0)).is_err());
}

#[test]
fn the_hash_spreads() {
    // The longest way from an id's own slot, for ids as content has them.
    let ids: BTreeSet<String> = (0..10_000).map(|n| format!("quest-{n}")).collect();
    let rows: Vec<_> = ids.iter().map(|id| (&id[..], None)).collect();
    let slots = support::slots(&rows);
    let mut ways = BTreeMap::new();
    for (at, slot) in slots.iter().enumerate() {
        let row = u32::from_le_bytes(slot[..4].try_into().unwrap());
        if let Some((id, _)) = rows.get((row as usize).wrapping_sub(1)) {
            let own = quest_types::format::lookup::hash_id(id, None) as usize;
            *ways.entry(at.wrapping_sub(own) & (slots.len() - 1)).or_insert(0) += 1;
        }
    }
    assert!(ways.keys().all(|way| *way < 40), "{ways:?}");
}
