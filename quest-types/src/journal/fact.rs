//! What the world answers, and whether that is what a condition asks for.

use super::program::Operator;
use crate::{Target, Value};

/// What the world knows about something that a quest asks for (Quest Schema §9.1, UC-002).
///
/// Booleans, whole numbers and texts become a fact with `into()`, and so does an `Option` of one: `None` is
/// [`Unknown`](Self::Unknown).
///
/// ```
/// use quest_types::journal::Fact;
///
/// assert_eq!(Fact::from(true), Fact::Is(true));
/// assert_eq!(Fact::from(3_u8), Fact::Number(3));
/// assert_eq!(Fact::from(None::<i64>), Fact::Unknown);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact<'w> {
    /// The world does not know. What asks for it is then not met, whatever it asks for.
    Unknown,
    /// It is so, or it is not: an ability, a class, a flag.
    Is(bool),
    /// So much of it: a level, a reputation, a number of items.
    Number(i64),
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

impl<'w, T: Into<Fact<'w>>> From<Option<T>> for Fact<'w> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Unknown, Into::into)
    }
}

impl Fact<'_> {
    /// Whether this is what is asked for; `None` if it can not be compared with it.
    ///
    /// | operator | with a value | without one |
    /// |---|---|---|
    /// | `equals` | the same | it is so; at least one; not empty |
    /// | `greaterThan`, `lessThan` | strictly | can not be compared |
    /// | `has`, `notHas` | at least, fewer than so many | it is so, it is not; at least one, none |
    pub(crate) fn meets(self, operator: Operator, value: Option<Value>) -> Option<bool> {
        match operator {
            Operator::Equals => self.equals(value),
            Operator::Has => self.has(value),
            Operator::NotHas => self.has(value).map(|has| !has),
            Operator::GreaterThan => self.compare(value, |found, wanted| found > wanted),
            Operator::LessThan => self.compare(value, |found, wanted| found < wanted),
            Operator::AtLeast => self.compare(value, |found, wanted| found >= wanted),
            Operator::AtMost => self.compare(value, |found, wanted| found <= wanted),
        }
    }

    fn number(self) -> Option<i64> {
        match self {
            Self::Is(is) => Some(i64::from(is)),
            Self::Number(number) => Some(number),
            Self::Unknown | Self::Text(_) => None,
        }
    }

    fn compare(self, value: Option<Value>, holds: fn(f64, f64) -> bool) -> Option<bool> {
        let found = self.number()?;
        match value? {
            // Whole numbers are compared as such: an `f64` does not hold all of them.
            Value::Int(wanted) => {
                let order = match found.cmp(&wanted) {
                    core::cmp::Ordering::Less => -1.0,
                    core::cmp::Ordering::Equal => 0.0,
                    core::cmp::Ordering::Greater => 1.0,
                };
                Some(holds(order, 0.0))
            }
            Value::Float(wanted) => Some(holds(found as f64, wanted)),
            Value::Bool(_) | Value::Text(_) | Value::Json(_) => None,
        }
    }

    fn there(self) -> Option<bool> {
        match self {
            Self::Unknown => None,
            Self::Is(is) => Some(is),
            Self::Number(number) => Some(number >= 1),
            Self::Text(text) => Some(!text.is_empty()),
        }
    }

    fn has(self, value: Option<Value>) -> Option<bool> {
        match (self, value) {
            (Self::Number(_), Some(Value::Int(_) | Value::Float(_))) => {
                self.compare(value, |found, wanted| found >= wanted)
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
            (_, Some(Value::Int(_) | Value::Float(_))) => {
                self.compare(value, |found, wanted| found == wanted)
            }
            (_, Some(Value::Text(_) | Value::Json(_))) => None,
        }
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
    use super::Fact::{Is, Number, Text, Unknown};
    use super::Operator::{AtLeast, AtMost, Equals, GreaterThan, Has, LessThan, NotHas};
    use super::*;

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
    fn large_numbers_differ() {
        let large = i64::MAX;
        assert_eq!(Number(large - 1).meets(Equals, Some(Value::Int(large))), Some(false));
        assert_eq!(Number(large).meets(GreaterThan, Some(Value::Int(large - 1))), Some(true));
        assert_eq!(Number(3).meets(AtLeast, Some(Value::Float(2.5))), Some(true));
    }
}
