//! A manifest and files in; the files that are read, and diagnostics about the others, out.

use super::{input, manifest};
use crate::diagnostics::{Diagnostic, Diagnostics, Style, human, json, rustc};
use crate::parallel::Threads;
use crate::text::{Files, Unsaved};
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A project in a temporary folder, by its path without symbolic links.
struct Project(TempDir);

impl Project {
    /// A project with these files; a name that ends in `/` is a directory.
    fn new(files: &[(&str, &str)]) -> Self {
        let parent = std::env::temp_dir().canonicalize().unwrap();
        let project = Self(TempDir::new_in(parent).unwrap());
        project.write("schema.json", "{}");
        for (name, text) in files {
            project.write(name, text);
        }
        project
    }

    /// A project whose only section has this `content`.
    fn with_content(content: &str, files: &[(&str, &str)]) -> Self {
        let project = Self::new(files);
        project
            .write("quest.toml", &format!("[[documents]]\nschema = \"schema.json\"\ncontent = {content}\n"));
        project
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.0.path().join(name);
        if name.ends_with('/') {
            fs::create_dir_all(path).unwrap();
        } else {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    #[cfg(unix)]
    fn link(&self, name: &str, target: &str) {
        std::os::unix::fs::symlink(target, self.0.path().join(name)).unwrap();
    }

    fn read(&self) -> Outcome {
        self.read_with(Unsaved::default())
    }

    fn read_with(&self, unsaved: Unsaved) -> Outcome {
        let mut outcome = Outcome {
            root: self.0.path().to_owned(),
            files: Files::with_unsaved(unsaved),
            names: Vec::new(),
            diagnostics: Vec::new(),
        };
        let mut diagnostics = Vec::new();
        if let Some(manifest) =
            manifest(&self.0.path().join("quest.toml"), &mut outcome.files, &mut diagnostics)
        {
            let input = input(&manifest, Threads::new(None), &mut outcome.files, &mut diagnostics);
            for entry in &input.entries {
                let name = outcome.files.name(input.documents[entry.document as usize].file);
                outcome.names.push(outcome.plain(name));
            }
        }
        outcome.diagnostics = Diagnostics::finish(diagnostics, &outcome.files, &|_| None).list;
        outcome
    }
}

struct Outcome {
    root: PathBuf,
    files: Files,
    /// Of the files with documents, in their order.
    names: Vec<String>,
    diagnostics: Vec<Diagnostic>,
}

impl Outcome {
    /// The text of the file with this name.
    fn text_of(&self, name: &str) -> &str {
        let at = self.files.names().position(|known| self.plain(known) == name).unwrap();
        self.files.text(crate::text::FileId(at as u32))
    }

    /// Without the directory of the project.
    fn plain(&self, text: &str) -> String {
        text.replace(&format!("{}/", super::path::display(&self.root)), "")
    }

    /// Of each diagnostic the title, the text under the first label and what it says, and the help.
    fn lines(&self) -> Vec<String> {
        let line = |diagnostic: &Diagnostic| {
            let label = diagnostic.labels.first().map_or(String::new(), |label| {
                let span = label.span.start as usize..label.span.end as usize;
                format!(" | {}: {}", &self.files.text(label.span.file)[span], label.text)
            });
            let help: String = diagnostic.help.iter().map(|help| format!(" | {help}")).collect();
            self.plain(&format!("{}{label}{help}", diagnostic.title))
        };
        self.diagnostics.iter().map(line).collect()
    }
}

#[track_caller]
fn check(project: &Project, names: &[&str], lines: &[&str]) {
    let outcome = project.read();
    assert_eq!(outcome.lines(), lines);
    assert_eq!(outcome.names, names);
}

// The manifest.

#[test]
fn a_place_beside_an_umlaut_is_whole_characters() {
    let project = Project::new(&[("quest.toml", "a = \"ü\" ö\n")]);
    let outcome = project.read();
    let [diagnostic] = outcome.diagnostics.as_slice() else { panic!("{:?}", outcome.lines()) };
    let line: serde_json::Value = serde_json::from_str(&json(diagnostic, &outcome.files)).unwrap();
    let label = &line["labels"][0];
    assert_eq!((&label["line"], &label["column"], &label["endColumn"]), (&1.into(), &9.into(), &10.into()));
    assert_eq!((&label["start"], &label["end"]), (&9.into(), &11.into()));
    let line: serde_json::Value = serde_json::from_str(&rustc(diagnostic, &outcome.files)).unwrap();
    let span = &line["spans"][0];
    assert_eq!((&span["column_start"], &span["column_end"]), (&9.into(), &10.into()));
    assert!(human(diagnostic, &outcome.files, Style::Plain).contains("quest.toml:1:9"));
}

#[test]
fn no_place_cuts_a_character() {
    let pieces = [
        "ö",
        "\"ö",
        "'ö'",
        "= ö",
        "[ö",
        "[[ö]]",
        "\\ö",
        "\u{feff}",
        "\"\\ö\"",
        "\"\\uöööö\"",
        "\"\u{7f}ö",
        "ö\n",
        "1ö",
        "{ö}",
        "#ö\r",
    ];
    for first in pieces {
        for second in pieces {
            for third in ["", "ö"] {
                let text = format!("{first}{second}{third}");
                let project = Project::new(&[("quest.toml", &text)]);
                let outcome = project.read();
                for label in outcome.diagnostics.iter().flat_map(|diagnostic| &diagnostic.labels) {
                    let text = outcome.files.text(label.span.file);
                    assert!(
                        text.get(label.span.start as usize..label.span.end as usize).is_some(),
                        "{text:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_misspelt_key_is_one_mistake() {
    for (manifest, expected) in [
        (
            "[[documents]]\nschemas = 's'\ncontent = 'c'",
            "unknown key `schemas` | schemas: `[[documents]]` has no such key | did you mean `schema`?",
        ),
        (
            "[[documents]]\nschema = 's'\ncontents = 'c'",
            "unknown key `contents` | contents: `[[documents]]` has no such key | did you mean `content`?",
        ),
        (
            "[[docments]]\nschema = 's'\ncontent = 'c'",
            "unknown key `docments` | docments: the manifest has no such key | did you mean `documents`?",
        ),
        (
            // It cannot be meant twice.
            "[[documents]]\nschema = 's'\nschemas = 's'\ncontent = 'c'",
            "unknown key `schemas` | schemas: `[[documents]]` has no such key | `[[documents]]` can have `schema`, `content`, `at` and `where`",
        ),
        (
            "[[documents]]",
            "documents without a schema and content | [[documents]]: this section is empty | add `schema = \"schemas/quests.schema.json\"` and `content = \"content/quests/**/*.json\"`",
        ),
    ] {
        check(&Project::new(&[("quest.toml", manifest)]), &[], &[expected]);
    }
}

#[test]
fn a_key_that_is_not_near_leaves_the_other_missing() {
    let project = Project::new(&[("quest.toml", "[[documents]]\npath = 's'\ncontent = 'c'")]);
    let titles: Vec<_> = project.read().diagnostics.into_iter().map(|diagnostic| diagnostic.title).collect();
    assert_eq!(titles, ["documents without a schema", "unknown key `path`"]);
}

#[test]
fn sections_of_one_schema_read_a_file_once() {
    let project = Project::new(&[
        (
            "quest.toml",
            "[[documents]]\nschema = 'schema.json'\ncontent = 'a/*.json'\n[[documents]]\nschema = './schema.json'\ncontent = '**/x.json'",
        ),
        ("a/x.json", "{}"),
        ("b/x.json", "{}"),
    ]);
    check(&project, &["a/x.json", "b/x.json"], &[]);
}

// Files that patterns match.

#[test]
fn patterns() {
    let files = [
        "a/x.json",
        "a/b/y.json",
        "a/b/c/z.json",
        "a/b/.hidden/h.json",
        "a/.k.json",
        "a/x.json.bak",
        "a/n.txt",
        "a/b/x2.json",
    ];
    let files: Vec<_> = files.iter().map(|&name| (name, "{}")).collect();
    for (pattern, names) in [
        ("a/*.json", &["a/x.json"][..]),
        ("a/**/*.json", &["a/b/c/z.json", "a/b/x2.json", "a/b/y.json", "a/x.json"]),
        ("**/*.json", &["a/b/c/z.json", "a/b/x2.json", "a/b/y.json", "a/x.json", "schema2.json"]),
        ("**/**/z.json", &["a/b/c/z.json"]),
        ("a/**/b/*.json", &["a/b/x2.json", "a/b/y.json"]),
        ("a/*/c/*.json", &["a/b/c/z.json"]),
        ("*/b/[xy]*.json", &["a/b/x2.json", "a/b/y.json"]),
        ("a/b/[!x]*", &["a/b/y.json"]),
        ("a/?.json", &["a/x.json"]),
        ("a/*/../x.json", &["a/x.json"]),
        ("./a/./x.json", &["a/x.json"]),
        // What is named is meant.
        ("a/.k.json", &["a/.k.json"]),
        ("a/x.json.bak", &["a/x.json.bak"]),
    ] {
        let project = Project::with_content(&format!("'{pattern}'"), &files);
        if pattern == "**/*.json" {
            // The schema is one of them, which is a mistake of its own.
            fs::rename(project.0.path().join("schema.json"), project.0.path().join("schema")).unwrap();
            project.write("schema2.json", "{}");
            project.write("quest.toml", "[[documents]]\nschema = 'schema'\ncontent = '**/*.json'");
        }
        check(&project, names, &[]);
    }
}

#[test]
fn what_several_patterns_match_is_read_once() {
    let project = Project::with_content(
        "['a/*.json', 'a/../a/x.json', '**/x.json', './a/x.json']",
        &[("a/x.json", "{}")],
    );
    check(&project, &["a/x.json"], &[]);
}

#[test]
fn patterns_that_match_nothing() {
    for (pattern, expected) in [
        ("b/*.json", "there is no directory `b` | b/*.json: matches nothing"),
        (
            "contents/*.json",
            "there is no directory `contents` | contents/*.json: matches nothing | did you mean `content`?",
        ),
        (
            "content/x.jsom",
            "there is no file `content/x.jsom` | content/x.jsom: matches nothing | in `content`, did you mean `x.json`?",
        ),
        (
            "content/x.json/*.json",
            "there is no directory `content/x.json` | content/x.json/*.json: matches nothing",
        ),
        (
            "content/",
            "no file matches `content/` | content/: matches nothing | write `content/**/*.json` for the files in it",
        ),
        (
            "content/**",
            "no file matches `content/**` | content/**: matches nothing | `**` stands for directories: write `content/**/*.json` for the files in them",
        ),
        (
            "conten*",
            "no file matches `conten*` | conten*: matches nothing | write `conten*/**/*.json` for the files in directories that match",
        ),
        (
            "*/y.json",
            "no file matches `*/y.json` | */y.json: matches nothing | `*` does not look into directories: `*/**/y.json` does, and matches files",
        ),
        ("content/*.xml", "no file matches `content/*.xml` | content/*.xml: matches nothing"),
        (
            "content/***",
            "`content/***` is not a pattern | content/***: `***` means nothing | `*` stands for any part of a name, `**` for any directories, `[ab]` for one of some characters",
        ),
        (
            "content/a**.json",
            "`content/a**.json` is not a pattern | content/a**.json: `**` has to stand alone between two `/` | `*` stands for any part of a name, `**` for any directories, `[ab]` for one of some characters",
        ),
        (
            "content/[a.json",
            "`content/[a.json` is not a pattern | content/[a.json: a `[` without an end, or with nothing in it | `*` stands for any part of a name, `**` for any directories, `[ab]` for one of some characters",
        ),
    ] {
        let files = [("content/x.json", "{}"), ("content/deep/y.json", "{}")];
        check(&Project::with_content(&format!("'{pattern}'"), &files), &[], &[expected]);
    }
}

#[test]
fn what_there_is_instead() {
    for (files, expected) in [
        (&["content/"][..], "`content` is empty"),
        (&["content/a.txt"], "`content` holds `a.txt`"),
        (
            &["content/a.txt", "content/b.txt", "content/c/", "content/d.txt", "content/e.txt"],
            "`content` holds `a.txt`, `b.txt` and `c`, and 2 more",
        ),
        (&["content/a.json~"], "hidden files, backups of editors and temporary files are left out"),
    ] {
        let files: Vec<_> = files.iter().map(|&name| (name, "{}")).collect();
        let outcome = Project::with_content("'content/*.json*'", &files).read();
        let notes: Vec<_> = outcome.diagnostics.iter().flat_map(|diagnostic| &diagnostic.notes).collect();
        assert_eq!(notes, [expected]);
    }
}

#[test]
fn a_directory_named_like_a_file() {
    let project = Project::with_content(
        "['c/*.json', 'c/*', 'c/**/*.json']",
        &[("c/x.json", "{}"), ("c/old.json/y.json", "{}")],
    );
    let expected = "`c/old.json` cannot be read: it is a directory | c/*.json: matches it | rename the directory, or write a pattern that does not match it";
    check(&project, &["c/old.json/y.json", "c/x.json"], &[expected]);
    // A pattern without an ending means whatever there is.
    let project = Project::with_content("'c/*'", &[("c/x.json", "{}"), ("c/old.json/y.json", "{}")]);
    check(&project, &["c/x.json"], &[]);
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere() {
    let project = Project::with_content("'c/*.json'", &[("c/x.json", "{}")]);
    project.link("c/gone.json", "elsewhere.json");
    project.link("c/round.json", "about.json");
    project.link("c/about.json", "round.json");
    project.link("c/self.json", "self.json");
    let line = |name: &str, target: &str, words: &str| {
        format!(
            "`c/{name}.json` cannot be read: it is a link to `{target}.json`, {words} | c/*.json: matches it | remove the link, or let it lead to a file"
        )
    };
    let lines = [
        line("about", "round", "and that leads back to it"),
        line("gone", "elsewhere", "which is not there"),
        line("round", "about", "and that leads back to it"),
        line("self", "self", "and that leads back to it"),
    ];
    check(&project, &["c/x.json"], &lines.each_ref().map(String::as_str));
    // By name, and one that leads to the next.
    let project = Project::with_content("'a.json'", &[]);
    project.link("a.json", "b.json");
    project.link("b.json", "c.json");
    check(
        &project,
        &[],
        &[
            "`a.json` cannot be read: it is a link to `b.json`, which is not there | a.json: named here | remove the link, or let it lead to a file",
        ],
    );
    // A directory.
    let project = Project::with_content("'c/*.json'", &[]);
    project.link("c", "d");
    let outcome = project.read();
    assert_eq!(outcome.lines(), ["there is no directory `c` | c/*.json: matches nothing"]);
    assert_eq!(outcome.plain(&outcome.diagnostics[0].notes[0]), "`c` is a link that leads nowhere");
}

#[cfg(unix)]
#[test]
fn links_that_lead_to_files() {
    let project =
        Project::with_content("['c/**/*.json', 'd/**/*.json']", &[("c/x.json", "{}"), ("e/y.json", "{}")]);
    project.link("c/a.json", "x.json");
    project.link("c/b", "../e");
    project.link("c/e.json", "../e/y.json");
    project.link("d", "c");
    // Once each, by the name that is their own or else the first.
    check(&project, &["c/b/y.json", "c/x.json"], &[]);
}

#[cfg(unix)]
#[test]
fn directories_in_a_circle() {
    let project =
        Project::with_content("['c/**/*.json', 'c/**/x.json']", &[("c/x.json", "{}"), ("c/d/y.json", "{}")]);
    project.link("c/d/up", "..");
    project.link("c/here", ".");
    let line = |name: &str| {
        format!(
            "`c/{name}` is a link to a directory in which it stands | c/**/*.json: looks into it | remove the link: the files behind it are found without it"
        )
    };
    let lines = [line("d/up"), line("here")];
    check(&project, &["c/d/y.json", "c/x.json"], &lines.each_ref().map(String::as_str));
    // Two that lead into each other are just walked once.
    let project = Project::with_content("'c/**/*.json'", &[("c/a/x.json", "{}"), ("c/b/y.json", "{}")]);
    project.link("c/a/to-b", "../b");
    project.link("c/b/to-a", "../a");
    check(&project, &["c/a/x.json", "c/b/y.json"], &[]);
}

#[cfg(target_os = "linux")]
#[test]
fn names_that_are_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let project = Project::with_content("'c/**/*.json'", &[("c/x.json", "{}")]);
    fs::create_dir(project.0.path().join("c").join(std::ffi::OsStr::from_bytes(b"d\xff"))).unwrap();
    fs::write(project.0.path().join("c").join(std::ffi::OsStr::from_bytes(b"\xff.json")), "{}").unwrap();
    check(&project, &["c/x.json", "c/\u{fffd}.json"], &[]);
}

#[cfg(unix)]
#[test]
fn one_file_by_two_names_in_two_sections() {
    let manifest = "[[documents]]\nschema = 'schema.json'\ncontent = 'x.json'\n[[documents]]\nschema = 'b.json'\ncontent = 'c/*'";
    let project = Project::new(&[("quest.toml", manifest), ("x.json", "{}"), ("b.json", "{}"), ("c/", "")]);
    project.link("c/y.json", "../x.json");
    let outcome = project.read();
    assert_eq!(
        outcome.lines(),
        [
            "two `[[documents]]` sections read `c/y.json` | c/*: this pattern matches it | change one of the patterns: a file follows one schema"
        ]
    );
    assert_eq!(outcome.plain(&outcome.diagnostics[0].notes[0]), "`c/y.json` and `x.json` are the same file");
}

#[test]
fn unsaved_texts_and_names_take_the_place_of_those_on_disk() {
    let project =
        Project::with_content("\"c/*.json\"", &[("c/a.json", "{\"on\": \"disk\"}"), ("c/b.json", "{}")]);
    let path = |name: &str| project.0.path().join(name);
    let mut unsaved = Unsaved::default();
    unsaved.rename(&path("c/a.json"), &path("c/d.json"));
    unsaved.insert(&path("c/b.json"), std::sync::Arc::new("[1]".to_owned()));
    let mut outcome = project.read_with(unsaved.clone());
    assert_eq!(outcome.names, ["c/b.json", "c/d.json"]);
    assert_eq!(outcome.text_of("c/b.json"), "[1]");
    assert_eq!(outcome.text_of("c/d.json"), "{\"on\": \"disk\"}");
    // A text of a renamed file has its new name; a name that no pattern matches takes the file away.
    unsaved.insert(&path("c/d.json"), std::sync::Arc::new("[2]".to_owned()));
    unsaved.rename(&path("c/b.json"), &path("c/b.txt"));
    outcome = project.read_with(unsaved);
    assert_eq!(outcome.names, ["c/d.json"]);
    assert_eq!(outcome.text_of("c/d.json"), "[2]");
}
