//! Measures questc, each thing beside what it is compared with, and prints tables in Markdown.
//!
//! `run.sh` starts this. Each file of `sections` measures one subject. Progress goes to standard error.

mod elf;
mod measure;
mod project;
mod sections;
mod table;
mod valgrind;

use project::Project;
use sections::SECTIONS;
use std::process::ExitCode;

/// What a section can say: that it could not measure, or that what it measured must not be.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    if let Some(code) = measure::in_between() {
        return code;
    }
    match run(std::env::args().skip(1).collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(mut arguments: Vec<String>) -> Outcome {
    if let [flag, file] = &arguments[..]
        && flag == "--parse"
    {
        return sections::guard::parse(file);
    }
    let mut quests = 40_000;
    if let Some(at) = arguments.iter().position(|argument| argument == "--quests") {
        let number = arguments.get(at + 1).ok_or("--quests takes a number")?;
        quests = number.parse().map_err(|_| format!("`{number}` is not a number of quests"))?;
        arguments.drain(at..at + 2);
    }
    let project = Project::new(quests)?;
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["guard"] => return sections::guard::compare(&project),
        ["guard", "accept"] => return sections::guard::accept(&project),
        _ => {}
    }
    for name in &arguments {
        if !SECTIONS.iter().any(|(section, _)| section == name) {
            let names: Vec<&str> = SECTIONS.iter().map(|(section, _)| *section).collect();
            return Err(format!("no section `{name}`: there are {} and guard", names.join(", ")).into());
        }
    }
    project.header();
    for (name, section) in SECTIONS {
        if arguments.is_empty() || arguments.iter().any(|argument| argument == name) {
            eprintln!("== {name}");
            section(&project)?;
        }
    }
    Ok(())
}
