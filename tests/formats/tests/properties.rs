//! What holds of the whole compiler for content in every format, however broken: it never panics, and it never blames itself.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use quest_compiler::driver::{self, Request};
use serde_json::Value;
use std::fs;
use std::path::Path;

const FORMATS: [&str; 5] = ["json", "jsonc", "yaml", "toml", "ron"];

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: quest_test::proptest_regressions!("properties"),
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    }
}

fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(vec![
            "", "", "{", "}", "[", "]", "(", ")", ",", ":", "=", "-", "- ", "\"", "'", "\\", "/*", "*/", "//", "#", "&a ", "*none", "!",
            "|", ">", "\n", "\n  ", "\r\n", "\t", " ", "\u{a0}", "\u{feff}", "\0", "é", "日", "😀", "null", "None", "true", "Some(", "x",
            "1", "-1", "1.5", "0x1F", "1e999", ".inf", "nan", "[[a]]\n", "[a.b]\n", "id", "nothing", "é: 1\n", "\"é\": 1,", "<<: *who\n",
        ])
        .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn mutated_errands(
        format in select(FORMATS.to_vec()),
        edits in vec((any::<Index>(), 0usize..4, piece()), 1..4),
    ) {
        let mut text: Vec<char> =
            fs::read_to_string(here().join(format!("equal/errands.{format}"))).unwrap().chars().collect();
        for (index, length, piece) in &edits {
            let at = index.index(text.len() + 1);
            let end = (at + length).min(text.len());
            drop(text.splice(at..end, piece.chars()));
        }
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mutated");
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("errands.{format}")), text.into_iter().collect::<String>()).unwrap();
        let manifest = fs::read_to_string(here().join("equal").join(format).join("quest.toml")).unwrap();
        let manifest = manifest
            .replace("../../", &format!("{}/", here().display().to_string().replace('\\', "/")))
            .replace("../errands", "errands");
        let path = folder.join(format!("{format}.toml"));
        fs::write(&path, manifest).unwrap();
        let run = driver::run(&Request::build(path.clone()), &mut |_| {});
        let messages = run.json();
        for line in &messages {
            prop_assert!(serde_json::from_str::<Value>(line).is_ok(), "not JSON: {}", line);
            prop_assert!(!line.contains("Q0099"), "{}", line);
        }
        prop_assert_eq!(messages.len(), run.human(false).len());
        prop_assert_eq!(run.write(&folder.join("out")).is_ok(), run.errors() == 0);
    }
}
