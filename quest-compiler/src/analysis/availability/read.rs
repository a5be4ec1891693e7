//! The objects with requirements, and their conditions.

use super::{AnalysisContext, Condition, Group, Member, Object, wholes::Wholes};
use crate::check::requirements::{Requirement, Requirements, operator, requirements};
use crate::check::walk::{Named, follow, named, value};
use crate::check::{Resolved, Row, Tainted, id_text};
use crate::schema::{Means, Model, Operator, Path, Requires};
use crate::source::Node;
use std::borrow::Cow;

impl<'m, 'r, 'a> AnalysisContext<'m, 'r, 'a> {
    pub(super) fn read(model: &'m Model, resolved: &'r Resolved<'a>, tainted: &Tainted) -> Self {
        let mut first_sorts = Vec::new();
        let mut sorts = 0;
        for requires in &model.requires {
            first_sorts.push(sorts);
            sorts += requires.means.len();
        }
        let of_id =
            model.requires.iter().map(|own| vec![None; resolved.ids.of(own.kind).list.len()]).collect();
        let mut cx = Self { model, resolved, objects: Vec::new(), wholes: Vec::new(), of_id, first_sorts };
        cx.find_objects();
        let mut wholes = Wholes::of(&cx);
        for at in 0..cx.objects.len() {
            let (declared, row) = (cx.objects[at].declared, cx.objects[at].row);
            if is_wrong(resolved, tainted, &model.requires[declared], row) {
                cx.objects[at].wrong = true;
                // What an object with errors asks for is not known. That it asks for nothing lets no other wait in vain.
                continue;
            }
            let (conditions, group) = cx.conditions(declared, row, &mut wholes);
            cx.objects[at].conditions = conditions;
            cx.objects[at].group = group;
        }
        cx.wholes = wholes.finish();
        cx
    }

    fn find_objects(&mut self) {
        let (content, ids) = (&self.resolved.content, &self.resolved.ids);
        for (declared, requires) in self.model.requires.iter().enumerate() {
            for row in 0..content.table(requires.record).len() {
                let row = Row { record: requires.record, row };
                let Some(id) = ids.own(self.model, content, requires.kind, row) else { continue };
                if let Some(place) = self.of_id[declared].get_mut(id as usize) {
                    *place = Some(self.objects.len() as u32);
                }
                self.objects.push(Object {
                    declared,
                    id,
                    row,
                    conditions: Vec::new(),
                    group: None,
                    wrong: false,
                });
            }
        }
    }

    /// The conditions of an object, and how they are combined.
    fn conditions(
        &self,
        declared: usize,
        row: Row,
        wholes: &mut Wholes,
    ) -> (Vec<Condition<'a>>, Option<Box<Group>>) {
        let found = requirements(self.model, self.resolved, &self.model.requires[declared], row);
        let mut conditions = Vec::new();
        let group = self.group(declared, &found, &mut conditions, wholes);
        let is_condition = |member: &Member| matches!(member, Member::Condition(_));
        if group.needed == group.members.len() as u64 && group.members.iter().all(is_condition) {
            for condition in &mut conditions {
                condition.certain = true;
            }
            return (conditions, None);
        }
        mark_certain(&group, &mut conditions);
        (conditions, Some(Box::new(group)))
    }

    fn group(
        &self,
        declared: usize,
        found: &Requirements<'a>,
        conditions: &mut Vec<Condition<'a>>,
        wholes: &mut Wholes,
    ) -> Group {
        let mut members = Vec::with_capacity(found.members.len());
        for member in &found.members {
            let condition = match member {
                Requirement::Group(group) => {
                    members.push(Member::Group(self.group(declared, group, conditions, wholes)));
                    continue;
                }
                Requirement::Reference(node, named) => {
                    named.map(|named| self.plain(declared, *node, named, wholes))
                }
                Requirement::Condition(row) => self.typed(declared, *row, wholes),
            };
            members.push(match condition {
                Some(condition) => {
                    conditions.push(condition);
                    Member::Condition(conditions.len() - 1)
                }
                None => Member::Free,
            });
        }
        Group { needed: found.needed(), members }
    }

    /// A reference alone.
    fn plain(&self, declared: usize, node: Node<'a>, named: Named<'a>, wholes: &mut Wholes) -> Condition<'a> {
        let means = self.model.requires[declared].means.first().map_or(Means::Complete, |(_, means)| *means);
        let about = wholes.about(self, named, means);
        Condition {
            sort: self.first_sorts[declared],
            means: about.means,
            node: Some(node),
            row: None,
            about: id_text(node).unwrap_or_default(),
            object: about.object,
            waits: about.waits,
            negated: false,
            range: None,
            value: None,
            certain: false,
        }
    }

    /// Reads one condition; `None` if its sort means nothing here.
    fn typed(&self, declared: usize, row: Row, wholes: &mut Wholes) -> Option<Condition<'a>> {
        let (model, resolved, requires) = (self.model, self.resolved, &self.model.requires[declared]);
        let sort = value(model, resolved, row, requires.by.as_ref()).and_then(Node::text).unwrap_or_default();
        let sort = requires.means.iter().position(|(known, _)| *known == sort || known.is_empty())?;
        let means = requires.means[sort].1;
        let target = requires.target.as_ref().and_then(|path| follow(model, resolved, row, path).next());
        let named = target
            .filter(|_| matches!(means, Means::Complete | Means::Active))
            .and_then(|(row, field)| named(model, resolved, row, field).next());
        let about = named.map(|named| wholes.about(self, named, means)).unwrap_or_default();
        let means = if named.is_some() { about.means } else { means };
        let target = target.and_then(|(row, field)| resolved.content.node(row, field));
        let text = target.and_then(id_text).unwrap_or_default();
        let wanted = value(model, resolved, row, requires.value.as_ref());
        let operator = operator(model, resolved, requires, row);
        let node = wanted.or(target);
        let (value, text) = match means {
            // What never changes is the target, or the value beside it.
            Means::Constant => (wanted.and_then(id_text).or(Some(text)), Cow::Borrowed("")),
            _ => (None, text),
        };
        Some(Condition {
            sort: self.first_sorts[declared] + sort,
            means,
            node,
            row: Some(row),
            about: text,
            object: about.object,
            waits: about.waits,
            negated: operator == Operator::NotHas,
            range: wanted.and_then(Node::number).and_then(|number| range(operator, number)),
            value,
            certain: false,
        })
    }
}

/// Whether an object has errors in what is read of it.
fn is_wrong(resolved: &Resolved<'_>, tainted: &Tainted, requires: &Requires, row: Row) -> bool {
    let own = requires.own.iter().map(|own| &own.path);
    let read: Vec<&Path> = own.chain(&requires.at).chain(&requires.members).collect();
    let is_read = |name: &str| read.iter().any(|path| path.first().is_some_and(|first| first == name));
    resolved.content.document(row).broken
        || tainted.concern(resolved.content.object(row), |name| is_read(name))
}

/// The numbers that meet a comparison.
fn range(operator: Operator, number: f64) -> Option<(f64, f64)> {
    match operator {
        Operator::Equals => Some((number, number)),
        // Levels and counts have no fractions.
        Operator::GreaterThan => Some((number.floor() + 1.0, f64::INFINITY)),
        Operator::LessThan => Some((f64::NEG_INFINITY, number.ceil() - 1.0)),
        Operator::AtLeast => Some((number, f64::INFINITY)),
        Operator::AtMost => Some((f64::NEG_INFINITY, number)),
        Operator::Has | Operator::NotHas => None,
    }
}

/// Marks the conditions without which nothing else of a group is enough.
fn mark_certain(group: &Group, conditions: &mut [Condition<'_>]) {
    if group.needed < group.members.len() as u64 {
        return;
    }
    for member in &group.members {
        match member {
            Member::Condition(at) => conditions[*at].certain = true,
            Member::Group(group) => mark_certain(group, conditions),
            Member::Free => {}
        }
    }
}
