//! Where things lie, and how they are built.

use crate::Outcome;
use crate::measure::{self, Bound, Usage, output};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::available_parallelism;
use std::time::SystemTime;

/// The repository, and how much content is to be measured.
#[derive(Debug)]
pub(crate) struct Project {
    pub(crate) root: PathBuf,
    /// Where everything is written.
    pub(crate) work: PathBuf,
    /// How many quests "all" are.
    pub(crate) quests: usize,
}

/// The programs of a package in `tests/peers`.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) program: PathBuf,
    pub(crate) build_script: PathBuf,
    /// What rustc took for the package itself.
    pub(crate) rustc: Usage,
}

/// How a package is built.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cargo<'a> {
    /// `cargo build --release`.
    Release,
    /// The same, with a build script that is built quickly and runs slowly.
    Hasty,
    /// `cargo check --release`.
    Check,
    /// `cargo build`, with these values of the manifest.
    Dev(&'a [&'a str]),
}

impl Project {
    pub(crate) fn new(quests: usize) -> Outcome<Self> {
        let root = PathBuf::from(env::var_os("BENCH_ROOT").ok_or("start tests/bench/run.sh")?);
        let work = root.join("target/bench");
        fs::create_dir_all(&work)?;
        Ok(Self { root, work, quests })
    }

    /// Where and when.
    pub(crate) fn header(&self) {
        let cores = available_parallelism().map_or(1, usize::from);
        let rustc = output(Command::new("rustc").arg("-V")).unwrap_or_default();
        let rustc = rustc.split(' ').take(2).collect::<Vec<_>>().join(" ");
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split(' ').next().unwrap_or("?");
        let date = env::var("BENCH_DATE").unwrap_or_default();
        println!(
            "{date}, {cores} cores (load {load} at the start), {rustc}, {} quests.",
            number(self.quests)
        );
    }

    /// The made up content, as so many quests in so many files: its folder.
    pub(crate) fn content(&self, quests: usize, files: usize) -> Outcome<PathBuf> {
        let folder = self.work.join(format!("content/{quests}-{files}"));
        let mut scale = Command::new(self.tool("examples/scale")?);
        output(scale.args([&quests.to_string(), &files.to_string()]).arg(&folder))?;
        Ok(folder)
    }

    /// A release build: `questc`, or `examples/scale`.
    pub(crate) fn tool(&self, name: &str) -> Outcome<PathBuf> {
        let target = self.root.join("target");
        let mut cargo = Command::new("cargo");
        cargo.args(["build", "-q", "--release", "-p", "questc"]);
        cargo.args(["--bin", "questc", "--example", "scale"]);
        output(cargo.current_dir(&self.root).env("CARGO_TARGET_DIR", &target))?;
        Ok(target.join("release").join(name))
    }

    /// Builds a package of `tests/peers` with this content.
    pub(crate) fn peer(&self, name: &str, content: &Path, how: Cargo<'_>) -> Outcome<Built> {
        self.peer_with(name, content, how, None, None)
    }

    /// The same, with a file for `PEERS_USES` and bounds for rustc.
    pub(crate) fn peer_with(
        &self,
        name: &str,
        content: &Path,
        how: Cargo<'_>,
        uses: Option<&Path>,
        bound: Option<Bound>,
    ) -> Outcome<Built> {
        let folder = self.root.join("tests/peers").join(name.trim_start_matches("peer-"));
        // So that rustc certainly is called.
        let source = ["src/main.rs", "src/lib.rs"].map(|file| folder.join(file));
        let source = source.iter().find(|file| file.exists()).ok_or_else(|| format!("no peer `{name}`"))?;
        fs::File::options().append(true).open(source)?.set_modified(SystemTime::now())?;
        let report = self.work.join("rustc-report");
        let _ = fs::remove_file(&report);
        let mut cargo = Command::new("cargo");
        match how {
            Cargo::Release => cargo.args(["build", "--release"]),
            Cargo::Hasty => {
                cargo.args(["build", "--release", "--config", "profile.release.build-override.opt-level=0"])
            }
            Cargo::Check => cargo.args(["check", "--release"]),
            Cargo::Dev(values) => {
                cargo.arg("build").args(values.iter().flat_map(|value| ["--config", *value]))
            }
        };
        cargo.args(["--message-format", "json", "-p", name]);
        cargo.current_dir(self.root.join("tests/peers")).env("PEERS_CONTENT", content);
        cargo.env("CARGO_TARGET_DIR", self.work.join("target")).env("CARGO_INCREMENTAL", "0");
        if let Some(uses) = uses {
            cargo.env("PEERS_USES", uses);
        }
        measure::wrap(&mut cargo, name, &report, bound)?;
        let (mut program, mut build_script) = (PathBuf::new(), PathBuf::new());
        for line in output(&mut cargo)?.lines() {
            let message: serde_json::Value = serde_json::from_str(line)?;
            let target = &message["target"];
            let ours = target["src_path"].as_str().is_some_and(|path| Path::new(path).starts_with(&folder));
            if !ours || message["reason"] != "compiler-artifact" {
                continue;
            }
            let file = message["filenames"][0].as_str().unwrap_or_default();
            if target["kind"][0] == "custom-build" {
                build_script = file.into();
            } else {
                program = file.into();
            }
        }
        Ok(Built { program, build_script, rustc: measure::read(&report)? })
    }

    /// The build script of a package in `tests/peers`, as cargo would start it.
    pub(crate) fn script(&self, name: &str, script: &Path, content: &Path) -> Outcome<Command> {
        let out = self.work.join("out").join(name);
        fs::create_dir_all(&out)?;
        let folder = self.root.join("tests/peers").join(name.trim_start_matches("peer-"));
        let mut command = Command::new(script);
        command.current_dir(&folder).env("OUT_DIR", out).env("PEERS_CONTENT", content);
        command.env("CARGO_MANIFEST_DIR", folder);
        command.env("NUM_JOBS", available_parallelism().map_or(1, usize::from).to_string());
        Ok(command)
    }

    /// The ids of all quests in an order that has nothing to do with theirs, as a file with one a line, and one of them.
    pub(crate) fn ids(&self, content: &Path) -> Outcome<(PathBuf, String)> {
        let mut ids: Vec<String> = paths(content)?.into_iter().map(|(quest, _)| quest).collect();
        shuffle(&mut ids);
        let file = content.join("ids.txt");
        fs::write(&file, ids.join("\n") + "\n")?;
        Ok((file, ids.swap_remove(0)))
    }
}

/// The ids of all quests of one file of content, each with those of its stages.
pub(crate) fn paths(content: &Path) -> Outcome<Vec<(String, Vec<String>)>> {
    let value: serde_json::Value = serde_json::from_slice(&fs::read(content.join("content/0.json"))?)?;
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let id = |value: &serde_json::Value| value["id"].as_str().unwrap_or_default().to_owned();
    let quests = list(&value["quests"]);
    if quests.is_empty() {
        return Err(format!("{} has no quests", content.display()).into());
    }
    Ok(quests.iter().map(|quest| (id(quest), list(&quest["stages"]).iter().map(id).collect())).collect())
}

/// Another order, the same in each run.
pub(crate) fn shuffle<T>(all: &mut [T]) {
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for last in (1..all.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        all.swap(last, (state >> 33) as usize % (last + 1));
    }
}

/// A whole number with commas.
pub(crate) fn number(number: impl TryInto<u64>) -> String {
    let digits = number.try_into().map_or_else(|_| "?".to_owned(), |number: u64| number.to_string());
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
