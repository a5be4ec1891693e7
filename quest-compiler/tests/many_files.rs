//! A project of 5,000 content files: everything is counted, a mistake in one of them is found, and links that lead in
//! circles come to an end.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test may fail")]

use quest_compiler::driver::{self, Report, Request};
use quest_test::TempProject;
use std::fs;

const FILES: usize = 5_000;

/// Files in one folder.
const SHARE: usize = 100;

const MANIFEST: &str = "[[documents]]\nschema = \"quest.schema.json\"\ncontent = \"content/**/*.json\"\n";

const SCHEMA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Quest",
  "type": "object",
  "properties": {
    "id": { "type": "string", "pattern": "^[a-z0-9-]+$", "x-key": "quest" },
    "level": { "type": "integer", "minimum": 1 },
    "after": { "type": "string", "x-ref": "quest" },
    "stages": { "type": "array", "items": { "type": "string", "x-key": "quest.stage" } }
  },
  "required": ["id", "level"],
  "additionalProperties": false
}
"#;

/// A project in a temporary folder.
struct Project(TempProject);

impl Project {
    fn new() -> Self {
        Self(TempProject::with([("quest.toml", MANIFEST), ("quest.schema.json", SCHEMA)]))
    }

    fn with_quests(count: usize) -> Self {
        let project = Self::new();
        for number in 0..count {
            project.write(&place(number), &quest(number));
        }
        project
    }

    fn write(&self, name: &str, text: &str) {
        self.0.write(name, text);
    }

    #[cfg(unix)]
    fn link(&self, name: &str, target: &str) {
        std::os::unix::fs::symlink(target, self.0.join(name)).expect("the link can be made");
    }

    fn run(&self) -> Report {
        driver::run(&Request::build(self.0.manifest()), &mut |_| {})
    }

    /// The diagnostics as people read them, with names that do not depend on the folder.
    fn messages(&self, run: &Report) -> Vec<String> {
        let folder = format!("{}/", self.0.path().display()).replace('\\', "/");
        run.human(false).iter().map(|text| text.replace(&folder, "")).collect()
    }
}

/// The name of the file of a quest.
fn place(number: usize) -> String {
    format!("content/part-{:02}/quest-{number:04}.json", number / SHARE)
}

/// A quest that comes after the one before it, which mostly stands in another file.
fn quest(number: usize) -> String {
    let after = match number.checked_sub(1) {
        Some(before) => format!("\n  \"after\": \"quest-{before:04}\","),
        None => String::new(),
    };
    let level = number % 60 + 1;
    format!(
        "{{\n  \"id\": \"quest-{number:04}\",\n  \"level\": {level},{after}\n  \"stages\": [\"start\", \"end\"]\n}}\n"
    )
}

fn counts(run: &Report) -> Vec<(String, usize)> {
    let mut counts: Vec<(String, usize)> =
        run.counts.iter().map(|counted| (counted.kind.clone(), counted.count)).collect();
    counts.sort();
    counts
}

#[test]
fn five_thousand_files_without_a_mistake() {
    let project = Project::with_quests(FILES);
    let run = project.run();
    assert_eq!(project.messages(&run), Vec::<String>::new());
    assert_eq!((run.errors(), run.warnings(), run.content_files), (0, 0, FILES));
    assert_eq!(counts(&run), [("quest".to_owned(), FILES), ("stage".to_owned(), 2 * FILES)]);
    assert!(run.bytes() > FILES * quest(1).len(), "only {} bytes", run.bytes());

    let out = project.0.join("out");
    let written = run.write(&out).expect("content without mistakes is written");
    assert!(written.iter().all(|path| path.starts_with(&out) && path.is_file()), "{written:?}");

    // Another run over the same files gives the same bytes.
    let again = project.0.join("again");
    project.run().write(&again).expect("content without mistakes is written");
    for path in written {
        let name = path.file_name().expect("a name");
        assert_eq!(fs::read(&path).unwrap(), fs::read(again.join(name)).unwrap(), "{name:?}");
    }
}

#[test]
fn an_id_that_two_of_five_thousand_files_claim() {
    let project = Project::with_quests(FILES);
    let claim = "{\n  \"id\": \"quest-0017\",\n  \"level\": 1\n}\n";
    project.write(&place(4321), claim);
    // The quest after the one whose file now claims another id.
    project.write(&place(4322), "{\n  \"id\": \"quest-4322\",\n  \"level\": 1\n}\n");
    let run = project.run();
    let messages = project.messages(&run);
    assert_eq!((run.errors(), run.warnings(), run.content_files), (1, 0, FILES), "{messages:#?}");
    let [message] = messages.as_slice() else { panic!("{messages:#?}") };
    assert!(message.starts_with("error[Q2003]: two quests have the id `quest-0017`"), "{message}");
    for place in [format!("{}:2:9", place(4321)), format!("{}:2:9", place(17))] {
        assert!(message.contains(&place), "no {place} in {message}");
    }
    assert!(run.write(&project.0.join("out")).is_err(), "content with mistakes is not written");
}

#[test]
fn mistakes_in_a_few_of_five_thousand_files() {
    let project = Project::with_quests(FILES);
    project.write(&place(0), "{\n  \"id\": \"quest-0000\",\n  \"level\": 0\n}\n");
    project.write(&place(2500), "{\r\n  \"id\": \"quest-2500\",\r\n  \"levle\": 1\r\n}\r\n");
    let unknown = "{\n  \"id\": \"quest-4999\",\n  \"level\": 1,\n  \"after\": \"quest-49989\"\n}\n";
    project.write(&place(4999), unknown);
    let run = project.run();
    let messages = project.messages(&run);
    assert_eq!(run.content_files, FILES);
    let expected = [
        ("`level` is out of bounds: 0", format!("{}:3:12", place(0))),
        ("`levle`", format!("{}:3:3", place(2500))),
        ("no quest `quest-49989`", format!("{}:4:12", place(4999))),
    ];
    // They are sorted by file.
    assert_eq!(messages.len(), expected.len(), "{messages:#?}");
    for (message, (title, place)) in messages.iter().zip(expected) {
        assert!(message.starts_with("error["), "{message}");
        assert!(message.contains(title) && message.contains(&place), "no {title} at {place} in {message}");
    }
}

#[test]
fn the_same_mistake_in_each_of_five_thousand_files() {
    let project = Project::new();
    for number in 0..FILES {
        let text = format!(
            "{{ \"id\": \"quest-{number:04}\", \"level\": {}, \"after\": \"the-end\" }}\n",
            number + 1
        );
        project.write(&place(number), &text);
    }
    let run = project.run();
    assert_eq!((run.errors(), run.warnings(), run.content_files), (FILES, 0, FILES));
    let messages = project.messages(&run);
    assert_eq!(messages.len(), FILES);
    // In the order of the files, so that what is said does not change from run to run.
    for (number, message) in messages.iter().enumerate() {
        assert!(message.starts_with("error[Q2001]: no quest `the-end`"), "{message}");
        assert!(message.contains(&format!("{}:1:", place(number))), "{message}");
    }
}

#[test]
fn files_that_several_patterns_match() {
    let project = Project::with_quests(SHARE * 10);
    project.write(
        "quest.toml",
        "[[documents]]\nschema = \"quest.schema.json\"\n\
         content = [\"content/**/*.json\", \"content/part-*/quest-*.json\", \"content/part-00/quest-0000.json\"]\n",
    );
    let run = project.run();
    assert_eq!(project.messages(&run), Vec::<String>::new());
    assert_eq!((run.content_files, counts(&run)[0].1), (SHARE * 10, SHARE * 10));
}

#[cfg(unix)]
#[test]
fn a_link_from_the_content_folder_to_itself() {
    let project = Project::with_quests(SHARE * 3);
    project.link("content/part-01/back", "..");
    let run = project.run();
    let messages = project.messages(&run);
    let [message] = messages.as_slice() else { panic!("{messages:#?}") };
    assert!(message.starts_with("error[Q0006]: `content/part-01/back`"), "{message}");
    for part in ["link", "quest.toml:3:", "remove the link"] {
        assert!(message.contains(part), "no {part} in {message}");
    }
    // The files are read once, under their own names.
    assert_eq!((run.errors(), run.content_files), (1, SHARE * 3));
    assert_eq!(counts(&run)[0], ("quest".to_owned(), SHARE * 3));
}

#[cfg(unix)]
#[test]
fn a_link_from_the_content_folder_to_the_one_around_it() {
    let project = Project::with_quests(SHARE);
    project.link("content/up", "../../");
    let run = project.run();
    let messages = project.messages(&run);
    let [message] = messages.as_slice() else { panic!("{messages:#?}") };
    assert!(message.starts_with("error[Q0006]: `content/up`"), "{message}");
    assert_eq!(run.content_files, SHARE);
}

#[cfg(unix)]
#[test]
fn two_folders_with_links_to_each_other() {
    let project = Project::with_quests(SHARE * 3);
    project.link("content/part-01/to-two", "../part-02");
    project.link("content/part-02/to-one", "../part-01");
    let run = project.run();
    assert_eq!(run.content_files, SHARE * 3, "each file is read once");
    assert_eq!(counts(&run)[0], ("quest".to_owned(), SHARE * 3));
    for message in project.messages(&run) {
        assert!(message.contains("to-one") || message.contains("to-two"), "{message}");
        assert!(message.contains("link"), "{message}");
    }
}

#[cfg(unix)]
#[test]
fn links_that_are_files_and_lead_in_a_circle() {
    let project = Project::with_quests(SHARE);
    project.link("content/self.json", "self.json");
    project.link("content/one.json", "two.json");
    project.link("content/two.json", "one.json");
    project.link("content/gone.json", "no-such-file.json");
    let run = project.run();
    let messages = project.messages(&run);
    assert_eq!((run.errors(), run.warnings(), run.content_files), (4, 0, SHARE), "{messages:#?}");
    for name in ["self", "one", "two", "gone"] {
        let about = format!("error[Q0006]: `content/{name}.json` cannot be read: it is a link to");
        assert!(
            messages.iter().any(|text| text.starts_with(&about)),
            "nothing about {name} in {messages:#?}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_file_that_is_found_by_a_link_too_is_no_second_quest() {
    let project = Project::with_quests(SHARE);
    project.link("content/another-name.json", "part-00/quest-0007.json");
    let run = project.run();
    assert_eq!(project.messages(&run), Vec::<String>::new());
    assert_eq!(run.content_files, SHARE);
    assert_eq!(counts(&run)[0], ("quest".to_owned(), SHARE));
}
