//! Content with thousands of mistakes against the same content without.

use crate::Outcome;
use crate::measure::{Usage, best_of, usage};
use crate::project::{Project, number};
use crate::table::{self, row};
use std::fs;
use std::process::Command;

/// Where a mistake is made, after the start of a value, and what is put there.
const PLACES: [(&str, &str); 4] = [
    ("\"nextStageId\": \"", "x"),
    ("\"target\": \"item-", "x"),
    ("\"npcId\": \"npc-", "no-such-one-"),
    ("\"type\": \"Experience", "Much"),
];

/// Spreads so many mistakes over the text.
fn spoil(text: &str, mistakes: usize) -> String {
    let mut spoilt = String::with_capacity(text.len() + mistakes * 8);
    let (mut rest, mut made) = (text, 0);
    while made < mistakes {
        // From where the next is due on.
        let due = text.len() / mistakes * made;
        let done = text.len() - rest.len();
        let (start, put) = PLACES[made % PLACES.len()];
        let from = rest.ceil_char_boundary(due.saturating_sub(done).min(rest.len()));
        let Some(at) = rest[from..].find(start) else { break };
        let (before, after) = rest.split_at(from + at + start.len());
        spoilt.push_str(before);
        spoilt.push_str(put);
        rest = after;
        made += 1;
    }
    spoilt.push_str(rest);
    spoilt
}

pub(crate) fn print(project: &Project) -> Outcome {
    let mistakes = project.quests / 10;
    let questc = project.tool("questc")?;
    let content = project.content(project.quests, 1)?;
    let check = |output: &[&str]| -> Outcome<Usage> {
        let mut command = Command::new(&questc);
        command.args(["check", "--quiet", "--manifest"]).arg(content.join("quest.toml")).args(output);
        best_of(5, || usage(&command, &[0, 1]))
    };
    let all = ["--max-diagnostics", "all"];
    let json = ["--format", "json"];
    let clean = check(&[])?;
    let file = content.join("content/0.json");
    let text = fs::read_to_string(&file)?;
    fs::write(&file, spoil(&text, mistakes))?;
    let mut counted = Command::new(&questc);
    counted.args(["check", "--format", "json", "--manifest"]).arg(content.join("quest.toml"));
    let said = counted.output()?;
    let found = said.stdout.iter().filter(|byte| **byte == b'\n').count();
    let line = |name: &str, usage: Usage| {
        row![
            name,
            format!("{:.0}", usage.wall * 1e3),
            format!("{:.2}", usage.wall / clean.wall),
            format!("{:.2}", usage.megabytes / clean.megabytes),
        ]
    };
    let rows = [
        row![
            format!(
                "`questc check` of {} quests ({:.0} MB), {} lines of findings",
                number(project.quests),
                text.len() as f64 / 1e6,
                number(found)
            ),
            "ms",
            "time against the clean run (target 1.2)",
            "memory against it",
        ],
        line("clean", clean),
        line("the first 100 for people", check(&[])?),
        line("all for people", check(&all)?),
        line("all as JSON", check(&json)?),
    ];
    table::print("Thousands of findings", &rows);
    Ok(())
}
