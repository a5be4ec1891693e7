//! Record types: a view of a row, with an accessor for each field.

use super::Context;
use super::accessors::accessor;
use super::docs::{code, describe, doc};
use super::template::{fill, separated};
use crate::schema::{DefaultValue, Field, KindId, Origin, Record, RecordId, Shape};

const RECORD: &str = r#"
__rt::record! {
    $docs
    pub struct $name: $size;
}

impl $name {
    $members
}

impl core::fmt::Debug for $name {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        $debug
    }
}
"#;

const ALL: &str = r#"
/// All of them, in the order of the content.
#[must_use]
pub fn all() -> &'static [$name] {
    tables().$rows
}
"#;

const PARENT: &str = r#"
/// The $noun that contains it.
#[must_use]
pub fn $function(&self) -> $type {
    $body
}
"#;

const ACCESSOR: &str = r#"
$docs
$must_use
pub fn $function(&self) -> $type {
    $body
}
"#;

const ID_METHODS: &str = r#"
/// What its [`$record`] says. These methods panic where [`record`](Self::record) does.
impl $id {
    $members
}
"#;

const ID_METHOD: &str = r#"
/// See [`$record::$linked`].
$must_use
#[inline]
#[track_caller]
pub fn $function(self) -> $type {
    self.record().$function()
}
"#;

/// Methods that every id has. Where a property has one of these names, the record alone has its accessor.
const METHODS_OF_IDS: [&str; 6] = ["all", "find", "parse", "as_str", "get", "record"];

/// A record type with all its accessors.
pub(super) fn record(context: &Context<'_>, id: RecordId) -> String {
    let record = context.model.record(id);
    let layout = &context.layout.records[id.0 as usize];
    let name = context.names.record(id);
    let mut members = Vec::new();
    if record.root || record.key().is_some() {
        members.push(fill(ALL, &[("name", name), ("rows", &context.rows(id))]));
    }
    members.extend(parent(context, record));
    for (index, (field, cell)) in record.fields.iter().zip(&layout.cells).enumerate() {
        let accessor = accessor(context, id, field, *cell);
        // `impl Iterator` is `must_use` by itself, and clippy minds a second one.
        let must_use = if accessor.is_iterator() { "" } else { "#[must_use]" };
        let values = [
            ("docs", &*documentation(field)),
            ("must_use", must_use),
            ("function", context.names.field(id, index)),
            ("type", &accessor.kind),
            ("body", &accessor.body),
        ];
        members.push(fill(ACCESSOR, &values));
    }
    let fallback = "An object of the content.";
    fill(
        RECORD,
        &[
            ("docs", &describe(1, record.description.as_deref(), fallback, record.source.as_deref())),
            ("name", name),
            ("size", &layout.size.to_string()),
            ("members", &separated(&members)),
            ("debug", &debug(context, id, record)),
        ],
    )
}

/// The accessors of a record once more for its id, so that `quest!("iron-path").name()` needs no step between the two.
pub(super) fn methods_of_id(context: &Context<'_>, kind: KindId, id: RecordId) -> Option<String> {
    let record = context.model.record(id);
    let name = context.names.record(id);
    let parent = context.model.kind(kind).parent.map(|parent| context.names.noun(parent));
    let cells = &context.layout.records[id.0 as usize].cells;
    let mut members = Vec::new();
    for (index, (field, cell)) in record.fields.iter().zip(cells).enumerate() {
        let function = context.names.field(id, index);
        let is_own_id = matches!(field.shape, Shape::Key(own) if own == kind);
        if is_own_id || METHODS_OF_IDS.contains(&function) || Some(function) == parent {
            continue;
        }
        let accessor = accessor(context, id, field, *cell);
        let must_use = if accessor.is_iterator() { "" } else { "#[must_use]" };
        let values = [
            ("record", name),
            // rustdoc takes `#` in a link for the beginning of a fragment.
            ("linked", function.trim_start_matches("r#")),
            ("function", function),
            ("must_use", must_use),
            ("type", &accessor.kind),
        ];
        members.push(fill(ID_METHOD, &values));
    }
    let members = (!members.is_empty()).then(|| separated(&members))?;
    Some(fill(ID_METHODS, &[("record", name), ("id", context.names.id(kind)), ("members", &members)]))
}

/// The accessor of the object that contains this one, which only an object with an id knows.
fn parent(context: &Context<'_>, record: &Record) -> Option<String> {
    let (kind, _) = record.key().filter(|(_, field)| !record.fields[*field].optional())?;
    let parent = context.model.kind(kind).parent?;
    let function = context.names.noun(parent);
    let (kind, body) = match context.record_of(parent) {
        Some(record) => (
            format!("&'static {}", context.names.record(record)),
            format!("&tables().{}[self.id().{function}().0 as usize]", context.rows(record)),
        ),
        None => (context.names.id(parent).to_owned(), format!("self.id().{function}()")),
    };
    let noun = context.model.kind(parent).noun();
    Some(fill(PARENT, &[("noun", noun), ("function", function), ("type", &kind), ("body", &body)]))
}

/// The body of `Debug`: the id of an object that has one, otherwise all fields.
fn debug(context: &Context<'_>, id: RecordId, record: &Record) -> String {
    let name = context.names.record(id);
    if record.key().is_some_and(|(_, field)| !record.fields[field].optional()) {
        return format!("f.debug_tuple({name:?}).field(&self.id()).finish()");
    }
    let mut chain = format!("f.debug_struct({name:?})\n");
    let cells = &context.layout.records[id.0 as usize].cells;
    for (index, (field, cell)) in record.fields.iter().zip(cells).enumerate() {
        let function = context.names.field(id, index);
        let name = function.trim_start_matches("r#");
        // `Debug` of an iterator does not show its elements.
        chain += &if accessor(context, id, field, *cell).is_iterator() {
            format!("    .field({name:?}, &__rt::Shown(self.{function}()))\n")
        } else {
            format!("    .field({name:?}, &self.{function}())\n")
        };
    }
    chain + "    .finish()"
}

fn documentation(field: &Field) -> String {
    let fallback = code(&field.json);
    let mut docs = describe(1, field.description.as_deref(), &fallback, field.source.as_deref());
    let origin = match field.origin {
        Origin::Property => format!("JSON: {}", code(&field.json)),
        Origin::MapName => "JSON: the name in the map".to_owned(),
        Origin::MapValue => "JSON: the value in the map".to_owned(),
        Origin::Element => "JSON: the element of the list".to_owned(),
        Origin::Rest => "JSON: all other properties".to_owned(),
        Origin::FileName => "The name of the file".to_owned(),
        Origin::Whole => "JSON: all of it".to_owned(),
    };
    let mut facts = vec![origin];
    facts.extend(field.constraints.iter().cloned());
    if let DefaultValue::Literal(literal) = &field.default {
        facts.push(format!("default {}", code(&literal.show())));
    }
    docs += "///\n";
    docs + &doc(1, &format!("{}.", facts.join("; ")))
}
