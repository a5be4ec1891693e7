//! The generated Rust: types and accessors, never rows. It is written to be read.

mod accessors;
mod types;
mod writer;

use super::constants::Constants;
use super::names::Names;
use crate::lower::{CellKind, Layout};
use crate::schema::{KindId, Mapping, Model, RecordId};
use writer::Writer;

/// How the game gets at the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// They are part of the program.
    Embed,
    /// They are read from a pack when the game starts.
    Load,
}

/// The source of `quests.rs`.
pub(crate) fn rust(
    model: &Model,
    names: &Names,
    layout: &Layout,
    content: u64,
    ids: u64,
    form: Form,
    constants: &[Constants],
) -> String {
    let mut out = Writer::default();
    out.line("// Made by quest-build from the project's schemas and content. Changes are lost with the next build.");
    out.blank();
    out.line(&format!("__rt::assert_format!({});", quest_types::format::FORMAT));
    let context = Context { model, names, layout };
    for at in 0..model.records.len() as u32 {
        accessors::record(&context, RecordId(at), &mut out);
    }
    for (at, item) in model.enums.iter().enumerate() {
        types::enumeration(item, names.enumeration(crate::schema::EnumId(at as u32)), &mut out);
    }
    types::targets(&context, &mut out);
    for (at, union) in model.unions.iter().enumerate() {
        types::record_union(&context, union, names.union(crate::schema::UnionId(at as u32)), &mut out);
    }
    for at in 0..model.kinds.len() as u32 {
        types::id(&context, KindId(at), &mut out);
    }
    for constants in constants {
        types::constants(&context, constants, &mut out);
    }
    tables(&context, content, ids, form, &mut out);
    macros(&context, content, &mut out);
    out.finish()
}

/// What every part of the emitter looks things up in.
pub(super) struct Context<'a> {
    pub(super) model: &'a Model,
    pub(super) names: &'a Names,
    pub(super) layout: &'a Layout,
}

impl Context<'_> {
    /// The field of `Tables` with the rows of a record type.
    pub(super) fn rows(&self, record: RecordId) -> String {
        format!("{}_rows", super::names::identifier(self.names.record(record)).trim_start_matches("r#"))
    }

    /// The field of `Tables` with the ids of a kind.
    pub(super) fn keys(&self, kind: KindId) -> String {
        format!("{}_ids", self.names.noun(kind).trim_start_matches("r#"))
    }

    /// The record type whose rows are the ids of a kind, one to one.
    pub(super) fn record_of(&self, kind: KindId) -> Option<RecordId> {
        self.model.kind(kind).rows()
    }

    fn kinds(&self) -> impl Iterator<Item = KindId> + use<> {
        (0..self.model.kinds.len() as u32).map(KindId)
    }

    fn records(&self) -> impl Iterator<Item = RecordId> + use<> {
        (0..self.model.records.len() as u32).map(RecordId)
    }
}

fn tables(context: &Context<'_>, content: u64, ids: u64, form: Form, out: &mut Writer) {
    let layout = context.layout;
    out.blank();
    out.line("/// The tables in memory.");
    out.open("struct Tables {");
    out.line("text: &'static str,");
    for record in context.records() {
        out.line(&format!("{}: &'static [{}],", context.rows(record), context.names.record(record)));
    }
    let keys_type =
        |kind: KindId| if context.model.kind(kind).parent.is_some() { "ScopedKeys" } else { "Keys" };
    for kind in context.kinds() {
        out.line(&format!("{}: __rt::table::{},", context.keys(kind), keys_type(kind)));
    }
    let lists = [
        ("texts", "Texts", layout.texts),
        ("ids", "IdRows", layout.ids),
        ("values", "Values", layout.values),
        ("targets", "Targets", layout.targets),
        ("variants", "Variants", layout.variants),
    ];
    let used = lists_in_use(context);
    for (name, list, _) in lists.iter().filter(|(name, ..)| used.contains(name)) {
        out.line(&format!("{name}: __rt::table::{list},"));
    }
    out.close("}");
    out.blank();
    out.open("impl Tables {");
    out.open("const fn read(data: &'static [u8], text: &'static str) -> Self {");
    out.open("Self {");
    out.line("text,");
    for record in context.records() {
        out.line(&format!(
            "{}: __rt::table::records(data, {}),",
            context.rows(record),
            layout.records[record.0 as usize].section
        ));
    }
    for kind in context.kinds() {
        let section = layout.keys(kind);
        out.line(&format!(
            "{}: __rt::table::{}::read(data, {section}, {}),",
            context.keys(kind),
            keys_type(kind),
            section + 1
        ));
    }
    for (name, _, section) in lists.iter().filter(|(name, ..)| used.contains(name)) {
        out.line(&format!("{name}: __rt::table::records(data, {section}),"));
    }
    out.close("}");
    out.close("}");
    out.close("}");
    out.blank();
    match form {
        Form::Embed => {
            out.line("#[inline]");
            out.open("fn tables() -> &'static Tables {");
            out.open("static TABLES: Tables = Tables::read(");
            out.open("__rt::table::checked(");
            out.line("include_bytes!(\"quests.tables\"),");
            out.line(&format!("{:#018x},", layout.fingerprint));
            out.line(&format!("{content:#018x},"));
            out.close("),");
            out.line("include_str!(\"quests.text\"),");
            out.close(");");
            out.line("&TABLES");
            out.close("}");
        }
        Form::Load => {
            described_layout(context, ids, out);
            let mut counts = Vec::new();
            for kind in context.kinds() {
                if let Some(record) = context.record_of(kind) {
                    counts.push(format!(
                        "\"{}s\": {}",
                        context.model.kind(kind).noun(),
                        context.rows(record)
                    ));
                }
            }
            out.blank();
            out.open("__rt::loader! {");
            out.line("tables = Tables, layout = LAYOUT,");
            out.line(&format!("counts = [{}]", counts.join(", ")));
            out.close("}");
        }
    }
}

fn lists_in_use(context: &Context<'_>) -> Vec<&'static str> {
    let mut used = Vec::new();
    for place in context.layout.records.iter().flat_map(|record| &record.places) {
        let list = match place.cell {
            CellKind::Texts => "texts",
            CellKind::Ids(_) => "ids",
            CellKind::Values => "values",
            CellKind::Targets | CellKind::Picks => "targets",
            CellKind::Variants => "variants",
            _ => continue,
        };
        if !used.contains(&list) {
            used.push(list);
        }
    }
    used
}

/// The layout in the words of the loader, which checks every cell of a pack against it.
fn described_layout(context: &Context<'_>, ids: u64, out: &mut Writer) {
    let (model, layout) = (context.model, context.layout);
    let mut sections: Vec<(u32, Vec<String>)> = vec![(0, Vec::new()); usize::from(layout.sections)];
    for (record, rows) in model.records.iter().zip(&layout.records) {
        let mut columns = Vec::new();
        for (field, place) in record.fields.iter().zip(&rows.places) {
            let at = place.at;
            let optional = field.optional();
            let kinds = |kinds: &[KindId]| {
                kinds.iter().map(|kind| layout.keys(*kind).to_string()).collect::<Vec<_>>().join(", ")
            };
            let sections_of = || match field.shape.element() {
                crate::schema::Shape::Link(resolves) => kinds(&resolves.kinds),
                crate::schema::Shape::Target(target) => kinds(&model.target(*target).all),
                crate::schema::Shape::Union(union) => {
                    let records = model.union(*union).variants.iter();
                    let sections =
                        records.map(|(_, record)| layout.records[record.0 as usize].section.to_string());
                    sections.collect::<Vec<_>>().join(", ")
                }
                _ => String::new(),
            };
            let variants = || match field.shape.element() {
                crate::schema::Shape::Enum(id) => model.enumeration(*id).variants.len(),
                _ => 0,
            };
            let record_section = || match field.shape.element() {
                crate::schema::Shape::Record(record) | crate::schema::Shape::Map(record) => {
                    layout.records[record.0 as usize].section
                }
                _ => 0,
            };
            let column = match place.cell {
                CellKind::OwnId => {
                    let crate::schema::Shape::Key(kind) = field.shape else { continue };
                    if context.record_of(kind).is_some() {
                        columns.push(format!("SameRows {{ section: {} }}", layout.keys(kind)));
                    }
                    format!("Link {{ at: {at}, section: {}, optional: {optional} }}", layout.keys(kind))
                }
                CellKind::Flag(_) | CellKind::Integer { .. } | CellKind::Float => continue,
                CellKind::Variant => {
                    format!("Variant {{ at: {at}, count: {}, optional: {optional} }}", variants())
                }
                CellKind::Text => format!("Text {{ at: {at}, optional: {optional} }}"),
                CellKind::One => {
                    format!("Link {{ at: {at}, section: {}, optional: {optional} }}", record_section())
                }
                CellKind::Many => format!("Range {{ at: {at}, section: {} }}", record_section()),
                CellKind::Link(kind) => {
                    format!("Link {{ at: {at}, section: {}, optional: {optional} }}", layout.keys(kind))
                }
                // Whether a target may be absent depends on the sibling, so the accessor copes with it.
                CellKind::Pick => {
                    format!("Target {{ at: {at}, sections: &[{}], optional: {optional} }}", sections_of())
                }
                CellKind::Target => {
                    format!("Target {{ at: {at}, sections: &[{}], optional: true }}", sections_of())
                }
                CellKind::Value => format!("Value {{ at: {at}, optional: {optional} }}"),
                CellKind::Texts => format!("Texts {{ at: {at}, list: {} }}", layout.texts),
                CellKind::Ids(kind) => {
                    format!("Ids {{ at: {at}, list: {}, section: {} }}", layout.ids, layout.keys(kind))
                }
                CellKind::Values => format!("Values {{ at: {at}, list: {} }}", layout.values),
                CellKind::Targets | CellKind::Picks => format!(
                    "Targets {{ at: {at}, list: {}, sections: &[{}] }}",
                    layout.targets,
                    sections_of()
                ),
                CellKind::Variants => {
                    format!("Variants {{ at: {at}, list: {}, count: {} }}", layout.variants, variants())
                }
            };
            columns.push(column);
        }
        sections[usize::from(rows.section)] = (rows.size, columns);
    }
    for (at, kind) in model.kinds.iter().enumerate() {
        let section = usize::from(layout.kinds[at]);
        let mut columns = vec!["Text { at: 0, optional: false }".to_owned()];
        let mut size = quest_types::format::KEY;
        if let Some(parent) = kind.parent {
            size = quest_types::format::SCOPED_KEY;
            columns.push(format!("Link {{ at: 8, section: {}, optional: false }}", layout.keys(parent)));
        }
        sections[section] = (size as u32, columns);
        sections[section + 1] =
            (quest_types::format::SLOT as u32, vec![format!("Slots {{ keys: {section} }}")]);
    }
    for (section, size) in
        [(layout.texts, 8), (layout.ids, 4), (layout.values, 9), (layout.targets, 9), (layout.variants, 1)]
    {
        sections[usize::from(section)] = (size, Vec::new());
    }
    out.line("/// What the tables hold, for the loader.");
    out.open("const LAYOUT: __rt::table::Layout = __rt::table::Layout {");
    out.line(&format!("fingerprint: {:#018x},", layout.fingerprint));
    out.line(&format!("ids: {ids:#018x},"));
    out.open("sections: &[");
    for (size, columns) in sections {
        if columns.is_empty() {
            out.line(&format!("__rt::table::Section {{ size: {size}, columns: &[] }},"));
            continue;
        }
        out.open("__rt::table::Section {");
        out.line(&format!("size: {size},"));
        out.open("columns: &[");
        for column in columns {
            out.line(&format!("__rt::table::Column::{column},"));
        }
        out.close("],");
        out.close("},");
    }
    out.close("],");
    out.close("};");
}

fn macros(context: &Context<'_>, content: u64, out: &mut Writer) {
    let ids: Vec<&str> = context.kinds().map(|kind| context.names.id(kind)).collect();
    let macros: Vec<&str> = context.kinds().map(|kind| context.names.macro_name(kind)).collect();
    out.blank();
    out.line(
        "// The path through which literals in code reach their ids: those of other content do not compile.",
    );
    out.line("#[doc(hidden)]");
    out.open(&format!("pub mod __content_{content:016x} {{"));
    out.open("pub use super::{");
    for id in ids {
        out.line(&format!("{id},"));
    }
    out.close("};");
    out.close("}");
    out.blank();
    out.line(&format!("__rt::__private::define_macros! {{ crate; {} }}", macros.join(" ")));
}

/// The payload of a variant: what the ids of these kinds are called together.
pub(super) fn payload(
    context: &Context<'_>,
    mapping: &Mapping,
    kinds: &[KindId],
    required: bool,
) -> Option<String> {
    let one = match (mapping, kinds) {
        (Mapping::Nothing, _) => return None,
        (Mapping::Text, _) => "&'static str".to_owned(),
        (Mapping::Kinds(_), [kind]) => context.names.id(*kind).to_owned(),
        (Mapping::Kinds(_), kinds) => types::union_name(context, kinds),
    };
    Some(if required { one } else { format!("Option<{one}>") })
}
