//! The five quests of the Quest Schema under ids of their own, again and again. What questc warns about in them is mended first: a game
//! of this size does not have thousands of warnings.

use std::fs;
use std::path::Path;

/// Ids that other quests refer to; each copy gets its own.
const IDS: [&str; 5] = ["iron-path", "lost-tools", "patrol-route", "rusted-heart", "salvage-run-daily"];

/// The objects of so many quests, as JSON.
pub(crate) fn quests(root: &Path, quests: usize) -> Vec<String> {
    let originals: Vec<String> = IDS
        .iter()
        .map(|id| {
            let path = root.join(format!("tests/rune-rust/content/quests/{id}.json"));
            let text = fs::read_to_string(path).expect("the five quests");
            let start = text.find("\"quests\": [").expect("quests") + "\"quests\": [".len();
            let end = text.rfind(']').expect("the end of quests");
            // The level of a quest meets its condition, the hidden objectives are not all required, and the quest before exists.
            text[start..end]
                .trim_end()
                .replace("\"level\": 5,", "\"level\": 6,")
                .replace("\"level\": 10,", "\"level\": 11,")
                .replace("\"isHidden\": true", "\"isHidden\": true, \"isOptional\": true")
                .replace("\"intro-arrival\"", "\"salvage-run-daily\"")
        })
        .collect();
    let copy_of = |number: usize| {
        let copy = number / IDS.len();
        let mut text = originals[number % IDS.len()].clone();
        for id in IDS {
            text = text.replace(&format!("\"{id}\""), &format!("\"{id}-{copy}\""));
        }
        // Players tell quests apart by their names.
        text.replacen("\"name\": \"", &format!("\"name\": \"{copy}: "), 1)
    };
    (0..quests).map(copy_of).collect()
}
