//! What holds of every renaming: the project is as clean as before, and renaming back restores every byte.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

mod generate;

use generate::{Generated, Random};
use proptest::prelude::*;
use quest_compiler::driver::{Request, run};
use quest_test::TempProject;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a folder, by their names within it.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    fn below(folder: &Path, root: &Path, found: &mut BTreeMap<PathBuf, Vec<u8>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                below(&path, root, found);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    below(folder, folder, &mut found);
    found
}

fn diagnostics(manifest: &Path) -> Vec<String> {
    run(&Request::check(manifest), &mut |_| {}).human(false)
}

fn rename(manifest: &Path, old: &str, new: &str) {
    let request = Request::check(manifest);
    let renaming = quest_rename::rename(&request, old, new)
        .unwrap_or_else(|refusal| panic!("{old} → {new}: {refusal}\n{}", shown(&refusal)));
    assert!(!renaming.files.is_empty(), "{old} → {new} changes nothing");
    quest_rename::write(&renaming.files).unwrap();
}

fn shown(refusal: &quest_rename::Refusal) -> String {
    refusal.report.as_ref().map(|report| report.human(false).join("\n")).unwrap_or_default()
}

fn rename_and_back(seed: u64) {
    let random = &mut Random::new(seed);
    let generated = Generated::new(random);
    let project = TempProject::new();
    for (name, text) in &generated.files {
        project.write(name, text);
    }
    let manifest = project.manifest();
    assert_eq!(diagnostics(&manifest), [""; 0], "the project is clean");
    let mut ids = generated.ids;
    for _ in 0..3 {
        let before = files(project.path());
        let at = random.below(ids.len());
        let (kind, path) = ids[at].clone();
        let (around, last) =
            path.rsplit_once(':').map_or(("", path.as_str()), |(around, last)| (around, last));
        let new = generate::new_id(random, &ids, &kind, around);
        let new_path = if around.is_empty() { new.clone() } else { format!("{around}:{new}") };
        rename(&manifest, &format!("{kind}:{path}"), &format!("{kind}:{new_path}"));
        assert_eq!(diagnostics(&manifest), [""; 0], "{kind}:{path} → {new}");
        let after = files(project.path());
        rename(&manifest, &format!("{kind}:{new_path}"), last);
        let back = files(project.path());
        for (name, text) in &before {
            let found = back.get(name).map(|found| String::from_utf8_lossy(found).into_owned());
            assert_eq!(
                found,
                Some(String::from_utf8_lossy(text).into_owned()),
                "{kind}:{path} → {new}: {}",
                name.display()
            );
        }
        assert_eq!(before.len(), back.len());
        assert_ne!(before, after);
        // The next renaming starts from a renamed project.
        rename(&manifest, &format!("{kind}:{path}"), &new);
        generate::renamed(&mut ids, &kind, &path, &new_path);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 32,
        failure_persistence: quest_test::proptest_regressions!("properties"),
        // A seed has no smaller one that says more.
        max_shrink_iters: 0,
        ..ProptestConfig::default()
    })]

    #[test]
    fn renaming_back_restores_every_byte(seed in any::<u64>()) {
        rename_and_back(seed);
    }
}
