//! Q4001: `x-rules`, the rules that a schema brings along.

use super::{Lint, document};
use crate::check::uses::uses;
use crate::check::{Row, fits};
use crate::diagnose::{Diagnostic, code};
use crate::schema::{At, Example, KindId, Model, RecordId, Rule, Ruled, Schemas, Shape, placeholders};
use crate::source::{Document, Node};
use std::collections::HashSet;

pub(super) fn report(lint: &Lint<'_, '_>, findings: &mut Vec<Diagnostic>) {
    let mut named = None;
    for Ruled { record, within, rules } in &lint.model.rules {
        let rules: Vec<&Rule> =
            rules.iter().filter(|rule| (lint.wanted)(&code::RULE, Some(&rule.name), rule.level)).collect();
        if rules.is_empty() {
            continue;
        }
        let content = &lint.resolved.content;
        for row in 0..content.table(*record).len() {
            let row = Row { record: *record, row };
            let object = content.object(row);
            if content.document(row).broken || lint.mistakes.are_in(object) {
                continue;
            }
            if within.is_some_and(|within| !stands_in(lint, row, within)) {
                continue;
            }
            for rule in &rules {
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

/// Whether an object stands in a field.
fn stands_in(lint: &Lint<'_, '_>, row: Row, (record, field): (RecordId, usize)) -> bool {
    let content = &lint.resolved.content;
    let Some(owner) = content.owner(row).filter(|owner| owner.record == record) else { return false };
    let cell = content.table(record).cell(owner.row, field);
    if cell.is_nothing() {
        return false;
    }
    match lint.model.record(record).fields[field].shape.element() {
        Shape::Union(union) => (cell.at..cell.at + cell.len).any(|at| {
            let (variant, at) = content.picks[at as usize];
            let record = lint.model.union(*union).variants[usize::from(variant)].1;
            Row { record, row: at } == row
        }),
        _ => (cell.at..cell.at + cell.len).contains(&row.row),
    }
}

/// Reports examples in schemas that do not do what they say.
pub(crate) fn examples(
    model: &Model,
    schemas: &Schemas,
    documents: &[&Document],
    findings: &mut Vec<Diagnostic>,
) {
    let mut seen = HashSet::new();
    for rule in model.rules.iter().flat_map(|ruled| &ruled.rules).filter(|rule| seen.insert(rule.span)) {
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
            id.is_some_and(|id| {
                self.0.contains(&(*kind, id)) || lint.may_be_named(&lint.resolved.keys.id(*kind, id).text)
            })
        })
    }
}
