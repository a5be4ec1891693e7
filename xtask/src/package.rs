//! Packages every published crate from a clean clone.

use crate::command::{cargo, git, output, root, run};
use anyhow::{Context, Result, ensure};
use cargo_metadata::{MetadataCommand, Package};
use std::path::Path;
use std::process::Command;

/// Files that every package contains.
const REQUIRED: [&str; 4] = ["Cargo.toml", "README.md", "LICENSE-MIT", "LICENSE-APACHE"];

/// Clones HEAD into a temporary folder, packages all published crates there and, with `verify`, builds what the packages contain.
///
/// # Errors
///
/// If a package cannot be made or built, or lacks a required file or field.
pub(crate) fn package(verify: bool) -> Result<()> {
    let changed = output(git().args(["status", "--porcelain"]))?;
    if !changed.is_empty() {
        eprintln!("warning: what is not committed is not packaged:\n{}", changed.trim_end());
    }
    let metadata = MetadataCommand::new().current_dir(root()).no_deps().exec()?;
    let published =
        |package: &&Package| package.publish.as_ref().is_none_or(|registries| !registries.is_empty());
    let packages: Vec<&Package> = metadata.workspace_packages().into_iter().filter(published).collect();
    for package in &packages {
        let missing = missing_fields(package);
        ensure!(missing.is_empty(), "{}: Cargo.toml lacks {}", package.name, missing.join(", "));
    }

    let folder = tempfile::tempdir().context("cannot create a temporary folder")?;
    let clone = folder.path().join("questc");
    run(git().args(["clone", "--quiet", "--no-hardlinks"]).arg(root()).arg(&clone))?;
    for package in &packages {
        let files = output(in_clone(&clone).args(["package", "--list", "--package", &package.name]))?;
        let missing = missing_files(&files);
        ensure!(missing.is_empty(), "{}: the package lacks {}", package.name, missing.join(", "));
        println!("{}: {} files", package.name, files.lines().count());
    }
    let mut command = in_clone(&clone);
    command.args(["package", "--locked", "--target-dir"]).arg(folder.path().join("target"));
    command.args(packages.iter().flat_map(|package| ["--package", &package.name]));
    if !verify {
        command.arg("--no-verify");
    }
    run(&mut command)
}

fn in_clone(clone: &Path) -> Command {
    let mut cargo = cargo();
    // A target folder that the environment names belongs to this repository and not to the clone.
    cargo.current_dir(clone).env_remove("CARGO_TARGET_DIR");
    cargo
}

fn missing_files(list: &str) -> Vec<&'static str> {
    REQUIRED.into_iter().filter(|name| !list.lines().any(|line| line == *name)).collect()
}

fn missing_fields(package: &Package) -> Vec<&'static str> {
    let all_features = package.metadata["docs"]["rs"]["all-features"] == true;
    [
        ("description", package.description.is_some()),
        ("license", package.license.is_some()),
        ("readme", package.readme.is_some()),
        ("rust-version", package.rust_version.is_some()),
        ("keywords", !package.keywords.is_empty()),
        ("categories", !package.categories.is_empty()),
        ("package.metadata.docs.rs", all_features),
    ]
    .into_iter()
    .filter_map(|(name, is_there)| (!is_there).then_some(name))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::missing_files;

    #[test]
    fn a_package_needs_its_licences_and_a_readme() {
        assert_eq!(
            missing_files("Cargo.toml\nLICENSE-APACHE\nLICENSE-MIT\nREADME.md\nsrc/lib.rs\n"),
            [""; 0]
        );
        assert_eq!(
            missing_files("Cargo.toml\ndocs/README.md\nLICENSE-MIT\n"),
            ["README.md", "LICENSE-APACHE"]
        );
    }
}
