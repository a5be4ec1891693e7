//! Generated Rust compiles without a warning, whatever a schema and the content call things and say about them. rustc, clippy and
//! rustdoc are the judges: once as a game sees the code, and once without what `include_quests!` allows.

#![allow(clippy::unwrap_used)] // Clippy allows it in tests, but not in the functions that they share.

mod support;

use quest_compiler::driver::{Request, run};
use serde_json::{Map, Value, json};
use support::Game;

/// Names of properties, enum values, types and ids.
const NAMES: &str = "abstract as async await become box break const continue do dyn else enum extern false final fn for gen if impl in \
    let loop macro match mod move mut override priv pub ref return static struct trait true try type typeof unsafe unsized use virtual \
    where while yield union self Self super crate _ __ raw default auto \
    vec println assert write panic include format matches todo derive test cfg env \
    Option Some None Ok Err Result Vec String Box Iterator Into From Default Copy Clone Debug Drop Fn Send Sync Eq Ord Hash ToString \
    new clone eq ne cmp hash fmt next default into from len is_empty to_string as_str all find get record read deref drop add \
    not index iter tables text row core std usize u8 str bool char quests Never Unknown Tables LAYOUT __rt r#type \
    α Ω ισχύς сила сор ЖУК вот 灵露丸 一 ー 이름 اسم שם नाम శక్తి ชื่อ cafe\u{301} x\u{301} ǉuba ſet ﬁn ª Ǆ ß İd ı Σ ϑ ŉ ｆull ½ x² \
    2nd 7 $ref @id a.b a/b ? < > != 日,本 a\u{200d}b a\u{200c}b a\u{202e}b a`b \" \\ */ // {} $name {0} #[x] &amp; ` `` ´ é e\u{301}";

/// Parts of descriptions.
const FRAGMENTS: [&str; 48] = [
    "word",
    "two words",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "- item",
    "* item",
    "+ item",
    "1. first",
    "12) twelfth",
    "  - inner",
    "    indented",
    "```",
    "```rust",
    "````",
    "~~~",
    "`code`",
    "`",
    "``a ` b``",
    "# Heading",
    "###",
    "===",
    "---",
    "***",
    "> quote",
    "| a | b |",
    "|---|---|",
    "[link]",
    "[a](https://example.com/a_b)",
    "[b](c)",
    "[x]: y",
    "![i](https://example.com/i.png)",
    "[^1]",
    "<b>",
    "</div>",
    "<!--",
    "&lt;",
    "https://example.com/?a=b&c=[d].",
    "www.example.com",
    "\u{2068}isolated\u{2069}",
    "\u{202e}override",
    "\\",
    "\\[",
    "fn main() {}",
    "assert!(false);",
];

/// A generator of numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound).unwrap()).unwrap()
    }

    fn description(&mut self) -> String {
        let separators = ["", " ", "\n"];
        (0..=self.below(14))
            .map(|_| FRAGMENTS[self.below(48)].to_owned() + separators[self.below(3)])
            .collect()
    }

    /// Some characters of other names, one after the other.
    fn name(&mut self, names: &[&str]) -> String {
        let letters: Vec<char> = names.concat().chars().collect();
        (0..=self.below(5)).map(|_| letters[self.below(letters.len())]).collect()
    }
}

/// The type of a property, by its number.
fn property(random: &mut Random, at: usize) -> Value {
    let mut property = match at % 8 {
        0 => json!({ "type": "string" }),
        1 => json!({ "type": "integer", "minimum": 0, "maximum": 9 }),
        2 => json!({ "type": "array", "items": { "type": "string" } }),
        3 => json!({ "type": "string", "pattern": "^[a-z]`+$" }),
        4 => json!({ "type": "string", "x-ref": "crate" }),
        5 => json!({ "type": "boolean", "default": true }),
        6 => json!({ "type": "array", "items": { "type": "integer" } }),
        _ => json!({ "type": "string", "x-ref": ["macro", "vec"] }),
    };
    property["description"] = json!(random.description());
    property
}

/// A schema with an object type for each name: one has the name as its title, one as a property and one as a value of an enum.
fn schema(random: &mut Random, keys: bool) -> Value {
    let mut names: Vec<String> =
        NAMES.split(' ').map(str::to_owned).filter(|name| !name.is_empty()).collect();
    let known: Vec<&str> = NAMES.split(' ').collect();
    names.extend((0..120).map(|_| random.name(&known)));
    let mut properties = Map::new();
    for (at, name) in names.iter().enumerate() {
        let mut own = Map::new();
        own.insert(name.clone(), property(random, if keys { at } else { at % 4 }));
        let of_enum = json!({
            "title": format!("Enum {at}"), "description": random.description(), "enum": [name, format!("other {at}")],
            "x-lint": { "name": "off" }
        });
        let of_enum = of_enum.as_object().unwrap().iter().filter(|(key, _)| *key != "x-lint");
        own.insert(format!("enum {at}"), of_enum.map(|(key, value)| (key.clone(), value.clone())).collect());
        // Names that differ in signs alone would be one type, so that a number follows all but the well-known ones.
        let title = if at < 132 && name.is_ascii() { name.clone() } else { format!("{name} {at}") };
        let mut object = json!({ "type": "object", "title": title, "description": random.description(), "properties": own });
        if keys && at < KINDS.len() {
            object["properties"]["own id"] =
                json!({ "type": "string", "x-key": KINDS[at], "description": random.description() });
            object["required"] = json!(["own id"]);
        }
        properties.insert(format!("list {at}"), json!({ "type": "array", "items": object }));
    }
    json!({ "type": "object", "title": "Everything", "properties": properties })
}

const KINDS: [&str; 14] = [
    "crate", "macro", "vec", "type", "self", "fn", "option", "test", "derive", "new", "match", "static",
    "default", "line",
];

const MANIFEST: &str = "\
[[documents]]
schema = \"hostile.schema.json\"
content = \"hostile.json\"
";

/// A game with such a schema, and the generated Rust a second time in a module that allows nothing.
fn game(name: &str, seed: u64, keys: bool) -> Game {
    let game = Game::new(name);
    let schema = schema(&mut Random(seed), keys);
    game.write("hostile.schema.json", &serde_json::to_string_pretty(&schema).unwrap());
    game.write("hostile.json", "{}");
    let mut manifest = MANIFEST.to_owned();
    if keys {
        let ids: Vec<&str> = NAMES.split(' ').filter(|name| name.chars().any(char::is_alphabetic)).collect();
        let unlike =
            |at: usize, id: &&str| !ids[..at].iter().any(|other| other.to_lowercase() == id.to_lowercase());
        let ids: Vec<String> = ids
            .iter()
            .enumerate()
            .filter(|(at, id)| unlike(*at, id))
            .map(|(at, id)| format!("{id} {at}"))
            .collect();
        manifest += "[rust]\nconstants = [\"thing\"]\n";
        manifest += &format!("[registries]\nthing = {}\n", serde_json::to_string(&ids).unwrap());
    }
    game.write("quest.toml", &manifest);

    let directory = game.directory.clone();
    let report = run(&Request::build(directory.join("quest.toml")), &mut |_| {});
    let titles: Vec<&str> =
        report.diagnostics.list.iter().map(|diagnostic| diagnostic.title.as_str()).collect();
    assert_eq!(report.errors(), 0, "seed {seed}: {titles:#?}");
    let lowered = report.lowered.unwrap();
    let judged = lowered.rust.split("__rt::__private::define_macros!").next().unwrap();
    game.write("src/judged/quests.rs", judged);
    for (file, content) in lowered.files().into_iter().filter(|(file, _)| *file != "quests.rs") {
        std::fs::write(directory.join("src/judged").join(file), content).unwrap();
    }
    std::fs::remove_file(directory.join("src/main.rs")).unwrap();
    game.write("src/lib.rs", LIBRARY);
    game
}

const LIBRARY: &str = "\
//! Compiles content of any name.
#![warn(clippy::pedantic)]
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

quest_types::include_quests!();

/// The same without what `include_quests!` allows for generated code.
#[allow(dead_code, unreachable_pub, nonstandard_style)]
#[allow(clippy::pedantic)]
#[deny(clippy::tabs_in_doc_comments, clippy::doc_lazy_continuation, clippy::doc_overindented_list_items, clippy::empty_docs)]
#[deny(clippy::needless_doctest_main, clippy::invisible_characters, clippy::doc_link_with_quotes)]
#[deny(rustdoc::bare_urls, rustdoc::invalid_html_tags, rustdoc::broken_intra_doc_links, rustdoc::unescaped_backticks)]
#[allow(clippy::new_ret_no_self, clippy::wrong_self_convention, clippy::should_implement_trait, clippy::len_without_is_empty)]
pub mod judged {
    #[doc(hidden)]
    pub use quest_types as __rt;
    include!(\"judged/quests.rs\");
}
";

fn judge(game: &Game, seed: u64) {
    for arguments in
        [&["clippy", "--quiet"][..], &["doc", "--quiet", "--no-deps"], &["test", "--quiet", "--doc"]]
    {
        let outcome = game.cargo(arguments);
        assert!(
            outcome.success,
            "seed {seed}: cargo {arguments:?} failed\n{}\n{}",
            outcome.output, outcome.messages
        );
    }
}

#[test]
fn any_name_and_description_compiles() {
    // A longer run: QUESTC_HOSTILE_SEEDS=100.
    let seeds = std::env::var("QUESTC_HOSTILE_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(1);
    for seed in 1..=seeds {
        judge(&game("hostile-schema", seed * 0x9e37_79b9, true), seed);
    }
}

#[test]
fn a_schema_without_ids_compiles() {
    judge(&game("hostile-schema-without-ids", 7, false), 7);
}
