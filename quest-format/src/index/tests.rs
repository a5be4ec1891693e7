use super::{Entry, HEADER, Index, IndexError, KIND, KindSource, Rename, write};
use std::vec::Vec;

fn source() -> [KindSource<'static>; 3] {
    let kind = |macro_name, path, type_name, parent, ids: &[(u32, &'static str)]| KindSource {
        macro_name,
        path,
        type_name,
        parent,
        ids: ids.to_vec(),
    };
    [
        // A kind may come before the one that scopes it.
        kind("stage", "quest.stage", "StageId", Some(1), &[(1, "two"), (1, "one"), (0, "one")]),
        kind("quest", "quest", "QuestId", None, &[(0, "b"), (0, "a"), (0, "a-b")]),
        kind("", "flag", "FlagId", None, &[]),
    ]
}

fn bytes() -> Vec<u8> {
    let renames =
        [Rename { kind: 1, former: "old-a", row: 1 }, Rename { kind: 0, former: "old-a:uno", row: 1 }];
    write(&source(), &renames, false).of_content(0x0123_4567_89ab_cdef)
}

#[test]
fn reads_what_was_written() {
    let index = Index::parse(bytes()).unwrap();
    assert_eq!(index.verify(), Ok(()));
    assert_eq!((index.fingerprint, index.incomplete), (0x0123_4567_89ab_cdef, false));
    let (stage, quest) = (index.kind("stage").unwrap(), index.kind("quest").unwrap());
    assert_eq!(
        (stage.path.as_str(), stage.type_name.as_str(), stage.noun()),
        ("quest.stage", "StageId", "stage")
    );
    assert_eq!(index.parent(stage).unwrap().path, "quest");
    assert_eq!(index.ancestors(stage).count(), 1);
    assert!(index.kind("").is_none() && index.kind("flag").is_none());
    let entries: Vec<(&str, u32)> = index.entries(stage).map(|entry| (entry.path, entry.row)).collect();
    assert_eq!(entries, [("a:one", 1), ("a:two", 0), ("b:one", 2)]);
    assert_eq!(
        (index.row(quest, "a-b"), index.row(quest, "c"), index.path(quest, 0)),
        (Some(2), None, Some("b"))
    );
    let within: Vec<Entry<'_>> = index.entries_in(stage, "a").collect();
    assert_eq!(within, [Entry { path: "one", row: 1 }, Entry { path: "two", row: 0 }]);
    assert!(Index::parse(write(&source(), &[], true).of_content(1)).unwrap().incomplete);
}

#[test]
fn an_index_can_be_marked_as_incomplete() {
    let marked = super::mark_incomplete(bytes()).unwrap();
    let index = Index::parse(marked).unwrap();
    assert!(index.incomplete && index.fingerprint == 0x0123_4567_89ab_cdef);
    assert_eq!(super::mark_incomplete(bytes()[..15].to_vec()), None);
    let mut other = bytes();
    other[8] = 1;
    assert_eq!(super::mark_incomplete(other), None);
}

#[test]
fn former_ids_are_found_within_their_kind() {
    let index = Index::parse(bytes()).unwrap();
    let (stage, quest) = (index.kind("stage").unwrap(), index.kind("quest").unwrap());
    assert_eq!(index.renamed(quest, "old-a"), Some(Entry { path: "a", row: 1 }));
    assert_eq!(index.renamed(stage, "old-a:uno"), Some(Entry { path: "a:one", row: 1 }));
    assert_eq!((index.renamed(stage, "old-a"), index.renamed(quest, "a")), (None, None));
}

#[test]
fn of_two_equal_paths_the_first_row_is_found() {
    let kind = KindSource {
        macro_name: "flag",
        path: "flag",
        type_name: "FlagId",
        parent: None,
        ids: [(0, "x"), (0, "a"), (0, "x")].to_vec(),
    };
    let index = Index::parse(write(&[kind], &[], false).of_content(0)).unwrap();
    assert_eq!(index.row(index.kind("flag").unwrap(), "x"), Some(0));
    assert_eq!(index.verify(), Ok(()));
}

#[test]
fn says_why_bytes_are_no_index() {
    let good = bytes();
    let error = |bytes: Vec<u8>| Index::parse(bytes).and_then(|index| index.verify()).unwrap_err();
    let with = |at: usize, value: u32| {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        bytes
    };
    let damaged = IndexError::Damaged;
    assert_eq!(error(Vec::new()), damaged("it does not begin as an index does"));
    assert_eq!(error(good[..20].to_vec()), damaged("it ends too early"));
    assert_eq!(error(good[..100].to_vec()), damaged("it ends too early"));
    assert_eq!(error(with(8, 1)), IndexError::Format(1));
    for count in [24, 28, 32] {
        assert_eq!(error(with(count, u32::MAX)), damaged("it ends too early"));
    }
    assert_eq!(error(with(HEADER, u32::MAX)), damaged("a kind refers to what is not there"));
    assert_eq!(error(with(HEADER + 24, 9)), damaged("a kind refers to what is not there"));
    assert_eq!(error(with(HEADER + 24, 0)), damaged("a kind is scoped by itself"));
    assert_eq!(error(with(HEADER + 32, u32::MAX)), damaged("a kind refers to what is not there"));
    let entries = HEADER + 3 * KIND;
    assert_eq!(error(with(entries, u32::MAX)), damaged("an id refers to text that is not there"));
    assert_eq!(error(with(entries + super::ENTRY + 4, 0)), damaged("its ids are not sorted"));
    let renames = entries + 6 * super::ENTRY;
    assert_eq!(error(with(renames, 3)), damaged("a rename refers to what is not there"));
    assert_eq!(error(with(renames + 4, u32::MAX)), damaged("a rename refers to what is not there"));
    let mut not_text = good.clone();
    *not_text.last_mut().unwrap() = 0xff;
    assert_eq!(error(not_text), damaged("its text is not UTF-8"));
}

/// Every single byte changed to every interesting value, and every length: any answer is allowed, but no panic.
#[test]
fn damage_is_never_a_panic() {
    let good = bytes();
    let read = |bytes: Vec<u8>| {
        let Ok(index) = Index::parse(bytes) else { return };
        let verified = index.verify().is_ok();
        for kind in index.kinds() {
            for text in ["a", "a:one", "old-a", "", "zzz"] {
                let _ =
                    (index.row(kind, text), index.renamed(kind, text), index.entries_in(kind, text).count());
            }
            if verified {
                assert!(index.entries(kind).all(|entry| index.row(kind, entry.path) == Some(entry.row)));
            }
        }
    };
    for length in 0..=good.len() {
        read(good[..length].to_vec());
    }
    for at in 0..good.len() {
        for value in [0, 1, 0x7f, 0x80, 0xff, good[at].wrapping_add(1)] {
            let mut bytes = good.clone();
            bytes[at] = value;
            read(bytes);
        }
    }
}
