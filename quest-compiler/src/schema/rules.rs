//! `x-rules`: lints that a schema brings along, with its own words.

use super::derive::ModelBuilder;
use super::graph::{Items, SchemaId, Schemas};
use super::load::Loader;
use super::merged::{Member, MergedSchema};
use super::model::{Field, Origin, RecordId, RecordRules, Shape};
use crate::diagnostics::{Diagnostic, Level, code, did_you_mean};
use crate::source::{Node, NodeKind};
use crate::text::{FileId, Span};

/// A path of property names, and its place in the schema.
#[derive(Clone, Debug)]
pub struct At {
    path: Vec<Step>,
    span: Span,
}

/// A property; of a map (`{}`), the values.
#[derive(Clone, Debug)]
struct Step {
    name: String,
    values: bool,
}

impl At {
    pub fn new(path: &str, span: Span) -> Self {
        let step = |name: &str| {
            let bare = name.trim_end_matches("[]");
            let name = bare.trim_end_matches("{}");
            Step { name: name.to_owned(), values: bare != name }
        };
        Self { path: path.split('.').map(step).collect::<Vec<_>>(), span }
    }

    /// The values at which the path ends, lists looked through.
    pub fn find<'a>(&self, from: Node<'a>) -> Vec<Node<'a>> {
        let mut found = vec![from];
        for step in &self.path {
            found = found.into_iter().filter_map(|node| node.get(&step.name)).collect::<Vec<_>>();
            if step.values {
                found = found
                    .into_iter()
                    .flat_map(|node| node.properties().map(|(_, value)| value))
                    .collect::<Vec<_>>();
            }
            found = found.into_iter().flat_map(elements).collect::<Vec<_>>();
        }
        found
    }
}

/// The elements of a list; another value itself.
fn elements(node: Node<'_>) -> Vec<Node<'_>> {
    if node.kind() == NodeKind::Array { node.elements().collect::<Vec<_>>() } else { vec![node] }
}

/// One of the `x-rules` of a schema object.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub level: Level,
    /// Its place in the schema.
    pub span: Span,
    /// `if`: what an object must fit for the rule to speak of it.
    pub condition: Option<SchemaId>,
    /// The rule speaks of objects that nothing outside of their kind names.
    pub unnamed: bool,
    /// What in the object is looked at; without it, the object itself.
    pub each: Option<At>,
    /// Values in what is looked at and in the object, equal where the rule speaks of it.
    pub equal: Vec<(At, At)>,
    /// `then`: what is looked at must fit this.
    pub must: Option<SchemaId>,
    /// `not`: what is looked at must not fit this.
    pub never: Option<SchemaId>,
    /// The place of a diagnostic, in what is looked at.
    pub at: Option<At>,
    /// What is said there.
    pub label: String,
    /// Other places in the object, and what is said there.
    pub see: Vec<(At, String)>,
    pub message: String,
    pub help: Option<String>,
    /// Why it is a rule: what `questc explain` says.
    pub why: Option<String>,
    pub wrong: Option<Example>,
    pub right: Option<Example>,
}

/// An object that breaks a rule, or one that does not.
#[derive(Clone, Debug)]
pub struct Example {
    /// As JSON.
    pub text: String,
    pub file: FileId,
    /// Position on the tape of its file.
    pub at: u32,
    pub span: Span,
}

impl Example {
    fn of(node: Node<'_>) -> Self {
        let text = node.raw().to_owned();
        Self { text, file: node.span().file, at: node.at(), span: node.label() }
    }
}

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
    super::annotations::is_kind(name) && !name.contains('.')
}

/// The names and texts of an object.
fn pairs(object: Node<'_>) -> Option<Vec<(String, String, Span)>> {
    let pair = |(key, value): (Node<'_>, Node<'_>)| {
        Some((key.text()?.into_owned(), value.text()?.into_owned(), key.span()))
    };
    if object.kind() != NodeKind::Object { None } else { object.properties().map(pair).collect() }
}

/// The paths in braces in a text.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}

/// The schemas that hold for every object of a schema, itself first.
fn certain(schemas: &Schemas, schema: SchemaId) -> Vec<SchemaId> {
    let mut parts = vec![schema];
    let mut at = 0;
    while let Some(part) = parts.get(at).copied() {
        at += 1;
        for inner in schemas.get(part).more.iter().flat_map(|more| more.reference.iter().chain(&more.all_of))
        {
            if !parts.contains(inner) {
                parts.push(*inner);
            }
        }
    }
    parts
}

impl ModelBuilder<'_> {
    /// Gives every record its rules, and reports those of which nothing was made.
    pub(super) fn own_rules(&mut self) {
        let schemas = self.schemas;
        let within = self.model.rules.iter().flat_map(|ruled| &ruled.rules);
        let mut used: Vec<Span> = within.map(|rule| rule.span).collect();
        for at in 0..self.model.records.len() {
            let record = RecordId(at as u32);
            let described = self.model.record(record);
            let parts: Vec<SchemaId> = std::iter::once(described.schema)
                .chain(described.branch)
                .chain(self.model.unions.iter().filter(|union| union.has(record)).map(|union| union.schema))
                .flat_map(|schema| certain(schemas, schema))
                .collect();
            let mut of_record: Vec<Rule> = Vec::new();
            for rule in parts.iter().flat_map(|part| schemas.get(*part).rules()) {
                if of_record.iter().any(|known| known.span == rule.span) {
                    continue;
                }
                let first = !used.contains(&rule.span);
                used.push(rule.span);
                if !first || self.paths_lead_somewhere(record, rule) {
                    of_record.push(rule.clone());
                }
            }
            if !of_record.is_empty() {
                self.model.rules.push(RecordRules { record, within: None, rules: of_record });
            }
        }
        for rule in schemas.nodes.iter().flat_map(super::graph::SchemaNode::rules) {
            self.model.lints.push(rule.name.clone());
            if !used.contains(&rule.span) {
                self.idle_rule(rule.span);
            }
        }
    }

    /// The rules beside a `$ref` in the fields of a record.
    pub(super) fn rules_within(&mut self, record: RecordId, members: &[Member]) {
        for member in members {
            let view = MergedSchema::of(self.schemas, member.site.schema);
            let mut rules = member.site.annotations.rules.clone();
            for node in view.parts.iter().map(|part| self.schemas.get(*part)) {
                if let Items::Each(site) = &node.items {
                    rules.extend(site.annotations.rules.iter().cloned());
                }
            }
            if rules.is_empty() {
                continue;
            }
            self.model.lints.extend(rules.iter().map(|rule| rule.name.clone()));
            let fields = &self.model.record(record).fields;
            let field = fields.iter().position(|field| field.json == member.name);
            let targets = field.map_or_else(Vec::new, |field| self.records_in(&fields[field].shape));
            if let Some(rule) = rules.first().filter(|_| targets.is_empty()) {
                self.idle_rule(rule.span);
            }
            for target in targets {
                let rules: Vec<Rule> =
                    rules.iter().filter(|rule| self.paths_lead_somewhere(target, rule)).cloned().collect();
                let within = field.map(|field| (record, field));
                self.model.rules.push(RecordRules { record: target, within, rules });
            }
        }
    }

    fn idle_rule(&mut self, span: Span) {
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, "this rule has no effect")
                .label(span, "no object follows this schema")
                .note("a rule stands beside the `properties` of objects, or beside a `$ref` that leads to them; what is kept as JSON text (`questc check --opaque` says what) has none"),
        );
    }

    /// Reports paths of a rule that name no property.
    fn paths_lead_somewhere(&mut self, record: RecordId, rule: &Rule) -> bool {
        let before = self.diagnostics.len();
        let mut looked_at = vec![record];
        if let Some(each) = &rule.each {
            looked_at = self.ends(&[record], each).unwrap_or_default();
        }
        for (here, there) in &rule.equal {
            self.ends(&looked_at, here);
            self.ends(&[record], there);
        }
        if let Some(path) = &rule.at {
            self.ends(&looked_at, path);
        }
        for (path, _) in &rule.see {
            self.ends(&[record], path);
        }
        let texts =
            rule.see.iter().map(|(_, text)| text).chain([&rule.message, &rule.label]).chain(&rule.help);
        for path in texts.flat_map(|text| placeholders(text)) {
            let at = At::new(path, rule.span);
            let both: Vec<RecordId> = looked_at.iter().copied().chain([record]).collect();
            self.ends(&both, &at);
        }
        self.diagnostics.len() == before
    }

    /// The records at which a path from any of some records ends, none if it ends at something else; reports one that names
    /// no property.
    fn ends(&mut self, from: &[RecordId], at: &At) -> Option<Vec<RecordId>> {
        let mut records = from.to_vec();
        let mut last = Vec::new();
        for (step, Step { name, .. }) in at.path.iter().enumerate() {
            let is = |field: &&Field| field.origin == Origin::Property && field.json == *name;
            let fields: Vec<&Field> =
                records.iter().flat_map(|record| self.model.record(*record).fields.iter()).collect();
            let found: Vec<&Shape> = fields.iter().copied().filter(is).map(|field| &field.shape).collect();
            if found.is_empty() {
                // Of JSON text the model knows no names, nor a property that has the same value in all objects.
                let constant = records.iter().any(|record| self.says(*record, name));
                if constant || step > 0 && last.iter().any(|shape: &Shape| *shape.element() == Shape::Json) {
                    return None;
                }
                let help = did_you_mean(name, fields.iter().map(|field| field.json.as_str()));
                let owner = records.first().map(|record| self.model.record(*record).name.clone());
                self.diagnostics.push(
                    Diagnostic::new(
                        &code::ANNOTATION,
                        match owner {
                            Some(owner) => format!("`{owner}` has no property `{name}`"),
                            None => format!("`{name}` is looked for in something that is no object"),
                        },
                    )
                    .label(at.span, "this rule names it")
                    .maybe_help(help),
                );
                return None;
            }
            last = found.into_iter().cloned().collect::<Vec<_>>();
            records = last.iter().flat_map(|shape| self.records_in(shape)).collect::<Vec<_>>();
        }
        Some(records)
    }

    /// Whether the schemas of a record know a property that is no field: one with a single possible value.
    fn says(&self, record: RecordId, name: &str) -> bool {
        let described = self.model.record(record);
        let parts = std::iter::once(described.schema).chain(described.branch);
        parts
            .flat_map(|schema| certain(self.schemas, schema))
            .any(|part| self.schemas.get(part).properties.iter().any(|property| property.name == name))
    }

    fn records_in(&self, shape: &Shape) -> Vec<RecordId> {
        match shape.element() {
            Shape::Record(record) | Shape::Map(record) => vec![*record],
            Shape::Union(union) => {
                self.model.union(*union).variants.iter().map(|(_, record)| *record).collect::<Vec<_>>()
            }
            _ => Vec::new(),
        }
    }
}
