//! The compiler against `serde_json` on the same bytes.

use crate::Outcome;
use crate::measure::{output, usage};
use crate::project::{Project, number};
use crate::table::{self, row};
use std::process::Command;

/// What `questc/examples/scale` says of one input.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Measured {
    /// Megabytes of JSON.
    pub(crate) megabytes: f64,
    /// Milliseconds of `serde_json::from_slice::<Value>`.
    pub(crate) parse: f64,
    /// Milliseconds of a check with one thread.
    pub(crate) alone: f64,
    /// Milliseconds of a check with all threads.
    pub(crate) check: f64,
    /// Milliseconds of a build with all threads, written.
    pub(crate) build: f64,
    /// Tables and texts, as a part of the JSON.
    pub(crate) tables: f64,
}

/// Runs it for one input.
pub(crate) fn measure(project: &Project, quests: usize, files: usize, replicated: bool) -> Outcome<Measured> {
    eprintln!("{} quests, files: {files}", number(quests));
    let mut scale = Command::new(project.tool("examples/scale")?);
    scale.args([&quests.to_string(), &files.to_string()]).args(replicated.then_some("replicated"));
    let text = output(&mut scale)?;
    // A line is a name, a number with its unit, and what it is compared with.
    let value = |name: &str, unit: &str| {
        let line = text.lines().find(|line| line.contains(name)).unwrap_or_default();
        let rest = &line[line.find(name).map_or(0, |at| at + name.len())..];
        let words: Vec<&str> = rest.split(|char: char| char.is_whitespace() || char == ',').collect();
        let at = words.iter().position(|word| *word == unit);
        let word = at.and_then(|at| words[..at].iter().rfind(|word| !word.is_empty()));
        word.and_then(|word| word.parse::<f64>().ok()).ok_or_else(|| format!("no {name} in {text}"))
    };
    Ok(Measured {
        megabytes: value("files,", "MB")?,
        parse: value("serde_json::from_slice::<Value>", "ms")?,
        alone: value("questc check, one thread", "ms")?,
        check: value("questc check  ", "ms")?,
        build: value("questc build", "ms")?,
        tables: value("tables and texts:", "of")?,
    })
}

pub(crate) fn print(project: &Project) -> Outcome {
    let quarter = project.quests.div_ceil(4);
    let inputs = [
        (quarter, 1, true),
        (quarter, 1, false),
        (quarter, 100, false),
        (project.quests, 1, false),
        (project.quests, 400, false),
        (project.quests, project.quests, false),
    ];
    let mut rows = vec![row![
        "against `serde_json::from_slice::<Value>` on the same bytes",
        "JSON MB",
        "serde_json ms",
        "check, one thread",
        "check",
        "build (also writes)",
        "tables and texts against JSON",
    ]];
    for (quests, files, replicated) in inputs {
        let measured = measure(project, quests, files, replicated)?;
        let ratio = |milliseconds: f64| format!("{:.2}", milliseconds / measured.parse);
        rows.push(row![
            format!(
                "{} {}, {} file{}",
                number(quests),
                if replicated { "replicated" } else { "made up" },
                number(files),
                if files == 1 { "" } else { "s" }
            ),
            format!("{:.1}", measured.megabytes),
            format!("{:.0}", measured.parse),
            ratio(measured.alone),
            ratio(measured.check),
            ratio(measured.build),
            format!("{:.2}", measured.tables),
        ]);
    }
    table::print("The compiler", &rows);
    let content = project.content(project.quests, 1)?;
    let mut check = Command::new(project.tool("questc")?);
    check.args(["check", "--quiet", "--manifest"]).arg(content.join("quest.toml"));
    let check = usage(&check, &[0])?;
    let input = super::megabytes(&content)?;
    println!(
        "\nMost memory of a check of {} quests: {:.0} MB, {:.1} of the input.",
        number(project.quests),
        check.megabytes,
        check.megabytes / input
    );
    Ok(())
}
