//! One message for every way an enum can be wrong.

use super::variant_name;
use crate::index::fixture::Fixture;
use quest_format::suggest::same_alphanumerics;
use quote::quote;

/// The implementation, and every message with the source text it points at.
fn expand(fixture: &Fixture, listing: &str) -> (String, Vec<(String, String)>) {
    let file = fixture.file();
    let path = file.path.to_str().unwrap();
    let listing: proc_macro2::TokenStream = listing.parse().unwrap();
    let invocation: super::Invocation =
        syn::parse2(quote!([game::quests] #path "cargo clean -p game" #listing)).unwrap();
    let tokens = match super::expand(quote!([game::quests] #path "cargo clean -p game" #listing)) {
        Ok(tokens) => tokens.to_string(),
        Err(error) => {
            let place = error.span().source_text().unwrap_or_default();
            return (String::new(), vec![(place, error.to_string().replace(path, "PATH"))]);
        }
    };
    let index = fixture.index();
    let listed = invocation.listing.stages.as_ref().map_or("stage".to_owned(), ToString::to_string);
    let Some(stage) = index.kind(&listed) else { panic!("{tokens}") };
    let checked = super::check(&index, index.parent(stage).unwrap(), stage, &invocation.listing);
    assert_eq!(tokens.contains("compile_error"), !checked.errors.is_empty() && !index.incomplete);
    let errors = checked.errors.into_iter();
    (tokens, errors.map(|error| (error.span().source_text().unwrap(), error.to_string())).collect())
}

#[track_caller]
fn errors_in(fixture: &Fixture, listing: &str, expected: &[(&str, &str)]) {
    let (_, errors) = expand(fixture, listing);
    let errors: Vec<(&str, &str)> =
        errors.iter().map(|(place, text)| (place.as_str(), text.as_str())).collect();
    assert_eq!(errors, expected);
}

#[track_caller]
fn errors(listing: &str, expected: &[(&str, &str)]) {
    errors_in(&Fixture::quests(), listing, expected);
}

#[test]
fn implements_the_trait() {
    let listing = r#"IronPath "iron-path" { ReturnKjartan, SpeakKjartan, Find "find-descent", DefeatLord, }"#;
    let (tokens, errors) = expand(&Fixture::quests(), listing);
    assert_eq!(errors, []);
    let id = |name: &str, row: u32| {
        let name = proc_macro2::Ident::new(name, proc_macro2::Span::call_site());
        quote!(<game::quests::__content_0123456789abcdef::#name as game::quests::__rt::__private::AtRow<#row>>::ID)
    };
    let quest_0 = id("QuestId", 0);
    let [stage_0, stage_1, stage_2, stage_3] = [0, 1, 2, 3].map(|row| id("StageId", row));
    let expected = quote! {
        #[automatically_derived]
        impl game::quests::__rt::__private::Generated for IronPath {}

        #[automatically_derived]
        impl game::quests::__rt::Stages for IronPath {
            type Quest = game::quests::__content_0123456789abcdef::QuestId;
            type Stage = game::quests::__content_0123456789abcdef::StageId;
            const QUEST: Self::Quest = #quest_0;
            const ALL: &'static [Self] = &[Self::SpeakKjartan, Self::Find, Self::DefeatLord, Self::ReturnKjartan];
            #[inline]
            fn stage(self) -> Self::Stage {
                match self {
                    Self::ReturnKjartan => #stage_3,
                    Self::SpeakKjartan => #stage_0,
                    Self::Find => #stage_1,
                    Self::DefeatLord => #stage_2,
                }
            }
            #[inline]
            fn from_stage(stage: Self::Stage) -> ::core::option::Option<Self> {
                match stage {
                    #stage_3 =>
                        ::core::option::Option::Some(Self::ReturnKjartan),
                    #stage_0 =>
                        ::core::option::Option::Some(Self::SpeakKjartan),
                    #stage_1 =>
                        ::core::option::Option::Some(Self::Find),
                    #stage_2 =>
                        ::core::option::Option::Some(Self::DefeatLord),
                    _ => ::core::option::Option::None,
                }
            }
        }
    };
    assert_eq!(tokens, expected.to_string());
}

#[test]
fn a_quest_without_stages() {
    errors(r#"E "empty-hall" {}"#, &[]);
    errors(
        r#"E "empty-hall" { A, }"#,
        &[("A", "`A` is not a stage of quest `empty-hall`\nhelp: quest `empty-hall` has no stages")],
    );
}

#[test]
fn missing_stages_are_reported_at_the_name() {
    errors(
        r#"IronPath "iron-path" { SpeakKjartan, FindDescent, ReturnKjartan, }"#,
        &[("IronPath", "stage `defeat-lord` of quest `iron-path` has no variant: add `DefeatLord`")],
    );
    errors(
        r#"IronPath "iron-path" { FindDescent, ReturnKjartan, }"#,
        &[(
            "IronPath",
            "2 stages of quest `iron-path` have no variant:\n    \
                 `speak-kjartan`: add `SpeakKjartan`\n    \
                 `defeat-lord`: add `DefeatLord`",
        )],
    );
}

#[test]
fn surplus_variants_are_reported_where_they_stand() {
    errors(
        r#"IronPath "iron-path" { SpeakKjartan, FindDecent, DefeatLord, ReturnKjartan, }"#,
        &[(
            "FindDecent",
            "`FindDecent` is not a stage of quest `iron-path`\nhelp: did you mean `FindDescent`?",
        )],
    );
    errors(
        r#"AmberTrail "amber-trail" { Gather, ReturnKjartan, Celebrate, Gathr, }"#,
        &[
            (
                "Celebrate",
                "`Celebrate` is not a stage of quest `amber-trail`\n\
                 help: the stages of `amber-trail` are `gather` and `return-kjartan`",
            ),
            (
                "Gathr",
                "`Gathr` is not a stage of quest `amber-trail`\n\
                 help: the stages of `amber-trail` are `gather` and `return-kjartan`",
            ),
        ],
    );
    errors(
        r#"AmberTrail "amber-trail" { Gathr, Celebrate, }"#,
        &[
            ("Gathr", "`Gathr` is not a stage of quest `amber-trail`\nhelp: did you mean `Gather`?"),
            (
                "Celebrate",
                "`Celebrate` is not a stage of quest `amber-trail`\n\
                 help: the stages of `amber-trail` are `gather` and `return-kjartan`",
            ),
            (
                "AmberTrail",
                "stage `return-kjartan` of quest `amber-trail` has no variant: add `ReturnKjartan`",
            ),
        ],
    );
}

#[test]
fn two_variants_for_one_stage() {
    errors(
        r#"AmberTrail "amber-trail" { Gather, ReturnKjartan, Back "return-kjartan", }"#,
        &[("Back", "`ReturnKjartan` and `Back` both stand for stage `return-kjartan`")],
    );
}

#[test]
fn a_stage_that_a_variant_names_wrongly() {
    errors(
        r#"AmberTrail "amber-trail" { Gather, Back "return-kjartn", ReturnKjartan, }"#,
        &[(
            r#""return-kjartn""#,
            "no stage `return-kjartn` in quest `amber-trail`\nhelp: did you mean `return-kjartan`?",
        )],
    );
}

#[test]
fn an_unknown_quest() {
    errors(
        r#"IronPath "iron-pth" { SpeakKjartan, }"#,
        &[(r#""iron-pth""#, "no quest `iron-pth`\nhelp: did you mean `iron-path`?")],
    );
    let (tokens, _) = expand(&Fixture::quests(), r#"IronPath "iron-pth" { SpeakKjartan, Other, }"#);
    assert!(tokens.contains("impl game :: quests :: __rt :: Stages for IronPath"), "{tokens}");
}

#[test]
fn content_with_errors_is_not_reported_again() {
    let incomplete = Fixture::quests().incomplete();
    for listing in [r#"E "iron-pth" { A, B, }"#, r#"E "iron-path" { A, FindDescent, }"#] {
        let (tokens, _) = expand(&incomplete, listing);
        assert!(tokens.starts_with("# [automatically_derived] impl"), "{tokens}");
    }
}

#[test]
fn an_index_without_stages() {
    let listing = r#"E "iron-path" {}"#;
    errors_in(
        &Fixture::new().kind("quest", None, &["iron-path"]),
        listing,
        &[(r#""iron-path""#, "the content has no ids for `stage!`")],
    );
    let missions = Fixture::new().kind("mission", None, &["first-blood"]);
    let missions = missions.kind("mission.step", Some(0), &["first-blood:go", "first-blood:find-home"]);
    errors_in(
        &missions,
        r#"E "first-blood" {}"#,
        &[(
            r#""first-blood""#,
            "the content has no ids for `stage!`\nhelp: say in `#[quest]` what the enum lists: `stages = step`",
        )],
    );
    errors_in(
        &Fixture::new().kind("portal.stage", None, &["iron-path"]),
        listing,
        &[(
            r#""iron-path""#,
            "a stage of this content belongs to nothing, so an enum cannot list those of one object",
        )],
    );
}

#[test]
fn quests_and_stages_by_other_names() {
    let missions = Fixture::new().kind("mission", None, &["first-blood"]);
    let missions = missions.kind("mission.step", Some(0), &["first-blood:go", "first-blood:find-home"]);
    errors_in(&missions, r#"E "first-blood" step { Go, FindHome, }"#, &[]);
    errors_in(
        &missions,
        r#"E "first-blood" step { Go, FindHom, FindHome, Goo "go", }"#,
        &[
            (
                "FindHom",
                "`FindHom` is not a step of mission `first-blood`\nhelp: the steps of `first-blood` are `find-home` and `go`",
            ),
            ("Goo", "`Go` and `Goo` both stand for step `go`"),
        ],
    );
    errors_in(
        &missions,
        r#"E "first-blood" step {}"#,
        &[(
            "E",
            "2 steps of mission `first-blood` have no variant:\n    `go`: add `Go`\n    `find-home`: add `FindHome`",
        )],
    );
    errors_in(
        &missions,
        r#"E "first-blood" stepp {}"#,
        &[(
            "stepp",
            "the content has no ids for `stepp!`\nhelp: say in `#[quest]` what the enum lists: `stages = step`",
        )],
    );
}

/// Names that fit whatever convention the content follows, and those that need an attribute.
#[test]
fn names() {
    let fixture = |stages: &[&str]| {
        let stages: Vec<String> = stages.iter().map(|stage| format!("q:{stage}")).collect();
        Fixture::new().kind("quest", None, &["q"]).kind("quest.stage", Some(0), &stages)
    };
    let good =
        ["find-descent", "find_ascent", "goToNPC", "phase-2", "phase3b", "3-0", "über-öl", "HTTP.Server"];
    errors_in(
        &fixture(&good),
        r#"E "q" { FindDescent, FindAscent, GoToNpc, Phase2, Phase3B, S "3-0", ÜberÖl, HttpServer, }"#,
        &[],
    );
    errors_in(&fixture(&["loop", "type"]), r#"E "q" { r#Loop, Type, }"#, &[]);
    errors_in(
        &fixture(&["stage-1", "stage1", "self", "3-0", "--"]),
        r#"E "q" { Stage1, }"#,
        &[
            (
                "Stage1",
                "`Stage1` fits `stage-1` and `stage1` of quest `q`\nhelp: say which with `#[stage(\"…\")]`",
            ),
            (
                "E",
                "5 stages of quest `q` have no variant:\n    \
                     `stage-1`: add `#[stage(\"stage-1\")] Stage1`\n    \
                     `stage1`: add `#[stage(\"stage1\")] Stage1`\n    \
                     `self`: add `#[stage(\"self\")] StageSelf`\n    \
                     `3-0`: add `#[stage(\"3-0\")] Stage30`\n    \
                     `--`: add `#[stage(\"--\")] Stage`",
            ),
        ],
    );
    for stage in good {
        let name = variant_name(stage);
        let is_same = |name: &str| same_alphanumerics(name, stage);
        assert!(is_same(&name) || name.strip_prefix("Stage").is_some_and(is_same), "{stage}");
    }
}
