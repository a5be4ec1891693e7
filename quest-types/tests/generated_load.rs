//! Content that is loaded at run time, from an empty set to a loaded one, as a game sees it (Quest Schema
//! UC-001). One test, because a program has one set of content.

#![cfg(feature = "load")]
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod support;

/// The id in a row.
macro_rules! at {
    ($id:ty, $row:literal) => {
        <$id as quest_types::__private::AtRow<$row>>::ID
    };
}

/// The quest content of this test.
pub mod quests {
    #[doc(hidden)]
    pub use ::quest_types as __rt;

    include!("generated/quests.rs");

    __rt::loader! { tables = Tables, layout = LAYOUT, counts = ["quests": quest, "stages": stage] }
}

use quest_types::load::LoadError;
use quests::{NpcId, Quest, QuestId, StageId};

const IRON: QuestId = at!(QuestId, 0);

#[test]
fn a_game_goes_on_empty_until_a_pack_is_loaded() {
    #[cfg(feature = "log")]
    logged::start();

    is_empty();
    let pack = support::sample().pack();
    let mut damaged = pack.clone();
    damaged[100] ^= 1;
    assert!(matches!(quests::load(damaged), Err(LoadError::Damaged)));
    is_empty();
    let panic = std::panic::catch_unwind(|| IRON.record().name()).unwrap_err();
    assert_eq!(
        panic.downcast_ref::<String>().unwrap(),
        "quest #0 is not loaded: the set of tables in memory is empty; load a pack first, or use `get` where the game \
         goes on without"
    );

    #[cfg(feature = "std")]
    {
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let error = quests::load_file(folder.join("no.pack")).unwrap_err();
        assert!(matches!(&error, LoadError::Io { path, .. } if path.ends_with("no.pack")));
        assert!(error.to_string().starts_with("cannot read the quest pack `") && !quests::is_loaded());
        assert!(std::error::Error::source(&error).is_some());
        std::fs::write(folder.join("quests.pack"), &pack).unwrap();
        quests::load_file(folder.join("quests.pack")).unwrap();
        assert!(matches!(quests::load_file(folder.join("no.pack")), Err(LoadError::AlreadyLoaded)));
    }
    #[cfg(not(feature = "std"))]
    quests::load(&pack[..]).unwrap();

    assert!(quests::is_loaded());
    assert_eq!((IRON.record().name(), Quest::all().len()), ("The Iron Path", 2));
    assert_eq!(StageId::parse("iron-path:speak").unwrap().record().title(), "Speak");
    assert!(matches!(quests::load(pack), Err(LoadError::AlreadyLoaded)));

    #[cfg(all(feature = "log", feature = "std"))]
    logged::compare();
}

fn is_empty() {
    assert!(!quests::is_loaded());
    assert!(Quest::all().is_empty());
    assert_eq!((QuestId::all().len(), StageId::all().len()), (0, 0));
    assert_eq!(QuestId::find("iron-path"), None);
    assert_eq!(StageId::find(IRON, "speak"), None);
    assert_eq!(StageId::parse("iron-path:speak"), None);
    assert_eq!(NpcId::find(""), None);
    assert!(IRON.get().is_none());
    assert_eq!(format!("{IRON} {IRON:?}"), "<not loaded> QuestId(\"<not loaded>\")");
    assert_eq!(at!(StageId, 0).quest().as_str(), "<not loaded>");
}

/// What Quest Schema §15 asks to log.
#[cfg(feature = "log")]
mod logged {
    use std::sync::Mutex;

    static LINES: Mutex<Vec<String>> = Mutex::new(Vec::new());

    struct Lines;

    impl log::Log for Lines {
        fn enabled(&self, _: &log::Metadata<'_>) -> bool {
            true
        }

        fn log(&self, record: &log::Record<'_>) {
            LINES.lock().unwrap().push(format!("{} {}", record.level(), record.args()));
        }

        fn flush(&self) {}
    }

    pub(super) fn start() {
        log::set_logger(&Lines).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
    }

    #[cfg(feature = "std")]
    pub(super) fn compare() {
        let lines = LINES.lock().unwrap();
        let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
        let [damaged, missing, rest @ ..] = &lines[..] else { panic!("{lines:?}") };
        assert_eq!(
            damaged,
            "ERROR Quest validation failed: the quest pack is damaged: its checksum is wrong"
        );
        assert!(
            missing.starts_with("ERROR Quest validation failed: cannot read the quest pack"),
            "{missing}"
        );
        let loaded = format!("INFO Quest schema loaded from {}", folder.join("quests.pack").display());
        let expected = [
            "DEBUG Quest configuration validated successfully",
            &loaded,
            "INFO Loaded 2 quests from configuration",
            "INFO Loaded 3 stages from configuration",
        ];
        assert_eq!(rest, expected);
    }
}
