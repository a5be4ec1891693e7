//! `[journal]`, `[renames]` and `[lock]`: what saves of a game depend on.

use super::{ManifestReader, a};
use crate::project::located::Located;
use crate::text::Span;
use toml_span::value::Table;

/// What the manifest says about saves.
#[derive(Debug, Default)]
pub struct Saves {
    /// What saves call the game.
    pub game: Option<String>,
    pub renames: Vec<Rename>,
    /// The kinds whose ids are locked; all that content defines, if it does not say.
    pub locked: Option<Vec<Located>>,
}

/// An id that had another name.
#[derive(Debug)]
pub struct Rename {
    /// The kind, such as `quest.stage`.
    pub kind: Located,
    /// The path of the id before.
    pub old: Located,
    /// The path of the id now.
    pub new: Located,
}

const RENAMES_HELP: &str = "write the kind, the id before and the id now, such as `quest = { \"lost-hammers\" = \"lost-tools\" }` or `\"quest.stage\" = { \"iron-path:the-descent\" = \"iron-path:find-descent\" }`";

impl ManifestReader<'_> {
    pub(super) fn saves(&mut self, root: &Table<'_>) -> Saves {
        let mut saves = Saves::default();
        if let Some(table) = self.section(root, "journal") {
            self.known(table, "`[journal]`", &["game"]);
            if let Some(value) = table.get("game") {
                let help = "write a name in quotes, such as `\"rune-rust\"`";
                saves.game = self.located(value, "game", help).map(|game| game.text);
            }
        }
        if let Some(table) = self.section(root, "lock") {
            self.known(table, "`[lock]`", &["kinds"]);
            let help = "write a list of kinds, such as `[\"quest\", \"quest.stage\"]`";
            saves.locked = table.get("kinds").map(|value| self.texts(value, "kinds", help));
        }
        if let Some(table) = self.section(root, "renames") {
            for (key, value) in table {
                match value.as_table() {
                    Some(inner) => {
                        let span = self.span(key.span);
                        self.renames(&key.name, span, inner, &mut saves.renames);
                    }
                    None => {
                        let title = format!("`{}` does not say what was renamed", key.name);
                        self.wrong(value.span, title, format!("this is {}", a(value)), RENAMES_HELP);
                    }
                }
            }
        }
        saves
    }

    /// Renames of one kind; `a.b = …` without quotes is a table in a table to TOML, and the kind `a.b` to us.
    fn renames(&mut self, kind: &str, span: Span, table: &Table<'_>, out: &mut Vec<Rename>) {
        for (old, new) in table {
            if let Some(deeper) = new.as_table() {
                let span = self.span(old.span);
                self.renames(&format!("{kind}.{}", old.name), span, deeper, out);
            } else if let Some(text) = new.as_str() {
                out.push(Rename {
                    kind: Located { text: kind.to_owned(), span },
                    old: Located { text: old.name.to_string(), span: self.span(old.span) },
                    new: Located { text: text.to_owned(), span: self.span(new.span) },
                });
            } else {
                let title = format!("`{}` has no new name", old.name);
                self.wrong(new.span, title, format!("this is {}", a(new)), RENAMES_HELP);
            }
        }
    }
}
