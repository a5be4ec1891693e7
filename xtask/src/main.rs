//! Tasks of this repository.
//!
//! `cargo xtask <task>` runs one; `.cargo/config.toml` defines the alias. What decides whether a change lands is `.ci/run`, which
//! uses some of these.

mod bless;
mod command;
mod graph;
mod package;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use command::{cargo, root, run};
use std::process::{Command, ExitCode};

/// Tasks of this repository
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", disable_version_flag = true)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Write the golden files again; review the difference with `git diff`
    Bless {
        /// Only those of these packages
        packages: Vec<String>,
    },
    /// Run JSON-Schema-Test-Suite and the comparison with `jsonschema`; needs `QUESTC_CONTENT`
    Conformance,
    /// Run the benchmarks: `cargo xtask bench guard`, `cargo xtask bench -- --quests 1000 peers`
    Bench {
        /// Arguments of `tests/bench/run.sh`
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Build every schema of a folder, and print how many are refused and why
    Published {
        folder: std::path::PathBuf,
        /// Compile what is generated, with warnings as errors
        #[arg(long)]
        compile: bool,
    },
    /// Package and verify every crate in a clean clone of HEAD
    Package {
        /// Do not build the packages
        #[arg(long)]
        no_verify: bool,
    },
    /// Print the dependency graph of the modules of each crate; fail on a cycle between folders or a dependency on a later layer
    Graph(graph::Arguments),
}

fn main() -> ExitCode {
    match execute(Arguments::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn execute(task: Task) -> Result<()> {
    match task {
        Task::Bless { packages } => bless::bless(&packages),
        Task::Conformance => conformance(),
        Task::Bench { arguments } => run(Command::new(root().join("tests/bench/run.sh")).args(arguments)),
        Task::Published { folder, compile } => {
            let example =
                ["run", "--package", "quest-compiler", "--features", "regex", "--example", "published"];
            run(cargo().args(example).arg("--").arg(folder).args(compile.then_some("--compile")))
        }
        Task::Package { no_verify } => package::package(!no_verify),
        Task::Graph(arguments) => graph::graph(&arguments),
    }
}

fn conformance() -> Result<()> {
    std::env::var_os("QUESTC_CONTENT")
        .context("QUESTC_CONTENT must name a folder with `json-schema-test-suite` and `oldwood`")?;
    let test = ["test", "--package", "quest-compiler", "--all-features"];
    let suites = ["--test", "conformance", "--test", "oracle", "--", "--nocapture"];
    run(cargo().args(test).args(suites).env("QUESTC_REQUIRE", "conformance,oracle"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        super::Arguments::command().debug_assert();
    }
}
