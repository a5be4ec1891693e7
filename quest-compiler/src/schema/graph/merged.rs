//! What a value that fits a schema looks like, over all the parts the schema is made of: `$ref`, `allOf`, branches.
//!
//! Validation validates a value against each part; types and tables need all parts together.

use super::facts::{accepted, only_asserts};
use super::node::{Additional, Items, SchemaNode, SchemaUse, Schemas};
use super::pattern::Pattern;
use crate::schema::annotations::Annotations;
use crate::schema::ids::SchemaId;
use crate::schema::value::{Literal, Types};
use crate::text::Span;
use bit_set::BitSet;
use std::sync::Arc;

/// A property, gathered from all parts that name it.
#[derive(Clone, Debug)]
pub(in crate::schema) struct Member {
    pub name: String,
    pub span: Span,
    pub site: SchemaUse,
    /// Every object has it.
    pub required: bool,
    /// Every value of it fits the schema, and not only in some branch.
    pub certain: bool,
    /// What it is in other branches, where that differs.
    pub others: Vec<SchemaUse>,
}

/// All parts of a schema together.
#[derive(Clone, Debug, Default)]
pub(in crate::schema) struct MergedSchema {
    /// The parts that every value fits.
    pub parts: Vec<SchemaId>,
    pub types: Option<Types>,
    pub values: Option<Vec<Literal>>,
    pub members: Vec<Member>,
    /// What the values of a map are.
    pub map: Option<SchemaUse>,
    /// What the names in a map are.
    pub names: Option<SchemaUse>,
    /// The patterns of the names in the map; `None` if any can be one.
    pub only: Option<Vec<Pattern>>,
    /// The values of the map are of several sorts, by their names.
    pub mixed: bool,
    pub items: Option<SchemaUse>,
    /// Elements differ by position.
    pub tuple: bool,
    /// For each `anyOf` and `oneOf` that makes a difference here, the branches without `null`.
    pub unions: Vec<Vec<SchemaId>>,
    required: Vec<String>,
}

impl MergedSchema {
    pub(in crate::schema) fn of(schemas: &Schemas, schema: SchemaId) -> MergedSchema {
        let mut view = MergedSchema::default();
        view.collect(schemas, schema, true, None, &mut Vec::new());
        view.finish(schemas, schema)
    }

    /// The schema where one branch of its unions holds.
    pub(in crate::schema) fn of_branch(
        schemas: &Schemas,
        schema: SchemaId,
        branch: SchemaId,
    ) -> MergedSchema {
        let mut view = MergedSchema::default();
        let mut visited = Vec::new();
        view.collect(schemas, branch, true, None, &mut visited);
        if schema != branch {
            view.collect(schemas, schema, true, Some(branch), &mut visited);
        }
        view.finish(schemas, branch)
    }

    fn finish(mut self, schemas: &Schemas, schema: SchemaId) -> MergedSchema {
        self.types = Some(accepted(schemas, schema));
        for name in std::mem::take(&mut self.required) {
            if let Some(member) = self.members.iter_mut().find(|member| member.name == name) {
                member.required = true;
            }
        }
        self
    }

    fn collect(
        &mut self,
        schemas: &Schemas,
        schema: SchemaId,
        certain: bool,
        without_unions: Option<SchemaId>,
        visited: &mut Vec<SchemaId>,
    ) {
        if visited.contains(&schema) {
            return;
        }
        visited.push(schema);
        let node = schemas.get(schema);
        if certain {
            self.parts.push(schema);
            if let Some(values) = &node.values {
                self.values = Some(match self.values.take() {
                    Some(known) => {
                        known.into_iter().filter(|value| values.contains(value)).collect::<Vec<_>>()
                    }
                    None => values.clone(),
                });
            }
        }
        for property in &node.properties {
            let site = SchemaUse { schema: property.schema, annotations: Arc::clone(&property.annotations) };
            let member = Member {
                name: property.name.to_string(),
                span: property.span,
                site,
                required: property.required && certain,
                certain,
                others: Vec::new(),
            };
            self.member(schemas, member);
        }
        match &node.additional {
            Additional::Schema(site) => self.maps_to(site, None),
            Additional::Anything | Additional::Nothing => {}
        }
        if let Items::Each(site) = &node.items {
            self.items.get_or_insert_with(|| site.clone());
        }
        let Some(more) = &node.more else { return };
        if certain {
            self.required.extend(more.required.iter().map(ToString::to_string));
        }
        self.tuple |= !more.prefix.is_empty();
        for (pattern, site) in &more.pattern_properties {
            self.maps_to(site, Some(pattern));
        }
        if self.names.is_none() {
            self.names.clone_from(&more.property_names);
        }
        for part in more.reference.iter().chain(&more.all_of) {
            self.collect(schemas, *part, certain, without_unions, visited);
        }
        let sometimes = more.then.iter().chain(&more.else_).copied();
        for part in sometimes.chain(more.dependent_schemas.iter().map(|(_, part)| *part)) {
            self.collect(schemas, part, false, without_unions, visited);
        }
        for branches in [&more.any_of, &more.one_of].into_iter().filter(|branches| !branches.is_empty()) {
            if without_unions.is_some_and(|branch| branches.contains(&branch)) {
                continue;
            }
            let real: Vec<SchemaId> = branches
                .iter()
                .copied()
                .filter(|branch| accepted(schemas, *branch).difference(Types::NULL) != Types::NONE)
                .collect();
            match real.as_slice() {
                [only] => self.collect(schemas, *only, certain, without_unions, visited),
                _ if real.iter().all(|branch| only_asserts(schemas, *branch)) => {}
                _ => self.unions.push(real),
            }
        }
    }

    fn maps_to(&mut self, site: &SchemaUse, pattern: Option<&Pattern>) {
        match (&mut self.only, pattern) {
            (Some(patterns), Some(pattern)) => patterns.push(pattern.clone()),
            (only @ None, Some(pattern)) if self.map.is_none() => *only = Some(vec![pattern.clone()]),
            _ => self.only = None,
        }
        match &self.map {
            Some(known) if known.schema != site.schema => self.mixed = true,
            Some(_) => {}
            None => self.map = Some(site.clone()),
        }
    }

    fn member(&mut self, schemas: &Schemas, new: Member) {
        let Some(known) = self.members.iter_mut().find(|known| known.name == new.name) else {
            self.members.push(new);
            return;
        };
        known.required |= new.required;
        let same = canonical(schemas, known.site.schema) == canonical(schemas, new.site.schema);
        let (said, says) = (says(schemas, known.site.schema), says(schemas, new.site.schema));
        let derived = known.certain && said > 0;
        if same || (derived && !new.certain) {
            known.site.annotations = merged(&known.site.annotations, &new.site.annotations);
        } else if new.certain && (!derived || says > said) {
            // Of several schemas that hold, one that says what it is counts more than one that only restricts.
            let annotations = merged(&new.site.annotations, &known.site.annotations);
            known.site = SchemaUse { schema: new.site.schema, annotations };
            known.span = new.span;
            known.certain = true;
            known.others.clear();
        } else if derived {
            known.site.annotations = merged(&known.site.annotations, &new.site.annotations);
        } else if said == 0 && known.others.is_empty() {
            let annotations = merged(&new.site.annotations, &known.site.annotations);
            known.site = SchemaUse { schema: new.site.schema, annotations };
            known.span = new.span;
        } else {
            known.others.push(new.site);
            known.others.extend(new.others);
        }
    }

    /// The properties of the branches of all unions too, none of them required.
    pub(in crate::schema) fn with_branches(&self, schemas: &Schemas) -> MergedSchema {
        self.with_branches_but(schemas, &mut BitSet::new())
    }

    fn with_branches_but(&self, schemas: &Schemas, seen: &mut BitSet) -> MergedSchema {
        let mut all = self.clone();
        for branch in self.unions.iter().flatten() {
            if !seen.insert(branch.0 as usize) {
                continue;
            }
            let branch = MergedSchema::of(schemas, *branch).with_branches_but(schemas, seen);
            if let Some(map) = &branch.map {
                match branch.only.as_deref() {
                    Some(patterns) => patterns.iter().for_each(|pattern| all.maps_to(map, Some(pattern))),
                    None => all.maps_to(map, None),
                }
                all.mixed |= branch.mixed;
                if all.names.is_none() {
                    all.names.clone_from(&branch.names);
                }
            }
            // What one branch forbids is what the others say.
            let never = |member: &Member| accepted(schemas, member.site.schema) == Types::NONE;
            for member in branch.members.into_iter().filter(|member| !never(member)) {
                all.member(schemas, Member { required: false, certain: false, ..member });
            }
        }
        all.unions.clear();
        all
    }
}

/// Annotations of two places that mean one property.
fn merged(first: &Arc<Annotations>, second: &Arc<Annotations>) -> Arc<Annotations> {
    let mut annotations = (**first).clone();
    annotations.key = annotations.key.or_else(|| second.key.clone());
    annotations.reference = annotations.reference.or_else(|| second.reference.clone());
    annotations.description = annotations.description.or_else(|| second.description.clone());
    annotations.name = annotations.name.or_else(|| second.name.clone());
    annotations.json = annotations.json.or(second.json);
    annotations.absorbed.extend(second.places().iter().map(|(_, span)| *span));
    Arc::new(annotations)
}

/// How much a schema says about what a value looks like: not even its type, its type, or what it is made of.
fn says(schemas: &Schemas, schema: SchemaId) -> u8 {
    let node = schemas.get(canonical(schemas, schema));
    let types = accepted(schemas, schema);
    let made = !node.properties.is_empty()
        || matches!(node.items, Items::Each(_))
        || matches!(node.additional, Additional::Schema(_))
        || node.more.as_ref().is_some_and(|more| {
            !more.pattern_properties.is_empty() || !more.any_of.is_empty() || !more.one_of.is_empty()
        });
    if made {
        2
    } else if types == Types::ANY || (node.values.is_some() && node.types == Types::ANY) {
        0
    } else {
        1 + u8::from(!types.intersects(Types::OBJECT.union(Types::ARRAY)))
    }
}

/// The property by which the branches of a union can be told apart, with its values in each branch.
pub fn tag(schemas: &Schemas, branches: &[SchemaId]) -> Option<(String, Vec<Vec<Literal>>)> {
    let values_of = |branch: SchemaId, name: &str| -> Option<Vec<Literal>> {
        let view = MergedSchema::of(schemas, branch);
        let member = view.members.into_iter().find(|member| member.name == name && member.required)?;
        MergedSchema::of(schemas, member.site.schema).values
    };
    let first = MergedSchema::of(schemas, *branches.first()?);
    let candidates = first.members.into_iter().filter(|member| member.required);
    candidates.map(|member| member.name).find_map(|name| {
        let values: Option<Vec<Vec<Literal>>> =
            branches.iter().map(|branch| values_of(*branch, &name)).collect();
        let values = values?;
        let all: Vec<&Literal> = values.iter().flatten().collect();
        let differ = all.iter().enumerate().all(|(at, value)| !all[..at].contains(value));
        differ.then_some((name, values))
    })
}

/// The schema that says what a value looks like, behind `$ref`s and unions with `null` that add nothing.
pub(in crate::schema) fn canonical(schemas: &Schemas, schema: SchemaId) -> SchemaId {
    let mut at = schema;
    for _ in 0..16 {
        match passes_on(schemas.get(at), schemas) {
            Some(next) => at = next,
            None => break,
        }
    }
    at
}

fn passes_on(node: &SchemaNode, schemas: &Schemas) -> Option<SchemaId> {
    let more = node.more.as_ref()?;
    let bare = node.properties.is_empty()
        && node.values.is_none()
        && matches!(node.items, Items::Anything)
        && matches!(node.additional, Additional::Anything)
        && more.pattern_properties.is_empty()
        && more.property_names.is_none()
        && more.prefix.is_empty()
        && more.required.is_empty()
        && node.annotations.name.is_none();
    if !bare {
        return None;
    }
    let real = |branches: &[SchemaId]| -> Vec<SchemaId> {
        let real = |branch: &SchemaId| accepted(schemas, *branch).difference(Types::NULL) != Types::NONE;
        branches.iter().copied().filter(real).collect::<Vec<_>>()
    };
    let mut parts: Vec<SchemaId> = more.reference.iter().chain(&more.all_of).copied().collect();
    for branches in [&more.any_of, &more.one_of].into_iter().filter(|branches| !branches.is_empty()) {
        match real(branches).as_slice() {
            [only] => parts.push(*only),
            _ => return None,
        }
    }
    if more.then.is_some() || more.else_.is_some() || !more.dependent_schemas.is_empty() {
        return None;
    }
    parts.retain(|part| !only_asserts(schemas, *part));
    match parts.as_slice() {
        [only] => Some(*only),
        _ => None,
    }
}
