//! Values whose type the schema leaves open.

/// A value whose type the schema leaves to the content: a union such as `["string", "integer"]`, or no type.
///
/// Booleans, numbers and texts come as what they are; `null` is an absent value; arrays and objects come as
/// the JSON text that the content holds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits an `i64`.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// A string.
    Text(&'static str),
    /// An array or an object, as JSON text.
    Json(&'static str),
}

impl Value {
    /// The boolean, if it is one.
    #[must_use]
    pub const fn as_bool(self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(value),
            _ => None,
        }
    }

    /// The whole number, if it is one.
    #[must_use]
    pub const fn as_int(self) -> Option<i64> {
        match self {
            Self::Int(value) => Some(value),
            _ => None,
        }
    }

    /// The number, whole or not; the nearest `f64` where it is a whole number beyond 2⁵³.
    #[must_use]
    pub const fn as_float(self) -> Option<f64> {
        match self {
            Self::Int(value) => Some(value as f64),
            Self::Float(value) => Some(value),
            _ => None,
        }
    }

    /// The string, if it is one. JSON text is not: see [`as_json`](Self::as_json).
    #[must_use]
    pub const fn as_str(self) -> Option<&'static str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The JSON text of an array or an object.
    #[must_use]
    pub const fn as_json(self) -> Option<&'static str> {
        match self {
            Self::Json(text) => Some(text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Value;

    #[test]
    fn a_value_is_only_what_it_is() {
        assert_eq!(Value::Bool(true).as_bool(), Some(true));
        assert_eq!(Value::Int(3).as_int(), Some(3));
        assert_eq!(Value::Int(3).as_float(), Some(3.0));
        assert_eq!(Value::Float(3.5).as_float(), Some(3.5));
        assert_eq!(Value::Text("a").as_str(), Some("a"));
        assert_eq!(Value::Json("[]").as_json(), Some("[]"));
        assert_eq!(Value::Float(3.0).as_int(), None);
        assert_eq!(Value::Json("[]").as_str(), None);
        assert_eq!(Value::Text("true").as_bool(), None);
    }
}
