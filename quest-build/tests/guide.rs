//! The files in `docs/getting-started.md` are a project that compiles, and the mistake in it gets the message that it shows.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use quest_build::tool;
use std::fs;
use std::path::Path;

/// Fenced blocks whose first line names a language and a file.
fn files(guide: &str) -> Vec<(&str, &str)> {
    let blocks = guide.split("```").skip(1).step_by(2);
    let named = blocks.filter_map(|block| {
        let (info, text) = block.split_once('\n')?;
        Some((info.split_once(' ')?.1, text))
    });
    named.collect()
}

#[test]
fn the_first_project_compiles() {
    let guide =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/getting-started.md")).unwrap();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("guide");
    let _ = fs::remove_dir_all(&folder);
    let files = files(&guide);
    assert_eq!(files.len(), 3, "{files:?}");
    for (name, text) in &files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let run = tool::run(&folder.join("quest.toml"), &mut |_| {});
    assert_eq!((run.errors(), run.warnings()), (0, 0), "{:?}", run.human(false));

    let quest = folder.join("content/lost-ring.json");
    let wrong = fs::read_to_string(&quest).unwrap().replace("\"next\": \"return\"", "\"next\": \"retrun\"");
    fs::write(&quest, wrong).unwrap();
    let run = tool::run(&folder.join("quest.toml"), &mut |_| {});
    let message = run.human(false).join("\n");
    let first = message.lines().next().unwrap();
    assert!(guide.contains(&format!("{first}\n")), "{first}");
    assert_eq!(run.fix().unwrap().len(), 1);
    assert_eq!(tool::run(&folder.join("quest.toml"), &mut |_| {}).errors(), 0);
}
