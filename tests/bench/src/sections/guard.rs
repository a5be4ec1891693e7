//! Instruction counts that must not grow: `.ci/run` calls `run.sh guard`.
//!
//! They are kept in `instructions.txt` as ratios to what does the same kind of work in the same run (`serde_json::from_slice::<Value>` of the
//! same bytes, `phf`), so that a new rustc or another machine moves both sides.

use crate::measure::output;
use crate::project::{Cargo, Project};
use crate::{Outcome, valgrind};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// How much a ratio may grow.
const TOLERANCE: f64 = 0.05;
const QUESTS: usize = 1000;

/// Instructions of one lookup.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lookup {
    pub(crate) questc: f64,
    pub(crate) phf: f64,
}

/// Counts what finding each of these ids takes.
pub(crate) fn lookup(program: &Path, ids: &Path, quests: usize) -> Outcome<Lookup> {
    let count = |which| -> Outcome<f64> {
        let mut command = Command::new(program);
        Ok(valgrind::instructions(command.arg("count").arg(ids).arg(which))? as f64)
    };
    let without = count("neither")?;
    let each = |all: f64| (all - without) / quests as f64;
    Ok(Lookup { questc: each(count("questc")?), phf: each(count("phf")?) })
}

/// Reads JSON and does nothing else, for [`measure`].
pub(crate) fn parse(file: &str) -> Outcome {
    let value: serde_json::Value = serde_json::from_slice(&fs::read(file)?)?;
    std::hint::black_box(&value);
    std::mem::forget(value);
    Ok(())
}

/// Names and ratios.
fn measure(project: &Project) -> Outcome<Vec<(&'static str, f64)>> {
    let content = project.content(QUESTS, 1)?;
    let mut parse = Command::new(std::env::current_exe()?);
    let parse = valgrind::instructions(parse.arg("--parse").arg(content.join("content/0.json")))? as f64;
    let questc = |arguments: &[&str]| -> Outcome<f64> {
        let mut command = Command::new(project.tool("questc")?);
        command.args(arguments).args(["--threads", "1", "--quiet", "--manifest"]);
        command.arg(content.join("quest.toml"));
        Ok(valgrind::instructions(&command)? as f64 / parse)
    };
    let out = content.join("out");
    let _ = fs::remove_dir_all(&out);
    let check = questc(&["check"])?;
    let build = questc(&["build", "--out", &out.to_string_lossy()])?;
    let (ids, _) = project.ids(&content)?;
    let built = project.peer("lookup", &content, Cargo::Hasty)?;
    let lookup = lookup(&built.program, &ids, QUESTS)?;
    Ok(vec![("check", check), ("build", build), ("lookup", lookup.questc / lookup.phf)])
}

fn file(project: &Project) -> PathBuf {
    project.root.join("tests/bench/instructions.txt")
}

/// Compares with what was accepted. Without valgrind nothing is compared, which is an error where `QUESTC_REQUIRE` requires it.
pub(crate) fn compare(project: &Project) -> Outcome {
    if !valgrind::there() {
        quest_test::Suite::Valgrind
            .skip("instruction counts are not compared, since valgrind is not installed");
        return Ok(());
    }
    let accepted = fs::read_to_string(file(project))?;
    let mut wrong = Vec::new();
    for (name, ratio) in measure(project)? {
        let line = accepted.lines().find_map(|line| line.strip_prefix(name)?.trim().parse::<f64>().ok());
        let before = line.ok_or_else(|| format!("instructions.txt has no line for `{name}`"))?;
        let change = ratio / before - 1.0;
        println!("{name}: {ratio:.3}, accepted {before:.3} ({:+.1} %)", change * 100.0);
        if change > TOLERANCE {
            wrong.push(name);
        } else if change < -TOLERANCE {
            println!("  that is less: keep it with `tests/bench/run.sh guard accept`");
        }
    }
    if wrong.is_empty() {
        return super::doubling::guard(project);
    }
    Err(format!(
        "instructions of {} have grown by more than {:.0} %; if that is meant: tests/bench/run.sh guard accept",
        wrong.join(", "),
        TOLERANCE * 100.0
    )
    .into())
}

/// Writes what is measured now.
pub(crate) fn accept(project: &Project) -> Outcome {
    let rustc = output(Command::new("rustc").arg("-V"))?;
    let mut text = format!(
        "# Instructions (callgrind) for {QUESTS} made up quests, written by `tests/bench/run.sh guard accept` with {}.\n\
         # check, build: one thread, against `serde_json::from_slice::<Value>` of the same bytes. lookup: an id by its text, against phf.\n",
        rustc.split(' ').take(2).collect::<Vec<_>>().join(" ")
    );
    for (name, ratio) in measure(project)? {
        let _ = writeln!(text, "{name} {ratio:.3}");
    }
    fs::write(file(project), &text)?;
    print!("{text}");
    Ok(())
}
