//! What a game does before it can use a quest.

use crate::measure::output;
use crate::project::{Cargo, Project, number};
use crate::table::{self, row};
use crate::{Outcome, elf};
use std::process::Command;

pub(crate) fn print(project: &Project) -> Outcome {
    let mut rows = vec![row![
        "a game with tables",
        "program MB",
        "relocations",
        "`.data.rel.ro` KB",
        "allocations until a quest is found",
        "page faults of that",
        "of the same again",
    ]];
    for quests in [5, project.quests / 40, project.quests] {
        let content = project.content(quests, 1)?;
        let (_, id) = project.ids(&content)?;
        let game = project.peer("game", &content, Cargo::Release)?;
        let sizes = elf::sizes(&game.program)?;
        let lookup = project.peer("lookup", &content, Cargo::Release)?;
        let said = output(Command::new(&lookup.program).args(["start", &id]))?;
        let numbers: Vec<&str> = said.split_whitespace().collect();
        let [allocations, first, again] = numbers[..] else { return Err(said.into()) };
        rows.push(row![
            format!("{} quests", number(quests)),
            format!("{:.1}", sizes.file as f64 / 1e6),
            number(sizes.relocations),
            format!("{:.1}", sizes.relocated as f64 / 1e3),
            allocations,
            first,
            again,
        ]);
    }
    table::print("Start-up", &rows);
    Ok(())
}
