//! Reading `x-rules`, whose conditions are schemas.

use super::load::Loader;
use crate::diagnostics::{Diagnostic, Level, code, did_you_mean};
use crate::schema::annotations::{At, Example, Rule, is_kind};
use crate::source::{Node, NodeKind};
use crate::text::Span;

const FIELDS: [&str; 15] = [
    "name", "level", "if", "unnamed", "each", "equal", "then", "not", "at", "label", "see", "message",
    "help", "why", "examples",
];

impl<'a> Loader<'_, 'a, '_> {
    /// Reads `x-rules`.
    pub(super) fn rules(&mut self, value: Node<'a>) -> Vec<Rule> {
        if value.kind() != NodeKind::Array {
            self.wrong_rule(value, "`x-rules` is a list of rules");
        }
        value.elements().filter_map(|rule| self.rule(rule)).collect::<Vec<_>>()
    }

    fn wrong_rule(&mut self, node: Node<'a>, title: &str) {
        self.diagnostics
            .push(Diagnostic::new(&code::ANNOTATION, title).label(node.label(), "cannot be used here"));
    }

    fn rule(&mut self, value: Node<'a>) -> Option<Rule> {
        let before = self.diagnostics.len();
        let mut rule = Rule {
            name: String::new(),
            level: Level::Warn,
            span: value.label(),
            condition: None,
            unnamed: false,
            each: None,
            equal: Vec::new(),
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
        };
        for (key, item) in value.properties() {
            let name = key.text().unwrap_or_default();
            let text = || item.text().map(|text| text.into_owned()).filter(|text| !text.is_empty());
            let path = || text().map(|text| At::new(&text, item.span()));
            let read = match &*name {
                "name" => text().filter(|name| is_name(name)).map(|name| rule.name = name),
                "level" => text().and_then(|word| Level::named(&word)).map(|level| rule.level = level),
                "if" => Some(self.schema(item, None)).map(|schema| rule.condition = Some(schema)),
                "then" => Some(self.schema(item, None)).map(|schema| rule.must = Some(schema)),
                "not" => Some(self.schema(item, None)).map(|schema| rule.never = Some(schema)),
                "unnamed" => item.boolean().map(|unnamed| rule.unnamed = unnamed),
                "each" => path().map(|path| rule.each = Some(path)),
                "at" => path().map(|path| rule.at = Some(path)),
                "equal" => pairs(item).map(|pairs| {
                    let both = |(here, there, span): (String, String, Span)| {
                        (At::new(&here, span), At::new(&there, span))
                    };
                    rule.equal = pairs.into_iter().map(both).collect::<Vec<_>>();
                }),
                "see" => pairs(item).map(|pairs| {
                    let pairs = pairs.into_iter();
                    rule.see =
                        pairs.map(|(path, text, span)| (At::new(&path, span), text)).collect::<Vec<_>>();
                }),
                "label" => text().map(|text| rule.label = text),
                "message" => text().map(|text| rule.message = text),
                "help" => text().map(|text| rule.help = Some(text)),
                "why" => text().map(|text| rule.why = Some(text)),
                "examples" => (item.kind() == NodeKind::Object).then(|| {
                    rule.wrong = item.get("wrong").map(Example::of);
                    rule.right = item.get("right").map(Example::of);
                }),
                _ => {
                    self.diagnostics.push(
                        Diagnostic::new(&code::ANNOTATION, format!("a rule has no field `{name}`"))
                            .label(key.span(), "not known")
                            .maybe_help(did_you_mean(&name, FIELDS.into_iter())),
                    );
                    continue;
                }
            };
            if read.is_none() {
                let what = match &*name {
                    "name" => "lower-case words with `-` between them",
                    "level" => "`allow`, `warn` or `deny`",
                    "unnamed" => "`true` or `false`",
                    "equal" => "an object: a path in what is looked at, and the path to which it is equal",
                    "see" => "an object: paths, and what is to be said at each",
                    "examples" => "an object with `wrong` and `right`",
                    _ => "a text",
                };
                self.wrong_rule(item, &format!("`{name}` of a rule is {what}"));
            }
        }
        let missing = [("name", rule.name.is_empty()), ("message", rule.message.is_empty())];
        for (field, _) in
            missing.into_iter().filter(|(field, missing)| *missing && value.get(field).is_none())
        {
            self.wrong_rule(value, &format!("a rule needs a `{field}`"));
        }
        (self.diagnostics.len() == before).then_some(rule)
    }
}

fn is_name(name: &str) -> bool {
    is_kind(name) && !name.contains('.')
}

/// The names and texts of an object.
fn pairs(object: Node<'_>) -> Option<Vec<(String, String, Span)>> {
    let pair = |(key, value): (Node<'_>, Node<'_>)| {
        Some((key.text()?.into_owned(), value.text()?.into_owned(), key.span()))
    };
    if object.kind() != NodeKind::Object { None } else { object.properties().map(pair).collect() }
}
