//! Content in, schemas for editors out.

use super::editor_schemas;
use crate::source::Document;
use crate::testing::with_checked;
use serde_json::Value;
use std::path::Path;

const SCHEMA: &str = r#"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "array",
  "items": {
    "title": "Quest",
    "type": "object",
    "properties": {
      "id": { "type": "string", "x-key": "quest" },
      "after": { "type": ["string", "null"], "x-ref": "quest" },
      "also": { "type": "array", "items": { "type": "string", "x-ref": "quest" } },
      "name": { "type": "string" }
    },
    "required": ["id"]
  }
}"#;

/// The schema for editors of the only root, as JSON.
fn schema_of(content: &str) -> Value {
    let mut text = Vec::new();
    with_checked(SCHEMA, content, |checked| {
        let typed = checked.typed;
        let roots: Vec<&Document> = typed.project.input.schemas.iter().collect();
        let mut files =
            editor_schemas(&typed.model, &checked.resolved, &roots, typed.files, Path::new("schemas"));
        let (name, schema) = files.pop().expect("one schema");
        assert_eq!(name, "game.schema.json");
        text = schema;
    });
    serde_json::from_slice(&text).expect("JSON")
}

#[test]
fn references_offer_the_ids_that_exist() {
    let schema = schema_of(r#"[{ "id": "rust" }, { "id": "iron", "after": "rust" }]"#);
    let properties = &schema["definitions"]["quest"]["properties"];
    assert_eq!(
        properties["after"]["anyOf"][0],
        serde_json::json!({ "enum": ["iron", "rust"], "errorMessage": "no quest has this id" })
    );
    assert_eq!(properties["after"]["anyOf"][1], serde_json::json!({ "type": "null" }));
    assert_eq!(
        properties["also"]["items"],
        serde_json::json!({ "enum": ["iron", "rust"], "errorMessage": "no quest has this id" })
    );
    assert_eq!(properties.get("name"), None, "the original schema describes it");
}

#[test]
fn the_schema_extends_the_original() {
    let schema = schema_of(r#"[{ "id": "rust" }]"#);
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let original = schema["allOf"][0]["$ref"].as_str().expect("an address");
    assert!(original.ends_with("/game.schema.json"), "{original}");
    assert_eq!(schema["allOf"][1], serde_json::json!({ "items": { "$ref": "#/definitions/quest" } }));
}
