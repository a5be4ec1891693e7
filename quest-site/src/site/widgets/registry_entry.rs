//! What a registry says about an id.

use super::value::{cut, is_short, plain};
use crate::objects::{Objects, capitalized, spaced};
use crate::site::markup::NL;
use maud::{Markup, html};
use quest_compiler::schema::KindId;
use quest_compiler::source::NodeKind;

/// The properties of a registry entry other than its id and title.
pub(crate) fn registry_entry(objects: &Objects<'_, '_>, kind: KindId, id: u32) -> Markup {
    let (short, long): (Vec<_>, Vec<_>) =
        objects.registry_properties(kind, id).into_iter().partition(|(_, value)| is_short(*value));
    html! {
        @for (name, value) in &long {
            @match value.text() {
                Some(text) => p.text { span.label { (capitalized(&spaced(name))) } " " (cut(&text)) },
                None => {
                    p.text { span.label { (capitalized(&spaced(name))) } }
                    pre.json tabindex="0" { (cut(value.raw())) }
                },
            }
            (NL)
        }
        @if !short.is_empty() {
            dl.facts { (NL)
                @for (name, value) in &short {
                    div {
                        dt { (capitalized(&spaced(name))) }
                        dd {
                            @if value.kind() == NodeKind::Array {
                                span.values { @for value in value.elements() { span.value { (plain(value)) } " " } }
                            } @else { (plain(*value)) }
                        }
                    } (NL)
                }
            } (NL)
        }
    }
}
