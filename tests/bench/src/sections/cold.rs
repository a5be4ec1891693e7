//! A cold build of a game against one that adds prost-build.

use crate::Outcome;
use crate::measure::usage;
use crate::project::Project;
use crate::table::{self, row};
use std::fs;
use std::process::Command;

pub(crate) fn print(project: &Project) -> Outcome {
    let root = project.root.display();
    let games = [
        (
            "prost",
            "with prost and prost-build",
            "prost = \"0.14\"\n[build-dependencies]\nprost-build = \"0.14\"\n".to_owned(),
            "fn main() { let _ = prost_build::Config::new(); }\n".to_owned(),
            "fn main() {}\n",
        ),
        (
            "few",
            "with quest-types and quest-build",
            format!(
                "quest-types = {{ path = \"{root}/quest-types\" }}\n[build-dependencies]\nquest-build = {{ path = \"{root}/quest-build\" }}\n"
            ),
            format!(
                "fn main() -> std::process::ExitCode {{ quest_build::compile(\"{root}/tests/rune-rust/quest.toml\") }}\n"
            ),
            "quest_types::include_quests!();\nfn main() { println!(\"{}\", quests::Quest::all().len()); }\n",
        ),
    ];
    let mut rows = vec![row![
        "cold build of a game, dev profile, not incremental, as from a registry",
        "CPU s",
        "largest process MB",
        "ratio (target 0.5)",
    ]];
    let mut base = None;
    for (name, title, dependencies, script, program) in games {
        let folder = project.work.join(name);
        fs::create_dir_all(folder.join("src"))?;
        fs::write(
            folder.join("Cargo.toml"),
            format!(
                "[package]\nname = \"{name}-game\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[dependencies]\n{dependencies}[workspace]\n"
            ),
        )?;
        fs::write(folder.join("build.rs"), script)?;
        fs::write(folder.join("src/main.rs"), program)?;
        if name == "few" {
            fs::copy(project.root.join("Cargo.lock"), folder.join("Cargo.lock"))?;
        }
        let cargo = |arguments: &[&str]| {
            let mut cargo = Command::new("cargo");
            cargo.args(arguments).current_dir(&folder).env("CARGO_INCREMENTAL", "0");
            cargo.env("CARGO_TARGET_DIR", project.work.join("cold"));
            cargo
        };
        usage(&cargo(&["fetch", "-q"]), &[0])?;
        let _ = fs::remove_dir_all(project.work.join("cold"));
        let built = usage(&cargo(&["build", "-q"]), &[0])?;
        let base = *base.get_or_insert(built.cpu);
        rows.push(row![
            title,
            format!("{:.1}", built.cpu),
            format!("{:.0}", built.megabytes),
            format!("{:.2}", built.cpu / base),
        ]);
    }
    table::print("Cold build", &rows);
    Ok(())
}
