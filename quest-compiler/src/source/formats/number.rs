//! Numbers of other formats, digit for digit as JSON writes them. Each format first removes what JSON does not have, such as `_` between
//! digits.

use super::super::tape::NodeKind;

/// A number as JSON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) digits: String,
    /// An integer or a float.
    pub(super) kind: NodeKind,
}

/// A number with a sign, a fraction and an exponent, all of which may be missing, and digits on one side of the dot at least.
pub(super) fn decimal(text: &str) -> Option<Number> {
    let (negative, rest) = sign(text);
    let (mantissa, exponent) = match rest.find(['e', 'E']) {
        Some(at) => (&rest[..at], Some(&rest[at + 1..])),
        None => (rest, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || whole.is_empty() && fraction.is_none_or(str::is_empty) {
        return None;
    }
    let mut digits = String::with_capacity(text.len() + 2);
    if negative {
        digits.push('-');
    }
    let significant = whole.trim_start_matches('0');
    digits.push_str(if significant.is_empty() { "0" } else { significant });
    if let Some(fraction) = fraction {
        if !is_digits(fraction) {
            return None;
        }
        digits.push('.');
        digits.push_str(if fraction.is_empty() { "0" } else { fraction });
    }
    if let Some(exponent) = exponent {
        let (_, size) = sign(exponent);
        if size.is_empty() || !is_digits(size) {
            return None;
        }
        digits.push('e');
        digits.push_str(exponent);
    }
    let kind = if fraction.is_some() || exponent.is_some() { NodeKind::Float } else { NodeKind::Integer };
    Some(Number { digits, kind })
}

/// A whole number to another base, written without sign and prefix; `None` if these are no digits of that base, or too many.
pub(super) fn based(negative: bool, digits: &str, base: u32) -> Option<Number> {
    let first = digits.chars().next()?;
    let value = u128::from_str_radix(digits, base).ok().filter(|_| first.is_digit(base))?;
    Some(Number { digits: format!("{}{value}", if negative { "-" } else { "" }), kind: NodeKind::Integer })
}

/// Whether there is a minus, and what follows the sign.
pub(super) fn sign(text: &str) -> (bool, &str) {
    match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_kept() {
        for (text, digits, kind) in [
            ("0", "0", NodeKind::Integer),
            ("-0", "-0", NodeKind::Integer),
            ("+7", "7", NodeKind::Integer),
            ("007", "7", NodeKind::Integer),
            ("123456789012345678901234567890", "123456789012345678901234567890", NodeKind::Integer),
            ("0.10", "0.10", NodeKind::Float),
            (".5", "0.5", NodeKind::Float),
            ("-.5", "-0.5", NodeKind::Float),
            ("5.", "5.0", NodeKind::Float),
            ("1e3", "1e3", NodeKind::Float),
            ("1.E+03", "1.0e+03", NodeKind::Float),
        ] {
            let found = decimal(text);
            assert_eq!(found, Some(Number { digits: digits.to_owned(), kind }), "{text}");
            assert!(serde_json::from_str::<serde_json::Value>(digits).is_ok());
        }
        for text in
            ["", "-", ".", "-.", "e5", ".e5", "1e", "1e+", "1.2.3", "1,5", "--1", "+-1", "1 ", "٣", "1e5.0"]
        {
            assert_eq!(decimal(text), None, "{text}");
        }
    }

    #[test]
    fn other_bases() {
        let based = |negative, digits, base| based(negative, digits, base).map(|number| number.digits);
        assert_eq!(based(false, "fF", 16).as_deref(), Some("255"));
        assert_eq!(based(true, "17", 8).as_deref(), Some("-15"));
        assert_eq!(based(false, "101", 2).as_deref(), Some("5"));
        let most = "f".repeat(32);
        assert_eq!(based(false, &most, 16), Some(u128::MAX.to_string()));
        for (digits, base) in
            [("", 16), ("g", 16), ("8", 8), ("2", 2), ("+1", 16), ("-1", 16), ("f".repeat(33).as_str(), 16)]
        {
            assert_eq!(based(false, digits, base), None, "{digits}");
        }
    }
}
