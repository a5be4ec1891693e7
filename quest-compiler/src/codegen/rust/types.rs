//! Enums and ids.

use super::super::constants::{Constant, Constants};
use super::super::names::type_name;
use super::writer::Writer;
use super::{Context, payload};
use crate::schema::{Enum, KindId, Mapping, Shape, TargetId, Union, Variant};

/// A documentation text: description, then the section of the source document.
pub(super) fn describe(description: Option<&str>, fallback: &str, source: Option<&str>, out: &mut Writer) {
    out.doc(description.unwrap_or(fallback));
    if let Some(source) = source {
        out.line("///");
        out.doc(&format!("Source: {source}."));
    }
}

/// An enum of the schema.
pub(super) fn enumeration(item: &Enum, name: &str, out: &mut Writer) {
    out.blank();
    describe(item.description.as_deref(), "One of a fixed set of values.", item.source.as_deref(), out);
    out.line("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]");
    out.open(&format!("pub enum {name} {{"));
    for variant in &item.variants {
        match &variant.description {
            Some(description) => out.doc(&format!("`{}`: {description}", variant.json)),
            None => out.doc(&format!("`{}`", variant.json)),
        }
        out.line(&format!("{},", variant_name(variant)));
    }
    out.close("}");
    out.blank();
    out.open(&format!("impl {name} {{"));
    out.line("/// Every value, in the order of the schema.");
    out.open(&format!("pub const ALL: &'static [{name}] = &["));
    for variant in &item.variants {
        out.line(&format!("{name}::{},", variant_name(variant)));
    }
    out.close("];");
    out.blank();
    out.line("/// The value as the content spells it.");
    out.line("#[must_use]");
    out.open("pub const fn as_str(self) -> &'static str {");
    out.open("match self {");
    for variant in &item.variants {
        out.line(&format!("Self::{} => {:?},", variant_name(variant), variant.json));
    }
    out.close("}");
    out.close("}");
    out.blank();
    out.open("fn from_variant(variant: u8) -> Self {");
    out.open("match variant {");
    for (at, variant) in item.variants.iter().enumerate() {
        out.line(&format!("{at} => Self::{},", variant_name(variant)));
    }
    out.line("_ => __rt::broken(),");
    out.close("}");
    out.close("}");
    out.close("}");
    out.blank();
    out.open(&format!("impl core::fmt::Display for {name} {{"));
    out.open("fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {");
    out.line("f.write_str(self.as_str())");
    out.close("}");
    out.close("}");
    out.blank();
    out.open(&format!("impl __rt::Element for {name} {{"));
    out.line("type Row = __rt::Row<1>;");
    out.blank();
    out.open("fn read(row: &'static __rt::Row<1>, _: &'static str) -> Self {");
    out.line("Self::from_variant(row.u8(0))");
    out.close("}");
    out.close("}");
}

/// The name of an enum value.
pub(super) fn variant_name(variant: &Variant) -> String {
    super::super::names::variant_name(&variant.json, variant.name.as_deref())
}

/// `ItemOrNpc`.
pub(super) fn union_name(context: &Context<'_>, kinds: &[KindId]) -> String {
    context.names.union_of_ids(context.model, kinds)
}

/// The enums of references: those whose kind a sibling decides, and those to one of several kinds.
pub(super) fn targets(context: &Context<'_>, out: &mut Writer) {
    let model = context.model;
    let mut unions: Vec<Vec<KindId>> = Vec::new();
    let add = |kinds: &[KindId], unions: &mut Vec<Vec<KindId>>| {
        if kinds.len() > 1 && !unions.iter().any(|known| known == kinds) {
            unions.push(kinds.to_vec());
        }
    };
    for (at, target) in model.targets.iter().enumerate() {
        for kinds in &target.kinds {
            add(kinds, &mut unions);
        }
        one(context, TargetId(at as u32), out);
    }
    for field in model.records.iter().flat_map(|record| &record.fields) {
        if let Shape::Link(resolves) = field.shape.element() {
            add(&resolves.kinds, &mut unions);
        }
    }
    for kinds in unions {
        union(context, &kinds, out);
    }
}

fn one(context: &Context<'_>, id: TargetId, out: &mut Writer) {
    let target = context.model.target(id);
    let name = context.names.target(id);
    let record = context.model.record(target.record);
    let Shape::Enum(by) = record.fields[target.by].shape else { return };
    // One mapping for each variant, in the same order.
    let variants: Vec<String> = context.model.enumeration(by).variants.iter().map(variant_name).collect();
    let by = context.names.enumeration(by);
    let required = target.required || !target.optional;
    out.blank();
    describe(target.description.as_deref(), "What is referred to.", target.source.as_deref(), out);
    out.line("///");
    out.doc(&format!("The kind depends on `{}`.", record.fields[target.by].json));
    out.line("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]");
    out.open(&format!("pub enum {name} {{"));
    for (((value, mapping), kinds), variant) in target.mappings.iter().zip(&target.kinds).zip(&variants) {
        let nouns: Vec<&str> = kinds.iter().map(|kind| context.model.kind(*kind).noun()).collect();
        match payload(context, mapping, kinds, required) {
            None => out.line(&format!("/// `{value}`, which refers to nothing.")),
            Some(_) if nouns.is_empty() => out.line(&format!("/// `{value}`: a text.")),
            Some(_) => out.line(&format!("/// `{value}`: the id of {}.", nouns.join(" or "))),
        }
        match payload(context, mapping, kinds, required) {
            None => out.line(&format!("{variant},")),
            Some(payload) => out.line(&format!("{variant}({payload}),")),
        }
    }
    if target.tolerated {
        out.line("/// An id that nothing defines; the compiler has warned about it.");
        out.line("Unknown(&'static str),");
    }
    out.close("}");
    out.blank();
    out.open(&format!("impl {name} {{"));
    out.open(&format!("fn read(tag: {by}, target: __rt::Target) -> Self {{"));
    out.open("match (tag, target) {");
    let wrap = |inner: String| if required { inner } else { format!("Some({inner})") };
    for (((_, mapping), kinds), variant) in target.mappings.iter().zip(&target.kinds).zip(&variants) {
        let tag = format!("{by}::{variant}");
        match mapping {
            Mapping::Nothing => {
                out.line(&format!("({tag}, _) => Self::{variant},"));
                continue;
            }
            Mapping::Text => {
                let inner = wrap("text".to_owned());
                out.line(&format!("({tag}, __rt::Target::Text(text)) => Self::{variant}({inner}),"));
            }
            Mapping::Kinds(_) => {
                for kind in kinds {
                    let number = target.all.iter().position(|known| known == kind).unwrap_or(0) + 1;
                    let id = format!("{}(row)", context.names.id(*kind));
                    let inner = wrap(match kinds.as_slice() {
                        [_] => id,
                        _ => format!(
                            "{}::{}({id})",
                            union_name(context, kinds),
                            type_name(context.names.noun(*kind))
                        ),
                    });
                    out.open(&format!("({tag}, __rt::Target::Link {{ kind: {number}, row }}) => {{"));
                    out.line(&format!("Self::{variant}({inner})"));
                    out.close("}");
                }
            }
        }
        if !required {
            out.line(&format!("({tag}, __rt::Target::Absent) => Self::{variant}(None),"));
        }
    }
    if target.tolerated {
        out.line("(_, __rt::Target::Unknown(text)) => Self::Unknown(text),");
    }
    // A target of which no value refers to anything needs no last arm.
    if target.mappings.iter().any(|(_, mapping)| *mapping != Mapping::Nothing) {
        out.line("_ => __rt::broken(),");
    }
    out.close("}");
    out.close("}");
    out.close("}");
}

fn union(context: &Context<'_>, kinds: &[KindId], out: &mut Writer) {
    let name = union_name(context, kinds);
    out.blank();
    let nouns: Vec<&str> = kinds.iter().map(|kind| context.model.kind(*kind).noun()).collect();
    out.doc(&format!("The id of {}.", nouns.join(" or ")));
    out.line("#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]");
    out.open(&format!("pub enum {name} {{"));
    for kind in kinds {
        out.line(&format!("/// The id of {}.", context.model.kind(*kind).noun()));
        out.line(&format!("{}({}),", type_name(context.names.noun(*kind)), context.names.id(*kind)));
    }
    out.close("}");
    out.blank();
    out.open(&format!("impl {name} {{"));
    out.line("/// The id as its definition in the content spells it.");
    out.line("#[must_use]");
    out.open("pub fn as_str(self) -> &'static str {");
    out.open("match self {");
    for kind in kinds {
        out.line(&format!("Self::{}(id) => id.as_str(),", type_name(context.names.noun(*kind))));
    }
    out.close("}");
    out.close("}");
    out.close("}");
    out.blank();
    out.open(&format!("impl core::fmt::Display for {name} {{"));
    out.open("fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {");
    out.open("match self {");
    for kind in kinds {
        out.line(&format!(
            "Self::{}(id) => core::fmt::Display::fmt(id, f),",
            type_name(context.names.noun(*kind))
        ));
    }
    out.close("}");
    out.close("}");
    out.close("}");
    for kind in kinds {
        let id = context.names.id(*kind);
        out.blank();
        out.open(&format!("impl core::convert::From<{id}> for {name} {{"));
        out.open(&format!("fn from(id: {id}) -> Self {{"));
        out.line(&format!("Self::{}(id)", type_name(context.names.noun(*kind))));
        out.close("}");
        out.close("}");
    }
    let used_plain = context
        .model
        .records
        .iter()
        .flat_map(|record| &record.fields)
        .any(|field| matches!(field.shape.element(), Shape::Link(resolves) if resolves.kinds == kinds));
    if !used_plain {
        return;
    }
    out.blank();
    out.open(&format!("impl {name} {{"));
    out.open("fn read(target: __rt::Target) -> Option<Self> {");
    out.open("match target {");
    for (at, kind) in kinds.iter().enumerate() {
        out.open(&format!("__rt::Target::Link {{ kind: {}, row }} => {{", at + 1));
        out.line(&format!(
            "Some(Self::{}({}(row)))",
            type_name(context.names.noun(*kind)),
            context.names.id(*kind)
        ));
        out.close("}");
    }
    out.line("_ => None,");
    out.close("}");
    out.close("}");
    out.close("}");
}

/// A union of records.
pub(super) fn record_union(context: &Context<'_>, union: &Union, name: &str, out: &mut Writer) {
    out.blank();
    describe(union.description.as_deref(), "One of several types of object.", union.source.as_deref(), out);
    out.line("///");
    out.doc(&format!("The type depends on `{}`.", union.tag));
    out.line("#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]");
    out.open(&format!("pub enum {name} {{"));
    let variants = || {
        union.variants.iter().enumerate().map(|(at, (values, record))| {
            let shown: Vec<String> = values.iter().map(|value| format!("`{}`", value.show_plain())).collect();
            (context.names.union_variant(union, at), shown.join(", "), *record)
        })
    };
    for (variant, shown, record) in variants() {
        out.doc(&format!("`{}` is {shown}.", union.tag));
        out.line(&format!("{variant}(&'static {}),", context.names.record(record)));
    }
    out.close("}");
    out.blank();
    out.open(&format!("impl {name} {{"));
    out.open("fn read(target: __rt::Target) -> Option<Self> {");
    out.open("match target {");
    for (at, (variant, _, record)) in variants().enumerate() {
        out.open(&format!("__rt::Target::Link {{ kind: {}, row }} => {{", at + 1));
        out.line(&format!("tables().{}.get(row as usize).map(Self::{variant})", context.rows(record)));
        out.close("}");
    }
    out.line("_ => None,");
    out.close("}");
    out.close("}");
    out.close("}");
}

/// The ids of a kind as constants.
pub(super) fn constants(context: &Context<'_>, constants: &Constants, out: &mut Writer) {
    let id = context.names.id(constants.kind);
    out.blank();
    out.line("#[allow(non_upper_case_globals, reason = \"letters of some scripts have no case\")]");
    out.open(&format!("impl {id} {{"));
    for Constant { name, row, id: text, title } in &constants.ids {
        match title {
            Some(title) => out.doc(&format!("`{text}`: {}", plain(title))),
            None => out.doc(&format!("`{text}`")),
        }
        out.line(&format!("pub const {name}: {id} = {id}({row});"));
    }
    out.close("}");
}

/// A text that content gives, so that rustdoc shows it as it is: `[the last]` is no link to code.
fn plain(text: &str) -> String {
    let signs = |char: char| "\\`*_{}[]<>#|~&!".contains(char);
    text.chars().flat_map(|char| signs(char).then_some('\\').into_iter().chain([char])).collect()
}

/// The id type of a kind.
pub(super) fn id(context: &Context<'_>, kind: KindId, out: &mut Writer) {
    let description = context.model.kind(kind);
    let name = context.names.id(kind);
    let ids = context.keys(kind);
    let noun = description.noun().replace('-', " ");
    // What makes one, and what it stands for: the page of the type is where a programmer looks for both.
    let made = format!(
        "`{}!(\"…\")` makes one, and does not compile if nothing has that id.",
        context.names.macro_name(kind)
    );
    let leads_to = context
        .record_of(kind)
        .map(|record| format!(" It has the methods of its [`{}`].", context.names.record(record)));
    let more = format!("{made}{}", leads_to.unwrap_or_default());
    let saved = context.model.journal.as_ref().map_or_else(Vec::new, |journal| journal.saved_kinds());
    let renames = saved.iter().position(|saved| *saved == kind);
    let renames = renames.map_or_else(String::new, |number| format!(", renames = {number}"));
    out.blank();
    match description.parent {
        None => {
            out.open("__rt::id! {");
            out.line(&format!("/// Names one {noun}."));
            out.line("///");
            out.line(&format!("/// {more}"));
            out.line(&format!("pub struct {name}: {:?}, keys = {ids}{renames};", description.path));
            out.close("}");
        }
        Some(parent) => {
            let (parent_id, parent_noun) = (context.names.id(parent), context.names.noun(parent));
            out.open("__rt::scoped_id! {");
            out.line(&format!(
                "/// Names one {noun}, unique within its {}.",
                context.model.kind(parent).noun()
            ));
            out.line("///");
            out.line(&format!("/// {more}"));
            out.line(&format!(
                "pub struct {name}: {:?}, keys = {ids}, parent = {parent_id}, parent_fn = {parent_noun}{renames};",
                description.path
            ));
            out.close("}");
        }
    }
    if let Some(record) = context.record_of(kind) {
        out.blank();
        out.line(&format!(
            "__rt::id_record! {{ {name} => {}, {} }}",
            context.names.record(record),
            context.rows(record)
        ));
        super::accessors::of_id(context, kind, record, out);
        return;
    }
    if description.records.is_empty() {
        return;
    }
    // Not every id has a record, or not every record an id: the row of an id is then at most that of its record.
    out.blank();
    out.open(&format!("impl {name} {{"));
    let whole = context.model.unions.iter().position(|union| {
        description.records.len() > 1
            && !description.shared
            && description
                .records
                .iter()
                .all(|record| union.variants.iter().any(|(_, variant)| variant == record))
    });
    if let Some(at) = whole {
        let union = &context.model.unions[at];
        let union_name = context.names.union(crate::schema::UnionId(at as u32));
        out.line(&format!("/// The [`{union_name}`] of this id, if it is the id of one."));
        out.line("#[must_use]");
        out.open(&format!("pub fn get(self) -> Option<{union_name}> {{"));
        let mut first = true;
        for record in &description.records {
            let Some(variant) = union.variants.iter().position(|(_, variant)| variant == record) else {
                continue;
            };
            let found = format!(
                "self.{}().map({union_name}::{})",
                super::super::names::identifier(context.names.record(*record)),
                context.names.union_variant(union, variant)
            );
            let line = if first { found } else { format!("    .or_else(|| {found})") };
            out.line(&line);
            first = false;
        }
        out.close("}");
        out.blank();
    }
    // How many rows of this id the records before have.
    let mut before: Vec<String> = Vec::new();
    for (at, record) in description.records.iter().enumerate() {
        let (record_name, rows) = (context.names.record(*record), context.rows(*record));
        let Some((_, field)) = context.model.record(*record).keys.iter().find(|(of, _)| *of == kind) else {
            continue;
        };
        let own = context.names.field(*record, *field);
        let wanted =
            if context.model.record(*record).fields[*field].optional() { "Some(self)" } else { "self" };
        if at > 0 {
            out.blank();
        }
        if description.shared {
            out.line(&format!("/// Every [`{record_name}`] of this id."));
            out.open(&format!(
                "pub fn {}(self) -> impl Iterator<Item = &'static {record_name}> + Clone + use<> {{",
                super::super::names::plural(record_name)
            ));
            out.line(&format!("tables().{rows}.iter().filter(move |row| row.{own}() == {wanted})"));
            out.close("}");
            continue;
        }
        out.line(&format!("/// The [`{record_name}`] of this id, if it is the id of one."));
        out.line("#[must_use]");
        out.open(&format!(
            "pub fn {}(self) -> Option<&'static {record_name}> {{",
            super::super::names::identifier(record_name)
        ));
        let before_it = match before.as_slice() {
            [] => "self.0 as usize".to_owned(),
            several => format!("(self.0 as usize).saturating_sub({})", several.join(" + ")),
        };
        out.line(&format!("let first = {before_it};"));
        out.line(&format!("tables().{rows}.get(first..)?.iter().find(|row| row.{own}() == {wanted})"));
        out.close("}");
        before.push(format!("tables().{rows}.len()"));
    }
    out.close("}");
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn what_content_says_is_no_markdown() {
        assert_eq!(plain("The Iron Path: Part 2"), "The Iron Path: Part 2");
        assert_eq!(plain("[All] of *them* & <more>"), r"\[All\] of \*them\* \& \<more\>");
    }
}
