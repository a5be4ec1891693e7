//! Ids as constants (`constants` in the manifest): `ItemId::RUSTED_BLADE`.

use super::names::identifier;
use crate::check::{Resolved, Row};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::{KindId, Model};
use crate::text::Span;
use std::collections::HashMap;

/// The constants of one kind.
#[derive(Debug)]
pub struct Constants {
    pub kind: KindId,
    pub ids: Vec<Constant>,
}

/// An id as a constant.
#[derive(Debug)]
pub struct Constant {
    pub name: String,
    pub row: u32,
    /// The text of the id.
    pub id: String,
    /// What players call the object, if the schema says where that stands (`x-text` with `unique`).
    pub title: Option<String>,
}

/// Makes the constants of the kinds that the manifest names, each with its place there. Reports ids that would have one name.
pub fn constants(
    model: &Model,
    resolved: &Resolved<'_>,
    wanted: &[(String, Span)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Constants> {
    let tables = &resolved.ids;
    let mut all = Vec::new();
    for (path, span) in wanted {
        let Some(kind) = model.kind_named(path) else {
            let known = model.kinds.iter().map(|kind| kind.path.as_str());
            diagnostics.push(
                Diagnostic::new(&code::MANIFEST, format!("there are no ids of the kind `{path}`"))
                    .label(*span, "no schema names it")
                    .maybe_help(did_you_mean(path, known)),
            );
            continue;
        };
        if model.kind(kind).parent.is_some() {
            diagnostics.push(
                Diagnostic::new(&code::MANIFEST, format!("ids of `{path}` cannot be constants"))
                    .label(*span, "two of them can be equal, in different objects")
                    .help(format!("name them in code with `{}!`", model.kind(kind).noun().replace('-', "_"))),
            );
            continue;
        }
        let mut taken: HashMap<String, usize> = HashMap::new();
        let mut ids = Vec::new();
        for (row, id) in tables.of(kind).list.iter().enumerate() {
            let name = constant_name(&id.text);
            if let Some(first) = taken.insert(name.clone(), row) {
                // One id twice has been reported.
                if tables.of(kind).list[first].text == id.text {
                    continue;
                }
                let mut diagnostic = Diagnostic::new(
                    &code::NAME_COLLISION,
                    format!(
                        "`{}` and `{}` would both be `{name}` in Rust",
                        tables.of(kind).list[first].text,
                        id.text
                    ),
                );
                for (span, label) in
                    [(id.span, "the second one"), (tables.of(kind).list[first].span, "the first one")]
                {
                    if let Some(span) = span {
                        diagnostic = diagnostic.label(span, label);
                    }
                }
                diagnostics.push(diagnostic.help(format!(
                    "change one of the ids, or take `{path}` out of `constants` in the manifest: `{}!` needs no such names",
                    model.kind(kind).noun().replace('-', "_")
                )));
                continue;
            }
            let title = title(model, resolved, kind, row as u32);
            ids.push(Constant { name, row: row as u32, id: id.text.clone().into_owned(), title });
        }
        all.push(Constants { kind, ids });
    }
    all
}

/// The name by which people tell an object from others.
fn title(model: &Model, resolved: &Resolved<'_>, kind: KindId, row: u32) -> Option<String> {
    let record = model.kind(kind).rows()?;
    let text = model.texts.iter().find(|text| text.record == record && text.unique)?;
    let title = resolved.content.node(Row { record, row }, text.field)?.text()?;
    title.lines().next().map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned)
}

/// Upper case with `_` between words; letters of any script stay.
fn constant_name(id: &str) -> String {
    let name = identifier(id);
    let name = name.trim_start_matches("r#").trim_end_matches('_').to_uppercase();
    if name.starts_with('_') || name.starts_with(unicode_ident::is_xid_start) {
        name
    } else {
        format!("_{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (id, name) in [
            ("Rusted Blade", "RUSTED_BLADE"),
            ("Smith's Blade", "SMITH_S_BLADE"),
            ("2nd-chance", "_2ND_CHANCE"),
            ("crystalOre", "CRYSTAL_ORE"),
            ("灵露丸", "灵露丸"),
            ("self", "SELF"),
            ("7", "_7"),
            ("?!", "QUESTION_NOT"),
            ("type", "TYPE"),
        ] {
            assert_eq!(constant_name(id), name, "{id}");
        }
    }
}
