use super::fixture::{Fixture, TemporaryFile};
use super::{Entry, Index, read, verify};
use quest_format::index::{ENTRY, HEADER, KIND};
use std::sync::Arc;

#[test]
fn reads_what_was_written() {
    let index = Fixture::quests().index();
    assert_eq!(index.fingerprint, 0x0123_4567_89ab_cdef);
    assert!(!index.incomplete);
    let stage = index.kind("stage").unwrap();
    assert_eq!(
        (stage.path.as_str(), stage.type_name.as_str(), stage.noun()),
        ("quest.stage", "StageId", "stage")
    );
    assert_eq!(index.parent(stage).unwrap().path, "quest");
    let objective = index.kind("objective").unwrap();
    let ancestors: Vec<&str> = index.ancestors(objective).map(|kind| kind.path.as_str()).collect();
    assert_eq!(ancestors, ["quest.stage", "quest"]);
    assert!(index.kind("faction").is_none());
    assert!(index.kind("").is_none());
    assert!(Fixture::quests().incomplete().index().incomplete);
}

#[test]
fn finds_every_id_and_nothing_else() {
    let index = Fixture::quests().index();
    for kind in index.kinds() {
        for entry in index.entries(kind) {
            assert_eq!(index.row(kind, entry.path), Some(entry.row), "{}", entry.path);
            assert_eq!(index.row(kind, &format!("{}x", entry.path)), None);
        }
    }
    let stage = index.kind("stage").unwrap();
    assert_eq!(index.row(stage, ""), None);
    assert_eq!(index.row(stage, "zzz"), None);
    assert_eq!(index.row(stage, "npc-kjartan"), None);
}

#[test]
fn lists_a_scope_without_its_neighbours() {
    let ids = ["a:2", "a:1", "a-b:1", "ab:1", "b:1"];
    let index = Fixture::new()
        .kind("quest", None, &["a", "a-b", "ab", "b"])
        .kind("quest.stage", Some(0), &ids)
        .index();
    let stage = index.kind("stage").unwrap();
    let within: Vec<Entry<'_>> = index.entries_in(stage, "a").collect();
    assert_eq!(within, [Entry { path: "1", row: 1 }, Entry { path: "2", row: 0 }]);
    assert_eq!(index.entries_in(stage, "c").count(), 0);
}

#[test]
fn reads_a_file_once_until_it_changes() {
    let file = Fixture::quests().file();
    let first = read(&file.path).unwrap();
    assert!(Arc::ptr_eq(&first, &read(&file.path).unwrap()));
    std::fs::write(&file.path, Fixture::new().bytes()).unwrap();
    assert!(read(&file.path).unwrap().kinds().is_empty());
}

/// The message for these bytes, with the path of the file as `PATH`.
fn message(bytes: &[u8]) -> String {
    let file = TemporaryFile::new("quests.index", bytes);
    let error = read(&file.path).and_then(|index| verify(&index, &file.path)).unwrap_err();
    error.message("cargo clean -p game").replace(file.path.to_str().unwrap(), "PATH")
}

#[test]
fn says_why_a_file_cannot_be_used() {
    let good = Fixture::quests().bytes();
    let with = |at: usize, value: u32| {
        let mut bytes = good.clone();
        bytes[at..at + 4].copy_from_slice(&value.to_le_bytes());
        bytes
    };
    let damaged = |what: &str| {
        format!(
            "the index of the quest content is damaged ({what}): PATH\n\
             help: run `cargo clean -p game`, then build again"
        )
    };
    assert_eq!(message(b""), damaged("it does not begin as an index does"));
    assert_eq!(message(b"QSTPACK\0"), damaged("it does not begin as an index does"));
    assert_eq!(message(&good[..20]), damaged("it ends too early"));
    assert_eq!(message(&good[..100]), damaged("it ends too early"));
    assert_eq!(message(&good[..good.len() - 1]), damaged("a kind refers to what is not there"));
    assert_eq!(message(&with(24, u32::MAX)), damaged("it ends too early"));
    assert_eq!(message(&with(28, u32::MAX)), damaged("it ends too early"));
    assert_eq!(message(&with(HEADER, u32::MAX)), damaged("a kind refers to what is not there"));
    assert_eq!(message(&with(HEADER + 24, 9)), damaged("a kind refers to what is not there"));
    assert_eq!(message(&with(HEADER + 24, 1)), damaged("a kind is scoped by itself"));
    assert_eq!(message(&with(HEADER + 32, u32::MAX)), damaged("a kind refers to what is not there"));
    assert_eq!(
        message(&with(HEADER + 5 * KIND, u32::MAX)),
        damaged("an id refers to text that is not there")
    );
    assert_eq!(message(&with(HEADER + 5 * KIND + ENTRY + 4, 0)), damaged("its ids are not sorted"));
    let mut not_text = good.clone();
    *not_text.last_mut().unwrap() = 0xff;
    assert_eq!(message(&not_text), damaged("its text is not UTF-8"));
    assert_eq!(
        message(&with(8, 1)),
        "the index of the quest content has format 1, but these macros read format 4: PATH\n\
         help: give `quest-build` and `quest-types` the same version, run `cargo clean -p game`, then build again"
    );
}

#[test]
fn says_that_a_file_is_missing_or_unreadable() {
    let file = Fixture::new().file();
    let path = file.path.to_str().unwrap();
    std::fs::remove_file(&file.path).unwrap();
    assert_eq!(
        read(&file.path).unwrap_err().message("cargo clean -p game"),
        format!(
            "the index of the quest content is missing: {path}\nhelp: run `cargo clean -p game`, then build again"
        )
    );
    let unreadable = read(&file.directory).unwrap_err().message("cargo clean -p game");
    assert!(unreadable.starts_with("cannot read the index of the quest content, "), "{unreadable}");
}

/// Bytes changed, cut off and appended at random: every answer is allowed, no panic and no endless loop.
#[test]
fn damage_is_never_a_panic() {
    let good = Fixture::quests().bytes();
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut refused, mut accepted) = (0, 0);
    for _ in 0..5_000 {
        let mut bytes = good.clone();
        for _ in 0..=random.below(4) {
            let at = random.below(bytes.len());
            // Mostly in the numbers; small and large values are the interesting ones.
            let at = if random.below(2) == 0 { at } else { at % (HEADER + 5 * KIND) };
            bytes[at] = match random.below(3) {
                0 => random.below(256) as u8,
                1 => [0, 1, 0x7f, 0x80, 0xff][random.below(5)],
                _ => bytes[at].wrapping_add(1),
            };
        }
        match random.below(4) {
            0 => bytes.truncate(random.below(good.len() + 1)),
            1 => bytes.extend_from_slice(&good[..random.below(good.len())]),
            _ => {}
        }
        let Ok(index) = Index::parse(bytes) else {
            refused += 1;
            continue;
        };
        accepted += 1;
        let verified = index.verify().is_ok();
        for kind in index.kinds() {
            for text in [
                "iron-path",
                "iron-path:find-decent",
                "find-descent",
                "a:b:c:d",
                "",
                " iron-path",
                "NPC-maren",
            ] {
                let found = index.row(kind, text).is_some();
                let explained = crate::unknown::explain(&index, kind, text);
                assert!(found || !explained.is_empty());
            }
            if verified {
                assert!(index.entries(kind).all(|entry| index.row(kind, entry.path) == Some(entry.row)));
            }
        }
    }
    assert!(refused > 500 && accepted > 500, "{refused} refused, {accepted} accepted");
}

/// xorshift64: repeatable, and no dependency.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// The index that `tests/macros.rs` uses. `BLESS=1` writes it again.
#[test]
fn the_index_of_the_integration_test_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/quests.index");
    let bytes = Fixture::quests().bytes();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(path, &bytes).unwrap();
    }
    assert!(
        std::fs::read(path).ok() == Some(bytes),
        "tests/quests.index is out of date: run this test with BLESS=1, then build again"
    );
}
