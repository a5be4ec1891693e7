//! Objects: names that are unknown, missing, misspelt or duplicate.

use super::known::{KnownNames, property};
use super::messages::{absent_names, missing_properties, names_of, unknown};
use super::misfit::{Misfit, Problem};
use super::placement::owners;
use super::{Validator, ValueContext, ValueName};
use crate::diagnostics::{Diagnostic, code, near};
use crate::schema::{Additional, SchemaId, SchemaNode, Types};
use crate::source::{Node, NodeKind};
use crate::text::{Name, Span};
use std::collections::HashSet;

/// At most this many names are looked up one by one.
const FEW: usize = 16;

impl<'s> Validator<'s, '_> {
    pub(super) fn object(&mut self, node: &'s SchemaNode, value: Node<'_>, context: &ValueContext<'_>) {
        let mut seen = 0u128;
        let mut expected = 0;
        // Names that the schema does not list. Usually empty, and then not allocated.
        let mut others: Vec<(Node<'_>, Node<'_>)> = Vec::new();
        for (key, item) in value.properties() {
            let Some(index) = node.property_at(key, expected) else {
                if key.is_text() {
                    others.push((key, item));
                }
                continue;
            };
            expected = index + 1;
            let property = &node.properties[index];
            let bit = 1u128.checked_shl(index as u32).unwrap_or(0);
            if seen & bit != 0 {
                self.duplicate(value, key, &property.name, "property");
            } else if bit == 0 {
                others.push((key, item)); // more than 128 properties: found by comparing
            }
            seen |= bit;
            let context = ValueContext {
                name: ValueName::Property(&property.name),
                key: Some(key),
                description: property.annotations.description.as_deref(),
                optional: !property.required,
                schema: property.schema,
                branch: None,
                first: self.misfits.len(),
            };
            self.value(property.schema, item, &context);
        }
        let duplicates = self.repeated(value, &others, !matches!(node.additional, Additional::Schema(_)));
        let strangers = self.others(node, &others, &duplicates);
        self.listed_by_pattern(node, value);
        self.equal_properties(node, value, context);
        if self.is_unwrapped(node, &strangers, value, context) {
            return;
        }
        if self.absent(node, value, seen, context) {
            return;
        }
        if strangers.is_empty() {
            return;
        }
        // All at once: an object can have thousands of unknown properties.
        let reported: HashSet<Span> = self.names_reported(context.first).collect();
        let absent = absent_names(node.properties.iter().map(|property| property.name.as_str()), value);
        for key in strangers.into_iter().filter(|key| !reported.contains(&key.span())) {
            let schemas = self.schemas;
            self.fail(|| owners(schemas, node, unknown(node, &absent, key), key));
        }
    }

    /// `x-equals`.
    fn equal_properties(&mut self, node: &'s SchemaNode, object: Node<'_>, context: &ValueContext<'_>) {
        for property in &node.properties {
            let schema = self.schemas.get(property.schema);
            if let Some(other) = schema.more.as_ref().and_then(|more| more.equals.as_ref()) {
                let before = self.misfits.len();
                self.equals(object, &property.name, other, context.property());
                self.lint(schema, before, &|_| true);
            }
        }
    }

    /// Reports missing required names; returns whether the object can be left early. `seen` has a bit for each of the first 128 listed
    /// properties.
    fn absent(
        &mut self,
        node: &'s SchemaNode,
        object: Node<'_>,
        seen: u128,
        context: &ValueContext<'_>,
    ) -> bool {
        // A name that could not be read may be the one that is missing.
        if object.properties().any(|(key, _)| key.kind() == NodeKind::Invalid) {
            return false;
        }
        let others: &[Name] = node.more.as_ref().map_or(&[], |more| &more.required);
        let is_large = node.properties.len() > u128::BITS as usize || others.len() > FEW;
        let present = is_large.then(|| names_of(object));
        let has = |name: &Name| match &present {
            Some(present) => present.contains(name.as_str()),
            None => object.get_named(name).is_some(),
        };
        let was_seen = |index: usize, name: &Name| match 1u128.checked_shl(index as u32) {
            Some(bit) => seen & bit != 0,
            None => has(name),
        };
        let listed = node.properties.iter().enumerate();
        let listed =
            listed.filter(|(index, property)| property.required && !was_seen(*index, &property.name));
        let others = others.iter().filter(|name| !has(name)).map(Name::as_str);
        let mut absent = listed.map(|(_, property)| property.name.as_str()).chain(others).peekable();
        if absent.peek().is_none() {
            return false;
        }
        self.failed = true;
        if !self.probing {
            self.missing(node, absent.collect(), object, context);
        }
        self.probing
    }

    /// Validates the properties that the schema does not list; returns the names that may not be there.
    fn others<'a>(
        &mut self,
        node: &'s SchemaNode,
        others: &[(Node<'a>, Node<'a>)],
        duplicates: &[Node<'a>],
    ) -> Vec<Node<'a>> {
        let mut strangers = Vec::new();
        let patterns: &[_] = node.more.as_ref().map_or(&[], |more| &more.pattern_properties);
        for (key, item) in
            others.iter().filter(|(key, _)| key.is_text() && node.property_at(*key, usize::MAX).is_none())
        {
            let name = key.text().unwrap_or_default();
            // The intended name of a duplicate is not known.
            let known = !duplicates.iter().any(|other| other.at() == key.at());
            let called = if known { ValueName::Property(&name) } else { ValueName::Nothing };
            let first = self.misfits.len();
            let at = |schema: SchemaId, description| ValueContext {
                name: called,
                key: Some(*key),
                description,
                optional: true,
                schema,
                branch: None,
                first,
            };
            let mut matched = false;
            for (_, site) in patterns.iter().filter(|(pattern, _)| pattern.matches(&name)) {
                matched = true;
                self.value(site.schema, *item, &at(site.schema, site.annotations.description.as_deref()));
            }
            match &node.additional {
                _ if matched => {}
                Additional::Anything => self.anything(*item),
                Additional::Schema(site) => {
                    self.value(site.schema, *item, &at(site.schema, site.annotations.description.as_deref()));
                }
                Additional::Nothing => {
                    self.failed = true;
                    if self.probing {
                        return strangers;
                    }
                    strangers.push(*key);
                }
            }
        }
        strangers
    }

    /// Validates the listed properties whose names match a pattern as well.
    fn listed_by_pattern(&mut self, node: &'s SchemaNode, value: Node<'_>) {
        let patterns: &[_] = node.more.as_ref().map_or(&[], |more| &more.pattern_properties);
        if patterns.is_empty() {
            return;
        }
        for (key, item) in value.properties() {
            let Some(name) = key.text().filter(|name| node.property(name).is_some()) else { continue };
            for (_, site) in patterns.iter().filter(|(pattern, _)| pattern.matches(&name)) {
                let context = ValueContext {
                    name: ValueName::Property(&name),
                    key: Some(key),
                    description: site.annotations.description.as_deref(),
                    optional: true,
                    schema: site.schema,
                    branch: None,
                    first: self.misfits.len(),
                };
                self.value(site.schema, item, &context);
            }
        }
    }

    /// Reports missing names. One that is there misspelt is one mistake, not two.
    pub(super) fn missing(
        &mut self,
        node: &SchemaNode,
        mut missing: Vec<&str>,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        self.failed = true;
        if self.probing {
            return;
        }
        for (key, meant) in self.slips(node, &missing, value, context) {
            missing.retain(|name| *name != meant);
            let text = key.text().unwrap_or_default();
            let diagnostic = Diagnostic::new(&code::MISSING_PROPERTY, format!("unknown property `{text}`"))
                .label(key.span(), format!("`{meant}` is needed here"))
                .did_you_mean(key.span(), &text, &[meant]);
            let misfit = Misfit::new(Problem::Missing, key.span(), diagnostic).losing(key.behind_name());
            // The name may have been found unknown already, but a manifest can change the level of that.
            let unknown =
                |known: &&mut Misfit| known.problem == Problem::UnknownName && known.at == key.span();
            let reported = self.reported(key, context.first);
            match self.misfits.iter_mut().skip(context.first).find(unknown) {
                Some(known) => *known = misfit,
                None if reported => {}
                None => self.misfits.push(misfit),
            }
        }
        if !missing.is_empty() {
            let misfit = missing_properties(self.schemas, node, &missing, value, context);
            self.misfits.push(misfit);
        }
    }

    /// Unknown names, each with the missing name that it resembles.
    pub(super) fn slips<'a, 'n>(
        &self,
        node: &SchemaNode,
        missing: &[&'n str],
        value: Node<'a>,
        context: &ValueContext<'_>,
    ) -> Vec<(Node<'a>, &'n str)> {
        let known = KnownNames::of(self.schemas, context.schema);
        let absent = absent_names(known.names.iter().copied(), value);
        let mut open: Vec<&'n str> = missing.to_vec();
        let mut slips = Vec::new();
        let mut strangers = Vec::new();
        for (key, item) in value.properties() {
            let Some(name) = key.text().filter(|name| !known.allows(name)) else { continue };
            // An optional property can be more similar.
            let absent = absent.iter().copied().filter(|name| !open.contains(name));
            let nearest = near(&name, open.iter().copied().chain(absent)).first().copied();
            match nearest.and_then(|nearest| open.iter().position(|name| *name == nearest)) {
                Some(at) => slips.push((key, open.remove(at))),
                None if nearest.is_none() => strangers.push((key, item)),
                None => {}
            }
        }
        // The only unknown name means the only missing one if its value fits.
        if let ([name], [(key, item)]) = (open.as_slice(), strangers.as_slice()) {
            let schema = property(self.schemas, node, &[context.branch, Some(context.schema)], name).schema;
            let telling = |schema: &SchemaId| self.schemas.get(*schema).types != Types::ANY;
            if schema.filter(telling).is_some_and(|schema| self.fits(schema, *item)) {
                slips.push((*key, *name));
            }
        }
        slips
    }

    /// Whether one of the misfits from `first` on is about a name.
    pub(super) fn reported(&self, key: Node<'_>, first: usize) -> bool {
        let at = key.span();
        self.names_reported(first).any(|reported| reported == at)
    }

    /// The names that misfits from `first` on are about.
    pub(super) fn names_reported(&self, first: usize) -> impl Iterator<Item = Span> {
        self.misfits.iter().skip(first).filter(|misfit| misfit.is_about_name()).map(|misfit| misfit.at)
    }

    /// Reports a duplicate name, which no schema allows.
    fn duplicate(&mut self, object: Node<'_>, key: Node<'_>, text: &str, what: &str) {
        if self.probing {
            return;
        }
        let mut diagnostic =
            Diagnostic::new(&code::DUPLICATE_PROPERTY, format!("{what} `{text}` is there twice"))
                .label(key.span(), "the second one");
        if let Some((first, _)) = object.property(text) {
            diagnostic = diagnostic.label(first.span(), "the first one");
        }
        let diagnostic = diagnostic.help(if what == "property" {
            "keep one of them: programs disagree about which of the two counts"
        } else {
            "write another name for one of them, or keep only one"
        });
        self.misfits.push(Misfit::new(Problem::DuplicateName, key.span(), diagnostic));
    }

    /// Reports duplicate names; returns the second of each.
    fn repeated<'a>(
        &mut self,
        object: Node<'_>,
        pairs: &[(Node<'a>, Node<'a>)],
        properties: bool,
    ) -> Vec<Node<'a>> {
        let mut duplicates = Vec::new();
        if pairs.len() < 2 {
            return duplicates;
        }
        let mut seen = HashSet::new();
        for (key, _) in pairs {
            let Some(text) = key.text() else { continue };
            if !seen.insert(text.clone()) {
                self.duplicate(object, *key, &text, if properties { "property" } else { "the name" });
                duplicates.push(*key);
            }
        }
        duplicates
    }

    /// Checks a value without a schema, for duplicate names only.
    pub(super) fn anything(&mut self, value: Node<'_>) {
        if self.probing || !matches!(value.kind(), NodeKind::Array | NodeKind::Object) {
            return;
        }
        for element in value.elements() {
            self.anything(element);
        }
        let pairs: Vec<_> = value.properties().collect();
        self.repeated(value, &pairs, true);
        for (_, item) in pairs {
            self.anything(item);
        }
    }
}
