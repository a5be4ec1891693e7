//! Q4001: `x-rules`, the rules that a schema brings along.

use super::{Lint, document};
use crate::check::uses::uses;
use crate::check::{Row, fits};
use crate::diagnose::{Diagnostic, code};
use crate::schema::{At, Example, KindId, Literal, Model, Property, Rule, Schemas, placeholders};
use crate::source::{Document, Name, Node};
use std::collections::HashSet;

pub(super) fn report(lint: &Lint<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let mut named = None;
    for (record, rules) in &lint.model.rules {
        let rules: Vec<&Rule> =
            rules.iter().filter(|rule| (lint.wanted)(&code::RULE, Some(&rule.name), rule.level)).collect();
        if rules.is_empty() {
            continue;
        }
        let content = &lint.resolved.content;
        let gates = gates(lint.schemas, &rules);
        for row in 0..content.table(*record).len() {
            let row = Row { record: *record, row };
            let object = content.object(row);
            if content.document(row).broken || lint.mistakes.are_in(object) {
                continue;
            }
            for (rules, gates) in rules.chunks(MOST_GATED).zip(&gates) {
                let mut left = gates.iter().fold(u64::MAX, |left, gate| left & gate.lets_through(object));
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
                        findings.push(said(rule, object, broken));
                    }
                }
            }
        }
    }
}

/// So many rules have a bit in one gate.
const MOST_GATED: usize = u64::BITS as usize;

/// Most rules are about objects of one sort: their conditions ask for certain values of one property. That is looked up once for all of
/// them; to hold each object against each condition took a third of the time of a check.
struct Gate<'m> {
    property: &'m Name,
    /// Values, and the rules whose conditions ask for them, a bit for each.
    values: Vec<(&'m Literal, u64)>,
    /// The rules that do not ask for any.
    others: u64,
}

impl Gate<'_> {
    /// The rules whose conditions an object may fulfil.
    fn lets_through(&self, object: Node<'_>) -> u64 {
        let Some(value) = object.get_named(self.property) else { return self.others };
        let asked = self.values.iter().filter(|(literal, _)| literal.is(value));
        asked.fold(self.others, |all, (_, rules)| all | rules)
    }
}

/// The gates of each `MOST_GATED` rules.
fn gates<'m>(schemas: &'m Schemas, rules: &[&Rule]) -> Vec<Vec<Gate<'m>>> {
    let of_chunk = |rules: &[&Rule]| {
        let mut gates: Vec<Gate<'m>> = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            let Some(condition) = rule.condition.map(|condition| schemas.get(condition)) else { continue };
            let is_required = |property: &Property| {
                property.required
                    || condition
                        .more
                        .iter()
                        .any(|more| more.required.iter().any(|name| *name == property.name))
            };
            let asked = condition.properties.iter().filter(|property| is_required(property));
            let mut asked = asked
                .filter_map(|property| Some((&property.name, schemas.get(property.schema).values.as_ref()?)));
            let Some((name, values)) = asked.next() else { continue };
            let known = gates.iter().position(|gate| *gate.property == *name);
            let known = known.unwrap_or_else(|| {
                gates.push(Gate { property: name, values: Vec::new(), others: u64::MAX });
                gates.len() - 1
            });
            let gate = &mut gates[known];
            gate.others &= !(1 << at);
            for value in values {
                match gate.values.iter_mut().find(|(literal, _)| *literal == value) {
                    Some((_, rules)) => *rules |= 1 << at,
                    None => gate.values.push((value, 1 << at)),
                }
            }
        }
        gates
    };
    rules.chunks(MOST_GATED).map(of_chunk).collect()
}

/// Reports examples in schemas that do not do what they say.
pub(crate) fn examples(
    model: &Model,
    schemas: &Schemas,
    documents: &[&Document],
    findings: &mut Vec<Diagnostic>,
) {
    let mut seen = HashSet::new();
    for rule in model.rules.iter().flat_map(|(_, rules)| rules).filter(|rule| seen.insert(rule.span)) {
        let mut wrong = |example: &Example, breaks_it: bool, title: &str, help: &str| {
            let Some(document) = document(documents, example.file) else { return };
            let broken = breaks(schemas, rule, document.node(example.at), &mut || false);
            if broken.is_empty() == breaks_it {
                findings.push(
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

/// What in an object breaks a rule: the object itself, or what the rule looks at in it.
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
        Some(each) => each.find(object).into_iter().filter(|value| !value.is_null()).collect(),
        None => vec![object],
    };
    found.retain(|value| {
        rule.must.is_none_or(|must| !fits(schemas, must, *value))
            && rule.never.is_none_or(|never| fits(schemas, never, *value))
            && rule.equal.iter().all(|(here, there)| {
                let there: Vec<_> = there.find(object).into_iter().filter_map(Node::text).collect();
                here.find(*value).into_iter().filter_map(Node::text).any(|here| there.contains(&here))
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
    let mut finding = Diagnostic::new(&code::RULE, fill(&rule.message))
        .lint(Some(&rule.name))
        .level(rule.level)
        .label(place.label(), fill(&rule.label));
    for (at, text) in &rule.see {
        for other in at.find(object).into_iter().filter(|other| other.at() != place.at()).take(4) {
            finding = finding.label(other.label(), fill(text));
        }
    }
    finding.maybe_help(rule.help.as_deref().map(fill))
}

/// A text with values for the paths in braces.
fn filled(text: &str, object: Node<'_>, value: Node<'_>) -> String {
    let mut filled = text.to_owned();
    for path in placeholders(text) {
        let at = At::new(path, value.span());
        let found = at.find(value).first().copied().or_else(|| at.find(object).first().copied());
        let shown = found.map_or("nothing".into(), |node| node.text().unwrap_or_else(|| node.raw().into()));
        filled = filled.replace(&format!("{{{path}}}"), &shown);
    }
    filled
}

/// The objects that are named by something that stands in no object of their kind.
struct Named(HashSet<(KindId, u32)>);

impl Named {
    fn of(lint: &Lint<'_, '_>) -> Self {
        let (content, keys) = (&lint.resolved.content, &lint.resolved.keys);
        let mut named = HashSet::new();
        uses(
            lint.model,
            lint.resolved,
            |_| true,
            |found| {
                if keys.enclosing(lint.model, content, found.row, found.kind).is_none() {
                    named.insert((found.kind, found.id));
                }
            },
        );
        Self(named)
    }

    fn has(&self, lint: &Lint<'_, '_>, row: Row) -> bool {
        let keys = &lint.model.record(row.record).keys;
        keys.iter().any(|(kind, _)| {
            let id = lint.resolved.keys.own(lint.model, &lint.resolved.content, *kind, row);
            id.is_some_and(|id| self.0.contains(&(*kind, id)))
        })
    }
}
