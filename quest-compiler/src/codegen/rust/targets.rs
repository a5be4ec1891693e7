//! The enums of references whose kind a sibling decides.

use super::Context;
use super::docs::{code, describe, doc};
use super::template::fill;
use super::unions::union_name;
use crate::names::ident::type_name;
use crate::schema::{KindId, Mapping, Shape, Target, TargetId};

const TARGET: &str = r#"
$docs
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum $name {
    $variants
}

impl $name {
    fn read(tag: $tag, target: __rt::Target) -> Self {
        match (tag, target) {
            $arms
        }
    }
}
"#;

const UNKNOWN_VARIANT: &str = "\
/// An id that nothing defines; the compiler has warned about it.
Unknown(&'static str),
";

const LINK_ARM: &str = r#"
($tag, __rt::Target::Link { kind: $number, row }) => {
    Self::$variant($payload)
}
"#;

/// The enum of a reference; nothing if its sibling is no enum.
pub(super) fn target(context: &Context<'_>, id: TargetId) -> Option<String> {
    let target = context.model.target(id);
    let record = context.model.record(target.record);
    let Shape::Enum(by) = record.fields[target.by].shape else { return None };
    // One mapping for each variant, in the same order.
    let variants = context.names.values(by);
    let fallback = "What is referred to.";
    let mut docs = describe(0, target.description.as_deref(), fallback, target.source.as_deref());
    docs += "///\n";
    docs += &doc(0, &format!("The kind depends on {}.", code(&record.fields[target.by].json)));
    Some(fill(
        TARGET,
        &[
            ("docs", &docs),
            ("name", context.names.target(id)),
            ("variants", &target_variants(context, target, variants)),
            ("tag", context.names.enumeration(by)),
            ("arms", &arms(context, target, context.names.enumeration(by), variants)),
        ],
    ))
}

fn is_required(target: &Target) -> bool {
    target.required || !target.optional
}

fn target_variants(context: &Context<'_>, target: &Target, variants: &[String]) -> String {
    let mut out = String::new();
    for (((value, mapping), kinds), variant) in target.mappings.iter().zip(&target.kinds).zip(variants) {
        let nouns: Vec<&str> = kinds.iter().map(|kind| context.model.kind(*kind).noun()).collect();
        let Some(payload) = payload(context, mapping, kinds) else {
            out += &doc(1, &format!("{}, which refers to nothing.", code(value)));
            out += &format!("{variant},\n");
            continue;
        };
        let payload = if is_required(target) { payload } else { format!("Option<{payload}>") };
        let what = match nouns.as_slice() {
            [] => "a text".to_owned(),
            nouns => format!("the id of {}", nouns.join(" or ")),
        };
        out += &doc(1, &format!("{}: {what}.", code(value)));
        out += &format!("{variant}({payload}),\n");
    }
    if target.tolerated {
        out += UNKNOWN_VARIANT;
    }
    out
}

/// The type that a variant holds.
fn payload(context: &Context<'_>, mapping: &Mapping, kinds: &[KindId]) -> Option<String> {
    match (mapping, kinds) {
        (Mapping::Nothing, _) => None,
        (Mapping::Text, _) => Some("&'static str".to_owned()),
        (Mapping::Kinds(_), [kind]) => Some(context.names.id(*kind).to_owned()),
        (Mapping::Kinds(_), kinds) => Some(union_name(context, kinds)),
    }
}

fn arms(context: &Context<'_>, target: &Target, tag_type: &str, variants: &[String]) -> String {
    let is_required = is_required(target);
    let wrap = |payload: String| if is_required { payload } else { format!("Some({payload})") };
    let mut out = String::new();
    for (((_, mapping), kinds), variant) in target.mappings.iter().zip(&target.kinds).zip(variants) {
        let tag = format!("{tag_type}::{variant}");
        match mapping {
            Mapping::Nothing => {
                out += &format!("({tag}, _) => Self::{variant},\n");
                continue;
            }
            Mapping::Text => {
                let payload = wrap("text".to_owned());
                out += &format!("({tag}, __rt::Target::Text(text)) => Self::{variant}({payload}),\n");
            }
            Mapping::Kinds(_) => {
                for kind in kinds {
                    let number = target.all.iter().position(|known| known == kind).unwrap_or(0) + 1;
                    let payload = wrap(id_of_row(context, *kind, kinds));
                    let number = number.to_string();
                    let values =
                        [("tag", &*tag), ("number", &number), ("variant", variant), ("payload", &payload)];
                    out += &fill(LINK_ARM, &values);
                }
            }
        }
        if !is_required {
            out += &format!("({tag}, __rt::Target::Absent) => Self::{variant}(None),\n");
        }
    }
    if target.tolerated {
        out += "(_, __rt::Target::Unknown(text)) => Self::Unknown(text),\n";
    }
    // If no value refers to anything, the arms above are all there can be.
    if target.mappings.iter().any(|(_, mapping)| *mapping != Mapping::Nothing) {
        out += "_ => __rt::broken(),\n";
    }
    out
}

/// The expression that makes an id of one of some kinds from `row`.
fn id_of_row(context: &Context<'_>, kind: KindId, kinds: &[KindId]) -> String {
    let id = format!("{}(row)", context.names.id(kind));
    match kinds {
        [_] => id,
        _ => format!("{}::{}({id})", union_name(context, kinds), type_name(context.names.noun(kind))),
    }
}
