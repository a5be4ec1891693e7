//! Numbers as their digits say, without the rounding of floats.

use std::cmp::Ordering;
use std::fmt;

/// A number as a mantissa and a power of ten.
///
/// ```text
/// 2.50 = 25 · 10⁻¹      18446744073709551615 = 18446744073709551615 · 10⁰
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: i128,
    /// 0 for 0.
    exponent: i32,
}

impl Decimal {
    /// Reads a number as JSON writes it; `None` if it has more digits than fit into 127 bits.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let exponent: i32 = exponent.parse().ok()?;
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let fraction = fraction.trim_end_matches('0');
        let (negative, whole) = match whole.strip_prefix('-') {
            Some(whole) => (true, whole),
            None => (false, whole),
        };
        let mut value: i128 = 0;
        for digit in whole.bytes().chain(fraction.bytes()) {
            let digit = digit.checked_sub(b'0').filter(|digit| *digit < 10)?;
            value = value.checked_mul(10)?.checked_add(i128::from(digit))?;
        }
        let exponent = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        Some(Self::reduced(if negative { -value } else { value }, exponent))
    }

    /// The one form in which equal numbers are equal.
    fn reduced(mut mantissa: i128, mut exponent: i32) -> Self {
        if mantissa == 0 {
            return Self { mantissa, exponent: 0 };
        }
        while mantissa % 10 == 0 && exponent < i32::MAX {
            mantissa /= 10;
            exponent += 1;
        }
        Self { mantissa, exponent }
    }

    /// Its value if it is whole and fits.
    pub(super) fn integer(self) -> Option<i128> {
        let power = u32::try_from(self.exponent).ok()?;
        self.mantissa.checked_mul(10i128.checked_pow(power)?)
    }

    fn is_whole(self) -> bool {
        self.exponent >= 0
    }

    /// Both as multiples of one power of ten; `None` if that does not fit.
    fn aligned(self, other: Self) -> Option<(i128, i128)> {
        let least = self.exponent.min(other.exponent);
        let scaled = |number: Self| {
            let power = u32::try_from(number.exponent.checked_sub(least)?).ok()?;
            number.mantissa.checked_mul(10i128.checked_pow(power)?)
        };
        Some((scaled(self)?, scaled(other)?))
    }

    /// Whether it is a multiple of another number.
    fn is_multiple_of(self, step: Self) -> bool {
        let Ok(power) = u32::try_from(self.exponent.saturating_sub(step.exponent)) else {
            // The step has fewer decimal places: as a multiple of the same power of ten, it is at least ten times its mantissa.
            let power = step.exponent.saturating_sub(self.exponent).unsigned_abs();
            let step = 10i128.checked_pow(power).and_then(|scale| step.mantissa.checked_mul(scale));
            return step.map_or(self.mantissa == 0, |step| self.mantissa.checked_rem(step) == Some(0));
        };
        // 10ⁿ contains n twos and n fives.
        let mut step = step.mantissa;
        for factor in [2, 5] {
            let mut left = power;
            while left > 0 && step != 0 && step % factor == 0 {
                (step, left) = (step / factor, left - 1);
            }
        }
        self.mantissa.checked_rem(step) == Some(0)
    }
}

impl From<i128> for Decimal {
    fn from(value: i128) -> Self {
        Self::reduced(value, 0)
    }
}

/// A number of a schema or the content: exact where its digits can be, and as a float otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Number {
    exact: Option<Decimal>,
    float: f64,
}

impl Number {
    /// Reads a number as JSON writes it. It is infinite if it is beyond the range of `f64`.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self { exact: Decimal::parse(text), float: text.parse().ok()? })
    }

    /// The nearest float.
    pub fn float(self) -> f64 {
        self.float
    }

    /// Its value if it is whole and fits.
    pub fn integer(self) -> Option<i128> {
        self.exact?.integer()
    }

    /// Whether it has no fraction.
    pub fn is_whole(self) -> bool {
        self.exact.map_or_else(|| self.float.fract() == 0.0, Decimal::is_whole)
    }

    /// The next integer above, or the number itself if it is one.
    pub fn ceil(self) -> i128 {
        self.integer().unwrap_or(self.float.ceil() as i128)
    }

    /// The next integer below, or the number itself if it is one.
    pub fn floor(self) -> i128 {
        self.integer().unwrap_or(self.float.floor() as i128)
    }

    pub fn min(self, other: Self) -> Self {
        if other < self { other } else { self }
    }

    pub fn max(self, other: Self) -> Self {
        if other > self { other } else { self }
    }

    /// Whether it is a multiple of another number. What has too many digits to be worked out is compared as floats.
    pub fn is_multiple_of(self, step: Self) -> bool {
        let exact = self.exact.zip(step.exact).map(|(value, step)| value.is_multiple_of(step));
        exact.unwrap_or_else(|| {
            let steps = self.float / step.float;
            // Decimal fractions are not exact in binary, so the quotient is only nearly a whole number.
            steps.is_finite() && (steps - steps.round()).abs() <= steps.abs().max(1.0) * 1e-14
        })
    }
}

impl From<u64> for Number {
    fn from(count: u64) -> Self {
        Self { exact: Some(i128::from(count).into()), float: count as f64 }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        let exact = self.exact.zip(other.exact).and_then(|(one, other)| one.aligned(other));
        match exact {
            Some((one, other)) => Some(one.cmp(&other)),
            None => self.float.partial_cmp(&other.float),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.integer() {
            Some(integer) => integer.fmt(f),
            None => self.float.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Decimal, Number};

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
    }

    #[test]
    fn whole_numbers_are_exact() {
        for (text, integer) in [
            ("18446744073709551615", Some(18_446_744_073_709_551_615)),
            ("-9223372036854775808", Some(-9_223_372_036_854_775_808)),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("1.50e2", Some(150)),
            ("1e19", Some(10_000_000_000_000_000_000)),
            ("-0.0", Some(0)),
            ("1.5", None),
            ("1e400", None),
        ] {
            assert_eq!(number(text).integer(), integer, "{text}");
        }
    }

    #[test]
    fn neighbours_differ() {
        assert!(number("9007199254740993") > number("9007199254740992"));
        assert!(number("18446744073709551615") < number("18446744073709551616"));
        assert!(number("0.1") < number("0.10000000000000000001"));
        assert!(number("1e300") > number("1"));
        assert_eq!(number("1.0"), number("1"));
        assert_eq!(Decimal::parse("100"), Decimal::parse("1e2"));
    }

    #[test]
    fn multiples_are_exact() {
        for (value, step, is_multiple) in [
            ("0.3", "0.1", true),
            ("9007199254740993", "2", false),
            ("9007199254740993", "2.5", false),
            ("18446744073709551615", "5", true),
            ("1e308", "0.5", true),
            ("0.35", "0.1", false),
        ] {
            assert_eq!(number(value).is_multiple_of(number(step)), is_multiple, "{value} of {step}");
        }
    }

    #[test]
    fn bounds_are_shown_as_they_are() {
        assert_eq!(number("18446744073709551615").to_string(), "18446744073709551615");
        assert_eq!(number("1e3").to_string(), "1000");
        assert_eq!(number("-0.5").to_string(), "-0.5");
    }
}
