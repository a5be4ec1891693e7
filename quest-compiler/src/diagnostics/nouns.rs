//! English nouns in messages: the articles and plurals of id kinds.
//!
//! A schema names its kinds freely, so these are the rules of the language with the exceptions that games need. No other module adds an
//! article or a plural to the name of a kind.

/// Uncountable nouns: one of them is a piece.
const UNCOUNTABLE: [&str; 12] = [
    "evidence",
    "knowledge",
    "equipment",
    "gear",
    "loot",
    "gold",
    "lore",
    "information",
    "experience",
    "furniture",
    "music",
    "weather",
];

/// Irregular plurals.
const IRREGULAR: [(&str, &str); 14] = [
    ("child", "children"),
    ("person", "people"),
    ("foot", "feet"),
    ("tooth", "teeth"),
    ("mouse", "mice"),
    ("man", "men"),
    ("woman", "women"),
    ("knife", "knives"),
    ("life", "lives"),
    ("hero", "heroes"),
    ("echo", "echoes"),
    ("quiz", "quizzes"),
    ("series", "series"),
    ("species", "species"),
];

/// The name of a kind in a sentence: `dialogue node` for `dialogue-node`.
pub fn spoken(name: &str) -> String {
    name.replace('-', " ")
}

/// `a quest`, `an npc`, `evidence`.
pub fn with_article(noun: &str) -> String {
    let noun = spoken(noun);
    match article(&noun) {
        Some(article) => format!("{article} {noun}"),
        None => noun,
    }
}

/// `an npc, faction or item`: nouns that share the article of the first.
pub fn any_of<'n>(nouns: impl Iterator<Item = &'n str>) -> String {
    let plain = one_of(nouns);
    match article(&plain) {
        Some(article) => format!("{article} {plain}"),
        None => plain,
    }
}

/// `npc, faction or item`.
pub fn one_of<'n>(nouns: impl Iterator<Item = &'n str>) -> String {
    let mut nouns: Vec<String> = Vec::from_iter(nouns.map(spoken));
    nouns.dedup();
    let last = nouns.pop().unwrap_or_default();
    if nouns.is_empty() { last } else { format!("{} or {last}", nouns.join(", ")) }
}

fn article(words: &str) -> Option<&'static str> {
    let word = words.split([' ', ',']).next().unwrap_or_default();
    if UNCOUNTABLE.contains(&word) {
        return None;
    }
    let lower = word.to_lowercase();
    // `npc` is read letter by letter, and the names of some consonants start with a vowel.
    let spelt = lower.len() <= 4 && !lower.contains(['a', 'e', 'i', 'o', 'u', 'y']);
    let vowel = if spelt {
        lower.starts_with(['f', 'h', 'l', 'm', 'n', 'r', 's', 'x'])
    } else {
        let like_you = ["uni", "use", "usu", "uti", "eu", "one", "once", "uuid", "url", "ui"];
        let you = like_you.iter().any(|start| lower.starts_with(start)) && !lower.starts_with("unin");
        let silent =
            ["hour", "heir", "honor", "honour", "honest"].iter().any(|start| lower.starts_with(start));
        silent || (lower.starts_with(['a', 'e', 'i', 'o', 'u']) && !you)
    };
    Some(if vowel { "an" } else { "a" })
}

/// `quests`, `dialogue nodes`, `entries`, `pieces of evidence`.
pub fn plural(noun: &str) -> String {
    let noun = spoken(noun);
    let (before, word) =
        noun.rsplit_once(' ').map_or(("", &*noun), |(_, word)| noun.split_at(noun.len() - word.len()));
    if UNCOUNTABLE.contains(&word) {
        return format!("pieces of {noun}");
    }
    let lower = word.to_lowercase();
    if let Some((_, plural)) = IRREGULAR.iter().find(|(one, _)| *one == lower) {
        return format!("{before}{plural}");
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| lower.ends_with(end));
    let stem = &word[..word.len() - word.chars().next_back().map_or(0, char::len_utf8)];
    if ends(&["y"]) && !ends(&["ay", "ey", "iy", "oy", "uy"]) {
        return format!("{before}{stem}ies");
    }
    if ends(&["lf", "eaf"]) {
        return format!("{before}{stem}ves");
    }
    if ends(&["sis", "xis"]) {
        return format!("{before}{}es", &word[..word.len() - 2]);
    }
    // A kind named in the plural already, such as `items`.
    if ends(&["s"]) && !ends(&["ss", "us", "as", "is", "os", "lens"]) {
        return noun;
    }
    if ends(&["s", "x", "z", "ch", "sh"]) {
        return format!("{noun}es");
    }
    format!("{noun}s")
}

/// `1 entry`, `2 entries`.
pub fn count(count: u64, noun: &str) -> String {
    match (count, plural(noun)) {
        (1, plural) if plural.starts_with("pieces of ") => plural.replacen("pieces", "1 piece", 1),
        (1, _) => format!("1 {}", spoken(noun)),
        (_, plural) => format!("{count} {plural}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals() {
        for (one, many) in [
            ("quest", "quests"),
            ("alias", "aliases"),
            ("entry", "entries"),
            ("category", "categories"),
            ("byte", "bytes"),
            ("property", "properties"),
            ("evidence", "pieces of evidence"),
            ("dialogue-node", "dialogue nodes"),
            ("codex-entry", "codex entries"),
            ("key", "keys"),
            ("boss", "bosses"),
            ("status", "statuses"),
            ("class", "classes"),
            ("box", "boxes"),
            ("branch", "branches"),
            ("wolf", "wolves"),
            ("elf-child", "elf children"),
            ("items", "items"),
            ("axis", "axes"),
            ("npc", "npcs"),
        ] {
            assert_eq!(plural(one), many);
        }
        assert_eq!((count(1, "entry"), count(2, "entry")), ("1 entry".to_owned(), "2 entries".to_owned()));
        assert_eq!(count(1, "evidence"), "1 piece of evidence");
    }

    #[test]
    fn articles() {
        for text in [
            "an npc",
            "a quest",
            "an entry",
            "an unlock",
            "a unit",
            "a user flag",
            "an hour",
            "a mob",
            "an xp",
            "a pvp",
            "evidence",
            "an alias",
            "a ui",
        ] {
            let noun =
                text.split_once(' ').filter(|(article, _)| article.len() < 3).map_or(text, |(_, noun)| noun);
            assert_eq!(with_article(noun), text);
        }
        assert_eq!(any_of(["npc", "faction", "codex-entry"].into_iter()), "an npc, faction or codex entry");
        assert_eq!(any_of(["stage"].into_iter()), "a stage");
    }
}
