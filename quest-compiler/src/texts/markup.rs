//! Tags in texts: `<b>` and `</b>` of HTML and of engines, `[b]` and `[/b]` of BBCode.

/// The tags of a text in their order, without attributes: `<b>`, `</b>`, `[color]`. Brackets around anything but a name are prose.
pub fn tags(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['<', '[']) {
        let close = if rest[at..].starts_with('<') { '>' } else { ']' };
        let inside = &rest[at + 1..];
        let Some(end) = inside.find(close) else { break };
        match name(&inside[..end]) {
            Some(name) => {
                let open = &rest[at..=at];
                let slash = if inside.starts_with('/') { "/" } else { "" };
                found.push(format!("{open}{slash}{name}{close}"));
                rest = &inside[end + 1..];
            }
            None => rest = inside,
        }
    }
    // `[Ironhold]` is prose as long as nothing closes it.
    let is_markup = |tag: &String| {
        tag.starts_with('<')
            || found.iter().any(|other| {
                other.starts_with("[/")
                    && other[2..] == tag.trim_start_matches("[/").trim_start_matches('[')[..]
            })
    };
    found.iter().filter(|tag| is_markup(tag)).cloned().collect::<Vec<_>>()
}

/// The name in a tag: letters, digits, `-` and `_`, and then attributes or the end.
fn name(tag: &str) -> Option<&str> {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let end = tag.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_')).unwrap_or(tag.len());
    let starts = tag.starts_with(|c: char| c.is_ascii_alphabetic());
    let ends = tag[end..].is_empty() || tag[end..].starts_with([' ', '=', '/']);
    (starts && ends).then(|| &tag[..end])
}

#[cfg(test)]
mod tests {
    use super::tags;

    #[test]
    fn tags_are_told_from_prose() {
        assert_eq!(
            tags("<b>Run</b>, <color=red>fool</color><br/>"),
            ["<b>", "</b>", "<color>", "</color>", "<br>"]
        );
        assert_eq!(tags("[b]Run[/b] to [Ironhold]"), ["[b]", "[/b]"]);
        for prose in ["3 < 4 and 5 > 4", "[sic!]", "a <- b", "[Ironhold]", "<", "[é]", "<é>"] {
            assert_eq!(tags(prose), Vec::<String>::new(), "{prose}");
        }
    }
}
