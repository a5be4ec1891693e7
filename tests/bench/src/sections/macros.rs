//! Two thousand uses of `stage!` against as many of a macro that ignores its input.

use crate::Outcome;
use crate::measure::best_of;
use crate::project::{Cargo, Project, number, paths, shuffle};
use crate::table::{self, row};
use std::fmt::Write as _;
use std::fs;

const USES: usize = 2000;

pub(crate) fn print(project: &Project) -> Outcome {
    let content = project.content(project.quests, 1)?;
    let quests = paths(&content)?;
    let in_quest = |(quest, stages): &(String, Vec<String>)| -> Vec<String> {
        stages.iter().map(|stage| format!("{quest}:{stage}")).collect()
    };
    let mut paths: Vec<String> = quests.iter().flat_map(in_quest).collect();
    let stages = paths.len();
    shuffle(&mut paths);
    let mut rows =
        vec![row![format!("rustc, {} uses, {} stages", number(USES), number(stages)), "CPU s", "s", "MB",]];
    let mut cpu = Vec::new();
    for (title, call, result) in [
        ("no use", "", "u8"),
        ("a macro that does nothing", "nothing::nothing!", "u32"),
        ("`stage!`", "stage!", "quests::StageId"),
    ] {
        let uses: Vec<&String> =
            if call.is_empty() { Vec::new() } else { paths.iter().cycle().take(USES).collect() };
        let mut code = format!("/// Uses.\npub fn uses() -> [{result}; {}] {{\n    [\n", uses.len());
        for path in &uses {
            let _ = writeln!(code, "        {call}(\"{path}\"),");
        }
        code.push_str("    ]\n}\n");
        let file = project.work.join(format!("uses-{result}.rs").replace("::", "-"));
        fs::write(&file, code)?;
        let usage =
            best_of(5, || Ok(project.peer_with("macros", &content, Cargo::Check, Some(&file), None)?.rustc))?;
        cpu.push(usage.cpu);
        rows.push(row![
            title,
            format!("{:.2}", usage.cpu),
            format!("{:.2}", usage.wall),
            format!("{:.0}", usage.megabytes),
        ]);
    }
    table::print("Macros", &rows);
    if let [_, nothing, stage] = cpu[..] {
        println!(
            "\n`stage!` takes {:.2} CPU s more than a macro that does nothing (target: 0.1 s).",
            stage - nothing
        );
    }
    Ok(())
}
