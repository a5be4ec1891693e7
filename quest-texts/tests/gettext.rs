//! PO goes through the programs of gettext and comes back with every key, context, comment and obsolete entry.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

mod project;

use project::TextsProject;
use quest_test::Suite;
use quest_texts::Format;
use std::process::Command;

/// Runs a program in the folder of a project. `None` if it is not installed.
fn program(project: &TextsProject, name: &str, arguments: &[&str]) -> Option<String> {
    let run =
        Command::new(name).args(arguments).current_dir(project.path()).env("LC_ALL", "C.UTF-8").output();
    let Ok(output) = run else {
        Suite::Gettext.skip(&format!("`{name}` is not installed"));
        return None;
    };
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{name} {arguments:?}: {said}");
    Some(said)
}

fn read(project: &TextsProject, name: &str) -> String {
    std::fs::read_to_string(project.path().join(name)).unwrap()
}

#[test]
fn gettext_accepts_what_is_exported() {
    let project = TextsProject::new();
    project.translate(&[
        ("wolf-hunt.name", r#"{ "text": "Jage {count} Wölfe", "comment": "Wie viele?" }"#),
        ("wolf-hunt.intro", r#"{ "text": "Sie <b>heulen</b>.", "fuzzy": true }"#),
        ("lost-ring.name", r#"{ "text": "Der \"verlorene\" Ring\\" }"#),
        ("old-quest.name", r#"{ "text": "Eine alte Aufgabe" }"#),
    ]);
    let before = project.export(Format::Po, None).unwrap().text;
    project.write("de.po", &before);
    let Some(said) = program(
        &project,
        "msgfmt",
        &["--check-format", "--check-domain", "--statistics", "-o", "de.mo", "de.po"],
    ) else {
        return;
    };
    assert!(said.contains("2 translated messages, 1 fuzzy translation, 5 untranslated messages"), "{said}");

    // A new template, a sorted copy with broken lines, and back: nothing is lost.
    project.write("new.pot", project.export(Format::Po, None).unwrap().text);
    program(&project, "msgmerge", &["-N", "-q", "-o", "merged.po", "de.po", "new.pot"]).unwrap();
    program(&project, "msgcat", &["--sort-output", "--width=40", "-o", "sorted.po", "merged.po"]).unwrap();
    let sorted = read(&project, "sorted.po");
    let imported = project.import(Format::Po, sorted.as_bytes()).unwrap();
    assert_eq!((imported.same, imported.fuzzy.len(), imported.stale.len()), (3, 1, 0), "{imported:#?}");
    assert!(imported.kept.is_empty() && imported.unknown.is_empty() && imported.unusable.is_empty());
    project.write("de.json", &imported.text);
    assert_eq!(project.export(Format::Po, None).unwrap().text, before);

    // What a file of gettext has beside translations survives an export to the same file.
    let again = project.export(Format::Po, Some(sorted.as_bytes())).unwrap();
    assert_eq!((again.kept, again.obsolete), (0, 1));
    assert!(
        again.text.contains("# Wie viele?\n") && again.text.contains("#~ msgctxt \"old-quest.name\""),
        "{}",
        again.text
    );
}
