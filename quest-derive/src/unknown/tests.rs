//! One message for every way an id can be wrong.

use super::{article, plural};
use crate::index::fixture::Fixture;

#[track_caller]
fn check_in(fixture: &Fixture, kind: &str, text: &str, message: &str) {
    let index = fixture.index();
    let explained = super::explain(&index, index.kind(kind).unwrap(), text);
    assert_eq!(explained, message, "\nfor {kind}!({text:?}):\n{explained}\n");
}

#[track_caller]
fn check(kind: &str, text: &str, message: &str) {
    check_in(&Fixture::quests(), kind, text, message);
}

#[test]
fn misspelt() {
    check("quest", "iron-pth", "no quest `iron-pth`\nhelp: did you mean `iron-path`?");
    check("quest", "iron_path", "no quest `iron_path`\nhelp: did you mean `iron-path`?");
    check("quest", "iron path", "no quest `iron path`\nhelp: did you mean `iron-path`?");
    check("quest", "Iron-Pth", "no quest `Iron-Pth`\nhelp: did you mean `iron-path`?");
    check(
        "stage",
        "iron-path:find-decent",
        "no stage `find-decent` in quest `iron-path`\nhelp: did you mean `find-descent`?",
    );
    check(
        "objective",
        "iron-path:find-descent:wlak",
        "no objective `wlak` in stage `iron-path:find-descent`\nhelp: did you mean `walk`?",
    );
    check(
        "item",
        "item-of-number-99",
        "no item `item-of-number-99`\n\
         help: did you mean `item-of-number-09` or `item-of-number-19`?",
    );
}

/// What counts is the words that differ, as it does for the compiler.
#[test]
fn words_in_common_are_not_near() {
    let fixture =
        Fixture::new().kind("quest", None, &["route-writ", "ward-writ", "c", "d", "e", "f", "g", "h", "i"]);
    check_in(&fixture, "quest", "soup-writ", "no quest `soup-writ`");
    check_in(&fixture, "quest", "rout-writ", "no quest `rout-writ`\nhelp: did you mean `route-writ`?");
}

#[test]
fn renamed() {
    let fixture = Fixture::quests().renamed(0, "rusty-path", 0).renamed(1, "iron-path:look-down", 1);
    let check = |kind, text, message| check_in(&fixture, kind, text, message);
    check("quest", "rusty-path", "the quest `rusty-path` is called `iron-path` now\nhelp: write `iron-path`");
    check(
        "stage",
        "iron-path:look-down",
        "the stage `iron-path:look-down` is called `iron-path:find-descent` now\nhelp: write `iron-path:find-descent`",
    );
    // What belongs to something that was renamed.
    check(
        "stage",
        "rusty-path:defeat-lord",
        "the stage `rusty-path:defeat-lord` is called `iron-path:defeat-lord` now\nhelp: write `iron-path:defeat-lord`",
    );
    check(
        "objective",
        "rusty-path:look-down:walk",
        "the objective `rusty-path:look-down:walk` is called `iron-path:find-descent:walk` now\n\
         help: write `iron-path:find-descent:walk`",
    );
    check("npc", "rusty-path", "no npc `rusty-path`\nhelp: the npcs are `npc-kjartan` and `npc-maren`");
    check(
        "quest",
        "rusty-pth",
        "no quest `rusty-pth`\nhelp: the quests are `amber-trail`, `empty-hall` and `iron-path`",
    );
}

#[test]
fn misspelt_scope() {
    check("stage", "iron-pth:find-descent", "no quest `iron-pth`\nhelp: did you mean `iron-path`?");
    check("objective", "iron-pth:find-descent:walk", "no quest `iron-pth`\nhelp: did you mean `iron-path`?");
    check(
        "objective",
        "iron-path:find-decent:walk",
        "no stage `find-decent` in quest `iron-path`\nhelp: did you mean `find-descent`?",
    );
}

#[test]
fn nothing_near() {
    check("quest", "zzz", "no quest `zzz`\nhelp: the quests are `amber-trail`, `empty-hall` and `iron-path`");
    check(
        "stage",
        "iron-path:zzz",
        "no stage `zzz` in quest `iron-path`\n\
         help: the stages of `iron-path` are `defeat-lord`, `find-descent`, `return-kjartan` and `speak-kjartan`",
    );
    check(
        "stage",
        "iron-path:",
        "no stage `` in quest `iron-path`\nhelp: the stages of `iron-path` are `defeat-lord`, `find-descent`, `return-kjartan` and `speak-kjartan`",
    );
    check(
        "stage",
        "empty-hall:zzz",
        "no stage `zzz` in quest `empty-hall`\nhelp: quest `empty-hall` has no stages",
    );
    check(
        "objective",
        "iron-path:speak-kjartan:zzz",
        "no objective `zzz` in stage `iron-path:speak-kjartan`\n\
         help: the only objective of `iron-path:speak-kjartan` is `talk`",
    );
    check("item", "zzz", "no item `zzz`");
    let none = Fixture::new().kind("enemy", None, &[] as &[&str]);
    check_in(&none, "enemy", "zzz", "no enemy `zzz`\nhelp: the content has no enemies");
    check_in(&none, "enemy", "", "the id is empty\nhelp: the content has no enemies");
}

#[test]
fn in_another_scope() {
    check(
        "stage",
        "iron-path:gather",
        "no stage `gather` in quest `iron-path`\nhelp: did you mean `amber-trail:gather`?",
    );
    check(
        "stage",
        "empty-hall:return-kjartan",
        "no stage `return-kjartan` in quest `empty-hall`\n\
         help: did you mean `amber-trail:return-kjartan` or `iron-path:return-kjartan`?",
    );
}

#[test]
fn scope_left_out() {
    check("stage", "find-descent", "`find-descent` does not say which quest: write `iron-path:find-descent`");
    check(
        "stage",
        "return-kjartan",
        "`return-kjartan` does not say which quest: write `amber-trail:return-kjartan` or `iron-path:return-kjartan`",
    );
    check(
        "objective",
        "walk",
        "`walk` does not say which quest and stage: write `iron-path:find-descent:walk`",
    );
    check(
        "objective",
        "find-descent:walk",
        "`find-descent:walk` does not say which quest: write `iron-path:find-descent:walk`",
    );
    check(
        "objective",
        "iron-path:walk",
        "`iron-path:walk` does not say which stage: write `iron-path:find-descent:walk`",
    );
    check(
        "stage",
        "find-decent",
        "`find-decent` does not say which quest: a stage is written `quest:stage`\n\
         help: did you mean `iron-path:find-descent`?",
    );
    check("stage", "zzz", "`zzz` does not say which quest: a stage is written `quest:stage`");
    check(
        "objective",
        "zzz",
        "`zzz` does not say which quest and stage: an objective is written `quest:stage:objective`",
    );
    let many = Fixture::new().kind("quest", None, &["a", "b", "c", "d", "e"]).kind(
        "quest.stage",
        Some(0),
        &["a:end", "b:end", "c:end", "d:end", "e:end"],
    );
    check_in(
        &many,
        "stage",
        "end",
        "`end` does not say which quest: write `a:end`, `b:end` or `c:end` (2 more fit)",
    );
}

#[test]
fn another_kind() {
    check("quest", "npc-kjartan", "`npc-kjartan` is a npc, not a quest: use `npc!`");
    check("npc", "iron-path", "`iron-path` is a quest, not a npc: use `quest!`");
    check(
        "quest",
        "iron-path:find-descent",
        "`iron-path:find-descent` is a stage, not a quest: use `stage!`",
    );
    check(
        "stage",
        "iron-path:find-descent:walk",
        "`iron-path:find-descent:walk` is an objective, not a stage: use `objective!`",
    );
    check(
        "stage",
        "empty-hall",
        "`empty-hall` is a quest, not a stage\nhelp: quest `empty-hall` has no stages",
    );
    check(
        "stage",
        "amber-trail",
        "`amber-trail` is a quest, not a stage\nhelp: the stages of `amber-trail` are `gather` and `return-kjartan`",
    );
}

#[test]
fn too_many_parts() {
    check(
        "stage",
        "iron-path:find-descent:zzz",
        "`iron-path:find-descent:zzz` has 3 parts, but a stage is written `quest:stage`\n\
         help: did you mean `iron-path:find-descent`?",
    );
    check(
        "quest",
        "iron-pth:zzz:z",
        "`iron-pth:zzz:z` has 3 parts, but a quest is written `quest`\nhelp: did you mean `iron-path`?",
    );
    check("quest", "zzz:z", "`zzz:z` has 2 parts, but a quest is written `quest`");
}

#[test]
fn written_wrongly() {
    check("quest", "", "the id is empty\nhelp: write a quest here, such as `iron-path`");
    check("stage", "", "the id is empty\nhelp: write a stage here, such as `iron-path:speak-kjartan`");
    check(
        "quest",
        " iron-path",
        "no quest ` iron-path`: an id has no white space around it\nhelp: write `iron-path`",
    );
    check(
        "quest",
        "iron-path\n",
        "no quest `iron-path\\n`: an id has no white space around it\nhelp: write `iron-path`",
    );
    check(
        "stage",
        "iron-path: find-descent",
        "no stage `iron-path: find-descent`: an id has no white space around it\nhelp: write `iron-path:find-descent`",
    );
    check(
        "quest",
        "Iron-Path",
        "no quest `Iron-Path`: upper and lower case differ in ids\nhelp: write `iron-path`",
    );
    check(
        "stage",
        "Iron-Path:Find-Descent",
        "no stage `Iron-Path:Find-Descent`: upper and lower case differ in ids\nhelp: write `iron-path:find-descent`",
    );
}

#[test]
fn ids_with_colons_of_their_own() {
    let fixture = Fixture::new().kind("quest", None, &["core:iron-path", "core:amber"]).kind(
        "quest.stage",
        Some(0),
        &["core:iron-path:begin", "core:iron-path:end"],
    );
    check_in(
        &fixture,
        "quest",
        "core:iron-pth",
        "no quest `core:iron-pth`\nhelp: did you mean `core:iron-path`?",
    );
    check_in(
        &fixture,
        "stage",
        "core:iron-path:ende",
        "no stage `ende` in quest `core:iron-path`\nhelp: did you mean `end`?",
    );
    check_in(
        &fixture,
        "stage",
        "core:iron-pth:end",
        "no quest `core:iron-pth`\nhelp: did you mean `core:iron-path`?",
    );
}

#[test]
fn grammar() {
    assert_eq!([article("quest"), article("item")], ["a quest", "an item"]);
    let nouns = ["quest", "enemy", "key", "class", "box", "branch"].map(plural);
    assert_eq!(nouns, ["quests", "enemies", "keys", "classes", "boxes", "branches"]);
}
