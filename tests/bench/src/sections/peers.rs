//! What users would pick instead, with the same quests.

use crate::measure::{Bound, Usage, best, median, output};
use crate::project::{Cargo, Project, number};
use crate::table::{self, round, row};
use crate::{Outcome, elf, valgrind};
use std::path::Path;
use std::process::Command;

/// The package, and what it stands for.
const PEERS: [(&str, &str); 6] = [
    ("peer-questc", "questc"),
    ("peer-serde-json", "serde_json, typify, HashMap"),
    ("peer-literals", "Rust literals, phf"),
    ("peer-rkyv", "rkyv, checked"),
    ("peer-planus", "FlatBuffers, planus"),
    ("peer-postcard", "postcard, HashMap"),
];

/// More than this is no way to work.
const BOUND: Bound = Bound { cpu: 15 * 60, gigabytes: 16 };

pub(crate) fn print(project: &Project) -> Outcome {
    let few = project.content(5, 1)?;
    let all = project.content(project.quests, 1)?;
    let mut rows = vec![row![
        format!("{} quests, {:.0} MB of JSON", number(project.quests), super::megabytes(&all)?),
        "making the data, s",
        "rustc, CPU s (5 quests)",
        "rustc, MB (5 quests)",
        "program MB",
        "relocations",
        "`.data.rel.ro` MB",
        "start to first quest, ms",
        "the same, million instructions",
        "quest by id, ns",
        "stage to next, ns",
        "resident after reading all, MB",
        "of that without a file, MB",
    ]];
    let mut answers: Vec<(usize, &str, String)> = Vec::new();
    let mut literals = Vec::new();
    for (package, title) in PEERS {
        eprintln!("{title}");
        let small = project.peer(package, &few, Cargo::Release)?.rustc;
        let quests = if package == "peer-literals" {
            let (quests, lines) = feasible(project, small)?;
            literals = lines;
            quests
        } else {
            project.quests
        };
        let content = project.content(quests, 1)?;
        let title = if quests == project.quests {
            title.to_owned()
        } else {
            format!("{title}, {} quests", number(quests))
        };
        let (cells, answer) = peer(project, package, &content, small)?;
        rows.push([vec![title], cells].concat());
        answers.push((quests, package, answer));
    }
    table::print("Peers", &rows);
    if !literals.is_empty() {
        println!("\nRust literals: {}.", literals.join("; "));
    }
    let mut idle = Command::new(project.peer("peer-questc", &all, Cargo::Release)?.program);
    println!(
        "\nA program that does nothing takes {:.2} ms of each start.",
        median(41, idle.arg("nothing"))?.as_secs_f64() * 1e3
    );
    agree(project, &answers)
}

/// Measures one of them; also says what it says of the content.
fn peer(project: &Project, package: &str, content: &Path, few: Usage) -> Outcome<(Vec<String>, String)> {
    let (ids, one) = project.ids(content)?;
    let built = project.peer(package, content, Cargo::Release)?;
    let answer = output(Command::new(&built.program).arg("agree"))?;
    // JSON is included as it is.
    let made = if package == "peer-serde-json" {
        "–".to_owned()
    } else {
        let script = project.script(package, &built.build_script, content)?;
        round(best(3, || Ok(()), &script)?.wall)
    };
    let sizes = elf::sizes(&built.program)?;
    let mut first = Command::new(&built.program);
    first.args(["first", &one]);
    let start = median(21, &mut first)?;
    let counted =
        if valgrind::there() { round(valgrind::instructions(&first)? as f64 / 1e6) } else { "?".to_owned() };
    let numbers = |arguments: &mut Command| -> Outcome<[f64; 2]> {
        let said = output(arguments)?;
        let numbers: Vec<f64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
        <[f64; 2]>::try_from(numbers).map_err(|_| format!("`{said}` are not two numbers").into())
    };
    let [find, next] = numbers(Command::new(&built.program).arg("lookup").arg(&ids))?;
    let [resident, anonymous] = numbers(Command::new(&built.program).arg("resident"))?;
    let cells = row![
        made,
        format!("{} ({})", round(built.rustc.cpu), round(few.cpu)),
        format!("{} ({})", round(built.rustc.megabytes), round(few.megabytes)),
        round(sizes.file as f64 / 1e6),
        number(sizes.relocations),
        round(sizes.relocated as f64 / 1e6),
        round(start.as_secs_f64() * 1e3),
        counted,
        round(find),
        round(next),
        round(resident / 1024.0),
        round(anonymous / 1024.0),
    ];
    Ok((cells, answer))
}

/// The most quests that rustc takes as literals within the bound, and what it took on the way.
fn feasible(project: &Project, few: Usage) -> Outcome<(usize, Vec<String>)> {
    let mut sizes = vec![1000, 4000, 10_000];
    sizes.retain(|size| *size < project.quests);
    sizes.push(project.quests);
    let mut lines = vec![format!("5 quests {} CPU s", round(few.cpu))];
    let (mut most, mut last) = (5, few.cpu);
    for size in sizes {
        // It grows at least in proportion. To wait for what cannot end in time would tell nothing more.
        let expected = last * size as f64 / most as f64;
        if most > 5 && expected > BOUND.cpu as f64 {
            lines.push(format!(
                "{} not tried, since {} s or more are to be expected",
                number(size),
                round(expected)
            ));
            break;
        }
        let content = project.content(size, 1)?;
        match project.peer_with("peer-literals", &content, Cargo::Release, None, Some(BOUND)) {
            Ok(built) => {
                let (cpu, megabytes) = (built.rustc.cpu, built.rustc.megabytes);
                lines.push(format!("{} {} CPU s, {} MB", number(size), round(cpu), round(megabytes)));
                (most, last) = (size, cpu);
            }
            Err(error) => {
                eprintln!("{error}");
                let (minutes, gigabytes) = (BOUND.cpu / 60, BOUND.gigabytes);
                lines.push(format!("{} more than {minutes} CPU minutes or {gigabytes} GB", number(size)));
                break;
            }
        }
    }
    Ok((most, lines))
}

/// All peers with the same content have said the same of it.
fn agree(project: &Project, answers: &[(usize, &str, String)]) -> Outcome {
    for (quests, package, answer) in answers {
        let content = project.content(*quests, 1)?;
        let questc = project.peer("peer-questc", &content, Cargo::Release)?;
        let expected = output(Command::new(&questc.program).arg("agree"))?;
        if *answer != expected {
            return Err(format!("peers disagree: {package} says {answer}, questc {expected}").into());
        }
    }
    println!(
        "\nAll peers have the same numbers of quests, stages and ids, the same texts, and the same stage after each."
    );
    Ok(())
}
