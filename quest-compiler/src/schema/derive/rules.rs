//! `x-rules`: which records each rule speaks of, and whether its paths lead somewhere.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::annotations::{At, Rule, Step, placeholders};
use crate::schema::graph::{Items, Member, MergedSchema, SchemaNode, Schemas};
use crate::schema::ids::{RecordId, SchemaId};
use crate::schema::model::{Field, Origin, RecordRules, Shape};
use crate::text::Span;

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
        for rule in schemas.nodes.iter().flat_map(SchemaNode::rules) {
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
