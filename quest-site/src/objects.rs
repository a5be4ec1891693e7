//! The objects of content by their ids, and what people call them.

use super::registered::Registered;
use quest_compiler::check::walk::{follow, named, objects};
use quest_compiler::check::{Row, id_text};
use quest_compiler::driver::Inspection;
use quest_compiler::schema::{Field, KindId, Model, Origin, Path, RecordId, Shape};
use quest_compiler::source::{Node, NodeKind};
use std::borrow::Cow;

/// As many objects say which of their texts is a title.
const LOOKED_AT: u32 = 200;
/// What stands deeper in an object is not a part of its summary.
const DEEPEST: u8 = 4;
/// A longer text is no title.
const LONGEST_TITLE: usize = 72;

/// Inspection content, by ids.
pub(crate) struct Objects<'c, 'a> {
    pub(super) checked: Inspection<'c, 'a>,
    /// What registries say of their ids.
    registered: Registered<'a>,
    /// For each kind and id, the objects that have it: none if only a registry does, several if they share it.
    rows: Vec<Vec<Vec<Row>>>,
    /// For each record, where its objects say what people call them.
    title_paths: Vec<Option<Path>>,
    /// For each kind and id, what people call it.
    titles: Vec<Vec<Option<Cow<'a, str>>>>,
}

impl<'c, 'a> Objects<'c, 'a> {
    pub(crate) fn new(checked: Inspection<'c, 'a>) -> Self {
        let Inspection { model, resolved, .. } = checked;
        let mut rows: Vec<Vec<Vec<Row>>> =
            resolved.ids.kinds.iter().map(|ids| vec![Vec::new(); ids.list.len()]).collect();
        for (at, record) in model.records.iter().enumerate() {
            let id = RecordId(at as u32);
            for (kind, _) in &record.keys {
                for row in (0..resolved.content.table(id).len()).map(|row| Row { record: id, row }) {
                    let own = resolved.ids.own(model, &resolved.content, *kind, row);
                    let place = own.and_then(|own| rows.get_mut(kind.0 as usize)?.get_mut(own as usize));
                    if let Some(place) = place {
                        place.push(row);
                    }
                }
            }
        }
        let title_paths =
            (0..model.records.len()).map(|at| title_path(checked, RecordId(at as u32))).collect();
        let registered = Registered::new(&checked);
        let mut objects = Self { checked, registered, rows, title_paths, titles: Vec::new() };
        let titles = |(at, ids): (usize, &Vec<Vec<Row>>)| {
            let title = |(id, rows): (usize, &Vec<Row>)| {
                let own = rows.iter().find_map(|row| objects.title_of(*row));
                own.or_else(|| objects.registered.title(KindId(at as u32), id as u32))
            };
            ids.iter().enumerate().map(title).collect()
        };
        objects.titles = objects.rows.iter().enumerate().map(titles).collect();
        objects
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
        Some((kind, resolved.ids.own(self.model(), &resolved.content, kind, row)?))
    }

    /// The text of an id.
    pub(super) fn text(&self, kind: KindId, id: u32) -> &'c str {
        &self.checked.resolved.ids.id(kind, id).text
    }

    /// The id with those around it in front: `iron-path:find-descent`.
    pub(super) fn path(&self, kind: KindId, id: u32) -> String {
        self.checked.resolved.ids.path(self.model(), kind, id)
    }

    /// What people call an object.
    pub(super) fn title_of(&self, row: Row) -> Option<Cow<'a, str>> {
        let path = self.title_paths.get(row.record.0 as usize)?.as_ref()?;
        let (row, field) = follow(self.model(), self.checked.resolved, row, path).next()?;
        self.checked.resolved.content.node(row, field)?.text().filter(|text| !text.trim().is_empty())
    }

    /// What people call the object with an id, or the entry of a registry; nothing if it says nothing beside the id.
    pub(super) fn title(&self, kind: KindId, id: u32) -> Option<&str> {
        self.titles.get(kind.0 as usize)?.get(id as usize)?.as_deref()
    }

    /// What a registry says of an id besides its name.
    pub(super) fn registered(&self, kind: KindId, id: u32) -> Vec<(Cow<'a, str>, Node<'a>)> {
        self.registered.facts(kind, id)
    }

    /// What people call the object with an id, or else the id.
    pub(super) fn label(&self, kind: KindId, id: u32) -> &str {
        self.title(kind, id).unwrap_or_else(|| self.text(kind, id))
    }

    /// The value of a field that has no rows of its own.
    pub(super) fn value(&self, row: Row, field: usize) -> Option<Node<'a>> {
        self.checked.resolved.content.node(row, field)
    }

    /// An object in a few words: its plain values, one after the other, what it names by their titles.
    pub(super) fn summary(&self, row: Row) -> String {
        let fields = 0..self.model().record(row.record).fields.len();
        fields.filter_map(|field| self.words(row, field)).collect::<Vec<_>>().join(" ")
    }

    /// An object in a few words, one of its fields left out, and with what stands in it alone. If an object in it says one thing only,
    /// the name of that says what it is: `counter done: wolves`. Lists of objects are what follows from it, and are left out too.
    pub(super) fn summary_without(&self, row: Row, without: usize) -> String {
        let said = self.said(row, Some(without), 0);
        said.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(", ")
    }

    /// What an object says: names of fields, and words.
    fn said(&self, row: Row, without: Option<usize>, depth: u8) -> Vec<(&'c str, String)> {
        let fields = self.model().record(row.record).fields.iter().enumerate();
        let fields = fields.filter(|(at, _)| Some(*at) != without);
        let said = |(at, field): (usize, &'c Field)| {
            let alone = matches!(field.shape, Shape::Record(_) | Shape::Union(_));
            let several = depth > 0 && matches!(field.shape.element(), Shape::Record(_) | Shape::Union(_));
            if depth == DEEPEST || !(alone || several) {
                return Some((field.json.as_str(), self.words(row, at)?));
            }
            let path = vec![field.json.to_string()];
            let parts = objects(self.model(), self.checked.resolved, row, &path).map(|part| {
                let said = self.said(part, None, depth + 1);
                match said.as_slice() {
                    [(name, words)] => format!("{}: {words}", spoken(name)),
                    _ => said.into_iter().map(|(_, words)| words).collect::<Vec<_>>().join(", "),
                }
            });
            let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
            (!parts.is_empty()).then(|| (field.json.as_str(), parts.join(", ")))
        };
        fields.filter_map(said).collect()
    }

    /// A plain value in words; nothing for objects and ids of their own.
    fn words(&self, row: Row, at: usize) -> Option<String> {
        let field = &self.model().record(row.record).fields[at];
        let named: Vec<_> = named(self.model(), self.checked.resolved, row, at).collect();
        if !named.is_empty() {
            let labels = named.iter().map(|named| self.label(named.kind, named.id));
            return Some(labels.collect::<Vec<_>>().join(" "));
        }
        let plain = !matches!(
            field.shape.element(),
            Shape::Record(_) | Shape::Map(_) | Shape::Union(_) | Shape::Json | Shape::Key(_)
        );
        let node = self.value(row, at).filter(|_| plain)?;
        match node.kind() {
            NodeKind::True => Some(field.json.to_string()),
            NodeKind::Integer | NodeKind::Float | NodeKind::Text | NodeKind::Escaped => {
                id_text(node).map(Cow::into_owned).or_else(|| Some(node.raw().to_owned()))
            }
            _ => None,
        }
    }
}

/// `failureConditions` as people write it: `failure conditions`.
pub(super) fn spoken(name: &str) -> String {
    use heck::ToSnakeCase;
    let words = name.to_snake_case().replace('_', " ");
    if words.is_empty() { name.to_owned() } else { words }
}

/// Where the objects of a record say what people call them: where the journal finds it, or else in the first text that reads like words
/// in most of them.
fn title_path(checked: Inspection<'_, '_>, record: RecordId) -> Option<Path> {
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
pub(super) fn reads_like_words(text: &str) -> bool {
    let begins = text.chars().next().is_some_and(|first| first.is_uppercase() || !first.is_ascii());
    text.chars().count() <= LONGEST_TITLE && (begins || text.contains(' ')) && !text.contains('\n')
}
