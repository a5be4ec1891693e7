//! rustc on the crate with the tables.

use crate::Outcome;
use crate::measure::best_of;
use crate::project::{Cargo, Project, number};
use crate::table::{self, row};

pub(crate) fn print(project: &Project) -> Outcome {
    let few = project.content(5, 1)?;
    let many = project.content(project.quests, 1)?;
    let mut rows = vec![row![
        "rustc for the crate with the tables",
        "5 quests, CPU s",
        "MB",
        format!("{} quests, CPU s", number(project.quests)),
        "MB",
        "ratio",
        "target",
    ]];
    for (name, how, target) in
        [("`cargo check`", Cargo::Check, "1.3"), ("`cargo build --release`", Cargo::Release, "1.5")]
    {
        let rustc = |content| best_of(5, || Ok(project.peer("game", content, how)?.rustc));
        let (few, many) = (rustc(&few)?, rustc(&many)?);
        rows.push(row![
            name,
            format!("{:.2}", few.cpu),
            format!("{:.0}", few.megabytes),
            format!("{:.2}", many.cpu),
            format!("{:.0}", many.megabytes),
            format!("{:.2}", many.cpu / few.cpu),
            target,
        ]);
    }
    table::print("rustc", &rows);
    Ok(())
}
