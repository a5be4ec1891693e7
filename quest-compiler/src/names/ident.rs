//! Rust identifiers: the one place that knows keywords.

use super::letters::{pascal_case, snake_case, without_lookalikes};

/// Keywords of all editions.
pub(super) const KEYWORDS: [&str; 49] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    "union",
];
/// Keywords that cannot be raw identifiers.
const NEVER_RAW: [&str; 5] = ["self", "Self", "super", "crate", "_"];

/// Macros of the standard library that a macro of the game must not hide.
pub(super) const STANDARD_MACROS: [&str; 38] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "compile_error",
    "concat",
    "concat_idents",
    "dbg",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "env",
    "eprint",
    "eprintln",
    "file",
    "format",
    "format_args",
    "include",
    "include_bytes",
    "include_quests",
    "include_str",
    "line",
    "macro_rules",
    "matches",
    "module_path",
    "option_env",
    "panic",
    "print",
    "println",
    "stringify",
    "thread_local",
    "todo",
    "try",
    "unimplemented",
    "unreachable",
    "vec",
    "write",
];

/// The part of a name that an identifier can hold. Signs are spelt out if nothing else is left.
fn cleaned(words: &str, cased: &str) -> String {
    let kept: String = cased.chars().filter(|c| unicode_ident::is_xid_continue(*c)).collect();
    if kept.chars().any(|c| c != '_') {
        return without_lookalikes(&kept);
    }
    let spelt: Vec<&str> = words.chars().map(sign).collect();
    let spelt = if spelt.is_empty() { "empty".to_owned() } else { spelt.join(" ") };
    if cased.starts_with(char::is_uppercase) { pascal_case(&spelt) } else { snake_case(&spelt) }
}

/// A snake-case identifier, escaped if it is a keyword.
pub(crate) fn identifier(words: &str) -> String {
    let cleaned = cleaned(words, &snake_case(words));
    if NEVER_RAW.contains(&cleaned.as_str()) {
        format!("{cleaned}_")
    } else if !cleaned.starts_with(|c: char| unicode_ident::is_xid_start(c) || c == '_') {
        format!("_{cleaned}")
    } else if KEYWORDS.contains(&cleaned.as_str()) {
        format!("r#{cleaned}")
    } else {
        cleaned
    }
}

/// The accessor of several records: `quest_nodes`.
pub(crate) fn plural(words: &str) -> String {
    let snake = snake_case(words);
    let ending = if snake.ends_with(['s', 'x']) { "es" } else { "s" };
    identifier(&format!("{snake}{ending}"))
}

/// A Pascal-case identifier.
pub(crate) fn type_name(words: &str) -> String {
    let cleaned = cleaned(words, &pascal_case(words));
    if cleaned == "Self" {
        format!("{cleaned}_")
    } else if !cleaned.starts_with(|c: char| unicode_ident::is_xid_start(c) || c == '_') {
        format!("_{cleaned}")
    } else {
        cleaned
    }
}

/// The name of an enum value: the one that the schema gives, or its own words. Signs are spelt out, so that `<` and `>` differ.
pub(crate) fn variant_name(value: &str, given: Option<&str>) -> String {
    if let Some(given) = given {
        return type_name(given);
    }
    if value.chars().any(char::is_alphanumeric) {
        return type_name(value);
    }
    let words: Vec<&str> = value.chars().map(sign).collect();
    if words.is_empty() { "Empty".to_owned() } else { type_name(&words.join(" ")) }
}

/// The name of a sign.
pub(super) fn sign(sign: char) -> &'static str {
    match sign {
        '!' => "not",
        '#' => "hash",
        '%' => "percent",
        '&' => "and",
        '*' => "star",
        '+' => "plus",
        ',' => "comma",
        '-' => "minus",
        '.' => "dot",
        '/' => "slash",
        ':' => "colon",
        '<' => "less",
        '=' => "equal",
        '>' => "greater",
        '?' => "question",
        '@' => "at",
        '^' => "caret",
        '|' => "or",
        '~' => "tilde",
        ' ' => "space",
        _ => "sign",
    }
}

/// The name of a constant: upper case with `_` between words. Letters of all scripts are kept.
pub fn constant_name(id: &str) -> String {
    let name = cleaned(id, &snake_case(id).to_uppercase()).to_uppercase();
    if name.starts_with('_') || name.starts_with(unicode_ident::is_xid_start) {
        name
    } else {
        format!("_{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_keyword_becomes_an_identifier() {
        for keyword in KEYWORDS {
            assert_eq!(identifier(keyword), format!("r#{keyword}"));
        }
        for keyword in ["self", "super", "crate"] {
            assert_eq!(identifier(keyword), format!("{keyword}_"));
        }
        assert_eq!(identifier("2ndChance"), "_2nd_chance");
        assert_eq!(identifier("$schema"), "schema");
        assert_eq!(type_name("main-story"), "MainStory");
        assert_eq!(type_name("self"), "Self_");
    }

    #[test]
    fn constants_are_upper_case_in_any_script() {
        for (id, name) in [
            ("Rusted Blade", "RUSTED_BLADE"),
            ("Smith's Blade", "SMITH_S_BLADE"),
            ("2nd-chance", "_2ND_CHANCE"),
            ("crystalOre", "CRYSTAL_ORE"),
            ("灵露丸", "灵露丸"),
            ("self", "SELF"),
            ("7", "_7"),
            ("?!", "QUESTION_NOT"),
            ("type", "TYPE"),
        ] {
            assert_eq!(constant_name(id), name, "{id}");
        }
    }
}
