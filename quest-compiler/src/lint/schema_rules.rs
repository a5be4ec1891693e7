//! Q4001: the rules of a schema (`x-rules`).

use super::{Lint, document};
use crate::check::uses::uses;
use crate::check::{Content, Row, fits};
use crate::diagnostics::{Diagnostic, code};
use crate::schema::{
    KindId, Literal, Model, Property, RecordId, RecordRules, Rule, RuleExample, RulePath, Schemas, Shape,
    placeholders,
};
use crate::source::{Document, Node};
use crate::text::Name;
use std::collections::HashSet;

pub(super) fn report(lint: &Lint<'_, '_>, diagnostics: &mut Vec<Diagnostic>) {
    let mut named = None;
    for RecordRules { record, within, rules } in &lint.model.rules {
        let rules: Vec<&Rule> =
            rules.iter().filter(|rule| (lint.wanted)(&code::RULE, Some(&rule.name), rule.level)).collect();
        if rules.is_empty() {
            continue;
        }
        let content = &lint.resolved.content;
        let gates = gates(lint, *record, &rules);
        for row in 0..content.table(*record).len() {
            let row = Row { record: *record, row };
            let object = content.object(row);
            if content.document(row).broken || lint.tainted.are_in(object) {
                continue;
            }
            if within.is_some_and(|within| !stands_in(lint, row, within)) {
                continue;
            }
            for (rules, gates) in rules.chunks(MOST_GATED).zip(&gates) {
                let mut left =
                    gates.iter().fold(u64::MAX, |left, gate| left & gate.lets_through(content, row, object));
                for rule in rules {
                    let asks = left & 1 == 1;
                    left >>= 1;
                    if !asks {
                        continue;
                    }
                    let mut is_named = || {
                        let named: &Named = named.get_or_insert_with(|| Named::of(lint));
                        named.has(lint, row)
                    };
                    for broken in breaks(lint.schemas, rule, object, &mut is_named) {
                        diagnostics.push(said(rule, object, broken));
                    }
                }
            }
        }
    }
}

/// The rules of one gate, which has a bit for each.
const MOST_GATED: usize = u64::BITS as usize;

/// Most conditions ask for certain values of one property, which is looked up once for all rules. Validating every object against every
/// condition took a seventh of a check.
struct Gate<'m> {
    property: &'m Name,
    /// Values, and the rules whose conditions ask for them, a bit for each.
    values: Vec<(&'m Literal, u64)>,
    /// The rules that do not ask for any.
    others: u64,
    /// If the property is an enum, its field, and for each variant the rules that ask for it.
    variants: Option<(usize, Vec<u64>)>,
}

impl<'m> Gate<'m> {
    fn new(lint: &Lint<'m, '_>, record: RecordId, property: &'m Name) -> Self {
        let field = lint.model.field_named(record, property);
        let variants = field.and_then(|field| match lint.model.record(record).fields[field].shape {
            Shape::Enum(id) => Some((field, vec![0; lint.model.enumeration(id).variants.len()])),
            _ => None,
        });
        Self { property, values: Vec::new(), others: u64::MAX, variants }
    }

    /// Adds a rule that asks for these values.
    fn add(&mut self, lint: &Lint<'m, '_>, record: RecordId, values: &'m [Literal], rule: u64) {
        self.others &= !rule;
        for value in values {
            match self.values.iter_mut().find(|(literal, _)| *literal == value) {
                Some((_, rules)) => *rules |= rule,
                None => self.values.push((value, rule)),
            }
        }
        let Some((field, rules)) = &mut self.variants else { return };
        let Shape::Enum(id) = lint.model.record(record).fields[*field].shape else { return };
        for (variant, rules) in lint.model.enumeration(id).variants.iter().zip(rules) {
            if values.iter().any(|value| matches!(value, Literal::Text(text) if *text == variant.json)) {
                *rules |= rule;
            }
        }
    }

    /// The rules whose conditions an object may meet.
    fn lets_through(&self, content: &Content<'_>, row: Row, object: Node<'_>) -> u64 {
        let variant =
            self.variants.as_ref().and_then(|(field, rules)| rules.get(content.variant(row, *field)?));
        if let Some(rules) = variant {
            return self.others | rules;
        }
        let Some(value) = object.get_named(self.property) else { return self.others };
        let asked = self.values.iter().filter(|(literal, _)| literal.is(value));
        asked.fold(self.others, |all, (_, rules)| all | rules)
    }
}

/// The gates of all rules, `MOST_GATED` rules each.
fn gates<'m>(lint: &Lint<'m, '_>, record: RecordId, rules: &[&Rule]) -> Vec<Vec<Gate<'m>>> {
    let of_chunk = |rules: &[&Rule]| {
        let mut gates: Vec<Gate<'m>> = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            let Some(condition) = rule.condition.map(|condition| lint.schemas.get(condition)) else {
                continue;
            };
            let is_required = |property: &Property| {
                let named = |name: &Name| *name == property.name;
                property.required || condition.more.iter().any(|more| more.required.iter().any(named))
            };
            let asked = condition.properties.iter().filter(|property| is_required(property));
            let mut asked = asked.filter_map(|property| {
                Some((&property.name, lint.schemas.get(property.schema).values.as_deref()?))
            });
            let Some((name, values)) = asked.next() else { continue };
            let known = gates.iter().position(|gate| *gate.property == *name);
            let known = known.unwrap_or_else(|| {
                gates.push(Gate::new(lint, record, name));
                gates.len() - 1
            });
            gates[known].add(lint, record, values, 1 << at);
        }
        gates
    };
    rules.chunks(MOST_GATED).map(of_chunk).collect::<Vec<_>>()
}

/// Whether a field contains an object.
fn stands_in(lint: &Lint<'_, '_>, row: Row, (record, field): (RecordId, usize)) -> bool {
    let content = &lint.resolved.content;
    let Some(owner) = content.owner(row).filter(|owner| owner.record == record) else { return false };
    let mut children = content.table(record).cell(owner.row, field).children();
    match lint.model.record(record).fields[field].shape.element() {
        Shape::Union(union) => children.any(|at| content.pick(lint.model, *union, at) == row),
        _ => children.contains(&row.row),
    }
}

/// Reports examples of rules that break, or keep, a rule against what they claim.
pub fn examples(
    model: &Model,
    schemas: &Schemas,
    documents: &[&Document],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut seen = HashSet::new();
    for rule in model.rules.iter().flat_map(|ruled| &ruled.rules).filter(|rule| seen.insert(rule.span)) {
        let mut wrong = |example: &RuleExample, breaks_it: bool, title: &str, help: &str| {
            let Some(document) = document(documents, example.file) else { return };
            let broken = breaks(schemas, rule, document.node(example.at), &mut || false);
            if broken.is_empty() == breaks_it {
                diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("{title} `{}`", rule.name))
                        .label(example.span, "this example")
                        .label(rule.span, "this rule")
                        .help(help),
                );
            }
        };
        if let Some(example) = &rule.wrong {
            wrong(
                example,
                true,
                "what should be wrong does not break the rule",
                "correct the example, or the rule",
            );
        }
        if let Some(example) = &rule.right {
            wrong(example, false, "what should be right breaks the rule", "correct the example, or the rule");
        }
    }
}

/// The values that break a rule: the object itself, or the values at the rule's path.
fn breaks<'a>(
    schemas: &Schemas,
    rule: &Rule,
    object: Node<'a>,
    is_named: &mut dyn FnMut() -> bool,
) -> Vec<Node<'a>> {
    if rule.condition.is_some_and(|condition| !fits(schemas, condition, object)) {
        return Vec::new();
    }
    let mut found = match &rule.each {
        Some(each) => each.find(object).into_iter().filter(|value| !value.is_null()).collect::<Vec<_>>(),
        None => vec![object],
    };
    found.retain(|value| {
        rule.must.is_none_or(|must| !fits(schemas, must, *value))
            && rule.never.is_none_or(|never| fits(schemas, never, *value))
            && rule.equal.iter().all(|(here, there)| {
                let there: Vec<_> = there.find(object).into_iter().filter_map(Node::text).collect();
                here.find(*value).into_iter().filter_map(Node::text).any(|here| there.contains(&here))
            })
            && rule.greater.iter().all(|(here, there)| {
                let numbers = |path: &RulePath, of| path.find(of).into_iter().filter_map(Node::exact);
                // Greater than one of them is greater than the least of them.
                let least =
                    numbers(there, object).reduce(|least, other| if other < least { other } else { least });
                least.is_some_and(|least| numbers(here, *value).any(|here| here > least))
            })
    });
    if rule.unnamed && !found.is_empty() && is_named() {
        found.clear();
    }
    found
}

fn said(rule: &Rule, object: Node<'_>, value: Node<'_>) -> Diagnostic {
    let fill = |text: &str| filled(text, object, value);
    let place = rule.at.as_ref().and_then(|at| at.find(value).first().copied()).unwrap_or(value);
    let mut diagnostic = Diagnostic::new(&code::RULE, fill(&rule.message))
        .lint(Some(&rule.name))
        .level(rule.level)
        .label(place.label(), fill(&rule.label));
    for (at, text) in &rule.see {
        for other in at.find(object).into_iter().filter(|other| other.at() != place.at()).take(4) {
            diagnostic = diagnostic.label(other.label(), fill(text));
        }
    }
    diagnostic.maybe_help(rule.help.as_deref().map(fill))
}

/// A message with the values of the paths in braces.
fn filled(text: &str, object: Node<'_>, value: Node<'_>) -> String {
    let mut filled = text.to_owned();
    for path in placeholders(text) {
        let at = RulePath::new(path, value.span());
        let found = at.find(value).first().copied().or_else(|| at.find(object).first().copied());
        let shown = found.map_or("nothing".into(), |node| node.text().unwrap_or_else(|| node.raw().into()));
        filled = filled.replace(&format!("{{{path}}}"), &shown);
    }
    filled
}

/// The ids that are referred to from outside of objects of their kind.
struct Named(Vec<Vec<bool>>);

impl Named {
    fn of(lint: &Lint<'_, '_>) -> Self {
        let (content, ids) = (&lint.resolved.content, &lint.resolved.ids);
        let counts = (0..lint.model.kinds.len() as u32).map(|kind| ids.of(KindId(kind)).list.len());
        let mut named: Vec<Vec<bool>> = counts.map(|count| vec![false; count]).collect::<Vec<_>>();
        uses(lint.model, lint.resolved, &|_| true, &mut |found| {
            if ids.enclosing(lint.model, content, found.row, found.kind).is_none() {
                named[found.kind.0 as usize][found.id as usize] = true;
            }
        });
        Self(named)
    }

    fn has(&self, lint: &Lint<'_, '_>, row: Row) -> bool {
        let ids = &lint.model.record(row.record).keys;
        ids.iter().any(|(kind, _)| {
            let id = lint.resolved.ids.own(lint.model, &lint.resolved.content, *kind, row);
            id.is_some_and(|id| {
                self.0[kind.0 as usize][id as usize]
                    || lint.may_be_named(&lint.resolved.ids.id(*kind, id).text)
            })
        })
    }
}
