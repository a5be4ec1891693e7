//! The objects of content by their ids, and what people call them.

use crate::check::walk::{follow, named};
use crate::check::{Checked, Row, id_text};
use crate::schema::{KindId, Model, Origin, Path, RecordId, Shape};
use crate::source::{Kind, Node};
use std::borrow::Cow;

/// As many objects say which of their texts is a title.
const LOOKED_AT: u32 = 200;
/// A longer text is no title.
const LONGEST_TITLE: usize = 72;

/// Checked content, by ids.
pub(crate) struct Objects<'c, 'a> {
    pub(super) checked: Checked<'c, 'a>,
    /// For each kind and id, the objects that have it: none if only a registry does, several if they share it.
    rows: Vec<Vec<Vec<Row>>>,
    /// For each record, where its objects say what people call them.
    titles: Vec<Option<Path>>,
}

impl<'c, 'a> Objects<'c, 'a> {
    pub(crate) fn new(checked: Checked<'c, 'a>) -> Self {
        let Checked { model, resolved, .. } = checked;
        let mut rows: Vec<Vec<Vec<Row>>> =
            resolved.keys.kinds.iter().map(|ids| vec![Vec::new(); ids.list.len()]).collect();
        for (at, record) in model.records.iter().enumerate() {
            let id = RecordId(at as u32);
            for (kind, _) in &record.keys {
                for row in (0..resolved.content.table(id).len()).map(|row| Row { record: id, row }) {
                    let own = resolved.keys.own(model, &resolved.content, *kind, row);
                    let place = own.and_then(|own| rows.get_mut(kind.0 as usize)?.get_mut(own as usize));
                    if let Some(place) = place {
                        place.push(row);
                    }
                }
            }
        }
        let titles = (0..model.records.len()).map(|at| title_path(checked, RecordId(at as u32))).collect();
        Self { checked, rows, titles }
    }

    pub(super) fn model(&self) -> &'c Model {
        self.checked.model
    }

    /// The objects with an id.
    pub(super) fn rows(&self, kind: KindId, id: u32) -> &[Row] {
        let rows = self.rows.get(kind.0 as usize).and_then(|ids| ids.get(id as usize));
        rows.map_or(&[], Vec::as_slice)
    }

    /// The id of an object, of the first kind that its record has a key of.
    pub(super) fn id_of(&self, row: Row) -> Option<(KindId, u32)> {
        let (kind, _) = self.model().record(row.record).key()?;
        let resolved = self.checked.resolved;
        Some((kind, resolved.keys.own(self.model(), &resolved.content, kind, row)?))
    }

    /// The text of an id.
    pub(super) fn text(&self, kind: KindId, id: u32) -> &'c str {
        &self.checked.resolved.keys.id(kind, id).text
    }

    /// The id with those around it in front: `iron-path:find-descent`.
    pub(super) fn path(&self, kind: KindId, id: u32) -> String {
        self.checked.resolved.keys.path(self.model(), kind, id)
    }

    /// What people call an object.
    pub(super) fn title_of(&self, row: Row) -> Option<Cow<'a, str>> {
        let path = self.titles.get(row.record.0 as usize)?.as_ref()?;
        let (row, field) = follow(self.model(), self.checked.resolved, row, path).next()?;
        self.checked.resolved.content.node(row, field)?.text().filter(|text| !text.trim().is_empty())
    }

    /// What people call the object with an id; nothing if it says nothing beside the id.
    pub(super) fn title(&self, kind: KindId, id: u32) -> Option<Cow<'a, str>> {
        self.rows(kind, id).iter().find_map(|row| self.title_of(*row))
    }

    /// What people call the object with an id, or else the id.
    pub(super) fn label(&self, kind: KindId, id: u32) -> Cow<'c, str>
    where
        'a: 'c,
    {
        self.title(kind, id).unwrap_or_else(|| Cow::Borrowed(self.text(kind, id)))
    }

    /// The value of a field that has no rows of its own.
    pub(super) fn value(&self, row: Row, field: usize) -> Option<Node<'a>> {
        self.checked.resolved.content.node(row, field)
    }

    /// An object in a few words: its plain values, one after the other, what it names by their titles.
    pub(super) fn summary(&self, row: Row) -> String {
        let mut words: Vec<String> = Vec::new();
        for (at, field) in self.model().record(row.record).fields.iter().enumerate() {
            let named: Vec<_> = named(self.model(), self.checked.resolved, row, at).collect();
            if !named.is_empty() {
                words.extend(named.iter().map(|named| self.label(named.kind, named.id).into_owned()));
                continue;
            }
            let plain = !matches!(
                field.shape.element(),
                Shape::Record(_) | Shape::Map(_) | Shape::Union(_) | Shape::Json | Shape::Key(_)
            );
            let Some(node) = self.value(row, at).filter(|_| plain) else { continue };
            match node.kind() {
                Kind::True => words.push(field.json.to_string()),
                Kind::Integer | Kind::Float | Kind::Text | Kind::Escaped => {
                    words.extend(id_text(node).map(Cow::into_owned).or_else(|| Some(node.raw().to_owned())));
                }
                _ => {}
            }
        }
        words.join(" ")
    }
}

/// Where the objects of a record say what people call them: where the journal finds it, or else in the first text that reads like words
/// in most of them.
fn title_path(checked: Checked<'_, '_>, record: RecordId) -> Option<Path> {
    let model = checked.model;
    let journal = model.journal.as_ref().and_then(|journal| {
        let flow = model.flows.get(journal.flow)?;
        let names = &journal.names;
        let objects = [(flow.record, &names.quest), (journal.stage_record, &names.stage)];
        let task = (journal.objective_record, &names.objective);
        objects.into_iter().chain([task]).find(|(of, _)| *of == record)?.1.clone()
    });
    journal.or_else(|| {
        let content = &checked.resolved.content;
        let rows = content.table(record).len().min(LOOKED_AT);
        let fields = model.record(record).fields.iter().enumerate();
        let texts =
            fields.filter(|(_, field)| field.shape == Shape::Text && field.origin == Origin::Property);
        let mut titles = texts.filter(|(at, _)| {
            let texts = (0..rows).filter_map(|row| content.node(Row { record, row }, *at)?.text());
            texts.filter(|text| reads_like_words(text)).count() * 2 > rows as usize
        });
        Some(vec![titles.next()?.1.json.to_string()])
    })
}

/// Whether a text is one that people say, and not an id, a formula or a chapter.
fn reads_like_words(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|first| first.is_uppercase() || !first.is_ascii());
    text.chars().count() <= LONGEST_TITLE && (begins || text.contains(' ')) && !text.contains('\n')
}
