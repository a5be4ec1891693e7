//! `anyOf` and `oneOf`: which of several forms was meant, and what is wrong with it.

use super::messages::{missing_properties, not_in_enum, possible, subject_of, type_of, wrong_type};
use super::{Called, Place, Validator};
use crate::diagnostics::{Diagnostic, Label, code, list};
use crate::schema::{Literal, SchemaId, Types, accepted, tag};
use crate::source::Node;
use crate::text::Span;

/// It is tried out what is wrong with each form, and with each form of what stands in it, but no further.
const MOST_ATTEMPTS: u8 = 2;

impl Validator<'_, '_> {
    /// `anyOf`, and `oneOf` where exactly one must fit.
    pub(super) fn one_of(
        &mut self,
        branches: &[SchemaId],
        exactly: bool,
        value: Node<'_>,
        place: &Place<'_>,
    ) {
        let fitting: Vec<usize> = branches
            .iter()
            .enumerate()
            .filter(|(_, schema)| self.fits(**schema, value))
            .map(|(at, _)| at)
            .collect();
        match fitting.as_slice() {
            [] => {}
            [_] => return,
            _ if !exactly => return,
            several => {
                self.failed = true;
                if !self.probing {
                    let diagnostic = self.several_fit(branches, several, value, place);
                    self.diagnostics.push(diagnostic);
                }
                return;
            }
        }
        self.failed = true;
        if !self.probing {
            self.no_branch(branches, value, place);
        }
    }

    fn several_fit(
        &self,
        branches: &[SchemaId],
        fitting: &[usize],
        value: Node<'_>,
        place: &Place<'_>,
    ) -> Diagnostic {
        let present = self.only_required(branches).map(|names| {
            names.into_iter().filter_map(|name| value.property(&name)).map(|(key, _)| key).collect::<Vec<_>>()
        });
        let subject = subject_of(value, place);
        if let Some(ids) = present.filter(|ids| ids.len() > 1) {
            let names: Vec<_> = ids.iter().filter_map(|key| key.text()).collect();
            let names = list(&names, "and");
            let title = format!("{subject} has {names}, of which it can have only one");
            let mut diagnostic = Diagnostic::new(&code::NO_FORM, title);
            for (at, key) in ids.iter().enumerate() {
                diagnostic =
                    diagnostic.label(key.span(), if at == 0 { "one of them" } else { "and another" });
            }
            return diagnostic.help("keep one of them");
        }
        let title = format!("{subject} fits {} forms, but must fit exactly one", fitting.len());
        let mut diagnostic = Diagnostic::new(&code::NO_FORM, title).label(value.label(), "could be either");
        let places: Vec<Span> = fitting.iter().map(|at| self.schemas.get(branches[*at]).span).collect();
        for place in places.into_iter().take(3) {
            diagnostic = diagnostic.label(place, "fits this");
        }
        diagnostic
    }

    /// Says why no branch fits, as far as it can be known which one was meant.
    fn no_branch(&mut self, branches: &[SchemaId], value: Node<'_>, place: &Place<'_>) {
        // Values that are written out one by one are a list of values, whatever stands around each.
        let values: Option<Vec<&[Literal]>> =
            branches.iter().map(|branch| self.schemas.get(*branch).values.as_deref()).collect();
        if let Some(values) = values {
            let all: Vec<Literal> = values.into_iter().flatten().cloned().collect();
            if !all.iter().any(|one| one.is(value)) {
                self.diagnostics.push(not_in_enum(&all, value, place));
                return;
            }
        }
        // Branches for values of another type say nothing about this one.
        let types = type_of(value);
        let accepts = |schema: &SchemaId| {
            let accepted = accepted(self.schemas, *schema);
            accepted.intersects(types) && (types != Types::NUMBER || accepted.contains(Types::NUMBER))
        };
        let possible: Vec<SchemaId> = branches.iter().copied().filter(accepts).collect();
        if let [only] = possible.as_slice() {
            self.value(*only, value, place);
            return;
        }
        if possible.is_empty() {
            let needed =
                branches.iter().fold(Types::NONE, |all, schema| all.union(accepted(self.schemas, *schema)));
            self.diagnostics.push(wrong_type(needed, value, place));
            return;
        }
        if let Some(names) = self.only_required(&possible) {
            self.none_of(&names, value, place);
            return;
        }
        if let Some((tag, tags)) = tag(self.schemas, &possible) {
            self.by_tag(&tag, tags, &possible, value, place);
            return;
        }
        self.closest(branches.len(), &possible, value, place);
    }

    /// An object of which a property says what it is.
    fn by_tag(
        &mut self,
        tag: &str,
        tags: Vec<Vec<Literal>>,
        branches: &[SchemaId],
        value: Node<'_>,
        place: &Place<'_>,
    ) {
        let of = |branch: usize| Place { branch: Some(branches[branch]), ..*place };
        let node = self.schemas.get(place.schema);
        let is = |found: Node<'_>| tags.iter().position(|literals| literals.iter().any(|tag| tag.is(found)));
        match value.property(tag) {
            None => {
                // Under a misspelt name, it still says what was meant.
                let slip = self.slips(node, &[tag], value, place).first().map(|(key, _)| *key);
                let meant = slip.and_then(|slip| {
                    let (_, found) = value.properties().find(|(key, _)| key.at() == slip.at())?;
                    is(found)
                });
                match (meant, slip) {
                    (Some(branch), _) => self.value(branches[branch], value, &of(branch)),
                    (None, Some(_)) => self.missing(node, vec![tag], value, place),
                    (None, None) => {
                        let all: Vec<Literal> = tags.into_iter().flatten().collect();
                        let mut diagnostic = missing_properties(self.schemas, node, &[tag], value, place);
                        diagnostic.help = possible(tag, &all).into_iter().collect::<Vec<_>>();
                        self.diagnostics.push(diagnostic);
                    }
                }
            }
            Some((key, found)) => match is(found) {
                Some(branch) => {
                    let before = self.diagnostics.len();
                    self.value(branches[branch], value, &of(branch));
                    self.because_of_tag(before, value, tag, found);
                }
                None => {
                    let all: Vec<Literal> = tags.into_iter().flatten().collect();
                    let place = Place { name: Called::Property(tag), key: Some(key), ..*place };
                    self.diagnostics.push(not_in_enum(&all, found, &place));
                }
            },
        }
    }

    /// Adds to diagnostics about the names in an object what decides which there are.
    fn because_of_tag(&mut self, first: usize, object: Node<'_>, tag: &str, found: Node<'_>) {
        for diagnostic in
            self.diagnostics.iter_mut().skip(first).filter(|diagnostic| about_names(diagnostic, object))
        {
            if diagnostic.labels.iter().any(|label| label.text.starts_with("because ")) {
                continue;
            }
            let shown = found.plain().unwrap_or(found.raw());
            diagnostic
                .labels
                .push(Label { span: found.span(), text: format!("because `{tag}` is `{shown}`") });
        }
    }

    /// An object that has none of several properties of which it needs one.
    fn none_of(&mut self, names: &[String], value: Node<'_>, place: &Place<'_>) {
        let missing: Vec<&str> = names.iter().map(String::as_str).collect();
        if let Some((_, meant)) = self.slips(self.schemas.get(place.schema), &missing, value, place).first() {
            let node = self.schemas.get(place.schema);
            self.missing(node, vec![meant], value, place);
            return;
        }
        let names = list(&missing, "or");
        let title = format!("{} needs {names}", subject_of(value, place));
        self.diagnostics
            .push(Diagnostic::new(&code::MISSING_PROPERTY, title).label(value.opening(), "has none of them"));
    }

    /// The branch with the fewest misfits is what was probably meant.
    fn closest(&mut self, forms: usize, branches: &[SchemaId], value: Node<'_>, place: &Place<'_>) {
        let title = format!("{} fits none of the {forms} forms it can have", subject_of(value, place));
        if self.attempts == MOST_ATTEMPTS {
            self.diagnostics.push(Diagnostic::new(&code::NO_FORM, title).label(value.label(), "fits none"));
            return;
        }
        let attempts = branches.iter().map(|schema| {
            let mut diagnostics = Vec::new();
            let mut attempt = Validator::new(self.schemas, &mut diagnostics, self.shared);
            attempt.attempts = self.attempts + 1;
            attempt.value(*schema, value, place);
            diagnostics
        });
        let attempts: Vec<Vec<Diagnostic>> = attempts.collect();
        // If one form only has diagnostics of which a project sets the level, the value fits that one as far as it matters.
        let minor =
            |diagnostics: &&Vec<Diagnostic>| diagnostics.iter().all(|diagnostic| !diagnostic.code.fixed);
        let mut minors = attempts.iter().filter(minor);
        if let (Some(only), None) = (minors.next(), minors.next()) {
            self.diagnostics.extend(only.iter().cloned());
            return;
        }
        // If the names are right in one form only, that one was meant.
        let right = |diagnostics: &&Vec<Diagnostic>| {
            !diagnostics.iter().any(|diagnostic| about_names(diagnostic, value))
        };
        let mut with_right_names = attempts.iter().filter(right);
        if let (Types::OBJECT, Some(only), None) =
            (type_of(value), with_right_names.next(), with_right_names.next())
        {
            self.diagnostics.extend(only.iter().cloned());
            return;
        }
        let best = attempts.into_iter().min_by_key(Vec::len);
        let mut diagnostic = Diagnostic::new(&code::NO_FORM, title).label(value.label(), "fits none");
        if let Some(closest) = best.into_iter().flatten().next() {
            diagnostic = diagnostic.note(format!("the closest form fails because: {}", closest.title));
            if let Some(label) = closest.labels.first().filter(|label| label.span != value.label()) {
                diagnostic = diagnostic.label(label.span, label.text.clone());
            }
            diagnostic.help.clone_from(&closest.help);
        }
        self.diagnostics.push(diagnostic);
    }

    /// The names, if every branch only requires one property.
    fn only_required(&self, branches: &[SchemaId]) -> Option<Vec<String>> {
        branches
            .iter()
            .map(|schema| {
                let node = self.schemas.get(*schema);
                let more = node.more.as_ref()?;
                match more.required.as_slice() {
                    [name] if node.properties.is_empty() && more.in_place().is_empty() => {
                        Some(name.to_string())
                    }
                    _ => None,
                }
            })
            .collect()
    }
}

/// Whether a diagnostic is about a name in an object that is missing or does not belong there.
fn about_names(diagnostic: &Diagnostic, object: Node<'_>) -> bool {
    let names = [code::MISSING_PROPERTY.id, code::UNKNOWN_PROPERTY.id].contains(&diagnostic.code.id);
    let here =
        |span: Span| span == object.opening() || object.properties().any(|(key, _)| key.span() == span);
    names && diagnostic.span().is_some_and(here)
}
