//! Names of properties as words: what they say about ids and kinds.

use pluralizer::pluralize;

/// The words of a name, in lower case and singular: `giverNpcIds` is `giver`, `npc`, `id`.
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut previous = ' ';
    for letter in name.chars() {
        let is_start = letter.is_uppercase() && (previous.is_lowercase() || previous.is_ascii_digit());
        if (is_start || !letter.is_alphanumeric()) && !word.is_empty() {
            words.push(singular(&std::mem::take(&mut word)));
        }
        if letter.is_alphanumeric() {
            word.extend(letter.to_lowercase());
        }
        previous = letter;
    }
    if !word.is_empty() {
        words.push(singular(&word));
    }
    words
}

/// The singular of a word; words of one or two letters stay as they are.
pub(crate) fn singular(word: &str) -> String {
    if word.len() < 3 || word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        return word.to_owned();
    }
    pluralize(word, 1, false)
}

/// Words by which content calls an id, whatever it is the id of.
const ID_WORDS: [&str; 9] = ["id", "key", "uid", "uuid", "guid", "slug", "ident", "identifier", "ref"];

/// Whether a word says that the value is an id.
pub(crate) fn is_id_word(word: &str) -> bool {
    ID_WORDS.contains(&word)
}

/// The kind that a name gives to what it holds: `npcs` holds `npc`, `questDatabase` `quest-database`.
pub(crate) fn kind(name: &str) -> Option<String> {
    let words: Vec<String> = words(name).into_iter().filter(|word| !is_id_word(word)).collect();
    let kind = words.join("-");
    let kind: String =
        kind.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').collect();
    kind.starts_with(|first: char| first.is_ascii_alphabetic()).then_some(kind)
}

/// Words that lead from one thing to another of the same sort.
const LINKS: [&str; 26] = [
    "next",
    "to",
    "goto",
    "from",
    "start",
    "target",
    "parent",
    "child",
    "prerequisite",
    "require",
    "required",
    "requirement",
    "unlock",
    "after",
    "before",
    "depend",
    "dependency",
    "previous",
    "prev",
    "then",
    "first",
    "entry",
    "initial",
    "go",
    "jump",
    "branch",
];

/// How much a name says that its values are ids of a kind, from 0 to 1.
pub(crate) fn likeness(name: &str, kind: &str) -> f64 {
    let name = words(name);
    let last = kind.rsplit('.').next().unwrap_or(kind);
    let kind: Vec<&str> = last.split('-').collect();
    if kind.iter().all(|word| name.iter().any(|own| own == word)) {
        return 1.0;
    }
    let head = kind.last().copied().unwrap_or_default();
    if name.iter().any(|own| own == head) {
        return 0.8;
    }
    let near = |own: &String, word: &str| {
        let (short, long) = if own.len() < word.len() { (own.as_str(), word) } else { (word, own.as_str()) };
        short.len() >= 3 && long.starts_with(short)
    };
    if name.iter().any(|own| kind.iter().any(|word| near(own, word))) {
        return 0.7;
    }
    if name.iter().any(|own| kind.contains(&own.as_str())) { 0.6 } else { 0.0 }
}

/// Whether a name leads from one thing to another, and says nothing of its sort.
pub(crate) fn is_link(name: &str) -> bool {
    words(name).iter().any(|word| LINKS.contains(&word.as_str()))
}

/// Words of properties that people read.
const PROSE: [&str; 21] = [
    "title",
    "description",
    "desc",
    "text",
    "label",
    "caption",
    "summary",
    "log",
    "comment",
    "note",
    "lore",
    "hint",
    "line",
    "message",
    "body",
    "flavor",
    "flavour",
    "subtitle",
    "tooltip",
    "dialogue",
    "prompt",
];

/// Whether a property holds what people read.
pub(crate) fn is_prose(name: &str) -> bool {
    words(name).last().is_some_and(|word| PROSE.contains(&word.as_str()))
}

/// Words of properties that say of what sort an object is.
const SORTS: [&str; 16] = [
    "type",
    "kind",
    "category",
    "class",
    "mode",
    "op",
    "operator",
    "rarity",
    "style",
    "verb",
    "event",
    "action",
    "state",
    "status",
    "difficulty",
    "color",
];

/// Whether a property says of what sort its object is.
pub(crate) fn is_sort(name: &str) -> bool {
    words(name).last().is_some_and(|word| SORTS.contains(&word.as_str()))
}

/// Whether a text looks like an id and not like words: `item-rusty-key`, `MGOAL_CONDITION`, `iron_path`.
pub(crate) fn looks_like_id(text: &str) -> bool {
    let allowed = |letter: char| letter.is_alphanumeric() || "-_:./#@".contains(letter);
    !text.is_empty()
        && text.chars().all(allowed)
        && (text.contains(['-', '_', ':', '/', '#'])
            || text.contains(|letter: char| letter.is_ascii_digit())
            || has_hump(text))
}

/// Whether there is a capital letter after a small one.
fn has_hump(text: &str) -> bool {
    text.chars().zip(text.chars().skip(1)).any(|(one, next)| one.is_lowercase() && next.is_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_words() {
        assert_eq!(words("giverNpcIds"), ["giver", "npc", "id"]);
        assert_eq!(words("quest_chain"), ["quest", "chain"]);
        assert_eq!(words("classes"), ["class"]);
        assert_eq!(kind("npcs").as_deref(), Some("npc"));
        assert_eq!(kind("questId").as_deref(), Some("quest"));
        assert_eq!(kind("id"), None);
    }

    #[test]
    fn names_are_like_kinds() {
        let close = |name, kind, expected: f64| {
            assert!((likeness(name, kind) - expected).abs() < 1e-9, "{name} {kind}")
        };
        close("giverNpc", "npc", 1.0);
        close("stage_id", "quest.stage", 1.0);
        close("loc", "location", 0.7);
        close("reward", "npc", 0.0);
    }

    #[test]
    fn ids_are_told_from_words() {
        for id in ["iron-path", "MGOAL_CONDITION", "ironPath", "npc:kim", "a1"] {
            assert!(looks_like_id(id), "{id}");
        }
        for text in ["iron", "The iron path", "", "Iron"] {
            assert!(!looks_like_id(text), "{text}");
        }
    }
}
