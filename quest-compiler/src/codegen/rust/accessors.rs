//! The type and the body of an accessor, which follow from the cell of its field.

use super::Context;
use super::unions::union_name;
use crate::lower::{CellKind, CellLayout};
use crate::schema::{Field, KindId, RecordId, RefSpec, Shape, TargetId};

/// An accessor without its name.
pub(super) struct Accessor {
    /// The type it returns.
    pub(super) kind: String,
    pub(super) body: String,
}

impl Accessor {
    fn new(kind: impl Into<String>, body: impl Into<String>) -> Self {
        Self { kind: kind.into(), body: body.into() }
    }

    /// A value that `read` finds, or not: a value that must be there is missing only in tables that are broken.
    fn option(kind: &str, read: String, optional: bool) -> Self {
        if optional {
            Self::new(format!("Option<{kind}>"), read)
        } else {
            Self::new(kind, format!("{read}.unwrap_or_else(|| __rt::broken())"))
        }
    }

    fn iterator(element: &str, body: String) -> Self {
        Self::new(format!("impl Iterator<Item = {element}> + Clone + use<>"), body)
    }

    /// For a cell that the layout never makes for this shape: a mistake here must not go unnoticed.
    fn internal_error() -> Self {
        Self::new("Never", "compile_error!(\"internal error of quest-build: please report it\")")
    }

    pub(super) fn is_iterator(&self) -> bool {
        self.kind.starts_with("impl ")
    }
}

/// The accessor of a field.
pub(super) fn accessor(
    context: &Context<'_>,
    record: RecordId,
    field: &Field,
    layout: CellLayout,
) -> Accessor {
    match layout.cell {
        CellKind::Flag(_) | CellKind::Integer { .. } | CellKind::Wide { .. } | CellKind::Float => {
            scalar(layout)
        }
        CellKind::OwnId | CellKind::Variant | CellKind::Text | CellKind::Value => {
            own_value(context, field, layout)
        }
        CellKind::One | CellKind::Many | CellKind::Pick | CellKind::Picks => objects(context, field, layout),
        CellKind::Link(kind) => link(context, kind, layout.at, field.optional()),
        CellKind::Target => target(context, record, field, layout.at),
        CellKind::Targets => targets(context, record, field, layout.at),
        CellKind::Texts | CellKind::Ids(_) | CellKind::Values | CellKind::Variants => {
            list(context, field, layout)
        }
    }
}

fn integer_type(bytes: u8, signed: bool) -> String {
    format!("{}{}", if signed { 'i' } else { 'u' }, u32::from(bytes) * 8)
}

/// A value whose cell cannot say that it is absent, so that a bit says it.
fn scalar(layout: CellLayout) -> Accessor {
    let at = layout.at;
    let (kind, read) = match layout.cell {
        CellKind::Flag(bit) => ("bool".to_owned(), format!("self.0.flag({at}, {bit})")),
        CellKind::Float => ("f64".to_owned(), format!("self.0.f64({at})")),
        CellKind::Integer { bytes, signed } => {
            let kind = integer_type(bytes, signed);
            (kind.clone(), format!("self.0.{kind}({at})"))
        }
        CellKind::Wide { signed } => {
            let kind = integer_type(8, signed);
            let (byte, bit) = layout.long.unwrap_or_default();
            (kind.clone(), format!("self.0.wide_{kind}(tables().long, {at}, {byte}, {bit})"))
        }
        _ => return Accessor::internal_error(),
    };
    match layout.present {
        Some((byte, bit)) => Accessor::new(
            format!("Option<{kind}>"),
            format!("if self.0.flag({byte}, {bit}) {{ Some({read}) }} else {{ None }}"),
        ),
        None => Accessor::new(kind, read),
    }
}

/// The id of the object itself, a value of an enum, a text, or a value that carries its type.
fn own_value(context: &Context<'_>, field: &Field, layout: CellLayout) -> Accessor {
    let at = layout.at;
    match (layout.cell, &field.shape, field.optional()) {
        (CellKind::OwnId, Shape::Key(kind), optional) => id(context, *kind, at, optional),
        (CellKind::Variant, Shape::Enum(id), optional) => {
            let name = context.names.enumeration(*id);
            if optional {
                Accessor::new(
                    format!("Option<{name}>"),
                    format!("self.0.variant({at}).map({name}::from_variant)"),
                )
            } else {
                Accessor::new(name, format!("{name}::from_variant(self.0.u8({at}))"))
            }
        }
        (CellKind::Text, _, true) => {
            Accessor::new("Option<&'static str>", format!("self.0.text_opt(tables().text, {at})"))
        }
        (CellKind::Text, _, false) => {
            Accessor::new("&'static str", format!("self.0.text(tables().text, {at})"))
        }
        (CellKind::Value, _, optional) => {
            Accessor::option("__rt::Value", format!("self.0.value(tables().text, {at})"), optional)
        }
        _ => Accessor::internal_error(),
    }
}

/// Objects in the object: one or a list, of one record type or of a union.
fn objects(context: &Context<'_>, field: &Field, layout: CellLayout) -> Accessor {
    let at = layout.at;
    match (layout.cell, field.shape.element()) {
        (CellKind::One, Shape::Record(child)) => object(context, *child, at, field.optional()),
        (CellKind::Many, Shape::Record(child) | Shape::Map(child)) => {
            let (name, rows) = (context.names.record(*child), context.rows(*child));
            Accessor::new(
                format!("&'static [{name}]"),
                format!("self.0.range(tables().{rows}, tables().long, {at})"),
            )
        }
        (CellKind::Pick, Shape::Union(union)) => {
            let name = context.names.union(*union);
            Accessor::option(name, format!("{name}::read(self.0.target(\"\", {at}))"), field.optional())
        }
        (CellKind::Picks, Shape::Union(union)) => {
            let name = context.names.union(*union);
            let list = raw_targets("\"\"", at);
            Accessor::iterator(name, format!("{list}.filter_map({name}::read)"))
        }
        _ => Accessor::internal_error(),
    }
}

fn object(context: &Context<'_>, record: RecordId, at: u32, optional: bool) -> Accessor {
    let (name, rows) = (context.names.record(record), context.rows(record));
    if optional {
        Accessor::new(format!("Option<&'static {name}>"), format!("self.0.linked_opt(tables().{rows}, {at})"))
    } else {
        Accessor::new(format!("&'static {name}"), format!("self.0.linked(tables().{rows}, {at})"))
    }
}

fn id(context: &Context<'_>, kind: KindId, at: u32, optional: bool) -> Accessor {
    let id = context.names.id(kind);
    if optional {
        Accessor::new(format!("Option<{id}>"), format!("self.0.id_opt({at})"))
    } else {
        Accessor::new(id, format!("self.0.id({at})"))
    }
}

/// A reference to one kind: the object if each id has one, otherwise the id.
fn link(context: &Context<'_>, kind: KindId, at: u32, optional: bool) -> Accessor {
    match context.record_of(kind) {
        Some(record) => object(context, record, at, optional),
        None => id(context, kind, at, optional),
    }
}

/// A reference to one of several kinds, or one that may name something unknown.
fn target(context: &Context<'_>, record: RecordId, field: &Field, at: u32) -> Accessor {
    let raw = format!("self.0.target(tables().text, {at})");
    match &field.shape {
        Shape::Target(id) => {
            let (name, tag) = (context.names.target(*id), tag_of(context, record, *id));
            if tag.is_optional {
                Accessor::new(
                    format!("Option<{name}>"),
                    format!("{}.map(|tag| {name}::read(tag, {raw}))", tag.read),
                )
            } else {
                Accessor::new(name, format!("{name}::read({}, {raw})", tag.read))
            }
        }
        Shape::Link(RefSpec { kinds, tolerated, .. }) => match kinds.as_slice() {
            [kind] => {
                let id = context.names.id(*kind);
                let read = format!("self.0.reference::<{id}>(tables().text, {at})");
                Accessor::option(&format!("__rt::Ref<{id}>"), read, field.optional())
            }
            kinds => {
                let name = union_name(context, kinds);
                // An unknown id that is tolerated has no kind.
                Accessor::option(&name, format!("{name}::read({raw})"), field.optional() || *tolerated)
            }
        },
        _ => Accessor::internal_error(),
    }
}

/// The accessor of the sibling that decides the kind of a reference.
struct Tag {
    read: String,
    is_optional: bool,
}

fn tag_of(context: &Context<'_>, record: RecordId, target: TargetId) -> Tag {
    let by = context.model.target(target).by;
    Tag {
        read: format!("self.{}()", context.names.field(record, by)),
        is_optional: context.model.record(record).fields[by].optional(),
    }
}

fn raw_targets(text: &str, at: u32) -> String {
    format!("self.0.targets::<__rt::Target>({text}, tables().targets, tables().long, {at}).iter()")
}

/// A list of references to one of several kinds, or of ones that may name something unknown.
fn targets(context: &Context<'_>, record: RecordId, field: &Field, at: u32) -> Accessor {
    let list = raw_targets("tables().text", at);
    match field.shape.element() {
        Shape::Target(id) => {
            let (name, tag) = (context.names.target(*id), tag_of(context, record, *id));
            let read = if tag.is_optional {
                format!(".filter_map(move |target| Some({name}::read(tag?, target)))")
            } else {
                format!(".map(move |target| {name}::read(tag, target))")
            };
            Accessor::iterator(name, format!("let tag = {};\n{list}{read}", tag.read))
        }
        Shape::Link(spec) => match spec.kinds.as_slice() {
            [kind] => Accessor::new(
                format!("__rt::List<__rt::Ref<{}>>", context.names.id(*kind)),
                format!("self.0.targets(tables().text, tables().targets, tables().long, {at})"),
            ),
            kinds => {
                let name = union_name(context, kinds);
                Accessor::iterator(&name, format!("{list}.filter_map({name}::read)"))
            }
        },
        _ => Accessor::internal_error(),
    }
}

/// A list of texts, ids of one kind, values or enum values.
fn list(context: &Context<'_>, field: &Field, layout: CellLayout) -> Accessor {
    let at = layout.at;
    match (layout.cell, field.shape.element()) {
        (CellKind::Texts, _) => Accessor::new(
            "__rt::TextList",
            format!("self.0.texts(tables().text, tables().texts, tables().long, {at})"),
        ),
        (CellKind::Ids(kind), _) => Accessor::new(
            format!("__rt::IdList<{}>", context.names.id(kind)),
            format!("self.0.ids(tables().ids, tables().long, {at})"),
        ),
        (CellKind::Values, _) => Accessor::new(
            "__rt::ValueList",
            format!("self.0.values(tables().text, tables().values, tables().long, {at})"),
        ),
        (CellKind::Variants, Shape::Enum(id)) => Accessor::new(
            format!("__rt::List<{}>", context.names.enumeration(*id)),
            format!("self.0.variants(tables().variants, tables().long, {at})"),
        ),
        _ => Accessor::internal_error(),
    }
}
