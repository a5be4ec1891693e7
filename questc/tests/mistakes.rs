//! Single mistakes that designers make in the content of our own games: each gives one diagnostic, at its place, that names what was meant,
//! and `--fix` leaves nothing wrong behind.
//!
//! `tests/broken/mistakes` has them. `## kind` begins those of a kind; a mistake is a project and a file (and `copy`, `rename` or `write`),
//! the lines that are there, the lines that are there instead, and the code that is expected with what a message must contain. A `«` in
//! the lines instead marks the line of the diagnostic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::{self, Report, Request};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const MARKER: char = '«';

/// The projects in which mistakes are made.
const PROJECTS: [&str; 3] = ["rune-rust", "neighbours", "formats"];

#[derive(Debug, Default)]
struct Mistake {
    kind: String,
    project: String,
    file: String,
    /// `copy`, `rename` or `write`, and the other file.
    operation: Option<(String, String)>,
    old: Vec<String>,
    new: Vec<String>,
    code: String,
    /// What the diagnostic must contain.
    needed: Vec<String>,
}

impl Mistake {
    fn name(&self) -> String {
        format!("{}: {} {}", self.kind, self.file, self.new.join(" / "))
    }

    /// The file in which it is made.
    fn made_in(&self) -> &str {
        match &self.operation {
            Some((_, other)) if !other.is_empty() => other,
            _ => &self.file,
        }
    }
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests")
}

fn mistakes() -> Vec<Mistake> {
    let mut all = Vec::new();
    for name in ["ids", "syntax", "structure", "files"] {
        let text = fs::read_to_string(tests().join(format!("broken/mistakes/{name}.txt"))).unwrap();
        let mut kind = String::new();
        let mut mistake: Option<Mistake> = None;
        for line in text.split('\n') {
            if let Some(name) = line.strip_prefix("## ") {
                kind = name.to_owned();
            } else if line.is_empty() {
                all.extend(mistake.take());
            } else if let Some(mistake) = &mut mistake {
                let rest = line.get(2..).unwrap_or_default().to_owned();
                match line.as_bytes()[0] {
                    b'-' => mistake.old.push(rest),
                    b'+' => mistake.new.push(rest),
                    _ => {
                        let (code, needed) = rest.split_once(' ').unwrap_or((&rest, ""));
                        mistake.code = code.to_owned();
                        let needed = needed.split(" | ").filter(|text| !text.is_empty());
                        mistake.needed = needed.map(str::to_owned).collect();
                    }
                }
            } else if !line.starts_with("# ") {
                let mut words = line.split(' ').map(str::to_owned);
                let mut next = || words.next().unwrap_or_default();
                let (project, file, operation, other) = (next(), next(), next(), next());
                let operation = (!operation.is_empty()).then_some((operation, other));
                mistake =
                    Some(Mistake { kind: kind.clone(), project, file, operation, ..Mistake::default() });
            }
        }
        all.extend(mistake);
    }
    all
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() {
            if !matches!(name.to_str(), Some("target" | "src" | "bad")) {
                copy(&path, &to.join(name));
            }
        } else {
            fs::copy(path, to.join(name)).unwrap();
        }
    }
}

/// A copy of all projects in which mistakes are made.
fn scratch(name: &str) -> PathBuf {
    let top = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    if top.exists() {
        fs::remove_dir_all(&top).unwrap();
    }
    copy(&tests().join("../schemas"), &top.join("schemas"));
    for project in PROJECTS {
        copy(&tests().join(project), &top.join("tests").join(project));
    }
    top
}

/// What the report of a diagnostic says, as far as it is compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Found {
    code: String,
    file: String,
    line: u64,
    column: u64,
    text: String,
}

fn check(top: &Path, project: &str) -> (Report, Vec<Found>) {
    let manifest = top.join("tests").join(project).join("quest.toml");
    let report = driver::run(&Request::check(manifest), &mut |_| {});
    let found = report.json().iter().map(|line| found(line)).collect();
    (report, found)
}

fn found(line: &str) -> Found {
    let json: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| json[name].as_array().cloned().unwrap_or_default();
    let mut words = vec![text(&json["message"])];
    words.extend(list("labels").iter().map(|label| text(&label["text"])));
    words.extend(list("notes").iter().chain(&list("help")).map(text));
    let label = json["labels"].get(0).cloned().unwrap_or_default();
    let at = |name: &str| label[name].as_u64().unwrap_or_default();
    let file = text(&json["file"]);
    let file = file.rsplit('/').next().unwrap_or_default().to_owned();
    Found { code: text(&json["code"]), file, line: at("line"), column: at("column"), text: words.join(" ") }
}

/// What there is to say that was not said before: by code, file and column, since lines move.
fn news(found: Vec<Found>, base: &[Found]) -> Vec<Found> {
    let key = |found: &Found| (found.code.clone(), found.file.clone(), found.column);
    let mut known: Vec<_> = base.iter().map(key).collect();
    let is_new = |found: &Found| match known.iter().position(|known| *known == key(found)) {
        Some(at) => {
            known.swap_remove(at);
            false
        }
        None => true,
    };
    found
        .into_iter()
        .filter({
            let mut is_new = is_new;
            move |found| is_new(found)
        })
        .collect()
}

/// Makes a mistake; returns the line at which it is expected.
fn make(top: &Path, mistake: &Mistake) -> Option<u64> {
    let folder = top.join("tests").join(&mistake.project);
    let from = folder.join(&mistake.file);
    let operation = mistake.operation.as_ref().map_or("", |(operation, _)| operation);
    let text = if operation == "write" { String::new() } else { fs::read_to_string(&from).unwrap() };
    let (old, new) = (mistake.old.join("\n"), mistake.new.join("\n"));
    let mut text = match operation {
        "write" => new,
        _ if old.is_empty() && new.is_empty() => text,
        _ => {
            assert!(text.contains(&old), "{}: `{old}` is not there", mistake.name());
            text.replacen(&old, &new, 1)
        }
    };
    if operation == "rename" {
        fs::remove_file(&from).unwrap();
    }
    let marker = text.find(MARKER);
    let line = marker.map(|at| text[..at].matches('\n').count() as u64 + 1);
    if let Some(at) = marker {
        text.remove(at);
    }
    let to = folder.join(mistake.made_in());
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::write(to, text).unwrap();
    line
}

/// Puts a project back.
fn restore(top: &Path, mistake: &Mistake) {
    let folder = top.join("tests").join(&mistake.project);
    fs::remove_dir_all(&folder).unwrap();
    copy(&tests().join(&mistake.project), &folder);
}

/// Why the answer to a mistake is not exact; `None` if it is.
fn inexact(mistake: &Mistake, line: Option<u64>, news: &[Found]) -> Option<String> {
    let [only] = news else { return Some(format!("{} diagnostics: {news:#?}", news.len())) };
    let file = mistake.made_in().rsplit('/').next().unwrap_or_default();
    let missing: Vec<&String> = mistake.needed.iter().filter(|text| !only.text.contains(*text)).collect();
    let exact = only.code == mistake.code
        && only.file == file
        && line.is_none_or(|line| line == only.line)
        && missing.is_empty();
    (!exact).then(|| format!("expected {} in line {line:?} with {missing:?}, found {only:#?}", mistake.code))
}

/// A value that a sentence of help offers, and whether it stands there as the format writes it, with its quotes.
struct Offered {
    value: String,
    as_written: bool,
}

/// What a sentence of help offers to write instead of the value that the first label marks.
fn offered(code: &str, help: &str) -> Vec<Offered> {
    let names = |text: &str| text.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>();
    let all = |values: Vec<String>, as_written| {
        values.into_iter().map(|value| Offered { value, as_written }).collect::<Vec<_>>()
    };
    if let Some((_, rest)) = help.split_once("did you mean ") {
        return all(names(rest.split('?').next().unwrap_or_default()), false);
    }
    // Of several values, each is allowed here, and only the designer knows which one is right.
    let choice = help.contains("` or `");
    let elsewhere = help.contains(" in the definition") || help.contains("here and where");
    if choice || elsewhere || !(help.starts_with("write ") || help.starts_with("there is only ")) {
        return Vec::new();
    }
    let first: Vec<String> = names(help).into_iter().take(1).collect();
    let last: Vec<String> = names(help).pop().into_iter().collect();
    match code.get(..2) {
        _ if help.contains("for none") => all(first, true),
        Some("Q1") if code == "Q1001" => all(last, true),
        Some("Q1") => all(first, false),
        Some("Q2") => all(first, false),
        _ => Vec::new(),
    }
}

/// The file with what is offered in the place of what the first label of a diagnostic marks, in the quotes that are there.
fn with_suggestion(text: &str, json: &serde_json::Value, offered: &Offered) -> String {
    let at = |name: &str| usize::try_from(json["labels"][0][name].as_u64().unwrap()).unwrap();
    let (mut start, mut end) = (at("start"), at("end"));
    // The label of a list is its bracket.
    if &text[start..end] == "[" {
        end += text[end..].find(']').unwrap() + 1;
    }
    // Of a path, the last name that the title quotes is wrong.
    let path = matches!(json["code"].as_str(), Some("Q0006" | "Q0007"));
    if let Some(missing) = json["message"].as_str().unwrap().split('`').nth(1).filter(|_| path) {
        let name = missing.rsplit('/').next().unwrap();
        start += text[start..end].find(name).unwrap();
        end = start + name.len();
    }
    let quote = text[start..end].chars().next().filter(|first| matches!(first, '"' | '\''));
    let quote = quote.filter(|_| !offered.as_written).map(String::from).unwrap_or_default();
    format!("{}{quote}{}{quote}{}", &text[..start], offered.value, &text[end..])
}

/// A designer who takes the advice has no diagnostic left: neither the old one nor another.
#[test]
fn every_suggestion_is_true() {
    let top = scratch("suggestions");
    let base: BTreeMap<&str, Vec<Found>> =
        PROJECTS.iter().map(|project| (*project, check(&top, project).1)).collect();
    let (mut tried, mut wrong) = (0, Vec::new());
    for mistake in &mistakes() {
        make(&top, mistake);
        let before = &base[mistake.project.as_str()];
        let (report, _) = check(&top, &mistake.project);
        for line in report.json() {
            let json: serde_json::Value = serde_json::from_str(&line).unwrap();
            let label = &json["labels"][0];
            let helps = json["help"].as_array().cloned().unwrap_or_default();
            if label.is_null() || news(vec![found(&line)], before).is_empty() {
                continue;
            }
            let path = label["file"].as_str().unwrap();
            let text = fs::read_to_string(path).unwrap();
            let code = json["code"].as_str().unwrap();
            for suggestion in
                helps.iter().filter_map(|help| help.as_str()).flat_map(|help| offered(code, help))
            {
                fs::write(path, with_suggestion(&text, &json, &suggestion)).unwrap();
                let left = news(check(&top, &mistake.project).1, before);
                if !left.is_empty() {
                    let value = &suggestion.value;
                    wrong.push(format!("## {}\n`{value}` leaves {left:#?}", mistake.name()));
                }
                tried += 1;
            }
            fs::write(path, text).unwrap();
        }
        restore(&top, mistake);
    }
    assert!(tried >= 120, "only {tried} suggestions");
    assert!(wrong.is_empty(), "{} of {tried}\n{}", wrong.len(), wrong.join("\n\n"));
}

#[test]
fn every_mistake_is_answered_exactly_and_fixed_harmlessly() {
    let top = scratch("mistakes");
    let base: BTreeMap<&str, Vec<Found>> =
        PROJECTS.iter().map(|project| (*project, check(&top, project).1)).collect();
    let all = mistakes();
    assert!(all.len() >= 300, "{} mistakes", all.len());
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut wrong = Vec::new();
    for mistake in &all {
        let line = make(&top, mistake);
        let (report, found) = check(&top, &mistake.project);
        let before = &base[mistake.project.as_str()];
        let count = counts.entry(&mistake.kind).or_default();
        count.1 += 1;
        match inexact(mistake, line, &news(found, before)) {
            Some(why) => wrong.push(format!("## {}\n{why}", mistake.name())),
            None => count.0 += 1,
        }
        if !report.apply_fixes().unwrap().is_empty() {
            let left = news(check(&top, &mistake.project).1, before);
            if !left.is_empty() {
                wrong.push(format!("## {}\nthe fix leaves {left:#?}", mistake.name()));
            }
        }
        restore(&top, mistake);
    }
    for (kind, (exact, all)) in counts {
        println!("{kind:40} {exact}/{all}");
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), all.len(), wrong.join("\n\n"));
}
