//! The constant `LAYOUT`: what the loader must know of the tables to verify a pack.

use super::template::{fill, lines};
use super::{Context, journal_layout};
use crate::lower::{CellKind, CellLayout, PROGRAM_SIZES, RecordLayout};
use crate::schema::{Field, KindId, Mapping, Shape};
use quest_format::{self as format, TARGET_ABSENT, TARGET_TEXT, TARGET_UNKNOWN};

const LAYOUT: &str = r#"
/// What the tables hold, for the loader.
const LAYOUT: __rt::table::Layout = __rt::table::Layout {
    fingerprint: $fingerprint,
    ids: $ids,
    long: $long,
    sections: &[
        $sections
    ],
};
"#;

const SECTION: &str = r#"
__rt::table::Section {
    size: $size,
    columns: &[
        $columns
    ],
},
"#;

/// A section as the loader checks it.
#[derive(Clone, Default)]
struct Section {
    /// Bytes of a row.
    size: usize,
    /// Variants of `__rt::table::Column`, as Rust.
    columns: Vec<String>,
}

/// The layout in the terms of the loader, which checks every cell of a pack against it.
pub(super) fn layout(context: &Context<'_>, ids: u64) -> String {
    let layout = context.layout;
    let mut sections = vec![Section::default(); usize::from(layout.sections)];
    record_sections(context, &mut sections);
    id_sections(context, &mut sections);
    for (section, size) in [
        (layout.texts, format::TEXT),
        (layout.ids, format::LINK),
        (layout.values, format::VALUE),
        (layout.targets, format::TARGET),
        (layout.variants, format::VARIANT),
        (layout.long, format::LONG_RANGE),
    ] {
        sections[usize::from(section)] = Section { size, columns: Vec::new() };
    }
    let kinds: Vec<String> = layout.kinds.iter().map(u16::to_string).collect();
    sections[usize::from(layout.renames)] = Section {
        size: format::RENAME,
        columns: vec![format!("Renames {{ kinds: &[{}] }}", kinds.join(", "))],
    };
    if let (Some(program), Some(journal)) = (layout.program, &context.model.journal) {
        let columns = journal_layout::columns(context, journal, program.first);
        for ((columns, size), at) in columns.into_iter().zip(PROGRAM_SIZES).zip(usize::from(program.first)..)
        {
            sections[at] = Section { size, columns };
        }
    }
    let sections: String = sections.iter().map(section).collect();
    fill(
        LAYOUT,
        &[
            ("fingerprint", &format!("{:#018x}", layout.fingerprint)),
            ("ids", &format!("{ids:#018x}")),
            ("long", &layout.long.to_string()),
            ("sections", &sections),
        ],
    )
}

fn section(Section { size, columns }: &Section) -> String {
    if columns.is_empty() {
        return format!("__rt::table::Section {{ size: {size}, columns: &[] }},\n");
    }
    let columns = lines(columns.iter().map(|column| format!("__rt::table::Column::{column},")));
    fill(SECTION, &[("size", &size.to_string()), ("columns", &columns)])
}

fn record_sections(context: &Context<'_>, sections: &mut [Section]) {
    for (record, rows) in context.model.records.iter().zip(&context.layout.records) {
        let mut columns = Vec::new();
        for (field, cell) in record.fields.iter().zip(&rows.cells) {
            if let Shape::Key(kind) = field.shape
                && cell.cell == CellKind::OwnId
                && context.record_of(kind).is_some()
            {
                columns.push(format!("SameRows {{ section: {} }}", context.layout.id_section(kind)));
            }
            columns.extend(column(context, field, *cell));
            columns.extend(tags(context, rows, field, *cell));
        }
        sections[usize::from(rows.section)] = Section { size: rows.size as usize, columns };
    }
}

/// The column of a field; none if every value of its cell is valid.
fn column(context: &Context<'_>, field: &Field, layout: CellLayout) -> Option<String> {
    let tables = context.layout;
    let (at, optional) = (layout.at, field.optional());
    let link = |section: u16| format!("Link {{ at: {at}, section: {section}, optional: {optional} }}");
    let column = match layout.cell {
        CellKind::Flag(_) | CellKind::Integer { .. } | CellKind::Float => return None,
        CellKind::OwnId => match field.shape {
            Shape::Key(kind) => link(tables.id_section(kind)),
            _ => return None,
        },
        CellKind::Wide { .. } => {
            let (byte, bit) = layout.long.unwrap_or_default();
            format!("Wide {{ at: {at}, byte: {byte}, bit: {bit} }}")
        }
        CellKind::Variant => {
            format!("Variant {{ at: {at}, count: {}, optional: {optional} }}", variants(context, field))
        }
        CellKind::Text => format!("Text {{ at: {at}, optional: {optional} }}"),
        CellKind::Value => format!("Value {{ at: {at}, optional: {optional} }}"),
        CellKind::One => link(record_section(context, field)),
        CellKind::Link(kind) => link(tables.id_section(kind)),
        CellKind::Pick => {
            let sections = target_sections(context, field);
            format!("Target {{ at: {at}, sections: &[{sections}], optional: {optional} }}")
        }
        // Whether a target may be absent depends on the sibling: `Tags` says so.
        CellKind::Target => {
            let sections = target_sections(context, field);
            format!("Target {{ at: {at}, sections: &[{sections}], optional: true }}")
        }
        _ => list_column(context, field, layout),
    };
    Some(column)
}

fn list_column(context: &Context<'_>, field: &Field, CellLayout { cell, at, .. }: CellLayout) -> String {
    let tables = context.layout;
    match cell {
        CellKind::Many => format!("Range {{ at: {at}, section: {} }}", record_section(context, field)),
        CellKind::Texts => format!("Texts {{ at: {at}, list: {} }}", tables.texts),
        CellKind::Ids(kind) => {
            format!("Ids {{ at: {at}, list: {}, section: {} }}", tables.ids, tables.id_section(kind))
        }
        CellKind::Variants => {
            format!("Variants {{ at: {at}, list: {}, count: {} }}", tables.variants, variants(context, field))
        }
        CellKind::Targets | CellKind::Picks => {
            let sections = target_sections(context, field);
            format!("Targets {{ at: {at}, list: {}, sections: &[{sections}] }}", tables.targets)
        }
        _ => format!("Values {{ at: {at}, list: {} }}", tables.values),
    }
}

/// The number of values of an enum.
fn variants(context: &Context<'_>, field: &Field) -> usize {
    match field.shape.element() {
        Shape::Enum(id) => context.model.enumeration(*id).variants.len(),
        _ => 0,
    }
}

/// The section of the objects in a field.
fn record_section(context: &Context<'_>, field: &Field) -> u16 {
    match field.shape.element() {
        Shape::Record(record) | Shape::Map(record) => context.layout.records[record.0 as usize].section,
        _ => 0,
    }
}

/// The sections that the kinds or record types of a target are in, by number.
fn target_sections(context: &Context<'_>, field: &Field) -> String {
    let layout = context.layout;
    let of_kinds = |kinds: &[KindId]| kinds.iter().map(|kind| layout.id_section(*kind)).collect();
    let sections: Vec<u16> = match field.shape.element() {
        Shape::Link(spec) => of_kinds(&spec.kinds),
        Shape::Target(target) => of_kinds(&context.model.target(*target).all),
        Shape::Union(union) => {
            let records = context.model.union(*union).variants.iter();
            records.map(|(_, record)| layout.records[record.0 as usize].section).collect()
        }
        _ => Vec::new(),
    };
    sections.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}

fn id_sections(context: &Context<'_>, sections: &mut [Section]) {
    let layout = context.layout;
    for (kind, section) in context.model.kinds.iter().zip(&layout.kinds) {
        let at = usize::from(*section);
        let parents = match kind.parent {
            Some(parent) => vec![
                format!("SameRows {{ section: {section} }}"),
                format!("Link {{ at: 0, section: {}, optional: false }}", layout.id_section(parent)),
            ],
            None => vec!["Empty".to_owned()],
        };
        let texts = vec!["Text { at: 0, optional: false }".to_owned()];
        let slots = vec![format!("Slots {{ keys: {section} }}")];
        sections[at] = Section { size: format::KEY, columns: texts };
        sections[at + 1] = Section { size: format::lookup::SLOT, columns: slots };
        sections[at + 2] = Section { size: format::PARENT, columns: parents };
    }
}

/// The rule for a target whose accessor expects more than its kinds say: that it is present, or that it is of the kind that a sibling
/// asks for. It must allow everything that the accessors and the `read` of the types understand.
fn tags(context: &Context<'_>, rows: &RecordLayout, field: &Field, layout: CellLayout) -> Option<String> {
    let at = layout.at;
    let kinds = |count: usize| (1..=count).filter_map(|tag| u8::try_from(tag).ok());
    let optional = field.optional();
    let (by, allowed): (Option<u32>, Vec<Vec<u8>>) = match (layout.cell, field.shape.element()) {
        // Objects are never texts, which have no place in the pool that their accessors are given.
        (CellKind::Pick | CellKind::Picks, Shape::Union(union)) => {
            let absent = (optional && layout.cell == CellKind::Pick).then_some(TARGET_ABSENT);
            (None, vec![kinds(context.model.union(*union).variants.len()).chain(absent).collect()])
        }
        (CellKind::Target, Shape::Link(spec)) if !optional && spec.kinds.len() == 1 => {
            (None, vec![vec![1, TARGET_UNKNOWN, TARGET_TEXT]])
        }
        (CellKind::Target, Shape::Link(spec)) if !optional && !spec.tolerated => {
            (None, vec![kinds(spec.kinds.len()).collect()])
        }
        (CellKind::Target | CellKind::Targets, Shape::Target(id)) => {
            let target = context.model.target(*id);
            let required = target.required || !target.optional;
            let of_one = |(mapping, kinds): (&(String, Mapping), &Vec<KindId>)| {
                let mut tags: Vec<u8> = match mapping.1 {
                    Mapping::Nothing => return Vec::new(),
                    Mapping::Text => vec![TARGET_TEXT],
                    Mapping::Kinds(_) => {
                        let number = |kind: &KindId| target.all.iter().position(|known| known == kind);
                        let numbers = kinds.iter().filter_map(number);
                        numbers.filter_map(|number| u8::try_from(number + 1).ok()).collect()
                    }
                };
                tags.extend((!required).then_some(TARGET_ABSENT));
                tags.extend(target.tolerated.then_some(TARGET_UNKNOWN));
                tags
            };
            let allowed = target.mappings.iter().zip(&target.kinds).map(of_one).collect();
            (Some(rows.cells.get(target.by)?.at), allowed)
        }
        _ => return None,
    };
    let list = match layout.cell {
        CellKind::Targets | CellKind::Picks => format!("Some({})", context.layout.targets),
        _ => "None".to_owned(),
    };
    let by = by.map_or("None".to_owned(), |by| format!("Some({by})"));
    let sets: Vec<String> = allowed.iter().map(|tags| format!("&{tags:?}")).collect();
    Some(format!("Tags {{ at: {at}, list: {list}, by: {by}, allowed: &[{}] }}", sets.join(", ")))
}
