//! Releases one after the other: what a lock remembers, and how long it takes to compare with one.

#![allow(clippy::expect_used, clippy::panic, reason = "a test may fail")]

use quest_compiler::driver::{self, Goal, Report, Request};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const SCHEMA: &str = r#"{
  "$id": "https://example.com/quests.json",
  "type": "array",
  "items": {
    "title": "Quest",
    "type": "object",
    "properties": {
      "id": { "type": "string", "x-key": "quest" },
      "stages": {
        "type": "array",
        "items": {
          "type": "object",
          "properties": { "id": { "type": "string", "x-key": "quest.stage" } },
          "required": ["id"]
        }
      }
    },
    "required": ["id"]
  }
}
"#;

const MANIFEST: &str = "[[documents]]\nschema = \"schema.json\"\ncontent = \"quests.json\"\n";

struct Project(PathBuf);

impl Project {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("evolve").join(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("an old project can be removed");
        }
        fs::create_dir_all(&folder).expect("a folder can be made");
        let project = Self(folder);
        project.write("schema.json", SCHEMA);
        project.write("quest.toml", MANIFEST);
        project
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file can be written");
    }

    fn manifest(&self) -> PathBuf {
        self.0.join("quest.toml")
    }

    /// The quests and their stages.
    fn content(&self, quests: &[(&str, &[&str])]) {
        let mut text = String::from("[\n");
        for (at, (quest, stages)) in quests.iter().enumerate() {
            let stages: Vec<String> =
                stages.iter().map(|stage| format!("{{ \"id\": \"{stage}\" }}")).collect();
            let comma = if at + 1 < quests.len() { "," } else { "" };
            let stages = stages.join(", ");
            writeln!(text, "  {{ \"id\": \"{quest}\", \"stages\": [{stages}] }}{comma}").expect("text");
        }
        self.write("quests.json", &(text + "]\n"));
    }

    fn also(&self, text: &str) {
        self.write("quest.toml", &format!("{MANIFEST}{text}"));
    }

    fn check(&self) -> Report {
        driver::run(&Request::build(self.manifest()), &mut |_| {})
    }

    /// The first lines of what is found.
    fn found(&self) -> Vec<String> {
        let first = |text: String| text.lines().next().unwrap_or_default().to_owned();
        self.check().human(false).into_iter().map(first).collect()
    }

    /// The lines of the lock of a release, without its head.
    fn release(&self) -> Vec<String> {
        let run = driver::run(
            &Request::check(self.manifest()).with_goal(Goal::Lock).with_deny_warnings(false),
            &mut |_| {},
        );
        let path = run.write_lock().unwrap_or_else(|why| panic!("{why}: {}", run.human(false).join("\n")));
        let text = fs::read_to_string(path).expect("the lock is there");
        let again = driver::run(
            &Request::check(self.manifest()).with_goal(Goal::Lock).with_deny_warnings(false),
            &mut |_| {},
        );
        assert_eq!(
            again.next_lock().map(|(_, text)| text),
            Some(text.as_str()),
            "nothing changed in between"
        );
        text.lines().skip(2).map(str::to_owned).collect()
    }
}

#[test]
fn without_a_lock_nothing_is_said() {
    let project = Project::new("none");
    project.content(&[("a", &["s"])]);
    assert_eq!(project.found(), [""; 0]);
    assert!(project.check().next_lock().is_none(), "nobody asked for one");
}

#[test]
fn the_order_of_content_does_not_matter() {
    let project = Project::new("order");
    project.content(&[("b", &["t", "s"]), ("a", &[])]);
    let first = project.release();
    assert_eq!(first, ["quest a", "quest b", "  stage s", "  stage t"]);
    project.content(&[("a", &[]), ("b", &["s", "t"])]);
    assert_eq!(project.release(), first);
}

#[test]
fn three_releases() {
    let project = Project::new("releases");
    project.content(&[("lost-hammers", &["collect", "bring"]), ("winter-feast", &["eat"])]);
    project.release();

    // The second renames a quest and a stage in it, and takes the feast out.
    project.content(&[("lost-tools", &["gather", "bring"])]);
    assert_eq!(
        project.found(),
        ["error[Q5002]: the quest `lost-hammers` is gone", "error[Q5002]: the quest `winter-feast` is gone",]
    );
    project.also("[renames]\nquest.lost-hammers = \"lost-tools\"\n");
    assert_eq!(
        project.found(),
        [
            "error[Q5002]: the stage `collect` of `lost-tools` is gone",
            "error[Q5002]: the quest `winter-feast` is gone",
        ]
    );
    let refused = driver::run(
        &Request::check(project.manifest()).with_goal(Goal::Lock).with_deny_warnings(false),
        &mut |_| {},
    );
    assert!(refused.next_lock().is_none() && refused.write_lock().is_err(), "saved games would break");
    let renames = "[renames]\nquest.lost-hammers = \"lost-tools\"\n\"quest.stage\".\"lost-hammers:collect\" = \"lost-tools:gather\"\n";
    let except =
        "[[lints.except]]\nlint = \"id-gone\"\nentry = \"winter-feast\"\nreason = \"it is spring\"\n";
    project.also(&format!("{renames}{except}"));
    assert_eq!(project.found(), [""; 0]);
    let second = project.release();
    assert_eq!(
        second,
        [
            "quest lost-tools",
            "  stage bring",
            "  stage gather",
            "@gone quest winter-feast",
            "@renamed quest lost-hammers lost-tools",
            "@renamed quest.stage lost-hammers:collect lost-tools:gather",
        ]
    );
    // The exception has done its work.
    assert_eq!(project.found(), ["warning[Q0013]: this exception is not needed any more"]);

    // The third forgets a rename, and has a feast again.
    project.also("[renames]\n\"quest.stage\".\"lost-hammers:collect\" = \"lost-tools:gather\"\n");
    project.content(&[("lost-tools", &["gather", "bring"]), ("winter-feast", &["drink"])]);
    assert_eq!(
        project.found(),
        [
            "error[Q5002]: nothing says any more that the quest `lost-hammers` is `lost-tools` now",
            "warning[Q5006]: there is a quest `winter-feast` again",
        ]
    );
    project.also(renames);
    let third = project.release();
    assert_eq!(
        third,
        [
            "quest lost-tools",
            "  stage bring",
            "  stage gather",
            "quest winter-feast",
            "  stage drink",
            "@renamed quest lost-hammers lost-tools",
            "@renamed quest.stage lost-hammers:collect lost-tools:gather",
        ]
    );
    assert_eq!(project.found(), [""; 0]);
}

/// As many ids as a large game has, all of them with another name: each is reported, and nobody waits for it.
#[test]
fn many_ids_at_once() {
    const QUESTS: usize = 40_000;
    let project = Project::new("many");
    let quests = |name: &str| -> String {
        let quest = |number: usize| {
            format!(
                "{{\"id\":\"{name}-{number}\",\"stages\":[{{\"id\":\"start\"}},{{\"id\":\"s{number}\"}}]}}"
            )
        };
        format!("[{}]", (0..QUESTS).map(quest).collect::<Vec<_>>().join(",\n"))
    };
    project.write("quests.json", &quests("old"));
    let before = Instant::now();
    project.release();
    let released = before.elapsed();
    let before = Instant::now();
    assert_eq!(project.check().errors(), 0);
    let same = before.elapsed();
    project.write("quests.json", &quests("new"));
    let before = Instant::now();
    assert_eq!(project.check().errors(), QUESTS);
    let other = before.elapsed();
    println!("released {released:?}, the same {same:?}, all gone {other:?}");
    // Far more than it takes, and far less than to compare each with each.
    assert!(other < Duration::from_secs(120), "{other:?}");
}

mod command_line {
    use super::Project;
    use std::process::{Command, Output};

    fn questc(project: &Project, arguments: &[&str]) -> (Option<i32>, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_questc"));
        let Output { status, stdout, stderr } =
            command.args(arguments).current_dir(&project.0).output().expect("questc runs");
        (status.code(), [stdout, stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat())
    }

    #[test]
    fn locks_of_releases() {
        let project = Project::new("commands");
        project.content(&[("a", &["s"])]);
        let missing = "quest.lock: is not there\nerror: quest.lock is not up to date: run `questc lock` for a release, and commit it\n";
        assert_eq!(questc(&project, &["lock", "--check"]), (Some(1), missing.to_owned()));
        let written = "1 quest, 1 stage in 1 file: no errors; quest.lock written\n";
        assert_eq!(questc(&project, &["lock"]), (Some(0), written.to_owned()));
        let same = "1 quest, 1 stage in 1 file: no errors; quest.lock is up to date\n";
        assert_eq!(questc(&project, &["lock", "--check"]), (Some(0), same.to_owned()));
        project.content(&[("b", &[])]);
        let (code, text) = questc(&project, &["lock", "--format", "short"]);
        let gone = "quest.lock:3:7: error[Q5002]: the quest `a` is gone\nerror: 1 error in 1 file; the lock is as it was\n";
        assert_eq!((code, text.as_str()), (Some(1), gone));
    }

    #[test]
    fn endings_of_the_five_quests() {
        let project = Project(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/rune-rust"));
        let (code, text) = questc(&project, &["endings", "rusted-heart"]);
        let expected = "rusted-heart: 2 endings\n  \
            combat-resolution: investigate-warden, then disable-warden, then combat-resolution as soon as combat-path is done\n  \
            tech-resolution: investigate-warden, then disable-warden, then tech-resolution as soon as tech-path is done\n";
        assert_eq!((code, text.as_str()), (Some(0), expected));
        let (code, text) = questc(&project, &["endings", "rusted-hart"]);
        assert_eq!(code, Some(2));
        assert!(
            text.contains("nothing that can end is called `rusted-hart`; did you mean `rusted-heart`?"),
            "{text}"
        );
    }
}
