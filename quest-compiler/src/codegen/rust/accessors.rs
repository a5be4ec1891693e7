//! Records and their accessors.

use super::Context;
use super::types::{describe, union_name};
use super::writer::Writer;
use crate::lower::{CellKind, CellLayout};
use crate::schema::{DefaultValue, Field, KindId, Origin, RecordId, Shape};

/// A record type with all its accessors.
pub(super) fn record(context: &Context<'_>, id: RecordId, out: &mut Writer) {
    let record = context.model.record(id);
    let name = context.names.record(id);
    let layout = &context.layout.records[id.0 as usize];
    let rows = context.rows(id);
    out.blank();
    out.open("__rt::record! {");
    describe(record.description.as_deref(), "An object of the content.", record.source.as_deref(), out);
    out.line(&format!("pub struct {name}: {};", layout.size));
    out.close("}");
    out.blank();
    out.open(&format!("impl {name} {{"));
    let keyed = record.key().map(|(kind, _)| kind);
    if record.root || keyed.is_some() {
        out.line("/// All of them, in the order of the content.");
        out.line("#[must_use]");
        out.open(&format!("pub fn all() -> &'static [{name}] {{"));
        out.line(&format!("tables().{rows}"));
        out.close("}");
    }
    // An object without an id does not know where it stands.
    let certain = record.key().filter(|(_, field)| !record.fields[*field].optional()).map(|(kind, _)| kind);
    if let Some(parent) = certain.and_then(|kind| context.model.kind(kind).parent) {
        let noun = context.names.noun(parent);
        out.blank();
        out.line(&format!("/// The {} it stands in.", context.model.kind(parent).noun()));
        out.line("#[must_use]");
        match context.record_of(parent) {
            Some(parent_record) => {
                out.open(&format!(
                    "pub fn {noun}(&self) -> &'static {} {{",
                    context.names.record(parent_record)
                ));
                out.line(&format!(
                    "&tables().{}[self.id().{noun}().0 as usize]",
                    context.rows(parent_record)
                ));
            }
            None => {
                out.open(&format!("pub fn {noun}(&self) -> {} {{", context.names.id(parent)));
                out.line(&format!("self.id().{noun}()"));
            }
        }
        out.close("}");
    }
    for (index, (field, place)) in record.fields.iter().zip(&layout.cells).enumerate() {
        out.blank();
        documentation(field, out);
        let (kind, body) = accessor(context, id, field, *place);
        // `impl Iterator` is `must_use` by itself, and clippy minds saying it twice.
        if !kind.starts_with("impl ") {
            out.line("#[must_use]");
        }
        out.open(&format!("pub fn {}(&self) -> {kind} {{", context.names.field(id, index)));
        out.line(&body);
        out.close("}");
    }
    out.close("}");
    out.blank();
    out.open(&format!("impl core::fmt::Debug for {name} {{"));
    out.open("fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {");
    // Of objects that may have no id, the id says too little.
    if record.key().is_some_and(|(_, field)| !record.fields[field].optional()) {
        out.line(&format!("f.debug_tuple({name:?}).field(&self.id()).finish()"));
    } else {
        out.open(&format!("f.debug_struct({name:?})"));
        for index in 0..record.fields.len() {
            let field = context.names.field(id, index);
            let name = field.trim_start_matches("r#");
            // An iterator shows nothing of what it gives.
            let (kind, _) = accessor(context, id, &record.fields[index], layout.cells[index]);
            out.line(&if kind.starts_with("impl ") {
                format!(".field({name:?}, &__rt::Shown(self.{field}()))")
            } else {
                format!(".field({name:?}, &self.{field}())")
            });
        }
        out.line(".finish()");
        out.outdent();
    }
    out.close("}");
    out.close("}");
}

/// Methods that every id has. Where a property has one of these names, the record alone has its accessor.
const METHODS_OF_IDS: [&str; 6] = ["all", "find", "parse", "as_str", "get", "record"];

/// The accessors of a record once more for its id, so that `quest!("iron-path").name()` needs no step between the two.
pub(super) fn of_id(context: &Context<'_>, kind: KindId, id: RecordId, out: &mut Writer) {
    let record = context.model.record(id);
    let name = context.names.record(id);
    let parent = context.model.kind(kind).parent.map(|parent| context.names.noun(parent));
    let layout = &context.layout.records[id.0 as usize];
    let fields: Vec<_> = record
        .fields
        .iter()
        .zip(&layout.cells)
        .enumerate()
        .map(|(index, (field, place))| (field, *place, context.names.field(id, index)))
        .filter(|(field, _, accessor)| {
            let is_own_id = matches!(field.shape, Shape::Key(own) if own == kind);
            !is_own_id && !METHODS_OF_IDS.contains(&&**accessor) && Some(&**accessor) != parent
        })
        .collect();
    if fields.is_empty() {
        return;
    }
    out.blank();
    out.line(&format!(
        "/// What its [`{name}`] says. These methods panic where [`record`](Self::record) does."
    ));
    out.open(&format!("impl {} {{", context.names.id(kind)));
    for (at, (field, place, accessor_name)) in fields.into_iter().enumerate() {
        if at > 0 {
            out.blank();
        }
        let (kind, _) = accessor(context, id, field, place);
        out.line(&format!("/// See [`{name}::{accessor_name}`]."));
        if !kind.starts_with("impl ") {
            out.line("#[must_use]");
        }
        out.line("#[inline]");
        out.line("#[track_caller]");
        out.open(&format!("pub fn {accessor_name}(self) -> {kind} {{"));
        out.line(&format!("self.record().{accessor_name}()"));
        out.close("}");
    }
    out.close("}");
}

fn documentation(field: &Field, out: &mut Writer) {
    describe(field.description.as_deref(), &format!("`{}`", field.json), field.source.as_deref(), out);
    let mut facts = match field.origin {
        Origin::Property => vec![format!("JSON: `{}`", field.json)],
        Origin::MapName => vec!["JSON: the name in the map".to_owned()],
        Origin::MapValue => vec!["JSON: the value in the map".to_owned()],
        Origin::Element => vec!["JSON: the element of the list".to_owned()],
        Origin::Rest => vec!["JSON: all other properties".to_owned()],
        Origin::FileName => vec!["The name of the file".to_owned()],
        Origin::Whole => vec!["JSON: all of it".to_owned()],
    };
    facts.extend(field.constraints.iter().cloned());
    if let DefaultValue::Literal(literal) = &field.default {
        facts.push(format!("default `{}`", literal.show()));
    }
    out.line("///");
    out.doc(&format!("{}.", facts.join("; ")));
}

fn integer_type(bytes: u8, signed: bool) -> String {
    format!("{}{}", if signed { 'i' } else { 'u' }, u32::from(bytes) * 8)
}

/// The type of an accessor and the expression that is its body.
fn accessor(context: &Context<'_>, record: RecordId, field: &Field, place: CellLayout) -> (String, String) {
    let names = context.names;
    let at = place.at;
    let optional = field.optional();
    let present = |kind: String, read: String| match place.present {
        Some((byte, bit)) => (
            format!("Option<{kind}>"),
            format!("if self.0.flag({byte}, {bit}) {{ Some({read}) }} else {{ None }}"),
        ),
        None => (kind, read),
    };
    match (place.cell, &field.shape) {
        (CellKind::OwnId, Shape::Key(kind)) if optional => {
            (format!("Option<{}>", names.id(*kind)), format!("self.0.id_opt({at})"))
        }
        (CellKind::OwnId, Shape::Key(kind)) => (names.id(*kind).to_owned(), format!("self.0.id({at})")),
        (CellKind::Flag(bit), _) => present("bool".to_owned(), format!("self.0.flag({at}, {bit})")),
        (CellKind::Integer { bytes, signed }, _) => {
            let kind = integer_type(bytes, signed);
            present(kind.clone(), format!("self.0.{kind}({at})"))
        }
        (CellKind::Wide { signed }, _) => {
            let kind = integer_type(8, signed);
            let (byte, bit) = place.long.unwrap_or_default();
            present(kind.clone(), format!("self.0.wide_{kind}(tables().long, {at}, {byte}, {bit})"))
        }
        (CellKind::Float, _) => present("f64".to_owned(), format!("self.0.f64({at})")),
        (CellKind::Variant, Shape::Enum(id)) => {
            let name = names.enumeration(*id);
            if optional {
                (format!("Option<{name}>"), format!("self.0.variant({at}).map({name}::from_variant)"))
            } else {
                (name.to_owned(), format!("{name}::from_variant(self.0.u8({at}))"))
            }
        }
        (CellKind::Text, _) if optional => {
            ("Option<&'static str>".to_owned(), format!("self.0.text_opt(tables().text, {at})"))
        }
        (CellKind::Text, _) => ("&'static str".to_owned(), format!("self.0.text(tables().text, {at})")),
        (CellKind::One, Shape::Record(child)) => {
            linked(names.record(*child), &context.rows(*child), at, optional)
        }
        (CellKind::Many, shape) => match shape.element() {
            Shape::Record(child) | Shape::Map(child) => {
                let (name, rows) = (names.record(*child), context.rows(*child));
                (format!("&'static [{name}]"), format!("self.0.range(tables().{rows}, tables().long, {at})"))
            }
            _ => unreachable_shape(),
        },
        (CellKind::Pick, Shape::Union(union)) => {
            let name = names.union(*union);
            let read = format!("{name}::read(self.0.target(\"\", {at}))");
            if optional {
                (format!("Option<{name}>"), read)
            } else {
                (name.to_owned(), format!("{read}.unwrap_or_else(|| __rt::broken())"))
            }
        }
        (CellKind::Picks, shape) => match shape.element() {
            Shape::Union(union) => {
                let name = names.union(*union);
                let list = format!(
                    "self.0.targets::<__rt::Target>(\"\", tables().targets, tables().long, {at}).iter()"
                );
                (
                    format!("impl Iterator<Item = {name}> + Clone + use<>"),
                    format!("{list}.filter_map({name}::read)"),
                )
            }
            _ => unreachable_shape(),
        },
        (CellKind::Link(kind), _) => link(context, kind, at, optional),
        (CellKind::Value, _) if optional => {
            ("Option<__rt::Value>".to_owned(), format!("self.0.value(tables().text, {at})"))
        }
        (CellKind::Value, _) => (
            "__rt::Value".to_owned(),
            format!("self.0.value(tables().text, {at}).unwrap_or_else(|| __rt::broken())"),
        ),
        (CellKind::Target, Shape::Target(id)) => {
            let name = names.target(*id);
            let by = context.model.target(*id).by;
            let tag = format!("self.{}()", names.field(record, by));
            let raw = format!("self.0.target(tables().text, {at})");
            if context.model.record(record).fields[by].optional() {
                (format!("Option<{name}>"), format!("{tag}.map(|tag| {name}::read(tag, {raw}))"))
            } else {
                (name.to_owned(), format!("{name}::read({tag}, {raw})"))
            }
        }
        (CellKind::Target, Shape::Link(resolves)) => {
            let raw = format!("self.0.target(tables().text, {at})");
            match resolves.kinds.as_slice() {
                [kind] => {
                    let id = names.id(*kind);
                    let read = format!("self.0.reference::<{id}>(tables().text, {at})");
                    if optional {
                        (format!("Option<__rt::Ref<{id}>>"), read)
                    } else {
                        (format!("__rt::Ref<{id}>"), format!("{read}.unwrap_or_else(|| __rt::broken())"))
                    }
                }
                kinds => {
                    let name = union_name(context, kinds);
                    let read = format!("{name}::read({raw})");
                    // An unknown id that is tolerated has no kind.
                    if optional || resolves.tolerated {
                        (format!("Option<{name}>"), read)
                    } else {
                        (name, format!("{read}.unwrap_or_else(|| __rt::broken())"))
                    }
                }
            }
        }
        (CellKind::Texts, _) => (
            "__rt::TextList".to_owned(),
            format!("self.0.texts(tables().text, tables().texts, tables().long, {at})"),
        ),
        (CellKind::Ids(kind), _) => (
            format!("__rt::IdList<{}>", names.id(kind)),
            format!("self.0.ids(tables().ids, tables().long, {at})"),
        ),
        (CellKind::Values, _) => (
            "__rt::ValueList".to_owned(),
            format!("self.0.values(tables().text, tables().values, tables().long, {at})"),
        ),
        (CellKind::Variants, shape) => match shape.element() {
            Shape::Enum(id) => (
                format!("__rt::List<{}>", names.enumeration(*id)),
                format!("self.0.variants(tables().variants, tables().long, {at})"),
            ),
            _ => unreachable_shape(),
        },
        (CellKind::Targets, shape) => {
            let list = format!(
                "self.0.targets::<__rt::Target>(tables().text, tables().targets, tables().long, {at}).iter()"
            );
            match shape.element() {
                Shape::Target(id) => {
                    let name = names.target(*id);
                    let by = context.model.target(*id).by;
                    let read = if context.model.record(record).fields[by].optional() {
                        format!(".filter_map(move |target| Some({name}::read(tag?, target)))")
                    } else {
                        format!(".map(move |target| {name}::read(tag, target))")
                    };
                    let by = names.field(record, by);
                    (
                        format!("impl Iterator<Item = {name}> + Clone + use<>"),
                        format!("let tag = self.{by}();\n        {list}{read}"),
                    )
                }
                Shape::Link(resolves) => match resolves.kinds.as_slice() {
                    [kind] => (
                        format!("__rt::List<__rt::Ref<{}>>", names.id(*kind)),
                        format!("self.0.targets(tables().text, tables().targets, tables().long, {at})"),
                    ),
                    kinds => {
                        let name = union_name(context, kinds);
                        (
                            format!("impl Iterator<Item = {name}> + Clone + use<>"),
                            format!("{list}.filter_map({name}::read)"),
                        )
                    }
                },
                _ => unreachable_shape(),
            }
        }
        _ => unreachable_shape(),
    }
}

/// A cell that the layout never makes for this shape; the generated code would not compile, which is what an internal mistake
/// should come to light as.
fn unreachable_shape() -> (String, String) {
    ("Never".to_owned(), "compile_error!(\"internal error of quest-build: please report it\")".to_owned())
}

fn linked(name: &str, rows: &str, at: u32, optional: bool) -> (String, String) {
    if optional {
        (format!("Option<&'static {name}>"), format!("self.0.linked_opt(tables().{rows}, {at})"))
    } else {
        (format!("&'static {name}"), format!("self.0.linked(tables().{rows}, {at})"))
    }
}

fn link(context: &Context<'_>, kind: KindId, at: u32, optional: bool) -> (String, String) {
    match context.record_of(kind) {
        Some(record) => linked(context.names.record(record), &context.rows(record), at, optional),
        None => {
            let id = context.names.id(kind);
            if optional {
                (format!("Option<{id}>"), format!("self.0.id_opt({at})"))
            } else {
                (id.to_owned(), format!("self.0.id({at})"))
            }
        }
    }
}
