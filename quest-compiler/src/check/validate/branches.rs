//! `anyOf` and `oneOf`: which branch was meant, and why the value does not fit it.

use super::messages::{missing_properties, not_in_enum, possible, subject_of, type_of, wrong_type};
use super::misfit::{Misfit, Problem};
use super::{Validator, ValueContext, ValueName};
use crate::diagnostics::{Diagnostic, code, list};
use crate::schema::{Literal, SchemaId, TagTable, Types, accepted, tag_table};
use crate::source::Node;
use crate::text::Span;

/// Branches are tried out to this depth of nested `anyOf` and `oneOf`.
const MOST_ATTEMPTS: u8 = 2;

impl Validator<'_, '_> {
    /// `anyOf`, and `oneOf` where exactly one must fit.
    pub(super) fn one_of(
        &mut self,
        (branches, tags): (&[SchemaId], Option<&TagTable>),
        exactly: bool,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        if let Some(tags) = tags.filter(|_| type_of(value) == Types::OBJECT) {
            // An object fits no branch with another value of the tag.
            let branch = value.get_named(&tags.tag).and_then(|found| tags.branch(found));
            if branch.is_some_and(|branch| self.fits(branches[branch], value)) {
                return;
            }
            self.failed = true;
            if !self.probing {
                self.by_tag(tags, branches, value, context);
            }
            return;
        }
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
                    let misfit = self.several_fit(branches, several, value, context);
                    self.misfits.push(misfit);
                }
                return;
            }
        }
        self.failed = true;
        if !self.probing {
            self.no_branch(branches, value, context);
        }
    }

    fn several_fit(
        &self,
        branches: &[SchemaId],
        fitting: &[usize],
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) -> Misfit {
        let present = self.only_required(branches).map(|names| {
            names.into_iter().filter_map(|name| value.property(&name)).map(|(key, _)| key).collect::<Vec<_>>()
        });
        let subject = subject_of(value, context);
        if let Some(ids) = present.filter(|ids| ids.len() > 1) {
            let names: Vec<_> = ids.iter().filter_map(|key| key.text()).collect();
            let names = list(&names, "and");
            let title = format!("{subject} has {names}, of which it can have only one");
            let mut diagnostic = Diagnostic::new(&code::NO_VARIANT, title);
            for (at, key) in ids.iter().enumerate() {
                diagnostic =
                    diagnostic.label(key.span(), if at == 0 { "one of them" } else { "and another" });
            }
            let at = ids.first().copied().unwrap_or(value).span();
            return Misfit::new(Problem::Value, at, diagnostic.help("keep one of them"));
        }
        let title = format!("{subject} fits {} forms, but must fit exactly one", fitting.len());
        let mut diagnostic =
            Diagnostic::new(&code::NO_VARIANT, title).label(value.label(), "could be either");
        let places: Vec<Span> = fitting.iter().map(|at| self.schemas.get(branches[*at]).span).collect();
        for place in places.into_iter().take(3) {
            diagnostic = diagnostic.label(place, "fits this");
        }
        Misfit::new(Problem::Value, value.label(), diagnostic)
    }

    /// Reports why no branch fits, as precisely as the intended branch is known.
    fn no_branch(&mut self, branches: &[SchemaId], value: Node<'_>, context: &ValueContext<'_>) {
        // Branches that each list values are one list of values.
        let values: Option<Vec<&[Literal]>> =
            branches.iter().map(|branch| self.schemas.get(*branch).values.as_deref()).collect();
        if let Some(values) = values {
            let all: Vec<Literal> = values.into_iter().flatten().cloned().collect();
            if !all.iter().any(|one| one.is(value)) {
                self.misfits.push(not_in_enum(&all, value, context));
                return;
            }
        }
        // Branches for values of another type were not meant.
        let types = type_of(value);
        let accepts = |schema: &SchemaId| {
            let accepted = accepted(self.schemas, *schema);
            accepted.intersects(types) && (types != Types::NUMBER || accepted.contains(Types::NUMBER))
        };
        let possible: Vec<SchemaId> = branches.iter().copied().filter(accepts).collect();
        if let [only] = possible.as_slice() {
            self.value(*only, value, context);
            return;
        }
        if possible.is_empty() {
            let needed =
                branches.iter().fold(Types::NONE, |all, schema| all.union(accepted(self.schemas, *schema)));
            self.misfits.push(wrong_type(needed, value, context));
            return;
        }
        if let Some(names) = self.only_required(&possible) {
            self.none_of(&names, value, context);
            return;
        }
        if let Some(tags) = tag_table(self.schemas, &possible) {
            self.by_tag(&tags, &possible, value, context);
            return;
        }
        self.closest(branches.len(), &possible, value, context);
    }

    /// An object with a tag, which says which branch was meant.
    fn by_tag(
        &mut self,
        tags: &TagTable,
        branches: &[SchemaId],
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        let of = |branch: usize| ValueContext { branch: Some(branches[branch]), ..*context };
        let node = self.schemas.get(context.schema);
        let tag = tags.tag.as_str();
        let is = |found: Node<'_>| tags.branch(found);
        let all = || tags.values.iter().flatten().cloned().collect::<Vec<Literal>>();
        match value.property(tag) {
            None => {
                // A tag under a misspelt name still says which branch was meant.
                let slip = self.slips(node, &[tag], value, context).first().map(|(key, _)| *key);
                let meant = slip.and_then(|slip| {
                    let (_, found) = value.properties().find(|(key, _)| key.at() == slip.at())?;
                    is(found)
                });
                match (meant, slip) {
                    (Some(branch), _) => self.value(branches[branch], value, &of(branch)),
                    (None, Some(_)) => self.missing(node, vec![tag], value, context),
                    (None, None) => {
                        let mut misfit = missing_properties(self.schemas, node, &[tag], value, context);
                        misfit.diagnostic.help = possible(tag, &all()).into_iter().collect();
                        self.misfits.push(misfit.losing(value));
                    }
                }
            }
            Some((key, found)) => match is(found) {
                Some(branch) => {
                    let before = self.misfits.len();
                    self.value(branches[branch], value, &of(branch));
                    self.because_of_tag(before, value, tag, found);
                }
                None => {
                    let context = ValueContext { name: ValueName::Property(tag), key: Some(key), ..*context };
                    self.misfits.push(not_in_enum(&all(), found, &context).losing(value));
                }
            },
        }
    }

    /// Adds the tag as the reason to misfits about the names in an object.
    fn because_of_tag(&mut self, first: usize, object: Node<'_>, tag: &str, found: Node<'_>) {
        let reason = format!("`{tag}` is `{}`", found.plain().unwrap_or(found.raw()));
        let misfits = self.misfits.iter_mut().skip(first);
        for misfit in misfits.filter(|misfit| !misfit.explained && about_names(misfit, object)) {
            misfit.because(found.span(), &reason);
        }
    }

    /// An object that lacks all of several properties, one of which is required.
    fn none_of(&mut self, names: &[String], value: Node<'_>, context: &ValueContext<'_>) {
        let missing: Vec<&str> = names.iter().map(String::as_str).collect();
        if let Some((_, meant)) =
            self.slips(self.schemas.get(context.schema), &missing, value, context).first()
        {
            let node = self.schemas.get(context.schema);
            self.missing(node, vec![meant], value, context);
            return;
        }
        let names = list(&missing, "or");
        let title = format!("{} needs {names}", subject_of(value, context));
        let at = value.opening();
        let diagnostic = Diagnostic::new(&code::MISSING_PROPERTY, title).label(at, "has none of them");
        self.misfits.push(Misfit::new(Problem::Missing, at, diagnostic));
    }

    /// The branch with the fewest misfits is what was probably meant.
    fn closest(&mut self, forms: usize, branches: &[SchemaId], value: Node<'_>, context: &ValueContext<'_>) {
        let title = format!("{} fits none of the {forms} forms it can have", subject_of(value, context));
        if self.attempts == MOST_ATTEMPTS {
            let diagnostic = Diagnostic::new(&code::NO_VARIANT, title).label(value.label(), "fits none");
            self.misfits.push(Misfit::new(Problem::Value, value.label(), diagnostic).losing(value));
            return;
        }
        let attempts = branches.iter().map(|schema| {
            let mut attempt = Validator::new(self.schemas, self.shared);
            attempt.attempts = self.attempts + 1;
            attempt.value(*schema, value, context);
            attempt.misfits
        });
        let attempts: Vec<Vec<Misfit>> = attempts.collect();
        // A branch whose misfits all have configurable levels fits as far as the tables are concerned.
        let minor = |misfits: &&Vec<Misfit>| misfits.iter().all(|misfit| misfit.diagnostic.code.configurable);
        let mut minors = attempts.iter().filter(minor);
        if let (Some(only), None) = (minors.next(), minors.next()) {
            self.misfits.extend(only.iter().cloned());
            return;
        }
        // If all names are right in one branch only, that one was meant.
        let right = |misfits: &&Vec<Misfit>| !misfits.iter().any(|misfit| about_names(misfit, value));
        let mut with_right_names = attempts.iter().filter(right);
        if let (Types::OBJECT, Some(only), None) =
            (type_of(value), with_right_names.next(), with_right_names.next())
        {
            self.misfits.extend(only.iter().cloned());
            return;
        }
        let best = attempts.into_iter().min_by_key(Vec::len);
        let mut diagnostic = Diagnostic::new(&code::NO_VARIANT, title).label(value.label(), "fits none");
        if let Some(Misfit { at, diagnostic: closest, .. }) = best.into_iter().flatten().next() {
            diagnostic = diagnostic.note(format!("the closest form fails because: {}", closest.title));
            let label = closest.labels.iter().find(|label| label.span == at);
            if let Some(label) = label.filter(|_| at != value.label()) {
                diagnostic = diagnostic.label(at, label.text.clone());
            }
            diagnostic.help = closest.help;
        }
        self.misfits.push(Misfit::new(Problem::Value, value.label(), diagnostic).losing(value));
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

/// Whether a misfit is about a name in an object that is missing or unknown.
fn about_names(misfit: &Misfit, object: Node<'_>) -> bool {
    let at = misfit.at;
    matches!(misfit.problem, Problem::Missing | Problem::UnknownName)
        && (at == object.opening() || object.properties().any(|(key, _)| key.span() == at))
}
