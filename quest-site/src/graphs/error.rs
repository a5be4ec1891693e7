//! Why there is no graph, or no endings.

use super::mermaid::{MAX_EDGES, MAX_TEXT};
use std::error::Error;
use std::fmt;

/// Why a graph cannot be written.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GraphError {
    /// No name was given, and no schema has `x-requires`.
    NoRequires,
    /// No name was given, and several kinds have `x-requires`.
    SeveralKinds {
        /// The paths of these kinds.
        kinds: Vec<String>,
    },
    /// No schema has `x-flow` or `x-requires`.
    NothingToDraw,
    /// No object or kind with a graph has this name.
    UnknownName {
        /// The name that was given.
        name: String,
        /// A sentence with similar names.
        suggestion: Option<String>,
    },
    /// No object with a graph is at a place.
    NothingHere {
        /// The file and the line.
        place: String,
    },
    /// Mermaid refuses to render a diagram of this size.
    TooLarge {
        /// The id of the object, or the path of the kind.
        name: String,
        /// The number of edges.
        edges: usize,
        /// Whether [`graphs`](crate::graphs) can split it into several diagrams.
        splits: bool,
    },
}

impl fmt::Display for GraphError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRequires => f.write_str(
                "no schema says with `x-requires` what must be done before what: name an object, such as `questc graph iron-path`",
            ),
            Self::SeveralKinds { kinds } => {
                let kinds: Vec<String> = kinds.iter().map(|kind| format!("`{kind}`")).collect();
                write!(f, "there are several graphs: name a kind ({}), or an object", kinds.join(", "))
            }
            Self::NothingToDraw => {
                f.write_str("there is nothing to draw: no schema has `x-flow` or `x-requires`")
            }
            Self::UnknownName { name, suggestion } => {
                write!(f, "nothing that has a graph is called `{name}`")?;
                suggested(f, suggestion.as_deref())
            }
            Self::NothingHere { place } => write!(f, "there is nothing at {place} that has a graph"),
            Self::TooLarge { name, edges, splits } => {
                let over = if *edges > MAX_EDGES {
                    format!("has {edges} edges, and Mermaid draws at most {MAX_EDGES}")
                } else {
                    format!("is longer than the {MAX_TEXT} characters that Mermaid reads")
                };
                write!(f, "the graph of `{name}` {over}: write it with `--as dot`")?;
                if *splits {
                    f.write_str(", or in several files with `-o DIR`")?;
                }
                Ok(())
            }
        }
    }
}

impl Error for GraphError {}

/// Why there are no endings.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EndingsError {
    /// No schema has `x-flow`.
    NoFlow,
    /// The content has no object with a flow.
    NoObjects,
    /// No object with a flow has this name.
    UnknownName {
        /// The name that was given.
        name: String,
        /// A sentence with similar names.
        suggestion: Option<String>,
    },
}

impl fmt::Display for EndingsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFlow => {
                f.write_str("nothing is known to end: no schema says with `x-flow` what leads to what")
            }
            Self::NoObjects => f.write_str("there is nothing in the content that could end"),
            Self::UnknownName { name, suggestion } => {
                write!(f, "nothing that can end is called `{name}`")?;
                suggested(f, suggestion.as_deref())
            }
        }
    }
}

impl Error for EndingsError {}

fn suggested(f: &mut fmt::Formatter<'_>, suggestion: Option<&str>) -> fmt::Result {
    suggestion.map_or(Ok(()), |suggestion| write!(f, "; {suggestion}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_says_what_to_do() {
        let error =
            |edges, splits| GraphError::TooLarge { name: "quest".to_owned(), edges, splits }.to_string();
        assert_eq!(
            error(1_199, false),
            "the graph of `quest` has 1199 edges, and Mermaid draws at most 500: write it with `--as dot`"
        );
        assert_eq!(
            error(20, true),
            "the graph of `quest` is longer than the 50000 characters that Mermaid reads: write it with `--as dot`, or in several files with `-o DIR`"
        );
    }
}
