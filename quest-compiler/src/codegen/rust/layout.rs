//! What the loader must know of the tables to verify a pack.

use super::Context;
use super::writer::Writer;
use crate::lower::{CellKind, CellLayout, PROGRAM_SIZES, RecordLayout};
use crate::schema::{Field, KindId, Mapping, Shape};
use quest_format::{self as format, TARGET_ABSENT, TARGET_TEXT, TARGET_UNKNOWN};

/// The layout in the words of the loader, which checks every cell of a pack against it.
pub(super) fn described(context: &Context<'_>, ids: u64, out: &mut Writer) {
    let (model, layout) = (context.model, context.layout);
    let mut sections: Vec<(u32, Vec<String>)> = vec![(0, Vec::new()); usize::from(layout.sections)];
    for (record, rows) in model.records.iter().zip(&layout.records) {
        let mut columns = Vec::new();
        for (field, place) in record.fields.iter().zip(&rows.cells) {
            let at = place.at;
            let optional = field.optional();
            let kinds = |kinds: &[KindId]| {
                kinds.iter().map(|kind| layout.id_section(*kind).to_string()).collect::<Vec<_>>().join(", ")
            };
            let sections_of = || match field.shape.element() {
                Shape::Link(resolves) => kinds(&resolves.kinds),
                Shape::Target(target) => kinds(&model.target(*target).all),
                Shape::Union(union) => {
                    let records = model.union(*union).variants.iter();
                    let sections =
                        records.map(|(_, record)| layout.records[record.0 as usize].section.to_string());
                    sections.collect::<Vec<_>>().join(", ")
                }
                _ => String::new(),
            };
            let variants = || match field.shape.element() {
                Shape::Enum(id) => model.enumeration(*id).variants.len(),
                _ => 0,
            };
            let record_section = || match field.shape.element() {
                Shape::Record(record) | Shape::Map(record) => layout.records[record.0 as usize].section,
                _ => 0,
            };
            let column = match place.cell {
                CellKind::OwnId => {
                    let Shape::Key(kind) = field.shape else { continue };
                    if context.record_of(kind).is_some() {
                        columns.push(format!("SameRows {{ section: {} }}", layout.id_section(kind)));
                    }
                    format!("Link {{ at: {at}, section: {}, optional: {optional} }}", layout.id_section(kind))
                }
                CellKind::Flag(_) | CellKind::Integer { .. } | CellKind::Float => continue,
                CellKind::Wide { .. } => {
                    let (byte, bit) = place.long.unwrap_or_default();
                    format!("Wide {{ at: {at}, byte: {byte}, bit: {bit} }}")
                }
                CellKind::Variant => {
                    format!("Variant {{ at: {at}, count: {}, optional: {optional} }}", variants())
                }
                CellKind::Text => format!("Text {{ at: {at}, optional: {optional} }}"),
                CellKind::One => {
                    format!("Link {{ at: {at}, section: {}, optional: {optional} }}", record_section())
                }
                CellKind::Many => format!("Range {{ at: {at}, section: {} }}", record_section()),
                CellKind::Link(kind) => {
                    format!("Link {{ at: {at}, section: {}, optional: {optional} }}", layout.id_section(kind))
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
                    format!("Ids {{ at: {at}, list: {}, section: {} }}", layout.ids, layout.id_section(kind))
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
            columns.extend(tags(context, rows, field, *place));
        }
        sections[usize::from(rows.section)] = (rows.size, columns);
    }
    for (at, kind) in model.kinds.iter().enumerate() {
        let section = usize::from(layout.kinds[at]);
        let parents = match kind.parent {
            Some(parent) => vec![
                format!("SameRows {{ section: {section} }}"),
                format!("Link {{ at: 0, section: {}, optional: false }}", layout.id_section(parent)),
            ],
            None => vec!["Empty".to_owned()],
        };
        sections[section] = (format::KEY as u32, vec!["Text { at: 0, optional: false }".to_owned()]);
        sections[section + 1] = (format::lookup::SLOT as u32, vec![format!("Slots {{ keys: {section} }}")]);
        sections[section + 2] = (format::PARENT as u32, parents);
    }
    for (section, size) in [
        (layout.texts, format::TEXT),
        (layout.ids, format::LINK),
        (layout.values, format::VALUE),
        (layout.targets, format::TARGET),
        (layout.variants, format::VARIANT),
        (layout.long, format::LONG_RANGE),
    ] {
        sections[usize::from(section)] = (size as u32, Vec::new());
    }
    if let (Some(program), Some(journal)) = (layout.program, &model.journal) {
        let first = program.first;
        let columns = super::journal::columns(context, journal, first);
        for ((columns, size), at) in columns.into_iter().zip(PROGRAM_SIZES).zip(usize::from(first)..) {
            sections[at] = (size as u32, columns);
        }
    }
    out.line("/// What the tables hold, for the loader.");
    out.open("const LAYOUT: __rt::table::Layout = __rt::table::Layout {");
    out.line(&format!("fingerprint: {:#018x},", layout.fingerprint));
    out.line(&format!("ids: {ids:#018x},"));
    out.line(&format!("long: {},", layout.long));
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

/// The rule for a target that cannot be whatever its kinds allow, because its accessor expects more: that it is there, or the kind
/// that a sibling asks for. It must allow no less than what the accessors and the `read` of the types understand.
fn tags(context: &Context<'_>, rows: &RecordLayout, field: &Field, place: CellLayout) -> Option<String> {
    let at = place.at;
    let kinds = |count: usize| (1..=count).filter_map(|tag| u8::try_from(tag).ok());
    let optional = field.optional();
    let (by, allowed): (Option<u32>, Vec<Vec<u8>>) = match (place.cell, field.shape.element()) {
        // Objects are never texts, which have no place in the pool that their accessors are given.
        (CellKind::Pick | CellKind::Picks, Shape::Union(union)) => {
            let absent = (optional && place.cell == CellKind::Pick).then_some(TARGET_ABSENT);
            (None, vec![kinds(context.model.union(*union).variants.len()).chain(absent).collect()])
        }
        (CellKind::Target, Shape::Link(resolves)) if !optional && resolves.kinds.len() == 1 => {
            (None, vec![vec![1, TARGET_UNKNOWN, TARGET_TEXT]])
        }
        (CellKind::Target, Shape::Link(resolves)) if !optional && !resolves.tolerated => {
            (None, vec![kinds(resolves.kinds.len()).collect()])
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
    let list = match place.cell {
        CellKind::Targets | CellKind::Picks => format!("Some({})", context.layout.targets),
        _ => "None".to_owned(),
    };
    let by = by.map_or("None".to_owned(), |by| format!("Some({by})"));
    let sets: Vec<String> = allowed.iter().map(|tags| format!("&{tags:?}")).collect();
    Some(format!("Tags {{ at: {at}, list: {list}, by: {by}, allowed: &[{}] }}", sets.join(", ")))
}
