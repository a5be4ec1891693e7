//! Templates of generated items: Rust as it will read, with `$name` where something differs.
//!
//! Formatting the output afterwards would cost a build script more than everything else it does, so templates are written formatted,
//! and values keep the indentation of their placeholder.

/// Fills in a template. The line breaks around it, which a raw string needs to be readable, do not count.
///
/// A placeholder alone on its line takes any number of lines: each is indented like the placeholder, and without a line it is left out.
pub(super) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let value = |name: &str| {
        let found = values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        debug_assert!(found.is_some(), "the template has no value for `${name}`:\n{template}");
        found.unwrap_or_default()
    };
    let mut out = String::with_capacity(template.len() * 2);
    for line in template.trim_matches('\n').lines() {
        let text = line.trim_start();
        let indent = &line[..line.len() - text.len()];
        if let Some(("", name, "")) = placeholder(text) {
            for line in value(name).lines() {
                push_line(&mut out, indent, line);
            }
            continue;
        }
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, name, after)) = placeholder(rest) {
            filled.push_str(before);
            filled.push_str(value(name));
            rest = after;
        }
        filled.push_str(rest);
        push_line(&mut out, indent, &filled);
    }
    out
}

fn push_line(out: &mut String, indent: &str, line: &str) {
    if !line.is_empty() {
        out.push_str(indent);
        out.push_str(line);
    }
    out.push('\n');
}

/// The first placeholder of a line: what is before it, its name, and what is after it.
fn placeholder(line: &str) -> Option<(&str, &str, &str)> {
    let (before, after) = line.split_once('$')?;
    let end = after.find(|c: char| !c.is_ascii_lowercase() && c != '_').unwrap_or(after.len());
    Some((before, &after[..end], &after[end..]))
}

/// Lines of code, one of each element.
pub(super) fn lines(all: impl IntoIterator<Item = impl AsRef<str>>) -> String {
    all.into_iter().fold(String::new(), |text, line| text + line.as_ref() + "\n")
}

/// Items or members with an empty line between them. Each ends with a line break.
pub(super) fn separated(items: &[String]) -> String {
    items.join("\n")
}

#[cfg(test)]
mod tests {
    use super::{fill, lines};

    #[test]
    fn values_keep_the_indentation_of_their_placeholder() {
        let template = "
pub enum $name {
    $variants
    $nothing
}
";
        let variants = lines(["A,", "", "B {", "    c: u8,", "},"]);
        let filled = fill(template, &[("name", "Kind"), ("variants", &variants), ("nothing", "")]);
        assert_eq!(filled, "pub enum Kind {\n    A,\n\n    B {\n        c: u8,\n    },\n}\n");
    }

    #[test]
    fn a_value_may_look_like_a_placeholder() {
        assert_eq!(fill("f($a, $b)", &[("a", "\"$b\""), ("b", "2")]), "f(\"$b\", 2)\n");
    }

    #[test]
    #[should_panic(expected = "no value for `$other`")]
    #[cfg(debug_assertions)]
    fn a_forgotten_value_is_found_by_tests() {
        fill("$other()", &[("name", "")]);
    }
}
