//! The fields that people read: `x-text`.

use crate::schema::ids::RecordId;

/// A field that people read: a text, or a list of texts.
#[derive(Clone, Debug)]
pub struct Text {
    pub record: RecordId,
    pub field: usize,
    pub unique: bool,
    pub placeholders: Option<Vec<String>>,
}
