//! What all formats hold: texts with their translations.

/// A text for translators.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// The key of the text.
    pub key: String,
    /// The text of today.
    pub source: String,
    /// The text that was translated, if it is another one.
    pub previous: Option<String>,
    /// What translators should know, a line each.
    pub context: Vec<String>,
    /// Empty if there is none.
    pub target: String,
    /// A person has to look at the translation.
    pub fuzzy: bool,
    /// What translators say about it.
    pub comment: Option<String>,
}

/// The texts of a project with their translations into one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Catalog {
    pub source_language: String,
    pub language: String,
    pub units: Vec<Unit>,
    /// Translations of texts that there are no more. Their `source` is empty if nobody knows it.
    pub obsolete: Vec<Unit>,
}
