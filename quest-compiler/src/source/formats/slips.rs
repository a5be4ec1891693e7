//! Mistakes that a parser cannot know: another format in a file, and the habits of other languages.
//!
//! The text of a file with syntax errors comes in, and where its parser gave up. One diagnostic goes out that says what was done, or
//! nothing if that is not certain. This module must not know how a format is parsed.

use super::Format;
use crate::diagnostics::{Diagnostic, code, did_you_mean};
use crate::text::{FileId, Span};

/// The marks that a version control system leaves in a file.
const CONFLICT: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// What the first line of a file that only stands for another one begins with.
const LFS: &str = "version https://git-lfs.github.com/spec/";

/// At most so many lines before the one where a parser gave up are searched.
const NEAR: usize = 3;

/// What was done in a file with syntax errors; `error` is where its parser gave up.
pub fn slip(format: Format, file: FileId, text: &str, error: usize) -> Option<Diagnostic> {
    foreign(format, file, text).or_else(|| {
        let lines = Lines { format, file, text, error: error.min(text.len()) };
        lines.conflict().or_else(|| match format {
            Format::Json | Format::Jsonc => None,
            _ => lines.slip(),
        })
    })
}

/// A file that is something else as a whole.
pub(super) fn foreign(format: Format, file: FileId, text: &str) -> Option<Diagnostic> {
    let start = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
    let line = text[start..].lines().next().unwrap_or_default().trim_end();
    let span = Span::new(file, start, start + line.len());
    let diagnostic = |title: String, help: &str| {
        Diagnostic::new(&code::SYNTAX, title).label(span, "the file begins like this").help(help)
    };
    if line.starts_with(LFS) {
        let title = "this file is a pointer of Git LFS, and not the file itself".to_owned();
        return Some(diagnostic(title, "run `git lfs pull`, which puts the file in its place"));
    }
    if line.starts_with("```") {
        let title = "the file begins with ```` ``` ````, which is Markdown".to_owned();
        return Some(diagnostic(title, "remove the lines with ```` ``` ````"));
    }
    let other = foreign_format(format, text, start, line)?;
    let name = format.name();
    let title = format!("this is {other}, but the file is read as {name}");
    Some(diagnostic(title, &format!("write it in {name}, or give the file the ending of its format")))
}

/// The format of a file that is not the one in which it is read.
fn foreign_format(format: Format, text: &str, start: usize, line: &str) -> Option<&'static str> {
    let json = matches!(format, Format::Json | Format::Jsonc);
    if line.starts_with('<') && !line.starts_with("<<<") && !line.starts_with("<!--") {
        return Some("XML");
    }
    let words = ["export ", "module.exports", "const ", "let ", "var ", "import ", "return "];
    if words.iter().any(|word| line.starts_with(word)) && (line.contains(['=', '{', '(', ';']) || json) {
        return Some("JavaScript");
    }
    let heading = line.starts_with('[') && line.ends_with(']') && is_name(line.trim_matches(['[', ']']));
    let below =
        text[start..].lines().skip(1).map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let assigned = |line: &str| line.split_once('=').is_some_and(|(name, _)| is_name(name.trim()));
    if format != Format::Toml && ((heading && below.is_some_and(assigned)) || (json && assigned(line))) {
        return Some("TOML");
    }
    let named = |line: &str| {
        let line = line.strip_prefix("- ").unwrap_or(line);
        line.split_once(':')
            .is_some_and(|(name, rest)| is_name(name) && (rest.is_empty() || rest.starts_with(' ')))
    };
    let yaml = line == "---" || (named(line) && !line.ends_with(','));
    if matches!(format, Format::Json | Format::Jsonc | Format::Toml) && yaml {
        return Some("YAML");
    }
    let named_bracket = line.split_once('(').is_some_and(|(name, _)| name.is_empty() || is_name(name));
    if json && named_bracket {
        return Some("RON");
    }
    let braces = line.starts_with('{') && (line.len() == 1 || line[1..].trim_start().starts_with('"'));
    if format == Format::Toml && braces {
        return Some("JSON");
    }
    None
}

fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '$'))
}

fn is_inner(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

/// The lines of a file up to where its parser gave up.
struct Lines<'t> {
    format: Format,
    file: FileId,
    text: &'t str,
    error: usize,
}

/// A line, and where it starts.
type Line<'t> = (usize, &'t str);

impl<'t> Lines<'t> {
    fn diagnostic(&self, at: usize, length: usize, title: &str, label: &str, help: &str) -> Diagnostic {
        let diagnostic =
            Diagnostic::new(&code::SYNTAX, title).label(Span::new(self.file, at, at + length), label);
        diagnostic.help(help)
    }

    /// All lines up to that of the error.
    fn all(&self) -> impl Iterator<Item = Line<'t>> + use<'t> {
        let (text, error) = (self.text, self.error);
        let mut at = 0;
        text.split_inclusive('\n')
            .map(move |line| {
                let start = at;
                at += line.len();
                (start, line.trim_end())
            })
            .take_while(move |(start, _)| *start <= error)
    }

    /// The line of the error and those before it, the nearest first.
    fn near(&self) -> Vec<Line<'t>> {
        let mut lines: Vec<Line<'t>> = self.all().filter(|(_, line)| !line.trim().is_empty()).collect();
        lines.reverse();
        lines.truncate(NEAR);
        lines
    }

    fn conflict(&self) -> Option<Diagnostic> {
        let mark = |(_, line): &Line<'_>| {
            CONFLICT.iter().any(|mark| {
                line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
            })
        };
        // A line of `=` alone can be meant.
        let (at, line) = self.all().find(|line| mark(line) && !line.1.starts_with("======="))?;
        Some(self.diagnostic(
            at,
            line.len(),
            "a merge conflict",
            "two versions of the file differ here",
            "keep one of the two versions, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`",
        ))
    }

    fn slip(&self) -> Option<Diagnostic> {
        let near = self.near();
        near.iter()
            .take(2)
            .find_map(|line| self.comment(*line))
            .or_else(|| near.first().and_then(|line| self.curly(*line)))
            .or_else(|| match self.format {
                Format::Yaml => self.yaml(&near),
                Format::Toml => self.toml(&near),
                Format::Ron => self.ron(),
                _ => None,
            })
            .or_else(|| near.first().and_then(|line| self.ellipsis(*line)))
    }

    /// A comment of another language.
    fn comment(&self, (start, line): Line<'_>) -> Option<Diagnostic> {
        let (foreign, own): (&[&str], &str) = match self.format {
            Format::Ron => (&["#", "--", ";", "<!--"], "//"),
            _ => (&["//", "/*", "--", ";", "<!--"], "#"),
        };
        let inner = line.trim_start();
        let at = start + line.len() - inner.len();
        let alone = foreign.iter().find(|mark| {
            inner.strip_prefix(**mark).is_some_and(|rest| rest.is_empty() || !rest.starts_with(['-', '!']))
        });
        // `#![enable(...)]` and `- -` are no comments.
        let alone = alone.filter(|_| !inner.starts_with("#![") && inner != "---");
        let behind = || {
            let at = line.find(&format!(" {}", foreign[0]))?;
            let quotes = line[..at].matches(['"', '\'']).count();
            (quotes % 2 == 0 && self.error >= start + at && self.format != Format::Yaml)
                .then_some(start + at + 1)
        };
        let at = if alone.is_some() { at } else { behind()? };
        let name = self.format.name();
        let help = format!("write `{own}` before the comment");
        Some(self.diagnostic(
            at,
            start + line.len() - at,
            &format!("this is no comment in {name}"),
            "read as content",
            &help,
        ))
    }

    /// Curly quotes where straight ones belong.
    fn curly(&self, (start, line): Line<'_>) -> Option<Diagnostic> {
        let quote = |c: char| matches!(c, '“' | '”' | '„' | '‘' | '’' | '«' | '»');
        let at = line.find(quote)?;
        let before = line[..at].trim_end();
        let opens = before.is_empty() || before.ends_with(['=', ':', '[', '(', '{', ',']);
        if !opens {
            return None;
        }
        let length = line[at..].char_indices().skip(1).find(|(_, c)| quote(*c));
        let length = length.map_or(line.len() - at, |(end, c)| end + c.len_utf8());
        let (at, title) = (start + at, "text in curly quotes");
        Some(self.diagnostic(at, length, title, "", "use straight double quotes: `\"`"))
    }

    fn ellipsis(&self, (start, line): Line<'_>) -> Option<Diagnostic> {
        let at = line.find("...").map(|at| (at, 3)).or_else(|| line.find('…').map(|at| (at, '…'.len_utf8())));
        let (at, length) = at.filter(|(at, _)| line[..*at].matches('"').count() % 2 == 0)?;
        let title = "something was left out here";
        Some(self.diagnostic(
            start + at,
            length,
            title,
            "stands for nothing",
            "write what belongs here, or remove it",
        ))
    }

    fn yaml(&self, near: &[Line<'_>]) -> Option<Diagnostic> {
        let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
        // The line after the one of the error, which can be the reason why a text does not end.
        let after = near.first().and_then(|(start, line)| {
            let at = start + self.text.get(start + line.len()..)?.find('\n')? + line.len() + 1;
            Some((at, self.text.get(at..)?.lines().next()?))
        });
        if let Some((start, line)) =
            near.iter().take(2).chain(&after).find(|(_, line)| line[..indent(line)].contains('\t'))
        {
            let at = line.find('\t').unwrap_or(0);
            let help = "replace the tab with spaces";
            return Some(self.diagnostic(
                start + at,
                1,
                "a tab at the start of a line",
                "lines start with spaces",
                help,
            ));
        }
        if let Some((start, _)) =
            near.iter().skip(1).find(|(_, line)| unclosed(line, '[', ']', '#').is_some())
        {
            let line = near.iter().find(|(at, _)| at == start)?.1;
            let at = unclosed(line, '[', ']', '#')?;
            let help = "close the bracket with `]`, or put a text that starts with it in quotes";
            return Some(self.diagnostic(start + at, 1, "a `[` without an end", "starts here", help));
        }
        if let Some(alias) = self.alias() {
            return Some(alias);
        }
        let (start, line) = *near.first()?;
        let inner = line.trim_start().trim_start_matches("- ");
        let at = start + line.len() - inner.len();
        if let Some((name, rest)) = inner.split_once(':')
            && is_name(name)
            && rest.starts_with(|c: char| !c.is_whitespace() && c != '/')
        {
            let help = format!("write `{name}: {rest}`");
            let label = "a space should follow the `:`";
            return Some(self.diagnostic(at + name.len(), 1, "a space is missing", label, &help));
        }
        self.column(near)
    }

    /// An alias whose anchor is misspelt.
    fn alias(&self) -> Option<Diagnostic> {
        let word = |text: &'t str| &text[..text.find(|c: char| !is_inner(c)).unwrap_or(text.len())];
        let name = word(self.text.get(self.error..)?.strip_prefix('*')?);
        let anchors = self.text.match_indices('&').map(|(at, _)| word(&self.text[at + 1..]));
        let anchors: Vec<&str> = anchors.filter(|anchor| !anchor.is_empty()).collect();
        let help = did_you_mean(name, anchors.iter().copied()).filter(|_| !anchors.contains(&name))?;
        let title = format!("no anchor is called `{name}`");
        Some(self.diagnostic(self.error + 1, name.len(), &title, "repeats the value of an anchor", &help))
    }

    /// A line of YAML that starts in another column than those it belongs to.
    fn column(&self, near: &[Line<'_>]) -> Option<Diagnostic> {
        let [(start, line), (_, above), ..] = near else { return None };
        let column = |line: &str| line.len() - line.trim_start().trim_start_matches("- ").len();
        let (own, other) = (column(line), column(above));
        let named = |line: &str| {
            line.trim_start()
                .trim_start_matches("- ")
                .split_once(':')
                .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        };
        let (_, value) = named(above)?;
        let starts_list = line.trim_start().starts_with("- ");
        if own == other || value.is_empty() || starts_list || named(line).is_none() {
            return None;
        }
        let known = self.all().map(|(_, line)| column(line)).any(|known| known == own && own < other);
        let seen = known && own.is_multiple_of(2);
        if seen && own < other {
            return None;
        }
        let title = "a line that starts in the wrong column";
        let label = format!("starts in column {}", own + 1);
        let help = format!(
            "the line above starts in column {}: what belongs together starts in the same column, with spaces as indentation",
            other + 1
        );
        Some(self.diagnostic(start + own, line.len() - own, title, &label, &help))
    }

    fn toml(&self, near: &[Line<'_>]) -> Option<Diagnostic> {
        let (start, line) = *near.first()?;
        if let Some(at) = inner_quote(line, self.error.saturating_sub(start)) {
            return Some(self.inner_quote(start + at));
        }
        let heading = line.trim();
        if heading.starts_with("[[") {
            let single = heading.replacen("[[", "[", 1).replacen("]]", "]", 1);
            let known = self.all().find(|(at, line)| *at < start && line.trim() == single);
            if let Some((at, line)) = known {
                let title = format!("`{single}` instead of `{heading}`");
                let help = format!("write `{heading}`: several objects of one name are a list");
                return Some(self.diagnostic(
                    at,
                    line.len(),
                    &title,
                    "one object, and below are more of them",
                    &help,
                ));
            }
        }
        let lists =
            near.iter().skip(1).chain(near.first().filter(|(_, line)| !line.trim_start().starts_with('[')));
        for (start, line) in lists {
            if let Some(at) =
                line.find('=').and_then(|at| Some(at + 1 + unclosed(&line[at + 1..], '[', ']', '#')?))
            {
                let help = "close the list with `]`";
                return Some(self.diagnostic(start + at, 1, "a `[` without an end", "starts here", help));
            }
        }
        let rest = self.text.get(self.error..).unwrap_or_default();
        let number: String = rest.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
        if number.len() > 1 && number.starts_with('.') {
            let help = format!("a decimal point has digits on both sides: write `0{number}`");
            return Some(self.diagnostic(
                self.error,
                number.len(),
                &format!("`{number}` is not a number"),
                "",
                &help,
            ));
        }
        None
    }

    /// RON lets a text go on in the next line, so that a quote that is missing is only noticed later.
    fn ron(&self) -> Option<Diagnostic> {
        for (start, line) in self.all() {
            if line.contains("r\"") || line.contains("r#") || line.contains('\\') {
                continue;
            }
            let (code, quotes) =
                (line.split("//").next().unwrap_or(line), |line: &str| line.matches('"').count());
            if let Some(at) = inner_quote(line, line.len()).filter(|_| quotes(line) >= 3) {
                return Some(self.inner_quote(start + at));
            }
            if quotes(code) % 2 == 1 && (line.ends_with(',') || line.ends_with(')')) {
                let at = line.rfind('"').unwrap_or(0);
                let opens = line[..at].trim_end().ends_with([':', '(', '[', ',', '{']);
                let (title, label) = if opens {
                    ("the closing quote of this text is missing", "`\"` should stand at the end")
                } else {
                    ("the opening quote of this text is missing", "`\"` should stand at the beginning")
                };
                let from = if opens {
                    at
                } else {
                    line[..at].rfind([':', '(', '[', ',']).map_or(0, |at| at + 2).min(at)
                };
                let help = "texts stand in double quotes: `\"`";
                return Some(self.diagnostic(start + from, line.len() - from, title, label, help));
            }
        }
        None
    }

    fn inner_quote(&self, at: usize) -> Diagnostic {
        let help = "write `\\\"` for a quote that belongs to the text";
        self.diagnostic(at, 1, "a quote in the middle of a text", "the text would end here", help)
    }
}

/// The first bracket of a line that the line does not close, outside of quotes and comments.
fn unclosed(line: &str, opening: char, closing: char, comment: char) -> Option<usize> {
    let mut open = Vec::new();
    let mut quote = None;
    for (at, c) in line.char_indices() {
        match (quote, c) {
            (Some(of), c) if c == of => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, c) if c == comment => break,
            (None, c) if c == opening => open.push(at),
            (None, c) if c == closing => {
                open.pop();
            }
            _ => {}
        }
    }
    open.first().copied().filter(|_| quote.is_none())
}

/// The quote within a text of a line, before which the text goes on: `"a "b" c"`.
fn inner_quote(line: &str, until: usize) -> Option<usize> {
    let first = line.find('"')?;
    let mut quotes = line.match_indices('"').skip(1).step_by(2).map(|(at, _)| at);
    let at = quotes.find(|at| line[at + 1..].starts_with(char::is_alphanumeric) && *at <= until)?;
    let opens = line[..first].trim_end().ends_with(['=', ':', '[', '(', ',', '{']);
    (opens && line[at + 1..].contains('"')).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn title(format: Format, text: &str, error: usize) -> String {
        slip(format, FileId(0), text, error).map(|found| found.title).unwrap_or_default()
    }

    #[test]
    fn other_formats() {
        for (format, text, expected) in [
            (Format::Json, "a: 1\nb: 2\n", "this is YAML, but the file is read as JSON"),
            (Format::Json, "- id: a\n", "this is YAML, but the file is read as JSON"),
            (Format::Json, "[[quests]]\nid = \"a\"\n", "this is TOML, but the file is read as JSON"),
            (Format::Json, "Quest(\n id: \"a\",\n)", "this is RON, but the file is read as JSON"),
            (Format::Json, "const quests = [];", "this is JavaScript, but the file is read as JSON"),
            (Format::Toml, "{\n \"id\": \"a\" }", "this is JSON, but the file is read as TOML"),
            (Format::Toml, "id: a\n", "this is YAML, but the file is read as TOML"),
            (Format::Json, "{ id: 1 }", ""),
            (Format::Json, "[ [ ]", ""),
            (Format::Json, "{\n  \"a\": 1,\n}", ""),
        ] {
            assert_eq!(title(format, text, 0), expected, "{text}");
        }
    }

    #[test]
    fn quotes_and_brackets() {
        assert_eq!(inner_quote("name = \"a \"b\" c\"", 20), Some(10));
        assert_eq!(inner_quote("a = [\"b\", \"c\"]", 20), None);
        assert_eq!(unclosed("[a, [b]", '[', ']', '#'), Some(0));
        assert_eq!(unclosed("[a] # [", '[', ']', '#'), None);
        assert_eq!(unclosed("\"[\"", '[', ']', '#'), None);
    }
}
