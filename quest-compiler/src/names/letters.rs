//! Words of a name, and which of its letters a Rust identifier can have without a warning.
//!
//! rustc's lints about identifiers of other scripts look at the whole crate and obey its root alone, so that generated code must not
//! cause them.

use unicode_normalization::UnicodeNormalization;
use unicode_security::GeneralSecurityProfile;
use unicode_security::mixed_script::{AugmentedScriptSet, is_potential_mixed_script_confusable_char};

/// The words of a name, as written. A word ends at a sign, and where lower case changes to upper case. Marks are part of it: vowel
/// signs, and accents for which there is no letter.
pub(super) fn words(name: &str) -> Vec<String> {
    let name: String = if name.is_ascii() { name.to_owned() } else { name.nfc().collect() };
    let is_part = |c: char| c.is_alphanumeric() || (unicode_ident::is_xid_continue(c) && c != '_');
    name.split(|c| !is_part(c)).filter(|part| !part.is_empty()).flat_map(humps).collect()
}

/// Splits `questGiverID` into `quest`, `Giver` and `ID`, and `HTTPServer` into `HTTP` and `Server`.
fn humps(part: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    // Whether the last letter of the word that has a case is upper case.
    let mut upper: Option<bool> = None;
    let mut chars = part.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied().unwrap_or(' ');
        let now = if c.is_lowercase() || c.is_uppercase() { Some(c.is_uppercase()) } else { upper };
        let begins = upper == Some(true) && c.is_uppercase() && next.is_lowercase();
        if begins {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.push(c);
        }
        let ends = now == Some(false) && next.is_uppercase();
        if ends {
            words.push(String::new());
        }
        upper = if begins || ends { None } else { now };
    }
    words
}

pub(super) fn snake_case(name: &str) -> String {
    words(name).iter().map(|word| word.to_lowercase()).collect::<Vec<_>>().join("_")
}

pub(super) fn pascal_case(name: &str) -> String {
    let capitalised = |word: &String| {
        let mut chars = word.chars();
        let first = chars.next().map(char::to_uppercase).into_iter().flatten();
        first.collect::<String>() + &chars.as_str().to_lowercase()
    };
    words(name).iter().map(capitalised).collect()
}

/// A name in which each letter is spelt as its code point that would cause a warning: one that is rare, and one that looks like a letter
/// of another script in a name without any letter that shows which script is meant. `α` becomes `u03b1`, while `сила` stays.
pub(super) fn without_lookalikes(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let name: String = name.nfc().collect();
    let latin = AugmentedScriptSet::for_char('A');
    let is_certain = |c: char| {
        let script = AugmentedScriptSet::for_char(c);
        let shows_script = |c: char| {
            !c.is_ascii()
                && AugmentedScriptSet::for_char(c) == script
                && c.identifier_allowed()
                && !is_potential_mixed_script_confusable_char(c)
        };
        script == latin || name.chars().any(shows_script)
    };
    let mut safe = String::with_capacity(name.len());
    let is_upper = !name.chars().any(char::is_lowercase);
    for c in name.chars() {
        if c.is_ascii() || (c.identifier_allowed() && is_certain(c)) {
            safe.push(c);
        } else if is_upper && !name.contains('_') && name.chars().any(char::is_uppercase) {
            safe += &format!("U{:04X}", u32::from(c));
        } else {
            let sign = if safe.is_empty() && c.is_uppercase() { 'U' } else { 'u' };
            safe += &format!("{sign}{:04x}", u32::from(c));
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::{pascal_case, snake_case, without_lookalikes};

    #[test]
    fn words_are_those_of_heck() {
        for name in [
            "questGiver",
            "quest_giver",
            "QuestGiverID",
            "HTTPServer",
            "XMLHttpRequest",
            "a1B2",
            "x2Y",
            "ABC123DEF",
            "level-2a",
            "2ndChance",
            "éclairÉclair",
            "ΦΙΛΟΣ ΦΙΛΟΣ",
            "aB",
            "Ab",
            "__a__b",
            "灵露丸",
            "1A",
            "A1b",
            "aA1B",
            "A",
            "fooBAR",
            "FOOBar9Baz",
            "ßA",
        ] {
            assert_eq!(snake_case(name), heck::ToSnakeCase::to_snake_case(name), "{name}");
            assert_eq!(pascal_case(name), heck::ToPascalCase::to_pascal_case(name), "{name}");
        }
    }

    #[test]
    fn marks_are_letters() {
        assert_eq!(snake_case("cafe\u{301} noir"), "café_noir");
        assert_eq!(snake_case("शक्ति"), "शक्ति");
        assert_eq!(snake_case("x\u{301}y"), "x\u{301}y");
    }

    #[test]
    fn letters_that_could_be_others_are_spelt() {
        for (name, safe) in [
            ("plain", "plain"),
            ("α", "u03b1"),
            ("Α", "U0391"),
            ("сила", "сила"),
            ("сор", "u0441u043eu0440"),
            ("café", "café"),
            ("灵露丸", "灵露丸"),
            ("ǉuba", "u01c9uba"),
        ] {
            assert_eq!(without_lookalikes(name), safe, "{name}");
        }
    }
}
