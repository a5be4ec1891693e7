//! `x-rules`: which records each rule applies to, and whether its paths lead somewhere.

use super::builder::ModelBuilder;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::schema::annotations::{Rule, RulePath, placeholders};
use crate::schema::graph::{Items, MergedProperty, MergedSchema, SchemaNode, Schemas};
use crate::schema::ids::{RecordId, SchemaId};
use crate::schema::model::{Field, RecordRules, Shape};
use crate::text::Span;
use std::collections::{HashMap, HashSet};

impl ModelBuilder<'_> {
    /// Gives every record its rules, and reports those that apply to none.
    pub(super) fn rules(&mut self) {
        let schemas = self.schemas;
        let beside_refs = self.model.rules.iter().flat_map(|record| &record.rules);
        let mut used: HashSet<Span> = beside_refs.map(|rule| rule.span).collect();
        let unions = self.unions_of_records();
        for index in 0..self.model.records.len() {
            let record = RecordId(index as u32);
            let Self { model, .. } = self;
            let own = [Some(model.record(record).schema), model.record(record).branch];
            let unions = unions.get(&record).into_iter().flatten().copied();
            let parts = own.into_iter().flatten().chain(unions).flat_map(|part| certain_parts(schemas, part));
            let mut known = HashSet::new();
            let rules: Vec<&Rule> = parts
                .flat_map(|part| schemas.get(part).rules())
                .filter(|rule| known.insert(rule.span))
                .collect();
            // The paths of a rule are checked once, in the first record it applies to.
            let is_valid = |rule: &&Rule| !used.insert(rule.span) || self.check_paths(record, rule);
            let rules: Vec<Rule> = rules.into_iter().filter(is_valid).cloned().collect();
            if !rules.is_empty() {
                self.model.rules.push(RecordRules { record, within: None, rules });
            }
        }
        for rule in schemas.nodes.iter().flat_map(SchemaNode::rules) {
            self.model.lints.push(rule.name.clone());
            if !used.contains(&rule.span) {
                self.report_unused_rule(rule.span);
            }
        }
    }

    /// The schemas of the unions that have each record as a variant.
    fn unions_of_records(&self) -> HashMap<RecordId, Vec<SchemaId>> {
        let mut unions: HashMap<RecordId, Vec<SchemaId>> = HashMap::new();
        for union in &self.model.unions {
            for (_, record) in &union.variants {
                unions.entry(*record).or_default().push(union.schema);
            }
        }
        unions
    }

    /// Derives the rules beside `$ref`s in the properties of a record.
    pub(super) fn rules_beside_refs(&mut self, record: RecordId, properties: &[MergedProperty]) {
        for property in properties {
            let mut rules = property.usage.annotations.rules.clone();
            for part in MergedSchema::of(self.schemas, property.usage.schema).parts {
                if let Items::Each(items) = &self.schemas.get(part).items {
                    rules.extend(items.annotations.rules.iter().cloned());
                }
            }
            let Some(first) = rules.first() else { continue };
            self.model.lints.extend(rules.iter().map(|rule| rule.name.clone()));
            let fields = &self.model.record(record).fields;
            let field = fields.iter().position(|field| field.json == *property.name);
            let targets = field.map_or_else(Vec::new, |field| self.model.records_in(&fields[field].shape));
            if targets.is_empty() {
                self.report_unused_rule(first.span);
            }
            for target in targets {
                let rules: Vec<Rule> =
                    rules.iter().filter(|rule| self.check_paths(target, rule)).cloned().collect();
                let within = field.map(|field| (record, field));
                self.model.rules.push(RecordRules { record: target, within, rules });
            }
        }
    }

    fn report_unused_rule(&mut self, span: Span) {
        self.diagnostics.push(
            Diagnostic::new(&code::ANNOTATION, "this rule has no effect")
                .label(span, "no object follows this schema")
                .note("a rule stands beside the `properties` of objects, or beside a `$ref` that leads to them; what is kept as JSON text (`questc check --opaque` says what) has none"),
        );
    }

    /// Reports paths of a rule that name no property; returns whether there are none.
    fn check_paths(&mut self, record: RecordId, rule: &Rule) -> bool {
        let before = self.diagnostics.len();
        let object = [record];
        let checked = match &rule.each {
            Some(each) => self.records_at(&object, each).unwrap_or_default(),
            None => object.to_vec(),
        };
        for (here, there) in rule.equal.iter().chain(&rule.greater) {
            self.records_at(&checked, here);
            self.records_at(&object, there);
        }
        if let Some(path) = &rule.at {
            self.records_at(&checked, path);
        }
        for (path, _) in &rule.see {
            self.records_at(&object, path);
        }
        let both: Vec<RecordId> = checked.into_iter().chain(object).collect();
        let labels = rule.see.iter().map(|(_, label)| label);
        let texts = labels.chain([&rule.message, &rule.label]).chain(&rule.help);
        for path in texts.flat_map(|text| placeholders(text)) {
            self.records_at(&both, &RulePath::new(path, rule.span));
        }
        self.diagnostics.len() == before
    }

    /// The records at the end of a path from any of some records; none if values without properties are there.
    ///
    /// Reports a path that names no property. Of JSON text the properties are not known, so such a path is accepted.
    fn records_at(&mut self, from: &[RecordId], path: &RulePath) -> Option<Vec<RecordId>> {
        let mut records = from.to_vec();
        let mut shapes: Vec<Shape> = Vec::new();
        for step in &path.steps {
            let fields = records.iter().flat_map(|record| &self.model.record(*record).fields);
            let found: Vec<Shape> = fields
                .filter(|field| field.is_property(&step.name))
                .map(|field| field.shape.clone())
                .collect();
            if found.is_empty() {
                let is_constant = records.iter().any(|record| self.has_property(*record, &step.name));
                let is_json = shapes.iter().any(|shape| *shape.element() == Shape::Json);
                if !is_constant && !is_json {
                    let diagnostic = self.unknown_property(&records, &step.name, path.span);
                    self.diagnostics.push(diagnostic);
                }
                return None;
            }
            records = found.iter().flat_map(|shape| self.model.records_in(shape)).collect();
            shapes = found;
        }
        Some(records)
    }

    fn unknown_property(&self, records: &[RecordId], name: &str, span: Span) -> Diagnostic {
        let title = match records.first() {
            Some(record) => format!("`{}` has no property `{name}`", self.model.record(*record).name),
            None => format!("`{name}` is looked for in something that is no object"),
        };
        let fields = records.iter().flat_map(|record| &self.model.record(*record).fields);
        Diagnostic::new(&code::ANNOTATION, title)
            .label(span, "this rule names it")
            .maybe_help(did_you_mean(name, fields.map(|field: &Field| field.json.as_str())))
    }

    /// Whether the schema of a record has a property, even one without a field because its value is constant.
    fn has_property(&self, record: RecordId, name: &str) -> bool {
        let record = self.model.record(record);
        let schemas = std::iter::once(record.schema).chain(record.branch);
        let mut parts = schemas.flat_map(|schema| certain_parts(self.schemas, schema));
        parts.any(|part| self.schemas.get(part).property(name).is_some())
    }
}

/// A schema, and the schemas that apply to every value it applies to.
fn certain_parts(schemas: &Schemas, schema: SchemaId) -> Vec<SchemaId> {
    let mut parts = vec![schema];
    let mut next = 0;
    while let Some(part) = parts.get(next).copied() {
        next += 1;
        let more = schemas.get(part).more.as_deref();
        for inner in more.into_iter().flat_map(|more| more.reference.iter().chain(&more.all_of)) {
            if !parts.contains(inner) {
                parts.push(*inner);
            }
        }
    }
    parts
}
