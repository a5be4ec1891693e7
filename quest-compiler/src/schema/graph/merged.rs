//! What a value that fits a schema looks like, over all the schemas that apply to it: `$ref`, `allOf`, branches.
//!
//! Validation checks a value against each of these schemas; types and tables need them merged into one.

use super::facts::{accepted, only_asserts};
use super::node::{Additional, ExtraKeywords, Items, SchemaNode, SchemaUse, Schemas};
use super::pattern::Pattern;
use crate::schema::annotations::Annotations;
use crate::schema::ids::SchemaId;
use crate::schema::value::{Literal, Types, common_literals, has_duplicates};
use crate::text::Span;
use bit_set::BitSet;
use std::collections::HashMap;
use std::sync::Arc;

/// A property, merged from all schemas that name it.
#[derive(Clone, Debug)]
pub(in crate::schema) struct MergedProperty {
    pub name: String,
    pub span: Span,
    pub usage: SchemaUse,
    /// Every object has it.
    pub required: bool,
    /// Its schema applies to every object, and not only to those of one branch.
    pub certain: bool,
    /// Its schemas in other branches, where they differ.
    pub others: Vec<SchemaUse>,
}

/// All schemas that apply to one value, merged.
#[derive(Clone, Debug, Default)]
pub(in crate::schema) struct MergedSchema {
    /// The schemas that apply to every value.
    pub parts: Vec<SchemaId>,
    pub types: Option<Types>,
    pub values: Option<Vec<Literal>>,
    pub properties: Vec<MergedProperty>,
    /// The schema of the values of a map.
    pub map_values: Option<SchemaUse>,
    /// The schema of the names in a map.
    pub map_names: Option<SchemaUse>,
    /// The patterns of the names in a map; `None` if the map can have any name.
    pub map_patterns: Option<Vec<Pattern>>,
    /// Values under different names of the map have different schemas.
    pub mixed_map: bool,
    pub items: Option<SchemaUse>,
    /// Elements differ by position.
    pub tuple: bool,
    /// The branches of each `anyOf` and `oneOf` that makes a difference here, without those that accept only `null`.
    pub unions: Vec<Vec<SchemaId>>,
    required: Vec<String>,
    /// Indices of `properties`.
    by_name: HashMap<String, usize>,
}

/// How a schema is added to a merged one.
#[derive(Clone, Copy)]
struct MergeMode {
    /// The schema applies to every value, and not only to those of one branch.
    certain: bool,
    /// The union with this branch is left out, because the branch has been added already.
    chosen: Option<SchemaId>,
}

impl MergedSchema {
    pub(in crate::schema) fn of(schemas: &Schemas, schema: SchemaId) -> MergedSchema {
        let mut merged = MergedSchema::default();
        merged.add(schemas, schema, MergeMode { certain: true, chosen: None }, &mut BitSet::new());
        merged.finish(schemas, schema)
    }

    /// The schema of values that fit one branch of its unions.
    pub(in crate::schema) fn of_branch(
        schemas: &Schemas,
        schema: SchemaId,
        branch: SchemaId,
    ) -> MergedSchema {
        let mut merged = MergedSchema::default();
        let mut visited = BitSet::new();
        merged.add(schemas, branch, MergeMode { certain: true, chosen: None }, &mut visited);
        if schema != branch {
            merged.add(schemas, schema, MergeMode { certain: true, chosen: Some(branch) }, &mut visited);
        }
        merged.finish(schemas, branch)
    }

    pub(in crate::schema) fn property(&self, name: &str) -> Option<&MergedProperty> {
        self.by_name.get(name).map(|index| &self.properties[*index])
    }

    /// The values that a property can have, over all the schemas that apply to every object. A subtype narrows those of its base.
    fn property_values(&self, schemas: &Schemas, name: &str) -> Option<Vec<Literal>> {
        let nodes = self.parts.iter().map(|part| schemas.get(*part));
        let uses = nodes.filter_map(|node| Some(node.properties[node.property(name)?].schema));
        let values = uses.filter_map(|schema| MergedSchema::of(schemas, schema).values);
        values.reduce(|known, values| common_literals(known, &values))
    }

    fn finish(mut self, schemas: &Schemas, schema: SchemaId) -> MergedSchema {
        self.types = Some(accepted(schemas, schema));
        for name in std::mem::take(&mut self.required) {
            if let Some(index) = self.by_name.get(&name) {
                self.properties[*index].required = true;
            }
        }
        self
    }

    fn add(&mut self, schemas: &Schemas, schema: SchemaId, mode: MergeMode, visited: &mut BitSet) {
        if !visited.insert(schema.0 as usize) {
            return;
        }
        let node = schemas.get(schema);
        if mode.certain {
            self.parts.push(schema);
            if let Some(values) = &node.values {
                self.values = Some(match self.values.take() {
                    Some(known) => common_literals(known, values),
                    None => values.clone(),
                });
            }
        }
        self.add_properties(schemas, node, mode.certain);
        if let Additional::Schema(values) = &node.additional {
            self.add_map(values, None);
        }
        if let Items::Each(usage) = &node.items {
            self.items.get_or_insert_with(|| usage.clone());
        }
        if let Some(more) = &node.more {
            self.add_extra(more, mode.certain);
            self.add_parts(schemas, more, mode, visited);
        }
    }

    fn add_properties(&mut self, schemas: &Schemas, node: &SchemaNode, certain: bool) {
        for property in &node.properties {
            let usage = SchemaUse { schema: property.schema, annotations: Arc::clone(&property.annotations) };
            let property = MergedProperty {
                name: property.name.to_string(),
                span: property.span,
                usage,
                required: property.required && certain,
                certain,
                others: Vec::new(),
            };
            self.add_property(schemas, property);
        }
    }

    fn add_extra(&mut self, more: &ExtraKeywords, certain: bool) {
        if certain {
            self.required.extend(more.required.iter().map(ToString::to_string));
        }
        self.tuple |= !more.prefix.is_empty();
        for (pattern, values) in &more.pattern_properties {
            self.add_map(values, Some(pattern));
        }
        if self.map_names.is_none() {
            self.map_names.clone_from(&more.property_names);
        }
    }

    /// Adds the schemas that apply to the same value.
    fn add_parts(&mut self, schemas: &Schemas, more: &ExtraKeywords, mode: MergeMode, visited: &mut BitSet) {
        for part in more.reference.iter().chain(&more.all_of) {
            self.add(schemas, *part, mode, visited);
        }
        let conditional = more.then.iter().chain(&more.else_);
        for part in conditional.chain(more.dependent_schemas.iter().map(|(_, part)| part)) {
            self.add(schemas, *part, MergeMode { certain: false, ..mode }, visited);
        }
        for branches in [&more.any_of, &more.one_of] {
            let is_chosen = mode.chosen.is_some_and(|branch| branches.contains(&branch));
            if branches.is_empty() || is_chosen {
                continue;
            }
            let branches = branches_beside_null(schemas, branches);
            if let [only] = branches.as_slice() {
                self.add(schemas, *only, mode, visited);
            } else if !branches.iter().all(|branch| only_asserts(schemas, *branch)) {
                self.unions.push(branches);
            }
        }
    }

    fn add_map(&mut self, values: &SchemaUse, pattern: Option<&Pattern>) {
        match (&mut self.map_patterns, pattern) {
            (Some(patterns), Some(pattern)) => patterns.push(pattern.clone()),
            (patterns @ None, Some(pattern)) if self.map_values.is_none() => {
                *patterns = Some(vec![pattern.clone()]);
            }
            _ => self.map_patterns = None,
        }
        match &self.map_values {
            Some(known) => self.mixed_map |= known.schema != values.schema,
            None => self.map_values = Some(values.clone()),
        }
    }

    fn add_property(&mut self, schemas: &Schemas, property: MergedProperty) {
        match self.by_name.get(&property.name) {
            Some(index) => self.properties[*index].merge(schemas, property),
            None => {
                self.by_name.insert(property.name.clone(), self.properties.len());
                self.properties.push(property);
            }
        }
    }

    /// Adds the properties of the branches of all unions, none of them required.
    pub(in crate::schema) fn with_branches(&self, schemas: &Schemas) -> MergedSchema {
        self.with_unvisited_branches(schemas, &mut BitSet::new())
    }

    fn with_unvisited_branches(&self, schemas: &Schemas, visited: &mut BitSet) -> MergedSchema {
        let mut all = self.clone();
        for branch in self.unions.iter().flatten() {
            if visited.insert(branch.0 as usize) {
                let branch = MergedSchema::of(schemas, *branch).with_unvisited_branches(schemas, visited);
                all.add_branch(schemas, branch);
            }
        }
        all.unions.clear();
        all
    }

    fn add_branch(&mut self, schemas: &Schemas, branch: MergedSchema) {
        if let Some(values) = &branch.map_values {
            match branch.map_patterns.as_deref() {
                Some(patterns) => {
                    patterns.iter().for_each(|pattern| self.add_map(values, Some(pattern)));
                }
                None => self.add_map(values, None),
            }
            self.mixed_map |= branch.mixed_map;
            if self.map_names.is_none() {
                self.map_names.clone_from(&branch.map_names);
            }
        }
        for property in branch.properties {
            // A property that this branch forbids is what the other branches say it is.
            if accepted(schemas, property.usage.schema) != Types::NONE {
                let property = MergedProperty { required: false, certain: false, ..property };
                self.add_property(schemas, property);
            }
        }
    }
}

impl MergedProperty {
    /// Merges a second schema for the same property.
    ///
    /// Of two schemas that apply to every object, the one that says more about the value counts, and the other is taken to restrict
    /// it. Schemas of single branches are kept beside each other.
    fn merge(&mut self, schemas: &Schemas, new: MergedProperty) {
        self.required |= new.required;
        let detail = detail(schemas, self.usage.schema);
        let says_more = self::detail(schemas, new.usage.schema) > detail;
        let is_same = canonical(schemas, self.usage.schema) == canonical(schemas, new.usage.schema);
        let is_settled = self.certain && detail > Detail::Nothing;
        if is_same || (is_settled && !(new.certain && says_more)) {
            self.usage.annotations = merged_annotations(&self.usage.annotations, &new.usage.annotations);
        } else if new.certain {
            self.replace(new);
            self.certain = true;
            self.others.clear();
        } else if detail == Detail::Nothing && self.others.is_empty() {
            self.replace(new);
        } else {
            self.others.push(new.usage);
            self.others.extend(new.others);
        }
    }

    fn replace(&mut self, new: MergedProperty) {
        let annotations = merged_annotations(&new.usage.annotations, &self.usage.annotations);
        self.usage = SchemaUse { schema: new.usage.schema, annotations };
        self.span = new.span;
    }
}

/// The annotations of two uses of one property; the first overrides the second.
fn merged_annotations(first: &Arc<Annotations>, second: &Arc<Annotations>) -> Arc<Annotations> {
    let mut annotations = (**first).clone();
    annotations.key = annotations.key.or_else(|| second.key.clone());
    annotations.reference = annotations.reference.or_else(|| second.reference.clone());
    annotations.description = annotations.description.or_else(|| second.description.clone());
    annotations.name = annotations.name.or_else(|| second.name.clone());
    annotations.json = annotations.json.or(second.json);
    annotations.overridden.extend(second.spans().iter().map(|(_, span)| *span));
    Arc::new(annotations)
}

/// How much a schema says about what a value looks like.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    /// Not even its type.
    Nothing,
    /// That it is a list or an object, but nothing about its parts.
    Container,
    /// All: its type, or its parts.
    Full,
}

fn detail(schemas: &Schemas, schema: SchemaId) -> Detail {
    let node = schemas.get(canonical(schemas, schema));
    let types = accepted(schemas, schema);
    let describes_parts = !node.properties.is_empty()
        || matches!(node.items, Items::Each(_))
        || matches!(node.additional, Additional::Schema(_))
        || node.more.as_ref().is_some_and(|more| {
            !more.pattern_properties.is_empty() || !more.any_of.is_empty() || !more.one_of.is_empty()
        });
    if describes_parts {
        Detail::Full
    } else if types == Types::ANY || (node.values.is_some() && node.types == Types::ANY) {
        Detail::Nothing
    } else if types.intersects(Types::OBJECT.union(Types::ARRAY)) {
        Detail::Container
    } else {
        Detail::Full
    }
}

/// The branches of a union that accept anything but `null`.
fn branches_beside_null(schemas: &Schemas, branches: &[SchemaId]) -> Vec<SchemaId> {
    let accepts_more = |branch: &SchemaId| accepted(schemas, *branch).difference(Types::NULL) != Types::NONE;
    branches.iter().copied().filter(accepts_more).collect()
}

/// The property that tells the branches of a union apart, with its values in each branch.
pub fn tag(schemas: &Schemas, branches: &[SchemaId]) -> Option<(String, Vec<Vec<Literal>>)> {
    let merged: Vec<MergedSchema> =
        branches.iter().map(|branch| MergedSchema::of(schemas, *branch)).collect();
    let values_in = |branch: &MergedSchema, name: &str| {
        branch.property(name).filter(|property| property.required)?;
        branch.property_values(schemas, name)
    };
    let candidates = merged.first()?.properties.iter().filter(|property| property.required);
    candidates.map(|property| &property.name).find_map(|name| {
        let values: Vec<Vec<Literal>> =
            merged.iter().map(|branch| values_in(branch, name)).collect::<Option<_>>()?;
        (!has_duplicates(values.iter().flatten())).then(|| (name.clone(), values))
    })
}

/// Longer chains of `$ref`s than this are not followed to their end.
const MAX_CANONICAL_STEPS: usize = 16;

/// The schema that says what a value looks like, behind `$ref`s and unions with `null` that add nothing.
pub(in crate::schema) fn canonical(schemas: &Schemas, schema: SchemaId) -> SchemaId {
    let next = |schema: &SchemaId| forwards_to(schemas, schemas.get(*schema));
    std::iter::successors(Some(schema), next).take(MAX_CANONICAL_STEPS + 1).last().unwrap_or(schema)
}

/// The one schema that decides what a value looks like, if the node itself says nothing about it.
fn forwards_to(schemas: &Schemas, node: &SchemaNode) -> Option<SchemaId> {
    let more = node.more.as_ref()?;
    let is_conditional = more.then.is_some() || more.else_.is_some() || !more.dependent_schemas.is_empty();
    if describes_value(node, more) || is_conditional {
        return None;
    }
    let mut parts: Vec<SchemaId> = more.reference.iter().chain(&more.all_of).copied().collect();
    for branches in [&more.any_of, &more.one_of].into_iter().filter(|branches| !branches.is_empty()) {
        match branches_beside_null(schemas, branches).as_slice() {
            [only] => parts.push(*only),
            _ => return None,
        }
    }
    parts.retain(|part| !only_asserts(schemas, *part));
    match parts.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}

fn describes_value(node: &SchemaNode, more: &ExtraKeywords) -> bool {
    !node.properties.is_empty()
        || node.values.is_some()
        || !matches!(node.items, Items::Anything)
        || !matches!(node.additional, Additional::Anything)
        || !more.pattern_properties.is_empty()
        || more.property_names.is_some()
        || !more.prefix.is_empty()
        || !more.required.is_empty()
        || node.annotations.name.is_some()
}
