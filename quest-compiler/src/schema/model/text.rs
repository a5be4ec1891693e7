//! The fields that people read: `x-text`.

use crate::schema::ids::RecordId;

/// A field that people read: a text, or a list of texts.
#[derive(Clone, Debug)]
pub struct Text {
    pub record: RecordId,
    pub field: usize,
    pub unique: bool,
    pub placeholders: Option<Vec<String>>,
    /// Other languages have it as it is.
    pub untranslated: bool,
    /// The most characters that it may have.
    pub max_length: Option<u64>,
    /// What translators should know.
    pub note: Option<String>,
    /// The property that says who speaks, of the object or of one around it.
    pub speaker: Option<String>,
    /// The property that says where it is said.
    pub place: Option<String>,
}
