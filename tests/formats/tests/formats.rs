//! What a program sees of content does not depend on the format it is written in.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use formats::quests::{Errand, ErrandLoad, PersonId};
use formats::{errand, person, place};
use quest_compiler::driver::{self, Request};
use std::fs;
use std::path::Path;

const FORMATS: [&str; 5] = ["json", "jsonc", "yaml", "toml", "ron"];

/// What a build of the document in a format writes.
fn written(format: &str) -> Vec<(&'static str, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("equal").join(format);
    let run = driver::run(&Request::build(folder.join("quest.toml")), &mut |_| {});
    assert_eq!(run.human(false), Vec::<String>::new(), "{format}");
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("equal").join(format);
    run.write(&out).unwrap();
    run.write_pack(&out.join("quests.pack")).unwrap();
    let files = ["quests.rs", "quests.tables", "quests.text", "quests.index", "quests.pack"];
    files.map(|file| (file, fs::read(out.join(file)).unwrap())).to_vec()
}

#[test]
fn one_document_in_five_formats_gives_one_output() {
    let expected = written("json");
    for format in FORMATS {
        for ((file, found), (_, expected)) in written(format).iter().zip(&expected) {
            assert!(found == expected, "{file} of {format} differs from that of JSON");
        }
    }
}

#[test]
fn one_game_can_use_all_of_them() {
    let ids: Vec<&str> = Errand::all().iter().map(|errand| errand.id().as_str()).collect();
    assert_eq!(ids, ["bell", "herring", "cod", "lamp-oil", "wicks", "letters", "nets"]);
    let herring = errand!("herring");
    assert_eq!(herring.name(), "Herring for Édith");
    assert_eq!(herring.description(), Some("Carry the barrels up before the bells ring."));
    assert_eq!((herring.hours(), herring.urgent(), herring.load()), (Some(12), true, ErrandLoad::Heavy));
    assert!(herring.after().iter().eq([errand!("letters"), errand!("nets")]));
    assert_eq!(herring.from(), Some(person!("fishwife")));
    // An alias repeats what its anchor stands for.
    for fish in [herring, errand!("cod")] {
        let stops: Vec<_> = fish.stops().iter().map(|stop| (stop.at(), stop.minutes())).collect();
        assert_eq!(stops, [(place!("quay"), None), (place!("fish-market"), Some(90))]);
    }
    let prices: Vec<_> = errand!("wicks").prices().iter().map(|price| (price.key(), price.value())).collect();
    assert_eq!(prices, [("cotton", 0.25), ("hemp", 0.1)]);
    assert_eq!(errand!("lamp-oil").distance(), Some(1200));
    let bell = errand!("bell");
    assert_eq!((bell.hours(), bell.stops()[0].minutes()), (Some(240), Some(30)));
    assert_eq!(bell.extra(), Some(r#"{"verses":[[1,"Ding"],[2,"Dong"]],"sad":false}"#));
    assert_eq!(PersonId::all().len(), 2);
}
