//! `x-group`: objects that belong together, and what they must have in common.

use super::misfit::{Misfit, Problem};
use super::{Validator, ValueContext};
use crate::diagnostics::{Diagnostic, code, list, near, nouns};
use crate::schema::{Additional, Group, Items, SchemaNode, Schemas, canonical_of};
use crate::source::Node;
use crate::text::Span;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// At most this many objects after the first are searched for a partner with a misspelt name.
const MOST_COMPARED: usize = 200;
/// At most this many objects of a group of the wrong size are shown.
const MOST_LABELLED: usize = 4;

/// An object, with its name if it is in a map.
#[derive(Clone, Copy)]
struct Member<'a> {
    key: Option<Node<'a>>,
    object: Node<'a>,
}

impl Member<'_> {
    /// Where messages point: the value of a property, or the object if it has no such property.
    fn labelled(&self, property: &str) -> Span {
        self.object.get(property).unwrap_or(self.object).label()
    }
}

/// The objects that have one value of the property that groups them.
struct Members<'a> {
    by: Node<'a>,
    list: Vec<Member<'a>>,
}

/// How messages name the objects of a list or map.
struct GroupNouns<'s> {
    noun: String,
    /// What several of them are called, if the schema says so.
    plural: Option<String>,
    /// The property that holds their id.
    id: Option<&'s str>,
}

impl Validator<'_, '_> {
    pub(super) fn group(
        &mut self,
        group: &Group,
        node: &SchemaNode,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        // In the order of the file, so that diagnostics do not depend on hashes.
        let mut groups: Vec<Members<'_>> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        let mut nameless = false;
        let elements = value.elements().map(|object| Member { key: None, object });
        let named = value.properties().map(|(key, object)| Member { key: Some(key), object });
        for member in elements.chain(named) {
            let Some(by) = member.object.get(&group.by) else {
                nameless = true;
                continue;
            };
            let at = *known.entry(canonical_of(by)).or_insert_with(|| {
                groups.push(Members { by, list: Vec::new() });
                groups.len() - 1
            });
            groups[at].list.push(member);
        }
        let size = group.size;
        let (whole, mut others): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|members| size.is_none_or(|size| members.list.len() as u64 == size));
        let missing = |misfit: &Misfit| misfit.problem == Problem::Missing;
        if nameless && self.misfits.iter().skip(context.first).any(missing) {
            // The object that lacks the property, which has been reported, may be what the others lack.
            others.retain(|members| size.is_some_and(|size| members.list.len() as u64 > size));
        }
        self.sizes(group, node, &others);
        // Properties are compared only within groups of the right size: in others it is not known which objects belong together.
        for members in &whole {
            for property in &group.same {
                self.same(group, node, members, property);
            }
            for property in &group.differ {
                self.differ(group, node, members, property, context);
            }
        }
    }

    fn sizes(&mut self, group: &Group, node: &SchemaNode, wrong: &[Members<'_>]) {
        let Some(size) = group.size.filter(|_| !wrong.is_empty()) else { return };
        self.failed = true;
        if self.probing {
            return;
        }
        let group_nouns = group_nouns(self.schemas, node);
        let mut paired: Vec<u32> = Vec::new();
        for (at, members) in wrong.iter().enumerate() {
            if paired.contains(&members.by.at()) {
                continue;
            }
            let (others, diagnostic) = if let ([only], 2) = (members.list.as_slice(), size) {
                // Two incomplete groups of one object each are one mistake if their values are similar.
                let others = wrong[at + 1..].iter().take(MOST_COMPARED);
                let others = others.filter(|other| other.list.len() == 1 && !paired.contains(&other.by.at()));
                let text = shown(members.by);
                let partner =
                    others.filter(|other| near_values(text, shown(other.by))).map(|other| other.by).next();
                paired.extend(partner.map(Node::at));
                let others = partner.map(Node::label).into_iter().collect();
                (others, group_of_one(group, &group_nouns, only, members.by, partner))
            } else {
                let others = members.list.iter().take(MOST_LABELLED).skip(1);
                let others = others.map(|member| member.labelled(&group.by)).collect();
                (others, wrong_size(group, &group_nouns, members, size))
            };
            self.misfits.push(comparison(group, members.by.label(), others, diagnostic));
        }
    }

    fn same(&mut self, group: &Group, node: &SchemaNode, members: &Members<'_>, property: &str) {
        let Some(first) = members.list.first() else { return };
        let text = |member: &Member<'_>| member.object.get(property).map(canonical_of);
        let Some(other) = members.list.iter().find(|member| text(member) != text(first)) else { return };
        let group_nouns = group_nouns(self.schemas, node);
        self.fail(|| {
            let labelled = |diagnostic: Diagnostic, member: &Member<'_>, is: &str| {
                let missing = member.object.get(property).is_none();
                let text = if missing { format!("has no `{property}`") } else { is.to_owned() };
                diagnostic.label(member.labelled(property), text)
            };
            let title = format!("`{property}` differs between {}", both(&group_nouns, first, other));
            let diagnostic = labelled(Diagnostic::new(&code::GROUP, title), other, "this differs");
            let diagnostic = labelled(diagnostic, first, "from this")
                .note(together(group, members.by))
                .help("write the same value in both");
            comparison(group, other.labelled(property), vec![first.labelled(property)], diagnostic)
        });
    }

    fn differ(
        &mut self,
        group: &Group,
        node: &SchemaNode,
        members: &Members<'_>,
        property: &str,
        context: &ValueContext<'_>,
    ) {
        let mut seen: HashMap<String, Member<'_>> = HashMap::new();
        for member in &members.list {
            let Some(value) = member.object.get(property) else { continue };
            let first = match seen.entry(canonical_of(value)) {
                Entry::Occupied(first) => *first.get(),
                Entry::Vacant(new) => {
                    new.insert(*member);
                    continue;
                }
            };
            if self.misfits.iter().skip(context.first).any(|misfit| misfit.at == value.label()) {
                self.failed = true; // another rule has found this value wrong
                continue;
            }
            let group_nouns = group_nouns(self.schemas, node);
            self.fail(|| {
                let title =
                    format!("`{property}` must differ between {}", both(&group_nouns, &first, member));
                let diagnostic = Diagnostic::new(&code::GROUP, title).label(value.label(), "the same again");
                let other = first.labelled(property);
                let diagnostic = diagnostic.label(other, "the first").note(together(group, members.by));
                comparison(group, value.label(), vec![other], diagnostic)
            });
        }
    }
}

/// How messages name the objects of a list or map: by the kind of their ids, if they have any.
fn group_nouns<'s>(schemas: &'s Schemas, node: &SchemaNode) -> GroupNouns<'s> {
    let noun = |kind: &str| kind.rsplit('.').next().unwrap_or(kind).to_owned();
    let names = node.more.as_ref().and_then(|more| more.property_names.as_ref());
    let of_names = names.and_then(|site| {
        let key = site.annotations.key.as_ref().or(schemas.get(site.schema).annotations.key.as_ref())?;
        Some((noun(&key.kind), key.plural.as_ref().map(|plural| plural.text.clone())))
    });
    let site = match (&node.items, &node.additional) {
        (Items::Each(site), _) | (_, Additional::Schema(site)) => Some(site),
        _ => None,
    };
    let keyed = site.and_then(|site| {
        schemas.get(site.schema).properties.iter().find_map(|property| {
            let key = property.annotations.key.as_ref().or(schemas
                .get(property.schema)
                .annotations
                .key
                .as_ref())?;
            let plural = key.plural.as_ref().map(|plural| plural.text.clone());
            Some((property.name.as_str(), (noun(&key.kind), plural)))
        })
    });
    let (noun, plural) = of_names
        .or_else(|| keyed.as_ref().map(|(_, noun)| noun.clone()))
        .unwrap_or_else(|| ("object".to_owned(), None));
    GroupNouns { noun, plural, id: keyed.map(|(name, _)| name) }
}

impl GroupNouns<'_> {
    /// What several of the objects are called.
    fn plural(&self) -> String {
        self.plural.clone().unwrap_or_else(|| nouns::plural(&self.noun))
    }

    /// A number of objects in words: `1 quest`, `2 quests`.
    fn counted(&self, count: u64) -> String {
        match &self.plural {
            Some(plural) if count != 1 => format!("{count} {plural}"),
            _ => nouns::count(count, &self.noun),
        }
    }

    /// The id of an object; `None` if it has none.
    fn id(&self, member: &Member<'_>) -> Option<String> {
        let id = member.key.or_else(|| member.object.get(self.id?))?;
        Some(shown(id).to_owned())
    }
}

/// A misfit of values that have to be equal or to differ, the one to blame first.
fn comparison(group: &Group, at: Span, others: Vec<Span>, diagnostic: Diagnostic) -> Misfit {
    let mut values = others;
    values.insert(0, at);
    Misfit::new(Problem::Comparison(values), at, diagnostic.lint(group.lint.as_deref()))
}

/// An object whose only partner is missing.
fn group_of_one(
    group: &Group,
    group_nouns: &GroupNouns<'_>,
    member: &Member<'_>,
    by: Node<'_>,
    partner: Option<Node<'_>>,
) -> Diagnostic {
    let (noun, property, value) = (nouns::spoken(&group_nouns.noun), &group.by, shown(by));
    let this = group_nouns.id(member).map_or_else(|| format!("this {noun}"), |id| format!("`{id}`"));
    let title = format!("{this} has no partner: no other {noun} has the `{property}` `{value}`");
    let diagnostic = Diagnostic::new(&code::GROUP, title);
    match partner {
        Some(partner) => diagnostic
            .label(by.label(), "only this one has it")
            .label(partner.label(), "is this the partner?")
            .help(format!("write the same `{property}` in both")),
        None => diagnostic.label(by.label(), "only this one has it").help(format!(
            "add the other {noun} with this `{property}`, or write the `{property}` of the one it belongs to"
        )),
    }
}

fn wrong_size(group: &Group, group_nouns: &GroupNouns<'_>, members: &Members<'_>, size: u64) -> Diagnostic {
    let (count, property) = (members.list.len() as u64, &group.by);
    let have = if count == 1 { "has" } else { "have" };
    let title = format!(
        "{} {have} the `{property}` `{}`, and there must be {size}",
        group_nouns.counted(count),
        shown(members.by)
    );
    let mut diagnostic = Diagnostic::new(&code::GROUP, title);
    for member in members.list.iter().take(MOST_LABELLED) {
        let label =
            group_nouns.id(member).map_or_else(|| "one of them".to_owned(), |id| format!("`{id}` has it"));
        diagnostic = diagnostic.label(member.labelled(property), label);
    }
    let noun = nouns::spoken(&group_nouns.noun);
    if count < size {
        let missing = group_nouns.counted(size - count);
        diagnostic.help(format!("add {missing} with this `{property}`"))
    } else {
        diagnostic.help(format!("give every {noun} that does not belong to the others another `{property}`"))
    }
}

/// Both objects by their ids, if they have any.
fn both(group_nouns: &GroupNouns<'_>, one: &Member<'_>, other: &Member<'_>) -> String {
    match (group_nouns.id(one), group_nouns.id(other)) {
        (Some(one), Some(other)) if one != other => list(&[one, other], "and"),
        _ => format!("two {} that belong together", group_nouns.plural()),
    }
}

fn together(group: &Group, by: Node<'_>) -> String {
    format!("they belong together: both have the `{}` `{}`", group.by, shown(by))
}

fn shown(node: Node<'_>) -> &str {
    node.plain().unwrap_or(node.raw())
}

/// Whether two values differ by a slip only.
fn near_values(one: &str, other: &str) -> bool {
    !near(one, std::iter::once(other)).is_empty()
}
