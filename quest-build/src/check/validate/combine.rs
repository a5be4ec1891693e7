//! Keywords that hold a value against several schemas, and the rarer assertions.

use super::Validator;
use super::words::{missing_properties, plural, subject, type_of};
use crate::diagnose::{Diagnostic, code, list};
use crate::schema::{Literal, More, SchemaId, Types, accepted, canonical_of, tag};
use crate::source::{Kind, Node, Span};
use std::collections::HashMap;

impl Validator<'_, '_> {
    pub(super) fn combine(&mut self, more: &More, value: Node<'_>, name: Option<&str>) {
        for schema in more.reference.iter().chain(&more.all_of) {
            self.value(*schema, value, name);
        }
        if !more.any_of.is_empty() {
            self.one_of(&more.any_of, false, value, name);
        }
        if !more.one_of.is_empty() {
            self.one_of(&more.one_of, true, value, name);
        }
        if let Some(schema) = more.not.filter(|schema| self.fits(*schema, value)) {
            let names = self.only_required(&[schema]);
            self.fail(|| match names.as_ref().and_then(|names| value.property(&names[0])) {
                Some((key, _)) => {
                    let name = key.text().unwrap_or_default();
                    Diagnostic::new(&code::FORBIDDEN, format!("`{name}` does not belong here"))
                        .label(key.span(), "not allowed in this object")
                        .help("remove it")
                }
                None => Diagnostic::new(&code::FORBIDDEN, format!("{} is what the schema forbids", subject(name)))
                    .label(value.label(), "fits a schema under `not`"),
            });
        }
        if let Some(condition) = more.condition {
            let branch = if self.fits(condition, value) { more.then } else { more.otherwise };
            if let Some(schema) = branch {
                self.value(schema, value, name);
            }
        }
        if let Some(group) = &more.group {
            self.group(group, value);
        }
        match type_of(value) {
            Types::OBJECT => self.rare_of_object(more, value, name),
            Types::ARRAY => self.rare_of_array(more, value, name),
            Types::STRING => self.bytes(more, value, name),
            Types::INTEGER | Types::NUMBER => self.multiple(more, value, name),
            _ => {}
        }
    }

    /// `anyOf`, and `oneOf` where exactly one must fit.
    fn one_of(&mut self, branches: &[SchemaId], exactly: bool, value: Node<'_>, name: Option<&str>) {
        let fitting: Vec<usize> =
            branches.iter().enumerate().filter(|(_, schema)| self.fits(**schema, value)).map(|(at, _)| at).collect();
        match fitting.as_slice() {
            [] => {}
            [_] => return,
            _ if !exactly => return,
            several => {
                let schemas = self.schemas;
                let places: Vec<Span> =
                    several.iter().map(|at| schemas.get(branches[*at]).span).collect();
                let required = self.only_required(branches);
                self.fail(|| {
                    let present = required.map(|names| {
                        names.into_iter().filter(|name| value.get(name).is_some()).collect::<Vec<_>>()
                    });
                    match present {
                        Some(names) => Diagnostic::new(
                            &code::NO_FORM,
                            format!(
                                "{} has {}, of which it can have only one",
                                subject_of(value, name),
                                list(names.iter().map(String::as_str), "and")
                            ),
                        )
                        .label(value.label(), "keep one of them"),
                        None => {
                            let mut finding = Diagnostic::new(
                                &code::NO_FORM,
                                format!("{} fits {} forms, but must fit exactly one", subject_of(value, name), places.len()),
                            )
                            .label(value.label(), "could be either");
                            for place in places.into_iter().take(3) {
                                finding = finding.label(place, "fits this");
                            }
                            finding
                        }
                    }
                });
                return;
            }
        }
        if self.probing {
            self.failed = true;
            return;
        }
        self.failed = true;
        self.no_branch(branches, value, name);
    }

    /// Says why no branch fits, as far as it can be known which one was meant.
    fn no_branch(&mut self, branches: &[SchemaId], value: Node<'_>, name: Option<&str>) {
        // Branches for values of another type say nothing about this one.
        let types = type_of(value);
        let accepts = |schema: &SchemaId| {
            let accepted = accepted(self.schemas, *schema, 0);
            accepted.meets(types) && (types != Types::NUMBER || accepted.has(Types::NUMBER))
        };
        let possible: Vec<SchemaId> = branches.iter().copied().filter(accepts).collect();
        if let [only] = possible.as_slice() {
            self.value(*only, value, name);
            return;
        }
        if possible.is_empty() {
            let accepted = branches.iter().fold(Types::NONE, |all, schema| all.with(accepted(self.schemas, *schema, 0)));
            self.findings.push(
                Diagnostic::new(
                    &code::WRONG_TYPE,
                    format!("{} must be {}, not {}", subject(name), accepted.words(), types.words()),
                )
                .label(value.label(), format!("{} is needed here", accepted.words())),
            );
            return;
        }
        if let Some(names) = self.only_required(&possible) {
            let names = list(names.iter().map(String::as_str), "or");
            self.findings.push(
                Diagnostic::new(&code::MISSING_PROPERTY, format!("{} needs {names}", subject_of(value, name)))
                    .label(value.opening(), "has none of them"),
            );
            return;
        }
        if let Some((tag, tags)) = tag(self.schemas, &possible) {
            match value.get(&tag) {
                None => self.findings.push(missing_properties(&[&tag], value, name)),
                Some(found) => match tags.iter().position(|literals| literals.iter().any(|tag| tag.is(found))) {
                    Some(branch) => self.value(possible[branch], value, name),
                    None => {
                        let all: Vec<Literal> = tags.into_iter().flatten().collect();
                        self.findings.push(super::words::not_in_enum(&all, found, Some(&tag)));
                    }
                },
            }
            return;
        }
        // The branch with the fewest misfits is what was probably meant.
        let mut best: Option<Vec<Diagnostic>> = None;
        for schema in &possible {
            let mut found = Vec::new();
            let mut attempt =
                Validator { schemas: self.schemas, findings: &mut found, probing: false, failed: false };
            attempt.value(*schema, value, name);
            if best.as_ref().is_none_or(|best| found.len() < best.len()) {
                best = Some(found);
            }
        }
        let mut finding = Diagnostic::new(
            &code::NO_FORM,
            format!("{} fits none of the {} forms it can have", subject_of(value, name), branches.len()),
        )
        .label(value.label(), "fits none");
        if let Some(closest) = best.iter().flatten().next() {
            finding = finding.note(format!("the closest form fails because: {}", closest.title));
            if let Some(label) = closest.labels.first().filter(|label| label.span != value.label()) {
                finding = finding.label(label.span, label.text.clone());
            }
            finding.help.clone_from(&closest.help);
        }
        self.findings.push(finding);
    }

    /// The names, if every branch only requires one property.
    fn only_required(&self, branches: &[SchemaId]) -> Option<Vec<String>> {
        branches
            .iter()
            .map(|schema| {
                let node = self.schemas.get(*schema);
                let more = node.more.as_ref()?;
                match more.required.as_slice() {
                    [name] if node.properties.is_empty() && more.in_place().next().is_none() => Some(name.clone()),
                    _ => None,
                }
            })
            .collect()
    }

    fn rare_of_object(&mut self, more: &More, value: Node<'_>, name: Option<&str>) {
        if more.min_properties.is_some() || more.max_properties.is_some() {
            let count = value.properties().count() as u64;
            self.length(more.min_properties, more.max_properties, count, "property", value, name);
        }
        if let Some(names) = &more.property_names {
            for (key, _) in value.properties().filter(|(key, _)| key.is_text()) {
                self.value(names.schema, key, Some("the name"));
            }
        }
        for (property, needs) in &more.dependent_required {
            if value.get(property).is_none() {
                continue;
            }
            let missing: Vec<&str> =
                needs.iter().map(String::as_str).filter(|name| value.get(name).is_none()).collect();
            if !missing.is_empty() {
                self.fail(|| {
                    let finding = missing_properties(&missing, value, name);
                    match value.property(property) {
                        Some((key, _)) => finding.label(key.span(), "needed because of this"),
                        None => finding,
                    }
                });
            }
        }
        for (property, schema) in &more.dependent_schemas {
            if value.get(property).is_some() {
                self.value(*schema, value, name);
            }
        }
    }

    fn rare_of_array(&mut self, more: &More, value: Node<'_>, name: Option<&str>) {
        if more.unique {
            self.unique(value, name);
        }
        let Some(schema) = more.contains else { return };
        let count = value.elements().filter(|element| self.fits(schema, *element)).count() as u64;
        let least = more.min_contains.unwrap_or(1);
        let span = self.schemas.get(schema).span;
        let most = more.max_contains;
        if count < least || most.is_some_and(|most| count > most) {
            self.fail(|| {
                let wanted = match most {
                    Some(most) if count > most => format!("at most {}", plural(most, "element")),
                    _ => format!("at least {}", plural(least, "element")),
                };
                Diagnostic::new(
                    &code::CONTAINS,
                    format!("{} has {} of a form of which it needs {wanted}", subject(name), plural(count, "element")),
                )
                .label(value.label(), "this list")
                .label(span, "the form")
            });
        }
    }

    fn unique(&mut self, value: Node<'_>, name: Option<&str>) {
        let mut seen: HashMap<String, Node<'_>> = HashMap::new();
        for element in value.elements().filter(|element| element.kind() != Kind::Invalid) {
            if let Some(first) = seen.insert(canonical_of(element), element) {
                self.fail(|| {
                    Diagnostic::new(&code::NOT_UNIQUE, format!("{} has the same element twice", subject(name)))
                        .label(element.label(), "the second one")
                        .label(first.label(), "the first one")
                        .help("remove one of them")
                });
            }
        }
    }

    fn multiple(&mut self, more: &More, value: Node<'_>, name: Option<&str>) {
        let (Some(step), Some(number)) = (more.multiple_of, value.number()) else { return };
        let steps = number / step;
        // Decimal fractions are not exact in binary, so the number of steps is whole only nearly.
        let whole = steps.is_finite() && (steps - steps.round()).abs() <= steps.abs().max(1.0) * 1e-14;
        if !whole {
            self.fail(|| {
                Diagnostic::new(&code::OUT_OF_BOUNDS, format!("{} must be a multiple of {step}", subject(name)))
                    .label(value.label(), format!("is no multiple of {step}"))
            });
        }
    }
}

/// `this object`, or the property by its name.
fn subject_of(value: Node<'_>, name: Option<&str>) -> String {
    match (name, value.kind()) {
        (None, Kind::Object) => "this object".to_owned(),
        _ => subject(name),
    }
}
