//! Which values in a file are documents: `at` and `where` of a document set.

use crate::source::{Node, NodeKind};

/// One step into a value.
#[derive(Clone, Debug, PartialEq)]
pub enum PathSegment {
    Property(String),
    /// `[]`: every element of a list.
    Elements,
    /// `{}`: every value of a map.
    Values,
}

/// Reads a path such as `quests[]` or `world.rooms{}`; `None` if it is none.
pub(super) fn steps(path: &str) -> Option<Vec<PathSegment>> {
    let mut steps = Vec::new();
    let mut rest = path;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("[]") {
            steps.push(PathSegment::Elements);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("{}") {
            steps.push(PathSegment::Values);
            rest = after;
        } else {
            let end = rest.find(['.', '[', '{']).unwrap_or(rest.len());
            if end == 0 {
                return None;
            }
            steps.push(PathSegment::Property(rest[..end].to_owned()));
            rest = &rest[end..];
        }
        if let Some(after) = rest.strip_prefix('.') {
            if after.is_empty() {
                return None;
            }
            rest = after;
        }
    }
    Some(steps)
}

/// A value from which a path goes no further, and the step that is not there.
pub(super) type Missed<'a> = (Node<'a>, PathSegment);

/// The values that a path leads to, and where it ended before.
pub(super) fn select<'a>(root: Node<'a>, steps: &[PathSegment]) -> (Vec<Node<'a>>, Vec<Missed<'a>>) {
    let mut nodes = vec![root];
    let mut missed = Vec::new();
    for step in steps {
        let mut next = Vec::new();
        for node in nodes {
            match (step, node.kind()) {
                (PathSegment::Property(name), NodeKind::Object) if node.get(name).is_some() => {
                    next.extend(node.get(name))
                }
                (PathSegment::Elements, NodeKind::Array) => next.extend(node.elements()),
                (PathSegment::Values, NodeKind::Object) => {
                    next.extend(node.properties().map(|(_, value)| value))
                }
                _ => missed.push((node, step.clone())),
            }
        }
        nodes = next;
    }
    (nodes, missed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let property = |name: &str| PathSegment::Property(name.to_owned());
        assert_eq!(steps(""), Some(vec![]));
        assert_eq!(steps("[]"), Some(vec![PathSegment::Elements]));
        assert_eq!(
            steps("world.rooms{}"),
            Some(vec![property("world"), property("rooms"), PathSegment::Values])
        );
        assert_eq!(
            steps("a[].b[]"),
            Some(vec![property("a"), PathSegment::Elements, property("b"), PathSegment::Elements])
        );
        for wrong in [".", "a.", "a..b", "[", "{x}"] {
            assert_eq!(steps(wrong), None, "{wrong}");
        }
    }
}
