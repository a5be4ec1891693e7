//! Compares the compiler with `serde_json` on the same bytes, in one run: `cargo run --release -p questc --example scale`.
//!
//! The input is made up ([`content`]): as many quests as the first argument says (10,000 by default), in as many files as the second says
//! (1 by default). `replicated` as third argument stands for the five quests of the Quest Schema again and again ([`replicated`]); `site`
//! measures the site as well; any other is a folder: then the input is written there, and nothing is measured.

#![allow(clippy::expect_used, reason = "a benchmark may fail")]

mod content;
mod replicated;

use quest_compiler::driver::{Request, run};
use std::fs;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut number =
        |default: usize| arguments.next().map_or(default, |text| text.parse().expect("a number"));
    let (quests, count) = (number(10_000).max(1), number(1).max(1));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mode = arguments.next();
    let game = match mode.as_deref() {
        Some("replicated") => {
            content::Game { quests: replicated::quests(&root, quests), registries: Vec::new() }
        }
        _ => content::game(quests),
    };
    let texts = files(&game.quests, count);
    let site = mode.as_deref() == Some("site");
    if let Some(folder) = mode.filter(|mode| mode != "replicated" && !site) {
        write(&root, Path::new(&folder), &texts, &game.registries);
        return;
    }
    let folder = root.join("target/scale");
    write(&root, &folder, &texts, &game.registries);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{quests} quests, {count} files, {:.1} MB", bytes as f64 / 1e6);

    let parse = best(|| {
        for text in &texts {
            let value: serde_json::Value =
                serde_json::from_slice(text.as_bytes()).expect("the input is JSON");
            std::hint::black_box(&value);
        }
    });
    println!("serde_json::from_slice::<Value>  {:>10.1} ms  1.00", milliseconds(parse));
    let checked = |threads| {
        best(|| {
            let mut request = Request::check(folder.join("quest.toml"));
            request.threads = threads;
            let run = run(&request, &mut |_| {});
            assert_eq!(run.errors() + run.warnings(), 0, "{:?}", run.human(false).first());
            std::hint::black_box(&run);
        })
    };
    let check = checked(NonZeroUsize::new(1));
    println!("questc check, one thread         {:>10.1} ms  {:.2}", milliseconds(check), ratio(check, parse));
    let check = checked(None);
    println!("questc check                     {:>10.1} ms  {:.2}", milliseconds(check), ratio(check, parse));
    let out = folder.join("out");
    let empty = || {
        let _ = fs::remove_dir_all(&out);
    };
    let build = best_after(empty, || {
        let report = run(&Request::build(folder.join("quest.toml")), &mut |_| {});
        report.write(&out).expect("the output can be written");
    });
    println!("questc build                     {:>10.1} ms  {:.2}", milliseconds(build), ratio(build, parse));
    let size = |name: &str| fs::metadata(out.join(name)).expect("the output is there").len();
    let tables = size("quests.tables") + size("quests.text");
    println!(
        "tables and texts: {:.1} MB, {:.2} of the JSON",
        tables as f64 / 1e6,
        tables as f64 / bytes as f64
    );
    if site {
        document(&folder, check);
    }
}

/// The site of the same content, from nothing and again, and its largest pages.
fn document(folder: &Path, check: Duration) {
    let site = folder.join("site");
    let manifest = folder.join("quest.toml");
    let write = || {
        let (_, files) = quest_site::site(&Request::check(manifest.clone()), "scale", &mut |_| {});
        let files = files.expect("the schema can be used");
        quest_site::write_folder(&site, &files).expect("the site can be written");
        files
    };
    let made = best(|| {
        let _ = quest_site::site(&Request::check(manifest.clone()), "scale", &mut |_| {});
    });
    println!(
        "questc doc, in memory            {:>10.1} ms  {:.2} of check",
        milliseconds(made),
        ratio(made, check)
    );
    let first = best(|| {
        let _ = fs::remove_dir_all(&site);
        write();
    });
    println!(
        "questc doc, into an empty folder {:>10.1} ms  {:.2} of check",
        milliseconds(first),
        ratio(first, check)
    );
    let again = best(|| {
        write();
    });
    println!(
        "questc doc, nothing has changed  {:>10.1} ms  {:.2} of check",
        milliseconds(again),
        ratio(again, check)
    );
    let files = write();
    let pages = files.iter().filter(|(name, _)| name.ends_with(".html"));
    let largest = |graphs: bool| {
        let pages = pages.clone().filter(|(name, _)| name.starts_with("graphs/") == graphs);
        pages.map(|(_, text)| text.len()).max().unwrap_or_default() / 1000
    };
    let all: usize = files.iter().map(|(_, text)| text.len()).sum();
    println!(
        "{} files, {:.1} MB; the largest page has {} KB, the graph of all {} KB",
        files.len(),
        all as f64 / 1e6,
        largest(false),
        largest(true)
    );
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// The best of five runs: the machine is noisy, and noise only adds.
fn best(run: impl FnMut()) -> Duration {
    best_after(|| {}, run)
}

/// The same, with something to do before each that does not count.
fn best_after(mut before: impl FnMut(), mut run: impl FnMut()) -> Duration {
    (0..5)
        .map(|_| {
            before();
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// The files of the content.
fn files(quests: &[String], files: usize) -> Vec<String> {
    let mut texts = vec![String::new(); files];
    for (number, quest) in quests.iter().enumerate() {
        let file = &mut texts[number * files / quests.len()];
        file.push_str(if file.is_empty() {
            "{\n  \"version\": \"1.0.0\",\n  \"quests\": [\n"
        } else {
            ",\n"
        });
        file.push_str(quest);
    }
    for text in &mut texts {
        text.push_str("\n  ]\n}\n");
    }
    texts
}

/// The project around the content.
fn write(root: &Path, folder: &Path, texts: &[String], registries: &[(&str, String)]) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join("content")).expect("a folder for the input");
    for (number, text) in texts.iter().enumerate() {
        fs::write(folder.join(format!("content/{number}.json")), text).expect("a file of the input");
    }
    let root = root.canonicalize().expect("the folder of the project");
    let manifest = fs::read_to_string(root.join("tests/rune-rust/quest.toml")).expect("the manifest");
    // A constant for each of thousands of quests would be another benchmark.
    let manifest = manifest.replace("constants = [\"quest\"]\n", "");
    let mut manifest = manifest
        .replace("content/quests/**/*.json", "content/*.json")
        .replace("\"../../schemas/", &format!("\"{}/schemas/", root.display()))
        .replace(
            "\"content/registries/",
            &format!("\"{}/tests/rune-rust/content/registries/", root.display()),
        );
    for (kind, text) in registries {
        fs::write(folder.join(format!("{kind}.json")), text).expect("a registry of the input");
        let lines = manifest.lines().map(|line| {
            let ours = line.split(' ').next() == Some(kind);
            if ours { format!("{kind} = \"{kind}.json\"") } else { line.to_owned() }
        });
        manifest = lines.collect::<Vec<_>>().join("\n");
    }
    let target: PathBuf = folder.join("quest.toml");
    fs::write(target, manifest + "\n").expect("the manifest of the input");
}
