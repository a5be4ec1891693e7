//! JSON types and constants, as schemas name them.

use crate::diagnostics::json_string;
use crate::source::{Node, NodeKind};

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

    /// The type of that name in JSON Schema.
    pub fn named(name: &str) -> Option<Types> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, types)| *types)
    }

    pub fn names() -> impl Iterator<Item = &'static str> {
        Self::NAMES.iter().map(|(name, _)| *name)
    }

    pub fn union(self, other: Types) -> Types {
        Types(self.0 | other.0)
    }

    /// The types in both. A whole number is a number.
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

    /// In words: `a string or null`.
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

/// A constant in a schema: a value of `enum`, `const` or `default`.
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
    /// An array or object with something in it, as JSON text: as it is written, and in canonical form.
    Json(String, String),
}

/// A value as text that is equal for equal values.
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
            // Of a name that stands there twice, which has been reported, the last one counts.
            pairs.reverse();
            pairs.sort_by(|(one, _), (other, _)| one.cmp(other));
            pairs.dedup_by(|(one, _), (other, _)| one == other);
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

    /// Whether a value in a file is this constant, as JSON Schema compares: `1` is `1.0`, and the order of properties does not count.
    pub fn is(&self, node: Node<'_>) -> bool {
        match (self, node.kind()) {
            (Literal::Text(text), _) => node.reads(text),
            (Literal::Json(_, canonical), NodeKind::Array | NodeKind::Object) => {
                *canonical == canonical_of(node)
            }
            _ => *self == Literal::of(node),
        }
    }

    /// As it stands in JSON, a text without its quotes.
    pub fn show_plain(&self) -> String {
        if let Literal::Text(text) = self { text.clone() } else { self.show() }
    }

    /// As it stands in JSON.
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
