//! The manifest: which schemas and content belong together, which ids come from elsewhere, and how strict to be.

mod assertions;
mod journal;
mod languages;
mod lints;
mod proof;
mod registries;
mod syntax;

pub use assertions::{Assertion, Claim};
pub(super) use journal::Saves;
pub use languages::{LanguageSpec, Languages};
pub use lints::{Exception, Lints, Profile};
pub use proof::ProofLimits;

use self::syntax::SyntaxMessage;
use super::located::Located;
use super::path::{join, slashes};
use super::pattern::Names;
use super::read::{FileText, Reason, add_text, read_bytes};
use super::select::{PathSegment, steps};
use crate::diagnostics::{Diagnostic, code, did_you_mean, list, near};
use crate::source::{Format, Node, slip};
use crate::text::{FileId, Files, Span};
use std::path::{Path, PathBuf};
use toml_span::value::{Table, ValueInner};
use toml_span::{ErrorKind, Value};

/// What the manifest says.
#[derive(Debug)]
pub struct Manifest {
    /// Of the manifest file, as its path was given; all paths in it are relative to this.
    pub directory: PathBuf,
    pub documents: Vec<DocumentSet>,
    /// Where the ids of a kind come from, by the path of the kind, in order.
    pub registries: Vec<(String, RegistrySource)>,
    /// The kinds of registries, as the manifest writes them.
    pub registry_names: Vec<Located>,
    pub lints: Lints,
    pub tables: Tables,
    /// Files with what schemas lack.
    pub overlays: Vec<Located>,
    /// Where the schemas of an address are: those of an address that ends in `/` in a folder.
    pub schemas: Vec<(String, PathBuf)>,
    /// Keywords of the studio's own, and the annotation that each is an alias of.
    pub annotations: Vec<(Located, String)>,
    /// Kinds whose ids become constants.
    pub constants: Vec<Located>,
    pub saves: Saves,
    pub languages: Languages,
    pub proof: ProofLimits,
    /// The folder for schemas of editors, if every build writes them.
    pub editor: Option<PathBuf>,
    /// Environment variables that paths name.
    pub variables: Vec<String>,
}

/// Content files and the schema they follow.
#[derive(Debug)]
pub struct DocumentSet {
    pub schema: SchemaSource,
    /// Patterns of file names.
    pub content: Vec<Located>,
    /// Patterns with `!` in front, without it: what they match is left out.
    pub exclude: Vec<(Located, Names)>,
    /// The path of the documents in each file; `None` if a file is one document.
    pub at: Option<(Located, Vec<PathSegment>)>,
    /// Conditions that a file has to fulfil to belong here: a path and a value each.
    pub condition: Vec<(Located, Vec<PathSegment>, Scalar)>,
}

/// Where the schema of a document set is.
#[derive(Debug)]
pub enum SchemaSource {
    File(Located),
    /// Each file names its own in `$schema`.
    Named,
}

/// A value that a file is asked for.
#[derive(Debug, PartialEq)]
pub enum Scalar {
    Text(String),
    Integer(i64),
    Boolean(bool),
}

impl Scalar {
    /// Whether a value is this one.
    pub fn is(&self, node: Node<'_>) -> bool {
        match self {
            Scalar::Text(text) => node.text().as_deref() == Some(text),
            Scalar::Integer(number) => node.integer() == Some(i128::from(*number)),
            Scalar::Boolean(value) => node.boolean() == Some(*value),
        }
    }
}

/// Where ids come from that no content defines.
#[derive(Debug)]
pub enum RegistrySource {
    Files(RegistryFiles),
    Ids(Vec<Located>),
    /// Any id will do.
    Open,
}

/// Files of one registry.
#[derive(Debug)]
pub struct RegistryFiles {
    /// Paths or patterns.
    pub files: Vec<Located>,
    /// Where in each file the ids are; empty if the file is the registry.
    pub at: Vec<PathSegment>,
}

/// How the tables get into the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tables {
    /// They are part of it.
    Embed,
    /// They are a file beside it.
    Load,
}

const ROOT_KEYS: [&str; 13] = [
    "documents",
    "overlays",
    "schemas",
    "annotations",
    "registries",
    "lints",
    "rust",
    "journal",
    "renames",
    "lock",
    "editor",
    "languages",
    "proof",
];

const DOCUMENTS_HELP: &str = "write a `[[documents]]` section with `schema = \"schemas/quests.schema.json\"` and \
     `content = \"content/quests/**/*.json\"`";

const DOCUMENTS_KEYS: &str =
    "add `schema = \"schemas/quests.schema.json\"` and `content = \"content/quests/**/*.json\"`";

/// Reads the manifest. `None` if anything is wrong with it: what it says amiss would only be followed by mistakes that are none.
pub fn manifest(path: &Path, files: &mut Files, diagnostics: &mut Vec<Diagnostic>) -> Option<Manifest> {
    let before = diagnostics.len();
    let name = slashes(path);
    let bytes = match read_bytes(path, files) {
        Ok(bytes) => bytes,
        Err(error) if error.reason == Reason::Missing => {
            diagnostics.push(
                Diagnostic::new(&code::UNREADABLE, format!("there is no manifest `{name}`"))
                    .about(name)
                    .help(format!("a manifest is a TOML file that says what to build: {DOCUMENTS_HELP}")),
            );
            return None;
        }
        Err(error) => {
            let title = format!("the manifest `{name}` cannot be read: {}", error.words);
            diagnostics.push(Diagnostic::new(&code::UNREADABLE, title).about(name));
            return None;
        }
    };
    let FileText { file, text, .. } = add_text(name, bytes, files, diagnostics)?;
    // The TOML reader knows no byte order mark; a blank of the same length keeps the places right.
    let blanked = text.strip_prefix('\u{feff}').map(|rest| format!("   {rest}"));
    let toml = blanked.as_deref().unwrap_or(&text);

    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut reader = ManifestReader {
        file,
        text: &text,
        directory: &directory,
        diagnostics,
        variables: Vec::new(),
        registry_names: Vec::new(),
    };
    let root = match toml_span::parse(toml) {
        Ok(root) => root,
        Err(error) => {
            reader.syntax(&error);
            return None;
        }
    };
    let Some(root) = root.as_table() else {
        reader.diagnostics.push(Diagnostic::internal("a TOML document is no table", None));
        return None;
    };
    let manifest = reader.root(root);
    (diagnostics.len() == before).then_some(manifest)
}

struct ManifestReader<'r> {
    file: FileId,
    text: &'r str,
    directory: &'r Path,
    diagnostics: &'r mut Vec<Diagnostic>,
    variables: Vec<String>,
    registry_names: Vec<Located>,
}

impl ManifestReader<'_> {
    /// A place, cut to its first line: sections are long. The TOML reader counts bytes; a place is whole characters.
    fn span(&self, span: toml_span::Span) -> Span {
        let start = self.text.floor_char_boundary(span.start);
        let end = self.text.ceil_char_boundary(span.end.min(self.text.len())).max(start);
        let length = self.text.get(start..end).and_then(|text| text.find(['\r', '\n']));
        Span::new(self.file, start, length.map_or(end, |length| start + length))
    }

    /// Reports a mistake at a place.
    fn wrong(
        &mut self,
        span: toml_span::Span,
        title: impl Into<String>,
        label: impl Into<String>,
        help: &str,
    ) {
        let span = self.span(span);
        self.diagnostics.push(Diagnostic::new(&code::MANIFEST, title).label(span, label).help(help));
    }

    fn syntax(&mut self, error: &toml_span::Error) {
        let before = error.span.start + self.span(toml_span::Span::new(0, 0)).start as usize;
        if let Some(mut diagnostic) = slip(Format::Toml, self.file, self.text, before) {
            diagnostic.code = &code::MANIFEST;
            diagnostic.level = code::MANIFEST.level;
            self.diagnostics.push(diagnostic);
            return;
        }
        let SyntaxMessage { title, label, help } = SyntaxMessage::of(&error.kind);
        let mut diagnostic = Diagnostic::new(&code::MANIFEST, title).label(self.span(error.span), label);
        match &error.kind {
            ErrorKind::DuplicateTable { first, .. }
            | ErrorKind::DuplicateKey { first, .. }
            | ErrorKind::DottedKeyInvalidType { first } => {
                diagnostic = diagnostic.label(self.span(*first), "the first is here");
            }
            _ => {}
        }
        self.diagnostics.push(diagnostic.maybe_help(help.map(str::to_owned)));
    }

    /// Reports the keys that mean nothing. Gives those that are meant: it is enough to say that they are misspelt.
    fn known<'k>(&mut self, table: &Table<'_>, what: &str, known: &[&'k str]) -> Vec<&'k str> {
        let mut meant = Vec::new();
        for key in table.keys().filter(|key| !known.contains(&&*key.name)) {
            // A key that is present cannot be the intended name of another.
            let absent = || known.iter().copied().filter(|known| !table.contains_key(*known));
            meant.extend(near(&key.name, absent()).first());
            let help = did_you_mean(&key.name, absent())
                .unwrap_or_else(|| format!("{what} can have {}", list(known, "and")));
            self.wrong(
                key.span,
                format!("unknown key `{}`", key.name),
                format!("{what} has no such key"),
                &help,
            );
        }
        meant
    }

    fn root(&mut self, root: &Table<'_>) -> Manifest {
        let meant = self.known(root, "the manifest", &ROOT_KEYS);
        let documents = match root.get("documents") {
            Some(value) => self.documents(value),
            None if meant.contains(&"documents") => Vec::new(),
            None => {
                let end = self.text.trim_end().len();
                self.wrong(
                    toml_span::Span::new(end, end),
                    "the manifest names no documents",
                    "there is no `[[documents]]` section",
                    DOCUMENTS_HELP,
                );
                Vec::new()
            }
        };
        let mut registries = Vec::new();
        if let Some(table) = self.section(root, "registries") {
            self.registries("", table, &mut registries);
            registries.sort_by(|(one, _), (other, _)| one.cmp(other));
        }
        let lints = self.section(root, "lints").map_or_else(Lints::default, |table| self.lints(table));
        let mut tables = Tables::Embed;
        let mut constants = Vec::new();
        if let Some(table) = self.section(root, "rust") {
            self.known(table, "`[rust]`", &["tables", "constants"]);
            if let Some(value) = table.get("tables") {
                tables = self.tables(value);
            }
            if let Some(value) = table.get("constants") {
                constants = self.texts(value, "constants", "write a list of kinds, such as `[\"item\"]`");
            }
        }
        let overlays = root.get("overlays").map_or_else(Vec::new, |value| {
            let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            values.iter().filter_map(|value| self.path(value, "overlays")).collect::<Vec<_>>()
        });
        let mut schemas = Vec::new();
        if let Some(table) = self.section(root, "schemas") {
            for (key, value) in table {
                if let Some(path) = self.path(value, "schema") {
                    schemas.push((key.name.to_string(), join(self.directory, &path.text)));
                }
            }
        }
        let annotations =
            self.section(root, "annotations").map_or_else(Vec::new, |table| self.annotations(table));
        let saves = self.saves(root);
        let languages = self.languages(root);
        let proof = self.proof(root);
        let editor = self.section(root, "editor").and_then(|table| self.editor(table));
        let variables = std::mem::take(&mut self.variables);
        Manifest {
            directory: self.directory.to_owned(),
            documents,
            registries,
            registry_names: std::mem::take(&mut self.registry_names),
            lints,
            tables,
            overlays,
            schemas,
            annotations,
            constants,
            saves,
            languages,
            proof,
            editor,
            variables,
        }
    }

    fn annotations(&mut self, table: &Table<'_>) -> Vec<(Located, String)> {
        let mut annotations = Vec::new();
        for (key, value) in table {
            let ours = ["x-key", "x-ref", "x-name", "x-source"];
            match value.as_str().filter(|word| ours.contains(word)) {
                Some(word) => {
                    let keyword = Located { text: key.name.to_string(), span: self.span(key.span) };
                    annotations.push((keyword, word.to_owned()));
                }
                None => {
                    let help = value.as_str().and_then(|word| did_you_mean(word, ours.into_iter()));
                    let help = help.unwrap_or_else(|| format!("write {}", list(&ours, "or")));
                    let title = format!("`{}` cannot stand for this", key.name);
                    self.wrong(value.span, title, "not an annotation that can be replaced", &help);
                }
            }
        }
        annotations
    }

    /// `[editor]`: the folder for schemas of editors.
    fn editor(&mut self, table: &Table<'_>) -> Option<PathBuf> {
        self.known(table, "`[editor]`", &["schemas"]);
        let path = self.path(table.get("schemas")?, "schemas")?;
        Some(join(self.directory, &path.text))
    }

    /// A list of texts, or one alone.
    fn texts(&mut self, value: &Value<'_>, key: &str, help: &str) -> Vec<Located> {
        let one = std::slice::from_ref(value);
        let values = value.as_array().map_or(one, Vec::as_slice);
        values.iter().filter_map(|value| self.located(value, key, help)).collect::<Vec<_>>()
    }

    /// `at`: the path of the documents in a file.
    fn place(&mut self, value: &Value<'_>) -> Option<(Located, Vec<PathSegment>)> {
        let help = "write a path such as `\"quests[]\"` for the elements of a list, `\"npcs{}\"` for the values of a map, `\"[]\"` for a file that is a list";
        let place = self.located(value, "at", help)?;
        match steps(&place.text) {
            Some(steps) => Some((place, steps)),
            None => {
                self.wrong(
                    value.span,
                    format!("`{}` is not a path in a file", place.text),
                    "cannot be read",
                    help,
                );
                None
            }
        }
    }

    /// `where`: what a file must say of itself.
    fn condition(&mut self, value: &Value<'_>) -> Vec<(Located, Vec<PathSegment>, Scalar)> {
        let help = "write properties and values, such as `{ kind = \"quest\" }`";
        let Some(table) = value.as_table() else {
            self.wrong(value.span, "`where` is not a condition", format!("this is {}", a(value)), help);
            return Vec::new();
        };
        let mut condition = Vec::new();
        for (key, value) in table {
            let scalar = match value.as_ref() {
                ValueInner::String(text) => Some(Scalar::Text(text.to_string())),
                ValueInner::Integer(number) => Some(Scalar::Integer(*number)),
                ValueInner::Boolean(value) => Some(Scalar::Boolean(*value)),
                _ => None,
            };
            match (scalar, steps(&key.name)) {
                (Some(scalar), Some(steps)) => {
                    let place = Located { text: key.name.to_string(), span: self.span(key.span) };
                    condition.push((place, steps, scalar));
                }
                _ => self.wrong(
                    value.span,
                    "`where` is not a condition",
                    format!("this is {}", a(value)),
                    help,
                ),
            }
        }
        condition
    }

    /// A section of key-value lines, if it is there and one.
    fn section<'t, 'de>(&mut self, root: &'t Table<'de>, name: &str) -> Option<&'t Table<'de>> {
        let (key, value) = root.get_key_value(name)?;
        let table = value.as_table();
        if table.is_none() {
            let (title, label) = (format!("`{name}` is not a section"), format!("this is {}", a(value)));
            let span = if value.as_array().is_some() { key.span } else { value.span };
            self.wrong(
                span,
                title,
                label,
                &format!("write `[{name}]` on a line of its own, and its keys below"),
            );
        }
        table
    }

    fn documents(&mut self, value: &Value<'_>) -> Vec<DocumentSet> {
        let Some(sections) = value.as_array() else {
            let title = "`documents` is not a list of sections";
            let help = if value.as_table().is_some() {
                "write `[[documents]]`, with two brackets: there can be several"
            } else {
                DOCUMENTS_HELP
            };
            self.wrong(value.span, title, format!("this is {}", a(value)), help);
            return Vec::new();
        };
        if sections.is_empty() {
            self.wrong(value.span, "the manifest names no documents", "this list is empty", DOCUMENTS_HELP);
        }
        sections.iter().filter_map(|section| self.document_set(section)).collect()
    }

    fn document_set(&mut self, section: &Value<'_>) -> Option<DocumentSet> {
        let Some(table) = section.as_table() else {
            let label = format!("this is {}", a(section));
            self.wrong(section.span, "`documents` is not a list of sections", label, DOCUMENTS_HELP);
            return None;
        };
        if table.is_empty() {
            let title = "documents without a schema and content";
            self.wrong(section.span, title, "this section is empty", DOCUMENTS_KEYS);
            return None;
        }
        // A misspelt key is not reported as missing, too.
        let misspelt = self.known(table, "`[[documents]]`", &["schema", "content", "at", "where"]);
        let schema = match table.get("schema") {
            Some(value) if value.as_str() == Some("$schema") => Some(SchemaSource::Named),
            Some(value) => self.path(value, "schema").map(SchemaSource::File),
            None if misspelt.contains(&"schema") => None,
            None => {
                let help = "add `schema = \"schemas/quests.schema.json\"`";
                self.wrong(section.span, "documents without a schema", "`schema` is missing here", help);
                None
            }
        };
        let (content, exclude) = match table.get("content") {
            Some(value) => self.content_patterns(value),
            None if misspelt.contains(&"content") => Default::default(),
            None => {
                let help = "add `content = \"content/quests/**/*.json\"`";
                self.wrong(section.span, "documents without content", "`content` is missing here", help);
                Default::default()
            }
        };
        let at = table.get("at").and_then(|value| self.place(value));
        let condition = table.get("where").map_or_else(Vec::new, |value| self.condition(value));
        Some(DocumentSet { schema: schema?, content, exclude, at, condition })
    }

    /// One pattern or a list of them, and those that leave files out.
    fn content_patterns(&mut self, value: &Value<'_>) -> (Vec<Located>, Vec<(Located, Names)>) {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        let (mut content, mut exclude) = (Vec::new(), Vec::new());
        let before = self.diagnostics.len();
        for value in values {
            let Some(pattern) = self.path(value, "content") else { continue };
            let Some(text) = pattern.text.strip_prefix('!') else {
                content.push(pattern);
                continue;
            };
            match Names::new(self.directory, text) {
                Ok(names) => exclude.push((Located { text: text.to_owned(), ..pattern }, names)),
                Err(words) => {
                    let help = "`*` stands for any part of a name, `**` for any directories";
                    self.wrong(value.span, format!("`{text}` is not a pattern"), words, help);
                }
            }
        }
        if content.is_empty() && self.diagnostics.len() == before {
            let label = if exclude.is_empty() { "this list is empty" } else { "`!` only leaves files out" };
            let help = "add a pattern such as `\"content/quests/**/*.json\"`";
            self.wrong(value.span, "documents without content", label, help);
        }
        (content, exclude)
    }

    /// A path or pattern, with the environment variables in it replaced.
    fn path(&mut self, value: &Value<'_>, key: &str) -> Option<Located> {
        let mut path = self.plain_path(value, key)?;
        if let Some(slashes) = with_slashes(&path.text) {
            let help = format!("write `/` between the names: `\"{slashes}\"`");
            self.wrong(value.span, "a path with `\\`", "paths are written with `/` on every system", &help);
            return None;
        }
        while let Some((before, rest)) = path.text.split_once("${") {
            let Some((name, after)) = rest.split_once('}') else { break };
            self.variables.push(name.to_owned());
            match std::env::var(name) {
                Ok(replaced) if !replaced.contains("${") => {
                    path.text = format!("{before}{}{after}", slashes(Path::new(&replaced)));
                }
                _ => {
                    let title = format!("the environment variable `{name}` is not set");
                    let help = "set it to the folder, or write the path";
                    self.wrong(value.span, title, "is needed here", help);
                    return None;
                }
            }
        }
        Some(path)
    }

    fn plain_path(&mut self, value: &Value<'_>, key: &str) -> Option<Located> {
        let help = match key {
            "schema" => "write one path in quotes, such as `\"schemas/quests.schema.json\"`",
            "overlays" => "write a list of files, such as `[\"quests.overlay.json\"]`",
            "path" => "write a pattern in quotes, such as `\"content/old/**\"`",
            "content" => {
                "write a pattern in quotes, such as `\"content/quests/**/*.json\"`, or a list of such patterns"
            }
            _ => registries::HELP,
        };
        self.located(value, key, help)
    }

    fn located(&mut self, value: &Value<'_>, key: &str, help: &str) -> Option<Located> {
        match value.as_str() {
            Some("") => {
                let what = if matches!(key, "lint" | "entry") { "text" } else { "path" };
                self.wrong(value.span, format!("`{key}` is an empty {what}"), "nothing is named here", help);
                None
            }
            Some(text) if text.contains('\0') => {
                self.wrong(value.span, format!("`{key}` is no path"), "paths cannot contain U+0000", help);
                None
            }
            Some(text) => Some(Located { text: text.to_owned(), span: self.span(value.span) }),
            None => {
                let label = format!("this is {}", a(value));
                self.wrong(value.span, format!("`{key}` is not a text"), label, help);
                None
            }
        }
    }

    fn tables(&mut self, value: &Value<'_>) -> Tables {
        let help = "write `\"embed\"` to make the tables part of the program, or `\"load\"` to read them from a file";
        match value.as_str() {
            Some("embed") => return Tables::Embed,
            Some("load") => return Tables::Load,
            Some(word) => {
                let near = did_you_mean(word, ["embed", "load"].into_iter());
                let title = format!("`{word}` is no way to keep tables");
                self.wrong(value.span, title, "neither `embed` nor `load`", near.as_deref().unwrap_or(help));
            }
            None => self.wrong(value.span, "`tables` is not a text", format!("this is {}", a(value)), help),
        }
        Tables::Embed
    }
}

/// The type of a value, with its article.
fn a(value: &Value<'_>) -> &'static str {
    match value.as_ref() {
        ValueInner::String(_) => "a text",
        ValueInner::Integer(_) | ValueInner::Float(_) => "a number",
        ValueInner::Boolean(_) => "`true` or `false`",
        ValueInner::Array(_) => "a list",
        ValueInner::Table(_) => "a section",
    }
}

/// The path that is meant by one with `\`, some of which TOML has read as escapes; `None` if there is none.
fn with_slashes(path: &str) -> Option<String> {
    let escape = |c: char| match c {
        '\\' => Some("/"),
        '\r' => Some("/r"),
        '\n' => Some("/n"),
        '\t' => Some("/t"),
        '\u{8}' => Some("/b"),
        '\u{c}' => Some("/f"),
        '\u{1b}' => Some("/e"),
        _ => None,
    };
    path.contains(|c| escape(c).is_some()).then(|| {
        let parts = path.chars().map(|c| escape(c).map_or_else(|| c.to_string(), str::to_owned));
        parts.collect::<String>().replace("//", "/")
    })
}
