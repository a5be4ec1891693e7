//! What validation finds: a diagnostic, and what the validator has to know about it.

use crate::check::Sink;
use crate::diagnostics::{Diagnostic, Label};
use crate::source::Node;
use crate::text::Span;

/// Where and how a value does not fit its schema.
///
/// Of several misfits of one value, some only follow from others. The validator decides that by `problem` and `at`, never by the code
/// or the labels of the diagnostic.
#[derive(Clone, Debug)]
pub(super) struct Misfit {
    pub(super) problem: Problem,
    /// The value or name that is wrong, or the opening of the object that lacks something.
    pub(super) at: Span,
    pub(super) diagnostic: Diagnostic,
    /// Whether a label says already why the rule applies.
    pub(super) explained: bool,
    /// The value whose content no row will hold because of it.
    pub(super) lost: Option<Span>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    /// The value has a type that the schema does not accept.
    Type,
    /// The value is none of those that the schema lists.
    Enum,
    /// A required property is missing, or there under a misspelt name.
    Missing,
    /// The schema does not know the name.
    UnknownName,
    /// The schema excludes the value or name.
    Forbidden,
    /// The name occurs twice in its object.
    DuplicateName,
    /// These values have to be equal, or have to differ.
    Comparison(Vec<Span>),
    /// The text does not match its pattern.
    Form,
    /// Anything else that is wrong with the value itself.
    Value,
}

impl Misfit {
    pub(super) fn new(problem: Problem, at: Span, diagnostic: Diagnostic) -> Self {
        Self { problem, at, diagnostic, explained: false, lost: None }
    }

    /// Records the value whose content no row will hold because of it.
    pub(super) fn losing(mut self, value: Node<'_>) -> Self {
        self.lost = Some(value.span());
        self
    }

    /// Whether it is about a name in an object: one that is missing, unknown or excluded.
    pub(super) fn is_about_name(&self) -> bool {
        matches!(self.problem, Problem::Missing | Problem::UnknownName | Problem::Forbidden)
    }

    /// Adds why the rule applies that is broken.
    pub(super) fn because(&mut self, span: Span, reason: &str) {
        self.diagnostic.labels.push(Label { span, text: format!("because {reason}") });
        self.explained = true;
    }

    /// Reports it, and taints what is wrong.
    pub(super) fn report(self, sink: &mut Sink<'_>) {
        if let Some(lost) = self.lost {
            sink.lose(lost);
        }
        match self.problem {
            Problem::Comparison(values) => return sink.emit_comparison(self.diagnostic, values),
            Problem::DuplicateName => sink.taint_duplicate_name(self.at),
            Problem::Form => return sink.emit_form(self.diagnostic, self.at),
            _ => sink.taint_value(self.at, self.diagnostic.level),
        }
        sink.emit(self.diagnostic);
    }
}
