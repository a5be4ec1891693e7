//! What goes to translators and comes back: every format keeps every text, and nothing that comes back takes a translation away.

#![allow(clippy::panic, clippy::unwrap_used, clippy::expect_used, reason = "a test may fail")]

mod project;

use project::{PO_HEADER, TextsProject};
use quest_texts::{Format, TextsError};

const FORMATS: [Format; 4] = [Format::Po, Format::Xliff, Format::Csv, Format::Json];

#[test]
fn every_format_brings_every_translation_back() {
    for format in FORMATS {
        let project = TextsProject::new();
        project.translate_all();
        let before = project.language_file();
        let exported = project.export(format, None).unwrap();
        assert_eq!((exported.texts, exported.translated, exported.fuzzy), (8, 8, 0), "{format:?}");
        let emptied = TextsProject::new();
        let imported = emptied.import(format, exported.text.as_bytes()).unwrap();
        assert_eq!((imported.gained.len(), imported.unusable.len()), (8, 0), "{format:?} {imported:#?}");
        assert_eq!(imported.text, before, "{format:?}");
        let again = project.import(format, exported.text.as_bytes()).unwrap();
        assert_eq!((again.same, again.gained.len(), again.changed.len()), (8, 0, 0), "{format:?}");
        assert_eq!(again.text, before, "{format:?}");
    }
}

#[test]
fn what_is_fuzzy_or_stale_stays_so_in_every_format() {
    let project = TextsProject::new();
    project.translate(&[
        ("wolf-hunt.name", r#"{ "text": "Wolfsjagd", "source": "0000000000000000" }"#),
        ("wolf-hunt.intro", r#"{ "text": "Sie heulen.", "fuzzy": true, "comment": "Wer?" }"#),
        ("lost-ring.name", r#"{ "text": "Der verlorene Ring" }"#),
    ]);
    for format in FORMATS {
        let exported = project.export(format, None).unwrap();
        assert_eq!((exported.translated, exported.fuzzy), (1, 2), "{format:?}");
        let imported = project.import(format, exported.text.as_bytes()).unwrap();
        let text = &imported.text;
        // JSON has no place for what is not shown, so that stays as it was.
        let kept = if format == Format::Json { 2 } else { 0 };
        assert_eq!(imported.kept.len(), kept, "{format:?}");
        assert!(text.contains("\"Sie heulen.\"") && text.contains("\"Wer?\""), "{format:?}: {text}");
        let fuzzy = text.matches("\"fuzzy\": true").count();
        let stale = text.matches("\"0000000000000000\"").count();
        assert!(fuzzy + stale == 2, "{format:?}: {text}");
    }
}

#[test]
fn translators_read_what_a_text_is_about() {
    let project = TextsProject::new();
    let po = project.export(Format::Po, None).unwrap().text;
    quest_test::assert_golden("tests/expected/export.po", &po);
    let xliff = project.export(Format::Xliff, None).unwrap().text;
    quest_test::assert_golden("tests/expected/export.xlf", &xliff);
    let csv = project.export(Format::Csv, None).unwrap().text;
    quest_test::assert_golden("tests/expected/export.csv", &csv);
    project.translate_all();
    let json = project.export(Format::Json, None).unwrap().text;
    quest_test::assert_golden("tests/expected/export.json", &json);
}

#[test]
fn a_file_that_is_there_keeps_the_work_of_translators() {
    let project = TextsProject::new();
    project.translate(&[("lost-ring.name", r#"{ "text": "Der verlorene Ring" }"#)]);
    let before = format!(
        "# Übersetzt von Kari.\n{}{}",
        PO_HEADER.replace("\\n\"\n\n", "\\n\"\n\"Last-Translator: Kari <kari@example.org>\\n\"\n\n"),
        r#"
# Kjartan sagt das.
#: wolf-hunt.name
msgctxt "wolf-hunt.name"
msgid "Hunt wolves"
msgstr "Wölfe jagen"

msgctxt "lost-ring.name"
msgid "The Lost Ring"
msgstr "Der vermisste Ring"

msgctxt "old-quest.name"
msgid "An Old Quest"
msgstr "Eine alte Aufgabe"

#~ msgctxt "older-quest.name"
#~ msgid "An Older Quest"
#~ msgstr "Eine ältere Aufgabe"
"#
    );
    let exported = project.export(Format::Po, Some(before.as_bytes())).unwrap();
    let text = &exported.text;
    assert!(text.starts_with("# Übersetzt von Kari.\n"), "{text}");
    assert!(text.contains("\"Last-Translator: Kari <kari@example.org>\\n\""), "{text}");
    assert!(text.contains("# Kjartan sagt das.\n"), "{text}");
    // The text has changed, so the translation is only a proposal, with the text that it is of.
    assert!(text.contains("#, fuzzy\n#| msgctxt \"wolf-hunt.name\"\n#| msgid \"Hunt wolves\"\n"), "{text}");
    assert!(text.contains("msgstr \"Der vermisste Ring\""), "{text}");
    assert!(text.contains("#~ msgctxt \"old-quest.name\"\n#~ msgid \"An Old Quest\"\n"), "{text}");
    assert!(text.contains("#~ msgstr \"Eine ältere Aufgabe\""), "{text}");
    assert_eq!((exported.kept, exported.obsolete), (4, 2));
    // Once more, nothing changes.
    let again = project.export(Format::Po, Some(text.as_bytes())).unwrap();
    assert_eq!(&again.text, text);
}

#[test]
fn an_import_says_what_it_does() {
    let project = TextsProject::new();
    project.translate(&[
        ("wolf-hunt.name", r#"{ "text": "Jage {count} Wölfe" }"#),
        ("wolf-hunt.intro", r#"{ "text": "Sie heulen." }"#),
        ("bear-hunt.name", r#"{ "text": "Bärenjagd" }"#),
    ]);
    let po = format!(
        "{PO_HEADER}{}",
        r#"
msgctxt "wolf-hunt.name"
msgid "Hunt {count} wolves"
msgstr "Töte {count} Wölfe"

msgctxt "wolf-hunt.intro"
msgid "They <b>howl</b> at night."
msgstr ""

#, fuzzy
msgctxt "wolf-hunt.hints[0]"
msgid "Bring a torch."
msgstr "Nimm eine Fackel."

msgctxt "lost-ring.name"
msgid "A Lost Ring"
msgstr "Ein verlorener Ring"

msgctxt "elk-hunt.name"
msgid "Elk Hunt"
msgstr "Elchjagd"
"#
    );
    let imported = project.import(Format::Po, po.as_bytes()).unwrap();
    assert_eq!(imported.gained, ["wolf-hunt.hints[0]", "lost-ring.name"]);
    assert_eq!(imported.changed, ["wolf-hunt.name"]);
    assert_eq!(imported.kept, ["wolf-hunt.intro"]);
    assert_eq!(imported.fuzzy, ["wolf-hunt.hints[0]"]);
    assert_eq!(imported.stale, ["lost-ring.name"]);
    assert_eq!(imported.unknown, ["elk-hunt.name"]);
    for kept in ["\"Sie heulen.\"", "\"bear-hunt.name\"", "\"Bärenjagd\"", "\"Töte {count} Wölfe\""] {
        assert!(imported.text.contains(kept), "{}", imported.text);
    }
    assert!(!imported.text.contains("Elchjagd"));
}

#[test]
fn nothing_replaces_a_translation() {
    let project = TextsProject::new();
    project.translate_all();
    let empty_units = project_without_translations();
    let refused: [(Format, &[u8]); 9] = [
        (Format::Po, b""),
        (Format::Po, PO_HEADER.as_bytes()),
        (Format::Po, empty_units.as_bytes()),
        (Format::Xliff, b""),
        (Format::Xliff, b"<?xml version=\"1.0\"?><xliff version=\"1.2\"><file><body/></file></xliff>"),
        (Format::Csv, b"keys,en,de\n"),
        (Format::Csv, b"key,English,German\na,b,c\n"),
        (Format::Json, b"{}"),
        (Format::Json, b"[]"),
    ];
    for (format, bytes) in refused {
        let text = String::from_utf8_lossy(bytes);
        let error = project.import(format, bytes).expect_err(&text);
        assert!(!matches!(error, TextsError::UnknownLanguage { .. }), "{format:?} {text}: {error}");
    }
}

fn project_without_translations() -> String {
    TextsProject::new().export(Format::Po, None).unwrap().text
}

/// What translators' tools and mail programs do to files.
#[test]
fn bad_files_are_refused_with_a_reason() {
    let project = TextsProject::new();
    let message = |format: Format, bytes: &[u8]| project.import(format, bytes).unwrap_err().to_string();
    let entry = "msgctxt \"lost-ring.name\"\nmsgid \"The Lost Ring\"\nmsgstr \"Der Ring\"\n";
    let latin =
        [PO_HEADER.as_bytes(), b"msgctxt \"lost-ring.name\"\nmsgid \"x\"\nmsgstr \"\xe4\"\n"].concat();
    let twice = format!("{PO_HEADER}{entry}\n{}", entry.replace("Der Ring", "Ein Ring"));
    let french = format!("{}{entry}", PO_HEADER.replace("de", "fr"));
    let cut = format!("{PO_HEADER}{}", &entry[..entry.len() - 3]);
    let xliff = "<xliff version=\"1.2\"><file target-language=\"de\"><body><trans-unit id=\"lost-ring.name\"><source>x</source>";
    let mut said = String::new();
    for (format, bytes) in [
        (Format::Po, latin.as_slice()),
        (Format::Po, twice.as_bytes()),
        (Format::Po, french.as_bytes()),
        (Format::Po, cut.as_bytes()),
        (Format::Xliff, xliff.as_bytes()),
        (Format::Xliff, b"<html></html>"),
        (Format::Xliff, b"<xliff><file></body></xliff>"),
        (
            Format::Xliff,
            b"<xliff><file><trans-unit id=\"a\"><source>&nbsp;</source></trans-unit></file></xliff>",
        ),
        (Format::Csv, b"keys,en,fr\nlost-ring.name,x,y\n"),
        (Format::Json, b"{ \"lost-ring.name\": \"Der Ring\" "),
        (Format::Json, b"{ \"a\": { \"b\": 3 } }"),
    ] {
        said.push_str(&format!("{format:?}: {}\n", message(format, bytes)));
    }
    quest_test::assert_golden("tests/expected/refused.txt", said);
}

#[test]
fn other_line_ends_and_byte_order_marks_are_no_difference() {
    let project = TextsProject::new();
    project.translate_all();
    for format in FORMATS {
        let text = project.export(format, None).unwrap().text;
        for changed in [
            text.replace('\n', "\r\n"),
            format!("\u{feff}{text}"),
            format!("\u{feff}{}", text.replace('\n', "\r\n")),
        ] {
            let imported = project.import(format, changed.as_bytes()).unwrap();
            assert_eq!((imported.same, imported.stale.len()), (8, 0), "{format:?} {imported:#?}");
            assert_eq!(imported.text, project.language_file(), "{format:?}");
        }
    }
}

#[test]
fn strange_units_are_left_out_and_named() {
    let project = TextsProject::new();
    let po = format!(
        "{}{}",
        PO_HEADER.replace("nplurals=2; plural=(n != 1);", "nplurals=3; plural=0;"),
        r#"
msgctxt "wolf-hunt.name"
msgid "Hunt {count} wolves"
msgid_plural "Hunt {count} wolves"
msgstr[0] "Jage {count} Wolf"
msgstr[1] "Jage {count} Wölfe"

#: lost-ring.name
msgid "The Lost Ring"
msgstr "Der verlorene Ring"

msgid "Nobody knows me"
msgstr "Niemand kennt mich"

#~ msgctxt "wolf-hunt.intro"
#~ msgid "They <b>howl</b> at night."
#~ msgstr "Sie <b>heulen</b> nachts."
"#
    );
    let imported = project.import(Format::Po, po.as_bytes()).unwrap();
    assert_eq!(
        imported.gained,
        ["wolf-hunt.intro", "lost-ring.name"].map(str::to_owned).iter().rev().cloned().collect::<Vec<_>>()
    );
    // An obsolete entry is one that a tool or a person has put away.
    assert_eq!(imported.fuzzy, ["wolf-hunt.intro"]);
    let said: Vec<&str> = imported.unusable.iter().map(|(_, why)| why.as_str()).collect();
    assert_eq!(
        said,
        [
            "`wolf-hunt.name` is left out: it has plural forms, and its text has none",
            "`Nobody knows me` has no key: a tool has dropped it"
        ]
    );
    assert_eq!(imported.warnings.len(), 1);
    assert!(
        imported.warnings[0].contains("`de` has 3 plural forms, and it has 2"),
        "{:?}",
        imported.warnings
    );

    let xliff = r#"<xliff version="1.2"><file target-language="de"><body>
        <trans-unit id="7" resname="wolf-hunt.name"><source>Hunt {count} wolves</source>
            <alt-trans><target>FALSCH</target></alt-trans>
            <target>Jage <ph id="1">{count}</ph> Wölfe</target></trans-unit>
        <trans-unit id="8" resname="lost-ring.name"><source>The Lost Ring</source><target state="final">Der <![CDATA[verlorene]]> Ri&#x6e;g &amp; mehr</target>
            <alt-trans><target>FALSCH</target></alt-trans></trans-unit>
    </body></file></xliff>"#;
    let imported = project.import(Format::Xliff, xliff.as_bytes()).unwrap();
    assert_eq!(imported.gained, ["lost-ring.name"]);
    assert!(imported.text.contains("\"Der verlorene Ring & mehr\""), "{}", imported.text);
    assert_eq!(
        imported.unusable[0].1,
        "`wolf-hunt.name` is left out: it has elements inside, and its text has none"
    );
}

#[test]
fn xliff_2_is_read() {
    let project = TextsProject::new();
    let xliff = r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en" trgLang="de"><file id="f1">
        <unit id="u1" name="wolf-hunt.intro"><segment state="translated"><source>They <b>howl</b> </source><target>Sie </target></segment>
            <segment><source>at night.</source><target>heulen nachts.</target></segment></unit>
        <unit id="u2" name="lost-ring.name"><notes><note category="translator">Artikel?</note></notes>
            <segment state="initial"><source>The Lost Ring</source><target>Der Ring</target></segment></unit>
    </file></xliff>"#;
    let imported = project.import(Format::Xliff, xliff.as_bytes()).unwrap();
    assert_eq!(imported.fuzzy, ["lost-ring.name"]);
    assert!(
        imported.text.contains("\"Sie heulen nachts.\"") && imported.text.contains("\"Artikel?\""),
        "{}",
        imported.text
    );
}

#[test]
fn spreadsheets_and_nested_json_are_read() {
    let project = TextsProject::new();
    let csv = "keys;en;de;_context\nlost-ring.name;The Lost Ring;\"Der; verlorene \"\"Ring\"\"\";\n;no key;kein Schlüssel;\n";
    let imported = project.import(Format::Csv, csv.as_bytes()).unwrap();
    assert!(imported.text.contains(r#""Der; verlorene \"Ring\"""#), "{}", imported.text);
    assert_eq!(imported.unusable, [(3, "`no key` has no key: a tool has dropped it".to_owned())]);
    let json = r#"{ "lost-ring": { "name": "Der Ring" }, "wolf-hunt": { "hints[0]": "Nimm eine Fackel." } }"#;
    let imported = project.import(Format::Json, json.as_bytes()).unwrap();
    assert_eq!(imported.gained, ["lost-ring.name", "wolf-hunt.hints[0]"]);
}

/// Thousands of units from another release: they are counted, and do not get in.
#[test]
fn units_of_another_release_are_counted() {
    let project = TextsProject::new();
    project.translate_all();
    let mut po = PO_HEADER.to_owned();
    for number in 0..20_000 {
        po.push_str(&format!(
            "msgctxt \"old-{number}.name\"\nmsgid \"Old {number}\"\nmsgstr \"Alt {number}\"\n\n"
        ));
    }
    let error = project.import(Format::Po, po.as_bytes()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "this file has 20000 translations, and none is of a text of this project: nothing is replaced"
    );
    po.push_str("msgctxt \"lost-ring.name\"\nmsgid \"The Lost Ring\"\nmsgstr \"Der Ring\"\n");
    let imported = project.import(Format::Po, po.as_bytes()).unwrap();
    assert_eq!((imported.unknown.len(), imported.changed.len(), imported.kept.len()), (20_000, 1, 7));
}

#[test]
fn a_language_file_with_errors_is_not_replaced() {
    let project = TextsProject::new();
    project.write("de.json", "{ \"language\": \"de\", \"texts\": { \"lost-ring.name\": \"Der ");
    let json = br#"{ "lost-ring.name": "Ring" }"#;
    assert!(matches!(project.import(Format::Json, json), Err(TextsError::BrokenLanguageFile(_))));
    assert!(matches!(project.export(Format::Po, None), Err(TextsError::BrokenLanguageFile(_))));
    project.write("de.json", [0xE4, 0xF6]);
    assert!(matches!(project.import(Format::Json, json), Err(TextsError::BrokenLanguageFile(_))));
}

#[test]
fn the_pseudo_locale_passes_all_checks() {
    let project = TextsProject::new();
    project.write("de.json", project.pseudo());
    assert_eq!(project.check(), ["Q1014: `hints` begins with white space"]);
}

#[test]
fn keys_outlive_new_words_and_new_texts() {
    let project = TextsProject::new();
    let keys = |project: &TextsProject| -> Vec<String> {
        project.read().catalog("de").units.into_iter().map(|unit| unit.key).collect()
    };
    let before = keys(&project);
    quest_test::assert_golden("tests/expected/keys.txt", before.join("\n") + "\n");
    project.write("quests.json", project::QUESTS.replace("Hunt {count} wolves", "Slay {count} wolves"));
    assert_eq!(keys(&project), before);
}
