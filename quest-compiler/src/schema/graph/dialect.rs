//! The drafts of JSON Schema: their keywords, which of them contain schemas, and where the drafts disagree.

use crate::source::{Node, NodeKind};

/// A draft of JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dialect {
    Draft4,
    Draft6,
    Draft7,
    Draft2019,
    Draft2020,
}

impl Dialect {
    /// The draft of a schema without `$schema`.
    pub const DEFAULT: Dialect = Dialect::Draft2020;

    /// The draft that a `$schema` names.
    pub fn named(uri: &str) -> Option<Dialect> {
        let uri = uri.strip_suffix('#').unwrap_or(uri);
        let path = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://"))?;
        match path.strip_prefix("json-schema.org/")? {
            "draft-04/schema" => Some(Self::Draft4),
            "draft-06/schema" => Some(Self::Draft6),
            "draft-07/schema" => Some(Self::Draft7),
            "draft/2019-09/schema" => Some(Self::Draft2019),
            // Version 1 changes nothing that a schema for 2020-12 can say and that is checked here.
            "draft/2020-12/schema" | "schema" | "v1" | "v1/2026" => Some(Self::Draft2020),
            _ => None,
        }
    }

    /// Whether `$ref` hides the keywords beside it, as it does up to draft-07.
    pub fn ref_stands_alone(self) -> bool {
        self <= Self::Draft7
    }

    /// The keyword that gives a schema its URI.
    pub fn id_keyword(self) -> &'static str {
        if self == Self::Draft4 { "id" } else { "$id" }
    }
}

/// Keywords that do not decide which values are valid.
pub(super) const SILENT: [&str; 22] = [
    "$schema",
    "$id",
    "id",
    "$anchor",
    "$dynamicAnchor",
    "$vocabulary",
    "$comment",
    "definitions",
    "$defs",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "format",
    "readOnly",
    "writeOnly",
    "deprecated",
    "contentMediaType",
    "contentEncoding",
    "contentSchema",
    "$recursiveAnchor",
];

/// Keywords that the loader reads itself. Annotations that `annotations::KEYWORDS` lists need no entry.
pub(super) const READ: [&str; 47] = [
    "$ref",
    "$dynamicRef",
    "type",
    "enum",
    "const",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "items",
    "prefixItems",
    "additionalItems",
    "contains",
    "minContains",
    "maxContains",
    "minItems",
    "maxItems",
    "uniqueItems",
    "properties",
    "required",
    "additionalProperties",
    "patternProperties",
    "propertyNames",
    "minProperties",
    "maxProperties",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "allOf",
    "anyOf",
    "oneOf",
    "not",
    "if",
    "then",
    "else",
    "unevaluatedProperties",
    "unevaluatedItems",
    "x-key",
    "x-ref",
    "x-max-bytes",
    "x-equals",
    "x-group",
    "x-rules",
];

/// Whether a keyword decides which values are valid.
pub(super) fn asserts(keyword: &str) -> bool {
    READ.contains(&keyword) && !matches!(keyword, "x-key" | "x-ref")
}

/// How a keyword contains schemas.
enum Subschemas {
    One,
    List,
    Map,
}

fn contained(keyword: &str) -> Option<Subschemas> {
    Some(match keyword {
        "additionalProperties"
        | "additionalItems"
        | "contains"
        | "not"
        | "if"
        | "then"
        | "else"
        | "propertyNames"
        | "unevaluatedItems"
        | "unevaluatedProperties"
        | "items" => Subschemas::One,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Subschemas::List,
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
        | "dependencies" => Subschemas::Map,
        _ => return None,
    })
}

/// Calls a function for every schema that a schema contains directly.
pub(super) fn subschemas<'a>(schema: Node<'a>, found: &mut dyn FnMut(Node<'a>)) {
    for (key, value) in schema.properties() {
        if key.plain() == Some("x-rules") {
            let parts =
                |rule: Node<'a>| ["if", "then", "not"].into_iter().filter_map(move |part| rule.get(part));
            value.elements().flat_map(parts).for_each(&mut *found);
            continue;
        }
        let Some(contained) = key.text().and_then(|name| contained(&name)) else { continue };
        match (contained, value.kind()) {
            // Until 2019, `items` could be a list of schemas.
            (Subschemas::List | Subschemas::One, NodeKind::Array) => value.elements().for_each(&mut *found),
            (Subschemas::One, _) => found(value),
            (Subschemas::Map, NodeKind::Object) => {
                for (_, schema) in value.properties() {
                    // `dependencies` can hold lists of names too.
                    if schema.kind() != NodeKind::Array {
                        found(schema);
                    }
                }
            }
            _ => {}
        }
    }
}
