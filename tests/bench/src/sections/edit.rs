//! Building again after one of 400 files was edited.

use crate::Outcome;
use crate::measure::best;
use crate::project::{Project, number};
use crate::table::{self, row};
use std::fs;
use std::process::Command;

pub(crate) fn print(project: &Project) -> Outcome {
    let files = 400;
    let content = project.content(project.quests, files)?;
    let out = content.join("out");
    let mut build = Command::new(project.tool("questc")?);
    build.args(["build", "--quiet", "--manifest"]).arg(content.join("quest.toml")).arg("--out").arg(&out);
    let full = best(
        5,
        || {
            let _ = fs::remove_dir_all(&out);
            Ok(())
        },
        &build,
    )?;
    let same = best(5, || Ok(()), &build)?;
    // Every time another file, so that there is something to do every time.
    let mut file = 0;
    let edited = best(
        5,
        || {
            file += 61;
            let path = content.join(format!("content/{}.json", file % files));
            let text = fs::read_to_string(&path)?;
            let edited = text.replacen("\"description\": \"", "\"description\": \"Listen. ", 1);
            if edited == text {
                return Err("there is no description to edit".into());
            }
            Ok(fs::write(&path, edited)?)
        },
        &build,
    )?;
    let line = |name: &str, wall: f64| {
        row![name, format!("{:.0}", wall * 1e3), format!("{:.2}", wall / full.wall), ""]
    };
    let mut rows = vec![
        row![format!("`questc build`, {} quests in 400 files", number(project.quests)), "ms", "", "target"],
        line("into an empty folder", full.wall),
        line("again, nothing edited", same.wall),
        line("again, one file edited", edited.wall),
    ];
    if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
        *cell = "0.15".to_owned();
    }
    table::print("After an edit", &rows);
    Ok(())
}
