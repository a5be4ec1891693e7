//! Doc comments that rustc, rustdoc and clippy accept, whatever a schema or the content says.
//!
//! Descriptions are Markdown in many schemas. Code spans, code blocks, headings, lists and links to web pages stay what they are. HTML
//! and links to code are shown as written: they would be links into the game. Code is never a doctest.

/// The widest line, with its indentation.
const WIDTH: usize = 96;

/// A doc comment for something at this indentation, in lines of at most 100 characters.
pub(super) fn doc(depth: usize, text: &str) -> String {
    let mut writer = DocWriter::new(depth);
    let text = visible(text);
    let mut source = text.lines();
    while let Some(line) = source.next() {
        match Fence::opening(line) {
            Some(fence) => {
                let code: Vec<&str> = source.by_ref().take_while(|line| !fence.is_closed_by(line)).collect();
                writer.code(&code);
            }
            None => writer.line(line),
        }
    }
    writer.out
}

/// The documentation of an item: the description in the schema, or `fallback`, and the section of the source document.
pub(super) fn describe(
    depth: usize,
    description: Option<&str>,
    fallback: &str,
    source: Option<&str>,
) -> String {
    let description = description.map(|text| doc(depth, text.trim())).filter(|docs| !is_empty(docs));
    let mut out = description.unwrap_or_else(|| doc(depth, fallback));
    if let Some(source) = source.filter(|source| !source.trim().is_empty()) {
        out += "///\n";
        out += &doc(depth, &format!("Source: {source}."));
    }
    out
}

/// A text as a code span on one line.
pub(super) fn code(text: &str) -> String {
    let text: String = visible(text).split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return "an empty text".to_owned();
    }
    let fence = "`".repeat(longest_run(&text, '`') + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// A text of the content, which rustdoc must show as it is: `[the last]` is no link to code.
pub(super) fn escape_markdown(text: &str) -> String {
    let is_special = |char: char| "\\`*_{}[]<>#|~&!".contains(char);
    text.chars().flat_map(|char| is_special(char).then_some('\\').into_iter().chain([char])).collect()
}

fn is_empty(docs: &str) -> bool {
    docs.lines().all(|line| line.trim_start_matches('/').trim().is_empty())
}

/// A text without what nobody can see: rustc refuses characters that change the direction of text in a comment, and a line break of
/// any other kind than `\n` would end up in the middle of a line.
fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let shown = text.chars().filter_map(|c| match c {
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\t' => Some('\t'),
        c if c.is_control() => Some(' '),
        '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' => None,
        '\u{ad}' | '\u{feff}' => None,
        c => Some(c),
    });
    shown.collect()
}

/// The most of this character that follow each other.
fn longest_run(text: &str, character: char) -> usize {
    text.split(|c| c != character).map(|run| run.chars().count()).max().unwrap_or(0)
}

/// The line that begins a code block.
struct Fence {
    sign: char,
    count: usize,
}

impl Fence {
    fn opening(line: &str) -> Option<Self> {
        let text = line.trim_start();
        let sign = text.chars().next().filter(|sign| matches!(sign, '`' | '~'))?;
        let rest = text.trim_start_matches(sign);
        let count = text.len() - rest.len();
        // With a backtick behind it, it is a code span.
        (count >= 3 && !(sign == '`' && rest.contains('`'))).then_some(Self { sign, count })
    }

    fn is_closed_by(&self, line: &str) -> bool {
        let text = line.trim();
        text.chars().all(|c| c == self.sign) && text.len() >= self.count
    }
}

/// What the last written line belongs to, which decides what the next one would continue.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    Start,
    Blank,
    Paragraph,
    Item,
    /// A heading or a code block: whatever follows is separate.
    Closed,
}

/// A list of one kind of items.
#[derive(Clone, Copy)]
struct List {
    /// The indentation of its signs in the source.
    indent: usize,
    /// The indentation of its texts in the output.
    inner: usize,
    /// The last character of its signs. Another one begins another list.
    sign: char,
}

struct DocWriter {
    out: String,
    width: usize,
    last: Block,
    /// The lists around the line, the innermost last.
    lists: Vec<List>,
}

impl DocWriter {
    fn new(depth: usize) -> Self {
        let width = WIDTH.saturating_sub(depth * 4);
        Self { out: String::new(), width, last: Block::Start, lists: Vec::new() }
    }

    fn push(&mut self, line: &str) {
        self.out += format!("/// {line}").trim_end();
        self.out.push('\n');
    }

    fn blank(&mut self) {
        if !matches!(self.last, Block::Start | Block::Blank) {
            self.push("");
            self.last = Block::Blank;
        }
    }

    /// A code block. `text` is said, so that it is no doctest.
    fn code(&mut self, lines: &[&str]) {
        self.blank();
        self.lists.clear();
        let longest = lines.iter().map(|line| longest_run(line, '`')).max().unwrap_or(0);
        let fence = "`".repeat(longest.max(2) + 1);
        self.push(&format!("{fence}text"));
        for line in lines {
            self.push(&line.replace('\t', "    "));
        }
        self.push(&fence);
        self.last = Block::Closed;
    }

    /// A line of the source that is not in a code block.
    fn line(&mut self, line: &str) {
        let text = line.trim();
        if text.is_empty() {
            if self.last != Block::Start {
                self.push("");
                self.last = Block::Blank;
            }
        } else if let Some(marker) = list_marker(text) {
            let indent = line.len() - line.trim_start().len();
            self.item(indent, marker, text.get(marker.len()..).unwrap_or_default().trim_start());
        } else if is_heading(text) {
            self.blank();
            self.lists.clear();
            let signs = text.len() - text.trim_start_matches('#').len();
            let (signs, title) = text.split_at(signs);
            self.push(&format!("{signs} {}", atoms(title).join(" ")));
            self.last = Block::Closed;
        } else {
            self.paragraph(text);
        }
    }

    fn paragraph(&mut self, text: &str) {
        if self.last == Block::Closed {
            self.blank();
        }
        if self.last != Block::Item {
            self.lists.clear();
            self.last = Block::Paragraph;
        }
        let indent = self.lists.last().map_or(0, |list| list.inner);
        self.wrap(text, indent);
    }

    fn item(&mut self, indent: usize, marker: &str, text: &str) {
        if matches!(self.last, Block::Paragraph | Block::Closed) {
            self.blank();
        }
        let mut sibling = None;
        while let Some(list) = self.lists.pop_if(|list| indent <= list.indent) {
            sibling = Some(list);
        }
        let sign = marker.chars().last().unwrap_or('-');
        let begins_list = sibling.is_none_or(|list| list.sign != sign);
        if begins_list && marker.len() > 1 && self.last == Block::Item {
            // A number other than 1 begins no list right below a text.
            self.blank();
        }
        let outer = self.lists.last().map_or(0, |list| list.inner);
        self.lists.push(List { indent, inner: outer + marker.len() + 1, sign });
        let at = self.out.len();
        self.wrap(text, outer + marker.len() + 1);
        // The sign takes the place of the indentation of the first line.
        let item = format!("/// {}{marker} ", " ".repeat(outer));
        if self.out.len() == at {
            self.push(item.trim_start_matches("/// "));
        } else {
            self.out.replace_range(at..at + item.len(), &item);
        }
        self.last = Block::Item;
    }

    /// Writes a text in lines that are wide enough.
    fn wrap(&mut self, text: &str, indent: usize) {
        let mut line = " ".repeat(indent);
        let mut is_empty = true;
        for atom in atoms(text) {
            if !is_empty && line.len() + 1 + atom.len() > self.width {
                self.push(&line);
                line = " ".repeat(indent);
                is_empty = true;
            }
            if is_empty {
                line += &escape_start(&atom);
            } else {
                line.push(' ');
                line += &atom;
            }
            is_empty = false;
        }
        if !is_empty {
            self.push(&line);
        }
    }
}

/// The sign of a list item at the beginning of a line, if there is a text behind it.
fn list_marker(text: &str) -> Option<&str> {
    let (marker, rest) = text.split_once(char::is_whitespace)?;
    let number = marker.strip_suffix(['.', ')']).unwrap_or_default();
    let is_number = (1..=9).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
    // `* * *` is a line across the page.
    let is_rule = text.chars().all(|c| c.is_whitespace() || text.starts_with(c));
    ((matches!(marker, "-" | "*" | "+") || is_number) && !is_rule && !rest.trim().is_empty())
        .then_some(marker)
}

fn is_heading(text: &str) -> bool {
    let rest = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - rest.len()))
        && rest.starts_with(char::is_whitespace)
        && !rest.trim().is_empty()
}

/// An atom at the beginning of a line, where some signs would begin a list, a heading, a code block or a line across the page.
fn escape_start(atom: &str) -> String {
    let Some(first) = atom.chars().next() else { return String::new() };
    let begins_block = match first {
        '-' | '+' | '*' | '_' | '=' => atom.chars().all(|c| c == first),
        '#' => atom.chars().all(|c| c == '#'),
        '~' => atom.starts_with("~~~"),
        ':' => atom.starts_with(":::"),
        _ => false,
    };
    if begins_block {
        return format!("\\{atom}");
    }
    match atom.strip_suffix(['.', ')']) {
        Some(number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("{number}\\{}", &atom[number.len()..])
        }
        _ => atom.to_owned(),
    }
}

/// The parts of a line that are never torn apart: words, code spans and links.
fn atoms(line: &str) -> Vec<String> {
    let mut atoms = Vec::new();
    let mut atom = String::new();
    let mut rest = line;
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            if !atom.is_empty() {
                atoms.push(std::mem::take(&mut atom));
            }
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let (text, length) = inline(rest, first);
        atom += &text;
        rest = &rest[length..];
    }
    if !atom.is_empty() {
        atoms.push(atom);
    }
    atoms
}

/// What a line begins with, as rustdoc must read it, and its length in the source.
fn inline(rest: &str, first: char) -> (String, usize) {
    let one = || (first.to_string(), first.len_utf8());
    match first {
        '`' => {
            let run = rest.len() - rest.trim_start_matches('`').len();
            match code_span(rest, run) {
                Some(length) => (rest[..length].split_whitespace().collect::<Vec<_>>().join(" "), length),
                None => ("\\`".repeat(run), run),
            }
        }
        '\\' => match rest[1..].chars().next() {
            Some(escaped) if escaped.is_ascii_punctuation() => (rest[..2].to_owned(), 2),
            _ => ("\\\\".to_owned(), 1),
        },
        '<' => match url(&rest[1..]).filter(|length| rest[1 + length..].starts_with('>')) {
            Some(length) => (rest[..length + 2].to_owned(), length + 2),
            None => ("\\<".to_owned(), 1),
        },
        '[' => match link(rest) {
            Some(length) => (rest[..length].to_owned(), length),
            None => ("\\[".to_owned(), 1),
        },
        ']' | '>' => (format!("\\{first}"), 1),
        'h' => match url(rest) {
            Some(length) => (format!("<{}>", &rest[..length]), length),
            None => one(),
        },
        _ => one(),
    }
}

/// The length of a code span that begins with so many backticks.
fn code_span(rest: &str, run: usize) -> Option<usize> {
    let mut at = run;
    while let Some(found) = rest.get(at..)?.find('`') {
        at += found;
        let length = rest[at..].len() - rest[at..].trim_start_matches('`').len();
        at += length;
        if length == run {
            return Some(at);
        }
    }
    None
}

/// The length of the address of a web page.
fn url(rest: &str) -> Option<usize> {
    let host = rest.strip_prefix("https://").or_else(|| rest.strip_prefix("http://"))?;
    let ends = |c: char| c.is_whitespace() || c.is_control() || "<>\"`[]\\(){}|^*".contains(c);
    let host = &host[..host.find(ends).unwrap_or(host.len())];
    let host = host.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '_']);
    let scheme = rest.find("//").map_or(0, |at| at + 2);
    (!host.is_empty()).then_some(scheme + host.len())
}

/// The length of a link to a web page, such as `[the wiki](https://example.com)`.
fn link(rest: &str) -> Option<usize> {
    let end = rest.find(']')?;
    let text = &rest[1..end];
    let target = rest[end + 1..].strip_prefix('(')?;
    let length = url(target)?;
    let plain = !text.trim().is_empty() && !text.contains(['[', '`', '<', '>', '\\', '!', '"', '\'']);
    (plain && target[length..].starts_with(')') && url(text.trim_start()).is_none())
        .then_some(end + 2 + length + 1)
}

#[cfg(test)]
mod tests {
    use super::{code, describe, doc, escape_markdown};

    #[test]
    fn doc_comments_are_wrapped_and_hold_no_links() {
        assert_eq!(doc(0, "[a] `[b]`\n\nc"), "/// \\[a\\] `[b]`\n///\n/// c\n");
        let words = doc(20, "four word four word four word");
        assert_eq!(words, "/// four word four\n/// word four word\n");
    }

    #[test]
    fn code_blocks_are_no_doctests() {
        assert_eq!(
            doc(0, "See:\n```rust\n\tlet a = 1;\n```\nso"),
            "/// See:\n///\n/// ```text\n///     let a = 1;\n/// ```\n///\n/// so\n"
        );
        assert_eq!(doc(0, "~~~\n```\nopen"), "/// ````text\n/// ```\n/// open\n/// ````\n");
    }

    #[test]
    fn items_keep_their_indentation() {
        let text = "One of:\n- first\n  goes on\n- second\n  1. inner\ngoes on\n\nend";
        let docs = "/// One of:\n///\n/// - first\n///   goes on\n/// - second\n///\n///   1. inner\n///      goes on\n///\n/// end\n";
        assert_eq!(doc(0, text), docs);
    }

    #[test]
    fn a_line_that_is_wrapped_begins_no_block() {
        assert_eq!(doc(22, "from 10 - 5 # 1999."), "/// from 10\n/// \\- 5 #\n/// 1999\\.\n");
        assert_eq!(doc(0, "a\n---\n=\n* * *"), "/// a\n/// \\---\n/// \\=\n/// \\* * *\n");
    }

    #[test]
    fn signs_of_markdown_are_shown() {
        assert_eq!(doc(0, "a <b> and a ` b"), "/// a \\<b\\> and a \\` b\n");
        assert_eq!(doc(0, "at https://example.com/a_b."), "/// at <https://example.com/a_b>.\n");
        assert_eq!(doc(0, "[w](https://a.org) ![i][x]"), "/// [w](https://a.org) !\\[i\\]\\[x\\]\n");
        assert_eq!(doc(0, r"\[a\] \b"), "/// \\[a\\] \\\\b\n");
    }

    #[test]
    fn nothing_is_invisible() {
        assert_eq!(doc(0, "a\u{2068}b\u{2069}c\u{202e}\rd"), "/// abc\n/// d\n");
        assert_eq!(describe(0, Some("\u{200b} \n"), "Text.", Some("")), "/// Text.\n");
    }

    #[test]
    fn code_spans_hold_any_text() {
        assert_eq!(code("a``b\n c"), "```a``b c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code(" "), "an empty text");
    }

    #[test]
    fn titles_are_no_markdown() {
        assert_eq!(escape_markdown("The Iron Path: Part 2"), "The Iron Path: Part 2");
        assert_eq!(escape_markdown("[All] of *them* & <more>"), r"\[All\] of \*them\* \& \<more\>");
    }
}
