//! What is being written at a place, told from the text alone: a file with a word half written need not have a value there.

use std::ops::Range;

/// How a format writes names and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Json,
    Yaml,
    Toml,
    Ron,
}

impl Style {
    pub(crate) fn of(name: &str) -> Self {
        match name.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase()).as_deref() {
            Some("yaml" | "yml") => Self::Yaml,
            Some("toml") => Self::Toml,
            Some("ron") => Self::Ron,
            _ => Self::Json,
        }
    }

    /// The sign between a name and its value.
    pub(crate) fn separator(self) -> char {
        if self == Self::Toml { '=' } else { ':' }
    }
}

/// What is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Context {
    /// The property whose value it is; `None` if it is the name of a property.
    pub(crate) property: Option<String>,
    /// The bytes that are replaced: what is written of the word already, without quotes.
    pub(crate) word: Range<usize>,
    /// It is between quotes.
    pub(crate) quoted: bool,
}

/// At most so many bytes before a place are looked at.
const MOST: usize = 1 << 14;

/// What is being written at a byte.
pub(crate) fn context(text: &str, byte: usize, style: Style) -> Context {
    let start = text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let line = &text[start..byte];
    let open = open_quote(line);
    let (word, before) = match open {
        Some(at) => (start + at + 1, start + at),
        None => {
            let is_word = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.');
            let word = line.trim_end_matches(is_word).len();
            (start + word, start + word)
        }
    };
    let rest = text[byte..].split(['\n', '\r']).next().unwrap_or_default();
    let end = match open {
        Some(at) => {
            let quote = line[at..].chars().next().unwrap_or('"');
            // Up to the closing quote, unless the rest of the line shows that there is none.
            rest.find(quote).filter(|end| !rest[..*end].contains([',', ':', '}', ']', '='])).unwrap_or(0)
        }
        None => rest
            .find(|sign: char| !(sign.is_alphanumeric() || matches!(sign, '-' | '_' | '.')))
            .unwrap_or(rest.len()),
    };
    let property = property(text, before, style);
    Context { property, word: word..byte + end, quoted: open.is_some() }
}

/// The quote that is open at the end of a line.
fn open_quote(line: &str) -> Option<usize> {
    let mut open: Option<(usize, char)> = None;
    let mut escaped = false;
    for (at, sign) in line.char_indices() {
        match (open, sign) {
            _ if escaped => escaped = false,
            (Some((_, '"')), '\\') => escaped = true,
            (Some((_, quote)), _) if quote == sign => open = None,
            (None, '"') => open = Some((at, sign)),
            (None, '\'') if line[..at].ends_with([' ', '=', ':', '[', ',']) => open = Some((at, sign)),
            _ => {}
        }
    }
    open.map(|(at, _)| at)
}

/// The name of the property whose value begins at a byte.
fn property(text: &str, byte: usize, style: Style) -> Option<String> {
    let mut first = byte.saturating_sub(MOST);
    while !text.is_char_boundary(first) {
        first += 1;
    }
    let before = &text[first..byte];
    let trimmed = before.trim_end();
    if let Some(rest) = trimmed.strip_suffix(style.separator()) {
        return name(rest);
    }
    if style == Style::Yaml && !in_flow(before) {
        return in_yaml_list(before);
    }
    // An element of a list, or a name in an object: what opens last and does not close says which.
    let mut depth = 0_usize;
    for (at, sign) in trimmed.char_indices().rev() {
        match sign {
            ']' | '}' | ')' => depth += 1,
            '[' | '{' | '(' if depth > 0 => depth -= 1,
            '[' => return trimmed[..at].trim_end().strip_suffix(style.separator()).and_then(name),
            '{' | '(' => return None,
            _ => {}
        }
    }
    None
}

/// Whether a bracket is open, so that YAML is written as JSON is.
fn in_flow(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let count = |signs: [char; 2]| line.matches(signs).count();
    count(['[', '{']) > count([']', '}'])
}

/// In a list of YAML, whose elements have a dash each: the name above that starts further left.
fn in_yaml_list(before: &str) -> Option<String> {
    let mut lines = before.rsplit('\n');
    let own = lines.next()?;
    let indent =
        own.find('-').filter(|at| own[..*at].trim().is_empty() && own[*at + 1..].trim().is_empty())?;
    for line in lines {
        let text = line.trim_start();
        let start = line.len() - text.len();
        if text.is_empty()
            || text.starts_with('#')
            || (start == indent && text.starts_with('-'))
            || start > indent
        {
            continue;
        }
        return text.trim_end().trim_start_matches("- ").strip_suffix(':').and_then(name);
    }
    None
}

/// The name at the end of a text, with or without quotes.
fn name(text: &str) -> Option<String> {
    let text = text.trim_end();
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_suffix(quote) {
            let start = rest.rfind(quote)?;
            return Some(rest[start + 1..].to_owned());
        }
    }
    let is_name = |sign: char| sign.is_alphanumeric() || matches!(sign, '-' | '_' | '$');
    let start = text.trim_end_matches(is_name).len();
    Some(text[start..].to_owned()).filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The property, the word and whether it is quoted, at the bar in a text.
    fn at(text: &str, style: Style) -> (Option<String>, String, bool) {
        let byte = text.find('|').unwrap_or(text.len());
        let text = text.replace('|', "");
        let context = context(&text, byte, style);
        (context.property, text[context.word].to_owned(), context.quoted)
    }

    fn value(name: &str, word: &str, quoted: bool) -> (Option<String>, String, bool) {
        (Some(name.to_owned()), word.to_owned(), quoted)
    }

    #[test]
    fn in_json() {
        let at = |text| at(text, Style::Json);
        assert_eq!(at(r#"{ "id": "a", "next": "fi|nd" }"#), value("next", "find", true));
        assert_eq!(at(r#"{ "next": "fi|"#), value("next", "fi", true));
        assert_eq!(at("{ \"next\": \"|\n}"), value("next", "", true));
        assert_eq!(at(r#"{ "next": | }"#), value("next", "", false));
        assert_eq!(at("{ \"after\": [\n  \"a\",\n  \"b|\"\n]"), value("after", "b", true));
        assert_eq!(at("{ \"a\": { \"b\": 1 },\n  \"ne|\n}"), (None, "ne".into(), true));
        assert_eq!(at("{ \"a\": [{ \"b\": 1, |"), (None, String::new(), false));
        // The quote that closes the word is missing, and the next one opens a name.
        assert_eq!(at("{ \"next\": \"fi|, \"id\": 1 }"), value("next", "fi", true));
        assert_eq!(at(r#"{ "x": "a \" b|" }"#), value("x", r#"a \" b"#, true));
    }

    #[test]
    fn in_yaml() {
        let at = |text| at(text, Style::Yaml);
        assert_eq!(at("id: a\nnext: fi|nd # it\n"), value("next", "find", false));
        assert_eq!(at("quests:\n  - id: a\n    after:\n      - x\n      - y|\n"), value("after", "y", false));
        assert_eq!(at("after: [a, b|]"), value("after", "b", false));
        assert_eq!(at("id: a\nne|"), (None, "ne".into(), false));
        assert_eq!(at("- id: a\n  next: 'fi|'"), value("next", "fi", true));
    }

    #[test]
    fn in_toml_and_ron() {
        assert_eq!(at("[[quests]]\nnext = \"fi|\"", Style::Toml), value("next", "fi", true));
        assert_eq!(at("after = [\"a\", \"|\"]", Style::Toml), value("after", "", true));
        assert_eq!(at("(id: \"a\", next: \"fi|\")", Style::Ron), value("next", "fi", true));
        assert_eq!(at("(id: \"a\", |)", Style::Ron), (None, String::new(), false));
    }
}
