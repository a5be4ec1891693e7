//! Reading `x-rules`, whose conditions are schemas.

use super::load::Loader;
use crate::diagnostics::{Diagnostic, Level, code, did_you_mean};
use crate::schema::annotations::{Rule, RuleExample, RulePath, is_kind};
use crate::source::{Node, NodeKind};
use crate::text::Span;

/// Every field of a rule, and what its value must be.
const FIELDS: [(&str, &str); 16] = [
    ("name", "lower-case words with `-` between them"),
    ("level", "`allow`, `warn` or `deny`"),
    ("if", "a schema"),
    ("unnamed", "`true` or `false`"),
    ("each", "a text"),
    ("equal", "an object: a path in what is looked at, and the path to which it is equal"),
    ("greater", "an object: a path in what is looked at, and the path to what it is greater than"),
    ("then", "a schema"),
    ("not", "a schema"),
    ("at", "a text"),
    ("label", "a text"),
    ("see", "an object: paths, and what is to be said at each"),
    ("message", "a text"),
    ("help", "a text"),
    ("why", "a text"),
    ("examples", "an object with `wrong` and `right`"),
];

impl<'a> Loader<'_, 'a, '_> {
    /// Reads `x-rules`.
    pub(super) fn rules(&mut self, value: Node<'a>) -> Vec<Rule> {
        if value.kind() != NodeKind::Array {
            self.wrong_rule(value, "`x-rules` is a list of rules");
        }
        value.elements().filter_map(|rule| self.rule(rule)).collect()
    }

    fn wrong_rule(&mut self, node: Node<'a>, title: &str) {
        self.diagnostics
            .push(Diagnostic::new(&code::ANNOTATION, title).label(node.label(), "cannot be used here"));
    }

    fn rule(&mut self, value: Node<'a>) -> Option<Rule> {
        let before = self.diagnostics.len();
        let mut rule = empty_rule(value.label());
        for (key, item) in value.properties() {
            let name = key.text().unwrap_or_default();
            let Some((_, expected)) = FIELDS.iter().find(|(field, _)| *field == name) else {
                self.diagnostics.push(
                    Diagnostic::new(&code::ANNOTATION, format!("a rule has no field `{name}`"))
                        .label(key.span(), "not known")
                        .maybe_help(did_you_mean(&name, FIELDS.into_iter().map(|(field, _)| field))),
                );
                continue;
            };
            if self.read_rule_schema(&name, item, &mut rule) {
                continue;
            }
            if read_rule_field(&name, item, &mut rule).is_none() {
                self.wrong_rule(item, &format!("`{name}` of a rule is {expected}"));
            }
        }
        for field in ["name", "message"] {
            if value.get(field).is_none() {
                self.wrong_rule(value, &format!("a rule needs a `{field}`"));
            }
        }
        (self.diagnostics.len() == before).then_some(rule)
    }

    fn read_rule_schema(&mut self, name: &str, item: Node<'a>, rule: &mut Rule) -> bool {
        let slot = match name {
            "if" => &mut rule.condition,
            "then" => &mut rule.must,
            "not" => &mut rule.never,
            _ => return false,
        };
        *slot = Some(self.schema(item, None));
        true
    }
}

/// Reads a field that is no schema; `None` if its value has the wrong form.
fn read_rule_field(name: &str, item: Node<'_>, rule: &mut Rule) -> Option<()> {
    match name {
        "unnamed" => rule.unnamed = item.boolean()?,
        "equal" => rule.equal = path_pairs(item)?,
        "greater" => rule.greater = path_pairs(item)?,
        "see" => {
            let see = |(path, text, span): (String, String, Span)| (RulePath::new(&path, span), text);
            rule.see = pairs(item)?.into_iter().map(see).collect();
        }
        "examples" => {
            if item.kind() != NodeKind::Object {
                return None;
            }
            rule.wrong = item.get("wrong").map(RuleExample::of);
            rule.right = item.get("right").map(RuleExample::of);
        }
        _ => {
            let text = item.text().filter(|text| !text.is_empty())?.into_owned();
            return read_rule_text(name, text, item.span(), rule);
        }
    }
    Some(())
}

/// Pairs of paths: from what is looked at, and from the object.
fn path_pairs(item: Node<'_>) -> Option<Vec<(RulePath, RulePath)>> {
    let pair = |(here, there, span): (String, String, Span)| {
        (RulePath::new(&here, span), RulePath::new(&there, span))
    };
    Some(pairs(item)?.into_iter().map(pair).collect())
}

fn read_rule_text(name: &str, text: String, span: Span, rule: &mut Rule) -> Option<()> {
    match name {
        "name" if is_kind(&text) && !text.contains('.') => rule.name = text,
        "level" => rule.level = Level::named(&text)?,
        "each" => rule.each = Some(RulePath::new(&text, span)),
        "at" => rule.at = Some(RulePath::new(&text, span)),
        "label" => rule.label = text,
        "message" => rule.message = text,
        "help" => rule.help = Some(text),
        "why" => rule.why = Some(text),
        _ => return None,
    }
    Some(())
}

fn empty_rule(span: Span) -> Rule {
    Rule {
        name: String::new(),
        level: Level::Warn,
        span,
        condition: None,
        unnamed: false,
        each: None,
        equal: Vec::new(),
        greater: Vec::new(),
        must: None,
        never: None,
        at: None,
        label: "here".to_owned(),
        see: Vec::new(),
        message: String::new(),
        help: None,
        why: None,
        wrong: None,
        right: None,
    }
}

/// The names and texts of an object; `None` if it is no object of texts.
fn pairs(object: Node<'_>) -> Option<Vec<(String, String, Span)>> {
    let pair = |(key, value): (Node<'_>, Node<'_>)| {
        Some((key.text()?.into_owned(), value.text()?.into_owned(), key.span()))
    };
    if object.kind() != NodeKind::Object { None } else { object.properties().map(pair).collect() }
}
