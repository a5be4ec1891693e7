//! Fixes: the certain replacement of a text in a content file.

use crate::text::{Files, Span};

/// A text and its replacement. Only a certain replacement is a fix; everything else is a help line.
#[derive(Clone, Debug)]
pub struct Fix {
    /// Where the text is, with its quotes if it has any.
    pub span: Span,
    /// The text as it is read, without quotes and escapes.
    pub written: String,
    /// The text to write.
    pub instead: String,
}

/// A fix as a change of a file: bytes, and the text to put in their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    pub span: Span,
    pub text: String,
}

impl Fix {
    /// The bytes to change. `None` if the text is not in the file literally, as with escapes, or if the replacement needs characters
    /// with a meaning in the format of the file.
    pub fn edit(&self, files: &Files) -> Option<Edit> {
        let source = files.text(self.span.file).get(self.span.start as usize..self.span.end as usize)?;
        let mut found = source.match_indices(&self.written);
        let (at, _) = found.next().filter(|_| found.next().is_none())?;
        let start = self.span.start + u32::try_from(at).ok()?;
        let end = start + u32::try_from(self.written.len()).ok()?;
        let quoted = source.starts_with(['"', '\'']);
        let harmless = |sign: char| {
            sign.is_alphanumeric() || sign == '_' || self.written.contains(sign) || (quoted && is_plain(sign))
        };
        // Outside of quotes, a word can also be a number, or nothing.
        let word = quoted || (self.instead.starts_with(char::is_alphabetic) && !is_literal(&self.instead));
        (word && self.instead.chars().all(harmless))
            .then(|| Edit { span: Span { start, end, ..self.span }, text: self.instead.clone() })
    }
}

/// Whether a sign means itself between quotes, in every format.
fn is_plain(sign: char) -> bool {
    !sign.is_control() && !matches!(sign, '"' | '\'' | '\\')
}

/// Whether a word without quotes is no text in some format.
fn is_literal(word: &str) -> bool {
    const LITERALS: [&str; 9] = ["true", "false", "null", "yes", "no", "on", "off", "inf", "nan"];
    LITERALS.iter().any(|literal| literal.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn edit(source: &str, written: &str, instead: &str) -> Option<String> {
        let mut files = Files::default();
        let file = files.add("a.json".to_owned(), Arc::new(format!("[{source}]")));
        let span = Span::new(file, 1, source.len() + 1);
        let fix = Fix { span, written: written.to_owned(), instead: instead.to_owned() };
        let edit = fix.edit(&files)?;
        let mut text = files.text(file).to_owned();
        text.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
        Some(text)
    }

    #[test]
    fn only_the_text_between_the_quotes_changes() {
        assert_eq!(edit("\"mainstory\"", "mainstory", "MainStory").as_deref(), Some("[\"MainStory\"]"));
        assert_eq!(edit("'a-b'", "a-b", "a:b").as_deref(), Some("['a:b']"));
        assert_eq!(edit("iron_pth", "iron_pth", "iron_path").as_deref(), Some("[iron_path]"));
    }

    #[test]
    fn what_is_written_in_other_signs_stays() {
        assert_eq!(edit("\"m\\u0061in\"", "main", "Main"), None);
        assert_eq!(edit("\"aa\"", "a", "b"), None);
        assert_eq!(edit("\"ab\"", "ab", "a\"b"), None);
        assert_eq!(edit("ab", "ab", "a:b"), None);
        assert_eq!(edit("nulll", "nulll", "null"), None);
    }
}
