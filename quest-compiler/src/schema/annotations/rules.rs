//! `x-rules`: lints that a schema brings along, in its own words. The graph reads them, because they contain schemas.

use crate::diagnostics::Level;
use crate::schema::ids::SchemaId;
use crate::source::{Node, NodeKind};
use crate::text::{FileId, Span};

/// A path of property names, and its place in the schema.
#[derive(Clone, Debug)]
pub struct At {
    pub path: Vec<Step>,
    pub span: Span,
}

/// A property; of a map (`{}`), the values.
#[derive(Clone, Debug)]
pub struct Step {
    pub name: String,
    pub values: bool,
}

impl At {
    pub fn new(path: &str, span: Span) -> Self {
        let step = |name: &str| {
            let bare = name.trim_end_matches("[]");
            let name = bare.trim_end_matches("{}");
            Step { name: name.to_owned(), values: bare != name }
        };
        Self { path: path.split('.').map(step).collect::<Vec<_>>(), span }
    }

    /// The values at which the path ends, lists looked through.
    pub fn find<'a>(&self, from: Node<'a>) -> Vec<Node<'a>> {
        let mut found = vec![from];
        for step in &self.path {
            found = found.into_iter().filter_map(|node| node.get(&step.name)).collect::<Vec<_>>();
            if step.values {
                found = found
                    .into_iter()
                    .flat_map(|node| node.properties().map(|(_, value)| value))
                    .collect::<Vec<_>>();
            }
            found = found.into_iter().flat_map(elements).collect::<Vec<_>>();
        }
        found
    }
}

/// The elements of a list; another value itself.
fn elements(node: Node<'_>) -> Vec<Node<'_>> {
    if node.kind() == NodeKind::Array { node.elements().collect::<Vec<_>>() } else { vec![node] }
}

/// One of the `x-rules` of a schema object.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub level: Level,
    /// Its place in the schema.
    pub span: Span,
    /// `if`: what an object must fit for the rule to speak of it.
    pub condition: Option<SchemaId>,
    /// The rule speaks of objects that nothing outside of their kind names.
    pub unnamed: bool,
    /// What in the object is looked at; without it, the object itself.
    pub each: Option<At>,
    /// Values in what is looked at and in the object, equal where the rule speaks of it.
    pub equal: Vec<(At, At)>,
    /// `then`: what is looked at must fit this.
    pub must: Option<SchemaId>,
    /// `not`: what is looked at must not fit this.
    pub never: Option<SchemaId>,
    /// The place of a diagnostic, in what is looked at.
    pub at: Option<At>,
    /// What is said there.
    pub label: String,
    /// Other places in the object, and what is said there.
    pub see: Vec<(At, String)>,
    pub message: String,
    pub help: Option<String>,
    /// Why it is a rule: what `questc explain` says.
    pub why: Option<String>,
    pub wrong: Option<Example>,
    pub right: Option<Example>,
}

/// An object that breaks a rule, or one that does not.
#[derive(Clone, Debug)]
pub struct Example {
    /// As JSON.
    pub text: String,
    pub file: FileId,
    /// Position on the tape of its file.
    pub at: u32,
    pub span: Span,
}

impl Example {
    pub fn of(node: Node<'_>) -> Self {
        let text = node.raw().to_owned();
        Self { text, file: node.span().file, at: node.at(), span: node.label() }
    }
}

/// The paths in braces in a text.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
