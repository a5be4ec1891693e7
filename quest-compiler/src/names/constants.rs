//! Ids as constants (`constants` in the manifest): `ItemId::RUSTED_BLADE`.

use super::ident::constant_name;
use super::scope::{Collision, Scope};
use crate::check::{Id, Resolved, Row};
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::narrow::narrow_u32;
use crate::schema::{IdKind, KindId, Model};
use crate::text::Span;

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
    /// The title of the object, if the schema says which field holds it (`x-text` with `unique`).
    pub title: Option<String>,
}

/// Makes the constants of the kinds that the manifest names, each with its span there. Ids whose constants would have one name are
/// reported.
pub fn constants(
    model: &Model,
    resolved: &Resolved<'_>,
    wanted: &[(String, Span)],
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Constants> {
    let mut all = Vec::new();
    for (path, span) in wanted {
        match kind_for_constants(model, path, *span) {
            Ok(kind) => all.push(constants_of(model, resolved, kind, diagnostics)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    all
}

/// The kind that an entry of the manifest names.
fn kind_for_constants(model: &Model, path: &str, span: Span) -> Result<KindId, Box<Diagnostic>> {
    let Some(kind) = model.kind_named(path) else {
        let known = model.kinds.iter().map(|kind| kind.path.as_str());
        return Err(Box::new(
            Diagnostic::new(&code::MANIFEST, format!("there are no ids of the kind `{path}`"))
                .label(span, "no schema names it")
                .maybe_help(did_you_mean(path, known)),
        ));
    };
    if model.kind(kind).parent.is_some() {
        return Err(Box::new(
            Diagnostic::new(&code::MANIFEST, format!("ids of `{path}` cannot be constants"))
                .label(span, "two of them can be equal, in different objects")
                .help(format!("name them in code with `{}!`", macro_of(model.kind(kind)))),
        ));
    }
    Ok(kind)
}

fn constants_of(
    model: &Model,
    resolved: &Resolved<'_>,
    kind: KindId,
    diagnostics: &mut Vec<Diagnostic>,
) -> Constants {
    let list = &resolved.ids.of(kind).list;
    let mut scope: Scope<usize> = Scope::default();
    let mut ids = Vec::new();
    for (row, id) in list.iter().enumerate() {
        let name = constant_name(&id.text);
        if let Err(Collision { first, .. }) = scope.try_reserve(&name, row) {
            let first = &list[*first];
            // A duplicate id has been reported.
            if first.text != id.text {
                diagnostics.push(collision(&name, first, id, model.kind(kind)));
            }
            continue;
        }
        let row = narrow_u32(row);
        let title = title(model, resolved, kind, row);
        ids.push(Constant { name, row, id: id.text.clone().into_owned(), title });
    }
    Constants { kind, ids }
}

fn collision(name: &str, first: &Id<'_>, second: &Id<'_>, kind: &IdKind) -> Diagnostic {
    let title = format!("`{}` and `{}` would both be `{name}` in Rust", first.text, second.text);
    let mut diagnostic = Diagnostic::new(&code::NAME_COLLISION, title);
    for (span, label) in [(second.span, "the second one"), (first.span, "the first one")] {
        if let Some(span) = span {
            diagnostic = diagnostic.label(span, label);
        }
    }
    diagnostic.help(format!(
        "change one of the ids, or take `{}` out of `constants` in the manifest: `{}!` needs no such names",
        kind.path,
        macro_of(kind)
    ))
}

/// The macro that names ids of a kind.
fn macro_of(kind: &IdKind) -> String {
    kind.noun().replace('-', "_")
}

/// The first line of the text by which people tell an object from others.
fn title(model: &Model, resolved: &Resolved<'_>, kind: KindId, row: u32) -> Option<String> {
    let record = model.kind(kind).rows()?;
    let text = model.texts.iter().find(|text| text.record == record && text.unique)?;
    let title = resolved.content.node(Row { record, row }, text.field)?.text()?;
    title.lines().next().map(str::trim).filter(|title| !title.is_empty()).map(str::to_owned)
}
