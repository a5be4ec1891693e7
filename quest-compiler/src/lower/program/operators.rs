//! How conditions compare.

use crate::schema::Literal;
use quest_format::program as at;

/// The operator that a word means.
pub(super) fn operator(word: &str) -> u8 {
    match word {
        "greaterThan" | ">" => at::GREATER_THAN,
        "lessThan" | "<" => at::LESS_THAN,
        "atLeast" | ">=" => at::AT_LEAST,
        "atMost" | "<=" => at::AT_MOST,
        "has" => at::HAS,
        "notHas" => at::NOT_HAS,
        _ => at::EQUALS,
    }
}

/// How a condition without an operator compares: a number is a threshold, all else must be the same.
pub(super) fn operator_of(value: Option<&Literal>) -> u8 {
    match value {
        Some(Literal::Integer(_) | Literal::Number(_)) => at::AT_LEAST,
        Some(Literal::Boolean(_) | Literal::Text(_)) => at::EQUALS,
        _ => at::HAS,
    }
}
