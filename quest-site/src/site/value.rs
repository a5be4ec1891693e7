//! What stands in an object, whatever its schema is: short values as a list of facts, objects in objects as parts of the page.

use super::page::NL;
use super::{Site, capital, spoken};
use maud::{Markup, PreEscaped, html};
use quest_compiler::check::{ResolvedRef, Row, id_text, references};
use quest_compiler::schema::{Field, KindId, Model, Origin, RecordId, Shape};
use quest_compiler::source::{Node, NodeKind};
use std::cell::Cell;

/// A longer text stands alone.
const LONG: usize = 70;
/// Of more text than this the rest is left to the file.
const MOST_TEXT: usize = 2_000;
/// As many values of a list of plain values are shown.
const MOST_VALUES: usize = 100;
/// As many objects are shown on one page.
const MOST_OBJECTS: usize = 700;

/// Shows objects on one page, which is two folders deep as the pages of all ids are.
pub(super) struct Shown<'s, 'p, 'c, 'a> {
    site: &'s Site<'p, 'c, 'a>,
    /// From the page to the outermost folder.
    up: String,
    /// The page, so that links to it are short.
    page: String,
    /// How many objects can still be shown.
    left: Cell<usize>,
}

impl<'s, 'p, 'c, 'a> Shown<'s, 'p, 'c, 'a> {
    pub(super) fn new(site: &'s Site<'p, 'c, 'a>, page: &str) -> Self {
        Self { site, up: super::page::up(page), page: page.to_owned(), left: Cell::new(MOST_OBJECTS) }
    }

    fn model(&self) -> &'c Model {
        self.site.objects.model()
    }

    /// The address of an id, as seen from this page.
    pub(super) fn href(&self, kind: KindId, id: u32) -> Option<String> {
        let href = self.site.links.href(kind, id)?;
        let here = href.strip_prefix(self.page.as_str()).filter(|rest| rest.starts_with('#'));
        Some(here.map_or_else(|| format!("{}{href}", self.up), str::to_owned))
    }

    /// What an id stands for, as a link.
    pub(super) fn link(&self, kind: KindId, id: u32) -> Markup {
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

    /// The name of a field, with a link to what the schema says about it. `site.js` shows that in a tooltip.
    fn name(&self, row: Row, field: usize) -> PreEscaped<&'s str> {
        PreEscaped(self.site.types.field_name(row.record, field))
    }

    /// What stands in an object. Its title is in the heading already.
    pub(super) fn object(&self, row: Row, level: u8) -> Markup {
        let fields = self.fields(row);
        html! { (self.facts(row, &fields)) (self.parts(row, &fields, level)) }
    }

    /// The fields of an object that are shown, each with its position.
    pub(super) fn fields(&self, row: Row) -> Vec<Shows<'c>> {
        let fields = self.model().record(row.record).fields.iter().enumerate();
        // The name in a map stands above the object, and what begins with `$` is not about it.
        let told = |field: &Field| {
            matches!(field.shape, Shape::Key(_))
                || field.origin == Origin::MapName
                || field.json.starts_with('$')
        };
        let there = fields.filter(|(at, field)| !told(field) && self.is_there(row, *at));
        let title = self.site.objects.title_of(row);
        let is_title = |at: usize, field: &Field| {
            field.shape == Shape::Text
                && title.is_some()
                && self.site.objects.value(row, at).and_then(Node::text) == title
        };
        let shown = there.filter(|(at, field)| !is_title(*at, field));
        shown.map(|(at, field)| Shows { at, field, sort: self.sort(row, at, field) }).collect()
    }

    /// Texts and short values.
    pub(super) fn facts(&self, row: Row, fields: &[Shows<'_>]) -> Markup {
        let of = |sort: Sort| fields.iter().filter(move |shows| shows.sort == sort);
        html! {
            @for Shows { at, .. } in of(Sort::Text) {
                p.text { span.label { (self.name(row, *at)) } " " (self.inline(row, *at)) } (NL)
            }
            @if of(Sort::Fact).next().is_some() {
                dl.facts { (NL)
                    @for Shows { at, .. } in of(Sort::Fact) {
                        div { dt { (self.name(row, *at)) } dd { (self.inline(row, *at)) } } (NL)
                    }
                } (NL)
            }
        }
    }

    /// Objects in the object.
    pub(super) fn parts(&self, row: Row, fields: &[Shows<'_>], level: u8) -> Markup {
        html! {
            @for shows in fields.iter().filter(|shows| shows.sort == Sort::Part) {
                (self.part(row, shows.at, shows.field, level))
            }
        }
    }

    /// What a registry says of an id.
    pub(super) fn registered(&self, kind: KindId, id: u32) -> Markup {
        let (long, short): (Vec<_>, Vec<_>) =
            self.site.objects.registered(kind, id).into_iter().partition(|(_, value)| !is_short(*value));
        html! {
            @for (name, value) in &long {
                @match value.text() {
                    Some(text) => p.text { span.label { (capital(&spoken(name))) } " " (cut(&text)) },
                    None => {
                        p.text { span.label { (capital(&spoken(name))) } }
                        pre.json tabindex="0" { (cut(value.raw())) }
                    },
                }
                (NL)
            }
            @if !short.is_empty() {
                dl.facts { (NL)
                    @for (name, value) in &short {
                        div {
                            dt { (capital(&spoken(name))) }
                            dd {
                                @if value.kind() == NodeKind::Array {
                                    span.values { @for value in value.elements() { span.value { (plain(value)) } " " } }
                                } @else { (plain(*value)) }
                            }
                        } (NL)
                    }
                } (NL)
            }
        }
    }

    fn is_there(&self, row: Row, field: usize) -> bool {
        let cell = self.site.objects.checked.resolved.content.table(row.record).cell(row.row, field);
        let described = &self.model().record(row.record).fields[field];
        let rows = matches!(described.shape, Shape::Map(_))
            || matches!(&described.shape, Shape::List(element) if matches!(**element, Shape::Record(_) | Shape::Union(_)));
        !(cell.is_absent() || rows && cell.children().is_empty())
    }

    fn sort(&self, row: Row, at: usize, field: &Field) -> Sort {
        match field.shape.element() {
            Shape::Record(_) | Shape::Map(_) | Shape::Union(_) => Sort::Part,
            Shape::Json if self.site.objects.value(row, at).is_some_and(is_short) => Sort::Fact,
            Shape::Json => Sort::Part,
            Shape::Text if !matches!(field.shape, Shape::List(_)) => {
                let long = |text: &str| text.chars().count() > LONG || text.contains('\n');
                let value = self.site.objects.value(row, at).and_then(Node::text);
                if value.is_some_and(|text| long(&text)) { Sort::Text } else { Sort::Fact }
            }
            _ => Sort::Fact,
        }
    }

    /// A value in a line.
    fn inline(&self, row: Row, at: usize) -> Markup {
        let field = &self.model().record(row.record).fields[at];
        let Some(node) = self.site.objects.value(row, at) else { return html! {} };
        let kinds: Option<&[KindId]> = match field.shape.element() {
            Shape::Link(resolves) => Some(&resolves.kinds),
            Shape::Target(target) => Some(&self.model().target(*target).all),
            _ => None,
        };
        let resolved = self.site.objects.checked.resolved;
        let refs = resolved.refs(row, at);
        let values: Vec<(usize, Node<'_>)> = references(node).enumerate().collect();
        let many = node.kind() == NodeKind::Array;
        let one = |number: usize, node: Node<'_>| match kinds {
            None => plain(node),
            Some(kinds) => match refs.get(number) {
                Some(ResolvedRef::Id(kind, id)) => {
                    kinds.get(usize::from(*kind)).map_or_else(|| plain(node), |kind| self.link(*kind, *id))
                }
                Some(ResolvedRef::Unknown) => {
                    html! { span.missing { code { (plain(node)) } " (nothing has this id)" } }
                }
                _ => plain(node),
            },
        };
        html! {
            @if many {
                span.values {
                    @for (number, node) in values.iter().take(MOST_VALUES) {
                        span.value { (one(*number, *node)) } " "
                    }
                }
                @if values.len() > MOST_VALUES { span.more { "and " (values.len() - MOST_VALUES) " more in the file" } }
            } @else {
                @for (number, node) in values { (one(number, node)) }
            }
        }
    }

    /// A field with objects in it.
    fn part(&self, row: Row, at: usize, field: &Field, level: u8) -> Markup {
        let rows = self.rows(row, at, &field.shape);
        // What stands for a whole value has no name of its own.
        let named = field.origin == Origin::Property || field.origin == Origin::Rest;
        let inner = if named { level + 1 } else { level };
        let body = match field.shape.element() {
            Shape::Json => html! { (self.json(row, at)) },
            _ if rows.is_empty() => return html! {},
            Shape::Map(_) if rows.iter().all(|row| self.only_value(*row).is_some()) => self.pairs(&rows),
            _ if self.flat(&rows) => self.table(&rows),
            // One alone needs no frame.
            Shape::Record(_) if rows.len() == 1 && rows.iter().all(|row| self.bare(*row)) => {
                html! { @for row in &rows { (self.object(*row, inner)) } }
            }
            Shape::Record(_) | Shape::Union(_) if !matches!(field.shape, Shape::List(_)) => {
                html! { @for row in &rows { (self.marked(*row)) (self.object(*row, inner)) } }
            }
            _ => html! { @for row in &rows { (self.card(*row, inner)) } },
        };
        html! {
            @if named {
                section.part { (NL)
                    (heading(level, &html! { (self.name(row, at)) })) (NL)
                    (body)
                } (NL)
            } @else { (body) }
        }
    }

    /// The objects in a field.
    fn rows(&self, row: Row, at: usize, shape: &Shape) -> Vec<Row> {
        let content = &self.site.objects.checked.resolved.content;
        let range = content.table(row.record).cell(row.row, at).children();
        match shape.element() {
            Shape::Record(record) | Shape::Map(record) => {
                range.map(|row| Row { record: *record, row }).collect()
            }
            Shape::Union(union) => range.map(|at| content.pick(self.model(), *union, at)).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether objects have short values only, and no ids.
    fn flat(&self, rows: &[Row]) -> bool {
        let Some(first) = rows.first() else { return false };
        let record = self.model().record(first.record);
        rows.len() > 1
            && record.keys.is_empty()
            && record.fields.len() <= 8
            && rows.iter().all(|row| {
                let fields = self.model().record(row.record).fields.iter().enumerate();
                row.record == first.record
                    && fields
                        .filter(|(at, _)| self.is_there(*row, *at))
                        .all(|(at, field)| self.sort(*row, at, field) != Sort::Part)
            })
    }

    /// Whether an object has neither an id nor a title.
    fn bare(&self, row: Row) -> bool {
        self.model().record(row.record).keys.is_empty()
            && self.site.objects.title_of(row).is_none()
            && self.map_name(row).is_none()
    }

    /// Takes some objects from what can still be shown.
    fn take(&self, rows: usize) -> usize {
        let taken = rows.min(self.left.get());
        self.left.set(self.left.get() - taken);
        taken
    }

    fn table(&self, rows: &[Row]) -> Markup {
        let Some(first) = rows.first() else { return html! {} };
        let fields = 0..self.model().record(first.record).fields.len();
        let fields: Vec<usize> =
            fields.filter(|field| rows.iter().any(|row| self.is_there(*row, *field))).collect();
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

    /// The plain value of a name in a map, if that is all that there is.
    fn only_value(&self, row: Row) -> Option<usize> {
        let fields = self.fields(row);
        let [only] = fields.as_slice() else { return None };
        let value = only.field.origin == Origin::MapValue && only.sort == Sort::Fact;
        (value && self.model().record(row.record).keys.is_empty()).then_some(only.at)
    }

    /// Names and values.
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

    /// An object among others, under a heading of its own if it has a name.
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
                        (self.marked(row))
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

    /// Where links to an object lead: one for each of its ids.
    fn marked(&self, row: Row) -> Markup {
        let objects = self.site.objects;
        let ids = &self.model().record(row.record).keys;
        let resolved = objects.checked.resolved;
        let own = |kind: KindId| resolved.ids.own(self.model(), &resolved.content, kind, row);
        let ids = ids.iter().filter_map(|(kind, _)| Some((*kind, own(*kind)?)));
        // Of several objects with one id, links lead to the first.
        let ids = ids.filter(|(kind, id)| {
            self.model().kind(*kind).parent.is_some() && objects.rows(*kind, *id).first() == Some(&row)
        });
        html! { @for (kind, id) in ids { span.mark id=(self.site.links.anchor(kind, id)) {} } }
    }

    /// The name under which an object without an id stands in a map.
    fn map_name(&self, row: Row) -> Option<String> {
        let fields = &self.model().record(row.record).fields;
        let at = fields.iter().position(|field| field.origin == Origin::MapName)?;
        id_text(self.site.objects.value(row, at)?).map(|text| text.into_owned())
    }

    fn json(&self, row: Row, at: usize) -> Markup {
        let Some(node) = self.site.objects.value(row, at) else { return html! {} };
        let raw = node.raw();
        let end = raw.char_indices().nth(MOST_TEXT).map_or(raw.len(), |(end, _)| end);
        html! {
            pre.json tabindex="0" { (raw.get(..end).unwrap_or_default()) } (NL)
            @if end < raw.len() { p.more { (raw.len() - end) " more bytes in the file." } (NL) }
        }
    }
}

/// A field of an object that is shown.
pub(super) struct Shows<'c> {
    at: usize,
    field: &'c Field,
    sort: Sort,
}

/// How a value is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Text,
    Fact,
    Part,
}

/// Whether a value is one of few words, or a list of such values.
fn is_short(value: Node<'_>) -> bool {
    let plain = |node: Node<'_>| match node.kind() {
        NodeKind::Array | NodeKind::Object => false,
        _ => node.text().is_none_or(|text| text.chars().count() <= LONG && !text.contains('\n')),
    };
    match value.kind() {
        NodeKind::Array => value.elements().count() <= MOST_VALUES && value.elements().all(plain),
        _ => plain(value),
    }
}

/// The number of objects that are left to the file.
fn more(count: usize) -> Markup {
    html! { @if count > 0 { p.more { (count) " more in the file." } (NL) } }
}

/// A value that names nothing.
fn plain(node: Node<'_>) -> Markup {
    match node.kind() {
        NodeKind::True => html! { "yes" },
        NodeKind::False => html! { "no" },
        NodeKind::Null => html! { span.none { "none" } },
        _ => match node.text() {
            Some(text) if text.is_empty() => html! { span.none { "empty" } },
            Some(text) => html! { (cut(&text)) },
            None => html! { (cut(node.raw())) },
        },
    }
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(MOST_TEXT) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A heading; below the sixth level there is none.
pub(super) fn heading(level: u8, words: &Markup) -> Markup {
    match level {
        0..=2 => html! { h2 { (words) } },
        3 => html! { h3 { (words) } },
        4 => html! { h4 { (words) } },
        5 => html! { h5 { (words) } },
        _ => html! { h6 { (words) } },
    }
}

/// The record types of an object, for people who look for its schema.
pub(super) fn record_of(rows: &[Row]) -> Option<RecordId> {
    rows.first().map(|row| row.record)
}
