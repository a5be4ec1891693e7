//! Writes golden files.

use crate::command::{cargo, git, output, run};
use anyhow::{Result, ensure};

/// Which tests of a package write golden files.
struct Golden {
    package: &'static str,
    tests: &'static [&'static str],
}

/// In the order in which they are written: `broken` writes the project `many-mistakes`, whose messages `diagnostics` compares.
const GOLDEN: &[Golden] = &[
    Golden { package: "quest-types", tests: &["pack"] },
    Golden { package: "questc", tests: &["broken", "explain", "graphs", "output"] },
    Golden { package: "quest-compiler", tests: &["diagnostics", "manifest", "names"] },
    Golden { package: "quest-texts", tests: &["exchange"] },
    Golden { package: "adventure", tests: &["bad"] },
    Golden { package: "compile-fail", tests: &["macros"] },
    Golden { package: "formats", tests: &["bad"] },
    Golden { package: "journal", tests: &["saves", "schema"] },
    Golden { package: "neighbours", tests: &["bad"] },
    Golden { package: "portals", tests: &["bad"] },
    Golden { package: "rule-events", tests: &["bad", "contract"] },
    Golden { package: "rune-rust", tests: &["demo"] },
];

/// Runs the tests with golden files of all or of some packages, and lets them write.
///
/// # Errors
///
/// If a package has no golden files, or a test fails for another reason.
pub(crate) fn bless(packages: &[String]) -> Result<()> {
    for name in packages {
        ensure!(
            GOLDEN.iter().any(|golden| golden.package == name),
            "`{name}` has no golden files; these have: {}",
            GOLDEN.iter().map(|golden| golden.package).collect::<Vec<_>>().join(", ")
        );
    }
    let chosen = |golden: &&Golden| packages.is_empty() || packages.iter().any(|name| golden.package == name);
    for golden in GOLDEN.iter().filter(chosen) {
        let mut cargo = cargo();
        cargo.args(["test", "--quiet", "--all-features", "--package", golden.package]);
        cargo.args(golden.tests.iter().flat_map(|test| ["--test", test]));
        run(cargo.env("QUESTC_BLESS", "1").env("TRYBUILD", "overwrite"))?;
    }
    let changed = output(git().args(["status", "--short"]))?;
    println!("{}", if changed.is_empty() { "No file has changed." } else { changed.trim_end() });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::GOLDEN;
    use crate::command::root;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                rust_files(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }

    /// The tests of a crate in `folder` that compare with golden files.
    fn golden_tests(folder: &Path) -> BTreeSet<String> {
        let mut files = Vec::new();
        let tests = folder.join("tests");
        if tests.is_dir() {
            rust_files(&tests, &mut files);
        }
        let compares = |path: &PathBuf| {
            let text = fs::read_to_string(path).unwrap();
            ["quest_test::assert_golden", "quest_test::golden::", "trybuild::TestCases"]
                .iter()
                .any(|call| text.contains(call))
        };
        let name = |path: PathBuf| {
            let first = path.strip_prefix(&tests).unwrap().components().next().unwrap();
            Path::new(&first).file_stem().unwrap().to_string_lossy().into_owned()
        };
        files.into_iter().filter(compares).map(name).collect()
    }

    #[test]
    fn every_test_with_golden_files_can_be_blessed() {
        let metadata = cargo_metadata::MetadataCommand::new().current_dir(root()).no_deps().exec().unwrap();
        for package in metadata.workspace_packages() {
            if ["quest-test", "xtask"].contains(&package.name.as_str()) {
                continue;
            }
            let folder = package.manifest_path.parent().unwrap();
            let listed = GOLDEN.iter().find(|golden| golden.package == package.name.as_str());
            let listed: BTreeSet<String> =
                listed.iter().flat_map(|golden| golden.tests).map(|test| (*test).to_owned()).collect();
            assert_eq!(golden_tests(folder.as_std_path()), listed, "{}", package.name);
        }
    }
}
