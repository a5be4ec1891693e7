//! The site that `questc doc` writes: what is on it, that its links lead somewhere, and how large it is. What a browser makes of it is
//! in `browser`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod browser;
mod links;

use quest_compiler::driver::Request;
use quest_test::Suite;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// No page is larger.
const MOST_PAGE: usize = 300_000;
/// No graph of a whole set is larger.
const MOST_GRAPH: usize = 5_000_000;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files of a site, by their paths.
fn site(manifest: &Path) -> BTreeMap<String, String> {
    let (_, files) = quest_site::site(&Request::check(manifest), "A game", &mut |_| {});
    let files = files.unwrap();
    let count = files.len();
    let files: BTreeMap<String, String> =
        files.into_iter().map(|(name, text)| (name, String::from_utf8(text).unwrap())).collect();
    assert_eq!(files.len(), count, "no two files have one path");
    files
}

fn five_quests() -> BTreeMap<String, String> {
    site(&root().join("tests/rune-rust/quest.toml"))
}

/// The manifest of a game that others made; says so if it is not there.
fn oldwood() -> Option<PathBuf> {
    quest_test::content(Suite::Oldwood, "oldwood")?;
    Some(root().join("tests/oldwood/quest.toml"))
}

fn sizes(files: &BTreeMap<String, String>) {
    for (name, text) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let most = if name.starts_with("graphs/") { MOST_GRAPH } else { MOST_PAGE };
        assert!(text.len() <= most, "{name} has {} bytes", text.len());
        assert!(text.lines().all(|line| line.len() < 20_000), "{name} has a line that no difference shows");
    }
}

#[test]
fn a_quest_has_a_page_with_everything() {
    let files = five_quests();
    let here = root().canonicalize().unwrap().to_string_lossy().into_owned();
    let named = files.iter().find(|(_, text)| text.contains(&here)).map(|(name, _)| name);
    assert_eq!(named, None, "no page knows where this machine has its files");
    let page = &files["ids/quest/rusted-heart.html"];
    for part in [
        "<h1>The Rusted Heart",
        "A Warden that could not die",
        "5 stages, 3 endings.",
        "Face the Warden blade in hand",
        "id=\"stage:disable-warden\"",
        "id=\"objective:disable-warden:combat-path\"",
        "href=\"../quest/iron-path.html\"",
        "href=\"#stage:report-sigrun\"",
        "750 Legend",
        "warning Q3005",
        "content/quests/rusted-heart.json",
    ] {
        let part = part.replace("../quest/iron-path.html", "../../ids/quest/iron-path.html");
        assert!(page.contains(&part), "{part}");
    }
    let sigrun = &files["ids/npc/npc-elder-sigrun.html"];
    assert!(sigrun.contains("ids/quest/rusted-heart.html#objective:investigate-warden:gather-intel"));
    // A registry says what people call somebody; the id stands beside it.
    assert!(sigrun.contains("<h1>Elder Sigrun <code class=\"id\">npc-elder-sigrun</code></h1>"), "{sigrun}");
    assert!(page.contains(">Elder Sigrun <code>npc-elder-sigrun</code></a>"));
    assert!(files["search.js"].contains("[\"Elder Sigrun\",\"npc-elder-sigrun\",\"npc\","));
    let needed = &files["ids/quest/iron-path.html"];
    assert!(needed.contains("Needed by") && needed.contains("ids/quest/rusted-heart.html"));
    assert!(needed.contains("nothing has this id"), "`intro-arrival` is not among the five");
    let overview = &files["index.html"];
    assert!(overview.contains("<strong>5</strong> quests") && overview.contains("0 errors, 5 warnings"));
    for filter in ["Category", "Level from", "Tags", "Quest giver › npc"] {
        assert!(overview.contains(&format!(">{filter}</label>")), "{filter}");
    }
    let graph = &files["graphs/quest.html"];
    assert!(graph.contains("href=\"../ids/quest/iron-path.html\"") && graph.contains("<svg"));
    let types = &files["types/=quest.html"];
    assert!(types.contains("From Quest Schema §5.1") && types.contains("1 to 100"), "{types}");
}

/// What a registry file says besides ids is for people, whatever its names are and in all of its forms.
#[test]
fn registries_say_more_than_ids() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site-registries");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.join(name), text).unwrap();
    write(
        "schema.json",
        r#"{ "type": "object", "properties": {
          "id": { "type": "string", "x-key": "errand" },
          "for": { "type": "string", "x-ref": "npc" },
          "at": { "type": "string", "x-ref": "place" },
          "with": { "type": "string", "x-ref": "tool" }
        } }"#,
    );
    write("a.json", r#"{ "id": "mend-the-gate", "for": "bjorn", "at": "gate", "with": "hammer" }"#);
    write(
        "npcs.json",
        r#"[{ "id": "bjorn", "role": "smith", "called": "Bjorn of the Gate", "age": 41, "likes": ["mead", "iron"],
              "story": "He came over the mountains in the winter of the long frost, and stayed <because> of the forge.",
              "home": { "map": "village" }, "met": true }]"#,
    );
    write("places.json", r#"{ "gate": { "text": "The Northern Gate" }, "well": { "text": "The Well" } }"#);
    write("tools.json", r#"{ "hammer": "The Heavy Hammer", "saw": "saw" }"#);
    write(
        "quest.toml",
        "[[documents]]\nschema = \"schema.json\"\ncontent = \"a.json\"\n[registries]\nnpc = \"npcs.json\"\nplace = \"places.json\"\ntool = \"tools.json\"\n",
    );
    let files = site(&folder.join("quest.toml"));
    links::check(&files);
    let bjorn = &files["ids/npc/bjorn.html"];
    for part in [
        "<h1>Bjorn of the Gate <code class=\"id\">bjorn</code></h1>",
        "listed in <code>npcs.json</code>",
        "<dt>Role</dt><dd>smith</dd>",
        "<dt>Age</dt><dd>41</dd>",
        "<dt>Met</dt><dd>yes</dd>",
        "<span class=\"value\">mead</span> <span class=\"value\">iron</span>",
        "stayed &lt;because&gt; of the forge.",
        "{ &quot;map&quot;: &quot;village&quot; }",
    ] {
        assert!(bjorn.contains(part), "{part} in {bjorn}");
    }
    let errand = &files["ids/errand/mend-the-gate.html"];
    for part in [
        "Bjorn of the Gate <code>bjorn</code>",
        "The Northern Gate <code>gate</code>",
        "The Heavy Hammer <code>hammer</code>",
    ] {
        assert!(errand.contains(part), "{part} in {errand}");
    }
    assert!(
        files["lists/place.html"].contains(">The Well</a>")
            && files["ids/tool/saw.html"].contains("<h1><code")
    );
}

#[test]
fn links_lead_somewhere() {
    let files = five_quests();
    links::check(&files);
    sizes(&files);
}

#[test]
fn a_game_that_others_made() {
    let Some(manifest) = oldwood() else { return };
    let files = site(&manifest);
    links::check(&files);
    sizes(&files);
    let bridge = &files["ids/quest/broken-bridge.html"];
    assert!(bridge.contains("4 stages, 1 ending."));
    assert!(bridge.contains("../../ids/enemy/forest-orc.html"));
    let content = std::env::var("QUESTC_CONTENT").unwrap();
    let named = files.iter().find(|(_, text)| text.contains(&content)).map(|(name, _)| name);
    assert_eq!(named, None, "no page knows where this machine has its files");
}

/// A second run writes the same, in threads or not, and a folder loses what is not made any more.
#[test]
fn the_same_content_is_the_same_site() {
    let manifest = root().join("tests/rune-rust/quest.toml");
    let (one, other) = (site(&manifest), site(&manifest));
    assert!(one == other);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site-again");
    let _ = std::fs::remove_dir_all(&folder);
    let files = |names: &[&str]| -> Vec<(String, Vec<u8>)> {
        names.iter().map(|name| ((*name).to_owned(), one[*name].clone().into_bytes())).collect()
    };
    let all = files(&["index.html", "ids/quest/iron-path.html"]);
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("mine.txt"), "mine").unwrap();
    assert_eq!(quest_site::write_folder(&folder, &all).unwrap(), 2);
    assert_eq!(quest_site::write_folder(&folder, &all).unwrap(), 0);
    assert_eq!(quest_site::write_folder(&folder, &files(&["index.html"])).unwrap(), 1);
    assert!(!folder.join("ids/quest/iron-path.html").exists());
    assert!(folder.join("mine.txt").exists() && folder.join("index.html").exists());
    // A list that names files outside was not written by us.
    std::fs::write(folder.join("questc-files.txt"), "../mine.txt\nmine.txt/../mine.txt\n").unwrap();
    std::fs::write(folder.join("../mine.txt"), "mine").unwrap();
    quest_site::write_folder(&folder, &files(&["index.html"])).unwrap();
    assert!(folder.join("../mine.txt").exists());
}

/// Content with errors has a site too, which shows them.
#[test]
fn errors_are_shown() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("site-errors");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let read = |path: &str| std::fs::read_to_string(root().join("tests/rune-rust").join(path)).unwrap();
    let quest = read("content/quests/iron-path.json")
        .replace("\"nextStageId\": \"defeat-lord\"", "\"nextStageId\": \"defeat-lrd\"");
    std::fs::write(folder.join("a.json"), quest).unwrap();
    std::fs::write(
        folder.join("schema.json"),
        std::fs::read_to_string(root().join("schemas/quests.schema.json")).unwrap(),
    )
    .unwrap();
    std::fs::write(
        folder.join("quest.toml"),
        "[[documents]]\nschema = \"schema.json\"\ncontent = \"a.json\"\n",
    )
    .unwrap();
    let files = site(&folder.join("quest.toml"));
    links::check(&files);
    assert!(files["index.html"].contains("1 error,"), "{}", files["index.html"]);
    assert!(files["problems.html"].contains("no stage <code>defeat-lrd</code>"));
    let page = &files["ids/quest/iron-path.html"];
    assert!(page.contains("defeat-lrd?") && page.contains("error Q2001"), "a hole is drawn as one");
}
