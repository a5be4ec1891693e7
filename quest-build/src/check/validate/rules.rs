//! Our own assertions: `x-max-bytes`, `x-equals`, `x-group`.

use super::Validator;
use super::words::{plural, subject};
use crate::diagnose::{Diagnostic, code, list};
use crate::schema::{Group, More, canonical_of};
use crate::source::Node;
use std::collections::HashMap;

/// Properties of objects that belong together: a name or none, and the object.
type Members<'a> = Vec<Node<'a>>;

impl Validator<'_, '_> {
    pub(super) fn bytes(&mut self, more: &More, value: Node<'_>, name: Option<&str>) {
        let Some(most) = more.max_bytes else { return };
        let length = value.text().map_or(0, |text| text.len() as u64);
        if length > most {
            let characters = value.text().map_or(0, |text| text.chars().count() as u64);
            self.fail(|| {
                let finding = Diagnostic::new(
                    &code::LENGTH,
                    format!("{} is too long: {}", subject(name), plural(length, "byte")),
                )
                .label(value.label(), format!("it can have at most {}", plural(most, "byte")));
                if characters < length {
                    finding.note(format!(
                        "these are {}, of which some take more than one byte",
                        plural(characters, "character")
                    ))
                } else {
                    finding
                }
            });
        }
    }

    /// A property of an object is equal to a sibling, or to the name under which the object stands.
    pub(super) fn equals(&mut self, object: Node<'_>, property: &str, other: &str, name: Option<&str>) {
        let Some(value) = object.get(property) else { return };
        if other == "{key}" {
            let Some(name) = name.filter(|name| value.text().as_deref() != Some(name)) else { return };
            self.fail(|| {
                Diagnostic::new(
                    &code::NOT_EQUAL,
                    format!("`{property}` is `{}`, but this object stands under the name `{name}`", value.raw().trim_matches('"')),
                )
                .label(value.label(), "must be the same as the name")
                .help(format!("write `{name}`"))
            });
            return;
        }
        let Some(sibling) = object.get(other).filter(|sibling| canonical_of(*sibling) != canonical_of(value)) else {
            return;
        };
        self.fail(|| {
            Diagnostic::new(&code::NOT_EQUAL, format!("`{property}` must be equal to `{other}`"))
                .label(value.label(), "this differs")
                .label(sibling.label(), "from this")
        });
    }

    pub(super) fn group(&mut self, group: &Group, value: Node<'_>) {
        // In the order of the file, so that findings do not depend on hashes.
        let mut groups: Vec<(String, Members<'_>)> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for object in value.elements().chain(value.properties().map(|(_, object)| object)) {
            let Some(by) = object.get(&group.by) else { continue };
            let at = *known.entry(canonical_of(by)).or_insert_with(|| {
                groups.push((by.raw().trim_matches('"').to_owned(), Vec::new()));
                groups.len() - 1
            });
            groups[at].1.push(object);
        }
        for (name, members) in &groups {
            self.size(group, name, members);
            for property in &group.same {
                self.same(group, name, members, property);
            }
            for property in &group.differ {
                self.differ(group, members, property);
            }
        }
    }

    fn size(&mut self, group: &Group, name: &str, members: &[Node<'_>]) {
        let (Some(size), count) = (group.size, members.len() as u64) else { return };
        if count == size {
            return;
        }
        self.fail(|| {
            let be = if count == 1 { "is" } else { "are" };
            let mut finding = Diagnostic::new(
                &code::GROUP,
                format!("there {be} {count} with the `{}` `{name}`, and there must be {size}", group.by),
            )
            .lint(group.lint.as_deref());
            for (at, member) in members.iter().enumerate().take(4) {
                let label = if count < size { "its partner is missing" } else { ["the first", "the second", "the third", "the fourth"][at] };
                finding = finding.label(member.get(&group.by).unwrap_or(*member).label(), label);
            }
            finding
        });
    }

    fn same(&mut self, group: &Group, name: &str, members: &[Node<'_>], property: &str) {
        let Some(first) = members.first() else { return };
        let text = |object: &Node<'_>| object.get(property).map(canonical_of);
        let Some(other) = members.iter().find(|member| text(member) != text(first)) else { return };
        self.fail(|| {
            let place = |object: &Node<'_>| object.get(property).unwrap_or(*object).label();
            Diagnostic::new(
                &code::GROUP,
                format!("`{property}` differs between the objects with the `{}` `{name}`", group.by),
            )
            .label(place(other), "this differs")
            .label(place(first), "from this")
            .help("write the same value in both")
            .lint(group.lint.as_deref())
        });
    }

    fn differ(&mut self, group: &Group, members: &[Node<'_>], property: &str) {
        let mut seen: HashMap<String, Node<'_>> = HashMap::new();
        for value in members.iter().filter_map(|member| member.get(property)) {
            if let Some(first) = seen.insert(canonical_of(value), value) {
                self.fail(|| {
                    Diagnostic::new(
                        &code::GROUP,
                        format!(
                            "{} of two objects that belong together must differ",
                            list(std::iter::once(property), "and")
                        ),
                    )
                    .label(value.label(), "the same again")
                    .label(first.label(), "the first")
                    .note(format!("objects with the same `{}` belong together", group.by))
                    .lint(group.lint.as_deref())
                });
            }
        }
    }
}
