//! What can be written at a place: ids that it may name, values, names of properties.

use super::hover::documented;
use crate::context::{Context, Style, context};
use crate::question::{Answer, Asked};
use crate::view::{Place, Shown, View};
use gen_lsp_types::{
    CompletionItem, CompletionItemKind, Documentation, InsertTextFormat, MarkupContent, MarkupKind, Range,
    TextEdit,
};
use quest_compiler::check::Row;
use quest_compiler::driver::look;
use quest_compiler::schema::{DefaultValue, Field, IdAffix, Origin, RecordId, Shape};
use serde_json::{Value, json as object};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// The most ids that are offered. With more letters there are fewer.
const MOST: usize = 1000;

/// What stands for a word that is not written yet, so that the file around it can be read.
const PLACEHOLDER: &str = "questc";

/// `textDocument/completion`.
pub(crate) fn answer(asked: &Asked<'_, '_>) -> Answer {
    let view = asked.view;
    let Some(place) = view.place(asked.uri, asked.position()?) else { return Ok(Value::Null) };
    let style = Style::of(view.shown.files.name(place.file));
    let context = context(view.text(place.file), place.byte, style);
    if let Some(row) = row_at(view, place) {
        return Ok(offers(asked, view, place, &context, style, row));
    }
    // Nothing of the file could be read, so it is read with a word where one is missing.
    let mut request = view.request.clone();
    let path = Path::new(view.shown.files.name(place.file));
    request.unsaved.insert(path, Arc::new(completed(view.text(place.file), &context, style)));
    let mut found = Value::Null;
    look(&request, &mut |_| {}, &mut |checked, diagnostics| {
        let open = HashMap::new();
        let shown = Shown::new(checked.typed.files, asked.abilities.columns, &open);
        let other = View::new(checked, diagnostics, shown, &request);
        let within = Place { byte: context.word.start, ..place };
        if let Some(row) = row_at(&other, within) {
            found = offers(asked, &other, place, &context, style, row);
        }
    });
    Ok(found)
}

/// A text with a placeholder for the word that is being written.
fn completed(text: &str, context: &Context, style: Style) -> String {
    let separator = style.separator();
    let rest = text[context.word.end..].split('\n').next().unwrap_or_default();
    let word = match (&context.property, context.quoted) {
        (_, true) if rest.contains(['"', '\'']) => PLACEHOLDER.to_owned(),
        (_, true) => {
            let quote = text[..context.word.start].chars().next_back().unwrap_or('"');
            format!("{PLACEHOLDER}{quote}")
        }
        (Some(_), false) if style == Style::Yaml => PLACEHOLDER.to_owned(),
        (Some(_), false) => format!("\"{PLACEHOLDER}\""),
        (None, false) if style == Style::Json => format!("\"{PLACEHOLDER}\": 0"),
        (None, false) => format!("{PLACEHOLDER} {separator} 0"),
    };
    let mut text = text.to_owned();
    text.replace_range(context.word.clone(), &word);
    text
}

fn offers(
    asked: &Asked<'_, '_>,
    view: &View<'_>,
    place: Place,
    context: &Context,
    style: Style,
    row: Row,
) -> Value {
    let written = asked.view.text(place.file).get(context.word.start..place.byte).unwrap_or_default();
    let range = asked.view.shown.lines(place.file).range(context.word.start, context.word.end);
    let mut offers = Offers {
        snippets: asked.abilities.snippets,
        view,
        place,
        context,
        written,
        range,
        style,
        row,
        items: Vec::new(),
        incomplete: false,
    };
    match &context.property {
        Some(property) => offers.values(property),
        None => offers.names(),
    }
    object!({ "isIncomplete": offers.incomplete, "items": offers.items })
}

/// The object around a place. In a file with syntax errors the object may end before it: then the last one that starts before it.
fn row_at(view: &View<'_>, place: Place) -> Option<Row> {
    view.object_at(place).filter(|row| !is_document(view, *row)).or_else(|| {
        let content = &view.checked.resolved.content;
        let started =
            view.rows(place.file).filter(|row| (content.object(*row).span().start as usize) < place.byte);
        let broken = |row: &Row| content.document(*row).broken;
        started
            .filter(broken)
            .max_by_key(|row| content.object(*row).span().start)
            .or_else(|| view.object_at(place))
    })
}

/// Whether an object is a whole document, which is around everything in it.
fn is_document(view: &View<'_>, row: Row) -> bool {
    view.checked.typed.model.record(row.record).root && view.checked.resolved.content.document(row).broken
}

struct Offers<'o, 'v> {
    snippets: bool,
    view: &'o View<'v>,
    place: Place,
    context: &'o Context,
    /// What is written of the word already.
    written: &'o str,
    range: Range,
    style: Style,
    row: Row,
    items: Vec<CompletionItem>,
    incomplete: bool,
}

impl Offers<'_, '_> {
    fn values(&mut self, property: &str) {
        let model = &self.view.checked.typed.model;
        let record = model.record(self.row.record);
        let Some(field) = record.fields.iter().find(|field| field.is_property(property)) else { return };
        match field.shape.element() {
            Shape::Link(spec) => self.ids(&spec.affixes, &spec.syntax.separator),
            Shape::Target(target) => {
                let target = model.target(*target);
                let variant = self.view.checked.resolved.content.variant(self.row, target.by);
                if let Some(affixes) = variant.and_then(|variant| target.affixes.get(variant)) {
                    self.ids(affixes, &target.syntax.separator);
                }
            }
            Shape::Enum(id) => {
                for (at, variant) in model.enumeration(*id).variants.iter().enumerate() {
                    self.value(&variant.json, CompletionItemKind::EnumMember, at, |item| {
                        item.documentation = variant.description.clone().map(Documentation::String);
                    });
                }
            }
            Shape::Boolean => {
                for (at, word) in ["true", "false"].into_iter().enumerate() {
                    self.word(word, CompletionItemKind::Value, at);
                }
            }
            Shape::Record(record) => self.skeleton(*record),
            _ => {}
        }
        if field.nullable
            && let Some(null) = self.null()
        {
            self.word(null, CompletionItemKind::Value, usize::from(u16::MAX));
        }
    }

    fn null(&self) -> Option<&'static str> {
        let content = &self.view.checked.resolved.content;
        content.object(self.row).null_word().filter(|_| !self.context.quoted)
    }

    /// Ids of some kinds: those within an object around this one first, and others of such a kind not at all.
    fn ids(&mut self, affixes: &[IdAffix], separator: &str) {
        let (model, resolved) = (&self.view.checked.typed.model, &self.view.checked.resolved);
        let written = self.written.to_lowercase();
        for IdAffix { kind, prefix, suffix } in affixes {
            let around = model
                .kind(*kind)
                .parent
                .and_then(|parent| resolved.ids.enclosing(model, &resolved.content, self.row, parent));
            let own: Vec<u32> =
                self.view.own(self.row).filter(|(of, _)| of == kind).map(|(_, row)| row).collect();
            for (row, id) in (0..).zip(&resolved.ids.of(*kind).list) {
                let is_scoped = model.kind(*kind).parent.is_some();
                if (is_scoped && around.is_some_and(|around| around != id.parent)) || own.contains(&row) {
                    continue;
                }
                let path = match around {
                    None if is_scoped => self.view.path((*kind, row)).replace(':', separator),
                    _ => id.text.to_string(),
                };
                let title = self.view.title((*kind, row));
                let names = [Some(path.as_str()), title.as_deref()];
                if !names.iter().flatten().any(|name| name.to_lowercase().contains(&written)) {
                    continue;
                }
                if self.items.len() >= MOST {
                    self.incomplete = true;
                    return;
                }
                let noun = model.kind(*kind).noun().to_owned();
                let at = self.items.len();
                self.value(&format!("{prefix}{path}{suffix}"), CompletionItemKind::Reference, at, |item| {
                    item.detail = Some(match &title {
                        Some(title) => format!("{title} ({noun})"),
                        None => noun,
                    });
                });
            }
        }
    }

    /// Offers a text as the value, with quotes where they are needed and are not there.
    fn value(
        &mut self,
        text: &str,
        kind: CompletionItemKind,
        rank: usize,
        more: impl FnOnce(&mut CompletionItem),
    ) {
        let is_word = text.starts_with(char::is_alphabetic)
            && text.chars().all(|sign| sign.is_alphanumeric() || matches!(sign, '-' | '_'));
        let bare = self.context.quoted || (self.style == Style::Yaml && is_word);
        let new = if bare { text.to_owned() } else { format!("\"{text}\"") };
        let mut item = self.item(text, new, kind, rank);
        item.filter_text = Some(if bare { text.to_owned() } else { format!("\"{text}") });
        if bare || self.written.is_empty() {
            item.filter_text = None;
        }
        more(&mut item);
        self.items.push(item);
    }

    /// Offers a word that has no quotes.
    fn word(&mut self, word: &str, kind: CompletionItemKind, rank: usize) {
        if !self.context.quoted {
            let item = self.item(word, word.to_owned(), kind, rank);
            self.items.push(item);
        }
    }

    fn item(&self, label: &str, new: String, kind: CompletionItemKind, rank: usize) -> CompletionItem {
        CompletionItem {
            label: label.to_owned(),
            kind: Some(kind),
            sort_text: Some(format!("{rank:06}")),
            text_edit: Some(TextEdit { range: self.range, new_text: new }.into()),
            ..CompletionItem::default()
        }
    }

    /// Names of properties that the object does not have.
    fn names(&mut self) {
        let model = &self.view.checked.typed.model;
        let object = self.view.checked.resolved.content.object(self.row);
        let fields = &model.record(self.row.record).fields;
        let missing = fields.iter().filter(|field| {
            let own = object.property(&field.json).map(|(name, _)| name.span());
            let here =
                own.is_some_and(|span| (span.start as usize..=span.end as usize).contains(&self.place.byte));
            field.origin == Origin::Property && (own.is_none() || here)
        });
        for (at, field) in missing.enumerate() {
            let name = field.json.as_str();
            let separator = self.style.separator();
            let quoted = self.style == Style::Json;
            let new = match (self.context.quoted, quoted, self.style) {
                (true, ..) => name.to_owned(),
                (false, true, _) => format!("\"{name}\": "),
                (_, _, Style::Toml) => format!("{name} {separator} "),
                _ => format!("{name}{separator} "),
            };
            let rank = at + if field.required { 0 } else { fields.len() };
            let mut item = self.item(name, new, CompletionItemKind::Property, rank);
            if !self.context.quoted && quoted && !self.written.is_empty() {
                item.filter_text = Some(name.to_owned());
            }
            item.detail = Some(if field.required { "required".to_owned() } else { "optional".to_owned() });
            let value = documented(field);
            item.documentation =
                Some(Documentation::MarkupContent(MarkupContent { kind: MarkupKind::Markdown, value }));
            self.items.push(item);
        }
    }

    /// Offers an object with the properties that it must have.
    fn skeleton(&mut self, record: RecordId) {
        if !self.snippets || self.context.quoted {
            return;
        }
        let mut stops = 0;
        let Some(text) = self.object(record, &mut stops, 0) else { return };
        let name = self.view.checked.typed.model.record(record).name.clone();
        let mut item = self.item(&format!("new {name}"), text, CompletionItemKind::Snippet, 0);
        item.insert_text_format = Some(InsertTextFormat::Snippet);
        self.items.push(item);
    }

    /// An object as a snippet. `None` in formats that do not write one on a line.
    fn object(&self, record: RecordId, stops: &mut usize, depth: usize) -> Option<String> {
        let (open, close) = match self.style {
            Style::Json => ("{ ", " }"),
            Style::Ron => ("(", ")"),
            Style::Yaml | Style::Toml => return None,
        };
        let fields = &self.view.checked.typed.model.record(record).fields;
        let needed = fields.iter().filter(|field| {
            field.origin == Origin::Property && field.required && field.default == DefaultValue::None
        });
        let members: Vec<String> = needed
            .map(|field| {
                let name = if self.style == Style::Json {
                    format!("\"{}\"", field.json)
                } else {
                    field.json.to_string()
                };
                format!("{name}: {}", self.placeholder(field, stops, depth))
            })
            .collect();
        Some(format!("{open}{}{close}", members.join(", ")))
    }

    fn placeholder(&self, field: &Field, stops: &mut usize, depth: usize) -> String {
        if let (Shape::Record(record), true) = (&field.shape, depth < 3)
            && let Some(object) = self.object(*record, stops, depth + 1)
        {
            return object;
        }
        *stops += 1;
        match &field.shape {
            Shape::List(_) => format!("[${stops}]"),
            Shape::Boolean => format!("${{{stops}:false}}"),
            Shape::Integer { .. } | Shape::Number => format!("${{{stops}:0}}"),
            Shape::Text | Shape::Key(_) | Shape::Link(_) | Shape::Target(_) | Shape::Enum(_) => {
                format!("\"${stops}\"")
            }
            _ => format!("${stops}"),
        }
    }
}
