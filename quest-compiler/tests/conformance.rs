//! The official test suite of JSON Schema: every case passes, or its schema is refused with a message. No verdict is wrong.
//!
//! The suite is not part of this project: `QUESTC_CONTENT` names a folder with `json-schema-test-suite` in it.

#![cfg(feature = "regex")]
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::verdicts;
use quest_test::Suite;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn suite() -> Option<PathBuf> {
    quest_test::content(Suite::Conformance, "json-schema-test-suite")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "json") {
            found.push(path);
        }
    }
}

#[derive(Default, Debug, PartialEq, Eq)]
struct Count {
    passed: usize,
    refused: usize,
    wrong: usize,
}

#[derive(Default)]
struct Outcome {
    count: Count,
    wrong: Vec<String>,
    /// Messages by how many cases they refuse.
    refused: BTreeMap<String, usize>,
}

fn run(suite: &Path, draft: &str, dialect: &str) -> Outcome {
    let mut remotes = Vec::new();
    let mut found = Vec::new();
    files(&suite.join("remotes"), &mut found);
    for path in found {
        let name = path.strip_prefix(suite.join("remotes")).unwrap().to_str().unwrap().replace('\\', "/");
        // Those of other drafts follow other rules.
        let other_draft = name.starts_with("draft") && !name.starts_with(draft) || name.starts_with("v1/");
        if !other_draft {
            remotes.push((format!("http://localhost:1234/{name}"), fs::read_to_string(&path).unwrap()));
        }
    }
    let mut outcome = Outcome::default();
    let mut found = Vec::new();
    files(&suite.join("tests").join(draft), &mut found);
    assert!(!found.is_empty(), "no cases for {draft}");
    for path in found.iter().filter(|path| !path.components().any(|part| part.as_os_str() == "optional")) {
        let groups: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        for group in groups.as_array().unwrap() {
            let mut schema = group["schema"].clone();
            if let Some(object) = schema.as_object_mut()
                && !object.contains_key("$schema")
            {
                object.insert("$schema".to_owned(), Value::String(dialect.to_owned()));
            }
            let schema = match schema {
                // A schema that is `true` or `false`: our files are objects.
                Value::Bool(value) => format!("{{\"allOf\": [{value}]}}"),
                object => object.to_string(),
            };
            let tests = group["tests"].as_array().unwrap();
            let instances: Vec<String> = tests.iter().map(|test| test["data"].to_string()).collect();
            match verdicts(&schema, &remotes, &instances) {
                Err(messages) => {
                    assert!(
                        !messages.is_empty() && messages[0].contains("-->"),
                        "a refusal without a place: {messages:?}"
                    );
                    let first = messages[0].lines().next().unwrap_or_default().to_owned();
                    *outcome.refused.entry(first).or_default() += tests.len();
                    outcome.count.refused += tests.len();
                }
                Ok(verdicts) => {
                    for (test, verdict) in tests.iter().zip(verdicts) {
                        if Value::Bool(verdict) == test["valid"] {
                            outcome.count.passed += 1;
                        } else {
                            outcome.count.wrong += 1;
                            outcome.wrong.push(format!(
                                "{}: {}: {}",
                                path.file_name().unwrap().to_str().unwrap(),
                                group["description"],
                                test["description"]
                            ));
                        }
                    }
                }
            }
        }
    }
    outcome
}

fn judge(draft: &str, dialect: &str, passed: usize, refused: usize) {
    let Some(suite) = suite() else { return };
    let outcome = run(&suite, draft, dialect);
    println!("{draft}: {:?}", outcome.count);
    for (message, cases) in &outcome.refused {
        println!("  refused {cases}: {message}");
    }
    assert!(outcome.wrong.is_empty(), "wrong verdicts:\n{}", outcome.wrong.join("\n"));
    assert_eq!((outcome.count.passed, outcome.count.refused), (passed, refused), "{draft}");
}

#[test]
fn draft_07() {
    judge("draft7", "http://json-schema.org/draft-07/schema#", 923, 4);
}

#[test]
fn draft_2020_12() {
    judge("draft2020-12", "https://json-schema.org/draft/2020-12/schema", 1251, 48);
}
