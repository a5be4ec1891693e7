//! The language files of a project, as `questc texts` writes them.

use serde_json::{Map, Value};

/// A translation in a language file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Translation {
    pub(crate) text: String,
    pub(crate) source: Option<String>,
    pub(crate) fuzzy: bool,
    pub(crate) comment: Option<String>,
}

/// The bytes of a language file with these translations, in this order.
pub(crate) fn write<'t>(
    language: &str,
    translations: impl Iterator<Item = (&'t str, &'t Translation)>,
) -> String {
    let texts: Map<String, Value> =
        translations.map(|(key, value)| (key.to_owned(), object(value))).collect();
    let mut file = Map::new();
    file.insert("language".to_owned(), Value::from(language));
    file.insert("texts".to_owned(), Value::Object(texts));
    format!("{:#}\n", Value::Object(file))
}

fn object(translation: &Translation) -> Value {
    let mut object = Map::new();
    object.insert("text".to_owned(), Value::from(translation.text.as_str()));
    if let Some(source) = &translation.source {
        object.insert("source".to_owned(), Value::from(source.as_str()));
    }
    if translation.fuzzy {
        object.insert("fuzzy".to_owned(), Value::from(true));
    }
    if let Some(comment) = &translation.comment {
        object.insert("comment".to_owned(), Value::from(comment.as_str()));
    }
    Value::Object(object)
}
