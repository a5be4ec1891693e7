//! What the operators of conditions mean. This is the only place that knows words for them: what a schema does not say itself is
//! looked up here, and every later stage asks for the meaning.

use super::fields::{FieldReader, SpannedText};
use crate::diagnostics::{Diagnostic, code, did_you_mean, list};
use crate::schema::value::Literal;
use crate::source::Node;

/// How a condition compares what there is with what it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Equals,
    GreaterThan,
    LessThan,
    AtLeast,
    AtMost,
    /// It is there, or there is at least as much.
    Has,
    /// It is not there, or there is less.
    NotHas,
}

impl Operator {
    /// The names of the meanings, which are also what operators are called by default.
    const NAMES: [(&'static str, Operator); 7] = [
        ("equals", Operator::Equals),
        ("greaterThan", Operator::GreaterThan),
        ("lessThan", Operator::LessThan),
        ("atLeast", Operator::AtLeast),
        ("atMost", Operator::AtMost),
        ("has", Operator::Has),
        ("notHas", Operator::NotHas),
    ];

    /// Further words with a default meaning.
    const SYMBOLS: [(&'static str, Operator); 6] = [
        ("==", Operator::Equals),
        ("=", Operator::Equals),
        (">", Operator::GreaterThan),
        ("<", Operator::LessThan),
        (">=", Operator::AtLeast),
        ("<=", Operator::AtMost),
    ];

    /// What a word means if the schema says nothing about it.
    pub(in crate::schema) fn by_default(word: &str) -> Option<Operator> {
        let mut words = Self::NAMES.iter().chain(&Self::SYMBOLS);
        words.find(|(known, _)| *known == word).map(|(_, operator)| *operator)
    }

    /// How a condition without an operator compares: a number is a threshold, all else must be the same.
    pub fn without_word(value: Option<&Literal>) -> Operator {
        match value {
            Some(Literal::Integer(_) | Literal::Number(_)) => Operator::AtLeast,
            Some(Literal::Boolean(_) | Literal::Text(_)) => Operator::Equals,
            _ => Operator::Has,
        }
    }

    /// The names of all meanings, for messages.
    pub(in crate::schema) fn names() -> [&'static str; 7] {
        Self::NAMES.map(|(name, _)| name)
    }
}

/// Reads `operators`: the meaning of each value of the property that says how a condition compares.
pub(super) fn operators(object: Node<'_>, reader: &mut FieldReader<'_>) -> Vec<(SpannedText, Operator)> {
    reader.entries(object, "operators", |reader, value| {
        let word = value.text().unwrap_or_default();
        let known = Operator::NAMES.iter().find(|(name, _)| *name == word).map(|(_, operator)| *operator);
        if known.is_none() {
            reader.report(
                Diagnostic::new(&code::ANNOTATION, "this is not what an operator can mean")
                    .label(value.label(), format!("must be {}", list(&Operator::names(), "or")))
                    .maybe_help(did_you_mean(&word, Operator::names().into_iter())),
            );
        }
        known
    })
}
