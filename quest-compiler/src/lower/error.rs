//! Limits of the tables file that content can exceed.

use std::error::Error;
use std::fmt;

/// Content that the tables file has no room for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LowerError {
    /// An id kind has more ids than a lookup can hold.
    TooManyIds {
        /// The path of the kind.
        kind: String,
    },
    /// The string pool exceeds 4 GB, or one text 1 GB.
    TextsTooLarge,
    /// There are more than 2²⁴ values that need a row of the section for long cells.
    TooManyLongCells,
    /// The tables exceed 4 GB.
    TablesTooLarge,
}

impl fmt::Display for LowerError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooManyIds { kind } => {
                write!(f, "there are more than {} ids of the kind `{kind}`", quest_format::lookup::MAX_IDS)
            }
            Self::TextsTooLarge => {
                f.write_str("the texts of this content are larger than 4 GB, or one of them than 1 GB")
            }
            Self::TooManyLongCells => {
                f.write_str("there are more than 16,777,216 long lists and large numbers in this content")
            }
            Self::TablesTooLarge => f.write_str("the tables of this content are larger than 4 GB"),
        }
    }
}

impl Error for LowerError {}
