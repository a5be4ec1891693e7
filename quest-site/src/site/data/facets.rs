//! Filters of lists: fields whose values tell the objects of a kind apart.

use crate::objects::Objects;
use quest_compiler::check::Row;
use quest_compiler::check::walk::{follow, named};
use quest_compiler::schema::{KindId, Model, Origin, Path, RecordId, Shape};
use quest_compiler::source::Node;
use std::collections::BTreeSet;

/// Filters of one kind.
const MAX_FACETS: usize = 8;
/// Longest value to choose from, in bytes: anything longer is a sentence.
const MAX_VALUE_BYTES: usize = 60;
/// Values to choose from; with more, people search instead.
const MAX_VALUES: usize = 300;

/// From this many values on, a field in which all of them differ is no filter.
const MIN_DISTINCT: usize = 20;

/// Filters of one kind that are ranges of numbers.
const MAX_NUMBERS: usize = 3;
/// The rank of numbers.
const NUMBER: u8 = 1;

/// A filter.
pub(crate) struct Facet {
    pub(crate) path: Path,
    pub(crate) values: Values,
}

/// The values to choose from.
pub(crate) enum Values {
    Choices(Vec<String>),
    Numbers { min: f64, max: f64 },
}

/// The filters of a kind.
pub(crate) struct Facets {
    pub(crate) list: Vec<Facet>,
}

impl Facets {
    pub(crate) fn new(objects: &Objects<'_, '_>, kind: KindId) -> Self {
        let model = objects.model();
        let Some(record) = model.kind(kind).records.first().copied() else {
            return Self { list: Vec::new() };
        };
        let rows = objects.inspection.resolved.content.table(record).len();
        let rows: Vec<Row> = (0..rows).map(|row| Row { record, row }).collect();
        let mut paths = paths(model, record);
        // The most useful filters come first.
        paths.sort_by_key(|path| path_shape(model, record, path).map(rank));
        let mut numbers = 0;
        paths.retain(|path| {
            let number = path_shape(model, record, path).is_some_and(|shape| rank(shape) == NUMBER);
            numbers += usize::from(number);
            !number || numbers <= MAX_NUMBERS
        });
        let list =
            paths.into_iter().filter_map(|path| facet(objects, &rows, path)).take(MAX_FACETS).collect();
        Self { list }
    }

    /// The values of an object, for each filter.
    pub(crate) fn of(&self, objects: &Objects<'_, '_>, row: Option<Row>) -> Vec<Vec<String>> {
        let of = |facet: &Facet| row.map_or_else(Vec::new, |row| texts(objects, row, &facet.path));
        self.list.iter().map(of).collect()
    }
}

/// The paths of fields that can be filters, including those of objects nested directly in a field.
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

/// How useful a filter is; the lowest rank is the most useful.
fn rank(shape: &Shape) -> u8 {
    match shape.element() {
        Shape::Enum(_) => 0,
        Shape::Integer { .. } | Shape::Number => NUMBER,
        Shape::Text => 2,
        Shape::Link(_) => 3,
        _ => 4,
    }
}

/// The filter for a path, if its values are useful to choose from.
fn facet(objects: &Objects<'_, '_>, rows: &[Row], path: Path) -> Option<Facet> {
    let shape = path_shape(objects.model(), rows.first()?.record, &path);
    let values = if shape.is_some_and(|shape| matches!(shape, Shape::Integer { .. } | Shape::Number)) {
        range(objects, rows, &path)?
    } else {
        choices(objects, rows, &path)?
    };
    Some(Facet { path, values })
}

/// The range of the numbers at a path, unless they are all the same.
fn range(objects: &Objects<'_, '_>, rows: &[Row], path: &Path) -> Option<Values> {
    let (model, resolved) = (objects.model(), objects.inspection.resolved);
    let fields = rows.iter().flat_map(|row| follow(model, resolved, *row, path));
    let numbers: Vec<f64> =
        fields.filter_map(|(row, field)| objects.value(row, field).and_then(Node::number)).collect();
    let min = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let max = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    (min < max).then_some(Values::Numbers { min, max })
}

/// The different texts at a path, if they are few, short and tell objects apart.
fn choices(objects: &Objects<'_, '_>, rows: &[Row], path: &Path) -> Option<Values> {
    let mut choices = BTreeSet::new();
    let mut count = 0;
    for row in rows {
        let texts = texts(objects, *row, path);
        count += texts.len();
        let sentence = texts.iter().any(|text| text.len() > MAX_VALUE_BYTES);
        choices.extend(texts);
        if sentence || choices.len() > MAX_VALUES {
            return None;
        }
    }
    // Values that are all different are searched for, not chosen.
    if choices.is_empty() || choices.len() == count && count >= MIN_DISTINCT {
        return None;
    }
    // A single value that all objects share does not tell them apart.
    let some_without = || rows.len() > 1 && rows.iter().any(|row| texts(objects, *row, path).is_empty());
    (choices.len() > 1 || some_without()).then(|| Values::Choices(choices.into_iter().collect()))
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

/// The values at a path, as text.
fn texts(objects: &Objects<'_, '_>, row: Row, path: &Path) -> Vec<String> {
    let (model, resolved) = (objects.model(), objects.inspection.resolved);
    let mut found = Vec::new();
    for (row, field) in follow(model, resolved, row, path) {
        let names: Vec<_> = named(model, resolved, row, field).collect();
        if !names.is_empty() {
            found.extend(names.iter().map(|named| objects.label(named.kind, named.id).to_owned()));
            continue;
        }
        let Some(node) = objects.value(row, field) else { continue };
        for node in quest_compiler::check::references(node) {
            let text = match node.boolean() {
                Some(true) => Some("yes".to_owned()),
                Some(false) => Some("no".to_owned()),
                None => quest_compiler::check::id_text(node)
                    .map(|text| text.into_owned())
                    .or_else(|| node.number().map(|number| number.to_string())),
            };
            found.extend(text);
        }
    }
    found
}
