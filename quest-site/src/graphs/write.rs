//! Drawings as text.

use super::drawing::Drawing;
use super::error::GraphError;
use super::{dot, mermaid};

/// A language for graphs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GraphLanguage {
    /// <https://mermaid.js.org>, which many wikis render.
    Mermaid,
    /// The language of <https://graphviz.org>.
    Dot,
    /// A picture: SVG, with the place of each box in the content.
    Svg,
}

impl GraphLanguage {
    /// The usual extension of a file in this language, without a dot.
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Mermaid => "mmd",
            Self::Dot => "dot",
            Self::Svg => "svg",
        }
    }
}

/// Draws a picture, which this module does not know how to.
pub(crate) type Draw<'d> = &'d dyn Fn(&Drawing) -> String;

/// A drawing as a single graph.
pub(crate) fn write(
    drawing: &Drawing,
    language: GraphLanguage,
    draw: Draw<'_>,
) -> Result<String, GraphError> {
    match language {
        GraphLanguage::Svg => Ok(draw(drawing)),
        GraphLanguage::Mermaid => mermaid::write(drawing).map_err(|error| too_large(drawing, &error)),
        GraphLanguage::Dot => Ok(dot::write(drawing)),
    }
}

/// A drawing as one graph, or as several if the language has a limit.
pub(crate) fn write_parts(
    drawing: &Drawing,
    language: GraphLanguage,
    draw: Draw<'_>,
) -> Result<Vec<String>, GraphError> {
    match language {
        GraphLanguage::Svg => Ok(vec![draw(drawing)]),
        GraphLanguage::Mermaid => mermaid::write_parts(drawing).map_err(|error| too_large(drawing, &error)),
        GraphLanguage::Dot => Ok(vec![dot::write(drawing)]),
    }
}

fn too_large(drawing: &Drawing, error: &mermaid::TooLarge) -> GraphError {
    GraphError::TooLarge { name: drawing.id.clone(), edges: error.edges, splits: error.splits }
}
