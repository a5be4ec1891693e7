//! The generated Rust: types and accessors, never rows. It is written to be read.

mod accessors;
mod journal;
mod layout;
mod types;
mod writer;

use super::constants::Constants;
use super::names::Names;
use crate::lower::{CellKind, Column, Layout, ProgramSections};
use crate::schema::{KindId, Mapping, Model, RecordId};
use writer::Writer;

/// How the game gets at the tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// They are part of the program.
    Embed,
    /// They are read from a pack when the game starts.
    Load,
}

/// The source of `quests.rs`.
pub fn rust(
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
    out.line(&format!("__rt::assert_format!({});", quest_format::FORMAT));
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
    journal::journal(&context, &mut out);
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
        ("long", "LongRanges", layout.long),
    ];
    let used = lists_in_use(context);
    for (name, list, _) in lists.iter().filter(|(name, ..)| used.contains(name)) {
        out.line(&format!("{name}: __rt::table::{list},"));
    }
    if layout.program.is_some() {
        out.line("program: __rt::journal::program::Program,");
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
        let section = layout.id_section(kind);
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
    if let Some(ProgramSections { first, long, ids, branches, names }) = layout.program {
        out.open(
            "program: __rt::journal::program::Program::read(data, text, __rt::journal::program::Sections {",
        );
        out.line(&format!("first: {first},"));
        out.line(&format!("long: {long},"));
        out.line(&format!("keys: {ids:?},"));
        out.line(&format!("branches: {branches:?},"));
        out.open("names: [");
        for column in names {
            out.line(&match column {
                Some(Column { section, size, at }) => format!(
                    "Some(__rt::journal::program::Column {{ section: {section}, size: {size}, at: {at} }}),"
                ),
                None => "None,".to_owned(),
            });
        }
        out.close("],");
        out.close("}),");
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
            layout::described(context, ids, out);
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
    if context.layout.program.is_some() {
        used.push("long");
    }
    for place in context.layout.records.iter().flat_map(|record| &record.cells) {
        let list = match place.cell {
            CellKind::Many | CellKind::Wide { .. } => "long",
            CellKind::Texts => "texts",
            CellKind::Ids(_) => "ids",
            CellKind::Values => "values",
            CellKind::Targets | CellKind::Picks => "targets",
            CellKind::Variants => "variants",
            _ => continue,
        };
        for list in [list, "long"] {
            if !used.contains(&list) {
                used.push(list);
            }
        }
    }
    used
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
