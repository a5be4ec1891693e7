//! What a place is about: the object that an id names, or a property.

use super::json;
use crate::question::{Answer, Asked};
use crate::view::{Place, View, contains};
use gen_lsp_types::{Contents, Hover, MarkupContent, MarkupKind, Range};
use quest_compiler::check::Row;
use quest_compiler::schema::{Field, Origin, Shape};
use quest_rename::IdRow;
use serde_json::Value;

/// The most values of an object that are shown.
const MOST_VALUES: usize = 6;
/// Longer texts are cut.
const MOST_CHARS: usize = 120;

/// `textDocument/hover`.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let Some(place) = view.place(asked.uri, asked.position()?) else { return Ok(Value::Null) };
    let lines = view.shown.lines(place.file);
    let found = match quest_rename::locate(view.checked, place.file, place.byte) {
        Some((id, at)) => Some((of_id(view, id), lines.range(at.range.start, at.range.end))),
        None => of_property(view, place),
    };
    let hover = found.map(|(value, range)| Hover {
        contents: Contents::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }),
        range: Some(range),
    });
    Ok(json(hover))
}

/// An id: what it names, and how often it is used.
pub(crate) fn of_id(view: &View<'_>, id: IdRow) -> String {
    let model = &view.checked.typed.model;
    let kind = model.kind(id.0);
    let path = view.path(id);
    let mut text = match view.title(id) {
        Some(title) => format!("**{}**\n\n{} `{path}`", escaped(&title), kind.noun()),
        None => format!("{} `{path}`", kind.noun()),
    };
    match view.object(id) {
        Some(row) => {
            if let Some(description) = &model.record(row.record).description {
                text.push_str(&format!("\n\n{}", description.trim()));
            }
            text.push_str(&values(view, row));
        }
        None => text.push_str("\n\nfrom a registry"),
    }
    let count = quest_rename::places(view.checked, id).references.len();
    let used = match count {
        0 => "used nowhere".to_owned(),
        1 => "used in 1 place".to_owned(),
        count => format!("used in {count} places"),
    };
    text.push_str(&format!("\n\n{used}"));
    text
}

/// The first values of an object that can be shown in a line.
fn values(view: &View<'_>, row: Row) -> String {
    let content = &view.checked.resolved.content;
    let fields = &view.checked.typed.model.record(row.record).fields;
    let mut lines = String::new();
    let shown = fields.iter().enumerate().filter(|(_, field)| {
        let scalar = !matches!(
            field.shape,
            Shape::Key(_) | Shape::Record(_) | Shape::List(_) | Shape::Map(_) | Shape::Json | Shape::Union(_)
        );
        scalar && field.origin == Origin::Property
    });
    let values = shown.filter_map(|(at, field)| {
        let node = content.node(row, at).filter(|node| !node.is_null())?;
        Some((&field.json, node.text().unwrap_or_else(|| node.raw().into())))
    });
    for (name, value) in values.take(MOST_VALUES) {
        let mut value: String = value.lines().next().unwrap_or_default().to_owned();
        if value.chars().count() > MOST_CHARS {
            value = value.chars().take(MOST_CHARS).chain(['…']).collect();
        }
        lines.push_str(&format!("\n- {}: {}", escaped(name.as_str()), escaped(&value)));
    }
    if lines.is_empty() { lines } else { format!("\n{lines}") }
}

fn of_property(view: &View<'_>, place: Place) -> Option<(String, Range)> {
    let row = view.object_at(place)?;
    let (name, _, field) = view.property_at(row, place)?;
    let field = field.filter(|_| contains(name.span(), place))?;
    Some((documented(field), view.shown.range(name.span())))
}

/// What the schema says of a property.
pub(crate) fn documented(field: &Field) -> String {
    let mut text = format!("**{}**", escaped(field.json.as_str()));
    if !field.required {
        text.push_str(" (optional)");
    }
    if let Some(description) = &field.description {
        text.push_str(&format!("\n\n{}", description.trim()));
    }
    for constraint in &field.constraints {
        text.push_str(&format!("\n- {constraint}"));
    }
    if let Some(source) = &field.source {
        text.push_str(&format!("\n\nSource: {source}"));
    }
    text
}

/// A text of the content as Markdown that shows it as it is.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(
            sign,
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '!' | '~' | '&'
        ) {
            escaped.push('\\');
        }
        escaped.push(sign);
    }
    escaped
}
