//! A game that starts without quests, is offered bad packs, and then loads a good one. One test, because a process loads once.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_types::load::LoadError;
use run_time::quests::{self, Quest, QuestId};
use run_time::{quest, stage};
use std::path::Path;
use std::sync::Mutex;

/// The log lines of this process.
struct Lines(Mutex<Vec<String>>);

impl log::Log for Lines {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        self.0.lock().expect("the lines").push(format!("{} {}", record.level(), record.args()));
    }
    fn flush(&self) {}
}

static LINES: Lines = Lines(Mutex::new(Vec::new()));

#[test]
fn a_pack_is_loaded_or_refused() {
    log::set_logger(&LINES).expect("the only logger");
    log::set_max_level(log::LevelFilter::Debug);

    let run = quest_compiler::driver::run(
        &quest_compiler::driver::Request::build(Path::new(env!("CARGO_MANIFEST_DIR")).join("quest.toml")),
        &mut |_| {},
    );
    assert_eq!(run.errors(), 0, "{:?}", run.human(false));
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("quests.pack");
    run.write_pack(&path).expect("the pack is written");
    let good = std::fs::read(&path).expect("the pack is there");

    // UC-001: until something good is loaded, the game goes on with an empty set.
    assert!(Quest::all().is_empty());
    assert_eq!(QuestId::find("iron-path"), None);
    assert!(quest!("iron-path").get().is_none());

    // A file that is not there, not ours, cut short anywhere, or changed anywhere.
    assert!(quests::load_file(path.with_extension("missing")).is_err());
    assert!(matches!(
        quests::load(b"not a pack at all, but long enough to hold a whole header of one .....".to_vec()),
        Err(LoadError::NotAPack)
    ));
    for length in (0..good.len()).step_by(97) {
        let cut = good.get(..length).expect("shorter").to_vec();
        assert!(quests::load(cut).is_err(), "cut to {length} bytes");
    }
    for at in (0..good.len()).step_by(53) {
        let mut changed = good.clone();
        if let Some(byte) = changed.get_mut(at) {
            *byte ^= 0x40;
        }
        assert!(quests::load(changed).is_err(), "byte {at} changed");
    }
    assert!(Quest::all().is_empty());
    assert!(
        LINES
            .0
            .lock()
            .expect("the lines")
            .iter()
            .any(|line| line.starts_with("ERROR Quest validation failed"))
    );

    quests::load_file(&path).expect("the pack is good");
    assert_eq!(Quest::all().len(), 5);
    let forge = quest!("iron-path");
    assert_eq!(forge.name(), "The Iron Path");
    assert_eq!(QuestId::find("iron-path"), Some(forge));
    let second = forge.stages().get(1).expect("four stages");
    assert_eq!(second.id(), stage!("iron-path:find-descent"));
    assert_eq!(second.quest().id(), forge);
    assert!(matches!(quests::load(good), Err(LoadError::AlreadyLoaded)));
    let lines = LINES.0.lock().expect("the lines");
    assert!(lines.iter().any(|line| line == "INFO Loaded 5 quests from configuration"), "{lines:#?}");
}
