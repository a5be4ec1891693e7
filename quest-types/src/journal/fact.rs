//! What the world answers, and whether that is what a condition asks for.

use core::cmp::Ordering;

use super::program::Operator;
use crate::{Target, Value};

/// What the game knows about something that a quest asks for (Quest Schema §9.1, UC-002).
///
/// Booleans, numbers and texts become a fact with `into()`, and so does an `Option` of one: `None` is
/// [`Unknown`](Self::Unknown).
///
/// ```
/// use quest_types::journal::Fact;
///
/// assert_eq!(Fact::from(true), Fact::Is(true));
/// assert_eq!(Fact::from(3_usize), Fact::Number(3));
/// assert_eq!(Fact::from(0.5_f32), Fact::Float(0.5));
/// assert_eq!(Fact::from(&String::from("open")), Fact::Text("open"));
/// assert_eq!(Fact::from(None::<i64>), Fact::Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fact<'w> {
    /// The game does not know. What asks for it is then not met, whatever it asks for.
    Unknown,
    /// It is so, or it is not: an ability, a class, a flag.
    Is(bool),
    /// So much of it, as a whole number: a level, a reputation, a number of items.
    Number(i64),
    /// So much of it, as any number. What is not a number (NaN) is compared as [`Unknown`](Self::Unknown).
    Float(f64),
    /// A word: a flag that has more states than two.
    Text(&'w str),
}

impl From<bool> for Fact<'_> {
    fn from(value: bool) -> Self {
        Self::Is(value)
    }
}

impl<'w> From<&'w str> for Fact<'w> {
    fn from(value: &'w str) -> Self {
        Self::Text(value)
    }
}

impl<'w> From<&'w alloc::string::String> for Fact<'w> {
    fn from(value: &'w alloc::string::String) -> Self {
        Self::Text(value)
    }
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(
            impl From<$number> for Fact<'_> {
                fn from(value: $number) -> Self {
                    Self::Number(i64::from(value))
                }
            }
        )*
    };
}

numbers!(u8, i8, u16, i16, u32, i32, i64);

macro_rules! wide_numbers {
    ($($number:ty),*) => {
        $(
            /// A number that an `i64` does not hold becomes the nearest that it does.
            impl From<$number> for Fact<'_> {
                fn from(value: $number) -> Self {
                    #[allow(unused_comparisons, reason = "some of these types have no sign")]
                    let nearest = if value < 0 { i64::MIN } else { i64::MAX };
                    Self::Number(i64::try_from(value).unwrap_or(nearest))
                }
            }
        )*
    };
}

wide_numbers!(u64, usize, isize, u128, i128);

impl From<f32> for Fact<'_> {
    fn from(value: f32) -> Self {
        Self::Float(value.into())
    }
}

impl From<f64> for Fact<'_> {
    fn from(value: f64) -> Self {
        Self::Float(value)
    }
}

impl<'w, T: Into<Fact<'w>>> From<Option<T>> for Fact<'w> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Into::into)
    }
}

impl Fact<'_> {
    /// Whether this is what is asked for; `None` if it cannot be compared with it.
    ///
    /// | operator | with a value | without one |
    /// |---|---|---|
    /// | `equals` | the same | it is so; at least one; not empty |
    /// | `greaterThan`, `lessThan` | strictly | cannot be compared |
    /// | `has`, `notHas` | at least, fewer than so many | it is so, it is not; at least one, none |
    #[doc(hidden)]
    pub fn meets(self, operator: Operator, value: Option<Value>) -> Option<bool> {
        match operator {
            Operator::Equals => self.equals(value),
            Operator::Has => self.has(value),
            Operator::NotHas => self.has(value).map(|has| !has),
            Operator::GreaterThan => self.compare(value, Ordering::is_gt),
            Operator::LessThan => self.compare(value, Ordering::is_lt),
            Operator::AtLeast => self.compare(value, Ordering::is_ge),
            Operator::AtMost => self.compare(value, Ordering::is_le),
        }
    }

    fn number(self) -> Option<Number> {
        match self {
            Self::Is(is) => Some(Number::Int(i64::from(is))),
            Self::Number(number) => Some(Number::Int(number)),
            Self::Float(number) => Some(Number::Float(number)),
            Self::Unknown | Self::Text(_) => None,
        }
    }

    fn compare(self, value: Option<Value>, holds: fn(Ordering) -> bool) -> Option<bool> {
        let wanted = match value? {
            Value::Int(wanted) => Number::Int(wanted),
            Value::Float(wanted) => Number::Float(wanted),
            Value::Bool(_) | Value::Text(_) | Value::Json(_) => return None,
        };
        self.number()?.order(wanted).map(holds)
    }

    fn there(self) -> Option<bool> {
        match self {
            Self::Unknown => None,
            Self::Is(is) => Some(is),
            Self::Number(number) => Some(number >= 1),
            Self::Float(number) => (!number.is_nan()).then_some(number >= 1.0),
            Self::Text(text) => Some(!text.is_empty()),
        }
    }

    fn has(self, value: Option<Value>) -> Option<bool> {
        match (self, value) {
            (Self::Number(_) | Self::Float(_), Some(Value::Int(_) | Value::Float(_))) => {
                self.compare(value, Ordering::is_ge)
            }
            (_, Some(Value::Bool(_) | Value::Text(_))) => self.equals(value),
            _ => self.there(),
        }
    }

    fn equals(self, value: Option<Value>) -> Option<bool> {
        match (self, value) {
            (Self::Unknown, _) => None,
            (_, None) => self.there(),
            (Self::Text(found), Some(Value::Text(wanted))) => Some(found == wanted),
            (Self::Text(found), Some(Value::Bool(wanted))) => {
                Some(found == if wanted { "true" } else { "false" })
            }
            (_, Some(Value::Bool(wanted))) => Some(self.there()? == wanted),
            (_, Some(Value::Text("true"))) => self.there(),
            (_, Some(Value::Text("false"))) => self.there().map(|is| !is),
            (_, Some(Value::Int(_) | Value::Float(_))) => self.compare(value, Ordering::is_eq),
            (_, Some(Value::Text(_) | Value::Json(_))) => None,
        }
    }
}

/// A number of either sort.
#[derive(Clone, Copy)]
enum Number {
    Int(i64),
    Float(f64),
}

impl Number {
    /// The order of two numbers, exactly: an `f64` does not hold all of `i64`. `None` if one of them is NaN.
    fn order(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Int(one), Self::Int(other)) => Some(one.cmp(&other)),
            (Self::Float(one), Self::Float(other)) => one.partial_cmp(&other),
            (Self::Int(int), Self::Float(float)) => order(int, float),
            (Self::Float(float), Self::Int(int)) => order(int, float).map(Ordering::reverse),
        }
    }
}

fn order(int: i64, float: f64) -> Option<Ordering> {
    /// 2⁶³, the first number beyond `i64`.
    const END: f64 = 9_223_372_036_854_775_808.0;
    if float.is_nan() {
        None
    } else if float >= END {
        Some(Ordering::Less)
    } else if float < -END {
        Some(Ordering::Greater)
    } else {
        // Towards zero, so what is cut off has the sign of the number.
        let whole = float as i64;
        let rest = float - whole as f64;
        Some(int.cmp(&whole).then(0.0.partial_cmp(&rest)?))
    }
}

/// What the world is asked, in numbers. Generated code makes the game's `Question` of it.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RawQuestion {
    /// Position among what the world can be asked about; 255 if the content names something unknown.
    pub subject: u8,
    /// The sort of condition that asks, as the content spells it.
    pub sort: &'static str,
    /// Whom or what it is about.
    pub target: Target,
}

/// What answers [`RawQuestion`]s.
#[doc(hidden)]
pub trait RawFacts {
    /// What is known.
    fn fact(&self, question: RawQuestion) -> Fact<'_>;
}

#[cfg(test)]
mod tests {
    use super::Fact::{Float, Is, Number, Text, Unknown};
    use super::Operator::{AtLeast, AtMost, Equals, GreaterThan, Has, LessThan, NotHas};
    use super::{Fact, Value};

    #[test]
    fn unknown_meets_nothing() {
        for operator in [Equals, GreaterThan, LessThan, Has, NotHas, AtLeast, AtMost] {
            for value in [None, Some(Value::Int(0)), Some(Value::Bool(false)), Some(Value::Text(""))] {
                assert_eq!(Unknown.meets(operator, value), None, "{operator:?} {value:?}");
            }
        }
    }

    #[test]
    fn the_operators_of_section_9_3() {
        let five = Some(Value::Int(5));
        // `greaterThan` 5 starts at 6.
        let of = |operator, found: [i64; 3]| found.map(|found| Number(found).meets(operator, five));
        assert_eq!(of(GreaterThan, [4, 5, 6]), [Some(false), Some(false), Some(true)]);
        assert_eq!(of(LessThan, [4, 5, 6]), [Some(true), Some(false), Some(false)]);
        assert_eq!(of(Equals, [4, 5, 6]), [Some(false), Some(true), Some(false)]);
        assert_eq!(of(Has, [4, 5, 6]), [Some(false), Some(true), Some(true)]);
        assert_eq!(of(NotHas, [4, 5, 6]), [Some(true), Some(false), Some(false)]);
        assert_eq!((Is(true).meets(Has, None), Is(true).meets(NotHas, None)), (Some(true), Some(false)));
        assert_eq!((Number(0).meets(Has, None), Number(1).meets(Has, None)), (Some(false), Some(true)));
        assert_eq!(Is(true).meets(Equals, None), Some(true));
        assert_eq!(Number(9).meets(GreaterThan, None), None);
    }

    #[test]
    fn flags_have_two_states_or_more() {
        assert_eq!(Is(true).meets(Equals, Some(Value::Text("true"))), Some(true));
        assert_eq!(Is(true).meets(Equals, Some(Value::Bool(false))), Some(false));
        assert_eq!(Text("open").meets(Equals, Some(Value::Text("open"))), Some(true));
        assert_eq!(Text("open").meets(Equals, Some(Value::Text("shut"))), Some(false));
        assert_eq!(Text("true").meets(Equals, Some(Value::Bool(true))), Some(true));
        assert_eq!(Is(true).meets(Equals, Some(Value::Text("open"))), None);
    }

    #[test]
    fn numbers_of_all_types() {
        assert_eq!(Fact::from(u64::MAX), Number(i64::MAX));
        assert_eq!(Fact::from(i128::MIN), Number(i64::MIN));
        assert_eq!((Fact::from(7_usize), Fact::from(-7_isize)), (Number(7), Number(-7)));
        assert_eq!((Fact::from(1.5_f32), Fact::from(Some(2.5_f64))), (Float(1.5), Float(2.5)));
    }

    #[test]
    fn any_number_is_compared_exactly() {
        let five = Some(Value::Int(5));
        let of = |operator, found: f64| Float(found).meets(operator, five);
        assert_eq!(
            (of(GreaterThan, 5.5), of(GreaterThan, 5.0), of(LessThan, 4.5)),
            (Some(true), Some(false), Some(true))
        );
        assert_eq!((of(Equals, 5.0), of(Has, 4.9), of(NotHas, 4.9)), (Some(true), Some(false), Some(true)));
        assert_eq!(
            (Float(0.5).meets(Has, None), Float(-1.0).meets(Equals, None)),
            (Some(false), Some(false))
        );
        for operator in [GreaterThan, LessThan, AtLeast, AtMost, Equals, Has, NotHas] {
            assert_eq!(Float(f64::NAN).meets(operator, five), None, "{operator:?}");
        }
        assert_eq!(Float(f64::NAN).meets(Has, None), None);
        // 2⁵³ + 1 is no `f64`; rounded to one, the two would be equal.
        let large = (1_i64 << 53) + 1;
        assert_eq!(Number(large).meets(GreaterThan, Some(Value::Float(9_007_199_254_740_992.0))), Some(true));
        assert_eq!(Float(9_007_199_254_740_992.0).meets(LessThan, Some(Value::Int(large))), Some(true));
        assert_eq!(Float(1e300).meets(GreaterThan, Some(Value::Int(i64::MAX))), Some(true));
        assert_eq!(Float(-1e300).meets(LessThan, Some(Value::Int(i64::MIN))), Some(true));
        assert_eq!(Number(-1).meets(GreaterThan, Some(Value::Float(-1.5))), Some(true));
        assert_eq!(
            Number(i64::MIN).meets(AtLeast, Some(Value::Float(-9_223_372_036_854_775_808.0))),
            Some(true)
        );
    }

    #[test]
    fn large_numbers_differ() {
        let large = i64::MAX;
        assert_eq!(Number(large - 1).meets(Equals, Some(Value::Int(large))), Some(false));
        assert_eq!(Number(large).meets(GreaterThan, Some(Value::Int(large - 1))), Some(true));
        assert_eq!(Number(3).meets(AtLeast, Some(Value::Float(2.5))), Some(true));
    }
}
