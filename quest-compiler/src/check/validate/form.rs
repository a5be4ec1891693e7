//! Texts that do not match a pattern: which characters are wrong.
//!
//! A regular expression means little to authors who never wrote one. The wrong characters are found by matching variants of the text
//! that differ in one position, so the message claims nothing that the expression does not.

use super::messages::{about, subject};
use super::{ValueContext, ValueName};
use crate::diagnostics::{Diagnostic, Fix, certain, code, list, look_alike};
use crate::schema::{Literal, Pattern, SchemaNode};
use crate::source::Node;

pub(super) fn wrong_form(
    node: &SchemaNode,
    pattern: &Pattern,
    value: Node<'_>,
    text: &str,
    context: &ValueContext<'_>,
) -> Diagnostic {
    let subject = subject(context);
    let title = match context.name {
        ValueName::Key(_) => format!("{subject} does not have the right form"),
        _ => format!("{subject} does not have the right form: `{text}`"),
    };
    let rule = format!("`{}`", pattern.source());
    let diagnostic = Diagnostic::new(&code::PATTERN, title);
    let described = about(node, context);
    let diagnostic = match why(pattern, text) {
        Some(why) if described.is_some() => diagnostic.label(value.label(), why),
        Some(why) => diagnostic.label(value.label(), why).note(format!("the whole rule is {rule}")),
        None => diagnostic.label(value.label(), format!("does not match {rule}")),
    };
    let diagnostic = diagnostic.maybe_note(described);
    let examples: Vec<&str> = node
        .annotations
        .examples
        .iter()
        .filter_map(|value| if let Literal::Text(text) = value { Some(text.as_str()) } else { None })
        .collect();
    let diagnostic = diagnostic.maybe_note(look_alike::deceptive(text));
    if let Some(mended) = mended(pattern, text) {
        let mut diagnostic = diagnostic.help(format!("write `{mended}`"));
        diagnostic.fix = certain(text, &[&mended]).map(|instead| Fix {
            span: value.span(),
            written: text.to_owned(),
            instead: instead.to_owned(),
        });
        return diagnostic;
    }
    if examples.is_empty() {
        return diagnostic;
    }
    diagnostic.help(format!("it should look like {}", list(&examples, "or")))
}

/// A similar text that matches the pattern.
fn mended(pattern: &Pattern, text: &str) -> Option<String> {
    if let Some(start) = start(pattern.source()).filter(|start| !start.ends_with(char::is_alphanumeric)) {
        let with_start = format!("{start}{text}");
        if !text.starts_with(start) && pattern.matches(&with_start) {
            return Some(with_start);
        }
    }
    let plain = look_alike::plain(text).trim().to_owned();
    let kebab = heck::ToKebabCase::to_kebab_case(plain.as_str());
    let snake = heck::ToSnakeCase::to_snake_case(plain.as_str());
    let lower = plain.to_lowercase();
    let bare = plain.trim_start_matches(['v', 'V', '#', '@']).to_owned();
    // A percent sign and the like are no separators: what they mean is not for us to say.
    let written = |other: &String| {
        let words = plain.chars().all(|c| {
            c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '_' | '.' | ':' | '/' | '\'')
        });
        (words || *other == plain) && other != text && pattern.matches(other)
    };
    [plain.clone(), kebab, snake, lower, bare].into_iter().find(written)
}

/// Which characters are wrong.
fn why(pattern: &Pattern, text: &str) -> Option<String> {
    if let Some(start) = start(pattern.source()).filter(|start| !text.starts_with(start)) {
        return Some(format!("does not start with `{start}`"));
    }
    // The common start is right, so only what follows can be wrong.
    let start = start(pattern.source()).unwrap_or_default();
    let signs: Vec<char> = text[start.len()..].chars().collect();
    if signs.len() > 200 {
        return None;
    }
    // A character that matches in every position of a text of this length: a position where another does not match is wrong.
    let neutral = ['a', 'x', 'A', '0'].into_iter().find(|sign| {
        let all: String = signs.iter().map(|_| *sign).collect();
        pattern.matches(&format!("{start}{all}"))
    })?;
    let with = |at: usize, sign: char| -> bool {
        let text: String =
            (0..signs.len()).map(|position| if position == at { sign } else { neutral }).collect();
        pattern.matches(&format!("{start}{text}"))
    };
    let wrong: Vec<usize> = (0..signs.len()).filter(|at| !with(*at, signs[*at])).collect();
    let anywhere = |sign: char| (0..signs.len()).any(|at| with(at, sign));
    match wrong.as_slice() {
        [] => None,
        [0] if start.is_empty() && anywhere(signs[0]) => {
            Some(format!("cannot start with {}", sign(signs[0])))
        }
        [last] if *last + 1 == signs.len() && anywhere(signs[*last]) => {
            Some(format!("cannot end with {}", sign(signs[*last])))
        }
        wrong => {
            let mut names: Vec<String> = Vec::new();
            for at in wrong {
                let name = sign(signs[*at]);
                if !names.contains(&name) {
                    names.push(name);
                }
            }
            let are = if names.len() == 1 { "is" } else { "are" };
            let last = names.pop().filter(|_| names.len() < 6)?;
            let names = if names.is_empty() { last } else { format!("{} and {last}", names.join(", ")) };
            Some(format!("{names} {are} not allowed here"))
        }
    }
}

fn sign(sign: char) -> String {
    match sign {
        ' ' => "a space".to_owned(),
        '\t' => "a tab".to_owned(),
        '\n' | '\r' => "a line break".to_owned(),
        other if other.is_control() => format!("`{}`", other.escape_default()),
        other => format!("`{other}`"),
    }
}

/// The literal with which every match of a pattern starts; `None` if that is not obvious.
fn start(source: &str) -> Option<&str> {
    let body = source.strip_prefix('^')?;
    if source.contains('|') {
        return None;
    }
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '/' | ' ' | '#' | '@');
    let end = body.find(|c| !plain(c)).unwrap_or(body.len());
    let mut start = &body[..end];
    // A quantifier can follow the last character.
    if body[end..].starts_with(['*', '?', '{']) {
        start = &start[..start.len() - start.chars().next_back().map_or(0, char::len_utf8)];
    }
    (!start.is_empty()).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pattern: &str, text: &str) -> String {
        why(&Pattern::new(pattern).unwrap(), text).unwrap_or_default()
    }

    #[test]
    fn wrong_signs() {
        let id = "^[a-z][a-z0-9-]*$";
        assert_eq!(of(id, "höhle"), "`ö` is not allowed here");
        assert_eq!(of(id, "2nd-quest"), "cannot start with `2`");
        assert_eq!(of(id, "Iron_Path"), "`I`, `_` and `P` are not allowed here");
        assert_eq!(of(id, "iron path"), "a space is not allowed here");
        assert_eq!(of("^item-", "ledger"), "does not start with `item-`");
        assert_eq!(of("^item-[a-z]+$", "item-9"), "`9` is not allowed here");
        assert_eq!(of("^mlh[a-z0-9]{4,6}$", "mlhA0B9"), "`A` and `B` are not allowed here");
        assert_eq!(of("^mlh[a-z0-9]{4,6}$", "mlhA0"), "");
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        assert_eq!(of(r"^\d+\.\d+\.\d+$", "1.0"), "");
        assert_eq!(of("^[a-z]{3}$", "abcd"), "");
        assert_eq!(start("^ab?c"), Some("a"));
        assert_eq!(start("^a|b"), None);
        assert_eq!(start("^(?!a)"), None);
        assert_eq!(start("^a{2}"), None);
    }

    #[test]
    fn a_form_that_is_near() {
        let id = Pattern::new("^[a-z][a-z0-9-]*$").unwrap();
        assert_eq!(mended(&id, "IronPath").unwrap(), "iron-path");
        assert_eq!(mended(&id, "The Iron Path").unwrap(), "the-iron-path");
        assert_eq!(mended(&id, "iron-p\u{430}th").unwrap(), "iron-path");
        assert_eq!(mended(&id, "npc%2Dkjartan"), None);
        assert_eq!(mended(&Pattern::new("^item-").unwrap(), "ledger").unwrap(), "item-ledger");
    }
}
