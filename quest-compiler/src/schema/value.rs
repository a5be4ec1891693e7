//! JSON types, and the constants that schemas contain.

use crate::diagnostics::json_string;
use crate::source::{Node, NodeKind};
use std::collections::HashSet;

/// A set of JSON types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Types(u8);

impl Types {
    pub const NULL: Types = Types(1);
    pub const BOOLEAN: Types = Types(2);
    pub const INTEGER: Types = Types(4);
    /// Includes integers.
    pub const NUMBER: Types = Types(8 | 4);
    pub const STRING: Types = Types(16);
    pub const ARRAY: Types = Types(32);
    pub const OBJECT: Types = Types(64);
    pub const ANY: Types = Types(127);
    pub const NONE: Types = Types(0);

    const NAMES: [(&'static str, Types); 7] = [
        ("null", Types::NULL),
        ("boolean", Types::BOOLEAN),
        ("integer", Types::INTEGER),
        ("number", Types::NUMBER),
        ("string", Types::STRING),
        ("array", Types::ARRAY),
        ("object", Types::OBJECT),
    ];

    /// The type that JSON Schema calls by this name.
    pub fn named(name: &str) -> Option<Types> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, types)| *types)
    }

    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(name, _)| *name)
    }

    pub fn union(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// The types in both sets. An integer is a number.
    pub fn intersection(self, other: Types) -> Types {
        Types(self.0 & other.0)
    }

    pub fn difference(self, other: Types) -> Types {
        Types(self.0 & !other.0)
    }

    pub fn contains(self, other: Types) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn intersects(self, other: Types) -> bool {
        self.0 & other.0 != 0
    }

    /// The set in words, for messages: `a string or null`.
    pub fn words(self) -> String {
        let mut words = Vec::new();
        for (types, word) in [
            (Types::STRING, "a string"),
            (Types::NUMBER, "a number"),
            (Types::INTEGER, "a whole number"),
            (Types::BOOLEAN, "`true` or `false`"),
            (Types::ARRAY, "a list in `[ ]`"),
            (Types::OBJECT, "an object in `{ }`"),
            (Types::NULL, "`null`"),
        ] {
            let covered = types == Types::INTEGER && self.contains(Types::NUMBER);
            if self.contains(types) && !covered {
                words.push(word);
            }
        }
        match words.split_last() {
            None => "nothing".to_owned(),
            Some((last, [])) => (*last).to_owned(),
            Some((last, first)) => format!("{} or {last}", first.join(", ")),
        }
    }
}

/// A constant in a schema, such as a value of `enum`, `const` or `default`.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    Null,
    Boolean(bool),
    /// A whole number.
    Integer(i128),
    Number(f64),
    Text(String),
    /// An empty array.
    EmptyList,
    /// A non-empty array, or an object, as JSON text: as written, and in canonical form.
    Json(String, String),
}

/// The canonical form of a value: two values are equal if and only if their canonical forms are.
pub fn canonical_of(node: Node<'_>) -> String {
    match node.kind() {
        NodeKind::Array => {
            let elements: Vec<String> = node.elements().map(canonical_of).collect();
            format!("[{}]", elements.join(","))
        }
        NodeKind::Object => {
            let pair =
                |(key, value): (Node<'_>, Node<'_>)| Some((key.text()?.into_owned(), canonical_of(value)));
            let mut pairs: Vec<(String, String)> = node.properties().filter_map(pair).collect();
            // The last of several properties of one name counts. That there are several has been reported.
            pairs.reverse();
            pairs.sort_by(|(first, _), (second, _)| first.cmp(second));
            pairs.dedup_by(|(later, _), (earlier, _)| later == earlier);
            let pairs: Vec<String> =
                pairs.iter().map(|(key, value)| format!("{}:{value}", json_string(key))).collect();
            format!("{{{}}}", pairs.join(","))
        }
        // A syntax error has been reported.
        NodeKind::Invalid => node.raw().to_owned(),
        _ => match Literal::of(node) {
            Literal::Text(text) => json_string(&text),
            scalar => scalar.show(),
        },
    }
}

impl Literal {
    pub fn of(node: Node<'_>) -> Literal {
        if let Some(text) = node.text() {
            return Literal::Text(text.into_owned());
        }
        if let Some(boolean) = node.boolean() {
            return Literal::Boolean(boolean);
        }
        if let Some(integer) = node.integer() {
            return Literal::Integer(integer);
        }
        if let Some(number) = node.number() {
            return Literal::Number(number);
        }
        if node.is_null() {
            return Literal::Null;
        }
        if node.raw().starts_with('[') && node.elements().next().is_none() {
            return Literal::EmptyList;
        }
        Literal::Json(node.raw().to_owned(), canonical_of(node))
    }

    pub(in crate::schema) fn as_text(&self) -> Option<&str> {
        if let Literal::Text(text) = self { Some(text) } else { None }
    }

    /// The type of the constant.
    pub fn types(&self) -> Types {
        match self {
            Literal::Null => Types::NULL,
            Literal::Boolean(_) => Types::BOOLEAN,
            Literal::Integer(_) => Types::INTEGER,
            Literal::Number(_) => Types::NUMBER,
            Literal::Text(_) => Types::STRING,
            Literal::EmptyList => Types::ARRAY,
            Literal::Json(text, _) if text.starts_with('[') => Types::ARRAY,
            Literal::Json(..) => Types::OBJECT,
        }
    }

    /// Whether a value is equal to this constant in the sense of JSON Schema: `1` equals `1.0`, and the order of properties does not
    /// matter.
    pub fn is(&self, node: Node<'_>) -> bool {
        match (self, node.kind()) {
            (Literal::Text(text), _) => node.reads(text),
            (Literal::Json(_, canonical), NodeKind::Array | NodeKind::Object) => {
                *canonical == canonical_of(node)
            }
            _ => *self == Literal::of(node),
        }
    }

    /// The constant as JSON, but text without its quotes.
    pub fn show_plain(&self) -> String {
        if let Literal::Text(text) = self { text.clone() } else { self.show() }
    }

    /// The constant as JSON.
    pub fn show(&self) -> String {
        match self {
            Literal::Null => "null".to_owned(),
            Literal::Boolean(value) => value.to_string(),
            Literal::Integer(value) => value.to_string(),
            Literal::Number(value) => value.to_string(),
            Literal::Text(text) => format!("\"{text}\""),
            Literal::EmptyList => "[]".to_owned(),
            Literal::Json(text, _) => text.clone(),
        }
    }
}

/// The literals that are in both lists, in the order of the first.
pub(super) fn common_literals(first: Vec<Literal>, second: &[Literal]) -> Vec<Literal> {
    let texts: HashSet<&str> = second.iter().filter_map(Literal::as_text).collect();
    let is_common = |literal: &Literal| match literal.as_text() {
        Some(text) => texts.contains(text),
        None => second.contains(literal),
    };
    first.into_iter().filter(is_common).collect()
}

/// Whether a literal occurs twice.
pub(super) fn has_duplicates<'a>(literals: impl Iterator<Item = &'a Literal>) -> bool {
    let mut texts = HashSet::new();
    let mut others: Vec<&Literal> = Vec::new();
    for literal in literals {
        match literal.as_text() {
            Some(text) if !texts.insert(text) => return true,
            Some(_) => {}
            None if others.contains(&literal) => return true,
            None => others.push(literal),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_and_repeated_literals() {
        let text = |text: &str| Literal::Text(text.to_owned());
        let first = vec![text("b"), Literal::Integer(1), text("a"), Literal::Null];
        let second = [Literal::Null, text("a"), Literal::Integer(2)];
        assert_eq!(common_literals(first.clone(), &second), [text("a"), Literal::Null]);
        assert!(!has_duplicates(first.iter()));
        assert!(has_duplicates(first.iter().chain(&second[..1])));
        assert!(has_duplicates(first.iter().chain(&second[1..2])));
    }

    #[test]
    fn types_in_words() {
        assert_eq!(Types::STRING.union(Types::NULL).words(), "a string or `null`");
        assert_eq!(Types::NUMBER.words(), "a number");
        assert_eq!(Types::NONE.words(), "nothing");
    }
}
