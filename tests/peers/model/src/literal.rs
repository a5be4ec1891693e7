//! Values as Rust source.

use std::fmt::Write as _;

/// What can be written as an expression for a `static`.
pub trait Literal {
    /// Appends it to Rust source.
    fn literal(&self, out: &mut String);
}

impl Literal for String {
    fn literal(&self, out: &mut String) {
        let _ = write!(out, "{self:?}");
    }
}

impl<T: Literal> Literal for Option<T> {
    fn literal(&self, out: &mut String) {
        match self {
            Some(value) => {
                out.push_str("Some(");
                value.literal(out);
                out.push(')');
            }
            None => out.push_str("None"),
        }
    }
}

impl<T: Literal> Literal for Vec<T> {
    fn literal(&self, out: &mut String) {
        out.push_str("&[");
        for value in self {
            value.literal(out);
            out.push(',');
        }
        out.push(']');
    }
}

macro_rules! plain {
    ($($type:ty)*) => {$(
        impl Literal for $type {
            fn literal(&self, out: &mut String) {
                let _ = write!(out, "{self}");
            }
        }
    )*};
}

plain! { bool i32 u8 u32 }
