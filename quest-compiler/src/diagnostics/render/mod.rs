//! One module per output: text for people in full and in a line, JSON and SARIF for tools, compiler messages for cargo.

mod human;
#[cfg(any(feature = "tool-output", test))]
mod json;
mod rustc;
#[cfg(any(feature = "tool-output", test))]
mod sarif;
mod short;

pub use human::{Style, human, human_within};
#[cfg(any(feature = "tool-output", test))]
pub use json::json;
pub use rustc::{hidden_count, rustc};
#[cfg(any(feature = "tool-output", test))]
pub use sarif::{Description, sarif};
pub use short::short;

/// Serializes a value without maps, which cannot fail.
#[cfg(any(feature = "tool-output", test))]
fn to_json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
