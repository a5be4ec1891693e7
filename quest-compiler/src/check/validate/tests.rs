//! The cost of hostile schemas, in steps, which unlike time are deterministic.

#![allow(clippy::expect_used, reason = "a test may fail")]

use super::*;
use crate::schema::{Overlay, Reading, Resources, load};
use crate::source::{Document, parse};
use crate::text::Files;
use std::sync::Arc;

/// The number of steps that a document takes, and the diagnostics.
fn steps(schema: &str, content: &str) -> (u64, usize) {
    let mut files = Files::default();
    let mut diagnostics = Vec::new();
    let mut read = |name: &str, text: &str| -> Document {
        let text = Arc::new(text.to_owned());
        let file = files.add(name.to_owned(), Arc::clone(&text));
        parse(file, text, &mut diagnostics)
    };
    let (schema, content) = (read("s.json", schema), read("c.json", content));
    let mut resources = Resources::default();
    resources.add(&schema, &["file:///s.json".to_owned()]);
    let overlay = Overlay::default();
    let reading = Reading { resources: &resources, overlay: &overlay, foreign: &[] };
    let mut schemas = Schemas::default();
    let roots = load(&[&schema], &reading, &mut schemas, &mut diagnostics);
    let root = roots[0].expect("the schema can be used");
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let shared = Shared::default();
    let value = content.root().expect("there is a value");
    let mut validator = Validator::new(&schemas, &shared);
    validator.value(root, value, &ValueContext::whole(root));
    (shared.steps.get(), validator.misfits.len())
}

/// `{"c":{"c":..}}` around a value.
fn nested(depth: usize, innermost: &str) -> String {
    format!("{}{innermost}{}", r#"{"c":"#.repeat(depth), "}".repeat(depth))
}

/// Twice as deep is about twice the work, whether the innermost value fits or not.
fn is_linear(schema: &str, innermost: &str, fits: bool) {
    let (half, _) = steps(schema, &nested(30, innermost));
    let (whole, diagnostics) = steps(schema, &nested(60, innermost));
    assert_eq!(diagnostics == 0, fits);
    assert!(whole <= half * 5 / 2 + 100, "{half} steps for a depth of 30, {whole} for 60");
}

#[test]
fn branches_that_all_go_on_in_the_same_way() {
    let schema = r##"{ "$ref": "#/$defs/t", "$defs": { "t": { "anyOf": [
        { "type": "object", "properties": { "c": { "$ref": "#/$defs/t" }, "x": { "type": "integer" } }, "required": ["c"] },
        { "type": "object", "properties": { "c": { "$ref": "#/$defs/t" }, "y": { "type": "integer" } }, "required": ["c"] },
        { "type": "object", "properties": { "leaf": { "type": "integer" } }, "required": ["leaf"] }
    ] } } }"##;
    is_linear(schema, r#"{"leaf":1}"#, true);
    is_linear(schema, r#"{"leaf":"one"}"#, false);
}

#[test]
fn conditions_about_what_is_checked_anyway() {
    let schema = r##"{ "$ref": "#/$defs/t", "$defs": { "t": {
        "type": "object",
        "if": { "properties": { "c": { "$ref": "#/$defs/t" } } },
        "then": { "properties": { "c": { "$ref": "#/$defs/t" } } },
        "else": { "properties": { "c": { "$ref": "#/$defs/t" } } },
        "properties": { "leaf": { "type": "integer" } }
    } } }"##;
    is_linear(schema, r#"{"leaf":1}"#, true);
    is_linear(schema, r#"{"leaf":"one"}"#, false);
}

#[test]
fn parts_that_overlap_and_nothing_else() {
    let schema = r##"{ "$ref": "#/$defs/t", "$defs": { "t": {
        "type": "object",
        "allOf": [
            { "properties": { "c": { "$ref": "#/$defs/t" } } },
            { "properties": { "c": { "$ref": "#/$defs/t" }, "leaf": { "type": "integer" } } }
        ],
        "unevaluatedProperties": false
    } } }"##;
    is_linear(schema, r#"{"leaf":1}"#, true);
    is_linear(schema, r#"{"leaf":"one","more":1}"#, false);
}

#[test]
fn many_ways_to_one_part() {
    let definitions = |levels: usize| {
        let level = |at: usize, name: &str| {
            format!(
                r##""d{at}{name}": {{ "allOf": [{{ "$ref": "#/$defs/d{0}a" }}, {{ "$ref": "#/$defs/d{0}b" }}] }}"##,
                at + 1
            )
        };
        let mut all: Vec<String> = (0..levels).flat_map(|at| [level(at, "a"), level(at, "b")]).collect();
        all.push(format!(r#""d{levels}a": {{ "type": "string" }}, "d{levels}b": {{ "minLength": 3 }}"#));
        format!(r##"{{ "$ref": "#/$defs/d0a", "$defs": {{ {} }} }}"##, all.join(", "))
    };
    for text in [r#""long enough""#, r#""x""#] {
        let (half, _) = steps(&definitions(20), text);
        let (whole, _) = steps(&definitions(40), text);
        assert!(whole <= half * 5 / 2, "{half} steps for 20 levels, {whole} for 40");
    }
}
