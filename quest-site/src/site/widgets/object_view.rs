//! The contents of an object, whatever its schema is: short values as a list of facts, nested objects as sections.

use super::value::{MAX_CHARS, MAX_VALUES, is_short, is_short_text, plain};
use crate::site::context::Site;
use crate::site::markup::{NL, heading, up};
use maud::{Markup, PreEscaped, html};
use quest_compiler::check::{ResolvedRef, Row, id_text, references};
use quest_compiler::schema::{Field, KindId, Model, Origin, Shape};
use quest_compiler::source::{Node, NodeKind};
use std::cell::Cell;

/// Nested objects shown on one page.
const MAX_OBJECTS: usize = 700;
/// Fields of an object that is a row of a table.
const MAX_COLUMNS: usize = 8;

/// Renders objects on one page. Like the pages of all ids, it is in two folders.
pub(crate) struct ObjectView<'s, 'p, 'c, 'a> {
    site: &'s Site<'p, 'c, 'a>,
    /// The relative path from the page to the root folder.
    up: String,
    /// The address of the page, to which links are only anchors.
    page: String,
    /// How many more nested objects are shown.
    left: Cell<usize>,
}

impl<'s, 'p, 'c, 'a> ObjectView<'s, 'p, 'c, 'a> {
    pub(crate) fn new(site: &'s Site<'p, 'c, 'a>, page: &str) -> Self {
        Self { site, up: up(page), page: page.to_owned(), left: Cell::new(MAX_OBJECTS) }
    }

    fn model(&self) -> &'c Model {
        self.site.objects.model()
    }

    /// The address of an id, relative to the page.
    pub(crate) fn href(&self, kind: KindId, id: u32) -> Option<String> {
        let href = self.site.links.href(kind, id)?;
        let here = href.strip_prefix(self.page.as_str()).filter(|rest| rest.starts_with('#'));
        Some(here.map_or_else(|| format!("{}{href}", self.up), str::to_owned))
    }

    /// A link with the title and text of an id.
    pub(crate) fn link(&self, kind: KindId, id: u32) -> Markup {
        let objects = self.site.objects;
        let (text, title) = (objects.text(kind, id), objects.title(kind, id));
        let words = html! {
            @match title {
                Some(title) if title != text => { (title) " " code { (text) } }
                _ => code { (text) },
            }
        };
        html! {
            @match self.href(kind, id) {
                Some(href) => a href=(href) { (words) },
                None => (words),
            }
        }
    }

    /// The name of a field, with a link to its description. `site.js` adds a tooltip.
    fn name(&self, row: Row, field: usize) -> PreEscaped<&'s str> {
        PreEscaped(self.site.types.field_name(row.record, field))
    }

    /// All fields of an object except its title, which is in the heading.
    pub(crate) fn object(&self, row: Row, level: u8) -> Markup {
        let fields = self.fields(row);
        html! { (self.facts(row, &fields)) (self.parts(row, &fields, level)) }
    }

    /// The fields of an object to show.
    pub(crate) fn fields(&self, row: Row) -> Vec<ShownField<'c>> {
        let fields = self.model().record(row.record).fields.iter().enumerate();
        // Ids and names in maps are in the heading, and a property such as `$schema` is not about the object.
        let hidden = |field: &Field| {
            matches!(field.shape, Shape::Key(_))
                || field.origin == Origin::MapName
                || field.json.starts_with('$')
        };
        let present = fields.filter(|(at, field)| !hidden(field) && self.is_present(row, *at));
        let title = self.site.objects.title_of(row);
        let is_title = |at: usize, field: &Field| {
            field.shape == Shape::Text
                && title.is_some()
                && self.site.objects.value(row, at).and_then(Node::text) == title
        };
        let shown = present.filter(|(at, field)| !is_title(*at, field));
        shown.map(|(at, field)| ShownField { at, field, form: self.form(row, at, field) }).collect()
    }

    /// Texts and short values.
    pub(crate) fn facts(&self, row: Row, fields: &[ShownField<'_>]) -> Markup {
        let of = |form: Form| fields.iter().filter(move |field| field.form == form);
        html! {
            @for ShownField { at, .. } in of(Form::Text) {
                p.text { span.label { (self.name(row, *at)) } " " (self.inline(row, *at)) } (NL)
            }
            @if of(Form::Fact).next().is_some() {
                dl.facts { (NL)
                    @for ShownField { at, .. } in of(Form::Fact) {
                        div { dt { (self.name(row, *at)) } dd { (self.inline(row, *at)) } } (NL)
                    }
                } (NL)
            }
        }
    }

    /// Nested objects.
    pub(crate) fn parts(&self, row: Row, fields: &[ShownField<'_>], level: u8) -> Markup {
        html! {
            @for part in fields.iter().filter(|field| field.form == Form::Part) {
                (self.part(row, part.at, part.field, level))
            }
        }
    }

    /// Whether a field has a value that is not an empty list or map of objects.
    fn is_present(&self, row: Row, field: usize) -> bool {
        let cell = self.site.objects.inspection.resolved.content.table(row.record).cell(row.row, field);
        let described = &self.model().record(row.record).fields[field];
        let rows = matches!(described.shape, Shape::Map(_))
            || matches!(&described.shape, Shape::List(element) if matches!(**element, Shape::Record(_) | Shape::Union(_)));
        !(cell.is_absent() || rows && cell.children().is_empty())
    }

    /// How a field is shown.
    fn form(&self, row: Row, at: usize, field: &Field) -> Form {
        match field.shape.element() {
            Shape::Record(_) | Shape::Map(_) | Shape::Union(_) => Form::Part,
            Shape::Json if self.site.objects.value(row, at).is_some_and(is_short) => Form::Fact,
            Shape::Json => Form::Part,
            Shape::Text if !matches!(field.shape, Shape::List(_)) => {
                let value = self.site.objects.value(row, at).and_then(Node::text);
                if value.is_none_or(|text| is_short_text(&text)) { Form::Fact } else { Form::Text }
            }
            _ => Form::Fact,
        }
    }

    /// A value on one line.
    fn inline(&self, row: Row, at: usize) -> Markup {
        let Some(node) = self.site.objects.value(row, at) else { return html! {} };
        let values: Vec<(usize, Node<'_>)> = references(node).enumerate().collect();
        html! {
            @if node.kind() == NodeKind::Array {
                span.values {
                    @for (number, node) in values.iter().take(MAX_VALUES) {
                        span.value { (self.element(row, at, *number, *node)) } " "
                    }
                }
                @if values.len() > MAX_VALUES { span.more { "and " (values.len() - MAX_VALUES) " more in the file" } }
            } @else {
                @for (number, node) in values { (self.element(row, at, number, node)) }
            }
        }
    }

    /// One of the values of a field: a link if it is a reference.
    fn element(&self, row: Row, at: usize, number: usize, node: Node<'_>) -> Markup {
        let kinds = match self.model().record(row.record).fields[at].shape.element() {
            Shape::Link(spec) => &spec.kinds,
            Shape::Target(target) => &self.model().target(*target).all,
            _ => return plain(node),
        };
        match self.site.objects.inspection.resolved.refs(row, at).get(number) {
            Some(ResolvedRef::Id(kind, id)) => {
                kinds.get(usize::from(*kind)).map_or_else(|| plain(node), |kind| self.link(*kind, *id))
            }
            Some(ResolvedRef::Unknown) => {
                html! { span.missing { code { (plain(node)) } " (nothing has this id)" } }
            }
            _ => plain(node),
        }
    }

    /// A field with nested objects.
    fn part(&self, row: Row, at: usize, field: &Field, level: u8) -> Markup {
        // The field of a wrapped value has no name in the content.
        let named = field.origin == Origin::Property || field.origin == Origin::Rest;
        let inner = if named { level + 1 } else { level };
        let Some(body) = self.part_body(row, at, field, inner) else { return html! {} };
        html! {
            @if named {
                section.part { (NL)
                    (heading(level, &html! { (self.name(row, at)) })) (NL)
                    (body)
                } (NL)
            } @else { (body) }
        }
    }

    /// The contents of a section; `None` if it has no objects.
    fn part_body(&self, row: Row, at: usize, field: &Field, level: u8) -> Option<Markup> {
        let element = field.shape.element();
        if *element == Shape::Json {
            return Some(self.json(row, at));
        }
        let rows = self.rows(row, at, &field.shape);
        let first = *rows.first()?;
        let is_map = matches!(element, Shape::Map(_));
        let is_record = matches!(element, Shape::Record(_));
        let in_list = matches!(field.shape, Shape::List(_));
        Some(if is_map && rows.iter().all(|row| self.only_value(*row).is_some()) {
            self.pairs(&rows)
        } else if self.is_table(&rows) {
            self.table(&rows)
        } else if is_record && rows.len() == 1 && self.is_anonymous(first) {
            // A single object needs no frame.
            self.object(first, level)
        } else if !is_map && !in_list {
            html! { @for row in &rows { (self.anchors(*row)) (self.object(*row, level)) } }
        } else {
            html! { @for row in &rows { (self.card(*row, level)) } }
        })
    }

    /// The objects nested in a field.
    fn rows(&self, row: Row, at: usize, shape: &Shape) -> Vec<Row> {
        let content = &self.site.objects.inspection.resolved.content;
        let range = content.table(row.record).cell(row.row, at).children();
        match shape.element() {
            Shape::Record(record) | Shape::Map(record) => {
                range.map(|row| Row { record: *record, row }).collect()
            }
            Shape::Union(union) => range.map(|at| content.pick(self.model(), *union, at)).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether objects fit in a table: of one record, with few fields of short values, and without ids.
    fn is_table(&self, rows: &[Row]) -> bool {
        let Some(first) = rows.first() else { return false };
        let record = self.model().record(first.record);
        rows.len() > 1
            && record.keys.is_empty()
            && record.fields.len() <= MAX_COLUMNS
            && rows.iter().all(|row| {
                let fields = self.model().record(row.record).fields.iter().enumerate();
                row.record == first.record
                    && fields
                        .filter(|(at, _)| self.is_present(*row, *at))
                        .all(|(at, field)| self.form(*row, at, field) != Form::Part)
            })
    }

    /// Whether an object has no id, title or name in a map.
    fn is_anonymous(&self, row: Row) -> bool {
        self.model().record(row.record).keys.is_empty()
            && self.site.objects.title_of(row).is_none()
            && self.map_name(row).is_none()
    }

    /// How many of some objects are shown; counts them.
    fn take(&self, rows: usize) -> usize {
        let taken = rows.min(self.left.get());
        self.left.set(self.left.get() - taken);
        taken
    }

    fn table(&self, rows: &[Row]) -> Markup {
        let Some(first) = rows.first() else { return html! {} };
        let fields = 0..self.model().record(first.record).fields.len();
        let fields: Vec<usize> =
            fields.filter(|field| rows.iter().any(|row| self.is_present(*row, *field))).collect();
        let shown = self.take(rows.len());
        html! {
            div.scroll tabindex="0" role="region" aria-label="Table" { (NL)
                table { (NL)
                    thead { tr { @for field in &fields { th scope="col" { (self.name(*first, *field)) } } } } (NL)
                    tbody { (NL)
                        @for row in &rows[..shown] {
                            tr { @for field in &fields { td { (self.inline(*row, *field)) } } } (NL)
                        }
                    } (NL)
                } (NL)
            } (NL)
            (more(rows.len() - shown))
        }
    }

    /// The field with the value of an entry of a map, if it is plain.
    fn only_value(&self, row: Row) -> Option<usize> {
        let fields = self.fields(row);
        let [only] = fields.as_slice() else { return None };
        let value = only.field.origin == Origin::MapValue && only.form == Form::Fact;
        (value && self.model().record(row.record).keys.is_empty()).then_some(only.at)
    }

    /// The entries of a map of plain values.
    fn pairs(&self, rows: &[Row]) -> Markup {
        let shown = self.take(rows.len());
        html! {
            dl.facts { (NL)
                @for row in &rows[..shown] {
                    @if let Some(at) = self.only_value(*row) {
                        div { dt { (self.map_name(*row).unwrap_or_default()) } dd { (self.inline(*row, at)) } } (NL)
                    }
                }
            } (NL)
            (more(rows.len() - shown))
        }
    }

    /// An object among others, with a heading if it has an id or a name in a map.
    fn card(&self, row: Row, level: u8) -> Markup {
        if self.take(1) == 0 {
            return html! {};
        }
        let objects = self.site.objects;
        let key = objects.id_of(row);
        let title = objects.title_of(row);
        let map = self.map_name(row);
        html! {
            div.card { (NL)
                @if key.is_some() || map.is_some() {
                    (heading(level, &html! {
                        (self.anchors(row))
                        @if let Some(title) = &title { (title) " " }
                        @match key {
                            Some((kind, id)) => code { (objects.text(kind, id)) },
                            None => code { (map.unwrap_or_default()) },
                        }
                    })) (NL)
                } @else if let Some(title) = &title {
                    p.name { (title) } (NL)
                }
                (self.object(row, level + 1))
            } (NL)
            @if self.left.get() == 0 { p.more { "More in the file." } (NL) }
        }
    }

    /// The anchors of an object: one for each of its ids.
    fn anchors(&self, row: Row) -> Markup {
        let objects = self.site.objects;
        let ids = &self.model().record(row.record).keys;
        let resolved = objects.inspection.resolved;
        let own = |kind: KindId| resolved.ids.own(self.model(), &resolved.content, kind, row);
        let ids = ids.iter().filter_map(|(kind, _)| Some((*kind, own(*kind)?)));
        // Links to a duplicated id lead to its first object.
        let ids = ids.filter(|(kind, id)| {
            self.model().kind(*kind).parent.is_some() && objects.rows(*kind, *id).first() == Some(&row)
        });
        html! { @for (kind, id) in ids { span.mark id=(self.site.links.anchor(kind, id)) {} } }
    }

    /// The name of an object in a map.
    fn map_name(&self, row: Row) -> Option<String> {
        let fields = &self.model().record(row.record).fields;
        let at = fields.iter().position(|field| field.origin == Origin::MapName)?;
        id_text(self.site.objects.value(row, at)?).map(|text| text.into_owned())
    }

    /// A value of any shape, as written.
    fn json(&self, row: Row, at: usize) -> Markup {
        let Some(node) = self.site.objects.value(row, at) else { return html! {} };
        let raw = node.raw();
        let end = raw.char_indices().nth(MAX_CHARS).map_or(raw.len(), |(end, _)| end);
        html! {
            pre.json tabindex="0" { (raw.get(..end).unwrap_or_default()) } (NL)
            @if end < raw.len() { p.more { (raw.len() - end) " more bytes in the file." } (NL) }
        }
    }
}

/// A field of an object to show.
pub(crate) struct ShownField<'c> {
    at: usize,
    field: &'c Field,
    form: Form,
}

/// How a field is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A paragraph.
    Text,
    /// An item in a list of short values.
    Fact,
    /// A section.
    Part,
}

/// A note that some objects are not shown.
fn more(count: usize) -> Markup {
    html! { @if count > 0 { p.more { (count) " more in the file." } (NL) } }
}
