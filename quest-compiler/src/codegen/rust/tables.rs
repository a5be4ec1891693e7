//! The struct `Tables`, which finds the sections of a tables file, and the way a game gets at it.

use super::Context;
use super::loader;
use super::template::{fill, lines, separated};
use super::{Form, RustInput};
use crate::lower::{CellKind, Column, ProgramSections};
use crate::schema::KindId;

const TABLES: &str = r#"
/// The tables in memory.
struct Tables {
    text: &'static str,
    $fields
}

impl Tables {
    const fn read(data: &'static [u8], text: &'static str) -> Self {
        Self {
            text,
            $reads
        }
    }
}
"#;

const READ_PROGRAM: &str = r#"
program: __rt::journal::program::Program::read(data, text, __rt::journal::program::Sections {
    first: $first,
    long: $long,
    keys: $keys,
    branches: $branches,
    names: [
        $names
    ],
}),
"#;

const EMBEDDED: &str = r#"
#[inline]
fn tables() -> &'static Tables {
    static TABLES: Tables = Tables::read(
        __rt::table::checked(
            include_bytes!("quests.tables"),
            $layout,
            $content,
        ),
        include_str!("quests.text"),
    );
    &TABLES
}
"#;

const EMBEDDED_LANGUAGES: &str = r#"
__rt::languages! {
    tables = Tables,
    data = __rt::table::checked(
        include_bytes!("quests.tables"),
        $layout,
        $content,
    ),
    languages = [
        $languages
    ]
}
"#;

const LOADED: &str = r#"
__rt::loader! {
    tables = Tables, layout = LAYOUT,
    counts = [$counts]$source
}
"#;

/// The struct with its constructor, and the function `tables`.
pub(super) fn tables(context: &Context<'_>, input: &RustInput<'_>) -> String {
    let RustInput { content, ids, form, source_language, languages, .. } = *input;
    let (fields, reads) = (fields(context), reads(context));
    let mut items = vec![fill(TABLES, &[("fields", &fields), ("reads", &reads)])];
    match form {
        Form::Embed => {
            let layout = format!("{:#018x}", context.layout.fingerprint);
            let content = format!("{content:#018x}");
            if languages.is_empty() {
                items.push(fill(EMBEDDED, &[("layout", &layout), ("content", &content)]));
            } else {
                let source = format!("\"{source_language}\": include_str!(\"quests.text\"),");
                let others =
                    languages.iter().map(|tag| format!("\"{tag}\": include_str!(\"quests.{tag}.text\"),"));
                let languages = lines(std::iter::once(source).chain(others));
                let values = [("layout", &*layout), ("content", &content), ("languages", &languages)];
                items.push(fill(EMBEDDED_LANGUAGES, &values));
            }
        }
        Form::Load => {
            items.push(loader::layout(context, ids));
            let count = |kind: KindId| {
                let record = context.record_of(kind)?;
                Some(format!("\"{}\": {}", context.model.kind(kind).plural(), context.rows(record)))
            };
            let counts: Vec<String> = context.kinds().filter_map(count).collect();
            let source = match languages {
                [] => String::new(),
                _ => format!(", source = \"{source_language}\""),
            };
            items.push(fill(LOADED, &[("counts", &counts.join(", ")), ("source", &source)]));
        }
    }
    separated(&items)
}

fn keys_type(context: &Context<'_>, kind: KindId) -> &'static str {
    if context.model.kind(kind).parent.is_some() { "ScopedKeys" } else { "Keys" }
}

fn fields(context: &Context<'_>) -> String {
    let records = context
        .records()
        .map(|record| format!("{}: &'static [{}],", context.rows(record), context.names.record(record)));
    let kinds = context
        .kinds()
        .map(|kind| format!("{}: __rt::table::{},", context.keys(kind), keys_type(context, kind)));
    let lists = lists_in_use(context).into_iter();
    let lists = lists.map(|List { name, kind, .. }| format!("{name}: __rt::table::{kind},"));
    let program = context.layout.program.map(|_| "program: __rt::journal::program::Program,".to_owned());
    let renames = (!context.model.kinds.is_empty()).then(|| "renames: __rt::table::Renames,".to_owned());
    lines(records.chain(kinds).chain(lists).chain(renames).chain(program))
}

fn reads(context: &Context<'_>) -> String {
    let layout = context.layout;
    let records = context.records().map(|record| {
        let section = layout.records[record.0 as usize].section;
        format!("{}: __rt::table::records(data, {section}),", context.rows(record))
    });
    let kinds = context.kinds().map(|kind| {
        let (keys, section) = (context.keys(kind), layout.id_section(kind));
        format!("{keys}: __rt::table::{}::read(data, {section}, {}),", keys_type(context, kind), section + 1)
    });
    let lists = lists_in_use(context).into_iter();
    let lists =
        lists.map(|List { name, section, .. }| format!("{name}: __rt::table::records(data, {section}),"));
    let renames = format!("renames: __rt::table::Renames::read(data, {}),", layout.renames);
    let renames = (!context.model.kinds.is_empty()).then_some(renames);
    lines(records.chain(kinds).chain(lists).chain(renames))
        + &layout.program.map(read_program).unwrap_or_default()
}

fn read_program(ProgramSections { first, long, ids, branches, names }: ProgramSections) -> String {
    let names = names.map(|column| match column {
        Some(Column { section, size, at }) => {
            format!("Some(__rt::journal::program::Column {{ section: {section}, size: {size}, at: {at} }}),")
        }
        None => "None,".to_owned(),
    });
    fill(
        READ_PROGRAM,
        &[
            ("first", &first.to_string()),
            ("long", &long.to_string()),
            ("keys", &format!("{ids:?}")),
            ("branches", &format!("{branches:?}")),
            ("names", &lines(names)),
        ],
    )
}

/// A section of list elements: its field in `Tables`, the type of the field, and its number.
struct List {
    name: &'static str,
    kind: &'static str,
    section: u16,
}

/// The sections of list elements that an accessor reads, so that no field of `Tables` is dead code.
fn lists_in_use(context: &Context<'_>) -> Vec<List> {
    let layout = context.layout;
    let all = [
        List { name: "texts", kind: "Texts", section: layout.texts },
        List { name: "ids", kind: "IdRows", section: layout.ids },
        List { name: "values", kind: "Values", section: layout.values },
        List { name: "targets", kind: "Targets", section: layout.targets },
        List { name: "variants", kind: "Variants", section: layout.variants },
        List { name: "long", kind: "LongRanges", section: layout.long },
    ];
    let cells = || layout.records.iter().flat_map(|record| &record.cells).map(|layout| layout.cell);
    let is_used = |list: &List| match list.name {
        "long" => layout.program.is_some() || cells().any(reads_long_cells),
        name => cells().any(|cell| list_name(cell) == Some(name)),
    };
    all.into_iter().filter(is_used).collect()
}

/// The section that holds the elements of a list.
fn list_name(cell: CellKind) -> Option<&'static str> {
    match cell {
        CellKind::Texts => Some("texts"),
        CellKind::Ids(_) => Some("ids"),
        CellKind::Values => Some("values"),
        CellKind::Targets | CellKind::Picks => Some("targets"),
        CellKind::Variants => Some("variants"),
        _ => None,
    }
}

fn reads_long_cells(cell: CellKind) -> bool {
    matches!(cell, CellKind::Many | CellKind::Wide { .. }) || list_name(cell).is_some()
}
