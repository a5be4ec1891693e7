//! `x-rules`: lints that a schema brings along, in its own words. The graph reads them, because they contain schemas.

use crate::diagnostics::Level;
use crate::schema::ids::SchemaId;
use crate::source::{Node, NodeKind};
use crate::text::{FileId, Span};

/// A path of property names in content, and where the schema has it.
#[derive(Clone, Debug)]
pub struct RulePath {
    pub(in crate::schema) steps: Vec<RulePathStep>,
    pub(in crate::schema) span: Span,
}

#[derive(Clone, Debug)]
pub(in crate::schema) struct RulePathStep {
    pub(in crate::schema) name: String,
    /// The property is a map, and the path goes on in its values (`{}`).
    values: bool,
}

impl RulePath {
    pub fn new(path: &str, span: Span) -> Self {
        let step = |name: &str| {
            let name = name.trim_end_matches("[]");
            let bare = name.trim_end_matches("{}");
            RulePathStep { name: bare.to_owned(), values: bare != name }
        };
        Self { steps: path.split('.').map(step).collect(), span }
    }

    /// The values at the end of the path. Lists on the way contribute all their elements.
    pub fn find<'a>(&self, from: Node<'a>) -> Vec<Node<'a>> {
        let mut nodes = vec![from];
        for step in &self.steps {
            let properties = nodes.into_iter().filter_map(|node| node.get(&step.name));
            nodes = if step.values {
                properties.flat_map(Node::properties).flat_map(|(_, value)| elements(value)).collect()
            } else {
                properties.flat_map(elements).collect()
            };
        }
        nodes
    }
}

/// The elements of a list; another value itself.
fn elements(node: Node<'_>) -> Vec<Node<'_>> {
    if node.kind() == NodeKind::Array { node.elements().collect() } else { vec![node] }
}

/// One of the `x-rules` of a schema object.
#[derive(Clone, Debug)]
pub struct Rule {
    pub name: String,
    pub level: Level,
    pub span: Span,
    /// `if`: the rule applies to objects that fit this schema.
    pub condition: Option<SchemaId>,
    /// The rule applies to objects that nothing outside their kind names.
    pub unnamed: bool,
    /// The values in the object that are checked; without it, the object itself.
    pub each: Option<RulePath>,
    /// Paths from a checked value and from the object; the rule applies where their values are equal.
    pub equal: Vec<(RulePath, RulePath)>,
    /// Paths from a checked value and from the object; the rule applies where the first number is the greater one.
    pub greater: Vec<(RulePath, RulePath)>,
    /// `then`: a checked value must fit this schema.
    pub must: Option<SchemaId>,
    /// `not`: a checked value must not fit this schema.
    pub never: Option<SchemaId>,
    /// The location of the diagnostic, from a checked value.
    pub at: Option<RulePath>,
    /// The label at that location.
    pub label: String,
    /// Further locations in the object, each with its label.
    pub see: Vec<(RulePath, String)>,
    pub message: String,
    pub help: Option<String>,
    /// The rationale that `questc explain` shows.
    pub why: Option<String>,
    pub wrong: Option<RuleExample>,
    pub right: Option<RuleExample>,
}

/// An object that breaks a rule, or one that follows it.
#[derive(Clone, Debug)]
pub struct RuleExample {
    /// As JSON.
    pub text: String,
    pub file: FileId,
    /// Position on the tape of its file.
    pub at: u32,
    pub span: Span,
}

impl RuleExample {
    pub(in crate::schema) fn of(node: Node<'_>) -> Self {
        let text = node.raw().to_owned();
        Self { text, file: node.span().file, at: node.at(), span: node.label() }
    }
}

/// The paths in braces in a text.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0))
}
