//! The dependency graph of the modules of each crate, as their paths say.
//!
//! Two things are errors: modules of one folder that depend on each other in a circle, if any of them is a folder itself, and a
//! dependency on a layer above. `xtask/layers.toml` declares the layers; `xtask/known-cycles.txt` lists what is still wrong and must
//! shrink: an entry that no longer occurs is an error, too.

mod check;
mod folders;
mod modules;
mod render;
mod resolve;

use crate::command::root;
use anyhow::{Context, Result, ensure};
use cargo_metadata::{MetadataCommand, Package, TargetKind};
use check::{Layers, Violation};
use folders::Folder;
use modules::Modules;
use std::fs;

/// Arguments of `cargo xtask graph`.
#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Print Graphviz DOT instead of text
    #[arg(long)]
    dot: bool,
    /// Only this crate
    #[arg(long, value_name = "NAME")]
    package: Option<String>,
    /// Print only what is wrong
    #[arg(long)]
    quiet: bool,
}

/// A crate and the dependencies between the modules of each of its folders.
struct Crate {
    name: String,
    /// Crates of the workspace that it depends on.
    dependencies: Vec<String>,
    folders: Vec<Folder>,
}

/// Prints the graphs.
///
/// # Errors
///
/// If a crate cannot be read, or has a cycle or a back edge that is not known, or no longer has one that is.
pub(crate) fn graph(arguments: &Arguments) -> Result<()> {
    let layers = Layers::read(&root().join("xtask/layers.toml"))?;
    let known = root().join("xtask/known-cycles.txt");
    let known = fs::read_to_string(&known).with_context(|| format!("cannot read {}", known.display()))?;
    let mut crates = crates()?;
    if let Some(name) = &arguments.package {
        crates.retain(|one| one.name == *name);
        ensure!(!crates.is_empty(), "the workspace has no published crate `{name}`");
    }
    if !arguments.quiet {
        let text = if arguments.dot { render::dot(&crates, &layers) } else { render::text(&crates) };
        print!("{text}");
    }
    let mut violations: Vec<Violation> = Vec::new();
    for one in &crates {
        violations.extend(check::violations(one, &layers)?);
    }
    let problems = check::compare(&violations, &known, |name| crates.iter().any(|one| one.name == name));
    ensure!(problems.is_empty(), "\n{}", problems.join("\n"));
    Ok(())
}

/// The crates that are published, dependencies first.
fn crates() -> Result<Vec<Crate>> {
    let metadata = MetadataCommand::new().current_dir(root()).no_deps().exec()?;
    let published =
        |package: &&Package| package.publish.as_ref().is_none_or(|registries| !registries.is_empty());
    let packages: Vec<&Package> = metadata.workspace_packages().into_iter().filter(published).collect();
    let mut crates = Vec::new();
    for package in &packages {
        let target = package.targets.iter().find(|target| {
            let library = [TargetKind::Lib, TargetKind::ProcMacro, TargetKind::Bin];
            target.kind.iter().any(|kind| library.contains(kind))
        });
        let target =
            target.with_context(|| format!("{} has neither a library nor a program", package.name))?;
        let modules = Modules::read(target.src_path.as_std_path())?;
        let ours = |name: &String| packages.iter().any(|package| package.name.as_str() == name);
        let normal =
            package.dependencies.iter().filter(|one| one.kind == cargo_metadata::DependencyKind::Normal);
        let mut dependencies: Vec<String> = normal.map(|one| one.name.clone()).filter(ours).collect();
        dependencies.sort();
        dependencies.dedup();
        crates.push(Crate {
            name: package.name.to_string(),
            dependencies,
            folders: folders::folders(&modules),
        });
    }
    Ok(dependencies_first(crates))
}

/// Sorts crates so that each comes after those that it depends on. Cargo refuses cycles.
fn dependencies_first(mut rest: Vec<Crate>) -> Vec<Crate> {
    let mut sorted: Vec<Crate> = Vec::new();
    while !rest.is_empty() {
        let is_done = |name: &String| sorted.iter().any(|one| one.name == *name);
        let next = rest.iter().position(|one| one.dependencies.iter().all(is_done)).unwrap_or(0);
        sorted.push(rest.remove(next));
    }
    sorted
}
