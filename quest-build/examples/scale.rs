//! Compares the compiler with `serde_json` on the same bytes, in one run: `cargo run --release -p quest-build --example scale`.
//!
//! The input is the five quests of the Quest Schema, replicated under ids of their own until there are as many quests as the first
//! argument says (10,000 by default), in as many files as the second says (1 by default). What questc warns about in them is mended first:
//! a game of this size does not have thousands of warnings.

#![allow(clippy::expect_used, reason = "a benchmark may fail")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Ids that other quests refer to; each copy gets its own.
const IDS: [&str; 5] = ["iron-path", "lost-tools", "patrol-route", "rusted-heart", "salvage-run-daily"];

fn main() {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<usize>().expect("a number"));
    let quests = arguments.next().unwrap_or(10_000);
    let files = arguments.next().unwrap_or(1).max(1);
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = root.join("target/scale");
    let texts = replicate(&root, quests, files);
    write(&root, &folder, &texts);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{quests} quests, {files} files, {:.1} MB", bytes as f64 / 1e6);

    let parse = best(|| {
        for text in &texts {
            let value: serde_json::Value =
                serde_json::from_slice(text.as_bytes()).expect("the input is JSON");
            std::hint::black_box(&value);
        }
    });
    println!("serde_json::from_slice::<Value>  {parse:>8.0?}  1.00");
    let check = best(|| {
        let run = quest_build::tool::run(&folder.join("quest.toml"), &mut |_| {});
        assert_eq!(run.errors() + run.warnings(), 0, "{:?}", run.human(false).first());
        std::hint::black_box(&run);
    });
    println!("questc check                     {check:>8.0?}  {:.2}", ratio(check, parse));
    let out = folder.join("out");
    let build = best(|| {
        let _ = fs::remove_dir_all(&out);
        let run = quest_build::tool::run(&folder.join("quest.toml"), &mut |_| {});
        run.write(&out).expect("the output can be written");
    });
    println!("questc build                     {build:>8.0?}  {:.2}", ratio(build, parse));
    let size = |name: &str| fs::metadata(out.join(name)).expect("the output is there").len();
    let tables = size("quests.tables") + size("quests.text");
    println!(
        "tables and texts: {:.1} MB, {:.2} of the JSON",
        tables as f64 / 1e6,
        tables as f64 / bytes as f64
    );
    #[cfg(feature = "doc")]
    document(&folder, check);
}

/// The site of the same content, from nothing and again, and its largest pages.
#[cfg(feature = "doc")]
fn document(folder: &Path, check: Duration) {
    let site = folder.join("site");
    let manifest = folder.join("quest.toml");
    let write = || {
        let (_, files) = quest_build::tool::site(&manifest, "scale", false, &mut |_| {});
        let files = files.expect("the schema can be used");
        quest_build::tool::write_folder(&site, &files).expect("the site can be written");
        files
    };
    let made = best(|| {
        let _ = quest_build::tool::site(&manifest, "scale", false, &mut |_| {});
    });
    println!("questc doc, in memory            {made:>8.0?}  {:.2} of check", ratio(made, check));
    let first = best(|| {
        let _ = fs::remove_dir_all(&site);
        write();
    });
    println!("questc doc, into an empty folder {first:>8.0?}  {:.2} of check", ratio(first, check));
    let again = best(|| {
        write();
    });
    println!("questc doc, nothing has changed  {again:>8.0?}  {:.2} of check", ratio(again, check));
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

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// The best of five runs: the machine is noisy, and noise only adds.
fn best(mut run: impl FnMut()) -> Duration {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn replicate(root: &Path, quests: usize, files: usize) -> Vec<String> {
    let originals: Vec<String> = IDS
        .iter()
        .map(|id| {
            let path = root.join(format!("tests/rune-rust/content/quests/{id}.json"));
            let text = fs::read_to_string(path).expect("the five quests");
            let start = text.find("\"quests\": [").expect("quests") + "\"quests\": [".len();
            let end = text.rfind(']').expect("the end of quests");
            // The level of a quest meets its condition, the hidden objectives are not all required, and the quest before exists.
            text[start..end]
                .trim_end()
                .replace("\"level\": 5,", "\"level\": 6,")
                .replace("\"level\": 10,", "\"level\": 11,")
                .replace("\"isHidden\": true", "\"isHidden\": true, \"isOptional\": true")
                .replace("\"intro-arrival\"", "\"salvage-run-daily\"")
        })
        .collect();
    let mut texts = vec![String::new(); files];
    for number in 0..quests {
        let copy = number / IDS.len();
        let mut text = originals[number % IDS.len()].clone();
        for id in IDS {
            text = text.replace(&format!("\"{id}\""), &format!("\"{id}-{copy}\""));
        }
        // Players tell quests apart by their names.
        text = text.replacen("\"name\": \"", &format!("\"name\": \"{copy}: "), 1);
        let file = &mut texts[number * files / quests];
        file.push_str(if file.is_empty() { "{\n  \"version\": \"1.0.0\",\n  \"quests\": [" } else { "," });
        file.push_str(&text);
    }
    for text in &mut texts {
        text.push_str("\n  ]\n}\n");
    }
    texts
}

fn write(root: &Path, folder: &Path, texts: &[String]) {
    let _ = fs::remove_dir_all(folder);
    fs::create_dir_all(folder.join("content")).expect("a folder for the input");
    for (number, text) in texts.iter().enumerate() {
        fs::write(folder.join(format!("content/{number}.json")), text).expect("a file of the input");
    }
    let manifest = fs::read_to_string(root.join("tests/rune-rust/quest.toml")).expect("the manifest");
    let manifest = manifest
        .replace("content/quests/**/*.json", "content/*.json")
        .replace("\"content/registries/", "\"../../tests/rune-rust/content/registries/");
    let target: PathBuf = folder.join("quest.toml");
    fs::write(target, manifest).expect("the manifest of the input");
}
