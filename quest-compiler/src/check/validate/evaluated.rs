//! `unevaluatedProperties` and `unevaluatedItems`.

use super::known::KnownNames;
use super::messages::{absent_names, type_of, unknown_among};
use super::{Validator, ValueContext, ValueName};
use crate::schema::{Additional, ExtraKeywords, Items, SchemaId, SchemaNode, Types};
use crate::source::Node;
use crate::text::Span;
use bit_set::BitSet;
use std::cell::OnceCell;
use std::collections::HashSet;

/// The evaluated parts of a value.
#[derive(Default)]
struct Evaluated {
    names: HashSet<String>,
    all_names: bool,
    /// The number of elements from the first on.
    items: usize,
    single: BitSet,
    /// The schemas that have been visited.
    schemas: BitSet,
}

impl Validator<'_, '_> {
    /// `first` is the index of the first misfit of the same value.
    pub(super) fn unevaluated(
        &mut self,
        schema: SchemaId,
        more: &ExtraKeywords,
        value: Node<'_>,
        context: &ValueContext<'_>,
        first: usize,
    ) {
        match (type_of(value), more.unevaluated_properties, more.unevaluated_items) {
            (Types::OBJECT, Some(rest), _) => self.unevaluated_properties(schema, rest, value, first),
            (Types::ARRAY, _, Some(rest)) => self.unevaluated_items(schema, rest, value, context),
            _ => {}
        }
    }

    fn unevaluated_properties(&mut self, schema: SchemaId, rest: SchemaId, value: Node<'_>, first: usize) {
        let mut seen = Evaluated::default();
        self.collect_evaluated(self.schemas.get(schema), value, &mut seen, true);
        // A part that does not fit evaluates nothing, so the names it declares only seem unknown because of its misfits.
        let failed = self.misfits.len() > first;
        // What all unknown names are compared with, once there is one.
        let unknown = OnceCell::new();
        for (key, item) in value.properties() {
            let Some(name) = key.text() else { continue };
            if seen.all_names || seen.names.contains(&*name) {
                continue;
            }
            if !self.schemas.get(rest).never {
                let context = ValueContext {
                    name: ValueName::Property(&name),
                    key: Some(key),
                    description: None,
                    optional: true,
                    schema: rest,
                    branch: None,
                    first: self.misfits.len(),
                };
                self.value(rest, item, &context);
                continue;
            }
            self.failed = true;
            if self.probing {
                return;
            }
            let (known, absent, reported) = unknown.get_or_init(|| {
                let known = KnownNames::of(self.schemas, schema);
                let absent = absent_names(known.names.iter().copied(), value);
                (known, absent, self.names_reported(first).collect::<HashSet<Span>>())
            });
            if !(reported.contains(&key.span()) || failed && known.allows(&name)) {
                let misfit = unknown_among(known.names.iter().copied(), absent, key);
                self.misfits.push(misfit);
            }
        }
    }

    fn unevaluated_items(
        &mut self,
        schema: SchemaId,
        rest: SchemaId,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        let mut seen = Evaluated::default();
        self.collect_evaluated(self.schemas.get(schema), value, &mut seen, true);
        let context = context.element(rest, self.misfits.len());
        for (at, element) in value.elements().enumerate() {
            if at >= seen.items && !seen.single.contains(at) {
                self.value(rest, element, &context);
            }
        }
    }

    /// Collects what a schema evaluates that the value fits. `outermost` marks the schema that has the `unevaluated` keyword itself.
    fn collect_evaluated(&self, node: &SchemaNode, value: Node<'_>, seen: &mut Evaluated, outermost: bool) {
        let none = ExtraKeywords::default();
        let more = node.more.as_deref().unwrap_or(&none);
        match &node.additional {
            Additional::Schema(_) | Additional::Nothing => seen.all_names = true,
            Additional::Anything => seen.all_names |= more.evaluates_all,
        }
        for (key, _) in value.properties() {
            let Some(name) = key.text() else { continue };
            let listed = node.property(&name).is_some();
            if listed || more.pattern_properties.iter().any(|(pattern, _)| pattern.matches(&name)) {
                seen.names.insert(name.into_owned());
            }
        }
        seen.items = match &node.items {
            Items::Each(_) => usize::MAX,
            Items::Anything => seen.items.max(more.prefix.len()),
        };
        if let Some(schema) = more.contains {
            for (at, element) in value.elements().enumerate() {
                if self.fits(schema, element) {
                    seen.single.insert(at);
                }
            }
        }
        if !outermost {
            seen.all_names |= more.unevaluated_properties.is_some();
            if more.unevaluated_items.is_some() {
                seen.items = usize::MAX;
            }
        }
        for part in self.applied_parts(more, value) {
            if seen.schemas.insert(part.0 as usize) && self.fits(part, value) {
                self.collect_evaluated(self.schemas.get(part), value, seen, false);
            }
        }
    }

    /// The schemas in a schema that apply to the same value, including those of `anyOf` and `oneOf` that may not fit.
    fn applied_parts(&self, more: &ExtraKeywords, value: Node<'_>) -> Vec<SchemaId> {
        let condition = more.condition.filter(|schema| self.fits(*schema, value));
        let branch = if condition.is_some() { more.then } else { more.else_ };
        let mut parts = Vec::new();
        parts.extend(more.reference);
        for several in [&more.all_of, &more.any_of, &more.one_of] {
            parts.extend_from_slice(several);
        }
        parts.extend(condition);
        parts.extend(branch);
        for (name, schema) in &more.dependent_schemas {
            if value.get(name).is_some() {
                parts.push(*schema);
            }
        }
        parts
    }
}
