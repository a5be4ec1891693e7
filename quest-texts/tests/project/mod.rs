//! A small project with texts of every sort.

#![allow(dead_code, reason = "each test file uses a part of this")]

use quest_compiler::driver::{Request, run};
use quest_test::TempProject;
use quest_texts::{Exported, Format, Imported, Project, TextsError, export, import, pseudo_language};

pub(crate) const SCHEMA: &str = r##"{
  "type": "array",
  "items": {
    "title": "Quest",
    "type": "object",
    "properties": {
      "id": { "type": "string", "x-key": "quest" },
      "name": { "type": "string", "maxLength": 40, "x-text": { "unique": true, "placeholders": ["count"] } },
      "giver": { "type": "string" },
      "intro": { "type": "string", "x-text": { "speaker": "giver", "note": "Shown in the log." } },
      "hints": { "type": "array", "items": { "type": "string", "x-text": true } },
      "steps": { "type": "array", "items": { "$ref": "#/definitions/Step" } },
      "code": { "type": "string", "x-text": { "translate": false } }
    },
    "required": ["id", "name"]
  },
  "definitions": {
    "Step": {
      "type": "object",
      "properties": {
        "id": { "type": "string", "x-key": "quest.step" },
        "text": { "type": "string", "x-text": true },
        "reward": { "type": "object", "properties": { "text": { "type": "string", "x-text": true } } }
      },
      "required": ["id", "text"]
    }
  }
}
"##;

pub(crate) const QUESTS: &str = r#"[
  {
    "id": "wolf-hunt",
    "name": "Hunt {count} wolves",
    "giver": "kjartan",
    "intro": "They <b>howl</b> at night.",
    "hints": ["Bring a torch.", "Say \"C:\\wolf\"\tloudly,\nthen run; \\n is no line, & < is fine."],
    "steps": [{ "id": "track", "text": "Track", "reward": { "text": "Track" } }],
    "code": "WH-1"
  },
  { "id": "lost-ring", "name": "The Lost Ring", "hints": [" ,\u00e9🐺"] }
]
"#;

pub(crate) const PO_HEADER: &str = "msgid \"\"\nmsgstr \"\"\n\"Language: de\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n\n";

pub(crate) struct TextsProject {
    folder: TempProject,
}

impl TextsProject {
    pub(crate) fn new() -> Self {
        let manifest = "[[documents]]\nschema = \"quests.schema.json\"\ncontent = \"quests.json\"\n\n[languages.de]\nfile = \"de.json\"\n";
        let files = [
            ("quest.toml", manifest),
            ("quests.schema.json", SCHEMA),
            ("quests.json", QUESTS),
            ("de.json", "{ \"language\": \"de\", \"texts\": {} }\n"),
        ];
        Self { folder: TempProject::with(files) }
    }

    pub(crate) fn path(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        self.folder.write(name, text);
    }

    pub(crate) fn read(&self) -> Project {
        Project::read(&Request::check(self.folder.manifest()), "de").unwrap()
    }

    pub(crate) fn language_file(&self) -> String {
        std::fs::read_to_string(self.folder.join("de.json")).unwrap()
    }

    /// Writes a language file with these translations.
    pub(crate) fn translate(&self, entries: &[(&str, &str)]) {
        let entries: Vec<String> =
            entries.iter().map(|(key, translation)| format!("\"{key}\": {translation}")).collect();
        self.write(
            "de.json",
            format!("{{ \"language\": \"de\", \"texts\": {{ {} }} }}\n", entries.join(", ")),
        );
    }

    /// Translates everything.
    pub(crate) fn translate_all(&self) {
        self.write("de.json", self.pseudo());
    }

    pub(crate) fn pseudo(&self) -> String {
        pseudo_language(&self.read(), "de").unwrap()
    }

    pub(crate) fn export(&self, format: Format, before: Option<&[u8]>) -> Result<Exported, TextsError> {
        export(&self.read(), "de", format, before)
    }

    pub(crate) fn import(&self, format: Format, bytes: &[u8]) -> Result<Imported, TextsError> {
        import(&self.read(), "de", format, bytes)
    }

    /// The titles of what a check reports.
    pub(crate) fn check(&self) -> Vec<String> {
        let report = run(&Request::check(self.folder.manifest()), &mut |_| {});
        report
            .diagnostics
            .list
            .iter()
            .map(|diagnostic| format!("{}: {}", diagnostic.code.id, diagnostic.title))
            .collect()
    }
}
