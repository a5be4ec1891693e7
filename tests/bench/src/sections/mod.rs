//! One subject each.

mod cold;
mod compiler;
mod dev;
mod doubling;
mod edit;
mod growth;
pub(crate) mod guard;
mod lookup;
mod macros;
mod mistakes;
mod peers;
mod rustc;
mod start;

use crate::Outcome;
use crate::project::Project;

/// Measures, and prints a table.
type Section = fn(&Project) -> Outcome;

/// All of them, in the order in which they are printed.
pub(crate) const SECTIONS: [(&str, Section); 11] = [
    ("compiler", compiler::print),
    ("growth", growth::print),
    ("edit", edit::print),
    ("mistakes", mistakes::print),
    ("dev", dev::print),
    ("rustc", rustc::print),
    ("macros", macros::print),
    ("lookup", lookup::print),
    ("start", start::print),
    ("peers", peers::print),
    ("cold", cold::print),
];

/// Megabytes of the JSON below a folder of generated content.
fn megabytes(content: &std::path::Path) -> Outcome<f64> {
    let mut bytes = 0;
    for file in std::fs::read_dir(content.join("content"))? {
        bytes += file?.metadata()?.len();
    }
    Ok(bytes as f64 / 1e6)
}
