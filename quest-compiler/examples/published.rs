//! Builds every schema of a folder, and prints how many are refused and why: `cargo xtask published FOLDER [--compile]`.
//!
//! Each schema is a project of its own, with content that has no documents. `--compile` also compiles what is generated, as one crate
//! in which warnings are errors.

#![allow(clippy::expect_used, clippy::print_stdout, reason = "a tool of this repository")]

use quest_compiler::driver::{self, Request};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn main() {
    let mut arguments = std::env::args_os().skip(1);
    let folder = PathBuf::from(arguments.next().expect("the folder with the schemas"));
    let folder = folder.canonicalize().expect("the folder with the schemas");
    let compile = arguments.next().is_some_and(|argument| argument == "--compile");
    let work = tempfile::tempdir().expect("a folder for the projects");
    let mut schemas = Vec::new();
    find(&folder, &mut schemas);
    schemas.sort();
    let (mut built, mut longer) = (Vec::new(), 0);
    let mut refused: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, schema) in schemas.iter().enumerate() {
        let name = format!("s{at}");
        let project = work.path().join(&name);
        write_project(&project, schema);
        let report = driver::run(&Request::build(project.join("quest.toml")), &mut |_| {});
        longer += report.names().len();
        if report.errors() == 0 {
            built.push(name);
            continue;
        }
        let mut codes: Vec<&str> = report
            .diagnostics
            .list
            .iter()
            .filter(|diagnostic| diagnostic.level == quest_compiler::diagnostics::Level::Deny)
            .map(|diagnostic| diagnostic.code.id)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        let file = schema.strip_prefix(&folder).unwrap_or(schema).display().to_string();
        refused.entry(codes.join(" ")).or_default().push(file);
    }
    println!("{} schemas, {} build, {longer} names are longer to be different", schemas.len(), built.len());
    for (codes, files) in &refused {
        println!(
            "{codes}: {} ({})",
            files.len(),
            files.iter().take(3).cloned().collect::<Vec<_>>().join(", ")
        );
    }
    if compile {
        compile_all(work.path(), &built);
    }
}

fn find(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            find(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

fn write_project(project: &Path, schema: &Path) {
    fs::create_dir_all(project).expect("a folder");
    let schema = schema.to_string_lossy().replace('\\', "/");
    let manifest = format!("[[documents]]\nschema = {schema:?}\ncontent = \"none.json\"\nat = \"[]\"\n");
    fs::write(project.join("quest.toml"), manifest).expect("a manifest");
    fs::write(project.join("none.json"), "[]\n").expect("content");
}

/// Compiles one crate with the types of all schemas, and prints how many of them have errors.
fn compile_all(work: &Path, built: &[String]) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the workspace");
    let crate_of = |name: &str| format!("{:?}", root.join(name).to_string_lossy());
    let manifest = format!(
        "[package]\nname = \"published\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n\
         quest-types = {{ path = {} }}\n\n[build-dependencies]\nquest-build = {{ path = {}, features = [\"regex\"] }}\n",
        crate_of("quest-types"),
        crate_of("quest-build"),
    );
    let (mut script, mut library) = (String::from("fn main() {\n"), String::from("#![deny(warnings)]\n"));
    for name in built {
        writeln!(
            script,
            "    quest_build::Config::new().name(\"{name}\").compile(\"{name}/quest.toml\").unwrap();"
        )
        .expect("text");
        writeln!(library, "quest_types::include_quests!({name});").expect("text");
    }
    fs::create_dir_all(work.join("src")).expect("a folder");
    fs::write(work.join("Cargo.toml"), manifest).expect("a manifest");
    fs::write(work.join("build.rs"), script + "}\n").expect("a build script");
    fs::write(work.join("src/lib.rs"), library).expect("a library");
    fs::copy(root.join("Cargo.lock"), work.join("Cargo.lock")).expect("versions");
    let output = Command::new("cargo")
        .args(["check", "--offline", "--quiet", "--message-format", "short"])
        .current_dir(work)
        .env("CARGO_TARGET_DIR", root.join("target/published"))
        .stderr(Stdio::piped())
        .output()
        .expect("cargo");
    let messages = String::from_utf8_lossy(&output.stderr);
    let errors: Vec<&str> = messages.lines().filter(|line| line.contains(": error")).collect();
    let verdict = if output.status.success() { "it compiles" } else { "it does not compile" };
    println!("{} schemas as one crate: {verdict}", built.len());
    errors.iter().take(20).for_each(|error| println!("{error}"));
    assert!(output.status.success(), "{} errors", errors.len());
}
