//! Id types, what they lead to, and ids as constants.

use super::Context;
use super::docs::{code, doc, escape_markdown};
use super::records;
use super::template::{fill, lines, separated};
use crate::names::ident::{identifier, plural};
use crate::names::{Constant, Constants};
use crate::narrow::narrow_u32;
use crate::schema::{IdKind, KindId, RecordId, UnionId};

const ID: &str = r#"
__rt::id! {
    /// Names one $noun.
    ///
    /// $usage
    pub struct $name: $path, keys = $keys$renames;
}
"#;

const SCOPED_ID: &str = r#"
__rt::scoped_id! {
    /// Names one $noun, unique within its $scope.
    ///
    /// $usage
    pub struct $name: $path, keys = $keys, parent = $parent, parent_fn = $parent_fn$renames;
}
"#;

const ID_RECORD: &str = "__rt::id_record! { $name => $record, $rows }";

const IMPL: &str = r#"
impl $name {
    $members
}
"#;

const GET_UNION: &str = r#"
/// The [`$union`] of this id, if it is the id of one.
#[must_use]
pub fn get(self) -> Option<$union> {
    $body
}
"#;

const GET_SHARED: &str = r#"
/// Every [`$record`] of this id.
pub fn $function(self) -> impl Iterator<Item = &'static $record> + Clone + use<> {
    tables().$rows.iter().filter(move |row| row.$key() == $wanted)
}
"#;

const GET_RECORD: &str = r#"
/// The [`$record`] of this id, if it is the id of one.
#[must_use]
pub fn $function(self) -> Option<&'static $record> {
    let first = $first;
    tables().$rows.get(first..)?.iter().find(|row| row.$key() == $wanted)
}
"#;

const CONSTANTS: &str = r#"
#[allow(non_upper_case_globals, reason = "letters of some scripts have no case")]
impl $id {
    $constants
}
"#;

/// The id type of a kind, and its way to records.
pub(super) fn id(context: &Context<'_>, kind: KindId) -> String {
    let mut items = vec![id_type(context, kind)];
    let description = context.model.kind(kind);
    if let Some(record) = context.record_of(kind) {
        let values = [
            ("name", context.names.id(kind)),
            ("record", context.names.record(record)),
            ("rows", &context.rows(record)),
        ];
        items.push(fill(ID_RECORD, &values));
        items.extend(records::methods_of_id(context, kind, record));
    } else if !description.records.is_empty() {
        let mut members: Vec<String> = get_union(context, description).into_iter().collect();
        members.extend(get_records(context, kind));
        items.push(fill(IMPL, &[("name", context.names.id(kind)), ("members", &separated(&members))]));
    }
    separated(&items)
}

fn id_type(context: &Context<'_>, kind: KindId) -> String {
    let IdKind { path, parent, .. } = context.model.kind(kind);
    // Programmers look at the page of the type for how to make an id and for what it leads to.
    let mut usage = format!(
        "`{}!(\"…\")` makes one, and does not compile if nothing has that id.",
        context.names.macro_name(kind)
    );
    if let Some(record) = context.record_of(kind) {
        usage += &format!(" It has the methods of its [`{}`].", context.names.record(record));
    }
    let noun = context.model.kind(kind).noun().replace('-', " ");
    let renames = format!(", renames = {}", kind.0);
    let mut values = vec![
        ("noun", noun),
        ("renames", renames),
        ("usage", usage),
        ("name", context.names.id(kind).to_owned()),
        ("path", format!("{path:?}")),
        ("keys", context.keys(kind)),
    ];
    if let Some(parent) = parent {
        values.push(("scope", context.model.kind(*parent).noun().to_owned()));
        values.push(("parent", context.names.id(*parent).to_owned()));
        values.push(("parent_fn", context.names.noun(*parent).to_owned()));
    }
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    fill(if parent.is_some() { SCOPED_ID } else { ID }, &values)
}

/// `get` of ids whose objects are all of one union.
fn get_union(context: &Context<'_>, kind: &IdKind) -> Option<String> {
    if kind.shared || kind.records.len() < 2 {
        return None;
    }
    let at = context.model.unions.iter().position(|union| {
        kind.records.iter().all(|record| union.variants.iter().any(|(_, variant)| variant == record))
    })?;
    let id = UnionId(narrow_u32(at));
    let (union, name) = (context.model.union(id), context.names.union(id));
    let found = |record: &RecordId| {
        let variant = union.variants.iter().position(|(_, variant)| variant == record)?;
        let function = identifier(context.names.record(*record));
        Some(format!("self.{function}().map({name}::{})", context.names.union_variants(id)[variant]))
    };
    let found: Vec<String> = kind.records.iter().filter_map(found).collect();
    let (first, others) = found.split_first()?;
    let others = others.iter().map(|found| format!("    .or_else(|| {found})"));
    let body = lines([first.clone()].into_iter().chain(others));
    Some(fill(GET_UNION, &[("union", name), ("body", &body)]))
}

/// The way from an id to its object of each record type, where not every id has an object or not every object an id.
fn get_records(context: &Context<'_>, kind: KindId) -> Vec<String> {
    let description = context.model.kind(kind);
    let mut functions = Vec::new();
    // The number of rows of this id is at most that of its object, counted over the records before.
    let mut before: Vec<String> = Vec::new();
    for record in &description.records {
        let (name, rows) = (context.names.record(*record), context.rows(*record));
        let keys = &context.model.record(*record).keys;
        let Some((_, field)) = keys.iter().find(|(of, _)| *of == kind) else { continue };
        let is_optional = context.model.record(*record).fields[*field].optional();
        let function = if description.shared { plural(name) } else { identifier(name) };
        let first = match before.as_slice() {
            [] => "self.0 as usize".to_owned(),
            several => format!("(self.0 as usize).saturating_sub({})", several.join(" + ")),
        };
        let values = [
            ("record", name),
            ("function", &function),
            ("first", &first),
            ("rows", &rows),
            ("key", context.names.field(*record, *field)),
            ("wanted", if is_optional { "Some(self)" } else { "self" }),
        ];
        functions.push(fill(if description.shared { GET_SHARED } else { GET_RECORD }, &values));
        before.push(format!("tables().{rows}.len()"));
    }
    functions
}

/// The ids of a kind as constants.
pub(super) fn constants(context: &Context<'_>, constants: &Constants) -> String {
    let id = context.names.id(constants.kind);
    let constant = |Constant { name, row, id: text, title }: &Constant| {
        let docs = match title {
            Some(title) => doc(1, &format!("{}: {}", code(text), escape_markdown(title))),
            None => doc(1, &code(text)),
        };
        format!("{docs}pub const {name}: {id} = {id}({row});")
    };
    fill(CONSTANTS, &[("id", id), ("constants", &lines(constants.ids.iter().map(constant)))])
}
