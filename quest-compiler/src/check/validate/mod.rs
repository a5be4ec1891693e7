//! JSON Schema validation.

mod assertions;
mod branches;
mod combine;
mod evaluated;
mod fast;
mod form;
mod group;
mod known;
mod messages;
mod misfit;
mod objects;
mod placement;
mod reasons;
#[cfg(test)]
mod tests;

use crate::check::Sink;
use crate::diagnostics::{Diagnostic, code, nouns};
use crate::schema::{Items, SchemaId, SchemaNode, Schemas, Types};
use crate::source::{Node, NodeKind, Number};
use fast::{FastCheck, distinct};
use messages::{about, not_here, not_in_enum, subject, type_of, wrong_type};
use misfit::{Misfit, Problem};
use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

/// Reports where a value does not fit its schema.
pub fn validate(schemas: &Schemas, schema: SchemaId, value: Node<'_>, sink: &mut Sink<'_>) {
    let shared = Shared::default();
    let mut validator = Validator::new(schemas, &shared);
    validator.value(schema, value, &ValueContext::whole(schema));
    for misfit in validator.misfits {
        misfit.report(sink);
    }
}

/// Memoized results for one document. Without them, a schema whose parts refer to each other would be checked once for every path to it,
/// which is exponential.
#[derive(Default)]
struct Shared {
    /// Whether a value, by its position on the tape, fits a schema.
    fits: RefCell<HashMap<(SchemaId, u32), bool>>,
    /// The number of times a value was validated against a schema.
    steps: Cell<u64>,
    /// The fast path ran out of steps, because the schema reaches itself in several ways.
    slow: Cell<bool>,
}

/// Larger values skip the fast path: a file with one mistake would be validated twice.
const MOST_AT_ONCE: u32 = 4096;

/// Whether a value fits a schema.
pub fn fits(schemas: &Schemas, schema: SchemaId, value: Node<'_>) -> bool {
    Validator::new(schemas, &Shared::default()).fits(schema, value)
}

struct Validator<'s, 'f> {
    schemas: &'s Schemas,
    misfits: Vec<Misfit>,
    shared: &'f Shared,
    /// What has been validated, for schemas that several paths can lead to.
    done: HashSet<(SchemaId, u32)>,
    /// The depth of tried branches.
    attempts: u8,
    /// Only the answer matters, not the misfits; the first misfit ends the validation.
    probing: bool,
    failed: bool,
    /// The fast path is not used, to check it against the slow one.
    thorough: bool,
}

/// The name of a value in messages.
#[derive(Clone, Copy)]
enum ValueName<'n> {
    Nothing,
    /// The outermost value.
    Document,
    /// The value of a property.
    Property(&'n str),
    /// An element of the list of that name.
    Element(Option<&'n str>),
    /// A name in a map.
    Key(&'n str),
}

/// The context of a value.
#[derive(Clone, Copy)]
struct ValueContext<'n> {
    name: ValueName<'n>,
    /// Its name in the object.
    key: Option<Node<'n>>,
    /// The description at the use of the schema.
    description: Option<&'n str>,
    /// The property can be left out.
    optional: bool,
    /// The outermost schema that applies to it.
    schema: SchemaId,
    /// The branch that was meant.
    branch: Option<SchemaId>,
    /// The number of misfits before it.
    first: usize,
}

impl<'n> ValueContext<'n> {
    fn whole(schema: SchemaId) -> Self {
        Self {
            name: ValueName::Document,
            key: None,
            description: None,
            optional: false,
            schema,
            branch: None,
            first: 0,
        }
    }

    fn element(self, schema: SchemaId, first: usize) -> Self {
        let name = match self.name {
            ValueName::Property(name) | ValueName::Key(name) => Some(name),
            ValueName::Element(name) => name,
            ValueName::Nothing | ValueName::Document => None,
        };
        Self {
            name: ValueName::Element(name),
            key: None,
            description: None,
            optional: true,
            schema,
            branch: None,
            first,
        }
    }

    /// The name of the property that holds the value.
    fn property(&self) -> Option<&'n str> {
        if let ValueName::Property(name) = self.name { Some(name) } else { None }
    }
}

impl<'s, 'f> Validator<'s, 'f> {
    fn new(schemas: &'s Schemas, shared: &'f Shared) -> Self {
        Validator {
            schemas,
            misfits: Vec::new(),
            shared,
            done: HashSet::new(),
            attempts: 0,
            probing: false,
            failed: false,
            thorough: false,
        }
    }
}

impl<'s> Validator<'s, '_> {
    /// Records that a value does not fit. The misfit is made only where diagnostics are wanted.
    fn fail(&mut self, misfit: impl FnOnce() -> Misfit) {
        self.failed = true;
        if !self.probing {
            self.misfits.push(misfit());
        }
    }

    /// The same for a value that is wrong in itself.
    fn fail_value(&mut self, value: Node<'_>, diagnostic: impl FnOnce() -> Diagnostic) {
        self.fail(|| Misfit::new(Problem::Value, value.label(), diagnostic()));
    }

    /// Whether a value fits a schema.
    fn fits(&self, schema: SchemaId, value: Node<'_>) -> bool {
        match self.quick(schema, value) {
            Some(fits) => {
                debug_assert_eq!(
                    fits,
                    self.fits_slowly(schema, value),
                    "two ways to say whether a value fits"
                );
                fits
            }
            None => self.fits_slowly(schema, value),
        }
    }

    /// The fast path; `None` if it does not apply. Large values are excluded, because one misfit in them would make all of it futile.
    fn quick(&self, schema: SchemaId, value: Node<'_>) -> Option<bool> {
        if self.thorough
            || self.shared.slow.get()
            || !self.schemas.quick(schema)
            || value.size() > MOST_AT_ONCE
            || value.broken()
        {
            return None;
        }
        let quick = FastCheck::new(self.schemas, value);
        let before = quick.left();
        let fits = quick.fits(schema, value);
        self.shared.steps.set(self.shared.steps.get() + u64::from(before - quick.left()));
        self.shared.slow.set(quick.left() == 0);
        fits
    }

    fn fits_slowly(&self, schema: SchemaId, value: Node<'_>) -> bool {
        let mut probe = Validator::new(self.schemas, self.shared);
        probe.probing = true;
        probe.thorough = self.thorough;
        probe.value(schema, value, &ValueContext::whole(schema));
        !probe.failed
    }

    fn value(&mut self, schema: SchemaId, value: Node<'_>, context: &ValueContext<'_>) {
        if self.probing && self.failed {
            return;
        }
        // Only schemas that combine others are memoized: for all others a lookup costs more than the check.
        let parts = self.schemas.parts(schema);
        let compound = matches!(value.kind(), NodeKind::Array | NodeKind::Object);
        if compound && !self.probing && self.quick(schema, value) == Some(true) && distinct(value) {
            debug_assert!(self.has_no_diagnostics(schema, value), "two ways to say whether a value fits");
            return;
        }
        if parts == 0 || (parts == 1 && !compound) {
            return self.check_node(schema, value, context);
        }
        let question = (schema, value.at());
        if !self.probing {
            if self.done.insert(question) {
                self.check_node(schema, value, context);
            }
            return;
        }
        let known = self.shared.fits.borrow().get(&question).copied();
        match known {
            Some(fits) => self.failed |= !fits,
            None => {
                self.check_node(schema, value, context);
                self.shared.fits.borrow_mut().insert(question, !self.failed);
            }
        }
    }

    /// Whether the validator without the fast path finds no misfit.
    fn has_no_diagnostics(&self, schema: SchemaId, value: Node<'_>) -> bool {
        let shared = Shared::default();
        let mut validator = Validator::new(self.schemas, &shared);
        validator.thorough = true;
        validator.value(schema, value, &ValueContext::whole(schema));
        validator.misfits.is_empty()
    }

    fn check_node(&mut self, schema: SchemaId, value: Node<'_>, context: &ValueContext<'_>) {
        self.shared.steps.set(self.shared.steps.get() + 1);
        let node: &'s SchemaNode = self.schemas.get(schema);
        if value.kind() == NodeKind::Invalid {
            return; // the reader has reported it
        }
        let types = type_of(value);
        if !self.accepts(node, types, value, context) {
            return;
        }
        let before = self.misfits.len();
        if let Some(values) = &node.values
            && !node.lists(value)
        {
            self.fail(|| not_in_enum(values, value, context));
        }
        match types {
            Types::STRING => self.text(node, value, context),
            Types::INTEGER | Types::NUMBER => self.number(node, value, context),
            Types::ARRAY => self.array(node, value, context),
            Types::OBJECT => self.object(node, value, context),
            _ => {}
        }
        self.lint(node, before, &|misfit| misfit.at == value.label());
        let Some(more) = &node.more else { return };
        let own = self.misfits.len();
        self.assert(node, more, value, context);
        self.lint(node, own, &|_| true);
        self.combine(more, value, context);
        self.unevaluated(schema, more, value, context, before);
        if self.misfits.len() > before + 1 {
            self.suppress_follow_ups(before, value);
        }
    }

    /// Whether a schema accepts the type of a value; reports a value that it does not accept.
    fn accepts(
        &mut self,
        node: &SchemaNode,
        types: Types,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) -> bool {
        if node.never {
            self.fail(|| not_here(Problem::UnknownName, value, context));
            return false;
        }
        if value.number().is_some_and(f64::is_infinite) {
            self.fail_value(value, || {
                let title = format!("{} is a number that no game can count", subject(context));
                Diagnostic::new(&code::NUMBER_RANGE, title)
                    .label(value.label(), "is larger than any number a computer holds")
            });
            return false;
        }
        let accepted = match types {
            Types::NUMBER => node.types.contains(Types::NUMBER),
            // The type `number` includes whole numbers.
            Types::INTEGER => node.types.intersects(Types::INTEGER.union(Types::NUMBER)),
            _ => node.types.intersects(types),
        };
        if !accepted {
            if !self.probing {
                let mut misfit = wrong_type(node.types, value, context);
                if let Some(help) = messages::example(node, value).or_else(|| self.in_place_of(node, value)) {
                    misfit.diagnostic.help = vec![help];
                } else if node.annotations.reference.is_some()
                    && types.intersects(Types::NUMBER)
                    && node.types.intersects(Types::STRING)
                {
                    // The number in quotes would hardly be one.
                    misfit.diagnostic.help = vec!["an id is text, in quotes".to_owned()];
                }
                self.misfits.push(misfit);
            }
            self.failed = true;
        }
        accepted
    }

    /// Removes misfits of a value that only follow from another: a value of a wrong type is no value of an enum either.
    fn suppress_follow_ups(&mut self, from: usize, value: Node<'_>) {
        let at = value.label();
        for first in [Problem::Type, Problem::Enum] {
            let is_first = |misfit: &Misfit| misfit.at == at && misfit.problem == first;
            let Some(kept) = self.misfits[from..].iter().position(is_first).map(|index| from + index) else {
                continue;
            };
            let mut index = 0;
            self.misfits.retain(|misfit| {
                index += 1;
                index <= from || index == kept + 1 || misfit.at != at
            });
        }
    }

    /// Gives misfits of the keywords beside `x-lint` its name and level.
    fn lint(&mut self, node: &SchemaNode, from: usize, beside: &dyn Fn(&Misfit) -> bool) {
        let Some(lint) = &node.annotations.lint else { return };
        let misfits = self.misfits[from..].iter_mut();
        for misfit in misfits.filter(|misfit| misfit.diagnostic.code.configurable && beside(misfit)) {
            if misfit.diagnostic.lint.is_none() {
                misfit.diagnostic.lint = Some(lint.name.clone());
                misfit.diagnostic.level = lint.level;
            }
        }
    }

    fn text(&mut self, node: &SchemaNode, value: Node<'_>, context: &ValueContext<'_>) {
        if node.min_length.is_none() && node.max_length.is_none() && node.pattern.is_none() {
            return;
        }
        let Some(text) = value.text() else { return };
        let misfit = node.pattern.as_ref().filter(|pattern| !pattern.matches(&text));
        if text.is_empty() && (misfit.is_some() || node.min_length.is_some_and(|least| least > 0)) {
            self.fail_value(value, || messages::empty(node, value, context));
            return;
        }
        if node.min_length.is_some() || node.max_length.is_some() {
            // A text of n bytes has at least n / 4 characters: most need no counting.
            let certainly = (text.len() / 4) as u64;
            if node.min_length.is_some_and(|least| certainly < least)
                || node.max_length.is_some_and(|most| text.len() as u64 > most)
            {
                let length = text.chars().count() as u64;
                self.length(node, (node.min_length, node.max_length), length, "character", value, context);
            }
        }
        if let Some(pattern) = misfit {
            self.fail(|| {
                let diagnostic = form::wrong_form(node, pattern, value, &text, context);
                Misfit::new(Problem::Form, value.label(), diagnostic)
            });
        }
    }

    fn length(
        &mut self,
        node: &SchemaNode,
        (least, most): (Option<u64>, Option<u64>),
        length: u64,
        unit: &str,
        value: Node<'_>,
        context: &ValueContext<'_>,
    ) {
        let count = |count: u64| nouns::count(count, unit);
        let (problem, help) = match (least, most) {
            (Some(least), _) if length < least => {
                let problem = if length == 0 {
                    "is empty".to_owned()
                } else {
                    format!("is too short: {}", count(length))
                };
                (problem, format!("it needs at least {}", count(least)))
            }
            (_, Some(most)) if length > most => {
                (format!("is too long: {}", count(length)), format!("it can have at most {}", count(most)))
            }
            _ => return,
        };
        self.fail_value(value, || {
            Diagnostic::new(&code::LENGTH, format!("{} {problem}", subject(context)))
                .label(value.label(), help)
                .maybe_note(about(node, context))
        });
    }

    fn number(&mut self, node: &SchemaNode, value: Node<'_>, context: &ValueContext<'_>) {
        let Some(number) = value.exact() else { return };
        let is_unsigned = node.minimum.is_some_and(|least| least >= Number::from(0));
        let limit = if is_unsigned { i128::from(u64::MAX) } else { i128::from(i64::MAX) };
        let whole = number.integer();
        let fits = whole.is_some_and(|whole| (i128::from(i64::MIN)..=limit).contains(&whole));
        let must_be_whole = !node.types.contains(Types::NUMBER) || value.kind() == NodeKind::Integer;
        if must_be_whole && !fits && !node.types.contains(Types::NUMBER) {
            self.fail_value(value, || {
                Diagnostic::new(
                    &code::NUMBER_RANGE,
                    format!("{} is a number that no game can count", subject(context)),
                )
                .label(value.label(), "does not fit into 64 bits")
                .maybe_help(whole.filter(|whole| u64::try_from(*whole).is_ok()).map(|_| {
                    format!("numbers up to {} fit if the schema says `\"minimum\": 0` here", u64::MAX)
                }))
            });
            return;
        }
        let exclusive_maximum =
            node.minimum.filter(|bound| number < *bound).map(|bound| format!("it must be at least {bound}"));
        let exclusive_minimum =
            node.maximum.filter(|bound| number > *bound).map(|bound| format!("it must be at most {bound}"));
        let at_or_below = node
            .exclusive_minimum
            .filter(|bound| number <= *bound)
            .map(|bound| format!("it must be more than {bound}"));
        let at_or_above = node
            .exclusive_maximum
            .filter(|bound| number >= *bound)
            .map(|bound| format!("it must be less than {bound}"));
        if let Some(rule) = exclusive_maximum.or(exclusive_minimum).or(at_or_below).or(at_or_above) {
            self.fail_value(value, || {
                Diagnostic::new(
                    &code::OUT_OF_BOUNDS,
                    format!("{} is out of bounds: {}", subject(context), value.raw()),
                )
                .label(value.label(), rule)
                .maybe_note(about(node, context))
            });
        }
    }

    fn array(&mut self, node: &SchemaNode, value: Node<'_>, context: &ValueContext<'_>) {
        if node.min_items.is_some() || node.max_items.is_some() {
            let count = value.elements().count() as u64;
            self.length(node, (node.min_items, node.max_items), count, "element", value, context);
        }
        let mut elements = value.elements();
        if let Some(more) = &node.more {
            for (schema, element) in more.prefix.iter().zip(&mut elements) {
                self.value(*schema, element, &context.element(*schema, self.misfits.len()));
            }
        }
        match &node.items {
            Items::Each(items) => {
                let mut context = context.element(items.schema, 0);
                context.description = items.annotations.description.as_deref();
                for element in elements {
                    context.first = self.misfits.len();
                    self.value(items.schema, element, &context);
                }
            }
            Items::Anything => elements.for_each(|element| self.anything(element)),
        }
    }
}
