//! The build script as `cargo build` makes it, without and with the two lines that optimise it.

use crate::Outcome;
use crate::measure::best;
use crate::project::{Cargo, Project, number};
use crate::table::{self, row};

pub(crate) fn print(project: &Project) -> Outcome {
    let quests = project.quests / 8;
    let content = project.content(quests.max(1), 50)?;
    let hows = [
        ("`cargo build --release`, optimised", Cargo::Release),
        ("`cargo build`", Cargo::Dev(&[])),
        (
            "`cargo build`, `opt-level = 1` for build scripts",
            Cargo::Dev(&["profile.dev.build-override.opt-level=1"]),
        ),
        (
            "`cargo build`, `opt-level = 3` for build scripts",
            Cargo::Dev(&["profile.dev.build-override.opt-level=3"]),
        ),
        (
            "`cargo build`, `opt-level = 1` for `quest-compiler` alone",
            Cargo::Dev(&["profile.dev.package.quest-compiler.opt-level=1"]),
        ),
    ];
    let mut rows = vec![row![
        format!("the build script, {} quests in 50 files", number(quests)),
        "s",
        "CPU s",
        "against release (target 3)",
    ]];
    let mut release = None;
    for (name, how) in hows {
        eprintln!("{name}");
        let built = project.peer("game", &content, how)?;
        let script = project.script("game", &built.build_script, &content)?;
        let usage = best(5, || Ok(()), &script)?;
        let base = *release.get_or_insert(usage.wall);
        rows.push(row![
            name,
            format!("{:.2}", usage.wall),
            format!("{:.2}", usage.cpu),
            format!("{:.1}", usage.wall / base),
        ]);
    }
    table::print("The build script, not optimised", &rows);
    Ok(())
}
