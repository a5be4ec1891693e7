//! URIs: as much of RFC 3986 as `$id` and `$ref` need.

pub(super) use crate::text::decode;

/// A URI without its fragment, and the fragment.
pub(super) fn split(uri: &str) -> (&str, Option<&str>) {
    match uri.split_once('#') {
        Some((address, fragment)) => (address, Some(fragment)),
        None => (uri, None),
    }
}

/// The scheme with its `:`, and the rest, if the URI has a scheme.
fn scheme(uri: &str) -> Option<(&str, &str)> {
    let colon = uri.find(':')?;
    let name = &uri[..colon];
    let valid = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    valid.then(|| uri.split_at(colon + 1))
}

/// The authority with its `//`, and the path after it.
fn authority(rest: &str) -> (&str, &str) {
    match rest.strip_prefix("//") {
        Some(after) => rest.split_at(2 + after.find(['/', '?']).unwrap_or(after.len())),
        None => ("", rest),
    }
}

/// Resolves a reference against a base URI (RFC 3986, section 5.2), and normalises it. Fragments are dropped.
pub(super) fn resolve(base: &str, reference: &str) -> String {
    normalise(&resolve_as_written(base, reference))
}

/// Decodes what need not be escaped, so that `my%20file.json` is the file `my file.json`. An escaped delimiter such as `%2F` stays, in
/// upper case.
pub(super) fn normalise(uri: &str) -> String {
    let mut out = String::with_capacity(uri.len());
    let mut rest = uri;
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let escaped = rest.get(at..).unwrap_or_default();
        let length = escapes(escaped);
        let (run, tail) = escaped.split_at(length.max(1));
        let decoded = decode(run);
        let is_text =
            !decoded.contains(|c: char| ":/?#[]@!$&'()*+,;=%\u{fffd}".contains(c) || c.is_control());
        out.push_str(&if is_text || length == 0 { decoded } else { run.to_ascii_uppercase() });
        rest = tail;
    }
    out + rest
}

/// The length of the escapes that a text begins with, which may be the bytes of one character.
fn escapes(text: &str) -> usize {
    let escapes = text.as_bytes().chunks(3);
    3 * escapes
        .take_while(
            |chunk| matches!(chunk, [b'%', high, low] if high.is_ascii_hexdigit() && low.is_ascii_hexdigit()),
        )
        .count()
}

fn resolve_as_written(base: &str, reference: &str) -> String {
    let (base, _) = split(base);
    let (reference, _) = split(reference);
    if reference.is_empty() {
        return base.to_owned();
    }
    if let Some((name, rest)) = scheme(reference) {
        let (host, path) = authority(rest);
        return format!("{name}{host}{}", without_dots(path));
    }
    let (name, rest) = scheme(base).unwrap_or(("", base));
    if reference.starts_with("//") {
        return format!("{name}{reference}");
    }
    let (host, path) = authority(rest);
    let path = path.split('?').next().unwrap_or(path);
    if reference.starts_with('/') {
        return format!("{name}{host}{}", without_dots(reference));
    }
    if reference.starts_with('?') {
        return format!("{name}{host}{path}{reference}");
    }
    let folder = match path.rfind('/') {
        Some(slash) => &path[..=slash],
        None if host.is_empty() => "",
        None => "/",
    };
    format!("{name}{host}{}", without_dots(&format!("{folder}{reference}")))
}

/// Removes the segments `.` and `..` (RFC 3986, section 5.2.4).
fn without_dots(path: &str) -> String {
    let mut out: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.split('/').collect();
    let last = segments.len() - 1;
    for (at, segment) in segments.into_iter().enumerate() {
        match segment {
            "." if at == last => out.push(""),
            "." => {}
            ".." => {
                if out.len() > 1 || out.first().is_some_and(|first| !first.is_empty()) {
                    out.pop();
                }
                if at == last {
                    out.push("");
                }
            }
            _ => out.push(segment),
        }
    }
    out.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_examples_of_the_rfc() {
        let base = "http://a/b/c/d;p?q";
        for (reference, expected) in [
            ("g:h", "g:h"),
            ("g", "http://a/b/c/g"),
            ("./g", "http://a/b/c/g"),
            ("g/", "http://a/b/c/g/"),
            ("/g", "http://a/g"),
            ("//g", "http://g"),
            ("?y", "http://a/b/c/d;p?y"),
            ("g?y", "http://a/b/c/g?y"),
            ("", "http://a/b/c/d;p?q"),
            (".", "http://a/b/c/"),
            ("..", "http://a/b/"),
            ("../g", "http://a/b/g"),
            ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"),
            ("g;x=1/../y", "http://a/b/c/y"),
        ] {
            assert_eq!(resolve(base, reference), expected, "{reference}");
        }
    }

    #[test]
    fn addresses_without_a_path() {
        assert_eq!(resolve("http://localhost:1234", "a.json"), "http://localhost:1234/a.json");
        assert_eq!(resolve("urn:uuid:1", "#a"), "urn:uuid:1");
        assert_eq!(resolve("file:///a/b.json", "../c.json#/x"), "file:///c.json");
        assert_eq!(decode("a%25b%2Fc%zz%"), "a%b/c%zz%");
    }

    #[test]
    fn escapes_that_are_not_needed() {
        for (reference, expected) in [
            ("my%20defs.json", "http://a/my defs.json"),
            ("%e9%94%bb.json#/x", "http://a/锻.json"),
            ("a%2fb%", "http://a/a%2Fb%"),
            ("%ff", "http://a/%FF"),
        ] {
            assert_eq!(resolve("http://a/b", reference), expected);
        }
    }
}
