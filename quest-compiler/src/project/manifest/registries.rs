//! `[registries]`: the sources of ids that content does not define.

use super::{ManifestReader, RegistryFiles, RegistrySource, a};
use crate::diagnostics::did_you_mean;
use crate::project::located::Located;
use toml_span::Value;
use toml_span::value::{Key, Table, ValueInner};

pub(super) const HELP: &str = "a registry is a file (`\"content/npcs.json\"`), a list of ids (`[\"hero\", \"villain\"]`), \
     `{ file = \"content/game.json\", at = \"npcs[]\" }` for a place in a file, or `{ open = true }` for any id";

impl ManifestReader<'_> {
    /// Reads registries; `a.b = …` without quotes is a table in a table to TOML, and the kind `a.b` to us.
    pub(super) fn registries(
        &mut self,
        prefix: &str,
        table: &Table<'_>,
        out: &mut Vec<(String, RegistrySource)>,
    ) {
        for (key, value) in table {
            if !prefix.is_empty() && key.name == "open" {
                self.open_registry(prefix, key, value, out);
                continue;
            }
            self.check_kind_name(key);
            let kind =
                if prefix.is_empty() { key.name.to_string() } else { format!("{prefix}.{}", key.name) };
            let source = match value.as_ref() {
                ValueInner::Table(inner) if inner.contains_key("file") => self.registry_files(inner),
                ValueInner::Table(inner) if named_file(inner).is_some() => {
                    let file = named_file(inner).unwrap_or_default();
                    let title = format!("`{kind}` is not a registry");
                    let help = format!("write the path alone: `{kind} = \"{file}\"`");
                    self.wrong(key.span, title, "a section with a path in it", &help);
                    None
                }
                ValueInner::String(text) if matches!(&**text, "*" | "**" | "any") => {
                    let title = format!("`{text}` is not the path of a registry");
                    let help = format!("write `{kind} = {{ open = true }}` to accept any id");
                    self.wrong(value.span, title, "a path is needed here", &help);
                    None
                }
                ValueInner::String(_) => {
                    let file = self.path(value, &kind);
                    file.map(|file| {
                        RegistrySource::Files(RegistryFiles { files: vec![file], at: Vec::new() })
                    })
                }
                ValueInner::Array(ids) => Some(RegistrySource::Ids(self.ids(&kind, ids))),
                ValueInner::Table(inner) if !inner.is_empty() => {
                    self.registries(&kind, inner, out);
                    None
                }
                _ => {
                    self.not_a_registry(prefix, &kind, key, value);
                    None
                }
            };
            if let Some(source) = source {
                self.registry(kind, key, source, out);
            }
        }
    }

    /// `{ open = true }`.
    fn open_registry(
        &mut self,
        kind: &str,
        key: &Key<'_>,
        value: &Value<'_>,
        out: &mut Vec<(String, RegistrySource)>,
    ) {
        match value.as_bool() {
            Some(true) => self.registry(kind.to_owned(), key, RegistrySource::Open, out),
            Some(false) => {
                let title = format!("`{kind}` has no ids");
                let help = format!("{HELP}; remove `{kind}` if content defines its ids");
                self.wrong(value.span, title, "neither open nor listed", &help);
            }
            None => {
                let label = format!("this is {}", a(value));
                self.wrong(value.span, "`open` is not `true`", label, "write `{ open = true }`");
            }
        }
    }

    /// `{ file = "game.json", at = "npcs[]" }`.
    fn registry_files(&mut self, table: &Table<'_>) -> Option<RegistrySource> {
        self.known(table, "a registry in files", &["file", "at"]);
        let value = table.get("file")?;
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        if values.is_empty() {
            self.wrong(value.span, "a registry without files", "this list is empty", HELP);
        }
        let files = values.iter().filter_map(|value| self.path(value, "file")).collect();
        let at = table.get("at").and_then(|value| self.place(value));
        Some(RegistrySource::Files(RegistryFiles { files, at: at.map(|(_, at)| at).unwrap_or_default() }))
    }

    fn check_kind_name(&mut self, key: &Key<'_>) {
        if is_kind(&key.name) {
            return;
        }
        let words: Vec<String> = key.name.split('.').map(heck::ToKebabCase::to_kebab_case).collect();
        let kebab = words.join(".");
        let help = if is_kind(&kebab) {
            format!("write `{kebab}`")
        } else {
            "kinds are lower-case words with `-` or `.` between them, such as `npc` or `quest.objective`"
                .to_owned()
        };
        self.wrong(key.span, format!("`{}` cannot be a kind", key.name), "not kebab-case", &help);
    }

    fn not_a_registry(&mut self, prefix: &str, kind: &str, key: &Key<'_>, value: &Value<'_>) {
        let label = if value.as_table().is_some() {
            "this is empty".to_owned()
        } else {
            format!("this is {}", a(value))
        };
        let near = (!prefix.is_empty()).then(|| did_you_mean(&key.name, std::iter::once("open"))).flatten();
        let span = if near.is_some() { key.span } else { value.span };
        let help = near.unwrap_or_else(|| HELP.to_owned());
        self.wrong(span, format!("`{kind}` is not a registry"), label, &help);
    }

    fn registry(
        &mut self,
        kind: String,
        key: &Key<'_>,
        source: RegistrySource,
        out: &mut Vec<(String, RegistrySource)>,
    ) {
        if out.iter().any(|(known, _)| *known == kind) {
            let title = format!("`{kind}` has two registries");
            self.wrong(
                key.span,
                title,
                "one of them is here",
                "`a.b` and `\"a.b\"` are the same kind: keep one",
            );
            return;
        }
        self.registry_names.push(Located { text: kind.clone(), span: self.span(key.span) });
        out.push((kind, source));
    }

    fn ids(&mut self, kind: &str, ids: &[Value<'_>]) -> Vec<Located> {
        let mut out = Vec::with_capacity(ids.len());
        for id in ids {
            match id.as_str() {
                Some("") => {
                    self.wrong(
                        id.span,
                        format!("an id of `{kind}` is empty"),
                        "nothing can be named so",
                        "write the id, or remove this",
                    );
                }
                Some(text) => out.push(Located { text: text.to_owned(), span: self.span(id.span) }),
                None => {
                    let label = format!("this is {}", a(id));
                    self.wrong(
                        id.span,
                        format!("an id of `{kind}` is not a text"),
                        label,
                        "write ids in quotes",
                    );
                }
            }
        }
        out
    }
}

/// The path in a registry that is written as a section: `{ file = "npcs.json" }`.
fn named_file<'t>(table: &'t Table<'_>) -> Option<&'t str> {
    let mut pairs = table.iter();
    let (Some((key, value)), None) = (pairs.next(), pairs.next()) else { return None };
    let is_path = matches!(&*key.name, "path" | "from" | "source" | "ids" | "list");
    value.as_str().filter(|_| is_path)
}

/// One or more kebab-case words with dots between them; the rule for kinds in schemas.
fn is_kind(name: &str) -> bool {
    name.split('.').all(|word| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    })
}
