//! Single operations: an id by its text, the row of an id, the stage after a stage.

use crate::Outcome;
use crate::measure::output;
use crate::project::{Cargo, Project, number};
use crate::table::{self, row};
use crate::valgrind;
use std::fs;
use std::process::Command;

pub(crate) fn print(project: &Project) -> Outcome {
    let counted = valgrind::there();
    let mut rows = vec![row![
        "an id by its text, in random order",
        "questc ns",
        "`phf` ns",
        "ratio (target 0.5)",
        "questc instructions",
        "`phf` instructions",
    ]];
    let all = project.quests;
    let mut sizes = vec![100, 1000, all / 4, all];
    sizes.sort_unstable();
    sizes.dedup();
    for quests in sizes {
        let content = project.content(quests, 1)?;
        let (ids, _) = project.ids(&content)?;
        let built = project.peer("lookup", &content, Cargo::Release)?;
        let said = output(Command::new(&built.program).arg("find").arg(&ids))?;
        let numbers: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        let [ours, phf] = numbers[..] else { return Err(said.into()) };
        let instructions = if counted {
            let count = super::guard::lookup(&built.program, &ids, quests)?;
            [format!("{:.0}", count.questc), format!("{:.0}", count.phf)]
        } else {
            [const { String::new() }; 2]
        };
        let [counted, counted_phf] = instructions;
        rows.push(row![
            format!("{} ids", number(quests)),
            format!("{ours:.1}"),
            format!("{phf:.1}"),
            format!("{:.2}", ours / phf),
            counted,
            counted_phf,
        ]);
    }
    table::print("Lookup", &rows);

    let content = project.content(all, 1)?;
    let built = project.peer("lookup", &content, Cargo::Release)?;
    let said = output(Command::new(&built.program).arg("rows"))?;
    let numbers: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [row, array, next, array_next] = numbers[..] else { return Err(said.into()) };
    let assembly = assembly(project, &content)?;
    let instructions = |name: &str| function(&assembly, name).len().to_string();
    let rows = [
        row![
            format!("{} quests, in random order", number(all)),
            "questc ns",
            "array ns",
            "questc instructions",
            "array instructions",
        ],
        row![
            "row of an id, and a flag of it",
            format!("{row:.1}"),
            format!("{array:.1}"),
            instructions("id_to_row"),
            instructions("array_row"),
        ],
        row![
            "stage after a stage",
            format!("{next:.1}"),
            format!("{array_next:.1}"),
            instructions("stage_to_next"),
            instructions("array_next"),
        ],
    ];
    table::print("Rows", &rows);
    println!("\nInstructions of these functions (`tests/peers/lookup/src/asm.rs`), `ret` included:");
    for name in ["id_to_row", "array_row", "stage_to_next", "array_next"] {
        println!("\n```text\n{name}:");
        function(&assembly, name).iter().for_each(|line| println!("    {line}"));
        println!("```");
    }
    Ok(())
}

/// The assembly of the program.
fn assembly(project: &Project, content: &std::path::Path) -> Outcome<String> {
    let mut cargo = Command::new("cargo");
    cargo.args(["rustc", "--release", "-p", "lookup", "--bin", "lookup", "--"]);
    cargo.args(["--emit", "asm", "-C", "codegen-units=1"]);
    cargo.current_dir(project.root.join("tests/peers"));
    cargo.env("CARGO_TARGET_DIR", project.work.join("target")).env("PEERS_CONTENT", content);
    cargo.env("CARGO_INCREMENTAL", "0");
    output(&mut cargo)?;
    let mut newest = None;
    for file in fs::read_dir(project.work.join("target/release/deps"))? {
        let file = file?;
        let name = file.file_name().to_string_lossy().into_owned();
        if name.starts_with("lookup-") && name.ends_with(".s") {
            newest = newest.max(Some((file.metadata()?.modified()?, file.path())));
        }
    }
    let (_, file) = newest.ok_or("cargo wrote no assembly")?;
    Ok(fs::read_to_string(file)?)
}

/// The instructions of a function.
fn function(assembly: &str, name: &str) -> Vec<String> {
    // `asm` and the name as rustc mangles them, with their lengths.
    let (name, end) = (format!("3asm{}{name}", name.len()), ":");
    let lines = assembly.lines().skip_while(|line| !(line.contains(&name) && line.ends_with(end)));
    let body = lines.skip(1).take_while(|line| !line.trim_start().starts_with(".cfi_endproc"));
    let instruction = |line: &&str| line.starts_with('\t') && !line.starts_with("\t.");
    body.filter(instruction).map(|line| line.trim().replace('\t', " ")).collect()
}
