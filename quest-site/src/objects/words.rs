//! Names of properties as readable words.

use heck::ToSnakeCase;

/// `failureConditions` as `failure conditions`.
pub(crate) fn spaced(name: &str) -> String {
    let words = name.to_snake_case().replace('_', " ");
    if words.is_empty() { name.to_owned() } else { words }
}

/// The same words with a capital first letter.
pub(crate) fn capitalized(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_words() {
        assert_eq!(spaced("failureConditions"), "failure conditions");
        assert_eq!(spaced("quest-giver"), "quest giver");
        assert_eq!(spaced("$"), "$");
        assert_eq!(capitalized("épée"), "Épée");
        assert_eq!(capitalized(""), "");
    }
}
