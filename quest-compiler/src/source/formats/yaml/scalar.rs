//! The value of a scalar by the core schema of YAML 1.2 (§10.3). This module knows no spans and no structure.

use super::super::number::{Number, based, decimal, sign};

/// What a scalar means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Scalar {
    Null,
    Boolean(bool),
    Number(Number),
    /// A number in hexadecimal or octal digits that does not fit into 128 bits.
    Large,
    /// Infinite, or not a number.
    Endless,
    Text,
}

/// What a scalar without quotes means.
pub(super) fn plain(text: &str) -> Scalar {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Scalar::Null,
        "true" | "True" | "TRUE" => return Scalar::Boolean(true),
        "false" | "False" | "FALSE" => return Scalar::Boolean(false),
        ".nan" | ".NaN" | ".NAN" => return Scalar::Endless,
        _ => {}
    }
    if let ".inf" | ".Inf" | ".INF" = sign(text).1 {
        return Scalar::Endless;
    }
    for (prefix, base) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && !digits.is_empty()
            && digits.chars().all(|c| c.is_digit(base))
        {
            return based(false, digits, base).map_or(Scalar::Large, Scalar::Number);
        }
    }
    // Nearly every text starts with a letter.
    match text.as_bytes().first() {
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => decimal(text).map_or(Scalar::Text, Scalar::Number),
        _ => Scalar::Text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NodeKind;

    #[test]
    fn the_core_schema() {
        let number = |text: &str| match plain(text) {
            Scalar::Number(number) => (number.digits, number.kind == NodeKind::Float),
            other => panic!("{text}: {other:?}"),
        };
        for (text, digits, float) in [
            ("0", "0", false),
            ("0o7", "7", false),
            ("0x3A", "58", false),
            ("-19", "-19", false),
            ("+12", "12", false),
            ("007", "7", false),
            ("0.", "0.0", true),
            ("-0.0", "-0.0", true),
            (".5", "0.5", true),
            ("+12e03", "12e03", true),
            ("-2E+05", "-2e+05", true),
            ("340282366920938463463374607431768211456", "340282366920938463463374607431768211456", false),
        ] {
            assert_eq!(number(text), (digits.to_owned(), float), "{text}");
        }
        for text in [
            "yes",
            "No",
            "on",
            "off",
            "y",
            "nULL",
            "TrUe",
            "0b1",
            "1_000",
            "0x",
            "0xG",
            "-0x1",
            "2024-01-01",
            "12:30",
            "1.2.3",
            "-",
            "+",
            ".",
            "..",
            "-.",
            "inf",
            "nan",
            ".iNF",
            "-.nan",
            "é",
            "1e",
        ] {
            assert_eq!(plain(text), Scalar::Text, "{text}");
        }
        for text in [".inf", "-.Inf", "+.INF", ".nan", ".NaN"] {
            assert_eq!(plain(text), Scalar::Endless, "{text}");
        }
        assert_eq!(plain(&format!("0x{}", "f".repeat(40))), Scalar::Large);
        assert_eq!((plain(""), plain("~"), plain("NULL")), (Scalar::Null, Scalar::Null, Scalar::Null));
        assert_eq!((plain("True"), plain("FALSE")), (Scalar::Boolean(true), Scalar::Boolean(false)));
    }
}
