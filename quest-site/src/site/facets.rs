//! By what the objects of a kind can be told apart: fields that are one of few values, name something, or are numbers.

use crate::Objects;
use quest_compiler::check::Row;
use quest_compiler::check::walk::{follow, named};
use quest_compiler::schema::{KindId, Model, Origin, Path, RecordId, Shape};
use quest_compiler::source::Node;
use std::collections::BTreeSet;

/// More filters are not overseen.
const MOST: usize = 8;
/// What is longer, in bytes, is a sentence, and nobody chooses among those.
const LONGEST: usize = 60;
/// More values are not chosen from but searched for.
const MOST_VALUES: usize = 300;

/// Of so few objects, each can have a value of its own.
const FEW: usize = 20;

/// As many filters are about numbers.
const MOST_NUMBERS: usize = 3;
const NUMBER: u8 = 1;

/// A filter.
pub(super) struct Facet {
    pub(super) path: Path,
    pub(super) values: Values,
}

/// What there is to choose from.
pub(super) enum Values {
    Words(Vec<String>),
    Numbers { min: f64, max: f64 },
}

/// The filters of a kind.
pub(super) struct Facets {
    pub(super) list: Vec<Facet>,
}

impl Facets {
    pub(super) fn new(objects: &Objects<'_, '_>, kind: KindId) -> Self {
        let model = objects.model();
        let Some(record) = model.kind(kind).records.first().copied() else {
            return Self { list: Vec::new() };
        };
        let rows = objects.checked.resolved.content.table(record).len();
        let rows: Vec<Row> = (0..rows).map(|row| Row { record, row }).collect();
        let mut paths = paths(model, record);
        // What people look for first comes first.
        paths.sort_by_key(|path| path_shape(model, record, path).map(rank));
        let mut numbers = 0;
        paths.retain(|path| {
            let number = path_shape(model, record, path).is_some_and(|shape| rank(shape) == NUMBER);
            numbers += usize::from(number);
            !number || numbers <= MOST_NUMBERS
        });
        let list = paths.into_iter().filter_map(|path| facet(objects, &rows, path)).take(MOST).collect();
        Self { list }
    }

    /// The values of an object, for each filter.
    pub(super) fn of(&self, objects: &Objects<'_, '_>, row: Option<Row>) -> Vec<Vec<String>> {
        let of = |facet: &Facet| row.map_or_else(Vec::new, |row| words(objects, row, &facet.path));
        self.list.iter().map(of).collect()
    }
}

/// The fields that can be filters, those in objects that stand in a field alone included.
fn paths(model: &Model, record: RecordId) -> Vec<Path> {
    let mut paths = Vec::new();
    for field in model.record(record).fields.iter().filter(|field| field.origin == Origin::Property) {
        if fits(&field.shape) {
            paths.push(vec![field.json.to_string()]);
        }
        if let Shape::Record(inner) = field.shape {
            let inner = model.record(inner).fields.iter().filter(|field| field.origin == Origin::Property);
            let fitting = inner.filter(|inner| fits(&inner.shape));
            paths.extend(fitting.map(|inner| vec![field.json.to_string(), inner.json.to_string()]));
        }
    }
    paths
}

fn fits(shape: &Shape) -> bool {
    let number = matches!(shape, Shape::Integer { .. } | Shape::Number);
    let list = matches!(shape, Shape::List(element) if **element == Shape::Text);
    let one = matches!(shape.element(), Shape::Enum(_) | Shape::Boolean | Shape::Link(_));
    number || list || one
}

/// In which order people look for things.
fn rank(shape: &Shape) -> u8 {
    match shape.element() {
        Shape::Enum(_) => 0,
        Shape::Integer { .. } | Shape::Number => NUMBER,
        Shape::Text => 2,
        Shape::Link(_) => 3,
        _ => 4,
    }
}

fn facet(objects: &Objects<'_, '_>, rows: &[Row], path: Path) -> Option<Facet> {
    let (model, resolved) = (objects.model(), objects.checked.resolved);
    let first = rows.first()?;
    let number = path_shape(model, first.record, &path)
        .is_some_and(|shape| matches!(shape, Shape::Integer { .. } | Shape::Number));
    if number {
        let nodes = rows.iter().flat_map(|row| follow(model, resolved, *row, &path));
        let numbers: Vec<f64> =
            nodes.filter_map(|(row, field)| objects.value(row, field).and_then(Node::number)).collect();
        let min = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let max = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        return (min < max).then_some(Facet { path, values: Values::Numbers { min, max } });
    }
    let mut found = BTreeSet::new();
    let mut all = 0;
    for row in rows {
        let words = words(objects, *row, &path);
        all += words.len();
        let sentence = words.iter().any(|word| word.len() > LONGEST);
        found.extend(words);
        if sentence || found.len() > MOST_VALUES {
            return None;
        }
    }
    // What each has for itself is searched for and not chosen.
    if found.len() == all && all >= FEW {
        return None;
    }
    // What everything has, and what is said once, tells nothing apart.
    let useful =
        found.len() > 1 || rows.len() > 1 && rows.iter().any(|row| words(objects, *row, &path).is_empty());
    let values = Values::Words(found.into_iter().collect());
    (useful && !matches!(&values, Values::Words(words) if words.is_empty())).then_some(Facet { path, values })
}

fn path_shape<'m>(model: &'m Model, record: RecordId, path: &Path) -> Option<&'m Shape> {
    let (first, rest) = path.split_first()?;
    let shape = &model.record(record).fields[model.field_named(record, first)?].shape;
    match (shape, rest.is_empty()) {
        (_, true) => Some(shape),
        (Shape::Record(inner), false) => path_shape(model, *inner, &rest.to_vec()),
        _ => None,
    }
}

/// The values at the end of a path, in words.
fn words(objects: &Objects<'_, '_>, row: Row, path: &Path) -> Vec<String> {
    let (model, resolved) = (objects.model(), objects.checked.resolved);
    let mut found = Vec::new();
    for (row, field) in follow(model, resolved, row, path) {
        let names: Vec<_> = named(model, resolved, row, field).collect();
        if !names.is_empty() {
            found.extend(names.iter().map(|named| objects.label(named.kind, named.id).to_owned()));
            continue;
        }
        let Some(node) = objects.value(row, field) else { continue };
        for node in quest_compiler::check::references(node) {
            let word = match node.boolean() {
                Some(true) => Some("yes".to_owned()),
                Some(false) => Some("no".to_owned()),
                None => quest_compiler::check::id_text(node)
                    .map(|text| text.into_owned())
                    .or_else(|| node.number().map(|number| number.to_string())),
            };
            found.extend(word);
        }
    }
    found
}
