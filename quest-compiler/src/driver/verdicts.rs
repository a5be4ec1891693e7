//! The validator alone, for conformance tests.

use crate::check::{Sink, validate};
use crate::diagnostics::{Diagnostic, Level, Style, human};
use crate::schema::{Overlay, Reading, Resources, Schemas, load};
use crate::source::{Document, Node, parse};
use crate::text::Files;
use std::sync::Arc;

/// Validates instances against a schema: for each, whether it is valid. `remotes` are other schemas with their addresses.
///
/// # Errors
///
/// The messages, if the schema or one that it refers to cannot be used.
pub fn verdicts(
    schema: &str,
    remotes: &[(String, String)],
    instances: &[String],
) -> Result<Vec<bool>, Vec<String>> {
    let (mut files, mut diagnostics) = (Files::default(), Vec::new());
    let mut document = |name: &str, text: &str| -> Document {
        let text = Arc::new(text.to_owned());
        let file = files.add(name.to_owned(), Arc::clone(&text));
        parse(file, text, &mut diagnostics)
    };
    let root = document("schema.json", schema);
    let others: Vec<_> = remotes.iter().map(|(name, text)| document(name, text)).collect();
    let instances: Vec<_> = instances.iter().map(|text| document("instance.json", text)).collect();
    let mut resources = Resources::default();
    resources.add(&root, &["file:///schema.json".to_owned()]);
    for ((name, _), other) in remotes.iter().zip(&others) {
        resources.add(other, std::slice::from_ref(name));
    }
    let overlay = Overlay::default();
    let reading = Reading { resources: &resources, overlay: &overlay, foreign: &[] };
    let mut schemas = Schemas::default();
    let roots = load(&[&root], &reading, &mut schemas, &mut diagnostics);
    let refused = diagnostics.iter().any(|diagnostic| diagnostic.level == Level::Deny);
    let (Some(Some(schema)), false) = (roots.first(), refused) else {
        let text = |diagnostic: &Diagnostic| human(diagnostic, &files, Style::Plain);
        return Err(diagnostics.iter().map(text).collect());
    };
    let is_valid = |node: Node<'_>| {
        let mut found = Vec::new();
        let mut sink = Sink::new(&mut found);
        validate(&schemas, *schema, node, &mut sink);
        sink.finish();
        found.is_empty()
    };
    Ok(instances.iter().map(|instance| instance.root().is_some_and(is_valid)).collect())
}
