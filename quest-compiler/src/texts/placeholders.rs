//! Words in braces that the game replaces.

/// The parts of a text in braces.
pub struct Braces;

impl Braces {
    /// The ranges of `{…}` in a text, and of a `{` that is not closed; `{{` is a literal brace.
    pub fn of(text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(open) = text[at..].find('{').map(|open| at + open) {
            if text[open + 1..].starts_with('{') {
                at = open + 2;
                continue;
            }
            let end = text[open + 1..].find(['{', '}']).map(|end| open + 1 + end);
            match end {
                Some(close) if text[close..].starts_with('}') => {
                    found.push((open, close + 1));
                    at = close + 1;
                }
                other => {
                    at = other.unwrap_or(text.len());
                    found.push((open, open + 1));
                }
            }
        }
        found
    }
}

/// The words in the braces of a text, sorted, each as often as it occurs: `{count:plural}` uses the word `count`. A brace that is not
/// closed is the word `{`.
pub fn names(text: &str) -> Vec<&str> {
    let word = |(from, to): (usize, usize)| {
        let whole = &text[from..to];
        if !whole.ends_with('}') {
            return "{";
        }
        let word = whole.trim_matches(['{', '}']);
        word.split([':', ',']).next().unwrap_or(word).trim()
    };
    let mut names: Vec<&str> = Braces::of(text).into_iter().map(word).collect();
    names.sort_unstable();
    names
}

#[cfg(test)]
mod tests {
    use super::{Braces, names};

    #[test]
    fn what_stands_in_braces() {
        let of = |text: &'static str| {
            Braces::of(text).into_iter().map(|(from, to)| &text[from..to]).collect::<Vec<_>>()
        };
        assert_eq!(of("kill {count} of {enemy:plural}"), ["{count}", "{enemy:plural}"]);
        assert_eq!(of("{{not}} {one"), ["{"]);
        assert_eq!(of("{a {b}"), ["{", "{b}"]);
        assert!(of("no } brace").is_empty());
        assert_eq!(of("{}"), ["{}"]);
    }

    #[test]
    fn words_are_compared_without_their_options() {
        assert_eq!(names("{enemy:plural}, {count}, {count}"), ["count", "count", "enemy"]);
        assert_eq!(names("{open"), ["{"]);
    }
}
