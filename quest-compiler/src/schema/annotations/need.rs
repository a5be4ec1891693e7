//! How many of several conditions are needed (`any`, `need` and `groups` of `x-requires`).

use super::fields::{FieldReader, SpannedText};
use crate::diagnostics::{Diagnostic, code};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// How many of several conditions must be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    All,
    Any,
    AtLeast(u64),
}

/// `need`, or an element of it.
#[derive(Clone, Debug)]
pub enum NeedAnnotation {
    Fixed(Need),
    /// A property of the object or group decides.
    By {
        by: SpannedText,
        /// What its values mean; empty for a number, which is itself how many are needed.
        means: Vec<(SpannedText, Need)>,
        span: Span,
    },
}

/// An element of `groups`: conditions that are made of others.
#[derive(Clone, Debug)]
pub struct GroupAnnotation {
    /// The property of a condition that holds the others.
    pub at: SpannedText,
    pub need: NeedAnnotation,
}

/// Reads `need`, or `any`, its short form.
pub(super) fn read_needs(value: Node<'_>, reader: &mut FieldReader<'_>) -> Vec<NeedAnnotation> {
    let any = read_any(value, reader);
    let Some(need) = value.get("need") else {
        return any.map_or_else(Vec::new, |any| {
            vec![NeedAnnotation::Fixed(if any { Need::Any } else { Need::All })]
        });
    };
    if any.is_some() {
        let title = "`any` and `need` of `x-requires` say the same in two ways";
        reader.report(
            Diagnostic::new(&code::ANNOTATION, title)
                .label(need.label(), "says how many are needed")
                .help("remove `any`"),
        );
    }
    let single = (need.kind() != NodeKind::Array).then_some(need);
    single.into_iter().chain(need.elements()).filter_map(|need| read_need(need, reader)).collect()
}

fn read_any(value: Node<'_>, reader: &mut FieldReader<'_>) -> Option<bool> {
    let node = value.get("any")?;
    let any = node.boolean();
    if any.is_none() {
        let diagnostic = Diagnostic::new(&code::ANNOTATION, "`any` of `x-requires` is `true` or `false`")
            .label(node.label(), "cannot be used here");
        reader.report(match node.text() {
            Some(property) => diagnostic.help(format!(
                "if the property `{property}` decides for each object, write `\"need\": {{ \"by\": \"{property}\", \"means\": {{ }} }}`"
            )),
            None => diagnostic,
        });
    }
    any
}

fn read_need(need: Node<'_>, reader: &mut FieldReader<'_>) -> Option<NeedAnnotation> {
    if need.kind() != NodeKind::Object {
        return read_fixed(need, reader).map(NeedAnnotation::Fixed);
    }
    reader.check_fields(need, &["by", "means"]);
    let means = reader.entries(need, "means", |reader, word| read_fixed(word, reader));
    Some(NeedAnnotation::By { by: reader.required(need, "by")?, means, span: need.label() })
}

fn read_fixed(need: Node<'_>, reader: &mut FieldReader<'_>) -> Option<Need> {
    let number = need.integer().and_then(|number| u64::try_from(number).ok());
    match (need.plain(), number) {
        (Some("all"), _) => Some(Need::All),
        (Some("any"), _) => Some(Need::Any),
        (_, Some(number)) => Some(Need::AtLeast(number)),
        _ => {
            reader.report(
                Diagnostic::new(&code::ANNOTATION, "this does not say how many are needed")
                    .label(need.label(), "must be `\"all\"`, `\"any\"` or a number"),
            );
            None
        }
    }
}

/// Reads `groups`: one object, or a list of them.
pub(super) fn read_groups(value: Node<'_>, reader: &mut FieldReader<'_>) -> Vec<GroupAnnotation> {
    let Some(groups) = value.get("groups") else { return Vec::new() };
    let single = (groups.kind() != NodeKind::Array).then_some(groups);
    let mut found = Vec::new();
    for group in single.into_iter().chain(groups.elements()) {
        reader.check_fields(group, &["at", "need"]);
        let need = match group.get("need") {
            Some(need) => read_need(need, reader),
            None => Some(NeedAnnotation::Fixed(Need::All)),
        };
        if let (Some(at), Some(need)) = (reader.required(group, "at"), need) {
            found.push(GroupAnnotation { at, need });
        }
    }
    found
}
