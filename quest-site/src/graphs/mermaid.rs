//! Graphs in the language of [Mermaid](https://mermaid.js.org), which many wikis render.

use super::drawing::{Drawing, EdgeKind, Node, NodeRole, Subgraph};
use std::fmt::Write as _;

/// `maxEdges` of Mermaid's default configuration.
pub(super) const MAX_EDGES: usize = 500;
/// `maxTextSize` of Mermaid's default configuration, in UTF-16 units.
pub(super) const MAX_TEXT: usize = 50_000;

/// A drawing, or a part of one, exceeds a limit of Mermaid's.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLarge {
    pub(super) edges: usize,
    /// Whether its connected components fit one by one.
    pub(super) splits: bool,
}

/// Writes a drawing as a single diagram.
pub(super) fn write(drawing: &Drawing) -> Result<String, TooLarge> {
    let text = diagram(drawing);
    if drawing.edges.len() <= MAX_EDGES && length(&text) <= MAX_TEXT {
        return Ok(text);
    }
    let splits = drawing.components().iter().all(|component| Size::of(drawing, component).fits());
    Err(TooLarge { edges: drawing.edges.len(), splits })
}

/// Writes a drawing as one diagram or, if that would be too large, as several without edges between them.
pub(super) fn write_parts(drawing: &Drawing) -> Result<Vec<String>, TooLarge> {
    let parts = match write(drawing) {
        Ok(text) => return Ok(vec![text]),
        Err(error) if !error.splits => return Err(error),
        Err(_) => packed(drawing),
    };
    let count = parts.len();
    let text = |(at, part): (usize, &Subgraph)| {
        let mut part = drawing.part(part);
        let _ = write!(part.title, ", part {} of {count}", at + 1);
        diagram(&part)
    };
    Ok(parts.iter().enumerate().map(text).collect())
}

/// Connected components, joined into as few parts as fit in their order.
fn packed(drawing: &Drawing) -> Vec<Subgraph> {
    let mut parts: Vec<(Subgraph, Size)> = Vec::new();
    for mut component in drawing.components() {
        let size = Size::of(drawing, &component);
        match parts.last_mut() {
            Some((part, sum)) if sum.plus(size).fits() => {
                *sum = sum.plus(size);
                part.nodes.append(&mut component.nodes);
                part.edges.append(&mut component.edges);
            }
            _ => parts.push((component, size)),
        }
    }
    parts.into_iter().map(|(part, _)| part).collect()
}

/// How much a part of a drawing counts towards the limits.
#[derive(Clone, Copy)]
struct Size {
    edges: usize,
    text: usize,
}

impl Size {
    /// Measured with the positions in the whole drawing, which are at least as long as those in a part.
    fn of(drawing: &Drawing, part: &Subgraph) -> Self {
        let nodes = part.nodes.iter().map(|at| length(&node_line(*at, &drawing.nodes[*at])));
        let edges = part.edges.iter().map(|at| length(&edge_line(drawing, *at)));
        Self { edges: part.edges.len(), text: nodes.chain(edges).sum() }
    }

    fn plus(self, other: Self) -> Self {
        Self { edges: self.edges + other.edges, text: self.text + other.text }
    }

    fn fits(self) -> bool {
        /// Space for the header: the title is at most a line.
        const HEADER: usize = 1_000;
        self.edges <= MAX_EDGES && self.text <= MAX_TEXT - HEADER
    }
}

/// As Mermaid, which is written in JavaScript, measures a text.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

fn diagram(drawing: &Drawing) -> String {
    let mut out = String::from("flowchart TD\n");
    let title = plain(&drawing.title);
    if !title.is_empty() {
        let _ = writeln!(out, "  accTitle: {title}");
    }
    for (at, node) in drawing.nodes.iter().enumerate() {
        out.push_str(&node_line(at, node));
    }
    for at in 0..drawing.edges.len() {
        out.push_str(&edge_line(drawing, at));
    }
    out
}

fn node_line(at: usize, node: &Node) -> String {
    format!("  n{at}{}\n", shape(node))
}

fn edge_line(drawing: &Drawing, at: usize) -> String {
    let edge = &drawing.edges[at];
    let arrow = match edge.kind {
        EdgeKind::Next => "-->",
        EdgeKind::Branch => "-.->",
        EdgeKind::Not => "--x",
    };
    match &edge.label {
        Some(label) => format!("  n{} {arrow}|\"{}\"| n{}\n", edge.from, escaped(label), edge.to),
        None => format!("  n{} {arrow} n{}\n", edge.from, edge.to),
    }
}

fn shape(node: &Node) -> String {
    let title = node.title.as_deref().map(escaped);
    match (node.role, title) {
        (NodeRole::Start, _) => "((\"start\"))".to_owned(),
        (NodeRole::End, _) => "(((\"end\")))".to_owned(),
        (NodeRole::Anytime, title) => {
            format!("([\"{}\"])", title.unwrap_or_else(|| "at any time".to_owned()))
        }
        (NodeRole::Missing, title) => {
            let text = if node.id.is_empty() { title.unwrap_or_default() } else { escaped(&node.id) };
            format!("[/\"{text}?\"/]")
        }
        (NodeRole::Object, Some(title)) => {
            format!("[\"{title}<br><small>{}</small>\"]", escaped(&node.id))
        }
        (NodeRole::Object, None) => format!("[\"{}\"]", escaped(&node.id)),
    }
}

/// An invisible character between two that Mermaid interprets only next to each other.
const WORD_JOINER: &str = "#8288;";

/// Text for a quoted label. Within quotes Mermaid still interprets HTML, Markdown, formulas (`$$`), escapes (`\n`), directives (`%%{`) and
/// icons (`fa:fa-star`). Entities (`#37;`) are safe from the parser and from Markdown, so everything but letters, digits and harmless
/// punctuation becomes one. They are not safe from the rest: in a label that has HTML, such as ours with `<small>`, sanitizing turns them
/// back into characters before formulas, escapes and icons are looked for.
fn escaped(text: &str) -> String {
    let text = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let text = text.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let mut out = String::with_capacity(text.len());
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        if is_harmless(letter, &text[..at], next) {
            out.push(letter);
        } else {
            out.push_str(&entity(letter));
        }
        if matches!((letter, next), ('$', Some('$')) | ('\\', Some('n')) | (':', Some('f'))) {
            out.push_str(WORD_JOINER);
        }
    }
    out
}

/// Whether Mermaid takes a letter for itself, with the text before it and the letter behind it.
fn is_harmless(letter: char, before: &str, next: Option<char>) -> bool {
    match letter {
        ' ' | ',' | '\'' | '!' | '?' | '(' | '/' => true,
        // At the beginning, a bullet or a rule.
        '-' => !before.is_empty(),
        // After digits at the beginning, a list; after `www`, a link.
        '.' | ')' => {
            let is_number = before.bytes().all(|byte| byte.is_ascii_digit());
            !is_number && !before.to_ascii_lowercase().ends_with("www")
        }
        // Else an icon, or the scheme of a link.
        ':' => next == Some(' '),
        other => !other.is_ascii() || other.is_ascii_alphanumeric(),
    }
}

fn entity(letter: char) -> String {
    match letter {
        '"' => "#quot;".to_owned(),
        '&' => "#amp;".to_owned(),
        '<' => "#lt;".to_owned(),
        '>' => "#gt;".to_owned(),
        other => format!("#{};", u32::from(other)),
    }
}

/// Text for the rest of a line, which has no quotes and no entities: what would end it or begin a directive is dropped.
fn plain(text: &str) -> String {
    let drop = |letter: char| letter.is_control() || "#;{}".contains(letter);
    let text: String = text.chars().map(|letter| if drop(letter) { ' ' } else { letter }).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::drawing::tests::drawing;
    use super::*;

    #[test]
    fn nothing_in_a_label_is_interpreted() {
        for (text, expected) in [
            ("The Iron Path", "The Iron Path"),
            ("what's next (again)?", "what's next (again)?"),
            ("dialogue: I'll do it.", "dialogue: I'll do it."),
            ("Pay $$5 or $$10", "Pay #36;#8288;#36;5 or #36;#8288;#36;10"),
            ("the maps in C:\\new", "the maps in C#58;#92;#8288;new"),
            ("100 %%{sure}%% of it", "100 #37;#37;#123;sure#125;#37;#37; of it"),
            ("rank fa:fa-star", "rank fa#58;#8288;fa-star"),
            ("`code` *bold* a_b ~~gone~~", "#96;code#96; #42;bold#42; a#95;b #126;#126;gone#126;#126;"),
            ("\"a\" & <b>", "#quot;a#quot; #amp; #lt;b#gt;"),
            ("#35; [a](b) |", "#35;35#59; #91;a#93;(b) #124;"),
            ("1. First", "1#46; First"),
            ("12) Twelfth", "12#41; Twelfth"),
            ("- item", "#45; item"),
            ("see www.example.org", "see www#46;example.org"),
            ("style:", "style#58;"),
            ("  two\nlines\t", "two lines"),
            ("Зима — 冬", "Зима — 冬"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn a_title_without_letters_has_no_line() {
        let mut one = drawing(1, &[]);
        one.title = "#;{}".to_owned();
        assert_eq!(write(&one).unwrap(), "flowchart TD\n  n0[\"o0\"]\n");
    }

    #[test]
    fn five_hundred_edges_are_one_diagram() {
        let chain = |edges: usize| {
            let edges: Vec<_> = (0..edges).map(|at| (at, at + 1)).collect();
            drawing(edges.len() + 1, &edges)
        };
        assert_eq!(write_parts(&chain(500)).unwrap().len(), 1);
        assert_eq!(write_parts(&chain(501)), Err(TooLarge { edges: 501, splits: false }));
    }

    #[test]
    fn a_larger_drawing_is_split_between_components() {
        let edges: Vec<_> = (0..600).map(|at| (at * 2, at * 2 + 1)).collect();
        let whole = drawing(1_200, &edges);
        assert_eq!(write(&whole), Err(TooLarge { edges: 600, splits: true }));
        let parts = write_parts(&whole).unwrap();
        let count = |part: &String, what: &str| part.lines().filter(|line| line.contains(what)).count();
        assert_eq!(parts.iter().map(|part| count(part, " --> ")).collect::<Vec<_>>(), [500, 100]);
        assert_eq!(parts.iter().map(|part| count(part, "[\"o")).sum::<usize>(), 1_200);
        assert!(parts[1].starts_with("flowchart TD\n  accTitle: quest, part 2 of 2\n  n0[\"o1000\"]\n"));
    }

    #[test]
    fn a_long_text_is_split_too() {
        let mut whole = drawing(400, &[]);
        for node in &mut whole.nodes {
            node.title =
                Some("A title with many letters, again and again and again, until it is long".repeat(3));
        }
        let parts = write_parts(&whole).unwrap();
        assert!(parts.len() > 1 && parts.iter().all(|part| length(part) <= MAX_TEXT), "{}", parts.len());
    }
}
