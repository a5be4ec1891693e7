//! Things that would have one name in Rust: `tests/names/<name>/` holds a project, `expected.txt` the longer names, and all types.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::{self, Request};
use std::fs;
use std::path::Path;

#[test]
fn colliding_names_are_made_longer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/names");
    let cases = ["collision", "signs", "taken", "union-values", "equal-definitions"];
    quest_test::assert_goldens(cases.into_iter().map(|case| {
        let case = folder.join(case);
        let report = driver::run(&Request::build(case.join("quest.toml")), &mut |_| {});
        let errors = report.human(false);
        assert_eq!(report.errors(), 0, "{errors:?}");
        let prefix = format!("{}/", case.display()).replace('\\', "/");
        let mut lines: Vec<String> = report.names().iter().map(|line| line.replace(&prefix, "")).collect();
        let rust = report.lowered.expect("what is generated").rust;
        let items = rust.lines().map(str::trim).filter(|line| {
            line.starts_with("pub enum ") || line.starts_with("pub struct ") || line.starts_with("pub fn ")
        });
        lines.extend(items.map(str::to_owned));
        (case.join("expected.txt"), lines.join("\n") + "\n")
    }));
}

/// The types of a project with two schema files, which read in either order give the same names.
#[test]
fn names_do_not_depend_on_the_order_of_schemas() {
    let names = |first: &str, second: &str| {
        let root = tempfile::tempdir().expect("a folder");
        for (file, text) in [
            (
                "a.schema.json",
                r##"{ "type": "object", "properties": { "p": { "$ref": "#/$defs/Spot" } },
                "$defs": { "Spot": { "type": "object", "properties": { "x": { "type": "number" } } } } }"##,
            ),
            (
                "b.schema.json",
                r##"{ "type": "object", "properties": { "q": { "$ref": "#/$defs/Spot" } },
                "$defs": { "Spot": { "type": "object", "properties": { "y": { "type": "number" } } } } }"##,
            ),
            ("a.json", "{}"),
            ("b.json", "{}"),
        ] {
            fs::write(root.path().join(file), text).expect("a file");
        }
        let section = |name: &str| {
            format!("[[documents]]\nschema = \"{name}.schema.json\"\ncontent = \"{name}.json\"\n")
        };
        fs::write(root.path().join("quest.toml"), section(first) + &section(second)).expect("a manifest");
        let report = driver::run(&Request::build(root.path().join("quest.toml")), &mut |_| {});
        let rust = report.lowered.expect("what is generated").rust;
        let mut types: Vec<String> =
            rust.lines().filter(|line| line.contains("struct ")).map(str::to_owned).collect();
        types.sort();
        types
    };
    let types = names("a", "b");
    assert!(types.iter().any(|line| line.contains("ASpot")), "{types:?}");
    assert_eq!(types, names("b", "a"));
}
