//! A game changes its language while it runs: with texts that are a part of it, and with packs. One test of each, because the language is
//! that of the whole process.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use languages::{loaded, quest, quests, stage};
use quest_compiler::driver::{Request, run};
use quest_types::load::LoadError;
use std::path::Path;

const LONG: &str = "Der lange und beschwerliche Weg hinab in die Tiefe der alten Grüfte";

#[test]
fn texts_of_the_program_change_with_the_language() {
    let path = quest!("iron-path");
    let descent = stage!("iron-path:find-descent");
    assert_eq!(quests::languages().collect::<Vec<_>>(), ["en", "de", "de-AT", "en-XA"]);
    assert_eq!(quests::language(), "en");
    let english = path.name();
    let record = path.record();
    assert_eq!(english, "The Iron Path");

    assert_eq!(quests::set_language("de"), Some("de"));
    assert_eq!((quests::language(), path.name(), descent.name()), ("de", "Der Eisenpfad", LONG));
    // Ids and what is not translated stay; so do records, and what was read before.
    assert_eq!((path.as_str(), english), ("iron-path", "The Iron Path"));
    assert!(std::ptr::eq(record, path.record()));
    assert_eq!(record.name(), "Der Eisenpfad");
    assert_eq!(quest!("patrol-route").name(), "Patrol Route");
    assert_eq!(quests::QuestId::find("iron-path"), Some(path));

    // What Austria lacks comes from German, and then from the content.
    assert_eq!(quests::set_language("de_at"), Some("de-AT"));
    let tools = quest!("lost-tools");
    assert_eq!(tools.name(), "Verlorenes Werkzeug, von dem niemand weiß");
    assert_eq!((path.name(), quest!("patrol-route").name()), ("Der Eisenpfad", "Patrol Route"));
    assert_eq!(quests::set_language("de-CH"), Some("de"));
    assert_eq!(tools.name(), "Werk");

    // Every text of the pseudo-locale is in brackets.
    assert_eq!(quests::set_language("en-XA"), Some("en-XA"));
    for quest in quests::Quest::all() {
        assert!(quest.name().starts_with('⟦') && quest.name().ends_with('⟧'), "{}", quest.name());
        for stage in quest.stages() {
            assert!(stage.name().starts_with('⟦'), "{}", stage.name());
        }
    }
    assert_eq!(quests::set_language("tlh"), None);
    assert_eq!(quests::set_language("en"), Some("en"));
    assert_eq!(path.name(), english);
}

#[test]
fn language_packs_are_loaded_or_refused() {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("loaded/quest.toml");
    let report = run(&Request::build(manifest), &mut |_| {});
    assert_eq!(report.errors(), 0, "{:?}", report.human(false));
    let pack = Path::new(env!("CARGO_TARGET_TMPDIR")).join("quests.pack");
    report.write_pack(&pack).expect("the packs are written");
    let bytes =
        |tag: &str| std::fs::read(pack.with_extension(format!("{tag}.lang"))).expect("a language pack");
    let german = bytes("de");

    assert!(matches!(loaded::load_language(german.clone()), Err(LoadError::NothingLoaded)));
    loaded::load_file(&pack).expect("a good pack");
    let path = loaded::QuestId::find("iron-path").expect("a quest");
    assert_eq!((loaded::language(), path.name()), ("en", "The Iron Path"));
    assert_eq!(loaded::set_language("de"), None);

    // Cut short, changed anywhere, or a pack of something else.
    for length in (0..german.len()).step_by(61) {
        assert!(loaded::load_language(german[..length].to_vec()).is_err(), "cut to {length} bytes");
    }
    for at in (0..german.len()).step_by(37) {
        let mut changed = german.clone();
        changed[at] ^= 0x20;
        assert!(loaded::load_language(changed).is_err(), "byte {at} changed");
    }
    let quests = std::fs::read(&pack).expect("the pack");
    assert!(matches!(loaded::load_language(quests), Err(LoadError::NotALanguagePack)));
    for (what, bytes) in hostile(&german) {
        assert!(loaded::load_language(bytes).is_err(), "{what}");
    }
    assert_eq!((loaded::language(), path.name()), ("en", "The Iron Path"));

    assert_eq!(loaded::load_language(german).expect("a good language pack"), "de");
    assert_eq!(loaded::load_language(bytes("de-AT")).expect("a good language pack"), "de-AT");
    assert_eq!(path.name(), "The Iron Path");
    assert_eq!(loaded::set_language("de-AT-1996"), Some("de-AT"));
    assert_eq!(path.name(), "Der Eisenpfad");
    assert_eq!(
        loaded::QuestId::find("lost-tools").unwrap().name(),
        "Verlorenes Werkzeug, von dem niemand weiß"
    );
    assert_eq!(loaded::set_language("en"), Some("en"));
    assert_eq!(path.name(), "The Iron Path");
}

/// Language packs with right checksums that say what cannot be.
fn hostile(good: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    use quest_types::format::{LANGUAGE_CHECKSUM_AT, LANGUAGE_HEADER, LANGUAGE_TAG_AT, pack_checksum};
    let with = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = good.to_vec();
        change(&mut bytes);
        let (header, body) = bytes.split_at(LANGUAGE_HEADER);
        let checksum = pack_checksum(&header[..LANGUAGE_CHECKSUM_AT], body);
        bytes[LANGUAGE_CHECKSUM_AT..LANGUAGE_HEADER].copy_from_slice(&checksum.to_le_bytes());
        bytes
    };
    let texts = LANGUAGE_HEADER + 2;
    vec![
        ("a tag as long as the file", with(&|bytes| bytes[LANGUAGE_TAG_AT..][..4].fill(0xFF))),
        ("a tag that ends in the texts", with(&|bytes| bytes[LANGUAGE_TAG_AT] = 99)),
        ("other content", with(&|bytes| bytes[24] ^= 1)),
        ("another layout", with(&|bytes| bytes[16] ^= 1)),
        ("another format", with(&|bytes| bytes[8] = 3)),
        ("texts that are not UTF-8", with(&|bytes| bytes[texts + 40] = 0xFF)),
        ("places that lead to themselves", with(&|bytes| bytes[texts..].fill(0x40))),
        ("other ids", with(&|bytes| bytes[texts..].fill(0x3F))),
    ]
}
