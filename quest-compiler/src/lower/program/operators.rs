//! How the tables number the ways in which conditions compare.

use crate::schema::{Literal, Operator};
use quest_format::program as at;

/// The number of an operator.
pub(super) fn number(operator: Operator) -> u8 {
    match operator {
        Operator::Equals => at::EQUALS,
        Operator::GreaterThan => at::GREATER_THAN,
        Operator::LessThan => at::LESS_THAN,
        Operator::AtLeast => at::AT_LEAST,
        Operator::AtMost => at::AT_MOST,
        Operator::Has => at::HAS,
        Operator::NotHas => at::NOT_HAS,
    }
}

/// The number of the operator of a condition that has none.
pub(super) fn operator_of(value: Option<&Literal>) -> u8 {
    number(Operator::without_word(value))
}
